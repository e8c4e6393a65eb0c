#include "tui/screens/payrolldecide.h"

#include "base/mem.h"
#include "tui/app/app.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/screens/payroll.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const char *chosen(struct app *app, const char *column)
{
    return table_aimed(list_screen_table(app->top), column);
}

void payrolldecide_send(struct app *app, Wire__Request *request)
{
    Wire__Response *response = NULL;

    if (app_call(app, request, &response) == 0) {
        app_say(app, "%s", response->message);
        app_changed(app);
    }
    client_response_free(&response);
}

// ---- what a month is owed

static void decide(struct app *app, const char *why, bool keep)
{
    Wire__PayrollDecide ask = WIRE__PAYROLL_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.case_no = (char *)chosen(app, "case_no");
    ask.month = (char *)chosen(app, "month");
    ask.keep = keep;
    ask.why = (char *)(uintptr_t)why;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_DECIDE;
    request.payroll_decide = &ask;
    payrolldecide_send(app, &request);
}

static void decide_new(struct app *app, void *arg, const char *why)
{
    (void)arg;
    decide(app, why, false);
}

static void decide_keep(struct app *app, void *arg, const char *why)
{
    (void)arg;
    decide(app, why, true);
}

void payrolldecide_new(struct app *app)
{
    if (strcmp(chosen(app, "state"), "下次补发") == 0) {
        app_warn(app, "下一份花名册会补发这一笔，不用决定");
        return;
    }
    char *title = mem_printf("%s %s 按现应发 %s 算，为什么", chosen(app, "name"),
                             chosen(app, "month"), chosen(app, "now"));

    ask_reason(app, title, decide_new, NULL);
    free(title);
}

void payrolldecide_keep(struct app *app)
{
    char *title = mem_printf("%s %s 按已发 %s 不变，为什么", chosen(app, "name"),
                             chosen(app, "month"), chosen(app, "paid"));

    ask_reason(app, title, decide_keep, NULL);
    free(title);
}

// ---- confirming what another officer decided

static void settle(struct app *app, bool refuse, const char *why)
{
    Wire__PayrollSettle ask = WIRE__PAYROLL_SETTLE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.case_no = (char *)chosen(app, "case_no");
    ask.month = (char *)chosen(app, "month");
    ask.refuse = refuse;
    ask.why = (char *)(uintptr_t)why;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_SETTLE;
    request.payroll_settle = &ask;
    payrolldecide_send(app, &request);
}

static void refuse(struct app *app, void *arg, const char *why)
{
    (void)arg;
    settle(app, true, why);
}

static void settle_chosen(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    if (strcmp(answer, "confirm") == 0)
        settle(app, false, "");
    else
        ask_reason(app, "退回这个决定，为什么", refuse, NULL);
}

void payrolldecide_settle(struct app *app)
{
    static const char *const labels[] = {"确认", "退回，要写理由"};
    static const char *const values[] = {"confirm", "refuse"};

    if (strcmp(chosen(app, "state"), "待确认") != 0) {
        app_warn(app, "这一笔没有待确认的决定；要决定的按 F6 或 F7");
        return;
    }
    char *title =
        mem_printf("%s %s 已发 %s 现应发 %s，%s 的决定", chosen(app, "name"), chosen(app, "month"),
                   chosen(app, "paid"), chosen(app, "now"), chosen(app, "decided_by"));
    ask_choice(app,
               &(struct ask_choice){.title = title,
                                    .labels = labels,
                                    .values = values,
                                    .count = sizeof labels / sizeof labels[0],
                                    .numbers = true},
               settle_chosen, NULL);
    free(title);
}

// ---- which entry came back

static void identify(struct app *app, void *arg, const char *answer)
{
    Wire__PayrollIdentify ask = WIRE__PAYROLL_IDENTIFY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const char *kind;
    const char *month;
    const char *area;

    (void)arg;
    (void)answer;
    payroll_roster_shown(app, &kind, &month, &area);
    ask.kind = (char *)(uintptr_t)kind;
    ask.month = (char *)(uintptr_t)month;
    ask.area = (char *)(uintptr_t)area;
    ask.reference = (char *)chosen(app, "reference");
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_IDENTIFY;
    request.payroll_identify = &ask;
    payrolldecide_send(app, &request);
}

void payrolldecide_identify(struct app *app)
{
    if (strcmp(chosen(app, "state"), "待认退回") != 0) {
        app_warn(app, "这一笔没有待认的退回；银行退回的，在发放里按 F4 读银行的文件");
        return;
    }
    char *text = mem_printf("%s %s %s 元，附言 %s：银行退回的就是这一笔？\n请先与银行核对；"
                            "登记以后，下一份花名册补发。",
                            chosen(app, "name"), chosen(app, "month"), chosen(app, "total"),
                            chosen(app, "reference"));
    ask_confirm(app, text, identify, NULL);
    free(text);
}
