/**
 * Field types that choose one or several codes from a table.
 *
 * These are rows of the table of types (form/type.h). A text may be a label, the standard's code or
 * an alias, with the extra words that the table allows around it.
 */
#ifndef DOUDI_FORM_CHOICE_H
#define DOUDI_FORM_CHOICE_H

#include "form/type.h"

enum result choice_parse(const struct form_field *field, const struct type_context *context,
                         const char *text, char **ret_value, char **ret_error);
enum result choice_parse_set(const struct form_field *field, const struct type_context *context,
                             const char *text, char **ret_value, char **ret_error);
char *choice_format_set(const struct form_field *field, const char *value);
/** In the order of the code table: 高 before 低. */
int choice_compare(const struct form_field *field, const char *a, const char *b);
const char *const *choice_labels(const struct form_field *field, size_t *ret_count);

#endif
