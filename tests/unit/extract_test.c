/* What the bundle is made of, against what is stored and what the board shows. */
#include "ledger_fixture.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "bundle/dictionary.h"
#include "bundle/extract.h"
#include "bundle/extract_line.h"
#include "service/ledger/month.h"
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
    static const char *const names[] = {
        "persons.csv",      "cases.csv",      "members.csv",       "visits.csv",
        "duties.csv",       "compliance.csv", "events.csv",        "areas.csv",
        "officers.csv",     "standards.csv",  "statements.csv",    "statement_rows.csv",
        "reviews.csv",      "excuses.csv",    "marks.csv",         "alarms.csv",
        "area_changes.csv", "rounds.csv",     "round_figures.csv", "dictionary.csv",
        "codes.csv"};

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

// ---- what the dictionary says

/** True if the text has only characters of `allowed`, one at least. */
static bool is_of(const char *text, const char *allowed)
{
    return *text != '\0' && text[strspn(text, allowed)] == '\0';
}

static bool is_moment(const char *text)
{
    int64_t seconds;

    return strlen(text) == STAMP_TEXT - 1 && date_parse_stamp(text, &seconds) == 0;
}

static bool is_month(const char *text)
{
    month_t month;

    return month_parse(text, &month) == 0;
}

static bool is_date(const char *text)
{
    day_t day;

    return date_parse(text, &day) == 0;
}

static bool is_dates(const char *text)
{
    return is_of(text, "0123456789- ");
}

static bool is_number(const char *text)
{
    return is_of(text, "0123456789");
}

static bool is_decimal(const char *text)
{
    return is_of(text, "0123456789.");
}

static bool is_ids(const char *text)
{
    return is_of(text, "0123456789 ");
}

static bool is_area(const char *text)
{
    return strlen(text) == AREA_TEXT - 1 && is_number(text);
}

static bool is_hex(const char *text)
{
    return is_of(text, "0123456789abcdef");
}

static bool is_flag(const char *text)
{
    return strcmp(text, "0") == 0 || strcmp(text, "1") == 0;
}

static bool is_pairs(const char *text)
{
    return strchr(text, '=') != NULL;
}

static const struct {
    const char *type;
    bool (*fits)(const char *text);
} TYPES[] = {
    {"number", is_number}, {"decimal", is_decimal}, {"flag", is_flag},     {"date", is_date},
    {"dates", is_dates},   {"month", is_month},     {"moment", is_moment}, {"id", is_number},
    {"ids", is_ids},       {"area", is_area},       {"hex", is_hex},       {"pairs", is_pairs},
    {"changes", is_pairs},
};

static bool fits_type(const char *type, const char *text)
{
    for (size_t i = 0; i < COUNT(TYPES); i++)
        if (strcmp(TYPES[i].type, type) == 0)
            return TYPES[i].fits(text);
    return true;
}

/** True if codes.csv has the value in the list. */
static bool is_listed(const struct sheet *codes, const char *list, const char *value)
{
    for (size_t i = 0; i < codes->row_count; i++)
        if (strcmp(sheet_get(codes, i, "list"), list) == 0 &&
            strcmp(sheet_get(codes, i, "value"), value) == 0)
            return true;
    return false;
}

static size_t row_of_column(const struct sheet *dictionary, const char *file, const char *column)
{
    for (size_t i = 0; i < dictionary->row_count; i++)
        if (strcmp(sheet_get(dictionary, i, "file"), file) == 0 &&
            strcmp(sheet_get(dictionary, i, "column"), column) == 0)
            return i;
    fail_msg("no words for %s of %s", column, file);
    return 0;
}

static void check_column(const struct extract_file *file, const struct sheet *rows, size_t column,
                         const struct sheet *dictionary, const struct sheet *codes)
{
    const char *id = file->columns[column];
    size_t place = row_of_column(dictionary, file->name, id);
    const char *type = sheet_get(dictionary, place, "type");
    const char *list = sheet_get(dictionary, place, "codes");
    bool never = strcmp(sheet_get(dictionary, place, "empty"), "never") == 0;

    assert_int_equal(strtoul(sheet_get(dictionary, place, "no"), NULL, 10), column + 1);
    assert_string_not_equal(sheet_get(dictionary, place, "zh"), "");
    assert_string_not_equal(sheet_get(dictionary, place, "en"), "");
    for (size_t i = 0; i < rows->row_count; i++) {
        const char *text = sheet_get(rows, i, id);
        if (*text == '\0' ? never : !fits_type(type, text))
            fail_msg("%s, %s, row %zu: \"%s\" is no %s", file->name, id, i, text, type);
        if (*text != '\0' && *list != '\0' && strcmp(type, "code") == 0 &&
            !is_listed(codes, list, text))
            fail_msg("%s, %s: \"%s\" is not in %s", file->name, id, text, list);
    }
}

/** A closed and reopened month. */
static void close_and_reopen(void)
{
    office_reopen(&office, "2026-11-02");
    assert_ok(
        month_close(office.service, &office.system, LEDGER_MONTH, "211122001", &office.reply));
    assert_ok(month_reopen(office.service, &office.system, LEDGER_MONTH, "211122001", "漏登一户",
                           &office.reply));
}

/** Each column's type, empty value and codes are as dictionary.csv and codes.csv say. */
static void every_cell_is_what_the_dictionary_says(void **state)
{
    const struct extract_file *file;

    (void)state;
    close_and_reopen();
    struct sheet *dictionary = extract("dictionary.csv");
    struct sheet *codes = extract("codes.csv");
    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        struct sheet *rows = extract(file->name);
        for (size_t k = 0; k < file->column_count; k++)
            check_column(file, rows, k, dictionary, codes);
        sheet_free(&rows);
    }
    sheet_free(&dictionary);
    sheet_free(&codes);
}

/** A row of the dictionary that no file has would be a column that was forgotten. */
static void the_dictionary_has_no_other_columns(void **state)
{
    const struct dictionary_column *column;

    (void)state;
    for (size_t i = 0; (column = dictionary_at(i)) != NULL; i++) {
        const struct extract_file *file;
        size_t uses = 0;
        for (size_t k = 0; (file = extract_at(k)) != NULL; k++)
            for (size_t c = 0; c < file->column_count; c++)
                uses += dictionary_find(file->name, file->columns[c]) == column;
        if (uses == 0)
            fail_msg("%s of %s is in no file", column->id,
                     column->file != NULL ? column->file : "any file");
    }
}

/** Values of the cells `fields` have their words, too. */
static void every_field_has_words(void **state)
{
    static const char *const files[] = {"persons.csv", "cases.csv", "members.csv", "visits.csv"};
    struct sheet *dictionary = extract("dictionary.csv");

    (void)state;
    for (size_t i = 0; i < COUNT(files); i++) {
        struct sheet *rows = extract(files[i]);
        size_t found = 0;
        for (size_t row = 0; row < rows->row_count; row++) {
            char *name = mem_copy(sheet_get(rows, row, "fields"));
            name[strcspn(name, "=")] = '\0';
            if (*name != '\0' && strchr(name, '.') == NULL) {
                row_of_column(dictionary, files[i], name);
                found++;
            }
            free(name);
        }
        assert_true(found > 0);
        sheet_free(&rows);
    }
    sheet_free(&dictionary);
}

/** The counts of the manifest are those of the rows that were written. */
static void every_table_is_counted(void **state)
{
    static const char *const left[] = {"home",         "draft",        "proposal",  "heading_map",
                                       "sheet",        "bundle",       "payroll",   "lead",
                                       "listed_death", "sent_officer", "spotcheck", "figure",
                                       "merge",        "leave",        "handover"};
    struct extract_table table;
    size_t kept = 0, index = 0;
    enum result result;

    (void)state;
    close_and_reopen();
    for (; (result = extract_table_at(office.service, index, &table)) == 0; index++) {
        if (table.file == NULL) {
            assert_true(kept < COUNT(left));
            assert_string_equal(table.name, left[kept++]);
            assert_string_not_equal(table.zh, "");
            assert_string_not_equal(table.en, "");
            continue;
        }
        struct sheet *rows = extract(table.file);
        assert_int_equal(rows->row_count, table.records);
        sheet_free(&rows);
    }
    assert_result(result, RESULT_NOTFOUND); /* else: a new table has no place in the bundle */
    assert_int_equal(index, 27);
    assert_int_equal(kept, COUNT(left));
}

static void a_statement_and_its_reopening_are_there(void **state)
{
    (void)state;
    close_and_reopen();
    struct sheet *statements = extract("statements.csv");
    struct sheet *rows = extract("statement_rows.csv");
    char number[NUMBER_TEXT];

    assert_int_equal(statements->row_count, 1);
    assert_string_equal(sheet_get(statements, 0, "reopen_reason"), "漏登一户");
    assert_string_equal(sheet_get(statements, 0, "area"), "211122001000");
    assert_int_equal(strlen(sheet_get(statements, 0, "hash")), 64);
    assert_true(rows->row_count > 0);
    snprintf(number, sizeof number, "%zu", rows->row_count);
    assert_string_equal(sheet_get(statements, 0, "rows"), number);
    sheet_free(&statements);
    sheet_free(&rows);
}

/** No password, nothing computed from one, no session's secret. */
static void no_secret_is_in_any_file(void **state)
{
    char *text = office_contents(&office, true);

    (void)state;
    assert_null(strstr(text, "$y$"));
    assert_null(strstr(text, "$7$"));
    assert_null(strstr(text, "Correct-Horse"));
    free(text);
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
        enum result result = file->rows(office.service, file, stop, &rows);
        assert_result(result, rows > 0 ? RESULT_FULL : RESULT_OK);
        assert_true(rows <= 1);
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
    struct extract_line line = {.row = keep, .arg = &text, .columns = 4};

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
        cmocka_unit_test_setup_teardown(every_cell_is_what_the_dictionary_says, set_up, tear_down),
        cmocka_unit_test(the_dictionary_has_no_other_columns),
        cmocka_unit_test_setup_teardown(every_field_has_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(every_table_is_counted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_statement_and_its_reopening_are_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(no_secret_is_in_any_file, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
