/*
 * What hangs on two persons who become one beside their cases: whether nobody met them several times
 * in a row, and the applications under way.
 */
#include "alarm_fixture.h"
#include "merge_steps.h"

#include "db/alarm.h"
#include "service/cases/merge.h"
#include "service/cases/proposal.h"
#include "service/lists/duplicates.h"

// ---- acts

struct two {
    char kept_no[19], gone_no[19];
    uint64_t kept, gone; /* cases; the second one ends */
};

static struct two two_add(struct fixture *fixture)
{
    struct two two;

    fixture_id_no(fixture, two.kept_no);
    fixture_id_no(fixture, two.gone_no);
    two.kept = elder_add(fixture, &(struct elder){.name = "李晓红", .id_no = two.kept_no});
    two.gone = elder_add(fixture, &(struct elder){.name = "李小红", .id_no = two.gone_no});
    return two;
}

static void unmet(struct fixture *fixture, uint64_t elder, const char *date)
{
    visit_expect(fixture, elder, date, "上门", "未遇", RESULT_OK);
}

static enum result ask(struct fixture *fixture, const struct two *two, size_t count,
                       char *const *take)
{
    struct merge_ask ask = {.kept = two->kept_no,
                            .gone = two->gone_no,
                            .reason = "本人核实",
                            .take_count = count,
                            .take = take};

    return merge_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture));
}

static void decide(struct fixture *fixture, const char *what, enum result expected)
{
    enum result result =
        merge_decide(fixture->service, &fixture->chief, 1, what, "", fixture_clear(fixture));

    if (result != expected)
        print_error("%s\n", fixture->reply.message);
    assert_result(result, expected);
    merge_expect_verified(fixture);
}

static void end_gone(struct fixture *fixture, const struct two *two)
{
    assert_result(case_close(fixture->service, &fixture->street, two->gone, "2026-11-21", "其他", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
}

static void merge_two(struct fixture *fixture, const struct two *two)
{
    assert_result(ask(fixture, two, 0, NULL), RESULT_OK);
    decide(fixture, "confirm", RESULT_OK);
}

/** Undone, every record is as it was. */
static void undo_to(struct fixture *fixture, char *before)
{
    decide(fixture, "undo", RESULT_OK);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void expect_text(struct fixture *fixture, const char *words)
{
    char *text = home_text(fixture, &fixture->chief);

    if (strstr(text, words) == NULL)
        fail_msg("%s", text);
    free(text);
}

static struct alarm_view view_of(struct fixture *fixture, uint64_t alarm)
{
    struct alarm_view view = {0};

    assert_result(
        alarm_get(fixture->service, &fixture->chief, alarm, &view, fixture_clear(fixture)),
        RESULT_OK);
    return view;
}

static void expect_alarm(struct fixture *fixture, uint64_t alarm, const char *state,
                         const char *note)
{
    struct alarm_view view = view_of(fixture, alarm);

    assert_string_equal(view.state, state);
    assert_string_equal(view.note, note);
    alarm_view_free(&view);
}

// ---- nobody met them

/** Two times and once are three times. */
static void attempts_are_counted_as_one_persons(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    unmet(fixture, two.kept, "2026-11-17");
    unmet(fixture, two.gone, "2026-11-18");
    unmet(fixture, two.kept, "2026-11-20");
    end_gone(fixture, &two);
    expect_home(fixture, &fixture->chief, "");
    char *before = merge_dump(fixture);
    merge_two(fixture, &two);
    expect_text(fixture, "连续未遇 还剩 24 小时 李晓红（团结社区）3 次没见到（11-17 至 11-20）");
    undo_to(fixture, before);
    expect_home(fixture, &fixture->chief, "");
}

/** Somebody met the second one between the first one's attempts. */
static void a_meeting_between_withdraws_it(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    unmet(fixture, two.kept, "2026-11-17");
    visit_ok(fixture, two.gone, "2026-11-18");
    unmet(fixture, two.kept, "2026-11-19");
    unmet(fixture, two.kept, "2026-11-20");
    uint64_t alarm = alarm_at(fixture, 0);
    end_gone(fixture, &two);
    char *before = merge_dump(fixture);
    merge_two(fixture, &two);
    expect_home(fixture, &fixture->chief, "");
    expect_alarm(fixture, alarm, ALARM_VOID, "两份登记已合并，连起来看不再是连续没有见到");
    undo_to(fixture, before);
    expect_alarm(fixture, alarm, ALARM_OPEN, "");
}

/** One human being is looked for once: by the officer who is at it already. */
static void two_alarms_become_one(void **state)
{
    static const char *const days[] = {"2026-11-17", "2026-11-18", "2026-11-19"};
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    for (size_t i = 0; i < COUNT(days); i++)
        unmet(fixture, two.kept, days[i]);
    uint64_t first = alarm_at(fixture, 0);
    for (size_t i = 0; i < COUNT(days); i++)
        unmet(fixture, two.gone, days[i]);
    uint64_t second = alarm_at(fixture, 0) == first ? alarm_at(fixture, 1) : alarm_at(fixture, 0);
    assert_result(alarm_take(fixture->service, &fixture->village, second, fixture_clear(fixture)),
                  RESULT_OK);
    end_gone(fixture, &two);
    char *before = merge_dump(fixture);
    merge_two(fixture, &two);
    expect_alarm(fixture, first, ALARM_VOID, "两份登记已合并，由同一人的另一条警示跟进");
    expect_alarm(fixture, second, ALARM_TAKEN, "");
    undo_to(fixture, before);
}

static uint64_t merge_and_take(struct fixture *fixture, struct two *two)
{
    *two = two_add(fixture);
    unmet(fixture, two->kept, "2026-11-17");
    unmet(fixture, two->kept, "2026-11-18");
    unmet(fixture, two->gone, "2026-11-20");
    end_gone(fixture, two);
    merge_two(fixture, two);
    uint64_t alarm = alarm_at(fixture, 0);
    assert_result(alarm_take(fixture->service, &fixture->village, alarm, fixture_clear(fixture)),
                  RESULT_OK);
    return alarm;
}

static void finish(struct fixture *fixture, uint64_t alarm)
{
    assert_result(
        alarm_finish(fixture->service, &fixture->village, alarm, NOTE, fixture_clear(fixture)),
        RESULT_OK);
}

static void undo(struct fixture *fixture)
{
    assert_result(
        merge_decide(fixture->service, &fixture->chief, 1, "undo", "", fixture_clear(fixture)),
        RESULT_OK);
    merge_expect_verified(fixture);
}

/** What an officer said stays, with whose visit it is. */
static void what_officers_did_since_stays(void **state)
{
    struct fixture *fixture = *state;
    struct two two;
    uint64_t alarm = merge_and_take(fixture, &two);

    finish(fixture, alarm);
    undo(fixture);
    expect_home(fixture, &fixture->chief, "");
    expect_alarm(fixture, alarm, ALARM_DONE, NOTE);
}

/** Whoever is on the way ends the alarm with words, though apart the visits raise none. */
static void who_is_on_the_way_says_what_was_found(void **state)
{
    struct fixture *fixture = *state;
    struct two two;
    uint64_t alarm = merge_and_take(fixture, &two);

    undo(fixture);
    expect_alarm(fixture, alarm, ALARM_TAKEN, "");
    expect_home(fixture, &fixture->chief,
                "连续未遇 还剩 24 小时，刘洋已接手 李小红（团结社区）3 次没见到（11-17 至 "
                "11-20），请上门；合并已撤销，分开看不是连续没有见到，办结时请写明\n");
    finish(fixture, alarm);
    expect_alarm(fixture, alarm, ALARM_DONE, NOTE);
    expect_home(fixture, &fixture->chief, "");
}

// ---- applications

struct applicant {
    const char *name, *id_no, *birth;
};

static void apply(struct fixture *fixture, const struct applicant *applicant)
{
    struct fields values = {0};
    struct proposal_input input = {.kind = "tekun", .values = &values};

    fields_set(&values, "person.name", applicant->name);
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "person.id_no", applicant->id_no);
    if (*applicant->id_no == '\0') {
        fields_set(&values, "person.id_type", "户口簿无证");
        fields_set(&values, "person.birth", applicant->birth);
        fields_set(&values, "person.sex", "女");
    }
    fields_set(&values, "tk_kind", "老年人");
    if (proposal_put(fixture->service, &fixture->street, &input, fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
    fields_free(&values);
}

static void expect_refused(struct fixture *fixture, const struct two *two, size_t count,
                           char *const *take, const char *words)
{
    assert_result(ask(fixture, two, count, take), RESULT_CONFLICT);
    if (strstr(fixture->reply.message, words) == NULL)
        fail_msg("%s", fixture->reply.message);
}

/** The number that is given up is that of the first person, if the second one's is chosen. */
static void a_number_that_is_given_up_forbids_it(void **state)
{
    char id_no[] = "id_no", birth[] = "birth", sex[] = "sex";
    char *take[] = {id_no, birth, sex};
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    end_gone(fixture, &two);
    apply(fixture, &(struct applicant){"李小红", two.gone_no, ""});
    expect_refused(fixture, &two, 0, NULL, "SQ00001 用的是合并后不再用的证件号");
    assert_result(ask(fixture, &two, COUNT(take), take), RESULT_OK);
    apply(fixture, &(struct applicant){"李晓红", two.kept_no, ""});
    assert_result(
        merge_decide(fixture->service, &fixture->chief, 1, "confirm", "", fixture_clear(fixture)),
        RESULT_CONFLICT); /* since then there is an application by the other number */
    assert_non_null(strstr(fixture->reply.message, "SQ00002"));
}

/** Without a number it is known by name and birthday, while these stay. */
static void one_without_a_number_is_found_again(void **state)
{
    char name[] = "name";
    char *take[] = {name};
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    char birth[DATE_TEXT], other_birth[DATE_TEXT];

    snprintf(birth, sizeof birth, "%.4s-%.2s-%.2s", two.kept_no + 6, two.kept_no + 10,
             two.kept_no + 12);
    snprintf(other_birth, sizeof other_birth, "%.4s-%.2s-%.2s", two.gone_no + 6, two.gone_no + 10,
             two.gone_no + 12);
    end_gone(fixture, &two);
    apply(fixture, &(struct applicant){"李小红", "", "1941-01-01"}); /* a namesake */
    apply(fixture, &(struct applicant){"李晓红", "", birth});
    assert_result(ask(fixture, &two, 0, NULL), RESULT_OK);
    assert_result(merge_decide(fixture->service, &fixture->chief, 1, "refuse", "再核实",
                               fixture_clear(fixture)),
                  RESULT_OK);
    expect_refused(fixture, &two, 1, take, "SQ00002 用的是合并后不再用的姓名或出生日期");
    apply(fixture, &(struct applicant){"李小红", "", other_birth});
    expect_refused(fixture, &two, 0, NULL, "SQ00003");
}

/** A guardian's name is in an application, but the guardian gets no record by it. */
static void both_sides_name_applications(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    struct merge_ask asked = {.kept = two.kept_no, .gone = two.gone_no};
    struct sheet *sheet = NULL;

    apply(fixture, &(struct applicant){"李晓红", two.kept_no, ""});
    assert_result(
        merge_sides(fixture->service, &fixture->street, &asked, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(sheet, sheet->row_count - 1, "label"), "在办申请");
    assert_string_equal(sheet_get(sheet, sheet->row_count - 1, "value"), "特困 SQ00001");
    assert_string_equal(sheet_get(sheet, sheet->row_count - 1, "other_value"), "");
    sheet_free(&sheet);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(attempts_are_counted_as_one_persons),
        TEST(a_meeting_between_withdraws_it),
        TEST(two_alarms_become_one),
        TEST(what_officers_did_since_stays),
        TEST(who_is_on_the_way_says_what_was_found),
        TEST(a_number_that_is_given_up_forbids_it),
        TEST(one_without_a_number_is_found_again),
        TEST(both_sides_name_applications),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
