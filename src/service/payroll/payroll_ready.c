#include "service/payroll/payroll_ready.h"

#include "base/mem.h"
#include "service/memory/settled.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"
#include "service/payroll/payroll_kept.h"
#include "service/payroll/payroll_overpaid.h"
#include "service/payroll/payroll_raises.h"

#include <stdlib.h>

enum {
    CASES_AT_ONCE = 20,  /* of one transaction: some 30 ms */
    LINES_AT_ONCE = 500, /* these rest on what was just judged */
    LINES_MOST = 500000  /* more are not remembered */
};

struct payroll_ready {
    atomic_bool wanted;
    bool done; /**< up to the stamps below; only the timer's */
    struct settled_stamp facts;
    struct payroll_kept_stamp rosters;
};

struct payroll_ready *payroll_ready_new(void)
{
    return mem_new(sizeof(struct payroll_ready));
}

void payroll_ready_free(struct payroll_ready **ready)
{
    free(*ready);
    *ready = NULL;
}

void payroll_ready_want(struct service *service)
{
    atomic_store(&service->payroll_ready->wanted, true);
}

/** One pass over all lines. */
struct pass {
    struct service *service;
    struct settled_stamp facts; /**< before this portion */
    struct payroll_kept_stamp rosters;
    size_t case_line, paid_line; /**< as far as the portions before have come */
    size_t next_case_line, next_paid_line;
    bool done;
};

static enum result judge_portion(struct usecase *usecase, struct pass *pass,
                                 const struct payroll_history *history)
{
    pass->done = history->count > LINES_MOST;
    if (pass->done)
        return RESULT_OK;
    if (pass->next_case_line < history->count)
        return payroll_raises_judge(usecase, &pass->facts, history, CASES_AT_ONCE,
                                    &pass->next_case_line);
    enum result result = payroll_overpaid_judge(usecase, &pass->facts, history, LINES_AT_ONCE,
                                                &pass->next_paid_line);
    pass->done = pass->next_paid_line >= history->handed_count;
    return result;
}

static enum result portion_body(struct usecase *usecase, void *arg)
{
    struct pass *pass = arg;
    const struct payroll_history *history = NULL;

    pass->next_case_line = pass->case_line;
    pass->next_paid_line = pass->paid_line;
    enum result result = payroll_kept_borrow(usecase, &pass->rosters, &history);
    if (result == 0)
        result = judge_portion(usecase, pass, history);
    payroll_kept_return(usecase->service, &history);
    return result;
}

/** What changes meanwhile is judged by the next pass. */
static enum result portion(void *arg, bool *ret_done)
{
    struct pass *pass = arg;
    struct caller system = facts_system(pass->service);
    struct reply reply = {0};

    pass->facts = settled_stamp(pass->service);
    pass->rosters = payroll_kept_stamp(pass->service);
    enum result result = usecase_read(pass->service, &system, ACTION_PAYROLL_LIST,
                                      service_area(pass->service), portion_body, pass, &reply);

    reply_free(&reply);
    pass->case_line = pass->next_case_line;
    pass->paid_line = pass->next_paid_line;
    *ret_done = pass->done;
    return result;
}

static bool is_due(struct service *service)
{
    const struct payroll_ready *ready = service->payroll_ready;
    struct payroll_kept_stamp now = payroll_kept_stamp(service);

    if (!atomic_load(&service->prepared) && !atomic_load(&ready->wanted))
        return false;
    return !ready->done || !settled_stamp_holds(service, &ready->facts) ||
           now.rosters != ready->rosters.rosters || now.merges != ready->rosters.merges;
}

enum result payroll_ready_run(struct service *service)
{
    struct payroll_ready *ready = service->payroll_ready;
    struct pass pass = {.service = service};

    if (!is_due(service))
        return RESULT_OK;
    ready->facts = settled_stamp(service);
    ready->rosters = payroll_kept_stamp(service);
    enum result result = steps_run(&service->stopping, portion, &pass);
    ready->done = result == 0;
    return result;
}
