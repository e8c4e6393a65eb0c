#include "base/measure.h"

#include "base/columns.h"
#include "base/str.h"
#include "tests/unit/unit.h"

#include <regex.h>
#include <string.h>

static bool matches(const char *text, const char *pattern)
{
    regex_t compiled;

    assert_int_equal(regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB), 0);
    bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

/** What `promtool check metrics` asks of a name. */
static void check_metric(const struct measure *measure)
{
    static const struct {
        enum measure_form form;
        const char *ending;
    } units[] = {{MEASURE_BYTES, "_bytes$"}, {MEASURE_MOMENT, "_seconds$"}};

    if (!matches(measure->metric, "^doudi_[a-z][a-z_]*[a-z]$"))
        fail_msg("%s: no name", measure->metric);
    if (matches(measure->metric, "_total$") != (measure->type == METRIC_COUNTER))
        fail_msg("%s: _total belongs to counters", measure->metric);
    if (matches(measure->metric, "_bucket$") != (measure->type == METRIC_HISTOGRAM))
        fail_msg("%s: _bucket belongs to histograms", measure->metric);
    for (size_t i = 0; i < COUNT(units); i++)
        if (measure->form == units[i].form && !matches(measure->metric, units[i].ending))
            fail_msg("%s: its unit is missing", measure->metric);
}

static void every_measure_has_a_key_and_a_meaning(void **state)
{
    const struct measure *measure, *other;

    (void)state;
    for (size_t i = 0; (measure = measure_at(i)) != NULL; i++) {
        if (!matches(measure->id, "^[a-z][a-z_]*[a-z]$"))
            fail_msg("%s: no key", measure->id);
        assert_ptr_equal(measure_find(measure->id), measure);
        assert_true(measure->help != NULL && *measure->help != '\0');
        assert_true(measure->before != NULL || (measure->line == NULL && measure->none == NULL));
        assert_int_equal(measure->before == NULL, measure->after == NULL);
        assert_int_equal(measure->metric == NULL, measure->type == METRIC_NONE);
        assert_true(!measure->inside || measure->metric == NULL);
        if (measure->metric != NULL)
            check_metric(measure);
        for (size_t j = 0; j < i && (other = measure_at(j)) != NULL; j++)
            if (measure->metric != NULL && other->metric != NULL)
                assert_string_not_equal(measure->metric, other->metric);
    }
    assert_null(measure_at(MEASURE_COUNT_));
    assert_null(measure_find("nothing"));
}

static void every_alarm_has_an_id_and_words(void **state)
{
    const struct measure_alarm *alarm;

    (void)state;
    for (size_t i = 0; (alarm = measure_alarm_at(i)) != NULL; i++)
        if (!matches(alarm->id, "^[a-z][a-z_]*[a-z]$") || *alarm->label == '\0')
            fail_msg("%s", alarm->id);
    assert_null(measure_alarm_at(ALARM_COUNT_));
}

/** Values, "" = there is none, and the lines they give. */
static void values_become_lines(void **state)
{
    static const struct {
        struct {
            enum measure_id id;
            const char *of, *value;
        } values[3];
        const char *lines; /**< "name=value;" each */
    } cases[] = {
        {{{MEASURE_UP, "", "1"}}, "服务器=运行中;"},
        {{{MEASURE_CASES, "", "3"}, {MEASURE_CASES_ACTIVE, "", "0"}}, "个案数=3（在册 0）;"},
        {{{MEASURE_MONTH, "", "2026-11"}, {MEASURE_MONTH_COMPLETE, "", "0"}},
         "本月=2026-11（应访任务正在生成）;"},
        {{{MEASURE_MONTH, "", "2026-11"}, {MEASURE_MONTH_COMPLETE, "", "1"}}, "本月=2026-11;"},
        {{{MEASURE_DATABASE_BYTES, "", "1572864"}, {MEASURE_LOG_BYTES, "", "0"}},
         "数据大小=1.5 MiB（日志 0.0 MiB）;"},
        {{{MEASURE_LAST_BACKUP, "", "1764288000"}, {MEASURE_BACKUP_PATH, "", "/srv/b"}},
         "最近备份=2025-11-28 08:00:00 /srv/b;"},
        {{{MEASURE_LAST_BACKUP, "", ""}, {MEASURE_LAST_EXPORT, "", ""}},
         "最近备份=还没有;最近导出=还没有;"},
        {{{MEASURE_RATE, "", ""}, {MEASURE_PERSONS, "", ""}}, "探访率=—;人数=读不到，数据已损坏;"},
        /* a line that is not there is not continued */
        {{{MEASURE_OWED, "", ""}, {MEASURE_CASES_ACTIVE, "", "3"}}, ""},
        {{{MEASURE_TASKS_OPEN, "finding", "2"}, {MEASURE_TASKS_OVERDUE, "finding", "1"}},
         "标签=未办结 2 件，其中超时 1 件;"},
        {{{MEASURE_ALARM_WORDS, "a", "甲。"}, {MEASURE_ALARM_WORDS, "b", "乙。"}},
         "告警=甲。;告警=乙。;"},
        /* not in the text, and not a stop */
        {{{MEASURE_CASES, "", "3"}, {MEASURE_ALARM, "a", "1"}, {MEASURE_CASES_ACTIVE, "", "1"}},
         "个案数=3（在册 1）;"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *measures = column_sheet(&COLUMNS_MEASURES);
        struct str text = {0};
        for (size_t j = 0; j < COUNT(cases[i].values) && cases[i].values[j].value != NULL; j++) {
            size_t row = measure_put(measures, cases[i].values[j].id, cases[i].values[j].of, "%s",
                                     cases[i].values[j].value);
            sheet_set(measures, row, "label", "标签");
        }
        struct sheet *lines = measure_lines(measures);
        for (size_t row = 0; row < lines->row_count; row++)
            str_printf(&text, "%s=%s;", sheet_get(lines, row, "name"),
                       sheet_get(lines, row, "value"));
        assert_string_equal(str_text(&text), cases[i].lines);
        str_free(&text);
        sheet_free(&lines);
        sheet_free(&measures);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_measure_has_a_key_and_a_meaning),
        cmocka_unit_test(every_alarm_has_an_id_and_words),
        cmocka_unit_test(values_become_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
