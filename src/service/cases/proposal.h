/**
 * Proposals (草拟个案): cases that village officers draft and the street completes and files.
 *
 * A proposal is only the typed values: it makes no person, no case and no duty. It is "waiting"
 * until a street officer files the case from it ("accepted") or gives it back with a reason
 * ("returned"). An officer of its village may change it, which makes it wait again, or withdraw it.
 * Missing values are allowed; wrong values are refused. In a programme with steps the proposal is an
 * application (service/cases/application.h): its values may be changed only in the steps that say
 * so, and its last step makes the case. A `prior` application was decided before, on paper: it is
 * whole, has the document's number and day, and only the last step is left, which another officer
 * does with the document at hand. Threads: any.
 */
#ifndef DOUDI_SERVICE_CASES_PROPOSAL_H
#define DOUDI_SERVICE_CASES_PROPOSAL_H

#include "service/frame/usecase.h"
#include "service/service.h"

struct proposal_input {
    uint64_t id; /**< 0 = new */
    const char *kind;
    uint32_t version;            /**< the version that the officer saw */
    const struct fields *values; /**< as typed */
    bool prior; /**< new: decided before, on paper; needs the right to file cases */
};

/** values: proposal (its id). */
enum result proposal_put(struct service *service, const struct caller *caller,
                         const struct proposal_input *input, struct reply *reply);
/** COLUMNS_PROPOSALS, by village: the waiting and returned proposals of an area (by default the
 *  caller's) and a programme ("" = all). */
enum result proposal_list(struct service *service, const struct caller *caller, const char *area,
                          const char *kind, struct sheet **ret_sheet, struct reply *reply);

struct proposal_view {
    uint64_t id;
    char *kind, *state, *by, *at, *reason;
    uint32_t version;
    bool prior;
    struct fields values;
};
/** Logged, as opening a case is; for whoever drafts or does steps. proposal_view_free() releases
 *  it. */
enum result proposal_get(struct service *service, const struct caller *caller, uint64_t id,
                         struct proposal_view *ret_view, struct reply *reply);
void proposal_view_free(struct proposal_view *view);

/** Returns it to its village; needs the right to file cases. */
enum result proposal_return(struct service *service, const struct caller *caller, uint64_t id,
                            const char *reason, struct reply *reply);
enum result proposal_withdraw(struct service *service, const struct caller *caller, uint64_t id,
                              struct reply *reply);

/** The same within a transaction, without asking for the right. */
enum result proposal_record(struct usecase *usecase, const struct proposal_input *input);
/** Within a transaction: an open proposal, if the caller may do the action in its village. */
enum result proposal_load(struct usecase *usecase, uint64_t id, enum action action,
                          Rec__Proposal **ret_proposal);
/** Call within the transaction that stores the case: the proposal is accepted as this case.
 *  RESULT_CONFLICT if another officer has ended it. */
enum result proposal_accept(struct usecase *usecase, uint64_t id, uint64_t case_id);
/** Adds the proposals of one state to a sheet of COLUMNS_PROPOSALS; with `at_once` without those that
 *  go through steps (application.h). */
enum result proposal_rows(struct usecase *usecase, const char *state, const char *area,
                          const char *kind, bool at_once, struct sheet *sheet);
/** Adds those that were refused in the last thirty days, `words` saying what the refusal is called. */
enum result proposal_refused_rows(struct usecase *usecase, const char *area, struct sheet *sheet);

#endif
