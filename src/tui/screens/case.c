#include "tui/screens/case.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/officers.h"
#include "tui/app/programmes.h"
#include "tui/app/recent.h"
#include "tui/kit/canvas.h"
#include "tui/screens/casebasic.h"
#include "tui/screens/casebenefit.h"
#include "tui/screens/caseend.h"
#include "tui/screens/caseform.h"
#include "tui/screens/caselog.h"
#include "tui/screens/casemembers.h"
#include "tui/screens/casevisit.h"
#include "tui/screens/casewide.h"
#include "tui/screens/excuse.h"
#include "tui/screens/excused.h"
#include "tui/screens/review.h"
#include "tui/screens/upper.h"
#include "tui/screens/visit.h"
#include "wire/convert.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum tab {
    TAB_BASIC,
    TAB_MEMBERS,
    TAB_BENEFIT,
    TAB_DUTIES,
    TAB_VISITS,
    TAB_REVIEWS,
    TAB_OTHERS,
    TAB_LOG,
    TAB_COUNT
};

struct case_screen {
    struct screen screen;
    uint64_t case_id;
    uint64_t person;          /* the person for whom it was opened, 0 = the whole case */
    bool open;                /* ID numbers are shown whole */
    Wire__Response *response; /* holds `view` */
    const Wire__CaseView *view;
    struct fields values;
    enum tab tab;
    struct table tables[TAB_COUNT];
    bool loaded[TAB_COUNT]; /**< tabs that are asked for when they are opened */
};

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
} TABS[TAB_COUNT] = {
    [TAB_BASIC] = {"基本", COLUMNS(BASIC_COLUMNS), "没有内容；Ctrl+R 再取"},
    [TAB_MEMBERS] = {"成员", CASEMEMBERS_COLUMNS, 0, "没有成员；F2 修改时加"},
    [TAB_BENEFIT] = {"待遇", CASEBENEFIT_COLUMNS, CASEBENEFIT_COLUMN_COUNT, "没有待遇；Tab 下一页"},
    [TAB_DUTIES] = {"应访", COLUMNS(DUTY_COLUMNS), "没有应访任务；Tab 下一页"},
    [TAB_VISITS] = {"探访", COLUMNS(VISIT_COLUMNS), "还没有探访记录；F3 登记"},
    [TAB_REVIEWS] = {"复核", COLUMNS(REVIEW_COLUMNS), "还没有复核记录；F7 登记"},
    [TAB_OTHERS] = {"其他业务", CASEWIDE_OTHER_COLUMNS, CASEWIDE_OTHER_COLUMN_COUNT,
                    "没有其他业务；Tab 下一页"},
    [TAB_LOG] = {"日志", CASELOG_COLUMNS, CASELOG_COLUMN_COUNT, "没有日志；Tab 下一页"},
};

const char *case_state_words(const char *state)
{
    static const struct {
        const char *state, *words;
    } words[] = {{CASE_ACTIVE, CASE_ACTIVE_LABEL},
                 {CASE_CLOSED, CASE_CLOSED_LABEL},
                 {"proposed", "待受理"},
                 {PROPOSAL_WAITING, "待受理"},
                 {PROPOSAL_RETURNED, "已退回"}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].state, state) == 0)
            return words[i].words;
    return state;
}

static struct case_screen *case_of(struct screen *screen)
{
    return (struct case_screen *)screen;
}

static const struct form *case_form(const struct case_screen *one)
{
    return one->view == NULL ? NULL : programmes_form(one->screen.app, one->view->kind);
}

// ---- what the tabs show

static struct casemembers_of members_of(const struct case_screen *one)
{
    return (struct casemembers_of){
        .form = case_form(one), .values = &one->values, .area_name = one->view->area_name};
}

static struct sheet *member_sheet(const struct case_screen *one)
{
    struct casemembers_of of = members_of(one);

    return casemembers_sheet(one->screen.app, &of);
}

/** Newest first. */
static void fill_wire(struct case_screen *one, enum tab tab, const Wire__Sheet *from)
{
    struct sheet *sheet = from == NULL ? sheet_new_ids(NULL, 0) : wire_sheet_read(from);

    sheet_reverse(sheet);
    table_fill(&one->tables[tab], &sheet);
}

/** Asks for what a tab shows that does not come with the case. */
static void load_one(struct case_screen *one, enum tab tab)
{
    if (one->loaded[tab] || one->view == NULL)
        return;
    one->loaded[tab] = true;
    if (tab == TAB_LOG)
        caselog_load(one->screen.app, one->case_id, &one->tables[TAB_LOG]);
    else if (tab == TAB_BENEFIT)
        casebenefit_load(one->screen.app, one->view->number, &one->tables[TAB_BENEFIT]);
}

/** Remembers the visitor's name, so that the form shows it, too. */
static void note_visitor(const struct case_screen *one)
{
    const struct form *form = case_form(one);

    if (form != NULL && form->roles.officer[0] != '\0') {
        officers_note(one->screen.app, fields_get(&one->values, form->roles.officer),
                      one->view->visitor);
    }
}

static void case_refresh(struct screen *screen)
{
    struct case_screen *one = case_of(screen);
    Wire__CaseGet ask = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct sheet *sheet;

    ask.case_id = one->case_id;
    ask.open = one->open;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &ask;
    if (app_call(screen->app, &request, &response) != 0 ||
        response->what_case != WIRE__RESPONSE__WHAT_CASE_VIEW) {
        client_response_free(&response);
        return;
    }
    client_response_free(&one->response);
    one->response = response;
    one->view = response->case_view;
    fields_free(&one->values);
    wire_values_read(one->view->n_values, one->view->values, &one->values);
    note_visitor(one);
    sheet = casebasic_sheet(screen->app, case_form(one), one->view, &one->values);
    table_fill(&one->tables[TAB_BASIC], &sheet);
    sheet = member_sheet(one);
    table_fill(&one->tables[TAB_MEMBERS], &sheet);
    fill_wire(one, TAB_DUTIES, one->view->duties);
    fill_wire(one, TAB_VISITS, one->view->visits);
    fill_wire(one, TAB_REVIEWS, one->view->reviews);
    fill_wire(one, TAB_OTHERS, one->view->other_cases);
    memset(one->loaded, 0, sizeof one->loaded);
    load_one(one, one->tab);
}

/** The person's name, or the name of a household's head. */
static const char *case_name(const struct case_screen *one)
{
    const char *name = fields_get(&one->values, "person.name");

    return name[0] != '\0' ? name : fields_get(&one->values, "members.0.name");
}

static bool tab_shown(const struct case_screen *one, enum tab tab)
{
    if (tab == TAB_MEMBERS || tab == TAB_OTHERS)
        return one->tables[tab].sheet != NULL && one->tables[tab].sheet->row_count > 0;
    if (tab == TAB_BENEFIT)
        return one->view != NULL && casebenefit_shown(one->screen.app, case_form(one));
    return tab != TAB_LOG || app_may(one->screen.app, "case.log");
}

static bool is_wide(const struct case_screen *one)
{
    return one->tab == TAB_BASIC && !one->screen.app->canvas->look.linear &&
           casewide_fits(one->screen.app->canvas->columns);
}

/** Beside the fields the amounts stand, too. */
static void case_attend(struct screen *screen)
{
    struct case_screen *one = case_of(screen);

    if (is_wide(one) && tab_shown(one, TAB_BENEFIT))
        load_one(one, TAB_BENEFIT);
}

static void paint_beside(const struct case_screen *one, struct canvas *canvas)
{
    casewide_paint(canvas, &(struct casewide_of){.duties = &one->tables[TAB_DUTIES],
                                                 .visits = &one->tables[TAB_VISITS],
                                                 .benefit = &one->tables[TAB_BENEFIT],
                                                 .reviews = &one->tables[TAB_REVIEWS],
                                                 .members = &one->tables[TAB_MEMBERS],
                                                 .others = &one->tables[TAB_OTHERS],
                                                 .month = one->screen.app->month});
}

static void case_paint(struct screen *screen, struct canvas *canvas)
{
    struct case_screen *one = case_of(screen);
    const struct form *form = case_form(one);
    int half = canvas->columns / 2;
    int width = is_wide(one) ? half : canvas->columns;
    struct canvas body = canvas_part(canvas, 2, 0, canvas->rows - 2, width);
    struct canvas beside = canvas_part(canvas, 2, half, canvas->rows - 2, canvas->columns - half);
    int x = 1;

    if (one->view == NULL)
        return;
    x += draw_text(canvas, 0, x, canvas->columns / 2, case_name(one), STYLE_STRONG) + 2;
    (void)draw_format(canvas, 0, x, STYLE_PLAIN, "%s  %s  %s  %s%s",
                      form == NULL ? one->view->kind : form->brief, one->view->area_name,
                      case_state_words(wire_state_word(one->view->state)), one->view->number,
                      one->view->masked ? "  （F4 全显）" : "");
    x = 1;
    for (enum tab tab = TAB_BASIC; tab < TAB_COUNT; tab++) {
        if (tab_shown(one, tab)) {
            x += draw_format(canvas, 1, x, tab == one->tab ? STYLE_SELECTED : STYLE_FAINT, " %s ",
                             TABS[tab].title);
        }
    }
    table_paint(&one->tables[one->tab], &body);
    if (is_wide(one))
        paint_beside(one, &beside);
    canvas->cursor_y = body.cursor_y;
    canvas->cursor_x = body.cursor_x;
}

static bool case_key(struct screen *screen, int key)
{
    return table_key(&case_of(screen)->tables[case_of(screen)->tab], key);
}

static struct list *case_list(struct screen *screen)
{
    return &case_of(screen)->tables[case_of(screen)->tab].list;
}

static struct table *case_table(struct screen *screen)
{
    return &case_of(screen)->tables[case_of(screen)->tab];
}

static void case_done(struct screen *screen)
{
    struct case_screen *one = case_of(screen);

    for (enum tab tab = TAB_BASIC; tab < TAB_COUNT; tab++)
        table_free(&one->tables[tab]);
    client_response_free(&one->response);
    fields_free(&one->values);
    free(one);
}

void case_open(struct app *app, uint64_t case_id)
{
    case_open_for(app, case_id, 0);
}

void case_open_for(struct app *app, uint64_t case_id, uint64_t person)
{
    struct case_screen *one = mem_new(sizeof *one);

    one->screen.ops = &CASE_OPS;
    one->case_id = case_id;
    one->person = person;
    for (enum tab tab = TAB_BASIC; tab < TAB_COUNT; tab++) {
        one->tables[tab].columns = TABS[tab].columns;
        one->tables[tab].column_count =
            tab == TAB_MEMBERS ? CASEMEMBERS_COLUMN_COUNT : TABS[tab].count;
        one->tables[tab].empty = TABS[tab].empty;
    }
    one->tables[TAB_OTHERS].cell = casewide_other_cell;
    one->tables[TAB_DUTIES].cell = casewide_duty_cell;
    one->tables[TAB_VISITS].cell = casevisit_cell;
    one->tables[TAB_LOG].cell = caselog_cell;
    app_push(app, &one->screen);
    recent_note(app, case_id);
}

// ---- handlers

void case_open_aimed(struct app *app)
{
    const char *id = table_aimed(app->top->ops->table(app->top), "case_id");

    if (*id != '\0' && strcmp(id, "0") != 0)
        case_open(app, strtoull(id, NULL, 10));
    else
        app_say(app, "这一行没有可打开的个案；按 i 看全文");
}

static void step_tab(struct app *app, int step)
{
    struct case_screen *one = case_of(app->top);

    do {
        one->tab = (enum tab)(((int)one->tab + step + TAB_COUNT) % TAB_COUNT);
    } while (!tab_shown(one, one->tab));
    load_one(one, one->tab);
}

static void case_tab_next(struct app *app)
{
    step_tab(app, 1);
}

static void case_tab_previous(struct app *app)
{
    step_tab(app, -1);
}

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

static void case_edit(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        caseform_edit(app, one->case_id, false);
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

static void case_record_visit(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        open_visit(app, one, NULL);
}

/** From another page the last visit is meant: shows it. */
static void show_visit(struct case_screen *one)
{
    if (one != NULL && one->tab != TAB_VISITS && casevisit_aim(&one->tables[TAB_VISITS])) {
        one->tab = TAB_VISITS;
        load_one(one, one->tab);
    }
}

static void case_correct_visit(struct app *app)
{
    struct case_screen *one = loaded(app);
    const char *visit, *date;

    show_visit(one);
    if (one == NULL)
        return;
    visit = table_text(&one->tables[TAB_VISITS], "visit");
    date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */
    if (one->tab != TAB_VISITS || date == NULL) {
        app_say(app, "没有可以更正的探访；按 F3 登记");
        return;
    }
    open_visit(app, one, date + 1);
}

static void case_void_visit(struct app *app)
{
    struct case_screen *one = loaded(app);

    show_visit(one);
    if (one != NULL)
        casevisit_void(app, &(struct casevisit_of){.case_id = one->case_id,
                                                   .name = case_name(one),
                                                   .visits = one->tab == TAB_VISITS
                                                                 ? &one->tables[TAB_VISITS]
                                                                 : NULL});
}

static void case_unmask(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL) {
        one->open = true;
        one->screen.stale = true;
        app_say(app, "已全显，并记入日志");
    }
}

static void case_excuse(struct app *app)
{
    struct case_screen *one = loaded(app);
    const struct sheet *sheet = one == NULL ? NULL : one->tables[TAB_DUTIES].sheet;
    long row = one == NULL ? -1
                           : excused_row(&one->tables[TAB_DUTIES], one->tab == TAB_DUTIES,
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

static void case_review(struct app *app)
{
    struct case_screen *one = loaded(app);

    if (one != NULL)
        review_open(app, one->case_id, case_name(one));
}

static void case_follow(struct app *app)
{
    struct case_screen *one = case_of(app->top);
    struct str text = {0};
    const struct table *table = &one->tables[one->tab];

    if (one->tab == TAB_OTHERS && table_text(table, "case_id")[0] != '\0') {
        case_open(app, strtoull(table_text(table, "case_id"), NULL, 10));
        return;
    }
    if (one->tab == TAB_MEMBERS) {
        struct casemembers_of of = members_of(one);
        char *words = casemembers_text(app, &of, (size_t)list_row(&table->list));
        ask_show(app, table_text(table, "name"), words);
        free(words);
        return;
    }
    table_row_text(table, NULL, &text); /* also what the line had no room for */
    ask_show(app, TABS[one->tab].title, str_text(&text));
    str_free(&text);
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

static void case_end(struct app *app)
{
    with_ending(app, caseend_close);
}

static void case_reopen(struct app *app)
{
    with_ending(app, caseend_reopen);
}

static void case_print(struct app *app)
{
    const struct case_screen *one = case_of(app->top);

    if (one->view != NULL)
        casevisit_print(app, one->view);
}

/** With the selected visit on the page of visits, otherwise with the last one. */
static void case_upper(struct app *app)
{
    const struct case_screen *one = loaded(app);
    const char *visit =
        one != NULL && one->tab == TAB_VISITS ? table_text(&one->tables[TAB_VISITS], "visit") : "";
    const char *date = strchr(visit, ':'); /* "PERSON:DATE:SEQ" */

    if (one != NULL)
        upper_open(app, one->case_id, date != NULL ? date + 1 : "", one->open);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"case.edit", "修改", "F2", "修改这个个案", "case.save", case_edit, .records = true},
    {"case.visit", "登记", "F3", "登记探访", "visit.add", case_record_visit},
    {"case.unmask", "全显", "F4 u", "全显证件号和敏感项（记入日志）", "case.open", case_unmask},
    {"case.correct", "更正", "F5", "更正选中的一次探访；在别的页是最近一次", "visit.add",
     case_correct_visit},
    {"case.void", "作废", "v", "作废登错的一次探访，要选原因；在别的页是最近一次", "visit.void",
     case_void_visit},
    {"case.excuse", "免访", "F6", "申请免访；已批准的，撤销", "excuse.ask", case_excuse},
    {"case.review", "复核", "F7 r", "登记复核", "review.add", case_review},
    {"case.end", "退出", "F8", "退出（死亡、迁出等）", "case.close", case_end},
    {"case.reopen", "撤销退出", "z", "撤销误办的退出，要写原因", "case.reopen", case_reopen},
    {"case.print", "打印", "p", "打印探访记录表", "print", case_print},
    {"case.upper", "填报", "Y", "多头填报：按上级系统的栏目排好，逐项或整行复制", NULL, case_upper},
    {"case.next", "下页签", "Right Tab", "下一个页签", NULL, case_tab_next},
    {"case.previous", "上页签", "Left BackTab", "上一个页签", NULL, case_tab_previous},
    {"case.follow", "细看", "Enter", "看这一行的全文，或打开另一项业务", NULL, case_follow,
     MARKS_ONE},
};

const struct screen_ops CASE_OPS = {
    .title = "个案",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_OWN_F4,
    .refresh = case_refresh,
    .attend = case_attend,
    .paint = case_paint,
    .key = case_key,
    .list = case_list,
    .table = case_table,
    .done = case_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
