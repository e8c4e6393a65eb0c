/*
 * What costs tests much and tells them nothing: light.so is loaded into every test and what it
 * starts (LD_PRELOAD).
 *
 * A password's hash costs tens of milliseconds by design, and three quarters of the time of all
 * tests of the service went there. With this a new one has the least cost of its method; whether a
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
    LOG_BUFFER = 256 * 1024,
    TRANSACTIONS = 1024,
    LOCK_BUCKETS = 1024,
    LOCKERS = 4096,
    MUTEXES = 2048,
    BUCKET_MUTEXES = 64,
};

typedef char *gensalt(const char *prefix, unsigned long count, const char *bytes, int length,
                      char *output, int size);
typedef int create(DB_ENV **env, u_int32_t flags);
typedef int setter(DB_ENV *env, u_int32_t value);

/* The same for each environment. */
static setter *log_buffer, *transactions, *lock_buckets, *lockers, *mutexes, *bucket_mutexes;

char *crypt_gensalt_rn(const char *prefix, unsigned long count, const char *bytes, int length,
                       char *output, int size)
{
    void *found = dlsym(RTLD_NEXT, "crypt_gensalt_rn");
    gensalt *next = NULL;

    memcpy(&next, &found, sizeof next);
    return next == NULL
               ? NULL
               : next(prefix, count == 0 ? HASH_LEAST : count, bytes, length, output, size);
}

static u_int32_t at_most(u_int32_t value, u_int32_t most)
{
    return value < most ? value : most;
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
    log_buffer = (*env)->set_lg_bsize;
    transactions = (*env)->set_tx_max;
    lock_buckets = (*env)->set_lk_tablesize;
    lockers = (*env)->set_lk_max_lockers;
    mutexes = (*env)->mutex_set_init;
    bucket_mutexes = (*env)->set_mp_mtxcount;
    (*env)->set_lg_bsize = set_log_buffer;
    (*env)->set_tx_max = set_transactions;
    (*env)->set_lk_tablesize = set_lock_buckets;
    (*env)->set_lk_max_lockers = set_lockers;
    (*env)->mutex_set_init = set_mutexes;
    (*env)->set_mp_mtxcount = set_bucket_mutexes;
    return 0;
}
