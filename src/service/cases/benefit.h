/**
 * Computed amounts (待遇) of cases: what a case gets in a month, line by line.
 *
 * The programme file says how (`benefit:`); standards are those in force on the first day of the
 * month for the case's village, of the nearest division above that has one. Facts are those known
 * today: a household has the members of now, without those who died before the month. Amounts are
 * never stored here; what is paid is fixed by whoever makes a roster of it.
 *
 * benefit_of_case() and benefit_scan() run inside a reading or writing use case of the caller, check
 * no right and leave no event. A programme without `benefit:` has no amounts: benefit_has() is
 * false. Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_CASES_BENEFIT_H
#define DOUDI_SERVICE_CASES_BENEFIT_H

#include "domain/benefit.h"
#include "service/frame/usecase.h"

/** True if the programme's file has amounts. */
bool benefit_has(const struct service *service, const char *kind);

/** The amount of one case in a month; free it with benefit_free(). Also for a month in which the
 *  case is not paid: then `paid` is false and `remarks` say why. RESULT_NOTFOUND if the programme
 *  has no amounts. */
enum result benefit_of_case(struct usecase *usecase, const Rec__Case *record, month_t month,
                            struct benefit *ret_benefit);

/** On whose records an amount rests: the persons of the case, and of the cases that it asks about.
 *  `{0}` is empty; a person may stand in it several times. */
struct benefit_people {
    size_t count, capacity;
    uint64_t *ids; /**< owned */
};

/** The same with the standards of `given` instead of those in force (NULL = none), and `used` takes
 *  those that were asked for (NULL = nothing): the value as stored, BENEFIT_NO_STANDARD where there is
 *  none. A standard of another case that is asked is named with its village: NAME@AREA. `people` takes the
 *  persons (NULL = nobody wants to know). */
enum result benefit_by_standards(struct usecase *usecase, const Rec__Case *record, month_t month,
                                 const struct fields *given, struct fields *used,
                                 struct benefit_people *people, struct benefit *ret_benefit);
#define BENEFIT_NO_STANDARD "-"

/** The same for values that are not stored yet; of the record, which need not be stored, it takes
 *  programme, village, person and days. */
enum result benefit_of_values(struct usecase *usecase, const Rec__Case *record,
                              const struct fields *values, month_t month,
                              struct benefit *ret_benefit);

/** Adds what the values break of the programme's limits (form/limits.h), by the standards in force for
 *  the village of the record. `ledger`: there are only remarks. */
void benefit_check_limits(struct usecase *usecase, const Rec__Case *record,
                          const struct fields *values, month_t month, bool ledger,
                          struct problems *problems);

/** A standard that is tried as if it were set. */
struct benefit_trial {
    const char *name, *area;
    day_t from;
    int64_t value; /**< as stored */
};
/** benefit_of_case() with a standard that is not set; NULL for those that are. */
enum result benefit_try(struct usecase *usecase, const Rec__Case *record, month_t month,
                        const struct benefit_trial *trial, struct benefit *ret_benefit);

/** A paid case with its amount, borrowed for the call. Returns as a scan callback (db/tables.h). */
typedef enum result (*benefit_fn)(const Rec__Case *record, const struct benefit *benefit,
                                  void *arg);
struct benefit_filter {
    month_t month;
    const char *area;  /**< code or prefix, "" for all */
    const char *kind;  /**< "" for all that have amounts */
    const char *after; /**< store_case_key_text() of the last one; NULL or "" from the start */
};
/** All cases that are paid in the month, by village, programme and id; also those that have ended
 *  since. */
enum result benefit_scan(struct usecase *usecase, const struct benefit_filter *filter,
                         benefit_fn each, void *arg);

/** One case by number, or the cases of an area, as COLUMNS_BENEFIT; `explain`: as
 *  COLUMNS_BENEFIT_LINES. */
struct benefit_query {
    const char *month, *area, *kind, *number, *after;
    bool differing; /**< only stated amounts other than the computed ones */
    bool unknown;   /**< only those that cannot be computed */
    bool explain;
    bool full; /**< whole ID numbers: needs ACTION_PRINT and is logged */
    uint32_t limit;
};
enum result benefit_list(struct service *service, const struct caller *caller,
                         const struct benefit_query *query, struct sheet **ret_sheet,
                         struct reply *reply);

#endif
