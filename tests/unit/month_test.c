/*
 * Months and excuses: closing, what is frozen, reopening, the timer, and that nobody decides on
 * their own request.
 */
#include "service_fixture.h"

#include "db/record.pb-c.h"
#include "service/ledger/excuse.h"
#include "service/ledger/statement.h"
#include "service/lists/board.h"
#include "service/lists/home.h"
#include "service/lists/why.h"

#include <inttypes.h>

static int begin(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture_begin(fixture, "2026-10", "2026-10-20");
    *state = fixture;
    return 0;
}

static enum result close_month(struct fixture *fixture, const struct caller *caller,
                               const char *month, const char *area)
{
    return month_close(fixture->service, caller, month, area, fixture_clear(fixture));
}

static void test_when_and_by_whom(void **state)
{
    struct fixture *fixture = *state;

    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "2026-11-01"));
    fixture_today(fixture, "2026-11-01");
    assert_result(close_month(fixture, &fixture->street, "2026-10", STREET), RESULT_DENIED);
    assert_result(close_month(fixture, &fixture->village, "2026-10", STREET), RESULT_DENIED);
    assert_result(close_month(fixture, &fixture->other_chief, "2026-10", STREET), RESULT_DENIED);
    assert_result(close_month(fixture, &fixture->chief, "2026-09", STREET), RESULT_NOTFOUND);
    assert_result(close_month(fixture, &fixture->chief, "2026-1", STREET), RESULT_USAGE);
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_CLOSED);
}

/* A visit entered after the closing changes the figure as known, not the one reported. */
static void test_reported_and_known(void **state)
{
    struct fixture *fixture = *state;
    uint64_t seen = elder_add(fixture, &(struct elder){0});
    uint64_t missed = elder_add(fixture, &(struct elder){.tier = "中"});

    visit_ok(fixture, seen, "2026-10-12");
    visit_expect(fixture, missed, "2026-10-19", "上门", "未遇", RESULT_OK);
    fixture_today(fixture, "2026-11-02");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "missed"), "1");
    static const char closed[] = "2 1 1 0 1 0 0 1 1 50.0";
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, false), closed);
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, true), closed);
    visit_ok(fixture, missed, "2026-10-30");
    assert_non_null(strstr(fixture->reply.message, "2026-10 已月结：计入现况数，上报数不变"));
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, false),
                        "2 2 1 0 0 0 0 0 2 100.0");
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, true), closed);
    assert_string_equal(why_line(fixture, "2026-10", missed, true),
                        "missed 未访：此前没有探访记录；未见到 1 次，最近 2026-10-19");
    assert_string_equal(why_line(fixture, "2026-10", missed, false),
                        "reached 已访：2026-10-30 上门 刘洋（补录）；本月 1/2，未达标");
    /* The same after a restart, when memory is made anew from the ledger. */
    fixture_today(fixture, "2026-11-03");
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, false),
                        "2 2 1 0 0 0 0 0 2 100.0");
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, true), closed);
}

/* The one row's state and the hash of a version. */
static void check_statement(struct fixture *fixture, uint32_t version, const char *state,
                            char hash[80])
{
    struct sheet *sheet = NULL;

    assert_result(statement_show(fixture->service, &fixture->county, "2026-10", STREET, version,
                                 &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "state"), state);
    snprintf(hash, 80, "%s", fields_get(&fixture->reply.values, "hash"));
    assert_int_equal(strlen(hash), 64);
    sheet_free(&sheet);
}

static enum result reopen(struct fixture *fixture, const struct caller *caller, const char *reason)
{
    return month_reopen(fixture->service, caller, "2026-10", STREET, reason,
                        fixture_clear(fixture));
}

/* A second one of the same street. */
static struct caller another_chief(const struct fixture *fixture)
{
    struct caller other = fixture->chief;

    snprintf(other.officer, sizeof other.officer, "c09");
    return other;
}

/* Who closed it does not reopen it; each version has its own closer. */
static void test_nobody_reopens_what_they_closed(void **state)
{
    struct fixture *fixture = *state;
    struct caller other = another_chief(fixture);

    fixture_today(fixture, "2026-11-02");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(reopen(fixture, &fixture->chief, "漏录一次"), RESULT_DENIED);
    assert_string_equal(fixture->reply.message,
                        "这个月是您结的，不能由您重开，请由另一名有权限的人员办理。");
    assert_result(reopen(fixture, &other, "漏录一次"), RESULT_OK);
    assert_result(close_month(fixture, &other, "2026-10", STREET), RESULT_OK);
    assert_result(reopen(fixture, &other, "又漏一次"), RESULT_DENIED);
    assert_result(reopen(fixture, &fixture->chief, "又漏一次"), RESULT_OK);
    /* The owner of the home, as the system, closes and reopens for maintenance. */
    assert_result(close_month(fixture, &fixture->system, "2026-10", STREET), RESULT_OK);
    assert_result(reopen(fixture, &fixture->system, "误操作"), RESULT_OK);
}

static void test_statement_and_reopening(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct caller second_chief = another_chief(fixture);
    char first[80];
    char second[80];
    char again[80];

    fixture_today(fixture, "2026-11-02");
    assert_result(reopen(fixture, &fixture->chief, "漏录一次"), RESULT_NOTFOUND);
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    check_statement(fixture, 0, "missed", first);
    assert_result(reopen(fixture, &fixture->chief, " "), RESULT_INVALID);
    assert_result(reopen(fixture, &fixture->street, "漏录"), RESULT_DENIED);
    assert_result(reopen(fixture, &second_chief, "漏录一次"), RESULT_OK);
    assert_result(reopen(fixture, &second_chief, "再开一次"), RESULT_EXISTS);
    visit_ok(fixture, elder, "2026-10-30");
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    check_statement(fixture, 2, "reached", second);
    assert_string_not_equal(second, first);
    /* The first version stays as it was reported. */
    check_statement(fixture, 1, "missed", again);
    assert_string_equal(again, first);
}

static void test_statements_that_are_not_there(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    fixture_today(fixture, "2026-11-02");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(statement_show(fixture->service, &fixture->county, "2026-10", STREET, 2, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    assert_result(statement_show(fixture->service, &fixture->county, "2026-10", OTHER_STREET, 0,
                                 &sheet, fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    assert_result(statement_show(fixture->service, &fixture->county, "2026-10", COUNTY, 0, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_USAGE);
    assert_result(
        statement_list(fixture->service, &fixture->chief, NULL, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 0, "state"), "未月结");
    assert_string_equal(sheet_get(sheet, 1, "state"), "已月结");
    assert_string_equal(sheet_get(sheet, 1, "version"), "1");
    assert_string_equal(sheet_get(sheet, 1, "by"), "赵主任");
    sheet_free(&sheet);
}

/* Every cell is in the hash. */
static void test_hash(void **state)
{
    (void)state;
    Rec__StatementRow row = REC__STATEMENT_ROW__INIT;
    Rec__StatementRow *rows[] = {&row};
    Rec__Statement statement = REC__STATEMENT__INIT;
    uint8_t sums[8][DIGEST_SIZE];
    size_t count = 0;

    statement.rows = rows;
    statement.n_rows = 1;
    statement_hash(&statement, sums[count++]);
    row.name = (char[]){'a', '\0'};
    statement_hash(&statement, sums[count++]);
    row.name = (char[]){'\0'};
    row.area = (char[]){'a', '\0'};
    statement_hash(&statement, sums[count++]);
    row.reached_on = 46000;
    statement_hash(&statement, sums[count++]);
    row.late = true;
    statement_hash(&statement, sums[count++]);
    statement.version = 2;
    statement_hash(&statement, sums[count++]);
    statement.n_rows = 0;
    statement_hash(&statement, sums[count++]);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < i; k++)
            assert_memory_not_equal(sums[i], sums[k], DIGEST_SIZE);
}

static void test_county_closes_all_streets(void **state)
{
    struct fixture *fixture = *state;
    struct caller system = fixture->system;

    elder_add(fixture, &(struct elder){.area = VILLAGE});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    fixture_today(fixture, "2026-11-02");
    memset(system.session, 9, sizeof system.session);
    system.number = 1;
    assert_result(close_month(fixture, &system, "2026-10", COUNTY), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "streets"), "3");
    assert_string_equal(fields_get(&fixture->reply.values, "missed"), "3");
    /* Asked again under the same number, the same answer. */
    assert_result(close_month(fixture, &system, "2026-10", COUNTY), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "streets"), "3");
}

static const char *state_of(struct fixture *fixture, const char *month, const char *street,
                            char text[32])
{
    struct sheet *sheet = NULL;

    text[0] = '\0';
    assert_result(
        statement_list(fixture->service, &fixture->county, NULL, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "month"), month) == 0 &&
            strcmp(sheet_get(sheet, row, "area"), street) == 0)
            snprintf(text, 32, "%s", sheet_get(sheet, row, "state"));
    sheet_free(&sheet);
    return text;
}

static void test_timer(void **state)
{
    struct fixture *fixture = *state;
    char text[32];

    fixture_today(fixture, "2026-11-05");
    assert_string_equal(state_of(fixture, "2026-10", STREET, text), "未月结");
    fixture_today(fixture, "2026-11-06");
    assert_string_equal(state_of(fixture, "2026-10", STREET, text), "已月结");
    assert_string_equal(state_of(fixture, "2026-10", OTHER_STREET, text), "已月结");
    /* What the chief reopened closes by itself after seven days. */
    assert_result(month_reopen(fixture->service, &fixture->chief, "2026-10", STREET, "漏录一次",
                               fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "2026-11-13 零时自动月结"));
    fixture_today(fixture, "2026-11-12");
    assert_string_equal(state_of(fixture, "2026-10", STREET, text), "已重开");
    fixture_today(fixture, "2026-11-13");
    assert_string_equal(state_of(fixture, "2026-10", STREET, text), "已月结");
}

/* What was reported stands while a month is reopened, whatever is learnt meanwhile. */
static void test_reported_while_reopened(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    static const char missed[] = "1 0 0 0 1 0 0 0 0 0.0";

    fixture_today(fixture, "2026-11-02");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(month_reopen(fixture->service, &fixture->system, "2026-10", STREET, "漏录一次",
                               fixture_clear(fixture)),
                  RESULT_OK);
    visit_ok(fixture, elder, "2026-10-30");
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, true), missed);
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, false),
                        "1 1 1 0 0 0 0 0 1 100.0");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "street", STREET, true),
                        "1 1 1 0 0 0 0 0 1 100.0");
}

/* A month that was never closed has no figures as reported. */
static void test_nothing_is_reported_before_closing(void **state)
{
    struct fixture *fixture = *state;
    struct board_query board = {
        .month = "2026-10", .area = COUNTY, .by = "street", .as_reported = true};
    struct why_query why = {.month = "2026-10", .area = STREET, .as_reported = true};
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.area = VILLAGE});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    assert_result(
        board_list(fixture->service, &fixture->county, &board, &sheet, fixture_clear(fixture)),
        RESULT_NOTFOUND);
    assert_result(
        why_explain(fixture->service, &fixture->county, &why, &sheet, fixture_clear(fixture)),
        RESULT_NOTFOUND);
    fixture_today(fixture, "2026-11-02");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(
        board_list(fixture->service, &fixture->county, &board, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1); /* and says who is missing */
    assert_non_null(strstr(fixture->reply.message, "建设街道"));
    sheet_free(&sheet);
}

/* A month that was over when the home was made closes with a closing day that leaves some time. */
static void test_timer_closes_months_before_the_home(void **state)
{
    static const struct {
        const char *made, *open, *closed;
    } cases[] = {
        {"2026-10-20", "2026-11-05", "2026-11-06"},
        {"2026-10-30", "2026-11-05", "2026-11-06"}, /* seven days */
        {"2026-10-31", "2026-12-05", "2026-12-06"}, /* six */
        {"2026-11-03", "2026-12-05", "2026-12-06"},
        {"2026-11-05", "2026-12-05", "2026-12-06"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture fixture;
        char text[32];
        fixture_begin(&fixture, "2026-08", cases[i].made);
        fixture_today(&fixture, cases[i].open);
        assert_string_equal(state_of(&fixture, "2026-08", STREET, text), "未月结");
        fixture_today(&fixture, cases[i].closed);
        assert_string_equal(state_of(&fixture, "2026-08", STREET, text), "已月结");
        assert_string_equal(state_of(&fixture, "2026-09", STREET, text), "已月结");
        fixture_end(&fixture);
    }
}

// ---- excuses

static enum result ask(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                       const char *reason, const char *from, const char *to)
{
    struct excuse_input input = {
        .case_id = elder,
        .month = "2026-10",
        .reason = reason,
        .from = from,
        .to = to,
        .note = "",
    };

    return excuse_ask(fixture->service, caller, &input, fixture_clear(fixture));
}

static enum result decide(struct fixture *fixture, const struct caller *caller, uint64_t elder,
                          bool grant, const char *note)
{
    return excuse_decide(fixture->service, caller, elder, "2026-10", grant, note,
                         fixture_clear(fixture));
}

static void test_excuse(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    static const struct {
        const char *reason, *from, *to;
    } wrong[] = {
        {"忙", "2026-10-02", "2026-10-20"},   {"住院", "2026-10-20", "2026-10-02"},
        {"住院", "2026-11-01", "2026-11-20"}, {"住院", "2026-09-01", "2026-09-30"},
        {"住院", "", "2026-10-20"},           {"其他", "2026-10-02", "2026-10-20"},
    };

    for (size_t i = 0; i < COUNT(wrong); i++)
        assert_result(
            ask(fixture, &fixture->village, elder, wrong[i].reason, wrong[i].from, wrong[i].to),
            RESULT_INVALID);
    assert_result(decide(fixture, &fixture->chief, elder, true, ""), RESULT_NOTFOUND);
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_OK);
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_EXISTS);
    /* Asking alone excuses nobody. */
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    assert_result(decide(fixture, &fixture->street, elder, true, ""), RESULT_DENIED);
    assert_result(decide(fixture, &fixture->other_chief, elder, true, ""), RESULT_DENIED);
    assert_result(decide(fixture, &fixture->chief, elder, false, ""), RESULT_INVALID);
    assert_result(decide(fixture, &fixture->chief, elder, true, ""), RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "0 0 0 0 0 1 0 0 0 ");
    assert_string_equal(why_line(fixture, "2026-10", elder, false),
                        "excused 免访：住院 2026-10-02 至 2026-10-20（赵主任批准）");
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_EXISTS);
    /* A visit all the same makes it reached, and counted again. */
    visit_ok(fixture, elder, "2026-10-19");
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 1 1 0 0 0 0 0 0 100.0");
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_EXISTS);
}

/* Days decide in which months an excuse counts; one that counts in none is refused in words. */
static void test_excuse_by_its_days(void **state)
{
    static const struct {
        const char *from, *to;
        enum result asked;
        bool october, november; /* excused */
        const char *words;
    } cases[] = {
        {"2026-10-17", "2026-10-31", RESULT_OK, true, false, "10 月免访"},
        {"2026-10-18", "2026-10-31", RESULT_INVALID, false, false, "10 月 14 天"},
        {"2026-10-31", "2026-10-31", RESULT_INVALID, false, false, "10 月 1 天"},
        {"2026-10-20", "2026-11-30", RESULT_OK, false, true, "10 月 12 天，不够 15 天"},
        {"2026-10-01", "2026-11-14", RESULT_OK, true, false, "11 月 14 天，不够 15 天"},
        {"2026-10-01", "2026-12-31", RESULT_OK, true, true, "10 月、11 月、12 月免访"},
        {"2026-10-01", "2027-10-01", RESULT_INVALID, false, false, "一次最多申请 12 个月"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture fixture;
        fixture_begin(&fixture, "2026-10", "2026-10-31");
        uint64_t elder = elder_add(&fixture, &(struct elder){0});
        assert_result(ask(&fixture, &fixture.village, elder, "住院", cases[i].from, cases[i].to),
                      cases[i].asked);
        if (strstr(fixture.reply.message, cases[i].words) == NULL)
            fail_msg("%s", fixture.reply.message);
        if (cases[i].asked == 0)
            assert_result(decide(&fixture, &fixture.chief, elder, true, ""), RESULT_OK);
        fixture_today(&fixture, "2026-11-02");
        assert_int_equal(strstr(why_line(&fixture, "2026-10", elder, false), "excused") != NULL,
                         cases[i].october);
        assert_int_equal(strstr(why_line(&fixture, "2026-11", elder, false), "excused") != NULL,
                         cases[i].november);
        fixture_end(&fixture);
    }
}

/* Visited on the 2nd, in hospital from the 10th: the month stays reached, the next is excused. */
static void test_excuse_after_a_visit(void **state)
{
    struct fixture *fixture = *state;
    struct home_view view = {0};
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    visit_ok(fixture, elder, "2026-10-02");
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-10", "2026-11-20"),
                  RESULT_OK);
    assert_result(
        home_view_read(fixture->service, &fixture->chief, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(view.excuses->row_count, 1);
    home_view_free(&view);
    assert_result(decide(fixture, &fixture->chief, elder, true, ""), RESULT_OK);
    fixture_today(fixture, "2026-11-02");
    assert_non_null(strstr(why_line(fixture, "2026-10", elder, false), "reached"));
    assert_non_null(strstr(why_line(fixture, "2026-11", elder, false), "excused"));
}

static void test_excuse_is_revoked(void **state)
{
    struct fixture *fixture = *state;
    struct service *service = fixture->service;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    assert_result(excuse_revoke(service, &fixture->chief, elder, "2026-10", "提前回来",
                                fixture_clear(fixture)),
                  RESULT_NOTFOUND);
    ask(fixture, &fixture->village, elder, "住院", "2026-10-01", "2026-10-31");
    decide(fixture, &fixture->chief, elder, true, "");
    assert_result(excuse_revoke(service, &fixture->street, elder, "2026-10", "提前回来",
                                fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(
        excuse_revoke(service, &fixture->chief, elder, "2026-10", "回", fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(excuse_revoke(service, &fixture->chief, elder, "2026-10", "提前回来",
                                fixture_clear(fixture)),
                  RESULT_OK);
    assert_non_null(strstr(why_line(fixture, "2026-10", elder, false), "pending"));
    /* Asked for again. */
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-01", "2026-10-20"),
                  RESULT_OK);
}

static void test_nobody_decides_on_their_own(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct home_view view = {0};

    assert_result(ask(fixture, &fixture->chief, elder, "外出", "2026-10-02", "2026-10-30"),
                  RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, elder, true, ""), RESULT_DENIED);
    assert_non_null(strstr(fixture->reply.message, "自己"));
    assert_result(
        home_view_read(fixture->service, &fixture->chief, NULL, &view, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(view.excuses->row_count, 0);
    home_view_free(&view);
    /* Another chief of the same street may, and sees that it waits. */
    struct caller other = another_chief(fixture);
    assert_result(home_view_read(fixture->service, &other, NULL, &view, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(view.excuses->row_count, 1);
    home_view_free(&view);
    assert_result(decide(fixture, &other, elder, false, "可以电话探访"), RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    /* Refused, it may be asked for again. */
    assert_result(ask(fixture, &fixture->chief, elder, "外出", "2026-10-02", "2026-10-30"),
                  RESULT_OK);
}

static void test_no_excuse_in_a_closed_month(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});

    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_OK);
    fixture_today(fixture, "2026-11-01");
    assert_result(close_month(fixture, &fixture->chief, "2026-10", STREET), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, elder, true, ""), RESULT_CLOSED);
    assert_result(ask(fixture, &fixture->village, elder, "住院", "2026-10-02", "2026-10-20"),
                  RESULT_CLOSED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_when_and_by_whom, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_reported_and_known, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_nobody_reopens_what_they_closed, begin,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_statement_and_reopening, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_statements_that_are_not_there, begin,
                                        fixture_teardown),
        cmocka_unit_test(test_hash),
        cmocka_unit_test_setup_teardown(test_county_closes_all_streets, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_timer, begin, fixture_teardown),
        cmocka_unit_test(test_timer_closes_months_before_the_home),
        cmocka_unit_test_setup_teardown(test_reported_while_reopened, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_nothing_is_reported_before_closing, begin,
                                        fixture_teardown),
        cmocka_unit_test(test_excuse_by_its_days),
        cmocka_unit_test_setup_teardown(test_excuse_after_a_visit, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_excuse_is_revoked, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_excuse, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_nobody_decides_on_their_own, begin, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_no_excuse_in_a_closed_month, begin, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
