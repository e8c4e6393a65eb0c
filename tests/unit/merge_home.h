/**
 * What merge_property_test puts into a home beside cases and visits, and what must stay true of it.
 */
#ifndef DOUDI_TESTS_MERGE_HOME_H
#define DOUDI_TESTS_MERGE_HOME_H

#include "service_fixture.h"

/** A printed list, a draft of an officer about the household, an emergency, leads of which one was
 *  answered, and an application of somebody else. */
void home_add_work(struct fixture *fixture, const uint64_t *elders, size_t count,
                   uint64_t household);
/** An application under way for the person of the case. */
void home_apply(struct fixture *fixture, uint64_t elder);
/** A draw of October, which is closed. */
void home_draw(struct fixture *fixture);

/** How much there is of each kind. */
struct home_count {
    size_t persons, cases, visits, alarms, sheets, drafts, leads, duties, lines;
};
struct home_count home_count(struct fixture *fixture);
/** Everything there was is there; a merge of two persons leaves one person fewer. */
void home_expect_nothing_lost(struct fixture *fixture, const struct home_count *before,
                              bool households);
/** The board of both months counts each person once: computed here from cases and visits alone. */
void home_expect_rates(struct fixture *fixture, const uint64_t *elders, size_t count);

#endif
