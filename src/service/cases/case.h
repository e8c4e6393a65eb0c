/**
 * Cases and the people in them.
 *
 * The values of a case have the names of its form (form/form.h): "person.ID" for the person, "ID"
 * for the programme, "members.N.ID" for a household. Saving splits them into the person and case
 * records, checks the form, the exclusions and double registration, and makes or moves the duties
 * of the open months. It merges with the changes that another officer saved meanwhile: different
 * fields are merged; a change of the same field is a conflict, which is shown and never
 * overwritten.
 *
 * Returned values are canonical; given values may be as typed or canonical (form/type.h). Threads:
 * any.
 */
#ifndef DOUDI_SERVICE_CASES_CASE_H
#define DOUDI_SERVICE_CASES_CASE_H

#include "service/service.h"

/** A known person's stored value that differs from the ledger's. All borrowed. */
struct case_difference {
    const char *field; /**< as in the values: "members.2.phone" */
    const char *label;
    const char *known, *value; /**< the stored value and the ledger's */
    bool fixed; /**< an import may not change it: the village in which the person is registered */
};

/** The part of an import in saving a case: its decisions, and the differences it reports. */
struct case_ledger {
    /** True if an officer decided that the ledger's value of a field replaces the stored one. */
    bool (*takes)(const char *field, void *arg);
    /** Called for a difference: the stored value was kept. */
    void (*differs)(const struct case_difference *difference, void *arg);
    /** Called for each changed value of a known person; "" for an empty value. */
    void (*changes)(uint64_t person, const char *field, const char *old, const char *new,
                    void *arg);
    void *arg;
};

struct case_input {
    uint64_t case_id; /**< 0 = new */
    const char *kind;
    uint32_t version, person_version; /**< the versions that the officer saw */
    const struct fields *values;      /**< all values of the form, as typed */
    const struct fields *base;        /**< the values when the form was opened */
    bool confirm;                     /**< the officer has read the warnings */
    const char *batch;                /**< import batch, "" otherwise */
    uint64_t proposal; /**< the proposal it is filed from (service/cases/proposal.h), or 0 */
    bool check_only;   /**< check everything, write nothing */
    bool applying;     /**< … for an application that is not decided yet */
    const struct case_ledger *ledger; /**< for an import; NULL for an officer's own entry */
};

#define CASE_THEIRS "theirs."
/** A new case of a programme with steps is refused: its application makes it
 *  (service/cases/application.h). values: case_id, number, version, person_version; after RESULT_CONFLICT theirs.FIELD and
 *  officer. The conflict's values are logged as an opening, or masked if the caller may not open
 *  the record (service/cases/mask.h). */
enum result case_save(struct service *service, const struct caller *caller,
                      const struct case_input *input, struct reply *reply);
struct usecase;
/** The same inside an open transaction (import). A refusal writes nothing, so the transaction can
 *  go on with the next case. */
enum result case_record(struct usecase *usecase, const struct case_input *input);
struct case_exit {
    uint64_t case_id;
    const char *date, *reason;
    uint32_t version; /**< the version that the officer saw, 0 = any */
    uint64_t person;  /**< 死亡 in a household: the member who died, 0 = the only living member */
};
/** Ends a case. The reason 死亡 is a person's death: it ends all cases of that person, but a
 *  household goes on while another member lives. If `person` is needed and missing, there is a
 *  problem at "person". values: number, also, and those of deceased_words(). */
enum result case_exit(struct service *service, const struct caller *caller,
                      const struct case_exit *exit, struct reply *reply);
/** The same without naming a member. */
enum result case_close(struct service *service, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *reason, uint32_t version, struct reply *reply);
/** Takes an exit back. If the exit was a death, takes back the death too, and the exits of the
 *  other cases it ended. values: number, also. */
enum result case_reopen(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *reason, uint32_t version, struct reply *reply);
enum result case_review(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *date, const char *result, const char *note,
                        struct reply *reply);

/** One case with everything that its screen shows. case_view_free() releases it. */
struct case_view {
    uint64_t case_id;
    char *number, *kind, *state, *area, *area_name, *closed_on, *exit_reason;
    char *visitor; /**< name of the usual visitor, "" if none is named */
    uint32_t version, person_version;
    struct fields values;
    struct sheet *duties, *visits, *reviews, *others;
    struct sheet *people;    /**< COLUMNS_PEOPLE of a household */
    struct sheet *household; /**< COLUMNS_HOUSEHOLD: who lives with the person; the members */
    struct sheet *steps;     /**< COLUMNS_CASE_STEPS */
    bool masked;
};
/** Gets a case by id, or by number if case_id is 0. `open` shows all values and is logged;
 *  otherwise ID numbers and sensitive fields are masked. */
enum result case_get(struct service *service, const struct caller *caller, uint64_t case_id,
                     const char *number, bool open, struct case_view *ret_view,
                     struct reply *reply);
void case_view_free(struct case_view *view);

struct case_query {
    const char *kind, *state, *area, *after;
    uint32_t limit;
    bool full;    /**< whole ID numbers: needs ACTION_PRINT and is logged */
    bool contact; /**< with telephone and address */
};
/** COLUMNS_CASES of an area; COLUMNS_ROSTER with contact. */
enum result case_list(struct service *service, const struct caller *caller,
                      const struct case_query *query, struct sheet **ret_sheet,
                      struct reply *reply);
/** COLUMNS_VISITS of a case, or of a person if case_id is 0. */
enum result case_visits(struct service *service, const struct caller *caller, uint64_t case_id,
                        uint64_t person, struct sheet **ret_sheet, struct reply *reply);

#endif
