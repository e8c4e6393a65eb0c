#include "tui/screens/home.h"

#include "base/homeline.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/figures.h"
#include "tui/app/listscreen.h"
#include "tui/app/menu.h"
#include "tui/kit/canvas.h"
#include "tui/screens/alarm.h"
#include "tui/screens/board.h"
#include "tui/screens/case.h"
#include "tui/screens/caseform.h"
#include "tui/screens/due.h"
#include "tui/screens/excuse.h"
#include "tui/screens/homeband.h"
#include "tui/screens/homelines.h"
#include "tui/screens/homelist.h"
#include "tui/screens/leads.h"
#include "tui/screens/leaves.h"
#include "tui/screens/proposal.h"
#include "tui/screens/rounds.h"
#include "tui/screens/senders.h"
#include "tui/screens/steps.h"
#include "tui/screens/upcoming.h"
#include "tui/screens/visit.h"
#include "tui/screens/why.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

struct home_screen {
    struct list_screen list; /* one line per thing to do */
    struct sheet *figures, *days, *strip;
    char *forecast, *pace, *urgent;
    struct sheet *lines; /* also those that do not fit; NULL = a menu is shown */
    struct homelines_total totals[HOMELIST_TOTALS];
    char *open; /* the kind that is shown whole, NULL = none */
    int head;   /* lines above the table */
    int room;   /* lines of its rows, for which they were chosen */
    bool band;  /* days and strip were asked for */
};

static const struct table_column COLUMNS[] = {
    {.id = "what", .label = "事项", .least = 8, .most = 10, .once = true},
    {.id = "text", .label = "内容", .least = 30, .most = 0},
};

enum {
    HOME_HEAD = 3,  /* lines above the table: figures and pace, unless they are long */
    HOME_AROUND = 4 /* further ones around its rows: status, heading, message, keys */
};

static const char NOTHING_TODAY[] = "今天没有待办事项；F9 菜单，F3 查找";
static const char NOTHING_THEN[] = "这个月没有留下要办的事；] 看下个月";

static struct home_screen *home_of(struct screen *screen)
{
    return (struct home_screen *)screen;
}

/** Lines that days and strip take at the foot of a large screen; on others the strip has one above. */
static int band_rows(const struct home_screen *home)
{
    const struct canvas *canvas = home->list.screen.app->canvas;

    return home->strip != NULL && !canvas->look.linear &&
                   homeband_fits(canvas->rows, canvas->columns)
               ? HOMEBAND_ROWS
               : 0;
}

static int room_of(const struct home_screen *home)
{
    return home->list.screen.app->canvas->rows - HOME_AROUND - home->head - band_rows(home);
}

/** Shows as many lines as the terminal has room for. */
static void show_lines(struct home_screen *home)
{
    home->room = room_of(home);
    struct sheet *lines = homelines_fit(home->lines, home->room > 0 ? (size_t)home->room : 0,
                                        home->open, home->totals);

    homelist_set_keys(lines);
    table_fill(&home->list.table, &lines);
}

static void take_view(struct home_screen *home, const Wire__HomeView *view)
{
    sheet_free(&home->lines);
    home->lines = homelist_read(view, home->totals);
    sheet_free(&home->figures);
    home->figures = wire_sheet_read(view->figures);
    mem_replace(&home->forecast, view->forecast);
    mem_replace(&home->pace, view->pace);
    mem_replace(&home->urgent, view->urgent);
    sheet_free(&home->days);
    sheet_free(&home->strip);
    if (view->days != NULL && view->strip != NULL) {
        home->days = wire_sheet_read(view->days);
        home->strip = wire_sheet_read(view->strip);
    }
    show_lines(home);
}

static void home_refresh(struct screen *screen)
{
    struct home_screen *home = home_of(screen);
    Wire__HomeScreen ask = WIRE__HOME_SCREEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    struct sheet *lines;

    if (screen->app->must_change)
        return;
    if (!app_may(screen->app, "home")) {
        menu_lines(screen->app, &lines);
        table_fill(&home->list.table, &lines);
        return;
    }
    home->band = !screen->app->canvas->look.slow;
    ask.month = screen->app->month;
    ask.band = home->band;
    request.what_case = WIRE__REQUEST__WHAT_HOME;
    request.home = &ask;
    if (app_call(screen->app, &request, &response) == 0 &&
        response->what_case == WIRE__RESPONSE__WHAT_HOME) {
        home->list.table.empty = app_month_is_current(screen->app) ? NOTHING_TODAY : NOTHING_THEN;
        take_view(home, response->home);
    }
    client_response_free(&response);
}

/** Another size of the terminal has room for other lines. */
static void home_attend(struct screen *screen)
{
    struct home_screen *home = home_of(screen);

    if (home->lines == NULL)
        return;
    if (home->band == screen->app->canvas->look.slow)
        home_refresh(screen);
    else if (home->room != room_of(home))
        show_lines(home);
}

static void home_clear(struct screen *screen)
{
    struct home_screen *home = home_of(screen);

    sheet_free(&home->figures);
    sheet_free(&home->days);
    sheet_free(&home->strip);
    sheet_free(&home->lines);
    mem_replace(&home->forecast, "");
    mem_replace(&home->pace, "");
    mem_replace(&home->urgent, "");
    list_screen_clear(screen);
}

/** What would reach 100 %, and what presses: as much as is behind it. Returns the lines used. */
static int paint_pace(const struct home_screen *home, struct canvas *canvas, int y)
{
    const char *urgent = home->urgent == NULL ? "" : home->urgent;
    int lines = draw_lines(canvas, y, 1, home->pace, STYLE_STRONG);
    int x = 1 + text_width(home->pace);

    if (lines > 1)
        return lines + draw_lines(canvas, y + lines, 1, urgent, STYLE_PLAIN);
    return draw_lines(canvas, y, x + (x > 1 ? 2 : 0), urgent, STYLE_PLAIN);
}

/** Lines of figures and pace; the rows are chosen anew if they take more or fewer than before. */
static int paint_head(struct home_screen *home, struct canvas *canvas)
{
    int top = 2;

    if (home->figures != NULL && home->figures->row_count > 0)
        top = figures_paint(canvas, 0, home->figures, 0, home->forecast);
    if (!app_month_is_current(home->list.screen.app))
        top +=
            draw_lines(canvas, top, 1, "这是以前的月份，今天要办的事在本月：按 ] 回去", STYLE_WARN);
    else
        top += home->pace == NULL ? 1 : paint_pace(home, canvas, top);
    if (home->strip != NULL && band_rows(home) == 0)
        top += homeband_paint_line(canvas, top, home->strip);
    home->head = top;
    if (home->lines != NULL && home->room != room_of(home))
        show_lines(home);
    return top;
}

static void home_paint(struct screen *screen, struct canvas *canvas)
{
    struct home_screen *home = home_of(screen);
    int band = band_rows(home);
    struct canvas foot = canvas_part(canvas, canvas->rows - band, 0, band, canvas->columns);
    int top = paint_head(home, canvas);
    struct canvas body = canvas_part(canvas, top, 0, canvas->rows - top - band, canvas->columns);
    table_paint(&home->list.table, &body);
    if (band > 0)
        homeband_paint(&foot, home->days, home->strip);
    canvas->cursor_y = body.cursor_y;
    canvas->cursor_x = body.cursor_x;
}

static void home_done(struct screen *screen)
{
    struct home_screen *home = home_of(screen);

    sheet_free(&home->figures);
    sheet_free(&home->days);
    sheet_free(&home->strip);
    sheet_free(&home->lines);
    free(home->forecast);
    free(home->pace);
    free(home->urgent);
    free(home->open);
    list_screen_done(screen);
}

/** Overdue work stands out, and days that the county does not have. */
static enum style home_style(const struct table *table, size_t row, const char *id)
{
    static const char over[] = "已超";
    const char *text = sheet_get(table->sheet, row, "text");
    bool late = strcmp(id, "text") == 0 && sheet_get(table->sheet, row, "alarm")[0] != '\0' &&
                strncmp(text, over, strlen(over)) == 0;
    const char *what = sheet_get(table->sheet, row, "what");
    bool bundles = strcmp(id, "text") == 0 &&
                   (strcmp(what, ALARM_BUNDLES) == 0 || strcmp(what, ALARM_SENDERS) == 0);
    bool twice = strcmp(id, "text") == 0 && strcmp(what, ALARM_OVERLAPS) == 0 &&
                 !text_ends(text, " 0 件"); /* none of them is wrong */

    return late || bundles || twice ? STYLE_BAD : STYLE_PLAIN;
}

void home_open(struct app *app)
{
    struct home_screen *home = list_screen_new(
        sizeof *home, &HOME_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0], "key", NOTHING_TODAY);

    home->head = HOME_HEAD;
    home->list.table.numbers = false;
    home->list.table.style = home_style;
    app_push(app, &home->list.screen);
}

/** On the line that counts what is left out, shows it; false where a list of its own has it. */
static bool open_kind(struct home_screen *home)
{
    const char *what = table_text(&home->list.table, "what");

    if (table_text(&home->list.table, "more")[0] == '\0' || strcmp(what, HOMELIST_VISITS) == 0 ||
        strcmp(what, HOME_REVIEWS) == 0 || homelines_are_elsewhere(home->lines, what, home->totals))
        return false;
    mem_replace(&home->open, what);
    show_lines(home);
    return true;
}

/** The line begins with the round's name. */
static void open_round(struct app *app, const struct table *table)
{
    const char *text = table_text(table, "text");
    char *name = mem_copy_bytes(text, strcspn(text, " "));

    rounds_open_one(app, table_text(table, "round"), name);
    free(name);
}

// ---- what a line leads to

static void row_steps(struct app *app, const struct table *table)
{
    (void)table;
    steps_open(app, "");
}

static void row_alarm(struct app *app, const struct table *table)
{
    alarm_open(app, strtoull(table_text(table, "alarm"), NULL, 10));
}

static void row_alarms(struct app *app, const struct table *table)
{
    alarm_show_area(app, table_text(table, "alarms"), table_text(table, "text"));
}

static void row_refused(struct app *app, const struct table *table)
{
    char *words = mem_printf("%s\n\n告知书由镇街打印送达；情况有变化的，可以重新草拟。",
                             table_text(table, "text"));

    ask_show(app, table_text(table, "what"), words);
    free(words);
}

static void row_proposal(struct app *app, const struct table *table)
{
    proposal_open(app, table_text(table, "proposal"), table_text(table, "kind"));
}

static void row_area(struct app *app, const struct table *table)
{
    const char *text = table_text(table, "text");
    char *name = mem_copy_bytes(text, strcspn(text, " "));

    why_open(app, &(struct why_of){.title = name,
                                   .area = table_text(table, "area"),
                                   .kind = "",
                                   .officer = "",
                                   .state = "unreached"});
    free(name);
}

static void row_draft(struct app *app, const struct table *table)
{
    caseform_resume(app, table_text(table, "form"), table_text(table, "record"));
}

static void row_visit(struct app *app, const struct table *table)
{
    visit_open(app, &(struct visit_of){.case_id = table_text(table, "case_id"),
                                       .kind = table_text(table, "kind"),
                                       .name = table_text(table, "text"),
                                       .by = table_text(table, "by")});
}

static void row_case(struct app *app, const struct table *table)
{
    case_open(app, strtoull(table_text(table, "case_id"), NULL, 10));
}

static void row_action(struct app *app, const struct table *table)
{
    menu_run(app, table_text(table, "action"));
}

/** A warning that leads nowhere may be long. */
static void row_words(struct app *app, const struct table *table)
{
    ask_show(app, table_text(table, "what"), table_text(table, "text"));
}

/** The first row that fits a line is taken. */
static const struct way {
    const char *what;   /* NULL = any */
    const char *column; /* that the line must have; NULL = none */
    const char *right;  /* NULL = everybody */
    void (*place)(struct app *app);
    void (*row)(struct app *app, const struct table *table);
} WAYS[] = {
    {.what = ALARM_STEPS, .row = row_steps},
    {.what = ALARM_SENDERS, .place = senders_open},
    {.what = ALARM_OVERLAPS, .place = senders_open_overlaps},
    {.column = "round", .row = open_round},
    {.column = "alarm", .row = row_alarm},
    {.column = "alarms", .row = row_alarms},
    {.column = "refused", .row = row_refused},
    {.column = "proposal", .row = row_proposal},
    {.column = "area", .row = row_area},
    {.what = "待审批", .place = excuse_open_waiting},
    {.what = HOME_UPCOMING, .place = upcoming_open},
    {.what = HOME_LEAVES, .place = leaves_open},
    {.what = HOME_LEADS, .place = leads_open},
    {.what = "草稿", .row = row_draft},
    {.what = HOMELIST_VISITS, .column = "case_id", .right = "visit.add", .row = row_visit},
    {.column = "case_id", .row = row_case},
    {.what = HOMELIST_VISITS, .place = due_open},
    {.what = HOME_REVIEWS, .place = due_open_reviews},
    {.column = "more", .place = board_open},
    {.column = "action", .row = row_action},
    {.column = "text", .row = row_words},
};

static bool way_fits(const struct app *app, const struct way *way, const struct table *table)
{
    return (way->what == NULL || strcmp(table_text(table, "what"), way->what) == 0) &&
           (way->column == NULL || table_text(table, way->column)[0] != '\0') &&
           (way->right == NULL || app_may(app, way->right));
}

static void home_enter(struct app *app)
{
    const struct table *table = &home_of(app->top)->list.table;

    if (open_kind(home_of(app->top)))
        return;
    for (size_t i = 0; i < sizeof WAYS / sizeof WAYS[0]; i++) {
        if (!way_fits(app, &WAYS[i], table))
            continue;
        if (WAYS[i].place != NULL)
            WAYS[i].place(app);
        else
            WAYS[i].row(app, table);
        return;
    }
}

static void home_record(struct app *app)
{
    const struct table *table = &home_of(app->top)->list.table;

    if (strcmp(table_text(table, "what"), HOMELIST_VISITS) == 0 &&
        table_text(table, "case_id")[0] != '\0')
        row_visit(app, table);
    else
        app_warn(app, "这一行不是探访，请按回车办理；应访清单按 F7");
}

// ---- keys

static const struct action ACTIONS[] = {
    {"home.record", "登记", "F2", "登记选中的人的探访", "visit.add", home_record, MARKS_ONE,
     .records = true},
    {"home.enter", "办理", "Enter", "办理选中的事项", NULL, home_enter, MARKS_ONE},
};

const struct screen_ops HOME_OPS = {
    .title = "首页",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_FIRST | SCREEN_MONTHLY | SCREEN_OWN_F4 | SCREEN_LIVE,
    .refresh = home_refresh,
    .clear = home_clear,
    .attend = home_attend,
    .paint = home_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = home_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
