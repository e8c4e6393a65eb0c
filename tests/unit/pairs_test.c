/* Cells of pairs in an order of their own, and the lines of rows. */
#include "unit.h"

#include "base/str.h"
#include "bundle/pairs.h"
#include "bundle/rowline.h"

static const struct {
    const char *cell, *sorted;
} CELLS[] = {
    {"", ""},
    {"a=1", "a=1"},
    {"b=2|a=1", "a=1|b=2"},
    {"a=1|a=2", "a=2"},
    {"a=1|b=3|a=2", "a=2|b=3"},
    {"ab=1|a=2", "a=2|ab=1"},
    {"m.10.x=1|m.2.x=2", "m.10.x=1|m.2.x=2"},
    {"m.2.x=2|m.10.x=1", "m.10.x=1|m.2.x=2"},
    {"b=x\\|a=1|a=y\\=\\\\", "a=y\\=\\\\|b=x\\|a=1"},
    {"b\\=c=1|b=2", "b=2|b\\=c=1"},
    {"b|a=1", "a=1|b"},
    {"a=1|", "a=1"},
    {"a=\\", "a=\\"},
    {"=2|=1", "=1"},
};

static void pairs_are_sorted_by_name(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(CELLS); i++) {
        struct str text = {0}, again = {0};
        pairs_add_sorted(&text, CELLS[i].cell);
        assert_string_equal(str_text(&text), CELLS[i].sorted);
        assert_true(pairs_are_sorted(str_text(&text)));
        pairs_add_sorted(&again, str_text(&text));
        assert_string_equal(str_text(&again), CELLS[i].sorted);
        if (pairs_are_sorted(CELLS[i].cell) && strcmp(CELLS[i].cell, "a=1|") != 0)
            assert_string_equal(CELLS[i].cell, CELLS[i].sorted);
        str_free(&text);
        str_free(&again);
    }
}

static void what_separates_is_escaped(void **state)
{
    struct str text = {0};

    (void)state;
    pairs_add_escaped(&text, "a|b=c\\d\ne→f");
    assert_string_equal(str_text(&text), "a\\|b\\=c\\\\d\\ne→f");
    str_clear(&text);
    pairs_add_arrows_escaped(&text, "→é‰→");
    assert_string_equal(str_text(&text), "\\→é‰\\→");
    str_free(&text);
}

static const struct extract_file *file_named(const char *name)
{
    const struct extract_file *file = NULL;

    for (size_t i = 0; (file = extract_at(i)) != NULL && strcmp(file->name, name) != 0; i++)
        continue;
    assert_non_null(file);
    return file;
}

static void only_pairs_are_put_in_order(void **state)
{
    const struct extract_file *file = file_named("members.csv");
    struct rowline_pairs pairs = rowline_find_pairs(file);
    const char *const cells[] = {"2|1", "1", "1", "2026-11-01", "", "b==x|a=1"};
    struct str lines = {0};

    (void)state;
    assert_int_equal(file->column_count, COUNT(cells));
    assert_int_equal(pairs.count, 1);
    assert_false(rowline_is_sorted(&pairs, cells));
    rowline_add_values(&lines, &pairs, cells, COUNT(cells));
    assert_string_equal(str_text(&lines), "2|1,1,1,2026-11-01,,a=1|b==x\n");
    str_clear(&lines);
    rowline_add(&lines, cells, COUNT(cells));
    assert_string_equal(str_text(&lines), "2|1,1,1,2026-11-01,,b==x|a=1\n");
    str_free(&lines);
}

static void formulas_and_what_looks_marked_are_marked(void **state)
{
    const char *const cells[] = {"=1", "'=1", "'x", "-5"};
    struct str lines = {0};

    (void)state;
    rowline_add(&lines, cells, COUNT(cells));
    assert_string_equal(str_text(&lines), "'=1,''=1,'x,-5\n");
    str_free(&lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_are_sorted_by_name),
        cmocka_unit_test(what_separates_is_escaped),
        cmocka_unit_test(only_pairs_are_put_in_order),
        cmocka_unit_test(formulas_and_what_looks_marked_are_marked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
