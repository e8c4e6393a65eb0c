/**
 * The first day of a home: its area, divisions, first month and first administrator. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_INIT_H
#define DOUDI_SERVICE_KEEPING_INIT_H

#include "service/service.h"

struct init_input {
    const char *area, *first_month, *admin_password;
    const char
        *level; /**< "county", "city", "province": takes in bundles; "" = people work in it */
    const struct sheet *divisions; /**< code name parent level */
};
/** values: admin, password (if one was made), areas. */
enum result init_new_home(struct service *service, const struct caller *caller,
                          const struct init_input *input, struct reply *reply);

#endif
