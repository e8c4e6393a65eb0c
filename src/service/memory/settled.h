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
    SETTLED_IS_SAME = 1,  /**< nothing for the list of raises */
    SETTLED_IS_LATER = 2, /**< only for the whole list of raises */
    SETTLED_NOT_OVERPAID = 4
};

/** The facts as a transaction may have read them: take it before the transaction begins. */
struct settled_stamp {
    uint64_t people;
    const void *standards;
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
/** What was found, 0 if nothing is known. */
unsigned settled_recall(struct service *service, const struct settled_month *of);
/** `persons`: all on whose records it rests. */
void settled_remember(struct service *service, const struct settled_stamp *stamp,
                      const struct settled_month *of, unsigned found, const uint64_t *persons,
                      size_t count);

#endif
