#include "tui/screens/batch.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/listscreen.h"
#include "tui/app/pick.h"
#include "tui/app/programmes.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"
#include "tui/screens/batchfile.h"
#include "tui/screens/batchview.h"
#include "tui/screens/visit.h"

#include <stdlib.h>
#include <string.h>

static struct batch_screen *batch_of(struct screen *screen)
{
    return (struct batch_screen *)screen;
}

static struct batch_row *current_row(struct batch_screen *batch)
{
    long row = list_row(&batch->list);

    return row < 0 ? NULL : &batch->rows.items[row];
}

/** Fills the ordinary case: at home, successful, by the usual visitor. */
static void fill_rest(struct app *app, struct batch_row *row)
{
    for (enum cell cell = CELL_MODE; cell <= CELL_RESULT; cell++) {
        const struct form_field *field = batchview_field(app, row, cell);
        if (row->cells[cell][0] == '\0' && field != NULL)
            mem_replace(&row->cells[cell], field->initial);
    }
    if (row->cells[CELL_BY][0] == '\0') {
        mem_replace(&row->cells[CELL_BY],
                    row->usual[0] != '\0' ? row->usual : app_account(app)->name);
    }
}

/** Puts the typed text into the cell. If it cannot be read, it stays and the message line says so;
 *  returns false. A bare day means this month. */
static bool end_edit(struct batch_screen *batch)
{
    struct app *app = batch->screen.app;
    struct batch_row *row = current_row(batch);
    const struct form_field *field = row == NULL ? NULL : batchview_field(app, row, batch->column);
    struct type_context context = {.today = app_today(app)};
    char *text;
    char *value = NULL;
    char *error = NULL;

    if (!batch->editing || row == NULL)
        return true;
    batch->editing = false;
    text = lineedit_text(&batch->edit);
    if (batch->column == CELL_DATE && text_is_digits(text) && strlen(text) <= 2) {
        char *whole = mem_printf("%s-%02d", app->month, atoi(text));
        mem_replace(&text, whole);
        free(whole);
    }
    if (text[0] == '\0' || field == NULL) {
        mem_replace(&row->cells[batch->column], text);
    } else if (field->type->parse(field, &context, text, &value, &error) == 0) {
        mem_replace(&row->cells[batch->column], value);
    } else {
        batch->editing = true;
        app_warn(app, "%s：%s", row->name, error);
    }
    if (!batch->editing && row->cells[CELL_DATE][0] != '\0')
        fill_rest(app, row);
    free(text);
    free(value);
    free(error);
    return !batch->editing;
}

static void batch_paint(struct screen *screen, struct canvas *canvas)
{
    batchview_paint(batch_of(screen), canvas);
}

// ---- keys

static void choose_answer(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;
    struct batch_row *row = current_row(batch);

    if (row != NULL) {
        mem_replace(&row->cells[batch->column], answer);
        if (row->cells[CELL_DATE][0] == '\0')
            mem_replace(&row->cells[CELL_DATE], client_welcome(app->client)->today);
        fill_rest(app, row);
    }
}

/** Typing begins to edit the cell; in a cell of choices it chooses (tui/app/pick.h). */
static bool batch_key(struct screen *screen, int key)
{
    struct batch_screen *batch = batch_of(screen);
    struct batch_row *row = current_row(batch);
    const struct form_field *field;

    if (batch->editing && key != K_LEFT && key != K_RIGHT) /* these go to the next cell */
        return lineedit_key(&batch->edit, key);
    if (row == NULL || row->filed || !key_is_text(key) || key == ' ' || key == '?')
        return false;
    field = batchview_field(screen->app, row, batch->column);
    if (field != NULL && pick_key(screen->app, batchview_form(screen->app, row), field,
                                  row->cells[batch->column], key, choose_answer, batch))
        return true;
    batch->editing = true;
    lineedit_free(&batch->edit);
    return lineedit_key(&batch->edit, key);
}

static struct list *batch_list(struct screen *screen)
{
    return &batch_of(screen)->list;
}

static void batch_done(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);

    batchrows_free(&batch->rows);
    list_free(&batch->list);
    lineedit_free(&batch->edit);
    free(batch->kept);
    free(batch->waiting);
    free(batch);
}

// ---- drafts: what was filled in survives the terminal

/** All filled rows that are not filed, with the text being typed; new string. */
static char *unfiled(struct batch_screen *batch)
{
    struct batch_row *row = current_row(batch);
    char *before = NULL;
    char *text;

    if (batch->editing && row != NULL) {
        before = row->cells[batch->column];
        row->cells[batch->column] = lineedit_text(&batch->edit);
    }
    text = batchrows_text(&batch->rows);
    if (before != NULL) {
        free(row->cells[batch->column]);
        row->cells[batch->column] = before;
    }
    return text;
}

static void batch_save(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);
    char *own = unfiled(batch);
    char *text = batchrows_join(&batch->rows, batch->waiting, own);

    if (strcmp(text, batch->kept) != 0 && batchrows_keep(screen->app, screen->month, text) == 0)
        mem_replace(&batch->kept, text);
    free(own);
    free(text);
}

static void take_draft(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;
    size_t count = batchrows_take(&batch->rows, batch->waiting);

    (void)answer;
    mem_replace(&batch->waiting, "");
    list_reset(&batch->list, batch->rows.count);
    app_say(app, "已恢复草稿，%zu 人", count);
}

/** At opening offers the draft, if there is one. */
static void offer_draft(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);
    char *at = NULL;
    char *text;

    if (batch->draft_asked)
        return;
    batch->draft_asked = true;
    text = batchrows_draft(screen->app, screen->month, &at);
    if (text != NULL) {
        char *ask = mem_printf("有 %s 没有提交完的批量登记，接着填吗？", at);
        mem_replace(&batch->kept, text);
        mem_replace(&batch->waiting, text);
        if (batch->rows.count == 0)
            take_draft(screen->app, batch, "");
        else
            ask_confirm(screen->app, ask, take_draft, batch);
        free(ask);
    }
    free(text);
    free(at);
}

// ---- opening

static struct batch_screen *batch_new(void)
{
    struct batch_screen *batch = mem_new(sizeof *batch);

    batch->screen.ops = &BATCH_OPS;
    batch->kept = mem_copy("");
    batch->waiting = mem_copy("");
    return batch;
}

struct gather {
    struct batch_rows *rows;
    const struct sheet *sheet;
};

static void add_row(size_t row, void *arg)
{
    struct gather *gather = arg;

    (void)batchrows_add(gather->rows, gather->sheet, row);
}

void batch_open(struct app *app, const struct table *due)
{
    struct batch_screen *batch;
    struct gather gather = {.sheet = due->sheet};

    if (due->sheet == NULL || due->list.view_count == 0) {
        app_say(app, "清单里没有人");
        return;
    }
    batch = batch_new();
    gather.rows = &batch->rows;
    if (due->list.mark_count > 0)
        table_chosen(due, add_row, &gather);
    else
        for (size_t place = 0; place < due->list.view_count; place++)
            add_row(due->list.view[place], &gather);
    list_reset(&batch->list, batch->rows.count);
    app_push(app, &batch->screen);
}

void batch_resume(struct app *app, const char *month)
{
    struct batch_screen *batch = batch_new();

    app_push(app, &batch->screen);
    app_set_month(app, &batch->screen, month);
}

// ---- handlers

static void move(struct app *app, long rows, int columns)
{
    struct batch_screen *batch = batch_of(app->top);
    int column;

    if (!end_edit(batch))
        return;
    (void)list_move(&batch->list, rows);
    column = (int)batch->column + columns;
    batch->column = column < 0 ? CELL_DATE : column >= CELL_COUNT ? CELL_NOTE : (enum cell)column;
}

static void batch_down(struct app *app)
{
    move(app, 1, 0);
}

static void batch_up(struct app *app)
{
    move(app, -1, 0);
}

static void batch_right(struct app *app)
{
    move(app, 0, 1);
}

static void batch_left(struct app *app)
{
    move(app, 0, -1);
}

static void batch_page_down(struct app *app)
{
    if (end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, 1);
}

static void batch_page_up(struct app *app)
{
    if (end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, -1);
}

/** Fills a row with the ordinary case for today. */
static void fill(struct app *app, struct batch_row *row)
{
    if (row->filed)
        return;
    if (row->cells[CELL_DATE][0] == '\0')
        mem_replace(&row->cells[CELL_DATE], client_welcome(app->client)->today);
    fill_rest(app, row);
}

static void empty(struct batch_row *row)
{
    for (enum cell cell = CELL_DATE; !row->filed && cell < CELL_COUNT; cell++)
        mem_replace(&row->cells[cell], "");
}

/** True if the row holds only what fill() puts there. */
static bool is_ordinary(struct app *app, const struct batch_row *row)
{
    const char *today = client_welcome(app->client)->today;
    const char *by = row->usual[0] != '\0' ? row->usual : app_account(app)->name;
    bool ordinary = strcmp(row->cells[CELL_DATE], today) == 0 &&
                    strcmp(row->cells[CELL_BY], by) == 0 && row->cells[CELL_NOTE][0] == '\0';

    for (enum cell cell = CELL_MODE; ordinary && cell <= CELL_RESULT; cell++) {
        const struct form_field *field = batchview_field(app, row, cell);
        ordinary = field != NULL && strcmp(row->cells[cell], field->initial) == 0;
    }
    return ordinary;
}

/** Fills an empty row and goes on. A key pressed by mistake must not remove typed text. */
static void fill_and_go_on(struct app *app, bool may_empty)
{
    struct batch_screen *batch = batch_of(app->top);
    struct batch_row *row = current_row(batch);
    bool typed = batch->editing;

    if (!end_edit(batch) || row == NULL)
        return;
    if (!batchrow_filled(row)) {
        fill(app, row);
    } else if (!typed && may_empty) {
        if (!is_ordinary(app, row)) {
            app_say(app, "%s 这一行填了内容，要清除按 F6", row->name);
            return;
        }
        empty(row);
    }
    (void)list_move(&batch->list, 1);
}

static void batch_toggle(struct app *app)
{
    fill_and_go_on(app, true);
}

static void batch_enter(struct app *app)
{
    fill_and_go_on(app, false);
}

static void batch_fill(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);

    for (size_t i = 0; end_edit(batch) && i < batch->list.count; i++)
        fill(app, &batch->rows.items[i]);
}

static void batch_clear(struct app *app)
{
    struct batch_row *row = current_row(batch_of(app->top));

    batch_of(app->top)->editing = false;
    if (row != NULL)
        empty(row);
}

static void confirmed(struct app *app, void *arg, const char *answer);

static void say_outcome(struct app *app, struct batch_screen *batch,
                        const struct batch_filed *filing)
{
    struct str text = {0};

    str_printf(&text, "登记了 %zu 人", filing->filed);
    visit_move_words(&text, filing->before, filing->after);
    if (filing->refused == 0) {
        app_say(app, "%s", str_text(&text));
    } else {
        app_warn(app, "%s；%zu 人没有成功：原因在行末，改正后再按 F2", str_text(&text),
                 filing->refused);
    }
    str_free(&text);
    if (filing->remarked > 0) {
        char *ask = mem_printf("%zu 行有提示，见行末（光标移到该行看全文）。仍要登记这些行吗？",
                               filing->remarked);
        ask_confirm(app, ask, confirmed, batch);
        free(ask);
    }
}

static void file_all(struct app *app, struct batch_screen *batch, bool confirm)
{
    struct batch_filed filed;

    batchfile_rows(app, &batch->rows, batch->screen.below, confirm, &filed);
    batch_save(&batch->screen); /* the filed rows leave the draft */
    say_outcome(app, batch, &filed);
    batchfile_free(&filed);
    for (struct screen *screen = batch->screen.below; screen != NULL; screen = screen->below)
        screen->stale = true;
}

static void confirmed(struct app *app, void *arg, const char *answer)
{
    (void)answer;
    file_all(app, arg, true);
}

static void batch_submit(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);

    if (end_edit(batch))
        file_all(app, batch, false);
}

static void leave(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;

    if (!ask_leave_keeps(answer) && !ask_leave_drops(answer))
        return;
    if (ask_leave_keeps(answer))
        batch_save(&batch->screen);
    else if (strcmp(batch->kept, batch->waiting) != 0)
        (void)batchrows_keep(app, batch->screen.month, batch->waiting);
    app_pop_to(app, &batch->screen);
    app_pop(app);
    app_changed(app); /* the first screen lists drafts */
}

static void batch_cancel(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);
    char *text;

    if (batch->editing) {
        batch->editing = false;
        return;
    }
    text = unfiled(batch);
    if (text[0] != '\0')
        ask_leave(app, true, leave, batch);
    else if (strcmp(batch->kept, batch->waiting) != 0)
        leave(app, batch, ASK_LEAVE_DROP);
    else
        app_pop(app); /* nothing has changed */
    free(text);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"batch.file", "提交", "F2", "提交填了日期的行", NULL, batch_submit},
    {"batch.fill", "全填", "F3", "没填的行都填今天", NULL, batch_fill},
    {"batch.toggle", "填", "Space", "填今天，再按一次清除", NULL, batch_toggle},
    {"batch.enter", "下一行", "Enter", "没填的填今天，到下一行", NULL, batch_enter},
    {"batch.clear", "清除", "F6 Del", "清除这一行", NULL, batch_clear},
    {"batch.down", "下", "Down", "下一行", NULL, batch_down},
    {"batch.up", "上", "Up", "上一行", NULL, batch_up},
    {"batch.right", "右", "Right Tab", "下一格", NULL, batch_right},
    {"batch.left", "左", "Left BackTab", "上一格", NULL, batch_left},
    {"batch.pgdn", "下页", "PgDn", "下一页", NULL, batch_page_down},
    {"batch.pgup", "上页", "PgUp", "上一页", NULL, batch_page_up},
    {"batch.cancel", "返回", "Esc F10", "返回清单，可存草稿", NULL, batch_cancel},
};

const struct screen_ops BATCH_OPS = {
    .title = "批量登记",
    .is = SCREEN_TYPED,
    .refresh = offer_draft,
    .paint = batch_paint,
    .key = batch_key,
    .list = batch_list,
    .save = batch_save,
    .done = batch_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
