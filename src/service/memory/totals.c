#include "service/memory/totals.h"

#include "base/mem.h"
#include "service/memory/cells.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { KINDS_MAX = 32 /* bits of a mask */ };

/**
 * The tables of a month: figures by village, their sums by street and by county, so that a board
 * reads about one cell for each row, and figures by village and officer.
 */
enum { COUNTIES, STREETS, VILLAGES, OFFICERS, TABLES };

static const struct {
    enum area_level level;
    size_t digits; /**< longest prefix for which the table has exact cells */
    bool officers;
} tables[TABLES] = {
    [COUNTIES] = {AREA_COUNTY, 6, false},
    [STREETS] = {AREA_STREET, 9, false},
    [VILLAGES] = {AREA_VILLAGE, 12, false},
    [OFFICERS] = {AREA_VILLAGE, 12, true},
};

struct month_totals {
    month_t month;
    struct cells tables[TABLES];
};

enum { MOVED = 256 };

struct totals {
    pthread_rwlock_t lock;
    size_t kind_count;
    char *kinds[KINDS_MAX];
    uint32_t rate_kinds;
    size_t month_count, month_capacity;
    struct month_totals **months;
    uint64_t moves;        /**< changes of duties since the start, from a number of its own */
    uint64_t moved[MOVED]; /**< the same by street, several in one where they meet */
};

// ---- areas

/** The division of this level around an area; the area itself if it is larger, because a case may
 *  belong to a county. */
static const char *area_at(const char *area, enum area_level level, char buffer[AREA_TEXT])
{
    area_ancestor(area, level, buffer);
    return *buffer != '\0' ? buffer : area;
}

/** The smallest table that has exact cells for the prefix and for the divisions of `level`. */
static int table_for(const char *prefix, enum area_level level)
{
    size_t length = strlen(prefix);
    int table = COUNTIES;

    while (table < VILLAGES && (tables[table].digits < length || tables[table].level < level))
        table++;
    return table;
}

// ---- months

static struct month_totals *month_find(const struct totals *totals, month_t month)
{
    for (size_t i = 0; i < totals->month_count; i++)
        if (totals->months[i]->month == month)
            return totals->months[i];
    return NULL;
}

static void month_free(struct month_totals *month)
{
    for (int i = 0; i < TABLES; i++)
        cells_free(&month->tables[i]);
    free(month);
}

/** Takes the month out of the list; NULL if the list does not have it. */
static struct month_totals *month_remove(struct totals *totals, month_t month)
{
    for (size_t i = 0; i < totals->month_count; i++) {
        struct month_totals *found = totals->months[i];
        if (found->month != month)
            continue;
        totals->months[i] = totals->months[--totals->month_count];
        return found;
    }
    return NULL;
}

/** Puts the month into the list; replaces an earlier one. */
static void month_insert(struct totals *totals, struct month_totals *month)
{
    struct month_totals *old = month_remove(totals, month->month);

    if (old != NULL)
        month_free(old);
    mem_grow((void **)&totals->months, totals->month_count, &totals->month_capacity,
             sizeof(struct month_totals *));
    totals->months[totals->month_count++] = month;
}

/** The number of a programme; a programme without a file gets a number too. */
static uint8_t kind_number(struct totals *totals, const char *kind)
{
    size_t i = 0;

    while (i < totals->kind_count && strcmp(totals->kinds[i], kind) != 0)
        i++;
    if (i == totals->kind_count && i < KINDS_MAX)
        totals->kinds[totals->kind_count++] = mem_copy(kind);
    return (uint8_t)(i < KINDS_MAX ? i : KINDS_MAX - 1);
}

enum result totals_check(const struct forms *forms, char **ret_message)
{
    size_t count = 0;

    while (forms_programme(forms, count) != NULL)
        count++;
    if (count <= KINDS_MAX)
        return RESULT_OK;
    *ret_message = mem_printf("业务有 %zu 项，最多 %d 项，请把不办的表单文件移出 forms 目录", count,
                              KINDS_MAX);
    return RESULT_INVALID;
}

struct totals *totals_new(const struct forms *forms)
{
    struct totals *totals = mem_new(sizeof *totals);
    const struct form *form;

    pthread_rwlock_init(&totals->lock, NULL);
    totals->moves = (uint64_t)time(NULL) << 32;
    for (size_t i = 0; i < MOVED; i++)
        totals->moved[i] = totals->moves;
    for (size_t i = 0; forms != NULL && (form = forms_programme(forms, i)) != NULL; i++) {
        uint8_t kind = kind_number(totals, form->kind);
        if (form->rate)
            totals->rate_kinds |= 1u << kind;
    }
    return totals;
}

void totals_free(struct totals **totals)
{
    if (*totals == NULL)
        return;
    for (size_t i = 0; i < (*totals)->month_count; i++)
        month_free((*totals)->months[i]);
    for (size_t i = 0; i < (*totals)->kind_count; i++)
        free((*totals)->kinds[i]);
    free((*totals)->months);
    pthread_rwlock_destroy(&(*totals)->lock);
    free(*totals);
    *totals = NULL;
}

bool totals_has(struct totals *totals, month_t month)
{
    pthread_rwlock_rdlock(&totals->lock);
    bool found = month_find(totals, month) != NULL;
    pthread_rwlock_unlock(&totals->lock);
    return found;
}

void totals_begin(struct totals *totals, month_t month)
{
    struct month_totals *fresh = mem_new(sizeof *fresh);

    fresh->month = month;
    pthread_rwlock_wrlock(&totals->lock);
    month_insert(totals, fresh);
    pthread_rwlock_unlock(&totals->lock);
}

month_t totals_any(struct totals *totals)
{
    pthread_rwlock_rdlock(&totals->lock);
    month_t month = totals->month_count > 0 ? totals->months[0]->month : 0;
    pthread_rwlock_unlock(&totals->lock);
    return month;
}

void totals_drop(struct totals *totals, month_t month)
{
    pthread_rwlock_wrlock(&totals->lock);
    struct month_totals *old = month_remove(totals, month);
    pthread_rwlock_unlock(&totals->lock);
    if (old != NULL)
        month_free(old);
}

/** Programmes without a file are numbered by appearance; renumber them. */
static void renumber(struct totals *totals, const struct totals *from, struct cells *cells)
{
    bool changed = false;

    for (size_t i = 0; i < cells->count; i++) {
        uint8_t kind = kind_number(totals, from->kinds[cells->items[i]->kind]);
        changed = changed || kind != cells->items[i]->kind;
        cells->items[i]->kind = kind;
    }
    if (changed)
        cells_sort(cells);
}

void totals_take(struct totals *totals, struct totals *from, month_t month)
{
    pthread_rwlock_wrlock(&totals->lock);
    struct month_totals *taken = month_remove(from, month);
    if (taken != NULL) {
        for (int i = 0; i < TABLES; i++)
            renumber(totals, from, &taken->tables[i]);
        month_insert(totals, taken);
    }
    pthread_rwlock_unlock(&totals->lock);
}

/** Adds figures to a loaded month; the lock is held. */
static void add_figures(struct totals *totals, const struct totals_key *key,
                        const struct figures *figures)
{
    struct month_totals *month = month_find(totals, key->month);

    if (month == NULL)
        return;
    uint8_t kind = kind_number(totals, key->kind);
    for (int i = 0; i < TABLES; i++) {
        char buffer[AREA_TEXT];
        const char *area = area_at(key->area, tables[i].level, buffer);
        cells_add(&month->tables[i], area, kind, tables[i].officers ? key->officer : "", figures);
    }
}

void totals_add(struct totals *totals, const struct totals_key *key, const struct figures *figures)
{
    pthread_rwlock_wrlock(&totals->lock);
    add_figures(totals, key, figures);
    pthread_rwlock_unlock(&totals->lock);
}

void totals_count(struct totals *totals, const struct totals_key *key, const struct duty_view *view,
                  int sign)
{
    struct figures figures = {0};

    figures_count(&figures, view, sign);
    totals_add(totals, key, &figures);
}

static bool is_in_street(const char *area)
{
    return area_level(area) >= AREA_STREET;
}

static size_t street_slot(const char *area)
{
    char street[AREA_TEXT];
    size_t hash = 0;

    area_ancestor(area, AREA_STREET, street);
    for (const char *at = street; *at != '\0'; at++)
        hash = hash * 31 + (unsigned char)*at;
    return hash % MOVED;
}

uint64_t totals_moves(struct totals *totals, const char *area)
{
    pthread_rwlock_rdlock(&totals->lock);
    uint64_t moves = is_in_street(area) ? totals->moved[street_slot(area)] : totals->moves;
    pthread_rwlock_unlock(&totals->lock);
    return moves;
}

uint64_t totals_moves_of(const struct delta *delta, const char *area)
{
    uint64_t moves = 0;

    if (!is_in_street(area))
        return delta->count;
    for (size_t i = 0; i < delta->count; i++)
        moves += street_slot(delta->changes[i].area) == street_slot(area);
    return moves;
}

void totals_apply(struct totals *totals, const struct delta *delta, const char *until)
{
    if (delta->count == 0)
        return;
    pthread_rwlock_wrlock(&totals->lock);
    for (size_t i = 0; i < delta->count; i++) {
        const struct ledger_change *change = &delta->changes[i];
        struct totals_key key = {change->month, change->area, change->kind, change->officer};
        totals->moves++;
        totals->moved[street_slot(change->area)]++;
        if (until == NULL || strcmp(change->area, until) <= 0)
            add_figures(totals, &key, &change->figures);
    }
    pthread_rwlock_unlock(&totals->lock);
}

// ---- questions

uint32_t totals_kinds(struct totals *totals, const char *kind)
{
    uint32_t mask = 0;

    pthread_rwlock_rdlock(&totals->lock);
    if (kind == NULL || *kind == '\0')
        mask = totals->rate_kinds;
    for (size_t i = 0; kind != NULL && i < totals->kind_count; i++)
        if (strcmp(totals->kinds[i], kind) == 0)
            mask = 1u << i;
    pthread_rwlock_unlock(&totals->lock);
    return mask;
}

bool totals_by_parse(const char *name, enum totals_by *ret_by)
{
    static const char *const names[] = {
        [TOTALS_BY_VILLAGE] = "village", [TOTALS_BY_STREET] = "street",
        [TOTALS_BY_COUNTY] = "county",   [TOTALS_BY_OFFICER] = "officer",
        [TOTALS_BY_KIND] = "kind",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0) {
            *ret_by = (enum totals_by)i;
            return true;
        }
    }
    return false;
}

struct summing {
    const char *officer; /**< NULL = everybody */
    struct figures figures;
};

static void sum_cell(const struct cell *cell, void *arg)
{
    struct summing *summing = arg;

    if (summing->officer == NULL || strcmp(cell->officer, summing->officer) == 0)
        figures_add(&summing->figures, &cell->figures);
}

bool totals_sum(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                struct figures *ret_figures)
{
    struct summing summing = {0};
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, month);
    if (found != NULL)
        cells_walk(&found->tables[table_for(prefix, AREA_NONE)], prefix, kinds, sum_cell, &summing);
    pthread_rwlock_unlock(&totals->lock);
    if (found != NULL)
        *ret_figures = summing.figures;
    return found != NULL;
}

bool totals_sum_officer(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                        const char *officer, struct figures *ret_figures)
{
    struct summing summing = {.officer = officer};
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, month);
    if (found != NULL)
        cells_walk(&found->tables[OFFICERS], prefix, kinds, sum_cell, &summing);
    pthread_rwlock_unlock(&totals->lock);
    if (found != NULL)
        *ret_figures = summing.figures;
    return found != NULL;
}

struct group {
    char *key;
    struct figures figures;
};

struct grouping {
    const struct totals *totals;
    const struct totals_ask *ask;
    bool sums; /**< each cell is already the sum of one group */
    size_t count, capacity;
    struct group *groups;
};

/** The level of a board's rows. */
static enum area_level level_of(enum totals_by by)
{
    static const enum area_level levels[] = {
        [TOTALS_BY_VILLAGE] = AREA_VILLAGE, [TOTALS_BY_STREET] = AREA_STREET,
        [TOTALS_BY_COUNTY] = AREA_COUNTY,   [TOTALS_BY_OFFICER] = AREA_NONE,
        [TOTALS_BY_KIND] = AREA_NONE,
    };

    return levels[by];
}

static const char *group_key(const struct grouping *grouping, const struct cell *cell,
                             char buffer[AREA_TEXT])
{
    const struct totals_ask *ask = grouping->ask;

    if (ask->by == TOTALS_BY_OFFICER)
        return ask->officer_key == NULL ? cell->officer
                                        : ask->officer_key(cell->area, cell->officer, ask->arg);
    if (ask->by == TOTALS_BY_KIND)
        return grouping->totals->kinds[cell->kind];
    return grouping->sums ? cell->area : area_at(cell->area, level_of(ask->by), buffer);
}

static void group_cell(const struct cell *cell, void *arg)
{
    struct grouping *grouping = arg;
    char buffer[AREA_TEXT];
    const char *key = group_key(grouping, cell, buffer);
    size_t low = 0;

    for (size_t high = grouping->count; low < high;) {
        /* Areas come in order: try the last group first. */
        size_t middle = high == grouping->count ? high - 1 : low + (high - low) / 2;
        int order = strcmp(grouping->groups[middle].key, key);
        if (order == 0) {
            figures_add(&grouping->groups[middle].figures, &cell->figures);
            return;
        }
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    mem_grow((void **)&grouping->groups, grouping->count, &grouping->capacity,
             sizeof *grouping->groups);
    memmove(&grouping->groups[low + 1], &grouping->groups[low],
            (grouping->count - low) * sizeof *grouping->groups);
    grouping->groups[low] = (struct group){.key = mem_copy(key), .figures = cell->figures};
    grouping->count++;
}

bool totals_each(struct totals *totals, const struct totals_ask *ask, totals_fn each)
{
    struct grouping grouping = {.totals = totals, .ask = ask};
    enum area_level level = level_of(ask->by);
    char prefix[AREA_TEXT];

    area_prefix(ask->area, prefix);
    int table = ask->by == TOTALS_BY_OFFICER ? OFFICERS : table_for(prefix, level);
    grouping.sums = tables[table].level == level;
    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, ask->month);
    if (found != NULL)
        cells_walk(&found->tables[table], prefix, ask->kinds, group_cell, &grouping);
    pthread_rwlock_unlock(&totals->lock);

    for (size_t i = 0; i < grouping.count; i++) {
        each(grouping.groups[i].key, &grouping.groups[i].figures, ask->arg);
        free(grouping.groups[i].key);
    }
    free(grouping.groups);
    return found != NULL;
}

// ---- comparison

struct comparison {
    const struct totals *own, *other_owner;
    const struct cells *other;
    bool only_missing; /**< the first direction has reported the differences of common cells */
    size_t count;
    void (*report)(const char *line, void *arg);
    void *arg;
};

static const struct cell *matching(const struct comparison *comparison, const struct cell *cell)
{
    const char *kind = comparison->own->kinds[cell->kind];

    for (size_t i = 0; i < comparison->other_owner->kind_count; i++) {
        if (strcmp(comparison->other_owner->kinds[i], kind) != 0)
            continue;
        return cells_find(comparison->other, cell->area, (uint8_t)i, cell->officer);
    }
    return NULL;
}

static void compare_cell(const struct cell *cell, void *arg)
{
    struct comparison *comparison = arg;
    const struct cell *other = matching(comparison, cell);
    bool missing = other == NULL || cell_empty(other);
    static const struct figures none;
    const struct figures *figures = missing ? &none : &other->figures;

    if (comparison->only_missing ? !missing : memcmp(&cell->figures, figures, sizeof *figures) == 0)
        return;
    char line[256];
    snprintf(line, sizeof line,
             "合计与台账不符：%s %s %s 应访 %" PRIu64 "/%" PRIu64 " 已访 %" PRIu64 "/%" PRIu64,
             cell->area, comparison->own->kinds[cell->kind], cell->officer, cell->figures.owed,
             figures->owed, cell->figures.reached, figures->reached);
    comparison->report(line, comparison->arg);
    comparison->count++;
}

size_t totals_differ(struct totals *memory, struct totals *ledger, month_t month,
                     void (*report)(const char *line, void *arg), void *arg)
{
    struct comparison comparison = {.report = report, .arg = arg};
    const struct month_totals nothing = {0};

    pthread_rwlock_rdlock(&memory->lock);
    const struct month_totals *mine = month_find(memory, month);
    const struct month_totals *theirs = month_find(ledger, month);
    for (int i = 0; i < TABLES; i++) {
        const struct cells *a = mine == NULL ? &nothing.tables[i] : &mine->tables[i];
        const struct cells *b = theirs == NULL ? &nothing.tables[i] : &theirs->tables[i];
        comparison.own = memory, comparison.other_owner = ledger, comparison.other = b;
        comparison.only_missing = false;
        cells_walk(a, "", UINT32_MAX, compare_cell, &comparison);
        comparison.own = ledger, comparison.other_owner = memory, comparison.other = a;
        comparison.only_missing = true;
        cells_walk(b, "", UINT32_MAX, compare_cell, &comparison);
    }
    pthread_rwlock_unlock(&memory->lock);
    return comparison.count;
}
