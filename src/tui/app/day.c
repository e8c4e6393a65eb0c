#include "tui/app/day.h"

#include "base/neardate.h"
#include "tui/app/action.h"

#include <stdio.h>
#include <string.h>

void day_look(struct app *app)
{
    const Wire__Welcome *welcome = client_welcome(app->client);
    Wire__Today ask = WIRE__TODAY__INIT;
    Wire__Request request = WIRE__REQUEST__INIT;
    Wire__Response *response = NULL;

    if (welcome->test_date || date_today(NULL) == app_today(app))
        return;
    request.what_case = WIRE__REQUEST__WHAT_TODAY;
    request.today = &ask;
    /* Without an answer, ask again at the next key or minute. */
    (void)client_call(app->client, &request, &response);
    client_response_free(&response);
}

bool day_has_changed(struct app *app)
{
    const Wire__Welcome *welcome = client_welcome(app->client);

    if (strcmp(app->day, welcome->today) == 0)
        return false;
    (void)snprintf(app->day, sizeof app->day, "%s", welcome->today);
    for (struct screen *screen = app->top; screen != NULL; screen = screen->below)
        if ((screen->ops->is & SCREEN_FIRST) != 0)
            app_set_month(app, screen, welcome->current_month);
    app_changed(app);
    if (app->message.length == 0)
        app_say(app, "已到 %s，各画面已按这一天重新取数", app->day);
    return true;
}

enum result day_read(const struct app *app, const char *text, bool ahead, day_t *ret_day)
{
    struct neardate near = {.today = app_today(app), .ahead = ahead};

    return neardate_parse(text, &near, ret_day) == 0 ? RESULT_OK : date_parse_loose(text, ret_day);
}
