/**
 * The parts of the user manual about keys and the menu.
 */
#include "tui/kit/keys.h"

#include "manual/manual.h"
#include "tui/app/menu.h"
#include "tui/app/screen.h"
#include "tui/screens/screens.h"

#include <stdlib.h>
#include <string.h>

/** An action of more screens than this is described once for all. */
enum { COMMON_SCREENS = 6, SECTION_SCREENS = 8 };

static const char COMMON[] = "通用";

static bool is_common(const struct action *action)
{
    const struct screen_ops *const *screens = screens_all();
    size_t count = 0;

    for (size_t i = 0; screens[i] != NULL; i++)
        count += action_is_on(&SCREENS_PLACES, screens[i], action);
    return count > COMMON_SCREENS;
}

/** True if a common action does the same, with more or fewer keys. */
static bool is_variant(const struct action *action)
{
    const struct action **actions = screens_actions(screens_all());
    bool found = false;
    bool before = false; /* the other action stands earlier in the table */

    for (size_t i = 0; !found && actions[i] != NULL; i++) {
        const struct action *other = actions[i];
        found = other != action && is_common(other) && strcmp(other->name, action->name) == 0 &&
                strcmp(other->help, action->help) == 0;
        before |= other == action;
    }
    free(actions);
    return found && (!is_common(action) || !before);
}

static void add_keys(struct str *text, const char *keys)
{
    for (const char *rest = keys; *rest != '\0';) {
        size_t length = strcspn(rest, " ");

        str_add(text, "`");
        key_label(rest, length, text);
        str_add(text, "`");
        rest += length;
        if (*rest == ' ') {
            str_add(text, " ");
            rest++;
        }
    }
}

static const char *section_of(const struct screen_ops *screen)
{
    return screen->section != NULL ? screen->section : screen->title;
}

/** The screens of one section, NULL behind the last. False if there is none. */
static bool find_section(const char *section, const struct screen_ops *found[SECTION_SCREENS + 1])
{
    const struct screen_ops *const *screens = screens_all();
    size_t count = 0;

    for (size_t i = 0; screens[i] != NULL && count < SECTION_SCREENS; i++)
        if (strcmp(section_of(screens[i]), section) == 0)
            found[count++] = screens[i];
    found[count] = NULL;
    return count > 0;
}

const char *manual_screen_at(size_t index)
{
    const struct screen_ops *const *screens = screens_all();
    const struct screen_ops *section[SECTION_SCREENS + 1];

    if (index == 0)
        return COMMON;
    for (size_t i = 0; screens[i] != NULL; i++)
        if (section_of(screens[i])[0] != '\0' && find_section(section_of(screens[i]), section) &&
            section[0] == screens[i] && --index == 0)
            return section_of(screens[i]);
    return NULL;
}

static bool is_shown(const struct action *action, const struct screen_ops *const *section,
                     bool common)
{
    bool on = false;

    for (size_t i = 0; !on && section[i] != NULL; i++)
        on = action_is_on(&SCREENS_PLACES, section[i], action);
    return on && is_common(action) == common && !is_variant(action);
}

static void add_screens(struct str *text, const struct screen_ops *const *section, bool common)
{
    const struct action **actions = screens_actions(section);
    size_t count = 0;

    for (size_t i = 0; actions[i] != NULL; i++) {
        if (is_shown(actions[i], section, common)) {
            str_add(text, count++ == 0 ? "\n| 键 | 名称 | 作用 |\n|---|---|---|\n" : "");
            str_add(text, "| ");
            add_keys(text, actions[i]->keys);
            str_printf(text, " | %s | %s |\n", actions[i]->name, actions[i]->help);
        }
    }
    str_add(text, count == 0 ? "\n只有通用的键。\n\n" : "\n");
    free(actions);
}

bool manual_keys(struct str *text, const char *screen)
{
    const struct screen_ops *section[SECTION_SCREENS + 1];

    if (strcmp(screen, COMMON) == 0)
        add_screens(text, screens_all(), true);
    else if (find_section(screen, section))
        add_screens(text, section, false);
    else
        return false;
    return true;
}

void manual_menu(struct str *text)
{
    str_add(text, "\n| 菜单 | 内容 | 首页上的键 |\n|---|---|---|\n");
    for (size_t i = 0; i < SCREENS_PLACES.count; i++) {
        const struct action *place = &SCREENS_PLACES.rows[i];
        if (place->menu == MENU_NONE)
            continue;
        str_printf(text, "| %s | %s | ", menu_heading(place->menu), place->help);
        add_keys(text, (place->where & (SCREEN_FIRST | SCREEN_PLACE)) != 0 ? place->keys : "");
        str_add(text, " |\n");
    }
    str_add(text, "\n");
}
