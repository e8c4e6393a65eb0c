#include "tui/screens/due_private.h"

#include "base/mem.h"
#include "base/natural.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/figures.h"
#include "tui/app/officers.h"
#include "tui/app/programmes.h"
#include "tui/screens/case.h"
#include "tui/screens/paper.h"
#include "tui/screens/review.h"
#include "tui/screens/visit.h"
#include "tui/screens/visitundo.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

/* The programme's column comes last: a list of one programme is shown without it. */
static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "age", .least = 4, .most = 4, .rank = 5},
    {.id = "area_name", .least = 8, .most = 14, .rank = 3, .once = true},
    {.id = "categories", .least = 6, .most = 16, .rank = 4},
    {.id = "done_need", .label = "已/应", .least = 5, .most = 5, .right = true},
    {.id = "tier", .least = 2, .most = 2, .rank = 6},
    {.id = "last", .label = "上次", .least = 5, .most = 5, .rank = 2},
    {.id = "words", .label = "状态", .least = 10, .most = 18},
    {.id = "officer", .least = 8, .most = 10, .rank = 1, .once = true}, /* 吴语娟代 */
    {.id = "phone", .least = 11, .most = 12, .rank = 8},
    {.id = "address", .least = 16, .most = 0, .rank = 9},
    {.id = "kind_name", .least = 4, .most = 8, .rank = 7, .once = true},
};

/* A review has no tier, no visitor and no count. */
static const struct table_column REVIEW_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 16},
    {.id = "age", .least = 4, .most = 4},
    {.id = "area_name", .least = 8, .most = 14, .once = true},
    {.id = "kind_name", .least = 6, .most = 8},
    {.id = "words", .label = "状态", .least = 8, .most = 12},
    {.id = "due_on", .label = "期限", .least = 10, .most = 10},
    {.id = "case_no", .least = 20, .most = 20, .rank = 1},
    {.id = "phone", .least = 11, .most = 12, .rank = 2},
};

enum {
    COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0],
    REVIEW_COLUMN_COUNT = sizeof REVIEW_COLUMNS / sizeof REVIEW_COLUMNS[0]
};

char *due_words(const struct sheet *sheet, size_t row)
{
    const char *words = sheet_get(sheet, row, "words");

    if (strcmp(sheet_get(sheet, row, "type"), DUTY_TYPE_REVIEW) == 0)
        return mem_copy(review_words(words));
    if (sheet_get(sheet, row, "asked")[0] != '\0')
        return mem_printf("%s 申请免访", words);
    return mem_copy(words);
}

static const struct table_order ORDERS[] = {
    {"urgency", "紧急在前（逾期、今日到期、档高的）"},
    {"village", "按村（社区），村内紧急在前"},
    {"walk", "走访顺序：按村、住址的楼、单元、室"},
    {NULL, NULL},
};

/** The address behind the village's name, which only some have. Borrowed. */
static const char *house(const struct sheet *sheet, size_t row)
{
    const char *address = sheet_get(sheet, row, "address");
    const char *village = sheet_get(sheet, row, "area_name");
    const char *at = *village == '\0' ? NULL : strstr(address, village);

    return at == NULL ? address : at + strlen(village);
}

/** `place` of a row is its village, AREA_TEXT - 1 characters, and how urgent it is. */
static char *due_order_key(const struct table *table, size_t row, const char *order)
{
    const char *place = sheet_get(table->sheet, row, "place");

    if (strcmp(order, "last") == 0) /* the cell has no year */
        return mem_copy(sheet_get(table->sheet, row, "last_visit"));
    if (strcmp(order, "village") == 0)
        return mem_copy(place);
    if (strcmp(order, "urgency") == 0)
        return mem_copy(strlen(place) >= AREA_TEXT ? place + AREA_TEXT - 1 : place);
    if (strcmp(order, "walk") != 0)
        return NULL;
    char *address = natural_key(house(table->sheet, row));
    char *key = mem_printf("%s %s", sheet_get(table->sheet, row, "area"), address);
    free(address);
    return key;
}

/** True for a person who is owed something more; in a closed month, for a person nobody has
 *  reached. */
static bool due_waits(const struct table *table, size_t row)
{
    return sheet_get(table->sheet, row, "due_on")[0] != '\0' ||
           strcmp(sheet_get(table->sheet, row, "status"), "missed") == 0;
}

static char *due_cell(const struct table *table, size_t row, const char *id)
{
    const struct sheet *sheet = table->sheet;

    if (strcmp(id, "done_need") == 0)
        return mem_printf("%s/%s", sheet_get(sheet, row, "done"), sheet_get(sheet, row, "need"));
    if (strcmp(id, "last") == 0) { /* month and day */
        const char *date = sheet_get(sheet, row, "last_visit");
        return mem_copy(strlen(date) == 10 ? date + 5 : date);
    }
    if (strcmp(id, "words") == 0)
        return due_words(sheet, row);
    if (strcmp(id, "officer") == 0 && sheet_get(sheet, row, "stand_in")[0] != '\0')
        return mem_printf("%s代", sheet_get(sheet, row, "stand_in"));
    return mem_copy(sheet_get(sheet, row, id));
}

/** Who is overdue stands out, besides that the words say so. */
static enum style due_style(const struct table *table, size_t row, const char *id)
{
    static const char late[] = "逾期";

    (void)id; /* the whole row */
    return strncmp(sheet_get(table->sheet, row, "words"), late, strlen(late)) == 0 ? STYLE_LATE
                                                                                   : STYLE_PLAIN;
}

void due_watch_list(const struct screen *screen, struct due_watch *watch)
{
    const struct due_screen *due = (const struct due_screen *)screen;

    wire__due__init(&watch->list);
    wire__board__init(&watch->what);
    watch->list.month = (char *)screen->month;
    watch->list.area = due->area;
    watch->list.officer = due->officer;
    watch->list.kind = due->kind;
    watch->list.all = due->all;
    watch->list.open = true; /* after one visit of four there is more to do */
    watch->list.type = due->reviews ? WIRE__DUTY_TYPE__REVIEW : WIRE__DUTY_TYPE__VISIT;
    watch->list.places = !due->reviews;
}

/** The board's figures of the same scope come along. */
static void watch_figures(const struct due_screen *due, struct due_watch *watch,
                          Wire__Request *request)
{
    struct app *app = due->list.screen.app;

    if (due->reviews || due->officer[0] != '\0')
        return;
    watch->what.month = watch->list.month;
    watch->what.area = due->area[0] != '\0' ? due->area : app_account(app)->area;
    watch->what.kind = due->kind;
    figures_ask(app, &watch->what, request);
}

enum result due_ask(const struct due_screen *due, struct sheet **ret_sheet)
{
    struct app *app = due->list.screen.app;
    struct due_watch watch;
    Wire__Request request = WIRE__REQUEST__INIT;

    due_watch_list(&due->list.screen, &watch);
    watch_figures(due, &watch, &request);
    request.what_case = WIRE__REQUEST__WHAT_DUE;
    request.due = &watch.list;
    app->moves = 0;
    return app_call_pages(app, &request, NULL, ret_sheet);
}

/** True if every row is of the same programme. */
static bool one_programme(const struct sheet *sheet)
{
    for (size_t row = 1; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "kind"), sheet_get(sheet, 0, "kind")) != 0)
            return false;
    return true;
}

/** Forgets the marks when the question has changed: in another month the same cases are other
 *  work. */
static void note_question(struct due_screen *due)
{
    char *question =
        mem_printf("%s %s %s %s", due->list.screen.app->month, due->area, due->officer, due->kind);

    if (strcmp(question, due->question) != 0)
        table_forget(&due->list.table);
    free(due->question);
    due->question = question;
}

/** The head counts the 月探访率; if the list holds other programmes, too, the caption says so. */
static void set_caption(struct due_screen *due, const struct sheet *sheet)
{
    struct app *app = due->list.screen.app;
    const struct form *programme = programmes_form(app, due->kind);
    const char *known = officers_known(app, due->officer);
    const char *basis = sheet_basis(sheet);

    list_screen_caption(
        &due->list, "%s%s%s %zu 件%s%s%s%s%s%s", basis, basis[0] != '\0' ? "  " : "",
        due->all ? "全部" : "待办", sheet->row_count, programme == NULL ? "（各项业务）" : "  ",
        programme == NULL ? "" : programme->brief, due->officer[0] != '\0' ? "  探访人 " : "",
        known[0] != '\0' ? known : due->officer, due->area[0] != '\0' ? "  " : "",
        due->area[0] != '\0' ? areas_name(app, due->area) : "");
}

static void show_rows(struct due_screen *due, struct sheet *sheet)
{
    set_caption(due, sheet);
    if (!due->reviews)
        due->list.table.column_count = one_programme(sheet) ? COLUMN_COUNT - 1 : COLUMN_COUNT;
    note_question(due);
    table_fill(&due->list.table, &sheet);
}

static void due_refresh(struct screen *screen)
{
    struct due_screen *due = due_of(screen);
    struct sheet *sheet = NULL;

    due->moves = 0;
    if (due_ask(due, &sheet) != 0)
        return;
    show_rows(due, sheet);
    list_screen_take_back(&due->list);
    due->moves = screen->app->moves;
    figures_take(screen->app, &due->list.figures);
}

// ---- after a visit, without asking again

/* Of a closed month the list says what it is. */
static bool takes_rows(const struct due_screen *due)
{
    const struct sheet *sheet = due->list.table.sheet;

    return !due->reviews && due->moves != 0 && sheet != NULL && sheet->basis == NULL &&
           !due->list.table.failed;
}

void due_watch(const struct screen *screen, struct due_watch *watch, Wire__Request *request)
{
    const struct due_screen *due = (const struct due_screen *)screen;

    if (screen == NULL || screen->ops != &DUE_OPS || !takes_rows(due))
        return;
    due_watch_list(screen, watch);
    watch_figures(due, watch, request);
    request->visit_add->list = &watch->list;
}

static bool is_changed(const Wire__VisitDone *done, const struct sheet *sheet, size_t row)
{
    uint64_t id = strtoull(sheet_get(sheet, row, "case_id"), NULL, 10);

    for (size_t i = 0; i < done->n_changed; i++)
        if (done->changed[i] == id)
            return true;
    return false;
}

static void add_row(struct sheet *to, const struct sheet *from, size_t row)
{
    const char **cells = mem_array(from->column_count, sizeof *cells);

    sheet_cells(from, row, cells);
    (void)sheet_add_cells(to, cells);
    free(cells);
}

/** The old rows without those that changed, and those that are still in the list; the table puts them
 *  into its order. */
static struct sheet *merge_rows(const struct sheet *old, const struct sheet *rows,
                                const Wire__VisitDone *done)
{
    struct sheet *merged = sheet_new_ids((const char *const *)old->columns, old->column_count);

    for (size_t row = 0; row < old->row_count; row++)
        if (!is_changed(done, old, row))
            add_row(merged, old, row);
    for (size_t row = 0; row < rows->row_count; row++)
        add_row(merged, rows, row);
    return merged;
}

void due_take(struct screen *screen, const Wire__Response *response)
{
    struct due_screen *due = due_of(screen);
    const Wire__VisitDone *done = response->visit;

    if (screen->ops != &DUE_OPS)
        return;
    if (done->rows == NULL || !takes_rows(due) || done->moves_before != due->moves)
        return;
    struct sheet *rows = wire_sheet_read(done->rows);
    if (rows->column_count == due->list.table.sheet->column_count) {
        show_rows(due, merge_rows(due->list.table.sheet, rows, done));
        due->moves = done->moves_after;
        sheet_free(&due->list.figures);
        if (response->figures != NULL)
            due->list.figures = wire_sheet_read(response->figures);
        screen->stale = false;
    }
    sheet_free(&rows);
}

static void due_done(struct screen *screen)
{
    struct due_screen *due = due_of(screen);

    free(due->area);
    free(due->officer);
    free(due->kind);
    free(due->question);
    list_screen_done(screen);
}

static void open_list(struct app *app, bool reviews)
{
    struct due_screen *due =
        reviews ? list_screen_new(sizeof *due, &DUE_REVIEW_OPS, REVIEW_COLUMNS, REVIEW_COLUMN_COUNT,
                                  "case_id", "本月没有要复核的个案；按 a 看全部")
                : list_screen_new(sizeof *due, &DUE_OPS, COLUMNS, COLUMN_COUNT, "case_id",
                                  "没有待访的人；按 a 看全部");

    due->list.table.cell = due_cell;
    due->list.table.style = due_style;
    if (!reviews) {
        due->list.table.orders = ORDERS;
        due->list.table.order = ORDERS[0].id;
        due->list.table.order_key = due_order_key;
    }
    due->list.table.waits = due_waits;
    due->area = mem_copy("");
    due->officer = mem_copy("");
    due->kind = mem_copy("");
    due->reviews = reviews;
    due->question = mem_copy("");
    app_push(app, &due->list.screen);
}

void due_open(struct app *app)
{
    open_list(app, false);
}

void due_open_reviews(struct app *app)
{
    open_list(app, true);
}

// ---- keys

static void due_walk(struct app *app)
{
    struct due_screen *due = due_of(app->top);
    struct table *table = &due->list.table;
    bool walks = strcmp(table->order == NULL ? "" : table->order, "walk") == 0;

    table->order = walks ? ORDERS[0].id : "walk";
    table->down = false;
    due->list.screen.stale = true;
    app_say(app, "排序：%s", walks ? ORDERS[0].label : ORDERS[2].label);
}

static const struct action DUE_ACTIONS[] = {
    {"due.record", "登记", "F2 Enter", "登记选中人的探访；选了几人的一起登记", "visit.add",
     due_record, MARKS_ALL, .records = true},
    {"due.phone", "电话", "d", "今天电话探访成功：登记，到下一人", "visit.add", due_record_phone,
     MARKS_ONE},
    {"due.unmet", "未见到", "x", "今天上门未见到：登记，到下一人", "visit.add", due_record_unmet,
     MARKS_ONE},
    {"due.undo", "撤销", "u", "撤销自己最近登记的探访，月结以前都行", "visit.add", visitundo_ask},
    {"due.correct", "更正", "c", "更正自己最近登记的探访", "visit.add", visitundo_correct},
    {"due.correct_person", "改此人", "C", "更正选中的人最近一次探访", "visit.add",
     visitundo_correct_aimed, MARKS_ONE},
    {"due.same", "同访", "e", "选中的几人登记同样的探访，只填一次", "visit.add", due_record_same,
     MARKS_ALL},
    {"due.home", "同住", "y", "选中与这人同村、同住址的人", "visit.add", due_mark_home, MARKS_LIST},
    {"due.batch", "批量", "F3", "批量登记选中的人，没有选时是全部", "visit.add", due_open_batch,
     MARKS_LIST},
    {"due.paper", "照表", "t", "照印出的应访表录入：输表号或扫码", "visit.add", paper_ask},
    {"due.walk", "走访", "w", "按走访顺序排：村、楼、单元、室；再按恢复紧急在前", NULL, due_walk},
    {"due.excuse", "免访", "F6", "申请免访，选了几人的一起申请；已批准的，撤销", "excuse.ask",
     due_excuse, MARKS_ALL},
};

static const struct action REVIEW_ACTIONS[] = {
    {"reviews.record", "复核", "F2 Enter", "登记选中个案的复核", "review.add", due_record,
     MARKS_ONE, .records = true},
};

static const struct action BOTH_ACTIONS[] = {
    {"due.case", "个案", "F7 o", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"due.print", "打印", "F5 p", "打印清单；选了几人的只打印他们", "print", due_print,
     MARKS_PAPER},
    {"due.all", "全部", "a", "换看待办的或全部", NULL, due_toggle_all},
    {"due.scope", "范围", "s", "选区划、探访人、业务", NULL, due_scope},
};

const struct screen_ops DUE_OPS = {
    .title = "应访清单",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY | SCREEN_MARKS | SCREEN_PEOPLE | SCREEN_LIVE,
    .refresh = due_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = due_done,
    .actions = {ACTION_TABLE(DUE_ACTIONS), ACTION_TABLE(BOTH_ACTIONS)},
    .place = "board.open",
};

const struct screen_ops DUE_REVIEW_OPS = {
    .title = "复核清单",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY,
    .refresh = due_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = due_done,
    .actions = {ACTION_TABLE(REVIEW_ACTIONS), ACTION_TABLE(BOTH_ACTIONS)},
};
