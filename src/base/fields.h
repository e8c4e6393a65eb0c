/**
 * A bag of named values: the form's own fields of a record, by name.
 *
 * Names are flat. A list's rows have their number in the name, from 0: `income.0.amount`,
 * `members.2.name`. A number from FIELDS_ROWS on is no row's, so that a name somebody sends never
 * stands for a billion rows. Values are canonical text as the field's type formats it (form/type.h); an
 * empty value is the same as no value and is not kept. Order is by name, rows by number, so two
 * bags with the same content are equal element by element and diff in one pass.
 */
#ifndef DOUDI_BASE_FIELDS_H
#define DOUDI_BASE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

enum { FIELDS_ROWS = 1000 };

struct field {
    char *name;
    char *value;
};

struct fields {
    size_t count;
    size_t capacity;
    struct field *items; /**< ordered; owned */
};

/** The value of `name`, or "" when there is none. Borrowed until the bag changes. */
const char *fields_get(const struct fields *fields, const char *name);
/** Sets or replaces; an empty or NULL value removes. */
void fields_set(struct fields *fields, const char *name, const char *value);
/** Row access: name = list + "." + row + "." + field. */
const char *fields_get_row(const struct fields *fields, const char *list, size_t row,
                           const char *field);
void fields_set_row(struct fields *fields, const char *list, size_t row, const char *field,
                    const char *value);
/** Number of rows of a list: the highest row number in use plus one. */
size_t fields_rows(const struct fields *fields, const char *list);
/** Removes one row; the later ones move up. */
void fields_remove_row(struct fields *fields, const char *list, size_t row);
/** Removes `name` itself and everything below `name.` */
void fields_remove(struct fields *fields, const char *name);
/** Sets everything of `from` in `to`. */
void fields_merge(struct fields *to, const struct fields *from);
void fields_copy(struct fields *to, const struct fields *from);
bool fields_equal(const struct fields *a, const struct fields *b);
/** Calls `each` for every name whose value differs ("" for none), in order. */
void fields_diff(const struct fields *a, const struct fields *b,
                 void (*each)(const char *name, const char *a, const char *b, void *arg),
                 void *arg);
void fields_free(struct fields *fields);

#endif
