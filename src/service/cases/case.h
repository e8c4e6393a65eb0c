/**
 * Cases and the people in them.
 *
 * A case's values are the form's (form/form.h): "person.ID" for the person, "ID" for the
 * programme, "members.N.ID" for a household. Saving splits them into the person and case records,
 * checks the form, the exclusions and double registration, makes or moves the duties of the open
 * months, and merges with what another officer saved meanwhile: different fields are merged, the
 * same field is a conflict that is shown and never overwritten.
 *
 * Values go out canonical and come in as typed (which canonical ones are as well, form/type.h).
 */
#ifndef DOUDI_SERVICE_CASES_CASE_H
#define DOUDI_SERVICE_CASES_CASE_H

#include "service/service.h"

/** A value of a known person that an import would have changed. All borrowed. */
struct case_difference {
    const char *field; /**< as in the values: "members.2.phone" */
    const char *label;
    const char *known, *value; /**< what is registered, what the ledger says */
    bool fixed;                /**< not for an import to decide: where somebody is on the books */
};

/** What an import decides of a case it files, and wants to know. */
struct case_ledger {
    /** Whether somebody decided that the ledger's value of a field replaces what is known. */
    bool (*takes)(const char *field, void *arg);
    /** A difference that was left as it is. */
    void (*differs)(const struct case_difference *difference, void *arg);
    /** A known person's value that is changed; "" for none. */
    void (*changes)(uint64_t person, const char *field, const char *old, const char *new,
                    void *arg);
    void *arg;
};

struct case_input {
    uint64_t case_id; /**< 0 = new */
    const char *kind;
    uint32_t version, person_version; /**< as the officer saw them */
    const struct fields *values;      /**< all of the form, as typed */
    const struct fields *base;        /**< as they were when the form was opened */
    bool confirm;                     /**< warnings have been read */
    const char *batch;                /**< import batch, "" otherwise */
    uint64_t proposal; /**< it was drafted as this one (service/cases/proposal.h), or 0 */
    bool check_only;   /**< everything is checked and nothing written */
    const struct case_ledger *ledger; /**< of an import; NULL for an officer's own entry */
};

#define CASE_THEIRS "theirs."
/** values: case_id, number, version, person_version. RESULT_CONFLICT: theirs.FIELD, officer; recorded as
 *  an opening if the caller may open the record, else masked (service/cases/mask.h). */
enum result case_save(struct service *service, const struct caller *caller,
                      const struct case_input *input, struct reply *reply);
struct usecase;
/** The same inside a transaction that is open already (import). Writes nothing when it refuses, so
 *  that the transaction may go on with the next one. */
enum result case_record(struct usecase *usecase, const struct case_input *input);
struct case_exit {
    uint64_t case_id;
    const char *date, *reason;
    uint32_t version; /**< as the officer saw it, 0 = any */
    uint64_t person;  /**< 死亡 in a household: which member, 0 = the only one who is alive */
};
/** Ends a case. Reason 死亡 is a person's death: it ends all of that person's cases; a household goes
 *  on while another member lives. A problem at `person` when it is not said who died. values:
 *  number, also and others of service/cases/deceased.h. */
enum result case_exit(struct service *service, const struct caller *caller,
                      const struct case_exit *exit, struct reply *reply);
/** The same without a member. */
enum result case_close(struct service *service, const struct caller *caller, uint64_t case_id,
                       const char *date, const char *reason, uint32_t version, struct reply *reply);
/** Takes an exit back; after a death by mistake also the death and what ended with it. values:
 *  number, also. */
enum result case_reopen(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *reason, uint32_t version, struct reply *reply);
enum result case_review(struct service *service, const struct caller *caller, uint64_t case_id,
                        const char *date, const char *result, const char *note,
                        struct reply *reply);

/** One case with everything its screen shows. case_view_free() releases it. */
struct case_view {
    uint64_t case_id;
    char *number, *kind, *state, *area, *area_name, *closed_on, *exit_reason;
    char *visitor; /**< name of who usually visits, "" if nobody is named */
    uint32_t version, person_version;
    struct fields values;
    struct sheet *duties, *visits, *reviews, *others;
    struct sheet *people; /**< COLUMNS_PEOPLE of a household */
    bool masked;
};
/** `open` shows everything and is logged; otherwise ID numbers and sensitive fields are masked.
 *  By id, or by number when case_id is 0. */
enum result case_get(struct service *service, const struct caller *caller, uint64_t case_id,
                     const char *number, bool open, struct case_view *ret_view,
                     struct reply *reply);
void case_view_free(struct case_view *view);

struct case_query {
    const char *kind, *state, *area, *after;
    uint32_t limit;
};
/** COLUMNS_CASES */
enum result case_list(struct service *service, const struct caller *caller,
                      const struct case_query *query, struct sheet **ret_sheet,
                      struct reply *reply);
/** COLUMNS_VISITS of a case, or of a person when case_id is 0. */
enum result case_visits(struct service *service, const struct caller *caller, uint64_t case_id,
                        uint64_t person, struct sheet **ret_sheet, struct reply *reply);

#endif
