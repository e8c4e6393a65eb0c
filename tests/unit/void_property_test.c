/*
 * Visits that are recorded, corrected and voided at random, and a month that closes and opens again,
 * against a plain recount of what stands.
 */
#include "service_fixture.h"

#include "base/month.h"
#include "base/random.h"
#include "service/keeping/verify.h"

#include <inttypes.h>

enum { ELDERS = 5, ENTRIES = 120, MONTHS = 2 };

struct entry {
    size_t elder;
    day_t date;
    uint32_t seq;
    bool success, stands;
};

struct life {
    struct fixture *fixture;
    struct random random;
    uint64_t elders[ELDERS];
    size_t count;
    struct entry entries[ENTRIES];
    bool closed[MONTHS];
};

static struct entry *pick_standing(struct life *life)
{
    uint32_t start = life->count == 0 ? 0 : random_below(&life->random, (uint32_t)life->count);

    for (size_t i = 0; i < life->count; i++) {
        struct entry *entry = &life->entries[(start + i) % life->count];
        if (entry->stands)
            return entry;
    }
    return NULL;
}

static void enter(struct life *life, struct entry *replaced)
{
    struct fixture *fixture = life->fixture;
    char date[DATE_TEXT];
    char old[DATE_TEXT];
    char reference[40] = "";
    struct entry entry = {
        .elder = replaced != NULL ? replaced->elder : random_below(&life->random, ELDERS),
        .date = date_make(2026, 10, 1) + (day_t)random_below(&life->random, 36),
        .success = random_below(&life->random, 2) == 0,
        .stands = true,
    };
    struct visit_input input = {
        .case_id = life->elders[entry.elder],
        .date = date_format(entry.date, date),
        .mode = "上门",
        .result = entry.success ? "成功" : "未遇",
        .by = "刘洋",
        .confirm = true,
        .replaces = reference,
    };

    if (replaced != NULL) {
        snprintf(reference, sizeof reference, "%s:%" PRIu32, date_format(replaced->date, old),
                 replaced->seq);
        replaced->stands = false;
    }
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    entry.seq =
        (uint32_t)strtoul(strrchr(fields_get(&fixture->reply.values, "visit"), ':') + 1, NULL, 10);
    life->entries[life->count++] = entry;
}

static void take_back(struct life *life, struct entry *entry)
{
    char visit[40];
    char date[DATE_TEXT];
    bool closed = life->closed[month_of(entry->date) - month_make(2026, 10)];
    struct void_input input = {
        .case_id = life->elders[entry->elder], .visit = visit, .reason = "登错人"};

    snprintf(visit, sizeof visit, "%s:%" PRIu32, date_format(entry->date, date), entry->seq);
    assert_result(visit_void(life->fixture->service, &life->fixture->street, &input,
                             fixture_clear(life->fixture)),
                  closed ? RESULT_CLOSED : RESULT_OK);
    entry->stands = entry->stands && closed;
}

static void turn_october(struct life *life)
{
    struct fixture *fixture = life->fixture;
    enum result result = life->closed[0]
                             ? month_reopen(fixture->service, &fixture->system, "2026-10", STREET,
                                            "登错人", fixture_clear(fixture))
                             : month_close(fixture->service, &fixture->system, "2026-10", STREET,
                                           fixture_clear(fixture));

    assert_result(result, RESULT_OK);
    life->closed[0] = !life->closed[0];
}

static void compare(struct life *life, month_t month)
{
    char text[MONTH_TEXT];
    char expected[64];
    unsigned reached = 0, attempted = 0;

    for (size_t elder = 0; elder < ELDERS; elder++) {
        bool success = false, attempt = false;
        for (size_t i = 0; i < life->count; i++) {
            const struct entry *entry = &life->entries[i];
            if (entry->elder != elder || !entry->stands || month_of(entry->date) != month)
                continue;
            success |= entry->success;
            attempt |= !entry->success;
        }
        reached += success;
        attempted += attempt && !success;
    }
    /* owed reached fulfilled … attempted; what closing makes of the rest is others' matter */
    const char *line =
        board_line(life->fixture, month_format(month, text), "village", VILLAGE, false);
    unsigned got[8];
    assert_int_equal(sscanf(line, "%u %u %u %u %u %u %u %u", &got[0], &got[1], &got[2], &got[3],
                            &got[4], &got[5], &got[6], &got[7]),
                     8);
    snprintf(expected, sizeof expected, "%u %u %u", ELDERS, reached, attempted);
    char *figures = mem_printf("%u %u %u", got[0], got[1], got[7]);
    if (strcmp(figures, expected) != 0)
        fail_msg("%s: %s, not %s", text, figures, expected);
    free(figures);
}

static void verify(struct fixture *fixture)
{
    struct sheet *lines = NULL;

    assert_result(verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture)),
                  RESULT_OK);
    sheet_free(&lines);
}

static void test_recount(void **state)
{
    struct fixture fixture;
    struct life life = {.fixture = &fixture, .random = {.state = 20261123}};

    (void)state;
    fixture_begin(&fixture, "2026-10", "2026-11-05"); /* October has not closed by itself yet */

    for (size_t i = 0; i < ELDERS; i++)
        life.elders[i] = elder_add(life.fixture, &(struct elder){0});
    while (life.count < ENTRIES) {
        struct entry *entry = pick_standing(&life);
        switch (entry == NULL ? 0 : random_below(&life.random, 8)) {
        case 1:
        case 2:
        case 3:
            take_back(&life, entry);
            break;
        case 4:
            enter(&life, entry);
            break;
        case 5:
            if (random_below(&life.random, 4) == 0)
                turn_october(&life);
            break;
        default:
            enter(&life, NULL);
        }
        compare(&life, month_make(2026, 10));
        compare(&life, month_make(2026, 11));
    }
    verify(&fixture);
    fixture_end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_recount)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
