/**
 * codes.yaml as libcyaml reads it (forms/raw.h).
 */
#ifndef DOUDI_FORMS_RAW_CODES_H
#define DOUDI_FORMS_RAW_CODES_H

struct raw_code {
    const char *code;
    const char *label;
    const char **aliases;
    unsigned alias_count;
};

struct raw_codes {
    const char *id;
    const char *also; /**< a table above whose items follow */
    struct raw_code *items;
    unsigned item_count;
};

struct raw_tables {
    struct raw_codes *codes;
    unsigned code_count;
};

#endif
