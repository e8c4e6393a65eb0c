/*
 * Cases and people: saving, merging, double registration, exclusions, ending.
 */
#include "service_fixture.h"

#include "service/cases/person.h"
#include "service/lists/audit.h"

#include <inttypes.h>

static void expect_problem(struct fixture *fixture, const char *field, const char *words)
{
    const struct problems *problems = &fixture->reply.problems;

    for (size_t i = 0; i < problems->count; i++)
        if (strcmp(problems->items[i].field, field) == 0 &&
            strstr(problems->items[i].text, words) != NULL)
            return;
    for (size_t i = 0; i < problems->count; i++)
        print_error("%s: %s\n", problems->items[i].field, problems->items[i].text);
    fail_msg("no problem at %s with %s", field, words);
}

// ---- new cases

static void test_number_and_values(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    char birth[16];
    struct fields values = {0};

    elder_values(&(struct elder){.id_no = fixture_id_no(fixture, id_no), .tier = "中"}, &values);
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    assert_string_equal(fields_get(&fixture->reply.values, "number"), "2111020022026LR00001");
    assert_string_equal(fields_get(&fixture->reply.values, "version"), "1");
    struct case_view view =
        case_open(fixture, &fixture->street,
                  strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10), true);
    assert_string_equal(fields_get(&view.values, "person.id_no"), id_no);
    snprintf(birth, sizeof birth, "%.4s-%.2s-%.2s", &id_no[6], &id_no[10], &id_no[12]);
    assert_string_equal(fields_get(&view.values, "person.birth"), birth);
    assert_string_equal(fields_get(&view.values, "categories"), "独居;空巢");
    assert_string_equal(fields_get(&view.values, "tier"), "中");
    assert_string_equal(fields_get(&view.values, "person.area"), VILLAGE);
    assert_int_equal(view.duties->row_count, 2); /* October and November */
    case_view_free(&view);
    fields_free(&values);
}

static void test_refused_input(void **state)
{
    struct fixture *fixture = *state;
    static const struct {
        const char *name, *value, *field, *words;
    } cases[] = {
        {"person.name", "", "person.name", "姓名为空"},
        {"person.id_no", "21110219450101001", "person.id_no", "身份证号"},
        {"person.area", "211102002999", "person.area", "区划代码"},
        {"person.area", STREET, "person.area", "村或社区"},
        {"in_on", "2026-02-30", "in_on", "纳入日期"},
        {"in_on", "2026-11-24", "in_on", "将来"},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fields values = {0};
        char id_no[19];
        elder_values(&(struct elder){.id_no = fixture_id_no(fixture, id_no)}, &values);
        fields_set(&values, cases[i].name, cases[i].value);
        assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_INVALID);
        expect_problem(fixture, cases[i].field, cases[i].words);
        fields_free(&values);
    }
}

static void test_rights(void **state)
{
    struct fixture *fixture = *state;
    const struct caller *callers[] = {&fixture->village, &fixture->county, &fixture->auditor,
                                      &fixture->other_street};

    for (size_t i = 0; i < COUNT(callers); i++) {
        struct fields values = {0};
        char id_no[19];
        elder_values(&(struct elder){.id_no = fixture_id_no(fixture, id_no)}, &values);
        assert_result(case_new(fixture, callers[i], "tanfang", &values), RESULT_DENIED);
        fields_free(&values);
    }
}

static void test_double_registration(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};

    fixture_id_no(fixture, id_no);
    uint64_t first = elder_add(fixture, &(struct elder){.id_no = id_no});
    elder_values(&(struct elder){.id_no = id_no}, &values);
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_INVALID);
    expect_problem(fixture, "person.id_no",
                   "该人已有在册探访个案（胜利街道团结社区，2111020022026LR00001）");
    /* Another street learns neither which programme it is nor where. */
    fields_set(&values, "person.area", OTHER_VILLAGE);
    assert_result(case_new(fixture, &fixture->other_street, "tanfang", &values), RESULT_INVALID);
    expect_problem(fixture, "person.id_no",
                   "此人在您的辖区以外已有登记，这里不能办理，请报上级民政核实");
    /* After the exit the same person may come back, and is the same person. */
    assert_result(case_close(fixture->service, &fixture->street, first, "2026-11-01", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_new(fixture, &fixture->other_street, "tanfang", &values), RESULT_OK);
    struct case_view view =
        case_open(fixture, &fixture->other_street,
                  strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10), true);
    assert_int_equal(view.others->row_count, 0); /* the closed one lies in another street */
    case_view_free(&view);
    fields_free(&values);
}

static void test_other_name_for_a_known_number(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};

    fixture_id_no(fixture, id_no);
    uint64_t first = elder_add(fixture, &(struct elder){.id_no = id_no, .name = "王桂兰"});
    assert_result(case_close(fixture->service, &fixture->street, first, "2026-11-01", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    elder_values(&(struct elder){.id_no = id_no, .name = "王桂芝"}, &values);
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_INVALID);
    expect_problem(fixture, "person.name", "已登记在“王桂兰”名下");
    fields_free(&values);
}

/* What is known of a person need not be typed again, and an empty field does not erase it. */
static void test_known_person_is_filled_in(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};
    const struct person_query query = {.id_no = id_no};
    struct person_view known = {0};
    struct sheet *cases = NULL;

    fixture_id_no(fixture, id_no);
    elder_values(&(struct elder){.id_no = id_no}, &values);
    fields_set(&values, "person.phone", "13704270001");
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    fields_free(&values);

    assert_result(
        person_get(fixture->service, &fixture->street, &query, &known, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(fields_get(&known.values, "person.phone"), "13704270001");
    assert_int_equal(known.cases->row_count, 1);
    person_view_free(&known);
    /* It was seen whole: that is on record. */
    assert_result(audit_list(fixture->service, &fixture->auditor,
                             &(struct audit_query){
                                 .record = "", .officer = "", .since = "", .action = "case.open"},
                             &cases, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(cases->row_count, 1);
    char *record = mem_printf("person:%" PRIu64, fixture_id(1));
    assert_string_equal(sheet_get(cases, 0, "record"), record);
    free(record);
    sheet_free(&cases);
    /* Elsewhere nothing is. */
    assert_result(person_get(fixture->service, &fixture->other_street, &query, &known,
                             fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_string_equal(fixture->reply.message,
                        "此人在您的辖区以外已有登记，这里不能办理，请报上级民政核实。");

    fields_set(&values, "person.name", "王桂兰");
    fields_set(&values, "person.id_no", id_no);
    fields_set(&values, "tk_kind", "老年人");
    fields_set(&values, "mode", "分散");
    fields_set(&values, "wish", "否");
    fields_set(&values, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &values), RESULT_OK);
    struct case_view view =
        case_open(fixture, &fixture->street,
                  strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10), true);
    assert_string_equal(fields_get(&view.values, "person.phone"), "13704270001");
    assert_string_equal(fields_get(&view.values, "person.area"), VILLAGE);
    assert_int_equal(view.others->row_count, 1);
    case_view_free(&view);
    fields_free(&values);
}

// ---- households

static void household_values(struct fields *values, const char *head, const char *spouse)
{
    fields_set(values, "area", VILLAGE);
    fields_set(values, "cls", "B");
    fields_set(values, "income", "1,250.00");
    fields_set(values, "from_m", "2026-10");
    fields_set(values, "members.0.name", "曹俊贵");
    fields_set(values, "members.0.id_no", head);
    fields_set(values, "members.0.m_rel", "户主");
    fields_set(values, "members.0.m_cov", "是");
    fields_set(values, "members.1.name", "谭怡晓");
    fields_set(values, "members.1.id_no", spouse);
    fields_set(values, "members.1.m_rel", "配偶");
    fields_set(values, "members.1.m_cov", "是");
}

static void test_household(void **state)
{
    struct fixture *fixture = *state;
    char head[19];
    char spouse[19];
    struct fields values = {0};
    struct fields tekun = {0};

    household_values(&values, fixture_id_no(fixture, head), fixture_id_no(fixture, spouse));
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    struct case_view view = case_open(fixture, &fixture->street, id, true);
    assert_string_equal(fields_get(&view.values, "members.1.name"), "谭怡晓");
    assert_string_equal(fields_get(&view.values, "income"), "1250.00");
    assert_string_equal(fields_get(&view.values, "inc_pc"), "625.00");
    assert_string_equal(fields_get(&view.values, "n_all"), "2");

    /* No second household, and no 特困, for either of them. */
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_INVALID);
    expect_problem(fixture, "members.1.id_no", "已在另一户低保在册");
    fields_set(&tekun, "person.name", "谭怡晓");
    fields_set(&tekun, "person.id_no", spouse);
    fields_set(&tekun, "person.area", VILLAGE);
    fields_set(&tekun, "tk_kind", "老年人");
    fields_set(&tekun, "mode", "分散");
    fields_set(&tekun, "wish", "否");
    fields_set(&tekun, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_INVALID);
    expect_problem(fixture, "person.id_no", "该人已在低保在册，不得同时享受特困；请先办理低保退出");

    /* As it was opened, it is saved again: money does not grow on the way. */
    struct case_input input = {
        .case_id = id,
        .version = view.version,
        .person_version = view.person_version,
        .values = &view.values,
        .base = &view.values,
        .confirm = true,
    };
    assert_result(case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    struct case_view again = case_open(fixture, &fixture->street, id, true);
    assert_true(fields_equal(&again.values, &view.values));
    case_view_free(&again);

    /* Whoever leaves the household may draw something else, from the next month. */
    fields_remove_row(&view.values, "members", 1);
    input.version = 2;
    assert_result(case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_INVALID);
    expect_problem(fixture, "person.id_no", "该人的低保发到2026-11，特困应从2026-12起");
    fields_set(&tekun, "from_m", "2026-12");
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_OK);
    case_view_free(&view);
    fields_free(&values);
    fields_free(&tekun);
}

/** The others and their cases, for whoever may see them; what is shared holds nothing personal. */
static void test_who_lives_together(void **state)
{
    struct fixture *fixture = *state;
    char head[19], spouse[19];
    struct fields values = {0};
    struct person_view known = {0};
    struct person_query query = {.id_no = head};

    household_values(&values, fixture_id_no(fixture, head), fixture_id_no(fixture, spouse));
    fields_set(&values, "members.0.phone", "13704270001");
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    elder_values(&(struct elder){.id_no = spouse}, &values);
    fields_set(&values, "person.name", "谭怡晓");
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    fields_free(&values);

    assert_result(
        person_get(fixture->service, &fixture->street, &query, &known, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(known.household->row_count, 1);
    assert_string_equal(sheet_get(known.household, 0, "name"), "谭怡晓");
    assert_string_equal(sheet_get(known.household, 0, "relation"), "配偶");
    assert_string_equal(sheet_get(known.household, 0, "kind_name"), "探访");
    query = (struct person_query){.person = known.person, .shared = true};
    person_view_free(&known);
    assert_result(
        person_get(fixture->service, &fixture->street, &query, &known, fixture_clear(fixture)),
        RESULT_OK);
    assert_string_equal(fields_get(&known.values, "person.phone"), "13704270001");
    assert_string_equal(fields_get(&known.values, "person.name"), "");
    assert_string_equal(fields_get(&known.values, "person.id_no"), "");
    person_view_free(&known);
    assert_result(person_get(fixture->service, &fixture->other_street, &query, &known,
                             fixture_clear(fixture)),
                  RESULT_DENIED);
}

static void test_same_person_twice_in_a_household(void **state)
{
    struct fixture *fixture = *state;
    char head[19];
    struct fields values = {0};

    fixture_id_no(fixture, head);
    household_values(&values, head, head);
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_INVALID);
    expect_problem(fixture, "members.1.id_no", "重复");
    fields_free(&values);
}

// ---- two officers at once

struct two {
    struct fixture *fixture;
    uint64_t id;
    struct case_view opened; /* as both saw it */
};

static struct two two_begin(struct fixture *fixture)
{
    struct two two = {.fixture = fixture, .id = elder_add(fixture, &(struct elder){0})};

    two.opened = case_open(fixture, &fixture->street, two.id, true);
    return two;
}

/* Saves what was opened with one field changed. */
static enum result two_save(struct two *two, const struct caller *caller, const char *name,
                            const char *value)
{
    struct fields values = {0};
    struct case_input input = {
        .case_id = two->id,
        .version = two->opened.version,
        .person_version = two->opened.person_version,
        .values = &values,
        .base = &two->opened.values,
        .confirm = true,
    };

    fields_copy(&values, &two->opened.values);
    fields_set(&values, name, value);
    enum result result =
        case_save(two->fixture->service, caller, &input, fixture_clear(two->fixture));
    fields_free(&values);
    return result;
}

static void test_different_fields_merge(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);

    assert_result(two_save(&two, &fixture->street, "tier", "高"), RESULT_OK);
    assert_result(two_save(&two, &fixture->chief, "person.phone", "13704270002"), RESULT_OK);
    assert_result(two_save(&two, &fixture->chief, "gp", "李医生"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, two.id, true);
    assert_string_equal(fields_get(&view.values, "tier"), "高");
    assert_string_equal(fields_get(&view.values, "person.phone"), "13704270002");
    assert_string_equal(fields_get(&view.values, "gp"), "李医生");
    assert_string_equal(sheet_get(view.duties, 1, "need"), "4");
    case_view_free(&view);
    case_view_free(&two.opened);
}

static void test_same_field_is_a_conflict(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);

    assert_result(two_save(&two, &fixture->street, "tier", "高"), RESULT_OK);
    assert_result(two_save(&two, &fixture->chief, "tier", "中"), RESULT_CONFLICT);
    assert_string_equal(fields_get(&fixture->reply.values, "theirs.tier"), "高");
    assert_string_equal(fields_get(&fixture->reply.values, "officer"), "张敏");
    assert_string_equal(fields_get(&fixture->reply.values, "version"), "2");
    /* The same change twice is none. */
    assert_result(two_save(&two, &fixture->chief, "tier", "高"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, two.id, true);
    assert_string_equal(fields_get(&view.values, "tier"), "高");
    case_view_free(&view);
    case_view_free(&two.opened);
}

/* Without the values the form began with, an older version is refused where values differ. */
static void test_old_version_without_base(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);
    struct case_input input = {
        .case_id = two.id,
        .version = two.opened.version,
        .person_version = two.opened.person_version,
        .values = &two.opened.values,
        .confirm = true,
    };

    assert_result(two_save(&two, &fixture->street, "tier", "高"), RESULT_OK);
    assert_result(case_save(fixture->service, &fixture->chief, &input, fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_string_equal(fields_get(&fixture->reply.values, "theirs.tier"), "高");
    case_view_free(&two.opened);
}

// ---- moving and ending

static void test_move_takes_open_months_along(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);

    assert_result(
        month_close(fixture->service, &fixture->chief, "2026-10", STREET, fixture_clear(fixture)),
        RESULT_OK);
    assert_result(two_save(&two, &fixture->street, "person.area", VILLAGE2), RESULT_OK);
    assert_string_equal(board_line(fixture, "2026-10", "village", VILLAGE, false),
                        "1 0 0 0 1 0 0 0 0 0.0");
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false), "");
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE2, false),
                        "1 0 0 1 0 0 0 0 0 0.0");
    case_view_free(&two.opened);
}

static void test_close(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){.since = "2026-10-05"});
    static const struct {
        const char *date, *reason;
        enum result result;
    } cases[] = {
        {"2026-11-24", "迁出", RESULT_INVALID},     {"2026-10-04", "迁出", RESULT_INVALID},
        {"2026-11-20", "不想去了", RESULT_INVALID}, {"", "迁出", RESULT_INVALID},
        {"2026-11-20", "迁出", RESULT_OK},          {"2026-11-20", "迁出", RESULT_EXISTS},
    };

    for (size_t i = 0; i < COUNT(cases); i++)
        assert_result(case_close(fixture->service, &fixture->street, elder, cases[i].date,
                                 cases[i].reason, 0, fixture_clear(fixture)),
                      cases[i].result);
    assert_string_equal(why_line(fixture, "2026-11", elder, false),
                        "not_counted 减员免计：迁出 2026-11-20");
}

static void test_close_checks_the_version(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);

    assert_result(two_save(&two, &fixture->street, "tier", "高"), RESULT_OK);
    assert_result(case_close(fixture->service, &fixture->street, two.id, "2026-11-20", "迁出", 1,
                             fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_result(case_close(fixture->service, &fixture->street, two.id, "2026-11-20", "迁出", 2,
                             fixture_clear(fixture)),
                  RESULT_OK);
    case_view_free(&two.opened);
}

/* Death ends every case of the person on its true day, and a visit said to be made after it does
 * not count. */
static void test_death(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields tekun = {0};

    fixture_id_no(fixture, id_no);
    uint64_t elder = elder_add(fixture, &(struct elder){.id_no = id_no});
    fields_set(&tekun, "person.name", "王桂兰");
    fields_set(&tekun, "person.id_no", id_no);
    fields_set(&tekun, "tk_kind", "老年人");
    fields_set(&tekun, "mode", "分散");
    fields_set(&tekun, "wish", "否");
    fields_set(&tekun, "from_m", "2026-01");
    assert_result(case_new(fixture, &fixture->street, "tekun", &tekun), RESULT_OK);
    uint64_t second = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    visit_ok(fixture, elder, "2026-11-12");
    assert_result(case_close(fixture->service, &fixture->street, elder, "2026-11-10", "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, second, true);
    assert_string_equal(view.state, "closed");
    assert_string_equal(view.closed_on, "2026-11-10");
    assert_string_equal(view.exit_reason, "死亡");
    assert_string_equal(fields_get(&view.values, "person.death"), "2026-11-10");
    case_view_free(&view);
    assert_string_equal(why_line(fixture, "2026-11", elder, false),
                        "not_counted 减员免计：死亡 2026-11-10");
    visit_expect(fixture, elder, "2026-11-09", "上门", "成功", RESULT_OK);
    assert_string_equal(why_line(fixture, "2026-11", elder, false),
                        "reached 已访：2026-11-09 上门 刘洋（补录）");
    fields_free(&tekun);
}

/* The day of death typed into the form ends the cases as well. */
static void test_death_in_the_form(void **state)
{
    struct fixture *fixture = *state;
    struct two two = two_begin(fixture);

    assert_result(two_save(&two, &fixture->street, "person.death", "2026-11-10"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, two.id, true);
    assert_string_equal(view.state, "closed");
    assert_string_equal(view.exit_reason, "死亡");
    case_view_free(&view);
    assert_result(two_save(&two, &fixture->street, "tier", "高"), RESULT_CLOSED);
    case_view_free(&two.opened);
}

static void test_review(void **state)
{
    struct fixture *fixture = *state;
    char head[19];
    char spouse[19];
    struct fields values = {0};

    household_values(&values, fixture_id_no(fixture, head), fixture_id_no(fixture, spouse));
    fields_set(&values, "from_m", "2026-05"); /* B: half a year, so November */
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    assert_result(case_review(fixture->service, &fixture->street, id, "2026-11-24", "继续", "",
                              fixture_clear(fixture)),
                  RESULT_INVALID);
    assert_result(case_review(fixture->service, &fixture->street, id, "2026-11-20", "", "",
                              fixture_clear(fixture)),
                  RESULT_INVALID);
    struct case_view view = case_open(fixture, &fixture->street, id, true);
    assert_int_equal(view.duties->row_count, 1);
    assert_string_equal(sheet_get(view.duties, 0, "type"), "review");
    assert_string_equal(sheet_get(view.duties, 0, "words"), "待访");
    case_view_free(&view);
    assert_result(case_review(fixture->service, &fixture->street, id, "2026-11-20", "继续", "",
                              fixture_clear(fixture)),
                  RESULT_OK);
    view = case_open(fixture, &fixture->street, id, true);
    assert_string_equal(sheet_get(view.duties, 0, "words"), "达标");
    assert_string_equal(sheet_get(view.reviews, 0, "result"), "继续");
    case_view_free(&view);
    fields_free(&values);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_number_and_values, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_refused_input, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_rights, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_double_registration, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_other_name_for_a_known_number, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_known_person_is_filled_in, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_household, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_who_lives_together, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_same_person_twice_in_a_household, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_different_fields_merge, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_same_field_is_a_conflict, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_old_version_without_base, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_move_takes_open_months_along, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_close, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_close_checks_the_version, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_death, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_death_in_the_form, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_review, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
