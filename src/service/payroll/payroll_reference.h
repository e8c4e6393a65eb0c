/**
 * The reference of an entry: what the bank's 附言 carries, so that a payment that comes back tells which
 * line of which roster it was. Two entries of equal amount to one account have nothing else.
 * "211103001DB2611-12": street, the programme's code, year and month of the roster, and the line.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_REFERENCE_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_REFERENCE_H

#include "service/frame/usecase.h"

/** Of the roster's line at the index. New string. */
char *payroll_reference_make(const struct service *service, const Rec__Payroll *payroll,
                             size_t line);

enum payroll_referred {
    REFERRED_NOTHING, /**< there is no reference in the text */
    REFERRED_LINE,    /**< of this roster */
    REFERRED_OTHER    /**< of another roster, or of a line that the roster does not have */
};

/** Finds a reference in what a bank writes, which may stand between other words. */
enum payroll_referred payroll_reference_read(const struct service *service,
                                             const Rec__Payroll *payroll, const char *text,
                                             size_t *ret_line);

#endif
