#include "tui/app/listscreen.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "tui/app/action.h"
#include "tui/app/ask.h"
#include "tui/app/figures.h"
#include "tui/kit/canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static struct list_screen *list_of(struct screen *screen)
{
    return (struct list_screen *)screen;
}

void *list_screen_new(size_t size, const struct screen_ops *ops, const struct table_column *columns,
                      size_t count, const char *key, const char *empty)
{
    struct list_screen *list = mem_new(size);

    list->screen.ops = ops;
    list->table.columns = columns;
    list->table.column_count = count;
    list->table.key = key;
    list->table.empty = empty;
    list->table.numbers = true;
    return list;
}

void list_screen_caption(struct list_screen *list, const char *format, ...)
{
    va_list args;

    str_clear(&list->caption);
    va_start(args, format);
    str_vprintf(&list->caption, format, args);
    va_end(args);
}

void list_screen_clear(struct screen *screen)
{
    struct list_screen *list = list_of(screen);

    table_clear(&list->table);
    str_clear(&list->caption);
    sheet_free(&list->figures);
}

/** True if the officer wants to see the cursor's person, and this is a list of cases. */
static bool has_pane(const struct screen *screen)
{
    return screen->app->pane && (screen->ops->is & SCREEN_PEOPLE) != 0;
}

void list_screen_attend(struct screen *screen)
{
    struct list_screen *list = list_of(screen);

    if (has_pane(screen))
        person_pane_ask(screen->app, &list->pane, table_text(&list->table, "case_id"),
                        list->table.fills);
}

/** How many are marked, of which the caption must not take the place; returns its columns. */
static int paint_marked(const struct list_screen *list, struct canvas *canvas, int y, int x)
{
    size_t count = list->table.list.mark_count;
    char *text = count == 0 ? mem_copy("") : mem_printf("已选 %zu 行", count);
    int columns = text_width(text);
    int after = x + text_width(str_text(&list->caption)) + 2;
    int last = canvas->columns - columns;

    (void)draw_text(canvas, y, after < last ? after : last, columns, text, STYLE_STRONG);
    free(text);
    return columns == 0 ? 0 : columns + 2;
}

/** The line above the table, and how many are marked; returns the lines used. */
static int paint_caption(const struct list_screen *list, struct canvas *canvas, int y, int x)
{
    enum style style = list->figures != NULL ? STYLE_FAINT : STYLE_PLAIN;
    struct canvas room = canvas_part(canvas, y, 0, canvas->rows - y,
                                     canvas->columns - paint_marked(list, canvas, y, x));

    return draw_lines(&room, 0, x, str_text(&list->caption), style);
}

void list_screen_paint(struct screen *screen, struct canvas *canvas)
{
    struct list_screen *list = list_of(screen);
    bool figures = list->figures != NULL && list->figures->row_count == 1;
    int pane_lines =
        has_pane(screen) ? person_pane_lines(&list->pane, canvas, canvas->rows / 2) : 0;
    int top = figures ? figures_paint(canvas, 0, list->figures, 0, NULL) - 1 : 0;

    top += paint_caption(list, canvas, top, figures ? FIGURES_COLUMNS : 1);
    int lines = canvas->rows - top - pane_lines;
    struct canvas body = canvas_part(canvas, top, 0, lines, canvas->columns);
    table_paint(&list->table, &body);
    if (has_pane(screen)) {
        struct canvas pane = canvas_part(canvas, top + lines, 0, pane_lines, canvas->columns);
        person_pane_paint(&list->pane, &pane);
    }
    canvas->cursor_y = body.cursor_y;
    canvas->cursor_x = body.cursor_x;
}

bool list_screen_key(struct screen *screen, int key)
{
    return table_key(&list_of(screen)->table, key);
}

struct list *list_screen_list(struct screen *screen)
{
    return &list_of(screen)->table.list;
}

struct table *list_screen_table(struct screen *screen)
{
    return &list_of(screen)->table;
}

void list_screen_leave(struct screen *screen, uint64_t case_id)
{
    struct table *table = screen->ops->table == NULL ? NULL : screen->ops->table(screen);
    char text[NUMBER_TEXT];

    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)case_id);
    if (table != NULL)
        table_leave(table, "case_id", text);
}

void list_screen_go_back(struct screen *screen, uint64_t case_id)
{
    list_of(screen)->back_to = case_id;
}

void list_screen_take_back(struct list_screen *list)
{
    char text[NUMBER_TEXT];

    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)list->back_to);
    if (list->back_to != 0)
        table_find(&list->table, text);
    list->back_to = 0;
}

void list_screen_done(struct screen *screen)
{
    struct list_screen *list = list_of(screen);

    table_free(&list->table);
    str_free(&list->caption);
    sheet_free(&list->figures);
    person_pane_free(&list->pane);
    free(list);
}

// ---- handlers

static struct list *top_list(struct app *app)
{
    return app->top->ops->list == NULL ? NULL : app->top->ops->list(app->top);
}

static struct table *top_table(struct app *app)
{
    return app->top->ops->table == NULL ? NULL : app->top->ops->table(app->top);
}

void list_screen_up(struct app *app)
{
    (void)list_move(top_list(app), -1);
}

void list_screen_down(struct app *app)
{
    (void)list_move(top_list(app), 1);
}

void list_screen_page_up(struct app *app)
{
    list_page(top_list(app), -1);
}

void list_screen_page_down(struct app *app)
{
    list_page(top_list(app), 1);
}

void list_screen_go_first(struct app *app)
{
    list_first(top_list(app));
}

void list_screen_go_last(struct app *app)
{
    list_last(top_list(app));
}

static void say_marked(struct app *app)
{
    size_t count = top_list(app)->mark_count;

    if (count > 0)
        app_say(app, "已选 %zu 行", count);
}

void list_screen_toggle_mark(struct app *app)
{
    list_mark(top_list(app));
    say_marked(app);
}

void list_screen_toggle_all(struct app *app)
{
    struct list *list = top_list(app);

    if (list->mark_count == 0)
        list_mark_all(list, true);
    else
        list_unmark(list); /* also those that the filter hides */
    say_marked(app);
}

static void mark_range(struct app *app, void *arg, const char *answer)
{
    (void)arg;
    if (list_mark_range(top_list(app), answer) != 0) {
        app_warn(app, "没有这样的行号：%s，可打如 1,3-7", answer);
        return;
    }
    say_marked(app);
}

void list_screen_ask_range(struct app *app)
{
    ask_text(app, "选择行号，如 1,3-7", "", mark_range, NULL);
}

void list_screen_start_filter(struct app *app)
{
    table_filter(top_table(app));
}

void list_screen_show(struct app *app)
{
    const struct table *table = top_table(app);
    const char *name = table_text(table, "name");
    struct str text = {0};

    table_row_text(table, NULL, &text);
    ask_show(app, name[0] != '\0' ? name : app->top->ops->title, str_text(&text));
    str_free(&text);
}

void list_screen_toggle_pane(struct app *app)
{
    app->pane = !app->pane;
}
