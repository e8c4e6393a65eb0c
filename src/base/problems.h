/**
 * Problems of some input, each at a field.
 *
 * Errors stop the action; warnings are shown and may be ignored. The words are Chinese, for the
 * officer, and say what to do.
 */
#ifndef DOUDI_BASE_PROBLEMS_H
#define DOUDI_BASE_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

struct problem {
    char *field; /**< field name as in struct fields, "" for the whole */
    char *value; /**< the bad value as entered, "" if none */
    char *text;
    bool warning;
};

struct problems {
    size_t count;
    size_t capacity;
    struct problem *items;
};

void problems_add(struct problems *problems, const char *field, const char *value,
                  const char *format, ...) __attribute__((format(printf, 4, 5)));
void problems_warn(struct problems *problems, const char *field, const char *value,
                   const char *format, ...) __attribute__((format(printf, 4, 5)));
/** True if at least one is an error. */
bool problems_any(const struct problems *problems);
/** The first error's text, or "". */
const char *problems_first(const struct problems *problems);
void problems_free(struct problems *problems);

#endif
