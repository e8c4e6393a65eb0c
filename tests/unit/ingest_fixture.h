/**
 * Homes that send bundles, homes that take them in, and bundles with faults.
 */
#ifndef DOUDI_TESTS_INGEST_FIXTURE_H
#define DOUDI_TESTS_INGEST_FIXTURE_H

#include "ledger_fixture.h"

#include "bundle/receipt.h"

/** A street with invented people, from 2026-09 on. */
void ingest_street(struct office *office, const char *area, unsigned cases, uint64_t seed,
                   const char *today);
/** Visits every nth case on the office's day, beginning with the `first`. */
void ingest_visit(struct office *office, size_t first, size_t step);
/** The same on another day, which may be of a closed month. */
void ingest_visit_on(struct office *office, const char *date, size_t first, size_t step);
/** The office's next bundle in the folder, whole or (if it can be) a delta; new string: its path. */
char *ingest_export(struct office *office, const char *folder);
char *ingest_export_delta(struct office *office, const char *folder);
/** Takes it in; the receipt is the caller's. */
struct receipt *ingest_take(struct office *receiver, const char *path);

/** compliance.csv of several homes, the lines sorted; new string. Only lines that have numbers. */
char *ingest_figures(struct office *const *offices, size_t count);

/** The members of a bundle, to be changed. */
struct members {
    size_t count;
    struct member {
        char *name, *text;
        size_t length;
        bool link; /**< written as a symbolic link */
    } items[80];
};

void members_read(struct members *members, const char *path);
/** Lets the sum of the manifest be that of its text. */
void members_agree(struct members *members);
/** Replaces the first `old` behind the heading of a file; fails if there is none. With `agree` the
 *  manifest has the file's new hash. */
void members_change(struct members *members, const char *file, const char *old, const char *new,
                    bool agree);
struct member *members_find(struct members *members, const char *name);
void members_write(const struct members *members, const char *path);
void members_free(struct members *members);

#endif
