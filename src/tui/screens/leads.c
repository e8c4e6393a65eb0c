#include "tui/screens/leads.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"
#include "tui/screens/leadcounts.h"

#include <stdlib.h>
#include <string.h>

#define TAKE "接手"
#define DONE "登记办理结果"
#define DISMISS "不需办理"

static const char KEY[] = "id_no";

struct leads_screen {
    struct list_screen list;
    bool all;   /* also those that are answered or closed */
    char *area; /* "" = the officer's own */
    char *name; /* of the area, "" = not said */
};

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 10},
    {.id = "title", .label = "线索", .least = 26, .most = 34},
    {.id = "state", .least = 20, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1, .once = true},
    {.id = "since", .label = "发现日", .least = 10, .most = 10, .rank = 2},
};

static struct leads_screen *leads_of(struct screen *screen)
{
    return (struct leads_screen *)screen;
}

// ---- the list

/** Makes a key for each lead: its person and its rule. */
static void name_leads(struct sheet *sheet)
{
    for (size_t row = 0; row < sheet->row_count; row++) {
        char *key =
            mem_printf("%s %s", sheet_get(sheet, row, "person_id"), sheet_get(sheet, row, "rule"));
        sheet_set(sheet, row, KEY, key);
        free(key);
    }
}

static enum result ask_leads(struct app *app, const char *area, bool all, bool beside,
                             struct sheet **ret_sheet)
{
    Wire__Leads ask = WIRE__LEADS__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.area = (char *)(uintptr_t)area;
    ask.all = all;
    ask.beside = beside;
    request.what_case = WIRE__REQUEST__WHAT_LEADS;
    request.leads = &ask;
    return app_call_pages(app, &request, &ask.after, ret_sheet);
}

void leads_add_table(struct app *app, const char *area, struct document *document)
{
    struct sheet *sheet = NULL;

    if (app_may(app, "lead.list") && app_month_is_current(app) &&
        ask_leads(app, area, false, true, &sheet) == 0 && sheet->row_count > 0)
        document_add_table(document, "leads", &sheet);
    sheet_free(&sheet);
}

static void leads_refresh(struct screen *screen)
{
    struct leads_screen *one = leads_of(screen);
    struct sheet *sheet = NULL;

    if (ask_leads(screen->app, one->area, one->all, false, &sheet) == 0) {
        list_screen_caption(&one->list, "%s%s%s  %zu 条", one->name,
                            one->name[0] != '\0' ? "  " : "", one->all ? "全部" : "待办",
                            sheet->row_count);
        name_leads(sheet);
        table_fill(&one->list.table, &sheet);
    }
}

static void leads_done(struct screen *screen)
{
    struct leads_screen *one = leads_of(screen);

    free(one->area);
    free(one->name);
    list_screen_done(screen);
}

void leads_open_area(struct app *app, const char *area, const char *name)
{
    struct leads_screen *one =
        list_screen_new(sizeof *one, &LEADS_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0], KEY,
                        "没有待办的线索；F6 看全部");

    one->area = mem_copy(area);
    one->name = mem_copy(name);
    app_push(app, &one->list.screen);
}

void leads_open(struct app *app)
{
    leads_open_area(app, "", "");
}

// ---- the window of one lead

/** What the request needs besides the window's values. */
struct handling {
    uint64_t person;
    char *rule;
};

static void handling_free(void *arg)
{
    struct handling *handling = arg;

    free(handling->rule);
    free(handling);
}

static void submit(struct form_screen *form, bool confirm)
{
    static const struct {
        const char *choice, *what;
    } deeds[] = {{TAKE, "take"}, {DONE, "done"}, {DISMISS, "dismiss"}};
    const struct handling *handling = form->spec.arg;
    const char *choice = fields_get(form->values, "do");
    Wire__LeadAct ask = WIRE__LEAD_ACT__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    (void)confirm;
    for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++)
        if (strcmp(deeds[i].choice, choice) == 0)
            ask.what = (char *)(uintptr_t)deeds[i].what;
    ask.person = handling->person;
    ask.rule = handling->rule;
    ask.words = (char *)fields_get(form->values, "words");
    ask.until = (char *)fields_get(form->values, "until");
    request.what_case = WIRE__REQUEST__WHAT_LEAD_ACT;
    request.lead_act = &ask;
    form_send(form, &request);
}

static const struct dialog_field FIELDS[] = {
    {.id = "title", .label = "线索", .type = "memo", .fixed = true},
    {.id = "why", .label = "情况", .type = "memo", .fixed = true, .when = "not empty(why)"},
    {.id = "todo", .label = "怎么办", .type = "memo", .fixed = true},
    {.id = "source", .label = "依据", .type = "memo", .fixed = true},
    {.id = "steps", .label = "经过", .type = "memo", .fixed = true},
    {.id = "do", .label = "办理", .type = "choice", .required = true},
    {.id = "words",
     .label = "说明",
     .type = "memo",
     .max = 200,
     .required = true,
     .help = "办了什么，或为什么不需办理；和线索一起留着",
     .when = "do in (" DONE ", " DISMISS ")"},
    {.id = "until",
     .label = "到哪一天再看",
     .type = "date",
     .required = true,
     .ahead = true,
     .help = "这一天以后情况还在的，再次列出；一年以内",
     .when = "do = " DISMISS},
};

static void open_window(struct app *app, const struct table *table)
{
    const char *choices[] = {TAKE, DONE, app_may(app, "lead.dismiss") ? DISMISS : NULL, NULL};
    struct dialog_field fields[sizeof FIELDS / sizeof FIELDS[0]];
    struct handling *handling = mem_new(sizeof *handling);
    char *title = mem_printf("线索 %s", table_text(table, "name"));
    struct form_spec spec = {.title = title,
                             .modal = true,
                             .submit = submit,
                             .arg = handling,
                             .free_arg = handling_free};

    *handling = (struct handling){strtoull(table_text(table, "person_id"), NULL, 10),
                                  mem_copy(table_text(table, "rule"))};
    memcpy(fields, FIELDS, sizeof fields);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        if (strcmp(fields[i].id, "do") == 0)
            fields[i].options = choices;
    spec.dialog = dialog_new(title, fields, sizeof fields / sizeof fields[0]);
    fields_set(&spec.values, "title", table_text(table, "title"));
    fields_set(&spec.values, "why", table_text(table, "why"));
    fields_set(&spec.values, "todo", table_text(table, "todo"));
    fields_set(&spec.values, "source", table_text(table, "source"));
    fields_set(&spec.values, "steps", table_text(table, "steps"));
    fields_set(&spec.values, "do", TAKE);
    (void)form_open(app, &spec);
    free(title);
}

/** Of a lead that is answered or closed: how that came about. */
static void show_steps(struct app *app, const struct table *table)
{
    char *title = mem_printf("线索 %s", table_text(table, "name"));
    char *text = mem_printf("%s\n%s\n\n%s", table_text(table, "title"), table_text(table, "why"),
                            table_text(table, "steps"));

    ask_show(app, title, text);
    free(text);
    free(title);
}

static void leads_act(struct app *app)
{
    const struct table *table = &leads_of(app->top)->list.table;
    const char *state = table_text(table, "state");

    if (strncmp(state, "待办", strlen("待办")) == 0 ||
        strncmp(state, "已接手", strlen("已接手")) == 0)
        open_window(app, table);
    else
        show_steps(app, table);
}

static void leads_all(struct app *app)
{
    leads_of(app->top)->all = !leads_of(app->top)->all;
    leads_refresh(app->top);
}

static void leads_print(struct app *app)
{
    struct leads_screen *one = leads_of(app->top);
    struct sheet *sheet = NULL;

    if (ask_leads(app, one->area, one->all, false, &sheet) != 0)
        return;
    char *picked = table_pick(&one->list.table, sheet);
    char *title = mem_printf("线索%s", picked);
    struct document *document = preview_document(app, "leads", title, one->area, &sheet);
    preview_open(app, "leads", &document);
    free(title);
    free(picked);
}

static void leads_counts(struct app *app)
{
    leadcounts_open_area(app, leads_of(app->top)->area);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"leads.act", "办理", "F2 Enter", "接手，登记办理结果，或不需办理；已办的看经过", "lead.act",
     leads_act, MARKS_ONE, .records = true},
    {"leads.case", "个案", "F7 o", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
    {"leads.print", "打印", "F5 p", "打印线索", "print", leads_print},
    {"leads.all", "全部", "F6 a", "换看待办的或全部", NULL, leads_all},
    {"leads.counts", "按村", "F8 v", "各村(社区)有几条，本月办了几条", "lead.list", leads_counts},
};

const struct screen_ops LEADS_OPS = {
    .title = "线索",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_PEOPLE,
    .refresh = leads_refresh,
    .clear = list_screen_clear,
    .paint = list_screen_paint,
    .key = list_screen_key,
    .list = list_screen_list,
    .table = list_screen_table,
    .done = leads_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
