/**
 * codes.yaml as libcyaml reads it: one member for each key, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_CODES_H
#define DOUDI_FORM_RAW_CODES_H

struct raw_code {
    const char *code;
    const char *label;
    const char **aliases;
    unsigned alias_count;
};

struct raw_codes {
    const char *id;
    const char *also; /**< an earlier table whose items follow these */
    const char **before, **behind;
    unsigned before_count, behind_count;
    struct raw_code *items;
    unsigned item_count;
};

/** Headings of ledgers for columns that are no fields. */
struct raw_column {
    int is;
    const char **headers;
    unsigned header_count;
};

struct raw_ledgers {
    const char **blank;
    unsigned blank_count;
    struct raw_column *columns;
    unsigned column_count;
};

struct raw_tables {
    struct raw_codes *codes;
    unsigned code_count;
    struct raw_ledgers *ledgers;
};

#endif
