/**
 * Strangers: people outside the officer's area whose ID number the officer types.
 *
 * The officer learns nothing about them: no name, programme, place or death, whether the number
 * stands in a ledger, a draft, a case or a visit. The answer is always one sentence, and each
 * meeting leaves an event in the person's division. After STRANGERS_A_DAY meetings, every request
 * that finds people by number is refused until the next day, also for known people: otherwise the
 * refusal itself would tell something.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_FRAME_STRANGER_H
#define DOUDI_SERVICE_FRAME_STRANGER_H

#include "base/words.h"
#include "service/frame/usecase.h"

enum { STRANGERS_A_DAY = 100 };

/** The one sentence. */
#define STRANGER_WORDS "此人在您的辖区以外已有登记，这里不能办理，请报上级民政核实"
/** The beginning of the event's note. */
#define STRANGER_NOTE "查到辖区以外的人"

/** How many strangers each officer has met today. */
struct strangers;
struct strangers *strangers_new(void);
void strangers_free(struct strangers **strangers);

/** The strangers that one transaction has met; the frame owns the list. `{0}` is empty. */
struct stranger_list {
    size_t count, capacity;
    struct stranger {
        uint64_t person;
        char area[AREA_TEXT]; /**< the person's; the event belongs to it */
    } * items;
};

/** True if neither the person nor any case the person takes part in lies in the caller's area. */
enum result stranger_find(struct usecase *usecase, const Rec__Person *person, bool *ret_stranger);
/** Notes a meeting; the frame writes the event. */
void stranger_meet(struct usecase *usecase, const Rec__Person *person);
/** Notes a meeting and says the sentence; returns `refusal`. */
enum result stranger_refuse(struct usecase *usecase, const Rec__Person *person,
                            enum result refusal);
/** RESULT_DENIED with words if the officer has met too many today. */
enum result stranger_allow(struct usecase *usecase);

/** Call after the transaction: writes an event for each meeting, under the given action. */
enum result stranger_settle(const struct usecase *usecase, enum action action);
void stranger_list_free(struct stranger_list *list);

#endif
