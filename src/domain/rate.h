/**
 * Figures and rates (月探访率).
 *
 * Owed = reached + pending + missed; excused and not counted are figures beside it. The rate is
 * reached ÷ owed, truncated to a tenth, never rounded: 100.0 only if nobody is missing. There is no
 * rate if nobody is owed.
 */
#ifndef DOUDI_DOMAIN_RATE_H
#define DOUDI_DOMAIN_RATE_H

#include "domain/duty.h"

#include <stdint.h>

enum { RATE_TEXT = 16 };

struct figures {
    uint64_t owed, reached, fulfilled, pending, missed, excused, not_counted, attempted, late;
};

/** Adds one judged duty (`sign` +1) or subtracts it (-1). `attempted` counts duties with an attempt
 *  and no counting visit, `late` those with a late credit. */
void figures_count(struct figures *figures, const struct duty_view *view, int sign);
void figures_add(struct figures *to, const struct figures *from);
/** The rate in tenths of a percent (0 to 1000), -1 if nobody is owed. */
int rate_tenths(uint64_t reached, uint64_t owed);
/** "77.0", or `none` if nobody is owed. Returns `buffer`. */
const char *rate_format(uint64_t reached, uint64_t owed, const char *none, char buffer[RATE_TEXT]);
/** How many a day must be reached so that `missing` are in `days` days, both ends counted; never too
 *  few. With no day left, all of them. */
uint64_t rate_per_day(uint64_t missing, int days);

#endif
