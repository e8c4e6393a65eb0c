/*
 * The due list, the boards, the trend and the first screen: order, paging, groups, masks, rights.
 */
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/home.h"
#include "service/lists/why.h"
#include "service_fixture.h"

#include <inttypes.h>

#define MONTH "2026-11"

static int begin(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture_begin(fixture, "2026-10", "2026-11-16");
    *state = fixture;
    return 0;
}

static struct sheet *due_page(struct fixture *fixture, const struct caller *caller,
                              const struct due_query *query, struct due_place **ret_next)
{
    struct sheet *sheet = NULL;

    assert_result(
        due_list(fixture->service, caller, query, &sheet, ret_next, fixture_clear(fixture)),
        RESULT_OK);
    return sheet;
}

/** The whole list. */
static struct sheet *due(struct fixture *fixture, const struct caller *caller,
                         const struct due_query *query)
{
    struct due_place *next = NULL;
    struct sheet *sheet = due_page(fixture, caller, query, &next);

    assert_null(next);
    return sheet;
}

/** A place that no list gives. */
static void refuse_place(struct fixture *fixture, struct due_place place)
{
    struct due_query query = {.month = MONTH, .area = COUNTY, .behind = &place};

    assert_result(due_list(fixture->service, &fixture->county, &query, &(struct sheet *){NULL},
                           &(struct due_place *){NULL}, fixture_clear(fixture)),
                  RESULT_INVALID);
}

/* Overdue longest first, then due today, then by tier and due date. */
static void test_order(void **state)
{
    struct fixture *fixture = *state;
    uint64_t ids[6];
    static const struct {
        const char *name, *tier, *visit;
        const char *words;
    } elders[] = {
        {"低以后到期", "低", "2026-10-25", "待访"},       /* due 24th */
        {"今日到期", "低", "2026-10-17", "今日到期"},     /* due 16th */
        {"逾期十天", "中", "2026-10-22", "逾期 10 天"},   /* due 6th */
        {"逾期十四天", "高", "2026-10-26", "逾期 14 天"}, /* due 2nd */
        {"中以后到期", "中", "2026-10-31", "逾期 1 天"},  /* due 15th */
        {"低最后到期", "低", "2026-10-29", "待访"},       /* due 28th */
    };
    static const size_t order[] = {3, 2, 4, 1, 0, 5};

    for (size_t i = 0; i < COUNT(elders); i++) {
        ids[i] = elder_add(
            fixture,
            &(struct elder){.name = elders[i].name, .tier = elders[i].tier, .since = "2026-09-01"});
        visit_ok(fixture, ids[i], elders[i].visit);
    }
    struct sheet *sheet = due(fixture, &fixture->village, &(struct due_query){.month = MONTH});
    assert_int_equal(sheet->row_count, COUNT(order));
    for (size_t row = 0; row < COUNT(order); row++) {
        assert_string_equal(sheet_get(sheet, row, "name"), elders[order[row]].name);
        assert_string_equal(sheet_get(sheet, row, "words"), elders[order[row]].words);
    }
    assert_string_equal(sheet_get(sheet, 0, "status"), "overdue");
    assert_string_equal(sheet_get(sheet, 3, "status"), "due_today");
    assert_string_equal(sheet_get(sheet, 4, "status"), "pending");
    assert_string_equal(sheet_get(sheet, 4, "due_on"), "2026-11-24");
    assert_string_equal(sheet_get(sheet, 0, "officer"), "刘洋");
    assert_string_equal(sheet_get(sheet, 0, "categories"), "独居、空巢");
    assert_string_equal(sheet_get(sheet, 0, "area_name"), "团结社区");
    assert_string_equal(sheet_get(sheet, 0, "kind"), "tanfang");
    assert_string_equal(sheet_get(sheet, 0, "age"), "81");
    assert_null(sheet->next);
    sheet_free(&sheet);
}

static void test_pending_only_unless_all(void **state)
{
    struct fixture *fixture = *state;
    uint64_t done = elder_add(fixture, &(struct elder){0});
    uint64_t half = elder_add(fixture, &(struct elder){.tier = "高"});
    struct due_query query = {.month = MONTH};

    elder_add(fixture, &(struct elder){0});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    visit_ok(fixture, done, "2026-11-16");
    visit_ok(fixture, half, "2026-11-02");
    struct sheet *sheet = due(fixture, &fixture->street, &query);
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
    query.all = true;
    sheet = due(fixture, &fixture->street, &query);
    assert_int_equal(sheet->row_count, 3);
    /* Reached but owed three more: overdue as well, and first after the longest overdue. */
    assert_string_equal(sheet_get(sheet, 1, "status"), "reached");
    assert_string_equal(sheet_get(sheet, 1, "words"), "逾期 7 天");
    assert_string_equal(sheet_get(sheet, 2, "status"), "fulfilled");
    sheet_free(&sheet);
}

static void test_filters_and_masks(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct sheet *sheet;

    elder_add(fixture, &(struct elder){.id_no = fixture_id_no(fixture, id_no)});
    elder_add(fixture, &(struct elder){.officer = "刘洋"});
    elder_add(fixture, &(struct elder){.officer = "陈静"});
    /* 工号 and name are the same officer. */
    sheet = due(fixture, &fixture->street, &(struct due_query){.officer = "v01"});
    assert_int_equal(sheet->row_count, 2);
    assert_non_null(strstr(sheet_get(sheet, 0, "id_no"), "**********"));
    sheet_free(&sheet);
    sheet = due(fixture, &fixture->street, &(struct due_query){.officer = "陈静"});
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
    sheet = due(fixture, &fixture->street, &(struct due_query){.kind = "tekun"});
    assert_int_equal(sheet->row_count, 0);
    sheet_free(&sheet);
    sheet = due(fixture, &fixture->street, &(struct due_query){.full = true});
    assert_string_equal(sheet_get(sheet, 0, "id_no"), id_no);
    sheet_free(&sheet);
}

static void test_what_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;
    static const struct {
        const char *month, *area;
        enum result result;
    } cases[] = {
        {"2026-13", "", RESULT_USAGE},      {"十一月", "", RESULT_USAGE},
        {"", "21110", RESULT_USAGE},        {"", OTHER_STREET, RESULT_DENIED},
        {"", COUNTY, RESULT_DENIED},        {"2026-09", "", RESULT_USAGE},
        {"2027-01", "", RESULT_USAGE},      {"", "211102002", RESULT_OK},
        {"", "211102002999", RESULT_USAGE},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct due_query query = {.month = cases[i].month, .area = cases[i].area};
        enum result result = due_list(fixture->service, &fixture->street, &query, &sheet,
                                      &(struct due_place *){NULL}, fixture_clear(fixture));
        assert_result(result, cases[i].result);
        sheet_free(&sheet);
    }
    assert_result(due_list(fixture->service, &fixture->auditor, &(struct due_query){0}, &sheet,
                           &(struct due_place *){NULL}, fixture_clear(fixture)),
                  RESULT_DENIED);
}

static void expect_case(const struct sheet *sheet, size_t row, uint64_t id)
{
    assert_true(row < sheet->row_count);
    assert_int_equal(strtoull(sheet_get(sheet, row, "case_id"), NULL, 10), id);
}

/* Pages are full but for the last, and together the whole list, village by village. */
static void test_pages(void **state)
{
    struct fixture *fixture = *state;
    static const char *const areas[] = {VILLAGE,       VILLAGE,       VILLAGE,
                                        VILLAGE2,      VILLAGE2,      OTHER_VILLAGE,
                                        OTHER_VILLAGE, OTHER_VILLAGE, OTHER_VILLAGE};
    struct due_query query = {.month = MONTH, .area = COUNTY, .limit = 2};
    struct due_place *next = NULL;
    size_t row = 0;

    for (size_t i = 0; i < COUNT(areas); i++)
        elder_add(fixture, &(struct elder){.area = areas[i]});
    do {
        struct due_place *behind = next;
        query.behind = behind;
        struct sheet *sheet = due_page(fixture, &fixture->county, &query, &next);
        assert_int_equal(sheet->row_count, row + 2 < COUNT(areas) ? 2 : COUNT(areas) - row);
        for (size_t i = 0; i < sheet->row_count; i++)
            assert_string_equal(sheet_get(sheet, i, "area"), areas[row++]);
        free(behind);
        sheet_free(&sheet);
    } while (next != NULL);
    assert_int_equal(row, COUNT(areas));
}

/* A page that ends within a village goes on behind its last row, whatever has gone meanwhile. */
static void test_pages_within_a_village(void **state)
{
    struct fixture *fixture = *state;
    struct due_query query = {.month = MONTH, .area = COUNTY, .limit = 2};
    static const char *const visits[] = {"2026-10-22", "2026-10-19", "2026-10-21",
                                         "2026-10-18", "2026-10-20", "2026-10-23"};
    static const size_t order[] = {3, 1, 4, 2, 0, 5}; /* the first due first */
    uint64_t ids[COUNT(visits)];
    uint64_t other;
    struct due_place *places[2] = {NULL};

    for (size_t i = 0; i < COUNT(visits); i++) {
        ids[i] = elder_add(fixture, &(struct elder){.tier = "低", .since = "2026-09-01"});
        visit_ok(fixture, ids[i], visits[i]);
    }
    other = elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    struct sheet *sheet = due_page(fixture, &fixture->county, &query, &places[0]);
    assert_int_equal(sheet->row_count, 2);
    expect_case(sheet, 0, ids[order[0]]);
    expect_case(sheet, 1, ids[order[1]]);
    visit_ok(fixture, ids[order[0]], "2026-11-16");
    visit_ok(fixture, ids[order[1]], "2026-11-16");
    query.behind = places[0];
    struct sheet *second = due_page(fixture, &fixture->county, &query, &places[1]);
    expect_case(second, 0, ids[order[2]]);
    expect_case(second, 1, ids[order[3]]);
    query.behind = places[1];
    query.limit = 10;
    struct sheet *last = due(fixture, &fixture->county, &query);
    assert_int_equal(last->row_count, 3);
    expect_case(last, 0, ids[order[4]]);
    expect_case(last, 1, ids[order[5]]);
    expect_case(last, 2, other);
    /* A place that no list gives: all rows stand before it, and no number of it is too large. */
    struct due_place place = {.villages = "",
                              .area = VILLAGE,
                              .group = INT32_MAX,
                              .tier = INT32_MAX,
                              .due_on = INT32_MAX,
                              .case_id = UINT64_MAX};
    query.behind = &place;
    struct sheet *far = due(fixture, &fixture->county, &query);
    assert_int_equal(far->row_count, 1);
    expect_case(far, 0, other);
    free(places[0]);
    free(places[1]);
    sheet_free(&far);
    sheet_free(&sheet);
    sheet_free(&second);
    sheet_free(&last);
}

static void test_places_that_are_none(void **state)
{
    struct fixture *fixture = *state;
    const uint32_t large = (uint32_t)INT32_MAX + 1;

    elder_add(fixture, &(struct elder){0});
    refuse_place(fixture, (struct due_place){.villages = "|12|", .area = ""});
    refuse_place(fixture, (struct due_place){.villages = "", .area = "12"});
    refuse_place(fixture, (struct due_place){.villages = "", .area = STREET});
    refuse_place(fixture, (struct due_place){.villages = "", .area = VILLAGE "0"});
    refuse_place(fixture, (struct due_place){.villages = "", .area = "21110200200x"});
    refuse_place(fixture, (struct due_place){.villages = "", .area = VILLAGE, .group = large});
    refuse_place(fixture, (struct due_place){.villages = "", .area = VILLAGE, .tier = large});
    refuse_place(fixture, (struct due_place){.villages = "", .area = VILLAGE, .due_on = large});
    refuse_place(fixture,
                 (struct due_place){.villages = "", .area = VILLAGE, .overdue_days = large});
}

static void test_why_pages_and_figures(void **state)
{
    struct fixture *fixture = *state;
    struct why_query query = {.month = MONTH, .area = COUNTY, .limit = 2};
    uint64_t seen = elder_add(fixture, &(struct elder){.tier = "高"});
    uint64_t tried = elder_add(fixture, &(struct elder){0});
    char *after = NULL;
    size_t rows = 0;
    static const struct {
        const char *state;
        size_t rows;
    } figures[] = {
        {"", 5},       {"owed", 5},    {"reached", 1},     {"fulfilled", 0}, {"pending", 4},
        {"missed", 0}, {"excused", 0}, {"not_counted", 0}, {"attempted", 1}, {"late", 1},
    };

    for (int i = 0; i < 3; i++)
        elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    visit_ok(fixture, seen, "2026-11-02");
    visit_expect(fixture, tried, "2026-11-16", "上门", "未遇", RESULT_OK);
    do {
        struct sheet *sheet = NULL;
        query.after = after;
        assert_result(
            why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
            RESULT_OK);
        assert_true(sheet->row_count <= 2);
        rows += sheet->row_count;
        free(after);
        after = sheet->next == NULL ? NULL : mem_copy(sheet->next);
        sheet_free(&sheet);
    } while (after != NULL);
    assert_int_equal(rows, 5);
    /* Every figure of the board opens exactly its names. */
    query = (struct why_query){.month = MONTH, .area = COUNTY};
    for (size_t i = 0; i < COUNT(figures); i++) {
        struct sheet *sheet = NULL;
        query.state = figures[i].state;
        assert_result(
            why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
            RESULT_OK);
        assert_int_equal(sheet->row_count, figures[i].rows);
        sheet_free(&sheet);
    }
    query.state = "很多";
    struct sheet *sheet = NULL;
    assert_result(
        why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_USAGE);
}

static void test_boards(void **state)
{
    struct fixture *fixture = *state;
    uint64_t first = elder_add(fixture, &(struct elder){.area = VILLAGE});
    struct board_query query = {.month = MONTH, .area = COUNTY};
    struct sheet *sheet = NULL;
    static const struct {
        const char *by, *key, *line, *reported;
    } cases[] = {
        {"village", VILLAGE, "1 1 1 0 0 0 0 0 0 100.0", "1 1 1 0 0 0 0 0 0 100.0"},
        {"village", VILLAGE2, "1 0 0 1 0 0 0 0 0 0.0", "1 0 0 0 1 0 0 0 0 0.0"},
        {"street", STREET, "2 1 1 1 0 0 0 0 0 50.0", "2 1 1 0 1 0 0 0 0 50.0"},
        {"street", OTHER_STREET, "1 0 0 1 0 0 0 0 0 0.0", "1 0 0 0 1 0 0 0 0 0.0"},
        {"county", COUNTY, "3 1 1 2 0 0 0 0 0 33.3", "3 1 1 0 2 0 0 0 0 33.3"},
        /* An officer by number and by name is one; a name that nobody there has stays a name. */
        {"officer", "v01", "2 1 1 1 0 0 0 0 0 50.0", "2 1 1 0 1 0 0 0 0 50.0"},
        {"officer", "刘洋", "", ""},
        {"officer", "陈静", "1 0 0 1 0 0 0 0 0 0.0", "1 0 0 0 1 0 0 0 0 0.0"},
        {"kind", "tanfang", "3 1 1 2 0 0 0 0 0 33.3", "3 1 1 0 2 0 0 0 0 33.3"},
        {"kind", "tekun", "", ""},
    };

    elder_add(fixture, &(struct elder){.area = VILLAGE2, .officer = "刘洋"});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE, .officer = "陈静"});
    visit_ok(fixture, first, "2026-11-16");
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(board_line(fixture, MONTH, cases[i].by, cases[i].key, false),
                            cases[i].line);
    fixture_today(fixture, "2026-12-01");
    assert_result(
        month_close(fixture->service, &fixture->system, MONTH, COUNTY, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(board_line(fixture, MONTH, cases[i].by, cases[i].key, true),
                            cases[i].reported);
    query.by = "village";
    assert_result(
        board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 3);
    assert_string_equal(sheet_get(sheet, 0, "name"), "团结社区");
    sheet_free(&sheet);
    query.by = "moon";
    assert_result(
        board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_USAGE);
    query.by = "village";
    query.kind = "moon";
    assert_result(
        board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_USAGE);
    query.kind = NULL;
    assert_result(
        board_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_DENIED);
}

/* Whoever is asked for by number is found under the name, too; a namesake elsewhere is not. */
static void test_names_of_an_officer(void **state)
{
    struct fixture *fixture = *state;
    struct why_query query = {.month = MONTH, .area = COUNTY, .officer = "v01"};
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.area = VILLAGE});
    elder_add(fixture, &(struct elder){.area = VILLAGE2, .officer = "刘洋"});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE, .officer = "刘洋"});
    assert_result(
        why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    sheet_free(&sheet);
    query.officer = "刘洋";
    assert_result(
        why_explain(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
}

static void test_trend(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct sheet *sheet = NULL;

    visit_ok(fixture, elder, "2026-10-12");
    assert_result(board_trend(fixture->service, &fixture->street, NULL, NULL, 0, &sheet,
                              fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 0, "month"), "2026-10");
    assert_string_equal(sheet_get(sheet, 0, "rate"), "100.0");
    assert_string_equal(sheet_get(sheet, 1, "rate"), "0.0");
    sheet_free(&sheet);
}

static void test_entry_and_exit(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *since, *closed, *visit, *line;
    } cases[] = {
        {"2026-10-25", "", "", "missed 未访：此前没有探访记录"},
        {"2026-10-26", "", "", "not_counted 新增免计：2026-10-26 纳入"},
        {"2026-10-26", "", "2026-10-27",
         "not_counted 新增免计：2026-10-26 纳入；其间已访 2026-10-27 上门 刘洋（补录）"},
        {"2026-01-05", "2026-10-20", "", "not_counted 减员免计：迁出 2026-10-20"},
        {"2026-01-05", "2026-10-20", "2026-10-19", "reached 已访：2026-10-19 上门 刘洋（补录）"},
        {"2026-01-05", "2026-09-30", "", "not_counted 减员免计：迁出 2026-09-30"},
        {"2026-01-05", "2026-10-01", "", "not_counted 减员免计：迁出 2026-10-01"},
        {"2026-01-05", "2026-10-31", "2026-10-31", "reached 已访：2026-10-31 上门 刘洋（补录）"},
    };
    uint64_t ids[COUNT(cases)];

    for (size_t i = 0; i < COUNT(cases); i++) {
        ids[i] = elder_add(fixture, &(struct elder){.since = cases[i].since});
        if (*cases[i].visit != '\0')
            visit_ok(fixture, ids[i], cases[i].visit);
        if (*cases[i].closed != '\0')
            assert_result(case_close(fixture->service, &fixture->street, ids[i], cases[i].closed,
                                     "迁出", 0, fixture_clear(fixture)),
                          RESULT_OK);
    }
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_string_equal(why_line(fixture, "2026-10", ids[i], false), cases[i].line);
        assert_string_equal(why_line(fixture, "2026-10", ids[i], true), cases[i].line);
    }
}

static void test_home(void **state)
{
    struct fixture *fixture = *state;
    struct home_view view = {0};
    uint64_t seen = elder_add(fixture, &(struct elder){0});
    uint64_t tried = elder_add(fixture, &(struct elder){.name = "赵淑珍"});

    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    visit_ok(fixture, seen, "2026-11-16");
    for (int i = 0; i < 3; i++)
        visit_expect(fixture, tried, "2026-11-16", "上门", "未遇", RESULT_OK);
    assert_result(
        home_view_read(fixture->service, &fixture->village, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(view.figures->row_count, 1);
    assert_string_equal(sheet_get(view.figures, 0, "owed"), "2");
    assert_string_equal(sheet_get(view.figures, 0, "reached"), "1");
    assert_string_equal(sheet_get(view.figures, 0, "name"), "团结社区");
    /* One in sixteen days: one in thirty. */
    assert_string_equal(view.forecast, "50.0");
    assert_int_equal(view.due->row_count, 1);
    assert_string_equal(sheet_get(view.due, 0, "name"), "赵淑珍");
    assert_int_equal(view.alarms->row_count, 1);
    assert_non_null(strstr(sheet_get(view.alarms, 0, "text"), "赵淑珍"));
    home_view_free(&view);
    /* A county sees its figures; names are for those who visit. */
    assert_result(
        home_view_read(fixture->service, &fixture->county, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(view.figures, 0, "owed"), "3");
    assert_int_equal(view.due->row_count, 0);
    home_view_free(&view);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pending_only_unless_all, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_filters_and_masks, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_refused, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pages, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_pages_within_a_village, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_places_that_are_none, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_why_pages_and_figures, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_boards, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_names_of_an_officer, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_trend, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_entry_and_exit, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_home, begin, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
