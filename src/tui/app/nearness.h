/**
 * How near a command is to what was typed in the command line. Pure; threads: any.
 */
#ifndef DOUDI_TUI_APP_NEARNESS_H
#define DOUDI_TUI_APP_NEARNESS_H

#include "tui/app/action.h"

/** A lower one stands before a higher one. */
enum nearness {
    NEARNESS_PLACE, /**< a place of the menu has this name; another command may have it, too */
    NEARNESS_IS,
    NEARNESS_BEGINS,
    NEARNESS_ID,
    NEARNESS_HELP,
    NEARNESS_NONE
};

/** `offers` are all commands that may be meant, NULL behind the last; `action` is one of them. */
enum nearness nearness_of_action(const struct action *action, const struct action *const *offers,
                                 const char *typed);

#endif
