/**
 * Units of an import: rows that are recorded together.
 *
 * A unit is stored whole or not at all: one row, or all rows of a household. Its cells are read as
 * their fields' types (import_cell.c, import_place.c), put together to a record's values
 * (import_values.c, import_house.c) and recorded by the same functions as an officer's own entry
 * (import_unit.c). A fault or remark names row, person and column.
 *
 * Private to src/service. Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_UNIT_H
#define DOUDI_SERVICE_IMPORT_IMPORT_UNIT_H

#include "base/words.h"
#include "service/frame/usecase.h"
#include "service/import/import_column.h"
#include "service/memory/stored.h"

struct import_line {
    uint32_t number; /**< row in the spreadsheet */
    size_t count;
    char **cells;
    char *fault; /**< why the row cannot be read, "" if it can */
};

/** A fault, remark or difference of a cell. */
struct import_say {
    uint32_t line;
    char *column, *value, *text;
    char *field, *known; /**< for a difference, else NULL */
};

struct import_says {
    size_t count, capacity;
    struct import_say *items;
};

struct import_unit {
    char *key; /**< households: equal in all rows of a household (import_house.c) */
    size_t count, capacity;
    struct import_line *lines;
    bool accepted;
    struct import_says faults, remarks, differences;
    char *name; /**< the person's name if the rows do not have it, else NULL */
};

struct import_places;

/** What all units of an import share. */
struct import_plan {
    const struct forms *forms;
    const struct form *form; /**< the programme, NULL for visits */
    struct import_columns columns;
    struct import_places *places; /**< villages by name (import_place.c) */
    const char *batch, *file;     /**< the file's name, for people */
    bool check_only;
    size_t take_count;
    struct import_take *takes; /**< by row; owned */
};

/** The form of a kind that is imported; NULL for visits, and for an unknown kind. */
const struct form *import_form(const struct forms *forms, const char *kind);
/** RESULT_USAGE, with words that list the kinds there are. */
enum result import_refuse_kind(const struct forms *forms, const char *kind, struct reply *reply);

struct import_unit *import_unit_new(const char *key);
void import_unit_add(struct import_unit *unit, const struct import_input *row);
void import_unit_free(struct import_unit **unit);
/** Records the unit within the transaction, or refuses it with faults. A result other than
 *  RESULT_OK ends the transaction. */
enum result import_unit_record(struct usecase *usecase, const struct import_plan *plan,
                               struct import_unit *unit);
/** Refuses an accepted unit; `text` is the fault of a cell. */
void import_unit_refuse(struct import_unit *unit, uint32_t line, const char *column,
                        const char *value, const char *text);
/** The name of a row's person; new string. */
char *import_line_name(const struct import_columns *columns, const struct import_line *line);
/** A row's cell in a column, "" if the row is shorter or `column` NULL. Borrowed. */
const char *import_cell(const struct import_columns *columns, const struct import_line *line,
                        const struct import_column *column);

#endif
