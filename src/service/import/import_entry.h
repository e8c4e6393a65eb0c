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
    size_t
        head; /**< the line whose record's values count: the household head's, else the only one */
    struct fields values; /**< what is recorded, as typed */
    struct fields extras; /**< what stood beside a value in its cell, for fields still empty */
};

/** A cell as its field reads it. import_value_free() releases it. */
struct import_value {
    char *text;              /**< "" if the cell is empty */
    char *extra;             /**< what else stood in the cell, NULL if nothing */
    const char *extra_field; /**< where that belongs */
};

/** Reads a cell; says what is wrong with it, and what was left out. */
void import_cell_read(struct import_entry *entry, size_t line, const struct import_column *column,
                      struct import_value *ret_value);
/** Reads what a row says of a field: by its column and the twins of it. */
void import_cells_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value);
void import_value_free(struct import_value *value);
/** True for a cell without anything, or with a word for that (无, —) that the field does not know. */
bool import_is_blank(const struct forms *forms, const struct form_field *field, const char *text);

/** Villages by name, within what the caller may see. */
struct import_places *import_places_new(const struct service *service, const char *area);
void import_places_free(struct import_places **places);
/** The village a row names: code in *ret_value. Says what is wrong. */
void import_place_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value);

/** Fills the entry's values; says what contradicts itself. */
void import_values_read(struct import_entry *entry);
/** The members' and the head's. */
void import_house_read(struct import_entry *entry);
/** Finds the head's own row; false (and said why) if there is none. */
bool import_house_find_head(struct import_entry *entry);
/** Compares what a ledger says of computed fields with what they come to. */
void import_stated_check(struct import_entry *entry);

/** Says something of a line's cell: one text for each column. */
void import_fault(struct import_entry *entry, size_t line, const struct import_column *column,
                  const char *value, const char *format, ...) __attribute__((format(printf, 5, 6)));
void import_remark(struct import_entry *entry, size_t line, const struct import_column *column,
                   const char *value, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
bool import_is_household(const struct import_plan *plan);

/** Which unit a row belongs to, among those gathered. */
struct import_gathering;
struct import_gathering *import_gathering_new(const struct import_plan *plan);
void import_gathering_free(struct import_gathering **gathering);
/** The key of the row's household; *ret_new when it begins one. New string. */
char *import_gathering_key(struct import_gathering *gathering, const struct import_input *row);

#endif
