#include "tui/screens/board.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/prints.h"
#include "tui/app/action.h"
#include "tui/app/areas.h"
#include "tui/app/ask.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"
#include "tui/screens/boardtrend.h"
#include "tui/screens/leadcounts.h"
#include "tui/screens/pace.h"
#include "tui/screens/suspicious.h"
#include "tui/screens/why.h"

#include <stdlib.h>
#include <string.h>

enum { PROGRAMMES_MAX = 32 };

/** The ways to group the figures. */
static const struct {
    const char *id, *label;
} BYS[] = {
    {"county", "按县区"},    {"street", "按镇街"}, {"village", "按村(社区)"},
    {"officer", "按探访人"}, {"kind", "按业务"},
};

struct board_screen {
    struct list_screen list;
    char *area, *by, *kind;
    bool reported; /* as reported when the month was closed */
    bool suspects; /* 可疑 is counted; that takes long above a street */
    struct table_column columns[TABLE_COLUMNS_MAX];
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .label = "名称", .least = 14, .most = 24},
    {.id = "owed", .least = 4, .most = 6},
    {.id = "reached", .least = 5, .most = 6},
    {.id = "pending", .least = 5, .most = 6},
    {.id = "missed", .least = 5, .most = 6},
    {.id = "rate", .label = "率%", .least = 5, .most = 6},
    {.id = "forecast", .label = "照此月底", .least = 8, .most = 8, .rank = 1},
    {.id = "per_day", .label = "每天需", .least = 6, .most = 6, .rank = 2},
    {.id = "suspects", .least = 4, .most = 6},
    {.id = "bar", .label = "", .least = BOARDTREND_BAR, .most = BOARDTREND_BAR, .rank = 8},
    {.id = "fulfilled", .least = 5, .most = 6, .rank = 5},
    {.id = "excused", .least = 4, .most = 6, .rank = 3},
    {.id = "not_counted", .least = 4, .most = 6, .rank = 4},
    {.id = "attempted", .least = 6, .most = 8, .rank = 6},
    {.id = "late", .least = 4, .most = 6, .rank = 7},
};

static const char OWED[] = "owed", SUSPECTS[] = "suspects";

static struct board_screen *board_of(struct screen *screen)
{
    return (struct board_screen *)screen;
}

/** True if 可疑 is counted: in a street always, above it only if the officer asked. */
static bool counts_suspects(const struct board_screen *board)
{
    const char *level = areas_level(board->area);
    bool small = strcmp(level, "street") == 0 || strcmp(level, "village") == 0;

    return app_may(board->list.screen.app, "suspicious") && (small || board->suspects);
}

static enum result ask_board(const struct board_screen *board, struct sheet **ret_sheet)
{
    struct app *app = board->list.screen.app;
    Wire__Board ask = WIRE__BOARD__INIT;
    Wire__Board whole;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = app->month;
    ask.area = board->area;
    ask.by = board->by;
    ask.kind = board->kind;
    ask.as_reported = board->reported;
    whole = ask;
    figures_ask(app, &whole, &request);
    ask.suspects = counts_suspects(board);
    ask.rounds = app_month_is_current(app);
    request.what_case = WIRE__REQUEST__WHAT_BOARD;
    request.board = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

/** Asks for the 现况数 and says so, because a month that no street has closed has no 上报数. */
static enum result ask_standing(struct board_screen *board, struct sheet **ret_sheet)
{
    struct app *app = board->list.screen.app;
    enum result result = ask_board(board, ret_sheet);

    if (result != RESULT_NOTFOUND || !board->reported)
        return result;
    board->reported = false;
    app->failed = false;
    result = ask_board(board, ret_sheet);
    if (result == 0) {
        char month[MONTH_WORDS];
        app_warn(app, "%s还没有月结，没有上报数，月结以后可看；看到的是现况数",
                 app_month_words(app, month));
    }
    return result;
}

static const char *by_label(const char *by)
{
    for (size_t i = 0; i < sizeof BYS / sizeof BYS[0]; i++)
        if (strcmp(BYS[i].id, by) == 0)
            return BYS[i].label;
    return by;
}

static const char *standing_label(const struct board_screen *board)
{
    return board->reported ? "上报数" : "现况数";
}

/** The name of the board's own division, from its figures. */
static const char *area_title(const struct board_screen *board)
{
    const struct sheet *figures = board->list.figures;

    return figures != NULL && figures->row_count > 0 ? sheet_get(figures, 0, "name") : "";
}

/** Drops the column 可疑 if it is not counted. */
static size_t drop_suspects(struct table_column *columns, size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++)
        if (strcmp(columns[i].id, SUSPECTS) != 0)
            columns[kept++] = columns[i];
    return kept;
}

/** Keeps the picked figure only while it is a column. */
static void show_columns(struct board_screen *board, const struct sheet *sheet)
{
    struct table *table = &board->list.table;
    bool found = false;

    table->column_count = figures_columns(
        board->list.screen.app, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0], sheet, board->columns);
    if (!app_may(board->list.screen.app, "suspicious"))
        table->column_count = drop_suspects(board->columns, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        found = found || strcmp(board->columns[i].id, table->pick) == 0;
    if (!found)
        table->pick = OWED;
}

static void board_refresh(struct screen *screen)
{
    struct board_screen *board = board_of(screen);
    const struct form *programme = programmes_form(screen->app, board->kind);
    struct sheet *sheet = NULL;

    if (ask_standing(board, &sheet) == 0) {
        figures_take(screen->app, &board->list.figures);
        list_screen_caption(&board->list, "%s%s%s %s %s", programme == NULL ? "" : programme->brief,
                            programme == NULL ? "" : " ", by_label(board->by),
                            standing_label(board), area_title(board));
        show_columns(board, sheet);
        table_fill(&board->list.table, &sheet);
    }
}

static void board_done(struct screen *screen)
{
    struct board_screen *board = board_of(screen);

    free(board->area);
    free(board->by);
    free(board->kind);
    list_screen_done(screen);
}

static void open_at(struct app *app, const char *area, const char *by, const char *kind,
                    bool reported)
{
    struct board_screen *board =
        list_screen_new(sizeof *board, &BOARD_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "key", "本月没有应访任务；[ 看上个月，F7 换业务");

    board->list.table.columns = board->columns;
    board->list.table.pick = OWED;
    board->list.table.cell = boardtrend_cell;
    board->list.table.style = boardtrend_style;
    board->area = mem_copy(area);
    board->by = mem_copy(by);
    board->kind = mem_copy(kind);
    board->reported = reported;
    app_push(app, &board->list.screen);
}

void board_open(struct app *app)
{
    const char *area = app_account(app)->area;

    if (area[0] == '\0')
        area = client_welcome(app->client)->home_area;
    open_at(app, area, areas_level_below(areas_level(area)), "", false);
}

// ---- from a figure to the level below, to names, to other months

/** Says what there is instead if a figure has no names. */
static void say_nobody(struct app *app, const struct table *table, const char *figure)
{
    static const struct {
        const char *id, *key;
    } others[] = {{"excused", "x"}, {"not_counted", "n"}, {"suspects", "s"}};
    struct str text = {0};

    str_printf(&text, "%s %s 0 人，没有名单", table_text(table, "name"),
               column_find(figure)->label);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const char *number = table_text(table, others[i].id);
        if (strcmp(others[i].id, figure) != 0 && atoi(number) > 0) {
            str_printf(&text, "；%s %s 人，按 %s 看", column_find(others[i].id)->label, number,
                       others[i].key);
        }
    }
    app_say(app, "%s", str_text(&text));
    str_free(&text);
}

/** True if the row's figure counts anybody; says so if not. */
static bool has_names(struct app *app, const struct board_screen *board, const char *figure)
{
    const struct table *table = &board->list.table;
    bool some = atoi(table_text(table, figure)) > 0;

    if (!some)
        say_nobody(app, table, figure);
    return some;
}

/** Opens exactly the names that the figure of the selected row counts. */
static void open_names(struct app *app, const char *figure)
{
    const struct board_screen *board = board_of(app->top);
    const char *key = table_text(&board->list.table, "key");
    const char *title = table_text(&board->list.table, "name");
    bool officer = strcmp(board->by, "officer") == 0;
    bool kind = strcmp(board->by, "kind") == 0;
    struct why_of of = {.area = officer || kind ? board->area : key,
                        .kind = kind ? key : board->kind,
                        .officer = officer ? key : "",
                        .state = figure,
                        .reported = board->reported,
                        .title = title};

    if (!has_names(app, board, figure))
        return;
    if (strcmp(figure, SUSPECTS) == 0) {
        suspicious_open(
            app, &(struct suspicious_of){
                     .title = title, .area = of.area, .kind = of.kind, .officer = of.officer});
    } else {
        why_open(app, &of);
    }
}

static void board_names(struct app *app)
{
    open_names(app, board_of(app->top)->list.table.pick);
}

static void board_suspects(struct app *app)
{
    struct board_screen *board = board_of(app->top);

    if (counts_suspects(board)) {
        open_names(app, SUSPECTS);
        return;
    }
    board->suspects = true;
    board->list.screen.stale = true;
    app_say(app, "可疑的人数已数出；选一行，再按 s 看是谁、为什么");
}

static void board_excused(struct app *app)
{
    open_names(app, "excused");
}

static void board_not_counted(struct app *app)
{
    open_names(app, "not_counted");
}

/** True for a column that opens into names. */
static bool is_figure(const struct board_screen *board, const char *id)
{
    return strcmp(id, SUSPECTS) == 0 ? counts_suspects(board) : figures_is_state(id);
}

/** Picks the next figure that has names; stays at the last. */
static void pick_figure(struct app *app, int step)
{
    struct board_screen *board = board_of(app->top);
    struct table *table = &board->list.table;
    size_t at = 0;

    while (at < table->column_count && strcmp(board->columns[at].id, table->pick) != 0)
        at++;
    for (size_t i = at + (size_t)step; i < table->column_count; i += (size_t)step) {
        if (is_figure(board, board->columns[i].id)) {
            table->pick = board->columns[i].id;
            return;
        }
    }
}

static void board_right(struct app *app)
{
    pick_figure(app, 1);
}

static void board_left(struct app *app)
{
    pick_figure(app, -1);
}

static void board_enter(struct app *app)
{
    const struct board_screen *board = board_of(app->top);
    const char *by = board->by;
    bool areas = strcmp(by, "county") == 0 || strcmp(by, "street") == 0;
    const char *below = areas ? areas_level_below(by) : "officer";

    if (!has_names(app, board, OWED))
        return;
    if (areas || strcmp(by, "village") == 0)
        open_at(app, table_text(&board->list.table, "key"), below, board->kind, board->reported);
    else
        board_names(app);
}

static void by_chosen(struct app *app, void *arg, const char *label)
{
    struct board_screen *board = arg;

    (void)app;
    for (size_t i = 0; i < sizeof BYS / sizeof BYS[0]; i++)
        if (strcmp(BYS[i].label, label) == 0)
            mem_replace(&board->by, BYS[i].id);
    board->list.screen.stale = true;
}

static void board_by(struct app *app)
{
    struct board_screen *board = board_of(app->top);
    const char *labels[sizeof BYS / sizeof BYS[0]];
    struct ask_choice choice = {.title = "怎样分组",
                                .labels = labels,
                                .count = sizeof BYS / sizeof BYS[0],
                                .current = by_label(board->by)};

    for (size_t i = 0; i < choice.count; i++)
        labels[i] = BYS[i].label;
    ask_choice(app, &choice, by_chosen, board);
}

static void kind_chosen(struct app *app, void *arg, const char *title)
{
    struct board_screen *board = arg;
    const struct form *programme = NULL;

    mem_replace(&board->kind, "");
    for (size_t i = 0; (programme = programmes_at(app, i)) != NULL; i++)
        if (strcmp(programme->title, title) == 0)
            mem_replace(&board->kind, programme->kind);
    board->list.screen.stale = true;
}

static void board_kind(struct app *app)
{
    const char *labels[PROGRAMMES_MAX] = {"月探访率"};
    struct ask_choice choice = {.title = "业务", .labels = labels, .count = 1};
    const struct form *programme = NULL;

    for (size_t i = 0; choice.count < PROGRAMMES_MAX && (programme = programmes_at(app, i)) != NULL;
         i++)
        if (programme->has_visits)
            labels[choice.count++] = programme->title;
    ask_choice(app, &choice, kind_chosen, app->top);
}

static void board_reported(struct app *app)
{
    struct board_screen *board = board_of(app->top);

    board->reported = !board->reported;
    board->list.screen.stale = true;
}

/** The whole area's figures as the last row; never added up here, a person counts once. */
static void add_total(struct app *app, struct sheet *rows)
{
    struct sheet *total = NULL;

    figures_take(app, &total);
    if (total != NULL && total->row_count == 1 && rows->row_count > 1) {
        size_t row = sheet_add_row(rows);
        for (size_t i = 0; i < total->column_count; i++)
            if (sheet_column_index(rows, total->columns[i]) >= 0)
                sheet_set(rows, row, total->columns[i], sheet_cell(total, 0, i));
        sheet_set(rows, row, "name", "合计");
    }
    sheet_free(&total);
}

static void set_scope(const struct board_screen *board, struct document *document)
{
    struct str scope = {0};

    prints_scope_add(&scope, "by", board->by);
    prints_scope_add(&scope, "kind", board->kind);
    prints_scope_add(&scope, "reported", board->reported ? "1" : "0");
    fields_set(&document->facts, "scope", str_text(&scope));
    str_free(&scope);
}

void board_narrow(struct app *app, const char *area, const struct fields *scope)
{
    struct board_screen *board = board_of(app->top);
    const char *by = fields_get(scope, "by");

    if (area[0] != '\0')
        mem_replace(&board->area, area);
    for (size_t i = 0; i < sizeof BYS / sizeof BYS[0]; i++)
        if (strcmp(BYS[i].id, by) == 0)
            mem_replace(&board->by, by);
    mem_replace(&board->kind, fields_get(scope, "kind"));
    board->reported = strcmp(fields_get(scope, "reported"), "1") == 0;
}

static void board_print(struct app *app)
{
    enum { MONTHS = 36 }; /* as far as a board can go back */
    struct board_screen *board = board_of(app->top);
    struct sheet *sheet = NULL, *trend = NULL;
    char month[MONTH_WORDS];

    if (ask_board(board, &sheet) != 0)
        return;
    add_total(app, sheet);
    if (boardtrend_ask(app, board->area, board->kind, MONTHS, &trend) != 0) {
        sheet_free(&sheet);
        return;
    }
    char *title =
        mem_printf("探访合规情况 %s %s", app_month_words(app, month), standing_label(board));
    struct document *document = preview_document(app, "bulletin", title, board->area, &sheet);
    document_add_year(document, &trend, app->month);
    set_scope(board, document);
    preview_open(app, "board", &document);
    free(title);
}

/** True if the rows are areas and one is selected. */
static bool is_area_row(const struct board_screen *board)
{
    return strcmp(board->by, "officer") != 0 && strcmp(board->by, "kind") != 0 &&
           table_text(&board->list.table, "key")[0] != '\0';
}

static const char *kind_of_row(const struct board_screen *board)
{
    return strcmp(board->by, "kind") == 0 ? table_text(&board->list.table, "key") : board->kind;
}

static void board_trend(struct app *app)
{
    const struct board_screen *board = board_of(app->top);
    const struct table *table = &board->list.table;
    bool row = is_area_row(board);

    boardtrend_open(app, row ? table_text(table, "key") : board->area, kind_of_row(board),
                    row ? table_text(table, "name") : areas_name(app, board->area));
}

static void board_pace(struct app *app)
{
    const struct board_screen *board = board_of(app->top);
    const struct table *table = &board->list.table;
    bool officer = strcmp(board->by, "officer") == 0;
    const char *name = table_text(table, "name");

    pace_open(app, &(struct pace_about){
                       .area = is_area_row(board) ? table_text(table, "key") : board->area,
                       .kind = kind_of_row(board),
                       .officer = officer ? table_text(table, "key") : "",
                       .name = name[0] != '\0' ? name : areas_name(app, board->area)});
}

static void board_leads(struct app *app)
{
    leadcounts_open_area(app, board_of(app->top)->area);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"board.enter", "下级", "Enter", "下一级，直到人名", NULL, board_enter, MARKS_ONE},
    {"board.names", "名单", "w", "选中的数里是哪些人，各是什么原因", "why", board_names, MARKS_ONE},
    {"board.right", "右", "Right Tab", "选右边的数", NULL, board_right},
    {"board.left", "左", "Left BackTab", "选左边的数", NULL, board_left},
    {"board.excused", "免访", "x", "这一行免访的名单", "why", board_excused, MARKS_ONE},
    {"board.not_counted", "不计", "n", "这一行不计的名单", "why", board_not_counted, MARKS_ONE},
    {"board.suspects", "可疑", "s", "看这一行可疑的姓名和事实；县区以上先数人数", "suspicious",
     board_suspects, MARKS_ONE},
    {"board.leads", "线索", "l", "各单位的线索：待办、本月办理、最早", "lead.list", board_leads},
    {"board.trend", "趋势", "F3 t", "逐月趋势", NULL, board_trend},
    {"board.pace", "进度", "d", "逐日进度：每天访到几人，该到几人，照此月底多少", NULL, board_pace},
    {"board.print", "打印", "F5 p", "打印看板", "print", board_print},
    {"board.by", "分组", "F6", "按镇街、村、探访人、业务分组", NULL, board_by},
    {"board.kind", "业务", "F7 k", "换一项业务", NULL, board_kind},
    {"board.reported", "上报", "F8 v", "换看上报数和现况数", NULL, board_reported},
};

const struct screen_ops BOARD_OPS = {
    .title = "合规看板",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY | SCREEN_OWN_K | SCREEN_LIVE,
    .refresh = board_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = board_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
