#include "tui/screens/standards.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/form/form.h"
#include "wire/convert.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS(array) (array), sizeof(array) / sizeof((array)[0])
/** What the server calls a standard that amounts are computed with. */
#define AMOUNT "金额"

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

// ---- all rows

static const struct table_column LIST_COLUMNS[] = {
    {.id = "name", .label = "标准", .least = 16, .most = 24},
    {.id = "from", .label = "自", .least = 10, .most = 10},
    {.id = "value", .least = 10, .most = 14, .right = true},
    {.id = "state", .least = 6, .most = 6},
    {.id = "area", .label = "区划", .least = 12, .most = 16, .rank = 1},
    {.id = "source", .least = 16, .most = 0, .rank = 2},
    {.id = "by_name", .label = "录入", .least = 6, .most = 8, .rank = 3},
};

static char *list_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    if (strcmp(id, "area") == 0) {
        const char *name = sheet_get(table->sheet, row, "area_name");
        return mem_copy(text[0] == '\0' ? "全部" : name[0] != '\0' ? name : text);
    }
    return mem_copy(text);
}

static void list_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    Wire__StandardList ask = WIRE__STANDARD_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    request.what_case = WIRE__REQUEST__WHAT_STANDARD_LIST;
    request.standard_list = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(list, "标准与参数：旧的不改，只增加新的  共 %zu 行", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

void standards_open(struct app *app)
{
    struct list_screen *list = list_screen_new(sizeof *list, &STANDARDS_OPS, COLUMNS(LIST_COLUMNS),
                                               NULL, "还没有标准；F2 新增");

    list->table.cell = list_cell;
    app_push(app, &list->screen);
}

// ---- which there are, and what holds today

static const struct table_column NAME_COLUMNS[] = {
    {.id = "name", .label = "标准", .least = 24, .most = 30},
    {.id = "used", .least = 6, .most = 10, .rank = 2},
    {.id = "value", .least = 8, .most = 14, .right = true},
    {.id = "from", .label = "自", .least = 10, .most = 10},
    {.id = "state", .least = 20, .most = 0},
    {.id = "area_name", .label = "区划", .least = 8, .most = 16, .rank = 1},
};

static enum result ask_names(struct app *app, struct sheet **ret_sheet)
{
    Wire__StandardNames ask = WIRE__STANDARD_NAMES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_STANDARD_NAMES;
    request.standard_names = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static bool is_missing(const struct sheet *sheet, size_t row)
{
    return text_starts(sheet_get(sheet, row, "state"), "标准未录入");
}

static void names_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;
    size_t missing = 0;

    if (ask_names(screen->app, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++)
        missing += is_missing(sheet, row);
    if (missing > 0)
        list_screen_caption(list, "今天起作用的标准；%zu 项未录入，用到它的金额算不出", missing);
    else
        list_screen_caption(list, "今天起作用的标准；要用的都已录入");
    table_fill(&list->table, &sheet);
}

static void standards_names(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &STANDARDS_NAMES_OPS, COLUMNS(NAME_COLUMNS), NULL,
                        "没有标准；系统管理员核对业务文件");

    app_push(app, &list->screen);
}

// ---- what a new one would change

struct trial_screen {
    struct list_screen list;
    struct fields values; /**< as typed */
};

static const struct table_column TRIAL_COLUMNS[] = {
    {.id = "kind_name", .label = "业务", .least = 4, .most = 6},
    {.id = "cases", .label = "在领", .least = 4, .most = 6},
    {.id = "changed", .least = 6, .most = 6},
    {.id = "persons", .label = "人数", .least = 4, .most = 6},
    {.id = "before", .label = "现在每月", .least = 10, .most = 14},
    {.id = "after", .label = "以后每月", .least = 10, .most = 14},
    {.id = "more", .least = 9, .most = 12},
    {.id = "unknown", .least = 6, .most = 6},
    {.id = "newly", .least = 8, .most = 8, .rank = 1},
    {.id = "newly_total", .least = 8, .most = 12, .rank = 1},
    {.id = "fixed", .least = 8, .most = 8, .rank = 2},
    {.id = "why", .least = 16, .most = 0, .rank = 3},
};

static struct trial_screen *trial_of(struct screen *screen)
{
    return (struct trial_screen *)screen;
}

static Wire__StandardSet set_of(const struct fields *values)
{
    Wire__StandardSet set = WIRE__STANDARD_SET__INIT;

    set.name = (char *)fields_get(values, "name");
    set.area = (char *)fields_get(values, "area");
    set.from = (char *)fields_get(values, "from");
    set.value = (char *)fields_get(values, "value");
    set.source = (char *)fields_get(values, "source");
    return set;
}

/** The last row is the sum. */
static void say_trial(struct trial_screen *trial, const struct sheet *sheet, const char *words)
{
    size_t all = sheet->row_count - 1;
    const char *more = sheet_get(sheet, all, "more");
    const char *newly = sheet_get(sheet, all, "newly");
    const char *unknown = sheet_get(sheet, all, "unknown");
    struct str text = {0};

    str_printf(&text, "%s 起 %s 件 %s 人有变动", sheet_get(sheet, all, "month"),
               sheet_get(sheet, all, "changed"), sheet_get(sheet, all, "persons"));
    if (*more != '\0')
        str_printf(&text, "，每月增加 %s 元", more);
    if (strcmp(newly, "0") != 0)
        str_printf(&text, "；%s 件新算得出", newly);
    if (strcmp(unknown, "0") != 0)
        str_printf(&text, "；%s 件仍算不出", unknown);
    if (*words != '\0')
        str_printf(&text, "；%s", words);
    list_screen_caption(&trial->list, "%s", str_text(&text));
    str_free(&text);
}

static void trial_done(struct screen *screen)
{
    fields_free(&trial_of(screen)->values);
    list_screen_done(screen);
}

/** Asks for the trial, and shows it instead of the window; a refusal stays in the window. */
static void open_trial(struct form_screen *form)
{
    struct app *app = form->screen.app;
    Wire__StandardSet set = set_of(form->values);
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    request.what_case = WIRE__REQUEST__WHAT_STANDARD_TRY;
    request.standard_try = &set;
    if (app_call(app, &request, &response) != 0) {
        (void)form_problems(form, response);
    } else if (response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        struct trial_screen *trial =
            list_screen_new(sizeof *trial, &STANDARDS_TRIAL_OPS, COLUMNS(TRIAL_COLUMNS), "kind",
                            "没有个案领这一项；F2 登记，F5 回去改");
        struct sheet *sheet = wire_sheet_read(response->sheet);
        fields_copy(&trial->values, form->values);
        say_trial(trial, sheet, response->message);
        table_fill(&trial->list.table, &sheet);
        form_close(form);
        app_push(app, &trial->list.screen);
        if (response->message[0] != '\0')
            ask_show(app, "请核对区划", response->message);
    }
    client_response_free(&response);
}

// ---- a new one

static const struct dialog_field FIELDS[] = {
    {.id = "name", .label = "标准", .type = "text", .max = 64, .required = true, .fixed = true},
    {.id = "area", .label = "区划", .type = "area", .help = "空着是全部适用"},
    {.id = "from", .label = "生效日期", .type = "date", .required = true, .ahead = true},
    {.id = "value",
     .label = "数值",
     .type = "text",
     .max = 32,
     .required = true,
     .help = "金额写元，如 820；比例写百分数；时限和参数写整数"},
    {.id = "source",
     .label = "依据",
     .type = "text",
     .max = 120,
     .required = true,
     .help = "文号或通知名称"},
};

/** Sends it; a refusal is shown in the window, if there is one. True if it is set. */
static bool set_standard(struct app *app, const struct fields *values, struct form_screen *form)
{
    Wire__StandardSet set = set_of(values);
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    request.what_case = WIRE__REQUEST__WHAT_STANDARD_SET;
    request.standard_set = &set;
    bool done = app_call(app, &request, &response) == 0;
    if (done && response->message[0] != '\0')
        app_say(app, "%s", response->message);
    else if (done)
        app_say(app, "%s 已登记，自 %s 起", set.name, set.from);
    else if (form != NULL)
        (void)form_problems(form, response);
    client_response_free(&response);
    return done;
}

static void submit(struct form_screen *form, bool confirm)
{
    (void)confirm;
    if (strcmp(form->spec.arg, AMOUNT) == 0)
        open_trial(form);
    else if (set_standard(form->screen.app, form->values, form))
        form_close(form);
}

/** `values` (name, and what was typed before) are copied. */
static void open_form(struct app *app, const char *what, const struct fields *values)
{
    char *title = mem_printf("新增标准 %s", fields_get(values, "name"));
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, COLUMNS(FIELDS)),
        .modal = true,
        .submit = submit,
        .arg = mem_copy(what),
        .free_arg = free,
    };

    fields_copy(&spec.values, values);
    (void)form_open(app, &spec);
    free(title);
}

/** `area`: of the row in force, which the new one takes the place of. */
static void open_new(struct app *app, const char *what, const char *area, const char *name)
{
    struct fields values = {0};

    fields_set(&values, "name", name);
    fields_set(&values, "area", area);
    open_form(app, what, &values);
    fields_free(&values);
}

/** The answer is "金额 211100000000 低保标准". */
static void name_chosen(struct app *app, void *arg, const char *answer)
{
    size_t first = strcspn(answer, " ");
    size_t second = strcspn(answer + first + 1, " ");
    char *what = mem_copy_bytes(answer, first);
    char *area = mem_copy_bytes(answer + first + 1, second);

    (void)arg;
    open_new(app, what, area, answer + first + second + 2);
    free(what);
    free(area);
}

static char *choice_label(const struct sheet *sheet, size_t row)
{
    const char *used = sheet_get(sheet, row, "used");
    const char *value = sheet_get(sheet, row, "value");

    return mem_printf("%s（%s%s%s）", sheet_get(sheet, row, "name"), used,
                      used[0] != '\0' ? "，" : "",
                      value[0] != '\0' ? value : sheet_get(sheet, row, "state"));
}

/** Which one: only names that somebody reads can be set. */
static void standards_add(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_names(app, &sheet) != 0)
        return;
    size_t count = sheet->row_count;
    char **labels = mem_array(count + 1, sizeof *labels);
    char **values = mem_array(count + 1, sizeof *values);
    const char *current = NULL;
    for (size_t row = 0; row < count; row++) {
        const char *name = sheet_get(sheet, row, "name");
        labels[row] = choice_label(sheet, row);
        values[row] = mem_printf("%s %s %s", sheet_get(sheet, row, "what"),
                                 sheet_get(sheet, row, "area"), name);
        if (strcmp(name, table_text(top_table(app), "name")) == 0)
            current = values[row];
    }
    ask_choice(app,
               &(struct ask_choice){.title = "新增哪一项标准（可打字查找）",
                                    .labels = (const char *const *)labels,
                                    .values = (const char *const *)values,
                                    .count = count,
                                    .current = current},
               name_chosen, NULL);
    for (size_t row = 0; row < count; row++) {
        free(labels[row]);
        free(values[row]);
    }
    free(labels);
    free(values);
    sheet_free(&sheet);
}

static void names_add(struct app *app)
{
    const struct table *table = top_table(app);

    open_new(app, table_text(table, "what"), table_text(table, "area"), table_text(table, "name"));
}

static void confirmed(struct app *app, void *arg, const char *answer)
{
    const struct trial_screen *trial = arg;

    (void)answer;
    if (set_standard(app, &trial->values, NULL)) {
        app_pop(app);
        app_changed(app);
    }
}

static void trial_set(struct app *app)
{
    struct trial_screen *trial = trial_of(app->top);
    const char *from = fields_get(&trial->values, "from");
    day_t day = 0;
    bool past = date_parse_loose(from, &day) == 0 && day < month_first(month_of(app_today(app)));
    char *text = mem_printf(
        "%s 自 %s 起 %s，登记？\n由另一人确认后起作用。%s", fields_get(&trial->values, "name"),
        from, fields_get(&trial->values, "value"),
        past ? "\n以前的月份也按它重算；已确认的花名册不变，少发的下次花名册自动补差。" : "");

    ask_confirm(app, text, confirmed, trial);
    free(text);
}

static void trial_edit(struct app *app)
{
    struct fields values = {0};

    fields_copy(&values, &trial_of(app->top)->values);
    app_pop(app);
    open_form(app, AMOUNT, &values);
    fields_free(&values);
}

// ---- what another officer proposed

static void decide(struct app *app, const char *why, bool refuse)
{
    const struct table *table = top_table(app);
    Wire__StandardDecide ask = WIRE__STANDARD_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.name = (char *)table_text(table, "name");
    ask.area = (char *)table_text(table, "area");
    ask.from = (char *)table_text(table, "from");
    ask.value = (char *)table_text(table, "value");
    ask.refuse = refuse;
    ask.why = (char *)(uintptr_t)why;
    request.what_case = WIRE__REQUEST__WHAT_STANDARD_DECIDE;
    request.standard_decide = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s", response->message);
        app_changed(app);
    }
    client_response_free(&response);
}

static void decide_yes(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    (void)answer;
    decide(app, "", false);
}

static void decide_no(struct app *app, void *arg, const char *why)
{
    (void)arg;
    decide(app, why, true);
}

/** A row that waits, or words that it does not. */
static bool waits(struct app *app)
{
    bool waiting = strcmp(table_text(top_table(app), "state"), "") != 0;

    if (!waiting)
        app_say(app, "这一行已在用；只有“待确认”的要确认");
    return waiting;
}

static void standards_confirm(struct app *app)
{
    const struct table *table = top_table(app);

    if (!waits(app))
        return;
    char *text =
        mem_printf("%s 自 %s 起 %s，确认？\n依据：%s；登记：%s。\n确认后所有用到它的金额都按它算。",
                   table_text(table, "name"), table_text(table, "from"), table_text(table, "value"),
                   table_text(table, "source"), table_text(table, "by_name"));

    ask_confirm(app, text, decide_yes, NULL);
    free(text);
}

static void standards_refuse(struct app *app)
{
    if (waits(app))
        ask_reason(app, "为什么不同意", decide_no, NULL);
}

// ---- keys

static const struct action LIST_ACTIONS[] = {
    {"standards.add", "新增", "F2 n", "登记新标准：先试算，看清再登记", "standard.set",
     standards_add, .records = true},
    {"standards.names", "现行", "F3", "今天起作用的标准，哪些还没有录入", "standard.list",
     standards_names},
    {"standards.confirm", "确认", "F6", "确认别人登记的标准，从此起作用", "standard.confirm",
     standards_confirm, MARKS_ONE},
    {"standards.refuse", "不同意", "F7", "不同意别人登记的标准，或撤回自己的", "standard.confirm",
     standards_refuse, MARKS_ONE},
};

static const struct action NAMES_ACTIONS[] = {
    {"standards.new", "新增", "F2 n Enter", "给选中的标准登记新的数值", "standard.set", names_add,
     MARKS_ONE, .records = true},
};

static const struct action TRIAL_ACTIONS[] = {
    {"standards.set", "登记", "F2", "登记这个标准", "standard.set", trial_set, .records = true},
    {"standards.edit", "改", "F5", "回去改，再试算", "standard.set", trial_edit},
    {"standards.why", "说明", "F3 Enter", "这一行的全文：算不出的原因", NULL, list_screen_show,
     MARKS_ONE},
};

const struct screen_ops STANDARDS_OPS = {
    .title = "标准",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = list_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(LIST_ACTIONS)},
};

const struct screen_ops STANDARDS_NAMES_OPS = {
    .title = "现行标准",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = names_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(NAMES_ACTIONS)},
};

const struct screen_ops STANDARDS_TRIAL_OPS = {
    .title = "试算标准",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = trial_done,
    .actions = {ACTION_TABLE(TRIAL_ACTIONS)},
};
