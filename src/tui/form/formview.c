/* The form screen: draws the items of the form. */
#include "tui/form/form.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/areas.h"
#include "tui/app/officers.h"
#include "tui/app/pick.h"
#include "tui/kit/canvas.h"
#include "tui/kit/memo.h"

#include <stdlib.h>
#include <string.h>

enum { LABEL_LEAST = 8, LABEL_MOST = 20, LABEL_SHARE = 3, MEMO_LINES = 5 };

/** The labels' column: as wide as the widest, at most a third of a window of that width. */
static int label_width(const struct formmodel *model, int columns)
{
    int most = columns / LABEL_SHARE > LABEL_MOST ? columns / LABEL_SHARE : LABEL_MOST;
    int widest = LABEL_LEAST;

    for (size_t i = 0; i < model->count; i++) {
        int width =
            model->items[i].type == FORMITEM_FIELD ? text_width(model->items[i].field->label) : 0;
        widest = width > widest ? width : widest;
    }
    for (size_t i = 0; model->form->subject == FORM_VISIT && i < model->field_count; i++) {
        int width = text_width(model->fields[i].label); /* unfolding moves nothing */
        widest = width > widest ? width : widest;
    }
    return widest > most ? most : widest;
}

/** Draws an item's problem in as many lines as it needs; without a canvas only counts them. */
static int problem_lines(const struct problem *problem, struct canvas *canvas, int y, int x,
                         int columns)
{
    enum style style = problem->warning ? STYLE_WARN : STYLE_BAD;
    int room = columns - x - 2 < 8 ? 8 : columns - x - 2;
    int lines = 0;

    for (const char *text = problem->text; *text != '\0'; lines++) {
        const char *from = text;
        char *line = mem_copy_bytes(from, text_take_line(&text, room));
        if (canvas != NULL && y + lines < canvas->rows) {
            (void)draw_format(canvas, y + lines, x, style, "%s %s",
                              lines > 0          ? " "
                              : problem->warning ? "?"
                                                 : "!",
                              line);
        }
        free(line);
    }
    return lines;
}

static bool is_memo(const struct formitem *item)
{
    return item->type == FORMITEM_FIELD && strcmp(item->field->type->name, "memo") == 0;
}

static bool is_edited(const struct form_screen *form, size_t i)
{
    return i == form->model.current && form->editing != NULL;
}

/** The text of a field of several lines, with what is being typed; new string. */
static char *memo_text(const struct form_screen *form, size_t i)
{
    return is_edited(form, i) ? lineedit_text(&form->edit)
                              : formmodel_text(&form->model, &form->model.items[i]);
}

// ---- what stands behind the labels

enum { ROW_INDENT = 4 };

/** What a field shows while nothing is typed into it; new string. */
static char *shown_text(const struct form_screen *form, const struct formitem *item)
{
    char *text = formmodel_text(&form->model, item);

    if (item->field->sensitive && form->spec.dialog != NULL)
        memset(text, '*', strlen(text));
    if (item->field->codes != NULL && text[0] != '\0') {
        char *shown = pick_label(form->spec.form, item->field, text);
        free(text);
        text = shown;
    }
    return text;
}

/** The name behind a division's code or an officer's number; "" if there is none. */
static const char *name_behind(const struct form_screen *form, const struct formitem *item,
                               const char *code)
{
    struct app *app = form->screen.app;

    return code[0] == '\0'                                ? ""
           : strcmp(item->field->type->name, "area") == 0 ? areas_name(app, code)
           : form_is_visitor(form, item)                  ? officers_known(app, code)
                                                          : "";
}

/** A row of a list in one line; new string. */
static char *row_text(const struct form_screen *form, const struct formitem *item)
{
    char *text = formmodel_text(&form->model, item);
    char *line = mem_printf("%zu. %s", item->row + 1, text);

    free(text);
    return line;
}

// ---- the numbers by which choices are made (tui/app/pick.h)

/** Where the numbers stand: always in the same columns, so that a choice sends few bytes. */
struct numbers {
    char *text; /* "" = nowhere */
    int x;
    bool below; /* in a line of their own */
};

enum {
    SET_ROOM = 20, /* columns for the chosen items of a set */
    NUMBERS_LEAST = 2
};

static struct numbers find_numbers(const struct form *form, const struct formitem *item, int label,
                                   int columns)
{
    struct numbers numbers = {.x = label + 4};
    size_t count = 0;
    const char *const *labels =
        formmodel_editable(item) ? item->field->type->choices(item->field, &count) : NULL;
    int widest = strcmp(item->field->type->name, "set") == 0 ? SET_ROOM : 0;
    int width;

    numbers.text = labels == NULL ? mem_copy("") : pick_numbers(form, item->field);
    width = text_width(numbers.text);
    for (size_t i = 0; labels != NULL && numbers.text[0] != '\0' && i < count; i++) {
        char *item_label = pick_label(form, item->field, labels[i]);
        widest = text_width(item_label) > widest ? text_width(item_label) : widest;
        free(item_label);
    }
    numbers.below = numbers.x + widest + 2 + width > columns;
    if (!numbers.below)
        numbers.x += widest + 2;
    else if (numbers.x + width > columns)
        numbers.x = columns - width;
    if (numbers.x < NUMBERS_LEAST)
        mem_replace(&numbers.text, "");
    numbers.below = numbers.below && numbers.text[0] != '\0';
    return numbers;
}

static bool has_numbers_below(const struct form *form, const struct formitem *item, int label,
                              int columns)
{
    struct numbers numbers;

    if (item->type != FORMITEM_FIELD)
        return false;
    numbers = find_numbers(form, item, label, columns);
    free(numbers.text);
    return numbers.below;
}

/** True if an item's text takes as many lines as it needs: always that of several lines, any other while it
 *  is not typed into. */
static bool flows(const struct form_screen *form, size_t i, int label, int columns)
{
    const struct formitem *item = &form->model.items[i];

    if (is_memo(item))
        return true;
    if (item->type != FORMITEM_FIELD || is_edited(form, i) || item->field->sensitive ||
        item->field->codes != NULL)
        return false;
    char *text = formmodel_text(&form->model, item);
    bool wide = text_width(text) > columns - label - 4;
    free(text);
    return wide;
}

/** Lines of an item without its problems. */
static int own_lines(const struct form_screen *form, size_t i, int label, int columns)
{
    if (!flows(form, i, label, columns))
        return has_numbers_below(form->spec.form, &form->model.items[i], label, columns) ? 2 : 1;
    char *text = memo_text(form, i);
    size_t count = memo_wrap(text, columns - label - 5, NULL, 0);
    free(text);
    return count < MEMO_LINES ? (int)count : MEMO_LINES;
}

/** Draws all problems of an item; without a canvas only counts the lines. */
static int all_problem_lines(const struct form_screen *form, size_t i, struct canvas *canvas, int y,
                             int label, int columns)
{
    const struct formmodel *model = &form->model;
    const struct problem *problem = NULL;
    int lines = 0;

    for (size_t k = 0; (problem = formmodel_problem(model, &model->items[i], k)) != NULL; k++)
        lines += problem_lines(problem, canvas, y + lines, label + 4, columns);
    return lines;
}

static int item_lines(const struct form_screen *form, size_t i, int label, int columns)
{
    return own_lines(form, i, label, columns) + all_problem_lines(form, i, NULL, 0, label, columns);
}

int formview_lines(const struct form_screen *form, int columns)
{
    int label = label_width(&form->model, columns);
    int lines = 0;

    for (size_t i = 0; i < form->model.count; i++)
        lines += item_lines(form, i, label, columns);
    return lines;
}

/** Columns of a field with its text; of one of several lines only the label's. */
static int field_columns(const struct form_screen *form, const struct formitem *item, int label)
{
    int before = label + 4;

    if (is_memo(item))
        return before;
    char *text = shown_text(form, item);
    char *numbers =
        formmodel_editable(item) ? pick_numbers(form->spec.form, item->field) : mem_copy("");
    int width = before + text_width(text) + 1 + text_width(name_behind(form, item, text)) + 1;
    int below = NUMBERS_LEAST + text_width(numbers);
    free(numbers);
    free(text);
    return width > below ? width : below;
}

int formview_columns(const struct form_screen *form, int most)
{
    const struct formmodel *model = &form->model;
    int label = label_width(model, most);
    int widest = text_width(form->spec.title);

    for (size_t i = 0; i < model->count; i++) {
        const struct formitem *item = &model->items[i];
        int width = 0;
        if (item->type == FORMITEM_ROW) {
            char *line = row_text(form, item);
            width = ROW_INDENT + text_width(line);
            free(line);
        } else if (item->type == FORMITEM_FIELD) {
            width = field_columns(form, item, label);
        }
        widest = width > widest ? width : widest;
    }
    return widest < most ? widest : most;
}

/** Scrolls so that the current item and its problems are on the screen. */
static void scroll(struct form_screen *form, int label, int rows, int columns)
{
    const struct formmodel *model = &form->model;
    int used = 0;

    if (form->top > model->current) {
        form->top = model->current;
        /* Show its heading, too. */
        if (form->top > 0 && model->items[form->top - 1].type != FORMITEM_FIELD)
            form->top--;
    }
    for (size_t i = form->top; i <= model->current && i < model->count; i++)
        used += item_lines(form, i, label, columns);
    while (used > rows && form->top < model->current)
        used -= item_lines(form, form->top++, label, columns);
}

static void paint_edit(struct form_screen *form, struct canvas *canvas, int y, int x)
{
    int width = canvas->columns - x - 1;
    struct lineedit_view view = lineedit_view(&form->edit, width);

    if (view.left)
        (void)draw_text(canvas, y, x, 1, "<", STYLE_FAINT);
    (void)draw_text(canvas, y, x + view.start, width, str_text(&view.text), STYLE_FIELD);
    if (view.right)
        (void)draw_text(canvas, y, x + width - 1, 1, ">", STYLE_FAINT);
    draw_cursor(canvas, y, x + view.cursor);
    str_free(&view.text);
}

static void paint_name(const struct form_screen *form, struct canvas *canvas, int y, int x,
                       const struct formitem *item, const char *code)
{
    (void)draw_text(canvas, y, x + text_width(code) + 1, canvas->columns - x,
                    name_behind(form, item, code), STYLE_FAINT);
}

/** Paints the lines around the cursor; signs show that there are more. */
static void paint_memo(struct form_screen *form, struct canvas *canvas, int y, size_t i, int x)
{
    struct memo_line lines[FORM_MEMO_MOST];
    int width = canvas->columns - x - 1;
    char *text = memo_text(form, i);
    size_t count = memo_wrap(text, width, lines, FORM_MEMO_MOST);
    size_t cursor = 0;
    size_t first;
    int column = 0;

    if (is_edited(form, i)) {
        form->memo_width = width;
        memo_cursor(&form->edit, width, &cursor, &column);
    }
    count = count < FORM_MEMO_MOST ? count : FORM_MEMO_MOST;
    first = cursor < MEMO_LINES ? 0 : cursor - MEMO_LINES + 1;
    for (size_t k = first; k < count && k < first + MEMO_LINES; k++) {
        int row = y + (int)(k - first);
        bool more = (k == first && first > 0) || (k + 1 == first + MEMO_LINES && k + 1 < count);
        char *line = mem_copy_bytes(text + lines[k].from, lines[k].to - lines[k].from);
        if (row < canvas->rows) {
            (void)draw_text(canvas, row, x - 1, 1, more ? k == first ? "^" : "v" : " ",
                            STYLE_FAINT);
            (void)draw_text(canvas, row, x, width, line,
                            i == form->model.current ? STYLE_FIELD : STYLE_PLAIN);
        }
        free(line);
    }
    if (is_edited(form, i))
        draw_cursor(canvas, y + (int)(cursor - first), x + column);
    free(text);
}

/** Paints the numbers beside or below the chosen item, which ends at `used`; for more than nine
 *  items only a sign. */
static void paint_numbers(const struct form_screen *form, struct canvas *canvas, int y, int used,
                          const struct formitem *item, int label)
{
    struct numbers numbers = find_numbers(form->spec.form, item, label, canvas->columns);
    bool current = item == formmodel_item(&form->model);
    size_t count = 0;

    if (numbers.text[0] != '\0')
        (void)draw_text(canvas, numbers.below ? y + 1 : y, numbers.x, canvas->columns,
                        numbers.below || used < numbers.x ? numbers.text : "", STYLE_FAINT);
    else if (current && formmodel_editable(item) &&
             item->field->type->choices(item->field, &count) != NULL)
        (void)draw_text(canvas, y, used + 1, canvas->columns, "<>", STYLE_FAINT);
    free(numbers.text);
}

static void paint_field(struct form_screen *form, struct canvas *canvas, int y, size_t i, int label)
{
    const struct formitem *item = &form->model.items[i];
    bool current = i == form->model.current;
    int x = label + 4;

    /* Marker and cursor show the current field; an unchanged label sends no bytes. */
    if (formmodel_required(&form->model, item))
        (void)draw_text(canvas, y, 1, 1, "*", STYLE_FAINT);
    draw_cell(canvas, y, 2, label, item->field->label, false, STYLE_FAINT);
    if (flows(form, i, label, canvas->columns)) {
        paint_memo(form, canvas, y, i, x);
        return;
    }
    if (current && form->editing != NULL) {
        char *typed = lineedit_text(&form->edit);
        paint_edit(form, canvas, y, x);
        paint_name(form, canvas, y, x, item, typed);
        free(typed);
        return;
    }
    char *text = shown_text(form, item);
    paint_name(form, canvas, y, x, item, text);
    x += draw_rest(canvas, y, x, text, STYLE_PLAIN);
    if (current)
        draw_cursor(canvas, y, label + 4);
    paint_numbers(form, canvas, y, x, item, label);
    free(text);
}

static void paint_item(struct form_screen *form, struct canvas *canvas, int y, size_t i, int label)
{
    const struct formitem *item = &form->model.items[i];
    bool current = i == form->model.current;

    if (current) {
        (void)draw_text(canvas, y, 0, 1, draw_marker(canvas), STYLE_SELECTED);
        draw_cursor(canvas, y, 0);
    }
    switch (item->type) {
    case FORMITEM_SECTION:
        draw_heading(canvas, y, item->text);
        break;
    case FORMITEM_FIELD:
        paint_field(form, canvas, y, i, label);
        break;
    case FORMITEM_LIST:
        (void)draw_format(canvas, y, 2, STYLE_STRONG, "%s（%zu）", item->field->label,
                          fields_rows(form->values, item->field->id));
        break;
    case FORMITEM_ROW: {
        char *line = row_text(form, item);
        (void)draw_rest(canvas, y, ROW_INDENT, line, STYLE_PLAIN);
        free(line);
        break;
    }
    case FORMITEM_ADD:
        (void)draw_text(canvas, y, 4, canvas->columns, "+ 回车增加一行", STYLE_FAINT);
        break;
    }
}

size_t formview_paint(struct form_screen *form, struct canvas *canvas)
{
    int label = label_width(&form->model, canvas->columns);
    int y = 0;
    size_t i;

    scroll(form, label, canvas->rows, canvas->columns);
    for (i = form->top; i < form->model.count && y < canvas->rows; i++) {
        paint_item(form, canvas, y, i, label);
        y += own_lines(form, i, label, canvas->columns);
        y += all_problem_lines(form, i, canvas, y, label, canvas->columns);
    }
    return form->model.count - i;
}
