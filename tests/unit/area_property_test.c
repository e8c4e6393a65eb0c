/*
 * Random changes of divisions, visits, closings and undone changes: after each the home is verified
 * (its duties are counted again from the visits), the open month is counted by hand, and what was
 * reported of the closed month stays as it was.
 */
#include "area_fixture.h"

#include "base/mem.h"

#include <string.h>

enum { ELDERS = 8, STEPS = 25 };

struct run {
    struct fixture fixture;
    unsigned seed;
    uint64_t elders[ELDERS];
    bool visited[ELDERS];
    unsigned changes;
    char *october;
};

static unsigned pick(struct run *run, unsigned count)
{
    run->seed = run->seed * 1103515245u + 12345u;
    return (run->seed >> 16) % count;
}

/** A village that has somebody. */
static const char *some_village(struct run *run)
{
    return case_area(&run->fixture, run->elders[pick(run, ELDERS)]);
}

/** A code that was never used, below a street or a new street. */
static void new_code(struct run *run, char code[13])
{
    static const char *const streets[] = {"211102003", "211102004", "211102002"};

    snprintf(code, 13, "%s%03u", streets[pick(run, 3)], 300 + run->changes * 7 % 600);
}

static void do_change(struct run *run)
{
    static const char *const what[] = {"merge", "move", "rename", "street"};
    char village[13], into[13], name[40];
    struct order order = {.what = what[pick(run, 4)], .code = village, .into = into};

    run->changes++;
    snprintf(village, sizeof village, "%s", some_village(run));
    snprintf(into, sizeof into, "%s", some_village(run));
    snprintf(name, sizeof name, "第%u社区", run->changes);
    if (strcmp(order.what, "move") == 0)
        new_code(run, into);
    if (strcmp(order.what, "rename") == 0) {
        order.into = NULL;
        order.name = name;
    }
    if (strcmp(order.what, "street") == 0) { /* the whole street gets a new code */
        order.what = "move";
        village[9] = '\0';
        snprintf(into, sizeof into, "211102%03u", 500 + run->changes);
    }
    (void)change(&run->fixture, &order, pick(run, 2) == 0 ? "2026-11-01" : "2026-11-20");
}

static void do_visit(struct run *run)
{
    unsigned elder = pick(run, ELDERS);
    char date[DATE_TEXT];

    snprintf(date, sizeof date, "2026-11-%02u", 1 + pick(run, 22));
    if (!run->visited[elder])
        visit_ok(&run->fixture, run->elders[elder], date);
    run->visited[elder] = true;
}

static void do_step(struct run *run)
{
    unsigned what = pick(run, 10);

    if (what < 5)
        do_change(run);
    else if (what < 8)
        do_visit(run);
    else if (what == 8 && run->changes > 0)
        (void)undo(&run->fixture, 1 + pick(run, run->changes));
    else if (run->october == NULL && pick(run, 3) == 0) {
        close_october(&run->fixture);
        run->october = month_text(&run->fixture, "2026-10", true);
    }
}

/** Counts the open month by hand. */
static void count_again(struct run *run)
{
    char areas[ELDERS][AREA_TEXT];
    char wanted[32];

    for (size_t i = 0; i < ELDERS; i++)
        snprintf(areas[i], AREA_TEXT, "%s", case_area(&run->fixture, run->elders[i]));
    for (size_t i = 0; i < ELDERS; i++) {
        unsigned owed = 0, reached = 0;
        for (size_t k = 0; k < ELDERS; k++) {
            owed += strcmp(areas[k], areas[i]) == 0;
            reached += strcmp(areas[k], areas[i]) == 0 && run->visited[k];
        }
        snprintf(wanted, sizeof wanted, "%u %u ", owed, reached);
        const char *line = board_line(&run->fixture, "2026-11", "village", areas[i], false);
        if (strncmp(line, wanted, strlen(wanted)) != 0)
            fail_msg("%s: %s, not %s", areas[i], line, wanted);
    }
}

static void run_once(unsigned seed)
{
    static const char *const villages[] = {VILLAGE, VILLAGE2, OTHER_VILLAGE, THIRD_VILLAGE};
    struct run run = {.seed = seed};

    fixture_begin(&run.fixture, "2026-10", "2026-11-23");
    for (size_t i = 0; i < ELDERS; i++)
        run.elders[i] = elder_add(&run.fixture,
                                  &(struct elder){.since = "2026-03-01", .area = villages[i % 4]});
    for (int step = 0; step < STEPS; step++) {
        do_step(&run);
        count_again(&run);
        if (step % 4 == 0)
            expect_sound(&run.fixture);
        if (run.october != NULL) {
            char *now = month_text(&run.fixture, "2026-10", true);
            assert_string_equal(now, run.october);
            free(now);
        }
    }
    fixture_today(&run.fixture, "2026-12-07"); /* November closes, wherever its rows stand */
    expect_sound(&run.fixture);
    for (size_t i = 0; i < ELDERS; i++)
        assert_non_null(strstr(why_line(&run.fixture, "2026-11", run.elders[i], true),
                               run.visited[i] ? "reached" : "missed"));
    free(run.october);
    fixture_end(&run.fixture);
}

static void test_random(void **state)
{
    unsigned first = unit_first_run(), end = first + unit_runs(2, 20);

    (void)state;
    for (unsigned seed = first; seed < end; seed++)
        run_once(20261122 + seed);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_random)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
