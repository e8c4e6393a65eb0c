/*
 * The keys of `limits:`.
 */
#include "form/source_schema.h"

static const cyaml_schema_field_t limit_fields[] = {
    STRING("when", NEEDED, raw_limit, when),
    STRING("field", NEEDED, raw_limit, field),
    STRING("say", NEEDED, raw_limit, say),
    FLAG("warning", raw_limit, warning),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t limit_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_limit, limit_fields),
};

const cyaml_schema_field_t source_limits[] = {
    SEQUENCE("standards", raw_limits, standards, standard_count, &source_standard),
    SEQUENCE("rules", raw_limits, rules, rule_count, &limit_schema),
    CYAML_FIELD_END,
};
