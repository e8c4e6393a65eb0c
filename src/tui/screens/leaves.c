#include "tui/screens/leaves.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/officers.h"
#include "tui/form/dialog.h"
#include "tui/form/form.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "what", .least = 4, .most = 4},
    {.id = "officer", .label = "人员", .least = 6, .most = 10},
    {.id = "substitute", .least = 6, .most = 10},
    {.id = "from", .least = 10, .most = 10},
    {.id = "to", .least = 10, .most = 10},
    {.id = "state", .least = 6, .most = 8},
    {.id = "reason", .least = 10, .most = 30},
    {.id = "persons", .label = "个案", .least = 4, .most = 6, .rank = 2},
    {.id = "area_name", .label = "单位", .least = 8, .most = 14, .rank = 1},
    {.id = "by", .label = "登记人", .least = 6, .most = 8, .rank = 3},
    {.id = "remark", .label = "结束原因", .least = 8, .most = 0, .rank = 4},
};

/** What was entered of a handover, until it is confirmed, stands here. */
struct leaves_screen {
    struct list_screen list;
    char *area, *officer, *reason;
};

static void leaves_done(struct screen *screen)
{
    struct leaves_screen *leaves = (struct leaves_screen *)screen;

    free(leaves->area);
    free(leaves->officer);
    free(leaves->reason);
    list_screen_done(screen);
}

static void leaves_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__LeaveList ask = WIRE__LEAVE_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_LEAVE_LIST;
    request.leave_list = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "请假时替班人的应访清单里有他的人（标代）；责任人和数字不变");
        table_fill(&list->table, &sheet);
    }
}

void leaves_open(struct app *app)
{
    struct leaves_screen *leaves =
        list_screen_new(sizeof *leaves, &LEAVES_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "leave", "还没有请假和接管；F7 登记请假");

    app_push(app, &leaves->list.screen);
}

// ---- a leave

static void submit_leave(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    Wire__LeaveMake ask = WIRE__LEAVE_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    char *officer = officers_resolve(app, fields_get(form->values, "officer"));
    char *substitute = officers_resolve(app, fields_get(form->values, FORM_DIALOG_SUBSTITUTE));

    (void)confirm;
    ask.officer = officer;
    ask.substitute = substitute;
    ask.from = (char *)fields_get(form->values, "from");
    ask.to = (char *)fields_get(form->values, "to");
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_LEAVE_MAKE;
    request.leave_make = &ask;
    form_send(form, &request);
    free(officer);
    free(substitute);
}

static const struct dialog_field LEAVE_FIELDS[] = {
    {.id = "officer",
     .label = "请假的人",
     .type = "text",
     .max = 32,
     .required = true,
     .help = "工号或姓名；别人的由负责人登记"},
    {.id = FORM_DIALOG_SUBSTITUTE,
     .label = "替班人",
     .type = "text",
     .max = 32,
     .required = true,
     .help = "工号或姓名，F4 选；同一村(社区)的或镇街的"},
    {.id = "from", .label = "起始日", .type = "date", .ahead = true, .required = true},
    {.id = "to", .label = "截止日", .type = "date", .ahead = true, .required = true},
    {.id = "reason", .label = "原因", .type = "text", .max = 60, .required = true},
};

static void leaves_add(struct app *app)
{
    struct form_spec spec = {.title = "登记请假", .modal = true, .submit = submit_leave};
    char day[DATE_TEXT];

    spec.dialog =
        dialog_new(spec.title, LEAVE_FIELDS, sizeof LEAVE_FIELDS / sizeof LEAVE_FIELDS[0]);
    fields_set(&spec.values, "officer", app_account(app)->id);
    fields_set(&spec.values, "from", date_format(app_today(app), day));
    (void)form_open(app, &spec);
}

// ---- ending, undoing

static void submit_end(struct form_screen *form, bool confirm)
{
    Wire__LeaveEnd ask = WIRE__LEAVE_END__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.leave = strtoull(form->spec.arg, NULL, 10);
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_LEAVE_END;
    request.leave_end = &ask;
    form_send(form, &request);
}

static const struct dialog_field END_FIELDS[] = {
    {.id = "who", .label = "请假", .type = "memo", .fixed = true},
    {.id = "reason", .label = "原因", .type = "text", .max = 60, .required = true},
};

/** Sends the request; its words are said, and the list is asked for again. */
static void send(struct app *app, Wire__Takeover *ask)
{
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    request.what_case = WIRE__REQUEST__WHAT_TAKEOVER;
    request.takeover = ask;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s", response->message);
        app_changed(app);
    }
    client_response_free(&response);
}

static void undo_confirmed(struct app *app, void *arg, const char *answer)
{
    Wire__Takeover ask = WIRE__TAKEOVER__INIT;

    (void)arg;
    (void)answer;
    ask.undo = strtoull(table_text(list_screen_table(app->top), "leave"), NULL, 10);
    send(app, &ask);
}

static void end_leave(struct app *app, const struct table *table)
{
    struct form_spec spec = {.title = "结束请假",
                             .modal = true,
                             .submit = submit_end,
                             .arg = mem_copy(table_text(table, "leave")),
                             .free_arg = free};
    char *who = mem_printf("%s %s 至 %s，%s代；今天起由本人探访", table_text(table, "officer"),
                           table_text(table, "from"), table_text(table, "to"),
                           table_text(table, "substitute"));

    spec.dialog = dialog_new(spec.title, END_FIELDS, sizeof END_FIELDS / sizeof END_FIELDS[0]);
    fields_set(&spec.values, "who", who);
    (void)form_open(app, &spec);
    free(who);
}

static void leaves_end(struct app *app)
{
    const struct table *table = list_screen_table(app->top);

    if (table_text(table, "may")[0] == '\0') {
        app_warn(app, "%s，不能再结束：请假由本人或负责人结束，接管由镇街撤销",
                 table_text(table, "state"));
        return;
    }
    if (strcmp(table_text(table, "what"), "请假") == 0) {
        end_leave(app, table);
        return;
    }
    char *text = mem_printf("撤销%s对%s的接管？%s 件个案的责任人还原", table_text(table, "officer"),
                            table_text(table, "area_name"), table_text(table, "persons"));
    ask_confirm(app, text, undo_confirmed, NULL);
    free(text);
}

// ---- a village is taken over

static Wire__Takeover ask_taking(const struct leaves_screen *leaves)
{
    Wire__Takeover ask = WIRE__TAKEOVER__INIT;

    ask.area = leaves->area;
    ask.officer = leaves->officer;
    ask.reason = leaves->reason;
    return ask;
}

static void take_confirmed(struct app *app, void *arg, const char *answer)
{
    Wire__Takeover ask = ask_taking(arg);

    (void)answer;
    send(app, &ask);
}

/** Asks how many people it would be; then it is confirmed. */
static void submit_takeover(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    struct leaves_screen *leaves = form->spec.arg;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    mem_replace(&leaves->area, fields_get(form->values, "area"));
    mem_replace(&leaves->reason, fields_get(form->values, "reason"));
    free(leaves->officer);
    leaves->officer = officers_resolve(app, fields_get(form->values, FORM_DIALOG_VISITOR));
    Wire__Takeover ask = ask_taking(leaves);
    ask.dry_run = true;
    request.what_case = WIRE__REQUEST__WHAT_TAKEOVER;
    request.takeover = &ask;
    if (app_call(app, &request, &response) == 0) {
        char *text = mem_printf("%s 确定接管？", response->message);
        form_close(form);
        ask_confirm(app, text, take_confirmed, leaves);
        free(text);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

static const char *village_level(const struct form_screen *form)
{
    (void)form;
    return "village";
}

static const struct dialog_field TAKE_FIELDS[] = {
    {.id = "area", .label = "村(社区)", .type = "area", .required = true, .help = "F4 选"},
    {.id = FORM_DIALOG_VISITOR,
     .label = "接管的人",
     .type = "text",
     .max = 32,
     .required = true,
     .help = "工号或姓名，F4 选；这个村(社区)所有人的责任人都换成他"},
    {.id = "reason", .label = "原因", .type = "text", .max = 60, .required = true},
};

static void leaves_take(struct app *app)
{
    struct form_spec spec = {.title = "接管村(社区)",
                             .modal = true,
                             .submit = submit_takeover,
                             .arg = app->top,
                             .place_level = village_level};

    spec.dialog = dialog_new(spec.title, TAKE_FIELDS, sizeof TAKE_FIELDS / sizeof TAKE_FIELDS[0]);
    (void)form_open(app, &spec);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"leaves.add", "请假", "F7", "登记请假和替班人", "leave.enter", leaves_add},
    {"leaves.take", "接管", "F6", "新的人接管一个村(社区)，先看多少人", "takeover", leaves_take},
    {"leaves.end", "结束", "F8", "结束请假，或撤销接管", "leave.list", leaves_end, MARKS_ONE},
};

const struct screen_ops LEAVES_OPS = {
    .title = "请假交接",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = leaves_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = leaves_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
