#include "tui/screens/alarm.h"

#include "base/mem.h"
#include "base/str.h"
#include "tui/app/ask.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

#define TAKE "接手"
#define FINISH "办结"
#define OPEN_CASE "打开个案"

/** What the request needs besides the window's values. */
struct handling {
    uint64_t alarm, case_id;
};

// ---- what was chosen

static void take(struct form_screen *form, const struct handling *handling)
{
    Wire__AlarmTake ask = WIRE__ALARM_TAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.alarm = handling->alarm;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_TAKE;
    request.alarm_take = &ask;
    form_send(form, &request);
}

static void finish(struct form_screen *form, const struct handling *handling)
{
    Wire__AlarmFinish ask = WIRE__ALARM_FINISH__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.alarm = handling->alarm;
    ask.note = (char *)fields_get(form->values, "note");
    request.what_case = WIRE__REQUEST__WHAT_ALARM_FINISH;
    request.alarm_finish = &ask;
    form_send(form, &request);
}

static void submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    const struct handling *handling = form->spec.arg;
    const char *what = fields_get(form->values, "do");

    (void)confirm;
    if (strcmp(what, TAKE) == 0) {
        take(form, handling);
    } else if (strcmp(what, FINISH) == 0) {
        finish(form, handling);
    } else {
        uint64_t case_id = handling->case_id;
        form_close(form);
        case_open(app, case_id);
    }
}

// ---- the window

static const struct dialog_field FIELDS[] = {
    {.id = "who", .label = "对象", .type = "memo", .fixed = true},
    {.id = "text", .label = "情况", .type = "memo", .fixed = true},
    {.id = "visit", .label = "探访", .type = "memo", .fixed = true, .when = "not empty(visit)"},
    {.id = "raised", .label = "登记", .type = "memo", .fixed = true},
    {.id = "clock", .label = "时限", .type = "memo", .fixed = true, .when = "not empty(clock)"},
    {.id = "taken", .label = "接手", .type = "memo", .fixed = true, .when = "not empty(taken)"},
    {.id = "do", .label = "办理", .type = "choice", .required = true},
    {.id = "note",
     .label = "办理结果",
     .type = "memo",
     .max = 200,
     .required = true,
     .help = "去看了没有、怎么处置的、查明了什么；办结以后和探访一起留着",
     .when = "do = " FINISH},
};

/** What this officer can do about the alarm now; NULL-terminated, the usual next step first. */
static void list_choices(const Wire__AlarmView *view, const char *choices[4])
{
    size_t count = 0;

    if (view->may_take)
        choices[count++] = TAKE;
    if (view->may_finish)
        choices[count++] = FINISH;
    if (view->case_id != 0)
        choices[count++] = OPEN_CASE;
    choices[count] = NULL;
}

static void fill_values(const Wire__AlarmView *view, struct fields *values)
{
    struct str who = {0};

    str_printf(&who, "%s %s岁 %s %s %s", view->name, view->age, view->area_name, view->address,
               view->phone);
    fields_set(values, "who", str_text(&who));
    fields_set(values, "text", view->text);
    fields_set(values, "visit", view->visit);
    fields_set(values, "raised", view->raised);
    fields_set(values, "clock", view->clock);
    fields_set(values, "taken", view->taken);
    str_free(&who);
}

static void open_window(struct app *app, const Wire__AlarmView *view)
{
    struct dialog_field fields[sizeof FIELDS / sizeof FIELDS[0]];
    const char *choices[4];
    struct handling *handling = mem_new(sizeof *handling);
    char *title = mem_printf("%s %s", view->what, view->name);
    struct form_spec spec = {
        .title = title, .modal = true, .submit = submit, .arg = handling, .free_arg = free};

    *handling = (struct handling){view->alarm, view->case_id};
    list_choices(view, choices);
    memcpy(fields, FIELDS, sizeof fields);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].id, "do") == 0)
            fields[i].options = choices;
    spec.dialog = dialog_new(title, fields, sizeof fields / sizeof fields[0]);
    fill_values(view, &spec.values);
    fields_set(&spec.values, "do", choices[0]);
    (void)form_open(app, &spec);
    free(title);
}

void alarm_open(struct app *app, uint64_t alarm)
{
    Wire__AlarmGet ask = WIRE__ALARM_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.alarm = alarm;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_GET;
    request.alarm_get = &ask;
    if (app_call(app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_ALARM_VIEW) {
        const Wire__AlarmView *view = response->alarm_view;
        if (view->may_take || view->may_finish)
            open_window(app, view);
        else if (view->case_id != 0)
            case_open(app, view->case_id);
        else
            ask_show(app, view->what, view->text);
    }
    client_response_free(&response);
}

// ---- from above

void alarm_show_area(struct app *app, const char *area, const char *title)
{
    Wire__AlarmList ask = WIRE__ALARM_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;
    struct str text = {0};

    ask.area = (char *)area;
    request.what_case = WIRE__REQUEST__WHAT_ALARM_LIST;
    request.alarm_list = &ask;
    if (app_call_sheet(app, &request, &sheet) == 0) {
        for (size_t i = 0; i < sheet->row_count; i++)
            str_printf(&text, "%s %s\n", sheet_get(sheet, i, "what"), sheet_get(sheet, i, "text"));
        ask_show(app, title, text.length > 0 ? str_text(&text) : "都办结了");
    }
    sheet_free(&sheet);
    str_free(&text);
}
