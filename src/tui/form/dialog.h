/**
 * Small forms described in C: makes a struct form from a table of fields, so that they are filled
 * in, checked and drawn like a programme's form. Private to src/tui.
 */
#ifndef DOUDI_TUI_FORM_DIALOG_H
#define DOUDI_TUI_FORM_DIALOG_H

#include "form/form.h"

struct dialog_field {
    const char *id, *label;
    const char *type;           /**< of form/type.h */
    const char *const *options; /**< choices, NULL-terminated */
    const char *initial, *help; /**< may be NULL */
    int max;
    bool required;
    bool secret;      /**< what is typed is not shown */
    bool fixed;       /**< shown, not typed */
    bool ahead;       /**< a day that may lie in the future (base/neardate.h) */
    const char *when; /**< condition over the other fields (form/expr.h); NULL = always asked */
};

struct dialog;

/** Fields and options are copied. */
struct dialog *dialog_new(const char *title, const struct dialog_field *fields, size_t count);
const struct form *dialog_form(const struct dialog *dialog);
void dialog_free(struct dialog **dialog);

#endif
