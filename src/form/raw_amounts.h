/**
 * amounts.yaml as libcyaml reads it: one member for each key, as in form/raw.h.
 */
#ifndef DOUDI_FORM_RAW_AMOUNTS_H
#define DOUDI_FORM_RAW_AMOUNTS_H

struct raw_amount {
    const char *name;
    const char *area;
    const char *from;
    const char *yuan;
    const char *source;
};

struct raw_amounts {
    struct raw_amount *items;
    unsigned item_count;
};

#endif
