#include "service/memory/census.h"

#include "base/mem.h"
#include "base/words.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP = 10000 }; /* records; a step is too short for an officer to notice */

/** Everything up to these ids is counted. */
struct walk {
    uint64_t persons, cases;
};

static const uint64_t AT_THE_END = UINT64_MAX;

struct census {
    pthread_mutex_t counting; /**< held while counting */
    pthread_mutex_t lock;     /**< guards the fields below */
    struct walk walk;
    struct census_figures figures;
};

struct census *census_new(void)
{
    struct census *census = mem_new(sizeof *census);

    pthread_mutex_init(&census->counting, NULL);
    pthread_mutex_init(&census->lock, NULL);
    return census;
}

void census_free(struct census **census)
{
    if (*census == NULL)
        return;
    pthread_mutex_destroy(&(*census)->counting);
    pthread_mutex_destroy(&(*census)->lock);
    free(*census);
    *census = NULL;
}

void census_forget(struct census *census)
{
    pthread_mutex_lock(&census->counting);
    pthread_mutex_lock(&census->lock);
    census->walk = (struct walk){0};
    census->figures = (struct census_figures){0};
    pthread_mutex_unlock(&census->lock);
    pthread_mutex_unlock(&census->counting);
}

void census_apply(struct census *census, const struct delta *delta)
{
    if (delta->registered_count == 0)
        return;
    pthread_mutex_lock(&census->lock);
    for (size_t i = 0; i < delta->registered_count; i++) {
        const struct delta_registered *change = &delta->registered[i];
        uint64_t counted = change->person ? census->walk.persons : census->walk.cases;
        struct census_figures *figures = &census->figures;
        if (change->id > counted)
            continue;
        /* adding -1 wraps around, which is defined for unsigned numbers */
        *(change->person ? &figures->persons : &figures->cases) += (uint64_t)change->there;
        figures->active += (uint64_t)change->active;
    }
    pthread_mutex_unlock(&census->lock);
}

// ---- counting

/** One step of the walk. */
struct step {
    struct walk from, to;
    size_t left; /**< records left in this step */
    struct census_figures figures;
};

static enum result count_record(struct step *step)
{
    return --step->left == 0 ? (enum result)STORE_STOP : RESULT_OK;
}

static enum result count_person(const Rec__Person *person, void *arg)
{
    struct step *step = arg;

    step->figures.persons++;
    step->to.persons = person->id;
    return count_record(step);
}

static enum result count_case(const Rec__Case *casefile, void *arg)
{
    struct step *step = arg;

    step->figures.cases++;
    step->figures.active += census_is_active(casefile);
    step->to.cases = casefile->id;
    return count_record(step);
}

static enum result read_step(struct txn *txn, void *arg)
{
    struct step *step = arg;
    enum result result = RESULT_OK;

    step->to = step->from;
    step->left = STEP;
    step->figures = (struct census_figures){0};
    if (step->from.persons != AT_THE_END)
        result = store_person_scan(txn, step->from.persons, count_person, step);
    if (result != 0 || step->left == 0)
        return result;
    step->to.persons = AT_THE_END;
    result = store_case_scan(txn, step->from.cases, count_case, step);
    if (result == 0 && step->left > 0)
        step->to.cases = AT_THE_END;
    return result;
}

static bool is_done(const struct walk *walk)
{
    return walk->cases == AT_THE_END;
}

static void add_step(struct census *census, const struct step *step)
{
    pthread_mutex_lock(&census->lock);
    census->walk = step->to;
    census->figures.persons += step->figures.persons;
    census->figures.cases += step->figures.cases;
    census->figures.active += step->figures.active;
    pthread_mutex_unlock(&census->lock);
}

static void read_census(struct census *census, struct walk *ret_walk,
                        struct census_figures *ret_figures)
{
    pthread_mutex_lock(&census->lock);
    *ret_walk = census->walk;
    *ret_figures = census->figures;
    pthread_mutex_unlock(&census->lock);
}

/** Who counts, and how far. */
struct counting {
    struct service *service;
    struct census *census;
    struct step step;
};

/** With the gate held alone: no commit comes between what is read and what is noted as read. */
static enum result count_portion(void *arg, bool *ret_done)
{
    struct counting *counting = arg;
    struct step *step = &counting->step;
    enum result result = store_run(counting->service->store, STORE_READ, read_step, step);

    if (result != 0)
        return result;
    add_step(counting->census, step);
    step->from = step->to;
    *ret_done = is_done(&step->from);
    return RESULT_OK;
}

static enum result count_portion_alone(void *arg, bool *ret_done)
{
    struct counting *counting = arg;

    pthread_rwlock_wrlock(&counting->service->gate);
    enum result result = count_portion(counting, ret_done);
    pthread_rwlock_unlock(&counting->service->gate);
    return result;
}

enum result census_get(struct service *service, struct census_figures *ret_figures)
{
    struct counting counting = {.service = service, .census = service->census};
    struct census_figures figures;
    enum result result = RESULT_OK;

    pthread_mutex_lock(&service->census->counting);
    read_census(service->census, &counting.step.from, &figures);
    if (!is_done(&counting.step.from)) {
        result = steps_run(&service->stopping, count_portion_alone, &counting);
        read_census(service->census, &counting.step.from, &figures);
    }
    pthread_mutex_unlock(&service->census->counting);
    if (result == 0)
        *ret_figures = figures;
    return result;
}

// ---- verification

enum result census_check(struct service *service, void (*report)(const char *line, void *arg),
                         void *arg)
{
    struct counting counting = {.service = service};
    struct census_figures kept;
    struct census *again;
    struct walk walk;
    char line[256];

    read_census(service->census, &walk, &kept);
    if (!is_done(&walk))
        return RESULT_OK;
    counting.census = again = census_new();
    enum result result = steps_run(&service->stopping, count_portion, &counting);
    if (result == 0 && memcmp(&kept, &again->figures, sizeof kept) != 0) {
        snprintf(line, sizeof line,
                 "登记数与记录不符：人数 %" PRIu64 "/%" PRIu64 " 个案数 %" PRIu64 "/%" PRIu64
                 " 在册 %" PRIu64 "/%" PRIu64,
                 kept.persons, again->figures.persons, kept.cases, again->figures.cases,
                 kept.active, again->figures.active);
        report(line, arg);
    }
    census_free(&again);
    return result;
}

bool census_is_active(const Rec__Case *casefile)
{
    return strcmp(casefile->state, CASE_ACTIVE) == 0;
}
