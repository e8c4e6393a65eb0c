#include "rig.h"

#include "base/idno.h"
#include "base/mem.h"
#include "service/officers/officer.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * What is in the home before the torture begins: one county, its streets with two villages each,
 * two officers per street, and people who are owed a visit a month.
 */

enum { ROWS_PER_REQUEST = 250 };

#define TEXT(text) ((char[]){text})

const char *rig_street(size_t street)
{
    static const char *const STREETS[RIG_STREETS] = {"211102002", "211102003", "211102004",
                                                     "211102005"};

    return STREETS[street];
}

const char *rig_officer(size_t street, int role)
{
    static const char *const OFFICERS[][RIG_STREETS] = {{"1001", "1002", "1003", "1004"},
                                                        {"2001", "2002", "2003", "2004"}};

    return OFFICERS[role - 1][street];
}

void rig_id_no(size_t person, char id_no[19])
{
    snprintf(id_no, 19, "211102%04d%02d%02d%03d", 1935 + (int)(person / 336 % 20),
             1 + (int)(person % 12), 1 + (int)(person / 12 % 28), 1 + (int)(person / 6720 % 999));
    id_no[17] = idno_check(id_no);
    id_no[18] = '\0';
}

static void add_division(Wire__Sheet *sheet, const char *code, const char *name, const char *parent,
                         const char *level)
{
    const char *cells[] = {code, name, parent, level};

    for (size_t i = 0; i < COUNT(cells); i++)
        sheet->cells[sheet->n_cells++] = mem_copy(cells[i]);
}

static void add_street(Wire__Sheet *sheet, size_t street)
{
    char *code = mem_printf("%s000", rig_street(street));

    add_division(sheet, code, "胜利街道", RIG_COUNTY "000000", "street");
    for (int village = 1; village <= 2; village++) {
        char *inner = mem_printf("%s%03d", rig_street(street), village);

        add_division(sheet, inner, "旌旗社区", code, "village");
        free(inner);
    }
    free(code);
}

static void make_divisions(struct client *client)
{
    enum { CELLS = 4 * (3 + 3 * RIG_STREETS) };
    char *columns[] = {TEXT("code"), TEXT("name"), TEXT("parent"), TEXT("level")};
    char *cells[CELLS];
    Wire__Sheet divisions = WIRE__SHEET__INIT;
    Wire__Init init = WIRE__INIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response;

    divisions.n_columns = COUNT(columns);
    divisions.columns = columns;
    divisions.cells = cells;
    add_division(&divisions, "210000000000", "辽宁省", "", "province");
    add_division(&divisions, "211100000000", "盘锦市", "210000000000", "city");
    add_division(&divisions, RIG_COUNTY "000000", "双台子区", "211100000000", "county");
    for (size_t street = 0; street < RIG_STREETS; street++)
        add_street(&divisions, street);
    init.area = TEXT(RIG_COUNTY);
    init.first_month = TEXT(RIG_MONTH);
    init.divisions = &divisions;
    request.what_case = WIRE__REQUEST__WHAT_INIT;
    request.init = &init;
    response = rig_ask(client, &request);
    client_response_free(&response);
    for (size_t i = 0; i < divisions.n_cells; i++)
        free(cells[i]);
}

static void make_officers(struct client *client)
{
    for (size_t i = 0; i < 2 * (size_t)RIG_STREETS; i++) {
        size_t street = i / 2;
        int role = (int)(i % 2) + 1;
        Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
        Wire__Request request = WIRE__REQUEST__INIT;
        Wire__Response *response;

        add.id = mem_copy(rig_officer(street, role));
        add.name = TEXT("张敏");
        add.role = role == 1 ? TEXT("street") : TEXT("chief");
        add.area = mem_copy(rig_street(street));
        request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
        request.officer_add = &add;
        response = rig_ask(client, &request);
        client_response_free(&response);
        free(add.id);
        free(add.area);
    }
}

static char *make_person(size_t person)
{
    char id_no[19];

    rig_id_no(person, id_no);
    return mem_printf("%s%03d,王桂%03zu,%s,独居,低,2025-08-01", rig_street(person % RIG_STREETS),
                      1 + (int)(person / RIG_STREETS % 2), person % 1000, id_no);
}

// ---- imports

/** Splits a line in place. */
static char **split(char *line, size_t *ret_count)
{
    size_t count = 1;
    char **cells;

    for (const char *c = line; *c != '\0'; c++)
        count += *c == ',';
    cells = mem_array(count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = strsep(&line, ",");
    *ret_count = count;
    return cells;
}

static enum result open_import(struct client *client, const struct rig_rows *rows, char **ret_batch)
{
    Wire__ImportOpen open = WIRE__IMPORT_OPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *headers = mem_copy(rows->headers);
    char *kind = mem_copy(rows->kind);
    enum result result;

    open.kind = kind;
    open.file = TEXT("rows.csv");
    open.headers = split(headers, &open.n_headers);
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_OPEN;
    request.import_open = &open;
    result = client_call(client, &request, &response);
    if (result == 0)
        *ret_batch = mem_copy(response->import_opened->batch);
    client_response_free(&response);
    free(open.headers);
    free(headers);
    free(kind);
    return result;
}

/** Sends a request of an import and adds what was answered. */
static enum result send_part(struct client *client, Wire__Request *request,
                             struct rig_figures *figures)
{
    Wire__Response *response = NULL;
    enum result result = client_call(client, request, &response);

    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_IMPORT) {
        figures->accepted += response->import->accepted;
        figures->refused += response->import->refused;
        figures->households_accepted += response->import->households_accepted;
    }
    client_response_free(&response);
    return result == RESULT_PARTIAL ? RESULT_OK : result;
}

static enum result send_rows(struct client *client, const struct rig_rows *rows, char *batch,
                             size_t from, struct rig_figures *figures)
{
    Wire__ImportRow row[ROWS_PER_REQUEST];
    Wire__ImportRow *pointers[ROWS_PER_REQUEST];
    char *lines[ROWS_PER_REQUEST];
    Wire__ImportRows part = WIRE__IMPORT_ROWS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result;

    part.batch = batch;
    part.rows = pointers;
    for (; part.n_rows < ROWS_PER_REQUEST && from + part.n_rows < rows->count; part.n_rows++) {
        size_t i = part.n_rows;

        wire__import_row__init(&row[i]);
        lines[i] = rows->row(from + i);
        row[i].line = (uint32_t)(from + i + 2);
        row[i].cells = split(lines[i], &row[i].n_cells);
        pointers[i] = &row[i];
    }
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_ROWS;
    request.import_rows = &part;
    result = send_part(client, &request, figures);
    for (size_t i = 0; i < part.n_rows; i++) {
        free(row[i].cells);
        free(lines[i]);
    }
    return result;
}

enum result rig_import(struct rig *rig, const struct rig_rows *rows,
                       struct rig_figures *ret_figures)
{
    struct client *client = rig_open(rig, NULL);
    Wire__ImportEnd end = WIRE__IMPORT_END__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *batch = NULL;
    enum result result = open_import(client, rows, &batch);

    *ret_figures = (struct rig_figures){0};
    for (size_t from = 0; result == 0 && from < rows->count; from += ROWS_PER_REQUEST)
        result = send_rows(client, rows, batch, from, ret_figures);
    if (result == 0) {
        end.batch = batch;
        request.what_case = WIRE__REQUEST__WHAT_IMPORT_END;
        request.import_end = &end;
        result = send_part(client, &request, ret_figures);
    }
    free(batch);
    client_close(&client);
    return result;
}

// ---- the whole home

void rig_fill(struct rig *rig)
{
    struct client *client = rig_open(rig, NULL);
    struct rig_rows rows = {.kind = "tanfang",
                            .headers = "区划代码,姓名,身份证号,类别,风险等级,纳入日期",
                            .count = RIG_PEOPLE,
                            .row = make_person};
    struct rig_figures figures;

    make_divisions(client);
    make_officers(client);
    client_close(&client);
    assert_result(rig_import(rig, &rows, &figures), RESULT_OK);
    assert_int_equal(figures.accepted, RIG_PEOPLE);
}
