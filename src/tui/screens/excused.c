#include "tui/screens/excused.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "tui/form/form.h"
#include "tui/screens/excuse.h"

#include <stdlib.h>
#include <string.h>

/** The excuse that the window revokes. */
struct revoking {
    uint64_t case_id;
    char *month;
};

static void revoking_free(void *arg)
{
    struct revoking *revoking = arg;

    free(revoking->month);
    free(revoking);
}

static void revoke_submit(struct form_screen *form, bool confirm)
{
    const struct revoking *revoking = form->spec.arg;
    Wire__ExcuseRevoke ask = WIRE__EXCUSE_REVOKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.case_id = revoking->case_id;
    ask.month = revoking->month;
    ask.note = (char *)fields_get(form->values, "note");
    request.what_case = WIRE__REQUEST__WHAT_EXCUSE_REVOKE;
    request.excuse_revoke = &ask;
    form_send(form, &request);
}

static void open_revoking(struct app *app, const struct excused_of *of)
{
    static const struct dialog_field fields[] = {
        {.id = "granted", .label = "已批准", .type = "memo", .fixed = true},
        {.id = "after", .label = "撤销以后", .type = "memo", .fixed = true},
        {.id = "note",
         .label = "原因",
         .type = "text",
         .max = 200,
         .required = true,
         .help = "提前回来了、批错了……，2至200字，记入日志"},
    };
    struct revoking *revoking = mem_new(sizeof *revoking);
    char *title = mem_printf("撤销免访 %s", of->name);
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, fields, sizeof fields / sizeof fields[0]),
        .modal = true,
        .submit = revoke_submit,
        .arg = revoking,
        .free_arg = revoking_free,
    };

    revoking->case_id = of->case_id;
    revoking->month = mem_copy(of->month);
    fields_set(&spec.values, "granted", of->excuse);
    fields_set(&spec.values, "after", "没有月结的月份恢复应访；已月结的月份不动，要先重开");
    (void)form_open(app, &spec);
    free(title);
}

/** Asks for a further excuse from the next day on, if that day is in the same month. */
static void open_asking(struct app *app, const struct excused_of *of)
{
    size_t length = strlen(of->excuse);
    const char *last = length < DATE_TEXT ? "" : of->excuse + length - (DATE_TEXT - 1);
    month_t month = 0;
    day_t to = 0;
    char next[DATE_TEXT];

    if (month_parse(of->month, &month) == 0 && date_parse(last, &to) == 0 &&
        to < month_last(month)) {
        excuse_open(app, &(struct excuse_of){.case_id = of->case_id,
                                             .name = of->name,
                                             .month = of->month,
                                             .from = date_format(to + 1, next)});
    }
    app_say(app, "%s 已批准免访：%s；要撤销的，请负责人办", of->name, of->excuse);
}

void excused_open(struct app *app, const struct excused_of *of)
{
    if (app_may(app, "excuse.decide"))
        open_revoking(app, of);
    else
        open_asking(app, of);
}

long excused_row(const struct table *duties, bool chosen, const char *month)
{
    const struct sheet *sheet = duties->sheet;

    if (chosen)
        return list_row(&duties->list);
    for (size_t row = 0; sheet != NULL && row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "month"), month) == 0 &&
            strcmp(sheet_get(sheet, row, "type"), DUTY_TYPE_REVIEW) != 0)
            return (long)row;
    return -1;
}
