/* The form screen: checking and submitting, problems shown. */
#include "tui/form/form_private.h"

#include "base/str.h"
#include "tui/app/ask.h"
#include "wire/convert.h"

#include <stdlib.h>

static void confirmed(struct app *app, void *arg, const char *answer)
{
    struct form_screen *form = arg;

    (void)app;
    (void)answer;
    form->spec.submit(form, true);
}

bool form_problems(struct form_screen *form, const Wire__Response *response)
{
    struct problems *problems = form->model.problems;

    if (response == NULL || response->n_problems == 0)
        return false;
    problems_free(problems);
    *problems = (struct problems){0};
    wire_problems_read(response, problems);
    form_end_edit(form);
    if (problems_any(problems)) {
        (void)formmodel_goto_error(&form->model);
    } else {
        struct str text = {0};
        for (size_t i = 0; i < problems->count; i++)
            str_printf(&text, "%s\n", problems->items[i].text);
        str_add(&text, "\n仍要提交吗？");
        ask_confirm(form->screen.app, str_text(&text), confirmed, form);
        str_free(&text);
    }
    form_begin_edit(form);
    return true;
}

bool form_only_missing(const struct problems *problems)
{
    for (size_t i = 0; i < problems->count; i++)
        if (!problems->items[i].warning && problems->items[i].value[0] != '\0')
            return false;
    return true;
}

void form_show_errors(struct form_screen *form, const char *more)
{
    const struct problems *problems = form->model.problems;
    const struct problem *first = NULL;
    size_t errors = 0;

    (void)formmodel_goto_error(&form->model);
    first = formmodel_problem(&form->model, formmodel_item(&form->model), 0);
    for (size_t i = 0; i < problems->count; i++)
        errors += problems->items[i].warning ? 0 : 1;
    app_warn(form->screen.app, "有 %zu 处需要更正：%s%s", errors,
             first != NULL ? first->text : problems_first(problems), more);
    form_begin_edit(form);
}

void form_submit(struct app *app)
{
    struct form_screen *form = (struct form_screen *)app->top;

    form_end_edit(form);
    (void)formmodel_check(&form->model);
    form_places_check(form);
    bool missing = problems_any(form->model.problems) && form_only_missing(form->model.problems);
    bool again = form->spec.later && missing && fields_equal(form->values, &form->shown);
    if (problems_any(form->model.problems) && !(form->spec.partial && missing) && !again) {
        bool later = form->spec.later && missing;
        fields_free(&form->shown);
        if (later)
            fields_copy(&form->shown, form->values);
        form_show_errors(form, later ? "；以后再补的，再按一次 F2" : "");
        return;
    }
    form_begin_edit(form);
    form->spec.submit(form, false);
}
