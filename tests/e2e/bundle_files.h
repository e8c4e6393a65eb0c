/**
 * A bundle as its receiver has it: reads the unpacked files and checks them as README.txt says, with
 * nothing of the program that wrote them but the hash function.
 */
#ifndef DOUDI_TESTS_BUNDLE_FILES_H
#define DOUDI_TESTS_BUNDLE_FILES_H

#include <stddef.h>

/** Unpacks a bundle with the system's tools into a new folder. New string: the folder. */
char *bundle_files_unpack(const char *bundle);
/** Removes the folder and frees its name. */
void bundle_files_remove(char **folder);

struct bundle_table; /**< a CSV file */

struct bundle_table *bundle_table_read(const char *folder, const char *name);
size_t bundle_table_rows(const struct bundle_table *table);
/** A cell as it was before apostrophes and quotation marks; fails the test for an unknown column. */
const char *bundle_table_get(const struct bundle_table *table, size_t row, const char *column);
void bundle_table_free(struct bundle_table **table);

/** Each of these: what differs first, NULL if nothing does. New string. */
char *bundle_check_manifest(const char *folder);   /**< 1: files, rows, sums of hashes, tables */
char *bundle_check_statements(const char *folder); /**< 3 */
/** 4; *ret_whole: events whose changes could be computed too. */
char *bundle_check_events(const char *folder, size_t *ret_whole);

char *bundle_check_figures(const char *folder); /**< 6 */

/** A text of the manifest, or a number as text. New string. */
char *bundle_manifest_get(const char *folder, const char *name);
/** SHA-256 of the manifest. New string. */
char *bundle_manifest_hash(const char *folder);

#endif
