/**
 * One case being saved: the stages between what an officer typed and what is stored.
 *
 * case.c runs them, case_merge.c brings in what others saved meanwhile, case_people.c finds the
 * persons, case_known.c keeps what is known of them from an import, case_check.c checks,
 * case_close.c ends cases. Private to src/service.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_EDIT_H
#define DOUDI_SERVICE_CASES_CASE_EDIT_H

#include "base/words.h"
#include "service/cases/case.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"

/** A person of the case: the subject, or a member in its row. */
struct case_person {
    char prefix[FORM_PREFIX];        /**< of its values: "person." or "members.2." */
    const struct form_field *fields; /**< among which are the person's */
    size_t field_count;
    Rec__Person *was; /**< as stored, NULL = new */
    Rec__Person *is;  /**< as it becomes */
    bool stranger;    /**< kept by others: nothing of them is told */
    bool covered;     /**< the benefit counts this one */
    bool head;
};

struct case_edit {
    struct usecase *usecase;
    const struct case_input *input; /**< borrowed */
    const struct form *form;
    Rec__Case *old;       /**< NULL = new */
    Rec__Case *record;    /**< as it becomes */
    struct fields before; /**< canonical values as stored */
    struct fields values; /**< typed, canonical after case_edit_check() */
    size_t person_count;
    struct case_person *persons;
};

/** Finds the persons of the case among those known, and fills what is known of them into what was
 *  left empty. */
enum result case_edit_find(struct case_edit *edit);
/** For an import: what is known of a person stays, and is filled in; what the ledger says otherwise is a
 *  difference. RESULT_INVALID with words for somebody whose case another street keeps. */
enum result case_edit_keep_known(struct case_edit *edit, const struct case_person *person);
/** Merges with what is stored; RESULT_CONFLICT when both changed the same field. */
enum result case_edit_merge(struct case_edit *edit);
/** The form's checks, then area, names, double registration, exclusions; remarks at fields. */
enum result case_edit_check(struct case_edit *edit);
/** Only what other cases of the persons forbid: double registration, exclusions. */
enum result case_edit_check_others(struct case_edit *edit);
/** Stores the persons, and sets the case's subject and members. */
enum result case_edit_put_people(struct case_edit *edit);
void case_edit_free_people(struct case_edit *edit);
void case_edit_free(struct case_edit *edit);

/** Ends an active case, and says so in the event. `record` becomes what is stored. */
enum result case_end(struct usecase *usecase, Rec__Case *record, day_t date, const char *reason);
/** Ends all active cases of somebody who died. */
enum result case_end_deceased(struct usecase *usecase, uint64_t person, day_t date);

/** Opens a case again that a death had ended along with another; refused with words if something new
 *  stands in its way. `record` becomes what is stored. */
enum result case_reopen_along(struct usecase *usecase, Rec__Case *record);

/** For the answer: the numbers of the cases that changed along with the one that was meant. */
void case_note_also(struct usecase *usecase, const Rec__Case *record);

/** The exit reason that also ends the person's other cases. */
#define EXIT_DEATH "死亡"

#endif
