#include "service/officers/hashing.h"

#include "base/mem.h"

#include <pthread.h>
#include <stdlib.h>

struct account {
    uint32_t uid;
    unsigned strangers;
};

struct hashing {
    unsigned most, per_account;
    pthread_mutex_t lock;
    pthread_cond_t ended;
    unsigned running[2]; /**< turns running: of strangers, of officers */
    size_t count, capacity;
    struct account *accounts; /**< accounts with strangers who have a turn or wait */
};

struct hashing *hashing_new(unsigned most, unsigned per_account)
{
    struct hashing *hashing = mem_new(sizeof *hashing);

    hashing->most = most;
    hashing->per_account = per_account;
    pthread_mutex_init(&hashing->lock, NULL);
    pthread_cond_init(&hashing->ended, NULL);
    return hashing;
}

void hashing_free(struct hashing **hashing)
{
    if (*hashing == NULL)
        return;
    pthread_cond_destroy(&(*hashing)->ended);
    pthread_mutex_destroy(&(*hashing)->lock);
    free((*hashing)->accounts);
    free(*hashing);
    *hashing = NULL;
}

static struct account *find_account(const struct hashing *hashing, uint32_t uid)
{
    for (size_t i = 0; i < hashing->count; i++)
        if (hashing->accounts[i].uid == uid)
            return &hashing->accounts[i];
    return NULL;
}

/** Counts one more stranger of the account; false if the account has reached its limit. */
static bool join(struct hashing *hashing, uint32_t uid)
{
    struct account *account = find_account(hashing, uid);

    if (account == NULL) {
        mem_grow((void **)&hashing->accounts, hashing->count, &hashing->capacity, sizeof *account);
        account = &hashing->accounts[hashing->count++];
        *account = (struct account){.uid = uid};
    }
    if (account->strangers >= hashing->per_account)
        return false;
    account->strangers++;
    return true;
}

static void leave(struct hashing *hashing, uint32_t uid)
{
    struct account *account = find_account(hashing, uid);

    if (--account->strangers == 0)
        *account = hashing->accounts[--hashing->count];
}

enum result hashing_begin(struct hashing *hashing, const struct caller *caller,
                          struct hashing_turn *ret_turn, struct reply *reply)
{
    struct hashing_turn turn = {.known = caller->role != ROLE_NONE, .uid = caller->uid};
    unsigned *running = &hashing->running[turn.known];

    pthread_mutex_lock(&hashing->lock);
    bool joined = turn.known || join(hashing, turn.uid);
    if (joined) {
        while (*running >= hashing->most)
            pthread_cond_wait(&hashing->ended, &hashing->lock);
        ++*running;
    }
    pthread_mutex_unlock(&hashing->lock);
    if (!joined)
        return reply_say(reply, RESULT_AGAIN, "此刻登录的人太多，请过几秒再登录。");
    *ret_turn = turn;
    return RESULT_OK;
}

void hashing_end(struct hashing *hashing, const struct hashing_turn *turn)
{
    pthread_mutex_lock(&hashing->lock);
    hashing->running[turn->known]--;
    if (!turn->known)
        leave(hashing, turn->uid);
    pthread_cond_broadcast(&hashing->ended);
    pthread_mutex_unlock(&hashing->lock);
}

unsigned hashing_strangers(struct hashing *hashing, uint32_t uid)
{
    pthread_mutex_lock(&hashing->lock);
    const struct account *account = find_account(hashing, uid);
    unsigned strangers = account != NULL ? account->strangers : 0;
    pthread_mutex_unlock(&hashing->lock);
    return strangers;
}
