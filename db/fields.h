/**
 * Copies a record's own fields (Rec__Field) into a bag, and back.
 */
#ifndef DOUDI_DB_FIELDS_H
#define DOUDI_DB_FIELDS_H

#include "base/fields.h"
#include "db/record.pb-c.h"

/** Sets each field of the record in `to`. */
void store_fields_read(size_t count, Rec__Field *const *fields, struct fields *to);
/** New array for a record's `fields`; free with the record, or store_fields_free(). */
void store_fields_write(const struct fields *from, size_t *ret_count, Rec__Field ***ret_fields);
void store_fields_free(size_t count, Rec__Field **fields);

#endif
