#include "tui/app/app.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/day.h"
#include "tui/app/guide.h"
#include "tui/app/keybar.h"
#include "tui/app/keymap.h"
#include "tui/app/live.h"
#include "tui/app/paint.h"
#include "tui/app/printwatch.h"
#include "tui/app/roles.h"
#include "tui/app/visited.h"
#include "tui/kit/canvas.h"
#include "tui/kit/keys.h"
#include "wire/convert.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    SAVE_PAUSE = 4000, /* milliseconds without a key after which input is saved as a draft */
    MINUTE = 60 * 1000,
    UNSHOWN_MAX = 64, /* keys handled at most before the screen is shown */
    LEAST_ROWS = 24,
    LEAST_COLUMNS = 80
};

static int64_t now_ms(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// ---- the stack

void app_push(struct app *app, struct screen *screen)
{
    screen->app = app;
    screen->below = app->top;
    screen->stale = true;
    (void)memcpy(screen->month, app->month, sizeof screen->month);
    app->top = screen;
}

void app_set_month(struct app *app, struct screen *screen, const char *month)
{
    (void)snprintf(screen->month, sizeof screen->month, "%s", month);
    screen->stale = true;
    if (screen == app->top)
        (void)memcpy(app->month, screen->month, sizeof app->month);
}

bool app_month_is_current(const struct app *app)
{
    return strcmp(app->month, client_welcome(app->client)->current_month) == 0;
}

/** A screen that comes back shows its own month; the first screen always the current one, because
 *  that is the work to do. */
static void uncover(struct app *app, bool modal)
{
    const char *current = client_welcome(app->client)->current_month;
    struct screen *screen = app->top;

    (void)memcpy(app->month, screen->month, sizeof app->month);
    if (!modal && (screen->ops->is & SCREEN_FIRST) != 0 && strcmp(screen->month, current) != 0)
        app_set_month(app, screen, current);
}

void app_pop(struct app *app)
{
    struct screen *screen = app->top;

    if (screen == NULL)
        return;
    if ((screen->ops->is & (SCREEN_FORM | SCREEN_ENTRY | SCREEN_DIALOG)) != 0)
        app->closed = app->last_key;
    app->top = screen->below;
    screen->below = app->dead;
    app->dead = screen;
    if (app->top != NULL)
        uncover(app, screen->ops->modal);
}

void app_pop_to(struct app *app, struct screen *screen)
{
    while (app->top != NULL && app->top != screen)
        app_pop(app);
}

void app_changed(struct app *app)
{
    for (struct screen *screen = app->top; screen != NULL; screen = screen->below)
        screen->stale = true;
}

static void bury(struct app *app)
{
    while (app->dead != NULL) {
        struct screen *screen = app->dead;
        app->dead = screen->below;
        canvas_free(&screen->canvas);
        screen->ops->done(screen);
    }
}

// ---- the message line

__attribute__((format(printf, 3, 0))) static void put_message(struct app *app, bool bad,
                                                              const char *format, va_list args)
{
    str_clear(&app->message);
    str_vprintf(&app->message, format, args);
    app->bad = bad;
}

void app_say(struct app *app, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    put_message(app, false, format, args);
    va_end(args);
}

void app_warn(struct app *app, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    put_message(app, true, format, args);
    va_end(args);
}

void app_show_message(struct app *app)
{
    if (app->canvas == NULL)
        return;
    paint_message(app);
    canvas_commit(&app->canvas, 1);
    term_show(app->term);
}

/** Shows the progress of a long request in the message line. */
static void show_progress(uint64_t done, uint64_t total, const char *what, void *arg)
{
    struct app *app = arg;

    if (total > 0)
        app_say(app, "%s %llu / %llu", what, (unsigned long long)done, (unsigned long long)total);
    else
        app_say(app, "%s", what != NULL && what[0] != '\0' ? what : "正在重新连接…");
    app_show_message(app);
    str_clear(&app->message);
}

// ---- who, when, where

const Wire__Account *app_account(const struct app *app)
{
    return client_welcome(app->client)->account;
}

bool app_may(const struct app *app, const char *right)
{
    return right == NULL || client_may(app->client, right);
}

day_t app_today(const struct app *app)
{
    day_t today = 0;

    (void)date_parse(client_welcome(app->client)->today, &today);
    return today;
}

const char *app_month_words(const struct app *app, char buffer[MONTH_WORDS])
{
    month_t month = 0;

    buffer[0] = '\0';
    if (month_parse(app->month, &month) == 0)
        (void)snprintf(buffer, 24, "%d年%d月", month_year(month), month_number(month));
    return buffer;
}

void app_month_go(struct app *app, const char *month)
{
    const Wire__Welcome *welcome = client_welcome(app->client);

    if (strcmp(month, welcome->first_month) < 0)
        app_say(app, "最早的月份是 %s；按 ] 看以后的月份", welcome->first_month);
    else if (strcmp(month, welcome->current_month) > 0)
        app_say(app, "最晚到本月；按 [ 看以前的月份");
    else
        app_set_month(app, app->top, month);
}

void app_month_step(struct app *app, int step)
{
    month_t month = 0;
    char text[MONTH_TEXT];

    (void)month_parse(app->month, &month);
    app_month_go(app, month_format(month + step, text));
}

// ---- refreshing

static void refresh_one(struct app *app, struct screen *screen)
{
    app->failed = false;
    sheet_free(&app->figures); /* figures that came with another list are not this screen's */
    if (screen->ops->refresh != NULL)
        screen->ops->refresh(screen);
    if (app->failed && screen->ops->clear != NULL)
        screen->ops->clear(screen);
}

/** Refreshes the visible screens that are stale. */
static void refresh(struct app *app)
{
    for (;;) {
        struct screen *screens[PAINT_MOST];
        struct screen *top = app->top;
        size_t count = paint_visible(app, screens);
        for (size_t i = 0; i < count && app->top == top; i++) {
            if (screens[i]->stale) {
                screens[i]->stale = false;
                refresh_one(app, screens[i]);
            }
        }
        bury(app);
        if (app->top == top || app->top == NULL)
            return;
    }
}

/** Refreshes a list that stays true by itself. */
static void refresh_live(struct app *app)
{
    struct screen *screen = app->top;
    struct table *table = screen->ops->table(screen);
    char *at = mem_copy(table_text(table, table->key));
    size_t place = table->list.cursor;

    screen->stale = false;
    refresh_one(app, screen);
    live_settle(app, at, place);
    free(at);
}

// ---- events

/** Pasted text goes only into a text input: it never moves to another field and never runs an
 *  action. */
static void handle_paste(struct app *app, int key)
{
    key = key == K_ENTER ? K_LINE : key == K_TAB ? ' ' : key;
    app->pasting = true;
    if (key != K_LINE && !key_is_text(key))
        key = ' ';
    if ((app->top->ops->key == NULL || !app->top->ops->key(app->top, key)) && key != ' ')
        app_warn(app, "这里不能粘贴；光标移到要填的项再粘贴");
    app->pasting = false;
}

static void handle_key(struct app *app, int key)
{
    struct screen *top = app->top;

    day_look(app);
    app->last_key = now_ms();
    app->saved = false;
    str_clear(&app->message);
    app->bad = false;
    if (top->ops->key != NULL && top->ops->key(top, key))
        return;
    refresh(app); /* it was put off while keys waited; the action needs present rows */
    if (app->top == top)
        action_run(app, key);
}

static void handle_mouse(struct app *app, const struct event *event)
{
    int key = keybar_mouse(app, event);

    app->last_key = now_ms();
    if (key != K_NONE)
        handle_key(app, key);
}

static void save_all(struct app *app)
{
    for (struct screen *screen = app->top; screen != NULL; screen = screen->below)
        if (screen->ops->save != NULL)
            screen->ops->save(screen);
}

/** After a pause in typing saves the input as a draft; after a long one locks the screen. */
static void handle_pause(struct app *app)
{
    int64_t silent = now_ms() - app->last_key;
    int64_t idle = (int64_t)client_welcome(app->client)->idle_minutes * MINUTE;

    if (!app->saved && silent >= SAVE_PAUSE) {
        app->saved = true;
        save_all(app);
    }
    if (idle > 0 && silent >= idle && app->password && app->officer != NULL) {
        save_all(app);
        app->screens->lock(app, "已锁屏，请输入密码继续");
    }
}

/** Milliseconds until the next event without a key: the clock, a pause, the lock. */
static int patience(struct app *app)
{
    int64_t wait = MINUTE - (int64_t)(time(NULL) % 60) * 1000;
    int64_t silent = now_ms() - app->last_key;

    if (!app->saved && SAVE_PAUSE - silent < wait)
        wait = SAVE_PAUSE - silent;
    return printwatch_patience(app, wait < 1 ? 1 : (int)wait);
}

/** The officer's record was changed: the officer may have lost the right to what the screens
 *  show. */
static void take_new_account(struct app *app)
{
    const Wire__Account *account = app_account(app);

    save_all(app);
    while (app->top->below != NULL)
        app_pop(app);
    sheet_free(&app->areas);
    app_changed(app);
    app_set_month(app, app->top, client_welcome(app->client)->current_month);
    app->renewed = false;
    app_warn(app, "管理员修改了您的账号，现为 %s %s；没有提交的内容已存为草稿",
             roles_label(account->role), account->area_name);
}

/**
 * Brings the screen up to date. While more keys wait, no request and no output is sent, so that a
 * key held down, or a word from an input method, costs one request and one update. Everything is
 * drawn nevertheless, because drawing finds how many lines a page has. False if no screen is left.
 */
static bool show(struct app *app)
{
    bool more = term_has_key(app->term) && ++app->unshown < UNSHOWN_MAX;

    if (!more) {
        app->unshown = 0;
        refresh(app);
        if (app->top != NULL && app->top->ops->attend != NULL)
            app->top->ops->attend(app->top);
    }
    if (app->renewed && app->top != NULL) {
        take_new_account(app);
        bury(app);
        refresh(app);
    }
    if (day_has_changed(app))
        refresh(app);
    if (app->top == NULL)
        return false;
    if (app->screens->guide != NULL)
        app->screens->guide->look(app, app->screens->guide);
    paint_all(app);
    if (!more) {
        term_show(app->term);
        term_note(app->term, client_sent(app->client));
    }
    return true;
}

static void loop(struct app *app)
{
    while (!app->leaving && app->top != NULL) {
        struct event event;

        bury(app);
        if (!show(app))
            return;
        event = term_wait(app->term, patience(app));
        switch (event.type) {
        case EVENT_KEY:
            if (event.pasted)
                handle_paste(app, event.key);
            else
                handle_key(app, event.key);
            break;
        case EVENT_MOUSE:
            handle_mouse(app, &event);
            break;
        case EVENT_RESIZE:
            for (struct screen *screen = app->top; screen != NULL; screen = screen->below)
                canvas_free(&screen->canvas); /* will be made anew in the middle of the new size */
            str_clear(&app->message);
            canvas_clear(app->canvas); /* takes the new size */
            if (app->canvas->rows < LEAST_ROWS || app->canvas->columns < LEAST_COLUMNS)
                app_warn(app, "窗口小于 80×24，部分内容显示不全；请把窗口拉大");
            break;
        case EVENT_TIMEOUT:
            day_look(app);
            handle_pause(app);
            printwatch_look(app);
            if (live_is_due(app, now_ms()))
                refresh_live(app);
            break;
        case EVENT_END:
            save_all(app);
            app->leaving = true;
            break;
        }
    }
}

static void clear_screens(struct app *app)
{
    while (app->top != NULL)
        app_pop(app);
    bury(app);
}

enum result app_run(const struct app_screens *screens, struct client *client,
                    const struct forms_folders *folders, const char *own_files, char **ret_message)
{
    struct app app = {.screens = screens,
                      .client = client,
                      .folders = folders,
                      .own_files = own_files,
                      .last_key = now_ms()};
    enum result result = term_start(&app.term, ret_message);

    if (result != 0)
        return result;
    app.canvas = canvas_screen(term_look(app.term));
    client_set_progress(client, show_progress, &app);
    (void)snprintf(app.month, sizeof app.month, "%s", client_welcome(client)->current_month);
    (void)snprintf(app.day, sizeof app.day, "%s", client_welcome(client)->today);
    screens->open(&app);
    loop(&app);
    save_all(&app); /* whatever ended the loop, typed text is not lost */
    clear_screens(&app);
    client_set_progress(client, NULL, NULL);
    canvas_free(&app.canvas);
    term_stop(&app.term);
    str_free(&app.message);
    sheet_free(&app.areas);
    sheet_free(&app.officers);
    sheet_free(&app.figures);
    forms_free(&app.forms);
    printer_free(&app);
    keymap_free(&app.keymap);
    visited_free(&app);
    free(app.officer);
    return RESULT_OK;
}
