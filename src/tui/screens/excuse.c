#include "tui/screens/excuse.h"

#include "base/mem.h"
#include "base/month.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/preview.h"
#include "tui/form/form.h"
#include "tui/screens/case.h"
#include "tui/screens/excused.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

// ---- asking

static const char *const REASONS[] = {"住院", "外出", "旅居", "拒绝", "其他", NULL};

static const struct dialog_field FIELDS[] = {
    {.id = "reason", .label = "原因", .type = "choice", .options = REASONS, .required = true},
    {.id = "from", .label = "起始日", .type = "date", .required = true, .ahead = true},
    {.id = "to", .label = "截止日", .type = "date", .required = true, .ahead = true},
    {.id = "note",
     .label = "说明",
     .type = "text",
     .max = 120,
     .help = "例如住在哪家医院、去了哪里、向谁核实的"},
};

/** The people still to be asked for; each is removed once the request succeeds. */
struct asking {
    char *month;
    size_t count, capacity;
    struct asked {
        uint64_t case_id;
        char *name;
    } * items;
};

static void asking_free(void *arg)
{
    struct asking *asking = arg;

    for (size_t i = 0; i < asking->count; i++)
        free(asking->items[i].name);
    free(asking->items);
    free(asking->month);
    free(asking);
}

static struct asking *asking_new(const char *month)
{
    struct asking *asking = mem_new(sizeof *asking);

    asking->month = mem_copy(month);
    return asking;
}

static void add_asked(struct asking *asking, uint64_t case_id, const char *name)
{
    mem_grow((void **)&asking->items, asking->count, &asking->capacity, sizeof asking->items[0]);
    asking->items[asking->count++] =
        (struct asked){case_id, mem_copy_bytes(name, strcspn(name, " "))};
}

static void take_out(struct asking *asking, size_t at)
{
    free(asking->items[at].name);
    asking->count--;
    memmove(&asking->items[at], &asking->items[at + 1],
            (asking->count - at) * sizeof asking->items[0]);
}

/** "申请免访 王桂兰", "申请免访 3 人：王桂兰、欧阳秀英、孙志才". New string. */
static char *asking_title(const struct asking *asking)
{
    struct str text = {0};

    str_add(&text, "申请免访 ");
    if (asking->count > 1)
        str_printf(&text, "%zu 人：", asking->count);
    for (size_t i = 0; i < asking->count; i++)
        str_printf(&text, "%s%s", i > 0 ? "、" : "", asking->items[i].name);
    return str_take(&text);
}

static enum result send_one(struct form_screen *form, uint64_t case_id,
                            Wire__Response **ret_response)
{
    const struct asking *asking = form->spec.arg;
    Wire__ExcuseAsk ask = WIRE__EXCUSE_ASK__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;

    ask.case_id = case_id;
    ask.month = asking->month;
    ask.reason = (char *)fields_get(form->values, "reason");
    ask.from = (char *)fields_get(form->values, "from");
    ask.to = (char *)fields_get(form->values, "to");
    ask.note = (char *)fields_get(form->values, "note");
    request.what_case = WIRE__REQUEST__WHAT_EXCUSE_ASK;
    request.excuse_ask = &ask;
    return app_call(form->screen.app, &request, ret_response);
}

/** The result of asking for all of them. */
struct asked_all {
    size_t done;
    char *message;           /* of the last that succeeded */
    Wire__Response *refused; /* the first refusal */
    char *words, *name;      /* of that person */
};

/** Sends a request for each; people who succeed are removed, and their rows below are left. */
static void send_all(struct form_screen *form, struct asking *asking, struct asked_all *all)
{
    for (size_t i = 0; i < asking->count;) {
        Wire__Response *response = NULL;
        uint64_t case_id = asking->items[i].case_id;
        enum result result = send_one(form, case_id, &response);
        if (result == 0) {
            mem_replace(&all->message, response->message);
            list_screen_leave(form->screen.below, case_id);
            take_out(asking, i);
            all->done++;
        } else {
            if (all->words == NULL) {
                all->words = mem_copy(client_words(result, response));
                all->name = mem_copy(asking->items[i].name);
                all->refused = response;
                response = NULL;
            }
            i++;
        }
        client_response_free(&response);
    }
}

/** Keeps the refused people in the form. */
static void stay(struct form_screen *form, const struct asking *asking, const struct asked_all *all)
{
    struct app *app = form->screen.app;

    (void)form_problems(form, all->refused);
    if (all->done == 0 && asking->count == 1)
        return;
    free((char *)form->spec.title);
    form->spec.title = asking_title(asking);
    if (all->done > 0)
        app_changed(app);
    app_warn(app, "已提交 %zu 份，%zu 人没有提交：%s：%s", all->done, asking->count, all->name,
             all->words);
}

static void excuse_submit(struct form_screen *form, bool confirm)
{
    struct app *app = form->screen.app;
    struct asking *asking = form->spec.arg;
    struct asked_all all = {0};

    (void)confirm;
    send_all(form, asking, &all);
    if (asking->count > 0) {
        stay(form, asking, &all);
    } else {
        form_close(form);
        if (all.done > 1)
            app_say(app, "已提交 %zu 份免访申请，等待审批", all.done);
        else
            app_say(app, "%s",
                    all.message != NULL && *all.message != '\0' ? all.message
                                                                : "已提交免访申请，等待负责人审批");
    }
    client_response_free(&all.refused);
    free(all.message);
    free(all.words);
    free(all.name);
}

static void open_window(struct app *app, struct asking *asking, const char *from)
{
    char *title = asking_title(asking);
    month_t month = 0;
    char date[DATE_TEXT];
    struct form_spec spec = {
        .title = title,
        .dialog = dialog_new(title, FIELDS, sizeof FIELDS / sizeof FIELDS[0]),
        .modal = true,
        .submit = excuse_submit,
        .arg = asking,
        .free_arg = asking_free,
    };

    fields_set(&spec.values, "from", from == NULL ? client_welcome(app->client)->today : from);
    if (month_parse(asking->month, &month) == 0)
        fields_set(&spec.values, "to", date_format(month_last(month), date));
    (void)form_open(app, &spec);
    free(title);
}

void excuse_open(struct app *app, const struct excuse_of *of)
{
    struct asking *asking = asking_new(of->month);

    add_asked(asking, of->case_id, of->name);
    open_window(app, asking, of->from);
}

/** If the action is about one row that is already excused, opens that excuse and returns true. */
static bool open_granted(struct app *app, const struct table *table)
{
    if (table->list.mark_count > 1 || table_aimed(table, "excuse")[0] == '\0')
        return false;
    excused_open(app, &(struct excused_of){
                          .case_id = strtoull(table_aimed(table, "case_id"), NULL, 10),
                          .name = table_aimed(table, "name"),
                          .month = app->month,
                          .excuse = table_aimed(table, "excuse"),
                      });
    return true;
}

struct gather {
    struct asking *asking;
    const struct sheet *sheet;
};

static void add_row(size_t row, void *arg)
{
    struct gather *gather = arg;

    add_asked(gather->asking, strtoull(sheet_get(gather->sheet, row, "case_id"), NULL, 10),
              sheet_get(gather->sheet, row, "name"));
}

void excuse_open_rows(struct app *app, const struct table *table)
{
    struct gather gather = {.asking = NULL, .sheet = table->sheet};

    if (open_granted(app, table))
        return;
    gather.asking = asking_new(app->month);
    if (table->sheet != NULL)
        table_chosen(table, add_row, &gather);
    if (gather.asking->count > 0) {
        open_window(app, gather.asking, NULL);
        return;
    }
    app_say(app, "清单里没有选中的人；↑↓ 选一个");
    asking_free(gather.asking);
}

// ---- deciding

static const struct table_column COLUMNS[] = {
    {.id = "name", .least = 8, .most = 12},
    {.id = "area_name", .least = 8, .most = 14, .rank = 2},
    {.id = "month", .least = 7, .most = 7, .rank = 4},
    {.id = "reason", .least = 4, .most = 8},
    {.id = "days", .label = "起止", .least = 11, .most = 11},
    {.id = "by", .label = "申请人", .least = 6, .most = 8},
    {.id = "note", .label = "说明", .least = 24, .most = 0},
};

/** "11-24/11-30" */
static char *waiting_cell(const struct table *table, size_t row, const char *id)
{
    const char *from = sheet_get(table->sheet, row, "from");
    const char *to = sheet_get(table->sheet, row, "to");

    if (strcmp(id, "days") == 0 && strlen(from) == 10 && strlen(to) == 10)
        return mem_printf("%s/%s", from + 5, to + 5);
    return mem_copy(sheet_get(table->sheet, row, id));
}

static enum result ask_waiting(struct app *app, struct sheet **ret_sheet)
{
    Wire__HomeScreen ask = WIRE__HOME_SCREEN__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.month = app->month;
    request.what_case = WIRE__REQUEST__WHAT_HOME;
    request.home = &ask;
    enum result result = app_call(app, &request, &response);
    if (result == 0 && response->what_case != WIRE__RESPONSE__WHAT_HOME)
        result = RESULT_PROTOCOL;
    if (result == 0)
        *ret_sheet = wire_sheet_read(response->home->excuses);
    client_response_free(&response);
    return result;
}

static void waiting_refresh(struct screen *screen)
{
    struct list_screen *list = (struct list_screen *)screen;
    struct sheet *sheet = NULL;

    if (ask_waiting(screen->app, &sheet) == 0) {
        list_screen_caption(list, "等待审批 %zu 份；不能审批自己提交的申请", sheet->row_count);
        table_fill(&list->table, &sheet);
    }
}

void excuse_open_waiting(struct app *app)
{
    struct list_screen *list = list_screen_new(sizeof *list, &EXCUSE_WAITING_OPS, COLUMNS,
                                               sizeof COLUMNS / sizeof COLUMNS[0], "case_id",
                                               "没有等待审批的申请；Esc 返回");

    list->table.cell = waiting_cell;
    app_push(app, &list->screen);
}

struct decision {
    struct app *app;
    const struct table *table;
    bool grant;
    const char *note;
    size_t done, refused;
    char *words; /* of the first that failed, with the name */
};

static void decide_row(size_t row, void *arg)
{
    struct decision *decision = arg;
    const struct sheet *sheet = decision->table->sheet;
    Wire__ExcuseDecide decide = WIRE__EXCUSE_DECIDE__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;
    enum result result;

    decide.case_id = strtoull(sheet_get(sheet, row, "case_id"), NULL, 10);
    decide.month = (char *)sheet_get(sheet, row, "month");
    decide.grant = decision->grant;
    decide.note = (char *)decision->note;
    request.what_case = WIRE__REQUEST__WHAT_EXCUSE_DECIDE;
    request.excuse_decide = &decide;
    result = app_call(decision->app, &request, &response);
    if (result == 0) {
        list_screen_leave(decision->app->top, decide.case_id);
        decision->done++;
    } else if (decision->refused++ == 0) {
        decision->words =
            mem_printf("%s：%s", sheet_get(sheet, row, "name"), client_words(result, response));
    }
    client_response_free(&response);
}

static void decide(struct app *app, bool grant, const char *note)
{
    struct table *table = &((struct list_screen *)app->top)->table;
    struct decision decision = {.app = app, .table = table, .grant = grant, .note = note};

    table_chosen(table, decide_row, &decision);
    app_changed(app);
    if (decision.refused > 0) {
        app_warn(app, "%s %zu 份，%zu 份没有办成：%s", grant ? "已同意" : "已退回", decision.done,
                 decision.refused, decision.words);
    } else {
        app_say(app, "%s %zu 份", grant ? "已同意" : "已退回", decision.done);
    }
    free(decision.words);
}

static void refuse(struct app *app, void *arg, const char *note)
{
    (void)arg;
    decide(app, false, note);
}

static void excuse_grant(struct app *app)
{
    decide(app, true, "");
}

static void excuse_refuse(struct app *app)
{
    size_t marked = ((struct list_screen *)app->top)->table.list.mark_count;
    char *title =
        marked > 1 ? mem_printf("退回 %zu 份，不同意的理由", marked) : mem_copy("不同意的理由");

    ask_reason(app, title, refuse, NULL);
    free(title);
}

// ---- keys

static void excuse_print(struct app *app)
{
    struct list_screen *list = (struct list_screen *)app->top;
    struct sheet *sheet = NULL;

    if (ask_waiting(app, &sheet) != 0)
        return;
    char *picked = table_pick(&list->table, sheet);
    char *title = mem_printf("免访审批表%s", picked);
    struct document *document = preview_document(app, "excuses", title, "", &sheet);
    preview_open(app, "excuses", &document);
    free(title);
    free(picked);
}

static const struct action ACTIONS[] = {
    {"excuses.grant", "同意", "F2", "同意选中的申请", "excuse.decide", excuse_grant, MARKS_ALL,
     .records = true},
    {"excuses.refuse", "退回", "F3", "不同意，要写理由", "excuse.decide", excuse_refuse, MARKS_ALL},
    {"excuses.print", "打印", "F5 p", "打印审批表；选了几份的只打印这几份", "print", excuse_print,
     MARKS_PAPER},
    {"excuses.case", "个案", "F7 Enter", "打开个案", "case.list", case_open_aimed, MARKS_ONE},
};

const struct screen_ops EXCUSE_WAITING_OPS = {
    .title = "免访审批",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_MARKS,
    .refresh = waiting_refresh,
    LIST_SCREEN_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
