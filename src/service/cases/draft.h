/**
 * Drafts: values that an officer has typed and not filed yet. Only that officer sees them. Threads:
 * any.
 */
#ifndef DOUDI_SERVICE_CASES_DRAFT_H
#define DOUDI_SERVICE_CASES_DRAFT_H

#include "service/service.h"

enum result draft_put(struct service *service, const struct caller *caller, const char *form,
                      const char *record, const char *title, const struct fields *values,
                      struct reply *reply);
enum result draft_get(struct service *service, const struct caller *caller, const char *form,
                      const char *record, struct fields *ret_values, char **ret_at,
                      struct reply *reply);
enum result draft_drop(struct service *service, const struct caller *caller, const char *form,
                       const char *record, struct reply *reply);

#endif
