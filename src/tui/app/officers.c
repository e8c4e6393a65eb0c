#include "tui/app/officers.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

char *officers_id(const char *line)
{
    return mem_copy_bytes(line, strcspn(line, " "));
}

char *officers_name(const char *line)
{
    line += strcspn(line, " ");
    line += strspn(line, " ");
    return mem_copy_bytes(line, strcspn(line, " "));
}

// ---- what numbers are called

static long find(const struct sheet *sheet, const char *id)
{
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "id"), id) == 0)
            return (long)row;
    return -1;
}

void officers_note(struct app *app, const char *id, const char *name)
{
    static const char *const ids[] = {"id", "name"};
    const char *const cells[] = {id, name};

    if (id[0] == '\0' || name[0] == '\0' || strcmp(id, name) == 0 || find(app->officers, id) >= 0)
        return;
    if (app->officers == NULL)
        app->officers = sheet_new_ids(ids, sizeof ids / sizeof ids[0]);
    (void)sheet_add_cells(app->officers, cells);
}

const char *officers_known(const struct app *app, const char *id)
{
    long row = find(app->officers, id);

    return row < 0 ? "" : sheet_get(app->officers, (size_t)row, "name");
}

// ---- choosing

static enum result load(struct app *app, struct sheet **ret_sheet)
{
    Wire__OfficerList ask = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    enum result result;

    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &ask;
    result = app_call_sheet(app, &request, ret_sheet);
    for (size_t row = 0; result == 0 && row < (*ret_sheet)->row_count; row++)
        officers_note(app, sheet_get(*ret_sheet, row, "id"), sheet_get(*ret_sheet, row, "name"));
    return result;
}

char *officers_resolve(struct app *app, const char *text)
{
    struct sheet *sheet = NULL;
    const char *number = text;
    size_t found = 0;
    char *copy;

    if (text[0] == '\0' || !app_may(app, "officer.list") || load(app, &sheet) != 0)
        return mem_copy(text);
    for (size_t row = 0; row < sheet->row_count; row++) {
        if (strcmp(sheet_get(sheet, row, "name"), text) == 0) {
            number = sheet_get(sheet, row, "id");
            found++;
        }
    }
    copy = mem_copy(found == 1 && find(sheet, text) < 0 ? number : text);
    sheet_free(&sheet);
    return copy;
}

void officers_choose(struct app *app, ask_answer answer, void *arg)
{
    struct ask_choice choice = {.title = "探访人"};
    struct sheet *sheet = NULL;
    char **labels;

    if (load(app, &sheet) != 0)
        return;
    labels = mem_array(sheet->row_count + 1, sizeof labels[0]);
    for (size_t row = 0; row < sheet->row_count; row++) {
        labels[row] = mem_printf("%s %s  %s", sheet_get(sheet, row, "id"),
                                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "area_name"));
    }
    choice.labels = (const char *const *)labels;
    choice.count = sheet->row_count;
    ask_choice(app, &choice, answer, arg);
    for (size_t row = 0; row < sheet->row_count; row++)
        free(labels[row]);
    free(labels);
    sheet_free(&sheet);
}
