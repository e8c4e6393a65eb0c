/** The action table: whole, without contradictions, and enough to work with. */
#include "tui/action.h"

#include "tui/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>

#include <cmocka.h>

static void test_complete(void **state)
{
    const struct action *action = NULL;

    (void)state;
    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        assert_true(action->id[0] != '\0');
        assert_true(action->name[0] != '\0');
        assert_true(action->help[0] != '\0');
        assert_non_null(action->handler);
        /* Reachable: by a key somewhere or from the menu. */
        assert_true((action->keys[0] != '\0' && action->where != 0) || action->menu != MENU_NONE);
    }
}

static void test_ids_differ(void **state)
{
    const struct action *a = NULL;
    const struct action *b = NULL;

    (void)state;
    for (size_t i = 0; (a = action_at(i)) != NULL; i++)
        for (size_t j = i + 1; (b = action_at(j)) != NULL; j++)
            assert_string_not_equal(a->id, b->id);
}

/** Calls `each` for every key named in the table. */
static void each_key(void (*each)(const struct action *action, int key))
{
    const struct action *action = NULL;

    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        const char *names = action->keys;
        while (*names != '\0') {
            size_t length = strcspn(names, " ");
            each(action, key_named(names, length));
            names += length;
            names += strspn(names, " ");
        }
    }
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
    for (uint64_t where = 1; where <= AT_LAST; where <<= 1) {
        const struct action *found = action_find_at(where, key);
        if ((action->where & where) != 0 && found != action) {
            fail_msg("%s and %s share a key of \"%s\" on screen %llx", action->id, found->id,
                     action->keys, (unsigned long long)where);
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
    for (uint64_t where = AT_HOME; where <= AT_LAST; where <<= 1)
        if (action_find_at(where, K_ESC) == NULL)
            fail_msg("no way out of screen %llx", (unsigned long long)where);
}

static void test_bar_fits(void **state)
{
    (void)state;
    for (uint64_t where = AT_HOME; where <= AT_LAST; where <<= 1) {
        size_t columns = 1;
        for (int number = 1; number <= 10; number++) {
            const struct action *action = action_find_at(where, K_F0 + number);
            columns += action == NULL ? 0 : 2 + strlen(action->name) / 3 * 2;
        }
        assert_true(columns <= 80);
    }
}

/** On a screen with marks every action that is about rows says what it does with several. */
static void test_marks(void **state)
{
    static const char *const apart[] = {
        "help",        "board.open", "month.back",    "month.on",   "due.all",    "due.scope",
        "lock",        "menu",       "refresh",       "redraw",     "back",       "leave",
        "list.down",   "list.up",    "list.pgdn",     "list.pgup",  "list.first", "list.last",
        "list.filter", "list.mark",  "list.mark_all", "list.range",
    };
    const struct action *action = NULL;

    (void)state;
    for (size_t i = 0; (action = action_at(i)) != NULL; i++) {
        bool known = (action->where & (AT_DUE | AT_EXCUSES)) == 0 || action->marks != MARKS_APART;
        for (size_t k = 0; !known && k < sizeof(apart) / sizeof(apart[0]); k++)
            known = strcmp(apart[k], action->id) == 0;
        if (!known)
            fail_msg("%s does not say what it does with marked rows", action->id);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_complete),   cmocka_unit_test(test_ids_differ),
        cmocka_unit_test(test_keys_known), cmocka_unit_test(test_one_meaning),
        cmocka_unit_test(test_way_out),    cmocka_unit_test(test_bar_fits),
        cmocka_unit_test(test_marks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
