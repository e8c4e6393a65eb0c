/**
 * The file FORMAT of a database directory.
 *
 * Its first line is "doudi N", and for an encrypted database " aes " and a check of the key. It is
 * read before anything is opened or written, and written when a database is complete, so that a
 * directory without it holds nothing that was ever used. Lines behind the first, which older
 * programs do not read: "lineage HEX", which run of log files the database belongs to, "files NAMES",
 * the tables and indexes that it has, none of which is ever made anew, "unverified" after a restore
 * until it was verified or used, and in a backup "backup SECONDS", when it was begun.
 *
 * A database that was made, restored or encrypted anew has a new lineage: from there on its log
 * files have the numbers of another one's and a different content.
 */
#ifndef DOUDI_DB_FORMAT_H
#define DOUDI_DB_FORMAT_H

#include "base/result.h"
#include "db/secret.h"

#include <stdbool.h>
#include <stdint.h>

enum { FORMAT_CHECK_TEXT = 9, LINEAGE_TEXT = 17, FORMAT_FILES_TEXT = 2048 };

struct format {
    unsigned number;
    char check[FORMAT_CHECK_TEXT]; /**< of the key, "" = not encrypted */
    char lineage[LINEAGE_TEXT];    /**< "" = made by an older program */
    char files[FORMAT_FILES_TEXT]; /**< names, a blank behind each; "" = made by an older program */
    bool unverified;               /**< a restore that was interrupted may be done again over it */
    int64_t backup;                /**< when the backup was begun, 0 = none, or an older one */
};

/** RESULT_FORMAT if the database is newer than this program, RESULT_NOINPUT if there is none,
 *  RESULT_CORRUPT for another content. */
enum result format_read(const char *directory, struct format *ret_format);
/** The same; RESULT_DENIED if the key is missing, wrong or not needed. */
enum result format_check(const char *directory, const char *key_file);
/** In one step, in place of an older one. */
enum result format_write(const char *directory, const struct format *format);

/** Whether the database has this table or index. */
bool format_has_file(const struct format *format, const char *name);
/** Notes that it has; false if there is no room for the name. */
bool format_add_file(struct format *format, const char *name);

/** For a database that is made now, with a lineage of its own. */
enum result format_make(const char *key_file, struct format *ret_format);
enum result format_new_lineage(struct format *format);
/** What FORMAT says of a key. */
enum secret_problem format_key_check(const char *key_file, char ret_check[FORMAT_CHECK_TEXT]);

#endif
