/*
 * What is kept in memory of rosters and of the months that were judged: after each of many random
 * changes the lists are those that read and compute everything.
 */
#include "payroll_steps.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/cases/merge.h"
#include "service/keeping/standard.h"
#include "service/payroll/payroll_ready.h"

#include <string.h>

enum { HOUSEHOLDS = 6, MONTHS = 3, ACTS = 60 };
static const char *const MONTH_NAMES[MONTHS] = {"2026-11", "2026-12", "2027-01"};
static const char *const DAYS[MONTHS] = {"2026-11-05", "2026-12-05", "2027-01-05"};

/** Two persons: the head and somebody covered. */
struct house {
    uint64_t id;
    char number[32];
};

struct world {
    struct fixture *fixture;
    unsigned seed;
    struct house houses[HOUSEHOLDS];
    uint64_t merged; /**< the last merge that was asked for */
};

static unsigned draw(struct world *world, unsigned below)
{
    return (unsigned)rand_r(&world->seed) % below;
}

static struct house *any_house(struct world *world)
{
    return &world->houses[draw(world, HOUSEHOLDS)];
}

static struct payroll_query any_month(struct world *world)
{
    struct payroll_query query = roster_november();

    query.month = MONTH_NAMES[draw(world, MONTHS)];
    return query;
}

static void set_member(struct fields *values, int index, const char *name, const char *id_no)
{
    const char *const cells[][2] = {
        {"name", name},
        {"id_no", id_no},
        {"address", "胜利街5号"},
        {"m_rel", index == 0 ? "户主" : "子"},
        {"m_cov", "是"},
        {"bank", "盘锦银行"},
        {"acct", index == 0 ? "6217000000000000032" : ""},
        {"acct_name", name},
        {"acct_rel", "本人"},
    };

    for (size_t i = 0; i < COUNT(cells); i++) {
        char *key = mem_printf("members.%d.%s", index, cells[i][0]);
        fields_set(values, key, cells[i][1]);
        free(key);
    }
}

static void enter(struct world *world, struct house *house)
{
    /* heard and written in two ways: two such households may be one */
    static const char *const NAMES[][2] = {{"曹俊贵", "曹立"}, {"曹俊桂", "曹力"}};
    struct fixture *fixture = world->fixture;
    struct fields values = {0};
    char id_no[19];

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "100.00");
    fields_set(&values, "from_m", "2026-10");
    for (int i = 0; i < 2; i++)
        set_member(&values, i, NAMES[(house - world->houses) % 2][i],
                   fixture_id_no(fixture, id_no));
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    house->id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    snprintf(house->number, sizeof house->number, "%s",
             fields_get(&fixture->reply.values, "number"));
    fields_free(&values);
}

// ---- changes

static void change(struct world *world, const char *name, const char *value)
{
    struct house *house = any_house(world);

    if (house->id != 0)
        (void)case_change(world->fixture, &world->fixture->street, house->id, name, value);
}

static void die_or_live(struct world *world)
{
    const char *who = draw(world, 2) == 0 ? "members.0.death" : "members.1.death";

    change(world, who, draw(world, 3) == 0 ? "" : DAYS[draw(world, MONTHS)]);
}

static void move(struct world *world)
{
    change(world, "area", draw(world, 2) == 0 ? VILLAGE : VILLAGE2);
}

static void restate(struct world *world)
{
    static const char *const INCOMES[] = {"0.00", "100.00", "700.00"};

    change(world, "income", INCOMES[draw(world, COUNT(INCOMES))]);
}

static void leave(struct world *world)
{
    const struct house *house = any_house(world);
    struct fixture *fixture = world->fixture;

    if (house->id != 0 && draw(world, 2) == 0)
        (void)case_close(fixture->service, &fixture->street, house->id, DAYS[draw(world, MONTHS)],
                         "收入超标", 0, fixture_clear(fixture));
    else if (house->id != 0)
        (void)case_reopen(fixture->service, &fixture->street, house->id, "退出登记错了", 0,
                          fixture_clear(fixture));
}

static void set_standard(struct world *world)
{
    static const char *const VALUES[] = {"700.00", "800.00", "900.00"};
    static const char *const FROM[] = {"2026-10-01", "2026-12-01", "2027-01-01"};
    struct standard_input input = {"低保标准", STREET, FROM[draw(world, COUNT(FROM))],
                                   VALUES[draw(world, COUNT(VALUES))], "通知"};

    assert_result(standard_set(world->fixture->service, &world->fixture->system, &input,
                               fixture_clear(world->fixture)),
                  RESULT_OK);
}

// ---- rosters

/** A version that is not confirmed gives way to the next one. */
static void make(struct world *world)
{
    (void)roster_make(world->fixture, any_month(world));
}

static void confirm(struct world *world)
{
    struct payroll_query query = any_month(world);

    if (roster_make(world->fixture, query) == 0)
        (void)roster_confirm(world->fixture, &world->fixture->chief, query);
}

static void send_back(struct world *world)
{
    struct payroll_query query = any_month(world);
    struct sheet *sheet = NULL;

    if (payroll_show(world->fixture->service, &world->fixture->street, &query, &sheet,
                     fixture_clear(world->fixture)) != 0 ||
        sheet->row_count == 0) {
        sheet_free(&sheet);
        return;
    }
    size_t row = draw(world, (unsigned)sheet->row_count);
    (void)roster_send_back_amount(world->fixture, query, sheet_get(sheet, row, "name"),
                                  "6217000000000000032", sheet_get(sheet, row, "total"),
                                  "账号已销户");
    sheet_free(&sheet);
}

static void decide(struct world *world)
{
    struct fixture *fixture = world->fixture;
    const char *number = any_house(world)->number;
    const char *month = MONTH_NAMES[draw(world, MONTHS)];
    struct payroll_decision decision = {number, month, draw(world, 2) == 0, "审批表"};
    struct payroll_settlement settlement = {number, month, draw(world, 3) == 0, "再核"};

    if (draw(world, 2) == 0)
        (void)payroll_decide(fixture->service, &fixture->street, &decision, fixture_clear(fixture));
    else
        (void)payroll_settle(fixture->service, &fixture->chief, &settlement,
                             fixture_clear(fixture));
}

static void merge(struct world *world)
{
    struct fixture *fixture = world->fixture;
    struct merge_ask ask = {.households = true,
                            .kept = any_house(world)->number,
                            .gone = any_house(world)->number,
                            .reason = "入户核实"};
    const char *what = draw(world, 3) == 0 ? "undo" : "confirm";

    if (world->merged == 0 &&
        merge_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture)) == 0)
        world->merged = strtoull(fields_get(&fixture->reply.values, "number"), NULL, 10);
    if (world->merged != 0 &&
        merge_decide(fixture->service, &fixture->chief, world->merged, what, "核实有误",
                     fixture_clear(fixture)) == 0 &&
        strcmp(what, "undo") == 0)
        world->merged = 0;
}

static void judge_ahead(struct world *world)
{
    payroll_ready_want(world->fixture->service);
    assert_result(payroll_ready_run(world->fixture->service), RESULT_OK);
}

static void (*const CHANGES[])(struct world *world) = {
    die_or_live, move,    restate,   leave,  set_standard, make,
    confirm,     confirm, send_back, decide, merge,        judge_ahead,
};

// ---- the runs

static void add_lines(struct roster_lines *sum, struct roster_lines lines)
{
    sum->raises += lines.raises;
    sum->all_raises += lines.all_raises;
    sum->overpaid += lines.overpaid;
}

static void run(unsigned seed, struct roster_lines *sum, size_t *merges)
{
    struct world world = {.seed = seed};
    void *fixture = NULL;

    assert_int_equal(fixture_setup(&fixture), 0);
    world.fixture = fixture;
    fixture_today(fixture, "2027-01-25");
    set_standard(&world);
    for (int i = 0; i < HOUSEHOLDS; i++)
        enter(&world, &world.houses[i]);
    confirm(&world);
    for (int act = 0; act < ACTS; act++) {
        CHANGES[draw(&world, COUNT(CHANGES))](&world);
        if (draw(&world, 2) == 0)
            judge_ahead(&world);
        add_lines(sum, roster_expect_lists(fixture));
        *merges += world.merged != 0;
    }
    assert_int_equal(fixture_teardown(&fixture), 0);
}

static void lists_are_as_computed(void **state)
{
    struct roster_lines sum = {0};
    size_t merges = 0;

    unsigned first = unit_first_run(), end = first + unit_runs(3, 30);

    (void)state;
    for (unsigned seed = first; seed < end; seed++) {
        print_message("seed %u\n", seed);
        run(seed, &sum, &merges);
    }
    print_message("%zu raises, %zu with all, %zu overpaid; merged %zu times\n", sum.raises,
                  sum.all_raises, sum.overpaid, merges);
    /* it was tried */
    assert_true(sum.raises > 0 && sum.all_raises > sum.raises && sum.overpaid > 0 && merges > 0);
}

// ---- two who were one all along

static void decide_merge(struct world *world, const char *what)
{
    struct fixture *fixture = world->fixture;

    if (merge_decide(fixture->service, &fixture->chief, world->merged, what, "核实有误",
                     fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
}

/** A household on the books twice: only its second case was on November's roster. */
static void pay_one_of_two(struct world *world)
{
    struct fixture *fixture = world->fixture;
    struct house *kept = &world->houses[0];
    struct house *gone = &world->houses[1];

    fixture_today(fixture, "2027-01-25");
    set_standard(world);
    enter(world, gone);
    assert_int_equal(roster_make(fixture, roster_november()), 0);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
    enter(world, kept);
    assert_result(case_change(fixture, &fixture->street, kept->id, "income", "700.00"), RESULT_OK);
    struct merge_ask ask = {
        .households = true, .kept = kept->number, .gone = gone->number, .reason = "入户核实"};
    if (merge_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
    world->merged = strtoull(fields_get(&fixture->reply.values, "number"), NULL, 10);
}

/* What was paid to the case that is gone was paid to the household, also in lists that are kept. */
static void a_merge_changes_kept_lists(void **state)
{
    struct world world = {.seed = 1};
    void *fixture = NULL;

    (void)state;
    assert_int_equal(fixture_setup(&fixture), 0);
    world.fixture = fixture;
    pay_one_of_two(&world);
    struct roster_lines before = roster_expect_lists(fixture);
    decide_merge(&world, "confirm");
    struct roster_lines merged = roster_expect_lists(fixture);
    assert_true(merged.all_raises != before.all_raises || merged.overpaid != before.overpaid);
    decide_merge(&world, "undo");
    struct roster_lines apart = roster_expect_lists(fixture);
    assert_int_equal(apart.all_raises, before.all_raises);
    assert_int_equal(apart.overpaid, before.overpaid);
    assert_int_equal(fixture_teardown(&fixture), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(lists_are_as_computed),
                                       cmocka_unit_test(a_merge_changes_kept_lists)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
