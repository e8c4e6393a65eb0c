/**
 * A home with three streets of one county, officers of each role and a clock the test sets.
 */
#ifndef DOUDI_TESTS_SERVICE_FIXTURE_H
#define DOUDI_TESTS_SERVICE_FIXTURE_H

#include "unit.h"

#include "base/ids.h"
#include "base/mem.h"
#include "service/cases/case.h"
#include "service/ledger/month.h"
#include "service/ledger/visit.h"
#include "service/service.h"

#include <stdio.h>
#include <stdlib.h>

/* The divisions of the fixture. */
#define COUNTY "211102000000"
#define STREET "211102002000" /* 胜利街道 */
#define VILLAGE "211102002005"
#define VILLAGE2 "211102002016"
#define OTHER_STREET "211102003000" /* 建设街道 */
#define OTHER_VILLAGE "211102003002"
#define THIRD_STREET "211102004000" /* 红旗街道 */
#define THIRD_VILLAGE "211102004001"

struct fixture {
    char root[64];
    char *home;
    int lock; /* on the home */
    struct service *service;
    struct caller system, chief, street, village, county, other_chief, other_street, auditor;
    struct reply reply;         /* of the last call; cleared before the next by fixture_clear() */
    struct visit_change change; /* what the last visit recorded or voided changed */
    unsigned people;            /* ID numbers given out */
    bool background;            /* the next start leaves what is due to service_tick() */
    const char *office_forms;   /**< of the next start: the office's own files */
};

/** Makes the home; months from `first_month` on, today as given. */
void fixture_begin(struct fixture *fixture, const char *first_month, const char *today);
void fixture_end(struct fixture *fixture);
/** Set-up and tear-down: a fixture of its own for a test, from 2026-10, on 2026-11-23. */
int fixture_setup(void **state);
int fixture_teardown(void **state);
/** Stops the service and starts it on another day. */
void fixture_today(struct fixture *fixture, const char *today);
/** The id of the nth case, person or alarm that the home makes. */
static inline uint64_t fixture_id(uint64_t nth)
{
    return ids_make(ids_origin("211102"), nth);
}

/** Clears the reply and returns it. */
struct reply *fixture_clear(struct fixture *fixture);

/** A valid ID number of somebody born in 1945 that nobody else has. */
const char *fixture_id_no(struct fixture *fixture, char number[19]);

/** An elder of the 探访 programme as the form has it. */
struct elder {
    const char *name, *id_no, *area, *tier, *since, *officer;
};
/** Fills `values` with what an officer types for an elder; the rest has defaults. */
void elder_values(const struct elder *elder, struct fields *values);
/** Registers an elder as the system and returns the case. */
uint64_t elder_add(struct fixture *fixture, const struct elder *elder);

/** Changes one field of a case as an officer does: opens it, types, saves, warnings confirmed. */
enum result case_change(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                        const char *name, const char *value);

/** Saves a new case of `kind`, warnings confirmed. In a programme with steps the caller enters it with
 *  its document, and the county confirms it. */
enum result case_new(struct fixture *fixture, const struct caller *caller, const char *kind,
                     const struct fields *values);
/** A case as an officer sees it; case_view_free() it. */
struct case_view case_open(struct fixture *fixture, const struct caller *caller, uint64_t case_id,
                           bool open);

/** Records a visit as the street's officer, warnings confirmed, and expects `expected`. */
void visit_expect(struct fixture *fixture, uint64_t case_id, const char *date, const char *mode,
                  const char *result, enum result expected);
/** Expects what the last visit changed: the figures of the caller's area. */
void fixture_expect_move(const struct fixture *fixture, uint64_t owed, uint64_t before,
                         uint64_t after);
/** A successful visit at home. */
void visit_ok(struct fixture *fixture, uint64_t case_id, const char *date);

/** The board's row of `key`, as "owed reached fulfilled pending missed excused not_counted
 *  attempted late rate"; "" if there is none. Borrowed until the next call. */
const char *board_line(struct fixture *fixture, const char *month, const char *by, const char *key,
                       bool as_reported);
/** State and reason of a case in a month, as "state reason"; "" if it has no row. */
const char *why_line(struct fixture *fixture, const char *month, uint64_t case_id,
                     bool as_reported);

#endif
