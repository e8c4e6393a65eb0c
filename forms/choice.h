/**
 * The field types that choose from a code table: one of it, several of it.
 *
 * Rows of the table of types (forms/type.h); a text is understood by label, standard's code or alias,
 * with the words around it that the table allows.
 */
#ifndef DOUDI_FORMS_CHOICE_H
#define DOUDI_FORMS_CHOICE_H

#include "forms/type.h"

enum result choice_parse(const struct form_field *field, const struct type_context *context,
                         const char *text, char **ret_value, char **ret_error);
enum result choice_parse_set(const struct form_field *field, const struct type_context *context,
                             const char *text, char **ret_value, char **ret_error);
char *choice_format_set(const struct form_field *field, const char *value);
/** In the order of the code table: 高 before 低, whatever the characters. */
int choice_compare(const struct form_field *field, const char *a, const char *b);
const char *const *choice_labels(const struct form_field *field, size_t *ret_count);

#endif
