#include "paper_scene.h"

#include "base/mem.h"
#include "service/keeping/verify.h"

#include <inttypes.h>

const struct due_query SCENE_ALL = {
    .month = MONTH, .area = "", .officer = "", .kind = "", .type = DUTY_TYPE_VISIT};

const struct scene_person SCENE_PEOPLE[PEOPLE_COUNT] = {
    {"王桂兰", VILLAGE, "高"}, {"欧阳秀英", VILLAGE, "低"},   {"李玉华", VILLAGE2, "中"},
    {"赵国栋", VILLAGE, "中"}, {"孙淑琴", OTHER_VILLAGE, ""}, {"周德才", VILLAGE2, "低"},
};

struct sheet *scene_make(struct fixture *fixture, const struct caller *caller,
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

struct scene scene_begin(struct fixture *fixture)
{
    struct scene scene = {.fixture = fixture};
    size_t codes = 0;

    for (size_t i = 0; i < PEOPLE_COUNT; i++) {
        char id_no[19];
        struct elder elder = {.name = SCENE_PEOPLE[i].name,
                              .area = SCENE_PEOPLE[i].area,
                              .tier = SCENE_PEOPLE[i].tier,
                              .officer = "刘洋",
                              .id_no = fixture_id_no(fixture, id_no)};
        scene.cases[i] = elder_add(fixture, &elder);
    }
    scene.made = scene_make(fixture, &fixture->street, &SCENE_ALL);
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

void scene_end(struct scene *scene)
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

struct sheet *scene_read(struct scene *scene, const struct caller *caller, const char *code,
                         enum result expected)
{
    struct sheet *sheet = NULL;

    assert_result(
        paper_read(scene->fixture->service, caller, code, &sheet, fixture_clear(scene->fixture)),
        expected);
    return sheet;
}

/** The row of a person on their sheet, from 1. */
uint32_t scene_row(const struct sheet *sheet, uint64_t case_id)
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
char *scene_cell(struct scene *scene, int person, const char *column)
{
    struct sheet *sheet = scene_read(scene, &scene->fixture->street, scene->codes[0], RESULT_OK);
    uint32_t row = scene_row(sheet, scene->cases[person]);
    char *text = mem_copy(sheet_get(sheet, row - 1, column));

    sheet_free(&sheet);
    return text;
}

void scene_expect_cell(struct scene *scene, int person, const char *column, const char *words)
{
    char *text = scene_cell(scene, person, column);

    if (strstr(text, words) == NULL || (*words == '\0' && *text != '\0'))
        fail_msg("%s of %s is %s", column, SCENE_PEOPLE[person].name, text);
    free(text);
}

enum result scene_enter_row(struct scene *scene, const struct caller *caller, int person,
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

enum result scene_enter(struct scene *scene, int person, const char *date)
{
    struct sheet *sheet = scene_read(scene, &scene->fixture->street, scene->codes[0], RESULT_OK);
    uint32_t row = scene_row(sheet, scene->cases[person]);

    sheet_free(&sheet);
    return scene_enter_row(scene, &scene->fixture->street, person, row, date, "成功");
}

void scene_expect_words(struct scene *scene, const char *words)
{
    const char *message = scene->fixture->reply.message;

    if (message == NULL || strstr(message, words) == NULL)
        fail_msg("%s, not %s", message == NULL ? "nothing" : message, words);
}
