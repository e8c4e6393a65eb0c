/**
 * Requests of any kind, sent to the real handlers, and what every answer has to be.
 *
 * Threads: none.
 */
#ifndef DOUDI_TESTS_FUZZ_ANSWERS_H
#define DOUDI_TESTS_FUZZ_ANSWERS_H

#include "server/session.h"
#include "tests/unit/service_fixture.h"
#include "wire/doudi.pb-c.h"

/** A stranger's session; session_end() it. */
void answers_begin(struct session *session, struct fixture *office);
/** As an officer, without a password; "" = the system. False when the connection would be over. */
bool answers_hello(struct session *session, const char *officer);
/** Has one request answered; false when the connection would be over. The answer is valid text, has
 *  words unless all is well, and is never that the server or its disk has failed. It is the caller's
 *  if `ret_answer` is not NULL. */
bool answers_ask(struct session *session, const uint8_t *bytes, size_t length,
                 Wire__Response **ret_answer);
/** What is due is done, and the home verifies. */
void answers_verify(struct fixture *office);

#endif
