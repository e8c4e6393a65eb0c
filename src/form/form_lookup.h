/**
 * Looks up names of a form; shared by the files of src/form.
 */
#ifndef DOUDI_FORM_FORM_LOOKUP_H
#define DOUDI_FORM_FORM_LOOKUP_H

#include "form/form.h"

/** The list of a household's members, and the prefix for its head's row. */
#define FORM_MEMBERS "members"
#define FORM_HEAD "head"
/** The column for the member's relation to the head, and its value for the head. */
#define FORM_RELATION "m_rel"
#define FORM_RELATION_HEAD "户主"
/** The column for whether the benefit covers the member. */
#define FORM_COVERED "m_cov"

/** A list's column by bare id; NULL if none. */
const struct form_field *form_column(const struct form_field *list, const char *id);
/** The field and value of a name, as expressions and column lists write it: bare person ids and
 *  "head.ID" too. Returns "" for an unknown name, with *ret_field NULL. Borrowed. */
const char *form_value(const struct form *form, const struct fields *values, const char *name,
                       const struct form_field **ret_field);
/** A value in a list's row; `column` is the bare id. */
const char *form_row_value(const struct fields *values, const char *list, size_t row,
                           const char *column);

struct form_name {
    const char *name; /**< "tier", "person.name", "name", "members.name", "head.name" */
    const char *path; /**< full name of its value; for "head.ID" the bare ID */
    const struct form_field *field;
    bool head; /**< the value is in the head's row */
};

struct form_index {
    size_t count;
    struct form_name *names; /**< sorted by name */
    size_t slot_count;       /**< a power of two, more than twice as many as names */
    uint32_t *slots;         /**< by hash: index of a name plus 1, 0 = free */
};

/** How many slots an index of so many names has. */
size_t form_index_slots(size_t count);
/** Fills the slots, which are there and zero, from the names. */
void form_index_hash(struct form_index *index);
uint32_t form_name_hash(const char *name);
/** As form_value(), where the name's hash is at hand. */
const char *form_value_hashed(const struct form *form, const struct fields *values,
                              const char *name, uint32_t hash, const struct form_field **ret_field);

#endif
