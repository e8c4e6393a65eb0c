#include "tui/screens/payroll.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"
#include "tui/kit/memo.h"
#include "tui/screens/case.h"
#include "tui/screens/payrollbank.h"
#include "tui/screens/payrolldecide.h"
#include "wire/convert.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// ---- the rosters

static const struct table_column COLUMNS[] = {
    {.id = "month", .least = 7, .most = 7},
    {.id = "kind_name", .least = 4, .most = 6},
    {.id = "area_name", .label = "镇街", .least = 8, .most = 16},
    {.id = "version", .least = 4, .most = 4},
    {.id = "state", .least = 6, .most = 6},
    {.id = "payable", .least = 4, .most = 6},
    {.id = "total", .least = 10, .most = 14},
    {.id = "unpaid", .least = 6, .most = 6},
    {.id = "returned", .least = 4, .most = 4},
    {.id = "doubted", .least = 4, .most = 4, .rank = 1},
    {.id = "maker", .least = 6, .most = 8, .rank = 2},
    {.id = "checker", .least = 6, .most = 8, .rank = 3},
};

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

/** Which rosters there are; of all programmes and months for "". */
static enum result ask_rosters(struct app *app, const char *kind, const char *month,
                               const char *area, struct sheet **ret_sheet)
{
    Wire__PayrollList ask = WIRE__PAYROLL_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.kind = (char *)(uintptr_t)kind;
    ask.month = (char *)(uintptr_t)month;
    ask.area = (char *)(uintptr_t)area;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_LIST;
    request.payroll_list = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void payroll_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_rosters(screen->app, "", "", app_account(screen->app)->area, &sheet) == 0) {
        list_screen_caption(list, "制表后核对，由另一人确认，确认后不变；银行退回的下月补发");
        table_fill(&list->table, &sheet);
    }
}

void payroll_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &PAYROLL_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        NULL, "还没有花名册；F7 制表");

    app_push(app, &list->screen);
}

static void make(struct app *app, void *arg, const char *kind)
{
    Wire__PayrollMake ask = WIRE__PAYROLL_MAKE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)arg;
    ask.kind = (char *)kind;
    ask.month = app->month;
    ask.area = app_account(app)->area;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_MAKE;
    request.payroll_make = &ask;
    payrolldecide_send(app, &request);
}

static void payroll_make(struct app *app)
{
    const char *labels[32];
    const char *kinds[32];
    const struct form *form;
    size_t count = 0;
    char month[MONTH_WORDS];

    for (size_t i = 0; (form = programmes_at(app, i)) != NULL && count < 32; i++) {
        if (form->benefit == NULL)
            continue;
        labels[count] = form->title;
        kinds[count++] = form->kind;
    }
    char *title = mem_printf("制 %s 哪项的花名册", app_month_words(app, month));
    ask_choice(
        app,
        &(struct ask_choice){.title = title, .labels = labels, .values = kinds, .count = count},
        make, NULL);
    free(title);
}

static void confirm(struct app *app, void *arg, const char *answer)
{
    const struct table *table = top_table(app);
    Wire__PayrollConfirm ask = WIRE__PAYROLL_CONFIRM__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)arg;
    (void)answer;
    ask.kind = (char *)table_text(table, "kind");
    ask.month = (char *)table_text(table, "month");
    ask.area = (char *)table_text(table, "area");
    ask.version = (uint32_t)strtoul(table_text(table, "version"), NULL, 10);
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_CONFIRM;
    request.payroll_confirm = &ask;
    payrolldecide_send(app, &request);
}

static void payroll_confirm(struct app *app)
{
    const struct table *table = top_table(app);

    char *text = mem_printf("%s %s %s %s 笔 %s 元，确认？\n确认后不变，从此只登记银行退回。",
                            table_text(table, "area_name"), table_text(table, "month"),
                            table_text(table, "kind_name"), table_text(table, "payable"),
                            table_text(table, "total"));
    ask_confirm(app, text, confirm, NULL);
    free(text);
}

// ---- one roster, its comparison, what was paid too much

/** A list of one roster, or of a street. */
struct one_screen {
    struct list_screen list;
    char *kind, *month, *area, *name;
    bool all;         /**< of raises: also what needs nothing any more */
    struct str words; /**< what the server says of the list: compared with which, the sum */
};

static const struct table_column ROSTER_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "month", .label = "所属月", .least = 7, .most = 7},
    {.id = "persons", .label = "人数", .least = 4, .most = 4},
    {.id = "total", .least = 9, .most = 10},
    {.id = "state", .least = 8, .most = 8},
    {.id = "why", .least = 14, .most = 0},
    {.id = "account", .least = 8, .most = 8, .rank = 1},
    {.id = "holder", .least = 8, .most = 12, .rank = 3},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
};
static const struct table_column CHECK_COLUMNS[] = {
    {.id = "what", .least = 6, .most = 6, .once = true},
    {.id = "name", .least = 8, .most = 12},
    {.id = "was", .least = 9, .most = 10},
    {.id = "total", .label = "本次", .least = 9, .most = 10},
    {.id = "difference", .least = 9, .most = 10},
    {.id = "why", .least = 20, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
};
static const struct table_column OVERPAID_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "kind_name", .least = 4, .most = 6},
    {.id = "months", .least = 15, .most = 30},
    {.id = "overpaid", .least = 9, .most = 10},
    {.id = "why", .least = 16, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
};

static const struct table_column RAISES_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "month", .label = "所属月", .least = 7, .most = 7},
    {.id = "paid", .least = 8, .most = 10},
    {.id = "now", .least = 8, .most = 10},
    {.id = "difference", .label = "差额", .least = 8, .most = 10},
    {.id = "state", .least = 8, .most = 8},
    {.id = "why", .label = "原因", .least = 16, .most = 0},
    {.id = "kind_name", .least = 4, .most = 6, .rank = 1},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2, .once = true},
};

static struct one_screen *one_of(struct screen *screen)
{
    return (struct one_screen *)screen;
}

void payroll_roster_shown(struct app *app, const char **ret_kind, const char **ret_month,
                          const char **ret_area)
{
    const struct one_screen *one = one_of(app->top);

    *ret_kind = one->kind;
    *ret_month = one->month;
    *ret_area = one->area;
}

/** Asks for the list. Its words stay in the caption: the message line goes with the next key. */
static enum result call_list(struct one_screen *one, Wire__Request *request,
                             struct sheet **ret_sheet)
{
    Wire__Response *response = NULL;
    enum result result = app_call(one->list.screen.app, request, &response);

    str_clear(&one->words);
    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        *ret_sheet = wire_sheet_read(response->sheet);
        str_add(&one->words, response->message);
    } else if (result == 0) {
        result = RESULT_PROTOCOL;
    }
    client_response_free(&response);
    return result;
}

static enum result ask_roster(struct one_screen *one, bool full, struct sheet **ret_sheet)
{
    Wire__PayrollShow ask = WIRE__PAYROLL_SHOW__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.kind = one->kind;
    ask.month = one->month;
    ask.area = one->area;
    ask.full = full;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_SHOW;
    request.payroll_show = &ask;
    return call_list(one, &request, ret_sheet);
}

static enum result ask_check(struct one_screen *one, bool full, struct sheet **ret_sheet)
{
    Wire__PayrollCheck ask = WIRE__PAYROLL_CHECK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)full;
    ask.kind = one->kind;
    ask.month = one->month;
    ask.area = one->area;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_CHECK;
    request.payroll_check = &ask;
    return call_list(one, &request, ret_sheet);
}

static enum result ask_overpaid(struct one_screen *one, bool full, struct sheet **ret_sheet)
{
    Wire__Overpaid ask = WIRE__OVERPAID__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = one->area;
    ask.full = full;
    request.what_case = WIRE__REQUEST__WHAT_OVERPAID;
    request.overpaid = &ask;
    return call_list(one, &request, ret_sheet);
}

static enum result ask_raises(struct one_screen *one, bool full, struct sheet **ret_sheet)
{
    Wire__PayrollRaises ask = WIRE__PAYROLL_RAISES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = one->area;
    ask.full = full;
    ask.all = one->all;
    request.what_case = WIRE__REQUEST__WHAT_PAYROLL_RAISES;
    request.payroll_raises = &ask;
    return call_list(one, &request, ret_sheet);
}

static const struct one_kind {
    const struct screen_ops *ops;
    enum result (*ask)(struct one_screen *one, bool full, struct sheet **ret_sheet);
    const struct table_column *columns;
    size_t count;
    const char *layout, *title, *empty;
} KINDS[] = {
    {&PAYROLL_ROSTER_OPS, ask_roster, ROSTER_COLUMNS,
     sizeof ROSTER_COLUMNS / sizeof ROSTER_COLUMNS[0], "payroll", "发放花名册", "花名册是空的"},
    {&PAYROLL_CHECK_OPS, ask_check, CHECK_COLUMNS, sizeof CHECK_COLUMNS / sizeof CHECK_COLUMNS[0],
     "payroll_check", "发放核对", "与上次没有不同"},
    {&PAYROLL_OVERPAID_OPS, ask_overpaid, OVERPAID_COLUMNS,
     sizeof OVERPAID_COLUMNS / sizeof OVERPAID_COLUMNS[0], "overpaid", "多发清单", "没有多发"},
    {&PAYROLL_RAISES_OPS, ask_raises, RAISES_COLUMNS,
     sizeof RAISES_COLUMNS / sizeof RAISES_COLUMNS[0], "raises", "补差清单", "没有要补差的"},
};

static const struct one_kind *kind_of(const struct screen_ops *ops)
{
    size_t i = 0;

    while (KINDS[i].ops != ops)
        i++;
    return &KINDS[i];
}

/** "振兴街道儿童 2026-11 发放花名册 不得公示"; a list of all months names none. New string. */
static char *one_title(const struct one_screen *one, const struct one_kind *kind,
                       const struct sheet *sheet)
{
    const char *basis = sheet_basis(sheet);

    return mem_printf("%s %s%s%s%s%s", one->name, one->month, *one->month != '\0' ? " " : "",
                      kind->title, *basis != '\0' ? " " : "", basis);
}

static void one_refresh(struct screen *screen)
{
    struct one_screen *one = one_of(screen);
    const struct one_kind *kind = kind_of(screen->ops);
    struct sheet *sheet = NULL;

    if (kind->ask(one, false, &sheet) == 0) {
        char *title = one_title(one, kind, sheet);
        list_screen_caption(&one->list, "%s 共 %zu 行%s%s", title, sheet->row_count,
                            one->words.length > 0 ? "  " : "", str_text(&one->words));
        free(title);
        table_fill(&one->list.table, &sheet);
    }
}

static void one_done(struct screen *screen)
{
    struct one_screen *one = one_of(screen);

    free(one->kind);
    free(one->month);
    free(one->area);
    free(one->name);
    str_free(&one->words);
    list_screen_done(screen);
}

/** The reason of the cursor's row in full, below the list: it is often longer than its column. */
static void one_paint(struct screen *screen, struct canvas *canvas)
{
    enum { LINES = 2, MARGIN = 1 };
    struct one_screen *one = one_of(screen);
    const char *why = table_text(&one->list.table, "why");
    struct canvas list = canvas_part(canvas, 0, 0, canvas->rows - LINES, canvas->columns);
    struct memo_line lines[LINES];
    size_t count = memo_wrap(why, canvas->columns - 2 * MARGIN, lines, LINES);

    list_screen_paint(screen, &list);
    canvas->cursor_y = list.cursor_y;
    canvas->cursor_x = list.cursor_x;
    for (size_t i = 0; i < count && i < LINES; i++) {
        bool last = i + 1 == LINES && count > LINES; /* the drawing cuts it, and marks that */
        char *text = last ? mem_copy(why + lines[i].from)
                          : mem_copy_bytes(why + lines[i].from, lines[i].to - lines[i].from);
        (void)draw_text(canvas, canvas->rows - LINES + (int)i, MARGIN, canvas->columns - MARGIN,
                        text, STYLE_FAINT);
        free(text);
    }
}

static struct one_screen *one_new(const struct screen_ops *ops)
{
    const struct one_kind *kind = kind_of(ops);

    return list_screen_new(sizeof(struct one_screen), ops, kind->columns, kind->count, NULL,
                           kind->empty);
}

/** Opens a list of the roster that is chosen. */
static void open_chosen(struct app *app, const struct screen_ops *ops)
{
    const struct table *table = top_table(app);

    struct one_screen *one = one_new(ops);
    one->kind = mem_copy(table_text(table, "kind"));
    one->month = mem_copy(table_text(table, "month"));
    one->area = mem_copy(table_text(table, "area"));
    one->name = mem_printf("%s%s", table_text(table, "area_name"), table_text(table, "kind_name"));
    app_push(app, &one->list.screen);
}

static void payroll_roster(struct app *app)
{
    open_chosen(app, &PAYROLL_ROSTER_OPS);
}

static void payroll_check(struct app *app)
{
    open_chosen(app, &PAYROLL_CHECK_OPS);
}

/** Opens a list of all months of the officer's area. */
static void open_area(struct app *app, const struct screen_ops *ops)
{
    struct one_screen *one = one_new(ops);

    one->kind = mem_copy("");
    one->month = mem_copy("");
    one->area = mem_copy(app_account(app)->area);
    one->name = mem_copy(app_account(app)->area_name);
    app_push(app, &one->list.screen);
}

static void payroll_overpaid(struct app *app)
{
    open_area(app, &PAYROLL_OVERPAID_OPS);
}

static void payroll_raises(struct app *app)
{
    open_area(app, &PAYROLL_RAISES_OPS);
}

static void raises_all(struct app *app)
{
    struct one_screen *one = one_of(app->top);

    one->all = !one->all;
    app_changed(app);
}

/** What is signed is the sum: the print says it, and which version it is of. */
static enum result add_roster(struct app *app, const struct one_screen *one,
                              struct document *document)
{
    struct sheet *rosters = NULL;
    enum result result = ask_rosters(app, one->kind, one->month, one->area, &rosters);

    if (result == 0)
        document_add_roster(document, rosters, "");
    sheet_free(&rosters);
    return result;
}

static void one_print(struct app *app)
{
    struct one_screen *one = one_of(app->top);
    const struct one_kind *kind = kind_of(app->top->ops);
    struct sheet *sheet = NULL;

    if (kind->ask(one, true, &sheet) != 0)
        return;
    const char *const words[] = {one->name, one->month, kind->title, sheet_basis(sheet)};
    struct str title = {0};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (words[i][0] != '\0')
            str_printf(&title, "%s%s", title.length > 0 ? " " : "", words[i]);
    struct document *document =
        preview_document(app, kind->layout, str_text(&title), one->area, &sheet);
    if (kind->ask != ask_roster || add_roster(app, one, document) == 0)
        preview_open(app, kind->layout, &document);
    document_free(&document);
    str_free(&title);
}

// ---- keys

static const struct action PAYROLL_ACTIONS[] = {
    {"payroll.roster", "名册", "Enter", "看这份花名册", "payroll.list", payroll_roster, MARKS_ONE},
    {"payroll.check", "核对", "F3", "与上次比较：新增、停发、变动和原因", "payroll.list",
     payroll_check, MARKS_ONE},
    {"payroll.confirm", "确认", "F6", "确认别人做的花名册，确认后不变", "payroll.confirm",
     payroll_confirm, MARKS_ONE},
    {"payroll.make", "制表", "F7", "制作所看月份的花名册，[ ] 换月；没有确认的可以重做",
     "payroll.make", payroll_make},
    {"payroll.returns", "退回", "F4 t", "读银行退回的文件，退回的下月补发", "payroll.returns",
     payrollbank_returns, MARKS_ONE},
    {"payroll.bank", "出盘", "F5 b", "写给银行的文件，存到自己的文件夹", "payroll.export",
     payrollbank_file, MARKS_ONE},
    {"payroll.overpaid", "多发", "F8", "退出、死亡以后还发了的月份和金额", "payroll.list",
     payroll_overpaid},
    {"payroll.raises", "补差", "d", "确认以后金额变了的月份：下次补发的、待决定的", "payroll.list",
     payroll_raises},
};

static const struct action ONE_ACTIONS[] = {
    {"payroll.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"payroll.print", "打印", "F5 p", "打印这张表", "print", one_print},
};

static const struct action ROSTER_ACTIONS[] = {
    {"roster.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"roster.identify", "认退", "F6", "一样的几笔里，银行退回的就是这一笔", "payroll.returns",
     payrolldecide_identify, MARKS_ONE},
    {"roster.print", "打印", "F5 p", "打印这张表", "print", one_print},
};

static const struct action RAISES_ACTIONS[] = {
    {"raises.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"raises.new", "按现在", "F6", "这个月按现在算的：少发的下次补发，多发的列入多发清单",
     "payroll.make", payrolldecide_new, MARKS_ONE},
    {"raises.keep", "不变", "F7", "这个月按已发的，不补不退，另一人确认后算数", "payroll.make",
     payrolldecide_keep, MARKS_ONE},
    {"raises.settle", "确认", "F8", "确认或退回另一人的决定", "payroll.confirm",
     payrolldecide_settle, MARKS_ONE},
    {"raises.all", "全部", "F3", "也列出已决定不变的、次月起调整的", NULL, raises_all},
    {"raises.print", "打印", "F5 p", "打印这张表", "print", one_print},
};

const struct screen_ops PAYROLL_OPS = {
    .title = "发放",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MONTHLY | SCREEN_OWN_F4,
    .refresh = payroll_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(PAYROLL_ACTIONS)},
};

#define ONE_SLOTS(ACTIONS)                                                                         \
    .is = SCREEN_TABLE | SCREEN_PLACE, .refresh = one_refresh, .clear = list_screen_clear,         \
    .paint = one_paint, .key = list_screen_key, .list = list_screen_list,                          \
    .table = list_screen_table, .done = one_done, .actions = {ACTION_TABLE(ACTIONS)}

const struct screen_ops PAYROLL_ROSTER_OPS = {.title = "花名册", ONE_SLOTS(ROSTER_ACTIONS)};
const struct screen_ops PAYROLL_CHECK_OPS = {.title = "发放核对", ONE_SLOTS(ONE_ACTIONS)};
const struct screen_ops PAYROLL_OVERPAID_OPS = {.title = "多发清单", ONE_SLOTS(ONE_ACTIONS)};
const struct screen_ops PAYROLL_RAISES_OPS = {.title = "补差清单", ONE_SLOTS(RAISES_ACTIONS)};
