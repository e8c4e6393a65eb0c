/*
 * What verification says of extra rounds, leaves and handovers that do not fit.
 */
#include "alarm_fixture.h"

#include "base/str.h"
#include "db/leave.h"
#include "db/round.h"
#include "service/frame/usecase.h"

#include <inttypes.h>

enum { DAY = 46349 /* 2026-11-23 */ };

static char *place = (char *)VILLAGE;

static int64_t moment(const char *text)
{
    int64_t seconds = 0;

    assert_int_equal(date_parse_stamp(text, &seconds), 0);
    return seconds;
}

static enum result put_round(struct usecase *usecase, void (*damage)(Rec__Round *round))
{
    Rec__Round round = REC__ROUND__INIT;

    round.id = fixture_id(77);
    round.area = (char *)STREET;
    round.name = (char *)"寒潮走访";
    round.from = DAY;
    round.to = DAY + 3;
    round.n_areas = 1;
    round.areas = &place;
    round.state = (char *)ROUND_MADE;
    damage(&round);
    return store_round_put(usecase->txn, &round);
}

static void sound(Rec__Round *round)
{
    (void)round;
}

static void without_days(Rec__Round *round)
{
    round->from = 0;
}

static void backwards(Rec__Round *round)
{
    round->to = round->from - 1;
}

static void of_no_state(Rec__Round *round)
{
    round->state = (char *)"asleep";
}

static void closed_never(Rec__Round *round)
{
    round->state = (char *)ROUND_CLOSED;
}

static void made_and_ended(Rec__Round *round)
{
    round->ended_at = moment("2026-11-23 08:00:00");
}

static void ended_when_over(Rec__Round *round)
{
    round->state = (char *)ROUND_WITHDRAWN;
    round->ended_at = moment("2026-11-28 08:00:00");
}

static void nowhere(Rec__Round *round)
{
    round->n_areas = 0;
}

static void somewhere_unknown(Rec__Round *round)
{
    static char *unknown = (char *)"211102002999";

    round->areas = &unknown;
}

static const struct {
    void (*damage)(Rec__Round *round);
    const char *fault;
} ROUNDS[] = {
    {sound, NULL},
    {without_days, "的起止日期不对"},
    {backwards, "的起止日期不对"},
    {of_no_state, "的状态不对"},
    {closed_never, "的状态不对"},
    {made_and_ended, "的状态不对"},
    {ended_when_over, "到期以后又改过"},
    {nowhere, "没有范围"},
    {somewhere_unknown, "的范围里有不存在的区划"},
};

static enum result round_body(struct usecase *usecase, void *arg)
{
    return put_round(usecase, ROUNDS[*(size_t *)arg].damage);
}

/** Puts the damaged record in, and expects verification to name it. */
static void expect_named(usecase_body body, void *arg, const char *what, const char *fault)
{
    struct fixture *fixture;
    char *line =
        fault != NULL ? mem_printf("%s %" PRIu64 " %s", what, fixture_id(77), fault) : NULL;

    fixture_setup((void **)&fixture);
    assert_result(usecase_write(fixture->service, &fixture->system, ACTION_DEMO, NULL, body, arg,
                                fixture_clear(fixture)),
                  RESULT_OK);
    expect_verified(fixture, line);
    fixture_teardown((void **)&fixture);
    free(line);
}

static void rounds_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(ROUNDS); i++)
        expect_named(round_body, &i, "专项走访", ROUNDS[i].fault);
}

static const struct {
    const char *officer, *substitute;
    int from, to;
    const char *fault;
} LEAVES[] = {
    {"v01", "s01", DAY, DAY + 2, NULL},
    {"v01", "s01", 0, DAY + 2, "的起止日期不对"},
    {"v01", "s01", DAY, DAY - 1, "的起止日期不对"},
    {"v99", "s01", DAY, DAY + 2, "的人员不存在"},
    {"v01", "s99", DAY, DAY + 2, "的人员不存在"},
};

static enum result put_officer(struct usecase *usecase, const char *id, const char *role,
                               const char *area)
{
    Rec__Officer officer = REC__OFFICER__INIT;

    officer.id = (char *)id;
    officer.name = (char *)"李倩";
    officer.role = (char *)role;
    officer.area = (char *)area;
    return store_officer_put(usecase->txn, &officer);
}

static enum result leave_body(struct usecase *usecase, void *arg)
{
    size_t i = *(size_t *)arg;
    Rec__Leave leave = REC__LEAVE__INIT;

    assert_result(put_officer(usecase, "v01", "village", VILLAGE), RESULT_OK);
    assert_result(put_officer(usecase, "s01", "street", STREET), RESULT_OK);
    leave.id = fixture_id(77);
    leave.officer = (char *)LEAVES[i].officer;
    leave.substitute = (char *)LEAVES[i].substitute;
    leave.area = (char *)VILLAGE;
    leave.from = LEAVES[i].from;
    leave.to = LEAVES[i].to;
    return store_leave_put(usecase->txn, &leave);
}

static void leaves_are_named(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(LEAVES); i++)
        expect_named(leave_body, &i, "请假", LEAVES[i].fault);
}

static enum result handover_body(struct usecase *usecase, void *arg)
{
    Rec__Handover handover = REC__HANDOVER__INIT;

    assert_result(put_officer(usecase, "v01", "village", VILLAGE), RESULT_OK);
    handover.id = fixture_id(77);
    handover.area = (char *)VILLAGE;
    handover.officer = arg;
    return store_handover_put(usecase->txn, &handover);
}

static void handovers_are_named(void **state)
{
    (void)state;
    expect_named(handover_body, (void *)"v01", "接管", NULL);
    expect_named(handover_body, (void *)"v99", "接管", "的人员不存在");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounds_are_named),
        cmocka_unit_test(leaves_are_named),
        cmocka_unit_test(handovers_are_named),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
