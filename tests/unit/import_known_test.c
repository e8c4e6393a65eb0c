/* Ledgers that meet what is known already: differences, other streets, undoing, households, maps. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "service/cases/case.h"
#include "service/cases/case_edit.h"
#include "service/cases/person.h"

#include <inttypes.h>
#include <locale.h>

static struct office office;
static struct caller victory, revival; /* officers of two streets */

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    victory = office_officer(&office, ROLE_STREET, "a", "211102002000");
    revival = office_officer(&office, ROLE_STREET, "b", "211103001000");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

#define WANG "211102194001012342"
#define LIU "211102194105023417"
#define ROLL "村,姓名,身份证号,类别,纳入日期,联系电话,住址\n"
#define CARE "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,联系电话,住址\n"

static struct import_result take_with(const struct caller *who, const char *text,
                                      const struct import_options *options, char **ret_batch)
{
    struct import_result result = {0};
    struct caller before = office.street;
    char *batch = NULL;
    char *path = paths_join(office.home.root, "rows.csv");
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    office.street = *who;
    office.street.number = before.number + 100;
    if (office_import_with(&office, path, options, &result, &batch) != 0)
        fail_msg("%s", office.reply.message);
    before.number = office.street.number;
    office.street = before;
    if (ret_batch != NULL)
        *ret_batch = batch;
    else
        free(batch);
    free(path);
    return result;
}

static struct import_result take(const struct caller *who, const char *kind, const char *text,
                                 char **ret_batch)
{
    return take_with(who, text,
                     &(struct import_options){.kind = kind, .file = "rows.csv", .save_map = ""},
                     ret_batch);
}

static void expect_accepted(struct import_result result, uint64_t accepted, const char *reason)
{
    const char *said =
        result.refusals->row_count > 0 ? sheet_get(result.refusals, 0, "reason") : "";

    if (result.accepted != accepted || strstr(said, reason) == NULL)
        fail_msg("%" PRIu64 " accepted: %s", result.accepted, said);
    import_result_free(&result);
}

static char *value_of(const char *id_no, const char *field)
{
    struct person_view known = {0};

    office.street.number++;

    assert_ok(person_get(office.service, &office.street, &(struct person_query){.id_no = id_no},
                         &known, &office.reply));
    char *value = mem_copy(fields_get(&known.values, field));
    person_view_free(&known);
    return value;
}

static void expect_known(const char *id_no, const char *field, const char *expected)
{
    char *value = value_of(id_no, field);

    assert_string_equal(value, expected);
    free(value);
}

static void take_back(const char *batch, size_t left)
{
    struct sheet *unrestored = NULL;

    reply_free(&office.reply);
    office.street.number++;
    assert_ok(import_undo(office.service, &office.street, batch, &unrestored, &office.reply));
    assert_int_equal(unrestored != NULL ? unrestored->row_count : 0, left);
    sheet_free(&unrestored);
}

// ---- known persons

/** As an officer changes a field of the first case on the screen. */
static void change_case(const char *field, const char *value)
{
    struct case_view view = {0};
    struct fields base = {0};

    office.street.number++;
    assert_ok(
        case_get(office.service, &office.street, office_id(1), "", true, &view, &office.reply));
    fields_copy(&base, &view.values);
    fields_set(&view.values, field, value);
    reply_free(&office.reply);
    office.street.number++;
    assert_ok(case_save(office.service, &office.street,
                        &(struct case_input){.case_id = office_id(1),
                                             .version = view.version,
                                             .person_version = view.person_version,
                                             .values = &view.values,
                                             .base = &base,
                                             .confirm = true,
                                             .batch = ""},
                        &office.reply));
    fields_free(&base);
    case_view_free(&view);
}

static void a_second_ledger_fills_and_does_not_replace(void **state)
{
    struct import_result result;
    char *batch = NULL;

    (void)state;
    expect_accepted(take(&victory, "tanfang",
                         ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,\n", NULL),
                    1, "");
    result =
        take(&victory, "tekun",
             CARE "团结社区,王桂兰," WANG ",老年人,分散,否,2026-09,13800138002,旌旗1号\n", &batch);
    assert_int_equal(result.accepted, 1);
    assert_int_equal(result.differences->row_count, 2);
    assert_string_equal(sheet_get(result.differences, 0, "label"), "所在村(社区)");
    assert_string_equal(sheet_get(result.differences, 0, "name"), "王桂兰");
    assert_string_equal(sheet_get(result.differences, 1, "known"), "13800138001");
    assert_string_equal(sheet_get(result.differences, 1, "value"), "13800138002");
    import_result_free(&result);
    expect_known(WANG, "person.phone", "13800138001");
    expect_known(WANG, "person.area", "211102002005");
    expect_known(WANG, "person.address", "旌旗1号"); /* was empty */
    take_back(batch, 0);
    expect_known(WANG, "person.address", "");
    expect_known(WANG, "person.phone", "13800138001");
    free(batch);
}

/** A ledger learns that a diagnosis differs, not which one is stored. */
static void a_sensitive_difference_is_masked(void **state)
{
    (void)state;
    expect_accepted(take(&victory, "tanfang",
                         "村,姓名,身份证号,类别,纳入日期,病种\n"
                         "旌旗社区,王桂兰," WANG ",独居,2026-09-01,尿毒症\n",
                         NULL),
                    1, "");
    struct import_result result =
        take(&victory, "tekun",
             "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,病种\n"
             "旌旗社区,王桂兰," WANG ",老年人,分散,否,2026-09,肺癌\n",
             NULL);
    assert_int_equal(result.differences->row_count, 1);
    assert_string_equal(sheet_get(result.differences, 0, "field"), "person.disease");
    assert_string_equal(sheet_get(result.differences, 0, "known"), "******");
    assert_string_equal(sheet_get(result.differences, 0, "value"), "肺癌");
    import_result_free(&result);
    expect_known(WANG, "person.disease", "尿毒症");
}

/** A difference that somebody decided for the ledger. */
static void a_decided_difference_is_taken(void **state)
{
    const struct import_take takes[] = {{2, "person.phone"}, {3, "person.address"}};
    char *batch = NULL;

    (void)state;
    expect_accepted(take(&victory, "tanfang",
                         ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,一号\n", NULL),
                    1, "");
    struct import_result result = take_with(
        &victory, CARE "旌旗社区,王桂兰," WANG ",老年人,分散,否,2026-09,13800138002,二号\n",
        &(struct import_options){.kind = "tekun",
                                 .file = "rows.csv",
                                 .save_map = "",
                                 .take_count = COUNT(takes),
                                 .takes = takes},
        &batch);
    assert_int_equal(result.differences->row_count, 1);
    assert_string_equal(sheet_get(result.differences, 0, "field"), "person.address");
    import_result_free(&result);
    expect_known(WANG, "person.phone", "13800138002");
    expect_known(WANG, "person.address", "一号");
    take_back(batch, 0);
    expect_known(WANG, "person.phone", "13800138001");
    free(batch);
}

/** Where somebody is on the books is not for an import to decide. */
static void a_village_is_never_taken(void **state)
{
    const struct import_take takes[] = {{2, "person.area"}};
    char *batch = NULL;
    const char *care = CARE "团结社区,王桂兰," WANG ",老年人,分散,否,2026-09,,\n";

    (void)state;
    expect_accepted(
        take(&victory, "tanfang", ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,,\n", NULL), 1,
        "");
    struct import_result result = take_with(&victory, care,
                                            &(struct import_options){.kind = "tekun",
                                                                     .file = "rows.csv",
                                                                     .save_map = "",
                                                                     .take_count = COUNT(takes),
                                                                     .takes = takes},
                                            &batch);
    assert_int_equal(result.accepted, 1);
    assert_int_equal(result.differences->row_count, 1);
    assert_string_equal(sheet_get(result.differences, 0, "field"), "");
    import_result_free(&result);
    expect_known(WANG, "person.area", "211102002005");
    free(batch);
}

/** What was changed after the import is nobody's to take back. */
static void undoing_leaves_what_was_changed_since(void **state)
{
    char *first = NULL;
    char *second = NULL;

    (void)state;
    expect_accepted(
        take(&victory, "tanfang", ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,,\n", NULL), 1,
        "");
    expect_accepted(take(&victory, "tekun",
                         CARE "旌旗社区,王桂兰," WANG ",老年人,分散,否,2026-09,13800138001,一号\n",
                         &first),
                    1, "");
    change_case("person.phone", "13800138009");
    take_back(first, 1);
    expect_known(WANG, "person.phone", "13800138009");
    expect_known(WANG, "person.address", "");
    free(first);
    free(second);
}

static void another_streets_people_are_refused_without_a_word(void **state)
{
    (void)state;
    expect_accepted(take(&victory, "tanfang",
                         ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,一号\n", NULL),
                    1, "");
    struct import_result result =
        take(&revival, "tekun",
             CARE "211103001001,刘桂兰," WANG ",老年人,分散,否,2026-09,13800138002,二号\n", NULL);
    assert_int_equal(result.accepted, 0);
    assert_string_equal(sheet_get(result.refusals, 0, "reason"),
                        "此人在您的辖区以外已有登记，这里不能办理，请报上级民政核实");
    import_result_free(&result);
    expect_known(WANG, "person.phone", "13800138001");
}

/** Who left there may be taken in here: the place goes along, and can be taken back. */
static void who_is_kept_nowhere_may_move(void **state)
{
    char *batch = NULL;

    (void)state;
    expect_accepted(take(&victory, "tanfang",
                         ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,一号\n", NULL),
                    1, "");
    reply_free(&office.reply);
    office.street.number++;
    assert_ok(case_close(office.service, &office.street, office_id(1), "2026-10-10", "迁出", 1,
                         &office.reply));
    struct import_result result =
        take(&revival, "tanfang",
             ROLL "211103001001,王桂兰," WANG ",独居,2026-10-15,13800138002,二号\n", &batch);
    assert_int_equal(result.accepted, 1);
    assert_int_equal(result.differences->row_count, 0); /* which one would be told */
    assert_int_equal(result.remarks->row_count, 1);
    assert_string_equal(sheet_get(result.remarks, 0, "remark"),
                        "此人以前在您的辖区以外登记过，已有的资料没有改动，导入后请打开个案核对");
    import_result_free(&result);
    expect_known(WANG, "person.area", "211103001001");
    expect_known(WANG, "person.address", "二号");
    take_back(batch, 0);
    expect_known(WANG, "person.area", "211102002005");
    expect_known(WANG, "person.address", "一号");
    free(batch);
}

static void nobody_is_taken_in_after_death(void **state)
{
    (void)state;
    expect_accepted(
        take(&victory, "tanfang", ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,,\n", NULL), 1,
        "");
    reply_free(&office.reply);
    office.street.number++;
    assert_ok(case_close(office.service, &office.street, office_id(1), "2026-10-10", "死亡", 1,
                         &office.reply));
    expect_accepted(
        take(&victory, "tekun", CARE "旌旗社区,王桂兰," WANG ",老年人,分散,否,2026-09,,\n", NULL),
        0, "死亡");
}

// ---- households

#define HOUSE                                                                                                                      \
    "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月,联系电话," \
    "家庭人口数,人均月收入\n"
#define SON "211102197003021238"

static void households_contradict_themselves_or_not(void **state)
{
    static const struct {
        const char *rows, *reason;
        uint64_t accepted;
    } cases[] = {
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,13800138001,2,450\n"
         ",,,王小宝," SON ",之子,是,,,13800138002,,\n",
         "", 2},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,,,\n"
         "旌旗社区,王桂兰," WANG ",王小宝," SON ",子,是,1200,2026-09,,,\n",
         "同一户的家庭月收入不一样", 0},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,,,\n"
         "团结社区,王桂兰," WANG ",王小宝," SON ",子,是,900,2026-09,,,\n",
         "同一户的所在村(社区)不一样", 0},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,,3,\n"
         ",,,王小宝," SON ",子,是,,,,,\n",
         "家庭总人口写的是3，按这份名单是2", 0},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,1000,2026-09,,,300\n"
         ",,,王小宝," SON ",子,是,,,,,\n",
         "人均月收入写的是300.00，按这份名单是500.00", 0},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,,,\n"
         "旌旗社区,刘桂兰," WANG ",王小宝," SON ",子,是,900,2026-09,,,\n",
         "户主姓名写的是“刘桂兰”", 0},
        {"旌旗社区,王桂兰," WANG ",王小宝," SON ",子,是,900,2026-09,,,\n", "没有户主本人的一行", 0},
        {",,,王小宝," SON ",子,是,900,2026-09,,,\n", "户主身份证号为空", 0},
        {"旌旗社区,王桂兰," WANG ",王桂兰," WANG ",户主,是,900,2026-09,,,\n"
         "旌旗社区,刘国栋,,王小宝," SON ",子,是,900,2026-09,,,\n",
         "户主身份证号为空", 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = mem_printf(HOUSE "%s", cases[i].rows);
        struct import_result result =
            take_with(&victory, text,
                      &(struct import_options){
                          .kind = "dibao", .file = "rows.csv", .dry_run = true, .save_map = ""},
                      NULL);
        free(text);
        expect_accepted(result, cases[i].accepted, cases[i].reason);
    }
}

static void members_keep_their_own(void **state)
{
    (void)state;
    expect_accepted(take(&victory, "dibao",
                         HOUSE "旌旗社区,王桂兰," WANG ",王桂兰," WANG
                               ",户主,是,900,2026-09,13800138001,,\n,,,王小宝," SON
                               ",子,是,,,13800138002,,\n",
                         NULL),
                    2, "");
    expect_known(WANG, "person.phone", "13800138001");
    expect_known(SON, "person.phone", "13800138002");
}

// ---- undoing after the day

static void a_case_of_yesterday_is_ended_and_stays(void **state)
{
    char *batch = NULL;
    struct case_view view = {0};

    (void)state;
    expect_accepted(
        take(&victory, "tanfang", ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,,\n", &batch), 1,
        "");
    office_reopen(&office, "2026-11-01");
    take_back(batch, 0);
    office.street.number++;
    assert_ok(
        case_get(office.service, &office.street, office_id(1), "", true, &view, &office.reply));
    assert_string_equal(view.state, "closed");
    assert_string_equal(view.exit_reason, "撤销导入");
    assert_string_equal(view.closed_on, "2026-09-01");
    case_view_free(&view);
    free(batch);
}

// ---- undoing what is not one's own

#define VISITS "身份证号,姓名,探访日期,方式,结果,探访人\n"

static void expect_refused_undo(const struct caller *who, const char *batch)
{
    struct caller caller = *who;
    struct sheet *left = NULL;

    caller.number = 900;
    reply_free(&office.reply);
    assert_result(import_undo(office.service, &caller, batch, &left, &office.reply), RESULT_DENIED);
    char *words = mem_printf("批次 %s 不是您辖区的，请由所属镇街撤销。", batch);
    assert_string_equal(office.reply.message, words);
    assert_null(left);
    free(words);
}

/** Cases, visits, and what was filled into persons: each batch by itself. */
static void another_streets_batch_is_not_taken_back(void **state)
{
    char *roll = NULL;
    char *visits = NULL;
    char *care = NULL;
    struct case_view view = {0};

    (void)state;
    expect_accepted(
        take(&victory, "tanfang", ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,,\n", &roll), 1,
        "");
    expect_accepted(
        take(&victory, "visit", VISITS WANG ",王桂兰,2026-10-05,上门,成功,刘洋\n", &visits), 1, "");
    expect_accepted(take(&victory, "tekun",
                         CARE "旌旗社区,王桂兰," WANG ",老年人,分散,否,2026-09,13800138001,\n",
                         &care),
                    1, "");
    expect_refused_undo(&revival, roll);
    expect_refused_undo(&revival, visits);
    expect_refused_undo(&revival, care);
    office.street.number++;
    assert_ok(
        case_get(office.service, &office.street, office_id(1), "", true, &view, &office.reply));
    assert_string_equal(view.state, "active");
    assert_int_equal(view.visits->row_count, 1);
    assert_string_equal(sheet_get(view.visits, 0, "void"), "");
    case_view_free(&view);
    expect_known(WANG, "person.phone", "13800138001");
    take_back(care, 0);
    expect_known(WANG, "person.phone", "");
    take_back(visits, 0);
    office.street.number++;
    assert_ok(
        case_get(office.service, &office.street, office_id(1), "", true, &view, &office.reply));
    assert_non_null(strstr(sheet_get(view.visits, 0, "void"), "撤销导入"));
    case_view_free(&view);
    free(roll);
    free(visits);
    free(care);
}

/** Somebody whom another street keeps by now stays as they are there. */
static void who_moved_away_since_is_not_touched(void **state)
{
    char *batch = NULL;

    (void)state;
    expect_accepted(
        take(&revival, "tanfang", ROLL "211103001001,王桂兰," WANG ",独居,2026-10-15,,\n", &batch),
        1, "");
    change_case("person.area", "211102002005");
    expect_refused_undo(&revival, batch);
    expect_known(WANG, "person.area", "211102002005");
    free(batch);
}

// ---- maps

static void a_kept_map_reads_the_offices_next_file(void **state)
{
    static const char text[] =
        "村居,长者,证件,种类,何时纳入,乱\n旌旗社区,王桂兰," WANG ",独居,2026-09-01,x\n";
    static const struct field map[] = {{(char *)"长者", (char *)"姓名"},
                                       {(char *)"证件", (char *)"person.id_no"},
                                       {(char *)"种类", (char *)"类别"},
                                       {(char *)"何时纳入", (char *)"纳入日期"},
                                       {(char *)"乱", (char *)""}};
    const struct import_options plain = {
        .kind = "tanfang", .file = "rows.csv", .dry_run = true, .save_map = ""};
    struct import_options mapped = plain;

    (void)state;
    mapped.map = map;
    mapped.map_count = COUNT(map);
    mapped.save_map = "街道表";
    expect_accepted(take_with(&victory, text, &mapped, NULL), 1, "");
    expect_accepted(take_with(&victory, text, &plain, NULL), 1, "");
    /* another street has none of it */
    struct import *import = NULL;
    struct sheet *headings = NULL;
    const struct import_heading heading = {"长者", "", false};
    struct import_options open = plain;
    open.heading_count = 1;
    open.headings = &heading;
    assert_result(import_open(office.service, &revival, &open, &import, &headings, &office.reply),
                  RESULT_INVALID);
    assert_string_equal(sheet_get(headings, 0, "field"), "");
    assert_string_equal(sheet_get(headings, 0, "ignored"), "是");
    sheet_free(&headings);
    open.map = (const struct field[]){{(char *)"长者", (char *)"星座"}};
    open.map_count = 1;
    assert_result(import_open(office.service, &revival, &open, &import, &headings, &office.reply),
                  RESULT_USAGE);
    assert_non_null(strstr(office.reply.message, "没有“星座”这一项"));
    assert_null(headings);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_second_ledger_fills_and_does_not_replace, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_sensitive_difference_is_masked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_decided_difference_is_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_village_is_never_taken, set_up, tear_down),
        cmocka_unit_test_setup_teardown(undoing_leaves_what_was_changed_since, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_streets_people_are_refused_without_a_word, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(who_is_kept_nowhere_may_move, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nobody_is_taken_in_after_death, set_up, tear_down),
        cmocka_unit_test_setup_teardown(households_contradict_themselves_or_not, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members_keep_their_own, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_case_of_yesterday_is_ended_and_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(another_streets_batch_is_not_taken_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(who_moved_away_since_is_not_touched, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_kept_map_reads_the_offices_next_file, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
