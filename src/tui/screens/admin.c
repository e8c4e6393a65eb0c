#include "tui/screens/admin.h"

#include "base/columns.h"
#include "base/measure.h"
#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/roles.h"
#include "tui/form/form.h"

#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

/** Fetches a sheet and shows it under a caption. */
static void show(struct screen *screen, Wire__Request *request, const char *caption)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (app_call_sheet(screen->app, request, &sheet) == 0) {
        list_screen_caption(list, "%s  共 %zu 行", caption, sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

// ---- officers

static const struct table_column OFFICER_COLUMNS[] = {
    {.id = "id", .least = 8, .most = 12},
    {.id = "name", .least = 8, .most = 12},
    {.id = "role", .least = 10, .most = 10},
    {.id = "area_name", .label = "区划", .least = 10, .most = 20},
    {.id = "phone", .least = 11, .most = 12, .rank = 1},
    {.id = "locked", .least = 4, .most = 4},
};

static char *officer_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "role") == 0 ? roles_label(text) : text);
}

static void officers_refresh(struct screen *screen)
{
    Wire__OfficerList ask = WIRE__OFFICER_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_OFFICER_LIST;
    request.officer_list = &ask;
    show(screen, &request, "人员");
}

void admin_open_officers(struct app *app)
{
    struct list_screen *list = list_screen_new(sizeof *list, &ADMIN_OFFICERS_OPS,
                                               COLUMNS(OFFICER_COLUMNS), "id", "没有人员；F2 新增");

    list->table.cell = officer_cell;
    app_push(app, &list->screen);
}

/** Shows a one-time password, once, in a window that stays until the officer closes it. */
static void show_password(struct app *app, const Wire__Response *response)
{
    if (response->what_case == WIRE__RESPONSE__WHAT_OFFICER &&
        response->officer->password[0] != '\0') {
        char *text = mem_printf("工号 %s\n一次性密码 %s\n\n请当面交给本人，首次登录必须修改。"
                                "关闭后不能再看到。",
                                response->officer->id, response->officer->password);
        ask_show(app, "一次性密码", text);
        free(text);
    }
}

/** The fields of both windows; the 工号 of an existing officer is not one of them. */
#define OFFICER_FIELDS                                                                             \
    {.id = "name", .label = "姓名", .type = "text", .max = 32, .required = true},                  \
        {.id = "role",                                                                             \
         .label = "角色",                                                                          \
         .type = "choice",                                                                         \
         .options = roles_labels(),                                                                \
         .required = true},                                                                        \
        {.id = "area",                                                                             \
         .label = "区划",                                                                          \
         .type = "area",                                                                           \
         .help = "村级选村(社区)，镇街选街道，县区选县区；F4 选择"},                               \
    {                                                                                              \
        .id = "phone", .label = "电话", .type = "phone"                                            \
    }

/** The level of the division that an officer of that role works in. */
static const char *officer_level(const struct form_screen *form)
{
    static const struct {
        const char *role, *level;
    } levels[] = {
        {"village", "village"}, {"street", "street"}, {"chief", "street"}, {"county", "county"}};
    const char *role = roles_id(fields_get(form->values, "role"));

    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++)
        if (strcmp(levels[i].role, role) == 0)
            return levels[i].level;
    return "";
}

static void officer_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    Wire__OfficerAdd add = WIRE__OFFICER_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    add.id = (char *)fields_get(form->values, "id");
    add.name = (char *)fields_get(form->values, "name");
    add.role = (char *)roles_id(fields_get(form->values, "role"));
    add.area = (char *)fields_get(form->values, "area");
    add.phone = (char *)fields_get(form->values, "phone");
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_ADD;
    request.officer_add = &add;
    if (app_call(app, &request, &response) == 0) {
        form_close(form);
        show_password(app, response);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

static void officers_add(struct app *app)
{
    const struct dialog_field fields[] = {
        {.id = "id", .label = "工号", .type = "text", .max = 31, .required = true},
        OFFICER_FIELDS,
    };
    struct form_spec spec = {
        .title = "新增人员",
        .dialog = dialog_new("新增人员", fields, sizeof fields / sizeof fields[0]),
        .modal = true,
        .submit = officer_submit,
        .place_level = officer_level,
    };

    (void)form_open(app, &spec);
}

static void edit_submit(struct form_screen *form, bool confirm)
{
    static const char *const all[] = {"name", "role", "area", "phone"};
    struct app *app = form->screen.app;
    Wire__OfficerEdit edit = WIRE__OFFICER_EDIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    edit.id = form->spec.arg;
    edit.name = (char *)fields_get(form->values, "name");
    edit.role = (char *)roles_id(fields_get(form->values, "role"));
    edit.area = (char *)fields_get(form->values, "area");
    edit.phone = (char *)fields_get(form->values, "phone");
    edit.n_changes = sizeof all / sizeof all[0];
    edit.changes = (char **)(uintptr_t)all;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_EDIT;
    request.officer_edit = &edit;
    if (app_call(app, &request, &response) == 0) {
        form_close(form);
        app_say(app, "%s %s", response->officer->id, response->message);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

static void officers_edit(struct app *app)
{
    static const char *const shown[] = {"name", "area", "phone"};
    const struct dialog_field fields[] = {OFFICER_FIELDS};
    const char *id = table_text(top_table(app), "id");
    char *title = mem_printf("修改人员 %s", id);
    struct form_spec spec = {.title = title,
                             .modal = true,
                             .submit = edit_submit,
                             .place_level = officer_level,
                             .arg = mem_copy(id),
                             .free_arg = free};

    spec.dialog = dialog_new(title, fields, sizeof fields / sizeof fields[0]);
    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        fields_set(&spec.values, shown[i], table_text(top_table(app), shown[i]));
    fields_set(&spec.values, "role", roles_label(table_text(top_table(app), "role")));
    (void)form_open(app, &spec);
    free(title);
}

static void set_officer(struct app *app, const char *what, const char *said)
{
    Wire__OfficerSet set = WIRE__OFFICER_SET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    set.id = (char *)table_text(top_table(app), "id");
    set.what = (char *)what;
    request.what_case = WIRE__REQUEST__WHAT_OFFICER_SET;
    request.officer_set = &set;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s %s", set.id, said);
        app_changed(app);
        show_password(app, response);
    }
    client_response_free(&response);
}

static void reset_confirmed(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    (void)answer;
    set_officer(app, "passwd", "的密码已重置");
}

static void officers_reset(struct app *app)
{
    char *text = mem_printf("重置 %s（%s）的密码？原来的密码立即失效。",
                            table_text(top_table(app), "name"), table_text(top_table(app), "id"));

    ask_confirm(app, text, reset_confirmed, NULL);
    free(text);
}

static void officers_lock(struct app *app)
{
    set_officer(app, "lock", "已锁定");
}

static void officers_unlock(struct app *app)
{
    set_officer(app, "unlock", "已解锁");
}

// ---- events

enum { EVENTS_LIMIT = 500 };

struct events_screen {
    struct list_screen list;
    struct fields scope; /* record officer since action */
};

static const struct table_column EVENT_COLUMNS[] = {
    {.id = "at", .least = 16, .most = 16},
    {.id = "who", .least = 8, .most = 16},
    {.id = "action", .least = 8, .most = 14},
    {.id = "about", .least = 12, .most = 32},
    {.id = "result", .least = 4, .most = 8, .rank = 1},
    {.id = "changes", .least = 24, .most = 0, .rank = 3},
    {.id = "terminal", .least = 8, .most = 12, .rank = 4},
};

/** Says that the list was cut off. */
static void say_limit(struct list_screen *list)
{
    const struct sheet *sheet = list->table.sheet;

    if (sheet != NULL && sheet->row_count == EVENTS_LIMIT)
        list_screen_caption(list, "只列最近 %d 条操作记录，新的在前；更早的按 F6 写明范围",
                            EVENTS_LIMIT);
}

static void events_refresh(struct screen *screen)
{
    const struct fields *scope = &((struct events_screen *)screen)->scope;
    Wire__Audit ask = WIRE__AUDIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.record = (char *)fields_get(scope, "record");
    ask.officer = (char *)fields_get(scope, "officer");
    ask.since = (char *)fields_get(scope, "since");
    ask.action = (char *)fields_get(scope, "action");
    ask.limit = EVENTS_LIMIT;
    request.what_case = WIRE__REQUEST__WHAT_AUDIT;
    request.audit = &ask;
    show(screen, &request, "最近的操作记录，新的在前");
    say_limit((struct list_screen *)screen);
}

/** In a line the time has no seconds. */
static char *event_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy_bytes(text, strcmp(id, "at") == 0 ? strnlen(text, 16) : strlen(text));
}

static void events_done(struct screen *screen)
{
    fields_free(&((struct events_screen *)screen)->scope);
    list_screen_done(screen);
}

void admin_open_events(struct app *app)
{
    struct events_screen *events =
        list_screen_new(sizeof *events, &ADMIN_EVENTS_OPS, COLUMNS(EVENT_COLUMNS), NULL,
                        "没有这样的记录；F6 换范围");

    events->list.table.cell = event_cell;
    app_push(app, &events->list.screen);
}

static const struct dialog_field EVENT_FIELDS[] = {
    {.id = "officer", .label = "工号", .type = "text", .max = 31},
    {.id = "record",
     .label = "记录",
     .type = "text",
     .max = 64,
     .help = "个案编号或身份证号；空着是全部"},
    {.id = "since", .label = "自何日起", .type = "date"},
    {.id = "action",
     .label = "操作",
     .type = "text",
     .max = 32,
     .help = "如 登记探访、导入；空着是全部"},
};

static void scope_submit(struct form_screen *form, bool confirm)
{
    struct events_screen *events = form->spec.arg;

    (void)confirm;
    fields_copy(&events->scope, form->values);
    form_close(form);
}

static void events_scope(struct app *app)
{
    struct events_screen *events = (struct events_screen *)app->top;
    struct form_spec spec = {
        .title = "查哪些记录",
        .dialog = dialog_new("查哪些记录", COLUMNS(EVENT_FIELDS)),
        .modal = true,
        .submit = scope_submit,
        .arg = events,
    };

    fields_copy(&spec.values, &events->scope);
    (void)form_open(app, &spec);
}

static void events_show(struct app *app)
{
    static const char *const more[] = {"area", "note", "session", NULL};
    struct str text = {0};

    table_row_text(top_table(app), more, &text);
    ask_show(app, "操作记录", str_text(&text));
    str_free(&text);
}

// ---- status

static const struct table_column STATUS_COLUMNS[] = {
    {.id = "name", .label = "项目", .least = 16, .most = 24},
    {.id = "value", .least = 30, .most = 0},
};

static bool is_alarm(const struct sheet *sheet, size_t row)
{
    return strcmp(sheet_get(sheet, row, "name"), measure_at(MEASURE_ALARM_WORDS)->line) == 0;
}

static enum style status_style(const struct table *table, size_t row, const char *id)
{
    (void)id;
    return is_alarm(table->sheet, row) ? STYLE_BAD : STYLE_PLAIN;
}

/** Copies the alarms, or the other rows. Returns how many. */
static size_t copy_lines(const struct sheet *from, bool alarms, struct sheet *to)
{
    size_t before = to->row_count;

    for (size_t row = 0; row < from->row_count; row++) {
        const char *cells[] = {sheet_get(from, row, "name"), sheet_get(from, row, "value")};
        if (is_alarm(from, row) == alarms)
            sheet_add_cells(to, cells);
    }
    return to->row_count - before;
}

/** The alarms first: below the others a screen of 24 lines would not show them. */
static void status_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__Status ask = WIRE__STATUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *answer = NULL;

    request.what_case = WIRE__REQUEST__WHAT_STATUS;
    request.status = &ask;
    if (app_call_sheet(screen->app, &request, &answer) != 0)
        return;
    struct sheet *sheet = column_sheet(&COLUMNS_STATUS);
    size_t alarms = copy_lines(answer, true, sheet);
    (void)copy_lines(answer, false, sheet);
    if (alarms > 0)
        list_screen_caption(list, "运行状态  告警 %zu 项", alarms);
    else
        list_screen_caption(list, "运行状态  没有告警");
    table_fill(&list->table, &sheet);
    sheet_free(&answer);
}

const struct screen_ops ADMIN_STATUS_OPS = {
    .title = "运行状态",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = status_refresh,
    LIST_SCREEN_OPS,
};

void admin_open_status(struct app *app)
{
    struct list_screen *list = list_screen_new(
        sizeof *list, &ADMIN_STATUS_OPS, COLUMNS(STATUS_COLUMNS), NULL, "没有内容；Ctrl+R 再取");

    list->table.style = status_style;
    app_push(app, &list->screen);
}

// ---- keys

static const struct action OFFICERS_ACTIONS[] = {
    {"officers.add", "新增", "F2 n", "新增人员", "officer.edit", officers_add, .records = true},
    {"officers.edit", "修改", "F5 Enter", "修改姓名、角色、区划、电话", "officer.edit",
     officers_edit, MARKS_ONE},
    {"officers.reset", "重置密码", "F3", "重置密码，给出一次性密码", "officer.edit", officers_reset,
     MARKS_ONE},
    {"officers.lock", "锁定", "F6", "锁定，不能再登录", "officer.edit", officers_lock, MARKS_ONE},
    {"officers.unlock", "解锁", "F7", "解锁", "officer.edit", officers_unlock, MARKS_ONE},
};

static const struct action EVENTS_ACTIONS[] = {
    {"events.show", "细看", "Enter", "看这条记录的全文", NULL, events_show, MARKS_ONE},
    {"events.scope", "范围", "F6 s", "查某人、某记录、某日以后", NULL, events_scope},
};

const struct screen_ops ADMIN_OFFICERS_OPS = {
    .title = "人员",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = officers_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(OFFICERS_ACTIONS)},
};

const struct screen_ops ADMIN_EVENTS_OPS = {
    .title = "操作记录",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = events_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = events_done,
    .actions = {ACTION_TABLE(EVENTS_ACTIONS)},
};
