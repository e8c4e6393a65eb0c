#include "tui/screens/why.h"

#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/officers.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

struct why_screen {
    struct list_screen list;
    char *title, *area, *kind, *officer;
    bool reported;
    const char *state; /* id; "" = all */
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 16},
    {.id = "state", .label = "状态", .least = 4, .most = 4},
    {.id = "reason", .least = 46, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
    {.id = "officer", .least = 6, .most = 10, .rank = 2},
    {.id = "attempts", .least = 6, .most = 6, .rank = 3},
    {.id = "reached_on", .least = 10, .most = 10, .rank = 4},
    {.id = "kind_name", .least = 6, .most = 8, .rank = 5},
    {.id = "case_no", .least = 20, .most = 20, .rank = 6},
};

static struct why_screen *why_of_screen(struct screen *screen)
{
    return (struct why_screen *)screen;
}

/** The state in two characters, without its urgency; 达标 if fulfilled. */
static char *why_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);
    const char *words = sheet_get(table->sheet, row, "words");

    if (strcmp(id, "state") == 0)
        return mem_copy(strcmp(words, "达标") == 0 ? words : figures_state_label(text));
    return mem_copy(strcmp(id, "reason") == 0 ? figures_reason(text) : text);
}

static enum result ask_why(const struct why_screen *why, struct sheet **ret_sheet)
{
    struct app *app = why->list.screen.app;
    Wire__Why ask = WIRE__WHY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = app->month;
    ask.area = why->area;
    ask.kind = why->kind;
    ask.officer = why->officer;
    ask.state = (char *)why->state;
    ask.as_reported = why->reported;
    request.what_case = WIRE__REQUEST__WHAT_WHY;
    request.why = &ask;
    return app_call_pages(app, &request, &ask.after, ret_sheet);
}

static void why_refresh(struct screen *screen)
{
    struct why_screen *why = why_of_screen(screen);
    struct sheet *sheet = NULL;

    if (ask_why(why, &sheet) == 0) {
        list_screen_caption(&why->list, "%s  %s  %s  %zu 人", why->title,
                            figures_state_label(why->state), why->reported ? "上报数" : "现况数",
                            sheet->row_count);
        table_fill(&why->list.table, &sheet);
    }
}

static void why_done(struct screen *screen)
{
    struct why_screen *why = why_of_screen(screen);

    free(why->title);
    free(why->area);
    free(why->kind);
    free(why->officer);
    list_screen_done(screen);
}

void why_open(struct app *app, const struct why_of *of)
{
    struct why_screen *why =
        list_screen_new(sizeof *why, &WHY_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "case_id", "没有这样的人；F6 换状态");

    why->list.table.cell = why_cell;
    why->title = mem_copy(of->title);
    why->area = mem_copy(of->area);
    why->kind = mem_copy(of->kind);
    why->officer = mem_copy(of->officer);
    why->reported = of->reported;
    why->state = of->state == NULL ? "" : of->state;
    app_push(app, &why->list.screen);
}

void why_open_own(struct app *app)
{
    const char *area = app_account(app)->area;

    if (area[0] == '\0')
        area = client_welcome(app->client)->home_area;
    why_open(app, &(struct why_of){.title = areas_name(app, area), .area = area});
}

void why_narrow(struct app *app, const char *area, const struct fields *scope)
{
    struct why_screen *why = why_of_screen(app->top);

    if (area[0] != '\0')
        mem_replace(&why->area, area);
    mem_replace(&why->kind, fields_get(scope, "kind"));
    mem_replace(&why->officer, fields_get(scope, "officer"));
    const char *officer = officers_known(app, why->officer);
    mem_replace(&why->title, why->officer[0] == '\0' ? areas_name(app, why->area)
                             : officer[0] == '\0'    ? why->officer
                                                     : officer);
    why->reported = strcmp(fields_get(scope, "reported"), "1") == 0;
    for (size_t i = 0; i < FIGURES_STATES; i++)
        if (strcmp(figures_state_id(i), fields_get(scope, "figure")) == 0)
            why->state = figures_state_id(i);
}

static void set_scope(const struct why_screen *why, struct document *document)
{
    struct str scope = {0};

    prints_scope_add(&scope, "kind", why->kind);
    prints_scope_add(&scope, "officer", why->officer);
    prints_scope_add(&scope, "figure", why->state);
    prints_scope_add(&scope, "reported", why->reported ? "1" : "0");
    fields_set(&document->facts, "scope", str_text(&scope));
    str_free(&scope);
}

static void state_chosen(struct app *app, void *arg, const char *label)
{
    struct why_screen *why = arg;

    (void)app;
    for (size_t i = 0; i < FIGURES_STATES; i++)
        if (strcmp(figures_state_label(figures_state_id(i)), label) == 0)
            why->state = figures_state_id(i);
    why->list.screen.stale = true;
}

static void why_state(struct app *app)
{
    const char *labels[FIGURES_STATES];
    struct ask_choice choice = {.title = "状态",
                                .labels = labels,
                                .count = FIGURES_STATES,
                                .current = figures_state_label(why_of_screen(app->top)->state)};

    for (size_t i = 0; i < FIGURES_STATES; i++)
        labels[i] = figures_state_label(figures_state_id(i));
    ask_choice(app, &choice, state_chosen, app->top);
}

static void why_show(struct app *app)
{
    const struct table *table = &why_of_screen(app->top)->list.table;

    struct str text = {0};

    table_row_text(table, NULL, &text);
    ask_show(app, table_text(table, "name"), str_text(&text));
    str_free(&text);
}

static void why_print(struct app *app)
{
    struct why_screen *why = why_of_screen(app->top);
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];
    char *picked;
    char *title;

    if (ask_why(why, &sheet) != 0)
        return;
    picked = table_pick(&why->list.table, sheet);
    title = mem_printf("%s %s %s %s%s", why->title, app_month_words(app, month),
                       why->state[0] == '\0' ? "计入与不计入明细" : figures_state_label(why->state),
                       why->reported ? "上报数" : "现况数", picked);
    free(picked);
    struct document *document = preview_document(app, "why", title, why->area, &sheet);
    set_scope(why, document);
    preview_open(app, "why", &document);
    free(title);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"why.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"why.show", "细看", "F3 v", "看原因的全文", NULL, why_show, MARKS_ONE},
    {"why.state", "状态", "F6 a", "只看应访、待访、已访、免访……", NULL, why_state},
    {"why.print", "打印", "F5 p", "打印名单", "print", why_print},
};

const struct screen_ops WHY_OPS = {
    .title = "名单和原因",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE | SCREEN_MONTHLY,
    .refresh = why_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = why_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
