/**
 * Between protocol messages and the program's own bags, sheets and problems.
 *
 * What a `_write` function returns is in the form protobuf-c frees, so that it can be hung into a
 * message that is freed as a whole; taken sheets are an exception. Threads: pure functions.
 */
#ifndef DOUDI_WIRE_CONVERT_H
#define DOUDI_WIRE_CONVERT_H

#include "base/fields.h"
#include "base/problems.h"
#include "base/sheet.h"
#include "wire/doudi.pb-c.h"

void wire_values_read(size_t count, Wire__Value *const *values, struct fields *to);
/** New array owned by the caller; wire_values_free(). */
void wire_values_write(const struct fields *from, size_t *ret_count, Wire__Value ***ret_values);
void wire_values_free(size_t count, Wire__Value **values);
struct sheet *wire_sheet_read(const Wire__Sheet *sheet);
/** A message that shows what the sheet holds and owns it; `*sheet` is nulled. It is not for
 *  wire__sheet__free_unpacked(): wire_sheet_free(), or, where it was hung into another message,
 *  wire_sheets_drop() before that one is freed. */
Wire__Sheet *wire_sheet_take(struct sheet **sheet);
void wire_sheet_free(Wire__Sheet **sheet);
/** Frees all sheets that were taken into a message and its parts, which are empty from then on. */
void wire_sheets_drop(ProtobufCMessage *message);
/** The word of a state (base/words.h), "" for any; NULL if the number is none. And back. */
const char *wire_state_word(Wire__CaseState state);
Wire__CaseState wire_state_of(const char *word);
/** The word of a duty's type; NULL if the number is none. */
const char *wire_duty_word(Wire__DutyType type);
void wire_problems_read(const Wire__Response *response, struct problems *to);

#endif
