#include "base/sheet.h"

#include "tests/unit/unit.h"

#include "base/mem.h"

#include <stdlib.h>

static const struct sheet_column columns[] = {
    {.id = "case_no", .label = "个案号", .width = 10},
    {.id = "name", .label = "姓名", .width = 12},
    {.id = "age", .label = "年龄", .width = 4, .right = true},
};

static void test_cells(void **state)
{
    (void)state;
    struct sheet *sheet = sheet_new(columns, COUNT(columns));
    for (size_t row = 0; row < 100; row++) {
        assert_int_equal(sheet_add_row(sheet), row);
        sheet_setf(sheet, row, "age", "%zu", row);
    }
    assert_string_equal(sheet_get(sheet, 0, "name"), "");
    sheet_set(sheet, 0, "name", "王桂兰");
    sheet_set(sheet, 0, "name", sheet_get(sheet, 0, "name"));
    assert_string_equal(sheet_get(sheet, 0, "name"), "王桂兰");
    assert_string_equal(sheet_get(sheet, 99, "age"), "99");
    assert_string_equal(sheet_get(sheet, 0, "phone"), "");
    assert_int_equal(sheet_column_index(sheet, "age"), 2);
    assert_int_equal(sheet_column_index(sheet, "phone"), -1);
    sheet_free(&sheet);
    assert_null(sheet);
    sheet_free(&sheet);
}

static void test_append(void **state)
{
    (void)state;
    static const char *const ids[] = {"case_no", "name", "age"};
    struct sheet *to = sheet_new(columns, COUNT(columns));
    struct sheet *from = sheet_new_ids(ids, COUNT(ids));
    sheet_set(to, sheet_add_row(to), "name", "甲");
    for (int i = 0; i < 20; i++)
        sheet_set(from, sheet_add_row(from), "name", "乙");
    from->next = mem_copy("key");
    sheet_append(to, &from);
    assert_null(from);
    assert_int_equal(to->row_count, 21);
    assert_string_equal(sheet_get(to, 0, "name"), "甲");
    assert_string_equal(sheet_get(to, 20, "name"), "乙");
    from = sheet_new_ids(ids, COUNT(ids));
    sheet_append(to, &from);
    assert_int_equal(to->row_count, 21);
    sheet_free(&to);
}

static void test_reverse(void **state)
{
    (void)state;
    for (size_t count = 0; count < 4; count++) {
        struct sheet *sheet = sheet_new(columns, COUNT(columns));
        for (size_t row = 0; row < count; row++)
            sheet_setf(sheet, sheet_add_row(sheet), "age", "%zu", row);
        sheet_reverse(sheet);
        for (size_t row = 0; row < count; row++)
            assert_int_equal(atoi(sheet_get(sheet, row, "age")), count - 1 - row);
        sheet_free(&sheet);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),
        cmocka_unit_test(test_append),
        cmocka_unit_test(test_reverse),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
