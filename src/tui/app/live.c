#include "tui/app/live.h"

#include "tui/app/action.h"

enum {
    LIVE_PAUSE = 20 * 1000, /* sooner after a key, an officer may be reading what it brought */
    LIVE_LEAST = 50 * 1000  /* between two questions: a minute, less what the clock drifts */
};

void live_look(struct app *app, int64_t now)
{
    struct screen *screen = app->top;

    /* Only the top screen: behind a window nothing may move. What is typed into a filter stays. */
    if (screen == NULL || (screen->ops->is & SCREEN_LIVE) == 0 || app->canvas->look.slow ||
        now - app->last_key < LIVE_PAUSE || now - app->lived < LIVE_LEAST)
        return;
    app->lived = now;
    screen->stale = true;
}
