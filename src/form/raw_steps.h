/**
 * The section `steps` of a programme file as libcyaml reads it (HACKING.md explains the keys).
 */
#ifndef DOUDI_FORM_RAW_STEPS_H
#define DOUDI_FORM_RAW_STEPS_H

#include <stdbool.h>

struct raw_clock {
    int days;
    const char *unit, *since, *source;
};

struct raw_step {
    const char *id, *label, *when, *refuse, *begun, *done, *number, *first;
    const char **who, **back;
    unsigned who_count, back_count;
    struct raw_clock *clock;
    bool least, publish, amount, changes, complete, apart;
};

struct raw_step_example {
    const char *step, *began, *due;
    const char **pauses; /**< asked for, came, asked for, came … */
    unsigned pause_count;
    bool longer; /**< with the whole way's extension */
};

struct raw_notice {
    const char *basis, *remedy;
};

struct raw_steps {
    struct raw_clock *whole, *longer;
    struct raw_notice *notice;
    struct raw_step *flow;
    unsigned flow_count;
    struct raw_step_example *examples;
    unsigned example_count;
};

#endif
