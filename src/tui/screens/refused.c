#include "tui/screens/refused.h"

#include "base/mem.h"
#include "base/prints.h"
#include "form/form.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/day.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/app/programmes.h"

#include <stdlib.h>
#include <string.h>

static const struct table_column COLUMNS[] = {
    {.id = "name", .label = "申请人", .least = 8, .most = 12},
    {.id = "kind_name", .least = 4, .most = 8},
    {.id = "words", .label = "决定", .least = 8, .most = 10},
    {.id = "date", .label = "决定日期", .least = 10, .most = 10},
    {.id = "noticed", .label = "告知书", .least = 10, .most = 10},
    {.id = "reason", .label = "理由", .least = 14, .most = 0},
    {.id = "area_name", .least = 8, .most = 14, .rank = 1},
    {.id = "decided_by", .label = "决定人", .least = 6, .most = 10, .rank = 2},
};

static char *refused_cell(const struct table *table, size_t row, const char *id)
{
    const char *text = sheet_get(table->sheet, row, id);

    return mem_copy(strcmp(id, "noticed") == 0 && *text == '\0' ? "没有送达" : text);
}

static enum result ask_refused(struct app *app, struct sheet **ret_sheet)
{
    Wire__StepRefused ask = WIRE__STEP_REFUSED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    request.what_case = WIRE__REQUEST__WHAT_STEP_REFUSED;
    request.step_refused = &ask;
    return app_call_sheet(app, &request, ret_sheet);
}

static void refused_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;
    size_t untold = 0;

    if (ask_refused(screen->app, &sheet) != 0)
        return;
    for (size_t row = 0; row < sheet->row_count; row++)
        untold += *sheet_get(sheet, row, "noticed") == '\0';
    list_screen_caption(list, "不予 %zu 份  告知书没有送达 %zu 份", sheet->row_count, untold);
    table_fill(&list->table, &sheet);
}

void refused_open(struct app *app)
{
    struct list_screen *list =
        list_screen_new(sizeof *list, &REFUSED_OPS, COLUMNS, sizeof COLUMNS / sizeof COLUMNS[0],
                        "proposal", "没有不予的申请；Esc 返回");

    list->table.cell = refused_cell;
    app_push(app, &list->screen);
}

/** The application under the cursor, 0 = none. */
static uint64_t chosen(struct app *app)
{
    uint64_t id = strtoull(table_text(list_screen_table(app->top), "proposal"), NULL, 10);

    if (id == 0)
        app_say(app, "没有不予的申请，不用打印告知书");
    return id;
}

// ---- the notice

static void refused_notice(struct app *app)
{
    Wire__StepNotice ask = WIRE__STEP_NOTICE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    struct sheet *sheet = NULL;

    ask.proposal = chosen(app);
    request.what_case = WIRE__REQUEST__WHAT_STEP_NOTICE;
    request.step_notice = &ask;
    if (ask.proposal == 0 || app_call_sheet(app, &request, &sheet) != 0)
        return;
    char *title = mem_copy(sheet_get(sheet, 0, "text"));
    struct document *document = preview_document(app, "notice", title, "", &sheet);
    preview_open(app, "notice", &document);
    free(title);
}

/** Asked while the question stands above the list; the server asks the same. */
static const char *check_given(struct app *app, const char *text)
{
    day_t day = 0, decided = 0;

    if (*text == '\0')
        return NULL;
    if (day_read(app, text, false, &day) != 0 && day_read(app, text, true, &day) != 0)
        return "请填日期，如 10、1210 或 2026-12-10；空着是还没有送达";
    if (day > app_today(app))
        return "送达日期还没到，请核对；空着是还没有送达";
    return date_parse(table_text(list_screen_table(app->top->below), "date"), &decided) == 0 &&
                   day < decided
               ? "送达日期早于决定日期，请核对；空着是还没有送达"
               : NULL;
}

static void send_given(struct app *app, void *arg, const char *typed)
{
    const struct list_screen *list = arg;
    char date[DATE_TEXT] = "";
    day_t day = 0;
    Wire__StepNoticed ask = WIRE__STEP_NOTICED__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.proposal = strtoull(table_text(&list->table, "proposal"), NULL, 10);
    if (*typed != '\0' && day_read(app, typed, false, &day) == 0) /* as was checked */
        (void)date_format(day, date);
    ask.date = date;
    request.what_case = WIRE__REQUEST__WHAT_STEP_NOTICED;
    request.step_noticed = &ask;
    if (app_call(app, &request, &response) == 0) {
        app_changed(app);
        app_say(app, "%s", response->message);
    }
    client_response_free(&response);
}

static void refused_given(struct app *app)
{
    if (chosen(app) != 0)
        ask_checked(app, "告知书哪天送达（空着是还没有）", client_welcome(app->client)->today,
                    check_given, send_given, app->top);
}

// ---- lists

static void refused_print(struct app *app)
{
    struct sheet *sheet = NULL;

    if (ask_refused(app, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "refused", "不予名单", "", &sheet);
    preview_open(app, "refused", &document);
}

void refused_print_publicity(struct app *app, const char *kind)
{
    Wire__StepPublic ask = WIRE__STEP_PUBLIC__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    const struct form *form = programmes_form(app, kind);
    struct sheet *sheet = NULL;
    struct str scope = {0};

    ask.kind = (char *)(uintptr_t)kind;
    request.what_case = WIRE__REQUEST__WHAT_STEP_PUBLIC;
    request.step_public = &ask;
    if (app_call_sheet(app, &request, &sheet) != 0)
        return;
    struct document *document = preview_document(app, "publicity", "公示名单", "", &sheet);
    prints_scope_add(&scope, "kind", kind);
    fields_set(&document->facts, "scope", str_text(&scope));
    fields_set(&document->facts, "kind_name", form != NULL ? form->title : kind);
    preview_open(app, "publicity", &document);
    str_free(&scope);
}

// ---- asked for in 办理

static const char REFUSED_CHOICE[] = "refused";

static void print_chosen(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    if (strcmp(answer, REFUSED_CHOICE) == 0)
        refused_open(app);
    else
        refused_print_publicity(app, answer);
}

static bool is_published(const struct form *form)
{
    bool published = false;

    for (size_t i = 0; !form->secret && i < form->steps.life.count; i++)
        published |= form->steps.life.items[i].publish;
    return published;
}

void refused_ask_print(struct app *app)
{
    enum { MOST = 33 }; /* programmes, and the refused */
    char *labels[MOST];
    const char *values[MOST];
    size_t count = 0;
    const struct form *form = NULL;

    for (size_t i = 0; (form = programmes_at(app, i)) != NULL && count + 1 < MOST; i++) {
        if (!is_published(form))
            continue;
        labels[count] = mem_printf("公示名单：%s", form->brief);
        values[count++] = form->kind;
    }
    labels[count] = mem_copy("不予名单、告知书");
    values[count++] = REFUSED_CHOICE;
    struct ask_choice choice = {
        .title = "打印", .labels = (const char *const *)labels, .values = values, .count = count};
    ask_choice(app, &choice, print_chosen, app->top);
    for (size_t i = 0; i < count; i++)
        free(labels[i]);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"refused.notice", "告知书", "F5 Enter", "打印选中的这份申请的告知书", "print", refused_notice,
     MARKS_ONE},
    {"refused.given", "送达", "F2", "记下告知书哪天送达；空着是还没有", "step.do", refused_given,
     MARKS_ONE, .records = true},
    {"refused.print", "打印名单", "F3 p", "打印不予名单", "print", refused_print, MARKS_PAPER},
};

const struct screen_ops REFUSED_OPS = {
    .title = "不予名单",
    .is = SCREEN_TABLE | SCREEN_PLACE,
    .refresh = refused_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
