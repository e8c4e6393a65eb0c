/**
 * 公示名单: the applications of a programme that hang out in their villages now.
 *
 * Who, how many in the household, which village, from when until when; the amount where the
 * programme's file says that it is published. Never an ID number, a telephone, an address, health
 * or disability. Children's programmes (`secret`) have no such list, and no child stands on one.
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_PUBLICITY_H
#define DOUDI_SERVICE_CASES_PUBLICITY_H

#include "service/service.h"

/** COLUMNS_PUBLICITY by village, of one programme in an area ("" = the caller's). RESULT_DENIED
 *  with words for a children's programme, RESULT_INVALID for one without 公示. The amount is that of
 *  the first month, empty while it cannot be computed. */
enum result publicity_list(struct service *service, const struct caller *caller, const char *kind,
                           const char *area, struct sheet **ret_sheet, struct reply *reply);

#endif
