/**
 * The file FORMAT of a database directory.
 *
 * The first line is "doudi N", for an encrypted database followed by " aes " and a check of the
 * key. The server reads FORMAT before it opens or writes anything, and writes it when the database
 * is complete: a directory without FORMAT was never used. Older versions skip the lines after the
 * first: "lineage HEX" names the run of log files; "files NAMES" lists the tables and indexes, none
 * of which is ever created again; "unverified" stays from a restore until the database is verified
 * or used; "backup SECONDS" says in a backup when it was begun; "collects" that the home takes in
 * those of others.
 *
 * A database that is made, restored or encrypted anew gets a new lineage: its later log files have
 * the same numbers as another database's but a different content.
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
    char check[FORMAT_CHECK_TEXT];
    char lineage[LINEAGE_TEXT];    /**< "" = from an older version */
    char files[FORMAT_FILES_TEXT]; /**< names, a blank after each; "" = from an older version */
    bool collects;   /**< store_collect(); from the next start on the cache is larger */
    bool unverified; /**< a restore may replace it: it was never verified or used */
    int64_t backup;  /**< when the backup was begun, 0 = no backup, or from an older
                                        version */
};

/** RESULT_FORMAT if the database is newer than this program, RESULT_NOINPUT if there is none,
 *  RESULT_CORRUPT if the content is not a FORMAT. */
enum result format_read(const char *directory, struct format *ret_format);
/** The same; RESULT_DENIED if the key is missing, wrong or not needed. */
enum result format_check(const char *directory, const char *key_file);
/** Replaces the file, atomically. */
enum result format_write(const char *directory, const struct format *format);

bool format_has_file(const struct format *format, const char *name);
/** Adds a table or index; false if there is no space for the name. */
bool format_add_file(struct format *format, const char *name);

/** For a new database, with a new lineage. */
enum result format_make(const char *key_file, struct format *ret_format);
enum result format_new_lineage(struct format *format);
/** Computes the check of a key that FORMAT keeps. */
enum secret_problem format_key_check(const char *key_file, char ret_check[FORMAT_CHECK_TEXT]);

#endif
