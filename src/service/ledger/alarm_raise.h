/**
 * Alarms inside the service: their kinds and words, raising and ending them.
 *
 * Everything runs within an open transaction and adds its changes to the event of that use case.
 * service/lists/alarm.h has the acts of officers. Private to src/service. Threads: within one
 * transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_ALARM_RAISE_H
#define DOUDI_SERVICE_LEDGER_ALARM_RAISE_H

#include "service/frame/usecase.h"

#define ALARM_FINDING "finding"
#define ALARM_BEREAVED "bereaved"
#define ALARM_POSTHUMOUS "posthumous"
#define ALARM_ELSEWHERE "elsewhere"
#define ALARM_UNMET "unmet"

enum { ALARM_KINDS = 5 };

struct alarm_kind {
    const char *id;
    const char *label; /**< 紧急情况 */
    const char *clock; /**< parameter with the allowed hours, NULL = no clock */
    /** officers with this right there see the alarm, and may take and finish it */
    enum action right;
    /** an officer finishes it with words; false: it ends only when its cause is gone */
    bool by_words;
};
/** NULL for an unknown kind (of a later program). */
const struct alarm_kind *alarm_kind_find(const char *id);
const struct alarm_kind *alarm_kind_at(size_t index); /**< NULL after the last */

/** The time by which it must be done; 0 without a clock. */
int64_t alarm_deadline(const struct service *service, const Rec__Alarm *alarm);
enum { ALARM_CLOCK = 48 };
/** "还剩 5 小时", "已超 3 小时", "" without a deadline. A begun hour counts as left; it counts as over only
 *  when it has passed. Days and minutes likewise. */
const char *alarm_clock_words(int64_t deadline, int64_t now, char buffer[ALARM_CLOCK]);

/** Stores a new alarm with these fields of `alarm`: kind, area, person, case, visit, text,
 *  count. */
enum result alarm_raise(struct usecase *usecase, const Rec__Alarm *alarm, uint64_t *ret_id);
/** Ends an alarm. `state` is ALARM_DONE or ALARM_VOID, `note` the reason. */
enum result alarm_end(struct usecase *usecase, Rec__Alarm *alarm, const char *state,
                      const char *note);

/** Before a visit is stored: with findings that call for an alarm (`called`) raises one, or takes
 *  over that of the visit it corrects (`replaced`, or NULL); without ends the latter. The reply's
 *  value `raised` is the text of a new alarm. */
enum result alarm_judge_visit(struct usecase *usecase, const Rec__Case *record, Rec__Visit *visit,
                              const Rec__Visit *replaced, bool called);
/** Call when a visit becomes void: ends its open alarm. */
enum result alarm_visit_voided(struct usecase *usecase, const Rec__Visit *visit);
/** After a person's visit was stored, corrected or voided: several in a row at which nobody was met
 *  (the form's `unmet`; as many as alarm attempts in standards) raise an alarm, which stays until an
 *  officer ends it, also when the person is met then. When one of them proves wrong it is withdrawn
 *  with words; one that an officer has taken stays, with the reason in its text (alarm_unmet.c). `ordinary`: it was a new visit at which the person was met, so that only
 *  an open alarm is of interest. */
enum result alarm_judge_unmet(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                              bool ordinary);
/** The same when visits came to a person from another record, or went back to it
 *  (service/cases/merge.h). `why` is said of an alarm whose row of visits that breaks. Without a case
 *  none is raised. */
enum result alarm_judge_again(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                              const char *why);
/** How many of them, 0 = never. */
size_t alarm_unmet_times(const struct usecase *usecase);
/** Judges everybody with such visits, once after each change of that number, also by an upgrade. For
 *  the timer (alarm_sweep.c). */
enum result alarm_sweep(struct service *service);
/** Before an officer ends such an alarm: all visits that stand by now are dealt with. */
enum result alarm_cover_unmet(struct usecase *usecase, Rec__Alarm *alarm);
/** True if an open alarm says that nobody met the person. */
enum result alarm_is_unmet(struct usecase *usecase, uint64_t person, bool *ret_is);
/** True if the findings of a stored visit call for an alarm, by the present form. */
bool alarm_called_for(const struct service *service, const Rec__Visit *visit);
/** The mark of that form's alarm (form/programme.h), 0 without one. */
uint32_t alarm_mark(const struct service *service, const Rec__Visit *visit);
/** The text of the visit's alarm: "11-23 探访发现异常：健康异常". The form must have an alarm. New string. */
char *alarm_finding_text(const struct service *service, const Rec__Visit *visit);
/** The visit's finding and the state of its alarm: "健康异常；办结：已送医（张敏 11-23 15:10）". New string. */
enum result alarm_visit_words(struct usecase *usecase, const Rec__Visit *visit, char **ret_text);

/** Call when a case moves: its open alarms move along. */
enum result alarm_case_moved(struct usecase *usecase, const Rec__Case *record);
/** Call when a case is deleted (an undone import): deletes its tasks; alarms of visits stay without
 *  the case. */
enum result alarm_case_gone(struct usecase *usecase, uint64_t case_id);

#endif
