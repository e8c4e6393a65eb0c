#include "world.h"

#include "base/month.h"
#include "service/frame/record.h"
#include "service/memory/reading.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

/*
 * A month is read into the totals while everybody works (service/memory/reading.c): whatever is recorded
 * meanwhile, in villages that have been read and in others, the figures are those of the ledger.
 */

enum { CASES = 60, VILLAGES = 12, ROUNDS = 40 };

static char *village_of(size_t number, char area[AREA_TEXT])
{
    snprintf(area, AREA_TEXT, "2111020%02zu%03zu", 2 + number % VILLAGES / 6, 1 + number % 6);
    return area;
}

static void fill(struct world *world)
{
    char area[AREA_TEXT];

    world_make(world, "2026-11-20");
    for (uint64_t id = 1; id <= CASES; id++) {
        Rec__Case record = new_case(id, "tanfang", village_of(id, area), on("2026-09-01"));
        put_case(world, &record);
    }
}

static void note(const char *line, void *arg)
{
    (void)arg;
    print_error("%s\n", line);
}

/** Lines in which the totals differ from the ledger. */
static size_t differences(struct world *world, month_t month)
{
    struct totals *ledger = totals_new(service_forms(world->service));

    world->service->loading.step_rows = SIZE_MAX;
    assert_ok(reading_read_month(world->service, month, ledger));
    size_t count = totals_differ(world->service->totals, ledger, month, note, NULL);
    totals_free(&ledger);
    return count;
}

static void steps_of_any_size_read_the_same(void **state)
{
    static const size_t sizes[] = {1, 2, 5, 6, CASES - 1, CASES, CASES + 1};
    struct world world;
    month_t month = month_of(on("2026-11-01"));
    struct figures figures = {0};

    (void)state;
    fill(&world);
    for (size_t i = 0; i < COUNT(sizes); i++) {
        totals_drop(world.service->totals, month);
        world.service->loading.step_rows = sizes[i];
        assert_ok(reading_load_month(world.service, month));
        assert_int_equal(differences(&world, month), 0);
    }
    assert_true(totals_sum(world.service->totals, month, "", UINT32_MAX, &figures));
    assert_int_equal(figures.owed, CASES);
    world_remove(&world);
}

struct loader {
    struct service *service;
    month_t month;
    enum result result;
    atomic_bool done;
};

static void *load(void *arg)
{
    struct loader *loader = arg;

    loader->result = reading_load_month(loader->service, loader->month);
    atomic_store(&loader->done, true);
    return NULL;
}

static size_t moves;

static void move_on(Rec__Case *record)
{
    char area[AREA_TEXT];

    record_set(&record->area, village_of(moves++ * 7, area));
}

static void what_is_recorded_meanwhile_is_counted_once(void **state)
{
    struct world world;
    struct loader loader = {.month = month_of(on("2026-11-01"))};
    size_t written = 0;

    (void)state;
    fill(&world);
    loader.service = world.service;
    for (size_t round = 0; round < ROUNDS; round++) {
        pthread_t thread;
        totals_drop(world.service->totals, loader.month);
        world.service->loading.step_rows = 1 + round % 3;
        atomic_store(&loader.done, false);
        assert_int_equal(pthread_create(&thread, NULL, load, &loader), 0);
        while (!atomic_load(&loader.done)) {
            uint64_t id = 1 + written++ * 13 % CASES;
            if (written % 2 == 0)
                put_visit(&world, id, "2026-11-03", "tanfang", "成功");
            else
                change_case(&world, id, move_on);
        }
        pthread_join(thread, NULL);
        assert_ok(loader.result);
        assert_int_equal(differences(&world, loader.month), 0);
    }
    assert_true(written > ROUNDS);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_of_any_size_read_the_same),
        cmocka_unit_test(what_is_recorded_meanwhile_is_counted_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
