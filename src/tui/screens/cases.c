#include "tui/screens/cases.h"

#include "base/mem.h"
#include "base/prints.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/listorder.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"
#include "tui/screens/case.h"
#include "tui/screens/caseform.h"
#include "tui/screens/proposal.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

enum { PROGRAMMES_MAX = 32 };

struct cases_screen {
    struct list_screen list;
    char *kind, *area, *state; /* "" = all */
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "age", .least = 4, .most = 4, .rank = 5},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
    {.id = "kind_name", .least = 6, .most = 8, .once = true},
    {.id = "categories", .least = 8, .most = 20, .rank = 6},
    {.id = "tier", .least = 2, .most = 2, .rank = 7},
    {.id = "state", .label = "状态", .least = 4, .most = 6, .rank = 1, .once = true},
    {.id = "since", .least = 10, .most = 10, .rank = 3},
    {.id = "officer", .least = 6, .most = 8, .rank = 8, .once = true},
    {.id = "case_no", .least = 20, .most = 20, .rank = 9},
};

static struct cases_screen *cases_of(struct screen *screen)
{
    return (struct cases_screen *)screen;
}

static char *cases_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "state") == 0 ? case_state_words(text) : text);
}

/** True for drafted cases: they have no number and no state yet, so their list is another. */
static bool shows_proposals(const struct cases_screen *cases)
{
    return strcmp(cases->state, "proposed") == 0;
}

static enum result ask_proposals(const struct cases_screen *cases, struct sheet **ret_sheet)
{
    Wire__ProposalList ask = WIRE__PROPOSAL_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = cases->area;
    ask.kind = cases->kind;
    request.what_case = WIRE__REQUEST__WHAT_PROPOSAL_LIST;
    request.proposal_list = &ask;
    return app_call_sheet(cases->list.screen.app, &request, ret_sheet);
}

/** `paper`: with what only the printed roster has. */
static enum result ask_cases(const struct cases_screen *cases, bool paper, struct sheet **ret_sheet)
{
    Wire__Cases ask = WIRE__CASES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    if (shows_proposals(cases))
        return ask_proposals(cases, ret_sheet);
    ask.kind = cases->kind;
    ask.area = cases->area;
    ask.state = wire_state_of(cases->state);
    ask.contact = paper;
    request.what_case = WIRE__REQUEST__WHAT_CASES;
    request.cases = &ask;
    return app_call_pages(cases->list.screen.app, &request, &ask.after, ret_sheet);
}

static void cases_refresh(struct screen *screen)
{
    struct cases_screen *cases = cases_of(screen);
    const struct form *programme = programmes_form(screen->app, cases->kind);
    struct sheet *sheet = NULL;

    if (ask_cases(cases, false, &sheet) == 0) {
        list_screen_caption(&cases->list, "%s  %s  %s  共 %zu 件",
                            programme == NULL ? "全部业务" : programme->title,
                            cases->state[0] == '\0' ? "在册和已退出"
                                                    : case_state_words(cases->state),
                            cases->area, sheet->row_count);
        table_fill(&cases->list.table, &sheet);
    }
}

static void cases_done(struct screen *screen)
{
    struct cases_screen *cases = cases_of(screen);

    free(cases->kind);
    free(cases->area);
    free(cases->state);
    list_screen_done(screen);
}

void cases_open(struct app *app)
{
    struct cases_screen *cases =
        list_screen_new(sizeof *cases, &CASES_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "case_id", "没有这样的个案；F8 新增，F7 换状态");
    const struct form *first = programmes_at(app, 0);

    cases->list.table.cell = cases_cell;
    cases->kind = mem_copy(first == NULL ? "" : first->kind);
    cases->area = mem_copy("");
    cases->state = mem_copy(CASE_ACTIVE);
    app_push(app, &cases->list.screen);
}

static void cases_case(struct app *app)
{
    const struct table *table = &cases_of(app->top)->list.table;

    if (table_text(table, "proposal")[0] != '\0')
        proposal_open(app, table_text(table, "proposal"), table_text(table, "kind"));
    else if (table_text(table, "case_id")[0] != '\0')
        case_open(app, strtoull(table_text(table, "case_id"), NULL, 10));
}

// ---- which programme, where, in which state

static const struct form *programme_titled(struct app *app, const char *title)
{
    const struct form *programme = NULL;

    for (size_t i = 0; (programme = programmes_at(app, i)) != NULL; i++)
        if (strcmp(programme->title, title) == 0)
            return programme;
    return NULL;
}

/** True if a case that was decided before may be entered: its last step has the document's number. */
static bool takes_prior(const struct form *programme)
{
    const struct form_steps *steps = &programme->steps;

    return steps->life.count > 0 && *steps->life.items[steps->life.count - 1].number != '\0';
}

/** `more`: a further line, NULL = none; `prior`: only programmes that take decided cases. */
static void ask_programme(struct app *app, const char *title, const char *more, bool prior,
                          ask_answer answer, void *arg)
{
    const char *labels[PROGRAMMES_MAX];
    struct ask_choice choice = {.title = title, .labels = labels, .nine = true};
    const struct form *programme = NULL;

    for (size_t i = 0;
         choice.count < PROGRAMMES_MAX - 1 && (programme = programmes_at(app, i)) != NULL; i++)
        if (!prior || takes_prior(programme))
            labels[choice.count++] = programme->title;
    if (more != NULL)
        labels[choice.count++] = more;
    ask_choice(app, &choice, answer, arg);
}

static void kind_chosen(struct app *app, void *arg, const char *title)
{
    struct cases_screen *cases = arg;
    const struct form *programme = programme_titled(app, title);

    mem_replace(&cases->kind, programme == NULL ? "" : programme->kind);
    cases->list.screen.stale = true;
}

static void cases_kind(struct app *app)
{
    ask_programme(app, "业务", "全部业务", false, kind_chosen, app->top);
}

static void area_chosen(struct app *app, void *arg, const char *line)
{
    struct cases_screen *cases = arg;

    (void)app;
    free(cases->area);
    cases->area = areas_code(line);
    cases->list.screen.stale = true;
}

static void cases_area(struct app *app)
{
    areas_choose(app, "", area_chosen, app->top);
}

static void cases_state(struct app *app)
{
    struct cases_screen *cases = cases_of(app->top);
    static const char *const states[] = {CASE_ACTIVE, "proposed", CASE_CLOSED, ""};
    size_t count = sizeof states / sizeof states[0];
    size_t at = 0;

    while (at < count && strcmp(states[at], cases->state) != 0)
        at++;
    at = (at + 1) % count;
    if (strcmp(states[at], "proposed") == 0 && !app_may(app, "case.draft"))
        at++; /* a county has no drafted cases */
    mem_replace(&cases->state, states[at]);
    cases->list.screen.stale = true;
}

static const char PRIOR[] = "补录：已有确认文书的个案";

static void prior_chosen(struct app *app, void *arg, const char *title)
{
    const struct form *programme = programme_titled(app, title);

    (void)arg;
    if (programme != NULL)
        caseform_new(app, programme->kind, true);
}

static void new_chosen(struct app *app, void *arg, const char *title)
{
    const struct form *programme = programme_titled(app, title);

    (void)arg;
    if (programme != NULL)
        caseform_new(app, programme->kind, false);
    else
        ask_programme(app, "补录已确认的个案：哪项业务", NULL, true, prior_chosen, NULL);
}

void cases_new(struct app *app)
{
    const char *more = app_may(app, "case.save") ? PRIOR : NULL;

    ask_programme(app, "新增个案：哪项业务", more, false, new_chosen, NULL);
}

static void set_scope(const struct cases_screen *cases, struct document *document)
{
    char *order = list_order_id(&cases->list.table);
    struct str scope = {0};

    prints_scope_add(&scope, "kind", cases->kind);
    prints_scope_add(&scope, "state", cases->state);
    prints_scope_add(&scope, "order", order);
    fields_set(&document->facts, "scope", str_text(&scope));
    str_free(&scope);
    free(order);
}

void cases_narrow(struct app *app, const char *area, const struct fields *scope)
{
    struct cases_screen *cases = cases_of(app->top);

    mem_replace(&cases->area, area);
    mem_replace(&cases->kind, fields_get(scope, "kind"));
    mem_replace(&cases->state, fields_get(scope, "state"));
    list_order_take(&cases->list.table, fields_get(scope, "order"));
}

static void cases_print(struct app *app)
{
    struct cases_screen *cases = cases_of(app->top);
    struct sheet *sheet = NULL;

    if (ask_cases(cases, true, &sheet) == 0) {
        char *picked = table_pick(&cases->list.table, sheet);
        const struct form *programme = programmes_form(app, cases->kind);
        char *title =
            mem_printf("个案名册 %s%s", programme == NULL ? "全部业务" : programme->title, picked);
        for (size_t row = 0; row < sheet->row_count; row++)
            sheet_set(sheet, row, "state", case_state_words(sheet_get(sheet, row, "state")));
        struct document *document = preview_document(app, "roster", title, cases->area, &sheet);
        set_scope(cases, document);
        preview_open(app, "cases", &document);
        free(title);
        free(picked);
    }
}

// ---- keys

static const struct action ACTIONS[] = {
    {"cases.case", "打开", "Enter", "打开个案", "case.list", cases_case, MARKS_ONE},
    {"cases.kind", "业务", "F3 k", "换一项业务", NULL, cases_kind},
    {"cases.print", "打印", "F5 p", "打印名册", "print", cases_print},
    {"cases.area", "区划", "F6 s", "只看一个区划", NULL, cases_area},
    {"cases.state", "在册", "F7 a", "换看在册、待受理、已退出、全部", NULL, cases_state},
    {"cases.add", "新增", "F8 n", "新增个案", "case.draft", cases_new},
};

const struct screen_ops CASES_OPS = {
    .title = "个案名册",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE | SCREEN_OWN_K,
    .refresh = cases_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = cases_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
