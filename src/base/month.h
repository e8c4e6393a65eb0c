/**
 * Months, China time.
 *
 * A `month_t` is year * 12 + (month - 1), and 0 is "no month"; they compare and subtract as
 * integers. Threads: any.
 */
#ifndef DOUDI_BASE_MONTH_H
#define DOUDI_BASE_MONTH_H

#include "base/date.h"

month_t month_make(int year, int month);
month_t month_of(day_t day);
day_t month_first(month_t month);
day_t month_last(month_t month);
int month_days(month_t month);
int month_year(month_t month);
int month_number(month_t month); /**< 1 to 12 */

/** Strict "YYYY-MM". */
enum result month_parse(const char *text, month_t *ret_month);
/** Also 2025/1, 2025.1, 202501, 2025年1月, and any full date (its month). */
enum result month_parse_loose(const char *text, month_t *ret_month);
const char *month_format(month_t month, char buffer[MONTH_TEXT]);

#endif
