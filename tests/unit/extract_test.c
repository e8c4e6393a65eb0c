/* What the bundle is made of, against what is stored and what the board shows. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "bundle/extract.h"
#include "bundle/extract_line.h"
#include "service/lists/board.h"

#include <locale.h>

static struct office office;

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    office_ledgers(&office);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

// ---- one file as a sheet

struct taking {
    struct sheet *sheet;
};

static enum result take_row(const char *const *cells, void *arg)
{
    struct sheet *sheet = ((struct taking *)arg)->sheet;
    size_t row = sheet_add_row(sheet);

    for (size_t i = 0; i < sheet->column_count; i++)
        sheet_set(sheet, row, sheet->columns[i], cells[i]);
    return RESULT_OK;
}

static struct sheet *extract(const char *name)
{
    const struct extract_file *file;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        if (strcmp(file->name, name) != 0)
            continue;
        struct taking taking = {sheet_new_ids(file->columns, file->column_count)};
        assert_ok(file->rows(office.service, file, take_row, &taking));
        return taking.sheet;
    }
    fail_msg("no file %s", name);
    return NULL;
}

static size_t count_where(const struct sheet *sheet, const char *column, const char *value)
{
    size_t count = 0;

    for (size_t i = 0; i < sheet->row_count; i++)
        count += strcmp(sheet_get(sheet, i, column), value) == 0;
    return count;
}

/** The row that has the value, or fails. */
static size_t row_where(const struct sheet *sheet, const char *column, const char *value)
{
    for (size_t i = 0; i < sheet->row_count; i++)
        if (strcmp(sheet_get(sheet, i, column), value) == 0)
            return i;
    fail_msg("no %s = %s", column, value);
    return 0;
}

// ---- the files

static void files_come_in_order(void **state)
{
    static const char *const names[] = {"persons.csv", "cases.csv",  "members.csv",
                                        "visits.csv",  "duties.csv", "compliance.csv",
                                        "events.csv"};

    (void)state;
    for (size_t i = 0; i < COUNT(names); i++)
        assert_string_equal(extract_at(i)->name, names[i]);
    assert_null(extract_at(COUNT(names)));
}

static void records_are_all_there(void **state)
{
    struct sheet *persons = extract("persons.csv");
    struct sheet *cases = extract("cases.csv");
    struct sheet *members = extract("members.csv");
    struct sheet *visits = extract("visits.csv");

    (void)state;
    assert_int_equal(count_where(cases, "kind", "tanfang"), 219);
    assert_int_equal(count_where(cases, "kind", "dibao"), 116);
    assert_int_equal(cases->row_count, 116 + 28 + 219 + 12);
    assert_int_equal(members->row_count, 230);
    assert_int_equal(visits->row_count, 327);

    size_t person = row_where(persons, "id_no", "211122194512156810");
    assert_string_equal(sheet_get(persons, person, "name"), "姚宝宝");
    assert_string_equal(sheet_get(persons, person, "birth"), "1945-12-15");
    size_t own = row_where(cases, "person_id", sheet_get(persons, person, "person_id"));
    assert_string_equal(sheet_get(cases, own, "area"), "211122001003");
    assert_string_equal(sheet_get(cases, own, "since"), "2025-08-25");
    assert_non_null(strstr(sheet_get(cases, own, "fields"), "categories=独居;失能"));
    assert_non_null(strstr(sheet_get(cases, own, "fields"), "em_name=陆亚金|"));
    sheet_free(&persons);
    sheet_free(&cases);
    sheet_free(&members);
    sheet_free(&visits);
}

/** The figures the county recomputes from the duties are those of compliance.csv and the board. */
static void duties_add_up_to_compliance(void **state)
{
    struct board_query query = {.month = LEDGER_MONTH, .area = "", .by = "village"};
    struct sheet *duties = extract("duties.csv");
    struct sheet *compliance = extract("compliance.csv");
    struct sheet *board = NULL;
    size_t reached = 0;
    size_t rows = 0;

    (void)state;
    query.kind = "tanfang";
    assert_ok(board_list(office.service, &office.street, &query, &board, &office.reply));
    for (size_t i = 0; i < compliance->row_count; i++) {
        if (strcmp(sheet_get(compliance, i, "kind"), "tanfang") != 0)
            continue;
        size_t row = row_where(board, "key", sheet_get(compliance, i, "area"));
        assert_string_equal(sheet_get(compliance, i, "owed"), sheet_get(board, row, "owed"));
        assert_string_equal(sheet_get(compliance, i, "rate"), sheet_get(board, row, "rate"));
        reached += strtoul(sheet_get(compliance, i, "reached"), NULL, 10);
        rows++;
    }
    assert_int_equal(rows, board->row_count);
    assert_int_equal(reached, 166);
    for (size_t i = 0; i < duties->row_count; i++)
        if (strcmp(sheet_get(duties, i, "kind"), "tanfang") == 0)
            reached -= strcmp(sheet_get(duties, i, "state"), "reached") == 0;
    assert_int_equal(reached, 0);
    sheet_free(&duties);
    sheet_free(&compliance);
    sheet_free(&board);
}

static void events_are_chained(void **state)
{
    struct sheet *events = extract("events.csv");

    (void)state;
    assert_true(events->row_count > 5);
    for (size_t i = 1; i < events->row_count; i++) {
        bool same =
            strcmp(sheet_get(events, i, "session"), sheet_get(events, i - 1, "session")) == 0;
        assert_int_equal(strlen(sheet_get(events, i, "hash")), 64);
        if (same)
            assert_string_equal(sheet_get(events, i, "previous"), sheet_get(events, i - 1, "hash"));
    }
    sheet_free(&events);
}

static enum result stop(const char *const *cells, void *arg)
{
    (void)cells;
    ++*(size_t *)arg;
    return RESULT_FULL;
}

static void a_full_disk_ends_the_extract(void **state)
{
    const struct extract_file *file;

    (void)state;
    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        size_t rows = 0;
        assert_result(file->rows(office.service, file, stop, &rows), RESULT_FULL);
        assert_int_equal(rows, 1);
    }
}

// ---- a line

static enum result keep(const char *const *cells, void *arg)
{
    struct str *text = arg;

    str_printf(text, "[%s][%s][%s][%s]", cells[0], cells[1], cells[2], cells[3]);
    return RESULT_OK;
}

static void pairs_are_escaped(void **state)
{
    struct str text = {0};
    struct extract_line line = {.row = keep, .arg = &text};

    (void)state;
    for (int i = 0; i < 2; i++) {
        extract_text(&line, "");
        extract_number(&line, -7);
        extract_pairs_begin(&line);
        extract_pair(&line, "a", "x|y=z\\\n");
        extract_pair(&line, "b", "");
        extract_pairs_end(&line);
        extract_day(&line, 0);
        assert_ok(extract_send(&line));
    }
    assert_string_equal(str_text(&text), "[][-7][a=x\\|y\\=z\\\\\\n|b=][]"
                                         "[][-7][a=x\\|y\\=z\\\\\\n|b=][]");
    extract_line_free(&line);
    str_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_come_in_order),
        cmocka_unit_test(pairs_are_escaped),
        cmocka_unit_test_setup_teardown(records_are_all_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(duties_add_up_to_compliance, set_up, tear_down),
        cmocka_unit_test_setup_teardown(events_are_chained, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_full_disk_ends_the_extract, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
