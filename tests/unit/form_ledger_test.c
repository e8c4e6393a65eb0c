/*
 * What offices really have: every row of tests/data/ledgers is parsed and checked by its form, and
 * what the form alone can know must come out as expected.json says.
 */
#include "forms_fixture.h"

#include "base/fields.h"
#include "base/mem.h"
#include "base/problems.h"
#include "base/words.h"
#include "exchange/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <yaml.h>

#define LEDGERS TESTS_DATA "/ledgers/"

enum { LINES_MAX = 512, COLUMNS_MAX = 32, AREAS_MAX = 1024 };

/* Causes that no form can see: they compare with what is stored. */
static const char *const stored_causes[] = {"该人已在", "该人已有在册", "不在册"};

struct ledger {
    const char *file;
    const char *kind; /* in the catalogue */
    size_t refused;   /* by the form alone */
};

static const struct ledger ledgers[] = {
    {"探访对象.csv", "tanfang", 18},
    {"低保.csv", "dibao", 4},
    {"特困.csv", "tekun", 0},
    {"孤儿.csv", "ertong", 0},
    {"探访记录-2026-10.csv", "visit_elder", 1},
};

static char areas[AREAS_MAX][AREA_TEXT];
static size_t area_count;

// ---- divisions

static enum result add_area(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    (void)arg;
    if (line == 1 || count == 0)
        return RESULT_OK;
    assert_true(area_count < AREAS_MAX);
    (void)snprintf(areas[area_count++], sizeof areas[0], "%s", cells[0]);
    return RESULT_OK;
}

static bool area_exists(const char *code, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < area_count; i++)
        if (strcmp(areas[i], code) == 0)
            return true;
    return false;
}

// ---- rows

struct row {
    uint32_t line;
    size_t count;
    char *cells[COLUMNS_MAX];
};

struct table {
    struct row heading;
    size_t count;
    struct row rows[LINES_MAX];
};

static enum result add_row(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct table *table = arg;
    assert_true(table->count < LINES_MAX && count <= COLUMNS_MAX);
    struct row *row = table->heading.count == 0 ? &table->heading : &table->rows[table->count++];
    row->line = line;
    row->count = count;
    for (size_t i = 0; i < count; i++)
        row->cells[i] = mem_copy(cells[i]);
    return RESULT_OK;
}

static void free_row(struct row *row)
{
    for (size_t i = 0; i < row->count; i++)
        free(row->cells[i]);
}

static void read_table(const char *file, csv_row_fn row, void *arg)
{
    struct csv_style style = {0};
    char *message = NULL;
    if (csv_read(file, CSV_AUTO, row, arg, &style, &message) != 0)
        fail_msg("%s: %s", file, message);
    free(message);
}

static const char *field_of(const struct form *form, const char *header)
{
    for (size_t i = 0; i < form->alias_count; i++)
        if (strcmp(form->aliases[i].header, header) == 0)
            return form->aliases[i].field;
    fail_msg("%s: no field for column %s", form->kind, header);
    return NULL;
}

static const char *cell_of(const struct table *table, const struct row *row, const char *header)
{
    for (size_t i = 0; i < table->heading.count; i++)
        if (strcmp(table->heading.cells[i], header) == 0)
            return row->cells[i];
    return "";
}

/* One row's cells into the values; a household's first row is its head, `member` counts on. */
static void put_row(const struct form *form, const struct table *table, const struct row *row,
                    size_t member, struct fields *values)
{
    for (size_t i = 0; i < row->count; i++) {
        const char *field = field_of(form, table->heading.cells[i]);
        if (strncmp(field, "members.", 8) == 0)
            fields_set_row(values, "members", member, field + 8, row->cells[i]);
        else if (strncmp(field, "head.", 5) == 0 && member == 0)
            fields_set_row(values, "members", 0, field + 5, row->cells[i]);
        else if (strncmp(field, "head.", 5) != 0 && member == 0)
            fields_set(values, field, row->cells[i]);
    }
}

// ---- what was expected

struct expected {
    size_t count;
    struct {
        int line;
        char why[128];
    } items[LINES_MAX];
};

static yaml_node_t *child(yaml_document_t *document, yaml_node_t *node, const char *key)
{
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++)
        if (strcmp((char *)yaml_document_get_node(document, pair->key)->data.scalar.value, key) ==
            0)
            return yaml_document_get_node(document, pair->value);
    fail_msg("expected.json: no %s", key);
    return NULL;
}

static bool is_stored_cause(const char *why)
{
    for (size_t i = 0; i < COUNT(stored_causes); i++)
        if (strstr(why, stored_causes[i]) != NULL)
            return true;
    return false;
}

/* JSON is YAML. */
static void read_expected(const char *file, struct expected *expected)
{
    yaml_parser_t parser;
    yaml_document_t document;
    FILE *json = fopen(LEDGERS "expected.json", "rb");
    assert_non_null(json);
    assert_int_not_equal(yaml_parser_initialize(&parser), 0);
    yaml_parser_set_input_file(&parser, json);
    assert_int_not_equal(yaml_parser_load(&parser, &document), 0);
    yaml_node_t *rejected = child(
        &document, child(&document, yaml_document_get_root_node(&document), file), "rejected");
    for (yaml_node_item_t *item = rejected->data.sequence.items.start;
         item < rejected->data.sequence.items.top; item++) {
        yaml_node_t *entry = yaml_document_get_node(&document, *item);
        const char *why = (char *)child(&document, entry, "why")->data.scalar.value;
        if (is_stored_cause(why))
            continue;
        expected->items[expected->count].line =
            (int)strtol((char *)child(&document, entry, "line")->data.scalar.value, NULL, 10);
        (void)snprintf(expected->items[expected->count++].why, sizeof expected->items[0].why,
                       "%.*s", (int)strcspn(why, "，"), why);
    }
    yaml_document_delete(&document);
    yaml_parser_delete(&parser);
    (void)fclose(json);
}

static const char *expected_of(const struct expected *expected, uint32_t from, uint32_t to)
{
    for (size_t i = 0; i < expected->count; i++)
        if (expected->items[i].line >= (int)from && expected->items[i].line <= (int)to)
            return expected->items[i].why;
    return NULL;
}

// ---- the test

/* Checks one record, rows `first` to `last`; true if it was refused. */
static bool check_record(const struct ledger *ledger, const struct table *table, size_t first,
                         size_t last, const struct expected *expected)
{
    const struct form *form = form_of(ledger->kind);
    const struct type_context context = {.today = date_make(2026, 11, 23),
                                         .area_exists = area_exists};
    struct fields values = {0};
    struct problems problems = {0};
    for (size_t i = first; i <= last; i++)
        put_row(form, table, &table->rows[i], i - first, &values);
    form_fill(form, &values, context.today);
    bool fine = form_check(form, &context, &values, &problems);
    const char *why = expected_of(expected, table->rows[first].line, table->rows[last].line);
    if (why == NULL && !fine)
        fail_msg("%s:%u: refused: %s", ledger->file, table->rows[first].line,
                 problems_first(&problems));
    if (why != NULL && fine)
        fail_msg("%s:%u: accepted, expected: %s", ledger->file, table->rows[first].line, why);
    if (why != NULL && strstr(problems_first(&problems), why) == NULL)
        fail_msg("%s:%u: expected %s, got %s", ledger->file, table->rows[first].line, why,
                 problems_first(&problems));
    problems_free(&problems);
    fields_free(&values);
    return !fine;
}

static void checks_ledger(void **state)
{
    const struct ledger *ledger = *state;
    struct table *table = mem_new(sizeof *table);
    struct expected *expected = mem_new(sizeof *expected);
    char *path = mem_printf(LEDGERS "%s", ledger->file);
    bool household = form_of(ledger->kind)->subject == FORM_HOUSEHOLD;
    size_t refused = 0;
    read_table(path, add_row, table);
    read_expected(ledger->file, expected);
    for (size_t first = 0, last = 0; first < table->count; first = last + 1) {
        const char *head = cell_of(table, &table->rows[first], "户主身份证号");
        last = first;
        while (household && last + 1 < table->count &&
               strcmp(cell_of(table, &table->rows[last + 1], "户主身份证号"), head) == 0)
            last++;
        refused += check_record(ledger, table, first, last, expected);
    }
    assert_int_equal(refused, ledger->refused);
    for (size_t i = 0; i < table->count; i++)
        free_row(&table->rows[i]);
    free_row(&table->heading);
    free(table);
    free(expected);
    free(path);
}

static int load(void **state)
{
    char *divisions = paths_data("divisions-2111.csv");
    read_table(divisions, add_area, NULL);
    free(divisions);
    return load_catalogue(state);
}

int main(void)
{
    struct CMUnitTest tests[COUNT(ledgers)];
    for (size_t i = 0; i < COUNT(ledgers); i++)
        tests[i] = (struct CMUnitTest){.name = ledgers[i].file,
                                       .test_func = checks_ledger,
                                       .initial_state = (void *)(uintptr_t)&ledgers[i]};
    return cmocka_run_group_tests(tests, load, unload_catalogue);
}
