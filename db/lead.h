/**
 * Leads (线索), and the deaths on lists from outside. db/tables.h says what holds for every table.
 */
#ifndef DOUDI_DB_LEAD_H
#define DOUDI_DB_LEAD_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

#include <stdbool.h>

/* lead: by person and rule; secondary by area (open ones only) */
typedef enum result (*store_lead_fn)(const Rec__Lead *lead, void *arg);
enum result store_lead_get(struct txn *txn, uint64_t person, const char *rule,
                           Rec__Lead **ret_lead);
enum result store_lead_put(struct txn *txn, const Rec__Lead *lead);
enum result store_lead_del(struct txn *txn, uint64_t person, const char *rule);
enum result store_lead_scan(struct txn *txn, store_lead_fn each, void *arg);
enum result store_lead_of_person(struct txn *txn, uint64_t person, store_lead_fn each, void *arg);
/** Open leads only. */
enum result store_lead_of_area(struct txn *txn, const char *area, store_lead_fn each, void *arg);

/* The first two states are open. */
#define LEAD_OPEN "open"
#define LEAD_TAKEN "taken"         /**< an officer acts on it */
#define LEAD_DONE "done"           /**< an officer has said what was done */
#define LEAD_DISMISSED "dismissed" /**< an officer has said why it needs nothing, until a day */
#define LEAD_CLOSED "closed"       /**< its condition is gone */

bool store_lead_is_open(const Rec__Lead *lead);

/* listed_death: by ID number */
typedef enum result (*store_listed_death_fn)(const Rec__ListedDeath *listed, void *arg);
enum result store_listed_death_get(struct txn *txn, const char *id_no,
                                   Rec__ListedDeath **ret_listed);
/** Both count as a change of the person with this number, if there is one. */
enum result store_listed_death_put(struct txn *txn, const Rec__ListedDeath *listed);
enum result store_listed_death_del(struct txn *txn, const char *id_no);
enum result store_listed_death_scan(struct txn *txn, store_listed_death_fn each, void *arg);

#endif
