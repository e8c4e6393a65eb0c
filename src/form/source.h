/**
 * One YAML file as it was read: libcyaml's schema, and where in the file a thing stands.
 *
 * A source is needed while the catalogue is made, which borrows the texts for good.
 */
#ifndef DOUDI_FORM_SOURCE_H
#define DOUDI_FORM_SOURCE_H

#include "base/result.h"
#include "form/pool.h"
#include "form/raw.h"
#include "form/raw_amounts.h"
#include "form/raw_codes.h"

#include <stdbool.h>
#include <stddef.h>

/** The longest path in a file: "fields.12.options". */
enum { WHERE_TEXT = 64 };

enum { SOURCE_SIZE_MAX = 256 * 1024 };

/** What a file holds, and by which schema it is read. */
enum source_kind { SOURCE_FORM, SOURCE_TABLES, SOURCE_AMOUNTS };

struct source {
    char *path; /**< as shown in messages */
    char *bytes;
    size_t length;
    struct raw_form *form; /**< one of these three, by kind */
    struct raw_tables *tables;
    struct raw_amounts *amounts;
};

/** Reads a file of a kind into the pools. On failure *ret_error (new string) is
 *  "FILE:LINE：reason". */
enum result source_read(const char *path, enum source_kind kind, struct pool *texts,
                        struct pool *rest, struct source **ret_source, char **ret_error);
void source_free(struct source **source);

/** The line of "fields.3.type": the deepest part of the path that is there. At least 1. */
int source_line(const struct source *source, const char *path);

#endif
