/*
 * The keys of `benefit:`.
 */
#include "form/source_schema.h"

static const cyaml_schema_field_t standard_fields[] = {
    STRING("name", NEEDED, raw_standard, name),
    STRING("each", OPTIONAL, raw_standard, each),
    STRING("default", OPTIONAL, raw_standard, fallback),
    STRING("source", OPTIONAL, raw_standard, source),
    CYAML_FIELD_BOOL("optional", CYAML_FLAG_OPTIONAL, struct raw_standard, optional),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t source_standard = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_standard, standard_fields),
};

static const cyaml_schema_field_t choice_fields[] = {
    STRING("name", NEEDED, raw_choice, name),
    STRING("when", OPTIONAL, raw_choice, when),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t choice_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_choice, choice_fields),
};

static const cyaml_schema_field_t line_fields[] = {
    STRING("id", OPTIONAL, raw_line, id),
    STRING("to", OPTIONAL, raw_line, part),
    STRING("label", NEEDED, raw_line, label),
    STRING("rows", OPTIONAL, raw_line, rows),
    STRING("when", OPTIONAL, raw_line, when),
    STRING("value", NEEDED, raw_line, value),
    SEQUENCE("best", raw_line, choices, choice_count, &choice_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t line_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_line, line_fields),
};

static const cyaml_schema_field_t stated_fields[] = {
    STRING("to", NEEDED, raw_stated, part),
    STRING("value", NEEDED, raw_stated, value),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t stated_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_stated, stated_fields),
};

const cyaml_schema_field_t source_benefit[] = {
    STRING("paid", OPTIONAL, raw_benefit, paid),
    STRING("unpaid", OPTIONAL, raw_benefit, unpaid),
    STRING("persons", OPTIONAL, raw_benefit, persons),
    STRING("reason", OPTIONAL, raw_benefit, reason),
    SEQUENCE("standards", raw_benefit, standards, standard_count, &source_standard),
    SEQUENCE("lines", raw_benefit, lines, line_count, &line_schema),
    SEQUENCE("stated", raw_benefit, stated, stated_count, &stated_schema),
    CYAML_FIELD_END,
};
