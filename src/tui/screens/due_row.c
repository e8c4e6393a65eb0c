/* 应访清单: what is done with a row, and with the visits recorded from the list. */
#include "tui/screens/due_private.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/ask.h"
#include "tui/screens/batch.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/excuse.h"
#include "tui/screens/review.h"
#include "tui/screens/visit.h"
#include "tui/screens/visitmany.h"

#include <stdlib.h>
#include <string.h>

/** A cell of the row that an action is about. */
static const char *due_get(struct app *app, const char *column)
{
    return table_aimed(&due_of(app->top)->list.table, column);
}

const char *due_visitor(const struct sheet *sheet, size_t row)
{
    const char *stand_in = sheet_get(sheet, row, "stand_in");

    return stand_in[0] != '\0' ? stand_in : sheet_get(sheet, row, "officer");
}

/** The same of the row that an action is about. */
static const char *aimed_visitor(struct app *app)
{
    const char *stand_in = due_get(app, "stand_in");

    return stand_in[0] != '\0' ? stand_in : due_get(app, "officer");
}

void due_open_batch(struct app *app)
{
    batch_open(app, &due_of(app->top)->list.table);
}

void due_record(struct app *app)
{
    if (due_of(app->top)->list.table.list.mark_count > 1) {
        due_open_batch(app);
        return;
    }
    if (due_of(app->top)->reviews) {
        review_open(app, strtoull(due_get(app, "case_id"), NULL, 10), due_get(app, "name"));
        return;
    }
    visit_open(app, &(struct visit_of){.case_id = due_get(app, "case_id"),
                                       .kind = due_get(app, "kind"),
                                       .name = due_get(app, "name"),
                                       .by = aimed_visitor(app)});
}

void due_excuse(struct app *app)
{
    excuse_open_rows(app, &due_of(app->top)->list.table);
}

// ---- at once, without a form

/** In another month's list nobody knows which day is meant: the form shows it. */
static void record_now(struct app *app, const char *mode, const char *result)
{
    struct visit_of of = {.case_id = due_get(app, "case_id"),
                          .kind = due_get(app, "kind"),
                          .name = due_get(app, "name"),
                          .by = aimed_visitor(app),
                          .mode = mode,
                          .result = result};

    if (app_month_is_current(app)) {
        visit_now(app, &of);
        return;
    }
    visit_open(app, &of);
    app_say(app, "这不是本月的清单，看清探访日期再提交");
}

void due_record_phone(struct app *app)
{
    record_now(app, VISIT_PHONE, VISIT_SUCCESS);
}

void due_record_unmet(struct app *app)
{
    record_now(app, VISIT_AT_HOME, VISIT_UNMET);
}

void due_record_same(struct app *app)
{
    visitmany_open(app, &due_of(app->top)->list.table);
}

void due_mark_home(struct app *app)
{
    visitmany_mark_home(app, &due_of(app->top)->list.table);
}

// ---- 撤销

static void forget(struct due_undo *undo)
{
    free(undo->name);
    free(undo->visit);
    *undo = (struct due_undo){0};
}

void due_undo_note(struct due_screen *due, uint64_t case_id, const char *name, const char *visit)
{
    const char *date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */

    if (date == NULL)
        return;
    if (due->undo_count == DUE_UNDO_MAX) {
        forget(&due->undo[0]);
        memmove(&due->undo[0], &due->undo[1], (DUE_UNDO_MAX - 1) * sizeof due->undo[0]);
        due->undo_count--;
    }
    due->undo[due->undo_count++] = (struct due_undo){
        .case_id = case_id,
        .name = mem_copy_bytes(name, strcspn(name, " ")),
        .visit = mem_copy(date + 1),
    };
}

void due_undo_free(struct due_screen *due)
{
    while (due->undo_count > 0)
        forget(&due->undo[--due->undo_count]);
}

static void undo_last(struct app *app, void *arg, const char *answer)
{
    struct due_screen *due = arg;
    struct due_undo *last = &due->undo[due->undo_count - 1];

    (void)answer;
    if (!casevisit_take_back(app, last->case_id, last->name, last->visit))
        return;
    app_changed(app);
    due->back_to = last->case_id;
    forget(last);
    due->undo_count--;
}

void due_undo(struct app *app)
{
    struct due_screen *due = due_of(app->top);

    if (due->undo_count == 0) {
        app_say(app, "从这个清单还没有登记过；以前登记的，请在个案的“探访”页作废");
        return;
    }
    const struct due_undo *last = &due->undo[due->undo_count - 1];
    char *question = mem_printf("撤销刚才登记的：%s %.10s？", last->name, last->visit);
    ask_confirm(app, question, undo_last, due);
    free(question);
}
