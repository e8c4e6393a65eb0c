#include "tui/screens/due.h"

#include "base/mem.h"
#include "base/prints.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/officers.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"
#include "tui/form/form.h"
#include "tui/screens/batch.h"
#include "tui/screens/case.h"
#include "tui/screens/excuse.h"
#include "tui/screens/leads.h"
#include "tui/screens/paper.h"
#include "tui/screens/review.h"
#include "tui/screens/visit.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

struct due_screen {
    struct list_screen list;
    char *area, *officer, *kind; /* "" = all */
    bool all;                    /* also people who are not pending */
    bool reviews;                /* 复核 instead of 探访 */
    char *question;              /* the question that the rows answer */
    uint64_t moves;              /* of the ledger when the rows were read, 0 = not known */
};

/* The programme's column comes last: a list of one programme is shown without it. */
static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "age", .least = 4, .most = 4, .rank = 5},
    {.id = "area_name", .least = 8, .most = 14, .rank = 3, .once = true},
    {.id = "categories", .least = 6, .most = 16, .rank = 4},
    {.id = "done_need", .label = "已/应", .least = 5, .most = 5, .right = true},
    {.id = "tier", .least = 2, .most = 2, .rank = 6},
    {.id = "last", .label = "上次", .least = 5, .most = 5, .rank = 2},
    {.id = "words", .label = "状态", .least = 10, .most = 14},
    {.id = "officer", .least = 6, .most = 10, .rank = 1, .once = true},
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

static struct due_screen *due_of(struct screen *screen)
{
    return (struct due_screen *)screen;
}

char *due_words(const struct sheet *sheet, size_t row)
{
    const char *words = sheet_get(sheet, row, "words");

    if (strcmp(sheet_get(sheet, row, "type"), DUTY_TYPE_REVIEW) == 0)
        return mem_copy(review_words(words));
    if (sheet_get(sheet, row, "asked")[0] != '\0')
        return mem_printf("%s 申请免访", words);
    return mem_copy(words);
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
    return mem_copy(sheet_get(sheet, row, id));
}

static void watch_list(const struct screen *screen, struct due_watch *watch)
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

/** Fetches the list and the board's figures of the same scope. */
static enum result ask_due(const struct due_screen *due, struct sheet **ret_sheet)
{
    struct app *app = due->list.screen.app;
    struct due_watch watch;
    Wire__Request request = WIRE__REQUEST__INIT;

    watch_list(&due->list.screen, &watch);
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
    if (ask_due(due, &sheet) != 0)
        return;
    show_rows(due, sheet);
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
    watch_list(screen, watch);
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

static bool is_behind(const struct sheet *a, size_t row, const struct sheet *b, size_t other)
{
    return strcmp(sheet_get(a, row, "place"), sheet_get(b, other, "place")) > 0;
}

/** The old rows without those that changed, and those that are still in the list at their places. */
static struct sheet *merge_rows(const struct sheet *old, const struct sheet *rows,
                                const Wire__VisitDone *done)
{
    struct sheet *merged = sheet_new_ids((const char *const *)old->columns, old->column_count);
    bool *put = mem_array(rows->row_count, sizeof *put);

    for (size_t row = 0; row <= old->row_count; row++) {
        if (row < old->row_count && is_changed(done, old, row))
            continue;
        for (size_t i = 0; i < rows->row_count; i++) {
            if (put[i] || (row < old->row_count && is_behind(rows, i, old, row)))
                continue;
            add_row(merged, rows, i);
            put[i] = true;
        }
        if (row < old->row_count)
            add_row(merged, old, row);
    }
    free(put);
    return merged;
}

void due_take(struct screen *screen, const Wire__Response *response)
{
    struct due_screen *due = due_of(screen);
    const Wire__VisitDone *done = response->visit;

    if (screen->ops != &DUE_OPS || done->rows == NULL || !takes_rows(due) ||
        done->moves_before != due->moves)
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

// ---- what is done with a row

/** A cell of the row that an action is about. */
static const char *due_get(struct app *app, const char *column)
{
    return table_aimed(&due_of(app->top)->list.table, column);
}

/** True if there is such a row; says so if not. */
static bool due_aims(struct app *app)
{
    bool aims = due_get(app, "case_id")[0] != '\0';

    if (!aims)
        app_say(app, "清单里没有选中的人；↑↓ 选一个");
    return aims;
}

static void due_open_batch(struct app *app)
{
    batch_open(app, &due_of(app->top)->list.table);
}

static void due_record(struct app *app)
{
    if (due_of(app->top)->list.table.list.mark_count > 1) {
        due_open_batch(app);
        return;
    }
    if (!due_aims(app))
        return;
    if (due_of(app->top)->reviews) {
        review_open(app, strtoull(due_get(app, "case_id"), NULL, 10), due_get(app, "name"));
        return;
    }
    visit_open(app, &(struct visit_of){.case_id = due_get(app, "case_id"),
                                       .kind = due_get(app, "kind"),
                                       .name = due_get(app, "name"),
                                       .by = due_get(app, "officer")});
}

static void due_excuse(struct app *app)
{
    excuse_open_rows(app, &due_of(app->top)->list.table);
}

static void due_case(struct app *app)
{
    if (due_aims(app))
        case_open(app, strtoull(due_get(app, "case_id"), NULL, 10));
}

static void due_toggle_all(struct app *app)
{
    struct due_screen *due = due_of(app->top);

    due->all = !due->all;
    due->list.screen.stale = true;
}

/** The cases that are printed, if these are not all of the list; new array. */
static uint64_t *picked_cases(const struct table *table, size_t *ret_count)
{
    const struct list *list = &table->list;
    uint64_t *cases = mem_array(list->count + 1, sizeof *cases);
    bool marked = list->mark_count > 0;

    *ret_count = 0;
    for (size_t i = 0; i < (marked ? list->count : list->view_count); i++) {
        size_t row = marked ? i : list->view[i];
        if (!marked || list_marked(list, row))
            cases[(*ret_count)++] = strtoull(sheet_get(table->sheet, row, "case_id"), NULL, 10);
    }
    if (*ret_count == list->count)
        *ret_count = 0;
    return cases;
}

/** What goes out on paper comes back by the codes of its sheets. */
static enum result make_sheets(const struct due_screen *due, struct sheet **ret_sheet)
{
    struct due_watch watch;
    Wire__SheetMake make = WIRE__SHEET_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    watch_list(&due->list.screen, &watch);
    make.list = &watch.list;
    make.only = picked_cases(&due->list.table, &make.n_only);
    request.what_case = WIRE__REQUEST__WHAT_SHEET_MAKE;
    request.sheet_make = &make;
    enum result result = app_call_pages(due->list.screen.app, &request, NULL, ret_sheet);
    free(make.only);
    return result;
}

/** The sheets are made when something is printed or saved. `arg` is the list's screen. */
static bool print_rows(struct app *app, void *arg, struct sheet **ret_rows)
{
    struct due_screen *due = arg;

    (void)app;
    if (make_sheets(due, ret_rows) != 0)
        return false;
    char *picked = table_pick(&due->list.table, *ret_rows);
    free(picked);
    return true;
}

static void set_scope(const struct due_screen *due, struct document *document)
{
    struct str scope = {0};

    prints_scope_add(&scope, "kind", due->kind);
    prints_scope_add(&scope, "officer", due->officer);
    prints_scope_add(&scope, "all", due->all ? "1" : "0");
    fields_set(&document->facts, "scope", str_text(&scope));
    str_free(&scope);
}

void due_narrow(struct app *app, const char *area, const struct fields *scope)
{
    struct due_screen *due = due_of(app->top);

    mem_replace(&due->area, area);
    mem_replace(&due->kind, fields_get(scope, "kind"));
    free(due->officer);
    due->officer = officers_resolve(app, fields_get(scope, "officer"));
    due->all = strcmp(fields_get(scope, "all"), "1") == 0;
}

static void due_print(struct app *app)
{
    struct due_screen *due = due_of(app->top);
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];
    char *picked;
    char *title;

    if (ask_due(due, &sheet) != 0)
        return;
    picked = table_pick(&due->list.table, sheet);
    title = mem_printf("%s %s%s%s%s", due->list.screen.ops->title, app_month_words(app, month),
                       sheet->basis == NULL ? "" : " ", sheet_basis(sheet), picked);
    bool whole =
        *picked == '\0' && due->officer[0] == '\0' && due->kind[0] == '\0' && !due->reviews;
    free(picked);
    const char *layout = due->reviews ? "reviews" : "due";
    struct document *document = preview_document(app, layout, title, due->area, &sheet);
    if (due->officer[0] != '\0')
        fields_set(&document->facts, "officer",
                   officers_known(app, due->officer)[0] != '\0' ? officers_known(app, due->officer)
                                                                : due->officer);
    set_scope(due, document);
    if (whole)
        leads_add_table(app, due->area, document);
    preview_open_later(app, layout, &document, due->reviews ? NULL : print_rows, due);
    free(title);
}

// ---- scope: which part of the list

static void scope_submit(struct form_screen *form, bool confirm)
{
    struct due_screen *due = form->spec.arg;
    const char *title = fields_get(form->values, "kind");
    const struct form *programme = NULL;

    (void)confirm;
    mem_replace(&due->area, fields_get(form->values, "area"));
    free(due->officer);
    due->officer =
        officers_resolve(form->screen.app, fields_get(form->values, FORM_DIALOG_VISITOR));
    mem_replace(&due->kind, "");
    for (size_t i = 0; (programme = programmes_at(form->screen.app, i)) != NULL; i++)
        if (strcmp(programme->brief, title) == 0)
            mem_replace(&due->kind, programme->kind);
    due->all = strcmp(fields_get(form->values, "all"), "是") == 0;
    form_close(form);
}

enum { PROGRAMMES_MAX = 32 };

static void due_scope(struct app *app)
{
    struct due_screen *due = due_of(app->top);
    const char *kinds[PROGRAMMES_MAX + 1] = {0};
    const struct form *programme = NULL;
    struct dialog_field fields[] = {
        {.id = "area", .label = "区划", .type = "area", .help = "空着是本人管辖的全部；F4 选择"},
        {.id = FORM_DIALOG_VISITOR,
         .label = "探访人",
         .type = "text",
         .help = "工号或姓名，F4 选；空着是所有人"},
        {.id = "kind", .label = "业务", .type = "choice", .options = kinds},
        {.id = "all", .label = "含已达标的", .type = "bool"},
    };
    struct form_spec spec = {
        .title = "清单范围", .modal = true, .submit = scope_submit, .arg = due};

    for (size_t i = 0, n = 0; n < PROGRAMMES_MAX && (programme = programmes_at(app, i)) != NULL;
         i++)
        if (programme->has_visits || due->reviews)
            kinds[n++] = programme->brief;
    spec.dialog = dialog_new("清单范围", fields, sizeof fields / sizeof fields[0]);
    fields_set(&spec.values, "area", due->area);
    fields_set(&spec.values, FORM_DIALOG_VISITOR, due->officer);
    programme = programmes_form(app, due->kind);
    fields_set(&spec.values, "kind", programme == NULL ? "" : programme->brief);
    fields_set(&spec.values, "all", due->all ? "是" : "否");
    (void)form_open(app, &spec);
}

// ---- keys

static const struct action DUE_ACTIONS[] = {
    {"due.record", "登记", "F2 Enter", "登记选中人的探访；选了几人的一起登记", "visit.add",
     due_record, MARKS_ALL},
    {"due.batch", "批量", "F3", "批量登记选中的人，没有选时是全部", "visit.add", due_open_batch,
     MARKS_ALL},
    {"due.paper", "照表", "t", "照印出的应访表录入：输表号或扫码", "visit.add", paper_ask},
    {"due.excuse", "免访", "F6 x", "申请免访，选了几人的一起申请；已批准的，撤销", "excuse.ask",
     due_excuse, MARKS_ALL},
};

static const struct action REVIEW_ACTIONS[] = {
    {"reviews.record", "复核", "F2 Enter", "登记选中个案的复核", "review.add", due_record},
};

static const struct action BOTH_ACTIONS[] = {
    {"due.case", "个案", "F7 o", "打开个案", "case.list", due_case, MARKS_ONE},
    {"due.print", "打印", "F5 p", "打印清单；选了几人的只打印他们", "print", due_print, MARKS_ALL},
    {"due.all", "全部", "a", "换看待办的或全部", NULL, due_toggle_all},
    {"due.scope", "范围", "s", "选区划、探访人、业务", NULL, due_scope},
};

const struct screen_ops DUE_OPS = {
    .title = "应访清单",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY | SCREEN_MARKS,
    .refresh = due_refresh,
    .clear = list_screen_clear,
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
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = due_done,
    .actions = {ACTION_TABLE(REVIEW_ACTIONS), ACTION_TABLE(BOTH_ACTIONS)},
};
