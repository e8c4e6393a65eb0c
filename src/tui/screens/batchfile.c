#include "tui/screens/batchfile.h"

#include "base/mem.h"
#include "tui/app/listscreen.h"
#include "tui/screens/visitundo.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** The filing of rows. */
struct filing {
    struct app *app;
    struct batch_rows *rows;
    struct screen *list; /* its rows of the filed cases are left */
    bool confirm;
    struct batch_filed *filed;
};

/** Keeps the figures before the first row and after the last; takes them from the answer. */
static void take_standing(struct batch_filed *filed, Wire__VisitDone *done)
{
    if (done->before == NULL || done->after == NULL)
        return;
    if (filed->before == NULL) {
        filed->before = done->before;
        done->before = NULL;
    }
    if (filed->after != NULL)
        wire__standing__free_unpacked(filed->after, NULL);
    filed->after = done->after;
    done->after = NULL;
}

/** Other rows of the same person to which the visit is credited need no visit of their own. */
static void note_credited(struct filing *filing, const struct batch_row *filed,
                          const Wire__VisitDone *done)
{
    for (size_t i = 0; i < filing->rows->count; i++) {
        struct batch_row *row = &filing->rows->items[i];
        bool same = row->cells[CELL_DATE][0] == '\0' ||
                    strcmp(row->cells[CELL_DATE], filed->cells[CELL_DATE]) == 0;
        for (size_t j = 0; j < done->n_credited && same && !row->filed; j++) {
            if (strcmp(done->credited[j], row->case_no) == 0) {
                row->filed = true;
                list_screen_leave(filing->list, row->case_id);
                mem_replace(&row->outcome, "已同时计入");
            }
        }
    }
}

static bool only_remarks(const Wire__Response *response)
{
    bool only = response != NULL && response->n_problems > 0;

    for (size_t i = 0; only && i < response->n_problems; i++)
        only = response->problems[i]->warning;
    return only;
}

static void take_answer(struct filing *filing, struct batch_row *row, enum result result,
                        const Wire__Response *response)
{
    row->filed = result == 0;
    if (row->filed)
        list_screen_leave(filing->list, row->case_id);
    row->remarked = !row->filed && only_remarks(response);
    filing->filed->filed += row->filed ? 1 : 0;
    filing->filed->refused += row->filed ? 0 : 1;
    filing->filed->remarked += row->remarked ? 1 : 0;
    mem_replace(&row->outcome, result == 0 ? "已登记"
                               : response != NULL && response->n_problems > 0
                                   ? response->problems[0]->text
                                   : client_words(result, response));
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT) {
        visitundo_note(filing->app, row->case_id, row->name, response->visit, NULL);
        take_standing(filing->filed, response->visit);
        note_credited(filing, row, response->visit);
    }
}

static void file_row(struct app *app, struct filing *filing, struct batch_row *row)
{
    Wire__VisitAdd add = WIRE__VISIT_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct fields values = {0};
    enum result result;

    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        fields_set(&values, batchrow_field(cell), row->cells[cell]);
    add.case_id = row->case_id;
    add.date = row->cells[CELL_DATE];
    add.mode = row->cells[CELL_MODE];
    add.result = row->cells[CELL_RESULT];
    add.by = row->cells[CELL_BY];
    if (row->number != 0) {
        add.sheet = filing->rows->code;
        add.sheet_row = row->number;
    }
    add.confirm = filing->confirm && row->remarked;
    wire_values_write(&values, &add.n_values, &add.values);
    request.what_case = WIRE__REQUEST__WHAT_VISIT_ADD;
    request.visit_add = &add;
    result = app_call(app, &request, &response);
    take_answer(filing, row, result, response);
    client_response_free(&response);
    wire_values_free(add.n_values, add.values);
    fields_free(&values);
}

void batchfile_rows(struct app *app, struct batch_rows *rows, struct screen *list, bool confirm,
                    struct batch_filed *ret_filed)
{
    struct filing filing = {
        .app = app, .rows = rows, .list = list, .confirm = confirm, .filed = ret_filed};

    *ret_filed = (struct batch_filed){0};
    for (size_t i = 0; i < rows->count; i++) {
        struct batch_row *row = &rows->items[i];
        if (!batchrow_is_shut(row) && row->cells[CELL_DATE][0] != '\0')
            file_row(app, &filing, row);
    }
}

void batchfile_free(struct batch_filed *filed)
{
    if (filed->before != NULL)
        wire__standing__free_unpacked(filed->before, NULL);
    if (filed->after != NULL)
        wire__standing__free_unpacked(filed->after, NULL);
    *filed = (struct batch_filed){0};
}
