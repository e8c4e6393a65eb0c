/**
 * Which fields of a case's form belong to one person, and filling those that are empty. Private to
 * src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEKNOWN_FILL_H
#define DOUDI_TUI_SCREENS_CASEKNOWN_FILL_H

#include "base/str.h"
#include "tui/form/form.h"

/** A field for an ID number or a name, and its neighbours. Texts are owned. */
struct caseknown_place {
    char *about;    /**< the person's fields begin so: "person.", "members.2.", "g_" */
    char *number;   /**< the field for the ID number, "" = there is none */
    bool is_number; /**< this is the one */
};
/** False for a field that names nobody, or nobody of whom more is asked. */
bool caseknown_find_place(const struct form_screen *form, const char *name,
                          struct caseknown_place *ret_place);
void caseknown_place_free(struct caseknown_place *place);
/** Whose field the cursor is in; whose form or row this is: "person.", "members.2.", "" for a household as a
 *  whole. New strings. */
char *caseknown_about(const struct form_screen *form);
char *caseknown_subject(const struct form_screen *form);
/** The ID number that stands in the form for that person; new string. */
char *caseknown_number(const struct form_screen *form, const char *about);

/** What was filled in. */
struct caseknown_filled {
    size_t most; /**< so many fields are named */
    size_t count;
    struct fields names; /**< the fields */
    struct str labels;   /**< "现住址、联系电话 等 7 项" */
    char *other_name;    /**< the person's name if another one was typed, NULL = the same */
};
/** Fills in a person's record ("person.ID"). */
void caseknown_fill_person(struct form_screen *form, const struct fields *known, const char *about,
                           struct caseknown_filled *filled);
/** Fills in what a household shares: of "person.ID" and, for a person's form, of "ID". Leaves out a contact
 *  who is the person of this form. */
void caseknown_fill_shared(struct form_screen *form, const struct fields *known,
                           const char *subject, struct caseknown_filled *filled);
void caseknown_filled_free(struct caseknown_filled *filled);

#endif
