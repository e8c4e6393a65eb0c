/**
 * Deaths: a person's, entered once, on whichever case it was.
 *
 * A death ends every case of the person on its date (one that began later on its first day), leaves
 * households with somebody alive open with a task for the street, and takes away what visits after
 * it had counted; those become a task as well, since somebody entered them. All of it follows from
 * Person.death, so that a death that is revoked or gets another date takes the same way.
 *
 * Private to src/service. Everything runs within a transaction that is open already; what happened
 * is in the reply for deceased_words(), and in the use case's event.
 */
#ifndef DOUDI_SERVICE_CASES_DECEASED_H
#define DOUDI_SERVICE_CASES_DECEASED_H

#include "service/cases/case_edit.h"
#include "service/frame/usecase.h"

/** Enters the death of a person and does what follows. Refused with words if another date is known.
 *  `meant` is the case it was entered on, which the answer names itself; 0 = none. */
enum result deceased_enter(struct usecase *usecase, uint64_t person, day_t date, uint64_t meant);
/** What follows from a death that was just stored with the person. */
enum result deceased_follow(struct usecase *usecase, uint64_t person, day_t date, uint64_t meant);
/** The person lives: takes the death back, opens what it had ended except `except`, ends tasks. */
enum result deceased_revoke(struct usecase *usecase, uint64_t person, const Rec__Case *except);
/** A case was saved by a form: another date or none for a death that was known, a case for somebody
 *  dead, a household that still counts somebody dead. */
enum result deceased_case_saved(struct case_edit *edit);
/** True if this person's death ended the case. */
bool deceased_ended(const Rec__Case *record, uint64_t person);
/** An exit was taken back: a case of somebody dead ends by the death instead. */
enum result deceased_case_reopened(struct usecase *usecase, const Rec__Case *record);

/** For the end of a sentence: "；同时退出 …；…"; new string. */
char *deceased_words(const struct usecase *usecase);
/** Adds to a value of the reply that it is made of; the parts are joined by `joint`. */
void deceased_note(struct usecase *usecase, const char *name, const char *joint, const char *text);

/** Makes of the person's visits what the death (0: none) makes of them: those after it count for
 *  nothing, and are a task until somebody says what was found (deceased_visits.c). */
enum result deceased_settle_visits(struct usecase *usecase, const struct record_cases *cases,
                                   uint64_t person, day_t death);

/* Households (deceased_household.c). */
bool deceased_is_member(const Rec__Case *record, uint64_t person);
/** True if the person is a member who is covered or the head. */
bool deceased_stands_in(const Rec__Case *record, uint64_t person);
/** Current members who are alive, but for `person`; *ret_one (may be NULL) is one of them. */
enum result deceased_count_living(struct usecase *usecase, const Rec__Case *record, uint64_t person,
                                  uint64_t *ret_one, size_t *ret_count);
/** Raises the task of a household in which somebody dead stands, and ends one that is settled. */
enum result deceased_check_household(struct usecase *usecase, const Rec__Case *record);

#endif
