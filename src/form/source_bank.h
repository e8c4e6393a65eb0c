/**
 * The schema of forms/banks/NAME.yaml for libcyaml, a constant (form/source.c reads by it).
 */
#ifndef DOUDI_FORM_SOURCE_BANK_H
#define DOUDI_FORM_SOURCE_BANK_H

#include <cyaml/cyaml.h>

extern const cyaml_schema_value_t source_bank_schema;

#endif
