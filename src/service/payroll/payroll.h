/**
 * Payment rosters (发放花名册): what a street pays in a month for a programme.
 *
 * A roster is made of the cases on the books of the month, and of what earlier confirmed rosters
 * could not pay or the bank sent back. Until it is confirmed it is made anew as a new version;
 * confirmed by another officer it never changes. Whoever cannot be paid stays on it, with the reason.
 * Every query means a programme and a month, and a street: `area` is in it, or "" for the caller's
 * own.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_H

#include "base/str.h"
#include "service/service.h"

struct payroll_query {
    const char *kind, *month, *area;
    uint32_t version;   /**< 0 = the latest; to confirm: the one that was read, 0 = any */
    bool full;          /**< whole ID and account numbers: a print or export, logged as such */
    const char *format; /**< of a bank file (form/bank.h) */
};

/** Makes the next version. values: version, lines, unpaid. */
enum result payroll_make(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct reply *reply);
/** Fixes the latest version; refused if the facts have changed since it was made. */
enum result payroll_confirm(struct service *service, const struct caller *caller,
                            const struct payroll_query *query, struct reply *reply);

/** COLUMNS_PAYROLLS: the latest versions of an area, newest month first; `kind` and `month` may be
 *  "". */
enum result payroll_list(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct sheet **ret_sheet,
                         struct reply *reply);
/** COLUMNS_PAYROLL: the lines of a roster. values: version, state, made_by, confirmed_by, hash. */
enum result payroll_show(struct service *service, const struct caller *caller,
                         const struct payroll_query *query, struct sheet **ret_sheet,
                         struct reply *reply);
/** COLUMNS_PAYROLL_CHECK: what differs from the last roster before it, and who cannot be paid. */
enum result payroll_check(struct service *service, const struct caller *caller,
                          const struct payroll_query *query, struct sheet **ret_sheet,
                          struct reply *reply);
/** COLUMNS_OVERPAID: what was paid for months after an exit or a death, or by a standard that is lower
 *  today, or more than somebody decided; `month` is not looked at. */
enum result payroll_overpaid(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, struct sheet **ret_sheet,
                             struct reply *reply);

/** COLUMNS_RAISES: months of confirmed rosters whose amount is another one today: what the next roster
 *  pays, and what somebody must decide. `all`: also what was decided, and where facts without a date
 *  have changed, which hold from the next month on. `month` is not looked at. */
enum result payroll_raises(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, bool all, struct sheet **ret_sheet,
                           struct reply *reply);
struct payroll_decision {
    const char *case_no, *month;
    bool keep; /**< what was paid stands; else the month is owed today's amount */
    const char *why;
};
/** Decides what a month of a confirmed roster is owed. Whoever decides a raise does not confirm the
 *  roster that pays it; anything else holds after payroll_settle(). */
enum result payroll_decide(struct service *service, const struct caller *caller,
                           const struct payroll_decision *decision, struct reply *reply);
struct payroll_settlement {
    const char *case_no, *month;
    bool refuse;     /**< sends the decision back: the month is to be decided again */
    const char *why; /**< why it is sent back */
};
/** Another officer confirms a decision by which nothing is paid. */
enum result payroll_settle(struct service *service, const struct caller *caller,
                           const struct payroll_settlement *settlement, struct reply *reply);

/** The bank's files of a confirmed roster, in the bank's encoding. A payment that the format cannot
 *  carry refuses all, with a problem for each. *ret_files is the caller's, with its texts. */
enum result payroll_export(struct service *service, const struct caller *caller,
                           const struct payroll_query *query, struct str **ret_files,
                           size_t *ret_count, struct reply *reply);
/** Marks what the bank could not pay: `rows` has the columns line, name, account, id_no, amount,
 *  result, reason, reference, number. RESULT_PARTIAL if rows were refused: COLUMNS_REFUSALS. A row that
 *  may be any of several equal entries is refused, too, and waits for payroll_identify(). */
enum result payroll_returns(struct service *service, const struct caller *caller,
                            const struct payroll_query *query, const struct sheet *rows,
                            struct sheet **ret_refusals, struct reply *reply);
/** An officer says which entry it was that came back, by its reference. */
enum result payroll_identify(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, const char *reference,
                             struct reply *reply);

#endif
