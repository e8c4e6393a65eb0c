#include "tui/screens/batch.h"

#include "base/mem.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/screens/batchgrid.h"

#include <stdlib.h>
#include <string.h>

static struct batch_screen *batch_of(struct screen *screen)
{
    return (struct batch_screen *)screen;
}

static void paint_head(const struct batch_screen *batch, struct canvas *canvas)
{
    size_t behind = batch->list.top + batch->list.page;
    int x = 1;

    x += draw_format(canvas, 0, x, STYLE_PLAIN, "共 %zu 人，已填 %zu 人", batch->list.count,
                     batchrows_dated(&batch->rows));
    if (behind < batch->list.count) {
        x +=
            draw_format(canvas, 0, x, STYLE_PLAIN, "，下面还有 %zu 人", batch->list.count - behind);
    }
    (void)draw_text(canvas, 0, x, canvas->columns, "。空格 填今天，F2 提交", STYLE_PLAIN);
}

static const struct batch_kind KIND = {
    .draft = BATCH_DRAFT,
    .hint = "打几号，如 27、1126、-1（昨天）；13 号起打完就到下一人，其余再按回车",
    .paint_head = paint_head,
};

// ---- opening

static void take_draft(struct app *app, void *arg, const char *answer)
{
    (void)answer;
    batchgrid_take_draft(app, arg);
}

/** At opening offers the draft, if there is one. */
static void offer_draft(struct screen *screen)
{
    struct batch_screen *batch = batch_of(screen);
    char *at = NULL;
    char *text = batchgrid_draft(batch, &at);

    if (text != NULL) {
        char *ask = mem_printf("有 %s 没有提交完的批量登记，接着填吗？", at);
        if (batch->rows.count == 0)
            take_draft(screen->app, batch, "");
        else
            ask_confirm(screen->app, ask, take_draft, batch);
        free(ask);
    }
    free(text);
    free(at);
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

    batch = batchgrid_new(sizeof *batch, &BATCH_OPS, &KIND);
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
    struct batch_screen *batch = batchgrid_new(sizeof *batch, &BATCH_OPS, &KIND);

    app_push(app, &batch->screen);
    app_set_month(app, &batch->screen, month);
}

// ---- handlers

static const char *today(const struct app *app)
{
    return client_welcome(app->client)->today;
}

/** True if the row holds only what batchgrid_fill() puts there. */
static bool is_ordinary(struct app *app, const struct batch_row *row)
{
    const char *by = row->usual[0] != '\0' ? row->usual : app_account(app)->name;
    bool ordinary = strcmp(row->cells[CELL_DATE], today(app)) == 0 &&
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
    struct batch_row *row = batchgrid_row(batch);
    bool typed = batch->editing;

    if (!batchgrid_end_edit(batch) || row == NULL)
        return;
    if (!batchrow_filled(row)) {
        batchgrid_fill(app, row, today(app));
    } else if (!typed && may_empty) {
        if (!is_ordinary(app, row)) {
            app_say(app, "%s 这一行填了内容，要清除按 F6", row->name);
            return;
        }
        batchgrid_empty(row);
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

    for (size_t i = 0; batchgrid_end_edit(batch) && i < batch->list.count; i++)
        batchgrid_fill(app, &batch->rows.items[i], today(app));
}

static void batch_submit(struct app *app)
{
    struct batch_screen *batch = batch_of(app->top);

    if (batchgrid_end_edit(batch))
        batchgrid_file(app, batch, false);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"batch.file", "提交", "F2", "提交填了日期的行", NULL, batch_submit, .records = true},
    {"batch.fill", "全填", "F3", "没填的行都填今天", NULL, batch_fill},
    {"batch.toggle", "填", "Space", "填今天，再按一次清除", NULL, batch_toggle},
    {"batch.enter", "下一行", "Enter", "没填的填今天，到下一行", NULL, batch_enter},
    {"batch.clear", "清除", "F6 Del", "清除这一行", NULL, batchgrid_clear},
    {"batch.down", "下", "Down", "下一行", NULL, batchgrid_down},
    {"batch.up", "上", "Up", "上一行", NULL, batchgrid_up},
    {"batch.right", "右", "Right Tab", "下一格", NULL, batchgrid_right},
    {"batch.left", "左", "Left BackTab", "上一格", NULL, batchgrid_left},
    {"batch.pgdn", "下页", "PgDn", "下一页", NULL, batchgrid_page_down},
    {"batch.pgup", "上页", "PgUp", "上一页", NULL, batchgrid_page_up},
    {"batch.cancel", "返回", "Esc F10", "返回清单，可存草稿", NULL, batchgrid_cancel},
};

const struct screen_ops BATCH_OPS = {
    .title = "批量登记",
    .is = SCREEN_TYPED,
    .refresh = offer_draft,
    BATCHGRID_OPS,
    .actions = {ACTION_TABLE(ACTIONS)},
};
