#include "base/columns.h"

#include "base/str.h"
#include "tests/unit/unit.h"

static const struct {
    const char *name;
    const struct column_list *list;
} lists[] = {
    {"due", &COLUMNS_DUE},
    {"sheet made", &COLUMNS_SHEET_MADE},
    {"sheet", &COLUMNS_SHEET},
    {"board", &COLUMNS_BOARD},
    {"why", &COLUMNS_WHY},
    {"trend", &COLUMNS_TREND},
    {"months", &COLUMNS_MONTHS},
    {"statement", &COLUMNS_STATEMENT},
    {"cases", &COLUMNS_CASES},
    {"roster", &COLUMNS_ROSTER},
    {"find", &COLUMNS_FIND},
    {"case duties", &COLUMNS_CASE_DUTIES},
    {"visits", &COLUMNS_VISITS},
    {"reviews", &COLUMNS_REVIEWS},
    {"officers", &COLUMNS_OFFICERS},
    {"areas", &COLUMNS_AREAS},
    {"area steps", &COLUMNS_AREA_STEPS},
    {"area changes", &COLUMNS_AREA_CHANGES},
    {"area differences", &COLUMNS_AREA_DIFFERENCES},
    {"standards", &COLUMNS_STANDARDS},
    {"standard names", &COLUMNS_STANDARD_NAMES},
    {"standard trial", &COLUMNS_STANDARD_TRIAL},
    {"events", &COLUMNS_EVENTS},
    {"status", &COLUMNS_STATUS},
    {"measures", &COLUMNS_MEASURES},
    {"refusals", &COLUMNS_REFUSALS},
    {"alarms", &COLUMNS_ALARMS},
    {"drafts", &COLUMNS_DRAFTS},
    {"excuses", &COLUMNS_EXCUSES},
    {"outbox", &COLUMNS_OUTBOX},
    {"receipts", &COLUMNS_RECEIPTS},
    {"payrolls", &COLUMNS_PAYROLLS},
    {"payroll", &COLUMNS_PAYROLL},
    {"payroll check", &COLUMNS_PAYROLL_CHECK},
    {"overpaid", &COLUMNS_OVERPAID},
    {"raises", &COLUMNS_RAISES},
    {"rounds", &COLUMNS_ROUNDS},
    {"round", &COLUMNS_ROUND},
    {"leaves", &COLUMNS_LEAVES},
    {"spotchecks", &COLUMNS_SPOTCHECKS},
    {"spotcheck", &COLUMNS_SPOTCHECK},
    {"spotcheck counts", &COLUMNS_SPOTCHECK_COUNTS},
    {"indicators", &COLUMNS_INDICATORS},
    {"indicator names", &COLUMNS_INDICATOR_NAMES},
    {"dibao form", &COLUMNS_DIBAO_FORM},
    {"lead counts", &COLUMNS_LEAD_COUNTS},
    {"lines", &COLUMNS_LINES},
    {"steps", &COLUMNS_STEPS},
    {"step log", &COLUMNS_STEP_LOG},
    {"notice", &COLUMNS_NOTICE},
    {"refused", &COLUMNS_REFUSED},
    {"publicity", &COLUMNS_PUBLICITY},
};

/* The heads of the command contract, which scripts read. */
static const struct {
    const struct column_list *list;
    const char *head;
} contract[] = {
    {&COLUMNS_DUE,
     "case_no,area,area_name,name,id_no,age,kind,categories,tier,need,done,last_visit,"
     "due_on,status,officer,phone,address"},
    {&COLUMNS_BOARD, "key,name,owed,reached,fulfilled,pending,missed,excused,not_counted,attempted,"
                     "late,rate"},
    {&COLUMNS_WHY, "case_no,name,area,state,reason,reached_on"},
    {&COLUMNS_INDICATORS, "no,name,unit,base,target,value,numerator,denominator,source"},
    {&COLUMNS_STEPS, "case_no,name,kind,step,began,due_on,days_left,waits_for"},
};

static void test_every_column_is_known(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(lists); i++) {
        const struct column_list *list = lists[i].list;
        assert_true(list->count > 0);
        assert_true(list->contract <= list->count);
        for (size_t j = 0; j < list->count; j++) {
            const struct sheet_column *column = column_find(list->ids[j]);
            if (column == NULL)
                fail_msg("%s: %s has no label", lists[i].name, list->ids[j]);
            assert_string_equal(column->id, list->ids[j]);
            assert_true(column->width == 0 || column->label[0] != '\0');
            assert_true(column->width >= 0);
            for (size_t k = 0; k < j; k++)
                assert_string_not_equal(list->ids[j], list->ids[k]);
        }
    }
    assert_null(column_find("no_such_column"));
    assert_null(column_find(""));
}

static void test_contract(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(contract); i++) {
        struct str head = {0};
        for (size_t j = 0; j < contract[i].list->contract; j++)
            str_printf(&head, "%s%s", j > 0 ? "," : "", contract[i].list->ids[j]);
        assert_string_equal(str_text(&head), contract[i].head);
        str_free(&head);
    }
}

/* What looks like a number and is none would be spoilt by a program that calculates with it. */
static void test_types(void **state)
{
    static const struct {
        const char *id;
        bool number;
        enum column_form form;
    } cases[] = {
        {"age", true, COLUMN_PLAIN},      {"rate", true, COLUMN_RATE},
        {"total", true, COLUMN_MONEY},    {"was", true, COLUMN_MONEY},
        {"id_no", false, COLUMN_PLAIN},   {"phone", false, COLUMN_PLAIN},
        {"area", false, COLUMN_PLAIN},    {"case_no", false, COLUMN_PLAIN},
        {"key", false, COLUMN_PLAIN},     {"due_on", false, COLUMN_DATE},
        {"month", false, COLUMN_MONTH},   {"at", false, COLUMN_TIME},
        {"no_such", false, COLUMN_PLAIN},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const struct sheet_column *column = column_find(cases[i].id);
        assert_int_equal(column_is_number(cases[i].id), cases[i].number);
        assert_int_equal(column != NULL ? column->form : COLUMN_PLAIN, cases[i].form);
    }
}

static void test_sheet(void **state)
{
    (void)state;
    struct sheet *sheet = column_sheet(&COLUMNS_DUE);
    assert_int_equal(sheet->column_count, COLUMNS_DUE.count);
    assert_int_equal(sheet->row_count, 0);
    assert_string_equal(sheet->columns[0], "case_no");
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_column_is_known),
        cmocka_unit_test(test_contract),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
