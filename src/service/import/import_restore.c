#include "service/import/import_restore.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/import/import_unit.h"
#include "service/ledger/counted.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void import_restore_take(struct import_restore *restore, const char *name, const char *old,
                         const char *new)
{
    char *field = NULL;

    if (!text_starts(name, IMPORT_CHANGED_PERSON))
        return;
    uint64_t person = strtoull(name + strlen(IMPORT_CHANGED_PERSON), &field, 10);
    if (person == 0 || *field != ':')
        return;
    mem_grow((void **)&restore->items, restore->count, &restore->capacity, sizeof *restore->items);
    restore->items[restore->count++] = (struct import_changed){
        .person = person,
        .field = mem_copy(field + 1),
        .old = mem_copy(old),
        .new = mem_copy(new),
    };
}

void import_restore_free(struct import_restore *restore)
{
    for (size_t i = 0; i < restore->count; i++) {
        free(restore->items[i].field);
        free(restore->items[i].old);
        free(restore->items[i].new);
    }
    free(restore->items);
    *restore = (struct import_restore){0};
}

static const char *label_of(const struct usecase *usecase, const char *id)
{
    const struct form *person = forms_get(service_forms(usecase->service), "person");
    const struct form_field *field = person != NULL ? form_field(person, id) : NULL;

    return field != NULL ? field->label : id;
}

static void say_left(const struct usecase *usecase, const struct import_changed *changed,
                     const char *name, struct sheet *left)
{
    size_t row = sheet_add_row(left);

    sheet_set(left, row, "name", name);
    sheet_set(left, row, "label", label_of(usecase, changed->field));
    sheet_setf(left, row, "remark", "导入后又改过，没有恢复成“%s”", changed->old);
}

static enum result put_back(struct usecase *usecase, const struct import_changed *changed,
                            Rec__Person *person)
{
    char *name = mem_printf("restored:%" PRIu64 ":%s", person->id, changed->field);

    record_person_set(person, changed->field, changed->old);
    person->version++;
    person->at = usecase->now;
    record_set(&person->by, usecase->caller->officer);
    event_add_change(usecase, name, changed->new, changed->old);
    free(name);
    return counted_person_put(usecase, person, false);
}

enum result import_restore_person(struct usecase *usecase, const struct import_restore *restore,
                                  size_t nth, struct sheet *left, uint64_t *restored)
{
    const struct import_changed *changed = &restore->items[restore->count - 1 - nth];
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, changed->person, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    char *now = record_person_value(person, changed->field);
    if (strcmp(now, changed->new) == 0) {
        result = put_back(usecase, changed, person);
        *restored += 1;
    } else {
        say_left(usecase, changed, person->name, left);
    }
    free(now);
    rec__person__free_unpacked(person, NULL);
    return result;
}
