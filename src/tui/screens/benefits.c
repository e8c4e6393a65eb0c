#include "tui/screens/benefits.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

enum benefits_scope { SCOPE_DIFFERING, SCOPE_UNKNOWN, SCOPE_ALL, SCOPE_COUNT };

static const char *const SCOPES[SCOPE_COUNT] = {"录入与计算不一致", "算不出", "全部"};

struct benefits_screen {
    struct list_screen list;
    enum benefits_scope scope;
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "kind_name", .least = 4, .most = 6, .once = true},
    {.id = "total", .label = "计算", .least = 9, .most = 10},
    {.id = "stated", .label = "录入", .least = 9, .most = 10},
    {.id = "why", .label = "说明", .least = 24, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
    {.id = "persons", .label = "人数", .least = 4, .most = 4, .rank = 2},
};

static struct benefits_screen *benefits_of(struct screen *screen)
{
    return (struct benefits_screen *)screen;
}

/** An amount that is not known says so: an empty cell could be taken for 0. */
static char *benefits_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "total") == 0 && *text == '\0' ? "算不出" : text);
}

static enum result ask_benefits(const struct benefits_screen *benefits, struct sheet **ret_sheet)
{
    struct app *app = benefits->list.screen.app;
    Wire__Benefit ask = WIRE__BENEFIT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = app->month;
    ask.differing = benefits->scope == SCOPE_DIFFERING;
    ask.unknown = benefits->scope == SCOPE_UNKNOWN;
    request.what_case = WIRE__REQUEST__WHAT_BENEFIT;
    request.benefit = &ask;
    return app_call_pages(app, &request, &ask.after, ret_sheet);
}

static void benefits_refresh(struct screen *screen)
{
    struct benefits_screen *benefits = benefits_of(screen);
    struct sheet *sheet = NULL;

    if (ask_benefits(benefits, &sheet) == 0) {
        list_screen_caption(&benefits->list, "%s  %zu 件", SCOPES[benefits->scope],
                            sheet->row_count);
        table_fill(&benefits->list.table, &sheet);
    }
}

void benefits_open(struct app *app)
{
    struct benefits_screen *benefits =
        list_screen_new(sizeof *benefits, &BENEFITS_OPS, COLUMNS,
                        sizeof COLUMNS / sizeof COLUMNS[0], "case_no", "没有这样的金额；F3 看别的");

    benefits->list.table.cell = benefits_cell;
    app_push(app, &benefits->list.screen);
}

static void scope_chosen(struct app *app, void *arg, const char *answer)
{
    struct benefits_screen *benefits = arg;

    for (enum benefits_scope scope = 0; scope < SCOPE_COUNT; scope++)
        if (strcmp(SCOPES[scope], answer) == 0)
            benefits->scope = scope;
    app_changed(app);
}

static void benefits_scope(struct app *app)
{
    struct benefits_screen *benefits = benefits_of(app->top);

    ask_choice(app,
               &(struct ask_choice){.title = "看哪些金额",
                                    .labels = SCOPES,
                                    .count = SCOPE_COUNT,
                                    .current = SCOPES[benefits->scope]},
               scope_chosen, benefits);
}

static void benefits_print(struct app *app)
{
    const struct benefits_screen *benefits = benefits_of(app->top);
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];

    if (ask_benefits(benefits, &sheet) != 0)
        return;
    char *picked = table_pick(list_screen_table(app->top), sheet);
    const char *basis = sheet_basis(sheet);
    char *title = mem_printf("%s 待遇金额 %s%s%s%s", app_month_words(app, month),
                             SCOPES[benefits->scope], picked, *basis != '\0' ? " " : "", basis);
    struct document *document = preview_document(app, "benefit", title, "", &sheet);
    preview_open(app, "benefit", &document);
    free(title);
    free(picked);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"benefits.case", "个案", "Enter", "打开个案，待遇页签逐行写着怎样算", "case.list",
     case_open_aimed, MARKS_ONE},
    {"benefits.scope", "范围", "F3 s", "不一致的、算不出的、全部", NULL, benefits_scope},
    {"benefits.print", "打印", "F5 p", "打印这张表", "print", benefits_print},
};

const struct screen_ops BENEFITS_OPS = {
    .title = "待遇金额",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE | SCREEN_MONTHLY,
    .refresh = benefits_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
