/**
 * One unit being recorded: from cells to a record's values.
 *
 * Private to the import (import_unit.h). Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_ENTRY_H
#define DOUDI_SERVICE_IMPORT_IMPORT_ENTRY_H

#include "service/frame/usecase.h"
#include "service/import/import_unit.h"

struct import_entry {
    struct usecase *usecase;
    const struct import_plan *plan;
    struct import_unit *unit;
    size_t head; /**< the line of the record's own values: the household head's, or the only line */
    struct fields values; /**< the record's values, as typed */
    struct fields extras; /**< further values found in the same cells, for fields still empty */
};

/** The value of a cell, as its field reads it. import_value_free() releases it. */
struct import_value {
    char *text;              /**< "" if the cell is empty */
    char *extra;             /**< a further value in the same cell, NULL if none */
    const char *extra_field; /**< the field of that value */
};

/** Reads a cell; reports its faults and the parts it left out. */
void import_cell_read(struct import_entry *entry, size_t line, const struct import_column *column,
                      struct import_value *ret_value);
/** Reads a row's value of a field: from its column and the column's twins. */
void import_cells_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value);
void import_value_free(struct import_value *value);
/** True for an empty cell, or a word for "nothing" (无, —) that is no value of the field. */
bool import_is_blank(const struct forms *forms, const struct form_field *field, const char *text);

/** Villages by name, those of `area` only. */
struct import_places *import_places_new(const struct service *service, const char *area);
void import_places_free(struct import_places **places);
/** Reads the village that a row names: its code in *ret_value. Reports faults. */
void import_place_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value);

/** Fills the entry's values; reports contradictions. */
void import_values_read(struct import_entry *entry);
/** Reads the values of the members and of the head. */
void import_house_read(struct import_entry *entry);
/** Finds the head's own row; false, with a fault, if there is none. */
bool import_house_find_head(struct import_entry *entry);
/** Compares the ledger's values of computed fields with the computed ones. */
void import_stated_check(struct import_entry *entry);

/** Adds a fault of a line's cell: at most one for each column. */
void import_fault(struct import_entry *entry, size_t line, const struct import_column *column,
                  const char *value, const char *format, ...) __attribute__((format(printf, 5, 6)));
void import_remark(struct import_entry *entry, size_t line, const struct import_column *column,
                   const char *value, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
bool import_is_household(const struct import_plan *plan);
/** A list of deaths. */
bool import_is_list(const struct import_plan *plan);
/** Puts the row's person on the list of deaths. A person who is on it with the same name and day
 *  stays as is, with a remark; with others the row is refused. */
enum result import_listed_record(struct import_entry *entry);

/** Finds the unit of each row while rows are gathered. */
struct import_gathering;
struct import_gathering *import_gathering_new(const struct import_plan *plan);
void import_gathering_free(struct import_gathering **gathering);
/** The key of the row's household. New string. */
char *import_gathering_key(struct import_gathering *gathering, const struct import_input *row);

#endif
