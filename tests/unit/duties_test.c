#include "world.h"

#include "service/frame/record.h"
#include "service/ledger/duties.h"
#include "service/ledger/month.h"

/** Row of a case in a month; released at once: only what is compared is kept. */
struct row {
    bool there;
    char area[AREA_TEXT], tier[16];
    unsigned need, interval;
    size_t credits;
    day_t last_before, closed_on;
};

static struct row row_of(struct world *world, uint64_t case_id, const char *month, const char *type)
{
    struct row row = {0};
    Rec__Duty *duty = find_duty(world, case_id, month, type);

    if (duty == NULL)
        return row;
    row.there = true;
    snprintf(row.area, sizeof row.area, "%s", duty->area);
    snprintf(row.tier, sizeof row.tier, "%s", duty->tier);
    row.need = duty->need;
    row.interval = duty->interval;
    row.credits = duty->n_credits;
    row.last_before = duty->last_before;
    row.closed_on = duty->closed_on;
    rec__duty__free_unpacked(duty, NULL);
    return row;
}

static struct row visit_row(struct world *world, uint64_t case_id, const char *month)
{
    return row_of(world, case_id, month, DUTY_TYPE_VISIT);
}

static void set_mode(Rec__Case *record, const char *mode)
{
    struct fields fields = {0};

    store_fields_read(record->n_fields, record->fields, &fields);
    fields_set(&fields, "mode", mode);
    store_fields_free(record->n_fields, record->fields);
    store_fields_write(&fields, &record->n_fields, &record->fields);
    fields_free(&fields);
}

// ---- which rows there are

static void a_case_gets_its_row_by_its_start_and_end(void **state)
{
    static const struct {
        const char *since, *closed_on;
        bool october, november;
        uint64_t owed; /* in November, 0 or 1 */
    } cases[] = {
        {"2020-01-01", "", true, true, 1},
        {"2026-10-31", "", true, true, 1},
        {"2026-11-25", "", false, true, 1}, /* the last day on which it is owed at once */
        {"2026-11-26", "", false, true, 0}, /* a row, not counted */
        {"2026-11-30", "", false, true, 0},
        {"2026-12-01", "", false, false, 0}, /* begins next month */
        {"2020-01-01", "2026-10-31", true, false, 0},
        {"2020-01-01", "2026-11-01", true, true, 0}, /* leaves unvisited: not counted */
        {"2020-01-01", "2026-09-30", false, false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        world_make(&world, "2026-11-05");
        Rec__Case record = new_case(1, "tanfang", VILLAGE, on(cases[i].since));
        if (*cases[i].closed_on != '\0')
            record.closed_on = on(cases[i].closed_on);
        put_case(&world, &record);
        assert_int_equal(visit_row(&world, 1, "2026-10").there, cases[i].october);
        assert_int_equal(visit_row(&world, 1, "2026-11").there, cases[i].november);
        assert_int_equal(sum(&world, "2026-11", "", "").owed, cases[i].owed);
        world_remove(&world);
    }
}

static void the_programme_says_what_is_owed(void **state)
{
    static const struct {
        char *kind, *tier, *mode;
        unsigned need, interval; /* need 0: no row */
    } cases[] = {
        {"tanfang", "高", "", 4, 7}, {"tanfang", "中", "", 2, 15}, {"tanfang", "低", "", 1, 30},
        {"tanfang", "", "", 1, 30},  {"dibao", "", "", 0, 0},      {"tekun", "", "分散", 1, 30},
        {"tekun", "", "集中", 0, 0}, {"ertong", "", "", 1, 30},    {"nobodyknows", "", "", 0, 0},
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    for (size_t i = 0; i < COUNT(cases); i++) {
        Rec__Case record = new_case(i + 1, cases[i].kind, VILLAGE, on("2026-11-01"));
        record.tier = cases[i].tier;
        set_mode(&record, cases[i].mode);
        put_case(&world, &record);
        store_fields_free(record.n_fields, record.fields);
        struct row row = visit_row(&world, i + 1, "2026-11");
        assert_int_equal(row.there, cases[i].need > 0);
        assert_int_equal(row.need, cases[i].need);
        assert_int_equal(row.interval, cases[i].interval);
    }
    world_remove(&world);
}

static Rec__Case reviewed_case(uint64_t id, char *kind, char *class, const char *since)
{
    Rec__Case record = new_case(id, kind, VILLAGE, on(since));

    record.review_class = class;
    return record;
}

static void a_review_is_owed_when_it_falls_due(void **state)
{
    static const struct {
        char *kind, *class;
        const char *since, *reviewed;
        bool october, november, december;
    } cases[] = {
        {"dibao", "A", "2025-11-10", "", false, true, true}, /* not made: still owed */
        {"dibao", "A", "2025-12-10", "", false, false, true},
        {"dibao", "A", "2019-11-10", "", false, true, true}, /* keeps its yearly rhythm */
        {"dibao", "A", "2019-03-10", "", false, false, false},
        {"dibao", "B", "2026-04-30", "", true, true, true},
        {"dibao", "C", "2026-09-01", "", false, false, true},
        {"dibao", "A", "2019-11-10", "2026-11-03", false, true, false}, /* made in the month */
        {"dibao", "A", "2019-11-10", "2026-10-03", false, false, false},
        {"tanfang", "A", "2019-11-10", "", false, false, false}, /* no cycle */
        {"dibao", "Z", "2019-11-10", "", false, false, false},   /* no such class */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        world_make(&world, "2026-12-05");
        Rec__Case record = reviewed_case(1, cases[i].kind, cases[i].class, cases[i].since);
        Rec__Review review = REC__REVIEW__INIT, *reviews[] = {&review};
        if (*cases[i].reviewed != '\0') {
            review.date = on(cases[i].reviewed);
            record.reviews = reviews;
            record.n_reviews = 1;
        }
        put_case(&world, &record);
        const char *const months[] = {"2026-10", "2026-11", "2026-12"};
        const bool expected[] = {cases[i].october, cases[i].november, cases[i].december};
        for (size_t m = 0; m < COUNT(months); m++)
            if (row_of(&world, 1, months[m], DUTY_TYPE_REVIEW).there != expected[m])
                fail_msg("case %zu in %s", i, months[m]);
        assert_int_equal(sum(&world, "2026-11", "", "dibao").owed, 0); /* no visit */
        world_remove(&world);
    }
}

// ---- opening months

static void a_month_opens_once_for_every_case(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-30");
    for (uint64_t id = 1; id <= 1203; id++) { /* several steps */
        Rec__Case record = new_case(id, "tanfang", id % 2 ? VILLAGE : FAR_VILLAGE,
                                    on(id % 3 ? "2026-01-01" : "2026-12-26"));
        put_case(&world, &record);
    }
    assert_int_equal(count_duties(&world, "2026-11"), 802);
    assert_int_equal(count_duties(&world, "2026-12"), 0);
    world_reopen(&world, "2026-12-01");
    assert_int_equal(count_duties(&world, "2026-12"), 1203);
    assert_int_equal(facts_opened_month(world.service), in("2026-12"));
    assert_int_equal(sum(&world, "2026-12", "", "").owed, 802);
    assert_int_equal(sum(&world, "2026-12", "", "").not_counted, 401);
    assert_ok(service_tick(world.service));
    world_reopen(&world, "2026-12-01");
    assert_int_equal(count_duties(&world, "2026-12"), 1203);
    assert_int_equal(sum(&world, "2026-12", "", "").owed, 802);
    world_remove(&world);
}

static enum result forget_opening(struct txn *txn, void *arg)
{
    Rec__Home *home;
    enum result result = store_home_get(txn, &home);

    if (result != 0)
        return result;
    home->opened_month = *(month_t *)arg;
    result = store_home_put(txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

/** As after a crash in the middle: some rows are there, the month is not yet opened. */
static void an_interrupted_opening_is_finished(void **state)
{
    struct world world;
    month_t before = in("2026-10");

    (void)state;
    world_make(&world, "2026-11-03");
    for (uint64_t id = 1; id <= 3; id++) {
        Rec__Case record = new_case(id, "tanfang", VILLAGE, on("2026-01-01"));
        put_case(&world, &record);
    }
    put_visit(&world, 2, "2026-11-02", "tanfang", "成功");
    run_ok(world.service->store, STORE_WRITE, forget_opening, &before);
    world_reopen(&world, "2026-11-03");
    assert_int_equal(count_duties(&world, "2026-11"), 3);
    assert_int_equal(visit_row(&world, 2, "2026-11").credits, 1);
    assert_int_equal(sum(&world, "2026-11", "", "").owed, 3);
    assert_int_equal(sum(&world, "2026-11", "", "").reached, 1);
    world_remove(&world);
}

static void months_missed_while_the_server_was_off_are_opened(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-10-31");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    put_visit(&world, 1, "2026-10-20", "tanfang", "成功");
    world_reopen(&world, "2027-02-03");
    assert_true(visit_row(&world, 1, "2026-12").there);
    assert_true(visit_row(&world, 1, "2027-02").there);
    assert_int_equal(visit_row(&world, 1, "2026-11").last_before, on("2026-10-20"));
    assert_int_equal(visit_row(&world, 1, "2027-02").last_before, on("2026-10-20"));
    assert_int_equal(facts_opened_month(world.service), in("2027-02"));
    world_remove(&world);
}

// ---- visits

static void a_new_case_is_credited_with_the_visits_it_accepts(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-20");
    Rec__Case elder = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &elder);
    put_visit(&world, 1, "2026-10-05", "tanfang", "成功");
    put_visit(&world, 1, "2026-11-05", "tanfang", "成功");
    put_visit(&world, 1, "2026-11-06", "tanfang", "未遇");
    Rec__Case second = new_case(2, "tekun", VILLAGE, on("2026-11-02"));
    second.person = 1;
    set_mode(&second, "分散");
    put_case(&world, &second);
    store_fields_free(second.n_fields, second.fields);
    struct row row = visit_row(&world, 2, "2026-11");
    assert_int_equal(row.credits, 1); /* 特困 accepts visits made for 探访 */
    assert_int_equal(row.last_before, on("2026-10-05"));
    assert_int_equal(sum(&world, "2026-11", "", "tekun").reached, 1);
    world_remove(&world);
}

// ---- changes

static void move_next(Rec__Case *record)
{
    record_set(&record->area, NEXT_VILLAGE);
}

static void move_far(Rec__Case *record)
{
    record_set(&record->area, FAR_VILLAGE);
}

static void raise_tier(Rec__Case *record)
{
    record_set(&record->tier, "高");
    record_set(&record->officer, "张敏");
}

static void die(Rec__Case *record)
{
    record_set(&record->state, "closed");
    record_set(&record->exit_reason, "死亡");
    record->closed_on = on("2026-11-10");
}

static void begin_later(Rec__Case *record)
{
    record->since = on("2026-12-01");
}

static void into_a_home(Rec__Case *record)
{
    set_mode(record, "集中");
}

static void an_open_month_follows_the_case(void **state)
{
    struct world world;
    struct figures figures;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    put_visit(&world, 1, "2026-11-02", "tanfang", "成功");
    change_case(&world, 1, move_next);
    assert_string_equal(visit_row(&world, 1, "2026-10").area, NEXT_VILLAGE); /* still open */
    assert_string_equal(visit_row(&world, 1, "2026-11").area, NEXT_VILLAGE);
    assert_int_equal(visit_row(&world, 1, "2026-11").credits, 1);
    assert_int_equal(sum(&world, "2026-11", VILLAGE, "").owed, 0);
    assert_int_equal(sum(&world, "2026-11", NEXT_VILLAGE, "").reached, 1);
    assert_int_equal(count_duties(&world, "2026-11"), 1);

    change_case(&world, 1, raise_tier);
    assert_int_equal(visit_row(&world, 1, "2026-11").need, 4);
    assert_int_equal(sum(&world, "2026-11", "", "").fulfilled, 0);
    assert_true(totals_sum_officer(world.service->totals, in("2026-11"), "",
                                   totals_kinds(world.service->totals, ""), "张敏", &figures));
    assert_int_equal(figures.owed, 1);
    world_remove(&world);
}

static void lower_tier(Rec__Case *record)
{
    record_set(&record->tier, "低");
}

/** Raised at once, lowered from the next month; a month that is over keeps what it had. */
static void a_tier_is_lowered_from_the_next_month(void **state)
{
    static const struct {
        const char *month;
        unsigned raised, lowered;
    } cases[] = {{"2026-10", 1, 1}, {"2026-11", 4, 4}};
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05"); /* October is open, too */
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    change_case(&world, 1, raise_tier);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(visit_row(&world, 1, cases[i].month).need, cases[i].raised);
    change_case(&world, 1, lower_tier);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(visit_row(&world, 1, cases[i].month).need, cases[i].lowered);
    world_reopen(&world, "2026-12-01");
    assert_int_equal(visit_row(&world, 1, "2026-11").need, 4);
    assert_int_equal(visit_row(&world, 1, "2026-12").need, 1);
    world_remove(&world);
}

static void a_closed_month_stays_where_it_was(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    assert_ok(month_close(world.service, &world.system, "2026-10", STREET, &world.reply));
    change_case(&world, 1, move_far);
    assert_string_equal(visit_row(&world, 1, "2026-10").area, VILLAGE);
    assert_string_equal(visit_row(&world, 1, "2026-11").area, FAR_VILLAGE);
    assert_int_equal(sum(&world, "2026-10", STREET, "").missed, 1);

    change_case(&world, 1, raise_tier);
    assert_int_equal(count_duties(&world, "2026-10"), 1);
    assert_int_equal(visit_row(&world, 1, "2026-10").need, 1);
    assert_int_equal(visit_row(&world, 1, "2026-11").need, 4);

    /* October is open in the street where the case goes, but its row is not of that street. */
    change_case(&world, 1, move_next);
    assert_string_equal(visit_row(&world, 1, "2026-10").area, VILLAGE);
    assert_string_equal(visit_row(&world, 1, "2026-11").area, NEXT_VILLAGE);
    world_remove(&world);
}

/** From a street whose month is open to one where it is closed: the row stays where it can be closed. */
static void a_row_does_not_move_into_a_closed_month(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    assert_ok(month_close(world.service, &world.system, "2026-10", OTHER_STREET, &world.reply));
    change_case(&world, 1, move_far);
    assert_string_equal(visit_row(&world, 1, "2026-10").area, VILLAGE);
    assert_int_equal(sum(&world, "2026-10", VILLAGE, "").pending, 1);
    assert_ok(month_close(world.service, &world.system, "2026-10", STREET, &world.reply));
    assert_int_equal(sum(&world, "2026-10", VILLAGE, "").missed, 1);
    world_remove(&world);
}

static void leave_in_october(Rec__Case *record)
{
    record_set(&record->exit_reason, "迁出");
    record->closed_on = on("2026-10-20");
}

static void stay(Rec__Case *record)
{
    record_set(&record->exit_reason, "");
    record->closed_on = 0;
}

/** What is known of a closed month is what is known today, to and fro. */
static void a_closed_month_learns_dates(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &record);
    assert_ok(month_close(world.service, &world.system, "2026-10", STREET, &world.reply));
    assert_int_equal(sum(&world, "2026-10", "", "").missed, 1);
    change_case(&world, 1, leave_in_october);
    assert_int_equal(sum(&world, "2026-10", "", "").missed, 0);
    assert_int_equal(sum(&world, "2026-10", "", "").not_counted, 1);
    change_case(&world, 1, stay);
    assert_int_equal(sum(&world, "2026-10", "", "").missed, 1);
    change_case(&world, 1, begin_later);
    assert_int_equal(sum(&world, "2026-10", "", "").not_counted, 1);
    assert_int_equal(sum(&world, "2026-11", "", "").not_counted, 1);

    Rec__Case late = new_case(2, "tanfang", VILLAGE, on("2026-10-10"));
    put_case(&world, &late); /* entered after the month was closed */
    assert_true(visit_row(&world, 2, "2026-10").there);
    assert_int_equal(sum(&world, "2026-10", "", "").missed, 1);
    change_case(&world, 2, move_far);
    assert_string_equal(visit_row(&world, 2, "2026-10").area, VILLAGE);
    world_remove(&world);
}

static void a_reopened_month_keeps_its_rows(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    for (uint64_t id = 1; id <= 3; id++) {
        Rec__Case record = new_case(id, "tanfang", VILLAGE, on("2026-01-01"));
        put_case(&world, &record);
    }
    assert_ok(month_close(world.service, &world.system, "2026-10", STREET, &world.reply));
    Rec__Case late = new_case(4, "tanfang", VILLAGE, on("2026-10-10"));
    put_case(&world, &late);
    change_case(&world, 1, leave_in_october);
    change_case(&world, 2, move_far);
    change_case(&world, 3, raise_tier);
    assert_int_equal(sum(&world, "2026-10", "", "").missed, 3);
    assert_ok(month_reopen(world.service, &world.system, "2026-10", STREET, "补录新增对象",
                           &world.reply));
    assert_string_equal(visit_row(&world, 2, "2026-10").area, VILLAGE);
    assert_int_equal(visit_row(&world, 3, "2026-10").need, 1);
    assert_int_equal(count_duties(&world, "2026-10"), 4);
    assert_int_equal(sum(&world, "2026-10", "", "").pending, 3);
    assert_int_equal(sum(&world, "2026-10", "", "").not_counted, 1);
    change_case(&world, 4, move_far); /* closed before: the row stays */
    assert_string_equal(visit_row(&world, 4, "2026-10").area, VILLAGE);
    world_remove(&world);
}

static void an_exit_keeps_what_was_done(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-15");
    for (uint64_t id = 1; id <= 2; id++) {
        Rec__Case record = new_case(id, "tanfang", VILLAGE, on("2026-01-01"));
        put_case(&world, &record);
    }
    put_visit(&world, 1, "2026-11-02", "tanfang", "成功");
    change_case(&world, 1, die);
    change_case(&world, 2, die);
    struct figures figures = sum(&world, "2026-11", "", "");
    assert_int_equal(figures.reached, 1);
    assert_int_equal(figures.owed, 1);
    assert_int_equal(figures.not_counted, 1);
    world_remove(&world);
}

static void back_from_a_home(Rec__Case *record)
{
    set_mode(record, "分散");
}

static void a_row_never_goes(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-15");
    for (uint64_t id = 1; id <= 4; id++) {
        Rec__Case record = new_case(id, id <= 2 ? "tanfang" : "tekun", VILLAGE, on("2026-01-01"));
        set_mode(&record, "分散");
        put_case(&world, &record);
        store_fields_free(record.n_fields, record.fields);
    }
    put_visit(&world, 2, "2026-11-02", "tanfang", "成功");
    put_visit(&world, 4, "2026-11-02", "tekun", "成功");
    change_case(&world, 1, begin_later);
    change_case(&world, 2, begin_later);
    change_case(&world, 3, into_a_home);
    change_case(&world, 4, into_a_home);
    for (uint64_t id = 1; id <= 4; id++)
        assert_true(visit_row(&world, id, "2026-11").there);
    assert_int_equal(visit_row(&world, 2, "2026-11").credits, 0);    /* before it began */
    assert_int_equal(sum(&world, "2026-11", "", "").not_counted, 2); /* begin in December */
    assert_int_equal(sum(&world, "2026-11", "", "tekun").reached, 1);
    assert_int_equal(sum(&world, "2026-11", "", "tekun").not_counted, 1);
    assert_int_equal(sum(&world, "2026-10", "", "tekun").pending, 2); /* over before that */
    change_case(&world, 3, back_from_a_home);
    assert_int_equal(sum(&world, "2026-11", "", "tekun").pending, 1);
    world_remove(&world);
}

/** A month in which nobody was owed anything stays without a row, whatever is learnt later. */
static void a_month_without_a_duty_gets_none_later(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-10-20");
    Rec__Case record = new_case(1, "tekun", VILLAGE, on("2026-01-01"));
    set_mode(&record, "集中");
    put_case(&world, &record);
    store_fields_free(record.n_fields, record.fields);
    world_reopen(&world, "2026-11-05");
    change_case(&world, 1, back_from_a_home);
    assert_false(visit_row(&world, 1, "2026-10").there);
    assert_true(visit_row(&world, 1, "2026-11").there);
    world_remove(&world);
}

// ---- judging

/** Forty visits of one day are one credit and must not crowd out those of other days. */
static void a_day_counts_once_however_often_it_is_visited(void **state)
{
    enum { SAME_DAY = 40, OTHERS = 3, ALL = SAME_DAY + OTHERS };
    Rec__Duty duty = REC__DUTY__INIT;
    Rec__Credit credits[ALL];
    Rec__Credit *list[ALL];
    struct judge_facts facts;

    (void)state;
    for (int i = 0; i < ALL; i++) {
        rec__credit__init(&credits[i]);
        credits[i].date = on("2026-10-05") + (i < SAME_DAY ? 0 : i - SAME_DAY + 1);
        credits[i].late = i == SAME_DAY - 1;
        list[i] = &credits[i];
    }
    duty.n_credits = ALL;
    duty.credits = list;
    judge_facts(&duty, &facts);
    assert_int_equal(facts.facts.credit_count, 1 + OTHERS);
    assert_true(facts.credits[0].late);
    assert_false(facts.credits[OTHERS].late);
    assert_int_equal(facts.credits[OTHERS].date, on("2026-10-08"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_gets_its_row_by_its_start_and_end),
        cmocka_unit_test(the_programme_says_what_is_owed),
        cmocka_unit_test(a_review_is_owed_when_it_falls_due),
        cmocka_unit_test(a_month_opens_once_for_every_case),
        cmocka_unit_test(an_interrupted_opening_is_finished),
        cmocka_unit_test(months_missed_while_the_server_was_off_are_opened),
        cmocka_unit_test(a_new_case_is_credited_with_the_visits_it_accepts),
        cmocka_unit_test(an_open_month_follows_the_case),
        cmocka_unit_test(a_tier_is_lowered_from_the_next_month),
        cmocka_unit_test(a_closed_month_stays_where_it_was),
        cmocka_unit_test(a_row_does_not_move_into_a_closed_month),
        cmocka_unit_test(a_closed_month_learns_dates),
        cmocka_unit_test(a_reopened_month_keeps_its_rows),
        cmocka_unit_test(an_exit_keeps_what_was_done),
        cmocka_unit_test(a_row_never_goes),
        cmocka_unit_test(a_month_without_a_duty_gets_none_later),
        cmocka_unit_test(a_day_counts_once_however_often_it_is_visited),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
