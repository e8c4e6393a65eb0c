/**
 * Requests of every kind, filled in by the names of their fields: so that what is tried on all of
 * them is tried on those, too, that come later.
 *
 * Threads: none.
 */
#ifndef DOUDI_TESTS_ANYREQUEST_H
#define DOUDI_TESTS_ANYREQUEST_H

#include "wire/doudi.pb-c.h"

#include <stddef.h>
#include <stdint.h>

/** What stands in a field; `message` and `field` as in doudi.proto. */
struct filling {
    /** Text, copied; NULL leaves the field empty. */
    const char *(*text)(const char *message, const char *field, void *arg);
    /** Numbers, and yes or no. */
    uint64_t (*number)(const char *message, const char *field, void *arg);
    /** How many a repeated field has. */
    size_t (*rows)(const char *message, const char *field, void *arg);
    void *arg;
};

/** How many kinds of requests there are, and the field of one of them in Request. */
size_t anyrequest_count(void);
const ProtobufCFieldDescriptor *anyrequest_kind(size_t which);
/** Free it with wire__request__free_unpacked(). */
Wire__Request *anyrequest_make(const ProtobufCFieldDescriptor *kind, const struct filling *filling);

#endif
