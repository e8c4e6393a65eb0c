/*
 * The maps from headings to fields: the importer's own, and those that the office keeps.
 */
#include "service/import/import_unit.h"

#include "base/heading.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/frame/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void add(struct import_map *map, const char *heading, const char *field, const char *source)
{
    mem_grow((void **)&map->items, map->count, &map->capacity, sizeof *map->items);
    map->items[map->count++] = (struct import_mapping){
        .heading = heading_clean(heading),
        .field = mem_copy(field),
        .source = mem_copy(source),
    };
}

void import_map_free(struct import_map *map)
{
    for (size_t i = 0; i < map->count; i++) {
        free(map->items[i].heading);
        free(map->items[i].field);
        free(map->items[i].source);
    }
    free(map->items);
    *map = (struct import_map){0};
}

const struct import_mapping *import_map_find(const struct import_map *map, const char *heading)
{
    const struct import_mapping *found = NULL;
    char *clean = heading_clean(heading);

    for (size_t i = 0; i < map->count && found == NULL && *clean != '\0'; i++)
        if (strcmp(map->items[i].heading, clean) == 0)
            found = &map->items[i];
    free(clean);
    return found;
}

// ---- the importer's map

/** The full name of a field, from its id, label or any known heading; new string, NULL if there is
 *  none. */
static char *find_name(const struct forms *forms, const struct form *form, const char *called)
{
    static const char *const prefixes[] = {
        [IMPORT_MEMBER] = "members.", [IMPORT_HEAD] = "head.", [IMPORT_CHECKED] = ""};
    struct import_column column = {.name = ""};
    char *clean = heading_clean(called);
    bool found = import_column_set(forms, form, called, &column) ||
                 import_heading_find(forms, form, clean, &column);

    free(clean);
    if (!found || column.field == NULL)
        return NULL;
    const char *prefix =
        column.owner == IMPORT_MEMBER || column.owner == IMPORT_HEAD ? prefixes[column.owner] : "";
    return mem_printf("%s%s", prefix, column.name);
}

enum result import_map_take(const struct forms *forms, const struct form *form,
                            const struct import_options *options, struct import_map *map,
                            struct reply *reply)
{
    for (size_t i = 0; i < options->map_count; i++) {
        const struct field *item = &options->map[i];
        char *name = *item->value != '\0' ? find_name(forms, form, item->value) : mem_copy("");
        if (name == NULL)
            return reply_say(reply, RESULT_USAGE, "没有“%s”这一项，请用表单上的名称，如“联系电话”",
                             item->value);
        add(map, item->name, name, "");
        free(name);
    }
    return RESULT_OK;
}

// ---- the office's maps

struct keeping {
    const char *kind, *name;
    struct import_map *map;
};

/** The officers of a street share their maps, also with its villages; above the street, those of a
 *  division do. */
static void office_of(const struct caller *caller, char office[AREA_TEXT])
{
    area_ancestor(caller->area, AREA_STREET, office);
    if (*office == '\0')
        snprintf(office, AREA_TEXT, "%s", caller->area);
}

static enum result add_kept(const Rec__HeadingMap *kept, void *arg)
{
    for (size_t i = 0; i < kept->n_fields; i++)
        add(arg, kept->fields[i]->name, kept->fields[i]->value, kept->name);
    return RESULT_OK;
}

static enum result load_body(struct usecase *usecase, void *arg)
{
    struct keeping *keeping = arg;
    struct import_map kept = {0};
    char office[AREA_TEXT];

    office_of(usecase->caller, office);
    enum result result =
        store_heading_map_scan(usecase->txn, office, keeping->kind, add_kept, &kept);
    for (size_t i = 0; i < kept.count && result == 0; i++)
        add(keeping->map, kept.items[i].heading, kept.items[i].field, kept.items[i].source);
    import_map_free(&kept);
    return result;
}

enum result import_map_load(struct service *service, const struct caller *caller, const char *kind,
                            struct import_map *map, struct reply *reply)
{
    struct keeping keeping = {.kind = kind, .map = map};

    return usecase_read(service, caller, ACTION_IMPORT, NULL, load_body, &keeping, reply);
}

static enum result save_body(struct usecase *usecase, void *arg)
{
    const struct keeping *keeping = arg;
    const struct import_map *map = keeping->map;
    Rec__HeadingMap kept = REC__HEADING_MAP__INIT;
    Rec__Field *fields = mem_array(map->count + 1, sizeof *fields);
    Rec__Field **places = mem_array(map->count + 1, sizeof *places);
    char office[AREA_TEXT];

    office_of(usecase->caller, office);
    kept.area = office;
    kept.kind = (char *)(uintptr_t)keeping->kind;
    kept.name = (char *)(uintptr_t)keeping->name;
    kept.by = (char *)(uintptr_t)usecase->caller->officer;
    kept.at = usecase->now;
    kept.fields = places;
    event_name_record(usecase, office, "map:%s:%s", keeping->kind, keeping->name);
    for (size_t i = 0; i < map->count; i++) {
        if (*map->items[i].source != '\0')
            continue;
        rec__field__init(&fields[i]);
        fields[i].name = map->items[i].heading;
        fields[i].value = map->items[i].field;
        places[kept.n_fields++] = &fields[i];
        event_add_change(usecase, map->items[i].heading, "", map->items[i].field);
    }
    enum result result = store_heading_map_put(usecase->txn, &kept);
    free(places);
    free(fields);
    return result;
}

enum result import_map_save(struct service *service, const struct caller *caller, const char *kind,
                            const char *name, const struct import_map *map, struct reply *reply)
{
    enum { LONGEST = 40 };
    struct keeping keeping = {
        .kind = kind, .name = name, .map = (struct import_map *)(uintptr_t)map};

    if (text_length(name) > LONGEST || text_has_control(name))
        return reply_say(reply, RESULT_USAGE, "对照的名称最多%d个字，请写短些", LONGEST);
    return usecase_write(service, caller, ACTION_IMPORT, NULL, save_body, &keeping, reply);
}
