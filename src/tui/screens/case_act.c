/* What is done about a case: handlers of the keys of 个案. */
#include "base/str.h"
#include "base/words.h"
#include "tui/app/ask.h"
#include "tui/screens/case_private.h"
#include "tui/screens/caseend.h"
#include "tui/screens/caseform.h"
#include "tui/screens/caselinks.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/excuse.h"
#include "tui/screens/excused.h"
#include "tui/screens/review.h"
#include "tui/screens/steps.h"
#include "tui/screens/upper.h"
#include "tui/screens/visit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The case if it has been loaded; otherwise says so and returns NULL. */
static struct case_screen *loaded(struct app *app)
{
    struct case_screen *one = case_of(app->top);

    if (one->view == NULL) {
        app_warn(app, "个案没有取到，按 Ctrl+R 再取");
        return NULL;
    }
    return one;
}

void case_edit(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        caseform_edit(app, one->case_id, false);
}

/** True if the cursor is on a row of the first page that stands for one of that page's. */
static bool is_row_of(const struct table *table, enum case_tab tab)
{
    return strcmp(table_text(table, "goal"), CASELINKS_ROW) == 0 &&
           strtol(table_text(table, "id"), NULL, 10) == (long)tab;
}

static void open_visit(struct app *app, const struct case_screen *one, const char *replaces)
{
    char id[NUMBER_TEXT];

    (void)snprintf(id, sizeof id, "%llu", (unsigned long long)one->case_id);
    visit_open(app, &(struct visit_of){.case_id = id,
                                       .kind = one->view->kind,
                                       .name = case_name(one),
                                       .by = one->view->visitor,
                                       .replaces = replaces});
}

void case_record_visit(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        open_visit(app, one, NULL);
}

/** On the first page the visit at the cursor is meant, on another page the last one: shows it. */
static void show_visit(struct case_screen *one)
{
    struct table *visits;
    const struct table *at;

    if (one == NULL || one->tab == CASE_VISITS)
        return;
    visits = &one->tables[CASE_VISITS];
    at = case_table(&one->screen);
    if (one->tab == CASE_BASIC && is_row_of(at, CASE_VISITS))
        list_select(&visits->list, strtoul(table_text(at, "row"), NULL, 10));
    else if (!casevisit_aim(visits))
        return;
    case_follow_page(one, CASE_VISITS);
}

void case_correct_visit(struct app *app)
{
    struct case_screen *one = loaded(app);
    const char *visit, *date;

    show_visit(one);
    if (one == NULL)
        return;
    visit = table_text(&one->tables[CASE_VISITS], "visit");
    date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */
    if (one->tab != CASE_VISITS || date == NULL) {
        app_say(app, "没有可以更正的探访；按 F3 登记");
        return;
    }
    open_visit(app, one, date + 1);
}

void case_void_visit(struct app *app)
{
    struct case_screen *one = loaded(app);

    show_visit(one);
    if (one != NULL)
        casevisit_void(app, &(struct casevisit_of){.case_id = one->case_id,
                                                   .name = case_name(one),
                                                   .visits = one->tab == CASE_VISITS
                                                                 ? &one->tables[CASE_VISITS]
                                                                 : NULL});
}

void case_unmask(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL) {
        one->open = true;
        one->screen.stale = true;
        app_say(app, "已全显，并记入日志");
    }
}

void case_excuse(struct app *app)
{
    struct case_screen *one = loaded(app);
    const struct sheet *sheet = one == NULL ? NULL : one->tables[CASE_DUTIES].sheet;
    long row = one == NULL ? -1
                           : excused_row(&one->tables[CASE_DUTIES], one->tab == CASE_DUTIES,
                                         one->screen.app->month);

    if (one == NULL)
        return;
    if (row >= 0 && sheet_get(sheet, (size_t)row, "excuse")[0] != '\0') {
        excused_open(app, &(struct excused_of){.case_id = one->case_id,
                                               .name = case_name(one),
                                               .month = sheet_get(sheet, (size_t)row, "month"),
                                               .excuse = sheet_get(sheet, (size_t)row, "excuse")});
        return;
    }
    excuse_open(app, &(struct excuse_of){.case_id = one->case_id,
                                         .name = case_name(one),
                                         .month = row >= 0 ? sheet_get(sheet, (size_t)row, "month")
                                                           : app->month});
}

void case_ask_review(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        review_open(app, one->case_id, case_name(one));
}

/** The row of a page in full. */
static void show_row(struct case_screen *one, enum case_tab tab)
{
    struct app *app = one->screen.app;
    const struct table *table = &one->tables[tab];
    struct str text = {0};

    if (tab == CASE_MEMBERS) {
        struct casemembers_of of = case_members(one);
        char *words = casemembers_text(app, &of, (size_t)list_row(&table->list));
        ask_show(app, table_text(table, "name"), words);
        free(words);
        return;
    }
    table_row_text(table, NULL, &text); /* also what the line had no room for */
    ask_show(app, case_page_title(tab), str_text(&text));
    str_free(&text);
}

/** Opens what a row of the first page leads to. */
static void follow_link(struct case_screen *one, const struct table *table)
{
    struct app *app = one->screen.app;
    const char *goal = table_text(table, "goal");
    const char *id = table_text(table, "id");
    enum case_tab tab = (enum case_tab)strtoul(id, NULL, 10);

    if (strcmp(goal, CASELINKS_CASE) == 0) {
        case_open(app, strtoull(id, NULL, 10));
    } else if (strcmp(goal, CASELINKS_STEP) == 0) {
        steps_open(app, id);
    } else if (strcmp(goal, CASELINKS_PAGE) == 0) {
        case_follow_page(one, tab);
    } else if (strcmp(goal, CASELINKS_ROW) == 0) {
        list_select(&one->tables[tab].list, strtoul(table_text(table, "row"), NULL, 10));
        show_row(one, tab);
    } else {
        show_row(one, CASE_BASIC);
    }
}

void case_follow(struct app *app)
{
    struct case_screen *one = case_of(app->top);
    const struct table *table = case_table(app->top);
    const char *proposal = one->tab == CASE_STEPS ? table_text(table, "proposal") : "";

    if (one->tab == CASE_BASIC)
        follow_link(one, table);
    else if (*table_text(table, "case_id") != '\0')
        case_open(app, strtoull(table_text(table, "case_id"), NULL, 10));
    else if (*proposal != '\0')
        steps_open(app, proposal);
    else
        show_row(one, one->tab);
}

// ---- the exit of a case

static void with_ending(struct app *app, void (*open)(struct app *app, const struct caseend_of *of))
{
    struct case_screen *one = loaded(app);

    if (one != NULL && case_form(one) != NULL) {
        open(app, &(struct caseend_of){.case_id = one->case_id,
                                       .version = one->view->version,
                                       .form = case_form(one),
                                       .name = case_name(one),
                                       .active = one->view->state == WIRE__CASE_STATE__ACTIVE,
                                       .people = one->view->people,
                                       .person = one->person,
                                       .exit_reason = one->view->exit_reason});
    }
}

void case_ask_end(struct app *app)
{
    with_ending(app, caseend_close);
}

void case_ask_reopen(struct app *app)
{
    with_ending(app, caseend_reopen);
}

void case_print(struct app *app)
{
    const struct case_screen *one = case_of(app->top);

    if (one->view != NULL)
        casevisit_print(app, one->view);
}

/** With the selected visit on the page of visits, otherwise with the last one. */
void case_upper(struct app *app)
{
    const struct case_screen *one = loaded(app);
    const char *visit = one != NULL && one->tab == CASE_VISITS
                            ? table_text(&one->tables[CASE_VISITS], "visit")
                            : "";
    const char *date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */

    if (one != NULL)
        upper_open(app, one->case_id, date != NULL ? date + 1 : "", one->open);
}
