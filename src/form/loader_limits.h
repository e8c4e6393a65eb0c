/**
 * `limits:` while a catalogue is built (form/loader.h).
 */
#ifndef DOUDI_FORM_LOADER_LIMITS_H
#define DOUDI_FORM_LOADER_LIMITS_H

#include "form/loader.h"

enum result loader_make_limits(struct forms *forms, struct form_builder *builder);
/** Runs an example of limits; passes over others. */
enum result loader_check_limits(struct forms *forms, const struct form_builder *builder,
                                const char *where, const struct fields *values,
                                const struct form_example *example, day_t today);

#endif
