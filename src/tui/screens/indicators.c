#include "tui/screens/indicators.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/form/dialog.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"
#include "tui/screens/dibaoform.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "no", .label = "号", .least = 2, .most = 4},
    {.id = "name", .label = "指标", .least = 44, .most = 44},
    {.id = "base_value", .least = 6, .most = 8, .rank = 2},
    {.id = "target", .least = 6, .most = 8},
    {.id = "value", .label = "现值", .least = 5, .most = 8, .right = true},
    {.id = "numerator", .least = 5, .most = 7},
    {.id = "denominator", .least = 5, .most = 7},
    {.id = "source", .label = "来源", .least = 16, .most = 0, .rank = 3},
    {.id = "trend", .least = 14, .most = 40, .rank = 1},
};

static struct table *top_table(struct app *app)
{
    return &((struct list_screen *)app->top)->table;
}

static enum result ask_indicators(struct app *app, struct sheet **ret_sheet)
{
    Wire__IndicatorList ask = WIRE__INDICATOR_LIST__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = app_account(app)->area;
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_LIST;
    request.indicator_list = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

/** Of which month the 月探访率 is: at 80 columns its source is not seen. "" if there is none. */
static const char *visits_basis(const struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *source = sheet_get(sheet, row, "source");
        if (text_starts(source, INDICATOR_COMPUTED "："))
            return source + strlen(INDICATOR_COMPUTED "：");
    }
    return "";
}

static void indicators_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_indicators(screen->app, &sheet) == 0) {
        const char *basis = visits_basis(sheet);
        list_screen_caption(list, "%s%s%s没登记的不算达到；空着的是不知道，不是 0",
                            *basis != '\0' ? "月探访率为 " : "", basis, *basis != '\0' ? "；" : "");
        table_fill(&list->table, &sheet);
    }
}

void indicators_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &INDICATORS_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "rule", "没有指标；系统管理员核对指标文件");

    app_push(app, &list->screen);
}

static void indicators_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_indicators(app, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "indicators", "指标", "", &sheet);
    preview_open(app, "indicators", &document);
}

// ---- all of one: at 80 columns the table has no room for it

static void indicators_look(struct app *app)
{
    static const struct {
        const char *column, *label;
    } lines[] = {{"no", "指标号"},        {"unit", "单位"},      {"base_value", "基期"},
                 {"target", "目标"},      {"value", "现值"},     {"numerator", "分子"},
                 {"denominator", "分母"}, {"unknown", "未登记"}, {"source", "来源"},
                 {"trend", "趋势"},       {"basis", "依据"}};
    const struct table *table = top_table(app);
    struct str text = {0};

    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        const char *value = table_text(table, lines[i].column);
        if (*value != '\0')
            str_printf(&text, "%s%s：%s", text.length > 0 ? "\n" : "", lines[i].label, value);
    }
    ask_show(app, table_text(table, "name"), str_text(&text));
    str_free(&text);
}

// ---- the names behind one

struct names_screen {
    struct list_screen list;
    char *indicator, *name;
};

static const struct table_column NAMES_COLUMNS[] = {
    {.id = "name", .least = 8, .most = 16},
    {.id = "words", .label = "情况", .least = 8, .most = 14},
    {.id = "area_name", .least = 8, .most = 20, .once = true},
    {.id = "case_no", .least = 20, .most = 20},
};

static void names_refresh(struct screen *screen)
{
    struct names_screen *names = (struct names_screen *)screen;
    Wire__IndicatorNames ask = WIRE__INDICATOR_NAMES__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.area = app_account(screen->app)->area;
    ask.name = names->indicator;
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_NAMES;
    request.indicator_names = &ask;
    if (app_call_sheet(screen->app, &request, &sheet) == 0) {
        list_screen_caption(&names->list, "%s %zu", names->name, sheet->row_count);
        table_fill(&names->list.table, &sheet);
    }
}

static void names_done(struct screen *screen)
{
    struct names_screen *names = (struct names_screen *)screen;

    free(names->indicator);
    free(names->name);
    list_screen_done(screen);
}

static void indicators_names(struct app *app)
{
    const struct table *table = top_table(app);

    if (*table_text(table, "denominator") == '\0' ||
        strcmp(table_text(table, "rule"), "visit_rate") == 0) {
        app_say(app, *table_text(table, "denominator") == '\0'
                         ? "这一项没有名单；选有应算人数的一项"
                         : "月探访率的名单见看板（F8）");
        return;
    }
    struct names_screen *names = list_screen_new(
        sizeof *names, &INDICATORS_NAMES_OPS, NAMES_COLUMNS,
        sizeof NAMES_COLUMNS / sizeof NAMES_COLUMNS[0], "person_id", "没有应算的人；Esc 返回");
    names->indicator = mem_copy(table_text(table, "rule"));
    names->name = mem_copy(table_text(table, "name"));
    app_push(app, &names->list.screen);
}

// ---- entering, keeping

static const struct dialog_field FIELDS[] = {
    {.id = "month", .label = "截至月份", .type = "month", .required = true},
    {.id = "value",
     .label = "值",
     .type = "text",
     .max = 16,
     .help = "只写数，单位在指标里；空的是撤回这个月录入的"},
    {.id = "source",
     .label = "来源",
     .type = "memo",
     .max = 200,
     .required = true,
     .help = "哪份文件、哪张表"},
};

static void submit(struct form_screen *form, bool confirm)
{
    Wire__IndicatorEnter ask = WIRE__INDICATOR_ENTER__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    ask.area = app_account(form->screen.app)->area;
    ask.name = form->spec.arg;
    ask.value = (char *)fields_get(form->values, "value");
    ask.source = (char *)fields_get(form->values, "source");
    ask.month = (char *)fields_get(form->values, "month");
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_ENTER;
    request.indicator_enter = &ask;
    form_send(form, &request);
}

static void indicators_enter(struct app *app)
{
    const struct table *table = top_table(app);
    char month[MONTH_TEXT];

    struct form_spec spec = {.title = table_text(table, "name"),
                             .modal = true,
                             .submit = submit,
                             .arg = mem_copy(table_text(table, "rule")),
                             .free_arg = free};

    spec.dialog = dialog_new(spec.title, FIELDS, sizeof FIELDS / sizeof FIELDS[0]);
    fields_set(&spec.values, "month", month_format(month_of(app_today(app)), month));
    (void)form_open(app, &spec);
}

static void keep(struct app *app, void *arg, const char *answer)
{
    Wire__IndicatorEnter ask = WIRE__INDICATOR_ENTER__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    (void)arg;
    (void)answer;
    ask.area = app_account(app)->area;
    request.what_case = WIRE__REQUEST__WHAT_INDICATOR_ENTER;
    request.indicator_enter = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_say(app, "%s", response->message);
        app_changed(app);
    }
    client_response_free(&response);
}

static void indicators_keep(struct app *app)
{
    ask_confirm(app, "留存今天算出的各项指标？\n以后的趋势和往年的值从留存的来。", keep, NULL);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"indicators.names", "名单", "Enter", "看这一项的人，没达到的在前", "figure.list",
     indicators_names, MARKS_ONE},
    {"indicators.enter", "录入", "F3", "录入系统算不出的一项，写明来源", "figure.enter",
     indicators_enter, MARKS_ONE},
    {"indicators.print", "打印", "F5 p", "打印指标", "print", indicators_print},
    {"indicators.keep", "留存", "F6", "留存今天算出的各项", "figure.enter", indicators_keep},
    {"indicators.look", "细看", "F8 v", "这一项的基期、目标、趋势、来源、依据", "figure.list",
     indicators_look, MARKS_ONE},
    {"indicators.dibao", "低保表", "F7", "城市低保对象综合统计表：17栏和栏间核对", "figure.list",
     dibaoform_open},
};

static const struct action NAMES_ACTIONS[] = {
    {"indicators.case", "个案", "Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
};

const struct screen_ops INDICATORS_OPS = {
    .title = "指标",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = indicators_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};

const struct screen_ops INDICATORS_NAMES_OPS = {
    .title = "指标名单",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = names_refresh,
    .clear = list_screen_clear,
    .attend = list_screen_attend,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = names_done,
    .actions = {ACTION_TABLE(NAMES_ACTIONS)},
};
