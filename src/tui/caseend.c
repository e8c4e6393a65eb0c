#include "tui/caseend.h"

#include "base/mem.h"
#include "tui/form.h"

#include <stdlib.h>
#include <string.h>

/** What is sent along with the window's values. */
struct ending {
    uint64_t case_id;
    uint32_t version;
};

static bool is_active(const struct caseend_of *of)
{
    return strcmp(of->state, "active") == 0;
}

/** Sends what the window asked for; on success it is closed and the answer said. */
static void send(struct form_screen *form, Wire__Request *request)
{
    struct app *app = form->screen.app;
    Wire__Response *response = NULL;

    if (app_call(app, request, &response) == 0) {
        form_close(form);
        app_say(app, "%s", response->message);
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

/** Opens the window; the case goes with it. */
static void open_window(struct app *app, const struct caseend_of *of, struct form_spec *spec,
                        const struct dialog_field *fields, size_t count)
{
    struct ending *ending = mem_new(sizeof(*ending));

    ending->case_id = of->case_id;
    ending->version = of->version;
    spec->dialog = dialog_new(spec->title, fields, count);
    spec->modal = true;
    spec->arg = ending;
    spec->free_arg = free;
    (void)form_open(app, spec);
}

/* ---- ending */

static void close_submit(struct form_screen *form, bool confirm)
{
    const struct ending *ending = form->spec.arg;
    Wire__CaseClose ask = WIRE__CASE_CLOSE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.case_id = ending->case_id;
    ask.version = ending->version;
    ask.date = (char *)fields_get(form->values, "date");
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_CASE_CLOSE;
    request.case_close = &ask;
    send(form, &request);
}

void caseend_close(struct app *app, const struct caseend_of *of)
{
    struct dialog_field fields[] = {
        {.id = "date",
         .label = "生效日期",
         .type = "date",
         .required = true,
         .help = "死亡、迁出等实际发生的日期，可以早于今天"},
        {.id = "reason",
         .label = "退出原因",
         .type = "choice",
         .options = of->form->exits,
         .required = true},
    };
    char *title = mem_printf("退出 %s", of->name);
    struct form_spec spec = {.title = title, .submit = close_submit};

    if (is_active(of)) {
        fields_set(&spec.values, "date", client_welcome(app->client)->today);
        open_window(app, of, &spec, fields, sizeof(fields) / sizeof(fields[0]));
    } else {
        app_say(app, app_may(app, "case.reopen") ? "这个个案已经退出；误办的按 z 撤销退出"
                                                 : "这个个案已经退出");
    }
    free(title);
}

/* ---- an exit taken back */

static void reopen_submit(struct form_screen *form, bool confirm)
{
    const struct ending *ending = form->spec.arg;
    Wire__CaseReopen ask = WIRE__CASE_REOPEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.case_id = ending->case_id;
    ask.version = ending->version;
    ask.reason = (char *)fields_get(form->values, "reason");
    request.what_case = WIRE__REQUEST__WHAT_CASE_REOPEN;
    request.case_reopen = &ask;
    send(form, &request);
}

void caseend_reopen(struct app *app, const struct caseend_of *of)
{
    static const struct dialog_field fields[] = {
        {.id = "reason",
         .label = "原因",
         .type = "text",
         .max = 200,
         .required = true,
         .help = "为什么要撤销，记入日志"},
    };
    bool death = strcmp(of->exit_reason, "死亡") == 0;
    char *title = mem_printf("撤销退出%s %s", death ? "和死亡登记" : "", of->name);
    struct form_spec spec = {.title = title, .submit = reopen_submit};

    if (is_active(of))
        app_say(app, "这个个案没有退出");
    else
        open_window(app, of, &spec, fields, sizeof(fields) / sizeof(fields[0]));
    free(title);
}
