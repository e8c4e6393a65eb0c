/**
 * People who are known already, in a case's form: by ID number or name they are fetched whole, and what a
 * household shares is copied from those who live with them. Only empty fields are filled. Private to src/tui.
 */
#ifndef DOUDI_TUI_SCREENS_CASEKNOWN_H
#define DOUDI_TUI_SCREENS_CASEKNOWN_H

#include "tui/form/form.h"

/** What a form has looked up last. `{0}` is empty. */
struct caseknown {
    char *asked;         /**< the ID number or name, NULL = none */
    char *about;         /**< the fields of that person begin so: "person.", "members.2.", "g_" */
    uint64_t person;     /**< the person, 0 = not known */
    struct sheet *cases; /**< … and the person's cases, COLUMNS_CASES */
    struct sheet *mates; /**< those who live with the person, COLUMNS_HOUSEHOLD */
    struct sheet *namesakes; /**< people of the typed name, COLUMNS_FIND */
    struct sheet *found;     /**< people whom the officer has asked for, COLUMNS_FIND */
};

/** The argument (struct form_spec) of a form that knows people begins with it. */
static inline struct caseknown *caseknown_of(const struct form_screen *form)
{
    return form->spec.arg;
}

/** After a value has changed: looks up an ID number or a name. `fixed`: the form changes a case, whose
 *  person stays. */
void caseknown_changed(struct form_screen *form, const char *name, bool fixed);
/** Offers the people of that name, the person's cases to open, and those to copy from. */
void caseknown_offer(struct form_screen *form);
void caseknown_free(struct caseknown *known);

#endif
