/**
 * `excludes` and `requires` of a programme file as libcyaml reads them (form/raw.h).
 */
#ifndef DOUDI_FORM_RAW_BESIDE_H
#define DOUDI_FORM_RAW_BESIDE_H

#include <stdbool.h>

struct raw_exclude {
    const char *kind, *when, *other, *keeps, *say, *back, *within;
    const char **same, **unless;
    unsigned same_count, unless_count;
    bool warning, follows, household;
};

struct raw_require {
    const char **kinds;
    unsigned kind_count;
    const char *when, *say;
    bool household, warning;
};

#endif
