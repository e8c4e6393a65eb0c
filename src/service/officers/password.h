/**
 * Passwords: hashes (yescrypt by crypt(3)), rules, one-time passwords.
 *
 * Hashing takes tens of milliseconds on purpose. Threads: pure functions.
 */
#ifndef DOUDI_SERVICE_OFFICERS_PASSWORD_H
#define DOUDI_SERVICE_OFFICERS_PASSWORD_H

#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

enum { PASSWORD_TEXT = 16 };

/** New string. */
enum result password_hash(const char *password, char **ret_hash);
/** With `hash` "" (no such officer) false, after the same work. */
bool password_matches(const char *password, const char *hash);
enum { PASSWORD_FAULT = 96 };
/** NULL if it is good enough, else what is wrong with it (Chinese), perhaps in `buffer`. */
const char *password_fault(const char *password, const char *officer, size_t least,
                           char buffer[PASSWORD_FAULT]);
/** A one-time password that can be read out: Kf7m-Qw3n-Tz5p. */
enum result password_make(char text[PASSWORD_TEXT]);

#endif
