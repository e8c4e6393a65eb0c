/**
 * Actions: everything a key can do, in one table.
 *
 * The key bar, F1, the menu and the manual are made from this table, so that none of them can
 * promise what another does not know. An action is offered only where its screen is on top and
 * the officer has the right; one key means one thing on one screen (a test walks all of them).
 */
#ifndef DOUDI_TUI_ACTION_H
#define DOUDI_TUI_ACTION_H

#include "base/str.h"

#include <stddef.h>
#include <stdint.h>

struct app;

/** Screens, as bits. */
enum where {
    AT_LOGIN = 1 << 0,
    AT_HOME = 1 << 1,
    AT_DUE = 1 << 2,
    AT_BATCH = 1 << 3,
    AT_FIND = 1 << 4,
    AT_CASES = 1 << 5,
    AT_CASE = 1 << 6,
    AT_FORM = 1 << 7,
    AT_DIALOG = 1 << 8, /**< a few fields in a window */
    AT_CONFLICT = 1 << 9,
    AT_BOARD = 1 << 10,
    AT_TREND = 1 << 11,
    AT_WHY = 1 << 12,
    AT_MONTHS = 1 << 13,
    AT_STATEMENT = 1 << 14,
    AT_PREVIEW = 1 << 15,
    AT_OFFICERS = 1 << 16,
    AT_AREAS = 1 << 17,
    AT_STANDARDS = 1 << 18,
    AT_EVENTS = 1 << 19,
    AT_EXCUSES = 1 << 20,
    AT_CHOICE = 1 << 21,
    AT_CONFIRM = 1 << 22,
    AT_PROMPT = 1 << 23,
    AT_TEXT = 1 << 24,
    AT_STATUS = 1 << 25,
    AT_REVIEWS = 1 << 26, /**< the due list of reviews */
    AT_ENTRY = 1 << 27,   /**< a programme's form in a window, e.g. a visit's */
    AT_ROW = 1 << 28,     /**< a row of a form's list */
    AT_HISTORY = 1 << 29,
    AT_IMPORT = 1 << 30,       /**< a ledger's columns */
    AT_IMPORT_RUN = 1LL << 31, /**< what comes of it */
    AT_PATH = 1LL << 32,       /**< a file is named */
    AT_IMPORTED = 1LL << 33,   /**< what came of it */
    AT_LAST = AT_IMPORTED,
    AT_MONTHLY = AT_HOME | AT_DUE | AT_REVIEWS | AT_BOARD | AT_WHY /**< show the month looked at */
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
    uint64_t where;
    enum menu menu; /**< its heading in 菜单 */
    void (*handler)(struct app *app);
    enum marks marks;
};

/** The table; NULL behind the last. */
const struct action *action_at(size_t index);
/** What `key` does on the top screen for this officer; NULL = nothing. */
const struct action *action_find(const struct app *app, int key);
/** Does it, or says that the officer has no right to it. */
void action_run(struct app *app, int key);
/** The same as action_find() without rights, by screen: for tests. */
const struct action *action_find_at(uint64_t where, int key);
/** F1's text for the top screen: keys and what they do. */
void action_help(const struct app *app, struct str *text);

#endif
