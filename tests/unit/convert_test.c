#include "wire/convert.h"

#include "unit.h"

#include <stdlib.h>

/** The message after a journey through bytes. */
static Wire__Response *send_response(const Wire__Response *response)
{
    size_t length = wire__response__get_packed_size(response);
    uint8_t *bytes = malloc(length + 1);
    Wire__Response *arrived;

    wire__response__pack(response, bytes);
    arrived = wire__response__unpack(NULL, length, bytes);
    free(bytes);
    assert_non_null(arrived);
    return arrived;
}

static void values_come_back_equal(void **state)
{
    struct fields fields = {0};
    struct fields again = {0};
    Wire__Value **values;
    size_t count;

    (void)state;
    fields_set(&fields, "person.name", "王桂兰");
    fields_set(&fields, "members.10.name", "a");
    fields_set(&fields, "members.2.name", "b");
    wire_values_write(&fields, &count, &values);
    assert_int_equal(count, 3);
    wire_values_read(count, values, &again);
    assert_true(fields_equal(&fields, &again));
    wire_values_free(count, values);
    fields_free(&fields);
    fields_free(&again);
}

static void no_values_are_no_values(void **state)
{
    struct fields fields = {0};
    Wire__Value **values;
    size_t count;

    (void)state;
    wire_values_write(&fields, &count, &values);
    assert_int_equal(count, 0);
    wire_values_read(count, values, &fields);
    assert_int_equal(fields.count, 0);
    wire_values_free(count, values);
}

/** An empty value on the wire removes what was there. */
static void an_empty_value_removes(void **state)
{
    Wire__Value empty = WIRE__VALUE__INIT;
    Wire__Value *values[] = {&empty};
    struct fields fields = {0};
    char name[] = "phone";

    (void)state;
    empty.name = name;
    fields_set(&fields, "phone", "1");
    wire_values_read(1, values, &fields);
    assert_int_equal(fields.count, 0);
    fields_free(&fields);
}

static struct sheet *make_sheet(size_t rows)
{
    static const char *const IDS[] = {"case_no", "name"};
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));

    for (size_t i = 0; i < rows; i++) {
        size_t row = sheet_add_row(sheet);

        sheet_setf(sheet, row, "case_no", "LR%zu", i);
        sheet_set(sheet, row, "name", i % 2 == 0 ? "欧阳秀英" : "");
    }
    return sheet;
}

static void sheets_come_back_equal(void **state)
{
    static const size_t ROWS[] = {0, 1, 2, 500};

    (void)state;
    for (size_t i = 0; i < COUNT(ROWS); i++) {
        struct sheet *sheet = make_sheet(ROWS[i]);
        struct sheet *moved = make_sheet(ROWS[i]);
        Wire__Response response = WIRE__RESPONSE__INIT;
        Wire__Response *arrived;
        struct sheet *again;

        moved->next = i == 0 ? NULL : strdup("211102|7");
        response.what_case = WIRE__RESPONSE__WHAT_SHEET;
        response.sheet = wire_sheet_take(&moved);
        assert_null(moved);
        arrived = send_response(&response);
        again = wire_sheet_read(arrived->sheet);
        assert_int_equal(again->row_count, ROWS[i]);
        assert_int_equal(again->column_count, 2);
        for (size_t row = 0; row < ROWS[i]; row++) {
            assert_string_equal(sheet_get(again, row, "case_no"), sheet_get(sheet, row, "case_no"));
            assert_string_equal(sheet_get(again, row, "name"), sheet_get(sheet, row, "name"));
        }
        if (i == 0)
            assert_null(again->next);
        else
            assert_string_equal(again->next, "211102|7");
        wire_sheet_free(&response.sheet);
        assert_null(response.sheet);
        wire_sheet_free(&response.sheet);
        wire__response__free_unpacked(arrived, NULL);
        sheet_free(&sheet);
        sheet_free(&again);
    }
}

/** Wherever sheets were hung into an answer, beside one another and inside a message; the sanitizer
 *  and valgrind see whether any was forgotten or freed twice. */
static void taken_sheets_go_with_the_answer(void **state)
{
    Wire__Response *response = calloc(1, sizeof *response);
    Wire__HomeView *home = calloc(1, sizeof *home);
    struct sheet *figures = make_sheet(2), *due = make_sheet(70), *beside = make_sheet(1);

    (void)state;
    assert_non_null(response);
    assert_non_null(home);
    wire__response__init(response);
    wire__home_view__init(home);
    due->next = strdup("211102|7");
    home->figures = wire_sheet_take(&figures);
    home->due = wire_sheet_take(&due);
    response->what_case = WIRE__RESPONSE__WHAT_HOME;
    response->home = home;
    response->figures = wire_sheet_take(&beside);
    assert_string_equal(home->due->cells[69 * 2], "LR69");
    wire_sheets_drop(&response->base);
    assert_int_equal(home->due->n_cells, 0);
    assert_int_equal(response->figures->n_columns, 0);
    wire__response__free_unpacked(response, NULL);
}

/** A peer may send anything: cells that fill no row, cells without columns. */
static void odd_cells_are_no_row(void **state)
{
    static const struct {
        size_t columns, cells, rows;
    } cases[] = {{0, 0, 0}, {0, 3, 0}, {2, 1, 0}, {2, 2, 1}, {2, 5, 2}};
    char text[] = "x";
    char *texts[] = {text, text, text, text, text};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Wire__Sheet message = WIRE__SHEET__INIT;
        struct sheet *sheet;

        message.n_columns = cases[i].columns;
        message.columns = texts;
        message.n_cells = cases[i].cells;
        message.cells = texts;
        sheet = wire_sheet_read(&message);
        assert_int_equal(sheet->row_count, cases[i].rows);
        sheet_free(&sheet);
    }
}

static void problems_keep_their_weight(void **state)
{
    Wire__Problem error = WIRE__PROBLEM__INIT;
    Wire__Problem warning = WIRE__PROBLEM__INIT;
    Wire__Problem *problems[] = {&warning, &error};
    Wire__Response response = WIRE__RESPONSE__INIT;
    struct problems read = {0};
    char percent[] = "超过 100%s";
    char field[] = "income.0.amount";

    (void)state;
    warning.text = percent;
    warning.warning = true;
    error.text = percent;
    error.field = field;
    response.n_problems = 2;
    response.problems = problems;
    wire_problems_read(&response, &read);
    assert_int_equal(read.count, 2);
    assert_true(read.items[0].warning);
    assert_false(read.items[1].warning);
    assert_string_equal(read.items[0].text, percent);
    assert_string_equal(read.items[1].field, field);
    problems_free(&read);
}

/** What is printed of a household is its head's, wherever the head stands among the members. */
static void a_household_has_its_head_s_facts(void **state)
{
    static const struct {
        const char *name, *value;
    } values[] = {
        {"members.0.name", "宋小雨"},      {"members.0.m_rel", "女儿"},
        {"members.1.name", "宋长河"},      {"members.1.m_rel", "户主"},
        {"members.1.phone", "0427-28530"}, {"members.1.address", "团结路1号"},
    };
    Wire__CaseView view = WIRE__CASE_VIEW__INIT;
    struct fields fields = {0};
    struct fields facts = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(values); i++)
        fields_set(&fields, values[i].name, values[i].value);
    wire_values_write(&fields, &view.n_values, &view.values);
    char kind[] = "最低生活保障", since[] = "2025-11", street[] = "胜利街道", area[] = "团结社区";
    view.street_name = street;
    view.area_name = area;
    view.kind_name = kind;
    view.since = since; /* a household has no field of that name */
    wire_case_facts(&view, &facts);
    assert_string_equal(fields_get(&facts, "kind_name"), "最低生活保障");
    assert_string_equal(fields_get(&facts, "since"), "2025-11");
    assert_string_equal(fields_get(&facts, "name"), "宋长河");
    assert_string_equal(fields_get(&facts, "phone"), "0427-28530");
    assert_string_equal(fields_get(&facts, "address"), "团结路1号");
    assert_string_equal(fields_get(&facts, "members"), "宋小雨、宋长河");
    assert_string_equal(fields_get(&facts, "head"), "宋长河"); /* 户主, not 姓名 */
    assert_string_equal(fields_get(&facts, "person"), "");
    assert_string_equal(fields_get(&facts, "area_name"), "胜利街道　团结社区");
    wire_values_free(view.n_values, view.values);
    fields_free(&fields);
    fields_free(&facts);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_come_back_equal),
        cmocka_unit_test(no_values_are_no_values),
        cmocka_unit_test(an_empty_value_removes),
        cmocka_unit_test(sheets_come_back_equal),
        cmocka_unit_test(taken_sheets_go_with_the_answer),
        cmocka_unit_test(odd_cells_are_no_row),
        cmocka_unit_test(problems_keep_their_weight),
        cmocka_unit_test(a_household_has_its_head_s_facts),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
