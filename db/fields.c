#include "db/fields.h"

#include "base/mem.h"

#include <stdlib.h>

void store_fields_read(size_t count, Rec__Field *const *fields, struct fields *to)
{
    for (size_t i = 0; i < count; i++)
        fields_set(to, fields[i]->name, fields[i]->value);
}

void store_fields_write(const struct fields *from, size_t *ret_count, Rec__Field ***ret_fields)
{
    Rec__Field **list = from->count == 0 ? NULL : mem_array(from->count, sizeof *list);
    for (size_t i = 0; i < from->count; i++) {
        list[i] = mem_new(sizeof **list);
        rec__field__init(list[i]);
        list[i]->name = mem_copy(from->items[i].name);
        list[i]->value = mem_copy(from->items[i].value);
    }
    *ret_count = from->count;
    *ret_fields = list;
}

void store_fields_free(size_t count, Rec__Field **fields)
{
    for (size_t i = 0; i < count; i++)
        rec__field__free_unpacked(fields[i], NULL);
    free(fields);
}
