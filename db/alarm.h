/**
 * Alarms: emergencies found at visits, and tasks that a death leaves. db/tables.h says what holds
 * for every table.
 */
#ifndef DOUDI_DB_ALARM_H
#define DOUDI_DB_ALARM_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

#include <stdbool.h>

/* alarm: by id; secondaries by area (open alarms only), by case, by person */
typedef enum result (*store_alarm_fn)(const Rec__Alarm *alarm, void *arg);
enum result store_alarm_get(struct txn *txn, uint64_t id, Rec__Alarm **ret_alarm);
enum result store_alarm_put(struct txn *txn, const Rec__Alarm *alarm);
enum result store_alarm_del(struct txn *txn, uint64_t id);
enum result store_alarm_scan(struct txn *txn, store_alarm_fn each, void *arg);
/** Open alarms only, by area, then id. */
enum result store_alarm_of_area(struct txn *txn, const char *area, store_alarm_fn each, void *arg);
enum result store_alarm_of_case(struct txn *txn, uint64_t case_id, store_alarm_fn each, void *arg);
enum result store_alarm_of_person(struct txn *txn, uint64_t person, store_alarm_fn each, void *arg);

/* The first two states are open: first screens show the alarm until an officer ends it with
 * words. */
#define ALARM_OPEN "open"
#define ALARM_TAKEN "taken" /**< an officer acts on it */
#define ALARM_DONE "done"   /**< an officer has ended it with words */
#define ALARM_VOID "void"   /**< its reason is gone: the visit or death was changed */

bool store_alarm_is_open(const Rec__Alarm *alarm);

#endif
