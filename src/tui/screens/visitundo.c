#include "tui/screens/visitundo.h"

#include "base/mem.h"
#include "base/str.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/visited.h"
#include "tui/kit/table.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/visit.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

void visitundo_note(struct app *app, uint64_t case_id, const char *row_name,
                    const Wire__VisitDone *done, const char *replaces)
{
    const char *date = strchr(done->visit, ':'); /* "PERSON:DATE:SEQ" */
    char *name = mem_copy_bytes(row_name, strcspn(row_name, " "));

    if (date != NULL)
        visited_note(app, &(struct visited_one){case_id, name, date + 1}, replaces);
    free(name);
}

static void undo_asked(struct app *app, void *arg, const char *answer)
{
    const struct visited_one *one = visited_asked(app);

    (void)arg;
    (void)answer;
    if (one != NULL && casevisit_take_back(app, one->case_id, one->name, one->visit)) {
        list_screen_go_back(app->top, one->case_id);
        app_changed(app);
    }
}

/** "撤销您登记的：王桂兰 2026-11-23 上门 成功（代张敏）？后来登记的不在内：欧阳秀英…". New string. */
static char *question(const Wire__VisitView *view)
{
    const Wire__VisitFound *found = view->found;
    struct fields values = {0};
    struct str text = {0};

    wire_values_read(view->n_values, view->values, &values);
    str_printf(&text, "撤销您登记的：%s %.10s %s %s", found->name, found->visit,
               fields_get(&values, "mode"), fields_get(&values, "result"));
    if (found->stood_for[0] != '\0')
        str_printf(&text, "（代%s）", found->stood_for);
    str_add(&text, "？");
    if (found->note[0] != '\0')
        str_printf(&text, "\n后来登记的不在内：%s", found->note);
    fields_free(&values);
    return str_take(&text);
}

void visitundo_ask(struct app *app)
{
    Wire__Response *response = visit_find_last(app, 0);

    if (response == NULL)
        return;
    const Wire__VisitFound *found = response->visit_view->found;
    char *text = question(response->visit_view);
    visited_ask(app, &(struct visited_one){found->case_id, found->name, found->visit});
    ask_confirm(app, text, undo_asked, NULL);
    free(text);
    client_response_free(&response);
}

void visitundo_correct(struct app *app)
{
    visit_correct_last(app, 0);
}

void visitundo_correct_aimed(struct app *app)
{
    const struct table *table = app->top->ops->table(app->top);

    visit_correct_last(app, strtoull(table_text(table, "case_id"), NULL, 10));
}
