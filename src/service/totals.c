#include "service/totals.h"

#include "base/mem.h"

#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KINDS_MAX = 32 };

/** Figures of one village, programme and officer ("" in the table without officers). */
struct cell {
    char area[AREA_TEXT];
    uint8_t kind;
    char *officer;
    struct figures figures;
};

/** Cells by area, programme, officer. */
struct table {
    size_t count, capacity;
    struct cell **cells;
};

struct month_totals {
    month_t month;
    struct table villages; /**< without officers: what boards add up */
    struct table officers;
};

struct totals {
    pthread_rwlock_t lock;
    size_t kind_count;
    char *kinds[KINDS_MAX];
    uint32_t rate_kinds;
    size_t month_count, month_capacity;
    struct month_totals **months;
};

/* ---- deltas */

void ledger_delta_count(struct ledger_delta *delta, const struct totals_key *key,
                        const struct duty_view *view, int sign)
{
    struct ledger_change *change = NULL;

    /* Rows come village by village, so the key is usually that of the row before. */
    if (delta->count > 0)
        change = &delta->changes[delta->count - 1];
    if (change == NULL || change->month != key->month || strcmp(change->area, key->area) != 0 ||
        strcmp(change->kind, key->kind) != 0 || strcmp(change->officer, key->officer) != 0) {
        mem_grow((void **)&delta->changes, delta->count, &delta->capacity, sizeof *change);
        change = &delta->changes[delta->count++];
        *change = (struct ledger_change){
            .month = key->month,
            .kind = mem_copy(key->kind),
            .officer = mem_copy(key->officer),
        };
        snprintf(change->area, sizeof change->area, "%s", key->area);
    }
    figures_count(&change->figures, view, sign);
}

void ledger_delta_mark(struct ledger_delta *delta, month_t month, const char *area, bool closed)
{
    mem_grow((void **)&delta->marks, delta->mark_count, &delta->mark_capacity,
             sizeof *delta->marks);
    struct ledger_mark *mark = &delta->marks[delta->mark_count++];
    *mark = (struct ledger_mark){.month = month, .closed = closed};
    snprintf(mark->area, sizeof mark->area, "%s", area);
}

void ledger_delta_clear(struct ledger_delta *delta)
{
    for (size_t i = 0; i < delta->count; i++) {
        free(delta->changes[i].kind);
        free(delta->changes[i].officer);
    }
    free(delta->changes);
    free(delta->marks);
    *delta = (struct ledger_delta){0};
}

/* ---- tables */

static int cell_order(const struct cell *cell, const char *area, uint8_t kind, const char *officer)
{
    int order = strcmp(cell->area, area);

    if (order == 0)
        order = (int)cell->kind - (int)kind;
    return order != 0 ? order : strcmp(cell->officer, officer);
}

/** Index of the first cell that is not before the key. */
static size_t table_lower(const struct table *table, const char *area, uint8_t kind,
                          const char *officer)
{
    size_t low = 0;
    size_t high = table->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (cell_order(table->cells[middle], area, kind, officer) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static struct cell *table_cell(struct table *table, const char *area, uint8_t kind,
                               const char *officer)
{
    size_t at = table_lower(table, area, kind, officer);

    if (at < table->count && cell_order(table->cells[at], area, kind, officer) == 0)
        return table->cells[at];

    struct cell *cell = mem_new(sizeof *cell);
    snprintf(cell->area, sizeof cell->area, "%s", area);
    cell->kind = kind;
    cell->officer = mem_copy(officer);
    mem_grow((void **)&table->cells, table->count, &table->capacity, sizeof *table->cells);
    memmove(&table->cells[at + 1], &table->cells[at], (table->count - at) * sizeof *table->cells);
    table->cells[at] = cell;
    table->count++;
    return cell;
}

static void table_free(struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        free(table->cells[i]->officer);
        free(table->cells[i]);
    }
    free(table->cells);
}

/* ---- months */

static struct month_totals *month_find(const struct totals *totals, month_t month)
{
    for (size_t i = 0; i < totals->month_count; i++)
        if (totals->months[i]->month == month)
            return totals->months[i];
    return NULL;
}

static void month_free(struct month_totals *month)
{
    table_free(&month->villages);
    table_free(&month->officers);
    free(month);
}

/** Takes the month out of the list; NULL if it is not there. */
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

/** Puts the month into the list in place of the one that is there. */
static void month_insert(struct totals *totals, struct month_totals *month)
{
    struct month_totals *old = month_remove(totals, month->month);

    if (old != NULL)
        month_free(old);
    mem_grow((void **)&totals->months, totals->month_count, &totals->month_capacity,
             sizeof(struct month_totals *));
    totals->months[totals->month_count++] = month;
}

/** Number of a programme; one that has no file any more gets a number too. */
static uint8_t kind_number(struct totals *totals, const char *kind)
{
    size_t i = 0;

    while (i < totals->kind_count && strcmp(totals->kinds[i], kind) != 0)
        i++;
    if (i == totals->kind_count && i < KINDS_MAX)
        totals->kinds[totals->kind_count++] = mem_copy(kind);
    return (uint8_t)(i < KINDS_MAX ? i : KINDS_MAX - 1);
}

struct totals *totals_new(const struct forms *forms)
{
    struct totals *totals = mem_new(sizeof *totals);
    const struct form *form;

    pthread_rwlock_init(&totals->lock, NULL);
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

static void renumber(struct totals *totals, const struct totals *from, struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        table->cells[i]->kind = kind_number(totals, from->kinds[table->cells[i]->kind]);
}

void totals_take(struct totals *totals, struct totals *from, month_t month)
{
    pthread_rwlock_wrlock(&totals->lock);
    struct month_totals *taken = month_remove(from, month);
    if (taken != NULL) {
        renumber(totals, from, &taken->villages);
        renumber(totals, from, &taken->officers);
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
    figures_add(&table_cell(&month->villages, key->area, kind, "")->figures, figures);
    figures_add(&table_cell(&month->officers, key->area, kind, key->officer)->figures, figures);
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

void totals_apply(struct totals *totals, const struct ledger_delta *delta)
{
    if (delta->count == 0)
        return;
    pthread_rwlock_wrlock(&totals->lock);
    for (size_t i = 0; i < delta->count; i++) {
        const struct ledger_change *change = &delta->changes[i];
        struct totals_key key = {change->month, change->area, change->kind, change->officer};
        add_figures(totals, &key, &change->figures);
    }
    pthread_rwlock_unlock(&totals->lock);
}

/* ---- questions */

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

static bool cell_empty(const struct cell *cell)
{
    const struct figures *figures = &cell->figures;

    return (figures->owed | figures->excused | figures->not_counted) == 0;
}

typedef void (*cell_fn)(const struct cell *cell, void *arg);

/** Every cell in the area and of the programmes that has duties, in order. */
static void table_walk(const struct table *table, const char *area, uint32_t kinds, cell_fn each,
                       void *arg)
{
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    size_t length = strlen(prefix);
    for (size_t i = table_lower(table, prefix, 0, ""); i < table->count; i++) {
        const struct cell *cell = table->cells[i];
        if (strncmp(cell->area, prefix, length) != 0)
            break;
        if ((kinds & (1u << cell->kind)) != 0 && !cell_empty(cell))
            each(cell, arg);
    }
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

    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, month);
    if (found != NULL)
        table_walk(&found->villages, area, kinds, sum_cell, &summing);
    pthread_rwlock_unlock(&totals->lock);
    if (found != NULL)
        *ret_figures = summing.figures;
    return found != NULL;
}

bool totals_sum_officer(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                        const char *officer, struct figures *ret_figures)
{
    struct summing summing = {.officer = officer};

    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, month);
    if (found != NULL)
        table_walk(&found->officers, area, kinds, sum_cell, &summing);
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
    enum totals_by by;
    size_t count, capacity;
    struct group *groups;
};

static void group_key(const struct grouping *grouping, const struct cell *cell,
                      const char **ret_key, char buffer[AREA_TEXT])
{
    *ret_key = buffer;
    switch (grouping->by) {
    case TOTALS_BY_VILLAGE:
        area_ancestor(cell->area, AREA_VILLAGE, buffer);
        break;
    case TOTALS_BY_STREET:
        area_ancestor(cell->area, AREA_STREET, buffer);
        break;
    case TOTALS_BY_COUNTY:
        area_ancestor(cell->area, AREA_COUNTY, buffer);
        break;
    case TOTALS_BY_OFFICER:
        *ret_key = cell->officer;
        break;
    case TOTALS_BY_KIND:
        *ret_key = grouping->totals->kinds[cell->kind];
        break;
    }
    if (**ret_key == '\0' && grouping->by <= TOTALS_BY_COUNTY)
        *ret_key = cell->area; /* a case kept at a larger division than the level asked for */
}

static void group_cell(const struct cell *cell, void *arg)
{
    struct grouping *grouping = arg;
    char buffer[AREA_TEXT];
    const char *key;
    size_t low = 0;

    group_key(grouping, cell, &key, buffer);
    for (size_t high = grouping->count; low < high;) {
        /* Areas come in order: the last group is tried first. */
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

bool totals_each(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                 enum totals_by by, totals_fn each, void *arg)
{
    struct grouping grouping = {.totals = totals, .by = by};

    pthread_rwlock_rdlock(&totals->lock);
    const struct month_totals *found = month_find(totals, month);
    if (found != NULL)
        table_walk(by == TOTALS_BY_OFFICER ? &found->officers : &found->villages, area, kinds,
                   group_cell, &grouping);
    pthread_rwlock_unlock(&totals->lock);

    for (size_t i = 0; i < grouping.count; i++) {
        each(grouping.groups[i].key, &grouping.groups[i].figures, arg);
        free(grouping.groups[i].key);
    }
    free(grouping.groups);
    return found != NULL;
}

/* ---- comparison */

struct comparison {
    const struct totals *own, *other_owner;
    const struct table *other;
    bool only_missing; /**< differences were reported from the other side already */
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
        size_t at = table_lower(comparison->other, cell->area, (uint8_t)i, cell->officer);
        if (at < comparison->other->count &&
            cell_order(comparison->other->cells[at], cell->area, (uint8_t)i, cell->officer) == 0)
            return comparison->other->cells[at];
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
    struct table nothing = {0};

    pthread_rwlock_rdlock(&memory->lock);
    const struct month_totals *mine = month_find(memory, month);
    const struct month_totals *theirs = month_find(ledger, month);
    for (int officers = 0; officers < 2; officers++) {
        const struct table *a = mine == NULL ? &nothing
                                : officers   ? &mine->officers
                                             : &mine->villages;
        const struct table *b = theirs == NULL ? &nothing
                                : officers     ? &theirs->officers
                                               : &theirs->villages;
        comparison.own = memory, comparison.other_owner = ledger, comparison.other = b;
        comparison.only_missing = false;
        table_walk(a, "", UINT32_MAX, compare_cell, &comparison);
        comparison.own = ledger, comparison.other_owner = memory, comparison.other = a;
        comparison.only_missing = true;
        table_walk(b, "", UINT32_MAX, compare_cell, &comparison);
    }
    pthread_rwlock_unlock(&memory->lock);
    return comparison.count;
}
