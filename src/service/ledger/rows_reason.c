/*
 * The reason for a duty's state, in words.
 */
#include "service/ledger/rows.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/ledger/duties.h"
#include "service/ledger/marks.h"
#include "service/memory/excuses.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct reason {
    struct usecase *usecase;
    const Rec__Duty *duty;
    const struct duty_view *view;
    struct str text;
};

/** Adds the first counting visit: "2026-10-05 电话 刘洋（补录）". */
static enum result say_visit(struct reason *reason)
{
    const Rec__Duty *duty = reason->duty;
    Rec__Visit *visit = NULL;
    bool corrected = false;
    char day[DATE_TEXT];

    str_printf(&reason->text, "%s", date_format(reason->view->reached_on, day));
    if (duty->n_credits == 0)
        return RESULT_OK;
    const Rec__Credit *credit = duty->credits[0];
    enum result result =
        store_visit_get(reason->usecase->txn, duty->person, credit->date, credit->seq, &visit);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    result = recount_visit_corrected(reason->usecase, visit, &corrected);
    if (result == 0)
        str_printf(&reason->text, " %s %s%s%s", visit->mode, visit->by, corrected ? "（更正）" : "",
                   credit->late ? "（补录）" : "");
    rec__visit__free_unpacked(visit, NULL);
    return result;
}

static enum result say_reached(struct reason *reason)
{
    const struct duty_view *view = reason->view;
    int need = reason->duty->need < 1 ? 1 : (int)reason->duty->need;

    str_add(&reason->text, "已访：");
    enum result result = say_visit(reason);
    if (result == 0 && need > 1)
        str_printf(&reason->text, "；本月 %d/%d%s", view->done, need,
                   view->fulfilled ? "，达标" : "，未达标");
    return result;
}

static void say_attempts(struct reason *reason)
{
    char first[DATE_TEXT];
    const Rec__Duty *duty = reason->duty;

    if (reason->view->attempts > 0 && duty->n_attempts > 0)
        str_printf(&reason->text, "；未见到 %d 次，最近 %s", reason->view->attempts,
                   date_format(duty->attempts[duty->n_attempts - 1], first));
}

static enum result say_unreached(struct reason *reason)
{
    const struct duty_view *view = reason->view;
    const Rec__Excuse *excuse = reason->duty->excuse;
    char day[DATE_TEXT];

    str_printf(&reason->text, "%s：", duty_state_label(view->state));
    if (view->last_visit != 0)
        str_printf(&reason->text, "上次 %s", date_format(view->last_visit, day));
    else
        str_add(&reason->text, "此前没有探访记录");
    if (view->due_on != 0)
        str_printf(&reason->text, "，应于 %s 前探访", date_format(view->due_on, day));
    say_attempts(reason);
    if (view->asked)
        str_printf(&reason->text, "；免访申请（%s）待审批", excuse->reason);
    else if (excuse != NULL && strcmp(excuse->state, EXCUSE_REFUSED) == 0)
        str_printf(&reason->text, "；免访申请（%s）未批准", excuse->reason);
    else if (excuse != NULL && strcmp(excuse->state, EXCUSE_REVOKED) == 0)
        str_printf(&reason->text, "；免访（%s）已撤销：%s", excuse->reason, excuse->revoked_note);
    return RESULT_OK;
}

static enum result say_excused(struct reason *reason)
{
    const Rec__Excuse *excuse = reason->duty->excuse;
    char from[DATE_TEXT];
    char to[DATE_TEXT];

    if (excuse == NULL) {
        str_add(&reason->text, reason->view->reason);
        return RESULT_OK;
    }
    char *by = rows_officer_name_at(reason->usecase, reason->duty->area, excuse->decided_by);
    str_printf(&reason->text, "免访：%s %s 至 %s（%s批准）", excuse->reason,
               date_format(excuse->from, from), date_format(excuse->to, to), by);
    free(by);
    return RESULT_OK;
}

static enum result say_not_counted(struct reason *reason)
{
    const Rec__Duty *duty = reason->duty;
    const struct duty_view *view = reason->view;
    char day[DATE_TEXT];

    str_add(&reason->text, view->reason);
    if (text_starts(view->reason, "新增免计"))
        str_printf(&reason->text, "：%s 纳入", date_format(duty->since, day));
    else if (text_starts(view->reason, "减员免计"))
        str_printf(&reason->text, " %s", date_format(duty->closed_on, day));
    if (view->reached_on == 0)
        return RESULT_OK;
    str_add(&reason->text, "；其间已访 ");
    return say_visit(reason);
}

enum result rows_reason(struct usecase *usecase, const Rec__Duty *duty,
                        const struct duty_view *view, char **ret_text)
{
    static enum result (*const say[])(struct reason * reason) = {
        [DUTY_PENDING] = say_unreached,       [DUTY_REACHED] = say_reached,
        [DUTY_MISSED] = say_unreached,        [DUTY_EXCUSED] = say_excused,
        [DUTY_NOT_COUNTED] = say_not_counted,
    };
    struct reason reason = {.usecase = usecase, .duty = duty, .view = view};
    enum result result = say[view->state](&reason);

    marks_say(usecase, duty, &reason.text);
    if (result == 0)
        *ret_text = str_take(&reason.text);
    else
        str_free(&reason.text);
    return result;
}
