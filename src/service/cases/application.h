/**
 * Applications (办理): proposals of programmes whose file states steps.
 *
 * Each step is done, returned or refused by whoever the file names; papers may be asked for, which
 * stops the clock. Nobody does the last step of an application that they entered or handled. With
 * the last step the case is made, as if it had been saved from a form. How an application stands
 * follows from its records (domain/lifecycle.h). Limits are the file's, or the office's dated
 * parameters 办理时限-PROGRAMME-STEP and 办理时限-PROGRAMME-全程. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_APPLICATION_H
#define DOUDI_SERVICE_CASES_APPLICATION_H

#include "domain/lifecycle.h"
#include "service/frame/usecase.h"
#include "service/service.h"

struct application_input {
    uint64_t id;
    const char *act;     /**< "done" "return" "pause" … (domain/lifecycle.h) */
    const char *opinion; /**< needed, but for "done" and "resume" */
    const char *to;      /**< return: the step, "" = the maker */
    const char *until;   /**< pause: the last day for the papers */
    uint32_t version;    /**< the version that the officer saw */
};

/** values: case_id and number once the case is made. */
enum result application_act(struct service *service, const struct caller *caller,
                            const struct application_input *input, struct reply *reply);

/** The same within a transaction, without asking for the right to act at all. */
enum result application_act_record(struct usecase *usecase, const struct application_input *input);

/** COLUMNS_STEPS: the applications under way in an area ("" = the caller's); `late`: only those
 *  past their day. The most urgent first; those without a known day last, by their beginning. */
enum result application_list(struct service *service, const struct caller *caller, const char *area,
                             bool late, struct sheet **ret_sheet, struct reply *reply);
/** COLUMNS_STEP_LOG: what was done, in order. */
enum result application_log(struct service *service, const struct caller *caller, uint64_t id,
                            struct sheet **ret_sheet, struct reply *reply);

// ---- within a use case

/** A proposal and how it stands. */
struct application {
    const Rec__Proposal *proposal; /**< borrowed */
    const struct form *form;
    struct lifecycle_stand stand;
    struct lifecycle_due due;
    const char *due_of; /**< the later step whose clock that is; "" = of the one under way */
    struct lifecycle_due whole; /**< … of the whole way */
    day_t ready;                /**< the step may not be done before this day, 0 = any day */
};

/** False if the proposal's programme has no steps. */
bool application_judge(struct usecase *usecase, const struct workday_calendar *calendar,
                       const Rec__Proposal *proposal, struct application *ret_application);
/** True if the caller may do the step under way; if not, *ret_why (may be NULL) is the reason, new
 *  string. */
bool application_is_mine(const struct usecase *usecase, const struct application *application,
                         char **ret_why);
/** Adds what was done to a proposal. */
void application_record(const struct usecase *usecase, Rec__Proposal *proposal,
                        enum lifecycle_act act, const char *step, const char *to,
                        const char *opinion);
/** What a refusal at a step is called; while papers were awaited, also at a step that has none. */
const char *application_refusal(const struct life_steps *steps, size_t step);
/** True if the file names the role for the step. */
bool application_names(const struct life_step *step, enum role role);
/** Words of a step's officers: 镇街经办、镇街负责人. New string. */
char *application_who(const struct life_step *step);
struct str;
/** Adds to `words` who may do a step that is `apart`, and says so if the home has nobody but those
 *  who handled the application. */
enum result application_other(struct usecase *usecase, const Rec__Proposal *proposal,
                              const struct life_step *step, struct str *words);

/** Adds a row of COLUMNS_STEPS for an application under way. */
void application_write(struct usecase *usecase, const struct application *application,
                       struct sheet *sheet);
/** Adds rows of COLUMNS_STEP_LOG, in order. */
enum result application_write_log(struct usecase *usecase, const Rec__Proposal *proposal,
                                  const struct form *form, struct sheet *sheet);
/** Adds to a sheet of COLUMNS_CASE_STEPS the applications under way of the case's people, then what was done
 *  with the one that became the case, the last act first (application_case.c). */
enum result application_of_case(struct usecase *usecase, const Rec__Case *record,
                                struct sheet *sheet);

/** How many wait for the caller, and how many are late, among those of an area. */
struct application_count {
    size_t mine, late;
};
enum result application_count(struct usecase *usecase, const char *area,
                              struct application_count *ret_count);

#endif
