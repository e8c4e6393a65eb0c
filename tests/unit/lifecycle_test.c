/* The steps of an application: where it stands, and until when. */
#include "domain/lifecycle.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

static const struct life_step ITEMS[] = {
    {.id = "accept", .label = "受理"},
    {.id = "check", .label = "核对"},
    {.id = "confirm", .label = "确认"},
};
static const struct life_steps STEPS = {.count = 3, .items = ITEMS};

static day_t on(const char *text)
{
    day_t day = 0;

    assert_int_equal(date_parse(text, &day), RESULT_OK);
    return day;
}

/** "submit 2026-11-02; done accept check 2026-11-03": act, step, next step ("-" = none), day. */
static size_t read_records(char *text, struct lifecycle_record *records)
{
    size_t count = 0;
    char *rest = NULL;

    for (char *part = strtok_r(text, ";", &rest); part != NULL; part = strtok_r(NULL, ";", &rest)) {
        char *words = NULL;
        struct lifecycle_record *record = &records[count++];
        assert_int_equal(lifecycle_act_find(strtok_r(part, " ", &words), &record->act), RESULT_OK);
        record->step = strtok_r(NULL, " ", &words);
        record->to = strtok_r(NULL, " ", &words);
        record->on = on(strtok_r(NULL, " ", &words));
        if (strcmp(record->to, "-") == 0)
            record->to = "";
    }
    return count;
}

static void the_records_say_where_it_stands(void **state)
{
    static const char *const states[] = {"waiting", "paused", "returned", "ended"};
    static const struct {
        const char *records, *stand; /**< state, step, began, accepted, paused */
    } cases[] = {
        {"submit - - 2026-11-02", "waiting 0 2026-11-02 - -"},
        {"submit - - 2026-11-02;done accept check 2026-11-03", "waiting 1 2026-11-03 2026-11-03 -"},
        /* Given back to the maker before it was accepted, and sent again. */
        {"submit - - 2026-11-02;return accept - 2026-11-03", "returned 0 2026-11-03 - -"},
        {"submit - - 2026-11-02;return accept - 2026-11-03;submit - - 2026-11-09",
         "waiting 0 2026-11-09 - -"},
        /* Returned to an earlier step: that begins anew, the day of acceptance stays. */
        {"submit - - 2026-11-02;done accept check 2026-11-03;done check confirm 2026-11-10;"
         "return confirm accept 2026-11-12;done accept check 2026-11-13",
         "waiting 1 2026-11-13 2026-11-03 -"},
        {"submit - - 2026-11-02;pause accept - 2026-11-04", "paused 0 2026-11-02 - 2026-11-04"},
        {"submit - - 2026-11-02;pause accept - 2026-11-04;resume accept - 2026-11-06",
         "waiting 0 2026-11-02 - -"},
        /* Returned while papers are awaited: nothing is awaited any more. */
        {"submit - - 2026-11-02;done accept check 2026-11-03;pause check - 2026-11-04;"
         "return check accept 2026-11-05",
         "waiting 0 2026-11-05 2026-11-03 -"},
        {"submit - - 2026-11-02;done accept check 2026-11-03;done check confirm 2026-11-10;"
         "done confirm - 2026-11-12",
         "ended 3 2026-11-10 2026-11-03 -"},
        {"submit - - 2026-11-02;refuse accept - 2026-11-04", "ended 3 2026-11-02 - -"},
        {"submit - - 2026-11-02;withdraw accept - 2026-11-04", "ended 3 2026-11-02 - -"},
        {"submit - - 2026-11-02;done accept check 2026-11-03;extend check - 2026-11-04",
         "waiting 1 2026-11-03 2026-11-03 -"},
        /* Decided before: only the last step is left. */
        {"submit - confirm 2026-11-02", "waiting 2 2026-11-02 - -"},
        /* The file has lost a step: all of them are to be done. */
        {"submit - - 2026-11-02;done accept survey 2026-11-04",
         "waiting 0 2026-11-04 2026-11-04 -"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lifecycle_record records[8];
        char text[256], line[128], began[DATE_TEXT], accepted[DATE_TEXT], paused[DATE_TEXT];
        snprintf(text, sizeof text, "%s", cases[i].records);
        struct lifecycle_stand stand =
            lifecycle_judge(&STEPS, records, read_records(text, records));
        snprintf(line, sizeof line, "%s %zu %s %s %s", states[stand.state], stand.step,
                 date_format(stand.began, began),
                 stand.accepted != 0 ? date_format(stand.accepted, accepted) : "-",
                 stand.paused != 0 ? date_format(stand.paused, paused) : "-");
        if (strcmp(line, cases[i].stand) != 0)
            fail_msg("%s: %s, not %s", cases[i].records, line, cases[i].stand);
    }
}

/** The announced days of 2024, 2026 and 2028 that the table below meets. 2025 and 2027 are unknown. */
static struct workday_calendar a_calendar(struct workday_change changes[16])
{
    static const struct {
        const char *day;
        bool worked;
    } days[] = {
        {"2024-01-01", false}, {"2026-02-14", true},  {"2026-02-16", false}, {"2026-02-17", false},
        {"2026-02-18", false}, {"2026-02-19", false}, {"2026-02-20", false}, {"2026-02-23", false},
        {"2026-02-28", true},  {"2026-10-01", false}, {"2026-10-02", false}, {"2026-10-05", false},
        {"2026-10-06", false}, {"2026-10-07", false}, {"2026-10-10", true},  {"2028-01-03", false},
    };

    for (size_t i = 0; i < COUNT(days); i++)
        changes[i] = (struct workday_change){on(days[i].day), days[i].worked};
    return (struct workday_calendar){.changes = changes, .count = COUNT(days)};
}

static const struct {
    int days;
    enum life_unit unit;
    const char *began, *records, *due;
} CLOCKS[] = {
    /* Calendar days; the first does not count. */
    {7, LIFE_DAYS, "2026-11-02", "", "2026-11-09"},
    {7, LIFE_DAYS, "2026-12-28", "", "2027-01-04"}, /* needs no calendar */
    {1, LIFE_DAYS, "2026-11-30", "", "2026-12-01"},
    {1, LIFE_DAYS, "2024-02-28", "", "2024-02-29"},
    {2, LIFE_DAYS, "2024-02-28", "", "2024-03-01"},
    {2, LIFE_DAYS, "2026-02-27", "", "2026-03-01"},
    /* Working days: weekends, holidays, weekend days that are worked. */
    {1, LIFE_WORKDAYS, "2026-11-06", "", "2026-11-09"},
    {5, LIFE_WORKDAYS, "2026-11-02", "", "2026-11-09"},
    {1, LIFE_WORKDAYS, "2026-09-30", "", "2026-10-08"},
    {3, LIFE_WORKDAYS, "2026-09-30", "", "2026-10-10"},
    {1, LIFE_WORKDAYS, "2026-02-13", "", "2026-02-14"},
    {3, LIFE_WORKDAYS, "2026-02-13", "", "2026-02-25"},
    {1, LIFE_WORKDAYS, "2026-10-03", "", "2026-10-08"}, /* begun on a day off */
    {1, LIFE_WORKDAYS, "2024-02-28", "", "2024-02-29"},
    {1, LIFE_WORKDAYS, "2028-02-28", "", "2028-02-29"},
    /* A year whose days were not announced. */
    {1, LIFE_WORKDAYS, "2026-12-31", "", "no year 2027"},
    {30, LIFE_WORKDAYS, "2026-12-01", "", "no year 2027"},
    {1, LIFE_WORKDAYS, "2025-06-02", "", "no year 2025"},
    /* No limit. */
    {0, LIFE_DAYS, "2026-11-02", "", "no limit"},
    /* Papers: the day of the notice counts, the days up to their coming do not. */
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-04;resume x - 2026-11-07", "2026-11-12"},
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-04;resume x - 2026-11-04", "2026-11-09"},
    {7, LIFE_DAYS, "2026-11-02", /* more time meanwhile does not bring them */
     "pause x - 2026-11-04;extend x - 2026-11-05;resume x - 2026-11-07", "2026-11-12"},
    {7, LIFE_DAYS, "2026-11-27", "pause x - 2026-11-29;resume x - 2026-12-02", "2026-12-07"},
    {3, LIFE_DAYS, "2024-02-27", "pause x - 2024-02-28;resume x - 2024-03-02", "2024-03-04"},
    {2, LIFE_WORKDAYS, "2026-09-29", "pause x - 2026-09-30;resume x - 2026-10-09", "2026-10-10"},
    {5, LIFE_WORKDAYS, "2026-11-02", "pause x - 2026-11-07;resume x - 2026-11-08", "2026-11-09"},
    /* Twice. */
    {5, LIFE_DAYS, "2026-11-02",
     "pause x - 2026-11-03;resume x - 2026-11-05;pause x - 2026-11-06;resume x - 2026-11-10",
     "2026-11-13"},
    /* Before the clock began, and over its beginning. */
    {2, LIFE_DAYS, "2026-11-10", "pause x - 2026-11-03;resume x - 2026-11-05", "2026-11-12"},
    {2, LIFE_DAYS, "2026-11-10", "pause x - 2026-11-09;resume x - 2026-11-11", "2026-11-13"},
    /* Not over yet: unknown, unless the time had run out before. */
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-04", "stands"},
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-08", "stands"},
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-09", "2026-11-09"},
    {5, LIFE_WORKDAYS, "2026-12-30", "pause x - 2026-12-30", "stands"},
    /* Returned without the papers. */
    {7, LIFE_DAYS, "2026-11-02", "pause x - 2026-11-04;return x y 2026-11-07", "2026-11-12"},
};

static void a_clock_ends_on_the_day_or_says_why_not(void **state)
{
    struct workday_change changes[16];
    struct workday_calendar calendar = a_calendar(changes);

    (void)state;
    for (size_t i = 0; i < COUNT(CLOCKS); i++) {
        struct lifecycle_record records[8];
        struct life_clock clock = {.days = CLOCKS[i].days, .unit = CLOCKS[i].unit};
        char text[256], day[DATE_TEXT], line[32];
        snprintf(text, sizeof text, "%s", CLOCKS[i].records);
        struct lifecycle_due due =
            lifecycle_due(&clock, on(CLOCKS[i].began), records, read_records(text, records),
                          CLOCKS[i].unit == LIFE_DAYS ? NULL : &calendar);
        const char *const words[] = {[LIFECYCLE_KNOWN] = date_format(due.on, day),
                                     [LIFECYCLE_NO_LIMIT] = "no limit",
                                     [LIFECYCLE_STANDS] = "stands",
                                     [LIFECYCLE_NO_YEAR] = "no year"};
        snprintf(line, sizeof line, "%s", words[due.known]);
        if (due.known == LIFECYCLE_NO_YEAR)
            snprintf(line, sizeof line, "no year %d", due.year);
        assert_int_equal(due.on != 0, due.known == LIFECYCLE_KNOWN);
        if (strcmp(line, CLOCKS[i].due) != 0)
            fail_msg("%d from %s, %s: %s, not %s", CLOCKS[i].days, CLOCKS[i].began,
                     CLOCKS[i].records, line, CLOCKS[i].due);
    }
}

static void the_earlier_of_two_clocks_holds(void **state)
{
    static const struct lifecycle_due early = {.known = LIFECYCLE_KNOWN, .on = 10},
                                      late = {.known = LIFECYCLE_KNOWN, .on = 20},
                                      none = {.known = LIFECYCLE_NO_LIMIT},
                                      stands = {.known = LIFECYCLE_STANDS},
                                      year = {.known = LIFECYCLE_NO_YEAR, .year = 2027};
    static const struct {
        const struct lifecycle_due *step, *whole, *both;
    } cases[] = {
        {&early, &late, &early},   {&late, &early, &early},   {&late, &none, &late},
        {&none, &late, &late},     {&none, &none, &none},     {&early, &year, &early},
        {&year, &late, &late},     {&none, &year, &year},     {&stands, &stands, &stands},
        {&stands, &none, &stands}, {&none, &stands, &stands}, {&year, &none, &year},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct lifecycle_due due = lifecycle_earlier(*cases[i].step, *cases[i].whole);
        if (due.known != cases[i].both->known || due.on != cases[i].both->on ||
            due.year != cases[i].both->year)
            fail_msg("pair %zu", i);
    }
}

static void acts_have_words(void **state)
{
    enum lifecycle_act act;

    (void)state;
    assert_int_equal(lifecycle_act_find("reform", &act), RESULT_NOTFOUND);
    for (enum lifecycle_act each = 0; each < LIFECYCLE_ACT_COUNT; each++) {
        assert_int_equal(lifecycle_act_find(lifecycle_act_name(each), &act), RESULT_OK);
        assert_int_equal(act, each);
        assert_non_null(lifecycle_act_label(each));
    }
    assert_null(lifecycle_act_name(LIFECYCLE_ACT_COUNT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_records_say_where_it_stands),
        cmocka_unit_test(a_clock_ends_on_the_day_or_says_why_not),
        cmocka_unit_test(the_earlier_of_two_clocks_holds),
        cmocka_unit_test(acts_have_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
