/*
 * 请假、替班、接管: the substitute's list has the absent officer's people, no figure changes, and a village
 * changes hands in one step, and back.
 */
#include "service_fixture.h"

#include "base/str.h"
#include "service/cases/benefit.h"
#include "service/cases/leave.h"
#include "service/cases/person.h"
#include "service/lists/due.h"
#include "service/lists/home.h"
#include "service/officers/officer.h"

#include <inttypes.h>

static enum result leave(struct fixture *fixture, const struct caller *caller, const char *officer,
                         const char *substitute, const char *from, const char *to)
{
    struct leave_input input = {
        .officer = officer, .substitute = substitute, .from = from, .to = to, .reason = "回家探亲"};

    return leave_make(fixture->service, caller, &input, fixture_clear(fixture));
}

/** "NAME OFFICER STAND-IN" of the due list of an officer, a line each. Borrowed. */
static const char *due_of(struct fixture *fixture, const char *officer)
{
    static char text[2000];
    struct due_query query = {.month = "", .area = "", .officer = officer, .kind = ""};
    struct due_place *next = NULL;
    struct sheet *sheet = NULL;

    assert_result(
        due_list(fixture->service, &fixture->street, &query, &sheet, &next, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s\n",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "officer"),
                 sheet_get(sheet, row, "stand_in"));
    sheet_free(&sheet);
    free(next);
    return text;
}

static uint64_t elder(struct fixture *fixture, const char *name, const char *officer)
{
    char id_no[19];

    return elder_add(fixture, &(struct elder){.name = name,
                                              .id_no = fixture_id_no(fixture, id_no),
                                              .area = VILLAGE,
                                              .tier = "低",
                                              .since = "2026-01-01",
                                              .officer = officer});
}

static const char *home_line(struct fixture *fixture, const struct caller *caller)
{
    static char text[400];
    struct home_view view = {0};

    assert_result(home_view_read(fixture->service, caller, "", &view, fixture_clear(fixture)),
                  RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < view.alarms->row_count; row++)
        if (strcmp(sheet_get(view.alarms, row, "what"), "请假") == 0)
            snprintf(text, sizeof text, "%s", sheet_get(view.alarms, row, "text"));
    home_view_free(&view);
    return text;
}

static void the_substitute_has_both(void **state)
{
    struct fixture *fixture = *state;
    const char *village = fixture->village.officer, *street = fixture->street.officer;
    uint64_t one = elder(fixture, "甲老", village);

    elder(fixture, "乙老", street);
    assert_result(leave(fixture, &fixture->village, village, street, "2026-11-23", "2026-11-25"),
                  RESULT_OK);
    char *expected = mem_printf("甲老 %s %s\n乙老 %s \n", fixture->village.name,
                                fixture->street.name, fixture->street.name);
    assert_string_equal(due_of(fixture, street), expected);
    free(expected);
    expected = mem_printf("甲老 %s %s\n", fixture->village.name, fixture->street.name);
    assert_string_equal(due_of(fixture, village), expected);
    free(expected);
    /* each is counted once, for who is responsible */
    assert_string_equal(board_line(fixture, "2026-11", "officer", street, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    visit_ok(fixture, one, "2026-11-23");
    assert_string_equal(board_line(fixture, "2026-11", "officer", village, false),
                        "1 1 1 0 0 0 0 0 0 100.0");
    /* both see it, and it ends by itself */
    assert_non_null(strstr(home_line(fixture, &fixture->village), "您 11-23 至 11-25 请假"));
    assert_non_null(strstr(home_line(fixture, &fixture->street), "由您代"));
    assert_non_null(strstr(home_line(fixture, &fixture->chief), "请假"));
    assert_string_equal(home_line(fixture, &fixture->other_chief), "");
    fixture_today(fixture, "2026-11-26");
    assert_null(strstr(due_of(fixture, street), "甲老"));
    assert_string_equal(home_line(fixture, &fixture->street), "");
}

static void who_may_enter_one(void **state)
{
    struct fixture *fixture = *state;
    const char *village = fixture->village.officer, *street = fixture->street.officer;
    const char *other = fixture->other_street.officer, *chief = fixture->chief.officer;

    assert_result(leave(fixture, &fixture->street, village, street, "2026-11-23", "2026-11-25"),
                  RESULT_DENIED);
    assert_result(leave(fixture, &fixture->chief, village, village, "2026-11-23", "2026-11-25"),
                  RESULT_INVALID);
    assert_result(leave(fixture, &fixture->chief, village, other, "2026-11-23", "2026-11-25"),
                  RESULT_INVALID);
    assert_result(leave(fixture, &fixture->chief, village, "nobody", "2026-11-23", "2026-11-25"),
                  RESULT_NOTFOUND);
    assert_result(leave(fixture, &fixture->chief, village, street, "2026-11-25", "2026-11-23"),
                  RESULT_INVALID);
    assert_result(leave(fixture, &fixture->chief, village, street, "2026-11-23", "2026-11-25"),
                  RESULT_OK);
    assert_result(leave(fixture, &fixture->chief, village, chief, "2026-11-25", "2026-11-28"),
                  RESULT_EXISTS);
    assert_result(leave(fixture, &fixture->street, street, chief, "2026-11-24", "2026-11-28"),
                  RESULT_INVALID);
}

static void one_that_is_ended_is_over(void **state)
{
    struct fixture *fixture = *state;
    const char *village = fixture->village.officer, *street = fixture->street.officer;

    elder(fixture, "甲老", village);
    assert_result(leave(fixture, &fixture->chief, village, street, "2026-11-23", "2026-11-25"),
                  RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "leave"), NULL, 10);
    assert_true(strstr(due_of(fixture, street), "甲老") != NULL);
    assert_result(
        leave_end(fixture->service, &fixture->street, id, "提前回来", fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(
        leave_end(fixture->service, &fixture->village, id, "提前回来", fixture_clear(fixture)),
        RESULT_OK);
    assert_null(strstr(due_of(fixture, street), "甲老"));
    assert_result(
        leave_end(fixture->service, &fixture->village, id, "提前回来", fixture_clear(fixture)),
        RESULT_CLOSED);
}

// ---- a substitute of another village

/** An officer of the other village of the street. */
static struct caller neighbour(struct fixture *fixture)
{
    struct officer_input input = {.id = "v02",
                                  .name = "赵倩",
                                  .role = "village",
                                  .area = VILLAGE2,
                                  .phone = "",
                                  .password = ""};
    struct caller caller = fixture->village;

    assert_result(officer_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    snprintf(caller.officer, sizeof caller.officer, "v02");
    snprintf(caller.name, sizeof caller.name, "赵倩");
    snprintf(caller.area, sizeof caller.area, VILLAGE2);
    caller.session[0] ^= 0x55;
    return caller;
}

static enum result record(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                          const char *date)
{
    struct visit_input input = {.case_id = elder,
                                .date = date,
                                .mode = "上门",
                                .result = "成功",
                                .by = caller->name,
                                .confirm = true,
                                .replaces = "",
                                .batch = ""};

    return visit_add(fixture->service, caller, &input, fixture_clear(fixture));
}

/** How many people are on the caller's own list, and how many of them the other's. */
static int listed(struct fixture *fixture, const struct caller *caller, const char *name)
{
    struct due_query query = {.month = "", .area = "", .officer = "", .kind = "", .all = true};
    struct due_place *next = NULL;
    struct sheet *sheet = NULL;
    int count = 0;

    assert_result(due_list(fixture->service, caller, &query, &sheet, &next, fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        count += strcmp(sheet_get(sheet, row, "name"), name) == 0;
    sheet_free(&sheet);
    free(next);
    return count;
}

/** Who entered the last visit of the case, as the case shows it; new string. */
static char *entered_by(struct fixture *fixture, const struct caller *caller, uint64_t elder)
{
    struct case_view view = case_open(fixture, caller, elder, false);
    char *by = mem_copy(sheet_get(view.visits, view.visits->row_count - 1, "officer"));

    case_view_free(&view);
    return by;
}

/* From the first day to the last the substitute has the other village's people, and no day longer. */
static void another_village_is_lent_for_the_days(void **state)
{
    static const struct {
        const char *today;
        bool lent;
    } days[] = {
        {"2026-11-23", false}, {"2026-11-24", true}, {"2026-11-26", true}, {"2026-11-27", false}};
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    uint64_t one = elder(fixture, "甲老", "v01");

    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-24", "2026-11-26"),
                  RESULT_OK);
    for (size_t i = 0; i < COUNT(days); i++) {
        fixture_today(fixture, days[i].today);
        assert_int_equal(listed(fixture, &substitute, "甲老"), days[i].lent);
        assert_result(record(fixture, &substitute, one, days[i].today),
                      days[i].lent ? RESULT_OK : RESULT_DENIED);
        if (days[i].lent) {
            char *by = entered_by(fixture, &substitute, one);
            assert_string_equal(by, "赵倩（代刘洋）");
            free(by);
        }
    }
    /* each was counted once, for the village and its officer */
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 0 100.0");
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE2, false), "");
}

/** How many people 查找 has for a text; with `recent` for a case that was opened before. */
static size_t found(struct fixture *fixture, const struct caller *caller, const char *text,
                    uint64_t recent)
{
    struct sheet *sheet = NULL;

    assert_result(
        *text != '\0'
            ? person_find(fixture->service, caller, text, 0, &sheet, fixture_clear(fixture))
            : person_recent(fixture->service, caller, &recent, 1, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    size_t count = sheet->row_count;
    sheet_free(&sheet);
    return count;
}

/* 查找 goes where the lists go: by name, pinyin, case number, village and name, and what was opened
 * lately. */
static void its_people_are_found_for_the_days(void **state)
{
    static const char *const days[] = {"2026-11-23", "2026-11-24", "2026-11-26", "2026-11-27"};
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    uint64_t one = elder(fixture, "甲老", "v01");

    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-24", "2026-11-26"),
                  RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->village, one, false);
    char *number = mem_copy(view.number);
    case_view_free(&view);
    const char *const typed[] = {"甲老", "jl", "jialao", number, "团结 jl", ""};
    for (size_t day = 0; day < COUNT(days); day++) {
        bool lent = day == 1 || day == 2;
        fixture_today(fixture, days[day]);
        for (size_t i = 0; i < COUNT(typed); i++)
            if (found(fixture, &substitute, typed[i], one) != lent ||
                found(fixture, &fixture->village, typed[i], one) != 1)
                fail_msg("%s: %s", days[day], typed[i]);
    }
    free(number);
}

static void what_is_not_lent(void **state)
{
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    uint64_t one = elder(fixture, "甲老", "v01");

    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-23", "2026-11-26"),
                  RESULT_OK);
    assert_result(case_close(fixture->service, &substitute, one, "2026-11-23", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_DENIED);
    /* … and nothing the other way round: the officer on leave may still visit the own people */
    assert_result(record(fixture, &fixture->village, one, "2026-11-23"), RESULT_OK);
    char *by = entered_by(fixture, &fixture->village, one);
    assert_string_equal(by, "刘洋");
    free(by);
    /* another street's officer cannot stand in at all */
    assert_result(leave(fixture, &fixture->chief, "v02", fixture->other_street.officer,
                        "2026-12-01", "2026-12-02"),
                  RESULT_INVALID);
}

/* Ended early, the right is gone at once; and who is back has nothing lent. */
static void ended_early_it_is_lent_no_longer(void **state)
{
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    uint64_t one = elder(fixture, "甲老", "v01");

    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-23", "2026-11-26"),
                  RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "leave"), NULL, 10);
    assert_result(record(fixture, &substitute, one, "2026-11-23"), RESULT_OK);
    assert_result(
        leave_end(fixture->service, &fixture->village, id, "提前回来", fixture_clear(fixture)),
        RESULT_OK);
    assert_result(record(fixture, &substitute, one, "2026-11-22"), RESULT_DENIED);
    assert_int_equal(listed(fixture, &substitute, "甲老"), 0);
    assert_result(record(fixture, &fixture->village, one, "2026-11-22"), RESULT_OK);
    /* what was entered then still says for whom */
    fixture_today(fixture, "2026-11-24");
    char *by = entered_by(fixture, &fixture->village, one);
    assert_string_equal(by, "赵倩（代刘洋）");
    free(by);
}

static enum result takeover(struct fixture *fixture, const struct caller *caller, bool dry_run)
{
    struct takeover_input input = {.area = VILLAGE,
                                   .officer = fixture->village.officer,
                                   .reason = "原协理员离职",
                                   .dry_run = dry_run};

    return leave_takeover(fixture->service, caller, &input, fixture_clear(fixture));
}

static void a_village_changes_hands_and_back(void **state)
{
    struct fixture *fixture = *state;
    const char *village = fixture->village.officer;

    elder(fixture, "甲老", "老协理");
    elder(fixture, "乙老", "老协理");
    uint64_t third = elder(fixture, "丙老", "");
    elder(fixture, "丁老", village);
    assert_result(takeover(fixture, &fixture->village, true), RESULT_DENIED);
    assert_result(takeover(fixture, &fixture->street, true), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "共 3 件个案将由"));
    assert_non_null(strstr(fixture->reply.message, "老协理 2 件、没有责任人 1 件"));
    assert_string_equal(board_line(fixture, "2026-11", "officer", village, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_result(takeover(fixture, &fixture->street, false), RESULT_OK);
    struct takeover_input undo = {
        .area = "",
        .officer = "",
        .reason = "",
        .undo = strtoull(fields_get(&fixture->reply.values, "handover"), NULL, 10)};
    assert_string_equal(board_line(fixture, "2026-11", "officer", village, false),
                        "4 0 0 4 0 0 0 0 0 0.0");
    assert_result(takeover(fixture, &fixture->street, false), RESULT_INVALID);
    /* what was changed since stays */
    assert_result(case_change(fixture, &fixture->street, third, "visitor", "s01"), RESULT_OK);
    assert_result(leave_takeover(fixture->service, &fixture->chief, &undo, fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "2 件个案的责任人已还原，1 件"));
    assert_string_equal(board_line(fixture, "2026-11", "officer", village, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_string_equal(board_line(fixture, "2026-11", "officer", "老协理", false),
                        "2 0 0 2 0 0 0 0 0 0.0");
    assert_result(leave_takeover(fixture->service, &fixture->chief, &undo, fixture_clear(fixture)),
                  RESULT_CLOSED);
}

/** Whoever stands at the door is asked what the household gets: the person's page has it. The list of
 *  amounts stays that of the own village. */
static void the_amounts_of_a_person_are_lent(void **state)
{
    static const struct {
        const char *today;
        enum result expected;
    } days[] = {{"2026-11-23", RESULT_DENIED},
                {"2026-11-24", RESULT_NOTFOUND /* there, without amounts */},
                {"2026-11-25", RESULT_DENIED}};
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    uint64_t one = elder(fixture, "甲老", "v01");
    struct case_view view = case_open(fixture, &fixture->village, one, false);
    char *number = mem_copy(view.number);
    struct benefit_query query = {.number = number, .month = "2026-11"};

    case_view_free(&view);
    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-24", "2026-11-24"),
                  RESULT_OK);
    for (size_t i = 0; i < COUNT(days); i++) {
        struct sheet *sheet = NULL;
        fixture_today(fixture, days[i].today);
        assert_result(
            benefit_list(fixture->service, &substitute, &query, &sheet, fixture_clear(fixture)),
            days[i].expected);
    }
    free(number);
}

static void lock(struct fixture *fixture, const char *officer, const char *what)
{
    assert_result(
        officer_set(fixture->service, &fixture->system, officer, what, "", fixture_clear(fixture)),
        RESULT_OK);
}

/** What 首页 says follows the facts: nobody is marked after 接管, and a locked substitute stands for nobody. */
static void the_line_says_what_is_left(void **state)
{
    struct fixture *fixture = *state;
    struct caller substitute = neighbour(fixture);
    struct takeover_input takeover = {
        .area = VILLAGE, .officer = fixture->street.officer, .reason = "换人"};

    elder(fixture, "甲老", "v01");
    assert_result(leave(fixture, &fixture->village, "v01", "v02", "2026-11-24", "2026-11-26"),
                  RESULT_OK);
    assert_non_null(strstr(home_line(fixture, &substitute), "，到那天他的人在应访清单里标"));
    fixture_today(fixture, "2026-11-24");
    assert_non_null(strstr(home_line(fixture, &substitute), "，他的人在应访清单里标“代”"));
    assert_null(strstr(home_line(fixture, &fixture->chief), "锁定"));
    lock(fixture, "v02", "lock");
    assert_non_null(strstr(home_line(fixture, &fixture->chief), "；赵倩的工号已锁定，请结束"));
    lock(fixture, "v02", "unlock");
    assert_result(
        leave_takeover(fixture->service, &fixture->street, &takeover, fixture_clear(fixture)),
        RESULT_OK);
    assert_non_null(strstr(home_line(fixture, &substitute), "；本月没有他负责的人了，不用代"));
    assert_null(strstr(home_line(fixture, &substitute), "标“代”"));
    assert_non_null(strstr(home_line(fixture, &fixture->chief), "；本月没有他负责的人了"));
}

#define LEAVE_TEST(test) cmocka_unit_test_setup_teardown(test, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        LEAVE_TEST(the_substitute_has_both),
        LEAVE_TEST(who_may_enter_one),
        LEAVE_TEST(one_that_is_ended_is_over),
        LEAVE_TEST(another_village_is_lent_for_the_days),
        LEAVE_TEST(its_people_are_found_for_the_days),
        LEAVE_TEST(what_is_not_lent),
        LEAVE_TEST(the_amounts_of_a_person_are_lent),
        LEAVE_TEST(the_line_says_what_is_left),
        LEAVE_TEST(ended_early_it_is_lent_no_longer),
        LEAVE_TEST(a_village_changes_hands_and_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
