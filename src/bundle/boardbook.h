/**
 * compliance.xlsx of a bundle: the figures of compliance.csv for people.
 *
 * It has the rows of the last thirteen months with the names of programmes, and is made by
 * doudi-report from the same rows as the file beside it, in full and in delta bundles alike. It is
 * only for reading: without the program, or where it fails, the bundle is made without it and the
 * manifest says so.
 *
 * Private to src/bundle. Threads: one thread for each.
 */
#ifndef DOUDI_BUNDLE_BOARDBOOK_H
#define DOUDI_BUNDLE_BOARDBOOK_H

#include "base/str.h"
#include "bundle/extract.h"

#define BOARDBOOK_NAME "compliance.xlsx"

struct boardbook;

struct boardbook *boardbook_new(const struct service *service);
/** The same file, or for compliance.csv one that passes on the same rows and keeps them. Borrowed
 *  from either. */
const struct extract_file *boardbook_watch(struct boardbook *book, const struct extract_file *file);
/** Makes the workbook of the rows that were passed on, once; `data_at` is the data's moment. On failure
 *  *ret_message (new string) says why; RESULT_NOTFOUND, without words, if there was no such file. */
enum result boardbook_make(struct boardbook *book, int64_t data_at, struct str *ret_bytes,
                           char **ret_message);
/** How many rows it has, once it was made. */
size_t boardbook_rows(const struct boardbook *book);
void boardbook_free(struct boardbook **book);

#endif
