/*
 * The keys of `excludes:` and `requires:`.
 */
#include "form/source_schema.h"

static const cyaml_schema_field_t exclude_fields[] = {
    STRING("kind", NEEDED, raw_exclude, kind),
    STRING("when", OPTIONAL, raw_exclude, when),
    STRING("other", OPTIONAL, raw_exclude, other),
    STRING("keeps", OPTIONAL, raw_exclude, keeps),
    FLAG("warning", raw_exclude, warning),
    FLAG("follows", raw_exclude, follows),
    STRING("say", NEEDED, raw_exclude, say),
    STRING("back", OPTIONAL, raw_exclude, back),
    STRING("within", OPTIONAL, raw_exclude, within),
    SEQUENCE("same", raw_exclude, same, same_count, &source_string),
    SEQUENCE("unless", raw_exclude, unless, unless_count, &source_string),
    FLAG("household", raw_exclude, household),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t source_exclude = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_exclude, exclude_fields),
};

static const cyaml_schema_field_t require_fields[] = {
    SEQUENCE("kinds", raw_require, kinds, kind_count, &source_string),
    STRING("when", OPTIONAL, raw_require, when),
    FLAG("household", raw_require, household),
    FLAG("warning", raw_require, warning),
    STRING("say", NEEDED, raw_require, say),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t source_require = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_require, require_fields),
};
