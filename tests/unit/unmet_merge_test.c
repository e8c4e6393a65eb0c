/*
 * 连续未遇 of somebody who is on the books twice: the two records become one and go apart again between
 * visits, imports and what officers do. Nobody whom nobody met is left without an alarm, and nobody
 * has two.
 */
#include "unmet_steps.h"

#include "base/random.h"
#include "service/cases/merge.h"

#include <string.h>

struct pair {
    struct fixture *fixture;
    struct unmet_known people[2]; /**< the second goes into the first */
    uint64_t merged;              /**< number of the merge that stands, 0 = none */
};

static void pair_make(struct pair *pair)
{
    *pair = (struct pair){0};
    fixture_setup((void **)&pair->fixture);
    for (size_t i = 0; i < COUNT(pair->people); i++)
        pair->people[i] = unmet_elder(pair->fixture);
}

/** The one case on the books is the first's. */
static void end_second(struct pair *pair)
{
    assert_result(case_close(pair->fixture->service, &pair->fixture->street, pair->people[1].elder,
                             "2026-11-23", "其他", 0, fixture_clear(pair->fixture)),
                  RESULT_OK);
}

static void put_together(struct pair *pair)
{
    struct fixture *fixture = pair->fixture;
    struct merge_ask ask = {
        .kept = pair->people[0].id_no, .gone = pair->people[1].id_no, .reason = "本人核实"};

    if (merge_ask(fixture->service, &fixture->street, &ask, fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
    pair->merged = strtoull(fields_get(&fixture->reply.values, "number"), NULL, 10);
    if (merge_decide(fixture->service, &fixture->chief, pair->merged, "confirm", "",
                     fixture_clear(fixture)) != 0)
        fail_msg("%s", fixture->reply.message);
}

static enum result take_apart(struct pair *pair)
{
    struct fixture *fixture = pair->fixture;
    enum result result = merge_decide(fixture->service, &fixture->chief, pair->merged, "undo", "",
                                      fixture_clear(fixture));

    if (result == 0)
        pair->merged = 0;
    return result;
}

// ---- orders

/* u20 m20 v20: as in unmet_order_test.c, c20 corrects; on even days of the first record, on odd ones of the second
 * while the two are apart; i20 imports an attempt, x20 undoes that; t takes the alarm, f ends it; e
 * ends the second's case, g puts the two together, z takes them apart; Z and X are refused. */
static const struct {
    const char *events, *state;
} ORDERS[] = {
    {"u18 u19 u20 e g", "open"},
    {"u18 u19 u20 e g z", "none"},
    {"u18 u19 u20 e g t z", "marked"},
    {"u18 u19 u20 e g f z", "none"},
    {"u16 u18 u20 e g z", "open"},
    {"u16 u18 u20 m19 e g", "none"},
    {"u16 u18 u20 m19 e g z", "open"},
    {"u16 u18 u20 t m19 e g", "marked"},
    {"u16 u18 u20 t m19 e g z", "taken"},
    {"u17 u19 u21 e g", "open"},
    {"u17 u19 u21 e g z", "open"},
    {"u17 u19 u21 e g f z", "none"},
    {"u16 u17 u18 u19 u20 u21 e g", "open"},
    {"u16 u17 u18 u19 u20 u21 e g z", "several"},
    {"u16 u17 u18 u19 u20 u21 e g f z", "open"},
    {"i18 i19 i20 e g", "open"},
    {"i18 i19 i20 e g x18", "none"},
    {"i18 i19 i20 e g X19", "open"},
    {"i18 i19 i20 e g t x18 z", "marked"},
    {"i18 i19 i20 e g z x19", "none"},
    {"i16 i18 i20 m19 e g x16 z", "none"},
    {"i16 i18 i20 e g x18 z u18", "open"},
    {"u18 u19 e g u20", "open"},
    {"u18 u19 e g u20 Z", "open"},
    {"u18 u19 e g u20 v20 z", "none"},
    {"u18 u19 e g i20 x20 z", "none"},
    {"u18 u19 e g i20 t x20 z", "marked"},
    {"u14 u16 u19 e g u20 v20 z u20", "open"},
    {"u18 m20 u21 u23 e g v20 z", "none"},
    {"u14 u18 m20 u21 u23 e g v20 t z", "marked"},
    {"u14 u18 m20 u23 e g v20 f z", "none"},
    {"u14 u18 m20 u23 e g v20 f z u20", "open"},
    {"u16 u18 m19 e g c18 z", "none"},
    {"u16 u18 m19 e g c18 c18 z", "none"},
    {"u16 u18 m20 u19 e g c20 z", "open"},
    {"u16 u18 m19 e g c19 Z", "open"},
    {"u16 u18 m20 m19 e g v20 u20 Z", "none"},
    {"u16 m18 u20 u22 m21 e g v18 z", "open"},
};

static void play_one(struct pair *pair, const char *event)
{
    int day = atoi(event + 1);
    bool yes = true;
    struct unmet_known *known = &pair->people[pair->merged == 0 ? day % 2 : 0];
    struct unmet_known *owner = &pair->people[day % 2];

    switch (*event) {
    case 'u':
    case 'm':
        unmet_enter(known, day, *event == 'u', false);
        break;
    case 'c':
        known->days[day].seq = owner->days[day].seq;
        unmet_enter(known, day, !owner->days[day].unmet, true);
        owner->days[day] = known->days[day];
        break;
    case 'v':
        known->days[day].seq = owner->days[day].seq;
        unmet_void(known, day);
        break;
    case 'i':
        unmet_import(known, &day, &yes, 1);
        break;
    case 'x':
    case 'X':
        assert_int_equal(unmet_undo_import(owner, day) == 0, *event == 'x');
        break;
    case 'e':
        end_second(pair);
        break;
    case 'g':
        put_together(pair);
        break;
    case 'z':
    case 'Z':
        if ((take_apart(pair) == 0) != (*event == 'z'))
            fail_msg("%s", pair->fixture->reply.message);
        break;
    default:
        unmet_act(pair->fixture, *event == 'f');
        break;
    }
}

static void any_order_of_events(void **state)
{
    size_t wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(ORDERS); i++) {
        struct pair pair;
        pair_make(&pair);
        print_message("%s\n", ORDERS[i].events);
        for (const char *event = ORDERS[i].events; *event != '\0'; event += strspn(event, " ")) {
            play_one(&pair, event);
            event += strcspn(event, " ");
        }
        if (strcmp(unmet_state(pair.fixture), ORDERS[i].state) != 0)
            wrong++, print_error("%s: %s, not %s\n", ORDERS[i].events, unmet_state(pair.fixture),
                                 ORDERS[i].state);
        expect_verified(pair.fixture, NULL);
        fixture_teardown((void **)&pair.fixture);
    }
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(any_order_of_events)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
