#include "tui/screens/visitundo.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/visited.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/visit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void visitundo_note(struct app *app, const struct visited_one *one, const Wire__VisitDone *done,
                    const char *replaces)
{
    const char *date = strchr(done->visit, ':'); /* "PERSON:DATE:SEQ" */
    char *name = mem_copy_bytes(one->name, strcspn(one->name, " "));

    if (date != NULL)
        visited_note(app, &(struct visited_one){one->case_id, name, one->kind, date + 1}, replaces);
    free(name);
}

/** The last visit; says so if there is none. */
static const struct visited_one *last_visit(struct app *app)
{
    const struct visited_one *last = visited_last(app);

    if (last == NULL)
        app_say(app, "这次登录以来还没有登记探访；以前登记的，请在个案的“探访”页更正、作废");
    return last;
}

static void undo_last(struct app *app, void *arg, const char *answer)
{
    const struct visited_one *last = visited_last(app);

    (void)arg;
    (void)answer;
    if (last == NULL)
        return;
    uint64_t case_id = last->case_id;
    char *name = mem_copy(last->name);
    char *visit = mem_copy(last->visit);
    if (casevisit_take_back(app, case_id, name, visit)) {
        list_screen_go_back(app->top, case_id);
        app_changed(app);
    }
    free(name);
    free(visit);
}

void visitundo_ask(struct app *app)
{
    const struct visited_one *last = last_visit(app);

    if (last == NULL)
        return;
    char *question = mem_printf("撤销刚才登记的：%s %.10s？", last->name, last->visit);
    ask_confirm(app, question, undo_last, NULL);
    free(question);
}

void visitundo_correct(struct app *app)
{
    const struct visited_one *last = last_visit(app);
    char id[NUMBER_TEXT];

    if (last == NULL)
        return;
    (void)snprintf(id, sizeof id, "%" PRIu64, last->case_id);
    visit_open(app, &(struct visit_of){.case_id = id,
                                       .kind = last->kind,
                                       .name = last->name,
                                       .by = "",
                                       .replaces = last->visit});
}
