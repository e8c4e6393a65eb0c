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

/** What stands at the end of a row: what became of it, or else what changed since it was printed. */
static const char *end_words(const struct batch_row *row)
{
    return row->outcome != NULL ? row->outcome : row->remark != NULL ? row->remark : "";
}

static enum style end_style(const struct batch_row *row)
{
    if (row->filed)
        return STYLE_GOOD;
    return row->outcome != NULL || row->gone ? STYLE_BAD : STYLE_WARN;
}

static void paint_row(struct batch_screen *batch, struct canvas *canvas, int y, size_t place)
{
    const struct batch_row *row = &batch->rows.items[batch->list.view[place]];
    bool selected = place == batch->list.cursor;
    int x = 1;

    (void)draw_text(canvas, y, 0, 1, selected ? draw_marker(canvas) : " ", STYLE_PLAIN);
    if (row->row_code != NULL)
        x += draw_format(canvas, y, x, STYLE_PLAIN, "%5s ", row->row_code);
    else
        x += draw_format(canvas, y, x, STYLE_PLAIN, "%3zu ", place + 1);
    draw_cell(canvas, y, x, batch->names, row->name, false, STYLE_PLAIN);
    x += batch->names + 1;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        paint_cell(batch, canvas, y, x, row, cell, selected && cell == batch->column);
        x += batch->widths[cell] + 1;
    }
    draw_cell(canvas, y, x, canvas->columns - x, end_words(row), false, end_style(row));
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

/** Columns of a row's number, with a blank. */
static int number_width(const struct batch_screen *batch)
{
    return batch->rows.code != NULL ? 6 : 4;
}

/** Gives names all the room they need, and notes the rest of a wide terminal. */
static void set_widths(struct batch_screen *batch, int columns, bool linear)
{
    enum { REST = 54, ORDINARY = 80, SHORT_NOTE = 6 }; /* columns beside the names; of a terminal */
    int rest = REST + number_width(batch);
    int widest = 8;

    for (size_t i = 0; i < batch->rows.count; i++) {
        int width = text_width(batch->rows.items[i].name);
        widest = width > widest ? width : widest;
    }
    bool cut = widest > columns - rest && columns > rest + 8 && !linear;
    batch->names = cut ? columns - rest : widest;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++)
        batch->widths[cell] = CELLS[cell].width;
    if (batch->rows.code != NULL) /* the room is needed for what changed since it was printed */
        batch->widths[CELL_NOTE] = SHORT_NOTE;
    if (columns > ORDINARY)
        batch->widths[CELL_NOTE] += (columns - ORDINARY) / 2;
}

static void paint_headings(const struct batch_screen *batch, struct canvas *canvas)
{
    int x = 1 + number_width(batch);

    if (batch->rows.code != NULL)
        (void)draw_text(canvas, 1, x - 5, canvas->columns, "行码", STYLE_FAINT);
    (void)draw_text(canvas, 1, x, batch->names, "姓名", STYLE_FAINT);
    x += batch->names + 1;
    for (enum cell cell = CELL_DATE; cell < CELL_COUNT; cell++) {
        (void)draw_text(canvas, 1, x, batch->widths[cell], CELLS[cell].label, STYLE_FAINT);
        x += batch->widths[cell] + 1;
    }
}

/** What is said below the rows: about the cursor's row what has no room in it, or else the hint. New
 *  string. */
static char *words_below(const struct batch_screen *batch, enum style *ret_style)
{
    long at = list_row(&batch->list);
    const struct batch_row *row = at < 0 ? NULL : &batch->rows.items[at];

    *ret_style = STYLE_FAINT;
    if (row != NULL && end_words(row)[0] != '\0' && (!row->filed || row->row_code != NULL)) {
        *ret_style = end_style(row);
        return mem_printf("%s：%s", row->name, end_words(row));
    }
    if (row != NULL && text_width(row->name) > batch->names)
        return mem_copy(row->name);
    return mem_copy(batch->kind->hint != NULL ? batch->kind->hint : "");
}

void batchview_paint(struct batch_screen *batch, struct canvas *canvas)
{
    enum { AROUND = 3 /* lines of head, headings and numbers */ };
    struct canvas counting = canvas_part(canvas, 0, 0, 0, canvas->columns);
    enum style style = STYLE_PLAIN;

    set_widths(batch, canvas->columns, canvas->look.linear);
    char *words = words_below(batch, &style);
    int below = draw_lines(&counting, 0, 1, words, style);
    int rows = canvas->rows - AROUND - below;
    list_scroll(&batch->list, rows > 0 ? (size_t)rows : 1);
    batch->kind->paint_head(batch, canvas);
    paint_headings(batch, canvas);
    paint_numbers(batch, canvas, canvas->rows - 1 - below);
    for (size_t y = 0; y < batch->list.page && batch->list.top + y < batch->list.count; y++)
        paint_row(batch, canvas, (int)y + 2, batch->list.top + y);
    (void)draw_lines(canvas, canvas->rows - below, 1, words, style);
    free(words);
}
