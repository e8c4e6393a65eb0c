/**
 * forms/banks/NAME.yaml as libcyaml reads it: one member for each key, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_BANK_H
#define DOUDI_FORM_RAW_BANK_H

#include <stdbool.h>

struct raw_bank_field {
    const char *is, *text;
    bool empty;
};

struct raw_bank_example {
    const char **given;
    unsigned given_count;
    const char *line, *refused;
};

struct raw_bank {
    const char *id, *title, *file, *separator, *quote, *header, *encoding, *blanks;
    bool trailing, crlf, numbers_return;
    int rows, least;
    struct raw_bank_field *fields;
    unsigned field_count;
    struct raw_bank_example *examples;
    unsigned example_count;
};

#endif
