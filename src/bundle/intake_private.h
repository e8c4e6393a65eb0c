/**
 * How a table's records are put together. Private to src/bundle/intake*.c. Threads: constant
 * tables.
 */
#ifndef DOUDI_BUNDLE_INTAKE_PRIVATE_H
#define DOUDI_BUNDLE_INTAKE_PRIVATE_H

#include "bundle/intake.h"

enum { INTAKE_JOINED = 3 };

struct intake_file {
    const char *name;
    const char *const *columns;
    size_t count;
    size_t keys; /**< joined: its first cells are those of the main file's row */
};

#define INTAKE_FILE(file, list, key_count)                                                         \
    {                                                                                              \
        .name = (file), .columns = (list), .count = sizeof(list) / sizeof((list)[0]),              \
        .keys = (key_count)                                                                        \
    }

struct intake_kind {
    struct intake_file file, joined[INTAKE_JOINED];
    /** Sets the record from the row; *ret_wanted false passes over it. */
    void (*decode)(struct intake *intake, struct decode_row *row, bool *ret_wanted);
    /** Adds a row of a joined file. */
    void (*join[INTAKE_JOINED])(struct intake *intake, struct decode_row *row);
};

union intake_record {
    Rec__Area area;
    Rec__Person person;
    Rec__Case casefile;
    Rec__Visit visit;
    Rec__Duty duty;
    Rec__Statement statement;
    Rec__Alarm alarm;
    Rec__Officer officer;
    Rec__Round round;
};

struct intake {
    struct decoder *decoder;
    const struct intake_kind *kind;
    struct rowfile *files[INTAKE_JOINED + 1]; /**< the main one first */
    struct decode_row rows[INTAKE_JOINED + 1];
    union intake_record record;
    struct intake_verdict verdict;
    size_t said; /**< of a statement: how many rows it should have */
};

extern const struct intake_kind intake_areas, intake_persons, intake_cases, intake_visits,
    intake_duties, intake_statements, intake_alarms, intake_officers, intake_passed_on,
    intake_rounds;

/** Grows a repeated field by one; the array and the element live as long as the record. */
void *intake_add(struct intake *intake, void *list, size_t *count, size_t size);

#endif
