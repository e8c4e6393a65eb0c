#include "service/payroll/payroll_kept.h"

#include "base/mem.h"
#include "db/edition.h"
#include "service/memory/cache.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>

enum { LINES_MOST = 500000 }; /* kept: some 80 MB */

/** A history that is lent, or that can be. */
struct lent {
    struct payroll_history history; /**< first: it is what the borrower has */
    struct payroll_kept_stamp stamp;
    size_t borrowers;
    bool newest; /**< it is `newest` of struct payroll_kept */
};

struct payroll_kept {
    pthread_mutex_t lock;
    struct lent *newest; /**< NULL = none */
};

struct payroll_kept *payroll_kept_new(void)
{
    struct payroll_kept *kept = mem_new(sizeof *kept);

    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static void lent_free(struct lent *lent)
{
    payroll_history_free(&lent->history);
    free(lent);
}

void payroll_kept_free(struct payroll_kept **kept)
{
    if (*kept == NULL)
        return;
    if ((*kept)->newest != NULL)
        lent_free((*kept)->newest);
    pthread_mutex_destroy(&(*kept)->lock);
    free(*kept);
    *kept = NULL;
}

struct payroll_kept_stamp payroll_kept_stamp(struct service *service)
{
    return (struct payroll_kept_stamp){
        .rosters = store_edition_payroll(service->store),
        .merges = store_edition_merge(service->store),
        .areas = cache_edition(service->cache),
    };
}

static bool holds(struct service *service, const struct payroll_kept_stamp *stamp)
{
    struct payroll_kept_stamp now = payroll_kept_stamp(service);

    return now.rosters == stamp->rosters && now.merges == stamp->merges &&
           now.areas == stamp->areas;
}

/** Nobody has it any more, or its last borrower frees it. */
static void put_aside(struct lent *lent)
{
    lent->newest = false;
    if (lent->borrowers == 0)
        lent_free(lent);
}

static void keep(struct service *service, struct lent *lent)
{
    struct payroll_kept *kept = service->payroll_kept;

    if (lent->history.count > LINES_MOST || !holds(service, &lent->stamp))
        return;
    pthread_mutex_lock(&kept->lock);
    if (kept->newest != NULL)
        put_aside(kept->newest);
    kept->newest = lent;
    lent->newest = true;
    pthread_mutex_unlock(&kept->lock);
}

static struct lent *lend_newest(struct service *service)
{
    struct payroll_kept *kept = service->payroll_kept;
    struct lent *lent = NULL;

    pthread_mutex_lock(&kept->lock);
    if (kept->newest != NULL && holds(service, &kept->newest->stamp)) {
        lent = kept->newest;
        lent->borrowers++;
    }
    pthread_mutex_unlock(&kept->lock);
    return lent;
}

enum result payroll_kept_borrow(struct usecase *usecase, const struct payroll_kept_stamp *stamp,
                                const struct payroll_history **ret_history)
{
    struct payroll_key everything = {.kind = ""};
    struct lent *lent = lend_newest(usecase->service);

    if (lent == NULL) {
        lent = mem_new(sizeof *lent);
        *lent = (struct lent){.stamp = *stamp, .borrowers = 1};
        enum result result = payroll_history_read(usecase, &everything, &lent->history);
        if (result != 0) {
            free(lent);
            return result;
        }
        keep(usecase->service, lent);
    }
    *ret_history = &lent->history;
    return RESULT_OK;
}

void payroll_kept_return(struct service *service, const struct payroll_history **history)
{
    struct lent *lent = (struct lent *)*history;

    *history = NULL;
    if (lent == NULL)
        return;
    pthread_mutex_lock(&service->payroll_kept->lock);
    lent->borrowers--;
    bool last = !lent->newest && lent->borrowers == 0;
    pthread_mutex_unlock(&service->payroll_kept->lock);
    if (last)
        lent_free(lent);
}
