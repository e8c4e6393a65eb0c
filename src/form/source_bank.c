/**
 * The schema of bank formats for libcyaml (form/bank.h).
 */
#include "form/raw_bank.h"
#include "form/source_schema.h"

static const cyaml_schema_field_t field_fields[] = {
    STRING("is", NEEDED, raw_bank_field, is),
    STRING("text", OPTIONAL, raw_bank_field, text),
    CYAML_FIELD_BOOL("empty", CYAML_FLAG_OPTIONAL, struct raw_bank_field, empty),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t field_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_bank_field, field_fields),
};
static const cyaml_schema_field_t example_fields[] = {
    SEQUENCE("given", raw_bank_example, given, given_count, &source_string),
    STRING("line", OPTIONAL, raw_bank_example, line),
    STRING("refused", OPTIONAL, raw_bank_example, refused),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t example_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_bank_example, example_fields),
};
static const cyaml_schema_field_t bank_fields[] = {
    STRING("id", NEEDED, raw_bank, id),
    STRING("title", NEEDED, raw_bank, title),
    STRING("file", OPTIONAL, raw_bank, file),
    STRING("separator", NEEDED, raw_bank, separator),
    STRING("quote", OPTIONAL, raw_bank, quote),
    STRING("header", OPTIONAL, raw_bank, header),
    STRING("encoding", OPTIONAL, raw_bank, encoding),
    STRING("blanks", OPTIONAL, raw_bank, blanks),
    CYAML_FIELD_BOOL("trailing", CYAML_FLAG_OPTIONAL, struct raw_bank, trailing),
    CYAML_FIELD_BOOL("crlf", CYAML_FLAG_OPTIONAL, struct raw_bank, crlf),
    CYAML_FIELD_BOOL("numbers_return", CYAML_FLAG_OPTIONAL, struct raw_bank, numbers_return),
    CYAML_FIELD_INT("rows", CYAML_FLAG_OPTIONAL, struct raw_bank, rows),
    CYAML_FIELD_INT("least", CYAML_FLAG_OPTIONAL, struct raw_bank, least),
    SEQUENCE("fields", raw_bank, fields, field_count, &field_schema),
    SEQUENCE("examples", raw_bank, examples, example_count, &example_schema),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t source_bank = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_bank, bank_fields),
};
