/*
 * The list of persons who may be one, and of cases that exclude each other.
 */
#include "service_fixture.h"

#include "db/tables.h"
#include "service/lists/duplicates.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

static struct sheet *list(struct fixture *fixture, const struct caller *caller, const char *area)
{
    struct sheet *sheet = NULL;

    assert_result(duplicates_list(fixture->service, caller, area, &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    return sheet;
}

static void expect_count(struct fixture *fixture, const struct caller *caller, size_t count)
{
    struct sheet *sheet = list(fixture, caller, "");

    assert_int_equal(sheet->row_count, count);
    sheet_free(&sheet);
}

static void expect_row(const struct sheet *sheet, size_t row, const char *const *cells)
{
    static const char *const columns[] = {"what",          "name",   "other_name",
                                          "other_case_no", "remark", "case_no"};

    assert_true(row < sheet->row_count);
    for (size_t i = 0; i < COUNT(columns); i++)
        if (cells[i] != NULL)
            assert_string_equal(sheet_get(sheet, row, columns[i]), cells[i]);
}

/** elder_add() gives everybody one address and one year of birth. */
static void alike_names_are_listed(void **state)
{
    struct fixture *fixture = *state;

    elder_add(fixture, &(struct elder){.name = "李晓红"});
    expect_count(fixture, &fixture->street, 0);
    elder_add(fixture, &(struct elder){.name = "张伟"});
    expect_count(fixture, &fixture->street, 0);
    elder_add(fixture, &(struct elder){.name = "李小红", .area = VILLAGE2});
    struct sheet *sheet = list(fixture, &fixture->street, "");
    assert_int_equal(sheet->row_count, 1);
    expect_row(sheet, 0,
               (const char *const[]){"疑似重复", "李晓红", "李小红", "2111020022026LR00003", NULL,
                                     "2111020022026LR00001"});
    assert_non_null(strstr(sheet_get(sheet, 0, "remark"), "姓名同音；"));
    assert_non_null(strstr(sheet_get(sheet, 0, "remark"), "住址相同"));
    /* Whole ID numbers are not for lists. */
    assert_non_null(strchr(sheet_get(sheet, 0, "id_no"), '*'));
    sheet_free(&sheet);
}

/** Another street's people are named to the county only. */
static void a_street_learns_nothing_of_another(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.name = "李晓红"});
    elder_add(fixture, &(struct elder){.name = "李小红", .area = OTHER_VILLAGE});
    expect_count(fixture, &fixture->street, 0);
    expect_count(fixture, &fixture->other_street, 0);
    expect_count(fixture, &fixture->county, 1);
    assert_result(
        duplicates_list(fixture->service, &fixture->street, COUNTY, &sheet, fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(
        duplicates_list(fixture->service, &fixture->village, "", &sheet, fixture_clear(fixture)),
        RESULT_DENIED);
    assert_result(duplicates_list(fixture->service, &fixture->street, "211102009", &sheet,
                                  fixture_clear(fixture)),
                  RESULT_USAGE);
    assert_null(sheet);
}

/** Spouses share telephone and address; with names one character apart they are still two. */
static void relatives_in_one_household_are_two(void **state)
{
    struct fixture *fixture = *state;
    char head[19], child[19];
    struct fields values = {0};

    fields_set(&values, "area", VILLAGE);
    fields_set(&values, "cls", "B");
    fields_set(&values, "income", "1,250.00");
    fields_set(&values, "from_m", "2026-10");
    fields_set(&values, "members.0.name", "曹俊贵");
    fields_set(&values, "members.0.id_no", fixture_id_no(fixture, head));
    fields_set(&values, "members.0.m_rel", "户主");
    fields_set(&values, "members.0.m_cov", "是");
    fields_set(&values, "members.0.phone", "13900000001");
    fields_set(&values, "members.1.name", "曹俊民");
    fields_set(&values, "members.1.id_no", fixture_id_no(fixture, child));
    fields_set(&values, "members.1.m_rel", "子");
    fields_set(&values, "members.1.m_cov", "是");
    fields_set(&values, "members.1.phone", "13900000001");
    assert_result(case_new(fixture, &fixture->street, "dibao", &values), RESULT_OK);
    fields_free(&values);
    expect_count(fixture, &fixture->street, 0);
}

// ---- exclusions

/** Cases on the books that entry would refuse. */
struct past {
    const char *kind, *number, *area;
};

static enum result put_case(struct txn *txn, void *arg)
{
    const struct past *past = arg;
    Rec__Case record = REC__CASE__INIT;
    static uint64_t id = 900;
    char active[] = "active";

    record.id = fixture_id(id++);
    record.person = fixture_id(1);
    record.kind = (char *)(uintptr_t)past->kind;
    record.number = (char *)(uintptr_t)past->number;
    record.area = (char *)(uintptr_t)past->area;
    record.state = active;
    return store_case_put(txn, &record);
}

static void add_past(struct fixture *fixture, const char *kind, const char *number,
                     const char *area)
{
    struct past past = {kind, number, area};

    assert_result(store_run(fixture->service->store, STORE_BULK, put_case, &past), RESULT_OK);
    census_free(&fixture->service->census);
    fixture->service->census = census_new();
}

static void excluding_cases_are_listed(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.name = "李晓红"});
    add_past(fixture, "tekun", "P-1", VILLAGE);
    expect_count(fixture, &fixture->street, 0); /* 探访 and 特困 go together */
    add_past(fixture, "ertong", "P-2", VILLAGE2);
    sheet = list(fixture, &fixture->street, "");
    assert_int_equal(sheet->row_count, 1);
    expect_row(sheet, 0,
               (const char *const[]){"互相排斥", "李晓红", "李晓红", "P-2",
                                     "该人已在孤儿和事实无人抚养儿童在册，不得同时享受特困；"
                                     "转特困的请先办理那里的退出",
                                     "P-1"});
    sheet_free(&sheet);
    /* Asked for one of the two villages only, the pair is there as well. */
    sheet = list(fixture, &fixture->street, VILLAGE2);
    assert_int_equal(sheet->row_count, 1);
    sheet_free(&sheet);
}

/** A street sees that there is a case elsewhere, but not which. */
static void a_case_elsewhere_is_not_told(void **state)
{
    struct fixture *fixture = *state;
    struct sheet *sheet = NULL;

    elder_add(fixture, &(struct elder){.name = "李晓红"});
    add_past(fixture, "tanfang", "P-1", OTHER_VILLAGE);
    sheet = list(fixture, &fixture->street, "");
    assert_int_equal(sheet->row_count, 1);
    expect_row(sheet, 0,
               (const char *const[]){"同一业务", "李晓红", "", "",
                                     "另一个案不在您的辖区，请报上级民政核实",
                                     "2111020022026LR00001"});
    sheet_free(&sheet);
    sheet = list(fixture, &fixture->county, "");
    assert_int_equal(sheet->row_count, 1);
    expect_row(sheet, 0,
               (const char *const[]){"同一业务", "李晓红", "李晓红", "P-1",
                                     "同一业务有两个在册个案，请退出一个", NULL});
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(alike_names_are_listed, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_street_learns_nothing_of_another, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(relatives_in_one_household_are_two, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(excluding_cases_are_listed, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(a_case_elsewhere_is_not_told, fixture_setup,
                                        fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
