/*
 * Random months of random work, compared with an oracle that knows nothing but what was done.
 *
 * Every day people are registered, visited, tried in vain, corrected, moved, excused and leave;
 * streets close and reopen months, and the timer closes them too. After every day each duty's
 * state, each board (as known and as reported) and the totals in memory must be what a plain
 * recount of the model says. The rules are written out here once more, from design §5, on purpose.
 */
#include "ledger_model.h"

#include "service/admin.h"

#include <inttypes.h>

static const char *const areas[AREAS] = {VILLAGE, VILLAGE2, OTHER_VILLAGE};
static const char *const streets[STREETS] = {STREET, OTHER_STREET};
static const char *const kinds[] = {"tanfang", "tekun"};

static uint32_t pick(struct world *world, uint32_t bound)
{
    return random_below(&world->random, bound);
}

static day_t day_max(day_t a, day_t b)
{
    return a > b ? a : b;
}

// ---- what is done

static void expect(struct world *world, const char *what, enum result got, enum result expected)
{
    if (got != expected)
        print_error("%s: %s, %s\n", what, result_name(got), world->fixture.reply.message);
    assert_result(got, expected);
}

static const char *date_text(day_t day, char text[DATE_TEXT])
{
    return date_format(day, text);
}

static struct one_case *add_case(struct world *world, int person, int kind, day_t since, int area,
                                 int need)
{
    struct one_case *one = &world->cases[world->case_count++];

    *one = (struct one_case){
        .id = strtoull(fields_get(&world->fixture.reply.values, "case_id"), NULL, 10),
        .person = person,
        .kind = kind,
        .since = since,
        .area = area,
        .need = need,
    };
    model_settle(world, one, area);
    return one;
}

static const struct {
    const char *name;
    int need;
} tiers[] = {{"高", 4}, {"中", 2}, {"低", 1}};

static void do_register(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    struct fields values = {0};
    struct case_input input = {.kind = "tanfang", .values = &values, .confirm = true};
    char text[DATE_TEXT];
    char month[MONTH_TEXT];
    day_t since = world->today - (day_t)pick(world, 50);
    int area = (int)pick(world, AREAS);
    size_t tier = pick(world, COUNT(tiers));

    if (world->people == PEOPLE_MAX)
        return;
    int person = (int)world->people++;
    struct elder elder = {
        .id_no = fixture_id_no(fixture, world->id_nos[person]),
        .area = areas[area],
        .tier = tiers[tier].name,
        .since = date_text(since, text),
    };
    elder_values(&elder, &values);
    expect(world, "register",
           case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    add_case(world, person, 0, since, area, tiers[tier].need);
    fields_free(&values);
    if (pick(world, 3) != 0)
        return;
    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", world->id_nos[person]);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", month_format(month_of(since), month));
    input.kind = "tekun";
    expect(world, "register twice",
           case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    add_case(world, person, 1, month_first(month_of(since)), area, 1);
    fields_free(&values);
}

static struct one_case *pick_case(struct world *world)
{
    return world->case_count == 0 ? NULL : &world->cases[pick(world, world->case_count)];
}

static struct one_visit *pick_visit(struct world *world, int person)
{
    size_t start = world->visit_count == 0 ? 0 : pick(world, world->visit_count);

    for (size_t i = 0; i < world->visit_count; i++) {
        struct one_visit *visit = &world->visits[(start + i) % world->visit_count];
        if (visit->person == person && !visit->superseded)
            return visit;
    }
    return NULL;
}

static void do_visit(struct world *world, bool correct)
{
    static const char *const modes[] = {"上门", "电话", "视频"};
    static const char *const failures[] = {"未遇", "拒访", "联系不上"};
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);
    struct one_visit *replaced = one == NULL || !correct ? NULL : pick_visit(world, one->person);
    bool success = pick(world, 4) != 0;
    char reference[64] = "";
    char text[DATE_TEXT];

    if (one == NULL || world->visit_count == VISITS_MAX || (correct && replaced == NULL))
        return;
    day_t date = world->today - (day_t)pick(world, pick(world, 3) == 0 ? 60 : 4);
    struct visit_input input = {
        .case_id = one->id,
        .date = date_text(date, text),
        .mode = modes[pick(world, COUNT(modes))],
        .result = success ? "成功" : failures[pick(world, COUNT(failures))],
        .by = "刘洋",
        .confirm = true,
        .replaces = reference,
    };
    char old[DATE_TEXT];
    if (replaced != NULL)
        snprintf(reference, sizeof reference, "%s:%" PRIu32, date_text(replaced->date, old),
                 replaced->seq);
    bool listed = one->closed == 0 || date <= one->closed;
    expect(world, "visit",
           visit_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           listed ? RESULT_OK : RESULT_NOTFOUND);
    if (!listed)
        return;
    struct one_visit visit = {
        .person = one->person,
        .date = date,
        .seq = (uint32_t)strtoul(strrchr(fields_get(&fixture->reply.values, "visit"), ':') + 1,
                                 NULL, 10),
        .success = success,
        .late =
            replaced != NULL && replaced->date == date ? replaced->late : world->today - date >= 3,
    };
    if (replaced != NULL)
        replaced->superseded = true;
    world->visits[world->visit_count++] = visit;
}

static void end_case(struct world *world, struct one_case *one, day_t date, bool death)
{
    one->closed = date;
    one->by_death = death;
    model_settle(world, one, one->area);
}

static void do_close(struct world *world)
{
    static const char *const reasons[] = {"死亡", "其他"};
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);
    char text[DATE_TEXT];

    if (one == NULL || one->closed != 0)
        return;
    bool death = pick(world, 2) == 0;
    day_t from = one->since;
    for (size_t i = 0; i < world->case_count && death; i++)
        if (world->cases[i].person == one->person)
            from = day_max(from, world->cases[i].since);
    /* Nobody is said to have died before a visit that found them. */
    for (size_t i = 0; i < world->visit_count && death; i++)
        if (world->visits[i].person == one->person && world->visits[i].date <= world->today)
            from = day_max(from, world->visits[i].date);
    day_t date = from + (day_t)pick(world, (uint32_t)(world->today - from + 1));
    expect(world, "close",
           case_close(fixture->service, &fixture->system, one->id, date_text(date, text),
                      reasons[!death], 0, fixture_clear(fixture)),
           RESULT_OK);
    end_case(world, one, date, death);
    for (size_t i = 0; i < world->case_count && death; i++)
        if (world->cases[i].person == one->person && world->cases[i].closed == 0)
            end_case(world, &world->cases[i], date, true);
}

/** An exit by mistake; a death by mistake has ended the person's other cases, too. */
static void do_reopen(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);

    if (one == NULL || one->closed == 0)
        return;
    bool death = one->by_death;
    expect(
        world, "reopen a case",
        case_reopen(fixture->service, &fixture->system, one->id, "误办", 0, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *other = &world->cases[i];
        bool along = death && other->person == one->person && other->closed != 0 && other->by_death;
        if (other != one && !along)
            continue;
        other->closed = 0;
        model_settle(world, other, other->area);
    }
}

/** Changes one field of an elder's case as an officer does: open, type, save. */
static void change(struct world *world, struct one_case *one, const char *name, const char *value)
{
    struct fixture *fixture = &world->fixture;
    struct case_view view = {0};
    struct fields values = {0};

    expect(world, "open",
           case_get(fixture->service, &fixture->system, one->id, NULL, true, &view,
                    fixture_clear(fixture)),
           RESULT_OK);
    fields_copy(&values, &view.values);
    fields_set(&values, name, value);
    struct case_input input = {
        .case_id = one->id,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    expect(world, "change",
           case_save(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    fields_free(&values);
    case_view_free(&view);
}

static void do_change(struct world *world)
{
    struct one_case *one = pick_case(world);
    size_t tier = pick(world, COUNT(tiers));
    int area = (int)pick(world, AREAS);

    if (one == NULL || one->closed != 0)
        return;
    if (one->kind == 0 && pick(world, 2) == 0) {
        change(world, one, "tier", tiers[tier].name);
        one->need = tiers[tier].need;
        model_settle(world, one, one->area);
        return;
    }
    change(world, one, "person.area", areas[area]);
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *other = &world->cases[i];
        int old = other->area;
        if (other->person != one->person || other->closed != 0)
            continue;
        /* The others only move if the person does. */
        if (other != one && old == area)
            continue;
        other->area = area;
        model_settle(world, other, old);
    }
}

static void do_excuse(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    struct one_case *one = pick_case(world);
    struct caller decider = fixture->system;
    char month[MONTH_TEXT];
    char from[DATE_TEXT];
    char to[DATE_TEXT];
    int m = (int)pick(world, (uint32_t)(world->opened - world->first + 1));

    if (one == NULL || !one->rows[m].exists || world->closed[street_of[one->rows[m].area]][m])
        return;
    struct row *row = &one->rows[m];
    month_format(world->first + m, month);
    if (row->excuse == EXCUSE_ASKED) {
        bool grant = pick(world, 3) != 0;
        snprintf(decider.officer, sizeof decider.officer, "other");
        expect(world, "decide on one's own",
               excuse_decide(fixture->service, &fixture->system, one->id, month, grant, "否",
                             fixture_clear(fixture)),
               RESULT_DENIED);
        expect(world, "decide",
               excuse_decide(fixture->service, &decider, one->id, month, grant, "核实",
                             fixture_clear(fixture)),
               RESULT_OK);
        row->excuse = grant ? EXCUSE_GRANTED : EXCUSE_REFUSED;
        return;
    }
    if (model_judge(world, one, m).state != DUTY_PENDING)
        return;
    struct excuse_input input = {
        .case_id = one->id,
        .month = month,
        .reason = "住院",
        .from = date_text(month_first(world->first + m), from),
        .to = date_text(month_last(world->first + m), to),
        .note = "",
    };
    expect(world, "ask",
           excuse_ask(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
           RESULT_OK);
    row->excuse = EXCUSE_ASKED;
}

static void do_month(struct world *world)
{
    struct fixture *fixture = &world->fixture;
    int street = (int)pick(world, STREETS);
    int m = (int)pick(world, (uint32_t)(world->opened - world->first + 1));
    bool over = world->today > month_last(world->first + m);
    char month[MONTH_TEXT];

    month_format(world->first + m, month);
    if (world->closed[street][m]) {
        expect(world, "reopen",
               month_reopen(fixture->service, &fixture->system, month, streets[street], "漏录",
                            fixture_clear(fixture)),
               RESULT_OK);
        model_thaw(world, street, m);
        return;
    }
    expect(world, "close month",
           month_close(fixture->service, &fixture->system, month, streets[street],
                       fixture_clear(fixture)),
           over ? RESULT_OK : RESULT_INVALID);
    if (over)
        model_freeze(world, street, m);
}

// ---- days

static void next_day(struct world *world, int days)
{
    char text[DATE_TEXT];

    world->today += days;
    fixture_today(&world->fixture, date_text(world->today, text));
    while (world->opened < month_of(world->today))
        model_open(world);
    for (int m = 0; m < MONTHS; m++)
        for (int street = 0; street < STREETS; street++)
            if (!world->ever_closed[street][m] &&
                world->today >= month_first(world->first + m + 1) + 5)
                model_freeze(world, street, m);
}

// ---- comparing

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

    assert_result(
        ledger_board(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (int area = 0; area < AREAS; area++) {
        struct figures expected = {0};
        for (size_t i = 0; i < world->case_count; i++) {
            const struct one_case *one = &world->cases[i];
            if (one->kind != kind || !one->rows[m].exists || one->rows[m].area != area)
                continue;
            struct verdict verdict =
                as_reported ? model_judge_reported(world, one, m) : model_judge(world, one, m);
            model_count(&expected, &verdict);
        }
        struct figures got = {0};
        for (size_t row = 0; row < sheet->row_count; row++) {
            if (strcmp(sheet_get(sheet, row, "key"), areas[area]) != 0)
                continue;
            uint64_t *const values[] = {
                &got.owed,    &got.reached,     &got.fulfilled, &got.pending, &got.missed,
                &got.excused, &got.not_counted, &got.attempted, &got.late,
            };
            static const char *const columns[] = {
                "owed",    "reached",     "fulfilled", "pending", "missed",
                "excused", "not_counted", "attempted", "late",
            };
            for (size_t i = 0; i < COUNT(columns); i++)
                *values[i] = strtoull(sheet_get(sheet, row, columns[i]), NULL, 10);
        }
        if (memcmp(&got, &expected, sizeof got) != 0) {
            const uint64_t *a = (const uint64_t *)&got;
            const uint64_t *b = (const uint64_t *)&expected;
            print_error("%s %s %s reported=%d: ", month, areas[area], kinds[kind], as_reported);
            for (size_t i = 0; i < sizeof got / sizeof *a; i++)
                print_error("%" PRIu64 "/%" PRIu64 " ", a[i], b[i]);
            print_error("\n");
        }
        assert_memory_equal(&got, &expected, sizeof got);
    }
    sheet_free(&sheet);
}

static const struct one_case *case_by_id(const struct world *world, const char *id)
{
    uint64_t number = strtoull(id, NULL, 10);

    for (size_t i = 0; i < world->case_count; i++)
        if (world->cases[i].id == number)
            return &world->cases[i];
    fail_msg("unknown case %s", id);
    return NULL;
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
    size_t rows = 0;

    assert_result(
        ledger_why(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < world->case_count; i++)
        rows += world->cases[i].kind == kind && world->cases[i].rows[m].exists;
    assert_int_equal(sheet->row_count, rows);
    for (size_t row = 0; row < sheet->row_count; row++) {
        const struct one_case *one = case_by_id(world, sheet_get(sheet, row, "case_id"));
        struct verdict verdict =
            as_reported ? model_judge_reported(world, one, m) : model_judge(world, one, m);
        assert_true(one->rows[m].exists);
        assert_string_equal(sheet_get(sheet, row, "area"), areas[one->rows[m].area]);
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

static void live_a_day(struct world *world)
{
    static void (*const rare[])(struct world *) = {do_close,  do_change, do_excuse, do_month,
                                                   do_reopen, do_change, do_excuse};

    do_register(world);
    for (uint32_t i = pick(world, 6); i > 0; i--)
        do_visit(world, false);
    if (pick(world, 2) == 0)
        do_visit(world, true);
    for (uint32_t i = pick(world, 4); i > 0; i--)
        rare[pick(world, COUNT(rare))](world);
}

/* Verification finds nothing wrong with what all this has left. */
static void verify(struct world *world)
{
    struct sheet *lines = NULL;
    enum result result = admin_verify(world->fixture.service, &world->fixture.system, &lines,
                                      fixture_clear(&world->fixture));

    for (size_t row = 0; result != RESULT_OK && lines != NULL && row < lines->row_count; row++)
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
        next_day(world, 1 + (int)pick(world, 6));
        compare(world);
    }
    verify(world);
    fixture_end(&world->fixture);
    free(world);
}

static void test_random_months(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 4; seed++) {
        print_message("seed %" PRIu64 "\n", seed);
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
