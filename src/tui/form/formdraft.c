/* The form screen: saves unfiled input as a draft and offers it again. */
#include "tui/form/form.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/** Copies all values of the screen, also half-typed ones. */
static void snapshot(const struct form_screen *form, struct fields *values)
{
    fields_copy(values, form->values);
    for (struct screen *screen = form->screen.app->top; screen != NULL; screen = screen->below) {
        const struct form_screen *other = (const struct form_screen *)screen;
        if ((screen->ops->is & (SCREEN_FORM | SCREEN_ENTRY | SCREEN_ROW | SCREEN_DIALOG)) != 0 &&
            other->values == form->values && other->editing != NULL) {
            char *text = lineedit_text(&other->edit);
            char *before = formmodel_text(&other->model, formmodel_item(&other->model));
            if (strcmp(text, before) != 0) { /* "-1" is another day tomorrow */
                char *value = formmodel_day(&other->model, text);
                fields_set(values, other->editing, value != NULL ? value : text);
                free(value);
            }
            free(before);
            free(text);
        }
    }
}

static bool differs(const struct form_screen *form, const struct fields *from)
{
    struct fields now = {0};
    bool equal;

    snapshot(form, &now);
    equal = fields_equal(&now, from);
    fields_free(&now);
    return !equal;
}

bool form_touched(const struct form_screen *form)
{
    return differs(form, &form->base);
}

/** The draft's title: what it is and, once a name was typed, of whom; cut to a line. New string. */
static char *draft_title(const struct form_screen *form, const struct fields *values)
{
    enum { NAME_COLUMNS = 40 };
    const char *person = fields_get(values, "person.name");
    const char *name = person[0] != '\0' ? person : fields_get(values, "members.0.name");

    return mem_printf("%s%s%.*s", form->spec.title, name[0] != '\0' ? " " : "",
                      (int)text_fit(name, NAME_COLUMNS), name);
}

void form_save(struct screen *screen)
{
    struct form_screen *form = (struct form_screen *)screen;
    char *title;
    Wire__DraftPut put = WIRE__DRAFT_PUT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct fields now = {0};

    if (form->spec.draft_form == NULL || form->values != &form->own || !differs(form, &form->draft))
        return;
    snapshot(form, &now);
    put.form = (char *)form->spec.draft_form;
    put.record = (char *)form->spec.draft_record;
    title = draft_title(form, &now);
    put.title = title;
    wire_values_write(&now, &put.n_values, &put.values);
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_PUT;
    request.draft_put = &put;
    if (app_call(form->screen.app, &request, &response) == 0) {
        fields_copy(&form->draft, &now);
        form->draft_kept = true;
    }
    client_response_free(&response);
    wire_values_free(put.n_values, put.values);
    free(title);
    fields_free(&now);
}

void form_drop_draft(struct form_screen *form)
{
    Wire__DraftDrop drop = WIRE__DRAFT_DROP__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    if (form->spec.draft_form == NULL || !form->draft_kept)
        return;
    drop.form = (char *)form->spec.draft_form;
    drop.record = (char *)form->spec.draft_record;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_DROP;
    request.draft_drop = &drop;
    (void)app_call(form->screen.app, &request, &response);
    client_response_free(&response);
}

static Wire__Response *get_draft(struct form_screen *form)
{
    Wire__DraftGet get = WIRE__DRAFT_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    get.form = (char *)form->spec.draft_form;
    get.record = (char *)form->spec.draft_record;
    request.what_case = WIRE__REQUEST__WHAT_DRAFT_GET;
    request.draft_get = &get;
    /* A missing draft needs no message. */
    if (client_call(form->screen.app->client, &request, &response) != 0 ||
        response->what_case != WIRE__RESPONSE__WHAT_DRAFT || response->draft->n_values == 0)
        client_response_free(&response);
    return response;
}

static void take_draft(struct app *app, void *arg, const char *answer)
{
    struct form_screen *form = arg;
    Wire__Response *response = get_draft(form);

    (void)answer;
    if (response == NULL)
        return;
    fields_free(form->values);
    wire_values_read(response->draft->n_values, response->draft->values, form->values);
    fields_copy(&form->draft, form->values);
    formmodel_layout(&form->model);
    form_begin_edit(form);
    app_say(app, "已恢复 %s 的草稿", response->draft->at);
    client_response_free(&response);
}

/** At opening asks the server for a draft. */
void form_offer_draft(struct screen *screen)
{
    struct form_screen *form = (struct form_screen *)screen;
    Wire__Response *response;

    if (form->spec.draft_form == NULL || form->spec.no_draft || form->draft_asked)
        return;
    form->draft_asked = true;
    response = get_draft(form);
    form->draft_kept = response != NULL;
    if (response != NULL && form->spec.resume) {
        take_draft(screen->app, form, "");
    } else if (response != NULL) {
        char *text = mem_printf("有 %s 没有提交完的草稿，接着填吗？", response->draft->at);
        ask_confirm(screen->app, text, take_draft, form);
        free(text);
    }
    client_response_free(&response);
}
