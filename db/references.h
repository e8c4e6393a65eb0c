/**
 * Every place in the store that names a person, a case or a visit (db/record.proto).
 *
 * The one list of them: whoever puts a record in another's place, or wants to know what hangs on a
 * record, walks this table. The test compares it with the descriptors: a new field that may name a
 * record fails it until the field is listed, as a reference or as a number of another kind.
 *
 * Threads: constants.
 */
#ifndef DOUDI_DB_REFERENCES_H
#define DOUDI_DB_REFERENCES_H

#include <stddef.h>

enum reference_to {
    REFERENCE_NONE,   /**< a count, or the id of something else */
    REFERENCE_PERSON, /**< a person's id */
    REFERENCE_CASE,   /**< a case's id */
    REFERENCE_NUMBER, /**< a case's number as shown to people */
    REFERENCE_VISIT,  /**< which visit of the person's day, some with one added */
    REFERENCE_RECORD, /**< the name of a record: "case:123", "visit:45:2026-11-23:0" */
};

/** What becomes of the field when its record is put in another's place: a person (service/cases/merge.h),
 *  or a household's case (service/cases/merge_house.h). */
enum reference_keep {
    REFERENCE_MOVES, /**< follows the record */
    REFERENCE_STAYS, /**< says what was so then: statements, events, what a change of divisions did */
};

struct reference {
    const char *message; /**< as in record.proto */
    const char *field;
    enum reference_to to;
    enum reference_keep keep;
};

/** The table, by message; *ret_count rows. */
const struct reference *references_all(size_t *ret_count);

#endif
