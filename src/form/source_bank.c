#include "form/source_bank.h"

#include "form/raw_bank.h"
#include "form/source.h"

#define TEXT(key, flags, type, member)                                                             \
    CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), struct type, member, 0,              \
                           CYAML_UNLIMITED)
#define MAYBE CYAML_FLAG_OPTIONAL
#define ROWS(key, type, member, count, schema)                                                     \
    CYAML_FIELD_SEQUENCE_COUNT(key, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, struct type, member, \
                               count, schema, 0, SOURCE_SIZE_MAX)

static const cyaml_schema_value_t text_schema = {
    CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char *, 1, CYAML_UNLIMITED),
};
static const cyaml_schema_field_t field_fields[] = {
    TEXT("is", 0, raw_bank_field, is),
    TEXT("text", MAYBE, raw_bank_field, text),
    CYAML_FIELD_BOOL("empty", CYAML_FLAG_OPTIONAL, struct raw_bank_field, empty),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t field_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_bank_field, field_fields),
};
static const cyaml_schema_field_t example_fields[] = {
    ROWS("given", raw_bank_example, given, given_count, &text_schema),
    TEXT("line", MAYBE, raw_bank_example, line),
    TEXT("refused", MAYBE, raw_bank_example, refused),
    CYAML_FIELD_END,
};
static const cyaml_schema_value_t example_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct raw_bank_example, example_fields),
};
static const cyaml_schema_field_t bank_fields[] = {
    TEXT("id", 0, raw_bank, id),
    TEXT("title", 0, raw_bank, title),
    TEXT("file", MAYBE, raw_bank, file),
    TEXT("separator", 0, raw_bank, separator),
    TEXT("quote", MAYBE, raw_bank, quote),
    TEXT("header", MAYBE, raw_bank, header),
    TEXT("encoding", MAYBE, raw_bank, encoding),
    TEXT("blanks", MAYBE, raw_bank, blanks),
    CYAML_FIELD_BOOL("trailing", CYAML_FLAG_OPTIONAL, struct raw_bank, trailing),
    CYAML_FIELD_BOOL("crlf", CYAML_FLAG_OPTIONAL, struct raw_bank, crlf),
    CYAML_FIELD_INT("rows", CYAML_FLAG_OPTIONAL, struct raw_bank, rows),
    CYAML_FIELD_INT("least", CYAML_FLAG_OPTIONAL, struct raw_bank, least),
    ROWS("fields", raw_bank, fields, field_count, &field_schema),
    ROWS("examples", raw_bank, examples, example_count, &example_schema),
    CYAML_FIELD_END,
};

const cyaml_schema_value_t source_bank_schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct raw_bank, bank_fields),
};
