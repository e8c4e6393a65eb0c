/**
 * `limits:` of a programme file as libcyaml reads it (form/raw.h).
 */
#ifndef DOUDI_FORM_RAW_LIMITS_H
#define DOUDI_FORM_RAW_LIMITS_H

#include "form/raw_benefit.h"

struct raw_limit {
    const char *when, *field, *say;
    bool warning;
};

struct raw_limits {
    struct raw_standard *standards;
    unsigned standard_count;
    struct raw_limit *rules;
    unsigned rule_count;
};

#endif
