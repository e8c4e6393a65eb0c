#include "tui/screens/suspicious.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/screens/case.h"

#include <stdlib.h>
#include <string.h>

/** Large pages, because the server looks at all visits of the month for each page. */
enum { PAGE = 5000 };

static const char KEY[] = "rule";

struct suspicious_screen {
    struct list_screen list;
    char *title, *area, *kind, *officer;
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "title", .label = "可疑", .least = 16, .most = 16, .once = true},
    {.id = "date", .least = 5, .most = 5},
    {.id = "fact", .least = 32, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
    {.id = "officer", .least = 6, .most = 10, .rank = 2},
    {.id = "case_no", .least = 20, .most = 20, .rank = 3},
};

/** Shows month and day, and removes them from the beginning of the fact. */
static char *suspicious_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);
    const char *date = sheet_get(table->sheet, row, "date");
    size_t length = strlen(date);

    if (strcmp(id, "date") == 0)
        return mem_copy(length == DATE_TEXT - 1 ? date + strlen("2026-") : date);
    if (strcmp(id, "fact") == 0 && length > 0 && strncmp(text, date, length) == 0)
        return mem_copy(text + length + strspn(text + length, " "));
    return mem_copy(text);
}

static struct suspicious_screen *suspicious_of(struct screen *screen)
{
    return (struct suspicious_screen *)screen;
}

/** Makes a key for each finding: its rule, its person and its day. */
static void name_findings(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        char *key =
            mem_printf("%s %s %s %s", sheet_get(sheet, row, KEY), sheet_get(sheet, row, "area"),
                       sheet_get(sheet, row, "case_id"), sheet_get(sheet, row, "date"));
        sheet_set(sheet, row, KEY, key);
        free(key);
    }
}

static enum result ask_suspicious(const struct suspicious_screen *one, struct sheet **ret_sheet)
{
    struct app *app = one->list.screen.app;
    Wire__Suspicious ask = WIRE__SUSPICIOUS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.month = app->month;
    ask.area = one->area;
    ask.kind = one->kind;
    ask.officer = one->officer;
    ask.rate_only = true;
    ask.limit = PAGE;
    request.what_case = WIRE__REQUEST__WHAT_SUSPICIOUS;
    request.suspicious = &ask;
    enum result result = app_call_pages(app, &request, &ask.after, ret_sheet);
    if (result == 0)
        name_findings(*ret_sheet);
    return result;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** Counts a person once, like the board. */
static size_t count_people(const struct sheet *sheet)
{
    const char **ids = mem_array(sheet->row_count, sizeof *ids);
    size_t people = 0;

    for (size_t row = 0; row < sheet->row_count; row++)
        ids[row] = sheet_get(sheet, row, "case_id");
    if (sheet->row_count > 1)
        qsort(ids, sheet->row_count, sizeof *ids, compare_ids);
    for (size_t i = 0; i < sheet->row_count; i++)
        people += ids[i][0] != '\0' && (i == 0 || strcmp(ids[i], ids[i - 1]) != 0);
    free(ids);
    return people;
}

static void suspicious_refresh(struct screen *screen)
{
    struct suspicious_screen *one = suspicious_of(screen);
    struct sheet *sheet = NULL;

    if (ask_suspicious(one, &sheet) == 0) {
        list_screen_caption(&one->list, "%s  可疑  %zu 人 %zu 条", one->title, count_people(sheet),
                            sheet->row_count);
        table_fill(&one->list.table, &sheet);
    }
}

static void suspicious_done(struct screen *screen)
{
    struct suspicious_screen *one = suspicious_of(screen);

    free(one->title);
    free(one->area);
    free(one->kind);
    free(one->officer);
    list_screen_done(screen);
}

void suspicious_open(struct app *app, const struct suspicious_of *of)
{
    struct suspicious_screen *one =
        list_screen_new(sizeof *one, &SUSPICIOUS_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        KEY, "这个月没有可疑记录；[ 看上个月");

    one->list.table.cell = suspicious_cell;
    one->title = mem_copy(of->title);
    one->area = mem_copy(of->area);
    one->kind = mem_copy(of->kind);
    one->officer = mem_copy(of->officer);
    app_push(app, &one->list.screen);
}

static void suspicious_case(struct app *app)
{
    const struct table *table = &suspicious_of(app->top)->list.table;

    if (table_text(table, "case_id")[0] != '\0')
        case_open(app, strtoull(table_text(table, "case_id"), NULL, 10));
    else
        app_say(app, "这一条是整个镇街的，没有个案，请看看板的名单：%s", table_text(table, "fact"));
}

static void suspicious_print(struct app *app)
{
    struct suspicious_screen *one = suspicious_of(app->top);
    struct sheet *sheet = NULL;
    char month[MONTH_WORDS];
    char *picked;
    char *title;

    if (ask_suspicious(one, &sheet) != 0)
        return;
    picked = table_pick(&one->list.table, sheet);
    title = mem_printf("%s %s 可疑记录%s", one->title, app_month_words(app, month), picked);
    free(picked);
    struct document *document = preview_document(app, "suspicious", title, one->area, &sheet);
    preview_open(app, "suspicious", &document);
    free(title);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"suspicious.case", "个案", "Enter", "打开个案", "case.list", suspicious_case, MARKS_ONE},
    {"suspicious.print", "打印", "F5 p", "打印可疑记录", "print", suspicious_print},
};

const struct screen_ops SUSPICIOUS_OPS = {
    .title = "可疑记录",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY,
    .refresh = suspicious_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = suspicious_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
