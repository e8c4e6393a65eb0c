#include "tui/screens/divisiontable.h"

#include "base/mem.h"
#include "exchange/divisions.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"
#include "tui/screens/askpath.h"
#include "tui/screens/divisions.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

struct divisiontable_screen {
    struct list_screen list;
    char *path;
    Wire__Sheet *divisions; /**< as read from the file; NULL = nothing was read */
    char *from;             /**< the day that was tried and waits for a yes */
};

static const struct table_column COLUMNS[] = {
    {.id = "what", .label = "调整", .least = 8, .most = 8},
    {.id = "code", .least = 12, .most = 12},
    {.id = "name", .label = "名称", .least = 8, .most = 20},
    {.id = "into", .label = "改为", .least = 12, .most = 0},
    {.id = "cases", .label = "个案", .least = 4, .most = 6, .right = true, .rank = 1},
    {.id = "persons", .label = "人员", .least = 4, .most = 6, .right = true, .rank = 2},
    {.id = "officers", .label = "经办人", .least = 6, .most = 6, .right = true, .rank = 3},
};

/** "211102098000 胜利街道", "胜利街道", why a row is left open. New string. */
static char *line_cell(const struct table *table, size_t row, const char *id)
{
    const char *note = sheet_get(table->sheet, row, "note");
    const char *into = sheet_get(table->sheet, row, id);

    if (strcmp(id, "into") != 0)
        return mem_copy(into);
    if (*note != '\0')
        return mem_copy(note);
    return mem_printf("%s%s%s", into, *into != '\0' ? " " : "",
                      sheet_get(table->sheet, row, "new_name"));
}

// ---- asking the server

/** Sends the table with what is to be done about it; the rows are shown. Its words are a new string,
 *  NULL after a refusal. */
static char *send(struct divisiontable_screen *screen, const char *from, bool confirm,
                  struct form_screen *form)
{
    struct app *app = screen->list.screen.app;
    Wire__AreaImport import = WIRE__AREA_IMPORT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *words = NULL;

    import.divisions = screen->divisions;
    import.from = (char *)(uintptr_t)from;
    import.confirm = confirm;
    import.dry_run = !confirm && *from != '\0';
    request.what_case = WIRE__REQUEST__WHAT_AREA_IMPORT;
    request.area_import = &import;
    if (app_call(app, &request, &response) == 0) {
        struct sheet *sheet = wire_sheet_read(response->sheet);
        words = mem_copy(response->message);
        if (sheet != NULL)
            table_fill(&screen->list.table, &sheet);
    } else if (form != NULL) {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
    return words;
}

static void compare(struct divisiontable_screen *screen)
{
    struct app *app = screen->list.screen.app;
    const char *slash = strrchr(screen->path, '/');
    const char *name = slash != NULL ? slash + 1 : screen->path;
    struct sheet *sheet = NULL;
    char *message = NULL;
    char *words = NULL;

    wire_sheet_free(&screen->divisions);
    if (divisions_read(screen->path, client_welcome(app->client)->home_area, &sheet, &message) == 0)
        screen->divisions = wire_sheet_take(&sheet);
    else
        app_warn(app, "%s", message);
    if (screen->divisions != NULL)
        words = send(screen, "", false, NULL);
    if (words == NULL)
        table_clear(&screen->list.table);
    list_screen_caption(&screen->list, "%s%s%s", words != NULL ? words : "",
                        words != NULL ? "  " : "", name);
    free(words);
    free(message);
}

// ---- opening

static void table_done(struct screen *screen)
{
    struct divisiontable_screen *table = (struct divisiontable_screen *)screen;

    wire_sheet_free(&table->divisions);
    free(table->path);
    free(table->from);
    list_screen_done(screen);
}

static void file_chosen(struct app *app, void *arg, const char *path)
{
    struct divisiontable_screen *screen =
        list_screen_new(sizeof *screen, &DIVISIONTABLE_OPS, COLUMNS,
                        sizeof COLUMNS / sizeof COLUMNS[0], "code", "没有要调整的；F6 换文件");

    (void)arg;
    screen->list.table.cell = line_cell;
    screen->path = mem_copy(path);
    screen->from = mem_copy("");
    app_push(app, &screen->list.screen);
    compare(screen);
}

void divisiontable_open(struct app *app)
{
    ask_path(app, "公布的区划表（CSV、XLSX）", "", file_chosen, NULL);
}

static void file_changed(struct app *app, void *arg, const char *path)
{
    struct divisiontable_screen *screen = arg;

    (void)app;
    mem_replace(&screen->path, path);
    compare(screen);
}

static void table_file(struct app *app)
{
    struct divisiontable_screen *screen = (struct divisiontable_screen *)app->top;

    ask_path(app, "公布的区划表（CSV、XLSX）", screen->path, file_changed, screen);
}

// ---- trying, settling

static void confirmed(struct app *app, void *arg, const char *yes)
{
    struct divisiontable_screen *screen = arg;
    char *words = send(screen, screen->from, true, NULL);

    (void)yes;
    if (words != NULL) {
        sheet_free(&app->areas); /* the lists to choose from have changed */
        app_pop(app);
        app_changed(app);
        app_say(app, "%s", words);
    }
    free(words);
}

static void try_submit(struct form_screen *form, bool confirm)
{
    struct divisiontable_screen *screen = form->spec.arg;
    struct app *app = form->screen.app;

    (void)confirm;
    mem_replace(&screen->from, fields_get(form->values, "from"));
    char *words = send(screen, screen->from, false, form);
    if (words != NULL) {
        form_close(form);
        char *text = mem_printf("%s\n月结过的月份保持原样。作为一次调整办理？", words);
        ask_confirm(app, text, confirmed, screen);
        free(text);
    }
    free(words);
}

/** True if a row can be settled: it says no reason why not. */
static bool has_steps(const struct sheet *sheet)
{
    bool found = false;

    for (size_t row = 0; sheet != NULL && !found && row < sheet->row_count; row++)
        found = *sheet_get(sheet, row, "note") == '\0';
    return found;
}

static void table_try(struct app *app)
{
    static const struct dialog_field fields[] = {DIVISIONS_FROM_FIELD};
    struct divisiontable_screen *screen = (struct divisiontable_screen *)app->top;
    struct form_spec spec = {
        .title = "试算区划表",
        .dialog = dialog_new("试算区划表", fields, 1),
        .modal = true,
        .submit = try_submit,
        .arg = screen,
    };

    if (has_steps(screen->list.table.sheet)) {
        (void)form_open(app, &spec);
        return;
    }
    dialog_free(&spec.dialog);
    app_say(app, "没有可以一起办的；待定的，回到区划逐个并入、变更代码或撤销");
}

static void table_show(struct app *app)
{
    const struct table *table = list_screen_table(app->top);
    struct str text = {0};

    table_row_text(table, NULL, &text);
    ask_show(app, "区划表的差异", str_text(&text));
    str_free(&text);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"divisiontable.try", "试算办理", "F2",
     "从某日起办：先试算多少个案、人员、经办人，再作为一次调整办理", "area.change", table_try,
     .records = true},
    {"divisiontable.show", "细看", "Enter", "看这一处差异的全文", NULL, table_show, MARKS_ONE},
    {"divisiontable.file", "文件", "F6", "换一个文件", NULL, table_file},
};

const struct screen_ops DIVISIONTABLE_OPS = {
    .title = "区划表",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = table_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
