#include "tui/screens/case_private.h"

#include "base/mem.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/officers.h"
#include "tui/app/programmes.h"
#include "tui/app/recent.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"
#include "tui/screens/caselinks.h"
#include "wire/convert.h"

#include <stdlib.h>
#include <string.h>

const char *case_state_words(const char *state)
{
    static const struct {
        const char *state, *words;
    } words[] = {{CASE_ACTIVE, CASE_ACTIVE_LABEL},
                 {CASE_CLOSED, CASE_CLOSED_LABEL},
                 {"proposed", "待受理"},
                 {PROPOSAL_WAITING, "待受理"},
                 {PROPOSAL_RETURNED, "已退回"}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i].state, state) == 0)
            return words[i].words;
    return state;
}

const struct form *case_form(const struct case_screen *one)
{
    return one->view == NULL ? NULL : programmes_form(one->screen.app, one->view->kind);
}

/** The person's name, or the name of a household's head. */
const char *case_name(const struct case_screen *one)
{
    const char *name = fields_get(&one->values, "person.name");

    return name[0] != '\0' ? name : fields_get(&one->values, "members.0.name");
}

struct casemembers_of case_members(const struct case_screen *one)
{
    return (struct casemembers_of){
        .form = case_form(one), .values = &one->values, .area_name = one->view->area_name};
}

/** Remembers the visitor's name, so that the form shows it, too. */
static void note_visitor(const struct case_screen *one)
{
    const struct form *form = case_form(one);

    if (form != NULL && form->roles.officer[0] != '\0') {
        officers_note(one->screen.app, fields_get(&one->values, form->roles.officer),
                      one->view->visitor);
    }
}

static void case_refresh(struct screen *screen)
{
    struct case_screen *one = case_of(screen);
    Wire__CaseGet ask = WIRE__CASE_GET__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    ask.case_id = one->case_id;
    ask.open = one->open;
    ask.page = true;
    request.what_case = WIRE__REQUEST__WHAT_CASE_GET;
    request.case_get = &ask;
    if (app_call(screen->app, &request, &response) != 0 ||
        response->what_case != WIRE__RESPONSE__WHAT_CASE_VIEW) {
        client_response_free(&response);
        return;
    }
    client_response_free(&one->response);
    one->response = response;
    one->view = response->case_view;
    fields_free(&one->values);
    wire_values_read(one->view->n_values, one->view->values, &one->values);
    note_visitor(one);
    case_fill_pages(one);
}

bool case_is_wide(const struct case_screen *one)
{
    return !one->screen.app->canvas->look.linear &&
           caselinks_fits(one->screen.app->canvas->columns);
}

/** True if two columns are shown. */
static bool is_beside(const struct case_screen *one)
{
    return one->tab == CASE_BASIC && case_is_wide(one);
}

/** Only one of the two columns has the cursor. */
static void settle_cursor(struct case_screen *one)
{
    bool both = case_is_wide(one) && one->beside.list.view_count > 0;

    one->right = one->right && both;
    one->tables[CASE_BASIC].list.away = one->right;
    one->beside.list.away = !one->right;
}

/** The rows follow the width. */
static void case_attend(struct screen *screen)
{
    struct case_screen *one = case_of(screen);

    if (one->view == NULL || one->tab != CASE_BASIC)
        return;
    if (one->columns != screen->app->canvas->columns)
        case_fill_first(one);
    settle_cursor(one);
}

/** Who it is, and which case; returns the lines used. */
static int paint_name(const struct case_screen *one, struct canvas *canvas)
{
    const struct form *form = case_form(one);
    int x = 1 + draw_text(canvas, 0, 1, canvas->columns / 2, case_name(one), STYLE_STRONG) + 2;
    char *facts =
        mem_printf("%s  %s  %s  %s%s", form == NULL ? one->view->kind : form->brief,
                   one->view->area_name, case_state_words(wire_state_word(one->view->state)),
                   one->view->number, one->view->masked ? "  （F4 全显）" : "");
    int lines = draw_lines(canvas, 0, x, facts, STYLE_PLAIN);

    free(facts);
    return lines;
}

static void case_paint(struct screen *screen, struct canvas *canvas)
{
    struct case_screen *one = case_of(screen);
    int half = canvas->columns / 2;
    int width = is_beside(one) ? half : canvas->columns;
    int x = 1;

    if (one->view == NULL)
        return;
    int top = paint_name(one, canvas) + 1;
    struct canvas body = canvas_part(canvas, top, 0, canvas->rows - top, width);
    struct canvas beside =
        canvas_part(canvas, top, half, canvas->rows - top, canvas->columns - half);
    for (enum case_tab tab = CASE_BASIC; tab < CASE_TAB_COUNT; tab++) {
        if (case_has_page(one, tab)) {
            x += draw_format(canvas, top - 1, x, tab == one->tab ? STYLE_SELECTED : STYLE_FAINT,
                             " %s ", case_page_title(tab));
        }
    }
    table_paint(&one->tables[one->tab], &body);
    if (is_beside(one))
        table_paint(&one->beside, &beside);
    const struct canvas *with = is_beside(one) && one->right ? &beside : &body;
    canvas->cursor_y = with->cursor_y;
    canvas->cursor_x = with->cursor_x + (with == &beside ? half : 0);
}

static bool case_key(struct screen *screen, int key)
{
    struct case_screen *one = case_of(screen);

    if (table_key(case_table(screen), key))
        return true;
    if (key != K_ESC || !one->came)
        return false;
    case_show_page(one, CASE_BASIC);
    return true;
}

static struct list *case_list(struct screen *screen)
{
    return &case_table(screen)->list;
}

/** The mouse goes from one column to the other. */
static bool case_point(struct screen *screen, int y, int x)
{
    struct case_screen *one = case_of(screen);
    bool right = is_beside(one) && x >= screen->app->canvas->columns / 2;
    const struct list *list = right ? &one->beside.list : &one->tables[one->tab].list;

    if (right == one->right || !is_beside(one) || list_place_at(list, y) < 0)
        return false;
    one->right = right;
    settle_cursor(one);
    return true;
}

struct table *case_table(struct screen *screen)
{
    struct case_screen *one = case_of(screen);

    return is_beside(one) && one->right ? &one->beside : &one->tables[one->tab];
}

static void case_done(struct screen *screen)
{
    struct case_screen *one = case_of(screen);

    for (enum case_tab tab = CASE_BASIC; tab < CASE_TAB_COUNT; tab++)
        table_free(&one->tables[tab]);
    table_free(&one->beside);
    table_free(&one->newest);
    client_response_free(&one->response);
    fields_free(&one->values);
    free(one);
}

void case_open(struct app *app, uint64_t case_id)
{
    case_open_for(app, case_id, 0);
}

void case_open_for(struct app *app, uint64_t case_id, uint64_t person)
{
    struct case_screen *one = mem_new(sizeof *one);

    one->screen.ops = &CASE_OPS;
    one->case_id = case_id;
    one->person = person;
    case_begin_pages(one);
    app_push(app, &one->screen);
    recent_note(app, case_id);
}

// ---- handlers

void case_open_aimed(struct app *app)
{
    const char *id = table_aimed(app->top->ops->table(app->top), "case_id");

    if (*id != '\0' && strcmp(id, "0") != 0)
        case_open(app, strtoull(id, NULL, 10));
    else
        app_say(app, "这一行没有可打开的个案；按 i 看全文");
}

static void step_tab(struct app *app, int step)
{
    struct case_screen *one = case_of(app->top);

    enum case_tab tab = one->tab;

    do {
        tab = (enum case_tab)(((int)tab + step + CASE_TAB_COUNT) % CASE_TAB_COUNT);
    } while (!case_has_page(one, tab));
    case_show_page(one, tab);
}

static void case_tab_next(struct app *app)
{
    step_tab(app, 1);
}

static void case_tab_previous(struct app *app)
{
    step_tab(app, -1);
}

/** From the fields to what leads on, then from heading to heading and back to the top. */
static void step_part(struct app *app, int step)
{
    struct case_screen *one = case_of(app->top);
    struct table *table = case_table(app->top);
    long row = one->tab == CASE_BASIC && table->sheet != NULL ? caselinks_next(table, step) : -1;

    if (one->tab != CASE_BASIC) {
        step_tab(app, step);
    } else if (row >= 0) {
        list_select(&table->list, (size_t)row);
    } else {
        one->right = case_is_wide(one) && !one->right;
        settle_cursor(one);
        table = case_table(app->top);
        if (step > 0 || one->beside.list.away)
            list_first(&table->list);
        else
            list_last(&table->list);
    }
}

static void case_part_next(struct app *app)
{
    step_part(app, 1);
}

static void case_part_previous(struct app *app)
{
    step_part(app, -1);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"case.edit", "修改", "F2", "修改这个个案", "case.save", case_edit, .records = true},
    {"case.visit", "登记", "F3", "登记探访", "visit.add", case_record_visit},
    {"case.unmask", "全显", "F4 u", "全显证件号和敏感项（记入日志）", "case.open", case_unmask},
    {"case.correct", "更正", "F5", "更正光标处的一次探访；不在探访上是最近一次", "visit.add",
     case_correct_visit},
    {"case.void", "作废", "v", "作废光标处登错的一次探访，要选原因；不在探访上是最近一次",
     "visit.void", case_void_visit},
    {"case.excuse", "免访", "F6", "申请免访；已批准的，撤销", "excuse.ask", case_excuse},
    {"case.review", "复核", "F7 r", "登记复核", "review.add", case_ask_review},
    {"case.end", "退出", "F8", "退出（死亡、迁出等）", "case.close", case_ask_end},
    {"case.reopen", "撤销退出", "z", "撤销误办的退出，要写原因", "case.reopen", case_ask_reopen},
    {"case.print", "打印", "p", "打印探访记录表", "print", case_print},
    {"case.upper", "填报", "Y", "多头填报：按上级系统的栏目排好，逐项或整行复制", NULL, case_upper},
    {"case.next", "下页签", "Right", "下一个页签", NULL, case_tab_next},
    {"case.previous", "上页签", "Left", "上一个页签", NULL, case_tab_previous},
    {"case.part_next", "下一段", "Tab",
     "到办理、其他业务、同户、探访等下一段；在别的页是下一个页签", NULL, case_part_next},
    {"case.part_previous", "上一段", "BackTab", "上一段；在别的页是上一个页签", NULL,
     case_part_previous},
    {"case.follow", "打开", "Enter",
     "打开这一行：申请、其他业务、家人的个案，标题是整页；别的行看全文", NULL, case_follow,
     MARKS_ONE},
};

const struct screen_ops CASE_OPS = {
    .title = "个案",
    .is = SCREEN_TABLE | SCREEN_PLACE | SCREEN_OWN_F4,
    .refresh = case_refresh,
    .attend = case_attend,
    .paint = case_paint,
    .key = case_key,
    .list = case_list,
    .point = case_point,
    .table = case_table,
    .done = case_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
