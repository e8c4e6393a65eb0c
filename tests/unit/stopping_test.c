#include "world.h"

#include "base/month.h"
#include "service/frame/record.h"
#include "service/keeping/init.h"
#include "service/ledger/month.h"
#include "service/ledger/opening.h"
#include "service/memory/reading.h"
#include "service/memory/steps.h"

#include <stdio.h>

/*
 * A stop in the midst of long work: no further portion is done, what was done stays done, and the same
 * work begun again is right. steps_run() goes by way of this file (ld --wrap), so that the stop
 * comes after as many portions as the test says.
 */

enum {
    CASES = 1200, /* three portions of a month's opening */
    VILLAGES = 12,
    PEOPLE = 21000, /* three portions of the census, with the cases */
    CENSUS_PORTIONS = 3,
    ROWS = 300, /* of a portion of reading: four portions */
    READING_PORTIONS = 4,
    NEVER = 1000,
};

static struct {
    struct service *service;
    size_t stop_after, called;
    steps_portion portion;
} stopper;

static enum result call_and_stop(void *arg, bool *ret_done)
{
    enum result result = stopper.portion(arg, ret_done);

    if (++stopper.called == stopper.stop_after)
        service_stop(stopper.service);
    return result;
}

enum result __real_steps_run(const atomic_bool *stopping, steps_portion portion, void *arg);
enum result __wrap_steps_run(const atomic_bool *stopping, steps_portion portion, void *arg);
enum result __wrap_steps_run(const atomic_bool *stopping, steps_portion portion, void *arg)
{
    stopper.portion = portion;
    return __real_steps_run(stopping, call_and_stop, arg);
}

/** From here on the service is stopped after so many portions. */
static void stop_after(struct service *service, size_t portions)
{
    stopper.service = service;
    stopper.stop_after = portions;
    stopper.called = 0;
    atomic_store(&service->stopping, portions == 0);
}

// ---- a home with many cases

static char *village_of(size_t number, char area[AREA_TEXT])
{
    snprintf(area, AREA_TEXT, "2111020%02zu%03zu", 2 + number % VILLAGES / 6, 1 + number % 6);
    return area;
}

static enum result put_many(struct txn *txn, void *arg)
{
    enum result result = RESULT_OK;
    char area[AREA_TEXT];

    (void)arg;
    for (uint64_t id = 1; id <= CASES && result == 0; id++) {
        Rec__Case casefile = new_case(id, "tanfang", village_of(id, area), on("2026-09-01"));
        Rec__Person person = make_person(id, "王桂兰", "");
        person.area = area;
        result = store_person_put(txn, &person);
        if (result == 0)
            result = store_case_put(txn, &casefile);
    }
    return result;
}

static void open_until(struct world *world, const char *today)
{
    world->service->fixed_today = on(today);
    assert_ok(opening_open_months(world->service));
}

/** Cases, and their rows of 2026-12. */
static void fill(struct world *world)
{
    stopper.stop_after = NEVER;
    world_make(world, "2026-11-20");
    run_ok(world->service->store, STORE_BULK, put_many, NULL);
    census_free(&world->service->census);
    world->service->census = census_new();
    open_until(world, "2026-12-02");
    assert_int_equal(count_duties(world, "2026-12"), CASES);
}

/** Reads a month of the ledger, and compares it with the figures in memory. */
static enum result compare_month(struct world *world, month_t month)
{
    struct totals *ledger = totals_new(service_forms(world->service));
    enum result result = reading_read_month(world->service, month, ledger);

    if (result == 0)
        assert_int_equal(totals_differ(world->service->totals, ledger, month, show_finding, NULL),
                         0);
    totals_free(&ledger);
    return result;
}

/** Work of so many portions ends at each stop, and is done when nothing stops it. */
static void expect_ends(struct world *world, size_t portions, enum result (*work)(struct world *))
{
    for (size_t done = 0; done < portions; done++) {
        stop_after(world->service, done);
        assert_result(work(world), RESULT_AGAIN);
        assert_int_equal(stopper.called, done);
    }
    stop_after(world->service, NEVER);
    assert_ok(work(world));
    assert_int_equal(stopper.called, portions);
}

static size_t moves;

static void move_on(Rec__Case *casefile)
{
    char area[AREA_TEXT];

    record_set(&casefile->area, village_of(moves++ * 7, area));
}

// ---- the opening of months

enum { BEFORE = 1 /* the new month is read first */, OPENING = 3, FINISHING = 2 };

static void turn_two_months(struct world *world)
{
    world->service->fixed_today = month_first(facts_complete_month(world->service) + FINISHING) + 1;
    /* no change has to wait for a closing */
    atomic_store(&world->service->closed_for, world->service->fixed_today);
}

static void months_are_opened_later(void **state)
{
    struct world world;
    char text[MONTH_TEXT];

    (void)state;
    fill(&world);
    for (size_t portions = 0; portions < BEFORE + OPENING + FINISHING; portions++) {
        month_t whole = facts_complete_month(world.service);
        size_t finished = portions > BEFORE + OPENING ? portions - BEFORE - OPENING : 0;

        turn_two_months(&world);
        stop_after(world.service, portions);
        assert_result(opening_open_months(world.service), RESULT_AGAIN);
        assert_int_equal(stopper.called, portions);
        assert_int_equal(facts_complete_month(world.service), whole + finished);
        stop_after(world.service, NEVER);
        change_case(&world, 1 + portions, move_on);
        assert_ok(opening_open_months(world.service));
        assert_int_equal(facts_complete_month(world.service), whole + FINISHING);
        for (month_t month = whole + 1; month <= whole + FINISHING; month++) {
            assert_int_equal(sum(&world, month_format(month, text), "", "tanfang").owed, CASES);
            assert_ok(compare_month(&world, month));
        }
    }
    turn_two_months(&world);
    stop_after(world.service, NEVER);
    assert_ok(opening_open_months(world.service));
    assert_int_equal(stopper.called, BEFORE + OPENING + FINISHING); /* the cases once */
    world_remove(&world);
}

// ---- the census

static enum result put_people(struct txn *txn, void *arg)
{
    enum result result = RESULT_OK;

    (void)arg;
    for (uint64_t id = CASES + 1; id <= PEOPLE && result == 0; id++) {
        Rec__Person person = make_person(id, "王桂兰", "");
        result = store_person_put(txn, &person);
    }
    return result;
}

static void expect_registered(struct world *world, uint64_t people, uint64_t cases)
{
    struct census_figures figures = {0};

    assert_ok(census_get(world->service, &figures));
    assert_int_equal(figures.persons, people);
    assert_int_equal(figures.cases, cases);
    assert_int_equal(figures.active, cases);
}

static void fail_for_line(const char *line, void *arg)
{
    (void)arg;
    fail_msg("%s", line);
}

static enum result check_census(struct world *world)
{
    pthread_rwlock_wrlock(&world->service->gate);
    enum result result = census_check(world->service, fail_for_line, NULL);
    pthread_rwlock_unlock(&world->service->gate);
    return result;
}

static void the_census_goes_on_where_it_was(void **state)
{
    struct world world;
    char area[AREA_TEXT];

    (void)state;
    fill(&world);
    run_ok(world.service->store, STORE_BULK, put_people, NULL);
    for (size_t portions = 0; portions < CENSUS_PORTIONS; portions++) {
        struct census_figures unwritten = {.persons = 7};
        uint64_t id = PEOPLE + 1 + portions;
        Rec__Case casefile = new_case(id, "tanfang", village_of(id, area), on("2026-09-01"));

        census_free(&world.service->census);
        world.service->census = census_new();
        stop_after(world.service, portions);
        assert_result(census_get(world.service, &unwritten), RESULT_AGAIN);
        assert_int_equal(stopper.called, portions);
        assert_int_equal(unwritten.persons, 7);
        stop_after(world.service, NEVER);
        put_case(&world, &casefile);
        expect_registered(&world, id, CASES + 1 + portions);
        assert_int_equal(stopper.called, CENSUS_PORTIONS - portions);
        stop_after(world.service, 0);
        expect_registered(&world, id, CASES + 1 + portions); /* nothing is left to count */
    }
    world_remove(&world);
}

static void the_check_of_the_census_ends(void **state)
{
    struct world world;

    (void)state;
    fill(&world);
    run_ok(world.service->store, STORE_BULK, put_people, NULL);
    expect_registered(&world, PEOPLE, CASES);
    expect_ends(&world, CENSUS_PORTIONS, check_census);
    world_remove(&world);
}

// ---- reading a month

static void a_month_half_read_is_forgotten(void **state)
{
    struct world world;
    month_t month = in("2026-12");

    (void)state;
    fill(&world);
    world.service->loading.step_rows = ROWS;
    for (size_t portions = 0; portions < READING_PORTIONS; portions++) {
        totals_drop(world.service->totals, month);
        stop_after(world.service, portions);
        assert_result(reading_load_month(world.service, month), RESULT_AGAIN);
        assert_int_equal(stopper.called, portions);
        assert_false(totals_has(world.service->totals, month));
        assert_null(world.service->loading.fresh);
        put_visit(&world, 1 + portions, "2026-12-01", "tanfang", "成功");
        change_case(&world, 100 + portions, move_on);
        stop_after(world.service, NEVER);
        assert_ok(reading_load_month(world.service, month));
        assert_ok(compare_month(&world, month));
        assert_int_equal(sum(&world, "2026-12", "", "tanfang").reached, portions + 1);
    }
    world_remove(&world);
}

static enum result compare_december(struct world *world)
{
    return compare_month(world, in("2026-12"));
}

static void reading_a_month_for_oneself_ends(void **state)
{
    struct world world;

    (void)state;
    fill(&world);
    world.service->loading.step_rows = ROWS;
    expect_ends(&world, READING_PORTIONS, compare_december);
    world_remove(&world);
}

/** What has been changed is stored by then: it must not look as if it had failed. */
static void new_rules_hold_without_the_month(void **state)
{
    struct world world;
    month_t month = in("2026-12");

    (void)state;
    fill(&world);
    world.service->loading.step_rows = ROWS;
    stop_after(world.service, 1);
    assert_ok(reading_reload(world.service));
    assert_int_equal(stopper.called, 1);
    assert_false(totals_has(world.service->totals, month));
    stop_after(world.service, NEVER);
    assert_int_equal(sum(&world, "2026-12", "", "tanfang").owed, CASES);
    assert_ok(compare_month(&world, month));
    world_remove(&world);
}

// ---- closing streets

static void the_other_street_is_closed_later(void **state)
{
    struct world world;

    (void)state;
    fill(&world);
    open_until(&world, "2027-01-04");
    stop_after(world.service, 1);
    assert_result(month_close(world.service, &world.system, "2026-12", COUNTY, &world.reply),
                  RESULT_AGAIN);
    assert_int_equal(stopper.called, 1);
    assert_null(world.reply.message);
    stop_after(world.service, NEVER);
    assert_ok(month_close(world.service, &world.system, "2026-12", COUNTY, &world.reply));
    assert_string_equal(fields_get(&world.reply.values, "streets"), "1");
    assert_string_equal(fields_get(&world.reply.values, "missed"), "600");
    /* no street is left */
    assert_ok(month_close(world.service, &world.system, "2026-12", COUNTY, &world.reply));
    assert_string_equal(fields_get(&world.reply.values, "streets"), "0");
    world_remove(&world);
}

// ---- storing the divisions of a new home

enum { AREAS = 1003, DIVISION_PORTIONS = 2 };

static void add_division(struct sheet *sheet, const char *code, const char *parent,
                         const char *level)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "code", code);
    sheet_set(sheet, row, "name", code);
    sheet_set(sheet, row, "parent", parent);
    sheet_set(sheet, row, "level", level);
}

static struct sheet *make_many_divisions(void)
{
    static const char *const streets[] = {STREET, OTHER_STREET};
    struct sheet *sheet = column_sheet(&COLUMNS_AREAS);

    add_division(sheet, COUNTY, "", "county");
    for (size_t i = 0; i < COUNT(streets); i++) {
        add_division(sheet, streets[i], COUNTY, "street");
        for (unsigned number = 1; number <= 500; number++) {
            char code[AREA_TEXT];
            snprintf(code, sizeof code, "%.9s%03u", streets[i], number);
            add_division(sheet, code, streets[i], "village");
        }
    }
    assert_int_equal(sheet->row_count, AREAS);
    return sheet;
}

static struct service *open_empty(const struct home *home)
{
    char *forms = paths_data("forms"), *message = NULL;
    struct service_options options = {
        .home = home->path, .forms = forms, .create = true, .today = "2026-11-20"};
    struct service *service;
    int lock;

    assert_ok(store_lock_home(home->path, true, &lock));
    close(lock);
    assert_ok(service_open(&options, &service, &message));
    free(forms);
    return service;
}

static void a_home_is_made_later(void **state)
{
    struct home home = home_make();
    struct service *service = open_empty(&home);
    struct caller system = facts_system(service);
    struct sheet *divisions = make_many_divisions();
    struct init_input input = {.area = "211102",
                               .first_month = "2026-10",
                               .admin_password = ADMIN_PASSWORD,
                               .divisions = divisions};
    struct reply reply = {0};

    (void)state;
    for (size_t portions = 0; portions < DIVISION_PORTIONS; portions++) {
        stop_after(service, portions);
        assert_result(init_new_home(service, &system, &input, &reply), RESULT_AGAIN);
        assert_int_equal(stopper.called, portions);
        assert_false(service_initialised(service));
    }
    /* once it exists, a stop must not look like a failure: the password is told only once */
    stop_after(service, DIVISION_PORTIONS);
    assert_ok(init_new_home(service, &system, &input, &reply));
    assert_int_equal(stopper.called, DIVISION_PORTIONS);
    assert_true(service_initialised(service));
    assert_string_equal(fields_get(&reply.values, "areas"), "1003");
    assert_non_null(cache_area_at(service->cache, AREAS - 1));
    assert_null(cache_area_at(service->cache, AREAS));
    stop_after(service, NEVER);
    assert_ok(service_tick(service));
    assert_int_equal(facts_complete_month(service), month_of(on("2026-11-20")));
    sheet_free(&divisions);
    reply_free(&reply);
    service_close(&service);
    remove_tree(home.root);
    free(home.root);
    free(home.path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(months_are_opened_later),
        cmocka_unit_test(the_census_goes_on_where_it_was),
        cmocka_unit_test(the_check_of_the_census_ends),
        cmocka_unit_test(a_month_half_read_is_forgotten),
        cmocka_unit_test(reading_a_month_for_oneself_ends),
        cmocka_unit_test(new_rules_hold_without_the_month),
        cmocka_unit_test(the_other_street_is_closed_later),
        cmocka_unit_test(a_home_is_made_later),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
