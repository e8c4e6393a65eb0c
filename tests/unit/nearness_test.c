/** Which command stands first for what was typed in the command line. */
#include "tui/app/nearness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void nothing(struct app *app)
{
    (void)app;
}

static const struct action ACT = {"steps.act", "办理", "F2 Enter", "办这一步", NULL, nothing};
static const struct action PRINT = {"list.print", "打印", "p", "打印清单", NULL, nothing};
static const struct action STEPS = {"steps.open", "办理",           "s", "申请到哪一步", NULL,
                                    nothing,      .menu = MENU_WORK};
static const struct action BENEFITS = {"benefits.open", "待遇",           "", "金额不一致的", NULL,
                                       nothing,         .menu = MENU_WORK};
static const struct action *const OFFERS[] = {&ACT, &PRINT, &STEPS, &BENEFITS, NULL};

static enum nearness of(const struct action *action, const char *typed)
{
    return nearness_of_action(action, OFFERS, typed);
}

static void a_place_stands_before_its_namesake(void **state)
{
    (void)state;
    assert_int_equal(of(&STEPS, "办理"), NEARNESS_PLACE);
    assert_int_equal(of(&ACT, "办理"), NEARNESS_IS);
    assert_int_equal(of(&STEPS, "bl"), NEARNESS_PLACE);
    assert_int_equal(of(&STEPS, "banli"), NEARNESS_PLACE);
    assert_int_equal(of(&ACT, "bl"), NEARNESS_IS);
    assert_int_equal(of(&BENEFITS, "待遇"), NEARNESS_PLACE);
}

/** Otherwise 打印 could not be called by its initials where 待遇 is in the menu. */
static void initials_that_mean_two_names_prefer_neither(void **state)
{
    (void)state;
    assert_int_equal(of(&PRINT, "dy"), NEARNESS_IS);
    assert_int_equal(of(&BENEFITS, "dy"), NEARNESS_IS);
}

static void the_rest_follows_by_nearness(void **state)
{
    (void)state;
    assert_int_equal(of(&STEPS, "办"), NEARNESS_BEGINS);
    assert_int_equal(of(&ACT, "办"), NEARNESS_BEGINS);
    assert_int_equal(of(&STEPS, ""), NEARNESS_BEGINS); /* all alike: as they are offered */
    assert_int_equal(of(&STEPS, "steps.open"), NEARNESS_IS);
    assert_int_equal(of(&STEPS, "steps"), NEARNESS_ID);
    assert_int_equal(of(&STEPS, "申请"), NEARNESS_HELP);
    assert_int_equal(of(&STEPS, "没有的"), NEARNESS_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_stands_before_its_namesake),
        cmocka_unit_test(initials_that_mean_two_names_prefer_neither),
        cmocka_unit_test(the_rest_follows_by_nearness),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
