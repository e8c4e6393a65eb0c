/**
 * Alarms: what somebody must see to until it is done.
 *
 * A finding (紧急情况) comes from a visit whose form says so (form/form.h): it stands on the first
 * screens of village, street and chief with a clock until somebody takes it and says what was done.
 * Deaths leave tasks for the street: a household that still counts somebody dead (亡故待办), which
 * ends when the household is put right, and visits recorded after a death (死后探访), which end with
 * somebody's words. Counties see how many each street has.
 *
 * Nothing of this disappears by itself, except that what has turned out not to be so — a visit
 * voided or corrected, a death revoked — ends the alarm with a note (service/ledger/alarm_raise.h).
 */
#ifndef DOUDI_SERVICE_LISTS_ALARM_H
#define DOUDI_SERVICE_LISTS_ALARM_H

#include "service/service.h"

/** One alarm with everything its window shows. Texts are "" where there is nothing to say. */
struct alarm_view {
    uint64_t alarm, case_id;
    char *what;                                     /**< 紧急情况 */
    char *state;                                    /**< of db/alarm.h */
    char *name, *age, *area_name, *address, *phone; /**< whom it is about */
    char *text;                                     /**< what is the matter */
    char *visit;                 /**< the visit it is about: "2026-11-23 上门 成功 刘洋" */
    char *clock;                 /**< 还剩 5 小时, 已超 3 小时 */
    char *raised, *taken, *done; /**< who and when */
    char *note;                  /**< what was done */
    bool may_take, may_finish;   /**< the caller, as things stand */
};
enum result alarm_get(struct service *service, const struct caller *caller, uint64_t alarm,
                      struct alarm_view *ret_view, struct reply *reply);
void alarm_view_free(struct alarm_view *view);

/** The caller sees to it (接手); takes it over from whoever had it. */
enum result alarm_take(struct service *service, const struct caller *caller, uint64_t alarm,
                       struct reply *reply);
/** It is done (办结); `note` says what was done. Takes it, too, if nobody had. */
enum result alarm_finish(struct service *service, const struct caller *caller, uint64_t alarm,
                         const char *note, struct reply *reply);

/** COLUMNS_ALARMS of an area: what is open, the most urgent first. */
enum result alarm_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply);

#endif
