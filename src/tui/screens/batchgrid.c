#include "tui/screens/batchgrid.h"

#include "base/date.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "tui/app/ask.h"
#include "tui/app/pick.h"
#include "tui/kit/keys.h"
#include "tui/screens/batchfile.h"
#include "tui/screens/visit.h"

#include <stdlib.h>
#include <string.h>

static struct batch_screen *batch_of(struct screen *screen)
{
    return (struct batch_screen *)screen;
}

struct batch_row *batchgrid_row(struct batch_screen *batch)
{
    long row = list_row(&batch->list);

    return row < 0 ? NULL : &batch->rows.items[row];
}

void *batchgrid_new(size_t size, const struct screen_ops *ops, const struct batch_kind *kind)
{
    struct batch_screen *batch = mem_new(size);

    batch->screen.ops = ops;
    batch->kind = kind;
    batch->kept = mem_copy("");
    batch->waiting = mem_copy("");
    return batch;
}

void batchgrid_done(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);

    batchrows_free(&batch->rows);
    list_free(&batch->list);
    lineedit_free(&batch->edit);
    free(batch->kept);
    free(batch->waiting);
    free(batch);
}

void batchgrid_paint(struct screen *screen, struct canvas *canvas)
{
    batchview_paint(batch_of(screen), canvas);
}

struct list *batchgrid_list(struct screen *screen)
{
    return &batch_of(screen)->list;
}

// ---- cells

void batchgrid_fill(struct app *app, struct batch_row *row, const char *date)
{
    if (batchrow_is_shut(row))
        return;
    if (row->cells[CELL_DATE][0] == '\0')
        mem_replace(&row->cells[CELL_DATE], date);
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

void batchgrid_empty(struct batch_row *row)
{
    for (enum cell cell = CELL_DATE; !batchrow_is_shut(row) && cell < CELL_COUNT; cell++)
        mem_replace(&row->cells[cell], "");
}

/** True for a day that has not come yet. */
static bool is_ahead(const struct batch_screen *batch, const char *value)
{
    return batch->column == CELL_DATE &&
           strcmp(value, client_welcome(batch->screen.app->client)->today) > 0;
}

/** True for a bare day that is read as another month's: a printed list is of its month alone. */
static bool is_of_another_month(const struct batch_screen *batch, const char *text,
                                const char *value)
{
    return batch->column == CELL_DATE && batch->kind->jump != NULL && text_is_digits(text) &&
           strlen(text) <= 2 && !text_starts(value, batch->screen.month);
}

/** Puts a text into the cursor's cell, if the cell can hold it. */
static bool put_text(struct batch_screen *batch, const char *text)
{
    struct app *app = batch->screen.app;
    struct batch_row *row = batchgrid_row(batch);
    const struct form_field *field = batchview_field(app, row, batch->column);
    struct type_context context = {.today = app_today(app), .typed = true};
    char *value = NULL;
    char *error = NULL;
    bool taken = true;

    (void)month_parse(batch->screen.month, &context.shown);
    if (text[0] == '\0' || field == NULL) {
        mem_replace(&row->cells[batch->column], text);
    } else if (field->type->parse(field, &context, text, &value, &error) == 0 &&
               !is_ahead(batch, value) && !is_of_another_month(batch, text, value)) {
        mem_replace(&row->cells[batch->column], value);
    } else {
        taken = false;
        app_warn(app, "%s：%s", row->name, error != NULL ? error : "日期还没到，请核对");
    }
    if (taken && row->cells[CELL_DATE][0] != '\0')
        batchgrid_fill(app, row, "");
    free(value);
    free(error);
    return taken;
}

bool batchgrid_end_edit(struct batch_screen *batch)
{
    enum batch_jump jump = BATCH_JUMP_NONE;
    char *text;

    if (!batch->editing || batchgrid_row(batch) == NULL)
        return true;
    text = lineedit_text(&batch->edit);
    if (batch->column == CELL_DATE && batch->kind->jump != NULL)
        jump = batch->kind->jump(batch, &text);
    batch->editing =
        jump == BATCH_JUMP_FAILED || (jump != BATCH_JUMP_ROW && !put_text(batch, text));
    free(text);
    return !batch->editing;
}

static void choose_answer(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;
    struct batch_row *row = batchgrid_row(batch);

    if (row != NULL) {
        mem_replace(&row->cells[batch->column], answer);
        /* On paper stands the day. */
        batchgrid_fill(app, row,
                       batch->kind->jump != NULL ? "" : client_welcome(app->client)->today);
    }
}

/** True if nothing can follow: 13 to 31, which begin neither a month's day (1126) nor a year (2026),
 *  and these when they are whole. */
static bool is_whole_day(const char *text)
{
    enum { DAY = 2, MONTH_DAY = 4, WHOLE = 8, MONTHS = 12, CENTURY = 20 };
    size_t length = strlen(text);

    if (!text_is_digits(text) || length < DAY)
        return false;
    int first = date_digits(text, DAY);
    bool more = first <= MONTHS || first == CENTURY;
    return length == DAY ? !more : length == MONTH_DAY ? first <= MONTHS : length == WHOLE;
}

/** A whole day is taken at once and the next row is at hand: most days need two keys. */
static void go_on(struct batch_screen *batch)
{
    char *text = lineedit_text(&batch->edit);

    if (batch->column == CELL_DATE && batch->kind->jump == NULL && is_whole_day(text) &&
        batchgrid_end_edit(batch))
        batch->went_on = list_move(&batch->list, 1);
    free(text);
}

/** Whoever is used to press a key behind the day gets what it did before. True if the key is used. */
static bool key_behind(struct batch_screen *batch, int key)
{
    bool went_on = batch->went_on;

    batch->went_on = false;
    if (!went_on)
        return false;
    if (key == K_RIGHT || key == K_TAB) {
        (void)list_move(&batch->list, -1);
        batch->column = CELL_MODE;
    } else if (key == K_BACKSPACE) {
        (void)list_move(&batch->list, -1);
    }
    return key == K_RIGHT || key == K_TAB || key == K_BACKSPACE || key == K_ENTER || key == K_DOWN;
}

/** Begins or goes on with typing into the cursor's cell. */
static bool type_key(struct batch_screen *batch, int key)
{
    bool used = lineedit_key(&batch->edit, key);

    if (used && key >= '0' && key <= '9')
        go_on(batch);
    return used;
}

/** Typing begins to edit the cell; in a cell of choices it chooses (tui/app/pick.h). */
bool batchgrid_key(struct screen *screen, int key)
{
    struct batch_screen *batch = batch_of(screen);
    struct batch_row *row = batchgrid_row(batch);
    const struct form_field *field;
    bool jumps = batch->column == CELL_DATE && batch->kind->jump != NULL;

    if (key_behind(batch, key))
        return true;
    if (batch->editing && key != K_LEFT && key != K_RIGHT) /* these go to the next cell */
        return type_key(batch, key);
    if (row == NULL || (batchrow_is_shut(row) && !jumps) || !key_is_text(key) || key == ' ' ||
        key == '?')
        return false;
    field = batchview_field(screen->app, row, batch->column);
    if (field != NULL && pick_key(screen->app, batchview_form(screen->app, row), field,
                                  row->cells[batch->column], key, choose_answer, batch))
        return true;
    batch->editing = true;
    lineedit_free(&batch->edit);
    return type_key(batch, key);
}

// ---- drafts: what was filled in survives the terminal

/** All filled rows that are not filed, with the text being typed; new string. */
static char *unfiled(struct batch_screen *batch)
{
    struct batch_row *row = batchgrid_row(batch);
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

static struct batch_draft draft_of(struct batch_screen *batch)
{
    const char *code = batch->rows.code;

    return (struct batch_draft){.form = batch->kind->draft,
                                .title = batch->screen.ops->title,
                                .record = code != NULL ? code : batch->screen.month};
}

static enum result keep(struct batch_screen *batch, const char *text)
{
    struct batch_draft draft = draft_of(batch);

    return batchrows_keep(batch->screen.app, &draft, text);
}

void batchgrid_save(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);
    char *own = unfiled(batch);
    char *text = batchrows_join(&batch->rows, batch->waiting, own);

    if (strcmp(text, batch->kept) != 0 && keep(batch, text) == 0)
        mem_replace(&batch->kept, text);
    free(own);
    free(text);
}

void batchgrid_take_draft(struct app *app, struct batch_screen *batch)
{
    size_t count = batchrows_take(&batch->rows, batch->waiting);

    mem_replace(&batch->waiting, "");
    list_reset(&batch->list, batch->rows.count);
    app_say(app, "已恢复草稿，%zu 人", count);
}

char *batchgrid_draft(struct batch_screen *batch, char **ret_at)
{
    struct batch_draft draft = draft_of(batch);
    char *text;

    if (batch->draft_asked)
        return NULL;
    batch->draft_asked = true;
    text = batchrows_draft(batch->screen.app, &draft, ret_at);
    if (text != NULL) {
        mem_replace(&batch->kept, text);
        mem_replace(&batch->waiting, text);
    }
    return text;
}

// ---- filing

static void confirmed(struct app *app, void *arg, const char *answer)
{
    (void)answer;
    batchgrid_file(app, arg, true);
}

static void say_outcome(struct app *app, struct batch_screen *batch,
                        const struct batch_filed *filing)
{
    struct str text = {0};

    if (filing->filed + filing->refused + filing->remarked == 0) {
        app_warn(app, "还没有填好的行：空格填今天，或打几号，再按 F2");
        return;
    }
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

/** Goes to the first row that was refused. */
static void go_to_refused(struct batch_screen *batch)
{
    for (size_t i = 0; i < batch->rows.count; i++)
        if (!batchrow_is_shut(&batch->rows.items[i]) && batch->rows.items[i].outcome != NULL) {
            list_select(&batch->list, i);
            return;
        }
}

void batchgrid_file(struct app *app, struct batch_screen *batch, bool confirm)
{
    struct batch_filed filed;

    batchfile_rows(app, &batch->rows, batch->screen.below, confirm, &filed);
    batchgrid_save(&batch->screen); /* the filed rows leave the draft */
    if (filed.refused > 0)
        go_to_refused(batch);
    say_outcome(app, batch, &filed);
    batchfile_free(&filed);
    for (struct screen *screen = &batch->screen; screen != NULL; screen = screen->below)
        screen->stale = true;
}

// ---- handlers

static void move(struct app *app, long rows, int columns)
{
    struct batch_screen *batch = batch_of(app->top);
    int column;

    if (!batchgrid_end_edit(batch))
        return;
    (void)list_move(&batch->list, rows);
    column = (int)batch->column + columns;
    batch->column = column < 0 ? CELL_DATE : column >= CELL_COUNT ? CELL_NOTE : (enum cell)column;
}

void batchgrid_down(struct app *app)
{
    move(app, 1, 0);
}

void batchgrid_up(struct app *app)
{
    move(app, -1, 0);
}

void batchgrid_right(struct app *app)
{
    move(app, 0, 1);
}

void batchgrid_left(struct app *app)
{
    move(app, 0, -1);
}

void batchgrid_page_down(struct app *app)
{
    if (batchgrid_end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, 1);
}

void batchgrid_page_up(struct app *app)
{
    if (batchgrid_end_edit(batch_of(app->top)))
        list_page(&batch_of(app->top)->list, -1);
}

void batchgrid_clear(struct app *app)
{
    struct batch_row *row = batchgrid_row(batch_of(app->top));

    batch_of(app->top)->editing = false;
    if (row != NULL)
        batchgrid_empty(row);
}

static void leave(struct app *app, void *arg, const char *answer)
{
    struct batch_screen *batch = arg;

    if (!ask_leave_keeps(answer) && !ask_leave_drops(answer))
        return;
    if (ask_leave_keeps(answer))
        batchgrid_save(&batch->screen);
    else if (strcmp(batch->kept, batch->waiting) != 0)
        (void)keep(batch, batch->waiting);
    app_pop_to(app, &batch->screen);
    app_pop(app);
    app_changed(app); /* the first screen lists drafts */
}

void batchgrid_cancel(struct app *app)
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
