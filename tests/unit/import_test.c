/* The ledgers of tests/data against what they must give, and imports that go wrong. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "service/cases/case.h"
#include "service/cases/person.h"
#include "service/lists/audit.h"
#include "service/lists/board.h"
#include "service/lists/case_log.h"

#include <json-c/json.h>
#include <locale.h>

static struct office office;

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

// ---- the five ledgers

/** True if the reason names the cause, and says so if the household stays out as a whole. */
static bool says(const char *reason, const char *why)
{
    static const char whole[] = "，整户不予导入";
    const char *tail = strstr(why, whole);
    char *cause = mem_copy_bytes(why, tail != NULL ? (size_t)(tail - why) : strlen(why));
    bool found = strstr(reason, cause) != NULL &&
                 (tail == NULL || strcmp(reason + strlen(reason) - strlen(whole), whole) == 0);

    free(cause);
    return found;
}

static int64_t number_of(json_object *object, const char *name)
{
    json_object *value = NULL;

    return json_object_object_get_ex(object, name, &value) ? json_object_get_int64(value) : -1;
}

static const char *text_of(json_object *object, const char *name)
{
    json_object *value = NULL;

    assert_true(json_object_object_get_ex(object, name, &value));
    return json_object_get_string(value);
}

static json_object *read_expected(void)
{
    json_object *expected = json_object_from_file(TESTS_DATA "/ledgers/expected.json");

    assert_non_null(expected);
    return expected;
}

static void check_refusals(const char *name, json_object *ledger, const struct sheet *refusals)
{
    json_object *rejected = NULL;

    assert_true(json_object_object_get_ex(ledger, "rejected", &rejected));
    assert_int_equal(refusals->row_count, json_object_array_length(rejected));
    for (size_t i = 0; i < refusals->row_count; i++) {
        json_object *entry = json_object_array_get_idx(rejected, i);
        assert_int_equal(atoi(sheet_get(refusals, i, "line")), number_of(entry, "line"));
        if (!says(sheet_get(refusals, i, "reason"), text_of(entry, "why")))
            fail_msg("%s:%s %s: %s", name, sheet_get(refusals, i, "line"), text_of(entry, "why"),
                     sheet_get(refusals, i, "reason"));
        assert_string_not_equal(sheet_get(refusals, i, "column"), "");
    }
}

static void check_ledger(json_object *expected, const char *kind, const char *name)
{
    struct import_result result = {0};
    json_object *ledger = NULL;

    assert_true(json_object_object_get_ex(expected, name, &ledger));
    free(office_ledger(&office, kind, name, &result));
    check_refusals(name, ledger, result.refusals);
    assert_int_equal(result.rows, number_of(ledger, "rows"));
    assert_int_equal(result.rows, result.accepted + result.refused);
    if (number_of(ledger, "accepted") >= 0)
        assert_int_equal(result.accepted, number_of(ledger, "accepted"));
    if (number_of(ledger, "households_accepted") >= 0)
        assert_int_equal(result.households_accepted, number_of(ledger, "households_accepted"));
    import_result_free(&result);
}

static uint64_t figure(const struct sheet *board, size_t row, const char *column)
{
    return strtoull(sheet_get(board, row, column), NULL, 10);
}

static void check_villages(json_object *expected)
{
    struct board_query query = {.month = LEDGER_MONTH, .area = "", .by = "village", .kind = ""};
    struct sheet *board = NULL;
    json_object *villages = NULL;

    assert_true(json_object_object_get_ex(expected, "by_village", &villages));
    assert_ok(board_list(office.service, &office.street, &query, &board, &office.reply));
    assert_int_equal(board->row_count, json_object_object_length(villages));
    for (size_t i = 0; i < board->row_count; i++) {
        json_object *village = NULL;
        assert_true(json_object_object_get_ex(villages, sheet_get(board, i, "key"), &village));
        assert_int_equal(figure(board, i, "owed") + figure(board, i, "not_counted"),
                         number_of(village, "registered"));
        assert_int_equal(figure(board, i, "reached"), number_of(village, "visited"));
    }
    sheet_free(&board);
}

static void ledgers_give_what_is_expected(void **state)
{
    json_object *expected = read_expected();

    (void)state;
    check_ledger(expected, "dibao", "低保.csv");
    check_ledger(expected, "tekun", "特困.csv");
    check_ledger(expected, "tanfang", "探访对象.csv");
    check_ledger(expected, "ertong", "孤儿.csv");
    check_ledger(expected, "visit", "探访记录-2026-10.csv");
    check_villages(expected);
    json_object_put(expected);
}

// ---- small files

#define ELDERS "区划代码,姓名,身份证号,类别,纳入日期\n"
#define WANG "211102002005,王桂兰,211102194001012342,独居,2026-09-01\n"
#define LIU "211102002005,刘国栋,211102194105023417,空巢,2026-09-01\n"
#define MEMBERS                                                                                                               \
    "区划代码,户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,是否保障,动态类别," \
    "家庭月收入,"                                                                                                        \
    "保障起始月\n"
#define HEAD                                                                                       \
    "211102002005,王桂兰,211102194001012342,王桂兰,211102194001012342,户主,是,B,0,2026-09\n"
#define SON "211102002005,王桂兰,211102194001012342,王小宝,211102197003021238,子,是,A,0,2026-09\n"

/** Imports rows that make a file. */
static struct import_result take(const char *kind, const char *text, bool dry_run)
{
    struct import_result result = {0};
    char *batch = NULL;

    assert_ok(office_import_text(&office, kind, text, dry_run, &result, &batch));
    free(batch);
    return result;
}

static const char *reason(const struct import_result *result, size_t row)
{
    assert_true(row < result->refusals->row_count);
    return sheet_get(result->refusals, row, "reason");
}

static void headings_are_understood_or_refused(void **state)
{
    static const struct {
        const char *kind, *text;
        enum result result;
        const char *says;
    } cases[] = {
        {"tanfang", "序号, 姓名* ,身份证号（必填）,,居住区划代码,类别,纳入日期\n", RESULT_OK, ""},
        {"tanfang", "姓名,身份证号,类别,纳入日期,星座\n", RESULT_OK, ""},
        {"tanfang", "姓名,身份证号,类别,星座\n", RESULT_INVALID, "缺少“纳入日期”一列"},
        {"tanfang", "姓名,身份证号,类别,星座\n", RESULT_INVALID, "没有认出的列有“星座”"},
        {"tanfang", "姓名,类别\n", RESULT_INVALID, "缺少“身份证号”、“纳入日期”几列"},
        {"dibao", "户主姓名,户主身份证号,家庭月收入\n", RESULT_INVALID, "成员身份证号"},
        {"dibao", "姓名,身份证号,与户主关系,家庭月收入,起始月,村\n", RESULT_INVALID,
         "缺少“是否保障”一列"},
        {"visit", "姓名,身份证号,探访日期,方式,结果,探访人\n", RESULT_OK, ""},
        {"visit", "身份证号,方式,结果,探访人\n", RESULT_INVALID, "探访日期"},
        {"visit", "身份证号,探访日期,备注\n", RESULT_INVALID, "“方式”、“结果”、“探访人”"},
        {"bogus", "姓名,身份证号\n", RESULT_USAGE, "tanfang"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct import_result result = {0};
        char *batch = NULL;
        assert_result(
            office_import_text(&office, cases[i].kind, cases[i].text, true, &result, &batch),
            cases[i].result);
        if (cases[i].result != 0)
            assert_non_null(strstr(office.reply.message, cases[i].says));
        import_result_free(&result);
        free(batch);
    }
}

static void cells_without_a_heading_are_refused(void **state)
{
    struct import_result result = take(
        "tanfang", ELDERS "211102002005,王桂兰,211102194001012342,独居,2026-09-01,多\n" LIU, false);

    (void)state;
    assert_int_equal(result.accepted, 1);
    assert_int_equal(result.refused, 1);
    assert_non_null(strstr(reason(&result, 0), "第6格"));
    import_result_free(&result);
}

static void every_fault_of_a_row_is_named_once(void **state)
{
    struct import_result result =
        take("tanfang", ELDERS "219999999999,,211102194001012342,独居,2026-09-01\n", false);

    (void)state;
    assert_int_equal(result.refusals->row_count, 1);
    assert_non_null(strstr(reason(&result, 0), "区划代码不存在"));
    assert_non_null(strstr(reason(&result, 0), "姓名为空"));
    import_result_free(&result);
}

static void the_same_person_twice_in_a_file(void **state)
{
    static const bool modes[] = {true, false};

    (void)state;
    for (size_t i = 0; i < COUNT(modes); i++) {
        struct import_result result = take("tanfang", ELDERS WANG LIU WANG, modes[i]);
        assert_int_equal(result.accepted, 2);
        assert_int_equal(result.refusals->row_count, 1);
        assert_string_equal(sheet_get(result.refusals, 0, "line"), "4");
        import_result_free(&result);
    }
}

static void a_household_goes_in_whole_or_not_at_all(void **state)
{
    struct import_result result =
        take("dibao",
             MEMBERS SON HEAD "211102002005,王桂兰,211102194001012342,王二宝,1,子,是,A,0,2026-09\n",
             false);

    (void)state;
    assert_int_equal(result.accepted, 0);
    assert_int_equal(result.refused, 3);
    assert_int_equal(result.households, 1);
    assert_int_equal(result.households_accepted, 0);
    assert_int_equal(result.refusals->row_count, 1);
    assert_string_equal(sheet_get(result.refusals, 0, "line"), "4");
    import_result_free(&result);

    result = take("dibao", MEMBERS SON HEAD, false);
    assert_int_equal(result.households_accepted, 1);
    assert_int_equal(result.accepted, 2);
    import_result_free(&result);
    result = take("dibao", MEMBERS SON, false);
    assert_int_equal(result.households_accepted, 0);
    assert_non_null(strstr(reason(&result, 0), "户主本人"));
    import_result_free(&result);
}

/** Far more rows under one head than a household has people: the head's number is wrong. */
static void a_household_of_a_thousand_is_refused(void **state)
{
    struct str text = {0};

    (void)state;
    str_add(&text, MEMBERS HEAD);
    for (size_t i = 0; i < FIELDS_ROWS; i++)
        str_add(&text, SON);
    struct import_result result = take("dibao", str_text(&text), true);
    assert_int_equal(result.households_accepted, 0);
    assert_int_equal(result.refused, FIELDS_ROWS + 1);
    assert_non_null(strstr(reason(&result, 0), "超过1000行"));
    import_result_free(&result);
    str_free(&text);
}

static void a_case_knows_where_it_came_from(void **state)
{
    struct import_result result = take("tanfang", ELDERS WANG LIU, false);
    struct sheet *log = NULL;

    (void)state;
    import_result_free(&result);
    assert_ok(case_log_list(office.service, &office.street, office_id(2), &log, &office.reply));
    assert_int_equal(log->row_count, 1);
    assert_string_equal(sheet_get(log, 0, "record"), "import:20261031-1");
    assert_string_equal(sheet_get(log, 0, "changes"), "");
    sheet_free(&log);
}

// ---- dry runs and undoing

static void a_dry_run_writes_nothing(void **state)
{
    struct import_result dry = {0};
    struct import_result real = {0};
    char *batch = NULL;
    char *before = office_contents(&office, true);

    (void)state;
    assert_ok(office_import(&office, "dibao", TESTS_DATA "/ledgers/低保.csv", true, &dry, &batch));
    free(batch);
    char *after = office_contents(&office, true);
    assert_string_equal(before, after);
    free(office_ledger(&office, "dibao", "低保.csv", &real));
    assert_int_equal(dry.accepted, real.accepted);
    assert_int_equal(dry.refused, real.refused);
    assert_int_equal(dry.households_accepted, real.households_accepted);
    assert_int_equal(dry.refusals->row_count, real.refusals->row_count);
    import_result_free(&dry);
    import_result_free(&real);
    free(before);
    free(after);
}

/** Figures of all villages in one text. */
static char *figures_now(void)
{
    struct board_query query = {.month = LEDGER_MONTH, .area = "", .by = "village", .kind = ""};
    struct sheet *board = NULL;
    struct str text = {0};

    assert_ok(board_list(office.service, &office.street, &query, &board, &office.reply));
    for (size_t row = 0; row < board->row_count; row++)
        for (size_t i = 0; i < board->column_count; i++)
            str_printf(&text, "%s,", sheet_cell(board, row, i));
    sheet_free(&board);
    return str_take(&text);
}

static struct sheet *unrestored;

static enum result take_back(const char *batch)
{
    sheet_free(&unrestored);
    return import_undo(office.service, &office.street, batch, &unrestored, &office.reply);
}

static void undo(const char *batch, enum result expected)
{
    reply_free(&office.reply);
    office.street.number++;
    assert_result(take_back(batch), expected);
}

static void undoing_restores_the_figures(void **state)
{
    struct import_result result = {0};
    char *empty = figures_now();
    char *cases = office_ledger(&office, "tanfang", "探访对象.csv", &result);
    char *unvisited = figures_now();

    (void)state;
    import_result_free(&result);
    char *visits = office_ledger(&office, "visit", "探访记录-2026-10.csv", &result);
    import_result_free(&result);
    undo(cases, RESULT_CONFLICT); /* the visits were built on it */
    assert_non_null(strstr(office.reply.message, "已有探访记录"));
    undo(visits, RESULT_OK);
    char *again = figures_now();
    assert_string_equal(again, unvisited);
    free(again);
    undo(cases, RESULT_OK);
    assert_string_equal(fields_get(&office.reply.values, "cases"), "219");
    reply_free(&office.reply); /* the answer was lost, and the request comes again */
    assert_ok(take_back(cases));
    assert_string_equal(fields_get(&office.reply.values, "visits"), "0");
    again = figures_now();
    assert_string_equal(again, empty);
    undo(cases, RESULT_NOTFOUND);
    undo("20990101-1", RESULT_NOTFOUND);

    free(again);
    free(empty);
    free(unvisited);
    free(cases);
    free(visits);
}

/* Who came with the batch goes with it; whoever else's case refers to somebody keeps them. */
static void undoing_leaves_nobody_behind(void **state)
{
    struct import_result result = {0};
    struct person_view known = {0};
    char *before = office_contents(&office, false);

    (void)state;
    char *batch = office_ledger(&office, "dibao", "低保.csv", &result);
    import_result_free(&result);
    undo(batch, RESULT_OK);
    char *after = office_contents(&office, false);
    assert_string_equal(before, after);
    free(after);
    free(before);
    free(batch);

    batch = office_ledger(&office, "tanfang", "探访对象.csv", &result);
    import_result_free(&result);
    before = office_contents(&office, false);
    char *second = office_ledger(&office, "tekun", "特困.csv", &result);
    import_result_free(&result);
    undo(second, RESULT_OK); /* those who are visited, too, stay */
    after = office_contents(&office, false);
    assert_string_equal(before, after);
    free(after);
    free(before);
    undo(batch, RESULT_OK);
    assert_result(person_get(office.service, &office.street,
                             &(struct person_query){.id_no = "21110219440302002X"}, &known,
                             &office.reply),
                  RESULT_NOTFOUND);
    free(batch);
    free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(ledgers_give_what_is_expected, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headings_are_understood_or_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_without_a_heading_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_fault_of_a_row_is_named_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_same_person_twice_in_a_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_household_goes_in_whole_or_not_at_all, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_household_of_a_thousand_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_knows_where_it_came_from, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_dry_run_writes_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undoing_restores_the_figures, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undoing_leaves_nobody_behind, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
