#include "tui/kit/list.h"

#include "base/mem.h"
#include "tui/kit/table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool even(size_t row, void *arg)
{
    (void)arg;
    return row % 2 == 0;
}

static bool none(size_t row, void *arg)
{
    (void)row;
    (void)arg;
    return false;
}

static void test_empty(void **state)
{
    struct list list = {0};

    (void)state;
    assert_int_equal(list_row(&list), -1);
    list_reset(&list, 0);
    assert_int_equal(list_row(&list), -1);
    assert_false(list_move(&list, 1));
    list_page(&list, 1);
    list_last(&list);
    list_mark(&list);
    list_mark_all(&list, true);
    assert_int_equal(list.mark_count, 0);
    assert_int_equal(list_mark_range(&list, "1"), RESULT_INVALID);
    list_free(&list);
}

static void test_moving(void **state)
{
    struct list list = {0};

    (void)state;
    list_reset(&list, 50);
    list_scroll(&list, 10);
    assert_false(list_move(&list, -1));
    assert_true(list_move(&list, 3));
    list_page(&list, 1);
    assert_int_equal(list_row(&list), 13);
    assert_int_equal(list.top, 10);
    list_last(&list);
    list_scroll(&list, 10);
    assert_int_equal(list_row(&list), 49);
    assert_int_equal(list.top, 40);
    list_page(&list, 1); /* at the end nothing moves */
    assert_int_equal(list.top, 40);
    list_scroll(&list, 25); /* a larger terminal shows no empty lines */
    assert_int_equal(list.top, 25);
    list_reset(&list, 5);
    assert_int_equal(list_row(&list), 4);
    list_scroll(&list, 10);
    assert_int_equal(list.top, 0);
    list_free(&list);
}

static void test_filter(void **state)
{
    struct list list = {0};

    (void)state;
    list_reset(&list, 10);
    list_select(&list, 4);
    list_filter(&list, even, NULL);
    assert_int_equal(list.view_count, 5);
    assert_int_equal(list_row(&list), 4); /* what was selected stays so */
    list_filter(&list, none, NULL);
    assert_int_equal(list_row(&list), -1);
    list_reset(&list, 10);
    assert_int_equal(list.view_count, 10);
    list_free(&list);
}

static void test_marks(void **state)
{
    struct list list = {0};

    (void)state;
    list_reset(&list, 10);
    list_mark(&list);
    assert_true(list_marked(&list, 0));
    assert_int_equal(list_row(&list), 1);
    list_mark_all(&list, false);
    list_filter(&list, even, NULL); /* marks go to places of the view: rows 0 2 4 6 8 */
    assert_int_equal(list_mark_range(&list, "1，3-4"), RESULT_OK);
    assert_true(list_marked(&list, 0));
    assert_false(list_marked(&list, 2));
    assert_true(list_marked(&list, 4));
    assert_true(list_marked(&list, 6));
    assert_int_equal(list.mark_count, 3);
    list_set_marks(&list, (bool[10]){[3] = true, [9] = true});
    assert_int_equal(list.mark_count, 2);
    assert_true(list_marked(&list, 9));
    list_reset(&list, 12);
    assert_int_equal(list.mark_count, 0);
    list_free(&list);
}

/** On no row: nothing is selected until the cursor is moved, and it comes back to where it was. */
static void test_away(void **state)
{
    struct list list = {0};

    (void)state;
    list_reset(&list, 10);
    list_scroll(&list, 5);
    list_select(&list, 4);
    list_leave(&list);
    assert_int_equal(list_row(&list), -1);
    list_mark(&list);
    assert_int_equal(list.mark_count, 0);
    assert_true(list_move(&list, 1));
    assert_int_equal(list_row(&list), 4);
    list_leave(&list);
    list_reset(&list, 10); /* rows that are asked for again do not select one */
    assert_int_equal(list_row(&list), -1);
    list_last(&list);
    assert_int_equal(list_row(&list), 9);
    list_leave(&list);
    list_select(&list, 2);
    assert_int_equal(list_row(&list), 2);
    list_free(&list);
}

static void test_bad_ranges(void **state)
{
    static const char *const texts[] = {"", " ", "0", "11", "3-1", "a", "1-", "-2", "1,x", "1--2"};
    struct list list = {0};

    (void)state;
    list_reset(&list, 10);
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        assert_int_equal(list_mark_range(&list, texts[i]), RESULT_INVALID);
        assert_int_equal(list.mark_count, 0);
    }
    list_free(&list);
}

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 6, .most = 10},
    {.id = "age", .least = 4, .most = 4, .rank = 1},
    {.id = "address", .least = 8, .most = 0, .rank = 2},
    {.id = "phone", .least = 8, .most = 12, .rank = 3},
};

#define UNKNOWN                                                                                    \
    {                                                                                              \
        .unknown = true                                                                            \
    }

static void test_layout(void **state)
{
    static const struct {
        int available;
        struct table_need needs[4];
        int widths[4];
    } cases[] = {
        /* Without rows: the open column takes the rest, one is to spare, the highest rank goes first,
         * rank 0 stays even where it does not fit. */
        {60, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {10, 4, 31, 12}},
        {30, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {7, 4, 8, 8}},
        {28, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {10, 4, 12, 0}},
        {11, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {6, 4, 0, 0}},
        {5, {UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN}, {6, 0, 0, 0}},
        /* Nothing is cut that has room: the name more than usual, then the address, then the rest. */
        {60, {{16, 4}, {2, 4}, {20, 4}, {14, 4}}, {16, 4, 23, 14}},
        {50, {{16, 4}, {2, 4}, {20, 4}, {14, 4}}, {16, 4, 19, 8}},
        {40, {{16, 4}, {2, 4}, {20, 4}, {14, 4}}, {16, 4, 9, 8}},
        /* Short cells take no more than they need, so that more columns fit. */
        {26, {{6, 4}, {2, 4}, {5, 4}, {8, 4}}, {6, 4, 5, 8}},
        /* A column in which nobody has anything is left out; the name's never is. */
        {60, {{0, 4}, {0, 4}, {20, 4}, {0, 4}}, {6, 0, 53, 0}},
    };
    int widths[4];

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        table_layout(COLUMNS, 4, cases[i].needs, cases[i].available, widths);
        for (size_t k = 0; k < 4; k++)
            if (widths[k] != cases[i].widths[k])
                fail_msg("case %zu: column %zu is %d wide, not %d", i, k, widths[k],
                         cases[i].widths[k]);
    }
}

/** What a screen's own order compares: the room's number, whatever the house is called. */
static char *by_room(const struct table *table, size_t row, const char *order)
{
    const char *dash = strchr(sheet_get(table->sheet, row, "address"), '-');

    if (strcmp(order, "room") != 0) /* a column's own cells say enough */
        return NULL;
    return mem_copy(dash == NULL ? "" : dash + 1);
}

static void test_order(void **state)
{
    static const struct table_order orders[] = {{"room", "门牌"}, {NULL, NULL}};
    static const char *const people[][3] = {
        {"张一", "9", "10号-2"},
        {"李二", "80", "9号-3"},
        {"阿三", "", "9号-1"},
        {"李二", "7", "十一号-4"},
    };
    static const struct {
        const char *order;
        bool down;
        const char *addresses; /* from the first row to the last */
    } cases[] = {
        {NULL, false, "10号-2 9号-3 9号-1 十一号-4 "},
        {"name", false, "9号-1 9号-3 十一号-4 10号-2 "}, /* equal names stay as they came */
        {"name", true, "10号-2 9号-3 十一号-4 9号-1 "},
        {"age", false, "十一号-4 10号-2 9号-3 9号-1 "}, /* no number: at the end */
        {"age", true, "9号-3 10号-2 十一号-4 9号-1 "},
        {"address", false, "9号-1 9号-3 10号-2 十一号-4 "},
        {"room", false, "9号-1 10号-2 9号-3 十一号-4 "},
    };
    static const char *const ids[] = {"name", "age", "address"};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct table table = {.columns = COLUMNS,
                              .column_count = 3,
                              .orders = orders,
                              .order_key = by_room,
                              .order = cases[i].order,
                              .down = cases[i].down};
        struct sheet *sheet = sheet_new_ids(ids, 3);
        struct str found = {0};
        for (size_t row = 0; row < 4; row++)
            (void)sheet_add_cells(sheet, people[row]);
        table_fill(&table, &sheet);
        for (size_t row = 0; row < 4; row++)
            str_printf(&found, "%s ", sheet_get(table.sheet, row, "address"));
        assert_string_equal(str_text(&found), cases[i].addresses);
        str_free(&found);
        table_free(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_empty),      cmocka_unit_test(test_moving),
        cmocka_unit_test(test_filter),     cmocka_unit_test(test_marks),
        cmocka_unit_test(test_bad_ranges), cmocka_unit_test(test_away),
        cmocka_unit_test(test_layout),     cmocka_unit_test(test_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
