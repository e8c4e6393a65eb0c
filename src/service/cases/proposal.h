/**
 * Proposals (草拟个案): cases drafted by those who may not file them, for the street to complete.
 *
 * A proposal holds what was typed and nothing else: it makes no person, no case and no duty. It is
 * waiting until a street officer files the case from it (accepted) or gives it back with a reason
 * (returned); whoever works in its village may then change it, which makes it wait again, or
 * withdraw it. What is missing may stay missing; what is wrong is refused.
 */
#ifndef DOUDI_SERVICE_CASES_PROPOSAL_H
#define DOUDI_SERVICE_CASES_PROPOSAL_H

#include "service/frame/usecase.h"
#include "service/service.h"

struct proposal_input {
    uint64_t id; /**< 0 = new */
    const char *kind;
    uint32_t version;            /**< as the officer saw it */
    const struct fields *values; /**< as typed */
};

/** values: proposal (its id). */
enum result proposal_put(struct service *service, const struct caller *caller,
                         const struct proposal_input *input, struct reply *reply);
/** Those waiting or returned in an area (the caller's own when none is given) of a programme ("" =
 *  all): COLUMNS_PROPOSALS,
 *  by village. */
enum result proposal_list(struct service *service, const struct caller *caller, const char *area,
                          const char *kind, struct sheet **ret_sheet, struct reply *reply);

struct proposal_view {
    uint64_t id;
    char *kind, *state, *by, *at, *reason;
    uint32_t version;
    struct fields values;
};
/** Logged as the opening of a case is. proposal_view_free() releases it. */
enum result proposal_get(struct service *service, const struct caller *caller, uint64_t id,
                         struct proposal_view *ret_view, struct reply *reply);
void proposal_view_free(struct proposal_view *view);

/** Gives it back to its village; needs the right to file cases. */
enum result proposal_return(struct service *service, const struct caller *caller, uint64_t id,
                            const char *reason, struct reply *reply);
enum result proposal_withdraw(struct service *service, const struct caller *caller, uint64_t id,
                              struct reply *reply);

struct usecase;
/** Within the transaction that stores the case: it has become this one. RESULT_CONFLICT if somebody
 *  else was faster. */
enum result proposal_accept(struct usecase *usecase, uint64_t id, uint64_t case_id);
/** Adds the rows in one state to a sheet of COLUMNS_PROPOSALS. */
enum result proposal_rows(struct usecase *usecase, const char *state, const char *area,
                          const char *kind, struct sheet *sheet);

#endif
