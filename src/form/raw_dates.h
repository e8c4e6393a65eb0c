/**
 * The `reviews` of a programme file as libcyaml reads them (form/raw.h).
 */
#ifndef DOUDI_FORM_RAW_DATES_H
#define DOUDI_FORM_RAW_DATES_H

#include <stdbool.h>

struct raw_date {
    const char *what, *on, *when, *list, *say, *undated;
    int years, months;
    bool stays;
};

#endif
