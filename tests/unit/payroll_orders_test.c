/*
 * Rosters made, confirmed and sent back in any order, while households come late, end and come back:
 * no month is paid twice, none is forgotten.
 */
#include "payroll_steps.h"

#include "base/text.h"

#include <string.h>

enum { YUAN = 100 };

/** A household of the random test as the oracle knows it. */
struct known {
    uint64_t id;
    int64_t fen;
    int until; /**< the last month that is owed, counted from November; -1 = before it */
};

enum { HOUSEHOLDS = 6, MONTHS = 4 };
static const char *const MONTH_NAMES[MONTHS] = {"2026-11", "2026-12", "2027-01", "2027-02"};
static const char *const LAST_DAYS[MONTHS] = {"2026-11-20", "2026-12-20", "2027-01-20",
                                              "2027-02-20"};

static struct payroll_query month_query(int month)
{
    struct payroll_query query = roster_november();

    query.month = MONTH_NAMES[month];
    return query;
}

static int64_t fen_of(const char *yuan)
{
    int64_t fen = 0;

    assert_int_equal(text_to_fen(yuan, &fen), 0);
    return fen;
}

/** Adds what a confirmed roster paid each household for each month. */
static void add_paid(struct fixture *fixture, int month, int64_t paid[HOUSEHOLDS + 1][MONTHS])
{
    struct sheet *sheet = roster_show(fixture, month_query(month));

    for (size_t row = 0; row < sheet->row_count; row++) {
        const char *name = sheet_get(sheet, row, "name");
        int of = -1;
        for (int i = 0; i < MONTHS; i++)
            if (strcmp(MONTH_NAMES[i], sheet_get(sheet, row, "month")) == 0)
                of = i;
        assert_true(of >= 0); /* nothing before the first roster */
        if (strcmp(sheet_get(sheet, row, "state"), "可发") == 0)
            paid[strlen(name) / strlen("甲") - 1][of] += fen_of(sheet_get(sheet, row, "total"));
    }
    sheet_free(&sheet);
}

/** Sends a payable line of the roster back, sometimes. */
static void fail_at_random(struct fixture *fixture, unsigned *seed, int month)
{
    struct sheet *sheet = roster_show(fixture, month_query(month));
    size_t row = (size_t)rand_r(seed) % sheet->row_count;

    if (strcmp(sheet_get(sheet, row, "state"), "可发") == 0) {
        free(roster_export(fixture, month_query(month), RESULT_OK));
        /* an account with two lines is refused: then nothing came back */
        (void)roster_send_back(fixture, month_query(month), sheet_get(sheet, row, "name"),
                               sheet_get(sheet, row, "account"), "账号已销户");
    }
    sheet_free(&sheet);
}

static void enter_or_exit(struct fixture *fixture, unsigned *seed, struct known *known, int index)
{
    char name[40] = "";
    char account[24];

    if (known->id == 0) {
        for (int i = 0; i <= index; i++)
            strcat(name, "甲");
        snprintf(account, sizeof account, "62170000000000%05d", index);
        known->fen = (100 + index) * (int64_t)YUAN;
        char *yuan = text_from_fen(known->fen);
        known->id = roster_household_add(fixture, name, account, yuan);
        known->until = MONTHS;
        free(yuan);
    } else if (known->until == MONTHS) {
        int until = rand_r(seed) % MONTHS;
        if (case_close(fixture->service, &fixture->street, known->id, LAST_DAYS[until], "收入超标",
                       0, fixture_clear(fixture)) == 0)
            known->until = until;
    } else if (case_reopen(fixture->service, &fixture->street, known->id, "退出登记错了", 0,
                           fixture_clear(fixture)) == 0) {
        known->until = MONTHS;
    }
}

static int64_t overpaid_sum(struct fixture *fixture)
{
    struct payroll_query query = {.kind = "dibao", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;
    int64_t sum = 0;

    assert_result(
        payroll_overpaid(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        sum += fen_of(sheet_get(sheet, row, "overpaid"));
    sheet_free(&sheet);
    return sum;
}

static void settle(struct fixture *fixture, int month, bool *confirmed)
{
    enum result result = roster_make(fixture, month_query(month));

    if (result == 0) {
        assert_result(roster_confirm(fixture, &fixture->chief, month_query(month)), RESULT_OK);
        *confirmed = true;
    } else {
        assert_true(result == RESULT_NOTFOUND || result == RESULT_CLOSED);
    }
}

/** No month is paid twice; once all rosters are confirmed, what was paid is what is owed, and what
 *  is named as too much. */
static void run_at_random(struct fixture *fixture, unsigned seed)
{
    struct known known[HOUSEHOLDS] = {0};
    int64_t paid[HOUSEHOLDS + 1][MONTHS] = {0};
    bool confirmed[MONTHS] = {false};
    int64_t total = 0;
    int64_t owed = 0;

    fixture_today(fixture, "2027-02-25");
    roster_household_add(fixture, "甲甲甲甲甲甲甲", "6217000000000099999",
                         "50.00"); /* is always there */
    for (int act = 0; act < 40; act++) {
        int index = rand_r(&seed) % HOUSEHOLDS;
        int month = rand_r(&seed) % (MONTHS - 1);
        switch (rand_r(&seed) % 5) {
        case 0:
        case 1:
            enter_or_exit(fixture, &seed, &known[index], index);
            break;
        case 2:
            (void)roster_make(fixture, month_query(month));
            break;
        case 3:
            if (roster_confirm(fixture, &fixture->chief, month_query(month)) == 0)
                confirmed[month] = true;
            break;
        default:
            if (confirmed[month])
                fail_at_random(fixture, &seed, month);
        }
    }
    for (int month = 0; month < MONTHS; month++) /* the last one pays what is left */
        settle(fixture, month, &confirmed[month]);
    for (int month = 0; month < MONTHS; month++)
        add_paid(fixture, month, paid);
    for (int i = 0; i < HOUSEHOLDS; i++)
        for (int month = 0; month < MONTHS; month++) {
            assert_true(paid[i][month] == 0 || paid[i][month] == known[i].fen);
            total += paid[i][month];
            if (known[i].id != 0 && month <= known[i].until) {
                assert_int_equal(paid[i][month], known[i].fen);
                owed += known[i].fen;
            }
        }
    assert_int_equal(total - overpaid_sum(fixture), owed);
    roster_expect_verified(fixture);
}

static void any_order_pays_once(void **state)
{
    const char *many = getenv("DOUDI_PAYROLL_RUNS");
    unsigned runs = many != NULL ? (unsigned)atoi(many) : 4;

    (void)state;
    for (unsigned seed = 1; seed <= runs; seed++) {
        void *fixture = NULL;
        assert_int_equal(fixture_setup(&fixture), 0);
        print_message("seed %u\n", seed);
        run_at_random(fixture, seed);
        assert_int_equal(fixture_teardown(&fixture), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_order_pays_once)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
