/**
 * The parts of an import: headings, rows gathered into units, and what became of each unit.
 *
 * A unit is what goes in whole or not at all: one row, or all rows of a household. The headings are
 * understood once (import_heading.c); each unit is then recorded by the same functions officers'
 * own entries go through (import_unit.c).
 *
 * Private to src/service. Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_PART_H
#define DOUDI_SERVICE_IMPORT_PART_H

#include "service/import.h"
#include "service/work.h"

#define IMPORT_KIND_VISIT "visit"
/** What an import's events call the records made: the change's name; its new value is the id. */
#define IMPORT_MADE_CASE "case"
#define IMPORT_MADE_VISIT "visit"
#define IMPORT_MADE_PERSON "person"
/** Exit reason of a case whose import was undone on a later day. */
#define EXIT_IMPORT_UNDONE "撤销导入"
/** How the note of an event begins that took a batch back. */
#define IMPORT_UNDO_NOTE "撤销导入"

/** Whose value a column holds. */
enum import_owner {
    IMPORT_NOBODY, /**< nothing is lost by passing it over */
    IMPORT_RECORD, /**< the record's: full name of the field */
    IMPORT_MEMBER, /**< the member's in this row: bare id */
    IMPORT_HEAD    /**< the household head's: bare id */
};

struct import_column {
    char *heading; /**< as it came */
    enum import_owner owner;
    const char *name; /**< borrowed from the form */
};

struct import_columns {
    size_t count;
    struct import_column *items;
};

struct import_line {
    uint32_t number; /**< physical line in the file */
    size_t count;
    char **cells;
};

struct import_fault {
    uint32_t line;
    char *column, *value, *reason;
};

struct import_unit {
    char *key; /**< households: the head's ID number */
    size_t count, capacity;
    struct import_line *lines;
    bool accepted;
    size_t fault_count, fault_capacity;
    struct import_fault *faults;
};

/** What every unit is recorded by. */
struct import_plan {
    const struct form *form; /**< the programme, NULL for visits */
    struct import_columns columns;
    const char *batch;
    bool check_only;
};

/** Understands the headings of a programme, or with `form` NULL of visits; on RESULT_INVALID the reply names those it cannot. */
enum result import_columns_read(const struct forms *forms, const struct form *form,
                                const char *const *headers, size_t count,
                                struct import_columns *ret_columns, struct reply *reply);
void import_columns_free(struct import_columns *columns);
/** The column that holds a field, by owner and name; NULL if there is none. */
const struct import_column *import_column_of(const struct import_columns *columns,
                                             enum import_owner owner, const char *name);
/** A row's cell in a column, "" if the row is shorter or `column` NULL. Borrowed. */
const char *import_cell(const struct import_columns *columns, const struct import_line *line,
                        const struct import_column *column);

struct import_unit *import_unit_new(const char *key);
void import_unit_add(struct import_unit *unit, uint32_t number, const char *const *cells,
                     size_t count);
void import_unit_free(struct import_unit **unit);
void import_unit_fault(struct import_unit *unit, uint32_t line, const char *column,
                       const char *value, const char *reason);
/** Records the unit within the transaction, or says in its faults why not. A result other than
 *  RESULT_OK ends the transaction. */
enum result import_unit_record(struct work *work, const struct import_plan *plan,
                               struct import_unit *unit);

#endif
