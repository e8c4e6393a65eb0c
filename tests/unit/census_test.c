/*
 * How many persons and cases there are, kept instead of counted anew for every status.
 */
#include "service_fixture.h"

#include "db/tables.h"
#include "service/cases/case.h"
#include "service/keeping/status.h"
#include "service/memory/state.h"

#include <pthread.h>

enum {
    MANY = 25000,   /* more than two steps of the walk */
    BEHIND = 10000, /* their ids stand behind those that are given out */
};

static void expect(struct fixture *fixture, const char *persons, const char *cases)
{
    struct sheet *sheet = NULL;
    int seen = 0;

    assert_result(status_list(fixture->service, &fixture->system, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *name = sheet_get(sheet, row, "name");
        const char *wanted = strcmp(name, "人数") == 0     ? persons
                             : strcmp(name, "个案数") == 0 ? cases
                                                           : NULL;
        if (wanted == NULL)
            continue;
        assert_string_equal(sheet_get(sheet, row, "value"), wanted);
        seen++;
    }
    assert_int_equal(seen, 2);
    sheet_free(&sheet);
}

/** The fixture has counted at the start: from then on only commits are heard of. */
static void commits_change_the_numbers(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = 0;

    expect(fixture, "0", "0（在册 0）");
    for (int i = 0; i < 3; i++)
        id = elder_add(fixture, &(struct elder){.name = "王桂兰"});
    expect(fixture, "3", "3（在册 3）");
    assert_result(case_close(fixture->service, &fixture->street, id, "2026-11-20", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    expect(fixture, "3", "3（在册 2）");
    /* what is refused changes nothing */
    assert_result(case_close(fixture->service, &fixture->other_street, id, "2026-11-20", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_DENIED);
    expect(fixture, "3", "3（在册 2）");
    fixture_today(fixture, "2026-11-24");
    expect(fixture, "3", "3（在册 2）");
}

static enum result put_many(struct txn *txn, void *arg)
{
    enum result result = RESULT_OK;

    (void)arg;
    for (uint64_t id = BEHIND + 1; id <= BEHIND + MANY && result == 0; id++) {
        Rec__Person person = REC__PERSON__INIT;
        Rec__Case record = REC__CASE__INIT;
        char number[24], area[] = VILLAGE, kind[] = "tanfang", active[] = "active",
                         closed[] = "closed";
        snprintf(number, sizeof number, "T-%ju", (uintmax_t)id);
        person.id = record.id = record.person = id;
        person.area = record.area = area;
        record.number = number;
        record.kind = kind;
        record.state = id % 5 == 0 ? closed : active;
        result = store_person_put(txn, &person);
        if (result == 0 && id % 2 == 0)
            result = store_case_put(txn, &record);
    }
    return result;
}

static void *count(void *arg)
{
    struct census_figures unused;

    return census_get(arg, &unused) == 0 ? arg : NULL;
}

/** The walk takes several steps, and commits come between them: the fixture's end compares. */
static void a_walk_among_commits_counts_everybody_once(void **state)
{
    struct fixture *fixture = *state;
    struct census_figures figures;
    pthread_t thread;
    void *counted = NULL;

    assert_result(store_run(fixture->service->store, STORE_BULK, put_many, NULL), RESULT_OK);
    census_free(&fixture->service->census);
    fixture->service->census = census_new();
    assert_int_equal(pthread_create(&thread, NULL, count, fixture->service), 0);
    for (int i = 0; i < 30; i++)
        elder_add(fixture, &(struct elder){.name = "王桂兰"});
    pthread_join(thread, &counted);
    assert_non_null(counted);
    assert_result(census_get(fixture->service, &figures), RESULT_OK);
    assert_int_equal(figures.persons, MANY + 30);
    assert_int_equal(figures.cases, MANY / 2 + 30);
    assert_int_equal(figures.active, MANY / 2 - MANY / 10 + 30);
}

/** Only what the walk has passed is changed by a commit. */
static void a_change_counts_behind_the_walk_only(void **state)
{
    struct fixture *fixture = *state;
    struct census *fresh = census_new();
    struct delta delta = {0};
    struct census *own = fixture->service->census;
    struct census_figures figures;

    delta_register(&delta, &(struct delta_registered){.person = true, .id = 7, .there = 1});
    delta_register(&delta, &(struct delta_registered){.id = 7, .there = 1, .active = 1});
    census_apply(fresh, &delta); /* nothing was counted yet: the walk will see them */
    fixture->service->census = fresh;
    assert_result(census_get(fixture->service, &figures), RESULT_OK);
    assert_int_equal(figures.persons + figures.cases + figures.active, 0);
    census_apply(fresh, &delta);
    assert_result(census_get(fixture->service, &figures), RESULT_OK);
    assert_int_equal(figures.persons, 1);
    assert_int_equal(figures.cases, 1);
    assert_int_equal(figures.active, 1);
    fixture->service->census = own;
    census_free(&fresh);
    delta_clear(&delta);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(commits_change_the_numbers, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_walk_among_commits_counts_everybody_once, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_change_counts_behind_the_walk_only, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
