/**
 * Alarms: matters that stay on the first screens until somebody has dealt with them.
 *
 * A finding (紧急情况) comes from a visit; the form says which values raise it (form/form.h). It stands
 * with a clock on the first screens of village, street and chief until somebody takes it and says
 * what was done. A death raises two kinds of tasks for the street. 亡故待办: a household still counts
 * the dead person; it ends when the household is corrected. 死后探访: visits are recorded after the
 * death; it ends when an officer says what was found. Counties see how many alarms each street has.
 *
 * An alarm also ends, with a note, when its cause proves wrong: a visit is voided or corrected, a
 * death is revoked (service/ledger/alarm_raise.h). Otherwise it stays. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_ALARM_H
#define DOUDI_SERVICE_LISTS_ALARM_H

#include "service/service.h"

/** One alarm with everything that its window shows. A text is "" if there is nothing to say. */
struct alarm_view {
    uint64_t alarm, case_id;
    char *what;                                     /**< 紧急情况 */
    char *state;                                    /**< one of the states in db/alarm.h */
    char *name, *age, *area_name, *address, *phone; /**< of the person */
    char *text;                                     /**< what has happened */
    char *visit;                 /**< the visit that raised it: "2026-11-23 上门 成功 刘洋" */
    char *clock;                 /**< 还剩 5 小时, 已超 3 小时 */
    char *raised, *taken, *done; /**< who and when */
    char *note;                  /**< what was done */
    bool may_take, may_finish;   /**< what the caller may do now */
};
enum result alarm_get(struct service *service, const struct caller *caller, uint64_t alarm,
                      struct alarm_view *ret_view, struct reply *reply);
void alarm_view_free(struct alarm_view *view);

/** The caller takes it (接手), also from another officer who had taken it. */
enum result alarm_take(struct service *service, const struct caller *caller, uint64_t alarm,
                       struct reply *reply);
/** Finishes it (办结); `note` says what was done. Takes it too if nobody had taken it. */
enum result alarm_finish(struct service *service, const struct caller *caller, uint64_t alarm,
                         const char *note, struct reply *reply);

/** COLUMNS_ALARMS: the open alarms of an area, the most urgent first. */
enum result alarm_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply);

#endif
