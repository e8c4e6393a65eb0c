/**
 * Deaths: the death of a person is entered once, on any of the person's cases.
 *
 * A death ends every case of the person on its date; a case that began later ends on its first day.
 * A household with a living member stays open and gets a task for the street. Visits after the
 * death no longer count and become a task too, because somebody entered them. All this is derived
 * from Person.death, so revoking a death or changing its date runs the same code.
 *
 * Private to src/service. Everything runs within an open transaction; the effects go into the
 * reply, for deceased_words(), and into the event of the use case. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_DECEASED_H
#define DOUDI_SERVICE_CASES_DECEASED_H

#include "service/cases/case_edit.h"
#include "service/frame/usecase.h"

/** Enters the death of a person, with all effects. Refused with words if another date is stored.
 *  `meant` is the case it was entered on, which the answer names itself; 0 = none. */
enum result deceased_enter(struct usecase *usecase, uint64_t person, day_t date, uint64_t meant);
/** Applies the effects of a death that is already stored with the person. */
enum result deceased_follow(struct usecase *usecase, uint64_t person, day_t date, uint64_t meant);
/** Takes the death back: reopens the cases it ended, except `except`, and ends its tasks. */
enum result deceased_revoke(struct usecase *usecase, uint64_t person, const Rec__Case *except);
/** Call after a form saved a case. Handles a death whose date was changed or deleted, a case of a
 *  dead person, and a household that still counts a dead person. */
enum result deceased_case_saved(struct case_edit *edit);
/** True if this person's death ended the case. */
bool deceased_ended(const Rec__Case *record, uint64_t person);
/** Call after an exit was taken back: a case of a dead person ends by the death instead. */
enum result deceased_case_reopened(struct usecase *usecase, const Rec__Case *record);

/** The noted effects as the end of a sentence: "；同时退出 …；…"; new string. */
char *deceased_words(const struct usecase *usecase);
/** Adds an effect to the reply's value `name`; `joint` joins several. */
void deceased_note(struct usecase *usecase, const char *name, const char *joint, const char *text);

/** Applies a death (0: none) to the person's visits: visits after it do not count, and are a task
 *  until an officer says what was found (deceased_visits.c). */
enum result deceased_settle_visits(struct usecase *usecase, const struct record_cases *cases,
                                   uint64_t person, day_t death);

/* Households (deceased_household.c). */
bool deceased_is_member(const Rec__Case *record, uint64_t person);
/** True if the person is a covered member or the head. */
bool deceased_stands_in(const Rec__Case *record, uint64_t person);
/** Counts the current living members without `person`; *ret_one (may be NULL) is one of them. */
enum result deceased_count_living(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                                  uint64_t *ret_one, size_t *ret_count);
/** Raises a task for each dead person whom the household still counts, and ends tasks that are
 *  settled. */
enum result deceased_check_household(struct usecase *usecase, const Rec__Case *record);

#endif
