/** The actions of all screens: whole, without contradictions, and enough to work with. */
#include "tui/app/action.h"

#include "tests/unit/readers.h"
#include "tui/app/screen.h"
#include "tui/kit/keys.h"
#include "tui/screens/screens.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/** Screens that offer the action. */
static size_t screens_with(const struct action *action)
{
    size_t count = 0;

    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++)
        count += action_is_on(&SCREENS_PLACES, *screen, action);
    return count;
}

static void test_complete(void **state)
{
    const struct action **actions = screens_actions(screens_all());

    (void)state;
    for (size_t i = 0; actions[i] != NULL; i++) {
        const struct action *action = actions[i];
        assert_true(action->id[0] != '\0');
        assert_true(action->name[0] != '\0');
        assert_true(action->help[0] != '\0');
        assert_non_null(action->handler);
        /* Reachable: by a key somewhere or from the menu. */
        if ((action->keys[0] == '\0' || screens_with(action) == 0) && action->menu == MENU_NONE)
            fail_msg("%s is offered nowhere", action->id);
    }
    free(actions);
}

/** The menu shows the places and nothing else. */
static void test_places(void **state)
{
    const struct action **actions = screens_actions(screens_all());
    const struct action *places = SCREENS_PLACES.rows;
    size_t count = 0, others = 0;

    (void)state;
    for (size_t i = 0; actions[i] != NULL; i++)
        count += actions[i]->menu != MENU_NONE;
    for (size_t i = 0; i < SCREENS_PLACES.count; i++) {
        bool listed = places[i].menu != MENU_NONE;
        others += !listed; /* a further key of a place that is in the menu */
        for (size_t k = 0; k < SCREENS_PLACES.count; k++)
            listed =
                listed || (places[k].menu != MENU_NONE && places[k].handler == places[i].handler);
        assert_true(listed);
    }
    assert_int_equal(count, SCREENS_PLACES.count - others);
    free(actions);
}

/** A screen that names a place to be opened from it names one that exists. */
static void test_place_known(void **state)
{
    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++) {
        bool known = (*screen)->place == NULL;
        for (size_t i = 0; i < SCREENS_PLACES.count && !known; i++)
            known = strcmp(SCREENS_PLACES.rows[i].id, (*screen)->place) == 0;
        if (!known)
            fail_msg("%s: there is no place %s", (*screen)->title, (*screen)->place);
    }
}

static void test_ids_differ(void **state)
{
    const struct action **actions = screens_actions(screens_all());

    (void)state;
    for (size_t i = 0; actions[i] != NULL; i++)
        for (size_t j = i + 1; actions[j] != NULL; j++)
            assert_string_not_equal(actions[i]->id, actions[j]->id);
    free(actions);
}

/** Calls `each` for every key named in the tables. */
static void each_key(void (*each)(const struct action *action, int key))
{
    const struct action **actions = screens_actions(screens_all());

    for (size_t i = 0; actions[i] != NULL; i++) {
        const char *names = actions[i]->keys;
        while (*names != '\0') {
            size_t length = strcspn(names, " ");
            each(actions[i], key_named(names, length));
            names += length;
            names += strspn(names, " ");
        }
    }
    free(actions);
}

static void key_is_known(const struct action *action, int key)
{
    if (key == K_NONE)
        fail_msg("%s: a key of \"%s\" is unknown", action->id, action->keys);
}

static void test_keys_known(void **state)
{
    (void)state;
    each_key(key_is_known);
}

/** On every screen of an action its keys mean that action and no other. */
static void key_means_one(const struct action *action, int key)
{
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++) {
        const struct action *found = action_find_on(&SCREENS_PLACES, NULL, *screen, key);
        if (action_is_on(&SCREENS_PLACES, *screen, action) && found != action) {
            fail_msg("%s and %s share a key of \"%s\" on screen %s", action->id, found->id,
                     action->keys, (*screen)->title);
        }
    }
}

static void test_one_meaning(void **state)
{
    (void)state;
    each_key(key_means_one);
}

static void test_way_out(void **state)
{
    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++)
        if (action_find_on(&SCREENS_PLACES, NULL, *screen, K_ESC) == NULL)
            fail_msg("no way out of screen %s", (*screen)->title);
}

static void test_bar_fits(void **state)
{
    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++) {
        size_t columns = 1;
        for (int number = 1; number <= 10; number++) {
            const struct action *action =
                action_find_on(&SCREENS_PLACES, NULL, *screen, K_F0 + number);
            columns += action == NULL ? 0 : 2 + strlen(action->name) / 3 * 2;
        }
        if (columns > 80)
            fail_msg("the key bar of %s has %zu columns", (*screen)->title, columns);
    }
}

/* Own actions of lists that need no row: all others say so and are refused where there is none. */
static const char *const APART[] = {
    "conflict.accept",    "officers.add",      "events.scope",
    "benefits.scope",     "benefits.print",    "board.right",
    "board.left",         "board.trend",       "board.print",
    "board.by",           "board.kind",        "board.leads",
    "board.pace",         "board.reported",    "case.edit",
    "case.visit",         "case.unmask",       "case.correct",
    "case.void",          "case.excuse",       "case.review",
    "case.end",           "case.reopen",       "case.print",
    "case.next",          "case.previous",     "case.part_next",
    "case.part_previous", "cases.kind",        "cases.print",
    "cases.area",         "cases.state",       "cases.add",
    "divisions.add",      "divisions.table",   "divisions.changes",
    "divisions.gone",     "divisiontable.try", "divisiontable.file",
    "due.paper",          "due.all",           "due.scope",
    "due.undo",           "due.correct",       "due.walk",
    "round.undo",         "round.correct",     "duplicates.merges",
    "history.ask",        "import.try",        "import.sheet",
    "import.kind",        "import.file",       "import.keep",
    "importrun.accept",   "importrun.write",   "indicators.dibao",
    "indicators.print",   "indicators.keep",   "leads.counts",
    "leads.print",        "leads.all",         "months.print",
    "months.changed",     "payroll.make",      "payroll.overpaid",
    "payroll.print",      "senders.print",     "sent_differences.print",
    "overlaps.print",     "sides.merge",       "sides.swap",
    "spotcheck.print",    "leaves.add",        "leaves.take",
    "rounds.print",       "rounds.make",       "round.print",
    "round.counts",       "round.all",         "round.board",
    "spotcheck.draw",     "spotcheck.sheet",   "spotcheck.counts",
    "spotcheck.turn",     "standards.add",     "standards.names",
    "standards.set",      "standards.edit",    "steps.mine",
    "steps.print",        "suspicious.print",  "upcoming.print",
    "why.state",          "why.print",         "payroll.raises",
    "raises.all",         "raises.print",      "roster.print",
    "pace.print",         "trend.print",       "nearly.print",
    "case.upper",         "upper.line",        "upper.unmask",
    "upper.file",         "upper.next",
};

static bool needs_no_row(const struct action *action)
{
    for (size_t i = 0; i < sizeof APART / sizeof APART[0]; i++)
        if (strcmp(APART[i], action->id) == 0)
            return true;
    return false;
}

/** True for what is about no row and so need not say what it does with several. */
static bool is_about_no_row(const struct action *action)
{
    static const char *const apart[] = {
        "help",      "find.here",     "board.open", "month.back", "month.on",  "lock",
        "menu",      "refresh",       "redraw",     "back",       "leave",     "list.down",
        "list.up",   "list.pgdn",     "list.pgup",  "list.first", "list.last", "list.filter",
        "list.mark", "list.mark_all", "list.range", "list.order", "list.pane", "command",
        "mouse",     "list.filters",  "upper.last",
    };

    for (size_t i = 0; i < sizeof apart / sizeof apart[0]; i++)
        if (strcmp(apart[i], action->id) == 0)
            return true;
    return needs_no_row(action);
}

/** On a screen with marks every action that is about rows says what it does with several. */
static void test_marks(void **state)
{
    const struct action **actions = screens_actions(screens_all());

    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++) {
        for (size_t i = 0; actions[i] != NULL; i++)
            if (((*screen)->is & SCREEN_MARKS) != 0 && actions[i]->marks == MARKS_APART &&
                action_is_on(&SCREENS_PLACES, *screen, actions[i]) && !is_about_no_row(actions[i]))
                fail_msg("%s does not say what it does with marked rows", actions[i]->id);
    }
    free(actions);
}

static void row_is_needed(const struct screen_ops *screen, const struct action *action)
{
    bool needed = action->marks != MARKS_APART && action->marks != MARKS_PAPER;

    if (needed == needs_no_row(action) && action->marks != MARKS_PAPER)
        fail_msg("%s of %s: does it need a row?", action->id, screen->title);
}

/** Every action of a list says whether it needs a row, or is known to need none. */
static void test_rows(void **state)
{
    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++)
        for (size_t table = 0; table < ACTION_OWN && (*screen)->table != NULL; table++)
            for (size_t i = 0; i < (*screen)->actions[table].count; i++)
                if ((*screen)->actions[table].rows[i].where == 0)
                    row_is_needed(*screen, &(*screen)->actions[table].rows[i]);
}

/** F2 records or saves. */
static void test_f2_records(void **state)
{
    (void)state;
    for (const struct screen_ops *const *screen = screens_all(); *screen != NULL; screen++) {
        const struct action *action = action_find_on(&SCREENS_PLACES, NULL, *screen, K_F0 + 2);
        if (action != NULL && !action->records)
            fail_msg("F2 of %s: does %s record anything?", (*screen)->title, action->id);
    }
}

/** What says that it records needs a right that who may only read does not have. */
static void test_records_not_read(void **state)
{
    const struct action **actions = screens_actions(screens_all());

    (void)state;
    for (size_t i = 0; actions[i] != NULL; i++)
        if (actions[i]->records && actions[i]->right != NULL && readers_may(actions[i]->right))
            fail_msg("%s records, and an auditor may do it", actions[i]->id);
    free(actions);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complete),    cmocka_unit_test(test_places),
        cmocka_unit_test(test_place_known), cmocka_unit_test(test_ids_differ),
        cmocka_unit_test(test_keys_known),  cmocka_unit_test(test_one_meaning),
        cmocka_unit_test(test_way_out),     cmocka_unit_test(test_bar_fits),
        cmocka_unit_test(test_marks),       cmocka_unit_test(test_rows),
        cmocka_unit_test(test_f2_records),  cmocka_unit_test(test_records_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
