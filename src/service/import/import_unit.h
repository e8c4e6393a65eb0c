/**
 * Rows on their way in.
 *
 * A unit is what goes in whole or not at all: one row, or all rows of a household. Its cells are
 * brought into the form their fields read (import_cell.c, import_place.c), put together to a record's
 * values (import_values.c, import_house.c) and recorded by the same functions officers' own entries go
 * through (import_unit.c). What there is to say of a cell is said with row, person and column.
 *
 * Private to src/service. Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_UNIT_H
#define DOUDI_SERVICE_IMPORT_IMPORT_UNIT_H

#include "service/frame/usecase.h"
#include "service/import/import_column.h"
#include "service/memory/stored.h"

#define IMPORT_KIND_VISIT "visit"

struct import_line {
    uint32_t number; /**< row in the spreadsheet */
    size_t count;
    char **cells;
    char *fault; /**< why it cannot be read, "" if it can */
};

/** Something to say of a cell. */
struct import_say {
    uint32_t line;
    char *column, *value, *text;
    char *field, *known; /**< of a difference, NULL otherwise */
};

struct import_says {
    size_t count, capacity;
    struct import_say *items;
};

struct import_unit {
    char *key; /**< households: how their rows know each other (import_house.c) */
    size_t count, capacity;
    struct import_line *lines;
    bool accepted;
    struct import_says faults, remarks, differences;
    char *name; /**< of the person, where the rows do not say it; NULL */
};

struct import_places;

/** What every unit is recorded by. */
struct import_plan {
    const struct forms *forms;
    const struct form *form; /**< the programme, NULL for visits */
    struct import_columns columns;
    struct import_places *places; /**< villages by name (import_place.c) */
    const char *batch;
    bool check_only;
    size_t take_count;
    struct import_take *takes; /**< by row; owned */
};

/** Says which kinds there are; RESULT_USAGE. */
enum result import_refuse_kind(const struct forms *forms, const char *kind, struct reply *reply);

struct import_unit *import_unit_new(const char *key);
void import_unit_add(struct import_unit *unit, const struct import_input *row);
void import_unit_free(struct import_unit **unit);
/** Records the unit within the transaction, or says in its faults why not. A result other than
 *  RESULT_OK ends the transaction. */
enum result import_unit_record(struct usecase *usecase, const struct import_plan *plan,
                               struct import_unit *unit);
/** Refuses a unit that was accepted; `text` is said of a cell. */
void import_unit_refuse(struct import_unit *unit, uint32_t line, const char *column,
                        const char *value, const char *text);
/** The name a row gives its person; new string. */
char *import_line_name(const struct import_columns *columns, const struct import_line *line);
/** A row's cell in a column, "" if the row is shorter or `column` NULL. Borrowed. */
const char *import_cell(const struct import_columns *columns, const struct import_line *line,
                        const struct import_column *column);

#endif
