/**
 * What 首页 shows besides where the terminal is large: the month's days, and the rate of each division
 * of the next level. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_HOME_BAND_H
#define DOUDI_SERVICE_LISTS_HOME_BAND_H

#include "service/service.h"

/** *ret_days: COLUMNS_PACE, without rows above the street, whose duties are too many to count at each
 *  refresh. *ret_strip: COLUMNS_STRIP in the order of the codes. Both are the caller's. */
enum result home_band_read(struct service *service, const struct caller *caller, const char *month,
                           struct sheet **ret_days, struct sheet **ret_strip, struct reply *reply);

#endif
