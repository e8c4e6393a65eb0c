/**
 * A model of the ledger that knows nothing but what was done, and the duty rules written out once
 * more, plainly: the oracle of ledger_property_test.
 *
 * A case's row of a month is there from the moment the case is on the books in it, and never goes.
 * Days (start, end, visits) are facts of today in every month; where the row stands, what it needs
 * and its excuse are what they were when they last could change.
 */
#ifndef DOUDI_TESTS_LEDGER_MODEL_H
#define DOUDI_TESTS_LEDGER_MODEL_H

#include "base/random.h"
#include "domain/rate.h"
#include "service_fixture.h"

enum {
    MONTHS = 4, /* from 2026-08 */
    PEOPLE_MAX = 16,
    CASES_MAX = 4 * PEOPLE_MAX,
    VISITS_MAX = 600,
    EXCUSES_MAX = 12,
    AREAS = 4,
    STREETS = 3,
};

extern const int street_of[AREAS];

enum excuse { EXCUSE_NONE, EXCUSE_WAITING, EXCUSE_GIVEN, EXCUSE_DENIED };

struct one_excuse {
    enum excuse state;
    day_t from, to;
};

struct row {
    bool exists;
    int area;
    int need;
    struct one_excuse excuse;
};

struct one_case {
    uint64_t id;
    int person;
    int kind;
    day_t since, closed;
    bool by_death;
    int area;
    int need;
    size_t excuse_count;
    struct one_excuse excuses[EXCUSES_MAX];
    struct row rows[MONTHS];
};

struct one_visit {
    int person;
    day_t date;
    uint32_t seq;
    bool success, late, superseded;
};

struct verdict {
    enum duty_state state;
    bool fulfilled, attempted, late;
};

/** What a street reported for a month: its last statement. */
struct report {
    bool closed;      /**< it stands; false: never closed, or reopened */
    day_t reopened;   /**< since this day, 0 = not */
    uint32_t version; /**< 0 = never closed */
    size_t count;
    struct reported {
        int one, area; /**< case by index */
        struct verdict verdict;
    } rows[CASES_MAX];
};

struct world {
    struct fixture fixture;
    struct random random;
    month_t first;
    day_t today;
    month_t opened;
    size_t people;
    char id_nos[PEOPLE_MAX][19];
    bool dead[PEOPLE_MAX];
    int lives[PEOPLE_MAX]; /* area */
    size_t case_count;
    struct one_case cases[CASES_MAX];
    size_t visit_count;
    struct one_visit visits[VISITS_MAX];
    struct report reports[STREETS][MONTHS];
};

/** How a row stands as known today. */
struct verdict model_judge(const struct world *world, const struct one_case *one, int index);
/** Adds a verdict to the board's figures. */
void model_count(struct figures *figures, const struct verdict *verdict);
/** True if the excuse covers enough of the month for this case. */
bool model_covers(const struct one_case *one, month_t month, const struct one_excuse *excuse);

/** What saving a case does to its rows. */
void model_settle(const struct world *world, struct one_case *one);
/** What closing and reopening a month of a street do. */
void model_close(struct world *world, int street, int m);
void model_reopen(struct world *world, int street, int m);
/** What the timer closes at the start of this day. */
void model_timer(struct world *world);
/** Rows of a month that begins. */
void model_open(struct world *world);

#endif
