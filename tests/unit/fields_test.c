#include "base/fields.h"

#include "base/str.h"
#include "tests/unit/unit.h"

#include <string.h>

/* "name=value name=value", in the bag's order. */
static const char *show(const struct fields *fields, struct str *text)
{
    str_clear(text);
    for (size_t i = 0; i < fields->count; i++)
        str_printf(text, "%s%s=%s", i > 0 ? " " : "", fields->items[i].name,
                   fields->items[i].value);
    return str_text(text);
}

static void fill(struct fields *fields, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fields_set(fields, names[i], names[i]);
}

static void test_get_and_set(void **state)
{
    (void)state;
    struct fields fields = {0};
    assert_string_equal(fields_get(&fields, "tier"), "");
    fields_set(&fields, "tier", "高");
    fields_set(&fields, "tier", "低");
    assert_string_equal(fields_get(&fields, "tier"), "低");
    assert_int_equal(fields.count, 1);
    fields_set(&fields, "tier", "");
    fields_set(&fields, "none", NULL);
    assert_int_equal(fields.count, 0);
    /* The new value may be the old one. */
    fields_set(&fields, "tier", "中");
    fields_set(&fields, "tier", fields_get(&fields, "tier"));
    assert_string_equal(fields_get(&fields, "tier"), "中");
    fields_free(&fields);
    assert_int_equal(fields.count, 0);
    fields_free(&fields);
}

static void test_numbers_of_no_row(void **state)
{
    (void)state;
    struct fields fields = {0};
    fields_set(&fields, "members.2.name", "王桂兰");
    fields_set(&fields, "members.1000.name", "张三");
    fields_set(&fields, "members.4000000000.name", "李四");
    fields_set(&fields, "members.99999999999999999999.name", "赵五");
    assert_int_equal(fields_rows(&fields, "members"), 3);
    fields_set(&fields, "members.999.name", "孙六");
    assert_int_equal(fields_rows(&fields, "members"), FIELDS_ROWS);
    fields_free(&fields);
}

static void test_order(void **state)
{
    (void)state;
    static const char *const names[] = {
        "income.10.amount", "income2", "income.2.amount", "income",     "b",
        "income.2",         "a",       "income.note",     "income-tax", "income.100.amount",
    };
    struct fields forward = {0};
    struct fields backward = {0};
    struct str text = {0};
    fill(&forward, names, COUNT(names));
    for (size_t i = COUNT(names); i-- > 0;)
        fields_set(&backward, names[i], names[i]);
    assert_true(fields_equal(&forward, &backward));
    for (size_t i = 0; i < forward.count; i++)
        forward.items[i].value[0] = '\0';
    assert_string_equal(show(&forward, &text),
                        "a= b= income= income.2= income.2.amount= income.10.amount= "
                        "income.100.amount= income.note= income-tax= income2=");
    str_free(&text);
    fields_free(&forward);
    fields_free(&backward);
}

static void test_rows(void **state)
{
    (void)state;
    struct fields fields = {0};
    struct str text = {0};
    assert_int_equal(fields_rows(&fields, "m"), 0);
    fields_set(&fields, "m.total", "3");
    fields_set(&fields, "mm.7.n", "x");
    fields_set(&fields, "l.9.n", "x");
    assert_int_equal(fields_rows(&fields, "m"), 0);
    for (size_t row = 0; row < 12; row++) {
        fields_set_row(&fields, "m", row, "n", "v");
        assert_int_equal(fields_rows(&fields, "m"), row + 1);
    }
    fields_set_row(&fields, "m", 11, "n", "last");
    fields_set_row(&fields, "m", 10, "n", NULL); /* a gap stays a row */
    assert_int_equal(fields_rows(&fields, "m"), 12);
    fields_remove_row(&fields, "m", 0);
    assert_int_equal(fields_rows(&fields, "m"), 11);
    assert_string_equal(fields_get_row(&fields, "m", 10, "n"), "last");
    assert_string_equal(fields_get_row(&fields, "m", 9, "n"), "");
    assert_string_equal(fields_get(&fields, "m.total"), "3");
    assert_string_equal(fields_get(&fields, "mm.7.n"), "x");
    fields_remove(&fields, "m");
    assert_string_equal(show(&fields, &text), "l.9.n=x mm.7.n=x");
    assert_int_equal(fields_rows(&fields, "mm"), 8);
    str_free(&text);
    fields_free(&fields);
}

static void test_remove_row(void **state)
{
    (void)state;
    struct fields fields = {0};
    struct str text = {0};
    fields_set(&fields, "m.0.a", "0");
    fields_set(&fields, "m.1.a", "1");
    fields_set(&fields, "m.1.s.0.x", "1s");
    fields_set(&fields, "m.2.a", "2");
    fields_set(&fields, "m.3", "3");
    fields_set(&fields, "m.10.a", "10");
    fields_set(&fields, "m.z", "z");
    fields_remove_row(&fields, "m", 1);
    assert_string_equal(show(&fields, &text), "m.0.a=0 m.1.a=2 m.2=3 m.9.a=10 m.z=z");
    fields_remove_row(&fields, "m", 99);
    assert_string_equal(show(&fields, &text), "m.0.a=0 m.1.a=2 m.2=3 m.9.a=10 m.z=z");
    fields_remove_row(&fields, "m", 9);
    assert_int_equal(fields_rows(&fields, "m"), 3);
    str_free(&text);
    fields_free(&fields);
}

static void add_difference(const char *name, const char *a, const char *b, void *arg)
{
    str_printf(arg, "%s:%s>%s ", name, a, b);
}

static void test_diff(void **state)
{
    (void)state;
    struct fields a = {0};
    struct fields b = {0};
    struct str text = {0};
    fields_diff(&a, &b, add_difference, &text);
    assert_string_equal(str_text(&text), "");
    fields_set(&a, "same", "1");
    fields_set(&a, "changed", "1");
    fields_set(&a, "m.2.n", "old");
    fields_set(&b, "same", "1");
    fields_set(&b, "changed", "2");
    fields_set(&b, "m.10.n", "new");
    assert_false(fields_equal(&a, &b));
    fields_diff(&a, &b, add_difference, &text);
    assert_string_equal(str_text(&text), "changed:1>2 m.2.n:old> m.10.n:>new ");
    fields_merge(&a, &b);
    assert_string_equal(fields_get(&a, "changed"), "2");
    assert_string_equal(fields_get(&a, "m.2.n"), "old");
    fields_copy(&a, &b);
    assert_true(fields_equal(&a, &b));
    fields_copy(&a, &a);
    assert_true(fields_equal(&a, &b));
    fields_set(&b, "changed", "3");
    assert_false(fields_equal(&a, &b));
    str_free(&text);
    fields_free(&a);
    fields_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_get_and_set), cmocka_unit_test(test_order),
        cmocka_unit_test(test_rows),        cmocka_unit_test(test_remove_row),
        cmocka_unit_test(test_diff),        cmocka_unit_test(test_numbers_of_no_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
