/**
 * One case being saved: the stages between an officer's input and the store.
 *
 * case.c runs the stages; case_people.c finds the persons, case_known.c protects their stored
 * values from an import, case_merge.c merges changes of other officers, case_check.c checks,
 * case_close.c ends cases. Private to src/service. Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_EDIT_H
#define DOUDI_SERVICE_CASES_CASE_EDIT_H

#include "base/words.h"
#include "service/cases/case.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"

/** A person of the case: the subject, or a member in its row. */
struct case_person {
    char prefix[FORM_PREFIX];        /**< prefix of its values: "person." or "members.2." */
    const struct form_field *fields; /**< the person's fields are among them */
    size_t field_count;
    Rec__Person *was; /**< the stored person, NULL = new */
    Rec__Person *is;  /**< as it will be stored */
    bool stranger;    /**< registered by others only: show nothing of this person */
    bool covered;     /**< the benefit covers this person */
    bool head;
};

struct case_edit {
    struct usecase *usecase;
    const struct case_input *input; /**< borrowed */
    const struct form *form;
    Rec__Case *old;       /**< NULL = new */
    Rec__Case *record;    /**< as it will be stored */
    struct fields before; /**< the stored values, canonical */
    struct fields values; /**< as typed; canonical after case_edit_check() */
    size_t person_count;
    struct case_person *persons;
};

/** Finds the persons of the case in the store, and fills empty fields with their stored values. */
enum result case_edit_find(struct case_edit *edit);
/** For an import: keeps a person's stored values, fills them into empty fields, and reports other
 *  values of the ledger as differences. RESULT_INVALID with words if another street has a case of
 *  the person. */
enum result case_edit_keep_known(struct case_edit *edit, const struct case_person *person);
/** Merges with the stored values; RESULT_CONFLICT if both changed the same field. */
enum result case_edit_merge(struct case_edit *edit);
/** Checks the form, then area, names, double registration and exclusions; problems are put at
 *  fields. */
enum result case_edit_check(struct case_edit *edit);
/** Checks only against other cases of the persons: double registration and exclusions. */
enum result case_edit_check_others(struct case_edit *edit);
/** Checks the programme's limits (form/limits.h). They belong to the decision: a case on the books is not
 *  measured again when it is changed. */
void case_edit_check_limits(struct case_edit *edit, struct problems *problems);
/** Stores the persons, and sets the person and members of the case. */
enum result case_edit_put_people(struct case_edit *edit);
void case_edit_free_people(struct case_edit *edit);
void case_edit_free(struct case_edit *edit);

/** Ends an active case and adds it to the event. `record` becomes the stored case. */
enum result case_end(struct usecase *usecase, Rec__Case *record, day_t date, const char *reason);
/** Ends all active cases of a person who died. */
enum result case_end_deceased(struct usecase *usecase, uint64_t person, day_t date);

/** Reopens a case that a death had ended along with another case. Refused with words if a newer
 *  case forbids it. `record` becomes the stored case. */
enum result case_reopen_along(struct usecase *usecase, Rec__Case *record);

/** Adds the number of another changed case to `also` in the reply. */
void case_note_also(struct usecase *usecase, const Rec__Case *record);

/** The exit reason that also ends the person's other cases. */
#define EXIT_DEATH "死亡"

#endif
