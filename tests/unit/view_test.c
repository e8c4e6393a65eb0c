/* What people read of a sheet that is made for programs. */
#include "report/view.h"

#include "base/str.h"
#include "unit.h"

/** "heading=id heading=id " of the view. */
static void expect_plan_view(const struct sheet *sheet, size_t columns, const char *naming,
                             const struct plan *plan, const char *wanted)
{
    struct view view = {0};
    struct str text = {0};

    view_make(sheet, columns, naming, plan, &view);
    for (size_t i = 0; i < view.count; i++)
        str_printf(&text, "%s=%s ", view.headings[i], view_id(&view, i));
    assert_string_equal(str_text(&text), wanted);
    str_free(&text);
    view_free(&view);
}

static void expect_view(const struct sheet *sheet, size_t columns, const char *naming,
                        const char *wanted)
{
    expect_plan_view(sheet, columns, naming, NULL, wanted);
}

static void words_stand_in_place_of_ids(void **state)
{
    static const char *const ids[] = {"name",      "kind", "state", "case_id",
                                      "kind_name", "age",  "words"};
    struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));

    (void)state;
    expect_view(sheet, 4, NULL, "姓名=name 业务=kind_name 状态=words ");
    expect_view(sheet, COUNT(ids), "村(社区)", "村(社区)=name 业务=kind_name 状态=words 年龄=age ");
    expect_view(sheet, 0, NULL, "");
    sheet_free(&sheet);
}

/** A workbook calls things as paper does, and by a code nobody knows a village. */
static void headings_are_those_of_paper(void **state)
{
    static const char *const ids[] = {"name", "by", "note", "area", "reason", "area_name"};
    struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));
    struct fields facts = {0};
    struct view view = {0};

    (void)state;
    expect_plan_view(sheet, 5, NULL, plan_find("excuses"),
                     "姓名=name 申请人=by 说明=note 区划代码=area 村(社区)=area_name 原因=reason ");
    expect_view(sheet, 5, "名称",
                "名称=name 探访人=by 备注=note 区划代码=area 村(社区)=area_name 原因=reason ");
    expect_plan_view(sheet, 1, "名称", plan_find("standards"), "名称=name ");
    view_make(sheet, 2, NULL, plan_find("excuses"), &view);
    view_name_headings(&view, &facts);
    assert_string_equal(fields_get(&facts, "heading.by"), "申请人");
    assert_string_equal(fields_get(&facts, "heading.name"), "姓名");
    view_free(&view);
    fields_free(&facts);
    sheet_free(&sheet);
}

/** A sheet without the words keeps what it has, and a column that nobody knows its id. */
static void what_has_no_words_stays(void **state)
{
    static const char *const ids[] = {"kind", "state", "no_such_column"};
    struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));

    (void)state;
    expect_view(sheet, COUNT(ids), NULL, "业务=kind 状态=state no_such_column=no_such_column ");
    sheet_free(&sheet);
}

static void the_rows_follow_the_view(void **state)
{
    static const char *const ids[] = {"name", "kind", "case_id", "kind_name"};
    static const char *const cells[] = {"甲", "dibao", "7", "低保"};
    struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));
    struct view view = {0};

    (void)state;
    (void)sheet_add_cells(sheet, cells);
    view_make(sheet, COUNT(ids), NULL, NULL, &view);
    struct sheet *picked = view_sheet(&view);
    assert_int_equal(picked->column_count, 2);
    assert_string_equal(sheet_get(picked, 0, "name"), "甲");
    assert_string_equal(sheet_get(picked, 0, "kind_name"), "低保");
    sheet_free(&picked);
    view_free(&view);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stand_in_place_of_ids),
        cmocka_unit_test(headings_are_those_of_paper),
        cmocka_unit_test(what_has_no_words_stays),
        cmocka_unit_test(the_rows_follow_the_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
