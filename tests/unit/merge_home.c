#include "merge_home.h"

#include "base/month.h"
#include "db/figure.h"
#include "db/lead.h"
#include "db/payroll.h"
#include "db/tables.h"
#include "db/unfiled.h"
#include "service/cases/draft.h"
#include "service/cases/proposal.h"
#include "service/figures/spotcheck.h"
#include "service/lists/alarm.h"
#include "service/lists/lead.h"
#include "service/lists/lead_run.h"
#include "service/lists/paper.h"
#include "service/memory/state.h"

#include <string.h>

enum { PEOPLE_MOST = 16 };

// ---- what hangs on people

static void print_lists(struct fixture *fixture)
{
    struct due_query query = {
        .month = "2026-11", .area = "", .officer = "", .kind = "", .type = DUTY_TYPE_VISIT};
    struct sheet *sheet = NULL;
    struct due_place *next = NULL;

    assert_result(paper_make_sheets(fixture->service, &fixture->street, &query, &sheet, &next,
                                    fixture_clear(fixture)),
                  RESULT_OK);
    assert_true(sheet->row_count > 0);
    assert_null(next);
    sheet_free(&sheet);
}

static void find_emergency(struct fixture *fixture, uint64_t elder)
{
    struct fields values = {0};
    struct visit_input input = {.case_id = elder,
                                .date = "2026-11-19",
                                .mode = "上门",
                                .result = "成功",
                                .by = "刘洋",
                                .values = &values,
                                .confirm = true};

    fields_set(&values, "health", "异常");
    fields_set(&values, "em_done", "已联系家属");
    assert_result(visit_add(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
}

static void answer_first_lead(struct fixture *fixture)
{
    struct lead_query query = {.area = "", .rule = ""};
    struct sheet *sheet = NULL;

    assert_int_equal(lead_run(fixture->service), RESULT_OK);
    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_true(sheet->row_count > 1);
    struct lead_act act = {.person = strtoull(sheet_get(sheet, 0, "person_id"), NULL, 10),
                           .rule = sheet_get(sheet, 0, "rule"),
                           .what = "dismiss",
                           .words = "已核实",
                           .until = "2027-01-10"};
    assert_result(lead_act(fixture->service, &fixture->chief, &act, fixture_clear(fixture)),
                  RESULT_OK);
    sheet_free(&sheet);
}

static void put_application(struct fixture *fixture, const char *name, const char *id_no)
{
    struct fields values = {0};
    struct proposal_input input = {.kind = "tekun", .values = &values};

    fields_set(&values, "person.name", name);
    fields_set(&values, "person.area", VILLAGE);
    fields_set(&values, "person.id_no", id_no);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    if (proposal_put(fixture->service, &fixture->street, &input, fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
    fields_free(&values);
}

void home_add_work(struct fixture *fixture, const uint64_t *elders, size_t count,
                   uint64_t household)
{
    struct fields typed = {0};
    char id_no[19], record[24];

    print_lists(fixture);
    for (size_t i = 0; i < count; i++)
        assert_result(case_change(fixture, &fixture->street, elders[i], "person.dis_until",
                                  i % 2 == 0 ? "2026-11-01" : "2026-11-02"),
                      RESULT_OK);
    assert_result(case_change(fixture, &fixture->street, household, "members.0.ins_med", "未参保"),
                  RESULT_OK);
    find_emergency(fixture, elders[0]);
    find_emergency(fixture, elders[count - 1]);
    answer_first_lead(fixture);
    put_application(fixture, "郑大山", fixture_id_no(fixture, id_no));
    fields_set(&typed, "income", "200");
    snprintf(record, sizeof record, "%llu", (unsigned long long)household);
    assert_result(draft_put(fixture->service, &fixture->street, "dibao", record, "改到一半", &typed,
                            fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&typed);
}

void home_apply(struct fixture *fixture, uint64_t elder)
{
    struct case_view view = case_open(fixture, &fixture->street, elder, true);
    char *name = mem_copy(fields_get(&view.values, "person.name"));
    char *id_no = mem_copy(fields_get(&view.values, "person.id_no"));

    case_view_free(&view);
    put_application(fixture, name, id_no);
    free(id_no);
    free(name);
}

void home_draw(struct fixture *fixture)
{
    struct spotcheck_query query = {.month = "2026-10",
                                    .area = STREET,
                                    .kind = "tanfang",
                                    .seed = "开奖",
                                    .share = 50,
                                    .by = ""};

    /* Where nobody was reached there is nobody to draw. */
    (void)spotcheck_draw(fixture->service, &fixture->chief, &query, fixture_clear(fixture));
}

// ---- nothing is lost

#define COUNTER(name, type)                                                                        \
    static enum result count_##name(const type *record, void *arg)                                 \
    {                                                                                              \
        struct home_count *count = arg;                                                            \
                                                                                                   \
        (void)record;                                                                              \
        count->name##s++;                                                                          \
        return RESULT_OK;                                                                          \
    }
COUNTER(person, Rec__Person)
COUNTER(case, Rec__Case)
COUNTER(visit, Rec__Visit)
COUNTER(alarm, Rec__Alarm)
COUNTER(sheet, Rec__Sheet)
COUNTER(draft, Rec__Draft)
COUNTER(lead, Rec__Lead)

static enum result count_dutys(const Rec__Duty *duty, void *arg)
{
    (void)duty;
    ((struct home_count *)arg)->duties++;
    return RESULT_OK;
}

static enum result count_lines(const Rec__Payroll *payroll, void *arg)
{
    ((struct home_count *)arg)->lines += payroll->n_lines;
    return RESULT_OK;
}

static enum result count_all(struct txn *txn, void *arg)
{
    enum result result = store_person_scan(txn, 0, count_person, arg);

    if (result == 0)
        result = store_case_scan(txn, 0, count_case, arg);
    if (result == 0)
        result = store_visit_scan_all(txn, count_visit, arg);
    if (result == 0)
        result = store_alarm_scan(txn, count_alarm, arg);
    if (result == 0)
        result = store_sheet_scan_all(txn, count_sheet, arg);
    if (result == 0)
        result = store_draft_scan(txn, "s01", count_draft, arg);
    if (result == 0)
        result = store_lead_scan(txn, count_lead, arg);
    for (month_t month = month_make(2026, 10); month <= month_make(2026, 11) && result == 0;
         month++)
        result = store_duty_scan(txn, month, "", NULL, count_dutys, arg);
    return result == 0 ? store_payroll_scan(txn, "", "", count_lines, arg) : result;
}

struct home_count home_count(struct fixture *fixture)
{
    struct home_count count = {0};

    assert_result(store_run(fixture->service->store, STORE_READ, count_all, &count), RESULT_OK);
    return count;
}

void home_expect_nothing_lost(struct fixture *fixture, const struct home_count *before,
                              bool households)
{
    struct home_count after = home_count(fixture);

    assert_int_equal(after.persons, before->persons - !households);
    assert_int_equal(after.cases, before->cases);
    assert_int_equal(after.visits, before->visits);
    assert_int_equal(after.alarms, before->alarms);
    assert_int_equal(after.sheets, before->sheets);
    assert_int_equal(after.drafts, before->drafts);
    assert_int_equal(after.duties, before->duties);
    assert_int_equal(after.lines, before->lines);
    assert_true(after.leads + !households >= before->leads); /* one that both had is one */
}

// ---- each person once

struct reckoning {
    const uint64_t *cases;
    size_t case_count;
    uint64_t persons[PEOPLE_MOST];
    bool active[PEOPLE_MOST], reached[PEOPLE_MOST];
    size_t count;
    month_t month;
};

static size_t find_person(const struct reckoning *reckoning, uint64_t person)
{
    size_t i = 0;

    while (i < reckoning->count && reckoning->persons[i] != person)
        i++;
    return i;
}

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct reckoning *reckoning = arg;
    size_t i = find_person(reckoning, visit->person);

    if (i < reckoning->count && month_of(visit->date) == reckoning->month &&
        strcmp(visit->result, "成功") == 0)
        reckoning->reached[i] = true;
    return RESULT_OK;
}

static enum result reckon(struct txn *txn, void *arg)
{
    struct reckoning *reckoning = arg;

    for (size_t i = 0; i < reckoning->case_count; i++) {
        Rec__Case *casefile = NULL;
        enum result result = store_case_get(txn, reckoning->cases[i], &casefile);
        if (result != 0)
            return result;
        size_t at = find_person(reckoning, casefile->person);
        assert_true(at < PEOPLE_MOST);
        reckoning->persons[at] = casefile->person;
        reckoning->active[at] |= strcmp(casefile->state, "active") == 0;
        reckoning->count += at == reckoning->count;
        rec__case__free_unpacked(casefile, NULL);
    }
    return store_visit_scan_all(txn, see_visit, reckoning);
}

/** Everybody was on the books in October; in November those whose case ended owe nothing unless they
 *  were reached before. */
static void expect_month(struct fixture *fixture, const uint64_t *elders, size_t count,
                         month_t month)
{
    struct reckoning reckoning = {.cases = elders, .case_count = count, .month = month};
    size_t owed = 0, reached = 0;
    char text[MONTH_TEXT], expected[40];

    assert_result(store_run(fixture->service->store, STORE_READ, reckon, &reckoning), RESULT_OK);
    for (size_t i = 0; i < reckoning.count; i++) {
        reached += reckoning.reached[i];
        owed +=
            month == month_make(2026, 10) || reckoning.active[i] || reckoning.reached[i] ? 1 : 0;
    }
    snprintf(expected, sizeof expected, "%zu %zu ", owed, reached);
    const char *line = board_line(fixture, month_format(month, text), "street", STREET, false);
    if (strncmp(line, expected, strlen(expected)) != 0)
        fail_msg("%s: %s, but %s", text, expected, line);
}

void home_expect_rates(struct fixture *fixture, const uint64_t *elders, size_t count)
{
    expect_month(fixture, elders, count, month_make(2026, 10));
    expect_month(fixture, elders, count, month_make(2026, 11));
}
