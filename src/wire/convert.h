/**
 * Converts between protocol messages and the program's bags, sheets and problems.
 *
 * A `_write` function returns memory that protobuf-c can free, so that it can be part of a message;
 * taken sheets are an exception. Threads: pure functions.
 */
#ifndef DOUDI_WIRE_CONVERT_H
#define DOUDI_WIRE_CONVERT_H

#include "base/fields.h"
#include "base/problems.h"
#include "base/sheet.h"
#include "wire/doudi.pb-c.h"

/** What a print says of a case and its person at the head: name, sex, id_no, case_no, …. */
void wire_case_facts(const Wire__CaseView *view, struct fields *facts);
void wire_values_read(size_t count, Wire__Value *const *values, struct fields *to);
/** New array, owned by the caller; free with wire_values_free(). */
void wire_values_write(const struct fields *from, size_t *ret_count, Wire__Value ***ret_values);
void wire_values_free(size_t count, Wire__Value **values);
struct sheet *wire_sheet_read(const Wire__Sheet *sheet);
/** A message that shows the sheet's content and owns the sheet; `*sheet` is nulled. Free it with
 *  wire_sheet_free(), not with wire__sheet__free_unpacked(). If it is part of another message, call
 *  wire_sheets_drop() before freeing that one. */
Wire__Sheet *wire_sheet_take(struct sheet **sheet);
void wire_sheet_free(Wire__Sheet **sheet);
/** Frees all taken sheets in a message and its parts, and leaves their places empty. */
void wire_sheets_drop(ProtobufCMessage *message);
/** The word of a state (base/words.h), "" for any; NULL if the number is none. And back. */
const char *wire_state_word(Wire__CaseState state);
Wire__CaseState wire_state_of(const char *word);
/** The word of a duty's type; NULL if the number is none. */
const char *wire_duty_word(Wire__DutyType type);
void wire_problems_read(const Wire__Response *response, struct problems *to);

#endif
