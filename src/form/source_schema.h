/**
 * Schemas for libcyaml: what the files that describe parts of a programme file share.
 *
 * Private to src/form. Constant tables.
 */
#ifndef DOUDI_FORM_SOURCE_SCHEMA_H
#define DOUDI_FORM_SOURCE_SCHEMA_H

#include "form/source.h"

#include <cyaml/cyaml.h>

#define NEEDED CYAML_FLAG_POINTER
#define OPTIONAL (CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL)
#define STRING(key, flags, type, member)                                                           \
    CYAML_FIELD_STRING_PTR(key, flags, struct type, member, 0, CYAML_UNLIMITED)
#define FLAG(key, type, member) CYAML_FIELD_BOOL(key, CYAML_FLAG_OPTIONAL, struct type, member)
#define NUMBER(key, type, member) CYAML_FIELD_INT(key, CYAML_FLAG_OPTIONAL, struct type, member)
#define SEQUENCE(key, type, member, count, schema)                                                 \
    CYAML_FIELD_SEQUENCE_COUNT(key, OPTIONAL, struct type, member, count, schema, 0,               \
                               SOURCE_SIZE_MAX)

/** An item of a list of texts. */
extern const cyaml_schema_value_t source_string;
/** `steps:` (raw_steps.c). */
extern const cyaml_schema_field_t RAW_STEPS_FIELDS[];
/** `benefit:` (source_benefit.c). */
extern const cyaml_schema_field_t source_benefit[];
/** `limits:` (source_limits.c). */
extern const cyaml_schema_field_t source_limits[];
/** A row of `standards:` (source_benefit.c), an item of `examples:` (source_example.c). */
extern const cyaml_schema_value_t source_standard, source_example;
/** An item of `excludes:` and of `requires:` (source_beside.c). */
extern const cyaml_schema_value_t source_exclude, source_require;
/** forms/banks/NAME.yaml (source_bank.c). */
extern const cyaml_schema_value_t source_bank;

#endif
