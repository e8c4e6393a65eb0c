/**
 * What the columns of a ledger are.
 *
 * Each heading is looked for in what the importer says, in the maps the office keeps, in the
 * programme's aliases and among what ledgers write besides; a heading nobody knows is passed over and
 * named. Several columns may hold the same field: the first that is no makeshift comes first, the
 * others are its twins.
 *
 * Private to src/service. Threads: as the import.
 */
#ifndef DOUDI_SERVICE_IMPORT_IMPORT_COLUMN_H
#define DOUDI_SERVICE_IMPORT_IMPORT_COLUMN_H

#include "form/form.h"
#include "service/import/import.h"

/** Whose value a column holds. */
enum import_owner {
    IMPORT_NOBODY,    /**< passed over */
    IMPORT_RECORD,    /**< the record's: full name of the field */
    IMPORT_MEMBER,    /**< the member's in this row: bare id */
    IMPORT_HEAD,      /**< the household head's: bare id */
    IMPORT_STATED,    /**< a computed field: what the ledger says of it is compared */
    IMPORT_PLACE,     /**< a street or county, beside the village */
    IMPORT_HOUSEHOLD, /**< a number that all rows of a household have */
    IMPORT_CHECKED    /**< of a visit: whose the ID number should be */
};

struct import_column {
    char *heading; /**< as it came, with the one above it */
    enum import_owner owner;
    const char *name;               /**< borrowed from the form; "" if it is no field's */
    const struct form_field *field; /**< NULL likewise */
    bool each, weak;                /**< of the alias (form/field.h) */
    bool blank;                     /**< no text in the whole file */
    const char *state;              /**< for people: why it is passed over, "" if it is not */
    size_t twin; /**< the column that comes first of those that hold this; itself */
};

struct import_columns {
    size_t count;
    struct import_column *items;
};

/** What the importer and the office say of headings. `{0}` is empty. */
struct import_map {
    size_t count, capacity;
    struct import_mapping {
        char *heading; /**< cleaned */
        char *field;   /**< full name, "" = passed over */
        char *source;  /**< the kept map's name, "" for the importer's own */
    } * items;
};

/** The importer's own map. RESULT_USAGE with words for a field that does not exist. */
enum result import_map_take(const struct forms *forms, const struct form *form,
                            const struct import_options *options, struct import_map *map,
                            struct reply *reply);
/** Adds what the caller's office keeps for a kind. */
enum result import_map_load(struct service *service, const struct caller *caller, const char *kind,
                            struct import_map *map, struct reply *reply);
/** Keeps the importer's own map under a name. */
enum result import_map_save(struct service *service, const struct caller *caller, const char *kind,
                            const char *name, const struct import_map *map, struct reply *reply);
/** What is said of a heading, by the importer first; NULL if nothing. */
const struct import_mapping *import_map_find(const struct import_map *map, const char *heading);
void import_map_free(struct import_map *map);

/** Makes `column` that of a field, by its full name. With `form` NULL the form is that of visits. */
bool import_column_set(const struct forms *forms, const struct form *form, const char *field,
                       struct import_column *column);
/** Makes `column` what a text means as a heading; false if nobody knows it. */
bool import_heading_find(const struct forms *forms, const struct form *form, const char *text,
                         struct import_column *column);

/** Understands the headings of a programme, or with `form` NULL of visits. */
void import_columns_read(const struct forms *forms, const struct form *form,
                         const struct import_options *options, const struct import_map *map,
                         struct import_columns *ret_columns);
/** RESULT_INVALID with words when a column is missing that must be there. */
enum result import_columns_need(const struct forms *forms, const struct form *form, day_t today,
                                const struct import_columns *columns, struct reply *reply);
void import_columns_free(struct import_columns *columns);
/** The first column that holds a field, by owner and name; NULL if there is none. */
const struct import_column *import_column_of(const struct import_columns *columns,
                                             enum import_owner owner, const char *name);
/** What each column is: COLUMNS_HEADINGS. */
struct sheet *import_columns_sheet(const struct import_columns *columns);

#endif
