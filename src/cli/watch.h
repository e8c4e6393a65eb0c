/**
 * The status for monitoring: JSON, and metrics in the Prometheus text format.
 *
 * Both take a sheet of COLUMNS_MEASURES and the table of base/measure.h. Keys and names are stable;
 * what is not known is null in JSON and left out of the metrics. Threads: pure functions.
 */
#ifndef DOUDI_CLI_WATCH_H
#define DOUDI_CLI_WATCH_H

#include "base/sheet.h"
#include "base/str.h"

#include <stdbool.h>

/** An object with every key: numbers as numbers, moments in ISO 8601 with China's offset. */
void watch_json(const struct sheet *measures, struct str *text);
void watch_metrics(const struct sheet *measures, struct str *text);
/** True if something calls for the administrator. */
bool watch_is_alarmed(const struct sheet *measures);

#endif
