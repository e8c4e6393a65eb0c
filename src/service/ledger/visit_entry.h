/**
 * One visit being recorded, corrected or voided: the stages between input and answer.
 *
 * visit.c records, visit_check.c and visit_ledger.c check, visit_replaced.c finds the corrected
 * visit, visit_answer.c answers, visit_void.c voids. Private to src/service. Threads: within one
 * transaction.
 */
#ifndef DOUDI_SERVICE_LEDGER_VISIT_ENTRY_H
#define DOUDI_SERVICE_LEDGER_VISIT_ENTRY_H

#include "domain/area.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/ledger/credit.h"
#include "service/ledger/visit.h"

struct visit_entry {
    struct usecase *usecase;
    const struct visit_input *input; /**< borrowed */
    day_t date;
    month_t month;
    Rec__Person *person;
    Rec__Case *named;          /**< the input's case until it stands in `cases` */
    struct record_cases cases; /**< all cases of the person */
    const Rec__Case *main;     /**< the case of the visit; points into `cases` */
    const struct form *form;   /**< the programme of `main` */
    struct fields values;      /**< values of the visit's form, canonical */
    uint32_t seq;              /**< number within the day */
    Rec__Visit *replaced;      /**< the visit this one corrects, NULL if none */
    Rec__Visit *visit;
    struct month_visits visits; /**< the person's visits of the month, once the day was checked */
    struct credit_changes changes; /**< the duties before and after */
    Rec__Sheet *sheet_row; /**< the row of a printed sheet it is entered from, NULL if none */
};

/** The number of a visit form's fields that are typed fields of the record. */
enum { VISIT_HEAD_COUNT = 4 };
extern const char *const VISIT_HEAD[VISIT_HEAD_COUNT];

/** The duty of the visit's month of one of the cases, NULL if there is none. Borrowed. */
const struct credit_change *visit_entry_change(const struct visit_entry *entry,
                                               const Rec__Case *casefile);
/** The duty as it is of that change, NULL if there is none. Borrowed. */
const Rec__Duty *visit_entry_duty(const struct visit_entry *entry, const Rec__Case *record);

/** Finds the person, by the input's case or ID number. */
enum result visit_entry_person(struct visit_entry *entry);
/** All cases in which the person takes part. */
enum result visit_entry_cases(struct visit_entry *entry);
/** RESULT_DENIED for a person outside the caller's area, without telling anything about the
 *  person. */
enum result visit_entry_allow(struct visit_entry *entry);
/** Loads every duty of the cases that the visit, or the one it replaces, can change. */
enum result visit_entry_duties(struct visit_entry *entry);
void visit_entry_free(struct visit_entry *entry);

/** Checks the date only: it decides which cases are possible. */
enum result visit_entry_date(struct visit_entry *entry);
/** Finds the visit that this one corrects. */
enum result visit_entry_replaced(struct visit_entry *entry);
/** Checks and remarks for an import's row only (visit_ledger.c). */
void visit_entry_check_ledger(struct visit_entry *entry);
/** Finds a valid visit by "DATE:SEQ" of the person. RESULT_CONFLICT with words if it was corrected
 *  or voided; `verb` is the intended act (更正, 作废). */
enum result visit_find_standing(struct usecase *usecase, uint64_t person, const char *reference,
                                const char *verb, Rec__Visit **ret_visit);
/** All other checks: dates of the person and the case, the form, plausibility. */
enum result visit_entry_check(struct visit_entry *entry);
/** Fills the reply: the present state of the duty, and the area's figures before and after. Comes
 *  last: input->change takes duties out of `changes`. */
enum result visit_entry_answer(struct visit_entry *entry);
/** Only the state and figures of visit_entry_answer(); returns the duty's words. */
void visit_entry_standing(struct visit_entry *entry, char words[DUTY_WORDS]);

/** The area whose officers have rights on a visit: the village of its case, or else the
 *  person's; and the case, NULL if undoing an import has removed it. */
enum result visit_find_case(struct usecase *usecase, Rec__Visit *visit, char ret_area[AREA_TEXT],
                            Rec__Case **ret_case);
/** Only the voiding, inside an open transaction (undoing an import): stores the visit as void and
 *  counts its duties again. The caller checks rights and closed months, and fills the event. */
enum result visit_void_record(struct usecase *usecase, Rec__Visit *visit, const char *reason);

#endif
