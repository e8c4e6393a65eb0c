#include "tui/app/nearness.h"

#include "base/pinyin.h"
#include "base/text.h"

#include <string.h>

static bool has_name_of_another(const struct action *action, const struct action *const *offers)
{
    for (size_t i = 0; offers[i] != NULL; i++)
        if (offers[i] != action && strcmp(offers[i]->name, action->name) == 0)
            return true;
    return false;
}

/** True if the name was typed. Initials may mean several names (打印 and 待遇); they put a place first
 *  only before the command of the same name. */
static bool is_place_named(const struct action *action, const struct action *const *offers,
                           const char *typed)
{
    return action->menu != MENU_NONE &&
           (strcmp(action->name, typed) == 0 ||
            (pinyin_spells(action->name, typed, true) && has_name_of_another(action, offers)));
}

enum nearness nearness_of_action(const struct action *action, const struct action *const *offers,
                                 const char *typed)
{
    const char *dot = strchr(action->id, '.'); /* phone is due.phone */

    if (is_place_named(action, offers, typed))
        return NEARNESS_PLACE;
    if (strcmp(action->name, typed) == 0 || strcmp(action->id, typed) == 0 ||
        pinyin_spells(action->name, typed, true))
        return NEARNESS_IS;
    if (text_starts(action->name, typed) || pinyin_spells(action->name, typed, false))
        return NEARNESS_BEGINS;
    if (text_starts(action->id, typed) || (dot != NULL && text_starts(dot + 1, typed)))
        return NEARNESS_ID;
    return strstr(action->help, typed) != NULL || pinyin_spells(action->help, typed, false)
               ? NEARNESS_HELP
               : NEARNESS_NONE;
}
