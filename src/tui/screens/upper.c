#include "tui/screens/upper.h"

#include "base/mem.h"
#include "form/systems.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/programmes.h"
#include "tui/app/settings.h"
#include "tui/app/visited.h"
#include "tui/kit/copy.h"
#include "tui/screens/visit_private.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

#define VISIT "visit."
#define COPIED_FILE "shangbao.txt"

struct upper_screen {
    struct list_screen list;
    uint64_t case_id;
    char *visit; /* "DATE:SEQ", "" = the last one */
    bool open;   /* ID numbers are shown whole */
    struct systems *systems;
    size_t chosen; /* of the systems */
    bool masked;   /* a value is not whole */
};

static const struct table_column COLUMNS[] = {
    {.id = "label", .label = "栏目", .least = 16, .most = 24},
    {.id = "text", .label = "内容", .least = 30, .most = 0},
};

static const char *const IDS[] = {"label", "text"};

/** What the columns are filled from. */
struct sources {
    const Wire__CaseView *view;
    const struct form *form, *visited; /* of the case, of its visits */
    struct fields values, visit;
    day_t today;
};

static struct upper_screen *upper_of(struct screen *screen)
{
    return (struct upper_screen *)screen;
}

static char *visit_value(const struct sources *from, const char *id)
{
    const char *value = fields_get(&from->visit, id);

    if (from->visited != NULL && form_field(from->visited, id) != NULL)
        return form_text(from->visited, &from->visit, id, from->today);
    return mem_copy(value);
}

/** The value of a column on one line; new string. */
static char *value_of(const struct sources *from, const char *what)
{
    char *text;

    if (what[0] == '=')
        text = mem_copy(what + 1);
    else if (strncmp(what, VISIT, strlen(VISIT)) == 0)
        text = visit_value(from, what + strlen(VISIT));
    else if (strcmp(what, "case_no") == 0)
        text = mem_copy(from->view->number);
    else if (strcmp(what, "area_name") == 0)
        text = mem_copy(from->view->area_name);
    else if (strcmp(what, "visitor") == 0)
        text = mem_copy(from->view->visitor);
    else
        text = form_text(from->form, &from->values, what, from->today);
    for (char *at = text; *at != '\0'; at++)
        if (*at == '\t' || *at == '\n' || *at == '\r')
            *at = ' ';
    return text;
}

/** True for a column that the programme does not have: a fault of the system's file. */
static bool is_unknown(const struct sources *from, const char *what)
{
    static const char *const known[] = {"case_no", "area_name", "visitor", "age"};

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(known[i], what) == 0)
            return false;
    if (what[0] == '=')
        return false;
    if (strncmp(what, VISIT, strlen(VISIT)) == 0)
        return from->visited != NULL && form_field(from->visited, what + strlen(VISIT)) == NULL;
    return form_field(from->form, what) == NULL;
}

static void fill(struct upper_screen *upper, const struct sources *from)
{
    const struct system *system = &upper->systems->items[upper->chosen];
    struct sheet *sheet = sheet_new_ids(IDS, sizeof IDS / sizeof IDS[0]);
    struct app *app = upper->list.screen.app;

    upper->masked = false;
    for (size_t i = 0; i < system->column_count; i++) {
        const char *what = system->columns[i].what;
        size_t row = sheet_add_row(sheet);
        char *text = value_of(from, what);
        upper->masked = upper->masked || (from->view->masked && strchr(text, '*') != NULL);
        sheet_set(sheet, row, "label", system->columns[i].label);
        sheet_set(sheet, row, "text", text);
        if (is_unknown(from, what))
            app_warn(app, "“%s”的栏目“%s”写的字段 %s 这项业务没有，请系统管理员改正", system->name,
                     system->columns[i].label, what);
        free(text);
    }
    list_screen_caption(&upper->list, "%s  %zu/%zu  来源：%s", system->name, upper->chosen + 1,
                        upper->systems->count, system->source);
    table_fill(&upper->list.table, &sheet);
}

static enum result ask_case(const struct upper_screen *upper, Wire__Response **ret_response)
{
    Wire__CaseGet ask = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.case_id = upper->case_id;
    ask.open = upper->open;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &ask;
    enum result result = app_call(upper->list.screen.app, &request, ret_response);
    return result == 0 && (*ret_response)->what_case != WIRE__RESPONSE__WHAT_CASE_VIEW
               ? RESULT_PROTOCOL
               : result;
}

/** The visit's values; without one the columns stay empty. */
static void read_visit(const struct upper_screen *upper, struct fields *visit)
{
    struct app *app = upper->list.screen.app;
    Wire__VisitGet get = WIRE__VISIT_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    get.case_id = upper->case_id;
    get.visit = upper->visit;
    request.what_case = WIRE__REQUEST__WHAT_VISIT_GET;
    request.visit_get = &get;
    enum result result = app_call(app, &request, &response);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_VISIT_VIEW)
        wire_values_read(response->visit_view->n_values, response->visit_view->values, visit);
    if (result == RESULT_NOTFOUND) {
        app->failed = false;
        app_say(app, "还没有探访，那几栏空着；登记后再填");
    }
    client_response_free(&response);
}

/** Keeps the systems that take the programme; false if there are none. */
static bool choose_systems(struct upper_screen *upper, const char *kind)
{
    struct systems *systems = upper->systems;
    size_t kept = 0;

    for (size_t i = 0; i < systems->count; i++)
        if (systems_takes(&systems->items[i], kind))
            systems->items[kept++] = systems->items[i];
        else
            free(systems->items[i].text);
    systems->count = kept;
    if (upper->chosen >= kept)
        upper->chosen = 0;
    return kept > 0;
}

static bool read_systems(struct upper_screen *upper, const char *kind)
{
    struct app *app = upper->list.screen.app;
    char *error = NULL;

    if (upper->systems == NULL) {
        if (systems_read(app->folders, &upper->systems, &error) != 0)
            app_warn(app, "%s", error);
        free(error);
    }
    if (choose_systems(upper, kind))
        return true;
    table_clear(&upper->list.table);
    list_screen_caption(&upper->list, "没有写这项业务的上级系统；写法见管理手册“多头填报”");
    return false;
}

static void upper_refresh(struct screen *screen)
{
    struct upper_screen *upper = upper_of(screen);
    struct app *app = screen->app;
    Wire__Response *response = NULL;
    struct sources from = {.today = app_today(app)};

    if (ask_case(upper, &response) == 0) {
        from.view = response->case_view;
        from.form = programmes_form(app, from.view->kind);
        wire_values_read(from.view->n_values, from.view->values, &from.values);
        if (from.form != NULL && read_systems(upper, from.view->kind)) {
            from.visited = visit_form(app, from.view->kind);
            if (from.visited != NULL && systems_asks_visit(&upper->systems->items[upper->chosen]))
                read_visit(upper, &from.visit);
            fill(upper, &from);
        }
    }
    client_response_free(&response);
    fields_free(&from.values);
    fields_free(&from.visit);
}

static void upper_done(struct screen *screen)
{
    struct upper_screen *upper = upper_of(screen);

    systems_free(&upper->systems);
    free(upper->visit);
    list_screen_done(screen);
}

void upper_open(struct app *app, uint64_t case_id, const char *visit, bool open)
{
    struct upper_screen *upper =
        list_screen_new(sizeof *upper, &UPPER_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "label", "没有可填的栏目；Esc 返回");

    upper->case_id = case_id;
    upper->visit = mem_copy(visit);
    upper->open = open;
    app_push(app, &upper->list.screen);
}

void upper_open_aimed(struct app *app)
{
    const struct screen *top = app->top;
    const struct table *table = top->ops->table == NULL ? NULL : top->ops->table(app->top);
    const char *id = table == NULL || table->sheet == NULL ? "" : table_aimed(table, "case_id");

    if (*id != '\0' && strcmp(id, "0") != 0)
        upper_open(app, strtoull(id, NULL, 10), "", false);
    else
        app_say(app, "先在清单里选中一个人，再填报");
}

void upper_open_last(struct app *app)
{
    const struct visited_one *last = visited_last(app);

    if (last != NULL)
        upper_open(app, last->case_id, "", false);
    else
        app_say(app, "这次登录以来还没有登记探访；先登记，或在清单里选一人按 Y");
}

// ---- copying

/** Copies, or writes what cannot be copied to the officer's file. */
static void copy(struct app *app, const char *text, const char *what)
{
    const struct upper_screen *upper = upper_of(app->top);

    if (upper->masked && strchr(text, '*') != NULL) {
        app_warn(app, "证件号没有显示全，复制了也没有用；先按 u 全显（记入日志）");
        return;
    }
    if (copy_text(text)) {
        app_say(app, "%s已送到终端的剪贴板；贴不出来的，按 F5 写成文件", what);
        return;
    }
    settings_write(app, COPIED_FILE, text, "这种终端不能复制，已写成文件");
}

static void upper_copy(struct app *app)
{
    struct table *table = &upper_of(app->top)->list.table;
    char *what = mem_printf("“%s”", table_text(table, "label"));
    char *text = mem_copy(table_text(table, "text"));

    copy(app, text, what);
    (void)list_move(&table->list, 1);
    free(text);
    free(what);
}

/** The values in one line, a tab between them. */
static char *line_of(const struct upper_screen *upper)
{
    const struct sheet *sheet = upper->list.table.sheet;
    struct str line = {0};

    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        str_printf(&line, "%s%s", row > 0 ? "\t" : "", sheet_get(sheet, row, "text"));
    return str_take(&line);
}

static void upper_copy_line(struct app *app)
{
    char *line = line_of(upper_of(app->top));

    copy(app, line, "整行（制表符隔开）");
    free(line);
}

/** The labels, the values in one line, then both line by line. */
static void upper_file(struct app *app)
{
    const struct upper_screen *upper = upper_of(app->top);
    const struct sheet *sheet = upper->list.table.sheet;
    char *line = line_of(upper);
    struct str text = {0};

    if (upper->masked) {
        app_warn(app, "证件号没有显示全，写成文件也没有用；先按 u 全显（记入日志）");
        free(line);
        return;
    }
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        str_printf(&text, "%s%s", row > 0 ? "\t" : "", sheet_get(sheet, row, "label"));
    str_printf(&text, "\n%s\n\n", line);
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        str_printf(&text, "%s：%s\n", sheet_get(sheet, row, "label"),
                   sheet_get(sheet, row, "text"));
    settings_write(app, COPIED_FILE, str_text(&text), "已写成文件");
    str_free(&text);
    free(line);
}

static void upper_unmask(struct app *app)
{
    upper_of(app->top)->open = true;
    app->top->stale = true;
    app_say(app, "已全显，并记入日志");
}

static void upper_next(struct app *app)
{
    struct upper_screen *upper = upper_of(app->top);

    if (upper->systems == NULL || upper->systems->count < 2) {
        app_say(app, "只有这一个上级系统，不用换");
        return;
    }
    upper->chosen = (upper->chosen + 1) % upper->systems->count;
    app->top->stale = true;
}

// ---- keys

static const struct action ACTIONS[] = {
    {"upper.copy", "复制", "Enter c", "复制这一项，到下一项", NULL, upper_copy, MARKS_ONE},
    {"upper.line", "整行", "F3", "复制整行，各项用制表符隔开，可以贴进表格", NULL, upper_copy_line},
    {"upper.unmask", "全显", "u", "全显证件号和敏感项（记入日志）", "case.open", upper_unmask},
    {"upper.file", "文件", "F5", "写成自己的文件，终端不能复制时用", NULL, upper_file},
    {"upper.next", "换系统", "F7", "换一个上级系统", NULL, upper_next},
};

const struct screen_ops UPPER_OPS = {
    .title = "多头填报",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = upper_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = upper_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
