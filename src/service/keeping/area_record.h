/**
 * The record of a change of divisions: what it did, for undoing and for people.
 *
 * Private to src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_RECORD_H
#define DOUDI_SERVICE_KEEPING_AREA_RECORD_H

#include "service/keeping/area_move.h"
#include "service/keeping/area_plan.h"

/** A new record with the steps, their codes in full. */
Rec__AreaChange *area_record_begin(const struct usecase *usecase, day_t from, size_t count,
                                   Rec__AreaStep *const *steps);
/** Notes a thing that goes. */
void area_record_moved(Rec__AreaChange *record, const struct area_found *found, const char *into);
void area_record_forget_moved(Rec__AreaChange *record);
/** True if the change moved the thing, by a record that is kept. */
bool area_record_has(const Rec__AreaMoved *moved, const struct area_found *found);
/** Keeps the divisions as they were and as the plan leaves them, once all has moved. */
void area_record_keep(const struct area_plan *plan, Rec__AreaChange *record);

/** Statements of the streets that a kept record affects. */
struct area_closings {
    uint64_t count;
    int64_t at; /**< the latest one: when, where, which month */
    char area[AREA_TEXT];
    month_t month;
};
enum result area_record_closings(struct usecase *usecase, const Rec__AreaChange *record,
                                 struct area_closings *ret_closings);

/** Copies the amounts and the maps of headings of a code to the new code that follows it. */
enum result area_record_copy_amounts(struct usecase *usecase, const struct area_plan *plan,
                                     Rec__AreaChange *record);
/** Where one person has several cases, rows name the village of the row that counts: writes the new
 *  names of renamed villages into the rows. */
enum result area_record_rename_shared(struct usecase *usecase, const struct area_plan *plan);
/** The moved officers get their new area with their next request. */
void area_record_renew_officers(struct service *service, const Rec__AreaChange *record);

#endif
