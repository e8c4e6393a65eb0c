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

// ---- from nothing

/** A change of any fact that a rule asks about, of somebody. */
static void change_fact(struct run *run, const struct somebody *one)
{
    static const struct {
        const char *field, *values[3];
    } facts[] = {
        {"wish", {"是", "否", "是"}},
        {"care_stated", {"全护理", "半护理", "全自理"}},
        {"person.dis_until", {"2026-11-22", "2026-11-23", "2026-11-25"}},
        {"person.ins_med", {"未参保", "参保", "已停"}},
        {"person.ins_pension", {"未参保", "参保", ""}},
        {"person.phone", {"13804270001", "13804270002", ""}},
    };
    struct fixture *fixture = run->fixture;
    unsigned which = pick(run, COUNT(facts));
    const char *value = facts[which].values[pick(run, COUNT(facts[0].values))];

    if (case_change(fixture, &fixture->street, one->case_id, facts[which].field, value) != 0)
        fail_msg("%s = %s: %s", facts[which].field, value, fixture->reply.message);
}

/** Some answer to some lead of the list. */
static void answer_some(struct run *run)
{
    struct lead_query query = {.area = "", .rule = ""};
    struct fixture *fixture = run->fixture;
    struct sheet *sheet = NULL;

    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    if (sheet->row_count > 0) {
        size_t row = pick(run, (unsigned)sheet->row_count);
        unsigned nth = pick(run, 3);
        struct lead_act act = {.person = strtoull(sheet_get(sheet, row, "person_id"), NULL, 10),
                               .rule = sheet_get(sheet, row, "rule"),
                               .what = nth == 0   ? "take"
                                       : nth == 1 ? "done"
                                                  : "dismiss",
                               .words = "已核实",
                               .until = nth == 2 ? "2027-03-01" : ""};
        assert_result(lead_act(fixture->service, &fixture->chief, &act, fixture_clear(fixture)),
                      RESULT_OK);
    }
    sheet_free(&sheet);
}

/** What holds, whatever was answered: case, rule and facts, one a line; closed ones do not hold. */
static size_t read_holding(struct run *run, char text[TEXT])
{
    struct lead_query query = {.area = "", .rule = "", .all = true};
    struct fixture *fixture = run->fixture;
    struct sheet *sheet = NULL;
    size_t count = 0;

    text[0] = '\0';
    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strncmp(sheet_get(sheet, row, "state"), "已办结", strlen("已办结")) != 0) {
            snprintf(text + strlen(text), TEXT - strlen(text), "%s %s %s\n",
                     sheet_get(sheet, row, "case_no"), sheet_get(sheet, row, "rule"),
                     sheet_get(sheet, row, "why"));
            count++;
        }
    sheet_free(&sheet);
    return count;
}

struct found {
    size_t count;
    struct {
        uint64_t person;
        char rule[40];
    } leads[100];
};

static enum result add_found(const Rec__Lead *lead, void *arg)
{
    struct found *found = arg;

    assert_true(found->count < COUNT(found->leads));
    found->leads[found->count].person = lead->person;
    snprintf(found->leads[found->count++].rule, sizeof found->leads[0].rule, "%s", lead->rule);
    return RESULT_OK;
}

/** The home as a dump of its people and cases has it: without a lead. */
static enum result forget_leads(struct txn *txn, void *arg)
{
    struct found found = {0};
    enum result result = store_lead_scan(txn, add_found, &found);

    for (size_t i = 0; i < found.count && result == 0; i++)
        result = store_lead_del(txn, found.leads[i].person, found.leads[i].rule);
    return result == 0 ? forget_day(txn, arg) : result;
}

static void people_and_cases_alone_give_the_same(void **state)
{
    struct run run = {.fixture = *state};
    char kept[TEXT], anew[TEXT];
    size_t most = 0;

    for (size_t i = 0; i < PEOPLE; i++)
        add_somebody(&run, i);
    for (unsigned seed = 1; seed <= 2 * RUNS; seed++) {
        run.seed = seed;
        for (size_t step = 0; step < STEPS; step++) {
            change_fact(&run, &run.people[pick(&run, PEOPLE)]);
            if (pick(&run, 4) == 0)
                answer_some(&run);
        }
        if (seed == RUNS) /* certificates run out by themselves */
            fixture_today(run.fixture, "2026-11-24");
        size_t count = read_holding(&run, kept);
        most = count > most ? count : most;
        /* another day is another service, and another store */
        assert_result(store_run(facts_store(run.fixture->service), STORE_BULK, forget_leads, NULL),
                      RESULT_OK);
        (void)read_holding(&run, anew);
        assert_string_equal(anew, kept);
    }
    assert_true(most > PEOPLE); /* something was compared */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(people_and_cases_alone_give_the_same, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(any_order_gives_the_same, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
