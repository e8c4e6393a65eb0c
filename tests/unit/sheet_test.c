#include "base/sheet.h"

#include "tests/unit/unit.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct sheet_column columns[] = {
    {.id = "case_no", .label = "个案号", .width = 10},
    {.id = "name", .label = "姓名", .width = 12},
    {.id = "age", .label = "年龄", .width = 4, .number = true},
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

static void test_numbers(void **state)
{
    static const struct {
        uint64_t number;
        const char *text;
    } cases[] = {{0, "0"}, {7, "7"}, {10, "10"}, {UINT64_MAX, "18446744073709551615"}};
    (void)state;
    struct sheet *sheet = sheet_new(columns, COUNT(columns));
    for (size_t row = 0; row < COUNT(cases); row++)
        sheet_set_number(sheet, sheet_add_row(sheet), "age", cases[row].number);
    for (size_t row = 0; row < COUNT(cases); row++)
        assert_string_equal(sheet_get(sheet, row, "age"), cases[row].text);
    sheet_free(&sheet);
}

/* Short texts lie together, and what lies nowhere else is not lost when there is no more room. */
static void test_many_and_long(void **state)
{
    (void)state;
    struct sheet *sheet = sheet_new(columns, COUNT(columns));
    size_t longest = 200000;
    char *text = mem_new(longest + 1);
    memset(text, 'x', longest);
    for (size_t row = 0; row < 20000; row++) {
        sheet_add_row(sheet);
        sheet_setf(sheet, row, "case_no", "LR%zu", row);
        if (row % 5000 == 0)
            sheet_set(sheet, row, "name", text);
    }
    for (size_t row = 0; row < 20000; row++) {
        char number[32];
        snprintf(number, sizeof number, "LR%zu", row);
        assert_string_equal(sheet_get(sheet, row, "case_no"), number);
        assert_string_equal(sheet_get(sheet, row, "name"), row % 5000 == 0 ? text : "");
    }
    free(text);
    sheet_free(&sheet);
}

/** Whatever is put where, in any order, the other cells stay. */
static void test_set_in_place(void **state)
{
    static const struct {
        const char *column, *value, *row;
    } steps[] = {
        {"age", "82", "||82"},
        {"case_no", "LR1", "LR1||82"},
        {"name", "欧阳秀英", "LR1|欧阳秀英|82"},
        {"name", "", "LR1||82"},
        {"name", "a name that is longer than the room of all cells of a new row, by far",
         "LR1|a name that is longer than the room of all cells of a new row, by far|82"},
        {"age", NULL, "LR1|a name that is longer than the room of all cells of a new row, by far|"},
        {"name", "王", "LR1|王|"},
    };
    struct sheet *sheet = sheet_new(columns, COUNT(columns));
    static const char *const other[] = {"LR2", "", "77"};

    (void)state;
    (void)sheet_add_row(sheet);
    assert_int_equal(sheet_add_cells(sheet, other), 1);
    for (size_t i = 0; i < COUNT(steps); i++) {
        const char *cells[COUNT(columns)];
        char row[200];

        sheet_set(sheet, 0, steps[i].column, steps[i].value);
        sheet_cells(sheet, 0, cells);
        (void)snprintf(row, sizeof row, "%s|%s|%s", cells[0], cells[1], cells[2]);
        assert_string_equal(row, steps[i].row);
        sheet_set(sheet, 1, "name", steps[i].value);
        assert_string_equal(sheet_cell(sheet, 1, 0), "LR2");
        assert_string_equal(sheet_cell(sheet, 1, 2), "77");
    }
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
    /* to one that nothing was ever put into */
    to = sheet_new(columns, COUNT(columns));
    from = sheet_new_ids(ids, COUNT(ids));
    sheet_set(from, sheet_add_row(from), "name", "丙");
    sheet_append(to, &from);
    sheet_set(to, sheet_add_row(to), "name", "丁");
    assert_string_equal(sheet_get(to, 0, "name"), "丙");
    assert_string_equal(sheet_get(to, 1, "name"), "丁");
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
        if (count > 0) { /* where the last cell was set is another row's now */
            sheet_set(sheet, count - 1, "case_no", "LR1");
            assert_string_equal(sheet_get(sheet, count - 1, "case_no"), "LR1");
        }
        sheet_free(&sheet);
    }
}

static void test_pick(void **state)
{
    (void)state;
    static const size_t rows[] = {3, 0, 2};
    struct sheet *sheet = sheet_new(columns, COUNT(columns));
    for (size_t row = 0; row < 4; row++) {
        sheet_set_number(sheet, sheet_add_row(sheet), "age", row);
        sheet_setf(sheet, row, "name", "%zu号", row);
    }
    sheet_pick(sheet, rows, COUNT(rows));
    assert_int_equal(sheet->row_count, 3);
    assert_string_equal(sheet_get(sheet, 0, "age"), "3");
    assert_string_equal(sheet_get(sheet, 1, "name"), "0号");
    assert_string_equal(sheet_get(sheet, 2, "age"), "2");
    assert_int_equal(sheet_add_row(sheet), 3);
    assert_string_equal(sheet_get(sheet, 3, "age"), "");
    sheet_pick(sheet, NULL, 0);
    assert_int_equal(sheet->row_count, 0);
    assert_int_equal(sheet_add_row(sheet), 0);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cells),   cmocka_unit_test(test_set_in_place),
        cmocka_unit_test(test_numbers), cmocka_unit_test(test_many_and_long),
        cmocka_unit_test(test_append),  cmocka_unit_test(test_reverse),
        cmocka_unit_test(test_pick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
