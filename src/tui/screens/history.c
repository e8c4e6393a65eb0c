#include "tui/screens/history.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/printer.h"
#include "tui/screens/board.h"
#include "tui/screens/cases.h"
#include "tui/screens/due.h"
#include "tui/screens/excuse.h"
#include "tui/screens/find.h"
#include "tui/screens/leads.h"
#include "tui/screens/months.h"
#include "tui/screens/nearly.h"
#include "tui/screens/payroll.h"
#include "tui/screens/refused.h"
#include "tui/screens/steps.h"
#include "tui/screens/upcoming.h"
#include "tui/screens/why.h"
#include "wire/convert.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTES = 15 * 60 /* seconds between CUPS's moment of a job and the server's */ };

static const struct table_column COLUMNS[] = {
    {.id = "at", .least = 11, .most = 11},
    {.id = "action", .least = 6, .most = 6},
    {.id = "title", .label = "文件或清单", .least = 19, .most = 30},
    {.id = "state", .label = "状态", .least = 10, .most = 10},
    {.id = "printer", .least = 6, .most = 24, .rank = 2},
    {.id = "text", .least = 8, .most = 0, .rank = 1},
    {.id = "by", .label = "经办", .least = 4, .most = 10},
    {.id = "batch", .least = 12, .most = 14, .rank = 3},
};

static const struct table *history_table(const struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

/** "12 行" of "2026-11，12 行". */
static const char *rows_words(const char *text)
{
    const char *comma = strstr(text, "，");

    return comma == NULL ? text : comma + strlen("，");
}

/** The day and minute; of another year the day alone. */
static char *short_time(const struct table *table, const char *at)
{
    enum { YEAR = 5, DAY = 10, MINUTE = 16 };
    const char *newest = sheet_get(table->sheet, 0, "at");

    return strncmp(at, newest, YEAR) == 0 && strlen(at) >= MINUTE
               ? mem_copy_bytes(at + YEAR, MINUTE - YEAR)
               : mem_copy_bytes(at, strnlen(at, DAY));
}

/** In a line the time is short, the title says the month, and of a file's path the name tells more than
 *  the folders; Enter shows all. */
static char *history_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);
    bool print = sheet_get(table->sheet, row, "what")[0] != '\0';

    if (strcmp(id, "at") == 0)
        return short_time(table, text);
    if (print && strcmp(id, "text") == 0)
        return mem_copy(rows_words(text));
    if (strcmp(id, "printer") == 0 && strrchr(text, '/') != NULL)
        return mem_copy(strrchr(text, '/') + 1);
    return mem_copy(text);
}

static void history_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__History ask = WIRE__HISTORY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_HISTORY;
    request.history = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "新的在前  最近 %zu 次", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

void history_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &HISTORY_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "还没有打印和导入；F9 菜单里有导入，清单里按 p 打印");

    list->table.cell = history_cell;
    app_push(app, &list->screen);
}

static void history_show(struct app *app)
{
    struct table whole = *history_table(app); /* the same with the cells as they came */
    struct str text = {0};

    whole.cell = NULL;
    table_row_text(&whole, NULL, &text);
    ask_show(app, "打印、导入记录", str_text(&text));
    str_free(&text);
}

/** Shows what was changed after the import and therefore stays. */
static void show_left(struct app *app, const Wire__Response *response)
{
    struct sheet *left =
        response->what_case == WIRE__RESPONSE__WHAT_SHEET ? wire_sheet_read(response->sheet) : NULL;
    struct str text = {0};

    for (size_t i = 0; left != NULL && i < left->row_count; i++)
        str_printf(&text, "%s 的%s：%s\n", sheet_get(left, i, "name"), sheet_get(left, i, "label"),
                   sheet_get(left, i, "remark"));
    if (text.length > 0)
        ask_show(app, "没有恢复的人员资料", str_text(&text));
    str_free(&text);
    sheet_free(&left);
}

/** `arg` is the history's screen; its line is still selected. */
static void undo(struct app *app, void *arg, const char *yes)
{
    const struct list_screen *list = arg;
    Wire__ImportUndo ask = WIRE__IMPORT_UNDO__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)yes;
    ask.batch = (char *)table_text(&list->table, "batch");
    request.what_case = WIRE__REQUEST__WHAT_IMPORT_UNDO;
    request.import_undo = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_changed(app);
        app_say(app, "%s", response->message);
        show_left(app, response);
    }
    client_response_free(&response);
}

static void history_undo(struct app *app)
{
    const struct table *table = history_table(app);
    char *text;

    if (table_text(table, "batch")[0] == '\0') {
        app_say(app, "光标移到要撤销的一次导入上");
    } else if (table_text(table, "state")[0] != '\0') {
        app_say(app, "这一批%s", table_text(table, "state"));
    } else {
        text = mem_printf(
            "撤销 %s（%s，%s）？\n整批撤销，导入时改过的人员资料恢复原来的；其中有一件"
            "后来改过或访过，就都不撤销。",
            table_text(table, "batch"), table_text(table, "title"), table_text(table, "text"));
        ask_sure(app, text, undo, app->top);
        free(text);
    }
}

// ---- prints

/** True while the print of a row may still change. */
static bool goes_on(const struct sheet *sheet, size_t row)
{
    return sheet_get(sheet, row, "job")[0] != '\0' &&
           !prints_state_is_final(prints_state_parse(sheet_get(sheet, row, "print_state")));
}

/** Tells the server how the job of a row stands now. */
static bool tell_state(struct app *app, const struct sheet *sheet, size_t row,
                       enum print_state state)
{
    const struct printer_page page = {.what = sheet_get(sheet, row, "what"),
                                      .area = sheet_get(sheet, row, "area"),
                                      .month = "",
                                      .title = ""};
    Wire__Printed printed = WIRE__PRINTED__INIT;

    printed.job = (char *)(uintptr_t)sheet_get(sheet, row, "job");
    printed.state = (char *)(uintptr_t)prints_state_id(state);
    return printer_log(app, &page, &printed);
}

/** CUPS uses a job's name again after it was set up anew: one that was made at another time is
 *  another's. */
static enum print_state state_of_row(const struct app *app, size_t row,
                                     const struct printing_job *job)
{
    const struct sheet *sheet = history_table(app)->sheet;
    int64_t printed = 0;

    if (client_welcome(app->client)->test_date ||
        date_parse_stamp(sheet_get(sheet, row, "at"), &printed) != 0)
        return job->state;
    return job->created < printed - MINUTES || job->created > printed + MINUTES ? PRINT_LOST
                                                                                : job->state;
}

/** Takes the answer for a row; the words for the row that is selected go to the message line. */
static bool take_state(struct app *app, const char *text, size_t row)
{
    const struct table *table = history_table(app);
    const struct sheet *sheet = table->sheet;
    struct printing_job job = {0};
    bool told = true;

    if (!printing_read_job(text, sheet_get(sheet, row, "job"), &job))
        return true;
    enum print_state state = state_of_row(app, row, &job);
    if (state != prints_state_parse(sheet_get(sheet, row, "print_state")))
        told = tell_state(app, sheet, row, state);
    if (told && list_row(&table->list) == (long)row && state == job.state)
        app_say(app, "%s", job.words);
    printing_job_free(&job);
    return told;
}

static void history_ask(struct app *app)
{
    const struct sheet *sheet = history_table(app)->sheet;
    const char *ids[PRINTER_JOBS];
    size_t rows[PRINTER_JOBS];
    size_t count = 0;
    char *text = NULL;

    for (size_t row = 0; sheet != NULL && row < sheet->row_count && count < PRINTER_JOBS; row++)
        if (goes_on(sheet, row)) {
            rows[count] = row;
            ids[count++] = sheet_get(sheet, row, "job");
        }
    if (count == 0) {
        app_say(app, "没有还在打印的任务；按 Ctrl+R 再看");
    } else if (printer_ask_jobs(app, ids, count, &text)) {
        bool told = true;
        for (size_t i = 0; i < count && told; i++)
            told = take_state(app, text, rows[i]);
        if (told && app->message.length == 0)
            app_say(app, "已问过 %zu 个任务的状态", count);
        app->top->stale = true;
    }
    free(text);
}

/** `arg` is the history's screen; its line is still selected. */
static void cancel_print(struct app *app, void *arg, const char *yes)
{
    const struct list_screen *list = arg;
    const struct table *table = &list->table;

    (void)yes;
    if (list_row(&table->list) < 0 || !printer_cancel(app, table_text(table, "job")))
        return;
    if (tell_state(app, table->sheet, (size_t)list_row(&table->list), PRINT_CANCELED))
        app_say(app, "已取消打印任务 %s；已经出来的纸请收好", table_text(table, "job"));
    app_changed(app);
}

static void history_cancel(struct app *app)
{
    const struct table *table = history_table(app);
    long row = list_row(&table->list);

    if (row < 0 || !goes_on(table->sheet, (size_t)row)) {
        app_say(app, "光标移到还没有打完的打印上");
        return;
    }
    char *text = mem_printf("取消打印“%s”（任务 %s）？", table_text(table, "title"),
                            table_text(table, "job"));
    ask_sure(app, text, cancel_print, app->top);
    free(text);
}

/** Where a list is printed again. */
static const struct again {
    const char *what;  /* id of what was printed */
    const char *right; /* id of service/access.h */
    void (*open)(struct app *app);
    const char *then; /* what to do there */
    /* shows what the print had of the list; NULL where the list is the whole one, or asks itself */
    void (*narrow)(struct app *app, const char *area, const struct fields *scope);
} AGAIN[] = {
    {"due", "due", due_open, "按 F5 打印", due_narrow},
    {"reviews", "due", due_open_reviews, "按 F5 打印", due_narrow},
    {"cases", "case.list", cases_open, "按 F5 打印", cases_narrow},
    {"board", "board", board_open, "按 F5 打印", board_narrow},
    {"pace", "board", board_open, "选中那一行，按 d 看进度，按 F5 打印", NULL},
    {"trend", "board", board_open, "选中那一行，按 F3 看趋势，按 F5 打印", NULL},
    {"why", "board", why_open_own, "按 F5 打印", why_narrow},
    {"suspicious", "board", board_open, "打开可疑记录，按 F5 打印", NULL},
    {"visits", "find", find_open, "找到本人，打开个案，按 p 打印", NULL},
    {"excuses", "excuse.decide", excuse_open_waiting, "按 F5 打印", NULL},
    {"statement", "statement", months_open, "按 F5 打印", months_narrow},
    {"notice", "step.list", refused_open, "选中那份，按 F5 打印", NULL},
    {"refused", "step.list", refused_open, "按 F3 打印", NULL},
    {"publicity", "step.list", steps_place, "按 F5 打印公示名单", NULL},
    {"nearly", "due", nearly_open, "按 F5 打印", NULL},
    {"upcoming", "reviews", upcoming_open, "按 F5 打印", NULL},
    {"leads", "lead.list", leads_open, "按 F5 打印", NULL},
    {"payroll", "payroll.list", payroll_open, "打开那个月的，按 F5 打印", NULL},
    {"payroll_check", "payroll.list", payroll_open, "打开那个月的核对，按 F5 打印", NULL},
    {"overpaid", "payroll.list", payroll_open, "打开多发清单，按 F5 打印", NULL},
    {"raises", "payroll.list", payroll_open, "打开补差清单，按 F5 打印", NULL},
};

/** "（选中 3 行）" at the end of a title: rows that were chosen one by one are not chosen again. */
static const char *picked_words(const char *title)
{
    const char *at = strstr(title, "（选中");

    return at != NULL ? at : strstr(title, "（筛选出") != NULL ? strstr(title, "（筛选出") : "";
}

/** Opens the list as it was chosen for the print; false if the print does not tell. */
static bool open_as_printed(struct app *app, const struct again *again, const char *area,
                            const char *month, const char *scope)
{
    bool own = strcmp(area, app_account(app)->area) == 0;
    struct fields parts = {0};

    again->open(app);
    if (again->narrow != NULL && scope[0] != '\0') {
        prints_scope_read(scope, &parts);
        fields_set(&parts, "month", month);
        again->narrow(app, own ? "" : area, &parts);
        fields_free(&parts);
    }
    return again->narrow == NULL || scope[0] != '\0';
}

static const struct again *again_of(const char *what)
{
    for (size_t i = 0; i < sizeof AGAIN / sizeof AGAIN[0]; i++)
        if (strcmp(AGAIN[i].what, what) == 0)
            return &AGAIN[i];
    return NULL;
}

/** The names that were printed are not kept: they would lie about. The list is opened and made anew,
 *  and what the paper had is said. */
static void history_again(struct app *app)
{
    const struct table *table = history_table(app);
    const struct again *again = again_of(table_text(table, "what"));
    char month[MONTH_TEXT];

    if (again == NULL) {
        app_say(app, table_text(table, "what")[0] != '\0'
                         ? "这个清单只用命令打印，请用原来的命令重打"
                         : "光标移到要重打的打印上");
        return;
    }
    if (!app_may(app, again->right)) {
        app_warn(app, "您没有权限看这个清单，请有权限的人打印");
        return;
    }
    (void)snprintf(month, sizeof month, "%s", table_text(table, "month"));
    char *printed = mem_copy(table_text(table, "text")); /* "应访清单 2026-11，12 行" */
    char *picked = mem_copy(picked_words(table_text(table, "title")));
    bool known =
        open_as_printed(app, again, table_text(table, "area"), month, table_text(table, "scope"));
    if (month[0] != '\0' && (app->top->ops->is & SCREEN_MONTHLY) != 0)
        app_set_month(app, app->top, month);
    app_say(app, "这是现在的；当时 %s%s%s。%s", rows_words(printed), picked,
            known ? "" : "，范围没有记下", again->then);
    free(printed);
    free(picked);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"history.show", "细看", "Enter", "看这一行的全文", NULL, history_show, MARKS_ONE},
    {"history.again", "重打", "F3", "打开选中的打印的清单，范围和当时一样，按现在的重新打印",
     "print", history_again, MARKS_ONE},
    {"history.ask", "问状态", "F5 s", "问打印机：没打完的任务现在怎样了", "print", history_ask},
    {"history.undo", "撤销导入", "F6", "整批撤销选中的导入", "import", history_undo, MARKS_ONE},
    {"history.cancel", "取消打印", "F8", "把选中的、没打完的打印从打印机取消", "print",
     history_cancel, MARKS_ONE},
};

const struct screen_ops HISTORY_OPS = {
    .title = "打印、导入记录",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = history_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
