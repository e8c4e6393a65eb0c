/*
 * Homes at random, with all that may hang on a person: visits, printed sheets, drafts, emergencies,
 * leads, applications, rosters with returns, draws. Households and persons are put together in any
 * order and taken back in the other one. After every step each figure is what follows from the raw
 * visits, and nothing is lost; at the end everything is what it was before.
 */
#include "merge_home.h"
#include "merge_steps.h"
#include "payroll_steps.h"

#include "service/cases/merge.h"
#include "service/lists/lead_run.h"

enum { HOUSES = 4, ELDERS = 4, STEPS_MAX = 8, TRIES = 24 };

static unsigned next_random(unsigned *seed, unsigned below)
{
    *seed = *seed * 1103515245u + 12345u;
    return (*seed >> 16) % below;
}

_Static_assert(HOUSES == ELDERS, "two of either are named by the same numbers");

/** A home with its cases, and what was done, the last on top. */
struct run {
    struct fixture *fixture;
    unsigned seed;
    uint64_t houses[HOUSES], elders[ELDERS];
    bool applied;   /**< the second elder's application is under way */
    size_t refused; /**< merges, for that reason */
    size_t count;
    struct step {
        uint64_t number;
        char *before;
    } steps[STEPS_MAX];
};

// ---- a home

static uint64_t add_house(struct run *run, size_t index)
{
    static const char *const names[] = {"李晓红", "李小红", "李晓洪", "李小虹"};
    static const char *const children[] = {"曹立", "曹力", "曹丽", "曹莉"};
    struct fields values = {0};
    char id_no[19];
    const char *const set[][2] = {{"area", next_random(&run->seed, 2) ? VILLAGE : VILLAGE2},
                                  {"cls", "C"},
                                  {"income", index % 2 == 0 ? "100.00" : "300.00"},
                                  {"from_m", next_random(&run->seed, 2) ? "2026-10" : "2026-11"},
                                  {"base", "500.00"},
                                  {"amount_why", "审批表"},
                                  {"members.0.name", names[index]},
                                  {"members.0.m_rel", "户主"},
                                  {"members.0.m_cov", "是"},
                                  {"members.0.address", "胜利街5号"},
                                  {"members.0.bank", "盘锦银行"},
                                  {"members.0.acct", "6217000000000000016"},
                                  {"members.0.acct_name", names[index]},
                                  {"members.1.name", children[index]},
                                  {"members.1.m_rel", "子"},
                                  {"members.1.m_cov", "是"},
                                  {"members.1.address", "胜利街5号"}};

    for (size_t i = 0; i < COUNT(set); i++)
        fields_set(&values, set[i][0], set[i][1]);
    fields_set(&values, "members.0.id_no", fixture_id_no(run->fixture, id_no));
    fields_set(&values, "members.1.id_no", fixture_id_no(run->fixture, id_no));
    assert_result(case_new(run->fixture, &run->fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&run->fixture->reply.values, "case_id"), NULL, 10);
}

static void visit_at_random(struct run *run, uint64_t id)
{
    static const char *const results[] = {"成功", "成功", "未遇"};
    char date[DATE_TEXT];

    snprintf(date, sizeof date, "2026-%02u-%02u", 10 + next_random(&run->seed, 2),
             1 + next_random(&run->seed, 22));
    visit_expect(run->fixture, id, date, "上门", results[next_random(&run->seed, 3)], RESULT_OK);
}

static void make_home(struct run *run)
{
    struct fixture *fixture = run->fixture;

    for (size_t i = 0; i < HOUSES; i++)
        run->houses[i] = add_house(run, i);
    for (size_t i = 0; i < ELDERS; i++)
        run->elders[i] =
            elder_add(fixture, &(struct elder){.name = "张伟", .area = i % 2 ? VILLAGE : VILLAGE2});
    home_add_work(fixture, run->elders, ELDERS, run->houses[0]);
    run->applied = next_random(&run->seed, 2) == 0;
    if (run->applied)
        home_apply(fixture, run->elders[1]);
    for (unsigned i = next_random(&run->seed, 12); i > 0; i--)
        visit_at_random(run, run->elders[next_random(&run->seed, ELDERS)]);
    if (next_random(&run->seed, 2) == 0)
        assert_result(case_review(fixture->service, &fixture->street, run->houses[1], "2026-11-12",
                                  "继续保障", "", fixture_clear(fixture)),
                      RESULT_OK);
    if (next_random(&run->seed, 2) == 0) {
        assert_result(month_close(fixture->service, &fixture->chief, "2026-10", STREET,
                                  fixture_clear(fixture)),
                      RESULT_OK);
        home_draw(fixture);
    }
    for (size_t i = 1; i < ELDERS; i++) /* one of them may stay on the books */
        assert_result(case_close(fixture->service, &fixture->street, run->elders[i], "2026-11-22",
                                 "其他", 0, fixture_clear(fixture)),
                      RESULT_OK);
    if (next_random(&run->seed, 2) == 0) {
        assert_result(roster_make(fixture, roster_november()), RESULT_OK);
        assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
        free(roster_export(fixture, roster_november(), RESULT_OK));
        assert_result(roster_send_back(fixture, roster_november(), "李晓红", "6217000000000000016",
                                       "账号不存在"),
                      RESULT_OK);
    }
}

// ---- merges at random

static void name_person(struct run *run, uint64_t case_id, size_t member, char name[40])
{
    struct case_view view = case_open(run->fixture, &run->fixture->street, case_id, true);

    snprintf(name, 40, "person:%s", sheet_get(view.people, member, "person_id"));
    case_view_free(&view);
}

/** By the number of the case. */
static void name_elder(struct run *run, uint64_t case_id, char name[40])
{
    struct case_view view = case_open(run->fixture, &run->fixture->street, case_id, true);

    snprintf(name, 40, "%s", view.number);
    case_view_free(&view);
}

/** Two of the home, which may have been put together before: then it is refused. */
static void name_two(struct run *run, bool households, char kept[40], char gone[40])
{
    uint64_t one = next_random(&run->seed, HOUSES);
    uint64_t other = (one + 1 + next_random(&run->seed, HOUSES - 1)) % HOUSES;

    if (households) {
        snprintf(kept, 40, "case:%llu", (unsigned long long)run->houses[one]);
        snprintf(gone, 40, "case:%llu", (unsigned long long)run->houses[other]);
    } else if (next_random(&run->seed, 2) == 0) {
        size_t member = next_random(&run->seed, 2);
        name_person(run, run->houses[one], member, kept);
        name_person(run, run->houses[other], member, gone);
    } else {
        name_elder(run, run->elders[one], kept);
        name_elder(run, run->elders[other], gone);
    }
}

static void merge_at_random(struct run *run)
{
    static char income[] = "income";
    char *take[] = {income};
    struct fixture *fixture = run->fixture;
    char kept[40], gone[40];
    bool households = next_random(&run->seed, 3) > 0;
    struct merge_ask ask = {
        .households = households, .kept = kept, .gone = gone, .reason = "核实", .take = take};

    ask.take_count = households && next_random(&run->seed, 2) == 0;
    name_two(run, households, kept, gone);
    assert_int_equal(lead_run(fixture->service), RESULT_OK);
    char *before = merge_dump(fixture);
    struct home_count counted = home_count(fixture);
    if (merge_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture)) != 0) {
        run->refused += strstr(fixture->reply.message, "在办的申请 SQ") != NULL;
        free(before);
        return;
    }
    uint64_t number = strtoull(fields_get(&fixture->reply.values, "number"), NULL, 10);
    assert_result(merge_decide(fixture->service, &fixture->chief, number, "confirm", "",
                               fixture_clear(fixture)),
                  RESULT_OK);
    merge_expect_verified(fixture);
    home_expect_nothing_lost(fixture, &counted, households);
    home_expect_rates(fixture, run->elders, ELDERS);
    run->steps[run->count++] = (struct step){number, before};
}

/** What has something on it does not come back out of turn. */
static void take_back(struct run *run)
{
    struct fixture *fixture = run->fixture;

    while (run->count > 0) {
        struct step *step = &run->steps[--run->count];
        if (merge_decide(fixture->service, &fixture->chief, step->number, "undo", "",
                         fixture_clear(fixture)) != 0)
            fail_msg("%s", fixture->reply.message);
        merge_expect_verified(fixture);
        home_expect_rates(fixture, run->elders, ELDERS);
        assert_int_equal(lead_run(fixture->service), RESULT_OK);
        char *after = merge_dump(fixture);
        assert_string_equal(step->before, after);
        free(after);
        free(step->before);
    }
}

static void everything_comes_back(void **state)
{
    unsigned first = unit_first_run(), runs = unit_runs(2, 200);
    size_t merged = 0, refused = 0;

    (void)state;
    for (unsigned seed = first; seed < first + runs; seed++) {
        struct fixture fixture;
        struct run run = {.fixture = &fixture, .seed = seed};
        print_message("seed %u\n", seed);
        fixture_begin(&fixture, "2026-10", "2026-11-23");
        make_home(&run);
        for (size_t i = 0; i < TRIES && run.count < STEPS_MAX; i++)
            merge_at_random(&run);
        merged += run.count;
        refused += run.refused;
        take_back(&run);
        fixture_end(&fixture);
    }
    print_message("torture: %u homes, %zu merges taken back, %zu refused for an application\n",
                  runs, merged, refused);
    assert_true(merged > runs); /* it is about something */
    assert_true(refused > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(everything_comes_back)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
