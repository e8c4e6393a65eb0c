/**
 * The file FORMAT of a database directory, and the key file.
 *
 * FORMAT is one line, "doudi N", and for an encrypted database " aes " and a check of the key.
 * It is read before anything is opened or written, and written when a database is complete, so
 * that a directory without it holds nothing that was ever used.
 */
#ifndef DOUDI_DB_FORMAT_H
#define DOUDI_DB_FORMAT_H

#include "base/result.h"

enum { KEY_TEXT = 1024 };

/** The first line of the key file. RESULT_NOINPUT if there is none. Wipe it after use. */
enum result key_load(const char *path, char ret_password[KEY_TEXT]);

/** RESULT_FORMAT if the database is newer than this program, RESULT_NOINPUT if there is none,
 *  RESULT_DENIED if the key is missing, wrong or not needed, RESULT_CORRUPT for another content. */
enum result format_check(const char *directory, const char *key_file);
enum result format_write(const char *directory, const char *key_file);
enum result format_copy(const char *from, const char *to);

#endif
