/**
 * Changing inputs at random: plain bytes, or a message field by field, so that what comes out is
 * still a message and gets past its decoding.
 */
#ifndef DOUDI_TESTS_FUZZ_MUTATE_H
#define DOUDI_TESTS_FUZZ_MUTATE_H

#include "base/random.h"

#include <protobuf-c/protobuf-c.h>
#include <stddef.h>
#include <stdint.h>

/** Changes bytes in place and returns the new length, at most `max`. */
size_t mutate_bytes(uint8_t *bytes, size_t length, size_t max, struct random *random);
/** The same for a packed message; bytes that are none become a new one. */
size_t mutate_message(const ProtobufCMessageDescriptor *type, uint8_t *bytes, size_t length,
                      size_t max, struct random *random);

/** Every text of a message, also in messages below it. */
void message_each_text(const ProtobufCMessage *message, void (*each)(const char *text, void *arg),
                       void *arg);

#endif
