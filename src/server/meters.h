/**
 * Counts what the server does, for monitoring: requests by kind and by result, how long they take,
 * clients. From the server's start; numbers only.
 *
 * Threads: any number; meters_add() may run while others count.
 */
#ifndef DOUDI_SERVER_METERS_H
#define DOUDI_SERVER_METERS_H

#include "base/result.h"
#include "base/sheet.h"

#include <stddef.h>
#include <stdint.h>

struct handler;
struct handler_table;
struct meters;

/** Borrows the table of requests. */
struct meters *meters_new(const struct handler_table *handlers);
void meters_free(struct meters **meters);

/** A client has come (1) or gone (-1). */
void meters_connected(struct meters *meters, int change);
/** A client has logged in or out. */
void meters_logged_in(struct meters *meters, int change);
/** Counts an answered request. `began` is of meters_clock(). */
void meters_answered(struct meters *meters, const struct handler *handler, enum result result,
                     int64_t began);
/** Microseconds of a clock that never goes back. */
int64_t meters_clock(void);

/** Adds the values to a sheet of COLUMNS_MEASURES. */
void meters_add(struct meters *meters, struct sheet *measures);

#endif
