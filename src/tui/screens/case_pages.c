/* The pages of a case: their tables, and what fills them. */
#include "base/words.h"
#include "tui/screens/case_private.h"
#include "tui/screens/casebasic.h"
#include "tui/screens/casebenefit.h"
#include "tui/screens/caselog.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/casewide.h"
#include "wire/convert.h"

#include <string.h>

static const struct table_column BASIC_COLUMNS[] = {
    {.id = "label", .label = "", .least = 16, .most = 16},
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
#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])

static const struct {
    const char *title;
    const struct table_column *columns;
    size_t count;
    const char *empty;
} TABS[CASE_TAB_COUNT] = {
    [CASE_BASIC] = {"基本", COLUMNS(BASIC_COLUMNS), "没有内容；Ctrl+R 再取"},
    [CASE_MEMBERS] = {"成员", CASEMEMBERS_COLUMNS, 0, "没有成员；F2 修改时加"},
    [CASE_BENEFIT] = {"待遇", CASEBENEFIT_COLUMNS, CASEBENEFIT_COLUMN_COUNT,
                      "没有待遇；Tab 下一页"},
    [CASE_DUTIES] = {"应访", COLUMNS(DUTY_COLUMNS), "没有应访任务；Tab 下一页"},
    [CASE_VISITS] = {"探访", COLUMNS(VISIT_COLUMNS), "还没有探访记录；F3 登记"},
    [CASE_REVIEWS] = {"复核", COLUMNS(REVIEW_COLUMNS), "还没有复核记录；F7 登记"},
    [CASE_OTHERS] = {"其他业务", CASEWIDE_OTHER_COLUMNS, CASEWIDE_OTHER_COLUMN_COUNT,
                     "没有其他业务；Tab 下一页"},
    [CASE_LOG] = {"日志", CASELOG_COLUMNS, CASELOG_COLUMN_COUNT, "没有日志；Tab 下一页"},
};

static struct sheet *member_sheet(const struct case_screen *one)
{
    struct casemembers_of of = case_members(one);

    return casemembers_sheet(one->screen.app, &of);
}

/** Newest first. */
static void fill_wire(struct case_screen *one, enum case_tab tab, const Wire__Sheet *from)
{
    struct sheet *sheet = from == NULL ? sheet_new_ids(NULL, 0) : wire_sheet_read(from);

    sheet_reverse(sheet);
    table_fill(&one->tables[tab], &sheet);
}

void case_fill_pages(struct case_screen *one)
{
    const Wire__CaseView *view = one->view;
    struct sheet *sheet = casebasic_sheet(one->screen.app, case_form(one), view, &one->values);

    table_fill(&one->tables[CASE_BASIC], &sheet);
    sheet = member_sheet(one);
    table_fill(&one->tables[CASE_MEMBERS], &sheet);
    fill_wire(one, CASE_DUTIES, view->duties);
    fill_wire(one, CASE_VISITS, view->visits);
    fill_wire(one, CASE_REVIEWS, view->reviews);
    fill_wire(one, CASE_OTHERS, view->other_cases);
    memset(one->loaded, 0, sizeof one->loaded);
    case_load_page(one, one->tab);
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
    if (tab == CASE_MEMBERS || tab == CASE_OTHERS)
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
    case_load_page(one, tab);
}

void case_begin_pages(struct case_screen *one)
{
    for (enum case_tab tab = CASE_BASIC; tab < CASE_TAB_COUNT; tab++) {
        one->tables[tab].columns = TABS[tab].columns;
        one->tables[tab].column_count =
            tab == CASE_MEMBERS ? CASEMEMBERS_COLUMN_COUNT : TABS[tab].count;
        one->tables[tab].empty = TABS[tab].empty;
    }
    one->tables[CASE_OTHERS].cell = casewide_other_cell;
    one->tables[CASE_DUTIES].cell = casewide_duty_cell;
    one->tables[CASE_VISITS].cell = casevisit_cell;
    one->tables[CASE_LOG].cell = caselog_cell;
}
