/**
 * Masks for sensitive values.
 *
 * A field is sensitive if its form says so (HACKING.md, `sensitive`). All values that leave the service
 * without a logged opening pass through here: case views, logs, the audit, drafts, answers to conflicts,
 * exported events. Events store the values in the clear, because undoing needs them, and are masked when
 * shown; this covers old events too. Private to src/service. Threads: pure functions.
 */
#ifndef DOUDI_SERVICE_CASES_MASK_H
#define DOUDI_SERVICE_CASES_MASK_H

#include "base/problems.h"
#include "form/form.h"

/** Stands for a value; of an ID number both ends are shown. */
#define MASK "******"

/** The field that a value's name means in `form`, its visits' form included, or with NULL in any
 *  programme: a sensitive one if there is one. NULL if it is no field's. */
const struct form_field *mask_field(const struct forms *forms, const struct form *form,
                                    const char *name);
/** A value as it may be shown; an ID number is masked whatever the field (NULL = none). New string. */
char *mask_value(const struct form_field *field, const char *value);
/** Masks the sensitive ones among a record's values. */
void mask_values(const struct forms *forms, const struct form *form, struct fields *values);
/** Adds a problem for each sensitive value that is a mask come back: it must not be stored. */
void mask_refuse(const struct form *form, const struct fields *values, struct problems *problems);

#endif
