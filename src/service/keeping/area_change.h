/**
 * Changes of divisions (区划调整): a division is added, renamed, gets another code, is merged into
 * another or closed, from a day on.
 *
 * - One transaction. People, cases, drafted cases, open alarms and officers go to the new code, and
 *   so do the duties of months that were never closed in either street. Closed and reopened months,
 *   their statements and names stay as they were: a division that is gone keeps its record, with its
 *   last day and its successor, and a name that was changed is kept with its days.
 * - The day may not lie in a month that an affected street has closed. A day to come makes a planned
 *   change, which the timer makes on that day.
 * - Each change has a number and a record of what it moved (db/area.h); by it the change is undone,
 *   as long as no affected street has closed a month since.
 * - A trial run answers the same and writes nothing.
 *
 * Threads: any.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_CHANGE_H
#define DOUDI_SERVICE_KEEPING_AREA_CHANGE_H

#include "db/tables.h"
#include "service/service.h"

#define AREA_CHANGE_PLANNED "planned"
#define AREA_CHANGE_DONE "done"
#define AREA_CHANGE_UNDONE "undone"

/** What is wanted. Texts are borrowed. */
struct area_order {
    const char *from; /**< the day */
    size_t count;
    Rec__AreaStep *const *steps;
    bool dry_run;
};

/** COLUMNS_AREA_STEPS: a row for each step, with what goes along. Values: "number" of the change. */
enum result area_change(struct service *service, const struct caller *caller,
                        const struct area_order *order, struct sheet **ret_sheet,
                        struct reply *reply);
/** Makes the planned changes whose day has come; the timer calls it. */
enum result area_change_due(struct service *service);

#endif
