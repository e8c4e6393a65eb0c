/*
 * What verification says of alarms that do not fit their visits, and what it leaves alone.
 */
#include "alarm_fixture.h"

#include "service/ledger/alarm_raise.h"

static enum result forget_alarm(struct usecase *usecase, void *arg)
{
    return store_alarm_del(usecase->txn, *(uint64_t *)arg);
}

static enum result change_visit(struct usecase *usecase, void (*change)(Rec__Visit *visit))
{
    Rec__Visit *found = NULL;

    assert_result(store_visit_get(usecase->txn, fixture_id(1), date_make(2026, 11, 23), 0, &found),
                  RESULT_OK);
    change(found);
    enum result result = store_visit_put(usecase->txn, found);
    rec__visit__free_unpacked(found, NULL);
    return result;
}

static void lose_alarm(Rec__Visit *visit)
{
    visit->alarm = 0;
}

static void lose_finding(Rec__Visit *visit)
{
    for (size_t i = 0; i < visit->n_fields; i++)
        rec__field__free_unpacked(visit->fields[i], NULL);
    visit->n_fields = 0;
}

static void find_dead(Rec__Visit *visit)
{
    visit->after_death = true;
}

static void judge_before(Rec__Visit *visit)
{
    visit->alarm = visit->judged = 0;
}

static enum result without_alarm(struct usecase *usecase, void *arg)
{
    (void)arg;
    return change_visit(usecase, lose_alarm);
}

static enum result without_finding(struct usecase *usecase, void *arg)
{
    (void)arg;
    return change_visit(usecase, lose_finding);
}

static enum result with_death(struct usecase *usecase, void *arg)
{
    (void)arg;
    return change_visit(usecase, find_dead);
}

static enum result with_early_death(struct usecase *usecase, void *arg)
{
    Rec__Person *person = NULL;

    (void)arg;
    assert_result(store_person_get(usecase->txn, fixture_id(1), &person), RESULT_OK);
    person->death = date_make(2026, 11, 22);
    enum result result = store_person_put(usecase->txn, person);
    rec__person__free_unpacked(person, NULL);
    return result;
}

/* As in a home from before there were alarms: nothing is missing, and a start fills nothing in. */
static enum result before_alarms(struct usecase *usecase, void *arg)
{
    enum result result = change_visit(usecase, judge_before);

    return result == 0 ? forget_alarm(usecase, arg) : result;
}

static enum result without_case(struct usecase *usecase, void *arg)
{
    Rec__Alarm *alarm = NULL;

    assert_result(store_alarm_get(usecase->txn, *(uint64_t *)arg, &alarm), RESULT_OK);
    alarm->case_id = 77;
    enum result result = store_alarm_put(usecase->txn, alarm);
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

static void test_verification(void **state)
{
    static const struct {
        enum result (*damage)(struct usecase *usecase, void *arg);
        const char *fault;
    } cases[] = {
        {forget_alarm, "的警示不存在"},
        {without_alarm, "的探访不认它"},
        {without_finding, "没有异常而有警示"},
        {without_case, "的个案不存在"},
        {before_alarms, NULL},
        {with_death, "与死亡日期不符"},
        {with_early_death, "与死亡日期不符"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct fixture *fixture;
        fixture_setup((void **)&fixture);
        uint64_t elder = elder_add(fixture, &(struct elder){0});
        visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
        uint64_t id = alarm_at(fixture, 0);
        expect_verified(fixture, NULL);
        assert_result(usecase_write(fixture->service, &fixture->system, ACTION_DEMO, NULL,
                                    cases[i].damage, &id, fixture_clear(fixture)),
                      RESULT_OK);
        fixture_today(fixture, "2026-11-24");
        expect_verified(fixture, cases[i].fault);
        fixture_teardown((void **)&fixture);
    }
}

static enum result take_back(struct usecase *usecase, void *arg)
{
    Rec__Case *record = NULL;

    assert_result(store_case_get(usecase->txn, *(uint64_t *)arg, &record), RESULT_OK);
    enum result result = alarm_case_gone(usecase, record->id);
    rec__case__free_unpacked(record, NULL);
    return result;
}

/* The case is gone with the import that made it; what the visit found is not. */
static void test_outlives_its_case(void **state)
{
    struct fixture *fixture = *state;
    uint64_t elder = elder_add(fixture, &(struct elder){0});
    struct alarm_view view = {0};

    visit(fixture, &fixture->street, elder, "2026-11-23", GAS, NULL);
    uint64_t id = alarm_at(fixture, 0);
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_IMPORT, NULL, take_back,
                                &elder, fixture_clear(fixture)),
                  RESULT_OK);
    assert_result(alarm_get(fixture->service, &fixture->street, id, &view, fixture_clear(fixture)),
                  RESULT_OK);
    assert_int_equal(view.case_id, 0);
    assert_true(view.may_finish);
    alarm_view_free(&view);
    assert_result(
        alarm_finish(fixture->service, &fixture->street, id, NOTE, fixture_clear(fixture)),
        RESULT_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verification),
        cmocka_unit_test_setup_teardown(test_outlives_its_case, fixture_setup, fixture_teardown),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
