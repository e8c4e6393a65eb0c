/**
 * A model of the ledger that knows nothing but what was done, and the rules of design §5 written
 * out once more, plainly: the oracle of ledger_property_test.
 */
#ifndef DOUDI_TESTS_LEDGER_MODEL_H
#define DOUDI_TESTS_LEDGER_MODEL_H

#include "base/random.h"
#include "domain/rate.h"
#include "service_fixture.h"

enum {
    MONTHS = 4, /* from 2026-08 */
    PEOPLE_MAX = 16,
    CASES_MAX = 2 * PEOPLE_MAX,
    VISITS_MAX = 600,
    AREAS = 3,
    STREETS = 2,
};

extern const int street_of[AREAS];

enum excuse { EXCUSE_NONE, EXCUSE_ASKED, EXCUSE_GRANTED, EXCUSE_REFUSED };

struct row {
    bool exists;
    int area;
    day_t since, closed;
    int need;
    enum excuse excuse;
    bool frozen;
    enum duty_state state; /* frozen */
    bool fulfilled, attempted, late;
};

struct one_case {
    uint64_t id;
    int person;
    int kind;
    day_t since, closed;
    bool by_death;
    int area;
    int need;
    struct row rows[MONTHS];
};

struct one_visit {
    int person;
    day_t date;
    uint32_t seq;
    bool success, late, superseded;
};

struct world {
    struct fixture fixture;
    struct random random;
    month_t first;
    day_t today;
    month_t opened;
    size_t people;
    char id_nos[PEOPLE_MAX][19];
    uint64_t person_ids[PEOPLE_MAX];
    size_t case_count;
    struct one_case cases[CASES_MAX];
    size_t visit_count;
    struct one_visit visits[VISITS_MAX];
    bool closed[STREETS][MONTHS];
    bool ever_closed[STREETS][MONTHS];
};

struct verdict {
    enum duty_state state;
    bool fulfilled, attempted, late;
};

/** How a row stands: as known, and as it was frozen. */
struct verdict model_judge(const struct world *world, const struct one_case *one, int index);
struct verdict model_judge_reported(const struct world *world, const struct one_case *one,
                                    int index);
/** Adds a verdict to the board's figures. */
void model_count(struct figures *figures, const struct verdict *verdict);

/** What saving a case does to its rows; `old_area` is where it was before. */
void model_settle(const struct world *world, struct one_case *one, int old_area);
/** What closing and reopening a month of a street do. */
void model_freeze(struct world *world, int street, int m);
void model_thaw(struct world *world, int street, int m);
/** Rows of a month that begins. */
void model_open(struct world *world);

#endif
