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
};

#endif
