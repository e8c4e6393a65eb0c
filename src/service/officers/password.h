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
/** With `hash` "" (no such officer) does the same work and returns false. */
bool password_matches(const char *password, const char *hash);
enum { PASSWORD_FAULT = 96 };
/** NULL if the password is allowed, else the reason in Chinese, perhaps in `buffer`. */
const char *password_fault(const char *password, const char *officer, size_t least,
                           char buffer[PASSWORD_FAULT]);
/** Makes a one-time password that is easy to read out: Kf7m-Qw3n-Tz5p. */
enum result password_make(char text[PASSWORD_TEXT]);

#endif
