/**
 * Masks for sensitive values.
 *
 * A field is sensitive if its form says so (HACKING.md, `sensitive`). All values that leave the
 * service without a logged opening are masked here: case views, logs, the audit, drafts, conflicts,
 * exported events. Events store the full values, because undoing needs them, and are masked when
 * shown; this covers old events too. Private to src/service. Threads: pure functions.
 */
#ifndef DOUDI_SERVICE_CASES_MASK_H
#define DOUDI_SERVICE_CASES_MASK_H

#include "base/problems.h"
#include "form/form.h"

/** Shown instead of a value; an ID number keeps both ends. */
#define MASK "******"

struct service;

/** The field of a value's name in `form` or its visits' form, or else in any programme, a sensitive
 *  field first. NULL if there is no such field. */
const struct form_field *mask_field(const struct forms *forms, const struct form *form,
                                    const char *name);
/** The value as it may be shown; masks ID numbers in any field (NULL = no field). New string. */
char *mask_value(const struct form_field *field, const char *value);
/** The stored value in an officer's words, a division by its name, masked. New string. */
char *mask_words(const struct service *service, const struct form_field *field, const char *value);
/** Masks the sensitive values of a record. */
void mask_values(const struct forms *forms, const struct form *form, struct fields *values);
/** Adds a problem for each sensitive value that is still a mask: a mask must not be stored. */
void mask_refuse(const struct form *form, const struct fields *values, struct problems *problems);

#endif
