/*
 * One person, one programme, one month: counted once, however many cases the person had in it.
 */
#include "world.h"

#include "domain/share.h"
#include "service/frame/record.h"

// ---- the rule

struct stay {
    const char *since, *closed_on, *visit; /* days of November 2026, or dates */
};

static day_t day_of(const char *text)
{
    char date[DATE_TEXT];

    if (text == NULL)
        return 0;
    snprintf(date, sizeof date, strlen(text) == 2 ? "2026-11-%s" : "%s", text);
    return on(date);
}

/** Which of the stays counts in November, by index, and since when each stood on the books. */
static void one_case_counts(void **state)
{
    static const struct {
        struct stay stays[3];
        size_t keeper[3];
        const char *present[3];
    } cases[] = {
        {{{"2020-01-01", NULL, NULL}}, {0}, {NULL}},
        /* nobody reached: the last one owes it */
        {{{"2020-01-01", "10", NULL}, {"15", NULL, NULL}}, {1, 1}, {NULL, "01"}},
        {{{"15", NULL, NULL}, {"2020-01-01", "10", NULL}}, {0, 0}, {"01", NULL}},
        /* whoever reached first keeps it */
        {{{"2020-01-01", "10", "05"}, {"15", NULL, NULL}}, {0, 0}, {NULL, "01"}},
        {{{"2020-01-01", "10", NULL}, {"15", NULL, "20"}}, {1, 1}, {NULL, "01"}},
        {{{"2020-01-01", "10", "05"}, {"15", NULL, "20"}}, {0, 0}, {NULL, "01"}},
        {{{"2020-01-01", "15", "15"}, {"15", NULL, "15"}}, {0, 0}, {NULL, "01"}},
        /* who is not on the books in the month is no part of it */
        {{{"2020-01-01", "2026-10-31", NULL}, {"15", NULL, NULL}}, {0, 1}, {NULL, NULL}},
        {{{"2020-01-01", "2026-11-01", NULL}, {"15", NULL, NULL}}, {1, 1}, {NULL, "01"}},
        {{{"2020-01-01", "10", NULL}, {"2026-12-01", NULL, NULL}}, {0, 1}, {NULL, NULL}},
        /* three stays */
        {{{"02", "05", NULL}, {"08", "12", "09"}, {"20", NULL, "21"}},
         {1, 1, 1},
         {NULL, "02", "02"}},
        {{{"26", "27", NULL}, {"28", "29", NULL}, {"30", NULL, NULL}},
         {2, 2, 2},
         {NULL, "26", "26"}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct duty_claim claims[3];
        size_t count = 0;
        for (; count < 3 && cases[i].stays[count].since != NULL; count++)
            claims[count] = (struct duty_claim){
                .since = day_of(cases[i].stays[count].since),
                .closed_on = day_of(cases[i].stays[count].closed_on),
                .first_visit = day_of(cases[i].stays[count].visit),
                .case_id = count + 1,
            };
        duty_share(in("2026-11"), claims, count);
        for (size_t k = 0; k < count; k++)
            if (claims[k].keeper != cases[i].keeper[k] ||
                claims[k].present != day_of(cases[i].present[k]))
                fail_msg("case %zu, stay %zu: %zu", i, k, claims[k].keeper);
    }
}

// ---- in the ledger

static Rec__Case again(uint64_t id, uint64_t person, char *area, const char *since)
{
    Rec__Case record = new_case(id, "tanfang", area, on(since));

    record.person = person;
    return record;
}

/** Left here and taken in there within the month: counted once. */
static void a_person_counts_once_a_month(void **state)
{
    static const struct {
        const char *left, *taken_in; /* days of November */
        const char *visits[2];
        unsigned here, there; /* owed */
        unsigned reached;
    } cases[] = {
        {"2026-11-05", "2026-11-10", {NULL}, 0, 1, 0},         /* the last place owes it */
        {"2026-11-05", "2026-11-10", {"2026-11-03"}, 1, 0, 1}, /* reached before */
        {"2026-11-05", "2026-11-10", {"2026-11-12"}, 0, 1, 1}, /* reached after */
        {"2026-11-05", "2026-11-10", {"2026-11-07"}, 0, 1, 0}, /* in between: nowhere */
        {"2026-11-05", "2026-11-10", {"2026-11-03", "2026-11-12"}, 1, 0, 1},
        {"2026-11-05", "2026-11-05", {"2026-11-05"}, 1, 0, 1}, /* on the same day */
        {"2026-11-25", "2026-11-26", {NULL}, 0, 1, 0},
        {"2026-11-25", "2026-11-26", {"2026-11-27"}, 0, 1, 1},
        {"2026-11-24", "2026-11-30", {NULL}, 0, 1, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        world_make(&world, "2026-11-30");
        Rec__Case here = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
        here.closed_on = on(cases[i].left);
        here.state = "closed";
        put_case(&world, &here);
        for (size_t v = 0; v < COUNT(cases[i].visits) && cases[i].visits[v] != NULL; v++)
            put_visit(&world, 1, cases[i].visits[v], "tanfang", "成功");
        Rec__Case there = again(2, 1, FAR_VILLAGE, cases[i].taken_in);
        put_case(&world, &there);
        if (sum(&world, "2026-11", VILLAGE, "").owed != cases[i].here ||
            sum(&world, "2026-11", FAR_VILLAGE, "").owed != cases[i].there ||
            sum(&world, "2026-11", "", "").reached != cases[i].reached)
            fail_msg("case %zu", i);
        assert_int_equal(sum(&world, "2026-11", "", "").not_counted, 1);
        world_remove(&world);
    }
}

static void leave_on_the_tenth(Rec__Case *record)
{
    record_set(&record->state, "closed");
    record->closed_on = on("2026-11-10");
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

/** Each way in which one of two cases changes settles both. */
static void two_cases_are_settled_together(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-20");
    Rec__Case here = new_case(1, "tanfang", VILLAGE, on("2026-01-01"));
    put_case(&world, &here);
    change_case(&world, 1, leave_on_the_tenth);
    Rec__Case there = again(2, 1, FAR_VILLAGE, "2026-11-12");
    put_case(&world, &there);
    assert_int_equal(sum(&world, "2026-11", FAR_VILLAGE, "").pending, 1);
    put_visit(&world, 1, "2026-11-09", "tanfang", "成功");
    assert_int_equal(sum(&world, "2026-11", VILLAGE, "").reached, 1);
    assert_int_equal(sum(&world, "2026-11", FAR_VILLAGE, "").owed, 0);
    change_case(&world, 1, die); /* the tenth as well */
    assert_int_equal(sum(&world, "2026-11", VILLAGE, "").reached, 1);
    change_case(&world, 2, begin_later);
    assert_int_equal(sum(&world, "2026-11", FAR_VILLAGE, "").owed, 0);
    assert_int_equal(sum(&world, "2026-11", VILLAGE, "").reached, 1);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_case_counts),
        cmocka_unit_test(a_person_counts_once_a_month),
        cmocka_unit_test(two_cases_are_settled_together),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
