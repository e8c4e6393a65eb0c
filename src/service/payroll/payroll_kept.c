#include "service/payroll/payroll_kept.h"

#include "base/mem.h"
#include "db/edition.h"
#include "service/memory/cache.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>

enum { LINES_MOST = 500000 }; /* kept: some 80 MB */

/** A history that is lent, or that can be. */
struct lending {
    struct payroll_history history; /**< first: it is what the borrower has */
    struct payroll_kept_stamp stamp;
    size_t borrowers;
    bool newest; /**< it is `newest` of struct payroll_kept */
};

struct payroll_kept {
    pthread_mutex_t lock;
    struct lending *newest; /**< NULL = none */
};

struct payroll_kept *payroll_kept_new(void)
{
    struct payroll_kept *kept = mem_new(sizeof *kept);

    pthread_mutex_init(&kept->lock, NULL);
    return kept;
}

static void free_lending(struct lending *lending)
{
    payroll_history_free(&lending->history);
    free(lending);
}

void payroll_kept_free(struct payroll_kept **kept)
{
    if (*kept == NULL)
        return;
    if ((*kept)->newest != NULL)
        free_lending((*kept)->newest);
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
static void put_aside(struct lending *lending)
{
    lending->newest = false;
    if (lending->borrowers == 0)
        free_lending(lending);
}

static void keep(struct service *service, struct lending *lending)
{
    struct payroll_kept *kept = service->payroll_kept;

    if (lending->history.count > LINES_MOST || !holds(service, &lending->stamp))
        return;
    pthread_mutex_lock(&kept->lock);
    if (kept->newest != NULL)
        put_aside(kept->newest);
    kept->newest = lending;
    lending->newest = true;
    pthread_mutex_unlock(&kept->lock);
}

static struct lending *lend_newest(struct service *service)
{
    struct payroll_kept *kept = service->payroll_kept;
    struct lending *lending = NULL;

    pthread_mutex_lock(&kept->lock);
    if (kept->newest != NULL && holds(service, &kept->newest->stamp)) {
        lending = kept->newest;
        lending->borrowers++;
    }
    pthread_mutex_unlock(&kept->lock);
    return lending;
}

enum result payroll_kept_borrow(struct usecase *usecase, const struct payroll_kept_stamp *stamp,
                                const struct payroll_history **ret_history)
{
    struct payroll_key everything = {.kind = ""};
    struct lending *lending = lend_newest(usecase->service);

    if (lending == NULL) {
        lending = mem_new(sizeof *lending);
        *lending = (struct lending){.stamp = *stamp, .borrowers = 1};
        enum result result = payroll_history_read(usecase, &everything, &lending->history);
        if (result != 0) {
            free(lending);
            return result;
        }
        keep(usecase->service, lending);
    }
    *ret_history = &lending->history;
    return RESULT_OK;
}

void payroll_kept_return(struct service *service, const struct payroll_history **history)
{
    struct lending *lending = (struct lending *)*history;

    *history = NULL;
    if (lending == NULL)
        return;
    pthread_mutex_lock(&service->payroll_kept->lock);
    lending->borrowers--;
    bool last = !lending->newest && lending->borrowers == 0;
    pthread_mutex_unlock(&service->payroll_kept->lock);
    if (last)
        free_lending(lending);
}
