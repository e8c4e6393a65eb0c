/**
 * Dated amounts and settings of areas, as the store holds them. Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_STANDARD_H
#define DOUDI_SERVICE_KEEPING_STANDARD_H

#include "db/record.pb-c.h"
#include "service/service.h"

/** COLUMNS_STANDARDS by name. */
enum result standard_list(struct service *service, const struct caller *caller, const char *name,
                          struct sheet **ret_sheet, struct reply *reply);
struct standard_input {
    const char *name, *area, *from, *value, *source;
};
enum result standard_set(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct reply *reply);
/** What setting it would change, by programme, in the first month that begins with it; sets nothing:
 *  COLUMNS_STANDARD_TRIAL. */
enum result standard_try(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct sheet **ret_sheet,
                         struct reply *reply);
/** The value for people: parameters are whole numbers, everything else is yuan. New string. */
char *standard_value_text(const Rec__Standard *standard);

#endif
