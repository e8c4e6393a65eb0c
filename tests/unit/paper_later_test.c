/*
 * Printed sheets (应访表) later on: what has changed since, what is removed, what `verify` finds.
 */
#include "paper_scene.h"

#include "base/limits.h"
#include "service/keeping/verify.h"
#include "service/ledger/excuse.h"
#include "service/memory/state.h"

#include <inttypes.h>

// ---- what has changed since it was printed

static void what_changed_stands_at_its_row(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct excuse_input excuse = {.case_id = scene.cases[ZHAO],
                                  .month = MONTH,
                                  .reason = "住院",
                                  .from = "2026-11-01",
                                  .to = "2026-11-30",
                                  .note = "市医院"};

    assert_result(
        case_change(fixture, &fixture->system, scene.cases[OUYANG], "person.area", VILLAGE2),
        RESULT_OK);
    scene_expect_cell(&scene, OUYANG, "remark", "已转到");
    assert_result(
        case_change(fixture, &fixture->system, scene.cases[WANG], "person.death", "2026-11-12"),
        RESULT_OK);
    scene_expect_cell(&scene, WANG, "remark", "11-12 死亡");
    assert_result(excuse_ask(fixture->service, &fixture->street, &excuse, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(excuse_decide(fixture->service, &fixture->chief, scene.cases[ZHAO], MONTH, true,
                                "", fixture_clear(fixture)),
                  RESULT_OK);
    scene_expect_cell(&scene, ZHAO, "remark", "免访：住院");
    /* All can be entered still: a visit of before that day was made. */
    assert_result(scene_enter(&scene, WANG, "2026-11-10"), RESULT_OK);
    assert_result(scene_enter(&scene, OUYANG, "2026-11-10"), RESULT_OK);
    scene_end(&scene);
}

static void a_closed_month_is_said(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;

    sheet_free(&scene.made);
    fixture_today(fixture, "2026-12-08"); /* closed by itself */
    scene.made = scene_read(&scene, &fixture->street, scene.codes[0], RESULT_OK);
    scene_expect_words(&scene, "2026-11 已月结：补录计入现况数，上报数不变");
    assert_string_equal(sheet_basis(scene.made), "已月结");
    assert_result(scene_enter(&scene, WANG, "2026-11-18"), RESULT_INVALID); /* to be confirmed */
    scene_expect_words(&scene, "2026-11 已月结");
    scene_end(&scene);
}

/** Sheets go, visits stay. */
static void old_sheets_are_removed(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    day_t made = date_make(2026, 11, 23);
    char day[DATE_TEXT];

    assert_result(scene_enter(&scene, WANG, "2026-11-18"), RESULT_OK);
    fixture_today(fixture, date_format(made + LIMIT_SHEET_DAYS, day));
    assert_result(service_tick(fixture->service), RESULT_OK);
    struct sheet *sheet = scene_read(&scene, &fixture->street, scene.codes[0], RESULT_OK);
    sheet_free(&sheet);
    fixture_today(fixture, date_format(made + LIMIT_SHEET_DAYS + 1, day));
    assert_result(service_tick(fixture->service), RESULT_OK);
    assert_null(scene_read(&scene, &fixture->street, scene.codes[0], RESULT_NOTFOUND));
    scene_expect_words(&scene, "打印满 400 天的表已清除");
    struct case_view view = case_open(fixture, &fixture->street, scene.cases[WANG], false);
    assert_int_equal(view.visits->row_count, 1);
    case_view_free(&view);
    scene_end(&scene);
}

// ---- verification

struct damage {
    const char *code;
    uint32_t number;
    bool removes; /* else it names a visit that is not there */
};

static enum result do_damage(struct txn *txn, void *arg)
{
    const struct damage *damage = arg;
    Rec__Sheet *row = NULL;

    if (damage->removes)
        return store_sheet_del(txn, damage->code, damage->number);
    enum result result = store_sheet_get(txn, damage->code, damage->number, &row);
    if (result != 0)
        return result;
    row->visit_date = date_make(2026, 11, 2);
    row->visit_seq = 1;
    result = store_sheet_put(txn, row);
    rec__sheet__free_unpacked(row, NULL);
    return result;
}

static void verification_finds_what_is_missing(void **state)
{
    static const struct {
        uint32_t number;
        bool removes;
        const char *words;
    } cases[] = {{1, false, "录入的探访不存在"}, {3, true, "的行不全"}, {1, true, "的行不连续"}};
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;

    for (size_t i = 0; i < COUNT(cases); i++) {
        struct damage damage = {scene.codes[0], cases[i].number, cases[i].removes};
        struct sheet *lines = NULL;
        bool found = false;
        assert_result(store_run(fixture->service->store, STORE_WRITE, do_damage, &damage),
                      RESULT_OK);
        assert_result(
            verify_all(fixture->service, &fixture->system, &lines, fixture_clear(fixture)),
            RESULT_CORRUPT);
        for (size_t row = 0; row < lines->row_count; row++)
            found |= strstr(sheet_get(lines, row, "line"), cases[i].words) != NULL;
        if (!found)
            fail_msg("not found: %s", cases[i].words);
        sheet_free(&lines);
    }
    sheet_free(&scene.made);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_changed_stands_at_its_row),
        TEST(a_closed_month_is_said),
        TEST(old_sheets_are_removed),
        TEST(verification_finds_what_is_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
