/**
 * One YAML file as it was read: libcyaml's schema, and where in the file a thing stands.
 *
 * A source is needed while the catalogue is made, which borrows the texts for good.
 */
#ifndef DOUDI_FORMS_SOURCE_H
#define DOUDI_FORMS_SOURCE_H

#include "base/result.h"
#include "forms/pool.h"
#include "forms/raw.h"
#include "forms/raw_codes.h"

#include <stdbool.h>
#include <stddef.h>

enum { SOURCE_SIZE_MAX = 256 * 1024 };

struct source {
    char *path; /**< as shown in messages */
    char *bytes;
    size_t length;
    struct raw_form *form; /**< one of these two */
    struct raw_tables *tables;
};

/** Reads a programme file, or with `tables` codes.yaml, into the pools. On failure *ret_error (new string) is
 *  "FILE:LINE：reason". */
enum result source_read(const char *path, bool tables, struct pool *texts, struct pool *rest,
                        struct source **ret_source, char **ret_error);
void source_free(struct source **source);

/** The line of "fields.3.type": the deepest part of the path that is there. At least 1. */
int source_line(const struct source *source, const char *path);

#endif
