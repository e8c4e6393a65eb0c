/**
 * `benefit:` of a programme file as libcyaml reads it: one member for each key, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_BENEFIT_H
#define DOUDI_FORM_RAW_BENEFIT_H

#include <stdbool.h>

struct raw_standard {
    const char *name, *each, *fallback, *source;
    bool optional;
};

struct raw_choice {
    const char *name, *when;
};

struct raw_line {
    const char *id, *part, *label, *rows, *when, *value;
    struct raw_choice *choices;
    unsigned choice_count;
};

struct raw_stated {
    const char *part, *value;
};

struct raw_benefit {
    const char *paid, *unpaid, *persons, *reason;
    struct raw_standard *standards;
    unsigned standard_count;
    struct raw_line *lines;
    unsigned line_count;
    struct raw_stated *stated;
    unsigned stated_count;
};

#endif
