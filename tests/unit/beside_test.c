/*
 * Cases of one person beside each other: exclusions, months, requirements; at entry and afterwards.
 */
#include "service_fixture.h"

#include "base/paths.h"
#include "service/lists/lead.h"

#include <sys/stat.h>

/** A benefit for those who have 低保, and two of which one person may draw one each. */
static const char OFFICE_FORM[] =
    "kind: shengbu\n"
    "title: 测试补贴\n"
    "brief: 补贴\n"
    "code: SB\n"
    "subject: person\n"
    "rank: 60\n"
    "fields:\n"
    "  - {id: lb, label: 种类, type: choice, codes: lb_test, section: 补贴, required: true}\n"
    "  - {id: from_m, label: 起领月, type: month, required: true}\n"
    "codes:\n"
    "  - {id: lb_test, items: [{label: 生活}, {label: 护理}]}\n"
    "excludes:\n"
    "  - {kind: tekun, say: 特困人员不享受补贴}\n"
    "  - {kind: shengbu, when: lb = 生活, other: lb = 生活, say: 已在领生活补贴}\n"
    "  - {kind: shengbu, when: lb = 护理, other: lb = 护理, say: 已在领护理补贴}\n"
    "requires:\n"
    "  - {kinds: [dibao], when: lb = 生活, say: 生活补贴要求本人在低保在册}\n"
    "exits: [死亡, 其他]\n"
    "list: [name, lb]\n"
    "roles: {area: person.area, since: from_m}\n"
    "examples:\n"
    "  - {given: [lb = 生活], others: [dibao.m_cov = 否], expect: lacking, say: 低保在册}\n"
    "  - {given: [lb = 生活], others: [dibao.m_cov = 是], expect: not_lacking}\n"
    "  - {given: [lb = 护理], expect: not_lacking}\n"
    "  - {given: [lb = 护理], others: [shengbu.lb = 生活], expect: together}\n"
    "  - {given: [lb = 护理], others: [shengbu.lb = 护理], expect: excluded, say: 护理}\n";

static char *office_folder;

static int setup(void **state)
{
    fixture_setup(state);
    struct fixture *fixture = *state;
    office_folder = paths_join(fixture->root, "office");
    char *file = paths_join(office_folder, "shengbu.yaml");

    assert_int_equal(mkdir(office_folder, 0700), 0);
    FILE *stream = fopen(file, "w");
    assert_non_null(stream);
    assert_true(fputs(OFFICE_FORM, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
    free(file);
    fixture->office_forms = office_folder;
    fixture_today(fixture, "2026-11-23");
    return 0;
}

static int teardown(void **state)
{
    fixture_teardown(state);
    free(office_folder);
    return 0;
}

// ---- entering

static void person_values(struct fields *values, const char *id_no, const char *from)
{
    fields_set(values, "person.name", "谭怡晓");
    fields_set(values, "person.id_no", id_no);
    fields_set(values, "person.area", VILLAGE);
    fields_set(values, "from_m", from);
}

static enum result add_subsidy(struct fixture *fixture, const char *id_no, const char *which)
{
    struct fields values = {0};

    person_values(&values, id_no, "2026-11");
    fields_set(&values, "lb", which);
    enum result result = case_new(fixture, &fixture->street, "shengbu", &values);
    fields_free(&values);
    return result;
}

static enum result add_tekun(struct fixture *fixture, const char *id_no, const char *mode,
                             const char *from)
{
    struct fields values = {0};

    person_values(&values, id_no, from);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", mode);
    fields_set(&values, "inst", "供养中心");
    fields_set(&values, "wish", "是");
    enum result result = case_new(fixture, &fixture->street, "tekun", &values);
    fields_free(&values);
    return result;
}

static uint64_t add_household(struct fixture *fixture, const char *id_no, const char *covered)
{
    struct fields values = {0};
    char head[19];

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "900");
    fields_set(&values, "from_m", "2026-10");
    fields_set(&values, "members.0.name", "曹俊贵");
    fields_set(&values, "members.0.id_no", fixture_id_no(fixture, head));
    fields_set(&values, "members.0.m_rel", "户主");
    fields_set(&values, "members.0.m_cov", "是");
    fields_set(&values, "members.1.name", "谭怡晓");
    fields_set(&values, "members.1.id_no", id_no);
    fields_set(&values, "members.1.m_rel", "配偶");
    fields_set(&values, "members.1.m_cov", covered);
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static void expect_said(struct fixture *fixture, const char *words)
{
    assert_non_null(fixture->reply.message);
    if (strstr(fixture->reply.message, words) == NULL)
        fail_msg("%s", fixture->reply.message);
}

static void expect_leads(struct fixture *fixture, const char *rule, const char *expected)
{
    struct lead_query query = {.area = "", .rule = rule};
    struct sheet *sheet = NULL;
    char lines[1024] = "";

    assert_result(
        lead_list(fixture->service, &fixture->street, &query, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        size_t length = strlen(lines);
        snprintf(lines + length, sizeof lines - length, "%s %s\n", sheet_get(sheet, row, "name"),
                 sheet_get(sheet, row, "why"));
    }
    assert_string_equal(lines, expected);
    sheet_free(&sheet);
}

static enum result close_case(struct fixture *fixture, uint64_t id, const char *date)
{
    return case_close(fixture->service, &fixture->street, id, date, "其他", 0,
                      fixture_clear(fixture));
}

// ---- tests

static void a_requirement_is_asked_for_and_watched(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    assert_result(add_subsidy(fixture, id_no, "生活"), RESULT_INVALID);
    expect_said(fixture, "生活补贴要求本人在低保在册");
    assert_result(add_subsidy(fixture, id_no, "护理"), RESULT_OK);
    uint64_t household = add_household(fixture, id_no, "否");
    assert_result(add_subsidy(fixture, id_no, "生活"), RESULT_INVALID);
    assert_result(case_change(fixture, &fixture->street, household, "members.1.m_cov", "是"),
                  RESULT_OK);
    assert_result(add_subsidy(fixture, id_no, "生活"), RESULT_OK);
    expect_leads(fixture, "lacking", "");

    /* One each: the file's rules about itself decide. */
    assert_result(add_subsidy(fixture, id_no, "护理"), RESULT_INVALID);
    expect_said(fixture, "已在领护理补贴");

    assert_result(close_case(fixture, household, "2026-11-20"), RESULT_OK);
    expect_leads(fixture, "lacking", "谭怡晓 缺少的前提：生活补贴要求本人在低保在册\n");
}

static void two_are_not_paid_for_one_month(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    uint64_t household = add_household(fixture, fixture_id_no(fixture, id_no), "是");
    assert_result(add_tekun(fixture, id_no, "分散", "2026-11"), RESULT_INVALID);
    expect_said(fixture, "该人已在低保在册，不得同时享受特困");
    assert_result(close_case(fixture, household, "2026-11-20"), RESULT_OK);
    assert_result(add_tekun(fixture, id_no, "分散", "2026-11"), RESULT_INVALID);
    expect_said(fixture, "该人的低保发到2026-11，特困应从2026-12起，同一个月不能领两份");
    assert_result(add_tekun(fixture, id_no, "分散", "2026-12"), RESULT_OK);
    expect_leads(fixture, "excluded", "");
    /* The household cannot come back beside it. */
    assert_result(case_reopen(fixture->service, &fixture->street, household, "登错", 0,
                              fixture_clear(fixture)),
                  RESULT_INVALID);
    expect_said(fixture, "该人已在特困在册，不得同时享受低保");
}

/** Nobody is lost because of it: the officer is told, and the list of leads keeps it. */
static void a_remark_refuses_nothing(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    elder_add(fixture, &(struct elder){.name = "谭怡晓", .id_no = id_no});
    assert_result(add_tekun(fixture, id_no, "集中", "2026-11"), RESULT_OK);
    bool told = false;
    for (size_t i = 0; i < fixture->reply.problems.count; i++)
        told |= strstr(fixture->reply.problems.items[i].text, "还在居家探访里") != NULL;
    assert_true(told);
    expect_leads(fixture, "excluded",
                 "谭怡晓 互斥的业务：探访（2111020022026LR00001）、特困（2111020022026TK00002），"
                 "应保留特困\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_requirement_is_asked_for_and_watched, setup, teardown),
        cmocka_unit_test_setup_teardown(two_are_not_paid_for_one_month, setup, teardown),
        cmocka_unit_test_setup_teardown(a_remark_refuses_nothing, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
