/**
 * People outside one's area, whose number somebody types.
 *
 * Nothing of them is told: not name, programme, place nor death, whether it is a ledger, a draft, a
 * case or a visit in which the number stands. Whoever asks gets one sentence; each such meeting is an
 * event of the person's division; and after STRANGERS_A_DAY of them what finds people by number is
 * refused until the next day, whoever the number belongs to: otherwise the refusal would tell.
 *
 * Private to src/service. Threads: any number.
 */
#ifndef DOUDI_SERVICE_FRAME_STRANGER_H
#define DOUDI_SERVICE_FRAME_STRANGER_H

#include "base/words.h"
#include "service/frame/usecase.h"

enum { STRANGERS_A_DAY = 100 };

/** The one sentence. */
#define STRANGER_WORDS "此人在您的辖区以外已有登记，这里不能办理，请报上级民政核实"
/** How the note of the event begins. */
#define STRANGER_NOTE "查到辖区以外的人"

/** How often each officer met somebody today. */
struct strangers;
struct strangers *strangers_new(void);
void strangers_free(struct strangers **strangers);

/** Whom one transaction has met; the frame owns it. `{0}` is empty. */
struct stranger_list {
    size_t count, capacity;
    struct stranger {
        uint64_t person;
        char area[AREA_TEXT]; /**< of the person, whose division the event is in */
    } * items;
};

/** True if neither the person nor any case the person takes part in lies in the caller's area. */
enum result stranger_find(struct usecase *usecase, const Rec__Person *person, bool *ret_stranger);
/** Remembers that somebody was met; the frame leaves the event. */
void stranger_meet(struct usecase *usecase, const Rec__Person *person);
/** The same, and says the sentence; returns `refusal`. */
enum result stranger_refuse(struct usecase *usecase, const Rec__Person *person,
                            enum result refusal);
/** RESULT_DENIED, with words, for an officer who has met too many today. */
enum result stranger_allow(struct usecase *usecase);

/** The end of a transaction, outside of it: an event for each, under the action it was met by. */
enum result stranger_settle(const struct usecase *usecase, enum action action);
void stranger_list_free(struct stranger_list *list);

#endif
