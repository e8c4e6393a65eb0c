/* Working days: the rule, and the file of announced days. */
#include "domain/workday.h"

#include "base/mem.h"
#include "base/paths.h"
#include "form/form.h"
#include "form/workdays.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static day_t on(const char *text)
{
    day_t day = 0;

    assert_int_equal(date_parse(text, &day), RESULT_OK);
    return day;
}

/** A made-up 2025 and 2026: 2026-10-01 and 02 off, Saturday the 10th worked. */
static struct workday_calendar small_calendar(struct workday_change changes[4])
{
    changes[0] = (struct workday_change){on("2025-01-01"), false};
    changes[1] = (struct workday_change){on("2026-10-01"), false};
    changes[2] = (struct workday_change){on("2026-10-02"), false};
    changes[3] = (struct workday_change){on("2026-10-10"), true};
    return (struct workday_calendar){.changes = changes, .count = 4};
}

static void a_day_is_worked_or_not_or_unknown(void **state)
{
    static const struct {
        const char *day;
        enum result result;
        bool worked;
    } cases[] = {
        {"2024-12-31", RESULT_NOTFOUND, false}, {"2025-01-01", RESULT_OK, false},
        {"2025-01-02", RESULT_OK, true},        {"2025-12-31", RESULT_OK, true},
        {"2026-01-01", RESULT_OK, true},        {"2026-09-30", RESULT_OK, true},
        {"2026-10-01", RESULT_OK, false},       {"2026-10-02", RESULT_OK, false},
        {"2026-10-03", RESULT_OK, false},       {"2026-10-05", RESULT_OK, true},
        {"2026-10-10", RESULT_OK, true},        {"2026-10-11", RESULT_OK, false},
        {"2026-12-31", RESULT_OK, true},        {"2027-01-01", RESULT_NOTFOUND, false},
    };
    struct workday_change changes[4];
    struct workday_calendar calendar = small_calendar(changes);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        bool worked = !cases[i].worked;
        enum result result = workday_is(&calendar, on(cases[i].day), &worked);
        if (result != cases[i].result || (result == 0 && worked != cases[i].worked))
            fail_msg("%s: %s, %d", cases[i].day, result_name(result), worked);
    }
    calendar.count = 0;
    bool worked;
    assert_int_equal(workday_is(&calendar, on("2026-10-05"), &worked), RESULT_NOTFOUND);
}

static void days_are_counted_both_ways(void **state)
{
    static const struct {
        const char *from;
        int count;
        enum result result;
        const char *to; /**< or the first day without an answer */
    } cases[] = {
        {"2026-09-30", 1, RESULT_OK, "2026-10-05"},
        {"2026-10-01", 1, RESULT_OK, "2026-10-05"},
        {"2026-10-09", 1, RESULT_OK, "2026-10-10"},
        {"2026-10-10", 1, RESULT_OK, "2026-10-12"},
        {"2026-09-30", 6, RESULT_OK, "2026-10-10"},
        {"2026-10-12", -1, RESULT_OK, "2026-10-10"},
        {"2026-10-05", -1, RESULT_OK, "2026-09-30"},
        {"2026-10-05", -2, RESULT_OK, "2026-09-29"},
        {"2025-12-31", 1, RESULT_OK, "2026-01-01"},
        {"2026-12-31", 1, RESULT_NOTFOUND, "2027-01-01"},
        {"2026-12-30", 2, RESULT_NOTFOUND, "2027-01-01"},
        {"2025-01-02", -1, RESULT_NOTFOUND, "2024-12-31"},
    };
    struct workday_change changes[4];
    struct workday_calendar calendar = small_calendar(changes);

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        day_t day = 0;
        enum result result = workday_add(&calendar, on(cases[i].from), cases[i].count, &day);
        char text[DATE_TEXT];
        if (result != cases[i].result || strcmp(date_format(day, text), cases[i].to) != 0)
            fail_msg("%s %+d: %s, %s", cases[i].from, cases[i].count, result_name(result),
                     date_format(day, text));
    }
    day_t day = 0;
    assert_int_equal(workday_add(&calendar, on("2026-10-05"), 0, &day), RESULT_INVALID);
}

/** Each day of the known years: counting one on and one back comes to the same working day. */
static void there_and_back_is_the_same_day(void **state)
{
    struct workday_change changes[4];
    struct workday_calendar calendar = small_calendar(changes);

    (void)state;
    for (day_t day = on("2025-01-03"); day < on("2026-12-30"); day++) {
        bool worked = false;
        day_t next = 0, back = 0;
        assert_int_equal(workday_is(&calendar, day, &worked), RESULT_OK);
        assert_int_equal(workday_add(&calendar, day, 1, &next), RESULT_OK);
        assert_int_equal(workday_add(&calendar, next, -1, &back), RESULT_OK);
        assert_true(next > day && back <= day && (!worked || back == day));
    }
}

// ---- the file

static char *folder;

static int copy_forms(void **state)
{
    char *real = paths_data("forms");
    char *command;

    (void)state;
    folder = unit_folder("forms");
    command = mem_printf("cp -r '%s/.' '%s' && chmod -R u+w '%s'", real, folder, folder);
    int failed = system(command);
    free(command);
    free(real);
    return failed;
}

static int remove_forms(void **state)
{
    char *command = mem_printf("rm -r '%s'", folder);
    int failed = system(command);

    (void)state;
    free(command);
    free(folder);
    return failed;
}

/** Loads the forms with this file of days; NULL takes it away. The message of a refusal, NULL if all
 *  is well. */
static char *load_with(const char *text, struct forms **ret_forms)
{
    char *path = paths_join(folder, WORKDAYS_FILE);
    char *message = NULL;

    remove(path);
    if (text != NULL) {
        FILE *out = fopen(path, "w");
        assert_non_null(out);
        assert_true(fputs(text, out) >= 0);
        assert_int_equal(fclose(out), 0);
    }
    free(path);
    if (forms_load(folder, ret_forms, &message) == 0)
        return NULL;
    assert_non_null(message);
    return message;
}

#define HEAD "date,kind,name\n"
#define DAY "2026-10-01,休,国庆节\n"

static void a_wrong_line_is_refused_with_its_number(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"", NULL},
        {HEAD, NULL},
        {"\xEF\xBB\xBF" HEAD DAY "\n2026-10-10,班,国庆节\r\n", NULL},
        {"日期,类型,名称\n", ":1：第一行应是"},
        {HEAD DAY "2026-10-02,休\n", ":3：一行应有三格"},
        {HEAD DAY "2026-10-02,休,国庆节,\n", ":3：一行应有三格"},
        {HEAD "2026-02-30,休,春节\n", ":2：日期 2026-02-30 不对"},
        {HEAD "2026/10/01,休,国庆节\n", ":2：日期 2026/10/01 不对"},
        {HEAD "2026-10-01,放假,国庆节\n", ":2：放假 应是 休 或 班"},
        {HEAD "2026-10-09,班,国庆节\n", ":2：2026-10-09 不是周末"},
        {HEAD "2026-10-01,休,\n", ":2：没有节日名称"},
        {HEAD DAY DAY, ":3：日期 2026-10-01 应在上一行之后"},
        {HEAD DAY "2026-09-30,休,国庆节\n", ":3：日期 2026-09-30 应在上一行之后"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct forms *forms = NULL;
        char *message = load_with(cases[i].text, &forms);
        if ((message == NULL) != (cases[i].says == NULL) ||
            (message != NULL && strstr(message, cases[i].says) == NULL))
            fail_msg("case %zu: %s", i, message != NULL ? message : "loaded");
        free(message);
        forms_free(&forms);
    }
}

static void the_shipped_calendar_has_whole_years(void **state)
{
    struct forms *forms = NULL;
    char *real = paths_data("forms"), *message = NULL;
    size_t count = 0, worked = 0;

    (void)state;
    assert_int_equal(forms_load(real, &forms, &message), RESULT_OK);
    for (const struct form_workday *day; (day = forms_workday(forms, count)) != NULL; count++)
        worked += day->worked;
    assert_int_equal(count, 108);
    assert_int_equal(worked, 19);
    assert_string_equal(forms_workday(forms, 0)->name, "元旦");
    forms_free(&forms);
    free(real);

    assert_null(load_with(NULL, &forms)); /* without the file no year is known */
    assert_null(forms_workday(forms, 0));
    forms_free(&forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_day_is_worked_or_not_or_unknown),
        cmocka_unit_test(days_are_counted_both_ways),
        cmocka_unit_test(there_and_back_is_the_same_day),
        cmocka_unit_test(a_wrong_line_is_refused_with_its_number),
        cmocka_unit_test(the_shipped_calendar_has_whole_years),
    };

    return cmocka_run_group_tests(tests, copy_forms, remove_forms);
}
