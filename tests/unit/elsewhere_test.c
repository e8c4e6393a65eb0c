/*
 * One person, two streets: 王桂兰 lives in 胜利街道, which visits her, and is the head of a household of
 * 低保 in 建设街道. What the one does to the other's, and what it is told.
 */
#include "alarm_fixture.h"

#define PHONE "13804271234"
#define OTHER_PHONE "13904275678"
#define DIED "2026-11-10"

struct scene {
    struct fixture *fixture;
    char id_no[19];
    uint64_t visited;   /**< 探访, of 胜利街道 */
    uint64_t household; /**< 低保, of 建设街道 */
    uint64_t person;
};

static uint64_t made(const struct fixture *fixture)
{
    return strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
}

static void add_household(struct scene *scene)
{
    static const char *const rest[][2] = {
        {"area", OTHER_VILLAGE},      {"income", "900"},           {"from_m", "2026-01"},
        {"members.0.name", "王桂兰"}, {"members.0.m_rel", "户主"}, {"members.0.m_cov", "是"},
        {"members.1.name", "王小明"}, {"members.1.m_rel", "子"},   {"members.1.m_cov", "是"},
    };
    struct fixture *fixture = scene->fixture;
    struct fields values = {0};
    char son[19];

    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        fields_set(&values, rest[i][0], rest[i][1]);
    fields_set(&values, "members.0.id_no", scene->id_no);
    fields_set(&values, "members.1.id_no", fixture_id_no(fixture, son));
    assert_result(case_new(fixture, &fixture->other_street, "dibao", &values), RESULT_OK);
    scene->household = made(fixture);
    fields_free(&values);
    struct case_view view = case_open(fixture, &fixture->other_street, scene->household, true);
    scene->person = strtoull(sheet_get(view.people, 0, "person_id"), NULL, 10);
    case_view_free(&view);
}

static void scene_begin(struct scene *scene, struct fixture *fixture)
{
    *scene = (struct scene){.fixture = fixture};
    fixture_id_no(fixture, scene->id_no);
    scene->visited = elder_add(fixture, &(struct elder){.id_no = scene->id_no});
    assert_result(case_change(fixture, &fixture->street, scene->visited, "person.phone", PHONE),
                  RESULT_OK);
    add_household(scene);
    expect_home(fixture, &fixture->chief, "");
    expect_home(fixture, &fixture->other_chief, "");
}

static void expect_known(struct scene *scene, const char *name, const char *expected)
{
    struct case_view view =
        case_open(scene->fixture, &scene->fixture->street, scene->visited, true);

    assert_string_equal(fields_get(&view.values, name), expected);
    case_view_free(&view);
}

static void the_street_where_somebody_lives_keeps_the_data(void **state)
{
    static const struct {
        const char *name, *value;
        enum result result;
    } changes[] = {
        {"members.0.phone", OTHER_PHONE, RESULT_INVALID},
        {"members.0.phone", "", RESULT_INVALID},
        {"members.0.address", "别处1号楼", RESULT_INVALID},
        {"members.0.name", "王桂芝", RESULT_INVALID},
        {"members.1.phone", OTHER_PHONE, RESULT_OK}, /* the son lives there */
        {"income", "800", RESULT_OK},                /* the household's own */
        {"members.0.m_cov", "否", RESULT_OK},        /* her place in it */
    };
    struct fixture *fixture = *state;
    struct scene scene;

    scene_begin(&scene, fixture);
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        enum result result = case_change(fixture, &fixture->other_street, scene.household,
                                         changes[i].name, changes[i].value);
        if (result != changes[i].result)
            fail_msg("%s: %s %s", changes[i].name, result_name(result), fixture->reply.message);
        if (result != 0)
            assert_string_equal(fixture->reply.message,
                                "此人的资料由居住地镇街登记，这一项请联系那里改。");
        expect_known(&scene, "person.phone", PHONE);
        expect_known(&scene, "person.name", "王桂兰");
    }
    /* Where she lives they change it; and without a case there nobody keeps it any more. */
    assert_result(
        case_change(fixture, &fixture->street, scene.visited, "person.phone", OTHER_PHONE),
        RESULT_OK);
    assert_result(case_close(fixture->service, &fixture->street, scene.visited, "2026-11-20",
                             "入住机构", 0, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(
        case_change(fixture, &fixture->other_street, scene.household, "members.0.phone", PHONE),
        RESULT_OK);
    expect_verified(fixture, NULL);
}

static enum result die(struct scene *scene)
{
    struct fixture *fixture = scene->fixture;
    struct case_exit exit = {
        .case_id = scene->household, .date = DIED, .reason = "死亡", .person = scene->person};

    return case_exit(fixture->service, &fixture->other_street, &exit, fixture_clear(fixture));
}

static void a_death_entered_by_another_street_is_told(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene;

    scene_begin(&scene, fixture);
    assert_result(die(&scene), RESULT_OK);
    assert_non_null(strstr(fixture->reply.message, "已告知有此人个案的其他镇街"));
    assert_null(strstr(fixture->reply.message, "探访"));
    expect_home(fixture, &fixture->chief,
                "他街登记 王桂兰 建设街道登记于 2026-11-10 死亡，探访退出，请核对\n");
    expect_home(fixture, &fixture->village, ""); /* whoever may end cases sees to it */
    expect_home(fixture, &fixture->other_chief,
                "亡故待办 王桂兰 已于 2026-11-10 死亡，仍在低保保障，请办理\n");
    uint64_t alarm = alarm_at(fixture, 0);
    assert_result(alarm_finish(fixture->service, &fixture->other_street, alarm, "不归他们办",
                               fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(alarm_finish(fixture->service, &fixture->chief, alarm, "已上门核实，属实",
                               fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    expect_verified(fixture, NULL);
}

static void so_is_one_that_was_none(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene;

    scene_begin(&scene, fixture);
    assert_result(die(&scene), RESULT_OK);
    assert_result(case_change(fixture, &fixture->other_street, scene.household, "members.0.death",
                              "2026-11-08"),
                  RESULT_OK);
    assert_result(
        case_change(fixture, &fixture->other_street, scene.household, "members.0.death", ""),
        RESULT_OK);
    char *text = home_text(fixture, &fixture->chief);
    assert_non_null(strstr(text, "建设街道登记于 2026-11-10 死亡，探访退出，请核对\n"));
    assert_non_null(strstr(text, "建设街道登记于 2026-11-08 死亡，探访按此日期退出，请核对\n"));
    assert_non_null(strstr(text, "建设街道撤回了死亡登记，探访恢复在册，请核对\n"));
    free(text);
    expect_verified(fixture, NULL);
}

/** Within a street nobody has to be told. */
static void one_street_tells_itself_nothing(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene;

    scene_begin(&scene, fixture);
    assert_result(case_close(fixture->service, &fixture->street, scene.visited, DIED, "死亡", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    expect_home(fixture, &fixture->chief, "");
    char *text = home_text(fixture, &fixture->other_chief);
    assert_non_null(strstr(text, "他街登记 王桂兰 胜利街道登记于 2026-11-10 死亡，低保仍在册"));
    free(text);
}

/** A ledger that has somebody in a village of its own takes nobody in. */
static void a_ledger_moves_nobody(void **state)
{
    struct fixture *fixture = *state;
    struct fields values = {0};
    struct scene scene;
    struct case_input input = {
        .kind = "tanfang", .values = &values, .confirm = true, .batch = "20261123-9"};

    scene_begin(&scene, fixture);
    elder_values(&(struct elder){.id_no = scene.id_no, .area = OTHER_VILLAGE}, &values);
    assert_result(
        case_save(fixture->service, &fixture->other_street, &input, fixture_clear(fixture)),
        RESULT_INVALID);
    bool at_area = false;
    for (size_t i = 0; i < fixture->reply.problems.count; i++)
        at_area |= strcmp(fixture->reply.problems.items[i].field, "person.area") == 0;
    assert_true(at_area);
    fields_free(&values);
    expect_known(&scene, "person.area", VILLAGE);
}

static void who_is_taken_in_is_told_where_they_were(void **state)
{
    struct fixture *fixture = *state;
    struct scene scene;

    scene_begin(&scene, fixture);
    assert_result(case_change(fixture, &fixture->other_street, scene.household, "members.0.area",
                              OTHER_VILLAGE),
                  RESULT_OK);
    char *text = home_text(fixture, &fixture->chief);
    assert_non_null(strstr(text, "他街登记 王桂兰 建设街道登记此人迁入"));
    free(text);
    assert_result(case_change(fixture, &fixture->other_street, scene.household, "members.0.phone",
                              OTHER_PHONE),
                  RESULT_OK);
    assert_result(case_change(fixture, &fixture->street, scene.visited, "person.phone", PHONE),
                  RESULT_INVALID);
    expect_known(&scene, "person.phone", OTHER_PHONE);
    expect_verified(fixture, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_street_where_somebody_lives_keeps_the_data),
        TEST(a_death_entered_by_another_street_is_told),
        TEST(so_is_one_that_was_none),
        TEST(one_street_tells_itself_nothing),
        TEST(a_ledger_moves_nobody),
        TEST(who_is_taken_in_is_told_where_they_were),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
