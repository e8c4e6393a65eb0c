/**
 * Replaces all records of a division by others, in one transaction.
 *
 * A walk over the stored records and the new ones side by side: what is new or differs is put, what
 * is not among the new ones is removed, what is equal stays untouched. So taking in a night's state
 * that changed little writes little. Threads: within one writing transaction.
 */
#ifndef DOUDI_DB_REPLACE_H
#define DOUDI_DB_REPLACE_H

#include "base/date.h"
#include "db/store.h"

#include <stdint.h>

enum replace_table {
    REPLACE_PERSONS,
    REPLACE_CASES,
    REPLACE_VISITS,
    REPLACE_ALARMS,
    REPLACE_DUTIES,
    REPLACE_STATEMENTS,
    REPLACE_AREAS,
    REPLACE_OFFICERS,
    REPLACE_PASSED_ON,
    REPLACE_ROUNDS
};

/** Which records: of a table whose keys begin with an id, those from `first` to `last`; of one
 *  whose keys begin with a month, those of the area's prefix in these months; of divisions, those
 *  of the prefix; of officers, those of "PREFIX:", of those passed on "PREFIX", digits and
 *  ":". */
struct replace_range {
    uint64_t first, last;
    month_t from, to;
    const char *area;
};

/** Hands over the next new record, borrowed until the next call, NULL at the end. They come in the
 *  order of their keys. */
typedef enum result (*replace_next_fn)(const void **ret_record, void *arg);

struct replace_count {
    uint64_t added, changed, removed, same;
};

/** RESULT_INVALID if a new record is out of order or outside of the range, RESULT_EXISTS if its
 *  number belongs to a record outside. *count grows. */
enum result store_replace(struct txn *txn, enum replace_table table,
                          const struct replace_range *range, replace_next_fn next, void *arg,
                          struct replace_count *count);

#endif
