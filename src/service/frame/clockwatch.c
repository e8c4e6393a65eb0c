#include "service/frame/clockwatch.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "service/frame/event.h"
#include "service/frame/usecase.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

enum { KEEP_SECONDS = 600 };

struct clockwatch *clockwatch_new(void)
{
    struct clockwatch *watch = mem_new(sizeof *watch);

    pthread_mutex_init(&watch->lock, NULL);
    return watch;
}

void clockwatch_free(struct clockwatch **watch)
{
    if (*watch == NULL)
        return;
    pthread_mutex_destroy(&(*watch)->lock);
    free(*watch);
    *watch = NULL;
}

/** Asks the kernel directly: a tool that fakes the time changes the C library's answers, but the
 *  time of day is judged by the true uptime. */
static struct clock_reading read_clock(void)
{
    struct clock_reading reading = {.wall = time(NULL)};
    struct timespec uptime = {0};
    struct timex kernel = {0};

    (void)syscall(SYS_clock_gettime, CLOCK_BOOTTIME, &uptime);
    reading.uptime = uptime.tv_sec;
    if (syscall(SYS_adjtimex, &kernel) != TIME_ERROR && (kernel.status & STA_UNSYNC) == 0) {
        int64_t apart = (int64_t)kernel.time.tv_sec - reading.wall;
        reading.synchronised = apart >= -1 && apart <= 1;
    }
    return reading;
}

static bool is_watched(const struct service *service)
{
    return service->fixed_today == 0 && !service->read_only && service_initialised(service);
}

/** Compares the clock with the last sound reading. The lock is held. */
static void look(struct clockwatch *watch)
{
    struct clock_reading now = read_clock();
    bool before = watch->doubtful;

    if (watch->sound.wall == 0)
        watch->sound = now;
    int64_t step = clock_step(&watch->sound, &now);
    watch->doubtful = clock_step_is_doubtful(step, &now);
    if (watch->doubtful != before || step < watch->step - CLOCK_BACK_MOST) {
        watch->steps++;
        log_warn("clock: stepped by %lld s%s", (long long)(step - watch->step),
                 watch->doubtful ? ", months wait until it is confirmed" : "");
    }
    watch->step = step;
    if (!watch->doubtful && (step > CLOCK_STEP_MOST || step < -CLOCK_STEP_MOST)) {
        watch->sound = now; /* a time server confirms this time */
        watch->step = 0;
    }
}

void clockwatch_begin(const struct service *service, Rec__Home *home)
{
    struct clock_reading now = read_clock();

    if (service->fixed_today != 0)
        return;
    home->seen = now.wall;
    home->seen_uptime = now.uptime;
}

void clockwatch_load(struct service *service, const Rec__Home *home)
{
    struct clockwatch *watch = service->clock;

    pthread_mutex_lock(&watch->lock);
    if (watch->sound.wall == 0 && home->seen != 0) {
        watch->sound = (struct clock_reading){.wall = home->seen, .uptime = home->seen_uptime};
        watch->steps = watch->written_steps = home->clock_steps;
        watch->written = home->seen;
    }
    pthread_mutex_unlock(&watch->lock);
}

bool clockwatch_is_doubtful(struct service *service)
{
    struct clockwatch *watch = service->clock;

    if (!is_watched(service))
        return false;
    pthread_mutex_lock(&watch->lock);
    look(watch);
    bool doubtful = watch->doubtful;
    pthread_mutex_unlock(&watch->lock);
    return doubtful;
}

enum result clockwatch_refuse(struct service *service, struct reply *reply)
{
    char day[DATE_TEXT];

    if (!clockwatch_is_doubtful(service))
        return RESULT_OK;
    return reply_say(reply, RESULT_AGAIN,
                     "服务器时钟跳到了 %s，核对以前月份不开也不结，请联系系统管理员。",
                     date_format(service_today(service), day));
}

int64_t clockwatch_last_sound(struct service *service)
{
    pthread_mutex_lock(&service->clock->lock);
    int64_t wall = service->clock->sound.wall;
    pthread_mutex_unlock(&service->clock->lock);
    return wall;
}

month_t service_this_month(struct service *service)
{
    month_t month = month_of(service_today(service));
    month_t opened = facts_opened_month(service);

    return month > opened && clockwatch_is_doubtful(service) ? opened : month;
}

uint64_t clockwatch_steps(struct service *service)
{
    (void)clockwatch_is_doubtful(service);
    pthread_mutex_lock(&service->clock->lock);
    uint64_t steps = service->clock->steps;
    pthread_mutex_unlock(&service->clock->lock);
    return steps;
}

// ---- remembering

/** The values to write into the home's record. */
struct keeping {
    struct clock_reading reading; /**< wall 0 = doubtful, do not write it */
    uint64_t steps;
};

static enum result put_keeping(struct usecase *usecase, void *arg)
{
    const struct keeping *keeping = arg;
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    home->clock_steps = keeping->steps;
    if (keeping->reading.wall != 0) {
        home->seen = keeping->reading.wall;
        home->seen_uptime = keeping->reading.uptime;
    }
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

static enum result put_step(struct usecase *usecase, void *arg)
{
    char before[STAMP_TEXT], now[STAMP_TEXT];

    event_name_record(usecase, usecase->service->area, "home");
    event_add_note(usecase, "时钟从 %s 跳到 %s",
                   date_format_stamp(clockwatch_last_sound(usecase->service), before),
                   date_format_stamp(read_clock().wall, now));
    return put_keeping(usecase, arg);
}

static void note_written(struct clockwatch *watch, const struct keeping *keeping)
{
    pthread_mutex_lock(&watch->lock);
    watch->written_steps = keeping->steps;
    if (keeping->reading.wall != 0)
        watch->written = keeping->reading.wall;
    pthread_mutex_unlock(&watch->lock);
}

void clockwatch_keep(struct service *service, bool now)
{
    struct clockwatch *watch = service->clock;
    struct caller system = facts_system(service);
    struct keeping keeping = {0};
    struct reply reply = {0};

    if (!is_watched(service))
        return;
    pthread_mutex_lock(&watch->lock);
    look(watch);
    if (!watch->doubtful)
        keeping.reading = read_clock();
    keeping.steps = watch->steps;
    bool stepped = watch->steps != watch->written_steps;
    bool old = keeping.reading.wall != 0 && (now || watch->written == 0 ||
                                             keeping.reading.wall - watch->written >= KEEP_SECONDS);
    pthread_mutex_unlock(&watch->lock);
    enum result result = RESULT_NOTFOUND; /* nothing to write */
    if (stepped)
        result = usecase_write(service, &system, ACTION_CLOCK, NULL, put_step, &keeping, &reply);
    else if (old)
        result =
            usecase_write_unlogged(service, &system, STORE_EVENT, put_keeping, &keeping, &reply);
    if (result == 0)
        note_written(watch, &keeping);
    reply_free(&reply);
}

// ---- confirming

static enum result confirm(struct usecase *usecase, void *arg)
{
    struct keeping *keeping = arg;
    char before[STAMP_TEXT], now[STAMP_TEXT];

    keeping->reading = read_clock();
    keeping->steps = clockwatch_steps(usecase->service);
    event_name_record(usecase, usecase->service->area, "home");
    event_add_change(usecase, "clock",
                     date_format_stamp(clockwatch_last_sound(usecase->service), before),
                     date_format_stamp(keeping->reading.wall, now));
    enum result result = put_keeping(usecase, keeping);
    return result != 0 ? result
                       : reply_say(usecase->reply, RESULT_OK,
                                   "时钟已确认是 %s，该开、该结的月份马上接着办。", now);
}

enum result clockwatch_confirm(struct service *service, const struct caller *caller,
                               const char *date, struct reply *reply)
{
    struct clockwatch *watch = service->clock;
    struct keeping keeping;
    char today[DATE_TEXT];

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_CLOCK, NULL, reply);
    if (result != 0)
        return result;
    date_format(service_today(service), today);
    if (strcmp(date, today) != 0)
        return reply_say(reply, RESULT_INVALID,
                         "服务器现在的日期是 %s，不是 %s。请先核对系统时间，再照今天的日期确认。",
                         today, date);
    if (!clockwatch_is_doubtful(service))
        return reply_say(reply, RESULT_INVALID, "时钟没有跳，不需要确认。");
    result = usecase_write(service, caller, ACTION_CLOCK, NULL, confirm, &keeping, reply);
    if (result != 0)
        return result;
    pthread_mutex_lock(&watch->lock);
    watch->sound = keeping.reading;
    watch->step = 0;
    watch->doubtful = false;
    pthread_mutex_unlock(&watch->lock);
    note_written(watch, &keeping);
    return RESULT_OK;
}
