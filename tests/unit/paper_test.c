/*
 * Printed sheets (应访表): their rows are those of the due list, they come back by their code, and no
 * row is entered twice.
 */
#include "service_fixture.h"

#include "base/limits.h"
#include "base/sheetcode.h"
#include "service/keeping/verify.h"
#include "service/ledger/excuse.h"
#include "service/ledger/visit_entry.h"
#include "service/lists/paper.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <pthread.h>

#define MONTH "2026-11"

static const struct due_query ALL = {
    .month = MONTH, .area = "", .officer = "", .kind = "", .type = DUTY_TYPE_VISIT};

static const struct {
    const char *name, *area, *tier;
} PEOPLE[] = {
    {"王桂兰", VILLAGE, "高"}, {"欧阳秀英", VILLAGE, "低"},   {"李玉华", VILLAGE2, "中"},
    {"赵国栋", VILLAGE, "中"}, {"孙淑琴", OTHER_VILLAGE, ""}, {"周德才", VILLAGE2, "低"},
};

enum { WANG, OUYANG, LI, ZHAO, SUN, ZHOU, PEOPLE_COUNT };

struct scene {
    struct fixture *fixture;
    uint64_t cases[PEOPLE_COUNT];
    struct sheet *made; /* of the street's officer */
    char codes[2][SHEETCODE_TEXT];
};

static struct sheet *make(struct fixture *fixture, const struct caller *caller,
                          const struct due_query *query)
{
    struct sheet *sheet = NULL;
    struct due_place *next = NULL;

    assert_result(
        paper_make_sheets(fixture->service, caller, query, &sheet, &next, fixture_clear(fixture)),
        RESULT_OK);
    assert_null(next);
    return sheet;
}

static struct scene begin(struct fixture *fixture)
{
    struct scene scene = {.fixture = fixture};
    size_t codes = 0;

    for (size_t i = 0; i < PEOPLE_COUNT; i++) {
        char id_no[19];
        struct elder elder = {.name = PEOPLE[i].name,
                              .area = PEOPLE[i].area,
                              .tier = PEOPLE[i].tier,
                              .officer = "刘洋",
                              .id_no = fixture_id_no(fixture, id_no)};
        scene.cases[i] = elder_add(fixture, &elder);
    }
    scene.made = make(fixture, &fixture->street, &ALL);
    for (size_t row = 0; row < scene.made->row_count; row++) {
        const char *code = sheet_get(scene.made, row, "sheet_code");
        if (codes == 0 || strcmp(code, scene.codes[codes - 1]) != 0) {
            assert_true(codes < COUNT(scene.codes));
            snprintf(scene.codes[codes++], SHEETCODE_TEXT, "%s", code);
        }
    }
    assert_int_equal(codes, 2);
    return scene;
}

static void end(struct scene *scene)
{
    struct sheet *lines = NULL;
    enum result result = verify_all(scene->fixture->service, &scene->fixture->system, &lines,
                                    fixture_clear(scene->fixture));

    for (size_t row = 0; lines != NULL && result != 0 && row < lines->row_count; row++)
        print_error("%s\n", sheet_get(lines, row, "line"));
    assert_result(result, RESULT_OK);
    sheet_free(&lines);
    sheet_free(&scene->made);
}

static struct sheet *read_as(struct scene *scene, const struct caller *caller, const char *code,
                             enum result expected)
{
    struct sheet *sheet = NULL;

    assert_result(
        paper_read(scene->fixture->service, caller, code, &sheet, fixture_clear(scene->fixture)),
        expected);
    return sheet;
}

/** The row of a person on their sheet, from 1. */
static uint32_t row_of(const struct sheet *sheet, uint64_t case_id)
{
    char text[NUMBER_TEXT];

    snprintf(text, sizeof text, "%" PRIu64, case_id);
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "case_id"), text) == 0)
            return (uint32_t)row + 1;
    fail_msg("not on the sheet");
    return 0;
}

/** The cell of a person of the first village. */
static char *cell(struct scene *scene, int person, const char *column)
{
    struct sheet *sheet = read_as(scene, &scene->fixture->street, scene->codes[0], RESULT_OK);
    uint32_t row = row_of(sheet, scene->cases[person]);
    char *text = mem_copy(sheet_get(sheet, row - 1, column));

    sheet_free(&sheet);
    return text;
}

static void expect_cell(struct scene *scene, int person, const char *column, const char *words)
{
    char *text = cell(scene, person, column);

    if (strstr(text, words) == NULL || (*words == '\0' && *text != '\0'))
        fail_msg("%s of %s is %s", column, PEOPLE[person].name, text);
    free(text);
}

static enum result enter_row(struct scene *scene, const struct caller *caller, int person,
                             uint32_t row, const char *date, const char *result)
{
    struct visit_input input = {
        .case_id = scene->cases[person],
        .date = date,
        .mode = "上门",
        .result = result,
        .by = "刘洋",
        .replaces = "",
        .batch = "",
        .sheet = scene->codes[0],
        .sheet_row = row,
    };

    return visit_add(scene->fixture->service, caller, &input, fixture_clear(scene->fixture));
}

static enum result enter_of(struct scene *scene, int person, const char *date)
{
    struct sheet *sheet = read_as(scene, &scene->fixture->street, scene->codes[0], RESULT_OK);
    uint32_t row = row_of(sheet, scene->cases[person]);

    sheet_free(&sheet);
    return enter_row(scene, &scene->fixture->street, person, row, date, "成功");
}

static void expect_words(struct scene *scene, const char *words)
{
    const char *message = scene->fixture->reply.message;

    if (message == NULL || strstr(message, words) == NULL)
        fail_msg("%s, not %s", message == NULL ? "nothing" : message, words);
}

// ---- making

static void sheets_have_the_rows_of_the_list(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    struct sheet *due = NULL;
    struct due_place *next = NULL;
    uint32_t number = 0;

    assert_result(
        due_list(fixture->service, &fixture->street, &ALL, &due, &next, fixture_clear(fixture)),
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
    end(&scene);
}

static void a_sheet_comes_back_as_it_was_printed(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    struct sheet *sheet;
    char small[SHEETCODE_TEXT];

    visit_ok(fixture, scene.cases[OUYANG], "2026-11-20"); /* the list has another order now */
    for (size_t i = 0; i <= strlen(scene.codes[0]); i++)
        small[i] = scene.codes[0][i] >= 'A' ? (char)(scene.codes[0][i] + 32) : scene.codes[0][i];
    sheet = read_as(&scene, &fixture->village, small, RESULT_OK);
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
    expect_cell(&scene, OUYANG, "remark", "印表后已登记：11-20 上门 成功 刘洋");
    expect_cell(&scene, OUYANG, "words", "达标");
    expect_cell(&scene, WANG, "remark", "");
    end(&scene);
}

/** The answer did not come through: the same request makes nothing, and answers the same. */
static void a_repeated_request_makes_no_second_sheet(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    struct caller asking = fixture->chief;
    struct due_query query = ALL;

    asking.number = 7;
    asking.request = "make";
    asking.request_length = 4;
    query.full = query.places = true;
    struct sheet *first = make(fixture, &asking, &query);
    char *codes = mem_copy(fields_get(&fixture->reply.values, "sheets"));
    struct sheet *again = make(fixture, &asking, &query);

    assert_string_equal(fields_get(&fixture->reply.values, "sheets"), codes);
    assert_int_equal(strlen(codes), 2 * (SHEETCODE_TEXT - 1) + 1);
    assert_int_equal(again->row_count, first->row_count);
    for (size_t row = 0; row < first->row_count; row++)
        for (size_t column = 0; column < first->column_count; column++)
            assert_string_equal(sheet_cell(again, row, column), sheet_cell(first, row, column));
    free(codes);
    sheet_free(&first);
    sheet_free(&again);
    end(&scene);
}

/** Pages end with a village, also when they are asked for again. */
static void pages_end_with_a_village(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    struct due_query query = ALL;
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
    end(&scene);
}

/** Who prints some of the rows gets a sheet of these, in the same order. */
static void a_sheet_of_chosen_rows_has_these_alone(void **state)
{
    struct scene scene = begin(*state);
    struct due_query query = ALL;
    uint64_t chosen[] = {scene.cases[ZHOU], scene.cases[ZHAO], scene.cases[WANG], 1};

    due_ids_sort(chosen, COUNT(chosen));
    query.only = chosen;
    query.only_count = COUNT(chosen);
    struct sheet *sheet = make(scene.fixture, &scene.fixture->street, &query);

    assert_int_equal(sheet->row_count, 3);
    assert_string_equal(sheet_get(sheet, 2, "name"), "周德才");
    snprintf(scene.codes[0], SHEETCODE_TEXT, "%s", sheet_get(sheet, 0, "sheet_code"));
    sheet_free(&sheet);
    sheet = read_as(&scene, &scene.fixture->street, scene.codes[0], RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    sheet_free(&sheet);
    end(&scene);
}

static void reviews_and_strangers_get_no_sheet(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    struct due_query query = ALL;
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
    assert_null(read_as(&scene, &fixture->other_street, scene.codes[0], RESULT_DENIED));
    assert_null(read_as(&scene, &fixture->village, scene.codes[1], RESULT_DENIED));
    assert_null(read_as(&scene, &fixture->auditor, scene.codes[0], RESULT_DENIED));
    struct sheet *read = read_as(&scene, &fixture->county, scene.codes[1], RESULT_OK);
    assert_int_equal(read->row_count, 2);
    sheet_free(&read);
    end(&scene);
}

static void a_wrong_code_is_told_apart(void **state)
{
    struct scene scene = begin(*state);
    char code[SHEETCODE_TEXT];

    assert_null(read_as(&scene, &scene.fixture->street, "", RESULT_USAGE));
    expect_words(&scene, "请输入表号");
    snprintf(code, sizeof code, "%s", scene.codes[0]);
    code[1] = code[1] == 'A' ? 'B' : 'A';
    assert_null(read_as(&scene, &scene.fixture->street, code, RESULT_USAGE));
    expect_words(&scene, "前 4 个字有误");
    assert_null(read_as(&scene, &scene.fixture->street, sheetcode_make(1, code), RESULT_NOTFOUND));
    expect_words(&scene, "没有表");
    expect_words(&scene, code);
    end(&scene);
}

// ---- entering

static void a_row_is_entered_once(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;

    assert_result(enter_of(&scene, WANG, "2026-11-18"), RESULT_OK);
    expect_cell(&scene, WANG, "state", PAPER_FILED);
    expect_cell(&scene, WANG, "filed", "11-18 上门 成功");
    expect_cell(&scene, WANG, "remark", "");
    assert_result(enter_of(&scene, WANG, "2026-11-18"), RESULT_CONFLICT);
    expect_words(&scene, "已由");
    assert_result(enter_of(&scene, WANG, "2026-11-19"), RESULT_CONFLICT);
    expect_words(&scene, "2026-11-18");
    assert_result(enter_row(&scene, &fixture->street, WANG, 0, "2026-11-20", "成功"), RESULT_USAGE);
    assert_result(enter_row(&scene, &fixture->street, WANG, 4, "2026-11-20", "成功"),
                  RESULT_NOTFOUND);
    for (uint32_t row = 1; row < 4; row++) { /* only one of them is hers */
        enum result result = enter_row(&scene, &fixture->street, OUYANG, row, "2026-11-21", "成功");
        if (result != 0 && result != RESULT_INVALID && result != RESULT_CONFLICT)
            fail_msg("row %u: %s", row, result_name(result));
    }
    expect_cell(&scene, OUYANG, "filed", "11-21 上门 成功");
    expect_cell(&scene, ZHAO, "filed", "");
    end(&scene);
}

/** Without the sheet the visit is another one, of which the officer is warned as always. */
static void a_voided_visit_frees_its_row_and_a_correction_does_not(void **state)
{
    struct scene scene = begin(*state);
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

    assert_result(enter_of(&scene, WANG, "2026-11-18"), RESULT_OK);
    snprintf(visit, sizeof visit, "%s", fields_get(&fixture->reply.values, "visit"));
    empty.visit = strchr(visit, ':') + 1;
    assert_result(visit_void(fixture->service, &fixture->street, &empty, fixture_clear(fixture)),
                  RESULT_OK);
    visit_change_free(&fixture->change);
    expect_cell(&scene, WANG, "state", "");
    assert_result(enter_of(&scene, WANG, "2026-11-19"), RESULT_OK);
    expect_cell(&scene, WANG, "filed", "11-19 上门 成功");

    assert_result(enter_of(&scene, ZHAO, "2026-11-16"), RESULT_OK);
    snprintf(visit, sizeof visit, "%s", fields_get(&fixture->reply.values, "visit"));
    correction.replaces = strchr(visit, ':') + 1;
    assert_result(
        visit_add(fixture->service, &fixture->street, &correction, fixture_clear(fixture)),
        RESULT_OK);
    expect_cell(&scene, ZHAO, "filed", "11-17 电话 成功");
    expect_cell(&scene, ZHAO, "remark", "");
    assert_result(enter_of(&scene, ZHAO, "2026-11-18"), RESULT_CONFLICT);
    expect_words(&scene, "2026-11-17 电话");
    end(&scene);
}

/** The answer did not come through: the receipt answers, and the row is entered once. */
static void a_repeated_entry_is_answered_again(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    uint32_t row = row_of(scene.made, scene.cases[WANG]);
    struct caller asking = fixture->street;

    asking.number = 9;
    asking.request = "enter";
    asking.request_length = 5;
    for (int i = 0; i < 2; i++)
        assert_result(enter_row(&scene, &asking, WANG, row, "2026-11-18", "成功"), RESULT_OK);
    struct case_view view = case_open(fixture, &fixture->street, scene.cases[WANG], false);
    assert_int_equal(view.visits->row_count, 1);
    case_view_free(&view);
    asking.number = 10; /* another request is another entry */
    assert_result(enter_row(&scene, &asking, WANG, row, "2026-11-18", "成功"), RESULT_CONFLICT);
    end(&scene);
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
            .sheet_row = row_of(racer->scene->made, racer->scene->cases[people[i]]),
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
    struct scene scene = begin(*state);
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
    end(&scene);
}

// ---- what has changed since it was printed

static void what_changed_stands_at_its_row(void **state)
{
    struct scene scene = begin(*state);
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
    expect_cell(&scene, OUYANG, "remark", "已转到");
    assert_result(
        case_change(fixture, &fixture->system, scene.cases[WANG], "person.death", "2026-11-12"),
        RESULT_OK);
    expect_cell(&scene, WANG, "remark", "11-12 死亡");
    assert_result(excuse_ask(fixture->service, &fixture->street, &excuse, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(excuse_decide(fixture->service, &fixture->chief, scene.cases[ZHAO], MONTH, true,
                                "", fixture_clear(fixture)),
                  RESULT_OK);
    expect_cell(&scene, ZHAO, "remark", "免访：住院");
    /* All can be entered still: a visit of before that day was made. */
    assert_result(enter_of(&scene, WANG, "2026-11-10"), RESULT_OK);
    assert_result(enter_of(&scene, OUYANG, "2026-11-10"), RESULT_OK);
    end(&scene);
}

static void a_closed_month_is_said(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;

    sheet_free(&scene.made);
    fixture_today(fixture, "2026-12-08"); /* closed by itself */
    scene.made = read_as(&scene, &fixture->street, scene.codes[0], RESULT_OK);
    expect_words(&scene, "2026-11 已月结：补录计入现况数，上报数不变");
    assert_string_equal(sheet_basis(scene.made), "已月结");
    assert_result(enter_of(&scene, WANG, "2026-11-18"), RESULT_INVALID); /* to be confirmed */
    expect_words(&scene, "2026-11 已月结");
    end(&scene);
}

/** Sheets go, visits stay. */
static void old_sheets_are_removed(void **state)
{
    struct scene scene = begin(*state);
    struct fixture *fixture = scene.fixture;
    day_t made = date_make(2026, 11, 23);
    char day[DATE_TEXT];

    assert_result(enter_of(&scene, WANG, "2026-11-18"), RESULT_OK);
    fixture_today(fixture, date_format(made + LIMIT_SHEET_DAYS, day));
    assert_result(service_tick(fixture->service), RESULT_OK);
    struct sheet *sheet = read_as(&scene, &fixture->street, scene.codes[0], RESULT_OK);
    sheet_free(&sheet);
    fixture_today(fixture, date_format(made + LIMIT_SHEET_DAYS + 1, day));
    assert_result(service_tick(fixture->service), RESULT_OK);
    assert_null(read_as(&scene, &fixture->street, scene.codes[0], RESULT_NOTFOUND));
    expect_words(&scene, "打印满 400 天的表已清除");
    struct case_view view = case_open(fixture, &fixture->street, scene.cases[WANG], false);
    assert_int_equal(view.visits->row_count, 1);
    case_view_free(&view);
    end(&scene);
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
    struct scene scene = begin(*state);
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
        TEST(sheets_have_the_rows_of_the_list),
        TEST(a_sheet_comes_back_as_it_was_printed),
        TEST(a_repeated_request_makes_no_second_sheet),
        TEST(pages_end_with_a_village),
        TEST(a_sheet_of_chosen_rows_has_these_alone),
        TEST(reviews_and_strangers_get_no_sheet),
        TEST(a_wrong_code_is_told_apart),
        TEST(a_row_is_entered_once),
        TEST(a_voided_visit_frees_its_row_and_a_correction_does_not),
        TEST(a_repeated_entry_is_answered_again),
        TEST(two_officers_at_once_enter_a_row_once),
        TEST(what_changed_stands_at_its_row),
        TEST(a_closed_month_is_said),
        TEST(old_sheets_are_removed),
        TEST(verification_finds_what_is_missing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
