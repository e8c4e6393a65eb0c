/* Lists of deaths: they hint at people, and nobody dies by them. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "service/cases/person.h"
#include "service/lists/lead.h"

#include <locale.h>

static struct office office;

#define WANG "211102194001012342"
#define LIU "211102194105023417"
#define STRANGER "110101193001010018"
#define ROLL "村,姓名,身份证号,类别,纳入日期,联系电话,住址\n"
#define LIST "姓名,身份证号,死亡日期\n"

static int set_up(void **state)
{
    struct import_result result = {0};
    char *batch = NULL;

    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    assert_ok(office_import_text(&office, "tanfang",
                                 ROLL "旌旗社区,王桂兰," WANG ",独居,2026-01-01,13900000001,一组\n"
                                      "旌旗社区,刘庆," LIU ",独居,2026-01-01,13900000002,二组\n",
                                 false, &result, &batch));
    free(batch);
    assert_int_equal(result.accepted, 2);
    import_result_free(&result);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

/** Imports rows; the first refusal and the first remark, "" if there is none, joined by "|". */
static char *list(const char *rows, bool dry_run, uint64_t accepted, char **ret_batch)
{
    struct import_result result = {0};
    char *text = mem_printf(LIST "%s", rows);

    office.street.number += 10;
    assert_ok(office_import_text(&office, IMPORT_KIND_DEATHS, text, dry_run, &result, ret_batch));
    assert_int_equal(result.accepted, accepted);
    char *said = mem_printf(
        "%s|%s", result.refusals->row_count > 0 ? sheet_get(result.refusals, 0, "reason") : "",
        result.remarks->row_count > 0 ? sheet_get(result.remarks, 0, "remark") : "");
    free(text);
    import_result_free(&result);
    return said;
}

static void expect_said(const char *rows, bool dry_run, uint64_t accepted, const char *expected)
{
    char *batch = NULL;
    char *said = list(rows, dry_run, accepted, &batch);

    assert_string_equal(said, expected);
    free(batch);
    free(said);
}

/** "name why" of each open lead of a list, one a line. */
static void expect_leads(const char *expected)
{
    struct lead_query query = {.area = "", .rule = "listed_dead"};
    struct sheet *sheet = NULL;
    struct str lines = {0};

    assert_ok(lead_list(office.service, &office.street, &query, &sheet, &office.reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        str_printf(&lines, "%s %s\n", sheet_get(sheet, row, "name"), sheet_get(sheet, row, "why"));
    assert_string_equal(str_text(&lines), expected);
    str_free(&lines);
    sheet_free(&sheet);
}

static void a_name_on_a_list_is_a_lead(void **state)
{
    struct person_view known = {0};

    (void)state;
    expect_said("王桂兰," WANG ",2026-10-02\n外地人," STRANGER ",2026年10月3日\n", true, 2, "|");
    expect_leads("");
    expect_said("王桂兰," WANG ",2026-10-02\n外地人," STRANGER ",2026年10月3日\n", false, 2, "|");
    expect_leads("王桂兰 死亡名单上的日期：2026-10-02\n");
    /* nobody dies by a list */
    office.street.number++;
    assert_ok(person_get(office.service, &office.street, &(struct person_query){.id_no = WANG},
                         &known, &office.reply));
    assert_string_equal(fields_get(&known.values, "person.name"), "王桂兰");
    assert_string_equal(fields_get(&known.values, "person.death"), "");
    person_view_free(&known);
}

static void another_name_is_told(void **state)
{
    (void)state;
    expect_said("刘青," LIU ",2026-10-02\n", false, 1, "|");
    expect_leads("刘庆 死亡名单上的日期：2026-10-02；名单上的姓名不同：刘青\n");
}

static void lists_that_come_again(void **state)
{
    (void)state;
    expect_said("王桂兰," WANG ",2026-10-02\n王桂兰," WANG ",2026-10-02\n", false, 2,
                "|同一份名单里已有此人，只记一次");
    expect_said("王桂兰," WANG ",2026-10-02\n", false, 1, "|以前的名单上已有此人，没有重复登记");
    expect_said("王桂兰," WANG ",2026-10-03\n", false, 0,
                "名单上已有此人：王桂兰，2026-10-02，和这一行不同；请核实哪一份对，改正后再导入|");
    expect_leads("王桂兰 死亡名单上的日期：2026-10-02\n");
}

static void rows_that_cannot_be_right(void **state)
{
    static const struct {
        const char *row, *reason;
    } cases[] = {
        {"王桂兰,211102194001012343,2026-10-02\n", "身份证号校验码错误，请对照证件逐位核对|"},
        {"王桂兰," WANG ",2026-12-02\n", "日期在将来，请核对|"},
        {"王桂兰," WANG ",\n", "死亡日期为空，请填写|"},
        {"," WANG ",2026-10-02\n", "姓名为空，请填写|"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        expect_said(cases[i].row, false, 0, cases[i].reason);
    expect_leads("");
}

static void a_list_is_taken_back(void **state)
{
    struct caller other = office_officer(&office, ROLE_STREET, "b", "211103001000");
    struct sheet *left = NULL;
    char *batch = NULL;

    (void)state;
    free(list("王桂兰," WANG ",2026-10-02\n", false, 1, &batch));
    office.street.number++;
    assert_int_equal(import_undo(office.service, &other, batch, &left, &office.reply),
                     RESULT_DENIED);
    expect_leads("王桂兰 死亡名单上的日期：2026-10-02\n");
    assert_ok(import_undo(office.service, &office.street, batch, &left, &office.reply));
    expect_leads("");
    office.street.number++;
    assert_int_equal(import_undo(office.service, &office.street, batch, &left, &office.reply),
                     RESULT_NOTFOUND);
    assert_non_null(strstr(office.reply.message, "已经撤销过了"));
    free(batch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_name_on_a_list_is_a_lead, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_name_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(lists_that_come_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_cannot_be_right, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_list_is_taken_back, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
