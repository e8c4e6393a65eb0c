/**
 * What all tables share: each table is one description, served by the same few functions.
 *
 * Each table's source declares its `struct table` (keys, message, indexes) and wraps the functions
 * below in typed ones (db/tables.h). Records are packed protobuf messages. Indexes are Berkeley DB
 * secondaries: it calls the key functions when a record is put or deleted.
 */
#ifndef DOUDI_DB_TABLE_H
#define DOUDI_DB_TABLE_H

#include "db/key.h"
#include "db/table_id.h"
#include "db/tables.h"

#include <protobuf-c/protobuf-c.h>

enum { INDEXES_MAX = 3 };
struct index {
    const char *name; /**< its file is NAME.db; NULL ends the list */
    /** Adds the record's keys in the index (none, one or many); no two records share a key. */
    void (*keys)(const void *record, struct keys *to);
    bool immutable; /**< a record's keys never change: a put need not look them up */
};

struct table {
    enum table_id id;
    const char *name; /**< its file is NAME.db */
    const ProtobufCMessageDescriptor *type;
    void (*key)(const void *record, struct key *key);
    bool rewrite; /**< readers lock to write: two that read a page, then write it, would deadlock */
    struct index indexes[INDEXES_MAX + 1];
};
extern const struct table table_home, table_area, table_person, table_case, table_duty, table_visit,
    table_officer, table_standard, table_statement, table_event, table_draft, table_proposal,
    table_heading_map, table_alarm, table_area_change, table_sheet, table_bundle, table_payroll,
    table_lead, table_listed_death, table_sent_officer, table_spotcheck, table_figure, table_merge,
    table_round, table_leaves, table_handover;
extern const struct table *const tables[TABLE_COUNT];
struct item;
typedef enum result (*table_fn)(const void *record, void *arg);
/** Keys from `from` up to the last that begins with `to` (empty = no end). */
struct range {
    struct key from, to;
};
/** All keys that begin with `prefix`. */
struct range table_range_prefix(const struct key *prefix);
/** Moves the beginning behind a key given as text, if that is later; NULL and "" do nothing. */
enum result table_range_after(struct range *range, const char *after);

/** `ret_record` is the address of a pointer to the table's message. */
enum result table_get(struct txn *txn, const struct table *table, const struct key *key,
                      void *ret_record);
enum result table_put(struct txn *txn, const struct table *table, const void *record);
/** Quicker: for a new record; for one that this transaction has read, with immutable indexes. */
enum result table_add(struct txn *txn, const struct table *table, const void *record);
enum result table_rewrite(struct txn *txn, const struct table *table, const void *record);
enum result table_del(struct txn *txn, const struct table *table, const struct key *key);
/** The last record whose key begins with `prefix`. */
enum result table_last(struct txn *txn, const struct table *table, const struct key *prefix,
                       void *ret_record);
/** Walks a range, as the others below: a reader holds no lock while `each` runs; returns STORE_STOP. */
enum result scan_table(struct txn *txn, const struct table *table, const struct range *range,
                       table_fn each, void *arg);
enum result table_index_get(struct txn *txn, const struct table *table, size_t index,
                            const struct key *key, void *ret_record);
/** Walks a range of an index and hands over the records behind it. */
enum result scan_by_index(struct txn *txn, const struct table *table, size_t index,
                          const struct range *range, table_fn each, void *arg);
/** Walks an index alone: each item's value is the record's key. */
enum result scan_index_items(struct txn *txn, const struct table *table, size_t index,
                             const struct range *range,
                             enum result (*each)(const struct item *item, void *arg), void *arg);
/** The first key of an index that is not before *key. */
enum result table_index_seek(struct txn *txn, const struct table *table, size_t index,
                             struct key *key);

/** For a scan's caller: STORE_STOP is success. */
static inline enum result scan_result(enum result result)
{
    return (int)result == STORE_STOP ? RESULT_OK : result;
}

/** Defines NAME_each(), which passes a scan's record to a callback, and `struct NAME_each` for it. */
#define TABLE_EACH(name, message)                                                                  \
    struct name##_each {                                                                           \
        store_##name##_fn each;                                                                    \
        void *arg;                                                                                 \
    };                                                                                             \
    static enum result name##_each(const void *record, void *arg)                                  \
    {                                                                                              \
        const struct name##_each *to = arg;                                                        \
        return to->each((const message *)record, to->arg);                                         \
    }

#endif
