/**
 * Turns at hashing passwords. One hash takes 16 MiB and a tenth of a second, and any stranger can
 * ask for one by connecting, so only a few run at once (base/limits.h).
 *
 * Strangers and logged-in officers have separate turns, so strangers never delay an officer. Each
 * account of the machine may have only a few strangers waiting, so other accounts get their turn
 * soon. Begin a turn before a transaction, never within one. Threads: any.
 */
#ifndef DOUDI_SERVICE_OFFICERS_HASHING_H
#define DOUDI_SERVICE_OFFICERS_HASHING_H

#include "service/service.h"

struct hashing;

/** A turn; it lasts until hashing_end(). */
struct hashing_turn {
    bool known;
    uint32_t uid;
};

/** `most` turns at once for strangers, and as many for officers; at most `per_account` strangers of
 *  an account have a turn or wait. */
struct hashing *hashing_new(unsigned most, unsigned per_account);
void hashing_free(struct hashing **hashing);

/** Waits for a turn; RESULT_AGAIN with words if too many strangers of the account wait. */
enum result hashing_begin(struct hashing *hashing, const struct caller *caller,
                          struct hashing_turn *ret_turn, struct reply *reply);
void hashing_end(struct hashing *hashing, const struct hashing_turn *turn);

/** The number of strangers of an account who have a turn or wait for one. */
unsigned hashing_strangers(struct hashing *hashing, uint32_t uid);

#endif
