/**
 * Turns at hashing passwords. One hash takes 16 MiB and a tenth of a second, and every stranger who
 * connects can cause one, so only a few run at once (base/limits.h).
 *
 * Strangers and known officers have separate turns, so strangers never delay an officer. An account
 * of the machine may have only so many strangers waiting, so other accounts get their turn soon.
 * Begin before a transaction, never within one. Threads: any number.
 */
#ifndef DOUDI_SERVICE_OFFICERS_HASHING_H
#define DOUDI_SERVICE_OFFICERS_HASHING_H

#include "service/service.h"

struct hashing;

/** A turn, until hashing_end(). */
struct hashing_turn {
    bool known;
    uint32_t uid;
};

/** `most` at once of strangers and as many of officers; `per_account` strangers at most have a turn or
 *  wait for one. */
struct hashing *hashing_new(unsigned most, unsigned per_account);
void hashing_free(struct hashing **hashing);

/** Waits for a turn; RESULT_AGAIN with words if too many of the account are waiting. */
enum result hashing_begin(struct hashing *hashing, const struct caller *caller,
                          struct hashing_turn *ret_turn, struct reply *reply);
void hashing_end(struct hashing *hashing, const struct hashing_turn *turn);

/** How many strangers of an account have a turn or wait for one. */
unsigned hashing_strangers(struct hashing *hashing, uint32_t uid);

#endif
