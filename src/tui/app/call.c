/* The requests of app.h. */
#include "tui/app/app.h"

#include "base/mem.h"
#include "wire/convert.h"
#include "wire/pages.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum result app_call(struct app *app, Wire__Request *request, Wire__Response **ret_response)
{
    const Wire__Account *before = app_account(app);
    enum result result = client_call(app->client, request, ret_response);

    app->renewed |= app->officer != NULL && request->what_case != WIRE__REQUEST__WHAT_LOGIN &&
                    request->what_case != WIRE__REQUEST__WHAT_PASSWORD &&
                    client_is_another(before, app_account(app));
    if (result != 0 && result != RESULT_PARTIAL)
        app_warn(app, "%s", client_words(result, *ret_response));
    app->failed |= result != 0 && result != RESULT_PARTIAL && result != RESULT_LOGIN;
    if (result == RESULT_LOGIN && app->officer != NULL &&
        request->what_case != WIRE__REQUEST__WHAT_LOGIN)
        app->screens->lock(app, "会话已结束，请重新输入密码");
    return result;
}

/** Says that a list is not whole, or not as reported, but keeps the message of the last action. */
static void say_of_list(struct app *app, const char *words)
{
    if (app->message.length == 0 && words[0] != '\0')
        app_say(app, "%s", words);
    else if (strstr(str_text(&app->message), words) == NULL)
        str_printf(&app->message, "  %s", words);
}

/** `ret_more`: whether another page follows, which `pages` then says. */
static enum result call_page(struct app *app, Wire__Request *request, struct pages *pages,
                             bool *ret_more, struct sheet **ret_sheet)
{
    Wire__Response *response = NULL;
    enum result result = app_call(app, request, &response);

    if (result == 0 && response->what_case == WIRE__RESPONSE__WHAT_SHEET) {
        *ret_sheet = wire_sheet_read(response->sheet);
        *ret_more = pages_take(pages, response);
        say_of_list(app, response->message);
        if (response->figures != NULL) {
            sheet_free(&app->figures);
            app->figures = wire_sheet_read(response->figures);
        }
        if (app->moves == 0)
            app->moves = response->moves;
    } else if (result == 0) {
        result = RESULT_PROTOCOL;
        app->failed = true;
        app_warn(app, "%s", result_words(result));
    }
    client_response_free(&response);
    (void)malloc_trim(0); /* an answer takes several times its rows */
    return result;
}

enum result app_call_sheet(struct app *app, Wire__Request *request, struct sheet **ret_sheet)
{
    struct pages pages = {0};
    bool more;
    enum result result = call_page(app, request, &pages, &more, ret_sheet);

    pages_free(&pages, request, NULL);
    return result;
}

enum result app_call_pages(struct app *app, Wire__Request *request, char **after,
                           struct sheet **ret_sheet)
{
    struct sheet *all = NULL;
    struct pages pages = {0};
    bool more = false;
    enum result result;

    do {
        struct sheet *page = NULL;
        pages_ask(&pages, request, after);
        result = call_page(app, request, &pages, &more, &page);
        if (result != 0)
            break;
        request->figures = NULL; /* they came with the first page */
        if (all == NULL)
            all = page;
        else
            sheet_append(all, &page);
    } while (more);
    pages_free(&pages, request, after);
    if (result != 0) {
        sheet_free(&all);
        return result;
    }
    *ret_sheet = all;
    return RESULT_OK;
}
