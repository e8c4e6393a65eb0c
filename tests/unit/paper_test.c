/*
 * Printed sheets (应访表): their rows are those of the due list, they come back by their code, and no
 * row is entered twice.
 */
#include "paper_scene.h"

#include "base/limits.h"
#include "service/keeping/verify.h"
#include "service/ledger/excuse.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <pthread.h>

// ---- making

static void sheets_have_the_rows_of_the_list(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct sheet *due = NULL;
    struct due_place *next = NULL;
    uint32_t number = 0;

    assert_result(due_list(fixture->service, &fixture->street, &SCENE_ALL, &due, &next,
                           fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(due->row_count, 5); /* not the other street's */
    assert_int_equal(scene.made->row_count, due->row_count);
    for (size_t row = 0; row < due->row_count; row++) {
        char code[SHEETCODE_ROW_TEXT];
        bool same =
            row > 0 && strcmp(sheet_get(due, row, "area"), sheet_get(due, row - 1, "area")) == 0;
        for (size_t column = 0; column < due->column_count; column++)
            assert_string_equal(sheet_get(scene.made, row, due->columns[column]),
                                sheet_cell(due, row, column));
        number = same ? number + 1 : 1;
        const char *sheet = sheet_get(scene.made, row, "sheet_code");
        assert_string_equal(sheet, scene.codes[strcmp(sheet_get(due, row, "area"), VILLAGE) != 0]);
        assert_string_equal(sheet_get(scene.made, row, "row_code"),
                            sheetcode_row(sheet, number, code));
    }
    sheet_free(&due);
    scene_end(&scene);
}

static void a_sheet_comes_back_as_it_was_printed(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct sheet *sheet;
    char small[SHEETCODE_TEXT];

    visit_ok(fixture, scene.cases[OUYANG], "2026-11-20"); /* the list has another order now */
    for (size_t i = 0; i <= strlen(scene.codes[0]); i++)
        small[i] = scene.codes[0][i] >= 'A' ? (char)(scene.codes[0][i] + 32) : scene.codes[0][i];
    sheet = scene_read(&scene, &fixture->village, small, RESULT_OK);
    assert_int_equal(sheet->row_count, 3);
    for (size_t row = 0; row < sheet->row_count; row++) {
        static const char *const same[] = {"sheet_code", "row_code", "case_no", "name",   "area",
                                           "area_name",  "kind",     "tier",    "case_id"};
        for (size_t i = 0; i < COUNT(same); i++)
            assert_string_equal(sheet_get(sheet, row, same[i]),
                                sheet_get(scene.made, row, same[i]));
        assert_string_equal(sheet_get(sheet, row, "month"), MONTH);
        assert_string_equal(sheet_get(sheet, row, "made_by"), fixture->street.name);
        assert_string_equal(sheet_get(sheet, row, "filed"), "");
    }
    sheet_free(&sheet);
    scene_expect_cell(&scene, OUYANG, "remark", "印表后已登记：11-20 上门 成功 刘洋");
    scene_expect_cell(&scene, OUYANG, "words", "达标");
    scene_expect_cell(&scene, WANG, "remark", "");
    scene_end(&scene);
}

/** The answer did not come through: the same request makes nothing, and answers the same. */
static void a_repeated_request_makes_no_second_sheet(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct caller asking = fixture->chief;
    struct due_query query = SCENE_ALL;

    asking.number = 7;
    asking.request = "make";
    asking.request_length = 4;
    query.full = query.places = true;
    struct sheet *first = scene_make(fixture, &asking, &query);
    char *codes = mem_copy(fields_get(&fixture->reply.values, "sheets"));
    struct sheet *again = scene_make(fixture, &asking, &query);

    assert_string_equal(fields_get(&fixture->reply.values, "sheets"), codes);
    assert_int_equal(strlen(codes), 2 * (SHEETCODE_TEXT - 1) + 1);
    assert_int_equal(again->row_count, first->row_count);
    for (size_t row = 0; row < first->row_count; row++)
        for (size_t column = 0; column < first->column_count; column++)
            assert_string_equal(sheet_cell(again, row, column), sheet_cell(first, row, column));
    free(codes);
    sheet_free(&first);
    sheet_free(&again);
    scene_end(&scene);
}

/** Pages end with a village, also when they are asked for again. */
static void pages_end_with_a_village(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct due_query query = SCENE_ALL;
    struct caller asking = fixture->chief;

    query.limit = 1;
    for (uint64_t number = 20; number < 22; number++) { /* each is asked for twice */
        struct due_place *next = NULL, *after = NULL;
        struct sheet *sheet = NULL;
        asking.number = 20;
        asking.request = "first";
        asking.request_length = 5;
        assert_result(paper_make_sheets(fixture->service, &asking, &query, &sheet, &next,
                                        fixture_clear(fixture)),
                      RESULT_OK);
        assert_int_equal(sheet->row_count, 3);
        assert_non_null(next);
        sheet_free(&sheet);
        if (number == 21) {
            query.behind = next;
            assert_result(paper_make_sheets(fixture->service, &fixture->chief, &query, &sheet,
                                            &after, fixture_clear(fixture)),
                          RESULT_OK);
            assert_int_equal(sheet->row_count, 2);
            assert_string_equal(sheet_get(sheet, 0, "area"), VILLAGE2);
            assert_null(after);
            sheet_free(&sheet);
        }
        free(next);
    }
    scene_end(&scene);
}

/** Who prints some of the rows gets a sheet of these, in the same order. */
static void a_sheet_of_chosen_rows_has_these_alone(void **state)
{
    struct scene scene = scene_begin(*state);
    struct due_query query = SCENE_ALL;
    uint64_t chosen[] = {scene.cases[ZHOU], scene.cases[ZHAO], scene.cases[WANG], 1};

    due_ids_sort(chosen, COUNT(chosen));
    query.only = chosen;
    query.only_count = COUNT(chosen);
    struct sheet *sheet = scene_make(scene.fixture, &scene.fixture->street, &query);

    assert_int_equal(sheet->row_count, 3);
    assert_string_equal(sheet_get(sheet, 2, "name"), "周德才");
    snprintf(scene.codes[0], SHEETCODE_TEXT, "%s", sheet_get(sheet, 0, "sheet_code"));
    sheet_free(&sheet);
    sheet = scene_read(&scene, &scene.fixture->street, scene.codes[0], RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    sheet_free(&sheet);
    scene_end(&scene);
}

/** Paper follows the screen: within each village the order that is sent, behind it whoever came
 *  meanwhile; and so the sheet comes back. */
static void a_sheet_has_the_order_of_the_screen(void **state)
{
    struct scene scene = scene_begin(*state);
    struct due_query query = SCENE_ALL;
    /* a stranger, two villages mixed, and LI is not named */
    const uint64_t order[] = {1, scene.cases[ZHOU], scene.cases[OUYANG], scene.cases[WANG],
                              scene.cases[ZHAO]};
    const int persons[] = {OUYANG, WANG, ZHAO, ZHOU, LI};

    query.order = order;
    query.order_count = COUNT(order);
    struct sheet *sheet = scene_make(scene.fixture, &scene.fixture->street, &query);
    assert_int_equal(sheet->row_count, COUNT(persons));
    for (size_t row = 0; row < sheet->row_count; row++)
        assert_string_equal(sheet_get(sheet, row, "name"), SCENE_PEOPLE[persons[row]].name);
    snprintf(scene.codes[0], SHEETCODE_TEXT, "%s", sheet_get(sheet, 0, "sheet_code"));
    sheet_free(&sheet);
    sheet = scene_read(&scene, &scene.fixture->street, scene.codes[0], RESULT_OK);
    assert_int_equal(sheet->row_count, 3);
    for (size_t row = 0; row < sheet->row_count; row++)
        assert_string_equal(sheet_get(sheet, row, "name"), SCENE_PEOPLE[persons[row]].name);
    sheet_free(&sheet);
    scene_end(&scene);
}

static void reviews_and_strangers_get_no_sheet(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    struct due_query query = SCENE_ALL;
    struct due_place *next = NULL;
    struct sheet *sheet = NULL;

    query.type = DUTY_TYPE_REVIEW;
    assert_result(paper_make_sheets(fixture->service, &fixture->street, &query, &sheet, &next,
                                    fixture_clear(fixture)),
                  RESULT_USAGE);
    query.type = DUTY_TYPE_VISIT;
    query.area = OTHER_STREET;
    assert_result(paper_make_sheets(fixture->service, &fixture->street, &query, &sheet, &next,
                                    fixture_clear(fixture)),
                  RESULT_DENIED);
    query.area = "";
    assert_result(paper_make_sheets(fixture->service, &fixture->auditor, &query, &sheet, &next,
                                    fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_null(scene_read(&scene, &fixture->other_street, scene.codes[0], RESULT_DENIED));
    assert_null(scene_read(&scene, &fixture->village, scene.codes[1], RESULT_DENIED));
    assert_null(scene_read(&scene, &fixture->auditor, scene.codes[0], RESULT_DENIED));
    struct sheet *read = scene_read(&scene, &fixture->county, scene.codes[1], RESULT_OK);
    assert_int_equal(read->row_count, 2);
    sheet_free(&read);
    scene_end(&scene);
}

static void a_wrong_code_is_told_apart(void **state)
{
    struct scene scene = scene_begin(*state);
    char code[SHEETCODE_TEXT];

    assert_null(scene_read(&scene, &scene.fixture->street, "", RESULT_USAGE));
    scene_expect_words(&scene, "请输入表号");
    snprintf(code, sizeof code, "%s", scene.codes[0]);
    code[1] = code[1] == 'A' ? 'B' : 'A';
    assert_null(scene_read(&scene, &scene.fixture->street, code, RESULT_USAGE));
    scene_expect_words(&scene, "前 4 个字有误");
    assert_null(
        scene_read(&scene, &scene.fixture->street, sheetcode_make(1, code), RESULT_NOTFOUND));
    scene_expect_words(&scene, "没有表");
    scene_expect_words(&scene, code);
    scene_end(&scene);
}

// ---- entering

static void a_row_is_entered_once(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;

    assert_result(scene_enter(&scene, WANG, "2026-11-18"), RESULT_OK);
    scene_expect_cell(&scene, WANG, "state", PAPER_FILED);
    scene_expect_cell(&scene, WANG, "filed", "11-18 上门 成功");
    scene_expect_cell(&scene, WANG, "remark", "");
    assert_result(scene_enter(&scene, WANG, "2026-11-18"), RESULT_CONFLICT);
    scene_expect_words(&scene, "已由");
    assert_result(scene_enter(&scene, WANG, "2026-11-19"), RESULT_CONFLICT);
    scene_expect_words(&scene, "2026-11-18");
    assert_result(scene_enter_row(&scene, &fixture->street, WANG, 0, "2026-11-20", "成功"),
                  RESULT_USAGE);
    assert_result(scene_enter_row(&scene, &fixture->street, WANG, 4, "2026-11-20", "成功"),
                  RESULT_NOTFOUND);
    for (uint32_t row = 1; row < 4; row++) { /* only one of them is hers */
        enum result result =
            scene_enter_row(&scene, &fixture->street, OUYANG, row, "2026-11-21", "成功");
        if (result != 0 && result != RESULT_INVALID && result != RESULT_CONFLICT)
            fail_msg("row %u: %s", row, result_name(result));
    }
    scene_expect_cell(&scene, OUYANG, "filed", "11-21 上门 成功");
    scene_expect_cell(&scene, ZHAO, "filed", "");
    scene_end(&scene);
}

/** Without the sheet the visit is another one, of which the officer is warned as always. */
static void a_voided_visit_frees_its_row_and_a_correction_does_not(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    char visit[64];
    struct void_input empty = {
        .case_id = scene.cases[WANG], .reason = "登错人", .change = &fixture->change};
    struct visit_input correction = {
        .case_id = scene.cases[ZHAO],
        .date = "2026-11-17",
        .mode = "电话",
        .result = "成功",
        .by = "刘洋",
        .confirm = true,
        .batch = "",
    };

    assert_result(scene_enter(&scene, WANG, "2026-11-18"), RESULT_OK);
    snprintf(visit, sizeof visit, "%s", fields_get(&fixture->reply.values, "visit"));
    empty.visit = strchr(visit, ':') + 1;
    assert_result(visit_void(fixture->service, &fixture->street, &empty, fixture_clear(fixture)),
                  RESULT_OK);
    visit_change_free(&fixture->change);
    scene_expect_cell(&scene, WANG, "state", "");
    assert_result(scene_enter(&scene, WANG, "2026-11-19"), RESULT_OK);
    scene_expect_cell(&scene, WANG, "filed", "11-19 上门 成功");

    assert_result(scene_enter(&scene, ZHAO, "2026-11-16"), RESULT_OK);
    snprintf(visit, sizeof visit, "%s", fields_get(&fixture->reply.values, "visit"));
    correction.replaces = strchr(visit, ':') + 1;
    assert_result(
        visit_add(fixture->service, &fixture->street, &correction, fixture_clear(fixture)),
        RESULT_OK);
    scene_expect_cell(&scene, ZHAO, "filed", "11-17 电话 成功");
    scene_expect_cell(&scene, ZHAO, "remark", "");
    assert_result(scene_enter(&scene, ZHAO, "2026-11-18"), RESULT_CONFLICT);
    scene_expect_words(&scene, "2026-11-17 电话");
    scene_end(&scene);
}

/** The answer did not come through: the receipt answers, and the row is entered once. */
static void a_repeated_entry_is_answered_again(void **state)
{
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    uint32_t row = scene_row(scene.made, scene.cases[WANG]);
    struct caller asking = fixture->street;

    asking.number = 9;
    asking.request = "enter";
    asking.request_length = 5;
    for (int i = 0; i < 2; i++)
        assert_result(scene_enter_row(&scene, &asking, WANG, row, "2026-11-18", "成功"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, scene.cases[WANG], false);
    assert_int_equal(view.visits->row_count, 1);
    case_view_free(&view);
    asking.number = 10; /* another request is another entry */
    assert_result(scene_enter_row(&scene, &asking, WANG, row, "2026-11-18", "成功"),
                  RESULT_CONFLICT);
    scene_end(&scene);
}

struct racer {
    struct scene *scene;
    struct caller caller;
    pthread_barrier_t *start;
    enum result results[3];
};

static void *race(void *arg)
{
    struct racer *racer = arg;
    static const int people[] = {WANG, OUYANG, ZHAO};
    struct reply reply = {0};

    pthread_barrier_wait(racer->start);
    for (size_t i = 0; i < COUNT(people); i++) {
        struct visit_input input = {
            .case_id = racer->scene->cases[people[i]],
            .date = "2026-11-18",
            .mode = "上门",
            .result = "成功",
            .by = "刘洋",
            .replaces = "",
            .batch = "",
            .confirm = true, /* the warning of a second visit would not stop anybody */
            .sheet = racer->scene->codes[0],
            .sheet_row = scene_row(racer->scene->made, racer->scene->cases[people[i]]),
        };
        racer->results[i] =
            visit_add(racer->scene->fixture->service, &racer->caller, &input, &reply);
    }
    reply_free(&reply);
    return NULL;
}

static void two_officers_at_once_enter_a_row_once(void **state)
{
    enum { RACERS = 4 };
    struct scene scene = scene_begin(*state);
    struct fixture *fixture = scene.fixture;
    const struct caller *callers[RACERS] = {&fixture->street, &fixture->chief, &fixture->village,
                                            &fixture->system};
    struct racer racers[RACERS] = {0};
    pthread_t threads[RACERS];
    pthread_barrier_t start;

    pthread_barrier_init(&start, NULL, RACERS);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] = (struct racer){.scene = &scene, .caller = *callers[i], .start = &start};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++)
        pthread_join(threads[i], NULL);
    pthread_barrier_destroy(&start);
    for (size_t row = 0; row < 3; row++) {
        size_t done = 0;
        for (size_t i = 0; i < RACERS; i++) {
            done += racers[i].results[row] == 0 ? 1 : 0;
            if (racers[i].results[row] != 0)
                assert_result(racers[i].results[row], RESULT_CONFLICT);
        }
        assert_int_equal(done, 1);
    }
    scene_end(&scene);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sheets_have_the_rows_of_the_list),
        TEST(a_sheet_comes_back_as_it_was_printed),
        TEST(a_repeated_request_makes_no_second_sheet),
        TEST(pages_end_with_a_village),
        TEST(a_sheet_of_chosen_rows_has_these_alone),
        TEST(a_sheet_has_the_order_of_the_screen),
        TEST(reviews_and_strangers_get_no_sheet),
        TEST(a_wrong_code_is_told_apart),
        TEST(a_row_is_entered_once),
        TEST(a_voided_visit_frees_its_row_and_a_correction_does_not),
        TEST(a_repeated_entry_is_answered_again),
        TEST(two_officers_at_once_enter_a_row_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
