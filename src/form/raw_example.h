/**
 * A worked example of a programme file as libcyaml reads it, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_EXAMPLE_H
#define DOUDI_FORM_RAW_EXAMPLE_H

struct raw_example {
    const char **given;
    unsigned given_count;
    const char *today, *since, *month, *say;
    const char **standards; /**< of an amount: NAME = yuan or number */
    unsigned standard_count;
    const char **others; /**< KIND.WHAT = value, KIND.own.PART = value */
    unsigned other_count;
    const char **gives; /**< PART = yuan */
    unsigned give_count;
    int expect;
};

#endif
