/**
 * Two records that may be one person (疑似重复).
 *
 * One ID number, or an alike name with the same birthday, telephone or address. Names are alike
 * when they are equal, are read the same (李晓红, 李小红) or differ in one character. This finds
 * pairs for people to look at; it decides nothing, and it finds brothers and sisters, too.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_ALIKE_H
#define DOUDI_DOMAIN_ALIKE_H

#include "base/date.h"
#include "base/pinyin.h"

#include <stdbool.h>
#include <stdint.h>

enum alike_fact { ALIKE_ID_NO, ALIKE_BIRTH, ALIKE_PHONE, ALIKE_ADDRESS, ALIKE_FACT_COUNT_ };

/** What is compared; texts are owned. "" or 0: not known, which is never the same as anything. */
struct alike_person {
    uint64_t id;
    char *name, *id_no, *phone, *address;
    day_t birth;
    struct pinyin_keys keys;
};
void alike_person_free(struct alike_person *person);

/** Calls `each` once with every pair, by the first fact that they share; reorders `persons`. */
typedef void (*alike_fn)(const struct alike_person *a, const struct alike_person *b, void *arg);
void alike_pairs(struct alike_person *persons, size_t count, alike_fn each, void *arg);

/** True if both have the fact, and the same. */
bool alike_is_same(const struct alike_person *a, const struct alike_person *b,
                   enum alike_fact fact);

/** How the names compare, then what is the same: "姓名同音；出生日期、电话相同". New string. */
char *alike_words(const struct alike_person *a, const struct alike_person *b);

#endif
