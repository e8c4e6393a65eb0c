/*
 * Drafted cases: from the village to the street, and what they must not touch on the way.
 */
#include "service_fixture.h"

#include "service/cases/person.h"
#include "service/cases/proposal.h"
#include "service/lists/home.h"
#include "service/officers/officer.h"
#include "service/officers/session.h"

static enum result put(struct fixture *fixture, const struct caller *caller,
                       const struct fields *values, uint64_t id, uint32_t version)
{
    struct proposal_input input = {
        .id = id, .kind = "tanfang", .version = version, .values = values};

    return proposal_put(fixture->service, caller, &input, fixture_clear(fixture));
}

/** What a village knows of an elder: name, village and perhaps the number. */
static void village_values(const char *id_no, struct fields *values)
{
    fields_free(values);
    fields_set(values, "person.name", "赵铁柱");
    fields_set(values, "person.area", VILLAGE);
    fields_set(values, "person.id_no", id_no);
}

static uint64_t draft(struct fixture *fixture, const char *id_no)
{
    struct fields values = {0};

    village_values(id_no, &values);
    assert_result(put(fixture, &fixture->village, &values, 0, 0), RESULT_OK);
    fields_free(&values);
    return strtoull(fields_get(&fixture->reply.values, "proposal"), NULL, 10);
}

/** Rows an officer sees, "name state" of the first in `first` (may be NULL). */
static size_t count_rows(struct fixture *fixture, const struct caller *caller, char first[64])
{
    struct sheet *sheet = NULL;

    assert_result(proposal_list(fixture->service, caller, "", "", &sheet, fixture_clear(fixture)),
                  RESULT_OK);
    size_t count = sheet->row_count;
    if (first != NULL)
        snprintf(first, 64, "%s %s", count > 0 ? sheet_get(sheet, 0, "name") : "",
                 count > 0 ? sheet_get(sheet, 0, "state") : "");
    sheet_free(&sheet);
    return count;
}

static enum result file(struct fixture *fixture, uint64_t proposal, uint64_t *ret_case)
{
    struct proposal_view view = {0};
    struct fields base = {0};

    assert_result(
        proposal_get(fixture->service, &fixture->street, proposal, &view, fixture_clear(fixture)),
        RESULT_OK);
    fields_set(&view.values, "categories", "独居");
    struct case_input input = {.kind = view.kind,
                               .values = &view.values,
                               .base = &base,
                               .confirm = true,
                               .proposal = proposal};
    enum result result =
        case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture));
    *ret_case = strtoull(fields_get(&fixture->reply.values, "case_id"), NULL, 10);
    proposal_view_free(&view);
    return result;
}

/* It owes nothing, counts nowhere and is found nowhere until the street files it; then it is a case
 * like any other. */
static void test_from_the_village_to_the_street(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    char first[64];
    struct sheet *found = NULL;
    uint64_t id = draft(fixture, fixture_id_no(fixture, id_no));
    uint64_t filed = 0;

    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false), "");
    assert_result(person_find(fixture->service, &fixture->street, "赵铁柱", 10, &found,
                              fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(found->row_count, 0);
    sheet_free(&found);
    assert_int_equal(count_rows(fixture, &fixture->street, first), 1);
    assert_string_equal(first, "赵铁柱 waiting");
    assert_int_equal(count_rows(fixture, &fixture->other_street, NULL), 0);
    struct home_view home = {0};
    assert_result(home_view_read(fixture->service, &fixture->street, "2026-11", &home,
                                 fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(home.proposals->row_count, 1);
    home_view_free(&home);

    assert_result(file(fixture, id, &filed), RESULT_OK);
    assert_non_null(strstr(why_line(fixture, "2026-11", filed, false), "pending"));
    assert_int_equal(count_rows(fixture, &fixture->street, NULL), 0);
    assert_result(
        proposal_withdraw(fixture->service, &fixture->village, id, fixture_clear(fixture)),
        RESULT_CONFLICT);
}

/* Two officers file the same one: one case, and the other is told. */
static void test_is_filed_once(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    char other[19];
    uint64_t id = draft(fixture, fixture_id_no(fixture, id_no));
    uint64_t filed = 0;
    struct fields values = {0};

    assert_result(file(fixture, id, &filed), RESULT_OK);
    elder_values(&(struct elder){.id_no = fixture_id_no(fixture, other)}, &values);
    struct case_input input = {
        .kind = "tanfang", .values = &values, .confirm = true, .proposal = id};
    assert_result(case_save(fixture->service, &fixture->street, &input, fixture_clear(fixture)),
                  RESULT_CONFLICT);
    assert_string_equal(board_line(fixture, "2026-11", "village", VILLAGE, false),
                        "1 0 0 1 0 0 0 0 0 0.0"); /* nothing of the second was stored */
    fields_free(&values);
}

/* Given back with a reason, corrected, waiting again. */
static void test_is_given_back_and_comes_again(void **state)
{
    struct fixture *fixture = *state;
    char first[64];
    struct fields values = {0};
    struct home_view home = {0};
    uint64_t id = draft(fixture, "");

    assert_result(proposal_return(fixture->service, &fixture->village, id, "自己退自己",
                                  fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_result(
        proposal_return(fixture->service, &fixture->street, id, "", fixture_clear(fixture)),
        RESULT_INVALID);
    assert_result(proposal_return(fixture->service, &fixture->street, id, "缺身份证号",
                                  fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(home_view_read(fixture->service, &fixture->village, "2026-11", &home,
                                 fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(home.proposals->row_count, 1);
    assert_string_equal(sheet_get(home.proposals, 0, "reason"), "缺身份证号");
    home_view_free(&home);
    village_values("", &values);
    assert_result(put(fixture, &fixture->village, &values, id, 1), RESULT_CONFLICT);
    assert_result(put(fixture, &fixture->village, &values, id, 2), RESULT_OK);
    assert_int_equal(count_rows(fixture, &fixture->street, first), 1);
    assert_string_equal(first, "赵铁柱 waiting");
    assert_result(
        proposal_withdraw(fixture->service, &fixture->village, id, fixture_clear(fixture)),
        RESULT_OK);
    assert_int_equal(count_rows(fixture, &fixture->street, NULL), 0);
    fields_free(&values);
}

/* What is missing may be missing; what is wrong, elsewhere or there already is refused. */
static void test_wrong_input_is_refused(void **state)
{
    struct fixture *fixture = *state;
    char id_no[19];
    struct fields values = {0};
    static const struct {
        const char *name, *value;
        enum result result;
    } cases[] = {
        {"person.name", "", RESULT_INVALID},
        {"person.id_no", "211102194501010010", RESULT_INVALID},
        {"person.birth", "1945-02-30", RESULT_INVALID},
        {"person.area", "", RESULT_INVALID},
        {"person.area", STREET, RESULT_INVALID},
        {"person.area", VILLAGE2, RESULT_DENIED},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        village_values("", &values);
        fields_set(&values, cases[i].name, cases[i].value);
        assert_result(put(fixture, &fixture->village, &values, 0, 0), cases[i].result);
    }
    elder_add(fixture, &(struct elder){.id_no = fixture_id_no(fixture, id_no), .name = "赵铁柱"});
    village_values(id_no, &values);
    assert_result(put(fixture, &fixture->village, &values, 0, 0), RESULT_INVALID);
    assert_non_null(strstr(fixture->reply.message, "已有在册探访个案"));
    assert_result(put(fixture, &fixture->county, &values, 0, 0), RESULT_DENIED);
    fields_free(&values);
}

/* An officer's record: what may be changed by whom, and that a session that has begun is old. */
static void test_officers_are_edited(void **state)
{
    struct fixture *fixture = *state;
    struct caller caller = {0};
    struct officer_input add = {
        .id = "5001", .name = "陈静", .role = "street", .area = "211102002", .password = ""};
    struct officer_input moved = {.id = "5001", .role = "village", .area = VILLAGE};
    static const struct officer_input bad[] = {
        {.id = "5001", .name = ""},
        {.id = "5001", .role = "boss"},
        {.id = "5001", .role = "village"}, /* in a street */
        {.id = "5001", .area = "211103003"},
    };

    assert_result(officer_add(fixture->service, &fixture->system, &add, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(session_begin_owner(fixture->service, "5001", &caller, fixture_clear(fixture)),
                  RESULT_OK);
    assert_false(session_is_old(fixture->service, &caller));
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_result(
            officer_edit(fixture->service, &fixture->system, &bad[i], fixture_clear(fixture)),
            RESULT_INVALID);
    assert_result(officer_edit(fixture->service, &caller, &moved, fixture_clear(fixture)),
                  RESULT_DENIED);
    assert_false(session_is_old(fixture->service, &caller));
    assert_result(officer_edit(fixture->service, &fixture->system, &moved, fixture_clear(fixture)),
                  RESULT_OK);
    assert_true(session_is_old(fixture->service, &caller));
    uint8_t token[SESSION_SIZE];
    memcpy(token, caller.token, sizeof token);
    caller.owner = true; /* as the connection knows */
    assert_result(session_resume(fixture->service, token, &caller, fixture_clear(fixture)),
                  RESULT_OK);
    assert_false(session_is_old(fixture->service, &caller));
    assert_int_equal(caller.role, ROLE_VILLAGE);
    assert_string_equal(caller.area, VILLAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_from_the_village_to_the_street, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_is_filed_once, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(test_is_given_back_and_comes_again, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_wrong_input_is_refused, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(test_officers_are_edited, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
