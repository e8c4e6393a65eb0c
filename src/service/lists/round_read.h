/**
 * Who is owed a visit in an extra round (专项走访), read from the duties of its months.
 *
 * Nothing of it is stored: a case that is entered, moved, ended or visited later, and a visit that is
 * voided, are right at the next reading. A person counts once, whatever cases there are, under the
 * village of the round in which they were. Who moved to another street is found where the case now
 * stands. A round for a month that has not begun shows whom it would have today.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_LISTS_ROUND_READ_H
#define DOUDI_SERVICE_LISTS_ROUND_READ_H

#include "domain/area.h"
#include "domain/round.h"
#include "service/frame/usecase.h"

struct round_person {
    uint64_t person, case_id;
    const struct form *form;
    char area[AREA_TEXT]; /**< village for which the person counts */
    day_t last_visit;     /**< 0 = none yet */
    struct round_facts facts;
    struct round_view view;
    char *officer;
};

/** By village; who is owed a visit first, of those who was not seen for longest. */
struct round_people {
    size_t count, capacity;
    struct round_person *items;
};

void round_days(const Rec__Round *round, struct round_days *ret_days);
/** The last month whose duties it reads; the months before it must be open, too. */
month_t round_last_month(const Rec__Round *round, day_t today);
/** What is read of the ledger for a round within `area`, as of a day. */
struct round_reach {
    month_t first, last;
    char prefix[AREA_TEXT], later[AREA_TEXT]; /**< divisions: as it was then, and as it is now */
};
void round_reach(struct usecase *usecase, const Rec__Round *round, const char *area, day_t today,
                 struct round_reach *ret_reach);
/** People of the round within `area` ("" = all of it), as they stand on a day. */
enum result round_read(struct usecase *usecase, const Rec__Round *round, const char *area,
                       day_t today, struct round_people *ret_people);
void round_people_free(struct round_people *people);
/** True if the round concerns the area: it has places in it, or lies around it. */
bool round_concerns(const struct service *service, const Rec__Round *round, const char *area);
/** True of one that came in a bundle: its sender ends it, here it is only read. */
bool round_is_sent(const struct service *service, const Rec__Round *round);
/** True while it is neither withdrawn nor over. */
bool round_is_running(const Rec__Round *round, day_t today);

#endif
