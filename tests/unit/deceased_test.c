/*
 * A death belongs to the person: whichever way it is entered, the same is so afterwards. Of a couple
 * on 低保 (甲 the head, 乙 covered), both visited, with a child who is not covered.
 */
#include "alarm_fixture.h"

#include "base/str.h"
#include "service/ledger/alarm_raise.h"

#include <inttypes.h>

#define DIED "2026-11-10"
#define TASK "亡故待办 甲 已于 2026-11-10 死亡，仍在低保保障，请办理\n"

enum { HEAD, SPOUSE, CHILD, FAMILY };

struct family {
    struct fixture *fixture;
    char id_nos[FAMILY][19];
    uint64_t persons[FAMILY];
    uint64_t visited[FAMILY]; /* cases of 探访; none of the child */
    uint64_t household;
};

static const char *const NAMES[FAMILY] = {"甲", "乙", "丙"};

static void member_value(struct fields *values, size_t row, const char *id, const char *value)
{
    char *name = mem_printf("members.%zu.%s", row, id);

    fields_set(values, name, value);
    free(name);
}

static void family_begin(struct family *family, struct fixture *fixture)
{
    static const char *const relations[FAMILY] = {"户主", "配偶", "子"};
    struct fields values = {0};

    *family = (struct family){.fixture = fixture};
    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "income", "900");
    fields_set(&values, "from_m", "2026-01");
    for (size_t i = 0; i < FAMILY; i++) {
        fixture_id_no(fixture, family->id_nos[i]);
        member_value(&values, i, "name", NAMES[i]);
        member_value(&values, i, "id_no", family->id_nos[i]);
        member_value(&values, i, "m_rel", relations[i]);
        member_value(&values, i, "m_cov", i == CHILD ? "否" : "是");
    }
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    family->household = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    for (size_t i = 0; i < CHILD; i++)
        family->visited[i] =
            elder_add(fixture, &(struct elder){.name = NAMES[i], .id_no = family->id_nos[i]});
    struct case_view view = case_open(fixture, &fixture->street, family->household, true);
    for (size_t i = 0; i < FAMILY; i++)
        family->persons[i] = strtoull(sheet_get(view.people, i, "person_id"), NULL, 10);
    case_view_free(&view);
    fields_free(&values);
}

static enum result change(struct family *family, uint64_t case_id, const char *name,
                          const char *value)
{
    return case_change(family->fixture, &family->fixture->street, case_id, name, value);
}

static enum result leave(struct family *family, uint64_t case_id, const char *date,
                         const char *reason, uint64_t person)
{
    struct case_exit exit = {.case_id = case_id, .date = date, .reason = reason, .person = person};

    return case_exit(family->fixture->service, &family->fixture->street, &exit,
                     fixture_clear(family->fixture));
}

/* The four ways. */
static enum result by_visits(struct family *family, const char *date)
{
    return leave(family, family->visited[HEAD], date, "死亡", 0);
}

static enum result by_household(struct family *family, const char *date)
{
    return leave(family, family->household, date, "死亡", family->persons[HEAD]);
}

static enum result by_form_of_visits(struct family *family, const char *date)
{
    return change(family, family->visited[HEAD], "person.death", date);
}

static enum result by_form_of_household(struct family *family, const char *date)
{
    return change(family, family->household, "members.0.death", date);
}

static enum result (*const WAYS[])(struct family *family, const char *date) = {
    by_visits, by_household, by_form_of_visits, by_form_of_household};

/** "STATE CLOSED_ON REASON" of a case. */
static void expect_case(struct family *family, uint64_t case_id, const char *expected)
{
    struct case_view view = case_open(family->fixture, &family->fixture->street, case_id, true);
    char *text = mem_printf("%s %s %s", view.state, view.closed_on, view.exit_reason);

    assert_string_equal(text, expected);
    free(text);
    case_view_free(&view);
}

/** The day of death of a member, as the household's screen has it. */
static void expect_death(struct family *family, size_t member, const char *expected)
{
    struct case_view view =
        case_open(family->fixture, &family->fixture->street, family->household, true);

    assert_string_equal(sheet_get(view.people, member, "death"), expected);
    case_view_free(&view);
}

static void each_way(void (*check)(struct family *family, size_t way))
{
    for (size_t way = 0; way < COUNT(WAYS); way++) {
        struct fixture *fixture;
        struct family family;
        fixture_setup((void **)&fixture);
        family_begin(&family, fixture);
        check(&family, way);
        expect_verified(fixture, NULL);
        fixture_teardown((void **)&fixture);
    }
}

static void die(struct family *family, size_t way, const char *date)
{
    enum result result = WAYS[way](family, date);

    if (result != 0)
        fail_msg("way %zu: %s", way, family->fixture->reply.message);
}

// ---- the same whichever way

static void check_death(struct family *family, size_t way)
{
    struct fixture *fixture = family->fixture;

    die(family, way, DIED);
    expect_case(family, family->visited[HEAD], "closed " DIED " 死亡");
    expect_case(family, family->visited[SPOUSE], "active  ");
    expect_case(family, family->household, "active  ");
    expect_death(family, HEAD, DIED);
    expect_death(family, SPOUSE, "");
    assert_string_equal(why_line(fixture, "2026-11", family->visited[HEAD], false),
                        "not_counted 减员免计：死亡 " DIED);
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "1 0 0 1 0 0 1 0 0 0.0");
    expect_home(fixture, &fixture->street, TASK);
    expect_home(fixture, &fixture->chief, TASK);
    expect_home(fixture, &fixture->village, "");
    expect_home(fixture, &fixture->county, "亡故待办 胜利街道 1 件未办结\n");
}

static void test_every_way(void **state)
{
    (void)state;
    each_way(check_death);
}

/* It cannot be finished by hand, only by putting the household right. */
static void check_task(struct family *family, size_t way)
{
    struct fixture *fixture = family->fixture;

    die(family, way, DIED);
    uint64_t id = alarm_at(fixture, 0);
    assert_result(
        alarm_finish(fixture->service, &fixture->street, id, NOTE, fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(
        alarm_finish(fixture->service, &fixture->village, id, NOTE, fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(change(family, family->household, "income", "850"), RESULT_OK);
    expect_home(fixture, &fixture->street, TASK); /* something else was changed */
    assert_result(change(family, family->household, "members.0.m_cov", "否"), RESULT_OK);
    expect_home(fixture, &fixture->street,
                "亡故待办 甲 已于 2026-11-10 死亡，仍是低保户主，请办理\n");
    assert_result(change(family, family->household, "members.0.m_cov", "是"), RESULT_OK);
    expect_home(fixture, &fixture->street, TASK);
}

static void test_the_task_stays(void **state)
{
    (void)state;
    each_way(check_task);
}

/** Another head, and the dead man out of the household. */
static void put_right(struct family *family)
{
    struct fixture *fixture = family->fixture;
    struct case_view view = case_open(fixture, &fixture->street, family->household, true);
    struct fields values = {0};

    for (size_t i = 0; i < view.values.count; i++) {
        const struct field *field = &view.values.items[i];
        if (strncmp(field->name, "members.0.", 10) == 0)
            continue;
        char *name = mem_copy(field->name);
        if (strncmp(name, "members.", 8) == 0)
            name[8]--; /* the rows below move up */
        fields_set(&values, name, field->value);
        free(name);
    }
    fields_set(&values, "members.0.m_rel", "户主");
    struct case_input input = {
        .case_id = family->household,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    enum result result =
        case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture));
    if (result != 0)
        fail_msg("%s", fixture->reply.message);
    fields_free(&values);
    case_view_free(&view);
}

static void check_put_right(struct family *family, size_t way)
{
    die(family, way, DIED);
    put_right(family);
    expect_home(family->fixture, &family->fixture->street, "");
}

static void check_household_ends(struct family *family, size_t way)
{
    die(family, way, DIED);
    assert_result(leave(family, family->household, "2026-11-20", "自愿放弃", 0), RESULT_OK);
    expect_home(family->fixture, &family->fixture->street, "");
}

static void test_the_task_ends(void **state)
{
    (void)state;
    each_way(check_put_right);
    each_way(check_household_ends);
}

/* The household ends with the last of its members who is alive, covered or not. */
static void test_the_last_member(void **state)
{
    struct family family;
    struct fixture *fixture = *state;

    family_begin(&family, fixture);
    die(&family, 1, "2026-11-05");
    assert_result(leave(&family, family.household, "2026-11-08", "死亡", family.persons[SPOUSE]),
                  RESULT_OK);
    expect_case(&family, family.household, "active  ");
    assert_result(leave(&family, family.household, "2026-11-12", "死亡", 0), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, " 已退出（死亡）"));
    expect_case(&family, family.household, "closed 2026-11-12 死亡");
    expect_death(&family, CHILD, "2026-11-12");
    expect_home(fixture, &fixture->street, "");
    /* It was the child's death: that one is taken back, the others stay. */
    assert_result(case_reopen(fixture->service, &fixture->street, family.household, "误报", 0,
                              fixture_clear(fixture)),
                  RESULT_OK);
    expect_case(&family, family.household, "active  ");
    expect_death(&family, CHILD, "");
    expect_death(&family, HEAD, "2026-11-05");
    expect_death(&family, SPOUSE, "2026-11-08");
    char *text = home_text(fixture, &fixture->street);
    assert_non_null(strstr(text, "亡故待办 甲 已于 2026-11-05"));
    assert_non_null(strstr(text, "亡故待办 乙 已于 2026-11-08"));
    free(text);
    expect_verified(fixture, NULL);
}

/* Who died must be said where more than one lives. */
static void test_who(void **state)
{
    struct family family;
    struct fixture *fixture = *state;

    family_begin(&family, fixture);
    assert_result(leave(&family, family.household, DIED, "死亡", 0), RESULT_INVALID);
    assert_string_equal(fixture->reply.problems.items[0].field, "person");
    assert_string_equal(fixture->reply.message, "请选择是谁死亡。");
    assert_result(leave(&family, family.household, DIED, "死亡", 999), RESULT_INVALID);
    assert_string_equal(fixture->reply.message, "这个人不在这一户，请重新选择是谁死亡。");
    assert_result(leave(&family, family.household, "2026-11-24", "死亡", family.persons[HEAD]),
                  RESULT_INVALID);
    assert_result(leave(&family, family.household, "1940-01-01", "死亡", family.persons[HEAD]),
                  RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "死亡日期早于出生日期"));
    expect_case(&family, family.household, "active  ");
    for (size_t i = 0; i < FAMILY; i++)
        expect_death(&family, i, "");
    assert_result(leave(&family, family.household, DIED, "死亡", family.persons[SPOUSE]),
                  RESULT_OK);
    assert_string_equal(fixture->reply.message,
                        "乙 已登记于 2026-11-10 死亡；同时退出探访；低保继续，"
                        "请改户主和保障对象。");
    expect_case(&family, family.visited[SPOUSE], "closed " DIED " 死亡");
    expect_case(&family, family.visited[HEAD], "active  ");
    /* Somebody who is neither covered nor head leaves nothing to be done. */
    assert_result(leave(&family, family.household, DIED, "死亡", family.persons[CHILD]), RESULT_OK);
    assert_string_equal(fixture->reply.message, "丙 已登记于 2026-11-10 死亡。");
    expect_home(fixture, &fixture->street,
                "亡故待办 乙 已于 2026-11-10 死亡，仍在低保保障，请办理\n");
}

/* One person has one day of death; another one is entered by taking the first back. */
static void test_another_date(void **state)
{
    struct family family;

    family_begin(&family, *state);
    die(&family, 3, DIED);
    assert_result(leave(&family, family.household, "2026-11-11", "死亡", family.persons[HEAD]),
                  RESULT_INVALID);
    assert_non_null(strstr(family.fixture->reply.message, "甲已登记于 2026-11-10 死亡"));
    /* In a form it may be put right: what it ended follows. */
    assert_result(change(&family, family.household, "members.0.death", "2026-11-08"), RESULT_OK);
    expect_case(&family, family.visited[HEAD], "closed 2026-11-08 死亡");
    expect_home(family.fixture, &family.fixture->street,
                "亡故待办 甲 已于 2026-11-08 死亡，仍在低保保障，请办理\n");
    /* Or taken out again. */
    assert_result(change(&family, family.household, "members.0.death", ""), RESULT_OK);
    expect_case(&family, family.visited[HEAD], "active  ");
    expect_home(family.fixture, &family.fixture->street, "");
    expect_verified(family.fixture, NULL);
}

/* Somebody taken in after the death leaves on the first day, and it is said. */
static void test_taken_in_after_the_death(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-11-12"});

    visit_ok(fixture, elder, "2026-11-12");
    assert_result(case_close(fixture->service, &fixture->street, elder, DIED, "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "探访在死亡以后才纳入，按纳入日退出"));
    assert_non_null(strstr(fixture->reply.message, "死后探访 1 次（11-12）不再计入"));
    struct case_view view = case_open(fixture, &fixture->street, elder, true);
    assert_string_equal(view.closed_on, "2026-11-12");
    assert_string_equal(fields_get(&view.values, "person.death"), DIED);
    case_view_free(&view);
    /* Not even the visit on the day on which it ends. */
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "0 0 0 0 0 0 1 0 0 ");
    expect_verified(fixture, NULL);
}

// ---- visits after the death

static void check_visits(struct family *family, size_t way)
{
    struct fixture *fixture = family->fixture;
    struct sheet *sheet = NULL;
    uint64_t case_id = family->visited[HEAD];

    visit_ok(fixture, case_id, "2026-11-09");
    visit_ok(fixture, case_id, "2026-11-12");
    visit_expect(fixture, case_id, "2026-11-20", "电话", "未遇", RESULT_OK);
    die(family, way, DIED);
    if (strstr(fixture->reply.message, "死后探访 2 次（11-12、11-20）不再计入，请核对") == NULL)
        fail_msg("way %zu: %s", way, fixture->reply.message);
    assert_string_equal(why_line(fixture, "2026-11", case_id, false),
                        "reached 已访：2026-11-09 上门 刘洋（补录）");
    assert_result(
        case_visits(fixture->service, &fixture->street, case_id, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    static const char *const marks[] = {"", "是", "是"};
    assert_int_equal(sheet->row_count, COUNT(marks));
    for (size_t i = 0; i < COUNT(marks); i++) {
        assert_string_equal(sheet_get(sheet, i, "after_death"), marks[i]);
        assert_int_equal(*sheet_get(sheet, i, "credited") != '\0', *marks[i] == '\0');
    }
    sheet_free(&sheet);
    visit_expect(fixture, case_id, "2026-11-21", "上门", "成功", RESULT_NOTFOUND);
    expect_home(fixture, &fixture->chief,
                "死后探访 甲 死后探访记录 2 次（11-12、11-20），请核对\n" TASK);
    expect_home(fixture, &fixture->village, "");
}

static void test_visits_after_the_death(void **state)
{
    (void)state;
    each_way(check_visits);
}

/* Somebody says what was found; voiding the visits does not make it go away. */
static void test_they_are_explained(void **state)
{
    struct fixture *fixture = *state;
    struct family family;
    struct void_input wrong = {.visit = "2026-11-12", .reason = "登错人"};

    family_begin(&family, fixture);
    visit_ok(fixture, family.visited[HEAD], "2026-11-12");
    die(&family, 0, DIED);
    wrong.case_id = family.visited[HEAD];
    assert_result(visit_void(fixture->service, &fixture->street, &wrong, fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "死后探访 甲 死后探访记录 1 次（11-12），请核对\n" TASK);
    uint64_t id = alarm_at(fixture, 0);
    struct alarm_view view = {0};
    assert_result(alarm_get(fixture->service, &fixture->village, id, &view, fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(
        alarm_finish(fixture->service, &fixture->village, id, NOTE, fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(alarm_finish(fixture->service, &fixture->chief, id, "护工误登，已谈话",
                               fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, TASK);
    /* Said once, it is not asked again. */
    assert_result(change(&family, family.household, "income", "800"), RESULT_OK);
    expect_home(fixture, &fixture->chief, TASK);
    expect_verified(fixture, NULL);
}

/* What was explained is asked for again only when more turns out to have been after the death. */
static void test_explained_once(void **state)
{
    static const struct {
        const char *death, *home;
    } cases[] = {
        {"2026-11-09", ""},
        {"2026-11-05", "死后探访 甲 死后探访记录 2 次（11-06、11-12），请核对\n"},
        {"2026-11-08", "死后探访 甲 死后探访记录 2 次（11-06、11-12），请核对\n"},
    };
    struct fixture *fixture = *state;
    struct family family;

    family_begin(&family, fixture);
    visit_ok(fixture, family.visited[HEAD], "2026-11-06");
    visit_ok(fixture, family.visited[HEAD], "2026-11-12");
    die(&family, 1, DIED);
    assert_result(alarm_finish(fixture->service, &fixture->chief, alarm_at(fixture, 0), NOTE,
                               fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_result(change(&family, family.household, "members.0.death", cases[i].death),
                      RESULT_OK);
        char *text = home_text(fixture, &fixture->chief);
        const char *task = strstr(text, "死后探访 ");
        assert_string_equal(task == NULL ? "" : task, cases[i].home);
        free(text);
        expect_verified(fixture, NULL);
    }
}

/* A case entered for somebody who is known to be dead does not make anybody owe a visit. */
static void test_entered_for_somebody_dead(void **state)
{
    struct fixture *fixture = *state;
    struct family family;
    struct fields values = {0};

    family_begin(&family, fixture);
    assert_result(leave(&family, family.household, DIED, "死亡", family.persons[CHILD]), RESULT_OK);
    elder_values(&(struct elder){.name = "丙", .id_no = family.id_nos[CHILD]}, &values);
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "并已按死亡退出"));
    expect_case(&family, strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10),
                "closed " DIED " 死亡");
    fields_free(&values);
    /* Nor is he covered without a word. */
    assert_result(change(&family, family.household, "members.2.m_cov", "是"), RESULT_OK);
    expect_home(fixture, &fixture->street,
                "亡故待办 丙 已于 2026-11-10 死亡，仍在低保保障，请办理\n");
    expect_verified(fixture, NULL);
}

/* They count again when the death was none, and what waited ends with a note. */
static void check_revoked(struct family *family, size_t way)
{
    struct fixture *fixture = family->fixture;
    uint64_t case_id = family->visited[HEAD];

    visit_ok(fixture, case_id, "2026-11-12");
    die(family, way, DIED);
    assert_result(case_reopen(fixture->service, &fixture->street, case_id, "误报死亡", 0,
                              fixture_clear(fixture)),
                  RESULT_OK);
    expect_case(family, case_id, "active  ");
    expect_death(family, HEAD, "");
    expect_home(fixture, &fixture->chief, "");
    const char *why = why_line(fixture, "2026-11", case_id, false);
    assert_ptr_equal(strstr(why, "reached 已访：2026-11-12 上门 刘洋（补录）"), why);
    struct sheet *sheet = NULL;
    assert_result(
        case_visits(fixture->service, &fixture->street, case_id, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(sheet, 0, "after_death"), "");
    assert_string_not_equal(sheet_get(sheet, 0, "credited"), "");
    sheet_free(&sheet);
}

static void test_revoked(void **state)
{
    (void)state;
    each_way(check_revoked);
}

/* An exit by mistake of somebody who has died since ends by the death instead. */
static void test_reopened_for_somebody_dead(void **state)
{
    struct family family;
    struct fixture *fixture = *state;

    family_begin(&family, fixture);
    assert_result(leave(&family, family.visited[HEAD], "2026-11-03", "迁出", 0), RESULT_OK);
    die(&family, 1, DIED);
    expect_case(&family, family.visited[HEAD], "closed 2026-11-03 迁出");
    assert_result(case_reopen(fixture->service, &fixture->street, family.visited[HEAD], "没有迁走",
                              0, fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "此人已登记死亡，改按死亡退出"));
    expect_case(&family, family.visited[HEAD], "closed " DIED " 死亡");
    expect_verified(fixture, NULL);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_way),
        cmocka_unit_test(test_the_task_stays),
        cmocka_unit_test(test_the_task_ends),
        TEST(test_the_last_member),
        TEST(test_who),
        TEST(test_another_date),
        TEST(test_taken_in_after_the_death),
        cmocka_unit_test(test_visits_after_the_death),
        TEST(test_they_are_explained),
        TEST(test_explained_once),
        TEST(test_entered_for_somebody_dead),
        cmocka_unit_test(test_revoked),
        TEST(test_reopened_for_somebody_dead),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
