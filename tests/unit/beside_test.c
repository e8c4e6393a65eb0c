/*
 * Cases of one person beside each other: exclusions, months, requirements; at entry and afterwards.
 */
#include "service_fixture.h"

#include "base/mem.h"
#include "base/paths.h"
#include "service/keeping/standard.h"
#include "service/lists/duplicates.h"
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

static uint64_t add_household_of(struct fixture *fixture, const char *head, const char *id_no,
                                 const char *covered)
{
    struct fields values = {0};

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "900");
    fields_set(&values, "from_m", "2026-10");
    fields_set(&values, "members.0.name", "曹俊贵");
    fields_set(&values, "members.0.id_no", head);
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

static uint64_t add_household(struct fixture *fixture, const char *id_no, const char *covered)
{
    char head[19];

    return add_household_of(fixture, fixture_id_no(fixture, head), id_no, covered);
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

/** A row of the list of duplicates has these words. */
static void expect_duplicate(struct fixture *fixture, const char *names, const char *words)
{
    struct sheet *sheet = NULL;
    bool found = false;

    assert_result(
        duplicates_list(fixture->service, &fixture->street, "", &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t row = 0; row < sheet->row_count; row++) {
        char *both =
            mem_printf("%s %s", sheet_get(sheet, row, "name"), sheet_get(sheet, row, "other_name"));
        found |= strcmp(both, names) == 0 && strstr(sheet_get(sheet, row, "remark"), words) != NULL;
        free(both);
    }
    assert_true(found);
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
    expect_said(fixture, "该人已在低保在册，不得同时享受特困；请先办理低保退出");
    assert_result(close_case(fixture, household, "2026-11-20"), RESULT_OK);
    assert_result(add_tekun(fixture, id_no, "分散", "2026-11"), RESULT_INVALID);
    expect_said(fixture, "该人的低保发到2026-11，特困应从2026-12起，同一个月不能领两份");
    assert_result(add_tekun(fixture, id_no, "分散", "2026-12"), RESULT_OK);
    expect_leads(fixture, "excluded", "");
    /* The household cannot come back beside it. */
    assert_result(case_reopen(fixture->service, &fixture->street, household, "登错", 0,
                              fixture_clear(fixture)),
                  RESULT_INVALID);
    expect_said(fixture, "该人已在特困在册，不得同时享受低保；转低保的请先办理特困退出");
}

/** What ends first, the last month of the amount or the case, is the last month that is paid. */
static void the_earlier_end_counts(void **state)
{
    static const struct {
        const char *to, *closed, *last, *next;
    } ends[] = {
        {"", "2026-12-10", "2026-12", "2027-01"},
        {"2026-11", "2026-12-10", "2026-11", "2026-12"},
        {"2027-05", "2026-12-10", "2026-12", "2027-01"},
        {"2026-12", "2026-12-10", "2026-12", "2027-01"},
    };
    struct fixture *fixture = *state;

    fixture_today(fixture, "2026-12-15");
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        char id_no[19], said[128];
        uint64_t household = add_household(fixture, fixture_id_no(fixture, id_no), "是");

        (void)snprintf(said, sizeof said, "该人的低保发到%s，特困应从%s起", ends[i].last,
                       ends[i].next);
        assert_result(case_change(fixture, &fixture->street, household, "to_m", ends[i].to),
                      RESULT_OK);
        assert_result(close_case(fixture, household, ends[i].closed), RESULT_OK);
        assert_result(add_tekun(fixture, id_no, "分散", ends[i].last), RESULT_INVALID);
        expect_said(fixture, said);
        assert_result(add_tekun(fixture, id_no, "分散", ends[i].next), RESULT_OK);
    }
}

static void leave_household(struct fixture *fixture, uint64_t household)
{
    struct case_view view = case_open(fixture, &fixture->street, household, true);
    struct fields values = {0};

    fields_copy(&values, &view.values);
    fields_remove_row(&values, "members", 1);
    struct case_input input = {
        .case_id = household,
        .version = view.version,
        .person_version = view.person_version,
        .values = &values,
        .base = &view.values,
        .confirm = true,
    };
    assert_result(case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    fields_free(&values);
    case_view_free(&view);
}

/** Who leaves a household on the first day of a month was paid with it until the month before. */
static void a_member_is_paid_until_the_day_before(void **state)
{
    static const struct {
        const char *day, *last, *next;
    } leaves[] = {
        {"2026-11-30", "2026-11", "2026-12"},
        {"2026-12-01", "2026-11", "2026-12"},
        {"2026-12-02", "2026-12", "2027-01"},
    };
    struct fixture *fixture = *state;

    for (size_t i = 0; i < sizeof leaves / sizeof leaves[0]; i++) {
        char id_no[19];

        fixture_today(fixture, leaves[i].day);
        leave_household(fixture, add_household(fixture, fixture_id_no(fixture, id_no), "是"));
        fixture_today(fixture, "2026-12-15");
        assert_result(add_tekun(fixture, id_no, "分散", leaves[i].last), RESULT_INVALID);
        assert_result(add_tekun(fixture, id_no, "分散", leaves[i].next), RESULT_OK);
    }
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

// ---- the same within a time

static enum result add_relief_of(struct fixture *fixture, const char *name, const char *id_no,
                                 const char *cause, const char *month, const char *reason)
{
    struct fields values = {0};

    person_values(&values, id_no, month);
    fields_set(&values, "person.name", name);
    fields_set(&values, "ls_kind", "支出型");
    fields_set(&values, "cause", cause);
    fields_set(&values, "again_why", reason);
    fields_set(&values, "obj", "个人");
    fields_set(&values, "level", "镇街");
    fields_set(&values, "way", "现金");
    fields_set(&values, "pay_way", "银行代发");
    fields_set(&values, "amount", "500");
    enum result result = case_new(fixture, &fixture->street, "linshi", &values);
    fields_free(&values);
    return result;
}

static enum result add_relief(struct fixture *fixture, const char *id_no, const char *cause,
                              const char *month, const char *reason)
{
    return add_relief_of(fixture, "谭怡晓", id_no, cause, month, reason);
}

static uint64_t add_given_relief(struct fixture *fixture, const char *id_no, const char *cause,
                                 const char *month, const char *reason)
{
    assert_result(add_relief(fixture, id_no, cause, month, reason), RESULT_OK);
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static void close_with(struct fixture *fixture, uint64_t id, const char *reason)
{
    struct case_view view = case_open(fixture, &fixture->street, id, false);

    assert_result(case_close(fixture->service, &fixture->street, id, "2026-11-20", reason,
                             view.version, fixture_clear(fixture)),
                  RESULT_OK);
    case_view_free(&view);
}

static void a_second_relief_for_one_cause_needs_its_reason(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    uint64_t first = add_given_relief(fixture, id_no, "疾病", "2026-03", "");
    assert_result(add_relief(fixture, id_no, "教育", "2026-11", ""), RESULT_INVALID);
    expect_said(fixture, "该人已有在册临时救助个案"); /* two at once, whatever the cause */
    close_with(fixture, first, "已救助");

    assert_result(add_relief(fixture, id_no, "疾病", "2026-11", ""), RESULT_INVALID);
    expect_said(fixture, "请填写再次救助理由（上次2026-03）");
    assert_result(add_relief(fixture, id_no, "疾病", "2027-02", ""), RESULT_INVALID);
    uint64_t second = add_given_relief(fixture, id_no, "教育", "2026-11", "");
    close_with(fixture, second, "已救助");
    uint64_t third = add_given_relief(fixture, id_no, "疾病", "2026-11", "二次手术");
    expect_leads(fixture, "excluded", "");

    /* The reason is taken out again: whoever looks at night sees it. */
    assert_result(case_change(fixture, &fixture->street, third, "again_why", ""), RESULT_INVALID);
    close_with(fixture, third, "已救助");
    (void)add_given_relief(fixture, id_no, "疾病", "2027-11", "");
}

static void what_was_not_given_does_not_count(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    fixture_id_no(fixture, id_no);
    close_with(fixture, add_given_relief(fixture, id_no, "疾病", "2026-03", ""), "不再需要");
    (void)add_given_relief(fixture, id_no, "疾病", "2026-11", "");
}

/** Entered, imported or found at night: one cause is one household's, whoever of it applies. */
static void one_cause_is_the_whole_households(void **state)
{
    struct fixture *fixture = *state;
    char wife[19];
    char head[19];

    (void)add_household(fixture, fixture_id_no(fixture, wife), "否");
    uint64_t household = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    struct case_view view = case_open(fixture, &fixture->street, household, true);
    snprintf(head, sizeof head, "%s", fields_get(&view.values, "members.0.id_no"));
    case_view_free(&view);
    close_with(fixture, add_given_relief(fixture, wife, "疾病", "2026-03", ""), "已救助");

    assert_result(add_relief_of(fixture, "曹俊贵", head, "疾病", "2026-11", ""), RESULT_INVALID);
    expect_said(fixture, "同一家庭的谭怡晓：该人不久前因同一原因已领过临时救助");
    expect_said(fixture, "（上次2026-03）");
    assert_result(add_relief_of(fixture, "曹俊贵", head, "教育", "2026-11", ""), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    assert_result(case_change(fixture, &fixture->street, id, "cause", "疾病"), RESULT_INVALID);
    close_with(fixture, id, "录入错误");

    assert_result(add_relief_of(fixture, "曹俊贵", head, "疾病", "2026-11", "另一场病"), RESULT_OK);
    expect_leads(fixture, "excluded", "");
}

/** What was entered before they became one household is found at night, with the later of the two. */
static void the_night_finds_it_in_a_household_made_later(void **state)
{
    struct fixture *fixture = *state;
    char wife[19];
    char head[19];

    fixture_id_no(fixture, wife);
    fixture_id_no(fixture, head);
    (void)add_given_relief(fixture, wife, "疾病", "2026-03", "");
    assert_result(add_relief_of(fixture, "曹俊贵", head, "疾病", "2026-11", ""), RESULT_OK);
    expect_leads(fixture, "excluded", "");
    (void)add_household_of(fixture, head, wife, "否");
    fixture_today(fixture, "2026-11-24"); /* the night */
    expect_leads(fixture, "excluded",
                 "曹俊贵 互斥的业务：临时救助（2111020022026LS00002）、"
                 "同一家庭谭怡晓临时救助（2111020022026LS00001）间隔太短\n");
    expect_duplicate(fixture, "谭怡晓 曹俊贵", "同一家庭的曹俊贵：该人不久前因同一原因");
}

/** The time is the office's own, from a day on; a stricter one shows what came before it at night. */
static void the_time_is_a_dated_parameter(void **state)
{
    struct fixture *fixture = *state;
    struct standard_input row = {.name = "临时救助同因间隔月数",
                                 .area = STREET,
                                 .from = "2026-01-01",
                                 .value = "6",
                                 .source = "测试"};
    char id_no[19];

    fixture_id_no(fixture, id_no);
    close_with(fixture, add_given_relief(fixture, id_no, "疾病", "2026-03", ""), "已救助");
    assert_result(add_relief(fixture, id_no, "疾病", "2026-11", ""), RESULT_INVALID);
    assert_result(standard_set(fixture->service, &fixture->system, &row, fixture_clear(fixture)),
                  RESULT_OK);
    (void)add_given_relief(fixture, id_no, "疾病", "2026-11", "");
    expect_leads(fixture, "excluded", "");
    row.value = "9";
    assert_result(standard_set(fixture->service, &fixture->system, &row, fixture_clear(fixture)),
                  RESULT_OK);
    fixture_today(fixture, "2026-11-24"); /* the night */
    expect_leads(
        fixture, "excluded",
        "谭怡晓 "
        "互斥的业务：临时救助（2111020022026LS00001）、临时救助（2111020022026LS00002）间隔太短\n");
}

// ---- limits of amounts

static void set_limit(struct fixture *fixture, const char *name, const char *value)
{
    const struct standard_input row = {
        .name = name, .area = STREET, .from = "2026-01-01", .value = value, .source = "测试"};

    assert_result(standard_set(fixture->service, &fixture->system, &row, fixture_clear(fixture)),
                  RESULT_OK);
}

/** 500 yuan each, by the street. */
static void a_level_gives_no_more_than_its_limit(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    set_limit(fixture, "临时救助限额-镇街", "499.99");
    set_limit(fixture, "临时救助限额-县区", "400");
    assert_result(add_relief(fixture, fixture_id_no(fixture, id_no), "疾病", "2026-11", ""),
                  RESULT_INVALID);
    expect_said(fixture, "超过这一级的限额；镇街的请改为县区审批");
    set_limit(fixture, "临时救助限额-镇街", "500");
    (void)add_given_relief(fixture, id_no, "疾病", "2026-11", "");
}

// ---- a programme's file that is gone

static void put_file(const char *name, const char *text)
{
    char *path = paths_join(office_folder, name);
    FILE *stream = fopen(path, "w");

    assert_non_null(stream);
    assert_true(fputs(text, stream) >= 0);
    assert_int_equal(fclose(stream), 0);
    free(path);
}

static void remove_file(const char *name)
{
    char *path = paths_join(office_folder, name);

    assert_int_equal(remove(path), 0);
    free(path);
}

/** Starts again; NULL: it starts. */
static void expect_start(struct fixture *fixture, const char *refused)
{
    const char *source = getenv("srcdir");
    char *forms = mem_printf("%s/forms", source == NULL ? TESTS_SOURCE : source);
    char *message = NULL;
    struct service_options options = {
        .home = fixture->home,
        .forms = forms,
        .office_forms = office_folder,
        .today = "2026-11-23",
    };

    service_close(&fixture->service);
    enum result result = service_open(&options, &fixture->service, &message);
    if (refused == NULL) {
        assert_result(result, RESULT_OK);
    } else {
        assert_result(result, RESULT_INVALID);
        if (strstr(message, refused) == NULL)
            fail_msg("%s", message);
    }
    free(message);
    free(forms);
}

/** Nobody is lost from lists and figures because a file went away. */
static void a_programme_with_cases_cannot_go(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];

    put_file("gaoling.yaml", "");
    expect_start(fixture, NULL); /* it has no cases */
    uint64_t relief =
        add_given_relief(fixture, fixture_id_no(fixture, id_no), "疾病", "2026-11", "");
    close_with(fixture, relief, "已救助");
    assert_result(add_subsidy(fixture, id_no, "护理"), RESULT_OK);
    put_file("linshi.yaml", "");
    expect_start(
        fixture,
        "临时救助有个案（如 2111020022026LS00001），不能停用；请删去本地的空文件 linshi.yaml");
    remove_file("linshi.yaml");
    remove_file("shengbu.yaml");
    expect_start(fixture, "业务 shengbu 有个案（如 2111020022026SB00002），它的表单文件却不见了");
    put_file("shengbu.yaml", OFFICE_FORM);
    expect_start(fixture, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_requirement_is_asked_for_and_watched, setup, teardown),
        cmocka_unit_test_setup_teardown(two_are_not_paid_for_one_month, setup, teardown),
        cmocka_unit_test_setup_teardown(the_earlier_end_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(a_member_is_paid_until_the_day_before, setup, teardown),
        cmocka_unit_test_setup_teardown(a_remark_refuses_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_second_relief_for_one_cause_needs_its_reason, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_was_not_given_does_not_count, setup, teardown),
        cmocka_unit_test_setup_teardown(one_cause_is_the_whole_households, setup, teardown),
        cmocka_unit_test_setup_teardown(the_night_finds_it_in_a_household_made_later, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(the_time_is_a_dated_parameter, setup, teardown),
        cmocka_unit_test_setup_teardown(a_level_gives_no_more_than_its_limit, setup, teardown),
        cmocka_unit_test_setup_teardown(a_programme_with_cases_cannot_go, setup, teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
