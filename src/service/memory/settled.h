/**
 * Months of confirmed rosters that were judged, and what was found: that today's amount is the paid
 * one, or that nothing follows from what has changed. The lists of raises and of what was overpaid
 * need not compute such a month again until its facts change.
 *
 * What is remembered of a case holds while no commit has changed a person on whom it rests (the
 * person, a case of the person, its household), and while areas and standards are the same. A month
 * is remembered with a print of what the rosters say of it. Nothing here is needed: what is not
 * remembered is computed.
 *
 * Private to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_MEMORY_SETTLED_H
#define DOUDI_SERVICE_MEMORY_SETTLED_H

#include "base/month.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct settled;
struct service;

/** What was found of a month. */
enum {
    SETTLED_AS_PAID = 1,      /**< it is owed what it was paid; nobody has decided anything */
    SETTLED_NOT_DUE = 2,      /**< nothing for the list of raises */
    SETTLED_IS_LATER = 4,     /**< only for the whole list of raises */
    SETTLED_NOT_OVERPAID = 8, /**< nothing for the list of what was overpaid */
    SETTLED_HAS_VERDICT = 16
};

/** How a month stands that is neither as it was paid nor over: the fields of struct
 *  payroll_settle. */
struct settled_verdict {
    int how;
    bool known;
    int64_t owed, today;
    char *why; /**< NULL = nothing; owned */
};

/** The facts as a transaction may have read them: take it before the transaction begins. */
struct settled_stamp {
    uint64_t people;
    const void *standards;
};

/** On whom it rests. Borrowed. */
struct settled_persons {
    const uint64_t *ids;
    size_t count;
};

/** A month of a case, and the print of its rosters. */
struct settled_month {
    uint64_t case_id;
    month_t month;
    uint64_t print;
};

struct settled *settled_new(void);
void settled_free(struct settled **settled);

struct settled_stamp settled_stamp(struct service *service);
bool settled_stamp_holds(struct service *service, const struct settled_stamp *stamp);
/** What was found, 0 if nothing is known. With SETTLED_HAS_VERDICT *ret_verdict is filled; NULL =
 *  not wanted. */
unsigned settled_recall(struct service *service, const struct settled_month *of,
                        struct settled_verdict *ret_verdict);
/** `persons`: all on whose records it rests; none: adds to what is remembered of the month, if
 *  anything is. `verdict` NULL = none. */
void settled_remember(struct service *service, const struct settled_stamp *stamp,
                      const struct settled_month *of, unsigned found,
                      const struct settled_verdict *verdict, const struct settled_persons *persons);

#endif
