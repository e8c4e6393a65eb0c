/*
 * Rosters made, confirmed and sent back in any order, while households come late, end and come back, and
 * standards and stated amounts are raised and lowered: no month is paid twice, none is forgotten, and a
 * month that was paid less than it is owed gets the rest once.
 */
#include "payroll_steps.h"

#include "base/text.h"
#include "service/keeping/standard.h"

#include <string.h>

enum { YUAN = 100 };

/** A household of the random test as the oracle knows it. */
struct known {
    uint64_t id;
    char number[32];
    int64_t fen; /**< stated; 0 = computed from the standard */
    int until;   /**< the last month that is owed, counted from November; -1 = before it */
};

enum { HOUSEHOLDS = 6, MONTHS = 4 };
static const char *const MONTH_NAMES[MONTHS] = {"2026-11", "2026-12", "2027-01", "2027-02"};
static const char *const LAST_DAYS[MONTHS] = {"2026-11-20", "2026-12-20", "2027-01-20",
                                              "2027-02-20"};

enum { INCOME = 100 * YUAN }; /* of each household of one */
static const char *const FIRST_DAYS[MONTHS] = {"2026-11-01", "2026-12-01", "2027-01-01",
                                               "2027-02-01"};

/** What is set of 低保标准 from a month on; 0 = nothing. */
struct standards {
    int64_t before, from[MONTHS];
};

static void set_standard(struct fixture *fixture, const char *from, int64_t fen)
{
    char *yuan = text_from_fen(fen);
    struct standard_input input = {"低保标准", STREET, from, yuan, "通知"};

    assert_result(standard_set(fixture->service, &fixture->system, &input, fixture_clear(fixture)),
                  RESULT_OK);
    free(yuan);
}

static int64_t owed_in(const struct standards *standards, const struct known *known, int month)
{
    int64_t standard = standards->before;

    if (known->id == 0 || month > known->until)
        return 0;
    for (int i = 0; i <= month; i++)
        if (standards->from[i] != 0)
            standard = standards->from[i];
    int64_t add = (standard * 80 / 100 + YUAN / 2) / YUAN * YUAN; /* 分类救助: all are over 75 */
    return known->fen != 0 ? known->fen : standard - INCOME + add;
}

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
        /* one that came back and may be any of two is paid until an officer says which it was */
        const char *state = sheet_get(sheet, row, "state");
        if (strcmp(state, "可发") == 0 || strcmp(state, "待认退回") == 0)
            paid[strlen(name) / strlen("甲") - 1][of] += fen_of(sheet_get(sheet, row, "total"));
    }
    sheet_free(&sheet);
}

/** Of all runs: raises that the bank sent back. */
static unsigned raises_returned;

/** Any line, but rather one that pays what a month lacked: those are few. */
static size_t choose_line(const struct sheet *sheet, unsigned *seed)
{
    size_t chosen = (size_t)rand_r(seed) % sheet->row_count;

    for (size_t row = 0; row < sheet->row_count; row++)
        if (strncmp(sheet_get(sheet, row, "why"), "补差", strlen("补差")) == 0 &&
            rand_r(seed) % 2 == 0)
            chosen = row;
    return chosen;
}

/** Sends a payable line of the roster back, sometimes. */
static void fail_at_random(struct fixture *fixture, unsigned *seed, int month)
{
    struct sheet *sheet = roster_show(fixture, month_query(month));
    size_t row = choose_line(sheet, seed);

    if (strcmp(sheet_get(sheet, row, "state"), "可发") == 0) {
        free(roster_export(fixture, month_query(month), RESULT_OK));
        /* two lines of an account with one amount are refused: then nothing came back */
        enum result result = roster_send_back_amount(
            fixture, month_query(month), sheet_get(sheet, row, "name"),
            sheet_get(sheet, row, "account"), sheet_get(sheet, row, "total"), "账号已销户");
        if (result == 0 && strncmp(sheet_get(sheet, row, "why"), "补差", strlen("补差")) == 0)
            raises_returned++;
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
        known->fen = index % 2 == 0 ? (100 + index) * (int64_t)YUAN : 0;
        char *yuan = text_from_fen(known->fen);
        known->id = roster_household_add(fixture, name, account, known->fen != 0 ? yuan : NULL);
        known->until = MONTHS;
        snprintf(known->number, sizeof known->number, "%s",
                 fields_get(&fixture->reply.values, "number"));
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

/** A stated amount is entered anew; of a case that has ended it is refused. */
static void restate(struct fixture *fixture, unsigned *seed, struct known *known)
{
    int64_t fen = (50 + rand_r(seed) % 200) * (int64_t)YUAN;
    char *yuan = text_from_fen(fen);

    if (known->id != 0 && known->fen != 0 &&
        case_change(fixture, &fixture->street, known->id, "base", yuan) == 0)
        known->fen = fen;
    free(yuan);
}

static enum result decide(struct fixture *fixture, const struct known *known, int month, bool keep)
{
    struct payroll_decision decision = {known->number, MONTH_NAMES[month], keep, "审批表"};

    enum result result =
        payroll_decide(fixture->service, &fixture->street, &decision, fixture_clear(fixture));
    struct payroll_settlement settlement = {known->number, MONTH_NAMES[month], false, ""};

    if (result == 0) /* a raise is confirmed with its roster, anything else by itself */
        (void)payroll_settle(fixture->service, &fixture->chief, &settlement,
                             fixture_clear(fixture));
    return result;
}

/** Of one household: "甲" and so on. */
static int64_t overpaid_of(struct fixture *fixture, const char *number)
{
    struct payroll_query query = {.kind = "dibao", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;
    int64_t sum = 0;

    assert_result(
        payroll_overpaid(fixture->service, &fixture->chief, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "case_no"), number) == 0)
            sum += fen_of(sheet_get(sheet, row, "overpaid"));
    sheet_free(&sheet);
    return sum;
}

/** Nobody has to decide anything any more, and nothing is still to be paid. */
static void expect_all_settled(struct fixture *fixture)
{
    struct payroll_query query = {.kind = "dibao", .month = "", .area = STREET, .format = ""};
    struct sheet *sheet = NULL;

    assert_result(payroll_raises(fixture->service, &fixture->street, &query, false, &sheet,
                                 fixture_clear(fixture)),
                  RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        assert_string_equal(sheet_get(sheet, row, "state"), "已列多发");
    sheet_free(&sheet);
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

struct world {
    struct known known[HOUSEHOLDS];
    struct standards standards;
    bool confirmed[MONTHS];
};

static void act_at_random(struct fixture *fixture, unsigned *seed, struct world *world)
{
    int index = rand_r(seed) % HOUSEHOLDS;
    int month = rand_r(seed) % (MONTHS - 1);

    switch (rand_r(seed) % 8) {
    case 0:
    case 1:
        enter_or_exit(fixture, seed, &world->known[index], index);
        break;
    case 2:
        (void)roster_make(fixture, month_query(month));
        break;
    case 3: /* what was made before the last change is refused */
        if (rand_r(seed) % 2 == 0)
            (void)roster_make(fixture, month_query(month));
        if (roster_confirm(fixture, &fixture->chief, month_query(month)) == 0)
            world->confirmed[month] = true;
        break;
    case 4:
        restate(fixture, seed, &world->known[index]);
        break;
    case 5:
        world->standards.from[month] = (600 + rand_r(seed) % 400) * (int64_t)YUAN;
        set_standard(fixture, FIRST_DAYS[month], world->standards.from[month]);
        break;
    case 6:
        if (world->known[index].id != 0)
            (void)decide(fixture, &world->known[index], month, rand_r(seed) % 2 == 0);
        break;
    default:
        if (world->confirmed[month])
            fail_at_random(fixture, seed, month);
    }
}

/** All rosters are made and confirmed; before the last one, which pays what is left, everything is
 *  decided as it is today. */
static void settle_all(struct fixture *fixture, struct world *world)
{
    for (int month = 0; month < MONTHS - 1; month++)
        settle(fixture, month, &world->confirmed[month]);
    for (int i = 0; i < HOUSEHOLDS; i++)
        for (int month = 0; month < MONTHS - 1 && world->known[i].id != 0; month++) {
            enum result result = decide(fixture, &world->known[i], month, false);
            assert_true(
                result == 0 || month > world->known[i].until || result == RESULT_NOTFOUND ||
                (result == RESULT_INVALID && strstr(fixture->reply.message, "不用") != NULL));
        }
    settle(fixture, MONTHS - 1, &world->confirmed[MONTHS - 1]);
}

/** Once all rosters are confirmed, what was paid is what is owed, and what is named as too much. */
static void run_at_random(struct fixture *fixture, unsigned seed)
{
    struct world world = {.standards = {.before = 800 * (int64_t)YUAN}};
    int64_t paid[HOUSEHOLDS + 1][MONTHS] = {0};

    fixture_today(fixture, "2027-02-25");
    set_standard(fixture, "2026-10-01", world.standards.before);
    roster_household_add(fixture, "甲甲甲甲甲甲甲", "6217000000000099999",
                         "50.00"); /* is always there */
    for (int act = 0; act < 60; act++) {
        act_at_random(fixture, &seed, &world);
        (void)roster_expect_lists(fixture);
    }
    settle_all(fixture, &world);
    for (int month = 0; month < MONTHS; month++)
        add_paid(fixture, month, paid);
    for (int i = 0; i < HOUSEHOLDS; i++) {
        const struct known *known = &world.known[i];
        int64_t total = 0;
        int64_t owed = 0;
        for (int month = 0; month < MONTHS; month++) {
            assert_true(paid[i][month] >= owed_in(&world.standards, known, month));
            total += paid[i][month];
            owed += owed_in(&world.standards, known, month);
        }
        if (known->id != 0)
            assert_int_equal(total - overpaid_of(fixture, known->number), owed);
    }
    expect_all_settled(fixture);
    roster_expect_verified(fixture);
}

static void any_order_pays_once(void **state)
{
    unsigned first = unit_first_run(), runs = unit_runs(4, 40);

    (void)state;
    for (unsigned seed = first; seed < first + runs; seed++) {
        void *fixture = NULL;
        assert_int_equal(fixture_setup(&fixture), 0);
        print_message("seed %u\n", seed);
        run_at_random(fixture, seed);
        assert_int_equal(fixture_teardown(&fixture), 0);
    }
    print_message("%u raises came back\n", raises_returned);
    assert_true(runs == 1 || raises_returned > 0); /* it was tried */
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_order_pays_once)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
