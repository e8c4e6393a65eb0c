/*
 * The worked examples of tests/data/duty-examples.md, row by row, and the small functions.
 */
#include "domain/duty.h"

#include "base/month.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>

enum column {
    EXAMPLE,
    MONTH,
    TODAY,
    NEED,
    SINCE,
    EXIT,
    BEFORE,
    VISITS,
    ATTEMPTS,
    EXCUSE,
    OTHER,
    CLOSED,
    STATE,
    DONE,
    DUE,
    SHOWS,
    FLAGS,
    REASON,
    COLUMNS
};

enum { LINE = 2048, DAYS = 8, FEWEST_EXAMPLES = 150 };

/** The facts of one row, with the arrays they point to. */
struct example {
    struct duty_facts facts;
    struct duty_credit credits[DAYS];
    day_t attempts[DAYS];
    day_t today;
};

/** Cuts "| a | b |" into trimmed cells; true for a row of the right width. "-" becomes "". */
static bool split_row(char *line, char *cells[COLUMNS])
{
    int count = 0;

    for (char *cell = strtok(line, "|"); cell != NULL; cell = strtok(NULL, "|")) {
        cell += strspn(cell, " ");
        for (char *end = cell + strlen(cell); end > cell && strchr(" \n", end[-1]) != NULL;)
            *--end = '\0';
        if (*cell == '\0')
            continue;
        if (count < COLUMNS)
            cells[count] = strcmp(cell, "-") == 0 ? cell + 1 : cell;
        count++;
    }
    return count == COLUMNS;
}

/** A day, "D", "MM-DD" or "YYYY-MM-DD"; moves *text behind it. 0 for none. */
static day_t take_day(const char **text, month_t month)
{
    long parts[3];
    int count = 0;
    char *end;

    *text += strspn(*text, " ");
    if (**text == '\0')
        return 0;
    do {
        parts[count++] = strtol(*text, &end, 10);
        *text = end + 1;
    } while (*end == '-' && count < 3);
    *text = end;
    if (count == 1)
        return date_make(month_year(month), month_number(month), (int)parts[0]);
    if (count == 2)
        return date_make(month_year(month), (int)parts[0], (int)parts[1]);
    return date_make((int)parts[0], (int)parts[1], (int)parts[2]);
}

static day_t read_day(const char *text, month_t month)
{
    return take_day(&text, month);
}

static void read_visits(const char *text, struct example *example)
{
    struct duty_facts *facts = &example->facts;

    if (facts->type == DUTY_REVIEW) {
        facts->reached_on = read_day(text, facts->month);
        return;
    }
    for (day_t day; (day = take_day(&text, facts->month)) != 0;) {
        assert_true(facts->credit_count < DAYS);
        example->credits[facts->credit_count++] = (struct duty_credit){day, *text == '+'};
        text += *text == '+';
    }
    facts->credits = example->credits;
}

static void read_attempts(const char *text, struct example *example)
{
    struct duty_facts *facts = &example->facts;

    for (day_t day; (day = take_day(&text, facts->month)) != 0;) {
        assert_true(facts->attempt_count < DAYS);
        example->attempts[facts->attempt_count++] = day;
    }
    facts->attempts = example->attempts;
}

static void read_need(const char *text, struct duty_facts *facts)
{
    if (strcmp(text, "review") == 0)
        facts->type = DUTY_REVIEW;
    else
        assert_int_equal(sscanf(text, "%d/%d", &facts->need, &facts->interval), 2);
}

/** "granted 住院 16..30": the reason ends before the days. */
static void read_excuse(char *text, struct duty_facts *facts)
{
    static const char *const words[] = {
        [DUTY_EXCUSE_ASKED] = "asked",
        [DUTY_EXCUSE_GRANTED] = "granted",
        [DUTY_EXCUSE_REFUSED] = "refused",
        [DUTY_EXCUSE_REVOKED] = "revoked",
    };
    size_t length = strcspn(text, " ");
    char *range = strstr(text, "..");

    for (int i = DUTY_EXCUSE_ASKED; i <= DUTY_EXCUSE_REVOKED && length > 0; i++)
        if (strncmp(text, words[i], length) == 0)
            facts->excuse = (enum duty_excuse)i;
    assert_true((facts->excuse != DUTY_EXCUSE_NONE) == (length > 0));
    facts->excuse_reason = text + length + strspn(text + length, " ");
    if (range == NULL)
        return;
    *range = '\0';
    char *from = strrchr(text, ' ');
    *from = '\0';
    facts->excuse_from = read_day(from + 1, facts->month);
    facts->excuse_to = read_day(range + 2, facts->month);
}

static void read_other(const char *text, struct duty_facts *facts)
{
    size_t length = strcspn(text, " ");
    const char *value = text + length + (text[length] == ' ');

    facts->shared = facts->unowed = "";
    if (strncmp(text, "present", length) == 0 && length > 0)
        facts->present = read_day(value, facts->month);
    else if (strncmp(text, "shared", length) == 0 && length > 0)
        facts->shared = value;
    else if (strncmp(text, "unowed", length) == 0 && length > 0)
        facts->unowed = value;
    else
        assert_int_equal(length, 0);
}

static void read_example(char *const cells[COLUMNS], struct example *example)
{
    struct duty_facts *facts = &example->facts;
    const char *ended = cells[EXIT];

    *example = (struct example){0};
    assert_int_equal(month_parse(cells[MONTH], &facts->month), RESULT_OK);
    read_need(cells[NEED], facts);
    facts->since =
        *cells[SINCE] != '\0' ? read_day(cells[SINCE], facts->month) : date_make(2020, 1, 1);
    facts->closed_on = take_day(&ended, facts->month);
    facts->exit_reason = ended + strspn(ended, " ");
    facts->last_before = read_day(cells[BEFORE], facts->month);
    read_visits(cells[VISITS], example);
    read_attempts(cells[ATTEMPTS], example);
    read_excuse(cells[EXCUSE], facts);
    read_other(cells[OTHER], facts);
    facts->month_closed = strcmp(cells[CLOSED], "yes") == 0;
    example->today = read_day(cells[TODAY], facts->month);
}

static const char *flags_of(const struct duty_view *view, char buffer[64])
{
    snprintf(buffer, 64, "%s%s%s%s", view->fulfilled ? " fulfilled" : "", view->late ? " late" : "",
             view->alarm ? " alarm" : "", view->asked ? " asked" : "");
    return buffer + (*buffer == ' ');
}

static void check_example(char *const cells[COLUMNS])
{
    struct duty_rules rules = duty_rules_default();
    struct example example;
    char words[64], flags[64];

    read_example(cells, &example);
    struct duty_view view = duty_judge(&example.facts, &rules, example.today);

    assert_string_equal(duty_state_name(view.state), cells[STATE]);
    assert_int_equal(view.done, atoi(cells[DONE]));
    assert_int_equal(view.due_on, read_day(cells[DUE], example.facts.month));
    assert_string_equal(duty_words(&view, words), cells[SHOWS]);
    assert_string_equal(flags_of(&view, flags), cells[FLAGS]);
    assert_string_equal(view.reason, cells[REASON]);
}

static void keeps_every_worked_example(void **state)
{
    FILE *file = fopen(TESTS_DATA "/duty-examples.md", "r");
    char line[LINE];
    int examples = 0;

    (void)state;
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        char *cells[COLUMNS];
        if (strncmp(line, "| ", 2) != 0 || strncmp(line, "| example ", 10) == 0)
            continue;
        assert_true(split_row(line, cells));
        print_message("%s\n", cells[EXAMPLE]);
        check_example(cells);
        examples++;
    }
    fclose(file);
    assert_true(examples >= FEWEST_EXAMPLES);
}

/** A duty of November 2026, nothing done yet. */
static struct duty_facts november(void)
{
    return (struct duty_facts){
        .month = month_make(2026, 11),
        .need = 1,
        .interval = 30,
        .since = date_make(2024, 5, 1),
        .last_before = date_make(2026, 10, 24),
        .exit_reason = "",
        .excuse_reason = "",
    };
}

static void tells_first_and_last_visit(void **state)
{
    struct duty_rules rules = duty_rules_default();
    struct duty_facts facts = november();
    struct duty_credit credits[] = {{date_make(2026, 11, 3)}, {date_make(2026, 11, 17)}};
    day_t attempts[] = {date_make(2026, 11, 1), date_make(2026, 11, 2)};
    struct duty_view view = duty_judge(&facts, &rules, date_make(2026, 11, 20));

    (void)state;
    assert_int_equal(view.reached_on, 0);
    assert_int_equal(view.last_visit, date_make(2026, 10, 24));

    facts.credits = credits;
    facts.credit_count = COUNT(credits);
    facts.attempts = attempts;
    facts.attempt_count = COUNT(attempts);
    view = duty_judge(&facts, &rules, date_make(2026, 11, 20));
    assert_int_equal(view.reached_on, credits[0].date);
    assert_int_equal(view.last_visit, credits[1].date);
    assert_int_equal(view.attempts, 2);
}

/** Visits are no review, whatever tier the case has. */
static void keeps_visits_out_of_reviews(void **state)
{
    struct duty_rules rules = duty_rules_default();
    struct duty_facts facts = november();
    struct duty_credit credit = {date_make(2026, 11, 3)};

    (void)state;
    facts.type = DUTY_REVIEW;
    facts.need = 4;
    facts.credits = &credit;
    facts.credit_count = 1;
    struct duty_view view = duty_judge(&facts, &rules, date_make(2026, 11, 20));
    assert_int_equal(view.state, DUTY_PENDING);
    assert_int_equal(view.done, 0);

    facts.reached_on = date_make(2026, 11, 12);
    view = duty_judge(&facts, &rules, date_make(2026, 11, 20));
    assert_int_equal(view.state, DUTY_REACHED);
    assert_true(view.fulfilled);
    assert_int_equal(view.reached_on, facts.reached_on);
}

static void obeys_other_parameters(void **state)
{
    struct duty_rules rules = {.entry_until = 20, .late_days = 7, .alarm_after = 2, .close_on = 10};
    struct duty_facts facts = november();
    day_t attempts[] = {date_make(2026, 11, 1), date_make(2026, 11, 2)};
    day_t today = date_make(2026, 11, 25);

    (void)state;
    facts.attempts = attempts;
    facts.attempt_count = 2;
    assert_true(duty_judge(&facts, &rules, today).alarm);
    facts.attempt_count = 1;
    assert_false(duty_judge(&facts, &rules, today).alarm);
    rules.alarm_after = 0; /* switched off */
    assert_false(duty_judge(&facts, &rules, today).alarm);

    facts.since = date_make(2026, 11, 20);
    assert_true(duty_judge(&facts, &rules, today).owed);
    facts.since = date_make(2026, 11, 21);
    assert_false(duty_judge(&facts, &rules, today).owed);
    rules.entry_until = 31; /* more days than the month has: every entry of the month */
    facts.since = date_make(2026, 11, 30);
    assert_true(duty_judge(&facts, &rules, today).owed);
    facts.since = date_make(2026, 12, 1);
    assert_false(duty_judge(&facts, &rules, today).owed);
}

/** A reason that is too long is cut between characters, and a missing one is no crash. */
static void cuts_long_reasons(void **state)
{
    struct duty_rules rules = duty_rules_default();
    struct duty_facts facts = november();
    char reason[200] = "";

    (void)state;
    for (int i = 0; i < 60; i++)
        strcat(reason, "外");
    facts.excuse = DUTY_EXCUSE_GRANTED;
    facts.excuse_reason = reason;
    struct duty_view view = duty_judge(&facts, &rules, date_make(2026, 11, 20));
    assert_int_equal(strlen(view.reason), 93); /* 31 characters of 3 bytes; 95 would fit */
    assert_memory_equal(view.reason, "免访：外外", 15);
    assert_string_equal(view.reason + 90, "外");

    facts.excuse_reason = NULL;
    assert_string_equal(duty_judge(&facts, &rules, 0).reason, "免访");
}

static void exists_from_start_to_end(void **state)
{
    static const struct {
        int since[3], closed_on[3];
        bool exists;
    } cases[] = {
        {{2024, 5, 1}, {0}, true},
        {{2026, 11, 1}, {0}, true},
        {{2026, 11, 30}, {0}, true},
        {{2026, 12, 1}, {0}, false},
        {{2024, 5, 1}, {2026, 10, 31}, false},
        {{2024, 5, 1}, {2026, 11, 1}, true},
        {{2024, 5, 1}, {2026, 11, 30}, true},
        {{2024, 5, 1}, {2026, 12, 1}, true},
        {{2026, 11, 10}, {2026, 11, 10}, true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const int *s = cases[i].since, *c = cases[i].closed_on;
        assert_int_equal(duty_exists(date_make(s[0], s[1], s[2]), date_make(c[0], c[1], c[2]),
                                     month_make(2026, 11)),
                         cases[i].exists);
    }
}

static void marks_late_entries_from_the_third_day(void **state)
{
    struct duty_rules rules = duty_rules_default();
    day_t visited = date_make(2028, 2, 27);

    (void)state;
    assert_false(duty_is_late(visited, visited, &rules));
    assert_false(duty_is_late(visited, date_make(2028, 2, 29), &rules));
    assert_true(duty_is_late(visited, date_make(2028, 3, 1), &rules));
    assert_true(duty_is_late(visited, date_make(2028, 3, 2), &rules));
}

static void closes_on_the_sixth(void **state)
{
    struct duty_rules rules = duty_rules_default();

    (void)state;
    assert_int_equal(duty_closing_day(month_make(2026, 11), &rules), date_make(2026, 12, 6));
    assert_int_equal(duty_closing_day(month_make(2026, 12), &rules), date_make(2027, 1, 6));
    rules.close_on = 1;
    assert_int_equal(duty_closing_day(month_make(2028, 2), &rules), date_make(2028, 3, 1));
}

static void plans_reviews(void **state)
{
    (void)state;
    assert_int_equal(duty_review_month(date_make(2026, 1, 31), 1), month_make(2026, 2));
    assert_int_equal(duty_review_month(date_make(2026, 11, 1), 3), month_make(2027, 2));
    assert_int_equal(duty_review_month(date_make(2026, 11, 30), 6), month_make(2027, 5));
    assert_int_equal(duty_review_month(date_make(2026, 12, 15), 12), month_make(2027, 12));
    assert_int_equal(duty_review_month(date_make(2026, 11, 1), 0), 0);
    assert_int_equal(duty_review_month(0, 12), 0);
}

static void names_every_status(void **state)
{
    static const struct {
        struct duty_view view;
        const char *status;
        const char *words;
    } cases[] = {
        {{.state = DUTY_PENDING}, "pending", "待访"},
        {{.state = DUTY_PENDING, .urgency = DUTY_DUE_TODAY}, "due_today", "今日到期"},
        {{.state = DUTY_PENDING, .urgency = DUTY_OVERDUE, .overdue_days = 14},
         "overdue",
         "逾期 14 天"},
        {{.state = DUTY_REACHED}, "reached", "已访"},
        {{.state = DUTY_REACHED, .urgency = DUTY_DUE_TODAY}, "reached", "今日到期"},
        {{.state = DUTY_REACHED, .urgency = DUTY_OVERDUE, .overdue_days = 1},
         "reached",
         "逾期 1 天"},
        {{.state = DUTY_REACHED, .fulfilled = true}, "fulfilled", "达标"},
        {{.state = DUTY_MISSED}, "missed", "未访"},
        {{.state = DUTY_EXCUSED}, "excused", "免访"},
        {{.state = DUTY_NOT_COUNTED}, "not_counted", "不计"},
    };
    char buffer[64];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(duty_status_name(&cases[i].view), cases[i].status);
        assert_ptr_equal(duty_words(&cases[i].view, buffer), buffer);
        assert_string_equal(buffer, cases[i].words);
    }
    assert_string_equal(duty_state_label(DUTY_PENDING), "待访");
    assert_string_equal(duty_state_label(DUTY_NOT_COUNTED), "不计");
    assert_string_equal(duty_state_name(DUTY_EXCUSED), "excused");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_every_worked_example),
        cmocka_unit_test(tells_first_and_last_visit),
        cmocka_unit_test(keeps_visits_out_of_reviews),
        cmocka_unit_test(obeys_other_parameters),
        cmocka_unit_test(cuts_long_reasons),
        cmocka_unit_test(exists_from_start_to_end),
        cmocka_unit_test(marks_late_entries_from_the_third_day),
        cmocka_unit_test(closes_on_the_sixth),
        cmocka_unit_test(plans_reviews),
        cmocka_unit_test(names_every_status),
    };

    return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
