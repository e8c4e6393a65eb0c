/**
 * Actions: everything a key can do, in tables.
 *
 * A screen's own keys stand in its own file, what is common to many in tui/app/action.c, the places of
 * the menu in one table of the screens (tui/screens/screens.c). The key bar, F1, the menu and the manual are
 * made from these tables, so that none of them can promise what another does not know. An action is
 * offered only where its screen is on top and the officer has the right; one key means one thing on
 * one screen (a test walks all of them). Constant; threads: any.
 */
#ifndef DOUDI_TUI_APP_ACTION_H
#define DOUDI_TUI_APP_ACTION_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

struct app;
struct screen_ops;

/** What a screen is; common keys are offered by it. */
enum screen_is {
    SCREEN_TABLE = 1 << 0,   /**< full, nothing is typed: letters are keys, digits F-keys */
    SCREEN_PAGE = 1 << 1,    /**< full, a text to look at; keys as on a table */
    SCREEN_TYPED = 1 << 2,   /**< something is typed: help is F1 only */
    SCREEN_LIST = 1 << 3,    /**< a list under a line that is typed */
    SCREEN_PLACE = 1 << 4,   /**< one can go anywhere from here: menu, lock, leave */
    SCREEN_FIRST = 1 << 5,   /**< 首页: opens the places of the menu by their keys */
    SCREEN_MONTHLY = 1 << 6, /**< shows the month looked at, and others */
    SCREEN_MARKS = 1 << 7,   /**< several rows can be marked */
    SCREEN_FIXED = 1 << 8,   /**< a table that has to be dealt with: no filter, no menu */
    SCREEN_OWN_K = 1 << 9,   /**< k is a key of its own, not the row above */
    SCREEN_OWN_F4 = 1 << 10, /**< F4 is a key of its own, not the filter */
    SCREEN_INPUT = 1 << 11,  /**< a window that asks for one thing */
    SCREEN_FORM = 1 << 12,   /**< a programme's form */
    SCREEN_ENTRY = 1 << 13,  /**< one in a window, e.g. a visit's */
    SCREEN_ROW = 1 << 14,    /**< a row of a form's list */
    SCREEN_DIALOG = 1 << 15, /**< a few fields in a window */
    SCREEN_LOGIN = 1 << 16   /**< the window in which somebody logs in */
};

enum menu { MENU_NONE, MENU_WORK, MENU_SUPERVISE, MENU_ADMIN, MENU_SELF };

/** What an action does where several rows are marked. */
enum marks {
    MARKS_APART, /**< it is about no row */
    MARKS_ONE,   /**< works on one row: refused, and said so */
    MARKS_ALL    /**< works on all of them and says how many */
};

struct action {
    const char *id;    /**< "due.record" */
    const char *name;  /**< in the key bar: 登记 */
    const char *keys;  /**< "F2 Enter"; on screens without text input a digit is its F-key too */
    const char *help;  /**< what it does, for F1 and the manual */
    const char *right; /**< id of service/access.h, NULL = everybody */
    void (*handler)(struct app *app);
    enum marks marks;
    unsigned where; /**< on what is one of these; 0 = wherever the table is, of a place nowhere */
    unsigned but;   /**< and none of these */
    enum menu menu; /**< of a place: its heading in 菜单 */
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
    ACTION_OWN = 2,               /**< tables of its own that a screen may have */
    ACTION_KINDS = 4 + ACTION_OWN /**< and all those that it draws on */
};

/** The nth table that a screen draws on, in the order of F1: help, `places`, its own, common ones. One
 *  that it does not have is empty. */
struct action_table action_table(const struct action_table *places, const struct screen_ops *ops,
                                 size_t nth);
/** True if the screen offers the action, whoever is there. */
bool action_is_on(const struct action_table *places, const struct screen_ops *ops,
                  const struct action *action);
/** What `key` does on a screen, whoever is there; NULL = nothing. */
const struct action *action_find_on(const struct action_table *places, const struct screen_ops *ops,
                                    int key);
/** What `key` does on the top screen for this officer; NULL = nothing. */
const struct action *action_find(const struct app *app, int key);
/** Does it, or says that the officer has no right to it. */
void action_run(struct app *app, int key);
/** F1's text for the top screen: keys and what they do. */
void action_help(const struct app *app, struct str *text);

#endif
