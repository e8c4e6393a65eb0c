/**
 * Persons who may be one (疑似重复), households that may stand in two cases (duplicate_houses.h; such
 * a row names no person), and cases that exclude each other (exclusion.h): a list for people to
 * decide on. Nothing is changed, and nothing follows by itself.
 *
 * Persons are compared as domain/alike.h says, those of the asked area with each other: a street
 * learns nothing of another's people, the county compares all. Members of one household are named
 * only for one ID number or one birthday, since relatives share names, telephone and address.
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_DUPLICATES_H
#define DOUDI_SERVICE_LISTS_DUPLICATES_H

#include "base/sheet.h"
#include "service/service.h"

/** COLUMNS_DUPLICATES of an area, of the caller's own for "". */
enum result duplicates_list(struct service *service, const struct caller *caller, const char *area,
                            struct sheet **ret_sheet, struct reply *reply);

#endif
