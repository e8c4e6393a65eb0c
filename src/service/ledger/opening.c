#include "service/ledger/opening.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "domain/area.h"
#include "service/frame/clockwatch.h"
#include "service/frame/event.h"
#include "service/ledger/duties.h"
#include "service/memory/catching_up.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    CASES_PER_STEP = 500,
};

// ---- opening

/** A run through the cases for the months being opened, in steps. */
struct opening {
    struct service *service;
    struct usecase *usecase;
    month_t from, to;
    char prefix[AREA_TEXT]; /**< "" for all */
    char *after;            /**< the place: key of the last case of the step before, NULL = none */
    char *last;             /**< key of the last case of this step, NULL at the end */
    char area[AREA_TEXT];   /**< area of that case */
    size_t count;           /**< cases in this step */
    uint64_t total;
};

/**
 * From here on, saving a case also makes its duties for the new months, so that the run cannot miss
 * a case. The run skips cases that have their duties already.
 */
enum result opening_begin(struct service *service)
{
    month_t now = month_of(service_today(service));
    enum result result = RESULT_OK;

    if (facts_opened_month(service) >= now || clockwatch_is_doubtful(service))
        return RESULT_OK;
    pthread_rwlock_wrlock(&service->gate);
    if (facts_opened_month(service) < now)
        result = reading_load_month_alone(service, now);
    if (result == 0 && facts_opened_month(service) < now) {
        pthread_mutex_lock(&service->catching_up.lock);
        service->catching_up.passed[0] = '\0';
        atomic_store(&service->opened_month, now);
        pthread_mutex_unlock(&service->catching_up.lock);
    }
    pthread_rwlock_unlock(&service->gate);
    return result;
}

enum result opening_open_case(struct usecase *usecase, const Rec__Case *casefile)
{
    month_t opened = facts_opened_month(usecase->service);
    enum result result = RESULT_OK;

    for (month_t month = facts_complete_month(usecase->service) + 1; month <= opened && result == 0;
         month++)
        result = duties_open_case(usecase, casefile, month);
    return result;
}

static enum result open_one(const Rec__Case *casefile, void *arg)
{
    struct opening *opening = arg;
    enum result result = RESULT_OK;

    for (month_t month = opening->from; month <= opening->to && result == 0; month++)
        result = duties_open_case(opening->usecase, casefile, month);
    if (result != 0)
        return result;
    if (++opening->count < CASES_PER_STEP)
        return RESULT_OK;
    opening->last = store_case_key_text(casefile);
    memcpy(opening->area, casefile->area, strnlen(casefile->area, AREA_TEXT - 1) + 1);
    return (enum result)STORE_STOP;
}

static enum result open_step(struct usecase *usecase, void *arg)
{
    struct opening *opening = arg;

    opening->usecase = usecase;
    opening->count = 0;
    free(opening->last);
    opening->last = NULL;
    return store_case_of_area(usecase->txn, opening->prefix, NULL, opening->after, open_one,
                              opening);
}

/** Notes that every village before this one is done, unless another month has begun meanwhile. */
static void note_passed(struct service *service, const struct opening *opening)
{
    pthread_mutex_lock(&service->catching_up.lock);
    if (opening->to == facts_opened_month(service))
        memcpy(service->catching_up.passed, opening->area, AREA_TEXT);
    pthread_mutex_unlock(&service->catching_up.lock);
}

/** Makes the duties of the next cases, in one transaction. */
static enum result open_portion(void *arg, bool *ret_done)
{
    struct opening *opening = arg;
    struct caller system = facts_system(opening->service);
    struct reply reply = {0};
    enum result result =
        usecase_write_unlogged(opening->service, &system, STORE_BULK, open_step, opening, &reply);

    reply_free(&reply);
    if (result != 0)
        return result;
    opening->total += opening->count;
    free(opening->after);
    opening->after = opening->last;
    opening->last = NULL;
    *ret_done = opening->after == NULL;
    if (!*ret_done && opening->prefix[0] == '\0')
        note_passed(opening->service, opening);
    return RESULT_OK;
}

/** Goes through the cases of an area; RESULT_AGAIN when the service is asked to stop. */
static enum result open_cases(struct opening *opening)
{
    enum result result = steps_run(&opening->service->stopping, open_portion, opening);

    free(opening->after);
    free(opening->last);
    opening->after = opening->last = NULL;
    return result;
}

/** Stores that the month is complete, so that no later start repeats the run. */
static enum result put_opened(struct usecase *usecase, void *arg)
{
    const struct opening *opening = arg;
    char text[MONTH_TEXT];
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    home->opened_month = opening->from;
    if (home->whole_from == 0 && !service_collects(usecase->service))
        home->whole_from = opening->from;
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    event_name_record(usecase, usecase->service->area, "month:%s",
                      month_format(opening->from, text));
    event_add_note(usecase, "个案 %llu 件", (unsigned long long)opening->total);
    return result;
}

static enum result finish_portion(void *arg, bool *ret_done)
{
    struct opening *opening = arg;
    struct service *service = opening->service;
    struct caller system = facts_system(service);
    struct reply reply = {0};
    char text[MONTH_TEXT];
    enum result result =
        usecase_write(service, &system, ACTION_MONTH_OPEN, NULL, put_opened, opening, &reply);

    reply_free(&reply);
    log_info("month %s opened: %s", month_format(opening->from, text), result_name(result));
    if (result != 0)
        return result;
    atomic_store(&service->complete_month, opening->from);
    *ret_done = ++opening->from > opening->to;
    return RESULT_OK;
}

/** All months that are not complete. */
static struct opening opening_of(struct service *service)
{
    return (struct opening){
        .service = service,
        .from = facts_complete_month(service) + 1,
        .to = facts_opened_month(service),
    };
}

enum result opening_open_months(struct service *service)
{
    enum result result = opening_begin(service);

    while (result == 0 && facts_complete_month(service) < facts_opened_month(service)) {
        struct opening opening = opening_of(service);
        if (!service_collects(service)) /* there the duties come with the bundles */
            result = open_cases(&opening);
        if (result == 0)
            result = steps_run(&service->stopping, finish_portion, &opening);
        catching_up_tell(service);
    }
    return result;
}

// ---- requests that cannot wait

static bool is_passed(struct service *service, const char *prefix)
{
    pthread_mutex_lock(&service->catching_up.lock);
    bool passed = strncmp(prefix, service->catching_up.passed, strlen(prefix)) < 0;
    pthread_mutex_unlock(&service->catching_up.lock);
    return passed;
}

/** The share of divisions that are done, in percent. */
static unsigned share_passed(struct service *service)
{
    const Rec__Area *area;
    size_t count = 0;
    size_t passed = 0;

    pthread_mutex_lock(&service->catching_up.lock);
    for (; (area = cache_area_at(service->cache, count)) != NULL; count++)
        passed += strcmp(area->code, service->catching_up.passed) < 0;
    pthread_mutex_unlock(&service->catching_up.lock);
    return count == 0 ? 0 : (unsigned)(passed * 100 / count);
}

/** Refuses a month that cannot have duties: an empty list would look as if nobody were due. */
static enum result check_month(const struct service *service, month_t month, month_t today,
                               struct reply *reply)
{
    month_t first = service_first_month(service);
    char text[MONTH_TEXT];
    char nearest[MONTH_TEXT];

    month_format(month, text);
    if (month > today && month > facts_opened_month(service))
        return reply_say(reply, RESULT_USAGE, "%s 还没有开始，请改成不晚于 %s 的月份。", text,
                         month_format(today, nearest));
    if (month < first)
        return reply_say(reply, RESULT_USAGE, "%s 还没有启用本系统，请改成不早于 %s 的月份。", text,
                         month_format(first, nearest));
    return RESULT_OK;
}

enum result opening_ensure(struct service *service, month_t month, const char *area,
                           struct reply *reply)
{
    month_t today = month_of(service_today(service));
    char text[MONTH_TEXT];
    enum result result;

    if (!service_initialised(service))
        return RESULT_OK;
    result = check_month(service, month, today, reply);
    if (result != 0 || service->read_only || month <= facts_complete_month(service) ||
        month > today)
        return result;
    result = opening_begin(service);
    if (result == 0 && month > facts_opened_month(service))
        result = clockwatch_refuse(service, reply);
    if (result == 0 && area_level(area) < AREA_STREET)
        return reply_say(reply, RESULT_AGAIN, "%s 的应访任务正在生成（已完成 %u%%），请稍后再看。",
                         month_format(month, text), share_passed(service));
    struct opening opening = opening_of(service);
    area_prefix(area, opening.prefix);
    if (result == 0 && !is_passed(service, opening.prefix))
        result = open_cases(&opening);
    return result;
}

enum result opening_await(struct service *service, month_t month, const char *area,
                          struct reply *reply)
{
    enum result result = opening_ensure(service, month, area, reply);

    if (result != RESULT_AGAIN || !catching_up_wait(service))
        return result;
    reply_free(reply);
    return opening_ensure(service, month, area, reply);
}
