/* What people read of a sheet that is made for programs. */
#include "report/view.h"

#include "base/str.h"
#include "unit.h"

/** "heading=id heading=id " of the view. */
static void expect_view(const struct sheet *sheet, size_t columns, const char *naming,
                        const char *wanted)
{
    struct view view = {0};
    struct str text = {0};

    view_make(sheet, columns, naming, &view);
    for (size_t i = 0; i < view.count; i++)
        str_printf(&text, "%s=%s ", view.headings[i], view_id(&view, i));
    assert_string_equal(str_text(&text), wanted);
    str_free(&text);
    view_free(&view);
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
    view_make(sheet, COUNT(ids), NULL, &view);
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
        cmocka_unit_test(what_has_no_words_stays),
        cmocka_unit_test(the_rows_follow_the_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
