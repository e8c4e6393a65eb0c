#include "exchange/upload.h"

#include "base/columns.h"
#include "base/heading.h"
#include "base/mem.h"
#include "base/text.h"
#include "wire/client.h"
#include "wire/convert.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_PER_REQUEST = 500 };

void upload_free(struct upload *upload)
{
    filetable_free(&upload->table);
    sheet_free(&upload->known);
    sheet_free(&upload->headings);
    sheet_free(&upload->refusals);
    sheet_free(&upload->remarks);
    sheet_free(&upload->differences);
    str_free(&upload->notes);
    fields_free(&upload->map);
    fields_free(&upload->skip);
    free(upload->message);
    free(upload->batch);
    *upload = (struct upload){0};
}

/** Sends a request; keeps the message of a failure. */
static enum result call(struct upload *upload, Wire__Request *request,
                        Wire__Response **ret_response)
{
    enum result result = upload->call(request, ret_response, upload->arg);

    if (result == 0 || result == RESULT_PARTIAL)
        return RESULT_OK;
    free(upload->message);
    upload->message = mem_copy(client_words(result, *ret_response));
    return result;
}

// ---- the table

/** Known headings, sorted for bsearch(). */
struct headings {
    size_t count, capacity;
    char **items;
};

static int compare_texts(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_heading(struct headings *headings, const char *text)
{
    mem_grow((void **)&headings->items, headings->count, &headings->capacity,
             sizeof *headings->items);
    headings->items[headings->count++] = heading_clean(text);
}

static void list_headings(const struct upload *upload, struct headings *headings)
{
    for (size_t i = 0; i < upload->known->row_count; i++) {
        const char *at = sheet_get(upload->known, i, "headings");
        while (*at != '\0') {
            size_t length = strcspn(at, "\n");
            char *text = mem_copy_bytes(at, length);
            add_heading(headings, text);
            free(text);
            at += length + (at[length] == '\n');
        }
    }
    for (size_t i = 0; i < upload->map.count; i++)
        add_heading(headings, upload->map.items[i].name);
    for (size_t i = 0; i < upload->skip.count; i++)
        add_heading(headings, upload->skip.items[i].name);
    if (headings->count > 0)
        qsort(headings->items, headings->count, sizeof *headings->items, compare_texts);
}

static void headings_free(struct headings *headings)
{
    for (size_t i = 0; i < headings->count; i++)
        free(headings->items[i]);
    free(headings->items);
}

static bool is_listed(const char *text, void *arg)
{
    const struct headings *headings = arg;

    return headings->count > 0 && bsearch(&text, headings->items, headings->count,
                                          sizeof *headings->items, compare_texts) != NULL;
}

static bool is_known(const char *group, const char *heading, void *arg)
{
    return heading_read(group, heading, is_listed, arg);
}

static enum result ask_known(struct upload *upload)
{
    Wire__ImportFields fields = WIRE__IMPORT_FIELDS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    fields.kind = (char *)(uintptr_t)upload->kind;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_FIELDS;
    request.import_fields = &fields;
    enum result result = call(upload, &request, &response);
    if (result == 0 && response->what_case != WIRE__RESPONSE__WHAT_SHEET)
        result = RESULT_PROTOCOL;
    if (result == 0)
        upload->known = wire_sheet_read(response->sheet);
    client_response_free(&response);
    return result;
}

enum result upload_read(struct upload *upload)
{
    struct headings headings = {0};
    enum result result = ask_known(upload);

    if (result != 0)
        return result;
    list_headings(upload, &headings);
    result = filetable_read(upload->path,
                            &(struct filetable_options){.encoding = upload->encoding,
                                                        .sheet = upload->sheet,
                                                        .known = is_known,
                                                        .arg = &headings},
                            &upload->table, &upload->message);
    headings_free(&headings);
    if (result == 0)
        str_add(&upload->notes, filetable_notes(upload->table));
    return result;
}

// ---- the columns

/** The request to open an import, with the arrays it borrows. */
struct opening {
    Wire__ImportOpen open;
    Wire__Value *values;
    Wire__ImportTake *takes;
};

static void add_map(struct opening *opening, const struct upload *upload)
{
    size_t count = upload->map.count + upload->skip.count;

    opening->values = mem_array(count, sizeof *opening->values);
    opening->open.map = mem_array(count, sizeof *opening->open.map);
    for (size_t i = 0; i < count; i++) {
        Wire__Value *value = &opening->values[i];
        bool mapped = i < upload->map.count;
        wire__value__init(value);
        value->name =
            mapped ? upload->map.items[i].name : upload->skip.items[i - upload->map.count].name;
        value->value = mapped ? upload->map.items[i].value : (char *)"";
        opening->open.map[i] = value;
    }
    opening->open.n_map = count;
}

static void add_takes(struct opening *opening, const struct upload *upload)
{
    size_t count = upload->take_count;

    opening->takes = mem_array(count, sizeof *opening->takes);
    opening->open.take = mem_array(count, sizeof *opening->open.take);
    for (size_t i = 0; i < count; i++) {
        wire__import_take__init(&opening->takes[i]);
        opening->takes[i].line = upload->takes[i].row;
        opening->takes[i].field = (char *)(uintptr_t)upload->takes[i].field;
        opening->open.take[i] = &opening->takes[i];
    }
    opening->open.n_take = count;
}

static void add_columns(struct opening *opening, const struct upload *upload)
{
    size_t count = filetable_column_count(upload->table);

    opening->open.headers = mem_array(count, sizeof *opening->open.headers);
    opening->open.groups = mem_array(count, sizeof *opening->open.groups);
    opening->open.blank = mem_array(count, sizeof *opening->open.blank);
    for (size_t i = 0; i < count; i++) {
        const struct filetable_column *column = filetable_column(upload->table, i);
        opening->open.headers[i] = column->heading;
        opening->open.groups[i] = column->group;
        opening->open.blank[i] = *column->sample == '\0';
    }
    opening->open.n_headers = opening->open.n_groups = opening->open.n_blank = count;
}

static void opening_free(struct opening *opening)
{
    free(opening->open.headers);
    free(opening->open.groups);
    free(opening->open.blank);
    free(opening->open.map);
    free(opening->open.take);
    free(opening->values);
    free(opening->takes);
}

static void take_opened(struct upload *upload, const Wire__Response *response)
{
    const Wire__ImportOpened *opened = response->import_opened;

    sheet_free(&upload->headings);
    if (opened->columns != NULL)
        upload->headings = wire_sheet_read(opened->columns);
    free(upload->batch);
    upload->batch = mem_copy(opened->batch);
    str_clear(&upload->notes);
    str_add(&upload->notes, filetable_notes(upload->table));
    for (size_t i = 0; i < opened->n_notes; i++)
        str_add(&upload->notes, opened->notes[i]);
}

static enum result open_import(struct upload *upload, bool dry_run)
{
    struct opening opening = {.open = WIRE__IMPORT_OPEN__INIT};
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    const char *name = strrchr(upload->path, '/');

    opening.open.kind = (char *)(uintptr_t)upload->kind;
    opening.open.file = (char *)(uintptr_t)(name != NULL ? name + 1 : upload->path);
    opening.open.dry_run = dry_run;
    opening.open.save_map = (char *)(uintptr_t)(upload->save_map != NULL ? upload->save_map : "");
    add_columns(&opening, upload);
    add_map(&opening, upload);
    add_takes(&opening, upload);
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_OPEN;
    request.import_open = &opening.open;
    enum result result = call(upload, &request, &response);
    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_IMPORT_OPENED)
        take_opened(upload, response);
    client_response_free(&response);
    opening_free(&opening);
    return result;
}

enum result upload_open(struct upload *upload)
{
    return open_import(upload, true);
}

// ---- the rows

static void add_sheet(struct sheet *to, const Wire__Sheet *sheet)
{
    struct sheet *rows = sheet != NULL ? wire_sheet_read(sheet) : NULL;

    if (rows != NULL)
        sheet_append(to, &rows);
}

/** Adds the server's answer to the totals. */
static void take_answer(struct upload *upload, const Wire__ImportDone *done)
{
    upload->accepted += done->accepted;
    upload->refused += done->refused;
    upload->households += done->households;
    upload->households_accepted += done->households_accepted;
    add_sheet(upload->refusals, done->refusals);
    add_sheet(upload->remarks, done->remarks);
    add_sheet(upload->differences, done->differences);
}

static enum result send(struct upload *upload, Wire__Request *request)
{
    Wire__Response *response = NULL;
    enum result result = call(upload, request, &response);

    if (response != NULL && response->what_case == WIRE__RESPONSE__WHAT_IMPORT)
        take_answer(upload, response->import);
    client_response_free(&response);
    return result;
}

/** Lends a row's cells to the request. */
static void fill_row(const struct filetable_row *row, Wire__ImportRow *to)
{
    wire__import_row__init(to);
    to->line = row->number;
    to->n_cells = row->count;
    to->cells = mem_array(row->count, sizeof *to->cells);
    for (size_t i = 0; i < row->count; i++)
        to->cells[i] = (char *)(uintptr_t)row->cells[i];
    if (row->fault != NULL)
        to->fault = (char *)(uintptr_t)row->fault;
}

static enum result send_rows(struct upload *upload, size_t from, size_t to)
{
    Wire__ImportRow rows[ROWS_PER_REQUEST];
    Wire__ImportRow *pointers[ROWS_PER_REQUEST];
    Wire__ImportRows part = WIRE__IMPORT_ROWS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    for (size_t i = from; i < to; i++) {
        struct filetable_row row = filetable_row(upload->table, i);
        fill_row(&row, &rows[i - from]);
        pointers[i - from] = &rows[i - from];
    }
    part.batch = upload->batch;
    part.n_rows = to - from;
    part.rows = pointers;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_ROWS;
    request.import_rows = &part;
    enum result result = send(upload, &request);
    for (size_t i = from; i < to; i++)
        free(rows[i - from].cells);
    upload->read += to - from;
    return result;
}

static enum result send_end(struct upload *upload)
{
    Wire__ImportEnd end = WIRE__IMPORT_END__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    end.batch = upload->batch;
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_END;
    request.import_end = &end;
    return send(upload, &request);
}

static void forget_answers(struct upload *upload)
{
    upload->read = upload->accepted = upload->refused = 0;
    upload->households = upload->households_accepted = 0;
    sheet_free(&upload->refusals);
    sheet_free(&upload->remarks);
    sheet_free(&upload->differences);
    upload->refusals = column_sheet(&COLUMNS_REFUSALS);
    upload->remarks = column_sheet(&COLUMNS_REMARKS);
    upload->differences = column_sheet(&COLUMNS_DIFFERENCES);
    free(upload->message);
    upload->message = NULL;
}

enum result upload_run(struct upload *upload, bool dry_run)
{
    size_t count = filetable_row_count(upload->table);

    forget_answers(upload);
    enum result result = open_import(upload, dry_run);
    for (size_t from = 0; from < count && result == 0; from += ROWS_PER_REQUEST)
        result = send_rows(upload, from,
                           from + ROWS_PER_REQUEST < count ? from + ROWS_PER_REQUEST : count);
    return result == 0 ? send_end(upload) : result;
}

// ---- afterwards

char *upload_ignored(const struct upload *upload)
{
    struct str text = {0};

    for (size_t i = 0; upload->headings != NULL && i < upload->headings->row_count; i++)
        if (*sheet_get(upload->headings, i, "ignored") != '\0')
            str_printf(&text, "%s%s", text.length > 0 ? "、" : "",
                       sheet_get(upload->headings, i, "heading"));
    return str_take(&text);
}

static enum result write_sheet(struct upload *upload, const struct sheet *sheet, const char *ending,
                               size_t columns)
{
    return filetable_write_beside(upload->table, upload->path, ending, sheet, columns,
                                  &upload->message);
}

enum result upload_write(struct upload *upload)
{
    enum result result =
        write_sheet(upload, upload->refusals, "refused", COLUMNS_REFUSALS.contract);

    if (result == 0)
        result = write_sheet(upload, upload->remarks, "remarks", COLUMNS_REMARKS.contract);
    if (result == 0)
        result =
            write_sheet(upload, upload->differences, "differences", COLUMNS_DIFFERENCES.contract);
    return result;
}
