/* The pages of a case: their tables, and what fills them. */
#include "base/words.h"
#include "tui/screens/case_private.h"
#include "tui/screens/casebasic.h"
#include "tui/screens/casebenefit.h"
#include "tui/screens/casecells.h"
#include "tui/screens/caselinks.h"
#include "tui/screens/caselog.h"
#include "tui/screens/casevisit.h"
#include "wire/convert.h"

#include <string.h>

enum { LABEL = 16, BESIDE_LABEL = 12, MARKER = 2 };

static const struct table_column BASIC_COLUMNS[] = {
    {.id = "label", .label = "", .least = LABEL, .most = LABEL},
    {.id = "text", .label = "", .least = 30, .most = 0},
};
static const struct table_column DUTY_COLUMNS[] = {
    {.id = "month", .least = 7, .most = 7},
    {.id = "words", .least = 11, .most = 11},
    {.id = "done_need", .label = "已/应", .least = 5, .most = 5, .right = true},
    {.id = "attempts", .least = 6, .most = 6, .rank = 1},
    {.id = "reason", .least = 40, .most = 0},
    {.id = "last_visit", .label = "末次探访", .least = 10, .most = 10, .rank = 2},
    {.id = "late", .least = 4, .most = 4, .rank = 3},
    {.id = "area_name", .least = 8, .most = 14, .rank = 4},
};
static const struct table_column VISIT_COLUMNS[] = {
    {.id = "date", .least = 10, .most = 10},
    {.id = "mode", .least = 4, .most = 6},
    {.id = "result", .least = 6, .most = 8},
    {.id = "by", .least = 6, .most = 8},
    {.id = "kind_name", .least = 4, .most = 8, .rank = 4},
    {.id = "mark", .label = "标记", .least = 6, .most = 6, .rank = 1},
    {.id = "fulfils", .label = "计入", .least = 4, .most = 14, .rank = 2},
    {.id = "finding", .least = 18, .most = 0, .rank = 3},
    {.id = "note", .least = 10, .most = 12, .rank = 5},
    {.id = "void", .least = 40, .most = 60, .rank = 6},
};
static const struct table_column REVIEW_COLUMNS[] = {
    {.id = "date", .least = 10, .most = 10},
    {.id = "result", .least = 8, .most = 10},
    {.id = "by", .label = "复核人", .least = 8, .most = 10},
    {.id = "note", .least = 10, .most = 0},
};
/** Beside the fields: less room for the label. */
static const struct table_column BESIDE_COLUMNS[] = {
    {.id = "label", .label = "", .least = BESIDE_LABEL, .most = BESIDE_LABEL},
    {.id = "text", .label = "", .least = 30, .most = 0},
};
#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static const struct {
    const char *title;
    const struct table_column *columns;
    size_t count;
    const char *empty;
} TABS[CASE_TAB_COUNT] = {
    [CASE_BASIC] = {"基本", COLUMNS(BASIC_COLUMNS), "没有内容；Ctrl+R 再取"},
    [CASE_MEMBERS] = {"成员", CASEMEMBERS_COLUMNS, 0, "没有成员；F2 修改时加"},
    [CASE_BENEFIT] = {"待遇", CASEBENEFIT_COLUMNS, CASEBENEFIT_COLUMN_COUNT, "没有待遇；→ 下一页"},
    [CASE_DUTIES] = {"应访", COLUMNS(DUTY_COLUMNS), "没有应访任务；→ 下一页"},
    [CASE_VISITS] = {"探访", COLUMNS(VISIT_COLUMNS), "还没有探访记录；F3 登记"},
    [CASE_REVIEWS] = {"复核", COLUMNS(REVIEW_COLUMNS), "还没有复核记录；F7 登记"},
    [CASE_STEPS] = {"办理", CASELINKS_STEP_COLUMNS, CASELINKS_STEP_COLUMN_COUNT,
                    "没有办理经过；→ 下一页"},
    [CASE_HOUSE] = {"同户", CASELINKS_HOUSE_COLUMNS, CASELINKS_HOUSE_COLUMN_COUNT,
                    "没有同户的人；→ 下一页"},
    [CASE_OTHERS] = {"其他业务", CASECELLS_OTHER_COLUMNS, CASECELLS_OTHER_COLUMN_COUNT,
                     "没有其他业务；→ 下一页"},
    [CASE_LOG] = {"日志", CASELOG_COLUMNS, CASELOG_COLUMN_COUNT, "没有日志；→ 下一页"},
};

static struct sheet *member_sheet(const struct case_screen *one)
{
    struct casemembers_of of = case_members(one);

    return casemembers_sheet(one->screen.app, &of);
}

static void fill_in_order(struct case_screen *one, enum case_tab tab, const Wire__Sheet *from)
{
    struct sheet *sheet = from == NULL ? sheet_new_ids(NULL, 0) : wire_sheet_read(from);

    table_fill(&one->tables[tab], &sheet);
}

/** Newest first. */
static void fill_wire(struct case_screen *one, enum case_tab tab, const Wire__Sheet *from)
{
    struct sheet *sheet = from == NULL ? sheet_new_ids(NULL, 0) : wire_sheet_read(from);

    sheet_reverse(sheet);
    table_fill(&one->tables[tab], &sheet);
}

void case_fill_first(struct case_screen *one)
{
    struct app *app = one->screen.app;
    int columns = app->canvas->columns;
    int half = columns - columns / 2;
    bool household = case_form(one) != NULL && case_form(one)->subject == FORM_HOUSEHOLD;
    int width = case_is_wide(one) ? columns / 2 : columns;
    struct sheet *fields =
        casebasic_sheet(app, case_form(one), one->view, &one->values, width - MARKER - LABEL - 1);
    struct sheet *links;

    one->columns = columns;
    if (case_is_wide(one)) {
        links = caselinks_sheet(one, half - MARKER - BESIDE_LABEL - 1);
        table_fill(&one->beside, &links);
    } else {
        links = caselinks_sheet(one, width - MARKER - LABEL - 1);
        struct sheet *latest = caselinks_latest(one, width - MARKER - LABEL - 1);
        fields = caselinks_merge(fields, latest, links, household);
    }
    table_fill(&one->tables[CASE_BASIC], &fields);
}

void case_fill_pages(struct case_screen *one)
{
    const Wire__CaseView *view = one->view;
    struct sheet *sheet = member_sheet(one);

    table_fill(&one->tables[CASE_MEMBERS], &sheet);
    fill_wire(one, CASE_DUTIES, view->duties);
    fill_wire(one, CASE_VISITS, view->visits);
    fill_wire(one, CASE_REVIEWS, view->reviews);
    fill_wire(one, CASE_OTHERS, view->other_cases);
    fill_in_order(one, CASE_STEPS, view->steps);
    fill_in_order(one, CASE_HOUSE, view->household);
    memset(one->loaded, 0, sizeof one->loaded);
    if (view->benefit != NULL) { /* a server from before an upgrade sends none */
        sheet = wire_sheet_read(view->benefit);
        casebenefit_fill(&one->tables[CASE_BENEFIT], &sheet);
        one->loaded[CASE_BENEFIT] = true;
    }
    sheet = view->log == NULL ? sheet_new_ids(NULL, 0) : wire_sheet_read(view->log);
    table_fill(&one->newest, &sheet);
    case_load_page(one, one->tab);
    case_fill_first(one);
}

void case_load_page(struct case_screen *one, enum case_tab tab)
{
    if (one->loaded[tab] || one->view == NULL)
        return;
    one->loaded[tab] = true;
    if (tab == CASE_LOG)
        caselog_load(one->screen.app, one->case_id, &one->tables[CASE_LOG]);
    else if (tab == CASE_BENEFIT)
        casebenefit_load(one->screen.app, one->view->number, &one->tables[CASE_BENEFIT]);
}

bool case_has_page(const struct case_screen *one, enum case_tab tab)
{
    if (tab == CASE_MEMBERS || tab == CASE_OTHERS || tab == CASE_STEPS || tab == CASE_HOUSE)
        return one->tables[tab].sheet != NULL && one->tables[tab].sheet->row_count > 0;
    if (tab == CASE_BENEFIT)
        return one->view != NULL && casebenefit_shown(one->screen.app, case_form(one));
    return tab != CASE_LOG || app_may(one->screen.app, "case.log");
}

const char *case_page_title(enum case_tab tab)
{
    return TABS[tab].title;
}

void case_show_page(struct case_screen *one, enum case_tab tab)
{
    one->tab = tab;
    one->came = false;
    case_load_page(one, tab);
}

void case_follow_page(struct case_screen *one, enum case_tab tab)
{
    case_show_page(one, tab);
    one->came = tab != CASE_BASIC;
}

void case_begin_pages(struct case_screen *one)
{
    for (enum case_tab tab = CASE_BASIC; tab < CASE_TAB_COUNT; tab++) {
        one->tables[tab].columns = TABS[tab].columns;
        one->tables[tab].column_count =
            tab == CASE_MEMBERS ? CASEMEMBERS_COLUMN_COUNT : TABS[tab].count;
        one->tables[tab].empty = TABS[tab].empty;
    }
    one->tables[CASE_OTHERS].cell = casecells_other_cell;
    one->tables[CASE_DUTIES].cell = casecells_duty_cell;
    one->tables[CASE_VISITS].cell = casevisit_cell;
    one->tables[CASE_LOG].cell = one->newest.cell = caselog_cell;
    one->newest.columns = CASELOG_COLUMNS;
    one->newest.column_count = CASELOG_COLUMN_COUNT;
    one->tables[CASE_STEPS].cell = caselinks_step_cell;
    one->tables[CASE_HOUSE].cell = caselinks_house_cell;
    one->beside = (struct table){.columns = BESIDE_COLUMNS,
                                 .column_count = sizeof BESIDE_COLUMNS / sizeof BESIDE_COLUMNS[0],
                                 .key = "key",
                                 .empty = "还没有探访、待遇和同户；F3 登记探访"};
    one->tables[CASE_BASIC].key = "key";
}
