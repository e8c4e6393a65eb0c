/*
 * What costs tests much and tells them nothing: light.so is loaded into every test and what it
 * starts (LD_PRELOAD).
 *
 * A password's hash costs tens of milliseconds and megabytes by design, and three quarters of the
 * time of all tests of the service went there. With this a new one is made with kilobytes; whether a
 * password fits is answered as ever, since a hash says itself what it cost.
 *
 * A home that is opened gets tables and buffers for two thousand officers, and each test opens
 * homes, some of them hundreds. With the address sanitizer half of what an opening costs went into
 * clearing these. With this they are made for a few dozen officers.
 */
#include <crypt.h>
#include <db.h>
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <string.h>

enum {
    HASH_LEAST = 1,
    CACHE = 8 * 1024 * 1024,
    LOG_BUFFER = 256 * 1024,
    TRANSACTIONS = 1024,
    LOCK_BUCKETS = 1024,
    LOCKERS = 4096,
    MUTEXES = 512, /* at first */
    BUCKET_MUTEXES = 64,
};

typedef char *gensalt(const char *prefix, unsigned long count, const char *bytes, int length,
                      char *output, int size);
typedef int create(DB_ENV **env, u_int32_t flags);
typedef int setter(DB_ENV *env, u_int32_t value);
typedef int cache_setter(DB_ENV *env, u_int32_t gibibytes, u_int32_t bytes, int parts);

/* The same for each environment. */
static setter *log_buffer, *transactions, *lock_buckets, *lockers, *mutexes, *bucket_mutexes;
static cache_setter *cache;

char *crypt_gensalt_rn(const char *prefix, unsigned long count, const char *bytes, int length,
                       char *output, int size)
{
    static const char least[] = "$y$j7"; /* of a megabyte: the 7 is the power of two */
    void *found = dlsym(RTLD_NEXT, "crypt_gensalt_rn");
    gensalt *next = NULL;
    char *salt = NULL;

    memcpy(&next, &found, sizeof next);
    if (next != NULL)
        salt = next(prefix, count == 0 ? HASH_LEAST : count, bytes, length, output, size);
    if (salt != NULL && count == 0 && strncmp(salt, least, strlen(least)) == 0)
        salt[strlen(least) - 1] = '/';
    return salt;
}

static u_int32_t at_most(u_int32_t value, u_int32_t most)
{
    return value < most ? value : most;
}

/* What is more than enough for a test is a 64th of itself: a larger cache stays a larger one. */
static int set_cache(DB_ENV *env, u_int32_t gibibytes, u_int32_t bytes, int parts)
{
    u_int64_t asked = ((u_int64_t)gibibytes << 30) + bytes;

    if (asked > CACHE)
        asked = CACHE + (asked - CACHE) / 64;
    return cache(env, (u_int32_t)(asked >> 30), (u_int32_t)(asked & ((1U << 30) - 1)), parts);
}

static int set_log_buffer(DB_ENV *env, u_int32_t value)
{
    return log_buffer(env, at_most(value, LOG_BUFFER));
}

static int set_transactions(DB_ENV *env, u_int32_t value)
{
    return transactions(env, at_most(value, TRANSACTIONS));
}

static int set_lock_buckets(DB_ENV *env, u_int32_t value)
{
    return lock_buckets(env, at_most(value, LOCK_BUCKETS));
}

static int set_lockers(DB_ENV *env, u_int32_t value)
{
    return lockers(env, at_most(value, LOCKERS));
}

static int set_mutexes(DB_ENV *env, u_int32_t value)
{
    return mutexes(env, at_most(value, MUTEXES));
}

static int set_bucket_mutexes(DB_ENV *env, u_int32_t value)
{
    return bucket_mutexes(env, at_most(value, BUCKET_MUTEXES));
}

int db_env_create(DB_ENV **env, u_int32_t flags)
{
    void *found = dlsym(RTLD_NEXT, "db_env_create");
    create *next = NULL;
    int code;

    memcpy(&next, &found, sizeof next);
    code = next == NULL ? EINVAL : next(env, flags);
    if (code != 0)
        return code;
    cache = (*env)->set_cachesize;
    log_buffer = (*env)->set_lg_bsize;
    transactions = (*env)->set_tx_max;
    lock_buckets = (*env)->set_lk_tablesize;
    lockers = (*env)->set_lk_max_lockers;
    mutexes = (*env)->mutex_set_init;
    bucket_mutexes = (*env)->set_mp_mtxcount;
    (*env)->set_cachesize = set_cache;
    (*env)->set_lg_bsize = set_log_buffer;
    (*env)->set_tx_max = set_transactions;
    (*env)->set_lk_tablesize = set_lock_buckets;
    (*env)->set_lk_max_lockers = set_lockers;
    (*env)->mutex_set_init = set_mutexes;
    (*env)->set_mp_mtxcount = set_bucket_mutexes;
    return 0;
}
