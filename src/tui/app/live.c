#include "tui/app/live.h"

#include "tui/app/action.h"

#include <string.h>

enum {
    LIVE_PAUSE = 20 * 1000, /* sooner after a key, an officer may be reading what it brought */
    LIVE_LEAST = 50 * 1000  /* between two questions: a minute, less what the clock drifts */
};

bool live_is_due(struct app *app, int64_t now)
{
    struct screen *screen = app->top;

    /* Only the top screen: behind a window nothing may move. What is typed into a filter stays. */
    if (screen == NULL || (screen->ops->is & SCREEN_LIVE) == 0 || app->canvas->look.slow ||
        now - app->last_key < LIVE_PAUSE || now - app->lived < LIVE_LEAST)
        return false;
    app->lived = now;
    return true;
}

void live_settle(struct app *app, const char *at, size_t place)
{
    struct table *table = app->top->ops->table(app->top);
    struct list *list = &table->list;
    size_t moved = list->cursor > place ? list->cursor - place : place - list->cursor;

    if (app->failed || *at == '\0' || list->view_count == 0)
        return;
    if (strcmp(table_text(table, table->key), at) != 0) {
        list_leave(list);
        app_say(app, "光标所在的一行已经办了，不在这里了；↑↓ 选一行");
    } else if (moved >= list->page) {
        app_say(app, "别人办了几件，清单已更新；光标所在的一行现在是第 %zu 行", list->cursor + 1);
    }
}
