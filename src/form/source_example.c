/*
 * The keys of `examples:`.
 */
#include "form/example.h"
#include "form/source_schema.h"

static const cyaml_strval_t expect_words[] = {
    {"ok", FORM_EXPECT_OK},
    {"refused", FORM_EXPECT_REFUSED},
    {"owed", FORM_EXPECT_OWED},
    {"not_owed", FORM_EXPECT_NOT_OWED},
    {"counted", FORM_EXPECT_COUNTED},
    {"not_counted", FORM_EXPECT_NOT_COUNTED},
    {"alarm", FORM_EXPECT_ALARM},
    {"no_alarm", FORM_EXPECT_NO_ALARM},
    {"amount", FORM_EXPECT_AMOUNT},
    {"no_amount", FORM_EXPECT_NO_AMOUNT},
    {"dated", FORM_EXPECT_DATED},
    {"not_dated", FORM_EXPECT_NOT_DATED},
    {"excluded", FORM_EXPECT_EXCLUDED},
    {"together", FORM_EXPECT_TOGETHER},
    {"lacking", FORM_EXPECT_LACKING},
    {"not_lacking", FORM_EXPECT_NOT_LACKING},
    {"limited", FORM_EXPECT_LIMITED},
    {"within", FORM_EXPECT_WITHIN},
    {"unmet", FORM_EXPECT_UNMET},
    {"met", FORM_EXPECT_MET},
};

static const cyaml_schema_field_t example_fields[] = {
    SEQUENCE("given", raw_example, given, given_count, &source_string),
    STRING("today", OPTIONAL, raw_example, today),
    STRING("since", OPTIONAL, raw_example, since),
    STRING("month", OPTIONAL, raw_example, month),
    STRING("say", OPTIONAL, raw_example, say),
    SEQUENCE("standards", raw_example, standards, standard_count, &source_string),
    SEQUENCE("others", raw_example, others, other_count, &source_string),
    SEQUENCE("gives", raw_example, gives, give_count, &source_string),
    CYAML_FIELD_ENUM("expect", CYAML_FLAG_STRICT, struct raw_example, expect, expect_words,
                     CYAML_ARRAY_LEN(expect_words)),
    CYAML_FIELD_END,
};
const cyaml_schema_value_t source_example = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_example, example_fields),
};
