#include "tui/app/paint.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/guide.h"
#include "tui/app/keybar.h"
#include "tui/app/roles.h"
#include "tui/kit/canvas.h"
#include "tui/kit/draw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SLIVER = 8,    /* a window leaves no strip narrower than this beside it */
    BODY_LEAST = 8 /* rows that a long message leaves to a screen or a window */
};

static int message_columns(const struct canvas *canvas)
{
    return canvas->columns > 8 ? canvas->columns - 4 : 4;
}

/** How many lines the message takes; at least 1. */
static int message_lines(const struct app *app)
{
    const char *rest = str_text(&app->message);
    int lines = 1;

    for ((void)text_take_line(&rest, message_columns(app->canvas)); *rest != '\0'; lines++)
        (void)text_take_line(&rest, message_columns(app->canvas));
    return lines;
}

void paint_message(struct app *app)
{
    struct canvas *canvas = app->canvas;
    enum style style = app->bad ? STYLE_BAD : STYLE_PLAIN;
    const char *text = str_text(&app->message);
    int columns = message_columns(canvas);
    int end = canvas->rows - (canvas->look.linear ? 0 : 1);
    int lines = message_lines(app);

    for (int y = end - lines; y < end; y++) {
        const char *from = text;
        char *line = mem_copy_bytes(from, text_take_line(&text, columns));
        draw_cell(canvas, y, 0, canvas->columns, "", false, STYLE_PLAIN);
        (void)draw_text(canvas, y, app->bad ? 3 : 1, columns, line, style);
        free(line);
    }
    (void)draw_text(canvas, end - lines, 1, 2, app->bad ? "!" : "", style);
}

/** Who and when, as much of it as fits into `room` columns; the day always. */
static void add_right(const struct app *app, int room, struct str *right)
{
    const Wire__Welcome *welcome = client_welcome(app->client);
    const Wire__Account *account = app->officer == NULL ? NULL : app_account(app);
    const char *name = account == NULL ? "" : account->name;
    const char *role = account == NULL ? "" : roles_label(account->role);
    struct str day = {0};
    char stamp[STAMP_TEXT];

    (void)date_format_stamp((int64_t)time(NULL), stamp);
    if (welcome->test_date)
        str_printf(&day, "测试日期 %s", welcome->today);
    else
        str_printf(&day, "%.*s", app->canvas->look.slow ? 5 : 11, stamp + 5); /* a day, no clock */
    room -= text_width(str_text(&day));
    if (*name != '\0' && text_width(name) + 1 + text_width(role) + 1 <= room)
        str_printf(right, "%s %s ", name, role);
    else if (*name != '\0' && text_width(name) + 1 <= room)
        str_printf(right, "%s ", name);
    str_add(right, str_text(&day));
    str_free(&day);
}

static void paint_status(struct app *app)
{
    const Wire__Welcome *welcome = client_welcome(app->client);
    const Wire__Account *account = app_account(app);
    const struct screen *screen = app->top;
    struct canvas *canvas = app->canvas;
    const struct list *list;
    struct str right = {0};
    char month[MONTH_WORDS];
    int x;

    while (screen->ops->modal && screen->below != NULL)
        screen = screen->below;
    x = 1 + draw_text(canvas, 0, 1, canvas->columns / 3,
                      account != NULL && account->area_name[0] != '\0' ? account->area_name
                                                                       : welcome->home_area_name,
                      STYLE_BAR);
    x += 2;
    x += draw_format(canvas, 0, x, STYLE_STRONG, "%s %s", screen->ops->title,
                     (screen->ops->is & SCREEN_MONTHLY) != 0 ? app_month_words(app, month) : "");
    list = screen->ops->list == NULL ? NULL : screen->ops->list((struct screen *)screen);
    if (list != NULL && list->view_count > 0 && !list->away && !canvas->look.slow)
        x += 1 + draw_format(canvas, 0, x + 1, STYLE_FAINT, "%zu/%zu", list->cursor + 1,
                             list->view_count);
    add_right(app, canvas->columns - x - 2, &right);
    x = canvas->columns - text_width(str_text(&right)) - 1;
    (void)draw_text(canvas, 0, x, canvas->columns, str_text(&right), STYLE_BAR);
    str_free(&right);
}

static struct canvas body_of(const struct app *app)
{
    int used = app->screens->guide == NULL ? 1 : 2; /* lines above it */

    return canvas_part(app->canvas, used, 0, app->canvas->rows - 2 - used, app->canvas->columns);
}

/** Where screens and windows may stand: above the message, so that it hides nothing of them. */
static struct canvas free_body(const struct app *app)
{
    struct canvas body = body_of(app);
    int more = message_lines(app) - (body.look.linear ? 2 : 1);
    int rows = more > 0 ? body.rows - more : body.rows;
    int least = body.rows < BODY_LEAST ? body.rows : BODY_LEAST;

    body.rows = rows < least ? least : rows;
    return body;
}

static void paint_modal(struct screen *screen)
{
    struct canvas body = free_body(screen->app);
    int rows = 0;
    int columns = 0;
    struct canvas inside;

    screen->ops->size(screen, &rows, &columns);
    rows = rows > body.rows || body.look.linear ? body.rows : rows;
    /* the strip beside the window would be too narrow to read, or read as part of it */
    if (columns + SLIVER > body.columns || body.look.linear)
        columns = body.columns;
    if (screen->canvas == NULL || !canvas_stands(screen->canvas, &body, rows, columns)) {
        canvas_free(&screen->canvas);
        screen->canvas = canvas_popup(&body, rows, columns);
    }
    canvas_clear(screen->canvas);
    inside = canvas_part(screen->canvas, 1, 2, rows - 2, columns - 4);
    screen->ops->paint(screen, &inside);
    screen->canvas->cursor_y = inside.cursor_y;
    screen->canvas->cursor_x = inside.cursor_x;
}

size_t paint_visible(struct app *app, struct screen *found[PAINT_MOST])
{
    size_t count = 0;
    struct screen *screen = app->top;

    if (screen == NULL)
        return 0;
    while (screen != NULL && screen->ops->modal && count < PAINT_MOST - 1) {
        count++;
        screen = screen->below;
    }
    if (screen == NULL)
        count = 0;
    screen = app->top;
    for (size_t i = count + 1; i > 0; i--) {
        found[i - 1] = screen;
        screen = screen->below;
    }
    return count + 1;
}

/** Windows under a full screen, as a visit's form under a row of its list, would stand in front of it. */
static void hide_windows(struct screen *screen)
{
    for (; screen != NULL; screen = screen->below)
        if (screen->canvas != NULL)
            canvas_free(&screen->canvas);
}

void paint_all(struct app *app)
{
    struct screen *screens[PAINT_MOST];
    struct canvas *canvases[PAINT_MOST];
    size_t count = paint_visible(app, screens);
    struct canvas body;

    if (count == 0)
        return;
    canvas_clear(app->canvas);
    body = free_body(app);
    if (!screens[0]->ops->modal) {
        hide_windows(screens[0]->below);
        screens[0]->ops->paint(screens[0], &body);
        app->canvas->cursor_y = body.cursor_y;
        app->canvas->cursor_x = body.cursor_x;
    }
    paint_status(app);
    if (app->screens->guide != NULL)
        (void)draw_rest(app->canvas, 1, 1, app->screens->guide->words, STYLE_STRONG);
    paint_message(app);
    keybar_paint(app);
    canvases[0] = app->canvas;
    for (size_t i = 1; i < count; i++) {
        paint_modal(screens[i]);
        canvases[i] = screens[i]->canvas;
    }
    canvas_commit(canvases, count);
}
