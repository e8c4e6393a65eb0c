/*
 * Random changes of people and answers of officers: what was computed at each change is what
 * computing everybody gives, a model of the rules agrees, and answers survive both.
 */
#include "service_fixture.h"

#include "db/tables.h"
#include "service/lists/lead.h"
#include "service/memory/facts.h"

#include <string.h>

enum { PEOPLE = 6, STEPS = 40, RUNS = 3, TEXT = 8192 };

/** What the model knows of somebody. */
struct somebody {
    uint64_t case_id, person;
    bool wish, nursed;    /**< 集中供养意愿, 全护理 */
    const char *answered; /**< what the state of the open rule's lead begins with, NULL = not */
};

struct run {
    struct fixture *fixture;
    unsigned seed;
    struct somebody people[PEOPLE];
};

static unsigned pick(struct run *run, unsigned count)
{
    run->seed = run->seed * 1103515245u + 12345u;
    return (run->seed >> 16) % count;
}

static void add_somebody(struct run *run, size_t at)
{
    struct fixture *fixture = run->fixture;
    struct fields values = {0};
    char name[40];

    snprintf(name, sizeof name, "孙桂珍%zu", at);
    fields_set(&values, "person.name", name);
    fields_set(&values, "person.id_type", "户口簿无证");
    fields_set(&values, "person.sex", "女");
    fields_set(&values, "person.birth", "1980-05-05");
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "tk_kind", "残疾人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", "2026-03");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    fields_free(&values);
    run->people[at] = (struct somebody){
        .case_id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10)};
}

/** All leads, one a line: person rule state. */
static void read_leads(struct run *run, bool all, char text[TEXT])
{
    struct lead_query query = {.area = "", .rule = "", .all = all};
    struct fixture *fixture = run->fixture;
    struct sheet *sheet = NULL;

    text[0] = '\0';
    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        uint64_t case_id = strtoull(sheet_get(sheet, row, "case_id"), NULL, 10);
        for (size_t i = 0; i < PEOPLE; i++)
            if (run->people[i].case_id == case_id)
                run->people[i].person = strtoull(sheet_get(sheet, row, "person_id"), NULL, 10);
        snprintf(text + strlen(text), TEXT - strlen(text), "%s %s %s %s\n",
                 sheet_get(sheet, row, "case_id"), sheet_get(sheet, row, "rule"),
                 sheet_get(sheet, row, "why"), sheet_get(sheet, row, "state"));
    }
    sheet_free(&sheet);
}

static enum result forget_day(struct txn *txn, void *arg)
{
    Rec__Home *home = NULL;
    enum result result = store_home_get(txn, &home);

    (void)arg;
    if (result != 0)
        return result;
    home->leads_day = 0;
    result = store_home_put(txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

static const char *rule_of(const struct somebody *one)
{
    return !one->wish ? "" : one->nursed ? "care_incapable" : "care_wished";
}

/** The open leads are those of the model, and the answered ones are as they were answered. */
static void check_model(struct run *run)
{
    char open[TEXT], all[TEXT], line[64];

    read_leads(run, false, open);
    read_leads(run, true, all);
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct somebody *one = &run->people[i];
        snprintf(line, sizeof line, "%llu care_", (unsigned long long)one->case_id);
        const char *found = strstr(open, line);
        if (!one->wish || (one->answered != NULL && strcmp(one->answered, "已接手") != 0)) {
            assert_null(found);
        } else {
            assert_non_null(found);
            assert_null(strstr(found + 1, line)); /* of one rule only */
        }
        if (one->answered == NULL)
            continue;
        snprintf(line, sizeof line, "%llu %s ", (unsigned long long)one->case_id, rule_of(one));
        found = strstr(all, line);
        assert_non_null(found);
        const char *end = strchr(found, '\n');
        const char *state = strstr(found, one->answered);
        assert_true(state != NULL && state < end);
    }
}

static void change(struct run *run, struct somebody *one)
{
    struct fixture *fixture = run->fixture;

    switch (pick(run, 3)) {
    case 0:
        one->wish = !one->wish;
        one->answered = NULL;
        assert_result(
            case_change(fixture, &fixture->street, one->case_id, "wish", one->wish ? "是" : "否"),
            RESULT_OK);
        break;
    case 1:
        one->nursed = !one->nursed;
        one->answered = NULL; /* it is another rule's */
        assert_result(case_change(fixture, &fixture->street, one->case_id, "care_stated",
                                  one->nursed ? "全护理" : "半护理"),
                      RESULT_OK);
        break;
    default: /* nothing that a rule asks about */
        assert_result(case_change(fixture, &fixture->street, one->case_id, "person.phone",
                                  pick(run, 2) == 0 ? "13804270001" : "13804270002"),
                      RESULT_OK);
    }
}

static void answer(struct run *run, struct somebody *one)
{
    static const struct {
        const char *what, *state;
    } deeds[] = {{"take", "已接手"}, {"done", "已办理"}, {"dismiss", "不需办理"}};
    struct fixture *fixture = run->fixture;
    unsigned nth = pick(run, 3);
    struct lead_act act = {.person = one->person,
                           .rule = rule_of(one),
                           .what = deeds[nth].what,
                           .words = "已联系供养中心",
                           .until = nth == 2 ? "2027-03-01" : ""};

    if (!one->wish || (one->answered != NULL && strcmp(one->answered, "已接手") != 0))
        return;
    assert_result(lead_act(fixture->service, &fixture->chief, &act, fixture_clear(fixture)),
                  RESULT_OK);
    one->answered = deeds[nth].state;
}

static void any_order_gives_the_same(void **state)
{
    struct run run = {.fixture = *state};
    struct store *store = facts_store(run.fixture->service);
    char at_changes[TEXT], in_full[TEXT];

    for (size_t i = 0; i < PEOPLE; i++)
        add_somebody(&run, i);
    for (unsigned seed = 1; seed <= RUNS; seed++) {
        run.seed = seed;
        for (size_t step = 0; step < STEPS; step++) {
            struct somebody *one = &run.people[pick(&run, PEOPLE)];
            if (pick(&run, 3) == 0)
                answer(&run, one);
            else
                change(&run, one);
            if (pick(&run, 2) == 0) /* else several changes at once */
                check_model(&run);
            else if (one->wish)
                read_leads(&run, true, at_changes); /* answers need the person's number */
        }
        check_model(&run);
        read_leads(&run, true, at_changes);
        assert_result(store_run(store, STORE_BULK, forget_day, NULL), RESULT_OK);
        read_leads(&run, true, in_full);
        assert_string_equal(at_changes, in_full);
        check_model(&run);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(any_order_gives_the_same, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
