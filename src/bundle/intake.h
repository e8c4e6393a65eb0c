/**
 * The records of a bundle, table by table, from its unpacked files.
 *
 * An intake hands over records in the order of their keys, as store_replace() wants them; what stands
 * in files of its own (members, reviews, excuses, marks, rows of statements) is put together. Only
 * one record is in memory.
 *
 * Private to src/bundle. Threads: one thread uses an intake.
 */
#ifndef DOUDI_BUNDLE_INTAKE_H
#define DOUDI_BUNDLE_INTAKE_H

#include "bundle/decode.h"

enum intake_of {
    INTAKE_AREAS,
    INTAKE_PERSONS,
    INTAKE_CASES,
    INTAKE_VISITS,
    INTAKE_DUTIES,
    INTAKE_STATEMENTS,
    INTAKE_ALARMS,
    INTAKE_OFFICERS,
    INTAKE_PASSED_ON, /**< officers that the sender has from the homes below it */
    INTAKE_ROUNDS,
    INTAKE_COUNT_
};

/** What the sender says of the duty that was handed over last; borrowed like it. */
struct intake_verdict {
    const char *state;
    bool fulfilled, late;
    uint32_t attempts;
};

struct intake;

/** RESULT_INVALID with the decoder's fault if a file or a column is missing. */
enum result intake_open(struct decoder *decoder, const char *folder, enum intake_of of,
                        struct intake **ret_intake);
void intake_free(struct intake **intake);
/** A replace_next_fn (db/replace.h): the record is valid until the next call. RESULT_INVALID with the
 *  decoder's fault. */
enum result intake_next(const void **ret_record, void *intake);
/** Of INTAKE_DUTIES. */
struct intake_verdict intake_verdict(const struct intake *intake);
const char *intake_name(const struct intake *intake);
/** Rows read, also those of the files that are joined. */
uint64_t intake_rows(const struct intake *intake);

#endif
