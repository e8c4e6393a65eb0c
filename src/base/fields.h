/**
 * A bag of named values: a record's own fields.
 *
 * Names are flat. The name of a list's row contains its number, from 0: `income.0.amount`,
 * `members.2.name`. A number from FIELDS_ROWS on is not a row, so that a hostile name cannot claim
 * a billion rows. Values are canonical text as the field's type formats it (form/type.h); an empty
 * value means no value and is not kept. The order is by name, rows by number: two equal bags are
 * equal element by element, and one pass finds the differences.
 */
#ifndef DOUDI_BASE_FIELDS_H
#define DOUDI_BASE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FIELDS_ROWS = 1000 };

struct field {
    char *name;
    char *value;
};

struct fields {
    uint64_t marks; /**< of the names: one without its bit here is not in the bag */
    size_t count;
    size_t capacity;
    struct field *items; /**< ordered; owned */
};

/** The value of `name`, "" if none. Borrowed until the bag changes. */
const char *fields_get(const struct fields *fields, const char *name);
/** Sets or replaces; an empty or NULL value removes. */
void fields_set(struct fields *fields, const char *name, const char *value);
/** Row access: name = list + "." + row + "." + field. */
const char *fields_get_row(const struct fields *fields, const char *list, size_t row,
                           const char *field);
void fields_set_row(struct fields *fields, const char *list, size_t row, const char *field,
                    const char *value);
/** The highest row number in use plus one. */
size_t fields_rows(const struct fields *fields, const char *list);
/** Removes a row; later rows move up. */
void fields_remove_row(struct fields *fields, const char *list, size_t row);
/** Removes `name` itself and everything below `name.` */
void fields_remove(struct fields *fields, const char *name);
/** Copies all values of `from` into `to`; they replace values of the same name. */
void fields_merge(struct fields *to, const struct fields *from);
void fields_copy(struct fields *to, const struct fields *from);
bool fields_equal(const struct fields *a, const struct fields *b);
/** Calls `each` for every name whose values differ ("" for none), in order. */
void fields_diff(const struct fields *a, const struct fields *b,
                 void (*each)(const char *name, const char *a, const char *b, void *arg),
                 void *arg);
void fields_free(struct fields *fields);

#endif
