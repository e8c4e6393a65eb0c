/*
 * Random months of random work, compared with an oracle that knows nothing but what was done.
 *
 * Every day people are registered, visited, tried in vain, corrected, moved, excused, leave and are
 * taken in again, here or elsewhere; first days are changed and exits taken back; three streets close
 * and reopen months, and the timer closes them, too. After every day each duty's state, each board
 * (as known and as reported) and the totals in memory must be what a plain recount of the model
 * says, and verification must find nothing. The rules are written out here once more, on purpose.
 */
#include "ledger_acts.h"

#include "base/month.h"
#include "service/keeping/verify.h"
#include "service/lists/board.h"
#include "service/lists/pace.h"
#include "service/lists/why.h"

#include <inttypes.h>

// ---- comparing

/** Adds what the model says of an area: as known, or as its street reported. */
static void expected_figures(const struct world *world, int m, int kind, int area, bool reported,
                             struct figures *figures)
{
    const struct report *report = &world->reports[street_of[area]][m];

    for (size_t i = 0; reported && i < report->count; i++)
        if (report->rows[i].area == area && world->cases[report->rows[i].one].kind == kind)
            model_count(figures, &report->rows[i].verdict);
    for (size_t i = 0; !reported && i < world->case_count; i++) {
        const struct one_case *one = &world->cases[i];
        if (one->kind != kind || !one->rows[m].exists || one->rows[m].area != area)
            continue;
        struct verdict verdict = model_judge(world, one, m);
        model_count(figures, &verdict);
    }
}

static struct figures figures_of(const struct sheet *sheet, const char *key)
{
    static const char *const columns[] = {
        "owed",    "reached",     "fulfilled", "pending", "missed",
        "excused", "not_counted", "attempted", "late",
    };
    struct figures got = {0};
    uint64_t *const values[] = {
        &got.owed,    &got.reached,     &got.fulfilled, &got.pending, &got.missed,
        &got.excused, &got.not_counted, &got.attempted, &got.late,
    };

    for (size_t row = 0; row < sheet->row_count; row++)
        for (size_t i = 0; i < COUNT(columns) && strcmp(sheet_get(sheet, row, "key"), key) == 0;
             i++)
            *values[i] = strtoull(sheet_get(sheet, row, columns[i]), NULL, 10);
    return got;
}

static void print_figures(const struct figures *got, const struct figures *expected)
{
    const uint64_t *a = (const uint64_t *)got;
    const uint64_t *b = (const uint64_t *)expected;

    for (size_t i = 0; i < sizeof *got / sizeof *a; i++)
        print_error("%" PRIu64 "/%" PRIu64 " ", a[i], b[i]);
    print_error("\n");
}

static bool was_reported(const struct world *world, int m)
{
    for (int street = 0; street < STREETS; street++)
        if (world->reports[street][m].version != 0)
            return true;
    return false;
}

/** Rows of a month as the model and as the program have them. */
static void explain(struct world *world, int m, int kind)
{
    char month[MONTH_TEXT];
    char since[DATE_TEXT];
    char closed[DATE_TEXT];
    struct why_query query = {
        .month = month_format(world->first + m, month), .area = COUNTY, .kind = kinds[kind]};
    struct sheet *sheet = NULL;

    assert_result(why_explain(world->fixture.service, &world->fixture.county, &query, &sheet,
                              fixture_clear(&world->fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        print_error("%s %s %s\n", sheet_get(sheet, row, "case_id"), sheet_get(sheet, row, "area"),
                    sheet_get(sheet, row, "reason"));
    for (size_t i = 0; i < world->case_count; i++) {
        const struct one_case *one = &world->cases[i];
        if (one->kind == kind && one->rows[m].exists)
            print_error("%" PRIu64 " person %d %s now %s since %s to %s state %d\n", one->id,
                        one->person, areas[one->rows[m].area], areas[one->area],
                        date_format(one->since, since), date_format(one->closed, closed),
                        model_judge(world, one, m).state);
    }
    sheet_free(&sheet);
}

/** The days of the month end at the figures that the model expects, and no day is left out. */
static void compare_pace(struct world *world, int m, int kind, const char *area,
                         const struct figures *expected)
{
    struct fixture *fixture = &world->fixture;
    month_t of = world->first + m;
    char month[MONTH_TEXT];
    struct pace_query query = {.month = month_format(of, month), .area = area, .kind = kinds[kind]};
    struct sheet *sheet = NULL;
    uint64_t sum = 0, so_far = 0;

    expect(world, "pace",
           pace_days(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
           RESULT_OK);
    assert_int_equal(sheet->row_count, month_days(of));
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *text = sheet_get(sheet, row, "so_far");
        uint64_t behind = strtoull(sheet_get(sheet, row, "behind"), NULL, 10);
        uint64_t pace = strtoull(sheet_get(sheet, row, "pace"), NULL, 10);
        assert_int_equal(strtoull(sheet_get(sheet, row, "owed"), NULL, 10), expected->owed);
        assert_true(row + 1 < sheet->row_count || pace == expected->owed);
        if (text[0] == '\0')
            continue;
        sum += strtoull(sheet_get(sheet, row, "reached"), NULL, 10);
        so_far = strtoull(text, NULL, 10);
        assert_int_equal(so_far, sum);
        assert_int_equal(behind, pace > so_far ? pace - so_far : 0);
    }
    assert_int_equal(so_far, expected->reached);
    sheet_free(&sheet);
}

static void compare_board(struct world *world, int m, int kind, bool as_reported)
{
    struct fixture *fixture = &world->fixture;
    char month[MONTH_TEXT];
    struct board_query query = {
        .month = month_format(world->first + m, month),
        .area = COUNTY,
        .by = "village",
        .kind = kinds[kind],
        .as_reported = as_reported,
    };
    struct sheet *sheet = NULL;
    bool there = !as_reported || was_reported(world, m);

    expect(world, "board",
           board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
           there ? RESULT_OK : RESULT_NOTFOUND);
    for (int area = 0; area < AREAS && there; area++) {
        struct figures expected = {0};
        expected_figures(world, m, kind, area, as_reported, &expected);
        struct figures got = figures_of(sheet, areas[area]);
        if (memcmp(&got, &expected, sizeof got) != 0) {
            print_error("%s %s %s reported=%d: ", month, areas[area], kinds[kind], as_reported);
            print_figures(&got, &expected);
            if (getenv("DOUDI_FIRST") != NULL)
                explain(world, m, kind);
        }
        assert_memory_equal(&got, &expected, sizeof got);
        if (!as_reported && (area + m) % 4 == 0)
            compare_pace(world, m, kind, areas[area], &expected);
    }
    sheet_free(&sheet);
}

static int case_by_id(const struct world *world, const char *id)
{
    uint64_t number = strtoull(id, NULL, 10);

    for (size_t i = 0; i < world->case_count; i++)
        if (world->cases[i].id == number)
            return (int)i;
    fail_msg("unknown case %s", id);
    return 0;
}

/** The model's answer for one case; false if it has none. */
static bool expected_row(const struct world *world, int m, int index, bool reported, int *ret_area,
                         struct verdict *ret_verdict)
{
    const struct one_case *one = &world->cases[index];

    for (int street = 0; reported && street < STREETS; street++) {
        const struct report *report = &world->reports[street][m];
        for (size_t i = 0; i < report->count; i++) {
            if (report->rows[i].one != index)
                continue;
            *ret_area = report->rows[i].area;
            *ret_verdict = report->rows[i].verdict;
            return true;
        }
    }
    if (reported || !one->rows[m].exists)
        return false;
    *ret_area = one->rows[m].area;
    *ret_verdict = model_judge(world, one, m);
    return true;
}

static void compare_names(struct world *world, int m, int kind, bool as_reported)
{
    struct fixture *fixture = &world->fixture;
    char month[MONTH_TEXT];
    struct why_query query = {
        .month = month_format(world->first + m, month),
        .area = COUNTY,
        .kind = kinds[kind],
        .as_reported = as_reported,
    };
    struct sheet *sheet = NULL;
    struct verdict verdict;
    size_t rows = 0;
    int area;

    if (as_reported && !was_reported(world, m))
        return;
    expect(world, "names",
           why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
           RESULT_OK);
    for (size_t i = 0; i < world->case_count; i++)
        rows += world->cases[i].kind == kind &&
                expected_row(world, m, (int)i, as_reported, &area, &verdict);
    assert_int_equal(sheet->row_count, rows);
    for (size_t row = 0; row < sheet->row_count; row++) {
        int index = case_by_id(world, sheet_get(sheet, row, "case_id"));
        assert_true(expected_row(world, m, index, as_reported, &area, &verdict));
        assert_string_equal(sheet_get(sheet, row, "area"), areas[area]);
        assert_string_equal(sheet_get(sheet, row, "state"), duty_state_name(verdict.state));
        assert_string_not_equal(sheet_get(sheet, row, "reason"), "");
    }
    sheet_free(&sheet);
}

static void compare(struct world *world)
{
    for (int m = 0; world->first + m <= world->opened; m++)
        for (int kind = 0; kind < 2; kind++)
            for (int reported = 0; reported < 2; reported++) {
                compare_board(world, m, kind, reported != 0);
                compare_names(world, m, kind, reported != 0);
            }
}

/* Verification finds nothing wrong with what all this has left. */
static void verify(struct world *world)
{
    struct sheet *lines = NULL;
    enum result result = verify_all(world->fixture.service, &world->fixture.system, &lines,
                                    fixture_clear(&world->fixture));

    for (size_t row = 0; result != 0 && lines != NULL && row < lines->row_count; row++)
        print_error("%s\n", sheet_get(lines, row, "line"));
    assert_result(result, RESULT_OK);
    sheet_free(&lines);
}

static void live(uint64_t seed)
{
    struct world *world = mem_new(sizeof *world);

    world->random.state = seed;
    world->today = date_make(2026, 8, 20);
    world->first = world->opened = month_make(2026, 8);
    fixture_begin(&world->fixture, "2026-08", "2026-08-20");
    while (world->today < date_make(2026, 11, 24)) {
        live_a_day(world);
        compare(world);
        verify(world);
        next_day(world, 1 + (int)pick(world, 6));
        compare(world);
    }
    verify(world);
    fixture_end(&world->fixture);
    free(world);
}

static void test_random_months(void **state)
{
    unsigned first = unit_first_run(), end = first + unit_runs(2, 20);

    (void)state;
    for (unsigned seed = first; seed < end; seed++) {
        print_message("seed %u\n", seed);
        live(seed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_months),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
