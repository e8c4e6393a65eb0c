#include "cli/watch.h"

#include "base/date.h"
#include "base/measure.h"
#include "base/plain.h"

#include <json.h>
#include <stdlib.h>
#include <string.h>

/** What the keys and their meaning are; raised when one changes or goes, not when one is added. */
enum { FORMAT = 1 };

/** The next value of a measure from row `from` on; false behind the last. */
static bool find_value(const struct sheet *measures, const struct measure *measure, size_t from,
                       size_t *ret_row)
{
    for (size_t row = from; row < measures->row_count; row++) {
        if (strcmp(sheet_get(measures, row, "measure"), measure->id) == 0) {
            *ret_row = row;
            return true;
        }
    }
    return false;
}

/** The value of a measure for one `of`, "" if there is none. */
static const char *value_of(const struct sheet *measures, enum measure_id id, const char *of)
{
    size_t row = 0;

    for (size_t from = 0; find_value(measures, measure_at(id), from, &row); from = row + 1)
        if (strcmp(sheet_get(measures, row, "of"), of) == 0)
            return sheet_get(measures, row, "value");
    return "";
}

bool watch_is_alarmed(const struct sheet *measures)
{
    const struct measure_alarm *alarm;
    bool alarmed = false;

    for (size_t i = 0; (alarm = measure_alarm_at(i)) != NULL; i++)
        alarmed |= strcmp(value_of(measures, MEASURE_ALARM, alarm->id), "1") == 0;
    return alarmed;
}

// ---- JSON

static struct json_object *json_text(const char *text)
{
    char *plain = plain_copy(text, PLAIN_LINES);
    struct json_object *object = json_object_new_string(plain);

    free(plain);
    return object;
}

/** "2026-11-28T01:42:10+08:00". */
static struct json_object *json_moment(const char *seconds)
{
    char stamp[STAMP_TEXT];
    struct str text = {0};

    date_format_stamp(strtoll(seconds, NULL, 10), stamp);
    str_printf(&text, "%.*sT%s+08:00", DATE_TEXT - 1, stamp, stamp + DATE_TEXT);
    struct json_object *object = json_object_new_string(str_text(&text));
    str_free(&text);
    return object;
}

/** NULL, which is null, for an empty value. */
static struct json_object *json_value(const struct measure *measure, const char *value)
{
    if (*value == '\0')
        return NULL;
    switch (measure->form) {
    case MEASURE_NUMBER:
    case MEASURE_BYTES:
        return json_object_new_int64(strtoll(value, NULL, 10));
    case MEASURE_SECONDS:
    case MEASURE_PERCENT:
        return json_object_new_double_s(strtod(value, NULL), value);
    case MEASURE_MOMENT:
        return json_moment(value);
    case MEASURE_FLAG:
        return json_object_new_boolean(strcmp(value, "1") == 0);
    default:
        return json_text(value);
    }
}

/** An object with one key for each value. */
static struct json_object *json_family(const struct sheet *measures, const struct measure *measure)
{
    struct json_object *family = json_object_new_object();
    size_t row = 0;

    for (size_t from = 0; find_value(measures, measure, from, &row); from = row + 1)
        json_object_object_add(family, sheet_get(measures, row, "of"),
                               json_value(measure, sheet_get(measures, row, "value")));
    return family;
}

static struct json_object *json_alarms(const struct sheet *measures)
{
    struct json_object *alarms = json_object_new_array();
    const struct measure_alarm *alarm;

    for (size_t i = 0; (alarm = measure_alarm_at(i)) != NULL; i++) {
        if (strcmp(value_of(measures, MEASURE_ALARM, alarm->id), "1") != 0)
            continue;
        const char *since = value_of(measures, MEASURE_ALARM_SINCE, alarm->id);
        struct json_object *object = json_object_new_object();
        json_object_object_add(object, "id", json_object_new_string(alarm->id));
        json_object_object_add(object, "since", json_value(measure_at(MEASURE_ALARM_SINCE), since));
        json_object_object_add(object, "message", json_object_new_string(alarm->label));
        json_object_array_add(alarms, object);
    }
    return alarms;
}

void watch_json(const struct sheet *measures, struct str *text)
{
    struct json_object *whole = json_object_new_object();
    const struct measure *measure;
    size_t row = 0;

    json_object_object_add(whole, "format", json_object_new_int(FORMAT));
    for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
        if (measure->inside || i == MEASURE_ALARM_SINCE)
            continue;
        if (i == MEASURE_ALARM)
            json_object_object_add(whole, "alarms", json_alarms(measures));
        else if (measure->of != NULL)
            json_object_object_add(whole, measure->id, json_family(measures, measure));
        else if (find_value(measures, measure, 0, &row))
            json_object_object_add(whole, measure->id,
                                   json_value(measure, sheet_get(measures, row, "value")));
        else
            json_object_object_add(whole, measure->id, NULL);
    }
    str_add(text, json_object_to_json_string_ext(whole, JSON_C_TO_STRING_PRETTY |
                                                            JSON_C_TO_STRING_NOSLASHESCAPE));
    str_add_char(text, '\n');
    json_object_put(whole);
}

// ---- metrics

static const char *const TYPES[] = {
    [METRIC_GAUGE] = "gauge",
    [METRIC_COUNTER] = "counter",
    [METRIC_HISTOGRAM] = "histogram",
};

/** A label's value, with what the format escapes. */
static void add_label(struct str *text, const char *name, const char *value)
{
    char *plain = plain_copy(value, PLAIN_LINE);

    str_printf(text, "{%s=\"", name);
    for (const char *c = plain; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            str_add_char(text, '\\');
        str_add_char(text, *c);
    }
    str_add(text, "\"}");
    free(plain);
}

/** A histogram's samples end with "_bucket", its family does not. */
static void add_head(struct str *text, const struct measure *measure)
{
    size_t length = strlen(measure->metric);

    if (measure->type == METRIC_HISTOGRAM)
        length -= strlen("_bucket");
    str_printf(text, "# HELP %.*s %s\n# TYPE %.*s %s\n", (int)length, measure->metric,
               measure->help, (int)length, measure->metric, TYPES[measure->type]);
}

static void add_sample(struct str *text, const struct measure *measure, const char *of,
                       const char *value)
{
    bool words = measure->form == MEASURE_WORDS;

    str_add(text, measure->metric);
    if (words)
        add_label(text, measure->id, value);
    else if (measure->of != NULL)
        add_label(text, measure->of, of);
    str_printf(text, " %s\n", words ? "1" : value);
}

void watch_metrics(const struct sheet *measures, struct str *text)
{
    const struct measure *measure;

    for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
        bool headed = measure->type == METRIC_PART;
        size_t row = 0;

        if (measure->metric == NULL || measure->inside)
            continue;
        for (size_t from = 0; find_value(measures, measure, from, &row); from = row + 1) {
            const char *value = sheet_get(measures, row, "value");

            if (*value == '\0')
                continue;
            if (!headed)
                add_head(text, measure);
            headed = true;
            add_sample(text, measure, sheet_get(measures, row, "of"), value);
        }
    }
}
