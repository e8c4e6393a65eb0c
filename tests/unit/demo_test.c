/* The demonstration: reproducible, true to the rules, with lists that look real. */
#include "ledger_fixture.h"

#include "base/idno.h"
#include "base/month.h"
#include "service/cases/application.h"
#include "service/demo/demo.h"
#include "service/frame/record.h"
#include "service/keeping/verify.h"
#include "service/ledger/duties.h"
#include "service/lists/board.h"
#include "service/lists/due.h"
#include "service/lists/home.h"
#include "service/lists/lead.h"
#include "service/lists/upcoming.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"
#include "service/payroll/payroll.h"

#include <locale.h>
#include <stdlib.h>

enum { CASES = 300, MONTHS = 3 };

#define TODAY "2026-11-23"
#define FIRST "2026-09"
#define MONTH "2026-11"

static struct office office;

static void make_seeded(uint64_t seed)
{
    struct demo_input input = {.cases = CASES, .months = MONTHS, .seed = seed, .area = ""};
    struct sheet *officers = NULL;

    office_make(&office, TODAY, FIRST);
    enum result result =
        demo_fill(office.service, &office.system, &input, &officers, &office.reply);
    if (result != 0)
        fail_msg("%s %s", result_name(result), office.reply.message);
    assert_string_equal(fields_get(&office.reply.values, "cases"), "300");
    assert_string_equal(sheet_get(officers, 0, "id"), "1001");
    assert_string_equal(sheet_get(officers, 0, "name"), "张敏");
    sheet_free(&officers);
}

static int set_up(void **state)
{
    (void)state;
    make_seeded(1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

// ---- the same again

/** Blanks the times of today, at which the home was made: the clock decides them. */
static void hide_times_of_today(char *text)
{
    for (char *at = text; (at = strstr(at, TODAY " ")) != NULL;) {
        at += strlen(TODAY " ");
        for (size_t i = 0; i < strlen("HH:MM:SS") && at[i] != '\0'; i++)
            at[i] = '-';
    }
}

static void the_seed_decides_everything(void **state)
{
    static const uint64_t seeds[] = {7, 7, 8};
    char *contents[COUNT(seeds)];

    (void)state;
    for (size_t i = 0; i < COUNT(seeds); i++) {
        make_seeded(seeds[i]);
        contents[i] = office_contents(&office, false);
        hide_times_of_today(contents[i]);
        office_remove(&office);
    }
    assert_true(strlen(contents[0]) > 100000);
    assert_true(strcmp(contents[0], contents[1]) == 0);
    assert_true(strcmp(contents[0], contents[2]) != 0);
    for (size_t i = 0; i < COUNT(seeds); i++)
        free(contents[i]);
}

static void a_home_with_cases_is_refused(void **state)
{
    struct demo_input input = {.cases = 10, .months = 1, .seed = 2, .area = ""};
    struct sheet *officers = NULL;

    (void)state;
    assert_result(demo_fill(office.service, &office.system, &input, &officers, &office.reply),
                  RESULT_EXISTS);
    assert_result(demo_fill(office.service, &office.street, &input, &officers, &office.reply),
                  RESULT_DENIED);
    assert_null(officers);
}

// ---- people

struct people {
    size_t count, special;
    uint64_t phones; /* their sum: any number drawn in another order changes it */
};

static enum result check_person(const Rec__Person *person, void *arg)
{
    struct people *people = arg;
    char number[IDNO_TEXT];

    assert_int_equal(idno_parse(person->id_no, office.service->fixed_today, number), IDNO_FINE);
    assert_int_equal(idno_birth(person->id_no), person->birth);
    assert_int_equal(idno_sex(person->id_no), (int)person->sex);
    assert_string_not_equal(person->name, "");
    people->count++;
    people->phones += strtoull(person->phone, NULL, 10);
    people->special += strcmp(person->name, "阿依古丽·买买提") == 0 ||
                       strcmp(person->name, "欧阳秀英") == 0 || strcmp(person->name, "李𠮷") == 0;
    return RESULT_OK;
}

static enum result check_people(struct txn *txn, void *arg)
{
    return store_person_scan(txn, 0, check_person, arg);
}

static void people_have_valid_numbers(void **state)
{
    struct people people = {0};

    (void)state;
    run_ok(office.service->store, STORE_READ, check_people, &people);
    assert_true(people.count > CASES);
    assert_true(people.special >= 3);
    assert_int_equal(people.phones, UINT64_C(4217221670514)); /* of every compiler and machine */
}

// ---- the ledger follows from the visits

struct checking {
    struct usecase usecase;
    size_t duties;
};

/** A duty holds what its person's visits say, and the visits name the case. */
static enum result check_duty(const Rec__Duty *duty, void *arg)
{
    struct checking *checking = arg;
    const struct form *form = forms_get(service_forms(office.service), duty->kind);
    Rec__Duty *again = record_copy(duty);
    Rec__Visit *visit = NULL;

    checking->duties++;
    if (strcmp(duty->type, DUTY_TYPE_VISIT) == 0) {
        assert_ok(recount_visits(&checking->usecase, form, again));
        assert_ok(recount_last_before(&checking->usecase, form, duty->person, duty->month,
                                      &again->last_before));
        assert_true(record_equal(duty, again));
    }
    for (size_t i = 0; i < duty->n_credits; i++) {
        bool named = false;
        assert_ok(store_visit_get(checking->usecase.txn, duty->person, duty->credits[i]->date,
                                  duty->credits[i]->seq, &visit));
        for (size_t k = 0; k < visit->n_credited; k++)
            named |= visit->credited[k] == duty->case_id;
        assert_true(named);
        rec__visit__free_unpacked(visit, NULL);
    }
    rec__duty__free_unpacked(again, NULL);
    return RESULT_OK;
}

static enum result check_duties(struct txn *txn, void *arg)
{
    struct checking *checking = arg;
    enum result result = RESULT_OK;

    checking->usecase.txn = txn;
    for (month_t month = office.service->first_month; month <= month_make(2026, 11); month++) {
        assert_ok(result);
        result = store_duty_scan(txn, month, "", NULL, check_duty, checking);
    }
    return result;
}

static void duties_follow_from_the_visits(void **state)
{
    struct checking checking = {.usecase = {.service = office.service}};

    (void)state;
    run_ok(office.service->store, STORE_READ, check_duties, &checking);
    assert_true(checking.duties > CASES);
}

static void figures_in_memory_are_the_ledgers(void **state)
{
    struct totals *fresh = totals_new(service_forms(office.service));

    (void)state;
    assert_ok(reading_read_month(office.service, month_make(2026, 11), fresh));
    assert_int_equal(
        totals_differ(office.service->totals, fresh, month_make(2026, 11), show_finding, NULL), 0);
    totals_free(&fresh);
}

static void verification_finds_nothing(void **state)
{
    struct sheet *lines = NULL;

    (void)state;
    assert_ok(verify_all(office.service, &office.system, &lines, &office.reply));
    sheet_free(&lines);
}

// ---- what an officer sees

static uint64_t figure(const struct sheet *sheet, size_t row, const char *column)
{
    return strtoull(sheet_get(sheet, row, column), NULL, 10);
}

static void past_months_are_closed_and_nearly_complete(void **state)
{
    struct sheet *trend = NULL;

    (void)state;
    assert_ok(
        board_trend(office.service, &office.street, "2111", "", MONTHS, &trend, &office.reply));
    assert_int_equal(trend->row_count, MONTHS);
    for (size_t i = 0; i + 1 < trend->row_count; i++) {
        assert_true(figure(trend, i, "owed") > 100);
        assert_true(figure(trend, i, "reached") * 100 >= figure(trend, i, "owed") * 94);
        assert_int_equal(figure(trend, i, "pending"), 0);
    }
    sheet_free(&trend);
}

static void this_month_is_under_way(void **state)
{
    struct due_query query = {.month = MONTH, .all = true, .limit = 10000};
    struct sheet *due = NULL;
    struct due_place *next = NULL;
    size_t today = 0;
    size_t overdue = 0;
    size_t reached = 0;
    size_t alarms = 0;
    size_t asked = 0;

    (void)state;
    query.area = query.officer = query.kind = query.type = "";
    assert_ok(due_list(office.service, &office.street, &query, &due, &next, &office.reply));
    free(next);
    for (size_t i = 0; i < due->row_count; i++) {
        const char *status = sheet_get(due, i, "status");
        today += strcmp(status, "due_today") == 0;
        overdue += strcmp(status, "overdue") == 0;
        reached += strcmp(status, "reached") == 0 || strcmp(status, "fulfilled") == 0;
        alarms += figure(due, i, "attempts") >= 3 && strcmp(status, "reached") != 0;
        asked += *sheet_get(due, i, "asked") != '\0';
    }
    assert_true(reached * 2 > due->row_count && reached * 10 < due->row_count * 9);
    assert_true(today > 0);
    assert_true(overdue > 0);
    assert_true(alarms > 0);
    assert_true(asked > 0);
    sheet_free(&due);
}

// ---- what officers are at

struct stands {
    size_t rows, late, papers, returned, publicity, chief;
};

static struct stands read_stands(void)
{
    struct stands stands = {0};
    struct sheet *sheet = NULL;

    assert_ok(application_list(office.service, &office.system, "", false, &sheet, &office.reply));
    stands.rows = sheet->row_count;
    for (size_t i = 0; i < sheet->row_count; i++) {
        const char *waits = sheet_get(sheet, i, "waits_for");
        stands.late += strtol(sheet_get(sheet, i, "days_left"), NULL, 10) < 0;
        stands.papers += strncmp(waits, "申请人补正", strlen("申请人补正")) == 0;
        stands.returned += strncmp(waits, "填报人", strlen("填报人")) == 0;
        stands.publicity += strcmp(sheet_get(sheet, i, "step"), "公示") == 0;
        stands.chief += strcmp(sheet_get(sheet, i, "step"), "确认") == 0;
    }
    sheet_free(&sheet);
    return stands;
}

static void applications_stand_at_each_step(void **state)
{
    (void)state;
    struct stands stands = read_stands();
    assert_int_equal(stands.rows, 9);
    assert_int_equal(stands.late, 1);
    assert_int_equal(stands.papers, 1);
    assert_int_equal(stands.returned, 1);
    assert_int_equal(stands.publicity, 1);
    assert_int_equal(stands.chief, 1);
}

/** Last month's rosters are confirmed, this month's is made. */
static void rosters_and_leads_are_at_work(void **state)
{
    static const char *const states[] = {"待办", "已接手", "已办理", "不需办理"};
    struct payroll_query query = {.kind = "", .month = "", .area = ""};
    struct lead_query leads = {.area = "", .rule = "", .all = true, .after = ""};
    struct sheet *sheet = NULL;
    size_t confirmed = 0;

    (void)state;
    assert_ok(payroll_list(office.service, &office.system, &query, &sheet, &office.reply));
    assert_int_equal(sheet->row_count, 3);
    for (size_t i = 0; i < sheet->row_count; i++) {
        confirmed += strcmp(sheet_get(sheet, i, "state"), "已确认") == 0;
        assert_true(figure(sheet, i, "payable") > 0);
    }
    assert_int_equal(confirmed, 2);
    sheet_free(&sheet);
    assert_ok(lead_list(office.service, &office.system, &leads, &sheet, &office.reply));
    for (size_t i = 0; i < COUNT(states); i++) {
        size_t found = 0;
        for (size_t row = 0; row < sheet->row_count; row++)
            found += strncmp(sheet_get(sheet, row, "state"), states[i], strlen(states[i])) == 0;
        if (i == 0 ? found == 0 : found != 1)
            fail_msg("%s: %zu", states[i], found);
    }
    sheet_free(&sheet);
}

/** People of the village whose visit is past its day; the rate is of 探访 alone here. */
static size_t count_overdue(const char *village)
{
    struct due_query query = {.month = MONTH, .area = village, .all = true, .limit = 10000};
    struct due_place *next = NULL;
    struct sheet *due = NULL;
    size_t overdue = 0;

    query.kind = "tanfang";
    query.officer = query.type = "";
    assert_ok(due_list(office.service, &office.street, &query, &due, &next, &office.reply));
    free(next);
    for (size_t i = 0; i < due->row_count; i++)
        overdue += strcmp(sheet_get(due, i, "status"), "overdue") == 0;
    sheet_free(&due);
    return overdue;
}

/** The villages that need help most stand first, with their people whose day is past. */
static void the_lowest_rates_come_first(void **state)
{
    struct home_view view = {0};
    double before = -1;

    (void)state;
    assert_ok(home_view_read(office.service, &office.street, "", &view, &office.reply));
    assert_true(view.streets->row_count > 3);
    for (size_t row = 0; row < view.streets->row_count; row++) {
        double rate = strtod(sheet_get(view.streets, row, "rate"), NULL);
        assert_true(rate >= before && rate < 100);
        before = rate;
        assert_int_equal(figure(view.streets, row, "overdue"),
                         count_overdue(sheet_get(view.streets, row, "key")));
    }
    home_view_free(&view);
}

/** Another office's answer is awaited for twelve days more. */
static void somebody_is_referred(void **state)
{
    struct upcoming_query query = {.area = "", .until = "", .after = ""};
    struct sheet *sheet = NULL;
    size_t found = 0;

    (void)state;
    assert_ok(upcoming_list(office.service, &office.system, &query, &sheet, &office.reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        found += strstr(sheet_get(sheet, row, "note"), "医疗救助") != NULL &&
                 strcmp(sheet_get(sheet, row, "date"), "2026-12-05") == 0;
    assert_int_equal(found, 1);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(applications_stand_at_each_step, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rosters_and_leads_are_at_work, set_up, tear_down),
        cmocka_unit_test_setup_teardown(somebody_is_referred, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_lowest_rates_come_first, set_up, tear_down),
        cmocka_unit_test(the_seed_decides_everything),
        cmocka_unit_test_setup_teardown(a_home_with_cases_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(people_have_valid_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(duties_follow_from_the_visits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(figures_in_memory_are_the_ledgers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(verification_finds_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(past_months_are_closed_and_nearly_complete, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(this_month_is_under_way, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
