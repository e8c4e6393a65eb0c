/**
 * The running program: the stack of screens, the lines around them, requests to the server.
 *
 * The loop: a stale screen (tui/app/screen.h) asks the server (refresh) and is drawn (paint); a key
 * goes to the screen's text input (key) or through the tables of actions (tui/app/action.h) to a
 * handler. Handlers change models and push or pop screens; they never draw. A screen that was
 * popped is freed before the next key. Private to src/tui.
 */
#ifndef DOUDI_TUI_APP_APP_H
#define DOUDI_TUI_APP_APP_H

#include "base/date.h"
#include "base/sheet.h"
#include "base/str.h"
#include "form/form.h"
#include "tui/app/screen.h"
#include "tui/kit/canvas.h"
#include "tui/kit/term.h"
#include "wire/client.h"

#include <stdbool.h>
#include <stdint.h>

/** What the screens give to the loop that runs them. */
struct app_screens {
    const struct action_table *places;              /**< rows of the menu */
    const struct screen_ops *const *all;            /**< NULL behind the last */
    void (*open)(struct app *app);                  /**< opens the first screen */
    void (*lock)(struct app *app, const char *why); /**< hides everything behind a password */
    struct guide *guide;                            /**< the tour (tui/app/guide.h), NULL = none */
};

enum { APP_RECENT = 12, COMMANDS_KEPT = 8 };

struct app {
    const struct app_screens *screens;
    struct client *client;
    const struct forms_folders *folders; /**< of the programme files */
    const char *own_files;               /**< where officers' folders are; NULL: files anywhere */
    bool in_own_files;   /**< the officer's folder is the current one (tui/app/ownfiles.h) */
    struct forms *forms; /**< NULL until needed (tui/app/programmes.h) */
    struct term *term;
    struct canvas *canvas;
    struct screen *top;
    struct screen *dead;    /**< popped, freed before the next key */
    char month[MONTH_TEXT]; /**< of the top screen */
    char day[DATE_TEXT];    /**< the server's day as the screens know it (tui/app/day.h) */
    struct str message;
    bool failed;             /**< a request of the present refresh failed */
    bool bad, leaving;       /**< the message is an error; the program ends */
    bool pasting;            /**< the present key is part of a pasted text */
    bool must_change;        /**< only a new password is accepted */
    bool password;           /**< the session began with a password, so it can be locked */
    bool pane;               /**< lists of cases show the cursor's person (tui/app/personpane.h) */
    bool no_mouse;           /**< the mouse is the terminal's */
    bool renewed;            /**< the account's rights have changed since the screens were opened */
    uint64_t proposal;       /**< the drafted case on the screen (tui/screens/proposal.h) */
    char *officer;           /**< 工号 of the session, NULL before login */
    struct sheet *figures;   /**< came with the last list (tui/app/figures.h) */
    uint64_t moves;          /**< came with the first page of the last list, 0 = none */
    struct sheet *areas;     /**< divisions the officer sees, once fetched (tui/app/areas.h) */
    struct sheet *officers;  /**< numbers and names known so far (tui/app/officers.h) */
    struct printer *printer; /**< NULL until needed (tui/app/printer.h) */
    uint64_t recent[APP_RECENT]; /**< cases opened, the last one first; 0 = no more */
    struct visited *visited;     /**< recorded since the login (tui/app/visited.h), NULL = none */
    struct keymap *keymap; /**< the officer's own keys (tui/app/keymap.h), NULL = the usual ones */
    const struct action *commands[COMMANDS_KEPT]; /**< used from the command line, the last first */
    int64_t last_key;                             /**< milliseconds, monotonic */
    int64_t closed;   /**< … of the key that closed a form: a digit may still be meant for it */
    int64_t lived;    /**< … when a screen last asked by itself (tui/app/live.h) */
    bool saved;       /**< input was saved since the last key */
    unsigned unshown; /**< keys handled since the screen was last shown */
};

/** Runs the screens until the officer leaves: tui_run() (tui/tui.h). */
enum result app_run(const struct app_screens *screens, struct client *client,
                    const struct forms_folders *folders, const char *own_files, char **ret_message);

/** Puts a screen on top; the app owns it from here on. */
void app_push(struct app *app, struct screen *screen);
/** Takes the top screen away, or everything above `screen`. */
void app_pop(struct app *app);
void app_pop_to(struct app *app, struct screen *screen);
/** Call it after a change of data: every screen of the stack asks again before it is next
 *  painted. */
void app_changed(struct app *app);
/** Puts words into the message line: what was done, or what was wrong. */
void app_say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
void app_warn(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Shows the message at once, while the key's work still lasts. */
void app_show_message(struct app *app);
/** Sends a request; puts a failure into the message line (client_call()). */
enum result app_call(struct app *app, Wire__Request *request, Wire__Response **ret_response);
/** The same for requests answered by a sheet. */
enum result app_call_sheet(struct app *app, Wire__Request *request, struct sheet **ret_sheet);
/** A request answered page after page: asks for all of them. `after` is the
 *  request's own field, NULL of a due list. */
enum result app_call_pages(struct app *app, Wire__Request *request, char **after,
                           struct sheet **ret_sheet);

/** True if the officer may use the action (id of service/access.h; NULL = everybody). */
bool app_may(const struct app *app, const char *right);
/** The account that is logged in; NULL before login. */
const Wire__Account *app_account(const struct app *app);
/** The server's day. */
day_t app_today(const struct app *app);
/** "2026年11月" */
enum { MONTH_WORDS = 24 };
const char *app_month_words(const struct app *app, char buffer[MONTH_WORDS]);
/** Moves the month of the top screen, between the home's first and the current one. */
void app_month_step(struct app *app, int step);
/** Goes to a month, "YYYY-MM", within the same limits. */
void app_month_go(struct app *app, const char *month);
/** Sets a screen's month; the screen asks again. */
void app_set_month(struct app *app, struct screen *screen, const char *month);
/** True if the top screen shows the current month. */
bool app_month_is_current(const struct app *app);

#endif
