/*
 * Two records of one human being become one, and go apart again.
 */
#include "merge_steps.h"

#include "db/tables.h"
#include "service/cases/merge.h"
#include "service/lists/duplicates.h"
#include "service/lists/lead_run.h"
#include "service/memory/state.h"

// ---- acts

static enum result ask_with(struct fixture *fixture, const struct caller *caller, const char *kept,
                            const char *gone, size_t count, char *const *take)
{
    struct merge_ask ask = {
        .kept = kept, .gone = gone, .reason = "本人核实", .take_count = count, .take = take};

    return merge_ask(fixture->service, caller, &ask, fixture_clear(fixture));
}

static enum result ask(struct fixture *fixture, const char *kept, const char *gone)
{
    return ask_with(fixture, &fixture->street, kept, gone, 0, NULL);
}

static enum result decide(struct fixture *fixture, const struct caller *caller, const char *what)
{
    static uint64_t last;
    const char *number = fields_get(&fixture->reply.values, "number");

    if (*number != '\0')
        last = strtoull(number, NULL, 10);
    return merge_decide(fixture->service, caller, last, what, "核实有误", fixture_clear(fixture));
}

static void expect_said(struct fixture *fixture, const char *words)
{
    assert_non_null(fixture->reply.message);
    if (strstr(fixture->reply.message, words) == NULL)
        fail_msg("%s", fixture->reply.message);
}

static void end_case(struct fixture *fixture, uint64_t id, const char *date)
{
    assert_result(
        case_close(fixture->service, &fixture->street, id, date, "其他", 0, fixture_clear(fixture)),
        RESULT_OK);
}

/** Two elders who are one, the second in another village. */
struct two {
    char kept_no[19], gone_no[19];
    uint64_t kept, gone; /* cases */
};

static struct two two_add(struct fixture *fixture)
{
    struct two two;

    fixture_id_no(fixture, two.kept_no);
    fixture_id_no(fixture, two.gone_no);
    two.kept = elder_add(fixture, &(struct elder){.name = "李晓红", .id_no = two.kept_no});
    two.gone = elder_add(fixture,
                         &(struct elder){.name = "李小红", .id_no = two.gone_no, .area = VILLAGE2});
    return two;
}

// ---- tests

static void another_officer_confirms(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    assert_result(ask(fixture, two.kept_no, two.gone_no), RESULT_CONFLICT);
    expect_said(fixture, "不能同时在册，请先退出登记重复的那个");
    end_case(fixture, two.gone, "2026-11-20");
    assert_result(ask(fixture, two.kept_no, two.kept_no), RESULT_INVALID);
    assert_result(ask(fixture, two.kept_no, "2111020022026LR09999"), RESULT_NOTFOUND);
    assert_result(ask_with(fixture, &fixture->village, two.kept_no, two.gone_no, 0, NULL),
                  RESULT_DENIED);
    assert_result(ask_with(fixture, &fixture->other_street, two.kept_no, two.gone_no, 0, NULL),
                  RESULT_DENIED);
    assert_result(ask(fixture, two.kept_no, "2111020022026LR00002"), RESULT_OK);
    assert_result(decide(fixture, &fixture->street, "confirm"), RESULT_DENIED);
    assert_result(ask(fixture, two.kept_no, two.gone_no), RESULT_EXISTS);
    assert_result(decide(fixture, &fixture->chief, "undo"), RESULT_CLOSED);
    assert_result(decide(fixture, &fixture->chief, "refuse"), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_CLOSED);

    /* Whoever may confirm does not confirm what they asked for. */
    assert_result(ask_with(fixture, &fixture->chief, two.kept_no, two.gone_no, 0, NULL), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_DENIED);
    assert_result(decide(fixture, &fixture->county, "confirm"), RESULT_OK);
    merge_expect_verified(fixture);
}

/** Two visits of one day are both there; figures follow by the normal rules; undone, all is as before. */
static void everything_moves_and_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    visit_ok(fixture, two.kept, "2026-11-03");
    visit_ok(fixture, two.gone, "2026-11-03");
    visit_ok(fixture, two.gone, "2026-11-10");
    visit_ok(fixture, two.gone, "2026-10-09");
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    end_case(fixture, two.gone, "2026-11-20");
    assert_int_equal(lead_run(fixture->service), RESULT_OK);
    char *before = merge_dump(fixture);
    assert_string_equal(why_line(fixture, "2026-10", two.kept, false),
                        "missed 未访：此前没有探访记录");

    assert_result(ask(fixture, two.kept_no, two.gone_no), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_OK);
    merge_expect_verified(fixture);
    /* The month that was reported stays as it was; what is known of it does not. */
    assert_string_equal(why_line(fixture, "2026-10", two.kept, true),
                        "missed 未访：此前没有探访记录");
    assert_true(strncmp(why_line(fixture, "2026-10", two.kept, false), "reached", 7) == 0);
    struct case_view view = case_open(fixture, &fixture->street, two.kept, true);
    assert_int_equal(view.others->row_count, 1);
    assert_int_equal(view.visits->row_count, 4);
    case_view_free(&view);
    fixture_today(fixture, "2026-11-23"); /* figures are read anew */
    merge_expect_verified(fixture);

    assert_result(
        merge_decide(fixture->service, &fixture->chief, 1, "undo", "", fixture_clear(fixture)),
        RESULT_OK);
    merge_expect_verified(fixture);
    assert_int_equal(lead_run(fixture->service), RESULT_OK);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static enum result put_alarm(struct txn *txn, void *arg)
{
    const uint64_t *case_id = arg;
    Rec__Case *casefile = NULL;
    Rec__Alarm alarm = REC__ALARM__INIT;
    static char kind[] = "finding", area[] = VILLAGE2, state[] = "open";
    enum result result = store_case_get(txn, *case_id, &casefile);

    if (result != 0)
        return result;
    alarm.id = fixture_id(77);
    alarm.kind = kind;
    alarm.area = area;
    alarm.state = state;
    alarm.case_id = *case_id;
    alarm.person = casefile->person;
    rec__case__free_unpacked(casefile, NULL);
    return store_alarm_put(txn, &alarm);
}

/** The index of alarms by person goes with them, or the nightly backup is not verified. */
static void an_alarm_is_found_under_its_person(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    assert_result(store_run(fixture->service->store, STORE_WRITE, put_alarm, &two.gone), RESULT_OK);
    end_case(fixture, two.gone, "2026-11-20");
    assert_result(ask(fixture, two.kept_no, two.gone_no), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_OK);
    merge_expect_verified(fixture);
    assert_result(decide(fixture, &fixture->chief, "undo"), RESULT_OK);
    merge_expect_verified(fixture);
}

static void something_newer_forbids_undoing(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    end_case(fixture, two.gone, "2026-11-20");
    assert_result(ask(fixture, two.kept_no, two.gone_no), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_OK);
    visit_ok(fixture, two.kept, "2026-11-21");
    assert_result(decide(fixture, &fixture->chief, "undo"), RESULT_CONFLICT);
    expect_said(fixture, "合并以后又登记了 2026-11-21 的探访");
    merge_expect_verified(fixture);
}

static void values_are_chosen(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    char name[] = "name", id_no[] = "id_no", birth[] = "birth", sex[] = "sex", colour[] = "colour";
    char *take[] = {name, id_no, birth, sex};
    char *wrong[] = {colour};

    end_case(fixture, two.gone, "2026-11-20");
    assert_result(ask_with(fixture, &fixture->street, two.kept_no, two.gone_no, 1, wrong),
                  RESULT_INVALID);
    assert_result(ask_with(fixture, &fixture->street, two.kept_no, two.gone_no, 2, take),
                  RESULT_INVALID);
    expect_said(fixture, "出生日期与身份证号不一致");
    assert_result(ask_with(fixture, &fixture->street, two.kept_no, two.gone_no, 4, take),
                  RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, "confirm"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, two.kept, true);
    assert_string_equal(fields_get(&view.values, "person.name"), "李小红");
    assert_string_equal(fields_get(&view.values, "person.id_no"), two.gone_no);
    case_view_free(&view);
    assert_result(decide(fixture, &fixture->chief, "undo"), RESULT_OK);
    view = case_open(fixture, &fixture->street, two.kept, true);
    assert_string_equal(fields_get(&view.values, "person.name"), "李晓红");
    assert_string_equal(fields_get(&view.values, "person.id_no"), two.kept_no);
    case_view_free(&view);
    merge_expect_verified(fixture);
}

static void expect_pairs(struct fixture *fixture, size_t count)
{
    struct sheet *sheet = NULL;

    assert_result(
        duplicates_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, count);
    sheet_free(&sheet);
}

static void a_decided_pair_comes_back_if_a_fact_changes(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    struct merge_ask apart = {.kept = two.gone_no, .gone = two.kept_no, .reason = "姐妹"};

    expect_pairs(fixture, 1);
    assert_result(merge_apart(fixture->service, &fixture->street, &apart, fixture_clear(fixture)),
                  RESULT_OK);
    expect_pairs(fixture, 0);
    assert_result(case_change(fixture, &fixture->street, two.kept, "person.phone", "13900000001"),
                  RESULT_OK);
    expect_pairs(fixture, 1);
    apart.reason = "";
    assert_result(merge_apart(fixture->service, &fixture->street, &apart, fixture_clear(fixture)),
                  RESULT_INVALID);
}

// ---- random homes

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

static void visit_at_random(struct fixture *fixture, unsigned *seed, uint64_t id)
{
    static const char *const modes[] = {"上门", "电话"};
    static const char *const results[] = {"成功", "成功", "未遇"};
    char date[DATE_TEXT];

    snprintf(date, sizeof date, "2026-%02u-%02u", 10 + next_random(seed, 2),
             1 + next_random(seed, 22));
    visit_expect(fixture, id, date, modes[next_random(seed, 2)], results[next_random(seed, 3)],
                 RESULT_OK);
}

/** Visits, exits, a closed month at random: merged, verified; undone, the same bytes. */
static void random_homes_come_back(void **state)
{
    enum { HOMES = 6 };

    (void)state;
    for (unsigned home = 1; home <= HOMES; home++) {
        struct fixture fixture;
        unsigned seed = home;
        fixture_begin(&fixture, "2026-10", "2026-11-23");
        struct two two = two_add(&fixture);
        for (unsigned i = next_random(&seed, 12); i > 0; i--)
            visit_at_random(&fixture, &seed, next_random(&seed, 2) == 0 ? two.kept : two.gone);
        if (next_random(&seed, 2) == 0)
            assert_result(month_close(fixture.service, &fixture.chief, "2026-10", STREET,
                                      fixture_clear(&fixture)),
                          RESULT_OK);
        end_case(&fixture, two.gone, next_random(&seed, 2) == 0 ? "2026-11-22" : "2026-11-23");
        if (next_random(&seed, 2) == 0)
            visit_at_random(&fixture, &seed, two.kept);
        char *before = merge_dump(&fixture);
        bool turned = next_random(&seed, 2) == 0;
        assert_result(
            ask(&fixture, turned ? two.gone_no : two.kept_no, turned ? two.kept_no : two.gone_no),
            RESULT_OK);
        assert_result(decide(&fixture, &fixture.chief, "confirm"), RESULT_OK);
        merge_expect_verified(&fixture);
        assert_result(decide(&fixture, &fixture.chief, "undo"), RESULT_OK);
        merge_expect_verified(&fixture);
        char *after = merge_dump(&fixture);
        assert_string_equal(before, after);
        free(before);
        free(after);
        fixture_end(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_officer_confirms, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(everything_moves_and_comes_back, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(an_alarm_is_found_under_its_person, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(something_newer_forbids_undoing, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(values_are_chosen, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_decided_pair_comes_back_if_a_fact_changes, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test(random_homes_come_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
