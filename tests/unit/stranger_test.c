/* People outside one's area: whichever way their number is typed, nothing of them is told, each time is
 * an event, and it ends after so many a day. */
#include "ledger_fixture.h"

#include "base/str.h"
#include "service/cases/case.h"
#include "service/cases/case_edit.h"
#include "service/cases/person.h"
#include "service/cases/proposal.h"
#include "service/frame/stranger.h"
#include "service/ledger/visit.h"
#include "service/lists/audit.h"

#include <inttypes.h>
#include <locale.h>

static struct office office;
static struct caller victory, revival, village, auditor;

#define WANG "211102194001012342"
#define NOBODY "211102194105023417"
#define ROLL "村,姓名,身份证号,类别,纳入日期,联系电话,住址\n"
#define CARE "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,联系电话,住址\n"
#define VISITS "身份证号,姓名,探访日期,方式,结果,探访人\n"

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    victory = office_officer(&office, ROLE_STREET, "a", "211102002000");
    revival = office_officer(&office, ROLE_STREET, "b", "211103001000");
    village = office_officer(&office, ROLE_VILLAGE, "c", "211103001001");
    auditor = office_officer(&office, ROLE_AUDITOR, "d", "");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

/** All that an import said, in one text; new string. */
static char *take(const struct caller *who, const char *kind, const char *text, bool dry_run)
{
    struct import_result result = {0};
    struct caller before = office.street;
    char *batch = NULL;
    struct str said = {0};

    office.street = *who;
    (void)office_import_text(&office, kind, text, dry_run, &result, &batch);
    office.street = before;
    const struct sheet *sheets[] = {result.refusals, result.remarks, result.differences};
    for (size_t i = 0; i < 3; i++)
        for (size_t row = 0; sheets[i] != NULL && row < sheets[i]->row_count; row++)
            for (size_t k = 0; k < sheets[i]->column_count; k++)
                str_printf(&said, "%s|", sheet_get(sheets[i], row, sheets[i]->columns[k]));
    if (office.reply.message != NULL)
        str_add(&said, office.reply.message);
    import_result_free(&result);
    free(batch);
    return str_take(&said);
}

static char *reply_text(const struct reply *reply)
{
    struct str said = {0};

    str_add(&said, reply->message != NULL ? reply->message : "");
    for (size_t i = 0; i < reply->problems.count; i++)
        str_printf(&said, "|%s", reply->problems.items[i].text);
    for (size_t i = 0; i < reply->values.count; i++)
        str_printf(&said, "|%s", reply->values.items[i].value);
    return str_take(&said);
}

// ---- the ways in which a number is typed; each gives all that was said

static char *import_dry(void)
{
    return take(&revival, "tekun",
                CARE "211103001001,刘某," WANG ",老年人,分散,否,2026-09,13800138002,二号\n", true);
}

static char *import_same_kind(void)
{
    return take(&revival, "tanfang",
                ROLL "211103001001,刘某," WANG ",独居,2026-09-01,13800138002,二号\n", false);
}

static char *import_member(void)
{
    return take(&revival, "dibao",
                "村,户主姓名,户主身份证号,姓名,身份证号,与户主关系,是否保障,家庭月收入,起始月\n"
                "211103001001,刘某," WANG ",刘某," WANG ",户主,是,900,2026-09\n",
                true);
}

static char *import_visit(void)
{
    return take(&revival, "visit", VISITS WANG ",刘某,2026-10-05,上门,成功,刘洋\n", true);
}

static char *draft(void)
{
    struct fields values = {0};
    struct reply reply = {0};

    fields_set(&values, "person.name", "刘某");
    fields_set(&values, "person.area", "211103001001");
    fields_set(&values, "person.id_no", WANG);
    assert_int_not_equal(
        proposal_put(office.service, &village,
                     &(struct proposal_input){.kind = "tanfang", .values = &values}, &reply),
        RESULT_OK);
    char *said = reply_text(&reply);
    reply_free(&reply);
    fields_free(&values);
    return said;
}

static char *look_up(void)
{
    struct person_view known = {0};
    struct reply reply = {0};

    assert_result(
        person_get(office.service, &revival, &(struct person_query){.id_no = WANG}, &known, &reply),
        RESULT_DENIED);
    char *said = reply_text(&reply);
    reply_free(&reply);
    return said;
}

static char *visit(void)
{
    struct fields values = {0};
    struct reply reply = {0};

    assert_result(visit_add(office.service, &village,
                            &(struct visit_input){.id_no = WANG,
                                                  .date = "2026-10-05",
                                                  .mode = "上门",
                                                  .result = "成功",
                                                  .by = "刘洋",
                                                  .replaces = "",
                                                  .values = &values},
                            &reply),
                  RESULT_DENIED);
    char *said = reply_text(&reply);
    reply_free(&reply);
    return said;
}

static char *take_visit_back(void)
{
    struct reply reply = {0};

    assert_result(
        visit_void(office.service, &revival,
                   &(struct void_input){.id_no = WANG, .visit = "2026-10-05", .reason = "登错人"},
                   &reply),
        RESULT_DENIED);
    char *said = reply_text(&reply);
    reply_free(&reply);
    return said;
}

static const struct {
    const char *action;
    char *(*run)(void);
} WAYS[] = {
    {"import", import_dry},   {"import", import_same_kind},    {"import", import_member},
    {"import", import_visit}, {"case.draft", draft},           {"case.open", look_up},
    {"visit.add", visit},     {"visit.void", take_visit_back},
};

// ---- what is told

static size_t count_events(const char *action)
{
    struct sheet *events = NULL;
    struct reply reply = {0};
    size_t count = 0;
    char *record = mem_printf("person:%" PRIu64, office_id(1));

    assert_ok(audit_list(
        office.service, &auditor,
        &(struct audit_query){.record = record, .officer = "", .since = "", .action = action},
        &events, &reply));
    for (size_t i = 0; i < events->row_count; i++)
        count += strstr(sheet_get(events, i, "note"), STRANGER_NOTE) != NULL;
    free(record);
    sheet_free(&events);
    reply_free(&reply);
    return count;
}

static void expect_nothing_told(const char *when)
{
    static const char *const facts[] = {"王桂兰", "胜利", "旌旗", "211102002005", "13800138001",
                                        "一号",   "死亡", "LR00", "在册",         "退出"};

    for (size_t i = 0; i < COUNT(WAYS); i++) {
        size_t before = count_events(WAYS[i].action);
        char *said = WAYS[i].run();
        if (strstr(said, STRANGER_WORDS) == NULL)
            fail_msg("%s, way %zu: %s", when, i, said);
        for (size_t k = 0; k < COUNT(facts); k++)
            if (strstr(said, facts[k]) != NULL)
                fail_msg("%s, way %zu tells %s: %s", when, i, facts[k], said);
        if (count_events(WAYS[i].action) != before + 1)
            fail_msg("%s, way %zu leaves no event", when, i);
        free(said);
    }
}

static void add_wang(void)
{
    char *said = take(&victory, "tanfang",
                      ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,一号\n", false);
    free(said);
    said = take(&victory, "visit", VISITS WANG ",王桂兰,2026-10-05,上门,成功,刘洋\n", false);
    free(said);
    assert_int_equal(count_events("import"), 0);
}

static void close_wang(const char *reason)
{
    reply_free(&office.reply);
    assert_ok(
        case_close(office.service, &victory, office_id(1), "2026-10-10", reason, 0, &office.reply));
}

static void nothing_is_told_of_whom_others_keep(void **state)
{
    (void)state;
    add_wang();
    expect_nothing_told("on the books");
}

static void nothing_is_told_of_the_dead(void **state)
{
    (void)state;
    add_wang();
    close_wang("死亡");
    expect_nothing_told("dead");
}

/** Whoever left may be taken in by somebody who knows the name, and by nobody else. */
static void nothing_is_told_of_who_left(void **state)
{
    (void)state;
    add_wang();
    close_wang("其他");
    expect_nothing_told("left");
    char *said = take(&revival, "tanfang",
                      ROLL "211103001001,王桂兰," WANG ",独居,2026-10-15,13800138002,二号\n", true);
    assert_null(strstr(said, STRANGER_WORDS));
    assert_non_null(strstr(said, "已有的资料没有改动"));
    assert_null(strstr(said, "13800138001"));
    free(said);
}

/** One's own are told of as ever, also of somebody whose case here has ended. */
static void ones_own_are_told_of(void **state)
{
    (void)state;
    add_wang();
    char *said = take(&victory, "tanfang",
                      ROLL "旌旗社区,王桂兰," WANG ",独居,2026-09-01,13800138001,一号\n", true);
    assert_non_null(strstr(said, "该人已有在册探访个案（胜利街道旌旗社区"));
    free(said);
    said = take(&victory, "tekun", CARE "旌旗社区,刘某," WANG ",老年人,分散,否,2026-09,,\n", true);
    assert_non_null(strstr(said, "王桂兰"));
    free(said);
    assert_int_equal(count_events("import"), 0);
}

// ---- how often

static enum result ask(const struct caller *who, const char *id_no)
{
    struct person_view known = {0};

    reply_free(&office.reply);
    enum result result = person_get(office.service, who, &(struct person_query){.id_no = id_no},
                                    &known, &office.reply);
    person_view_free(&known);
    return result;
}

static void so_many_a_day(void **state)
{
    static const char unknown[] =
        ROLL "211103001001,李四," NOBODY ",独居,2026-10-15,13800138002,二号\n";

    (void)state;
    add_wang();
    assert_result(ask(&revival, NOBODY), RESULT_NOTFOUND);
    for (size_t i = 0; i < STRANGERS_A_DAY; i++) {
        assert_result(ask(&revival, WANG), RESULT_DENIED);
        assert_non_null(strstr(office.reply.message, STRANGER_WORDS));
    }
    /* From now on whoever the number belongs to: the refusal must not tell. */
    assert_result(ask(&revival, WANG), RESULT_DENIED);
    assert_null(strstr(office.reply.message, STRANGER_WORDS));
    assert_result(ask(&revival, NOBODY), RESULT_DENIED);
    assert_non_null(strstr(office.reply.message, "今天不能再按身份证号办理"));
    char *said = take(&revival, "tanfang", unknown, true);
    assert_non_null(strstr(said, "今天不能再按身份证号办理"));
    free(said);
    assert_result(ask(&victory, NOBODY), RESULT_NOTFOUND); /* others go on */
    /* A server that starts again remembers, whoever asks first. */
    office_reopen(&office, LEDGER_TODAY);
    assert_result(ask(&victory, NOBODY), RESULT_NOTFOUND);
    assert_result(ask(&revival, NOBODY), RESULT_DENIED);
    assert_result(ask(&revival, WANG), RESULT_DENIED);
    assert_null(strstr(office.reply.message, STRANGER_WORDS));
    office_reopen(&office, "2026-11-01");
    assert_result(ask(&revival, NOBODY), RESULT_NOTFOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_told_of_whom_others_keep, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_told_of_the_dead, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_told_of_who_left, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ones_own_are_told_of, set_up, tear_down),
        cmocka_unit_test_setup_teardown(so_many_a_day, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
