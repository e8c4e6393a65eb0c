#include "tui/app/keybar.h"

#include "base/text.h"
#include "tui/app/action.h"
#include "tui/kit/draw.h"
#include "tui/kit/keys.h"

enum { KEYS = 10, LEFT = 1 };

/** Columns of a key's words: its digit, the name, a blank. */
static int width_of(const struct action *action)
{
    return 1 + text_width(action->name) + 1;
}

void keybar_paint(struct app *app)
{
    struct canvas *canvas = app->canvas;
    int x = LEFT;

    if (canvas->look.linear) /* the last line is the message's; F1 tells the keys */
        return;
    for (int number = 1; number <= KEYS; number++) {
        const struct action *action = action_find(app, K_F0 + number);
        if (action == NULL)
            continue;
        (void)draw_format(canvas, canvas->rows - 1, x, STYLE_PLAIN, "%d%s ", number % 10,
                          action->name);
        x += width_of(action);
    }
}

int keybar_key_at(const struct app *app, int y, int x)
{
    int at = LEFT;

    if (y != app->canvas->rows - 1 || app->canvas->look.linear)
        return K_NONE;
    for (int number = 1; number <= KEYS; number++) {
        const struct action *action = action_find(app, K_F0 + number);
        if (action == NULL)
            continue;
        if (x >= at && x < at + width_of(action) - 1)
            return K_F0 + number;
        at += width_of(action);
    }
    return K_NONE;
}

int keybar_mouse(struct app *app, const struct event *event)
{
    const struct screen_ops *ops = app->top->ops;
    bool other = ops->point != NULL && ops->point(app->top, event->y, event->x);
    struct list *list = ops->list == NULL ? NULL : ops->list(app->top);
    long place = list == NULL ? -1 : list_place_at(list, event->y);

    if (event->wheel != 0) {
        if (list != NULL)
            (void)list_move(list, event->wheel);
        return K_NONE;
    }
    if (place < 0)
        return keybar_key_at(app, event->y, event->x);
    if ((size_t)place == list->cursor && !list->away && !other)
        return K_ENTER;
    list_select(list, list->view[place]);
    return K_NONE;
}

void keybar_toggle_mouse(struct app *app)
{
    app->no_mouse = !app->no_mouse;
    if (!term_take_mouse(app->term, !app->no_mouse))
        app_say(app, "这个终端没有鼠标；用方向键和 F 键");
    else
        app_say(app, "%s",
                app->no_mouse ? "鼠标已交还终端，可以选字复制；再按一次收回"
                              : "鼠标可以点行、点下面的功能键，滚轮翻清单");
}
