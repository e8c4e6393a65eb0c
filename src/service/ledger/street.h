/**
 * Streets in months: a change of divisions (service/keeping/area_change.h) makes and ends streets.
 *
 * Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_STREET_H
#define DOUDI_SERVICE_LEDGER_STREET_H

#include "service/frame/usecase.h"

/** True in *ret_has if the street has the month: it closes it, or has closed it. A new street has
 *  none before its first month. A street that is gone has those of its life, and later ones only if
 *  rows were left there. */
enum result street_has_month(struct usecase *usecase, const Rec__Area *street, month_t month,
                             bool *ret_has);
/** The month after the last one that the street of `area` has ever closed; at least the home's
 *  first month. */
enum result street_open_from(struct usecase *usecase, const char *area, month_t *ret_month);

#endif
