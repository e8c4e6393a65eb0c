/*
 * Opens and closes a service, and does its timer work.
 */
#include "service/ledger/alarm_raise.h"
#include "service/ledger/month.h"
#include "service/ledger/opening.h"
#include "service/memory/examples.h"
#include "service/memory/leftout.h"
#include "service/service.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/random.h"
#include "base/str.h"
#include "db/archive.h"
#include "domain/area.h"
#include "service/figures/indicator.h"
#include "service/frame/clockwatch.h"
#include "service/frame/home_read.h"
#include "service/frame/night.h"
#include "service/frame/stranger.h"
#include "service/keeping/area_change.h"
#include "service/keeping/backup.h"
#include "service/keeping/homedir.h"
#include "service/lists/lead_run.h"
#include "service/lists/paper.h"
#include "service/memory/catching_up.h"
#include "service/memory/reading.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"
#include "service/officers/hashing.h"
#include "service/payroll/payroll_kept.h"
#include "service/payroll/payroll_ready.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// ---- opening and closing

static enum result open_store(struct service *service, const struct service_options *options)
{
    char *archive = paths_join(options->home, "archive");
    struct store_options store = {
        .create = options->create,
        .read_only = options->read_only,
        .key_file = options->key_file,
        .archive = options->read_only ? NULL : archive,
        .cache_bytes = options->cache_bytes,
    };
    enum result result = store_open(options->home, &store, &service->store);

    if (result == RESULT_EXISTS && options->create) {
        store.create = false;
        result = store_open(options->home, &store, &service->store);
    }
    free(archive);
    return result;
}

/** Reads the stored home into memory. */
static enum result load(struct service *service)
{
    enum result result = home_read(service);

    if (result == RESULT_NOTFOUND)
        return RESULT_OK; /* not initialised yet */
    if (result == 0)
        result = cache_load(service->cache, service->store);
    if (result == 0)
        result = lent_load(service);
    if (result != 0 || service->read_only)
        return result;
    result = opening_begin(service);
    return result != 0 || service->background ? result : service_tick(service);
}

static struct service *service_new(const struct service_options *options)
{
    static const struct life life = {service_open, service_close, service_tick};
    struct service *service = mem_new(sizeof *service);
    pthread_rwlockattr_t fair;

    service->life = &life;
    service->home = mem_copy(options->home);
    service->forms_directory = mem_copy(options->forms);
    service->key_file = options->key_file != NULL ? mem_copy(options->key_file) : NULL;
    service->read_only = options->read_only;
    service->background = options->background;
    if (options->today != NULL && date_parse(options->today, &service->fixed_today) != 0)
        log_warn("DOUDI_TODAY is not a date and is ignored");
    service->cache = cache_new();
    service->chains = chains_new();
    service->census = census_new();
    service->closed = closed_months_new();
    service->revoked = revoked_new();
    service->hashing = hashing_new(LIMIT_HASHES, LIMIT_LOGINS_PER_UID);
    service->strangers = strangers_new();
    service->people_changes = people_changes_new();
    service->settled = settled_new();
    service->payroll_kept = payroll_kept_new();
    service->payroll_ready = payroll_ready_new();
    service->round_kept = round_kept_new();
    service->urgent_kept = urgent_kept_new();
    service->lent = lent_new();
    pthread_mutex_init(&service->tick, NULL);
    reading_init(&service->loading);
    service->night = night_new();
    service->clock = clockwatch_new();
    pthread_mutex_init(&service->catching_up.lock, NULL);
    pthread_mutex_init(&service->overlaps.lock, NULL);
    pthread_cond_init(&service->catching_up.changed, NULL);
    pthread_rwlockattr_init(&fair);
    pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&service->gate, &fair);
    pthread_rwlockattr_destroy(&fair);
    return service;
}

enum result service_open(const struct service_options *options, struct service **ret_service,
                         char **ret_message)
{
    struct service *service = service_new(options);
    struct forms_folders folders = {
        .shipped = options->forms, .office = options->office_forms, .rules = true};
    char *message = NULL;
    enum result result = random_secret(service->session, sizeof service->session);

    if (result == 0)
        result = forms_load_over(&folders, &service->forms, &message);
    if (result == 0)
        result = standards_check(service->forms, &message);
    if (result == 0)
        result = totals_check(service->forms, &message);
    if (result == 0)
        result = examples_check(service->forms, &message);
    if (result == 0) {
        service->totals = totals_new(service->forms);
        result = open_store(service, options);
    }
    if (result == 0)
        result = leftout_check(service->store, service->forms, &message);
    if (result == 0)
        people_changes_watch(service->people_changes, service->store);
    if (result == 0)
        result = load(service);
    if (result == 0) {
        *ret_service = service;
        return RESULT_OK;
    }
    if (message == NULL && (result == RESULT_IO || result == RESULT_CANTCREATE))
        message = homedir_closed_words(options->home);
    *ret_message = message != NULL ? message : mem_copy(result_words(result));
    service_close(&service);
    return result;
}

/** Writes the data that the timer writes only from time to time. */
static void last_words(struct service *service)
{
    night_retry(service);
    clockwatch_keep(service, true);
}

void service_close(struct service **service)
{
    struct service *s = *service;

    if (s == NULL)
        return;
    if (s->store != NULL && service_initialised(s) && !s->read_only)
        last_words(s);
    if (s->store != NULL)
        store_close(&s->store);
    if (s->forms != NULL)
        forms_free(&s->forms);
    totals_free(&s->totals);
    census_free(&s->census);
    cache_free(&s->cache);
    chains_free(&s->chains);
    closed_months_free(&s->closed);
    revoked_free(&s->revoked);
    hashing_free(&s->hashing);
    strangers_free(&s->strangers);
    people_changes_free(&s->people_changes);
    settled_free(&s->settled);
    payroll_kept_free(&s->payroll_kept);
    payroll_ready_free(&s->payroll_ready);
    kept_free(&s->round_kept);
    kept_free(&s->urgent_kept);
    lent_free(&s->lent);
    pthread_mutex_destroy(&s->tick);
    pthread_mutex_destroy(&s->loading.turn);
    night_free(&s->night);
    clockwatch_free(&s->clock);
    pthread_mutex_destroy(&s->catching_up.lock);
    pthread_mutex_destroy(&s->overlaps.lock);
    pthread_cond_destroy(&s->catching_up.changed);
    pthread_rwlock_destroy(&s->gate);
    free(s->home);
    free(s->forms_directory);
    free(s->key_file);
    free(s);
    *service = NULL;
}

void service_settle(struct service *service, struct settle *settle)
{
    store_settle(service->store, settle);
}

enum result service_failure(const struct service *service)
{
    return store_failure(service->store);
}

void service_prepare(struct service *service)
{
    store_person_find_begin(service->store);
    atomic_store(&service->prepared, true);
}

// ---- timer

enum result service_tick(struct service *service)
{
    struct census_figures unused;
    enum result result = RESULT_OK;

    if (!service_initialised(service) || service->read_only)
        return RESULT_OK;
    pthread_mutex_lock(&service->tick);
    clockwatch_keep(service, false);
    /* With a doubtful clock no log counts as old. */
    store_archive_keep(service->store,
                       clockwatch_is_doubtful(service) ? INT32_MAX : backup_log_days(service));
    night_retry(service);
    /* After a start, read the figures here: only requests for figures wait for this. */
    result = reading_load_month(service, facts_opened_month(service));
    if (result == 0)
        result = opening_open_months(service);
    if (result == 0)
        result = month_close_due(service);
    if (result == 0)
        result = area_change_due(service);
    if (result == 0)
        result = alarm_sweep(service);
    if (result == 0)
        result = lead_run(service);
    if (result == 0)
        result = indicator_keep_due(service);
    if (result == 0)
        result = paper_clean(service);
    if (result == 0)
        result = store_checkpoint(service->store, false);
    if (result == 0 && atomic_load(&service->prepared))
        result = census_get(service, &unused);
    if (result == 0)
        result = payroll_ready_run(service);
    pthread_mutex_unlock(&service->tick);
    return result;
}

void service_stop(struct service *service)
{
    atomic_store(&service->stopping, true);
    catching_up_tell(service);
}
