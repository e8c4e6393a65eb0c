/*
 * Finds the village that a row names.
 */
#include "service/import/import.h"
#include "service/import/import_entry.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/memory/cache.h"
#include "service/memory/state.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

/** A village with its full name and shorter ones. */
struct village {
    const char *code; /**< borrowed from the service's divisions */
    const char *name;
    char *names[3]; /**< the most exact first */
};

/** The meaning found for the place texts of a row. */
struct meaning {
    char *key; /**< the texts */
    const struct village *village;
    char *fault; /**< why no village was found, NULL if one was */
    char *group; /**< 3组 behind the village's name, or NULL */
};

struct import_places {
    const struct service *service;
    size_t count, capacity;
    struct village *villages;
    void *meanings; /**< a tree of `struct meaning` (tsearch) */
};

// ---- names

/** Names of village offices that rows write instead of the village. */
static const char *const offices[] = {"村民委员会", "居民委员会", "社区居委会", "社区居民委员会",
                                      "村委会",     "居委会",     "委员会",     "社区服务中心"};
/** The ending that replaces each office. */
static const char *const kept[] = {"村", "社区", "社区", "社区", "村", "社区", "", "社区"};
static const char *const kinds[] = {"社区", "街道", "地区", "村", "镇",    "乡",
                                    "区",   "县",   "市",   "省", "自治县"};

char *import_place_office(const char *name)
{
    size_t best = sizeof offices / sizeof offices[0];

    for (size_t i = 0; i < sizeof offices / sizeof offices[0]; i++)
        if (text_ends(name, offices[i]) && (best == sizeof offices / sizeof offices[0] ||
                                            strlen(offices[i]) > strlen(offices[best])))
            best = i;
    if (best == sizeof offices / sizeof offices[0])
        return mem_copy(name);
    char *rest = mem_copy_bytes(name, strlen(name) - strlen(offices[best]));
    char *whole =
        text_ends(rest, kept[best]) ? mem_copy(rest) : mem_printf("%s%s", rest, kept[best]);
    free(rest);
    return whole;
}

/** 大亮村 as 大亮. */
static char *without_kind(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (text_ends(name, kinds[i]) && text_length(name) > text_length(kinds[i]) + 1)
            return mem_copy_bytes(name, strlen(name) - strlen(kinds[i]));
    return mem_copy(name);
}

static void add_village(struct import_places *places, const Rec__Area *area)
{
    mem_grow((void **)&places->villages, places->count, &places->capacity,
             sizeof *places->villages);
    struct village *village = &places->villages[places->count++];
    *village = (struct village){.code = area->code, .name = area->name};
    village->names[0] = mem_copy(area->name);
    village->names[1] = import_place_office(area->name);
    village->names[2] = without_kind(village->names[1]);
}

struct import_places *import_places_new(const struct service *service, const char *area)
{
    struct import_places *places = mem_new(sizeof *places);
    const Rec__Area *found;

    places->service = service;
    for (size_t i = 0; (found = cache_area_at(service->cache, i)) != NULL; i++)
        if (area_level(found->code) == AREA_VILLAGE && cache_area_lives(found) &&
            area_contains(area, found->code))
            add_village(places, found);
    return places;
}

static void meaning_free(void *item)
{
    struct meaning *meaning = item;

    free(meaning->key);
    free(meaning->fault);
    free(meaning->group);
    free(meaning);
}

void import_places_free(struct import_places **places)
{
    struct import_places *old = *places;

    if (old == NULL)
        return;
    tdestroy(old->meanings, meaning_free);
    for (size_t i = 0; i < old->count; i++)
        for (size_t k = 0; k < sizeof old->villages[i].names / sizeof(char *); k++)
            free(old->villages[i].names[k]);
    free(old->villages);
    free(old);
    *places = NULL;
}

// ---- divisions before a village's name

/** Cuts the name of a division, with or without its kind (市, 区, …), from the end of the text. */
static bool cut_division(char *text, const char *name)
{
    char *shorter = without_kind(name);
    const char *const names[] = {name, shorter};
    bool cut = false;

    for (size_t i = 0; i < 2 && !cut; i++) {
        size_t length = strlen(text);
        size_t end = strlen(names[i]);
        cut = end > 0 && length >= end && strcmp(text + length - end, names[i]) == 0;
        if (cut)
            text[length - end] = '\0';
    }
    free(shorter);
    return cut;
}

/** True if the text consists of divisions around the village only: 盘锦市双台子区胜利街道. */
static bool is_around(const struct import_places *places, const struct village *village,
                      const char *text)
{
    static const char *const seats[] = {"办事处", "人民政府", "街道办", "政府"};
    char *rest = mem_copy(text);
    char code[AREA_TEXT];

    for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++)
        if (text_ends(rest, seats[i]))
            rest[strlen(rest) - strlen(seats[i])] = '\0';
    for (int level = AREA_STREET; level >= AREA_PROVINCE && *rest != '\0'; level--) {
        area_ancestor(village->code, (enum area_level)level, code);
        (void)cut_division(rest, service_area_name(places->service, code));
    }
    bool around = *rest == '\0';
    free(rest);
    return around;
}

/** 旌旗村3组 as 旌旗村; *ret_group is 3组. */
static char *without_group(const char *text, char **ret_group)
{
    static const char *const ends[] = {"村民小组", "居民小组", "小组", "组"};
    static const char *const numerals[] = {"第", "一", "二", "三", "四", "五", "六",
                                           "七", "八", "九", "十", "0",  "1",  "2",
                                           "3",  "4",  "5",  "6",  "7",  "8",  "9"};
    char *rest = mem_copy(text);
    bool number = false;

    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && strcmp(rest, text) == 0; i++)
        if (text_ends(rest, ends[i]))
            rest[strlen(rest) - strlen(ends[i])] = '\0';
    bool more = strcmp(rest, text) != 0;
    while (more) {
        more = false;
        for (size_t i = 0; i < sizeof numerals / sizeof numerals[0]; i++) {
            if (!text_ends(rest, numerals[i]))
                continue;
            rest[strlen(rest) - strlen(numerals[i])] = '\0';
            more = number = true;
        }
    }
    if (!number) {
        free(rest);
        return mem_copy(text);
    }
    *ret_group = mem_copy(text + strlen(rest));
    return rest;
}

// ---- finding a village

struct candidates {
    size_t count;
    const struct village *first;
    struct str names; /**< for the message */
};

static void add_candidate(const struct import_places *places, const struct village *village,
                          struct candidates *candidates)
{
    enum { SHOWN = 6 };
    char street[AREA_TEXT];

    if (candidates->count++ == 0)
        candidates->first = village;
    area_ancestor(village->code, AREA_STREET, street);
    if (candidates->count <= SHOWN)
        str_printf(&candidates->names, "%s%s%s（%s）", candidates->count > 1 ? "、" : "",
                   service_area_name(places->service, street), village->name, village->code);
}

/** True if all streets and counties that the row names contain the village. */
static bool fits(const struct import_places *places, const struct village *village,
                 const char *const *around, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!is_around(places, village, around[i]))
            return false;
    return true;
}

/** Finds the villages with this name: the full name, else a shorter one. */
static void find_villages(const struct import_places *places, const char *text,
                          const char *const *around, size_t count, struct candidates *candidates)
{
    for (size_t rank = 0; rank < 3 && candidates->count == 0; rank++) {
        for (size_t i = 0; i < places->count; i++) {
            const struct village *village = &places->villages[i];
            const char *name = village->names[rank];
            size_t length = strlen(text);
            if (length < strlen(name) || strcmp(text + length - strlen(name), name) != 0)
                continue;
            char *before = mem_copy_bytes(text, length - strlen(name));
            if (is_around(places, village, before) && fits(places, village, around, count))
                add_candidate(places, village, candidates);
            free(before);
        }
    }
}

/** The place texts of a row: the village's, and those of streets and counties. */
struct where {
    const char *village;
    size_t around_count;
    const char **around;
};

static void find_meaning(const struct import_places *places, const struct where *where,
                         struct meaning *meaning)
{
    struct candidates candidates = {0};
    struct candidates anywhere = {0};
    char *office = import_place_office(where->village);
    char *text = without_group(office, &meaning->group);

    find_villages(places, text, where->around, where->around_count, &candidates);
    if (candidates.count == 0 && where->around_count > 0)
        find_villages(places, text, NULL, 0, &anywhere);
    if (candidates.count == 1)
        meaning->village = candidates.first;
    else if (candidates.count > 1)
        meaning->fault = mem_printf("有%zu个村或社区叫“%s”：%s，请写明街道，或填12位区划代码",
                                    candidates.count, where->village, str_text(&candidates.names));
    else if (anywhere.count > 0)
        meaning->fault = mem_printf("“%s”在%s，与这一行写的街道不一致，请核对", where->village,
                                    str_text(&anywhere.names));
    else
        meaning->fault =
            mem_printf("您的辖区里没有叫“%s”的村或社区，请核对，或填12位区划代码", where->village);
    str_free(&candidates.names);
    str_free(&anywhere.names);
    free(office);
    free(text);
}

static int compare_meanings(const void *a, const void *b)
{
    return strcmp(((const struct meaning *)a)->key, ((const struct meaning *)b)->key);
}

/** Rows repeat the same villages: each text is looked up once. */
static const struct meaning *meaning_of(struct import_places *places, const struct where *where)
{
    struct str key = {0};

    str_add(&key, where->village);
    for (size_t i = 0; i < where->around_count; i++)
        str_printf(&key, "\n%s", where->around[i]);
    struct meaning wanted = {.key = (char *)(uintptr_t)str_text(&key)};
    struct meaning **found = tfind(&wanted, &places->meanings, compare_meanings);
    if (found == NULL) {
        struct meaning *meaning = mem_new(sizeof *meaning);
        meaning->key = mem_copy(str_text(&key));
        find_meaning(places, where, meaning);
        found = tsearch(meaning, &places->meanings, compare_meanings);
    }
    str_free(&key);
    return *found;
}

// ---- a row

/** Collects the texts of a row's place columns; the caller frees each text and the array. */
static size_t collect_around(const struct import_entry *entry, size_t line, char ***ret_texts)
{
    const struct import_columns *columns = &entry->plan->columns;
    char **texts = mem_array(columns->count + 1, sizeof *texts);
    size_t count = 0;

    for (size_t i = 0; i < columns->count; i++) {
        if (columns->items[i].owner != IMPORT_PLACE)
            continue;
        char *text =
            text_clean_code(import_cell(columns, &entry->unit->lines[line], &columns->items[i]));
        if (import_is_blank(entry->plan->forms, NULL, text))
            free(text);
        else
            texts[count++] = text;
    }
    *ret_texts = texts;
    return count;
}

/** Replaces the village's name by its code. */
static void take_village(struct import_entry *entry, size_t line,
                         const struct import_column *column, struct import_value *value)
{
    char **around = NULL;
    char *text = text_clean_code(value->text);
    struct where where = {.village = text};

    where.around_count = collect_around(entry, line, &around);
    where.around = (const char **)around;
    const struct meaning *meaning = meaning_of(entry->plan->places, &where);
    if (meaning->fault != NULL) {
        import_fault(entry, line, column, value->text, "%s", meaning->fault);
    } else {
        free(value->text);
        value->text = mem_copy(meaning->village->code);
        bool whole = import_is_household(entry->plan) && column->owner == IMPORT_RECORD;
        value->extra = meaning->group != NULL && !whole
                           ? mem_printf("%s%s", meaning->village->name, meaning->group)
                           : NULL;
        value->extra_field = column->owner == IMPORT_RECORD ? "person.address" : "address";
    }
    for (size_t i = 0; i < where.around_count; i++)
        free(around[i]);
    free(around);
    free(text);
}

static void read_one(struct import_entry *entry, size_t line, const struct import_column *column,
                     struct import_value *value)
{
    value->text =
        text_clean_cell(import_cell(&entry->plan->columns, &entry->unit->lines[line], column));
    char *code = text_clean_code(value->text);
    if (import_is_blank(entry->plan->forms, NULL, code)) {
        free(value->text);
        value->text = mem_copy("");
    } else if (!text_is_digits(code) && !text_is_scientific(code) && *code != '#') {
        take_village(entry, line, column, value);
    }
    free(code);
}

/** True if a text may mean the village of a code. */
static bool can_mean(const struct import_places *places, const char *code, const char *text)
{
    struct candidates candidates = {0};
    char *group = NULL;
    char *office = import_place_office(text);
    char *bare = without_group(office, &group);
    bool found = strcmp(text, code) == 0;

    for (size_t i = 0; i < places->count && !found; i++) {
        const struct import_places only = {
            .service = places->service, .count = 1, .villages = &places->villages[i]};
        if (strcmp(places->villages[i].code, code) != 0)
            continue;
        find_villages(&only, bare, NULL, 0, &candidates);
        found = candidates.count > 0;
    }
    str_free(&candidates.names);
    free(group);
    free(office);
    free(bare);
    return found;
}

/** One column may have the code and another the name: both must mean the same village. */
static void compare_village(struct import_entry *entry, size_t line,
                            const struct import_column *column, const char *code)
{
    const struct import_places *places = entry->plan->places;
    char *text =
        text_clean_code(import_cell(&entry->plan->columns, &entry->unit->lines[line], column));

    const char *name = service_area_name(places->service, code);
    if (!import_is_blank(entry->plan->forms, NULL, text) && !can_mean(places, code, text))
        import_fault(entry, line, column, text, "区划代码是%s，“%s”写的是另一个村或社区，请核对",
                     *name != '\0' ? name : code, column->heading);
    free(text);
}

static bool is_same_field(const struct import_columns *columns, const struct import_column *a,
                          const struct import_column *b)
{
    return b->field != NULL && &columns->items[b->twin] == a;
}

/** The column with a code, because a code is never ambiguous; else the first. */
static const struct import_column *surest_column(const struct import_entry *entry, size_t line,
                                                 const struct import_column *column)
{
    const struct import_columns *columns = &entry->plan->columns;

    for (size_t i = 0; i < columns->count; i++) {
        char *code =
            text_clean_code(import_cell(columns, &entry->unit->lines[line], &columns->items[i]));
        bool found = is_same_field(columns, column, &columns->items[i]) && text_is_digits(code);
        free(code);
        if (found)
            return &columns->items[i];
    }
    return column;
}

void import_place_read(struct import_entry *entry, size_t line, const struct import_column *column,
                       struct import_value *ret_value)
{
    const struct import_columns *columns = &entry->plan->columns;
    const struct import_column *first = surest_column(entry, line, column);

    read_one(entry, line, first, ret_value);
    for (size_t i = 0; i < columns->count; i++) {
        const struct import_column *other = &columns->items[i];
        if (other == first || !is_same_field(columns, column, other))
            continue;
        if (*ret_value->text != '\0') {
            compare_village(entry, line, other, ret_value->text);
            continue;
        }
        import_value_free(ret_value);
        read_one(entry, line, other, ret_value);
    }
}
