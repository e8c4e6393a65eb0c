/*
 * A published table of divisions compared with the home's.
 */
#include "area_fixture.h"

#include "service/keeping/area_table.h"

static enum result compare(struct fixture *fixture, const char *const (*rows)[2], size_t count,
                           const char *from, bool dry_run, struct sheet **ret_sheet)
{
    static const char *const columns[] = {"code", "name"};
    struct sheet *table = sheet_new_ids(columns, COUNT(columns));

    for (size_t i = 0; i < count; i++)
        sheet_add_cells(table, rows[i]);
    enum result result = area_table_compare(
        fixture->service, &fixture->system,
        &(struct area_table){.divisions = table, .from = from, .dry_run = dry_run}, ret_sheet,
        fixture_clear(fixture));
    sheet_free(&table);
    return result;
}

static char *differences(struct fixture *fixture, const char *const (*rows)[2], size_t count,
                         const char *from, bool dry_run)
{
    struct sheet *sheet = NULL;
    struct str text = {0};

    must(fixture, compare(fixture, rows, count, from, dry_run, &sheet));
    for (size_t row = 0; row < sheet->row_count; row++)
        str_printf(&text, "%s %s %s %s %s\n", sheet_get(sheet, row, "what"),
                   sheet_get(sheet, row, "code"), sheet_get(sheet, row, "into"),
                   sheet_get(sheet, row, "new_name"), sheet_get(sheet, row, "cases"));
    sheet_free(&sheet);
    if (text.length == 0)
        str_add(&text, "");
    return str_take(&text);
}

static void test_table(void **state)
{
    static const char *const same[][2] = {
        {"210000000000", "辽宁省"},   {COUNTY, "双台子区"},       {STREET, "胜利街道"},
        {VILLAGE, "团结社区居委会"},  {VILLAGE2, "旌旗社区"},     {OTHER_STREET, "建设街道"},
        {OTHER_VILLAGE, "化工社区"},  {THIRD_STREET, "红旗街道"}, {THIRD_VILLAGE, "铁西社区"},
        {"211103001001", "外县社区"},
    };
    static const char *const other[][2] = {
        {"211102098", "胜利街道办事处"}, {"211102098005", "团结社区"},
        {"211102098016", "红旗飘社区"},  {OTHER_STREET, "建设街道"},
        {"211102003077", "新设社区"},    {THIRD_STREET, "红旗街道"},
    };
    static const char *const wrong[][2] = {{"21110200300", "少一位"}};
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    struct elders elders = make_elders(fixture);
    char *text = differences(fixture, same, COUNT(same), NULL, false);
    assert_string_equal(text, "");
    free(text);
    assert_result(compare(fixture, wrong, COUNT(wrong), NULL, false, &sheet), RESULT_INVALID);
    text = differences(fixture, other, COUNT(other), NULL, false);
    /* the street's name differs by its office only; a table without rows of 红旗街道 ends none of them */
    assert_string_equal(text, "变更代码 " STREET " 211102098000 胜利街道 \n"
                              "更名 211102098016  红旗飘社区 \n"
                              "待定 " OTHER_VILLAGE "   \n"
                              "新设 211102003077   \n");
    free(text);
    text = differences(fixture, other, COUNT(other), "2026-11-20", true); /* writes nothing */
    assert_string_equal(text, "变更代码 " STREET " 211102098000 胜利街道 2\n"
                              "更名 211102098016  红旗飘社区 0\n"
                              "待定 " OTHER_VILLAGE "   \n"
                              "新设 211102003077   0\n");
    free(text);
    assert_string_equal(case_area(fixture, elders.first), VILLAGE);
    text = differences(fixture, other, COUNT(other), "2026-11-20", false);
    assert_non_null(strstr(text, "变更代码 " STREET " 211102098000 胜利街道 2\n"));
    free(text);
    assert_string_equal(case_area(fixture, elders.first), "211102098005");
    assert_string_equal(case_area(fixture, elders.far), OTHER_VILLAGE);
    expect_sound(fixture);
    text = differences(fixture, other, COUNT(other), NULL, false);
    assert_string_equal(text, "待定 " OTHER_VILLAGE "   \n");
    free(text);
    must(fixture, undo(fixture, 1));
    assert_string_equal(case_area(fixture, elders.first), VILLAGE);
    expect_sound(fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_table, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
