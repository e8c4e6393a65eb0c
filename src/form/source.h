/**
 * One YAML file as read: libcyaml's data, and the line of each place.
 *
 * The loader frees a source at the end; the catalogue keeps its texts.
 */
#ifndef DOUDI_FORM_SOURCE_H
#define DOUDI_FORM_SOURCE_H

#include "base/result.h"
#include "form/pool.h"
#include "form/raw.h"
#include "form/raw_amounts.h"
#include "form/raw_bank.h"
#include "form/raw_codes.h"

struct raw_rules; /* form/raw_rules.h */

#include <stdbool.h>
#include <stddef.h>

/** The longest path in a file: "fields.12.options". */
enum { WHERE_TEXT = 64 };

enum { SOURCE_SIZE_MAX = 256 * 1024 };

/** Kinds of files; each has its schema. */
enum source_kind { SOURCE_FORM, SOURCE_TABLES, SOURCE_AMOUNTS, SOURCE_BANK, SOURCE_RULES };

struct source {
    char *path; /**< for messages */
    char *bytes;
    size_t length;
    struct raw_form *form; /**< one of these is set, by kind */
    struct raw_tables *tables;
    struct raw_amounts *amounts;
    struct raw_bank *bank;
    struct raw_rules *rules;
    bool left_out; /**< a programme that the office does not use (form/overlay.h) */
};

/** Reads a file of a kind into the pools. On failure *ret_error (new string) is
 *  "FILE:LINE：reason". */
enum result source_read(const char *path, enum source_kind kind, struct pool *texts,
                        struct pool *rest, struct source **ret_source, char **ret_error);
void source_free(struct source **source);

/** The line of "fields.3.type", or of the deepest existing part of the path. At least 1. */
int source_line(const struct source *source, const char *path);

/** "FILE:LINE" of a path in a file, which is read again; new string. */
char *source_place(const char *path, enum source_kind kind, const char *where);

#endif
