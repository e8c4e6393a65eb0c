#include "form/raw_rules.h"

#include "form/indicators.h"
#include "form/programme.h"
#include "form/source.h"

#define TEXT(key, flags, type, member)                                                             \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), struct type, member, 0,              \
                           CYAML_UNLIMITED)
#define LIST(key, type, member, count, schema)                                                     \
    CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct type, member, \
                               count, schema, 0, SOURCE_SIZE_MAX)

static const cyaml_schema_value_t text_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};

static const cyaml_schema_field_t need_fields[] = {
    TEXT("kind", 0, raw_need, kind),
    TEXT("title", 0, raw_need, title),
    LIST("fields", raw_need, fields, field_count, &text_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t need_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_need, need_fields),
};

static const cyaml_strval_t expect_words[] = {{"none", 0}, {"lead", 1}};
static const cyaml_strval_t subject_words[] = {
    {"person", FORM_PERSON},
    {"household", FORM_HOUSEHOLD},
};

static const cyaml_schema_field_t example_fields[] = {
    LIST("given", raw_rule_example, given, given_count, &text_schema),
    TEXT("today", CYAML_FLAG_OPTIONAL, raw_rule_example, today),
    CYAML_FIELD_ENUM("expect", CYAML_FLAG_STRICT, struct raw_rule_example, expect, expect_words,
                     CYAML_ARRAY_LEN(expect_words)),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t example_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_rule_example, example_fields),
};

static const cyaml_schema_field_t rule_fields[] = {
    TEXT("id", 0, raw_rule, id),
    TEXT("title", 0, raw_rule, title),
    TEXT("source", 0, raw_rule, source),
    CYAML_FIELD_ENUM("subject", CYAML_FLAG_STRICT, struct raw_rule, subject, subject_words,
                     CYAML_ARRAY_LEN(subject_words)),
    TEXT("about", CYAML_FLAG_OPTIONAL, raw_rule, about),
    TEXT("when", 0, raw_rule, when),
    TEXT("todo", 0, raw_rule, todo),
    LIST("show", raw_rule, show, show_count, &text_schema),
    LIST("examples", raw_rule, examples, example_count, &example_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t rule_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_rule, rule_fields),
};

static const cyaml_strval_t standing_words[] = {
    {"out", INDICATOR_OUT},
    {"met", INDICATOR_MET},
    {"missing", INDICATOR_MISSING},
    {"unknown", INDICATOR_UNKNOWN},
    {"unknown_among", INDICATOR_UNKNOWN_AMONG},
};

static const cyaml_schema_field_t standing_fields[] = {
    LIST("given", raw_rule_example, given, given_count, &text_schema),
    TEXT("today", CYAML_FLAG_OPTIONAL, raw_rule_example, today),
    CYAML_FIELD_ENUM("expect", CYAML_FLAG_STRICT, struct raw_rule_example, expect, standing_words,
                     CYAML_ARRAY_LEN(standing_words)),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t standing_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_rule_example, standing_fields),
};

static const cyaml_schema_field_t indicator_fields[] = {
    TEXT("id", 0, raw_indicator, id),
    TEXT("no", CYAML_FLAG_OPTIONAL, raw_indicator, no),
    TEXT("name", 0, raw_indicator, name),
    TEXT("unit", CYAML_FLAG_OPTIONAL, raw_indicator, unit),
    TEXT("base", CYAML_FLAG_OPTIONAL, raw_indicator, base),
    TEXT("target", CYAML_FLAG_OPTIONAL, raw_indicator, target),
    TEXT("source", 0, raw_indicator, source),
    TEXT("figure", CYAML_FLAG_OPTIONAL, raw_indicator, figure),
    CYAML_FIELD_ENUM("subject", CYAML_FLAG_STRICT | CYAML_FLAG_OPTIONAL, struct raw_indicator,
                     subject, subject_words, CYAML_ARRAY_LEN(subject_words)),
    TEXT("among", CYAML_FLAG_OPTIONAL, raw_indicator, among),
    TEXT("met", CYAML_FLAG_OPTIONAL, raw_indicator, met),
    TEXT("unknown", CYAML_FLAG_OPTIONAL, raw_indicator, unknown),
    LIST("examples", raw_indicator, examples, example_count, &standing_schema),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t indicator_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_indicator, indicator_fields),
};

static const cyaml_schema_field_t rules_fields[] = {
    LIST("needs", raw_rules, needs, need_count, &need_schema),
    LIST("rules", raw_rules, items, item_count, &rule_schema),
    LIST("indicators", raw_rules, indicators, indicator_count, &indicator_schema),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t raw_rules_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_rules, rules_fields),
};
