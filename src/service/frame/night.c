#include "service/frame/night.h"

#include "base/mem.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/memory/state.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/** The home's record has these words while the night's work runs. */
static const char UNFINISHED[] = "没有做完，服务中途停了。请再导出一次";

struct night {
    pthread_mutex_t lock;
    bool running;      /**< an export is running */
    int64_t failed_at; /**< time of a failure that is not written yet, 0 = none */
    char *words;
    int64_t full_at; /**< time of a full disk that is not written yet, 0 = none */
};

struct night *night_new(void)
{
    struct night *night = mem_new(sizeof *night);

    pthread_mutex_init(&night->lock, NULL);
    return night;
}

void night_free(struct night **night)
{
    if (*night == NULL)
        return;
    free((*night)->words);
    pthread_mutex_destroy(&(*night)->lock);
    free(*night);
    *night = NULL;
}

int64_t night_failed(struct service *service, const Rec__Home *home, char **ret_words)
{
    struct night *night = service->night;
    int64_t at = home->night_failed;
    const char *words = home->night_words;

    pthread_mutex_lock(&night->lock);
    if (night->failed_at != 0) {
        at = night->failed_at;
        words = night->words;
    } else if (night->running && strcmp(words, UNFINISHED) == 0) {
        at = 0;
    }
    *ret_words = at != 0 ? mem_copy(words) : NULL;
    pthread_mutex_unlock(&night->lock);
    return at;
}

int64_t night_full(struct service *service, const Rec__Home *home)
{
    struct night *night = service->night;

    pthread_mutex_lock(&night->lock);
    int64_t at = night->full_at != 0 ? night->full_at : home->disk_full;
    pthread_mutex_unlock(&night->lock);
    return at;
}

void night_note_full(struct service *service)
{
    pthread_mutex_lock(&service->night->lock);
    service->night->full_at = facts_now(service);
    pthread_mutex_unlock(&service->night->lock);
}

void night_succeeded(Rec__Home *home)
{
    home->disk_full = 0;
    home->night_failed = 0;
    record_set(&home->night_words, "");
}

void night_forget(struct service *service)
{
    struct night *night = service->night;

    pthread_mutex_lock(&night->lock);
    night->failed_at = night->full_at = 0;
    free(night->words);
    night->words = NULL;
    pthread_mutex_unlock(&night->lock);
}

/** A failure to write into the home's record. */
struct failure {
    int64_t at; /**< 0 = no failure */
    const char *words;
    int64_t full_at;
};

static enum result write_failure(struct usecase *usecase, void *arg)
{
    const struct failure *failure = arg;
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    event_name_record(usecase, usecase->service->area, "home");
    if (failure->full_at != 0) {
        home->disk_full = failure->full_at;
        event_add_note(usecase, "磁盘满过，有内容没有存上");
    }
    if (failure->at != 0) {
        home->night_failed = failure->at;
        record_set(&home->night_words, failure->words);
        event_add_note(usecase, "没有做成：%s", failure->words);
    }
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

/** Keeps an older failure: only a successful night clears it. */
static enum result write_beginning(struct usecase *usecase, void *arg)
{
    Rec__Home *home;
    enum result result = store_home_get(usecase->txn, &home);

    (void)arg;
    if (result != 0)
        return result;
    if (home->night_failed == 0) {
        home->night_failed = usecase->now;
        record_set(&home->night_words, UNFINISHED);
        result = store_home_put(usecase->txn, home);
    }
    rec__home__free_unpacked(home, NULL);
    return result;
}

/** Two exports at once would make two bundles with one number. */
static bool take_turn(struct night *night)
{
    pthread_mutex_lock(&night->lock);
    bool taken = !night->running;
    night->running = true;
    pthread_mutex_unlock(&night->lock);
    return taken;
}

enum result night_export_begin(struct service *service, const struct caller *caller,
                               struct reply *reply)
{
    enum result result = service_check(service, caller, ACTION_EXPORT, NULL, reply);

    if (result != 0)
        return result;
    if (!take_turn(service->night))
        return reply_say(reply, RESULT_AGAIN, "正在做另一个报送包，请等它做完再导出。");
    result = usecase_write_unlogged(service, caller, STORE_EVENT, write_beginning, NULL, reply);
    if (result != 0)
        night_export_end(service, caller, result,
                         reply->message != NULL ? reply->message : result_words(result));
    return result;
}

static enum result write_down(struct service *service, const struct caller *caller,
                              const struct failure *failure)
{
    struct caller night = *caller;
    struct reply unused = {0};

    /* No receipt here: the request's number belongs to the failed request itself. */
    night.number = 0;
    enum result result = usecase_write(service, &night, ACTION_EXPORT, NULL, write_failure,
                                       (void *)failure, &unused);
    reply_free(&unused);
    return result;
}

/** Keeps the failure for service_tick(), which writes it later. */
static void keep(struct night *night, const struct failure *failure)
{
    pthread_mutex_lock(&night->lock);
    night->failed_at = failure->at;
    mem_replace(&night->words, failure->words);
    pthread_mutex_unlock(&night->lock);
}

void night_export_end(struct service *service, const struct caller *caller, enum result result,
                      const char *words)
{
    struct failure failure = {.at = facts_now(service), .words = words};

    if (result != 0 && write_down(service, caller, &failure) != 0)
        keep(service->night, &failure);
    pthread_mutex_lock(&service->night->lock);
    service->night->running = false;
    pthread_mutex_unlock(&service->night->lock);
}

void night_retry(struct service *service)
{
    struct night *night = service->night;
    struct caller system = facts_system(service);

    pthread_mutex_lock(&night->lock);
    struct failure failure = {.at = night->failed_at, .full_at = night->full_at};
    char *words = night->words != NULL ? mem_copy(night->words) : NULL;
    pthread_mutex_unlock(&night->lock);
    failure.words = words;
    if ((failure.at != 0 || failure.full_at != 0) && write_down(service, &system, &failure) == 0)
        night_forget(service);
    free(words);
}
