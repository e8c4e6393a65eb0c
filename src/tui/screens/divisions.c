#include "tui/screens/divisions.h"

#include "base/arealevel.h"
#include "base/mem.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"
#include "tui/screens/divisiontable.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

// ---- the list

struct divisions_screen {
    struct list_screen list;
    bool gone;            /**< also those that are gone */
    struct fields wanted; /**< the change that was tried and waits for a yes */
};

static const struct table_column AREA_COLUMNS[] = {
    {.id = "code", .least = 12, .most = 12},
    {.id = "name", .label = "名称", .least = 14, .most = 0},
    {.id = "level", .least = 8, .most = 8, .rank = 2},
    {.id = "parent", .least = 12, .most = 20, .rank = 3},
    {.id = "successor", .label = "调整", .least = 38, .most = 48, .rank = 1},
};

/** The name of the division above a row's; its code if it is not among the rows. */
static const char *parent_name(const struct sheet *sheet, const char *code)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "code"), code) == 0)
            return sheet_get(sheet, row, "name");
    return code;
}

/** "2026-11-15 起并到 211102002016 旌旗社区", "2026-11-15 起", the earlier names. New string. */
static char *say_change(const struct sheet *sheet, size_t row)
{
    const char *until = sheet_get(sheet, row, "until");
    const char *successor = sheet_get(sheet, row, "successor");
    const char *from = sheet_get(sheet, row, "from");
    const char *former = sheet_get(sheet, row, "former");

    if (*until != '\0' && *successor == '\0')
        return mem_printf("%s 起撤销", until);
    if (*until != '\0')
        return mem_printf("%s 起为 %s %s", until, successor,
                          sheet_get(sheet, row, "successor_name"));
    if (*former != '\0')
        return mem_printf("原%s", former);
    return *from != '\0' ? mem_printf("%s 起", from) : mem_copy("");
}

static char *area_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    if (strcmp(id, "successor") == 0)
        return say_change(table->sheet, row);
    return mem_copy(strcmp(id, "level") == 0    ? arealevel_label(text)
                    : strcmp(id, "parent") == 0 ? parent_name(table->sheet, text)
                                                : text);
}

static void divisions_refresh(struct screen *screen)
{
    struct divisions_screen *divisions = (struct divisions_screen *)screen;
    const Wire__Account *account = app_account(screen->app);
    Wire__Areas areas = WIRE__AREAS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    areas.parent = account == NULL ? (char *)"" : account->area;
    areas.all = true;
    areas.gone = divisions->gone;
    request.what_case = WIRE__REQUEST__WHAT_AREAS;
    request.areas = &areas;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(&divisions->list, "共 %zu 个区划%s", sheet->row_count,
                            divisions->gone ? "，含已撤销的" : "");
        table_fill(&divisions->list.table, &sheet);
    }
}

static void divisions_done(struct screen *screen)
{
    fields_free(&((struct divisions_screen *)screen)->wanted);
    list_screen_done(screen);
}

void divisions_open(struct app *app)
{
    struct divisions_screen *divisions =
        list_screen_new(sizeof *divisions, &DIVISIONS_OPS, COLUMNS(AREA_COLUMNS), "code",
                        "没有区划；F4 读公布的区划表");

    divisions->list.table.cell = area_cell;
    app_push(app, &divisions->list.screen);
}

static void divisions_toggle(struct app *app)
{
    struct divisions_screen *divisions = (struct divisions_screen *)app->top;

    divisions->gone = !divisions->gone;
    app_changed(app);
}

// ---- changing

/** Sends the wanted change; the answer's words are a new string, NULL after a refusal. */
static char *send_change(struct app *app, const struct fields *wanted, bool dry_run,
                         struct form_screen *form)
{
    Wire__AreaStep step = WIRE__AREA_STEP__INIT;
    Wire__AreaStep *steps[] = {&step};
    Wire__AreaChange change = WIRE__AREA_CHANGE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *words = NULL;

    step.what = (char *)fields_get(wanted, "what");
    step.code = (char *)fields_get(wanted, "code");
    step.into = (char *)fields_get(wanted, "into");
    step.name = (char *)fields_get(wanted, "name");
    change.from = (char *)fields_get(wanted, "from");
    change.steps = steps;
    change.n_steps = 1;
    change.dry_run = dry_run;
    request.what_case = WIRE__REQUEST__WHAT_AREA_CHANGE;
    request.area_change = &change;
    if (app_call(app, &request, &response) == 0)
        words = mem_copy(response->message);
    else if (form != NULL)
        (void)form_problems(form, response);
    client_response_free(&response);
    return words;
}

static void change_confirmed(struct app *app, void *arg, const char *yes)
{
    struct divisions_screen *divisions = arg;
    char *words = send_change(app, &divisions->wanted, false, NULL);

    (void)yes;
    if (words != NULL) {
        sheet_free(&app->areas); /* the lists to choose from have changed */
        app_changed(app);
        app_say(app, "%s", words);
    }
    free(words);
}

/** Tries the change and asks. */
static void change_submit(struct form_screen *form, bool confirm)
{
    static const char *const typed[] = {"code", "into", "name", "from"};
    struct app *app = form->screen.app;
    struct divisions_screen *divisions = form->spec.arg;

    (void)confirm;
    for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
        const char *value = fields_get(form->values, typed[i]);
        if (i > 0 || *value != '\0')
            fields_set(&divisions->wanted, typed[i], value);
    }
    char *words = send_change(app, &divisions->wanted, true, form);
    if (words != NULL) {
        form_close(form);
        char *text = mem_printf("%s\n月结过的月份保持原样。现在办理？", words);
        ask_confirm(app, text, change_confirmed, divisions);
        free(text);
    }
    free(words);
}

/** A merged division goes to one of its own level. */
static const char *same_level(const struct form_screen *form)
{
    const struct divisions_screen *divisions = form->spec.arg;

    return areas_level(fields_get(&divisions->wanted, "code"));
}

static const struct dialog_field ADD_FIELDS[] = {
    {.id = "code",
     .label = "代码",
     .type = "text",
     .max = 12,
     .required = true,
     .help = "镇街 9 位，村(社区) 12 位"},
    {.id = "name", .label = "名称", .type = "text", .max = 30, .required = true},
    DIVISIONS_FROM_FIELD,
};

static const struct dialog_field RENAME_FIELDS[] = {
    {.id = "name", .label = "新名称", .type = "text", .max = 30, .required = true},
    DIVISIONS_FROM_FIELD,
};

static const struct dialog_field MOVE_FIELDS[] = {
    {.id = "into",
     .label = "新代码",
     .type = "text",
     .max = 12,
     .required = true,
     .help = "下面的村(社区)一起改，末三位不变"},
    {.id = "name", .label = "新名称", .type = "text", .max = 30, .help = "不改名就空着"},
    DIVISIONS_FROM_FIELD,
};

static const struct dialog_field MERGE_FIELDS[] = {
    {.id = "into", .label = "并入", .type = "area", .required = true, .help = "F4 选择"},
    DIVISIONS_FROM_FIELD,
};

static const struct dialog_field CLOSE_FIELDS[] = {DIVISIONS_FROM_FIELD};

static void open_change(struct app *app, const char *what, const char *label,
                        const struct dialog_field *fields, size_t count)
{
    struct divisions_screen *divisions = (struct divisions_screen *)app->top;
    const struct table *table = top_table(app);
    bool new = strcmp(what, "add") == 0;
    char *title = new ? mem_copy(label) : mem_printf("%s %s", label, table_text(table, "name"));
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, fields, count),
        .modal = true,
        .submit = change_submit,
        .place_level = same_level,
        .arg = divisions,
    };

    fields_free(&divisions->wanted);
    fields_set(&divisions->wanted, "what", what);
    if (!new)
        fields_set(&divisions->wanted, "code", table_text(table, "code"));
    (void)form_open(app, &spec);
    free(title);
}

static void divisions_add(struct app *app)
{
    open_change(app, "add", "新设区划", COLUMNS(ADD_FIELDS));
}

static void divisions_rename(struct app *app)
{
    open_change(app, "rename", "更名", COLUMNS(RENAME_FIELDS));
}

static void divisions_move(struct app *app)
{
    open_change(app, "move", "变更代码", COLUMNS(MOVE_FIELDS));
}

static void divisions_merge(struct app *app)
{
    open_change(app, "merge", "并入", COLUMNS(MERGE_FIELDS));
}

static void divisions_close(struct app *app)
{
    open_change(app, "close", "撤销区划", COLUMNS(CLOSE_FIELDS));
}

// ---- the changes

static const struct table_column CHANGE_COLUMNS[] = {
    {.id = "number", .least = 4, .most = 6},
    {.id = "from", .label = "生效", .least = 10, .most = 10},
    {.id = "state", .least = 8, .most = 8},
    {.id = "changes", .label = "调整", .least = 24, .most = 0},
    {.id = "cases", .least = 6, .most = 6, .rank = 1},
    {.id = "by", .label = "办理", .least = 6, .most = 8, .rank = 2},
};

static void changes_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__AreaChanges ask = WIRE__AREA_CHANGES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_AREA_CHANGES;
    request.area_changes = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "区划调整，新的在前  共 %zu 次", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

static void divisions_changes(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &DIVISIONS_CHANGES_OPS, COLUMNS(CHANGE_COLUMNS), "number",
                        "还没有调整过；Esc 回到区划，F2 起办理");

    app_push(app, &list->screen);
}

static void changes_show(struct app *app)
{
    static const char *const more[] = {"persons", "officers", "duties", "at", "note", NULL};
    struct str text = {0};

    table_row_text(top_table(app), more, &text);
    ask_show(app, "区划调整", str_text(&text));
    str_free(&text);
}

/** Asks the server to undo the selected change, or to try it; its words, NULL after a refusal. */
static char *send_undo(struct app *app, const struct table *table, bool dry_run)
{
    Wire__AreaUndo undo = WIRE__AREA_UNDO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    char *words = NULL;

    undo.change = strtoull(table_text(table, "number"), NULL, 10);
    undo.dry_run = dry_run;
    request.what_case = WIRE__REQUEST__WHAT_AREA_UNDO;
    request.area_undo = &undo;
    if (app_call(app, &request, &response) == 0)
        words = mem_copy(response->message);
    client_response_free(&response);
    return words;
}

/** `arg` is the screen of the changes; its line is still selected. */
static void undo_confirmed(struct app *app, void *arg, const char *yes)
{
    const struct list_screen *list = arg;
    char *words = send_undo(app, &list->table, false);

    (void)yes;
    if (words != NULL) {
        sheet_free(&app->areas);
        app_changed(app);
        app_say(app, "%s", words);
    }
    free(words);
}

static void changes_undo(struct app *app)
{
    char *words = send_undo(app, top_table(app), true);
    if (words != NULL) {
        char *text = mem_printf("%s\n整步撤销？", words);
        ask_sure(app, text, undo_confirmed, app->top);
        free(text);
    }
    free(words);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"divisions.add", "新设", "F2 n", "新设一个区划", "area.change", divisions_add,
     .records = true},
    {"divisions.rename", "更名", "F5", "从某日起改名称", "area.change", divisions_rename,
     MARKS_ONE},
    {"divisions.move", "代码", "F6", "从某日起改代码，下面的村(社区)一起改", "area.change",
     divisions_move, MARKS_ONE},
    {"divisions.merge", "并入", "F7 Enter", "从某日起并入另一个区划", "area.change",
     divisions_merge, MARKS_ONE},
    {"divisions.close", "撤销", "F8", "从某日起撤销；里面要没有人", "area.change", divisions_close,
     MARKS_ONE},
    {"divisions.table", "区划表", "F4 t", "与公布的区划表比较，试算，一起办理", "area.change",
     divisiontable_open},
    {"divisions.changes", "记录", "F3 r", "区划调整的记录，整步撤销", "area.change",
     divisions_changes},
    {"divisions.gone", "旧区划", "y", "列或不列已撤销的，和现在的代码", NULL, divisions_toggle},
};

const struct screen_ops DIVISIONS_OPS = {
    .title = "区划",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_OWN_F4,
    .refresh = divisions_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = divisions_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};

static const struct action CHANGES_ACTIONS[] = {
    {"division.changes.show", "细看", "Enter", "看这次调整的全文", NULL, changes_show, MARKS_ONE},
    {"division.changes.undo", "撤销调整", "F6", "把选中的调整整步撤销，先试算", "area.change",
     changes_undo, MARKS_ONE},
};

const struct screen_ops DIVISIONS_CHANGES_OPS = {
    .title = "区划调整",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = changes_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(CHANGES_ACTIONS)},
};
