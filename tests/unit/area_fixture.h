/**
 * Changes of divisions in the fixture's home, and everything that it says before and after.
 */
#ifndef DOUDI_TESTS_AREA_FIXTURE_H
#define DOUDI_TESTS_AREA_FIXTURE_H

#include "service_fixture.h"

/** A step in words: what, code, into, name. */
struct order {
    const char *what, *code, *into, *name;
};

/** Makes a change, or tries it; `ret_sheet` may be NULL. */
enum result area_fixture_change(struct fixture *fixture, const struct caller *caller,
                                const struct order *order, const char *from, bool dry_run,
                                struct sheet **ret_sheet);
/** Makes a change as the system. */
enum result change(struct fixture *fixture, const struct order *order, const char *from);
enum result undo(struct fixture *fixture, uint64_t number);
/** Prints why and fails the test unless it is RESULT_OK. */
void must(struct fixture *fixture, enum result result);
/** Verifies the home. */
void expect_sound(struct fixture *fixture);

/** All that the home says of a month: boards and names. New string, as all texts here. */
char *month_text(struct fixture *fixture, const char *month, bool as_reported);
char *areas_text(struct fixture *fixture, bool gone);
char *officers_text(struct fixture *fixture);
/** The village of the case and its person. Borrowed until the next call. */
const char *case_area(struct fixture *fixture, uint64_t id);

/** Three elders in two villages of the street and one in another; visited in part. */
struct elders {
    uint64_t first, second, far;
};
struct elders make_elders(struct fixture *fixture);
void close_october(struct fixture *fixture);

#endif
