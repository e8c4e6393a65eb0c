/**
 * The names behind a figure: each duty with its state and the reason. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_WHY_H
#define DOUDI_SERVICE_LISTS_WHY_H

#include "service/service.h"

struct why_query {
    const char *month, *area, *kind, *state, *officer, *after;
    bool as_reported;
    uint32_t limit;
};
/** COLUMNS_WHY: every case of the figure, with the reason why it is counted or not. */
enum result why_explain(struct service *service, const struct caller *caller,
                        const struct why_query *query, struct sheet **ret_sheet,
                        struct reply *reply);

#endif
