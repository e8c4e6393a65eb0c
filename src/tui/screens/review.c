#include "tui/screens/review.h"

#include "base/mem.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"

#include <stdlib.h>
#include <string.h>

static const char *const RESULTS[] = {"继续保障", "调整待遇", "停止保障", NULL};

static const struct dialog_field FIELDS[] = {
    {.id = "date", .label = "复核日期", .type = "date", .required = true},
    {.id = "result",
     .label = "结果",
     .type = "choice",
     .options = RESULTS,
     .initial = "继续保障",
     .required = true},
    {.id = "note", .label = "说明", .type = "text", .max = 200},
};

static void review_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    Wire__ReviewAdd add = WIRE__REVIEW_ADD__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)confirm;
    add.case_id = *(uint64_t *)form->spec.arg;
    add.date = (char *)fields_get(form->values, "date");
    add.result = (char *)fields_get(form->values, "result");
    add.note = (char *)fields_get(form->values, "note");
    request.what_case = WIRE__REQUEST__WHAT_REVIEW_ADD;
    request.review_add = &add;
    if (app_call(app, &request, &response) == 0) {
        form_close(form);
        list_screen_leave(app->top, add.case_id);
        app_say(app, "复核已登记");
    } else {
        (void)form_problems(form, response);
    }
    client_response_free(&response);
}

const char *review_words(const char *duty_words)
{
    static const struct {
        const char *visit, *review;
    } words[] = {{"待访", "待复核"}, {"已访", "已复核"}, {"达标", "已复核"}, {"未访", "未复核"}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].visit, duty_words) == 0)
            return words[i].review;
    return duty_words;
}

void review_open(struct app *app, uint64_t case_id, const char *name)
{
    uint64_t *arg = mem_new(sizeof *arg);
    char *title = mem_printf("登记复核 %s", name);
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, FIELDS, sizeof FIELDS / sizeof FIELDS[0]),
        .modal = true,
        .submit = review_submit,
        .arg = arg,
        .free_arg = free,
    };

    *arg = case_id;
    fields_set(&spec.values, "date", client_welcome(app->client)->today);
    (void)form_open(app, &spec);
    free(title);
}
