#include "ledger_fixture.h"

#include "census_unit.h"
#include "limit_unit.h"

#include "base/heading.h"
#include "bundle/extract.h"
#include "exchange/csv.h"
#include "exchange/filetable.h"
#include "service/frame/usecase.h"
#include "service/import/import_column.h"
#include "service/keeping/init.h"
#include "service/memory/state.h"

#include <unistd.h>

enum { ROWS_PER_REQUEST = 100 };

// ---- the home

static enum result take_division(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct sheet *sheet = arg;

    if (line == 1)
        return RESULT_OK;
    assert_int_equal(count, 4);
    size_t row = sheet_add_row(sheet);
    for (size_t i = 0; i < 4; i++)
        sheet_set(sheet, row, sheet->columns[i], cells[i]);
    return RESULT_OK;
}

static void initialise(struct office *office, const char *area, const char *level,
                       const char *first_month)
{
    struct sheet *divisions = column_sheet(&COLUMNS_AREAS);
    struct csv_style style;
    char *message = NULL;
    struct init_input input = {
        .area = area,
        .level = level,
        .first_month = first_month,
        .admin_password = "Correct-Horse-9",
        .divisions = divisions,
    };

    assert_ok(csv_read(TESTS_DATA "/../../share/divisions-2111.csv", CSV_AUTO, take_division,
                       divisions, &style, &message));
    assert_ok(init_new_home(office->service, &office->system, &input, &office->reply));
    sheet_free(&divisions);
}

struct caller office_officer(const struct office *office, enum role role, const char *officer,
                             const char *area)
{
    struct caller caller = office->street;

    memset(caller.session, *officer, sizeof caller.session);
    snprintf(caller.officer, sizeof caller.officer, "%s", officer);
    snprintf(caller.area, sizeof caller.area, "%s", area);
    caller.role = role;
    caller.number = 0;
    return caller;
}

static struct caller street_officer(void)
{
    struct caller caller = {.number = 1,
                            .role = ROLE_STREET,
                            .officer = "1001",
                            .name = "张敏",
                            .area = "211100000000"};

    memset(caller.session, 7, sizeof caller.session);
    return caller;
}

void office_make(struct office *office, const char *today, const char *first_month)
{
    office_make_of(office, "2111", "", today, first_month);
}

void office_make_of(struct office *office, const char *area, const char *level, const char *today,
                    const char *first_month)
{
    char *forms = paths_data("forms");
    struct service_options options = {.forms = forms, .create = true, .today = today};
    char *message = NULL;
    struct census_figures unused;
    int lock;

    *office = (struct office){.home = home_make()};
    options.home = office->home.path;
    assert_ok(store_lock_home(office->home.path, true, &lock));
    close(lock);
    if (service_open(&options, &office->service, &message) != 0)
        fail_msg("%s", message);
    free(forms);
    assert_ok(census_get(office->service, &unused));
    office->system = facts_system(office->service);
    office->street = street_officer();
    initialise(office, area, level, first_month);
}

void office_reopen(struct office *office, const char *today)
{
    char *forms = paths_data("forms");
    struct service_options options = {.forms = forms, .home = office->home.path, .today = today};
    char *message = NULL;
    struct census_figures unused;

    service_close(&office->service);
    if (service_open(&options, &office->service, &message) != 0)
        fail_msg("%s", message);
    free(forms);
    assert_ok(census_get(office->service, &unused));
}

void office_remove(struct office *office)
{
    limit_unit_begin();
    reply_free(&office->reply);
    census_unit_check(office->service);
    service_close(&office->service);
    remove_tree(office->home.root);
    free(office->home.root);
    free(office->home.path);
    limit_unit_end();
}

// ---- reading files

struct reading {
    struct office *office;
    struct import *import;
    struct import_result total;
};

static enum result flush(struct reading *reading, bool end)
{
    struct import_result part = {0};
    struct office *office = reading->office;
    enum result result = import_flush(reading->import, &office->street, end, &part, &office->reply);

    office->street.number++;
    if (result != 0)
        return result;
    reading->total.rows += part.rows;
    reading->total.accepted += part.accepted;
    reading->total.refused += part.refused;
    reading->total.households += part.households;
    reading->total.households_accepted += part.households_accepted;
    sheet_append(reading->total.refusals, &part.refusals);
    sheet_append(reading->total.remarks, &part.remarks);
    sheet_append(reading->total.differences, &part.differences);
    return RESULT_OK;
}

/** Which headings are known, as the server knows them. */
struct knowing {
    struct office *office;
    const char *kind;
};

static bool is_known_text(const char *text, void *arg)
{
    const struct knowing *knowing = arg;
    const struct forms *forms = service_forms(knowing->office->service);
    const struct form *form =
        strcmp(knowing->kind, "visit") == 0 ? NULL : forms_get(forms, knowing->kind);
    struct import_column column = {.name = ""};

    return import_heading_find(forms, form, text, &column);
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    return heading_read(group, heading, is_known_text, arg);
}

static enum result open_import(struct reading *reading, struct filetable *table,
                               const struct import_options *options)
{
    struct office *office = reading->office;
    size_t count = filetable_column_count(table);
    struct import_heading *headings = mem_array(count, sizeof *headings);
    struct import_options own = *options;
    struct sheet *columns = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct filetable_column *column = filetable_column(table, i);
        headings[i] = (struct import_heading){
            .text = column->heading, .group = column->group, .blank = *column->sample == '\0'};
    }
    own.heading_count = count;
    own.headings = headings;
    enum result result = import_open(office->service, &office->street, &own, &reading->import,
                                     &columns, &office->reply);
    office->street.number++;
    sheet_free(&columns);
    free(headings);
    return result;
}

static enum result send_rows(struct reading *reading, struct filetable *table)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < filetable_row_count(table) && result == 0; i++) {
        struct filetable_row row = filetable_row(table, i);
        assert_ok(import_row(reading->import,
                             &(struct import_input){row.number, row.count, row.cells,
                                                    row.fault != NULL ? row.fault : ""}));
        if ((i + 1) % ROWS_PER_REQUEST == 0)
            result = flush(reading, false);
    }
    return result == 0 ? flush(reading, true) : result;
}

enum result office_import_with(struct office *office, const char *path,
                               const struct import_options *options,
                               struct import_result *ret_result, char **ret_batch)
{
    struct reading reading = {.office = office};
    struct knowing knowing = {office, options->kind};
    struct filetable *table = NULL;
    char *message = NULL;

    reply_free(&office->reply);
    reading.total.refusals = column_sheet(&COLUMNS_REFUSALS);
    reading.total.remarks = column_sheet(&COLUMNS_REMARKS);
    reading.total.differences = column_sheet(&COLUMNS_DIFFERENCES);
    if (filetable_read(path, &(struct filetable_options){.known = is_known, .arg = &knowing},
                       &table, &message) != 0)
        fail_msg("%s: %s", path, message);
    enum result result = open_import(&reading, table, options);
    if (result == 0)
        result = send_rows(&reading, table);
    if (result == 0) {
        *ret_result = reading.total;
        *ret_batch = mem_copy(import_batch(reading.import));
    } else {
        import_result_free(&reading.total);
    }
    import_free(&reading.import);
    filetable_free(&table);
    return result;
}

enum result office_import(struct office *office, const char *kind, const char *path, bool dry_run,
                          struct import_result *ret_result, char **ret_batch)
{
    return office_import_with(
        office, path,
        &(struct import_options){.kind = kind, .file = path, .dry_run = dry_run, .save_map = ""},
        ret_result, ret_batch);
}

enum result office_import_text(struct office *office, const char *kind, const char *text,
                               bool dry_run, struct import_result *ret_result, char **ret_batch)
{
    char *path = paths_join(office->home.root, "rows.csv");
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    enum result result = office_import(office, kind, path, dry_run, ret_result, ret_batch);
    free(path);
    return result;
}

char *office_ledger(struct office *office, const char *kind, const char *name,
                    struct import_result *ret_result)
{
    char *path = mem_printf(TESTS_DATA "/ledgers/%s", name);
    char *batch = NULL;
    enum result result = office_import(office, kind, path, false, ret_result, &batch);

    if (result != 0)
        fail_msg("%s: %s", name, office->reply.message);
    free(path);
    return batch;
}

void office_ledgers(struct office *office)
{
    static const char *const ledgers[][2] = {
        {"dibao", "低保.csv"},
        {"tekun", "特困.csv"},
        {"tanfang", "探访对象.csv"},
        {"ertong", "孤儿.csv"},
        {"visit", "探访记录-2026-10.csv"},
    };

    for (size_t i = 0; i < COUNT(ledgers); i++) {
        struct import_result result = {0};
        free(office_ledger(office, ledgers[i][0], ledgers[i][1], &result));
        import_result_free(&result);
    }
}

// ---- what is stored

struct contents {
    struct str text;
    size_t columns;
};

static enum result add_row(const char *const *cells, void *arg)
{
    struct contents *contents = arg;

    csv_add_row(&contents->text, cells, contents->columns, false);
    return RESULT_OK;
}

char *office_contents(struct office *office, bool events)
{
    struct contents contents = {0};
    const struct extract_file *file;

    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        if (strcmp(file->name, "events.csv") == 0 && !events)
            continue;
        contents.columns = file->column_count;
        str_printf(&contents.text, "# %s\n", file->name);
        assert_ok(file->rows(office->service, file, add_row, &contents));
    }
    return str_take(&contents.text);
}
