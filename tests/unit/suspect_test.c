/*
 * What a month's visits show: each rule alone, at its edge and just below it.
 */
#include "domain/suspect.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

enum { VISITS_MAX = 64 };

/** Findings as "rule:row " in the order they come. */
static void note(const struct suspect_finding *finding, void *arg)
{
    size_t length = strlen(arg);

    snprintf((char *)arg + length, 4096 - length, "%s:%zu ", suspect_id(finding->rule),
             finding->row);
}

static struct suspect_visit plain(size_t row, int day)
{
    static char notes[VISITS_MAX][16];

    snprintf(notes[row], sizeof notes[row], "note %zu", row);
    return (struct suspect_visit){
        .row = row,
        .date = date_make(2026, 11, day),
        .by = "刘洋",
        .officer = "1001",
        .note = notes[row],
        .success = true,
        .at_home = true,
        .by_known = true,
    };
}

static void look(struct suspect_visit *visits, size_t count, char text[4096])
{
    struct suspect_limits limits = {.a_day = 3, .same_note = 3, .all_late = 3};

    text[0] = '\0';
    suspect_visits(visits, count, &limits, note, text);
}

static void each_visit_is_looked_at(void **state)
{
    struct {
        struct suspect_visit visit;
        const char *found;
    } cases[8];
    char text[4096];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        cases[i].visit = plain(0, 3), cases[i].found = "";
    cases[1].visit.corrected = true, cases[1].found = "corrected:0 ";
    cases[2].visit.says_nothing = true, cases[2].found = "no_findings:0 ";
    cases[3].visit.by_known = false, cases[3].found = "unknown_visitor:0 ";
    cases[4].visit.excused = true, cases[4].found = "excused:0 ";
    cases[5].visit.after_death = true, cases[5].found = "after_death:0 ";
    cases[6].visit.success = false, cases[6].visit.says_nothing = true; /* nobody was seen */
    cases[7].visit.success = false, cases[7].visit.corrected = true;
    for (size_t i = 0; i < COUNT(cases); i++) {
        look(&cases[i].visit, 1, text);
        assert_string_equal(text, cases[i].found);
    }
    look(NULL, 0, text);
    assert_string_equal(text, "");
}

/** `count` visits of one day by one person, at home or by telephone. */
static void a_day_has_so_many_hours(void **state)
{
    static const struct {
        size_t count;
        bool at_home;
        size_t found;
    } cases[] = {{3, false, 0}, {4, false, 4}, {4, true, 0}, {6, true, 0}, {7, true, 7}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct suspect_visit visits[VISITS_MAX];
        char text[4096];
        size_t found = 0;
        for (size_t k = 0; k < cases[i].count; k++) {
            visits[k] = plain(k, 30);
            visits[k].at_home = cases[i].at_home;
        }
        visits[cases[i].count] = plain(cases[i].count, 29); /* another day */
        look(visits, cases[i].count + 1, text);
        for (const char *at = text; (at = strstr(at, "many_a_day")) != NULL; at++)
            found++;
        assert_int_equal(found, cases[i].found);
    }
}

static void equal_notes_of_one_visitor(void **state)
{
    struct suspect_visit visits[4];
    char text[4096];

    (void)state;
    for (size_t i = 0; i < COUNT(visits); i++) {
        visits[i] = plain(i, (int)i + 1);
        visits[i].note = "一切正常";
    }
    visits[3].by = "陈静"; /* the same words of somebody else */
    look(visits, 4, text);
    assert_non_null(strstr(text, "same_note:0"));
    assert_non_null(strstr(text, "same_note:2"));
    assert_null(strstr(text, "same_note:3"));
    look(visits, 2, text);
    assert_string_equal(text, "");
    for (size_t i = 0; i < COUNT(visits); i++)
        visits[i].note = "";
    look(visits, 4, text);
    assert_string_equal(text, ""); /* nothing written is not the same written */
}

static void an_officer_who_is_late_with_all(void **state)
{
    struct suspect_visit visits[4];
    char text[4096];

    (void)state;
    for (size_t i = 0; i < COUNT(visits); i++) {
        visits[i] = plain(i, (int)i + 1);
        visits[i].late = true;
    }
    look(visits, 3, text);
    assert_string_equal(text, "all_late:0 all_late:1 all_late:2 ");
    look(visits, 2, text);
    assert_string_equal(text, "");
    visits[3].late = false;
    look(visits, 4, text);
    assert_string_equal(text, "");
}

static void two_successes_on_one_day(void **state)
{
    struct suspect_visit visits[2] = {plain(0, 3), plain(0, 3)};
    char text[4096];

    (void)state;
    look(visits, 2, text);
    assert_string_equal(text, "twice_a_day:0 ");
    visits[0].success = false; /* tried in vain, then met */
    look(visits, 2, text);
    assert_string_equal(text, "");
    visits[0] = plain(0, 4);
    look(visits, 2, text);
    assert_string_equal(text, "");
}

static void every_rule_has_an_id_and_a_title(void **state)
{
    (void)state;
    for (enum suspect_rule rule = 0; rule < SUSPECT_COUNT_; rule++) {
        assert_true(*suspect_id(rule) != '\0' && *suspect_title(rule) != '\0');
        for (enum suspect_rule other = 0; other < rule; other++)
            assert_string_not_equal(suspect_id(rule), suspect_id(other));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_visit_is_looked_at),
        cmocka_unit_test(a_day_has_so_many_hours),
        cmocka_unit_test(equal_notes_of_one_visitor),
        cmocka_unit_test(an_officer_who_is_late_with_all),
        cmocka_unit_test(two_successes_on_one_day),
        cmocka_unit_test(every_rule_has_an_id_and_a_title),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
