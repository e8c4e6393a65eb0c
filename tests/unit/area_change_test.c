/*
 * Changes of divisions: every operation, in open and closed months, with officers, and undone.
 */
#include "area_fixture.h"

#include "service/keeping/area_changes.h"
#include "service/keeping/area_undo.h"
#include "service/ledger/statement.h"
#include "service/lists/board.h"

#include <string.h>

#define TODAY "2026-11-23"

// ---- every operation

static const struct operation {
    struct order order;
    const char *first, *second, *far; /**< the elders' villages afterwards */
    const char *officer;              /**< where the village officer is then */
} OPERATIONS[] = {
    {{"rename", VILLAGE, NULL, "新团结社区"}, VILLAGE, VILLAGE2, OTHER_VILLAGE, VILLAGE},
    {{"rename", STREET, NULL, "新胜利街道"}, VILLAGE, VILLAGE2, OTHER_VILLAGE, VILLAGE},
    {{"add", "211102002099", NULL, "新设社区"}, VILLAGE, VILLAGE2, OTHER_VILLAGE, VILLAGE},
    {{"add", "211102099", NULL, "新设街道"}, VILLAGE, VILLAGE2, OTHER_VILLAGE, VILLAGE},
    {{"move", VILLAGE, "211102002098", NULL},
     "211102002098",
     VILLAGE2,
     OTHER_VILLAGE,
     "211102002098"},
    {{"move", VILLAGE, "211102003098", "改名社区"},
     "211102003098",
     VILLAGE2,
     OTHER_VILLAGE,
     "211102003098"},
    {{"move", STREET, "211102098", NULL},
     "211102098005",
     "211102098016",
     OTHER_VILLAGE,
     "211102098005"},
    {{"merge", VILLAGE, VILLAGE2, NULL}, VILLAGE2, VILLAGE2, OTHER_VILLAGE, VILLAGE2},
    {{"merge", VILLAGE, OTHER_VILLAGE, NULL},
     OTHER_VILLAGE,
     VILLAGE2,
     OTHER_VILLAGE,
     OTHER_VILLAGE},
    {{"merge", STREET, OTHER_STREET, NULL},
     "211102003005",
     "211102003016",
     OTHER_VILLAGE,
     "211102003005"},
};

/** What the home says before a change. */
struct said {
    char *october, *known; /**< as reported, as known; NULL = October is open */
    char *november, *areas, *officers;
};

static struct said say(struct fixture *fixture, bool closed)
{
    return (struct said){
        .october = closed ? month_text(fixture, "2026-10", true) : NULL,
        .known = closed ? month_text(fixture, "2026-10", false) : NULL,
        .november = month_text(fixture, "2026-11", false),
        .areas = areas_text(fixture, true),
        .officers = officers_text(fixture),
    };
}

static void said_free(struct said *said)
{
    free(said->october);
    free(said->known);
    free(said->november);
    free(said->areas);
    free(said->officers);
}

static void expect_text(char *now, const char *before)
{
    assert_string_equal(now, before);
    free(now);
}

/** How many rows of months that were never closed go along: one a month for each elder. */
static const char *rows_moved(const struct operation *operation, bool closed)
{
    bool first = strcmp(operation->first, VILLAGE) != 0;
    bool second = strcmp(operation->second, VILLAGE2) != 0;

    if (!first)
        return "0";
    if (second)
        return closed ? "2" : "4";
    return closed ? "1" : "2";
}

static void expect_done(struct fixture *fixture, const struct operation *operation,
                        const struct elders *elders)
{
    assert_string_equal(case_area(fixture, elders->first), operation->first);
    assert_string_equal(case_area(fixture, elders->second), operation->second);
    assert_string_equal(case_area(fixture, elders->far), operation->far);
    char *moved = officers_text(fixture);
    assert_non_null(strstr(moved, operation->officer));
    free(moved);
    assert_true(*board_line(fixture, "2026-11", "village", operation->first, false) != '\0');
    assert_true(*board_line(fixture, "2026-11", "village", operation->far, false) != '\0');
    expect_sound(fixture);
}

static void check_operation(const struct operation *operation, bool closed)
{
    struct fixture fixture;
    struct sheet *tried = NULL;

    fixture_begin(&fixture, "2026-10", TODAY);
    struct elders elders = make_elders(&fixture);
    if (closed)
        close_october(&fixture);
    struct said said = say(&fixture, closed);
    must(&fixture, area_fixture_change(&fixture, &fixture.system, &operation->order, "2026-11-15",
                                       true, &tried));
    assert_string_equal(sheet_get(tried, 0, "duties"), rows_moved(operation, closed));
    sheet_free(&tried);
    expect_text(areas_text(&fixture, true), said.areas); /* a trial run changes nothing */
    must(&fixture, change(&fixture, &operation->order, "2026-11-15"));
    assert_string_equal(fields_get(&fixture.reply.values, "number"), "1");
    expect_done(&fixture, operation, &elders);
    if (closed) {
        expect_text(month_text(&fixture, "2026-10", true), said.october);
        expect_text(month_text(&fixture, "2026-10", false), said.known);
    }
    fixture_today(&fixture, TODAY); /* what was kept in memory is what a start reads */
    expect_done(&fixture, operation, &elders);
    assert_result(area_undo(fixture.service, &fixture.system, 1, true, fixture_clear(&fixture)),
                  RESULT_OK);
    must(&fixture, undo(&fixture, 1));
    expect_sound(&fixture);
    expect_text(month_text(&fixture, "2026-11", false), said.november);
    expect_text(areas_text(&fixture, true), said.areas);
    expect_text(officers_text(&fixture), said.officers);
    assert_result(undo(&fixture, 1), RESULT_EXISTS);
    said_free(&said);
    fixture_end(&fixture);
}

static void test_operations(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(OPERATIONS); i++)
        for (int closed = 0; closed <= 1; closed++)
            check_operation(&OPERATIONS[i], closed != 0);
}

// ---- refusals

static void test_refusals(void **state)
{
    static const struct {
        struct order order;
        const char *from, *words;
    } cases[] = {
        {{"rename", VILLAGE, NULL, "旌旗"}, "", "生效日期"},
        {{"rename", VILLAGE, NULL, "旌旗"}, "2026-10-31", "2026-10 及以前的月份已月结"},
        {{"rename", VILLAGE, NULL, ""}, "2026-11-01", "请填名称"},
        {{"rename", "211102002", NULL, "建设街道"}, "2026-11-01", "同一上级下已有"},
        {{"rename", "211102002999", NULL, "无"}, "2026-11-01", "没有这个区划"},
        {{"rename", "2111020020", NULL, "无"}, "2026-11-01", "2、4、6、9 或 12 位"},
        {{"add", VILLAGE, NULL, "团结"}, "2026-11-01", "已是"},
        {{"add", "211103001", NULL, "外县街道"}, "2026-11-01", "不在本系统的辖区"},
        {{"add", "211102077001", NULL, "无上级"}, "2026-11-01", "上级还没有"},
        {{"move", VILLAGE, VILLAGE2, NULL}, "2026-11-01", "已是"},
        {{"move", VILLAGE, "211102009", NULL}, "2026-11-01", "不是同一级"},
        {{"move", "211102", "211104", NULL}, "2026-11-01", "只能调整本系统辖区"},
        {{"merge", VILLAGE, VILLAGE, NULL}, "2026-11-01", "相同"},
        {{"merge", VILLAGE, "211102002999", NULL}, "2026-11-01", "没有这个区划"},
        {{"close", VILLAGE, NULL, NULL}, "2026-11-01", "里面还有"},
        {{"close", STREET, NULL, NULL}, "2026-11-01", "下面还有"},
        {{"burn", VILLAGE, NULL, NULL}, "2026-11-01", "没有“burn”"},
    };
    struct fixture *fixture = *state;

    make_elders(fixture);
    close_october(fixture);
    char *areas = areas_text(fixture, true);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_not_equal(change(fixture, &cases[i].order, cases[i].from), 0);
        if (strstr(fixture->reply.message, cases[i].words) == NULL)
            fail_msg("%zu: %s", i, fixture->reply.message);
    }
    char *still = areas_text(fixture, true);
    assert_string_equal(still, areas);
    free(still);
    free(areas);
    assert_result(undo(fixture, 1), RESULT_NOTFOUND);
    expect_sound(fixture);
}

static void test_rights(void **state)
{
    struct fixture *fixture = *state;
    const struct order order = {"rename", VILLAGE, NULL, "新团结社区"};
    const struct caller *refused[] = {&fixture->village, &fixture->street, &fixture->chief,
                                      &fixture->auditor};

    for (size_t i = 0; i < COUNT(refused); i++)
        assert_result(area_fixture_change(fixture, refused[i], &order, "2026-11-01", true, NULL),
                      RESULT_DENIED);
    assert_result(area_fixture_change(fixture, &fixture->county, &order, "2026-11-01", false, NULL),
                  RESULT_OK);
}

/* What has once gone keeps its code; who enters it is told where to enter it now. */
static void test_gone(void **state)
{
    struct fixture *fixture = *state;
    struct elders elders = make_elders(fixture);

    must(fixture, change(fixture, &(struct order){"merge", VILLAGE, VILLAGE2, NULL}, "2026-11-15"));
    assert_result(change(fixture, &(struct order){"add", VILLAGE, NULL, "又一社区"}, "2026-11-20"),
                  RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "用过的代码不能再用"));
    assert_result(case_change(fixture, &fixture->street, elders.second, "person.area", VILLAGE),
                  RESULT_INVALID);
    assert_non_null(strstr(problems_first(&fixture->reply.problems), VILLAGE2));
    char *gone = areas_text(fixture, true);
    char *live = areas_text(fixture, false);
    assert_non_null(strstr(gone, VILLAGE));
    assert_null(strstr(live, VILLAGE));
    free(gone);
    free(live);
    /* an empty one can be closed, and a closed one is not merged */
    must(fixture,
         change(fixture, &(struct order){"add", "211102002050", NULL, "空社区"}, "2026-11-20"));
    must(fixture,
         change(fixture, &(struct order){"close", "211102002050", NULL, NULL}, "2026-11-21"));
    assert_result(
        change(fixture, &(struct order){"merge", "211102002050", VILLAGE2, NULL}, "2026-11-21"),
        RESULT_INVALID);
    expect_sound(fixture);
}

/** A list of a month under a code that was another one then says so. */
static void expect_hint(struct fixture *fixture, const char *month, const char *area,
                        const char *words)
{
    struct board_query query = {.month = month, .area = area, .by = "village"};
    struct sheet *sheet = NULL;

    must(fixture,
         board_list(fixture->service, &fixture->system, &query, &sheet, fixture_clear(fixture)));
    assert_non_null(fixture->reply.message);
    assert_non_null(strstr(fixture->reply.message, words));
    sheet_free(&sheet);
}

/* Officers of the merged street see its closed months under the old code, and close what is left. */
static void test_officers_see(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    make_elders(fixture);
    close_october(fixture);
    must(fixture,
         change(fixture, &(struct order){"merge", STREET, OTHER_STREET, NULL}, "2026-11-15"));
    assert_result(statement_show(fixture->service, &fixture->other_chief, "2026-10", STREET, 0,
                                 &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    sheet_free(&sheet);
    assert_result(statement_show(fixture->service, &fixture->other_chief, "2026-10", THIRD_STREET,
                                 0, &sheet, fixture_clear(fixture)),
                  RESULT_DENIED);
    must(fixture, statement_list(fixture->service, &fixture->other_chief, OTHER_STREET, &sheet,
                                 fixture_clear(fixture)));
    bool listed = false;
    for (size_t row = 0; row < sheet->row_count; row++)
        listed |= strcmp(sheet_get(sheet, row, "area"), STREET) == 0 &&
                  strcmp(sheet_get(sheet, row, "month"), "2026-10") == 0;
    assert_true(listed);
    sheet_free(&sheet);
    expect_hint(fixture, "2026-11", VILLAGE, "现为 211102003005");
    expect_hint(fixture, "2026-10", "211102003005", "此前是 " VILLAGE);
    /* a reopened month stays where it was, and can be closed there */
    must(fixture, month_reopen(fixture->service, &fixture->system, "2026-10", STREET,
                               "补录一次探访", fixture_clear(fixture)));
    expect_sound(fixture);
    must(fixture, month_close(fixture->service, &fixture->other_chief, "2026-10", STREET,
                              fixture_clear(fixture)));
    expect_sound(fixture);
    /* the street that is gone closes no month without rows */
    fixture_today(fixture, "2026-12-07");
    assert_result(statement_show(fixture->service, &fixture->system, "2026-11", STREET, 0, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    must(fixture, statement_show(fixture->service, &fixture->system, "2026-11", OTHER_STREET, 0,
                                 &sheet, fixture_clear(fixture)));
    assert_int_equal(sheet->row_count, 3);
    sheet_free(&sheet);
}

/* A change that a closed month stands on is not undone; one that another stands on neither. */
static void test_undo_refused(void **state)
{
    struct fixture *fixture = *state;

    make_elders(fixture);
    must(fixture, change(fixture, &(struct order){"merge", VILLAGE, VILLAGE2, NULL}, "2026-10-15"));
    must(fixture,
         change(fixture, &(struct order){"move", VILLAGE2, "211102002097", NULL}, "2026-11-15"));
    assert_result(undo(fixture, 1), RESULT_CONFLICT);
    must(fixture, undo(fixture, 2));
    close_october(fixture);
    assert_result(undo(fixture, 1), RESULT_CLOSED);
    expect_sound(fixture);
}

/* A person who has moved on since the change stays there; one who has come goes along. */
static void test_undo_after_moves(void **state)
{
    struct fixture *fixture = *state;
    struct elders elders = make_elders(fixture);

    must(fixture,
         change(fixture, &(struct order){"move", VILLAGE, "211102002098", NULL}, "2026-11-15"));
    must(fixture, case_change(fixture, &fixture->street, elders.first, "person.area", VILLAGE2));
    uint64_t fresh = elder_add(fixture, &(struct elder){.area = "211102002098"});
    must(fixture, undo(fixture, 1));
    assert_string_equal(case_area(fixture, elders.first), VILLAGE2);
    assert_string_equal(case_area(fixture, fresh), VILLAGE);
    expect_sound(fixture);
    must(fixture,
         change(fixture, &(struct order){"add", "211102002090", NULL, "新设社区"}, "2026-11-15"));
    elder_add(fixture, &(struct elder){.area = "211102002090"});
    assert_result(undo(fixture, 2), RESULT_CONFLICT);
    expect_sound(fixture);
}

/* A day to come: nothing moves until then, and then by itself. */
static void test_planned(void **state)
{
    struct fixture *fixture = *state;
    struct elders elders = make_elders(fixture);
    struct sheet *changes = NULL;

    close_october(fixture);
    char *october = month_text(fixture, "2026-10", true);
    must(fixture, change(fixture, &(struct order){"merge", VILLAGE, VILLAGE2, NULL}, "2026-12-01"));
    must(fixture,
         change(fixture, &(struct order){"rename", VILLAGE2, NULL, "大社区"}, "2026-12-01"));
    assert_string_equal(case_area(fixture, elders.first), VILLAGE);
    must(fixture, undo(fixture, 2)); /* struck off */
    fixture_today(fixture, "2026-12-01");
    must(fixture, service_tick(fixture->service));
    assert_string_equal(case_area(fixture, elders.first), VILLAGE2);
    must(fixture,
         area_changes_list(fixture->service, &fixture->system, &changes, fixture_clear(fixture)));
    assert_int_equal(changes->row_count, 2);
    assert_string_equal(sheet_get(changes, 1, "state"), "已生效");
    assert_string_equal(sheet_get(changes, 0, "state"), "已撤销");
    sheet_free(&changes);
    expect_sound(fixture);
    char *now = month_text(fixture, "2026-10", true);
    assert_string_equal(now, october);
    free(now);
    free(october);
    fixture_today(fixture, "2026-12-07"); /* November closes by itself, where its rows are */
    assert_non_null(strstr(why_line(fixture, "2026-11", elders.first, true), "missed"));
    expect_sound(fixture);
}

/* A planned change that cannot be made on its day says why and stops nothing. */
static void test_planned_fault(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *changes = NULL;

    must(fixture,
         change(fixture, &(struct order){"add", "211102002060", NULL, "将设社区"}, "2026-12-01"));
    must(fixture,
         change(fixture, &(struct order){"add", "211102002061", NULL, "将设社区"}, "2026-11-20"));
    fixture_today(fixture, "2026-12-01");
    must(fixture, service_tick(fixture->service));
    must(fixture,
         area_changes_list(fixture->service, &fixture->system, &changes, fixture_clear(fixture)));
    assert_string_equal(sheet_get(changes, 1, "state"), "未能生效");
    assert_non_null(strstr(sheet_get(changes, 1, "note"), "名称不能相同"));
    sheet_free(&changes);
}

/* A new street reports no month from before it: such a row counts as entered after the closing. */
static void test_new_street(void **state)
{
    struct fixture *fixture = *state;

    make_elders(fixture);
    close_october(fixture);
    char *october = month_text(fixture, "2026-10", true);
    must(fixture,
         change(fixture, &(struct order){"move", STREET, "211102098", NULL}, "2026-11-01"));
    uint64_t late =
        elder_add(fixture, &(struct elder){.area = "211102098005", .since = "2026-09-01"});
    must(fixture, service_tick(fixture->service));
    char *now = month_text(fixture, "2026-10", true);
    assert_string_equal(now, october);
    free(now);
    free(october);
    assert_non_null(strstr(why_line(fixture, "2026-10", late, false), "missed"));
    assert_string_equal(why_line(fixture, "2026-10", late, true), "");
    expect_sound(fixture);
    assert_result(undo(fixture, 1), RESULT_OK);
    expect_sound(fixture);
}

/* Rows of a person with two cases name the village that counts: the names follow. */
static void test_shared(void **state)
{
    static const struct order orders[] = {
        {"rename", OTHER_VILLAGE, NULL, "新化工社区"},
        {"move", OTHER_VILLAGE, "211102003096", NULL},
        {"merge", VILLAGE, "211102003096", NULL},
    };
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    uint64_t left = elder_add(fixture, &(struct elder){.id_no = id_no, .since = "2026-03-01"});
    must(fixture, case_close(fixture->service, &fixture->street, left, "2026-11-05", "迁出", 0,
                             fixture_clear(fixture)));
    uint64_t taken = elder_add(
        fixture, &(struct elder){.id_no = id_no, .since = "2026-11-06", .area = OTHER_VILLAGE});
    visit_expect(fixture, taken, "2026-11-12", "上门", "成功", RESULT_OK);
    expect_sound(fixture);
    assert_non_null(strstr(why_line(fixture, "2026-11", left, false), "化工社区"));
    for (size_t i = 0; i < COUNT(orders); i++) {
        must(fixture, change(fixture, &orders[i], "2026-11-20"));
        expect_sound(fixture);
    }
    for (uint64_t number = COUNT(orders); number > 0; number--) {
        must(fixture, undo(fixture, number));
        expect_sound(fixture);
    }
    assert_non_null(strstr(why_line(fixture, "2026-11", left, false), "化工社区"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_operations),
        cmocka_unit_test_setup_teardown(test_refusals, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_rights, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_gone, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_officers_see, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_undo_refused, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_undo_after_moves, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_planned, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_planned_fault, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_new_street, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_shared, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
