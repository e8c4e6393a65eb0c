#include "service/memory/cache.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/memory/standards.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The rules from a day on. */
struct rules_from {
    day_t from;
    struct duty_rules rules;
};

/** A division, with its code as a number: a board looks up a name for each row, and numbers are
 *  faster to search than texts. */
struct place {
    uint64_t code;
    Rec__Area *area;
};

struct snapshot {
    struct snapshot *older;
    const struct snapshot
        *counted; /**< the first one by which everybody is counted in the same places */
    size_t area_count, area_capacity;
    struct place *areas; /**< sorted by code, as in the store */
    size_t standard_count, standard_capacity;
    struct cache_standard *standards; /**< sorted by name */
    size_t rules_count;
    struct rules_from *rules; /**< sorted by day */
};

struct cache {
    _Atomic(struct snapshot *) current;
};

static const struct snapshot *current(const struct cache *cache)
{
    return atomic_load_explicit(&((struct cache *)cache)->current, memory_order_acquire);
}

static void snapshot_clear(struct snapshot *snapshot)
{
    for (size_t i = 0; i < snapshot->area_count; i++)
        rec__area__free_unpacked(snapshot->areas[i].area, NULL);
    for (size_t i = 0; i < snapshot->standard_count; i++)
        free(snapshot->standards[i].name);
    free(snapshot->areas);
    free(snapshot->standards);
    free(snapshot->rules);
    *snapshot = (struct snapshot){0};
}

static void snapshot_free(struct snapshot *snapshot)
{
    snapshot_clear(snapshot);
    free(snapshot);
}

struct cache *cache_new(void)
{
    struct cache *cache = mem_new(sizeof *cache);

    atomic_init(&cache->current, mem_new(sizeof(struct snapshot)));
    return cache;
}

void cache_free(struct cache **cache)
{
    if (*cache == NULL)
        return;
    for (struct snapshot *next, *snapshot = (*cache)->current; snapshot != NULL; snapshot = next) {
        next = snapshot->older;
        snapshot_free(snapshot);
    }
    free(*cache);
    *cache = NULL;
}

static void copy_former(const Rec__Area *area, Rec__Area *copy)
{
    copy->former = mem_array(area->n_former + 1, sizeof *copy->former);
    copy->n_former = area->n_former;
    for (size_t i = 0; i < area->n_former; i++) {
        Rec__FormerName *name = copy->former[i] = mem_new(sizeof *name);
        rec__former_name__init(name);
        name->name = mem_copy(area->former[i]->name);
        name->until = area->former[i]->until;
    }
}

static enum result add_area(const Rec__Area *area, void *arg)
{
    struct snapshot *snapshot = arg;
    Rec__Area *copy = mem_new(sizeof *copy);

    rec__area__init(copy);
    copy->code = mem_copy(area->code);
    copy->name = mem_copy(area->name);
    copy->parent = mem_copy(area->parent);
    copy->level = mem_copy(area->level);
    copy->from = area->from;
    copy->until = area->until;
    copy->successor = mem_copy(area->successor);
    copy->first_month = area->first_month;
    copy_former(area, copy);
    mem_grow((void **)&snapshot->areas, snapshot->area_count, &snapshot->area_capacity,
             sizeof *snapshot->areas);
    snapshot->areas[snapshot->area_count++] =
        (struct place){.code = strtoull(copy->code, NULL, 10), .area = copy};
    return RESULT_OK;
}

static enum result add_standard(const Rec__Standard *standard, void *arg)
{
    struct snapshot *snapshot = arg;
    struct cache_standard row = {.from = standard->from};

    if (text_to_int(standard->value, INT64_MIN, INT64_MAX, &row.value) != 0)
        return RESULT_OK; /* not a number: only people read it */
    row.name = mem_copy(standard->name);
    snprintf(row.area, sizeof row.area, "%s", standard->area);
    mem_grow((void **)&snapshot->standards, snapshot->standard_count, &snapshot->standard_capacity,
             sizeof row);
    snapshot->standards[snapshot->standard_count++] = row;
    return RESULT_OK;
}

static enum result scan_tables(struct txn *txn, void *arg)
{
    snapshot_clear(arg);
    enum result result = store_area_scan(txn, "", add_area, arg);

    return result != 0 ? result : store_standard_scan(txn, "", add_standard, arg);
}

/** The row in force, NULL if there is none. */
static const struct cache_standard *find_row(const struct snapshot *snapshot, const char *name,
                                             const char *area, day_t day)
{
    const struct cache_standard *best = NULL;

    for (size_t i = 0; i < snapshot->standard_count; i++) {
        const struct cache_standard *row = &snapshot->standards[i];
        if (row->from > day || strcmp(row->name, name) != 0 || !area_contains(row->area, area))
            continue;
        enum area_level level = area_level(row->area);
        enum area_level best_level = best != NULL ? area_level(best->area) : AREA_NONE;
        if (best == NULL || level > best_level || (level == best_level && row->from >= best->from))
            best = row;
    }
    return best;
}

static int64_t find_standard(const struct snapshot *snapshot, const char *name, const char *area,
                             day_t day, int64_t fallback)
{
    const struct cache_standard *row = find_row(snapshot, name, area, day);

    return row != NULL ? row->value : fallback;
}

static int rules_order(const void *a, const void *b)
{
    day_t x = ((const struct rules_from *)a)->from;
    day_t y = ((const struct rules_from *)b)->from;

    return (x > y) - (x < y);
}

static struct duty_rules rules_on(const struct snapshot *snapshot, day_t day)
{
    struct duty_rules rules = duty_rules_default();

    rules.entry_until =
        (int)find_standard(snapshot, STANDARD_ENTRY_UNTIL, "", day, rules.entry_until);
    rules.late_days = (int)find_standard(snapshot, STANDARD_LATE_DAYS, "", day, rules.late_days);
    rules.alarm_after =
        (int)find_standard(snapshot, STANDARD_ALARM_AFTER, "", day, rules.alarm_after);
    rules.close_on = (int)find_standard(snapshot, STANDARD_CLOSE_ON, "", day, rules.close_on);
    rules.excuse_days =
        (int)find_standard(snapshot, STANDARD_EXCUSE_DAYS, "", day, rules.excuse_days);
    rules.reopen_days =
        (int)find_standard(snapshot, STANDARD_REOPEN_DAYS, "", day, rules.reopen_days);
    return rules;
}

/** Makes the rules for every day on which a standard begins. */
static void build_rules(struct snapshot *snapshot)
{
    snapshot->rules = mem_array(snapshot->standard_count + 1, sizeof *snapshot->rules);
    snapshot->rules[0].rules = duty_rules_default();
    snapshot->rules_count = 1;
    for (size_t i = 0; i < snapshot->standard_count; i++) {
        day_t from = snapshot->standards[i].from;
        snapshot->rules[snapshot->rules_count++] =
            (struct rules_from){.from = from, .rules = rules_on(snapshot, from)};
    }
    qsort(snapshot->rules, snapshot->rules_count, sizeof *snapshot->rules, rules_order);
}

static bool same_area(const Rec__Area *a, const Rec__Area *b)
{
    return a->until == b->until && a->from == b->from && a->first_month == b->first_month &&
           strcmp(a->successor, b->successor) == 0 && strcmp(a->parent, b->parent) == 0;
}

/** True if divisions that were there are as they were; one that came and has not ended moves nobody. */
static bool same_areas(const struct snapshot *older, const struct snapshot *newer)
{
    size_t k = 0;

    for (size_t i = 0; i < newer->area_count; i++) {
        const struct place *place = &newer->areas[i];
        bool known = k < older->area_count && older->areas[k].code == place->code;
        if (known ? !same_area(older->areas[k].area, place->area) : place->area->until != 0)
            return false;
        k += known;
    }
    return k == older->area_count;
}

static bool same_standards(const struct snapshot *older, const struct snapshot *newer)
{
    bool same = older->standard_count == newer->standard_count;

    for (size_t i = 0; i < newer->standard_count && same; i++) {
        const struct cache_standard *a = &older->standards[i], *b = &newer->standards[i];
        same = a->from == b->from && a->value == b->value && strcmp(a->name, b->name) == 0 &&
               strcmp(a->area, b->area) == 0;
    }
    return same;
}

static enum result take_snapshot(struct cache *cache, struct snapshot *snapshot, enum result result)
{
    if (result != 0) {
        snapshot_free(snapshot);
        return result;
    }
    build_rules(snapshot);
    snapshot->older = cache->current;
    snapshot->counted =
        same_areas(snapshot->older, snapshot) && same_standards(snapshot->older, snapshot)
            ? snapshot->older->counted
            : snapshot;
    atomic_store_explicit(&cache->current, snapshot, memory_order_release);
    return RESULT_OK;
}

enum result cache_load(struct cache *cache, struct store *store)
{
    struct snapshot *snapshot = mem_new(sizeof *snapshot);

    return take_snapshot(cache, snapshot, store_run(store, STORE_READ, scan_tables, snapshot));
}

enum result cache_load_within(struct cache *cache, struct txn *txn)
{
    struct snapshot *snapshot = mem_new(sizeof *snapshot);

    return take_snapshot(cache, snapshot, scan_tables(txn, snapshot));
}

const void *cache_edition(const struct cache *cache)
{
    return current(cache);
}

const void *cache_counted(const struct cache *cache)
{
    return current(cache)->counted;
}

const Rec__Area *cache_area(const struct cache *cache, const char *code)
{
    const struct snapshot *snapshot = current(cache);
    uint64_t wanted = strtoull(code, NULL, 10);
    size_t low = 0;
    size_t high = snapshot->area_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (snapshot->areas[middle].code < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    const Rec__Area *found = low < snapshot->area_count ? snapshot->areas[low].area : NULL;
    return found != NULL && strcmp(found->code, code) == 0 ? found : NULL;
}

const Rec__Area *cache_area_at(const struct cache *cache, size_t index)
{
    const struct snapshot *snapshot = current(cache);

    return index < snapshot->area_count ? snapshot->areas[index].area : NULL;
}

bool cache_area_lives(const Rec__Area *area)
{
    return area->until == 0;
}

const char *cache_area_name_on(const Rec__Area *area, day_t day)
{
    for (size_t i = 0; i < area->n_former; i++)
        if (day < area->former[i]->until)
            return area->former[i]->name;
    return area->name;
}

const char *cache_area_present(const struct cache *cache, const char *code)
{
    const Rec__Area *area = cache_area(cache, code);

    /* A code is never used again, so there is no circle. */
    while (area != NULL && !cache_area_lives(area) && *area->successor != '\0') {
        code = area->successor;
        area = cache_area(cache, code);
    }
    return code;
}

int64_t cache_standard(const struct cache *cache, const char *name, const char *area, day_t day,
                       int64_t fallback)
{
    return find_standard(current(cache), name, area, day, fallback);
}

const struct cache_standard *cache_standard_row(const struct cache *cache, const char *name,
                                                const char *area, day_t day)
{
    return find_row(current(cache), name, area, day);
}

const struct cache_standard *cache_standard_at(const struct cache *cache, size_t index)
{
    const struct snapshot *snapshot = current(cache);

    return index < snapshot->standard_count ? &snapshot->standards[index] : NULL;
}

struct duty_rules cache_rules(const struct cache *cache, month_t month)
{
    const struct snapshot *snapshot = current(cache);
    day_t first = month_first(month);

    for (size_t i = snapshot->rules_count; i-- > 0;)
        if (snapshot->rules[i].from <= first)
            return snapshot->rules[i].rules;
    return duty_rules_default();
}
