/**
 * Which column of a ledger is which field.
 *
 * A heading is looked up in the importer's map, the maps of the office, the aliases of the
 * programme and the common columns of ledgers, in this order; a column with an unknown heading is
 * skipped and reported. Several columns may hold the same field: the first column has precedence,
 * the others are its twins. A weak column (form/field.h) gives way to the others.
 *
 * Private to src/service. Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_COLUMN_H
#define DOUDI_SERVICE_IMPORT_IMPORT_COLUMN_H

#include "form/form.h"
#include "service/import/import.h"

/** Whose value a column holds. */
enum import_owner {
    IMPORT_NOBODY,    /**< skipped */
    IMPORT_RECORD,    /**< the record's; `name` is the field's full name */
    IMPORT_MEMBER,    /**< of the member in this row; `name` is the bare id */
    IMPORT_HEAD,      /**< of the household's head; `name` is the bare id */
    IMPORT_STATED,    /**< a computed field: the ledger's value is only compared */
    IMPORT_PLACE,     /**< a street or county, beside the village's column */
    IMPORT_HOUSEHOLD, /**< a number that all rows of a household share */
    IMPORT_CHECKED    /**< of a visit: the person's name, compared with the ID number's owner */
};

struct import_column {
    char *heading; /**< as in the file, with the heading above it */
    enum import_owner owner;
    const char *name;               /**< borrowed from the form; "" if the column is no field */
    const struct form_field *field; /**< NULL likewise */
    bool each, weak;                /**< from the alias (form/field.h) */
    bool blank;                     /**< no text in the whole file */
    const char *state;              /**< in words: why it is skipped, "" if it is not */
    size_t twin;                    /**< the first column that holds this field; may be itself */
};

struct import_columns {
    size_t count;
    struct import_column *items;
};

/** The importer's map and the office's maps: heading → field. `{0}` is empty. */
struct import_map {
    size_t count, capacity;
    struct import_mapping {
        char *heading; /**< cleaned */
        char *field;   /**< full name, "" = skip the column */
        char *source;  /**< the office's map it is from, "" for the importer's own */
    } * items;
};

/** Takes over the importer's own map. RESULT_USAGE with words for a field that does not exist. */
enum result import_map_take(const struct forms *forms, const struct form *form,
                            const struct import_options *options, struct import_map *map,
                            struct reply *reply);
/** Adds the maps that the caller's office keeps for a kind. */
enum result import_map_load(struct service *service, const struct caller *caller, const char *kind,
                            struct import_map *map, struct reply *reply);
/** Stores the importer's own map under a name. */
enum result import_map_save(struct service *service, const struct caller *caller, const char *kind,
                            const char *name, const struct import_map *map, struct reply *reply);
/** The map's entry for a heading, the importer's own first; NULL if there is none. */
const struct import_mapping *import_map_find(const struct import_map *map, const char *heading);
void import_map_free(struct import_map *map);

/** Sets `column` to the field of a full name. With `form` NULL the forms are those of visits. False
 *  if the field does not exist. */
bool import_column_set(const struct forms *forms, const struct form *form, const char *field,
                       struct import_column *column);
/** Sets `column` to the meaning of a heading; false if the heading is unknown. */
bool import_heading_find(const struct forms *forms, const struct form *form, const char *text,
                         struct import_column *column);

/** Reads the headings of a programme, or with `form` NULL of visits. */
void import_columns_read(const struct forms *forms, const struct form *form,
                         const struct import_options *options, const struct import_map *map,
                         struct import_columns *ret_columns);
/** RESULT_INVALID with words if a required column is missing. */
enum result import_columns_need(const struct forms *forms, const struct form *form, day_t today,
                                const struct import_columns *columns, struct reply *reply);
void import_columns_free(struct import_columns *columns);
/** The first column that holds a field, by owner and name; NULL if there is none. */
const struct import_column *import_column_of(const struct import_columns *columns,
                                             enum import_owner owner, const char *name);
/** COLUMNS_HEADINGS: the field of each column. */
struct sheet *import_columns_sheet(const struct import_columns *columns);

#endif
