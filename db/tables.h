/**
 * The tables: read and write records inside a transaction (see store_run()).
 *
 * For every table: `get` returns a record that the caller frees with rec__x__free_unpacked(record,
 * NULL); `put` inserts or replaces (it makes the key from the record's fields); `del` removes.
 * `get` and `del` return RESULT_NOTFOUND if there is no such record. `scan` walks in key order and
 * lends each record to a callback. The callback returns RESULT_OK to go on, STORE_STOP to end the
 * scan with RESULT_OK, or an error to end it with that error. It may read and write; the scan may
 * or may not see records that it writes ahead.
 *
 * Areas are prefixes: "2111", "211102002", "" for all. `after` continues a listing: NULL or "" from
 * the start, else store_case_key_text() or store_duty_key_text() of the last record; RESULT_INVALID
 * for other text.
 */
#ifndef DOUDI_DB_TABLES_H
#define DOUDI_DB_TABLES_H

#include "base/date.h"
#include "base/result.h"
#include "db/alarm.h"
#include "db/area.h"
#include "db/bundle.h"
#include "db/event.h"
#include "db/fields.h"
#include "db/figure.h"
#include "db/heading_map.h"
#include "db/lead.h"
#include "db/officer.h"
#include "db/payroll.h"
#include "db/record.pb-c.h"
#include "db/sheet.h"
#include "db/store.h"
#include "db/unfiled.h"
/* home: one record */
enum result store_home_get(struct txn *txn, Rec__Home **ret_home);
enum result store_home_put(struct txn *txn, const Rec__Home *home);

/* person: by id; secondary by ID number */
typedef enum result (*store_person_fn)(const Rec__Person *person, void *arg);
enum result store_person_get(struct txn *txn, uint64_t id, Rec__Person **ret_person);
enum result store_person_by_id_no(struct txn *txn, const char *id_no, Rec__Person **ret_person);
/** RESULT_EXISTS if another person has the same ID number. */
enum result store_person_put(struct txn *txn, const Rec__Person *person);
enum result store_person_del(struct txn *txn, uint64_t id);
enum result store_person_scan(struct txn *txn, uint64_t after, store_person_fn each, void *arg);
/** Persons with a case in `area` and a key that begins with `key` (db/search.h), unordered, perhaps
 *  twice; *ret_more: there are others. Only in STORE_READ. Waits for what _begin() starts. */
enum result store_person_find(struct txn *txn, const char *area, const char *key, size_t most,
                              store_person_fn each, void *arg, bool *ret_more);
void store_person_find_begin(struct store *store);

/* case: by id; secondaries by number, by person (subject and members), by area */
typedef enum result (*store_case_fn)(const Rec__Case *record, void *arg);
enum result store_case_get(struct txn *txn, uint64_t id, Rec__Case **ret_case);
enum result store_case_by_number(struct txn *txn, const char *number, Rec__Case **ret_case);
/** RESULT_EXISTS if another case has the same number. */
enum result store_case_put(struct txn *txn, const Rec__Case *record);
enum result store_case_del(struct txn *txn, uint64_t id);
/** Every case, by id. */
enum result store_case_scan(struct txn *txn, uint64_t after, store_case_fn each, void *arg);
/** Cases in which the person is the subject or a member. */
enum result store_case_of_person(struct txn *txn, uint64_t person, store_case_fn each, void *arg);
/** The same where one of them was read before: `known` itself is handed over in its place. */
enum result store_case_of_person_with(struct txn *txn, uint64_t person, const Rec__Case *known,
                                      store_case_fn each, void *arg);
/** The programmes of all cases: each once for every area that has cases of it. */
enum result store_case_kinds(struct txn *txn, enum result (*each)(const char *kind, void *arg),
                             void *arg);
/** By area, then kind, then id; `kind` NULL or "" for all. */
enum result store_case_of_area(struct txn *txn, const char *area, const char *kind,
                               const char *after, store_case_fn each, void *arg);

/* duty: by month, area, case, type; secondary by case */
typedef enum result (*store_duty_fn)(const Rec__Duty *duty, void *arg);
enum result store_duty_get(struct txn *txn, month_t month, const char *area, uint64_t case_id,
                           const char *type, Rec__Duty **ret_duty);
enum result store_duty_put(struct txn *txn, const Rec__Duty *duty);
/** Quicker than store_duty_put(), for a duty that the transaction has read. */
enum result store_duty_rewrite(struct txn *txn, const Rec__Duty *duty);
enum result store_duty_del(struct txn *txn, month_t month, const char *area, uint64_t case_id,
                           const char *type);
enum result store_duty_scan(struct txn *txn, month_t month, const char *area, const char *after,
                            store_duty_fn each, void *arg);
/** All months of a case, oldest first. */
enum result store_duty_of_case(struct txn *txn, uint64_t case_id, store_duty_fn each, void *arg);

/* visit: by person, date, seq */
typedef enum result (*store_visit_fn)(const Rec__Visit *visit, void *arg);
enum result store_visit_get(struct txn *txn, uint64_t person, day_t date, uint32_t seq,
                            Rec__Visit **ret_visit);
enum result store_visit_put(struct txn *txn, const Rec__Visit *visit);
enum result store_visit_del(struct txn *txn, uint64_t person, day_t date, uint32_t seq);
/** A person's visits from one day to another, oldest first. */
enum result store_visit_scan(struct txn *txn, uint64_t person, day_t from, day_t to,
                             store_visit_fn each, void *arg);
/** Those that count and have rows of a list, as referrals. */
enum result store_visit_scan_rows(struct txn *txn, store_visit_fn each, void *arg);
enum result store_visit_scan_all(struct txn *txn, store_visit_fn each, void *arg);

/* standard: by name, area, from */
typedef enum result (*store_standard_fn)(const Rec__Standard *standard, void *arg);
enum result store_standard_put(struct txn *txn, const Rec__Standard *standard);
enum result store_standard_del(struct txn *txn, const char *name, const char *area, day_t from);
enum result store_standard_scan(struct txn *txn, const char *name, store_standard_fn each,
                                void *arg);

/* statement: by month, area (street), version */
typedef enum result (*store_statement_fn)(const Rec__Statement *statement, void *arg);
/** The latest version. */
enum result store_statement_get(struct txn *txn, month_t month, const char *area,
                                Rec__Statement **ret_statement);
enum result store_statement_put(struct txn *txn, const Rec__Statement *statement);
enum result store_statement_scan(struct txn *txn, month_t month, const char *area,
                                 store_statement_fn each, void *arg);

/** New strings, for `after`. */
char *store_case_key_text(const Rec__Case *record);
char *store_duty_key_text(const Rec__Duty *duty);

#endif
