/**
 * What tests of 连续未遇 share: the visits of somebody day by day, entered, imported, corrected and
 * voided, and the alarm that stands.
 */
#ifndef DOUDI_TESTS_UNMET_STEPS_H
#define DOUDI_TESTS_UNMET_STEPS_H

#include "alarm_fixture.h"

enum { UNMET_DAYS = 24 /* of November */, UNMET_TIMES = 3 };

/** What the test knows: the standing visit of each day, its place in the ledger, and its batch. */
struct unmet_known {
    struct fixture *fixture;
    uint64_t elder;
    char id_no[19];
    struct {
        bool there, unmet;
        unsigned seq;
        char batch[32]; /**< of an import that can be undone, "" = none */
    } days[UNMET_DAYS];
};

struct unmet_known unmet_elder(struct fixture *fixture);

/** Enters a visit of a day, or corrects the one that is there. */
void unmet_enter(struct unmet_known *known, int day, bool unmet, bool correct);
void unmet_void(struct unmet_known *known, int day);
/** Imports a file with a visit on each of the days, in their order; its number. */
void unmet_import(struct unmet_known *known, const int *days, const bool *unmet, size_t count);
/** Undoes the batch that brought the visit of a day. */
enum result unmet_undo_import(struct unmet_known *known, int day);

struct unmet_standing {
    Rec__Alarm *open;
    size_t count;
    int done; /**< the last day that an officer has dealt with */
};
/** The alarms of everybody in the home. */
struct unmet_standing unmet_standing_of(struct fixture *fixture);
void unmet_standing_free(struct unmet_standing *standing);
bool unmet_is_marked(const Rec__Alarm *alarm);
/** "none", "open", "taken", "marked"; one of the home at most. */
const char *unmet_state(struct fixture *fixture);
/** An officer takes the alarm, or ends it. */
void unmet_act(struct fixture *fixture, bool finish);

#endif
