/**
 * Where the parts of a form come from, while it is being built (form/loader.h).
 *
 * Threads: one loads a catalogue.
 */
#ifndef DOUDI_FORM_ORIGINS_H
#define DOUDI_FORM_ORIGINS_H

#include "form/raw.h"
#include "form/source.h"

struct field_set;

/** Of a field. */
struct origin {
    const struct raw_field *raw;
    const struct source *source;
    const char *where;         /**< path in the source */
    struct field_set *columns; /**< lists */
};

/** A check before it is compiled. */
struct check_origin {
    const struct raw_check *raw;
    const struct source *source;
    const char *where;
    const char *list;   /**< run for each row of this list, "" = once */
    const char *prefix; /**< before its fields' names: "person." or "" */
};

/** A date that matters before it is compiled. */
struct date_origin {
    const struct raw_date *raw;
    const struct source *source;
    const char *where;
    const char *list; /**< as of a check */
};

#endif
