/*
 * Looking at cases and people: masks, search as one types, lists by pages.
 */
#include "service/cases/person.h"
#include "service_fixture.h"

static void test_masking(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};

    elder_values(&(struct elder){.id_no = fixture_id_no(fixture, id_no)}, &values);
    fields_set(&values, "chronic", "高血压");
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    struct case_view view = case_open(fixture, &fixture->village, id, false);
    assert_true(view.masked);
    assert_non_null(strstr(fields_get(&view.values, "person.id_no"), "**********"));
    assert_null(strstr(fields_get(&view.values, "chronic"), "高"));
    case_view_free(&view);
    view = case_open(fixture, &fixture->village, id, true);
    assert_string_equal(fields_get(&view.values, "person.id_no"), id_no);
    assert_string_equal(fields_get(&view.values, "chronic"), "高血压");
    case_view_free(&view);
    assert_result(case_get(fixture->service, &fixture->other_street, id, NULL, false, &view,
                           fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(case_get(fixture->service, &fixture->auditor, id, NULL, false, &view,
                           fixture_clear(fixture)),
                  RESULT_DENIED);
    fields_free(&values);
}

static size_t found(struct fixture *fixture, const struct caller *caller, const char *text,
                    char state[32])
{
    struct sheet *sheet = NULL;

    assert_result(person_find(fixture->service, caller, text, 0, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    size_t count = sheet->row_count;
    snprintf(state, 32, "%s", count > 0 ? sheet_get(sheet, 0, "state") : "");
    sheet_free(&sheet);
    return count;
}

static void test_find(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    char text[32];
    struct fields values = {0};

    elder_values(&(struct elder){.name = "单雄信", .id_no = fixture_id_no(fixture, id_no)},
                 &values);
    fields_set(&values, "person.phone", "13704270003");
    assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
    uint64_t id = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    const char *const inputs[] = {
        "单雄",
        "雄信",
        "sxx",
        "DXX",
        "shanxiong",
        id_no,
        &id_no[14],
        &id_no[12],
        "1370427",
        "0003",
        "18号楼",
        "2111020022026LR00001",
        "2111020022026lr00001",
        " 单雄信 ",
    };
    for (size_t i = 0; i < COUNT(inputs); i++) {
        if (found(fixture, &fixture->village, inputs[i], text) != 1)
            fail_msg("%s finds nothing", inputs[i]);
        assert_string_equal(text, "在册");
        assert_int_equal(found(fixture, &fixture->other_street, inputs[i], text), 0);
    }
    assert_int_equal(found(fixture, &fixture->village, "王", text), 0);
    assert_int_equal(found(fixture, &fixture->village, "", text), 0);
    assert_result(case_close(fixture->service, &fixture->street, id, "2026-11-20", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(found(fixture, &fixture->village, "sxx", text), 1);
    assert_string_equal(text, "已退出");
    fields_free(&values);
}

/** Cases that go on come first, then by person; what is not shown is told of. */
static void test_many(void **state)
{
    enum { PEOPLE = 25, SHOWN = 20 };
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;
    uint64_t cases[PEOPLE], last = 0;

    for (int i = 0; i < PEOPLE; i++)
        cases[i] = elder_add(fixture, &(struct elder){.name = "单雄信"});
    assert_result(case_close(fixture->service, &fixture->street, cases[0], "2026-11-20", "迁出", 0,
                             fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(
        person_find(fixture->service, &fixture->county, "单", 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, SHOWN);
    assert_non_null(strstr(fixture->reply.message, "同样的太多"));
    for (size_t row = 0; row + 1 < SHOWN; row++) {
        uint64_t person = strtoull(sheet_get(sheet, row, "person_id"), NULL, 10);
        assert_true(person > last);
        assert_string_equal(sheet_get(sheet, row, "state"), "在册");
        assert_string_equal(sheet_get(sheet, row, "name"), "单雄信");
        last = person;
    }
    assert_string_equal(sheet_get(sheet, SHOWN - 1, "state"), "已退出");
    assert_int_equal(strtoull(sheet_get(sheet, SHOWN - 1, "case_id"), NULL, 10), cases[0]);
    sheet_free(&sheet);
    assert_result(person_find(fixture->service, &fixture->county, "单雄", PEOPLE, &sheet,
                              fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, PEOPLE);
    assert_null(fixture->reply.message);
    sheet_free(&sheet);
}

/** Expects these names in this order, from the first row on. */
static void expect_order(struct fixture *fixture, const char *text, const char *const *names,
                         size_t count)
{
    struct sheet *sheet = NULL;

    assert_result(
        person_find(fixture->service, &fixture->county, text, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    for (size_t i = 0; i < count; i++) {
        const char *found = i < sheet->row_count ? sheet_get(sheet, i, "name") : "nobody";
        if (strcmp(found, names[i]) != 0)
            fail_msg("%s: %s is no. %zu, not %s", text, found, i + 1, names[i]);
    }
    sheet_free(&sheet);
}

/** Names before numbers before addresses, and the nearer match first, however many of the others were
 *  there before: 单 is a surname and part of nearly every address. */
static void test_order(void **state)
{
    enum { OTHERS = 25 };
    static const char *const family[] = {"单雄信", "李单元", "王单", "吴某"};
    static const char *const exact[] = {"王伟", "王伟明", "赵王伟", "钱路"};
    static const char *const tail[] = {"周二"};
    struct fixture *fixture = *state;
    struct fields values = {0};
    char id_no[19];
    static const struct {
        const char *name, *address, *phone;
    } people[] = {
        {"钱路", "王伟路3号", ""}, {"赵王伟", "4号", ""},           {"王伟明", "5号", ""},
        {"王伟", "6号", ""},       {"李单元", "7号", ""},           {"王单", "8号", ""},
        {"单雄信", "9号", ""},     {"周二", "10号", "13700002111"},
    };

    for (int i = 0; i < OTHERS; i++) {
        elder_values(&(struct elder){.name = "吴某", .id_no = fixture_id_no(fixture, id_no)},
                     &values);
        fields_set(&values, "person.address", "18号楼3单元");
        assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
        fields_free(&values);
    }
    for (size_t i = 0; i < COUNT(people); i++) {
        elder_values(
            &(struct elder){.name = people[i].name, .id_no = fixture_id_no(fixture, id_no)},
            &values);
        fields_set(&values, "person.address", people[i].address);
        fields_set(&values, "person.phone", people[i].phone);
        assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
        fields_free(&values);
    }
    /* 单雄信 begins so; 李单元 was there before 王单; everybody else lives in some 单元. */
    expect_order(fixture, "单", family, COUNT(family));
    expect_order(fixture, "单雄", family, 1);
    expect_order(fixture, "王伟", exact, COUNT(exact));
    /* A telephone's tail before all whose ID numbers begin so. */
    expect_order(fixture, "2111", tail, COUNT(tail));
}

/** Several words: one name spelt apart, a name in a village, two things about a person. */
static void test_words(void **state)
{
    static const struct {
        const char *text, *first;
        size_t count;
    } cases[] = {
        {"zhangshufen", "张淑芬", 2},
        {"zhang shu fen", "张淑芬", 2},
        {"Zhang  Shufen", "张淑芬", 2},
        {"zsf 12号", "张淑芬", 1},
        {"12号 张", "张淑芬", 1},
        {"张 淑芬", "张淑芬", 2},
        {"张 1380", "张三", 1},
        {"张 没有", "", 0},
        {"zhang", "张三", 4}, /* nobody is called 张 alone: as they stand in their villages */
        {"zs", "张三", 4},    /* typed whole before what goes on */
    };
    struct fixture *fixture = *state;
    struct fields values = {0};
    char id_no[19];
    static const struct {
        const char *name, *address, *phone, *area;
    } people[] = {
        {"张三", "1号", "13800000000", VILLAGE},
        {"张淑芬", "12号", "", VILLAGE},
        {"张淑芬", "13号", "", VILLAGE2},
        {"张树", "14号", "", VILLAGE2},
    };

    for (size_t i = 0; i < COUNT(people); i++) {
        elder_values(&(struct elder){.name = people[i].name,
                                     .area = people[i].area,
                                     .id_no = fixture_id_no(fixture, id_no)},
                     &values);
        fields_set(&values, "person.address", people[i].address);
        fields_set(&values, "person.phone", people[i].phone);
        assert_result(case_new(fixture, &fixture->street, "tanfang", &values), RESULT_OK);
        fields_free(&values);
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *sheet = NULL;
        assert_result(person_find(fixture->service, &fixture->street, cases[i].text, 0, &sheet,
                                  fixture_clear(fixture)),
                      RESULT_OK);
        const char *first = sheet->row_count > 0 ? sheet_get(sheet, 0, "name") : "";
        if (sheet->row_count != cases[i].count || strcmp(first, cases[i].first) != 0)
            fail_msg("%s: %zu, first %s", cases[i].text, sheet->row_count, first);
        sheet_free(&sheet);
    }
}

/** A village's name beside a person's leaves out the others; what was opened lately comes in its order,
 *  and only what the officer may see. */
static void test_villages_and_recent(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;
    uint64_t cases[] = {
        elder_add(fixture, &(struct elder){.name = "李四", .area = VILLAGE2}),
        elder_add(fixture, &(struct elder){.name = "李五", .area = VILLAGE}),
        elder_add(fixture, &(struct elder){.name = "李六", .area = OTHER_VILLAGE}),
        1,
    };
    char *text = mem_printf("li %s", service_area_name(fixture->service, VILLAGE2));

    assert_result(
        person_find(fixture->service, &fixture->street, text, 0, &sheet, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "name"), "李四");
    sheet_free(&sheet);
    assert_result(person_recent(fixture->service, &fixture->street, cases, COUNT(cases), &sheet,
                                fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 0, "name"), "李四");
    assert_string_equal(sheet_get(sheet, 1, "name"), "李五");
    sheet_free(&sheet);
    free(text);
}

static void test_list_pages(void **state)
{
    struct fixture *fixture = *state;
    struct case_query query = {.area = COUNTY, .limit = 2};
    char *after = NULL;
    size_t rows = 0;
    size_t pages = 0;

    for (int i = 0; i < 3; i++)
        elder_add(fixture, &(struct elder){.area = VILLAGE2});
    elder_add(fixture, &(struct elder){.area = OTHER_VILLAGE});
    elder_add(fixture, &(struct elder){.area = VILLAGE});
    do {
        struct sheet *sheet = NULL;
        query.after = after;
        assert_result(
            case_list(fixture->service, &fixture->county, &query, &sheet, fixture_clear(fixture)),
            RESULT_OK);
        rows += sheet->row_count;
        pages++;
        free(after);
        after = sheet->next == NULL ? NULL : mem_copy(sheet->next);
        sheet_free(&sheet);
    } while (after != NULL);
    assert_int_equal(rows, 5);
    assert_int_equal(pages, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_masking, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_find, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_many, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_order, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_words, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_villages_and_recent, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_list_pages, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
