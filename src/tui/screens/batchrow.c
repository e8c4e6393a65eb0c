#include "tui/screens/batchrow.h"

#include "base/mem.h"
#include "tui/screens/due.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

// ---- rows

static struct batch_row *add_row(struct batch_rows *rows)
{
    struct batch_row *row;

    mem_grow((void **)&rows->items, rows->count, &rows->capacity, sizeof rows->items[0]);
    row = &rows->items[rows->count++];
    *row = (struct batch_row){0};
    return row;
}

struct batch_row *batchrows_add(struct batch_rows *rows, const struct sheet *sheet, size_t from)
{
    struct batch_row *row = add_row(rows);

    row->case_id = strtoull(sheet_get(sheet, from, "case_id"), NULL, 10);
    row->case_no = mem_copy(sheet_get(sheet, from, "case_no"));
    row->name = mem_copy(sheet_get(sheet, from, "name"));
    row->kind = mem_copy(sheet_get(sheet, from, "kind"));
    row->usual = mem_copy(due_visitor(sheet, from));
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        row->cells[cell] = mem_copy("");
    return row;
}

void batchrows_free(struct batch_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        struct batch_row *row = &rows->items[i];
        free(row->case_no);
        free(row->name);
        free(row->kind);
        free(row->usual);
        free(row->outcome);
        free(row->row_code);
        free(row->remark);
        for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
            free(row->cells[cell]);
    }
    free(rows->items);
    free(rows->code);
    *rows = (struct batch_rows){0};
}

const char *batchrow_field(enum cell cell)
{
    static const char *const fields[CELL_COUNT] = {[CELL_DATE] = "date",
                                                   [CELL_MODE] = "mode",
                                                   [CELL_RESULT] = "result",
                                                   [CELL_BY] = "by",
                                                   [CELL_NOTE] = "note"};

    return fields[cell];
}

bool batchrow_filled(const struct batch_row *row)
{
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        if (row->cells[cell][0] != '\0')
            return true;
    return false;
}

bool batchrow_is_shut(const struct batch_row *row)
{
    return row->filed || row->gone;
}

size_t batchrows_dated(const struct batch_rows *rows)
{
    size_t count = 0;

    for (size_t i = 0; i < rows->count; i++)
        count += rows->items[i].cells[CELL_DATE][0] != '\0' && !rows->items[i].filed ? 1 : 0;
    return count;
}

// ---- drafts: a row is a line, its parts stand between tabs (nothing that is typed has one)

enum { HEAD = 5, PARTS = HEAD + CELL_COUNT };

char *batchrows_text(const struct batch_rows *rows)
{
    struct str text = {0};

    for (size_t i = 0; i < rows->count; i++) {
        const struct batch_row *row = &rows->items[i];
        if (row->filed || !batchrow_filled(row))
            continue;
        str_printf(&text, "%llu\t%s\t%s\t%s\t%s", (unsigned long long)row->case_id, row->case_no,
                   row->name, row->kind, row->usual);
        for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
            str_printf(&text, "\t%s", row->cells[cell]);
        str_add(&text, "\n");
    }
    return str_take(&text);
}

/** Cuts a line into its parts; false if it is no such line. */
static bool split(char *line, char *parts[PARTS])
{
    size_t count = 0;

    for (char *part = line; part != NULL && count < PARTS; count++) {
        char *tab = strchr(part, '\t');
        parts[count] = part;
        if (tab != NULL)
            *tab++ = '\0';
        part = tab;
    }
    return count == PARTS;
}

static struct batch_row *find(const struct batch_rows *rows, uint64_t case_id)
{
    for (size_t i = 0; i < rows->count; i++)
        if (rows->items[i].case_id == case_id)
            return &rows->items[i];
    return NULL;
}

static void take_parts(struct batch_rows *rows, char *const parts[PARTS])
{
    uint64_t case_id = strtoull(parts[0], NULL, 10);
    struct batch_row *row = find(rows, case_id);

    if (row == NULL) {
        row = add_row(rows);
        row->case_id = case_id;
        row->case_no = mem_copy(parts[1]);
        row->name = mem_copy(parts[2]);
        row->kind = mem_copy(parts[3]);
        row->usual = mem_copy(parts[4]);
    }
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT && !batchrow_is_shut(row); cell++) {
        free(row->cells[cell]);
        row->cells[cell] = mem_copy(parts[HEAD + cell]);
    }
}

size_t batchrows_take(struct batch_rows *rows, const char *text)
{
    size_t count = 0;

    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        char *line = mem_copy_bytes(text, length);
        char *parts[PARTS];
        if (split(line, parts)) {
            take_parts(rows, parts);
            count++;
        }
        free(line);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    return count;
}

char *batchrows_join(const struct batch_rows *rows, const char *waiting, const char *text)
{
    struct batch_rows all = {0};
    char *joined;

    (void)batchrows_take(&all, waiting);
    for (size_t i = 0; i < all.count; i++) {
        const struct batch_row *row = find(rows, all.items[i].case_id);
        all.items[i].filed = row != NULL && row->filed;
    }
    (void)batchrows_take(&all, text);
    joined = batchrows_text(&all);
    batchrows_free(&all);
    return joined;
}

static size_t lines_of(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++)
        count += *text == '\n' ? 1 : 0;
    return count;
}

static enum result put(struct app *app, const struct batch_draft *of, const char *text)
{
    Wire__DraftPut draft = WIRE__DRAFT_PUT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct fields values = {0};
    char *title = mem_printf("%s %s，%zu 人", of->title, of->record, lines_of(text));
    enum result result;

    fields_set(&values, "rows", text);
    wire_values_write(&values, &draft.n_values, &draft.values);
    draft.form = (char *)of->form;
    draft.record = (char *)of->record;
    draft.title = title;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_PUT;
    request.draft_put = &draft;
    result = app_call(app, &request, &response);
    client_response_free(&response);
    wire_values_free(draft.n_values, draft.values);
    fields_free(&values);
    free(title);
    return result;
}

static enum result drop(struct app *app, const struct batch_draft *of)
{
    Wire__DraftDrop draft = WIRE__DRAFT_DROP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    draft.form = (char *)of->form;
    draft.record = (char *)of->record;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_DROP;
    request.draft_drop = &draft;
    result = app_call(app, &request, &response);
    client_response_free(&response);
    return result;
}

enum result batchrows_keep(struct app *app, const struct batch_draft *draft, const char *text)
{
    return text[0] == '\0' ? drop(app, draft) : put(app, draft, text);
}

char *batchrows_draft(struct app *app, const struct batch_draft *draft, char **ret_at)
{
    Wire__DraftGet get = WIRE__DRAFT_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct fields values = {0};
    char *text = NULL;

    get.form = (char *)draft->form;
    get.record = (char *)draft->record;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_GET;
    request.draft_get = &get;
    /* A missing draft needs no message. */
    if (client_call(app->client, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_DRAFT && response->draft->n_values > 0) {
        wire_values_read(response->draft->n_values, response->draft->values, &values);
        text = mem_copy(fields_get(&values, "rows"));
        *ret_at = mem_copy(response->draft->at);
        fields_free(&values);
    }
    client_response_free(&response);
    return text;
}
