/**
 * The event table: who did or read which record (db/tables.h says what holds for every table).
 *
 * Key: session and seq; secondaries by day, and by record.
 */
#ifndef DOUDI_DB_EVENT_H
#define DOUDI_DB_EVENT_H

#include "base/date.h"
#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

typedef enum result (*store_event_fn)(const Rec__Event *event, void *arg);
enum result store_event_get(struct txn *txn, const uint8_t session[16], uint64_t seq,
                            Rec__Event **ret_event);
/** The session's last event. */
enum result store_event_last(struct txn *txn, const uint8_t session[16], Rec__Event **ret_event);
enum result store_event_put(struct txn *txn, const Rec__Event *event);
/** In order of session and seq. */
enum result store_event_scan(struct txn *txn, store_event_fn each, void *arg);
/** From the China date `from` on: by day, then in order of session and seq. */
enum result store_event_since(struct txn *txn, day_t from, store_event_fn each, void *arg);
/** Of one China date, in order of session and seq, the events of the sessions that are the officer's:
 *  of everybody else's session only the day's first event is read. */
enum result store_event_of_officer(struct txn *txn, day_t day, const char *officer,
                                   store_event_fn each, void *arg);
/** Of every record whose name begins like this ("import:"); by name, then oldest first. */
enum result store_event_of_kind(struct txn *txn, const char *beginning, store_event_fn each,
                                void *arg);
/** Oldest first. */
enum result store_event_of_record(struct txn *txn, const char *record, store_event_fn each,
                                  void *arg);

#endif
