/*
 * Two cases of one household become one, and go apart again.
 */
#include "merge_steps.h"
#include "payroll_steps.h"

#include "db/references.h"
#include "db/tables.h"
#include "service/cases/merge.h"
#include "service/lists/duplicates.h"
#include "service/memory/state.h"

// ---- households

enum { PEOPLE_MAX = 4 };

struct house {
    const char *kind, *area, *from, *income;
    const char *names[PEOPLE_MAX]; /**< the first is the head */
    const char *account;
};

static uint64_t house_add(struct fixture *fixture, const struct house *house)
{
    struct fields values = {0};
    char name[40], id_no[19];

    fields_set(&values, "area", house->area != NULL ? house->area : VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", house->income != NULL ? house->income : "100.00");
    fields_set(&values, "from_m", house->from != NULL ? house->from : "2026-10");
    fields_set(&values, "base", "500.00");
    fields_set(&values, "amount_why", "审批表");
    for (size_t i = 0; i < PEOPLE_MAX && house->names[i] != NULL; i++) {
        const char *const set[][2] = {{"name", house->names[i]},
                                      {"id_no", fixture_id_no(fixture, id_no)},
                                      {"m_rel", i == 0 ? "户主" : "子"},
                                      {"m_cov", "是"},
                                      {"address", "胜利街5号"},
                                      {"bank", "盘锦银行"},
                                      {"acct", i == 0 ? house->account : NULL},
                                      {"acct_name", house->names[i]},
                                      {"acct_rel", "本人"}};
        for (size_t k = 0; k < COUNT(set); k++) {
            snprintf(name, sizeof name, "members.%zu.%s", i, set[k][0]);
            if (set[k][1] != NULL)
                fields_set(&values, name, set[k][1]);
        }
    }
    assert_result(
        case_new(fixture, &fixture->street, house->kind != NULL ? house->kind : "dibao", &values),
        RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

#define ACCOUNT "6217000000000000016"
#define ACCOUNT2 "6217000000000000024"

/** One household in two cases: the clerk heard the names. */
struct two {
    uint64_t kept, gone;
};
static struct two two_add(struct fixture *fixture)
{
    struct two two;

    two.kept = house_add(fixture, &(struct house){.names = {"曹俊贵", "曹立"}, .account = ACCOUNT});
    two.gone = house_add(
        fixture,
        &(struct house){.names = {"曹俊桂", "曹力"}, .income = "300.00", .account = ACCOUNT2});
    return two;
}

// ---- acts

static enum result ask_with(struct fixture *fixture, const struct caller *caller, struct two two,
                            size_t count, const char *const *take)
{
    char kept[32], gone[32];
    struct merge_ask ask = {.households = true,
                            .kept = kept,
                            .gone = gone,
                            .reason = "入户核实",
                            .take_count = count,
                            .take = (char *const *)(uintptr_t)take};

    snprintf(kept, sizeof kept, "case:%llu", (unsigned long long)two.kept);
    snprintf(gone, sizeof gone, "case:%llu", (unsigned long long)two.gone);
    return merge_ask(fixture->service, caller, &ask, fixture_clear(fixture));
}

static enum result ask(struct fixture *fixture, struct two two)
{
    return ask_with(fixture, &fixture->street, two, 0, NULL);
}

static enum result decide(struct fixture *fixture, const struct caller *caller, uint64_t number,
                          const char *what)
{
    return merge_decide(fixture->service, caller, number, what, "核实有误", fixture_clear(fixture));
}

static void expect_said(struct fixture *fixture, const char *words)
{
    assert_non_null(fixture->reply.message);
    if (strstr(fixture->reply.message, words) == NULL)
        fail_msg("%s", fixture->reply.message);
}

static void merge_two(struct fixture *fixture, struct two two)
{
    enum result result = ask(fixture, two);

    if (result != 0)
        fail_msg("%s", fixture->reply.message);
    assert_result(decide(fixture, &fixture->chief, 1, "confirm"), RESULT_OK);
}

// ---- tests

static void another_officer_confirms_and_it_comes_back(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    char *before = merge_dump(fixture);
    assert_result(ask_with(fixture, &fixture->village, two, 0, NULL), RESULT_DENIED);
    assert_result(ask_with(fixture, &fixture->other_street, two, 0, NULL), RESULT_DENIED);
    assert_result(ask(fixture, two), RESULT_OK);
    assert_result(ask(fixture, two), RESULT_EXISTS);
    assert_result(decide(fixture, &fixture->street, 1, "confirm"), RESULT_DENIED);
    assert_result(decide(fixture, &fixture->chief, 1, "confirm"), RESULT_OK);
    merge_expect_verified(fixture);

    struct case_view view = case_open(fixture, &fixture->street, two.gone, true);
    assert_string_equal(view.state, "closed");
    assert_string_equal(view.closed_on, "2026-09-30");
    assert_string_equal(view.exit_reason, "重复登记，并入 2111020022026DB00001");
    assert_int_equal(view.people->row_count, 2); /* it stays readable */
    case_view_free(&view);
    assert_result(case_reopen(fixture->service, &fixture->street, two.gone, "误退", 0,
                              fixture_clear(fixture)),
                  RESULT_CONFLICT);
    expect_said(fixture, "撤销那次合并");
    fixture_today(fixture, "2026-11-23"); /* figures are read anew */
    merge_expect_verified(fixture);

    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
    merge_expect_verified(fixture);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void values_and_people_are_chosen(void **state)
{
    static const char *const role[] = {"from_m"};
    static const char *const unknown[] = {"colour"};
    static const char *const income[] = {"income"};
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    char *before = merge_dump(fixture);

    assert_result(ask_with(fixture, &fixture->street, two, 1, role), RESULT_INVALID);
    expect_said(fixture, "合户以后在个案里改");
    assert_result(ask_with(fixture, &fixture->street, two, 1, unknown), RESULT_INVALID);
    assert_result(ask_with(fixture, &fixture->street, two, 1, income), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, 1, "confirm"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, two.kept, true);
    assert_string_equal(fields_get(&view.values, "income"), "300.00");
    assert_string_equal(fields_get(&view.values, "inc_pc"), "150.00"); /* what follows from it */
    case_view_free(&view);
    merge_expect_verified(fixture);
    assert_result(case_change(fixture, &fixture->street, two.kept, "income", "200"), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_CONFLICT);
    expect_said(fixture, "合户以后又改过");
    free(before);
}

/** Nobody is lost and nobody is put under another head. */
static void a_member_of_one_must_be_decided(void **state)
{
    struct fixture *fixture = *state;
    struct two two = {
        house_add(fixture, &(struct house){.names = {"曹俊贵"}, .account = ACCOUNT}),
        house_add(fixture, &(struct house){.names = {"曹俊桂", "谭小妹"}}),
    };
    struct two turned = {
        house_add(fixture, &(struct house){.names = {"郑大海", "谭小梅"}}),
        two.gone,
    };
    char member[40];
    const char *take[] = {member};
    struct case_view view = case_open(fixture, &fixture->street, two.gone, true);
    snprintf(member, sizeof member, "member:%s", sheet_get(view.people, 1, "person_id"));
    case_view_free(&view);

    assert_result(ask(fixture, two), RESULT_CONFLICT);
    expect_said(fixture, "谭小妹 不在留下的一户里");
    char *before = merge_dump(fixture);
    assert_result(ask_with(fixture, &fixture->street, two, 1, take), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, 1, "confirm"), RESULT_OK);
    view = case_open(fixture, &fixture->street, two.kept, true);
    assert_int_equal(view.people->row_count, 2);
    case_view_free(&view);
    merge_expect_verified(fixture);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);

    assert_result(ask(fixture, turned), RESULT_CONFLICT);
    expect_said(fixture, "曹俊桂 不在留下的一户里");
}

static void what_is_no_household_twice_is_refused(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    uint64_t margin = house_add(
        fixture, &(struct house){.kind = "bianyuan", .names = {"曹俊归"}, .income = "900"});
    uint64_t others = house_add(fixture, &(struct house){.names = {"郑大海"}});
    uint64_t elder = elder_add(fixture, &(struct elder){.name = "曹俊贵"});
    const struct {
        struct two two;
        enum result result;
        const char *said;
    } cases[] = {
        {{two.kept, two.kept}, RESULT_INVALID, "同一个个案"},
        {{two.kept, margin}, RESULT_INVALID, "不是同一业务"},
        {{elder, two.kept}, RESULT_INVALID, "不是按户办理"},
        {{two.kept, others}, RESULT_CONFLICT, "不在留下的一户里"},
        {{two.kept, fixture_id(99)}, RESULT_NOTFOUND, "没有找到"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_result(ask(fixture, cases[i].two), cases[i].result);
        expect_said(fixture, cases[i].said);
    }
    assert_result(case_close(fixture->service, &fixture->street, two.gone, "2026-11-20", "其他", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(ask(fixture, two), RESULT_CONFLICT);
    expect_said(fixture, "已经退出");
}

// ---- money

static const char *overpaid(struct fixture *fixture)
{
    static char text[500];
    struct payroll_query query = {.kind = "", .area = STREET};
    struct sheet *sheet = NULL;

    assert_result(payroll_overpaid(fixture->service, &fixture->street, &query, &sheet,
                                   fixture_clear(fixture)),
                  RESULT_OK);
    text[0] = '\0';
    for (size_t row = 0; row < sheet->row_count; row++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s %s %s\n",
                 sheet_get(sheet, row, "name"), sheet_get(sheet, row, "months"),
                 sheet_get(sheet, row, "overpaid"));
    sheet_free(&sheet);
    return text;
}

static void pay_november(struct fixture *fixture)
{
    assert_result(roster_make(fixture, roster_november()), RESULT_OK);
    assert_result(roster_confirm(fixture, &fixture->chief, roster_november()), RESULT_OK);
}

static size_t december_lines(struct fixture *fixture)
{
    fixture_today(fixture, "2026-12-10");
    assert_result(roster_make(fixture, roster_december()), RESULT_OK);
    struct sheet *sheet = roster_show(fixture, roster_december());
    size_t payable = 0;
    for (size_t row = 0; row < sheet->row_count; row++)
        payable += strcmp(sheet_get(sheet, row, "state"), "可发") == 0;
    sheet_free(&sheet);
    return payable;
}

static void a_month_paid_to_both_is_overpaid(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);

    pay_november(fixture);
    assert_string_equal(overpaid(fixture), "");
    merge_two(fixture, two);
    assert_string_equal(overpaid(fixture), "曹俊桂 2026-11 500.00\n");
    assert_int_equal(december_lines(fixture), 1);
    merge_expect_verified(fixture);
}

/** The household was paid once, in whichever of its cases: nothing is overpaid, nothing paid again. */
static void a_month_paid_to_one_is_paid(void **state)
{
    struct fixture *fixture = *state;
    struct two two = {
        house_add(fixture, &(struct house){.names = {"曹俊贵"}}), /* has no account */
        house_add(fixture, &(struct house){.names = {"曹俊桂"}, .account = ACCOUNT2}),
    };

    pay_november(fixture);
    merge_two(fixture, two);
    assert_string_equal(overpaid(fixture), "");
    assert_result(case_change(fixture, &fixture->street, two.kept, "members.0.acct", ACCOUNT),
                  RESULT_OK);
    assert_int_equal(december_lines(fixture), 1);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
}

// ---- the list

static void expect_row(struct fixture *fixture, const char *what, size_t count, const char *remark)
{
    struct sheet *sheet = NULL;
    size_t found = 0;

    assert_result(
        duplicates_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "what"), what) == 0) {
            found++;
            if (remark != NULL)
                assert_string_equal(sheet_get(sheet, row, "remark"), remark);
        }
    assert_int_equal(found, count);
    sheet_free(&sheet);
}

/** The list begins with what must be decided first. */
static void expect_households_first(struct fixture *fixture)
{
    struct sheet *sheet = NULL;

    assert_result(
        duplicates_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_true(sheet->row_count > 1);
    for (size_t row = 0; row < sheet->row_count; row++)
        assert_string_equal(sheet_get(sheet, row, "what"), row == 0 ? "疑似重户" : "疑似重复");
    sheet_free(&sheet);
}

static void households_are_listed_until_somebody_decides(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    struct merge_ask apart = {.households = true,
                              .kept = "2111020022026DB00001",
                              .gone = "2111020022026DB00002",
                              .reason = "兄弟两家"};
    const char *why = "户主疑似同一人；2人疑似同一人；住址相同";

    house_add(fixture, &(struct house){.names = {"郑大海"}});
    expect_row(fixture, "疑似重户", 1, why);
    assert_result(merge_apart(fixture->service, &fixture->street, &apart, fixture_clear(fixture)),
                  RESULT_OK);
    expect_row(fixture, "疑似重户", 0, why);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
    expect_row(fixture, "疑似重户", 1, why);
    expect_households_first(fixture);
    assert_result(ask(fixture, two), RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, 2, "confirm"), RESULT_OK);
    expect_row(fixture, "疑似重户", 0, why);
    expect_row(fixture, "疑似重复", 2, NULL);
}

// ---- what names the case

struct seen {
    uint64_t kept, gone;
    size_t moved, stayed;
};

static const struct reference *find_reference(const char *message, const char *field)
{
    size_t count = 0;
    const struct reference *all = references_all(&count);

    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].message, message) == 0 && strcmp(all[i].field, field) == 0)
            return &all[i];
    return NULL;
}

/** Each field that names a case does what db/references.c says of it. */
static void look(struct seen *seen, const void *record)
{
    const ProtobufCMessage *message = record;
    const ProtobufCMessageDescriptor *type = message->descriptor;

    for (unsigned i = 0; i < type->n_fields; i++) {
        const struct reference *row = find_reference(type->short_name, type->fields[i].name);
        if (row == NULL || row->to != REFERENCE_CASE ||
            type->fields[i].label == PROTOBUF_C_LABEL_REPEATED)
            continue;
        uint64_t id = *(const uint64_t *)((const char *)message + type->fields[i].offset);
        if (id == seen->gone && row->keep == REFERENCE_MOVES)
            fail_msg("%s.%s still names the case that went", type->short_name, row->field);
        seen->moved += id == seen->kept && row->keep == REFERENCE_MOVES;
        seen->stayed += id == seen->gone;
    }
}

#define LOOKER(name, type)                                                                         \
    static enum result look_at_##name(const type *record, void *arg)                               \
    {                                                                                              \
        look(arg, record);                                                                         \
        return RESULT_OK;                                                                          \
    }
LOOKER(alarm, Rec__Alarm)
LOOKER(lead, Rec__Lead)
LOOKER(sheet, Rec__Sheet)
LOOKER(duty, Rec__Duty)

static enum result look_at_all(struct txn *txn, void *arg)
{
    struct seen *seen = arg;
    enum result result = store_alarm_scan(txn, look_at_alarm, arg);

    if (result == 0)
        result = store_lead_scan(txn, look_at_lead, arg);
    if (result == 0)
        result = store_sheet_scan_all(txn, look_at_sheet, arg);
    return result == 0 ? store_duty_of_case(txn, seen->gone, look_at_duty, arg) : result;
}

/** An answered lead, a finished alarm and a row of a printed sheet, all of the second case. */
static enum result put_things(struct txn *txn, void *arg)
{
    const struct seen *seen = arg;
    static char state[] = "done", rule[] = "test", code[] = "ABCDEFG", area[] = VILLAGE,
                kind[] = "finding";
    Rec__Case *casefile = NULL;
    Rec__Alarm alarm = REC__ALARM__INIT;
    Rec__Lead lead = REC__LEAD__INIT;
    Rec__Sheet row = REC__SHEET__INIT;
    enum result result = store_case_get(txn, seen->gone, &casefile);

    if (result != 0)
        return result;
    alarm.id = fixture_id(77);
    alarm.kind = kind;
    lead.rule = rule;
    row.code = code;
    row.number = 1;
    alarm.case_id = lead.case_id = row.case_id = seen->gone;
    alarm.person = lead.person = row.person = casefile->person;
    alarm.state = lead.state = state;
    alarm.area = lead.area = row.area = area;
    rec__case__free_unpacked(casefile, NULL);
    result = store_alarm_put(txn, &alarm);
    if (result == 0)
        result = store_lead_put(txn, &lead);
    return result == 0 ? store_sheet_put(txn, &row) : result;
}

static void what_is_to_be_done_follows_the_household(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    struct seen seen = {.kept = two.kept, .gone = two.gone};

    assert_result(store_run(fixture->service->store, STORE_WRITE, put_things, &seen), RESULT_OK);
    char *before = merge_dump(fixture);
    merge_two(fixture, two);
    assert_result(store_run(fixture->service->store, STORE_READ, look_at_all, &seen), RESULT_OK);
    assert_int_equal(seen.moved, 3);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

// ---- in which order

static void later_merges_come_back_first(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_add(fixture);
    struct merge_ask persons = {.reason = "本人核实"};
    char kept[40], gone[40];
    struct case_view view = case_open(fixture, &fixture->street, two.kept, true);

    snprintf(kept, sizeof kept, "person:%s", sheet_get(view.people, 0, "person_id"));
    case_view_free(&view);
    view = case_open(fixture, &fixture->street, two.gone, true);
    snprintf(gone, sizeof gone, "person:%s", sheet_get(view.people, 0, "person_id"));
    case_view_free(&view);
    persons.kept = kept;
    persons.gone = gone;
    char *before = merge_dump(fixture);

    /* Two heads on the books are merged after their households. */
    assert_result(merge_ask(fixture->service, &fixture->street, &persons, fixture_clear(fixture)),
                  RESULT_CONFLICT);
    merge_two(fixture, two);
    assert_result(merge_ask(fixture->service, &fixture->street, &persons, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(decide(fixture, &fixture->chief, 2, "confirm"), RESULT_OK);
    merge_expect_verified(fixture);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_CONFLICT);
    expect_said(fixture, "请先撤销后来的合并 2");
    if (decide(fixture, &fixture->chief, 2, "undo") != 0)
        fail_msg("%s", fixture->reply.message);
    assert_result(decide(fixture, &fixture->chief, 1, "undo"), RESULT_OK);
    merge_expect_verified(fixture);
    char *after = merge_dump(fixture);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(another_officer_confirms_and_it_comes_back),
        TEST(values_and_people_are_chosen),
        TEST(a_member_of_one_must_be_decided),
        TEST(what_is_no_household_twice_is_refused),
        TEST(a_month_paid_to_both_is_overpaid),
        TEST(a_month_paid_to_one_is_paid),
        TEST(households_are_listed_until_somebody_decides),
        TEST(what_is_to_be_done_follows_the_household),
        TEST(later_merges_come_back_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
