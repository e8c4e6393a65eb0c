/**
 * Puts the results of use cases into a response.
 *
 * Everything is copied, moved or converted into memory that is freed with the response.
 */
#ifndef DOUDI_SERVER_ANSWER_H
#define DOUDI_SERVER_ANSWER_H

#include "service/service.h"
#include "wire/doudi.pb-c.h"

/** Puts the sheet into the response and frees it; does nothing if there is none. */
void answer_sheet(Wire__Response *response, struct sheet **sheet);
/** The same for a sheet inside another message; NULL for none. */
Wire__Sheet *answer_take_sheet(struct sheet **sheet);
/** A whole number among the reply's values, 0 if there is none. */
uint64_t answer_number(const struct reply *reply, const char *name);
/** Text among the reply's values, "" if there is none. New string. */
char *answer_text(const struct reply *reply, const char *name);
/** True if the value is there (是). */
bool answer_flag(const struct reply *reply, const char *name);
/** The session and its officer, as Hello and Login answer. */
struct session;
void answer_welcome(const struct session *session, const struct reply *reply,
                    Wire__Response *response);

#endif
