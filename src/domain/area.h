/**
 * Division codes (区划代码): 12 digits = 2 province, 2 city, 2 county, 3 street or town, 3 village.
 *
 * Unused digits at the end are zeros. A code also stands for everything below it; its prefix is the
 * code without these zeros. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_AREA_H
#define DOUDI_DOMAIN_AREA_H

#include "base/result.h"
#include "base/words.h"

#include <stdbool.h>

enum area_level { AREA_NONE, AREA_PROVINCE, AREA_CITY, AREA_COUNTY, AREA_STREET, AREA_VILLAGE };

/** 2, 4, 6, 9 or 12 digits, padded with zeros to 12. RESULT_INVALID for other text: in another
 *  length a digit is missing, and padding would silently name a larger division. */
enum result area_parse(const char *text, char code[AREA_TEXT]);
/** The level by the digits in use, padded or not; AREA_NONE for an empty code (which means
 *  everything) or a malformed one. */
enum area_level area_level(const char *code);
const char *area_level_name(enum area_level level);
enum area_level area_level_parse(const char *name);
/** Writes the code's prefix ("211102002000" → "211102002"). "" stays "", and a malformed code stays
 *  as it is, so that it never means everything. */
void area_prefix(const char *code, char prefix[AREA_TEXT]);
/** The division of `level` that contains `code`, padded; "" if none. */
void area_ancestor(const char *code, enum area_level level, char ancestor[AREA_TEXT]);
/** True if `inner` equals `outer` or lies in it; "" contains everything, a malformed code
 *  nothing. */
bool area_contains(const char *outer, const char *inner);

#endif
