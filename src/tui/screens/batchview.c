#include "tui/screens/batchview.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/pick.h"
#include "tui/app/programmes.h"
#include "tui/kit/canvas.h"

#include <stdlib.h>

static const struct {
    const char *label;
    int width;
} CELLS[CELL_COUNT] = {
    [CELL_DATE] = {"日期", 10}, [CELL_MODE] = {"方式", 6},  [CELL_RESULT] = {"结果", 8},
    [CELL_BY] = {"探访人", 8},  [CELL_NOTE] = {"备注", 14},
};

const struct form *batchview_form(struct app *app, const struct batch_row *row)
{
    const struct form *programme = programmes_form(app, row->kind);

    return programme == NULL || !programme->has_visits || programme->visits.record == NULL
               ? NULL
               : programmes_form(app, programme->visits.record);
}

const struct form_field *batchview_field(struct app *app, const struct batch_row *row,
                                         enum cell cell)
{
    const struct form *form = batchview_form(app, row);

    return form == NULL ? NULL : form_field(form, batchrow_field(cell));
}

static void paint_cell(struct batch_screen *batch, struct canvas *canvas, int y, int x,
                       const struct batch_row *row, enum cell cell, bool current)
{
    if (current && batch->editing) {
        struct lineedit_view view = lineedit_view(&batch->edit, batch->widths[cell]);
        (void)draw_text(canvas, y, x + view.start, batch->widths[cell], str_text(&view.text),
                        STYLE_FIELD);
        draw_cursor(canvas, y, x + view.cursor);
        str_free(&view.text);
        return;
    }
    draw_cell(canvas, y, x, batch->widths[cell], row->cells[cell], false,
              current ? STYLE_SELECTED : STYLE_PLAIN);
    if (current)
        draw_cursor(canvas, y, x);
}

static void paint_row(struct batch_screen *batch, struct canvas *canvas, int y, size_t place)
{
    const struct batch_row *row = &batch->rows.items[batch->list.view[place]];
    bool selected = place == batch->list.cursor;
    int x = 1;

    (void)draw_text(canvas, y, 0, 1, selected ? draw_marker(canvas) : " ", STYLE_PLAIN);
    x += draw_format(canvas, y, x, STYLE_PLAIN, "%3zu ", place + 1);
    draw_cell(canvas, y, x, batch->names, row->name, false, STYLE_PLAIN);
    x += batch->names + 1;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        paint_cell(batch, canvas, y, x, row, cell, selected && cell == batch->column);
        x += batch->widths[cell] + 1;
    }
    draw_cell(canvas, y, x, canvas->columns - x, row->outcome == NULL ? "" : row->outcome, false,
              row->filed ? STYLE_GOOD : STYLE_BAD);
}

/** Paints the numbers of the choices in the cursor's cell. */
static void paint_numbers(const struct batch_screen *batch, struct canvas *canvas, int y)
{
    long row = list_row(&batch->list);
    int x = 1;

    for (enum cell cell = CELL_DATE; row >= 0 && cell < CELL_COUNT; cell++) {
        const struct form_field *field =
            batchview_field(batch->screen.app, &batch->rows.items[row], cell);
        if (field == NULL)
            continue;
        char *numbers =
            pick_numbers(batchview_form(batch->screen.app, &batch->rows.items[row]), field);
        if (numbers[0] != '\0')
            x += draw_format(canvas, y, x, STYLE_FAINT, "%s %s", field->label, numbers) + 3;
        free(numbers);
    }
}

/** Gives names all the room they need, and notes the rest of a wide terminal. */
static void set_widths(struct batch_screen *batch, int columns)
{
    enum { REST = 64, ORDINARY = 80 }; /* columns beside the names; of a terminal */
    int widest = 8;

    for (size_t i = 0; i < batch->rows.count; i++) {
        int width = text_width(batch->rows.items[i].name);
        widest = width > widest ? width : widest;
    }
    batch->names = widest > columns - REST && columns > REST + 8 ? columns - REST : widest;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        batch->widths[cell] = CELLS[cell].width;
    if (columns > ORDINARY)
        batch->widths[CELL_NOTE] += (columns - ORDINARY) / 2;
}

static void paint_head(const struct batch_screen *batch, struct canvas *canvas)
{
    size_t behind = batch->list.top + batch->list.page;
    size_t dated = 0;
    int x = 1;

    for (size_t i = 0; i < batch->rows.count; i++) {
        const struct batch_row *row = &batch->rows.items[i];
        dated += row->cells[CELL_DATE][0] != '\0' && !row->filed ? 1 : 0;
    }
    x += draw_format(canvas, 0, x, STYLE_PLAIN, "共 %zu 人，已填 %zu 人", batch->list.count, dated);
    if (behind < batch->list.count) {
        x +=
            draw_format(canvas, 0, x, STYLE_PLAIN, "，下面还有 %zu 人", batch->list.count - behind);
    }
    (void)draw_text(canvas, 0, x, canvas->columns, "。空格 填今天，日期可只打几号，F2 提交",
                    STYLE_PLAIN);
    (void)draw_text(canvas, 1, 5, batch->names, "姓名", STYLE_FAINT);
    x = 6 + batch->names;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        (void)draw_text(canvas, 1, x, batch->widths[cell], CELLS[cell].label, STYLE_FAINT);
        x += batch->widths[cell] + 1;
    }
}

void batchview_paint(struct batch_screen *batch, struct canvas *canvas)
{
    long at = list_row(&batch->list);
    const struct batch_row *current = at < 0 ? NULL : &batch->rows.items[at];

    set_widths(batch, canvas->columns);
    list_scroll(&batch->list, canvas->rows > 4 ? (size_t)canvas->rows - 4 : 1);
    paint_head(batch, canvas);
    paint_numbers(batch, canvas, canvas->rows - 2);
    for (size_t y = 0; y < batch->list.page && batch->list.top + y < batch->list.count; y++)
        paint_row(batch, canvas, (int)y + 2, batch->list.top + y);
    if (current != NULL && current->outcome != NULL && !current->filed) { /* in full */
        (void)draw_format(canvas, canvas->rows - 1, 1, STYLE_BAD, "%s：%s", current->name,
                          current->outcome);
    }
}
