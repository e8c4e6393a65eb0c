/**
 * What the status tells: one row for each value, with its key in JSON, its metric and its words.
 *
 * The server fills a sheet of COLUMNS_MEASURES with plain values: whole numbers, bytes, decimal
 * seconds, moments in seconds since 1970, 1 or 0. Text, JSON, metrics and the manual come from this
 * table. An `inside` value (a path, words) is only for officers with the right to the status; anybody
 * who reaches the server may read the others. Threads: constant tables; the functions are pure.
 */
#ifndef DOUDI_BASE_MEASURE_H
#define DOUDI_BASE_MEASURE_H

#include "base/sheet.h"

#include <stdbool.h>

enum measure_id {
    MEASURE_UP,
    MEASURE_VERSION,
    MEASURE_STARTED,
    MEASURE_AREA,
    MEASURE_AREA_NAME,
    MEASURE_DATE,
    MEASURE_TEST_DATE,
    MEASURE_OFFICE_FORMS,
    MEASURE_ENCRYPTED,
    MEASURE_MONTH,
    MEASURE_MONTH_COMPLETE,
    MEASURE_CLOSINGS_DONE,
    MEASURE_OWED,
    MEASURE_REACHED,
    MEASURE_RATE,
    MEASURE_PERSONS,
    MEASURE_CASES,
    MEASURE_CASES_ACTIVE,
    MEASURE_DATABASE_BYTES,
    MEASURE_LOG_BYTES,
    MEASURE_DISK_FREE_BYTES,
    MEASURE_DISK_USED_BYTES,
    MEASURE_TASKS_OPEN,
    MEASURE_TASKS_OVERDUE,
    MEASURE_LAST_BACKUP,
    MEASURE_BACKUP_PATH,
    MEASURE_LAST_VERIFIED,
    MEASURE_LAST_EXPORT,
    MEASURE_EXPORT_PATH,
    MEASURE_UNSENT,
    MEASURE_UNRECEIVED,
    MEASURE_ARCHIVE_SINCE,
    MEASURE_ARCHIVE_BYTES,
    MEASURE_ARCHIVE_DAYS,
    MEASURE_ALARM,
    MEASURE_ALARM_SINCE,
    MEASURE_ALARM_WORDS,
    MEASURE_CONNECTIONS,
    MEASURE_SESSIONS,
    MEASURE_REQUESTS,
    MEASURE_RESULTS,
    MEASURE_REPEATED,
    MEASURE_LATENCY,
    MEASURE_LATENCY_SUM,
    MEASURE_LATENCY_COUNT,
    MEASURE_CACHE_BYTES,
    MEASURE_CACHE_HITS,
    MEASURE_CACHE_MISSES,
    MEASURE_COUNT_
};

enum measure_form {
    MEASURE_NUMBER,
    MEASURE_BYTES,
    MEASURE_SECONDS,
    MEASURE_MOMENT, /**< "" = never */
    MEASURE_FLAG,
    MEASURE_PERCENT,
    MEASURE_WORDS
};
enum measure_type { METRIC_NONE, METRIC_GAUGE, METRIC_COUNTER, METRIC_HISTOGRAM, METRIC_PART };

struct measure {
    const char *id; /**< the key in JSON; stable */
    enum measure_form form;
    enum measure_type type;
    const char *metric; /**< its samples' name, NULL = none. Words are the value of a label */
    const char *of;     /**< one value for each …; the metric's label. NULL = one value */
    bool inside;        /**< only in the text for officers */
    const char *line;   /**< it begins a line of the text; "" = with the row's own label */
    const char *before, *after; /**< words around it, NULL = not in the text; of a flag: 1, 0 */
    const char *none; /**< words of a line without a value, NULL = then there is no line */
    const char *help; /**< what it means, for the manual and the metric */
};
const struct measure *measure_at(size_t id); /**< NULL behind the last */
const struct measure *measure_find(const char *id);
/** Adds a value and returns its row. */
size_t measure_put(struct sheet *measures, enum measure_id id, const char *of, const char *format,
                   ...) __attribute__((format(printf, 4, 5)));
/** The text's lines (COLUMNS_STATUS), in the order of the values; new sheet. */
struct sheet *measure_lines(const struct sheet *measures);

struct measure_alarm {
    const char *id, *label; /**< what calls for the administrator */
};
enum measure_alarm_id {
    ALARM_CLOCK_DOUBTFUL,
    ALARM_NIGHT_FAILED,
    ALARM_DISK_WAS_FULL,
    ALARM_BACKUP_OLD,
    ALARM_EXPORT_OLD,
    ALARM_RECEIVERS,
    ALARM_UNSENT,
    ALARM_UNRECEIVED,
    ALARM_SENDERS_MISSING,
    ALARM_SENDERS_DIFFER,
    ALARM_DATA_DAMAGED,
    ALARM_ARCHIVE_FAILED,
    ALARM_DISK_LOW,
    ALARM_COUNT_
};
const struct measure_alarm *measure_alarm_at(size_t id); /**< NULL behind the last */

#endif
