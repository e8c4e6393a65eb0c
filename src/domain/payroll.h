/**
 * Two payment rosters (发放花名册) compared: who is new, who has stopped, whose payment changed, and
 * which facts changed with it.
 *
 * Texts are borrowed. Threads: pure functions.
 */
#ifndef DOUDI_DOMAIN_PAYROLL_H
#define DOUDI_DOMAIN_PAYROLL_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What an amount rests on, in words: 低保标准, 792.00. */
struct payroll_fact {
    const char *name, *value;
};

/** A payment of a roster's own month. */
struct payroll_pay {
    uint64_t case_id; /**< decides which payments belong together */
    bool known;       /**< otherwise `total` says nothing */
    int64_t total;    /**< fen */
    const char *account, *holder;
    const char *why; /**< why it cannot be paid, "" = it can */
    size_t fact_count;
    const struct payroll_fact *facts;
};

enum payroll_what { PAYROLL_NEW, PAYROLL_STOPPED, PAYROLL_CHANGED };

/** 新增 停发 变动 */
const char *payroll_what_name(enum payroll_what what);

struct payroll_difference {
    enum payroll_what what;
    const struct payroll_pay *was, *is; /**< NULL: not on that roster */
};
typedef void (*payroll_difference_fn)(const struct payroll_difference *difference, void *arg);

/** Calls `each` for every difference; both lists are sorted by case, and each case is there once. */
void payroll_compare(const struct payroll_pay *was, size_t was_count, const struct payroll_pay *is,
                     size_t is_count, payroll_difference_fn each, void *arg);

/** Adds what changed between two payments of a case: "低保标准 776.00 → 792.00；换了账号". Nothing
 *  if they are equal; "金额变了，依据没有变" if only the amount differs. */
void payroll_say_changes(const struct payroll_pay *was, const struct payroll_pay *is,
                         struct str *text);

#endif
