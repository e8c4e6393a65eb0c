/**
 * Alarms from inside: kinds, words, how they begin and end along with what others do.
 *
 * Everything here runs within a transaction that is open already and leaves what it did in that
 * use case's event. Private to src/service.
 */
#ifndef DOUDI_SERVICE_LEDGER_ALARM_RAISE_H
#define DOUDI_SERVICE_LEDGER_ALARM_RAISE_H

#include "service/frame/usecase.h"

#define ALARM_FINDING "finding"
#define ALARM_BEREAVED "bereaved"
#define ALARM_POSTHUMOUS "posthumous"
#define ALARM_ELSEWHERE "elsewhere"

enum { ALARM_KINDS = 4 };

struct alarm_kind {
    const char *id;
    const char *label; /**< 紧急情况 */
    const char *clock; /**< parameter with the hours it may take, NULL = no clock */
    enum action right; /**< whoever has it there sees the alarm, and may take and finish it */
    bool by_words;     /**< ends with somebody's words; otherwise only when its reason is gone */
};
/** NULL for a kind of a later program. */
const struct alarm_kind *alarm_kind_find(const char *id);
const struct alarm_kind *alarm_kind_at(size_t index); /**< NULL behind the last */

/** When it should have been done; 0 without a clock. */
int64_t alarm_deadline(const struct service *service, const Rec__Alarm *alarm);
enum { ALARM_CLOCK = 48 };
/** "还剩 5 小时", "已超 3 小时", "" without a deadline. A whole hour is left until it is gone, and
 *  none is over before it is. */
const char *alarm_clock_words(int64_t deadline, int64_t now, char buffer[ALARM_CLOCK]);

/** Stores a new alarm made of the fields that say what it is about (kind, area, person, case, visit,
 *  text, count). */
enum result alarm_raise(struct usecase *usecase, const Rec__Alarm *alarm, uint64_t *ret_id);
/** It is over. `state` is ALARM_DONE or ALARM_VOID, `note` why. */
enum result alarm_end(struct usecase *usecase, Rec__Alarm *alarm, const char *state,
                      const char *note);

/** Judges what a visit that is about to be stored has found: raises its alarm, or takes over that of
 *  the visit it corrects (`replaced`, or NULL), which ends if nothing is wrong any more. The reply's
 *  `raised` says that there is a new one. */
enum result alarm_judge_visit(struct usecase *usecase, const Rec__Case *record, Rec__Visit *visit,
                              const Rec__Visit *replaced);
/** A visit became void: what it had found is nobody's. */
enum result alarm_visit_voided(struct usecase *usecase, const Rec__Visit *visit);
/** True if the findings of a stored visit call for an alarm, by its form as it is now. */
bool alarm_called_for(const struct service *service, const Rec__Visit *visit);
/** The mark of that form's alarm (form/programme.h), 0 without one. */
uint32_t alarm_mark(const struct service *service, const Rec__Visit *visit);
/** What its alarm says: "11-23 探访发现异常：健康异常"; the form has one. New string. */
char *alarm_finding_text(const struct service *service, const Rec__Visit *visit);
/** What a visit found and what became of it: "健康异常；办结：已送医（张敏 11-23 15:10）". New string. */
enum result alarm_visit_words(struct usecase *usecase, const Rec__Visit *visit, char **ret_text);

/** A case moves: what is open about it goes along. */
enum result alarm_case_moved(struct usecase *usecase, const Rec__Case *record);
/** A case is taken back as if it had never been: its tasks go with it, other alarms lose it. */
enum result alarm_case_gone(struct usecase *usecase, uint64_t case_id);

#endif
