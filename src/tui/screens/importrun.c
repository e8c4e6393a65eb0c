/* The import screens that run an import and show its result. */
#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/screens/import.h"

#include <stdlib.h>
#include <string.h>

enum { CODE = 12 };

struct run_screen {
    struct list_screen list;
    struct import_screen *import;
};

static const char *const IDS[] = {"what", "line", "name", "column", "value", "reason", "field"};

static const struct table_column COLUMNS[] = {
    {.id = "what", .label = "", .least = 8, .most = 8, .once = true},
    {.id = "line", .label = "行", .least = 3, .most = 6},
    {.id = "name", .label = "姓名", .least = 6, .most = 12},
    {.id = "column", .label = "列", .least = 8, .most = 16},
    {.id = "value", .label = "内容", .least = 8, .most = 22},
    {.id = "reason", .label = "说明", .least = 20, .most = 0},
};

#define TAKE "照台账改"
#define KEEP "不改"
#define FIXED "在屏幕上办迁移"

static struct run_screen *run_of(struct screen *screen)
{
    return (struct run_screen *)screen;
}

// ---- what there is to say

static void add_rows(struct sheet *to, const struct sheet *from, const char *what,
                     const char *reason)
{
    for (size_t i = 0; i < from->row_count; i++) {
        size_t row = sheet_add_row(to);
        sheet_set(to, row, "what", what);
        sheet_set(to, row, "line", sheet_get(from, i, "line"));
        sheet_set(to, row, "name", sheet_get(from, i, "name"));
        sheet_set(to, row, "column", sheet_get(from, i, "column"));
        sheet_set(to, row, "value", sheet_get(from, i, "value"));
        sheet_set(to, row, "reason", sheet_get(from, i, reason));
    }
}

/** A village by its name; the written file has the code. */
static const char *without_code(const char *value)
{
    size_t digits = strspn(value, "0123456789");

    return digits == CODE && value[CODE] == ' ' ? value + CODE + 1 : value;
}

static void add_differences(struct sheet *to, const struct sheet *from)
{
    for (size_t i = 0; i < from->row_count; i++) {
        const char *field = sheet_get(from, i, "field");
        size_t row = sheet_add_row(to);
        sheet_set(to, row, "what", "有不同");
        sheet_set(to, row, "line", sheet_get(from, i, "line"));
        sheet_set(to, row, "name", sheet_get(from, i, "name"));
        sheet_set(to, row, "column", sheet_get(from, i, "label"));
        sheet_setf(to, row, "value", "%s → %s", without_code(sheet_get(from, i, "known")),
                   without_code(sheet_get(from, i, "value")));
        sheet_set(to, row, "reason", field[0] == '\0' ? FIXED : KEEP);
        sheet_set(to, row, "field", field);
    }
}

static void fill_rows(struct run_screen *run)
{
    const struct upload *upload = &run->import->upload;
    struct sheet *sheet = sheet_new_ids(IDS, sizeof IDS / sizeof IDS[0]);

    add_rows(sheet, upload->refusals, "不能导入", "reason");
    add_differences(sheet, upload->differences);
    add_rows(sheet, upload->remarks, "提示", "remark");
    table_fill(&run->list.table, &sheet);
}

static void add_households(const struct upload *upload, struct str *text)
{
    if (upload->households > 0)
        str_printf(text, "（%llu 户中 %llu 户）", (unsigned long long)upload->households,
                   (unsigned long long)upload->households_accepted);
}

static bool is_in(const struct run_screen *run)
{
    return run->list.screen.ops == &IMPORT_DONE_OPS;
}

static void say_caption(struct run_screen *run)
{
    const struct upload *upload = &run->import->upload;
    struct str text = {0};

    if (is_in(run))
        str_printf(&text, "已导入 %llu 行", (unsigned long long)upload->accepted);
    else
        str_printf(&text, "可导入 %llu 行", (unsigned long long)upload->accepted);
    add_households(upload, &text);
    str_printf(&text, "，不能导入 %llu 行；有不同 %zu 项，提示 %zu 条",
               (unsigned long long)upload->refused, upload->differences->row_count,
               upload->remarks->row_count);
    if (is_in(run) && upload->accepted > 0)
        str_printf(&text, "；批次 %s", upload->batch);
    str_printf(&text, "  %s", import_file_name(run->import));
    list_screen_caption(&run->list, "%s", str_text(&text));
    str_free(&text);
}

/** Sends the ledger and shows the result. */
static void send(struct run_screen *run, bool dry_run)
{
    struct upload *upload = &run->import->upload;
    struct app *app = run->list.screen.app;
    enum result result = upload_run(upload, dry_run);

    if (result != 0 && upload->accepted > 0 && !dry_run)
        app_warn(app, "%s 此前已导入 %llu 行，批次 %s；改好以后再导入其余的。", upload->message,
                 (unsigned long long)upload->accepted, upload->batch);
    else if (result != 0)
        app_warn(app, "%s", upload->message);
    fill_rows(run);
    say_caption(run);
}

// ---- the screen

static bool is_taken(const struct sheet *rows, size_t row)
{
    return strcmp(sheet_get(rows, row, "reason"), TAKE) == 0;
}

static enum style run_style(const struct table *table, size_t row, const char *id)
{
    return strcmp(id, "reason") == 0 && is_taken(table->sheet, row) ? STYLE_STRONG : STYLE_PLAIN;
}

void importrun_open(struct app *app, struct import_screen *import)
{
    struct run_screen *run =
        list_screen_new(sizeof *run, &IMPORT_RUN_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "没有什么要说的；F2 导入");

    run->import = import;
    run->list.table.style = run_style;
    run->list.table.numbers = false;
    app_push(app, &run->list.screen);
    send(run, true);
}

// ---- differences

static void importrun_decide(struct app *app)
{
    struct run_screen *run = run_of(app->top);
    struct table *table = &run->list.table;
    long row = list_row(&table->list);
    bool differs = row >= 0 && strcmp(table_text(table, "what"), "有不同") == 0;

    if (!differs) {
        list_screen_show(app);
    } else if (table_text(table, "field")[0] == '\0') {
        app_say(app, "换村(社区)不能由导入改，请打开个案修改");
    } else {
        bool keep = strcmp(table_text(table, "reason"), KEEP) == 0;
        sheet_set(table->sheet, (size_t)row, "reason", keep ? TAKE : KEEP);
        (void)list_move(&table->list, 1);
    }
}

static size_t count_taken(const struct run_screen *run)
{
    const struct sheet *rows = run->list.table.sheet;
    size_t count = 0;

    for (size_t i = 0; i < rows->row_count; i++)
        count += is_taken(rows, i);
    return count;
}

/** Imports, with the differences decided in favour of the ledger. */
static void send_decided(struct run_screen *run)
{
    struct upload *upload = &run->import->upload;
    struct sheet *rows = run->list.table.sheet;
    struct upload_take *takes = mem_array(rows->row_count + 1, sizeof *takes);
    size_t count = 0;

    for (size_t i = 0; i < rows->row_count; i++)
        if (is_taken(rows, i))
            takes[count++] = (struct upload_take){
                .row = (uint32_t)strtoul(sheet_get(rows, i, "line"), NULL, 10),
                .field = sheet_get(rows, i, "field"),
            };
    upload->takes = takes;
    upload->take_count = count;
    send(run, false);
    upload->takes = NULL;
    upload->take_count = 0;
    free(takes);
}

// ---- in

static void write_beside(struct app *app, const struct run_screen *run)
{
    struct upload *upload = &run->import->upload;
    const struct {
        const struct sheet *sheet;
        const char *what, *ending;
    } files[] = {{upload->refusals, "不能导入的", "refused"},
                 {upload->differences, "有不同的", "differences"},
                 {upload->remarks, "提示", "remarks"}};
    struct str text = {0};

    if (upload_write(upload) != 0) {
        app_warn(app, "%s", upload->message);
        return;
    }
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        if (files[i].sheet->row_count > 0)
            str_printf(&text, "%s%s在 %s.%s.csv", text.length > 0 ? "，" : "已存：", files[i].what,
                       import_file_name(run->import), files[i].ending);
    if (text.length > 0)
        app_say(app, "%s", str_text(&text));
    str_free(&text);
}

static void accept(struct app *app, void *arg, const char *yes)
{
    struct run_screen *run = arg;

    (void)yes;
    run->list.screen.ops = &IMPORT_DONE_OPS;
    run->list.table.empty = "全部导入，没有要说的；Esc 返回";
    send_decided(run);
    app_changed(app);
    if (!app->bad)
        write_beside(app, run);
}

static void importrun_accept(struct app *app)
{
    struct run_screen *run = run_of(app->top);
    const struct upload *upload = &run->import->upload;

    if (upload->accepted == 0) {
        app_warn(app, "没有可导入的行，请照说明改好文件再来");
        return;
    }
    size_t taken = count_taken(run);
    struct str text = {0};
    str_printf(&text, "导入 %llu 行？", (unsigned long long)upload->accepted);
    if (upload->refused > 0)
        str_printf(&text, "\n不能导入的 %llu 行留在外面。", (unsigned long long)upload->refused);
    if (upload->differences->row_count > 0)
        str_printf(&text, "\n与已登记不同的，照台账改 %zu 项，其余 %zu 项不改。", taken,
                   upload->differences->row_count - taken);
    ask_confirm(app, str_text(&text), accept, run);
    str_free(&text);
}

static void importrun_write(struct app *app)
{
    write_beside(app, run_of(app->top));
}

// ---- keys

static const struct action RUN_ACTIONS[] = {
    {"importrun.accept", "导入", "F2", "导入能导入的行", "import", importrun_accept,
     .records = true},
    {"importrun.decide", "换", "Space Enter", "与已登记的不同的，换选不改或照台账改；别的行看全文",
     NULL, importrun_decide, MARKS_ONE},
};

static const struct action BOTH_ACTIONS[] = {
    {"importrun.write", "存文件", "F3", "把不能导入的行、提示和不同的存到文件旁边", NULL,
     importrun_write},
};

static const struct action DONE_ACTIONS[] = {
    {"imported.show", "细看", "Enter", "看这一行的全文", NULL, list_screen_show, MARKS_ONE},
};

const struct screen_ops IMPORT_RUN_OPS = {
    .title = "导入试算",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(RUN_ACTIONS), ACTION_TABLE(BOTH_ACTIONS)},
    .place = "history.open",
};

/** The screen after the import: nothing is left to decide. */
const struct screen_ops IMPORT_DONE_OPS = {
    .title = "导入结果",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(BOTH_ACTIONS), ACTION_TABLE(DONE_ACTIONS)},
    .place = "history.open",
};
