/**
 * How offices read the columns of their ledgers. db/tables.h says what holds for every table and
 * includes this header.
 *
 * Key: office (a street, "" = the whole home), programme and name.
 */
#ifndef DOUDI_DB_HEADING_MAP_H
#define DOUDI_DB_HEADING_MAP_H

#include "base/result.h"
#include "db/record.pb-c.h"
#include "db/store.h"

typedef enum result (*store_heading_map_fn)(const Rec__HeadingMap *map, void *arg);
enum result store_heading_map_put(struct txn *txn, const Rec__HeadingMap *map);
/** Those of one office for one programme, by name. */
enum result store_heading_map_scan(struct txn *txn, const char *area, const char *kind,
                                   store_heading_map_fn each, void *arg);

#endif
