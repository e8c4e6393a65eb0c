#include "cli/watch.h"

#include "base/columns.h"
#include "base/measure.h"
#include "exposition.h"
#include "tests/unit/unit.h"

#include <json.h>
#include <stdlib.h>
#include <string.h>

/** A sheet with values of every form. */
static struct sheet *make_measures(bool alarm)
{
    struct sheet *measures = column_sheet(&COLUMNS_MEASURES);

    measure_put(measures, MEASURE_UP, NULL, "1");
    measure_put(measures, MEASURE_VERSION, NULL, "1.0 \"a\\b\"");
    measure_put(measures, MEASURE_RATE, NULL, "77.0");
    measure_put(measures, MEASURE_OWED, NULL, "61");
    measure_put(measures, MEASURE_DATABASE_BYTES, NULL, "5368709120");
    measure_put(measures, MEASURE_LAST_BACKUP, NULL, "1764288000");
    measure_put(measures, MEASURE_BACKUP_PATH, NULL, "/srv/backup");
    measure_put(measures, MEASURE_LAST_EXPORT, NULL, "%s", "");
    measure_put(measures, MEASURE_TASKS_OPEN, "finding", "2");
    measure_put(measures, MEASURE_ALARM, "night_failed", "%d", alarm);
    measure_put(measures, MEASURE_ALARM, "disk_low", "%d", alarm);
    if (alarm) {
        measure_put(measures, MEASURE_ALARM_SINCE, "night_failed", "1764288000");
        measure_put(measures, MEASURE_ALARM_WORDS, "night_failed", "王桂兰");
        measure_put(measures, MEASURE_ALARM_SINCE, "disk_low", "%s", "");
    }
    measure_put(measures, MEASURE_LATENCY, "0.5", "3");
    measure_put(measures, MEASURE_LATENCY, "+Inf", "4");
    measure_put(measures, MEASURE_LATENCY_SUM, NULL, "1.250000");
    measure_put(measures, MEASURE_LATENCY_COUNT, NULL, "4");
    return measures;
}

static void json_has_every_key_and_numbers(void **state)
{
    static const char *const parts[] = {
        "\"format\":1,",
        "\"up\":true",
        "\"rate\":77.0",
        "\"owed\":61",
        "\"reached\":null",
        "\"database_bytes\":5368709120",
        "\"last_backup\":\"2025-11-28T08:00:00+08:00\"",
        "\"last_export\":null",
        "\"tasks_open\":{\n    \"finding\":2",
        "\"id\":\"night_failed\",\n      \"since\":\"2025-11-28T08:00:00+08:00\"",
        "\"id\":\"disk_low\",\n      \"since\":null",
        "\"+Inf\":4",
        "\"request_seconds_sum\":1.250000",
    };
    struct sheet *measures = make_measures(true);
    const struct measure *measure;
    struct str text = {0};

    (void)state;
    watch_json(measures, &text);
    struct json_object *whole = json_tokener_parse(str_text(&text));
    assert_non_null(whole);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(str_text(&text), parts[i]) == NULL)
            fail_msg("no %s in\n%s", parts[i], str_text(&text));
    for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
        bool shown = !measure->inside && i != MEASURE_ALARM && i != MEASURE_ALARM_SINCE;
        if (json_object_object_get_ex(whole, measure->id, NULL) != shown)
            fail_msg("%s", measure->id);
    }
    assert_null(strstr(str_text(&text), "/srv/backup"));
    assert_null(strstr(str_text(&text), "王桂兰"));
    json_object_put(whole);
    str_free(&text);
    sheet_free(&measures);
}

static void metrics_are_what_a_collector_reads(void **state)
{
    static const char *const parts[] = {
        "doudi_build_info{version=\"1.0 \\\"a\\\\b\\\"\"} 1\n",
        "doudi_month_owed 61\n",
        "doudi_last_backup_timestamp_seconds 1764288000\n",
        "doudi_tasks_open{task=\"finding\"} 2\n",
        "doudi_alarm{alarm=\"night_failed\"} 1\n",
        "# TYPE doudi_request_seconds histogram\ndoudi_request_seconds_bucket{le=\"0.5\"} 3\n",
        ("doudi_request_seconds_bucket{le=\"+Inf\"} 4\ndoudi_request_seconds_sum 1.250000\n"
         "doudi_request_seconds_count 4\n"),
    };
    struct sheet *measures = make_measures(true);
    struct str text = {0};
    char buffer[256];

    (void)state;
    watch_metrics(measures, &text);
    const char *fault = exposition_fault(str_text(&text), buffer);
    if (fault != NULL)
        fail_msg("%s", fault);
    for (size_t i = 0; i < COUNT(parts); i++)
        if (strstr(str_text(&text), parts[i]) == NULL)
            fail_msg("no %s in\n%s", parts[i], str_text(&text));
    assert_null(strstr(str_text(&text), "last_export"));
    assert_null(strstr(str_text(&text), "/srv/backup"));
    str_free(&text);
    sheet_free(&measures);
}

/** The reader of the tests sees what is wrong. */
static void a_collector_refuses_what_is_wrong(void **state)
{
#define HEAD "# HELP a_b 词\n# TYPE a_b gauge\n"
#define HISTOGRAM "# HELP h 词\n# TYPE h histogram\n"
    static const struct {
        const char *text;
        bool right;
    } cases[] = {
        {HEAD "a_b 1\n", true},
        {HEAD "a_b{c=\"d\\\"\"} 1.5\na_b{c=\"e\"} 2\n", true},
        {HISTOGRAM "h_bucket{le=\"1\"} 1\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n", true},
        {"", false},
        {HEAD "a_b 1", false},
        {"a_b 1\n", false},
        {HEAD "a_c 1\n", false},
        {HEAD "a_b x\n", false},
        {HEAD "a_b 1\na_b 1\n", false},
        {HEAD "a_b{c=d} 1\n", false},
        {HEAD "a_b{c=\"\\d\"} 1\n", false},
        {HEAD "a_b 1\n" HEAD "a_b{c=\"d\"} 1\n", false},
        {"# TYPE a_b gauge\na_b 1\n", false},
        {"# HELP a_b 词\n# TYPE a_b counter\na_b 1\n", false},
        {HISTOGRAM "h_bucket{le=\"1\"} 3\nh_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 2\n", false},
        {HISTOGRAM "h_bucket{le=\"1\"} 2\nh_sum 1\nh_count 2\n", false},
        {HISTOGRAM "h_bucket{le=\"+Inf\"} 2\nh_sum 1\nh_count 3\n", false},
    };
    char buffer[256];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if ((exposition_fault(cases[i].text, buffer) == NULL) != cases[i].right)
            fail_msg("case %zu: %s", i, cases[i].text);
}

static void an_alarm_is_seen(void **state)
{
    struct sheet *sound = make_measures(false), *alarmed = make_measures(true);

    (void)state;
    assert_false(watch_is_alarmed(sound));
    assert_true(watch_is_alarmed(alarmed));
    sheet_free(&sound);
    sheet_free(&alarmed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_has_every_key_and_numbers),
        cmocka_unit_test(metrics_are_what_a_collector_reads),
        cmocka_unit_test(a_collector_refuses_what_is_wrong),
        cmocka_unit_test(an_alarm_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
