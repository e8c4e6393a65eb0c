/**
 * One visit on its way into the store: what is checked before, and what is answered after.
 *
 * Private to src/service (visit.c records, visit_check.c checks, visit_replaced.c finds what
 * is corrected, visit_answer.c answers, visit_void.c voids).
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
    struct record_cases cases; /**< all of the person */
    const Rec__Case *main;     /**< the one it is made for; in `cases` */
    const struct form *form;   /**< its programme */
    struct fields values;      /**< of the visit's form, canonical */
    uint32_t seq;              /**< within the day */
    Rec__Visit *replaced;      /**< the visit this one corrects, NULL if none */
    Rec__Visit *visit;
    struct month_visits visits;    /**< the person's of the month; once the day was checked */
    struct credit_changes changes; /**< duties as they were and are */
};

/** Fields of a visit's form that the record keeps as typed ones. */
enum { VISIT_HEAD_COUNT = 4, VISIT_WORDS = 64 };
extern const char *const VISIT_HEAD[VISIT_HEAD_COUNT];

/** The duty of the visit's month of one of the cases, NULL if there is none. Borrowed. */
const struct credit_change *visit_entry_change(const struct visit_entry *entry,
                                               const Rec__Case *record);
/** The duty as it is of that change, NULL if there is none. Borrowed. */
const Rec__Duty *visit_entry_duty(const struct visit_entry *entry, const Rec__Case *record);

/** Whose visit it is, by the input's case or ID number. */
enum result visit_entry_person(struct visit_entry *entry);
/** All cases in which the person takes part. */
enum result visit_entry_cases(struct visit_entry *entry);
/** RESULT_DENIED, without a word about them, for somebody outside the caller's area. */
enum result visit_entry_allow(struct visit_entry *entry);
/** Every duty that the visit (and the one it replaces) can touch, as it is before; of the cases. */
enum result visit_entry_duties(struct visit_entry *entry);
void visit_entry_free(struct visit_entry *entry);

/** The date alone: it decides which cases come into question. */
enum result visit_entry_date(struct visit_entry *entry);
/** Finds the visit this one corrects. */
enum result visit_entry_replaced(struct visit_entry *entry);
/** What only a ledger's row is asked and told (visit_ledger.c). */
void visit_entry_check_ledger(struct visit_entry *entry);
/** A visit that stands, by "DATE:SEQ" of the person. RESULT_CONFLICT with words if it was corrected
 *  or voided; `verb` says what was to be done with it (更正, 作废). */
enum result visit_find_standing(struct usecase *usecase, uint64_t person, const char *reference,
                                const char *verb, Rec__Visit **ret_visit);
/** Everything else: dates of the person and the case, the form, plausibility. */
enum result visit_entry_check(struct visit_entry *entry);
/** Fills the reply: how the duty stands now, and the area's figures before and after. */
enum result visit_entry_answer(struct visit_entry *entry);
/** The part of it that says how things stand; returns the duty's words. */
void visit_entry_standing(struct visit_entry *entry, char words[VISIT_WORDS]);

/** Whose rights a visit is under: the village of the case it was made for, without one the person's. */
enum result visit_find_area(struct usecase *usecase, Rec__Visit *visit, char ret_area[AREA_TEXT]);
/** The voiding alone, inside a transaction that is open already (an import that is taken back):
 *  stores the visit, which becomes void, and recounts what it had been credited to. Rights, closed
 *  months and the event are the caller's. */
enum result visit_void_record(struct usecase *usecase, Rec__Visit *visit, const char *reason);

#endif
