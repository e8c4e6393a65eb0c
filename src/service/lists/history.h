/**
 * The history of imports, prints and exports. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HISTORY_H
#define DOUDI_SERVICE_LISTS_HISTORY_H

#include "service/service.h"

/** COLUMNS_HISTORY: imports by batch, prints and files of the caller's area, of a village officer
 *  only the own ones, newest first. */
enum result history_list(struct service *service, const struct caller *caller, uint32_t limit,
                         struct sheet **ret_sheet, struct reply *reply);
/** 应访清单 for "due" … */
const char *history_print_label(const char *what);
/** A print, a file, or, with an empty `to`, how the print of an earlier event has ended. */
struct history_print {
    const char *what, *month, *area;
    const char *title; /**< as printed; "" = what the list is called */
    const char *to;    /**< id of base/prints.h */
    const char *place; /**< the queue, the file's path; "" of the terminal's printer */
    const char *job;   /**< what the queue calls it, "" if there is none */
    const char *state; /**< id of base/prints.h */
    const char *scope; /**< of base/prints.h; "" = not known */
    uint32_t rows;
};

/** Leaves an event of it. RESULT_INVALID for an unknown destination or state. */
enum result history_add_print(struct service *service, const struct caller *caller,
                              const struct history_print *print, struct reply *reply);

#endif
