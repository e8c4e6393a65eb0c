/**
 * Actions: everything a key can do, in tables.
 *
 * A screen's own keys stand in its file, keys of many screens in tui/app/action.c, the places of
 * the menu in one table (tui/screens/screens.c). The key bar, F1, the menu and the manual are made
 * from these tables, so that they always agree. An action is offered only if its screen is on top
 * and the officer has the right. On one screen a key means one thing; a test walks all screens.
 * Constant; threads: any.
 */
#ifndef DOUDI_TUI_APP_ACTION_H
#define DOUDI_TUI_APP_ACTION_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct app;
struct app_screens;
struct keymap;
struct screen_ops;

/** Properties of a screen; they decide which common keys it has. */
enum screen_is {
    SCREEN_TABLE = 1 << 0,   /**< full, without text input: letters are keys, digits F-keys */
    SCREEN_PAGE = 1 << 1,    /**< full, a text to look at; keys as on a table */
    SCREEN_TYPED = 1 << 2,   /**< with text input: help is F1 only */
    SCREEN_LIST = 1 << 3,    /**< a list below a text input */
    SCREEN_PLACE = 1 << 4,   /**< leads anywhere: menu, lock, leave */
    SCREEN_FIRST = 1 << 5,   /**< 首页: opens the places of the menu by their keys */
    SCREEN_MONTHLY = 1 << 6, /**< shows one month and can go to others */
    SCREEN_MARKS = 1 << 7,   /**< several rows can be marked */
    SCREEN_FIXED = 1 << 8,   /**< a table that must be dealt with first: no filter, no menu */
    SCREEN_OWN_K = 1 << 9,   /**< k is a key of its own, not the row above */
    SCREEN_OWN_F4 = 1 << 10, /**< F4 is a key of its own, not the filter */
    SCREEN_INPUT = 1 << 11,  /**< a window that asks for one thing */
    SCREEN_FORM = 1 << 12,   /**< a programme's form */
    SCREEN_ENTRY = 1 << 13,  /**< a form in a window, e.g. a visit's */
    SCREEN_ROW = 1 << 14,    /**< a row of a form's list */
    SCREEN_DIALOG = 1 << 15, /**< a few fields in a window */
    SCREEN_LOGIN = 1 << 16,  /**< the login window */
    SCREEN_LIVE = 1 << 18,   /**< asks again by itself (tui/app/live.h) */
    SCREEN_TEXT = 1 << 19,   /**< a window with a text to read */
    SCREEN_PEOPLE = 1 << 17  /**< a table of cases: ordered by a column, shown with a pane */
};

enum menu { MENU_NONE, MENU_WORK, MENU_SUPERVISE, MENU_ADMIN, MENU_SELF };

/** Which rows an action needs, and what it does when several are marked. Where there is none, the
 *  table's words say why, and what to do (table_lack()). */
enum marks {
    MARKS_APART, /**< it concerns no row */
    MARKS_ONE,   /**< works on one row: with several it refuses, with words */
    MARKS_ALL,   /**< works on all of them, otherwise on the selected row, and says their number */
    MARKS_LIST,  /**< works on all of them, otherwise on all that are shown */
    MARKS_PAPER  /**< the same, also of an empty list */
};

struct action {
    const char *id;    /**< "due.record" */
    const char *name;  /**< in the key bar: 登记 */
    const char *keys;  /**< "F2 Enter"; on screens without text input a digit is its F-key too */
    const char *help;  /**< what it does, for F1 and the manual */
    const char *right; /**< id of service/access.h, NULL = everybody */
    void (*handler)(struct app *app);
    enum marks marks; /**< rows it needs */
    unsigned
        where; /**< offered if the screen is one of these; 0 = on every screen that has the table */
    unsigned but;   /**< not offered on these */
    enum menu menu; /**< a place's heading in 菜单 */
    bool records;   /**< records or saves, at once or by the form that it opens; F2 does no more */
};

struct action_table {
    const struct action *rows;
    size_t count;
};

#define ACTION_TABLE(rows)                                                                         \
    {                                                                                              \
        rows, sizeof(rows) / sizeof((rows)[0])                                                     \
    }

enum {
    ACTION_OWN = 2,               /**< own tables of one screen */
    ACTION_KINDS = 4 + ACTION_OWN /**< all tables that a screen uses */
};

/** The nth table of a screen, in the order of F1: help, `places`, its own, common ones. A table
 *  that it does not have is empty. */
struct action_table action_table(const struct action_table *places, const struct screen_ops *ops,
                                 size_t nth);
/** True if the screen offers the action, whatever the officer's rights. */
bool action_is_on(const struct action_table *places, const struct screen_ops *ops,
                  const struct action *action);
/** What `key` does on a screen, whatever the officer's rights; NULL = nothing. `keymap`: the
 *  officer's own keys (tui/app/keymap.h), may be NULL. */
const struct action *action_find_on(const struct action_table *places, const struct keymap *keymap,
                                    const struct screen_ops *ops, int key);
/** Another action that has the key on a screen of this one, and the screen; NULL = none. */
const struct action *action_sharing(const struct app_screens *screens, const struct keymap *keymap,
                                    const struct action *action, int key,
                                    const struct screen_ops **ret_ops);
/** What `key` does on the top screen for this officer; NULL = nothing. */
const struct action *action_find(const struct app *app, int key);
/** Runs the key's action, or says that the officer has no right to it. */
void action_run(struct app *app, int key);
/** Does it on the top screen, or says that there is no right to it or no row for it: then false. */
bool action_do(struct app *app, const struct action *action);
/** Adds the names of its keys as people know them. */
void action_add_keys(const struct keymap *keymap, const struct action *action, struct str *text);
/** F1's text for the top screen: keys and what they do. */
void action_help(const struct app *app, struct str *text);

#endif
