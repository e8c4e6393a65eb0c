/*
 * Ways to a better rate other than seeing people (doc/architecture.md has the table): each is walked
 * here, and either makes no difference or shows.
 */
#include "service_fixture.h"

#include "service/ledger/excuse.h"
#include "service/lists/board.h"
#include "service/lists/suspicious.h"
#include "service/lists/why.h"

static int begin_october(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture_begin(fixture, "2026-10", "2026-10-31");
    *state = fixture;
    return 0;
}

/** Rules that speak of a case in October, each once, "rule rule "; "" if none does. */
static const char *findings(struct fixture *fixture, uint64_t id)
{
    static char text[400];
    char number[24];
    struct suspicious_query query = {.month = "2026-10", .area = STREET};
    struct sheet *sheet = NULL;

    assert_result(
        suspicious_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    snprintf(number, sizeof number, "%llu", (unsigned long long)id);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *rule = sheet_get(sheet, row, "rule");
        bool mine = strcmp(sheet_get(sheet, row, "case_id"), id == 0 ? "" : number) == 0;
        if (mine && strstr(text, rule) == NULL)
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s ", rule);
        assert_string_not_equal(sheet_get(sheet, row, "fact"), "");
        assert_string_not_equal(sheet_get(sheet, row, "title"), "");
    }
    sheet_free(&sheet);
    return text;
}

static void close_october(struct fixture *fixture)
{
    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
}

static void leave(struct fixture *fixture, uint64_t id, const char *date)
{
    assert_result(
        case_close(fixture->service, &fixture->street, id, date, "迁出", 0, fixture_clear(fixture)),
        RESULT_OK);
}

static void come_back(struct fixture *fixture, uint64_t id)
{
    assert_result(
        case_reopen(fixture->service, &fixture->street, id, "误办", 0, fixture_clear(fixture)),
        RESULT_OK);
}

static enum result change(struct fixture *fixture, uint64_t id, const char *name, const char *value)
{
    struct case_view view = case_open(fixture, &fixture->street, id, true);
    struct fields values = {0};

    fields_copy(&values, &view.values);
    fields_set(&values, name, value);
    struct case_input input = {
        .case_id = id,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    enum result result =
        case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture));
    fields_free(&values);
    case_view_free(&view);
    return result;
}

static const char *known(struct fixture *fixture)
{
    return board_line(fixture, "2026-10", "street", STREET, false);
}

static const char *reported(struct fixture *fixture)
{
    return board_line(fixture, "2026-10", "street", STREET, true);
}

// ---- what makes no difference any more

/* Exits dated in or before the month, taken back after it was closed. */
static void exits_that_are_taken_back(void **state)
{
    struct fixture *fixture = *state;
    uint64_t ids[4];

    for (size_t i = 0; i < COUNT(ids); i++)
        ids[i] = elder_add(fixture, &(struct elder){0});
    visit_ok(fixture, ids[0], "2026-10-30");
    leave(fixture, ids[1], "2026-09-30");
    leave(fixture, ids[2], "2026-10-02");
    leave(fixture, ids[3], "2026-10-31");
    assert_string_equal(known(fixture), "1 1 1 0 0 0 3 0 0 100.0"); /* three stand beside it */
    fixture_today(fixture, "2026-11-02");
    close_october(fixture);
    for (size_t i = 1; i < COUNT(ids); i++)
        come_back(fixture, ids[i]);
    assert_string_equal(known(fixture), "4 1 1 0 3 0 0 0 0 25.0");
    assert_string_equal(reported(fixture), "1 1 1 0 0 0 3 0 0 100.0");
    for (size_t i = 1; i < COUNT(ids); i++)
        assert_non_null(strstr(findings(fixture, ids[i]), "exit_back"));
    leave(fixture, ids[1], "2026-10-15");
    assert_non_null(strstr(findings(fixture, ids[1]), "exit_closed"));
}

/* The first day moved past the 25th or into the next month, and back later. */
static void first_days_that_move(void **state)
{
    struct fixture *fixture = *state;
    uint64_t past = elder_add(fixture, &(struct elder){.since = "2026-10-01"});
    uint64_t next = elder_add(fixture, &(struct elder){.since = "2026-10-01"});

    assert_result(change(fixture, past, "in_on", "2026-10-26"), RESULT_OK);
    fixture_today(fixture, "2026-11-02");
    assert_result(change(fixture, next, "in_on", "2026-11-01"), RESULT_OK);
    assert_string_equal(known(fixture), "0 0 0 0 0 0 2 0 0 ");
    assert_non_null(strstr(why_line(fixture, "2026-10", next, false), "纳入日期改为 2026-11-01"));
    close_october(fixture);
    assert_result(change(fixture, past, "in_on", "2026-10-01"), RESULT_OK);
    assert_result(change(fixture, next, "in_on", "2026-10-01"), RESULT_OK);
    assert_string_equal(known(fixture), "2 0 0 0 2 0 0 0 0 0.0");
    assert_string_equal(findings(fixture, past), "since ");
    assert_string_equal(findings(fixture, next), "since ");
}

/* Out on the 25th and in again on the 26th: owed all the same, and shown. */
static void out_and_in_again(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    uint64_t first = elder_add(fixture, &(struct elder){.id_no = id_no});
    leave(fixture, first, "2026-10-25");
    uint64_t again = elder_add(fixture, &(struct elder){.id_no = id_no, .since = "2026-10-26"});
    assert_string_equal(known(fixture), "1 0 0 1 0 0 1 0 0 0.0");
    assert_string_equal(findings(fixture, again), "again ");
}

/* Into an institution and back: the row stays, and shows. */
static void support_that_changes_to_and_fro(void **state)
{
    struct fixture *fixture = *state;
    struct fields values = {0};
    char id_no[19];

    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", fixture_id_no(fixture, id_no));
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "是");
    fields_set(&values, "inst", "敬老院");
    fields_set(&values, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    fields_free(&values);
    assert_result(change(fixture, id, "mode", "集中"), RESULT_OK);
    struct why_query query = {.month = "2026-10", .area = STREET, .kind = "tekun"};
    struct sheet *sheet = NULL;
    assert_result(
        why_explain(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(sheet_get(sheet, 0, "state"), "not_counted");
    assert_non_null(strstr(sheet_get(sheet, 0, "reason"), "改为集中供养"));
    sheet_free(&sheet);
    assert_result(change(fixture, id, "mode", "分散"), RESULT_OK);
    assert_string_equal(findings(fixture, id), "support_back ");
}

/* A tier lowered on the last day holds from the next month. */
static void a_tier_lowered_on_the_last_day(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = elder_add(fixture, &(struct elder){.tier = "高"});

    visit_ok(fixture, id, "2026-10-30");
    assert_result(change(fixture, id, "tier", "低"), RESULT_OK);
    assert_string_equal(known(fixture), "1 1 0 0 0 0 0 0 0 100.0"); /* not fulfilled */
}

/* Moved away on the last day: the miss goes along, stays there, and shows. */
static void moved_away_on_the_last_day(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = elder_add(fixture, &(struct elder){.area = VILLAGE});

    assert_result(change(fixture, id, "person.area", VILLAGE2), RESULT_OK);
    fixture_today(fixture, "2026-11-02");
    close_october(fixture);
    assert_result(change(fixture, id, "person.area", VILLAGE), RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE2, false),
                        "1 0 0 0 1 0 0 0 0 0.0");
    assert_string_equal(findings(fixture, id), "moved ");
}

static enum result ask(struct fixture *fixture, uint64_t id, const char *from, const char *to)
{
    struct excuse_input excuse = {
        .case_id = id, .month = "2026-10", .reason = "外出", .from = from, .to = to, .note = ""};

    return excuse_ask(fixture->service, &fixture->village, &excuse, fixture_clear(fixture));
}

/* An excuse of one day frees no month; one of several months frees those that it covers, no others. */
static void excuses_free_what_they_cover(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = elder_add(fixture, &(struct elder){.since = "2026-09-01"});

    assert_result(ask(fixture, id, "2026-10-31", "2026-10-31"), RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "10 月 1 天，不够，当月仍需探访"));
    assert_string_equal(known(fixture), "1 0 0 1 0 0 0 0 0 0.0");
    assert_result(ask(fixture, id, "2026-10-31", "2026-12-20"), RESULT_OK);
    assert_result(excuse_decide(fixture->service, &fixture->chief, id, "2026-10", true, "",
                                fixture_clear(fixture)),
                  RESULT_OK);
    assert_string_equal(known(fixture), "1 0 0 1 0 0 0 0 0 0.0");
    fixture_today(fixture, "2026-12-02");
    assert_string_equal(board_line(fixture, "2026-11", "street", STREET, false),
                        "0 0 0 0 0 1 0 0 0 ");
    assert_string_equal(board_line(fixture, "2026-12", "street", STREET, false),
                        "0 0 0 0 0 1 0 0 0 ");
    fixture_today(fixture, "2027-01-02");
    assert_string_equal(board_line(fixture, "2027-01", "street", STREET, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
}

/* What was never reported cannot be shown as reported. */
static void figures_as_reported_before_the_closing(void **state)
{
    struct fixture *fixture = *state;
    struct board_query query = {.month = "2026-10", .area = STREET, .as_reported = true};
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){0});
    assert_result(
        board_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_NOTFOUND);
    assert_non_null(strstr(fixture->reply.message, "尚未月结，还没有上报数"));
}

/* A ledger wrote the officer's number for one elder and the name for another. */
static void one_officer_by_number_and_name(void **state)
{
    struct fixture *fixture = *state;
    uint64_t by_number = elder_add(fixture, &(struct elder){.officer = "v01"});
    struct board_query query = {.month = "2026-10", .area = STREET, .by = "officer"};
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.officer = fixture->village.name});
    visit_ok(fixture, by_number, "2026-10-30");
    assert_result(
        board_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "owed"), "2");
    assert_string_equal(sheet_get(sheet, 0, "reached"), "1");
    sheet_free(&sheet);
}

/* A month reopened and left open: the statement stands, and it shows. */
static void a_month_left_open(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = elder_add(fixture, &(struct elder){0});

    fixture_today(fixture, "2026-11-02");
    close_october(fixture);
    assert_result(month_reopen(fixture->service, &fixture->system, "2026-10", STREET, "漏录",
                               fixture_clear(fixture)),
                  RESULT_OK);
    visit_ok(fixture, id, "2026-10-20");
    assert_string_equal(reported(fixture), "1 0 0 0 1 0 0 0 0 0.0");
    assert_string_equal(findings(fixture, 0), "reopened ");
    fixture_today(fixture, "2026-11-09");
    assert_string_equal(findings(fixture, 0), ""); /* closed by itself, as version 2 */
    assert_string_equal(reported(fixture), "1 1 1 0 0 0 0 0 1 100.0");
}

// ---- what counts, and shows

static void visit(struct fixture *fixture, uint64_t id, const char *date, const char *mode,
                  const char *result, const char *by, const char *note, const char *replaces)
{
    struct fields values = {0};
    struct visit_input input = {
        .case_id = id,
        .date = date,
        .mode = mode,
        .result = result,
        .by = by,
        .values = &values,
        .replaces = replaces,
        .confirm = true,
    };

    fields_set(&values, "note", note);
    if (strcmp(result, "成功") == 0)
        fields_set(&values, "health", "正常");
    assert_result(visit_add(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
}

static void an_attempt_becomes_a_success(void **state)
{
    struct fixture *fixture = *state;
    uint64_t id = elder_add(fixture, &(struct elder){0});

    visit(fixture, id, "2026-10-20", "上门", "未遇", "刘洋", "", "");
    visit(fixture, id, "2026-10-20", "上门", "成功", "刘洋", "", "2026-10-20:0");
    assert_string_equal(findings(fixture, id), "corrected ");
    /* It is late by the day of the correction. */
    assert_string_equal(known(fixture), "1 1 1 0 0 0 0 0 1 100.0");
    assert_non_null(strstr(why_line(fixture, "2026-10", id, false), "（更正）（补录）"));
}

static void a_month_made_good_on_its_last_day(void **state)
{
    enum { PEOPLE = 16 };
    struct fixture *fixture = *state;
    uint64_t ids[PEOPLE];
    struct board_query query = {
        .month = "2026-10", .area = STREET, .by = "village", .suspects = true};
    struct sheet *sheet = NULL;

    for (size_t i = 0; i < PEOPLE; i++) {
        ids[i] = elder_add(fixture, &(struct elder){0});
        visit(fixture, ids[i], "2026-10-31", "电话", "成功", "刘洋", "一切都好", "");
    }
    for (size_t i = 0; i < PEOPLE; i++)
        assert_string_equal(findings(fixture, ids[i]), "many_a_day same_note ");
    /* The board's figure is the number of people, not of findings. */
    assert_result(
        board_list(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "key"), VILLAGE);
    assert_string_equal(sheet_get(sheet, 0, "suspects"), "16");
    sheet_free(&sheet);
}

/** Lines of the list behind a row of the board; what it is narrowed down to. */
static size_t listed(struct fixture *fixture, const char *area, const char *kind,
                     const char *officer)
{
    struct suspicious_query query = {
        .month = "2026-10", .area = area, .kind = kind, .officer = officer, .rate_only = true};
    struct sheet *sheet = NULL;

    assert_result(
        suspicious_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    size_t count = sheet->row_count;
    sheet_free(&sheet);
    return count;
}

/** 可疑 of a row of the board, "" if it has no such row. */
static const char *counted(struct fixture *fixture, const char *area, const char *by,
                           const char *key, bool reported)
{
    static char text[24];
    struct board_query query = {
        .month = "2026-10", .area = area, .by = by, .as_reported = reported, .suspects = true};
    struct sheet *sheet = NULL;

    assert_result(
        board_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "key"), key) == 0)
            snprintf(text, sizeof text, "%s", sheet_get(sheet, row, "suspects"));
    sheet_free(&sheet);
    return text;
}

/* What one visitor does in two villages is seen in each, whoever asks for how much of the county; what
   another street's officer of the same name does is another's. */
static void a_row_counts_whom_its_list_names(void **state)
{
    enum { HERE = 10, THERE = 8, ELSEWHERE = 9 };
    static const struct {
        const char *area;
        size_t people;
    } places[] = {{VILLAGE, HERE}, {VILLAGE2, THERE}, {OTHER_VILLAGE, ELSEWHERE}};
    struct fixture *fixture = *state;

    for (size_t i = 0; i < COUNT(places); i++)
        for (size_t k = 0; k < places[i].people; k++) {
            uint64_t id = elder_add(fixture, &(struct elder){.area = places[i].area});
            visit(fixture, id, "2026-10-31", "电话", "成功", "刘洋", "", "");
        }
    assert_string_equal(counted(fixture, COUNTY, "county", COUNTY, false), "18");
    assert_string_equal(counted(fixture, COUNTY, "street", STREET, false), "18");
    assert_string_equal(counted(fixture, COUNTY, "street", OTHER_STREET, false), "0");
    assert_string_equal(counted(fixture, STREET, "village", VILLAGE, false), "10");
    assert_string_equal(counted(fixture, VILLAGE2, "village", VILLAGE2, false), "8");
    assert_string_equal(counted(fixture, VILLAGE, "kind", "tanfang", false), "10");
    assert_int_equal(listed(fixture, COUNTY, "", ""), 18);
    assert_int_equal(listed(fixture, STREET, "tanfang", ""), 18);
    assert_int_equal(listed(fixture, STREET, "dibao", ""), 0);
    assert_int_equal(listed(fixture, VILLAGE2, "", ""), 8);
    assert_int_equal(listed(fixture, OTHER_STREET, "", ""), 0);
    fixture_today(fixture, "2026-11-02");
    close_october(fixture);
    assert_string_equal(counted(fixture, STREET, "village", VILLAGE, true), "10");
}

static void small_things(void **state)
{
    struct fixture *fixture = *state;
    uint64_t twice = elder_add(fixture, &(struct elder){0});
    uint64_t stranger = elder_add(fixture, &(struct elder){0});
    uint64_t silent = elder_add(fixture, &(struct elder){0});
    uint64_t away = elder_add(fixture, &(struct elder){0});
    uint64_t fine = elder_add(fixture, &(struct elder){0});

    visit(fixture, twice, "2026-10-30", "上门", "成功", "刘洋", "", "");
    visit(fixture, twice, "2026-10-30", "电话", "成功", "刘洋", "", "");
    assert_string_equal(findings(fixture, twice), "twice_a_day ");
    visit(fixture, stranger, "2026-10-30", "上门", "成功", "没有的人", "", "");
    assert_string_equal(findings(fixture, stranger), "unknown_visitor ");
    visit_ok(fixture, silent, "2026-10-30");
    assert_string_equal(findings(fixture, silent), "no_findings ");
    assert_result(ask(fixture, away, "2026-10-01", "2026-10-31"), RESULT_OK);
    assert_result(excuse_decide(fixture->service, &fixture->chief, away, "2026-10", true, "",
                                fixture_clear(fixture)),
                  RESULT_OK);
    visit(fixture, away, "2026-10-30", "上门", "成功", "刘洋", "", "");
    assert_string_equal(findings(fixture, away), "excused ");
    visit(fixture, fine, "2026-10-30", "上门", "成功", "刘洋", "", "");
    assert_string_equal(findings(fixture, fine), "");
}

static void an_officer_late_with_everything(void **state)
{
    struct fixture *fixture = *state;
    uint64_t ids[5];

    for (size_t i = 0; i < COUNT(ids); i++) {
        ids[i] = elder_add(fixture, &(struct elder){0});
        visit(fixture, ids[i], "2026-10-20", "上门", "成功", "刘洋", "", "");
    }
    for (size_t i = 0; i < COUNT(ids); i++)
        assert_string_equal(findings(fixture, ids[i]), "all_late ");
}

/* Only those who answer for an area see whom something was found about, and only there. */
static void who_may_look(void **state)
{
    struct fixture *fixture = *state;
    struct suspicious_query query = {.month = "2026-10", .area = STREET};
    struct sheet *sheet = NULL;
    const struct caller *const no[] = {&fixture->village, &fixture->auditor, &fixture->other_chief};

    for (size_t i = 0; i < COUNT(no); i++)
        assert_result(
            suspicious_list(fixture->service, no[i], &query, &sheet, fixture_clear(fixture)),
            RESULT_DENIED);
    struct board_query board = {
        .month = "2026-10", .area = VILLAGE, .by = "officer", .suspects = true};
    assert_result(
        board_list(fixture->service, &fixture->village, &board, &sheet, fixture_clear(fixture)),
        RESULT_DENIED);
}

#define WALK(test) cmocka_unit_test_setup_teardown(test, begin_october, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WALK(exits_that_are_taken_back),
        WALK(first_days_that_move),
        WALK(out_and_in_again),
        WALK(support_that_changes_to_and_fro),
        WALK(a_tier_lowered_on_the_last_day),
        WALK(moved_away_on_the_last_day),
        WALK(excuses_free_what_they_cover),
        WALK(figures_as_reported_before_the_closing),
        WALK(one_officer_by_number_and_name),
        WALK(a_month_left_open),
        WALK(an_attempt_becomes_a_success),
        WALK(a_month_made_good_on_its_last_day),
        WALK(a_row_counts_whom_its_list_names),
        WALK(small_things),
        WALK(an_officer_late_with_everything),
        WALK(who_may_look),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
