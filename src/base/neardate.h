/**
 * Days near at hand, as an officer types them: 27, 1126, 11-26, -1, - and a full stop for today.
 *
 * For screens only. A ledger's cell is never read so: what it means depends on the day it is read.
 * Threads: pure.
 */
#ifndef DOUDI_BASE_NEARDATE_H
#define DOUDI_BASE_NEARDATE_H

#include "base/date.h"

#include <stdbool.h>

enum { NEARDATE_SOON = 31 };

struct neardate {
    day_t today;
    month_t shown; /**< the month on the screen; 0 = today's */
    bool ahead;    /**< the day may lie in the future: the end of an absence */
};

/**
 * Reads `.` (today), `-` and `-N` (days ago), `+N` (days ahead), `27` (of the month shown) and `1126`,
 * `11-26`, `11/26`, `11.26`, `11月26日`.
 *
 * Where only the past makes sense, a day that has not come yet is the latest one that has: 27 on the
 * 23rd is last month's, 0226 in November this year's, 0226 in January last year's. But month and day
 * that come within NEARDATE_SOON days mean nothing: who types 1124 on the 23rd has the day wrong, and
 * no visit goes to the year before for it. Where the future makes sense, 1226 is the nearest one.
 * RESULT_INVALID for everything else, also for a day that there is not.
 */
enum result neardate_parse(const char *text, const struct neardate *near, day_t *ret_day);

/** True for month and day that are refused because they come within NEARDATE_SOON days; sets that day. */
bool neardate_is_soon(const char *text, const struct neardate *near, day_t *ret_day);

/** Reads a month: `.` (that of `today`), `-` and `-N` (months ago), `+N` (ahead). RESULT_INVALID for
 *  everything else: a bare 9 may be last or next September, and money hangs on months. */
enum result neardate_month(const char *text, day_t today, month_t *ret_month);

#endif
