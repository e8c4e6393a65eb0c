#include "service/ledger/roster.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/area.h"

#include <stdlib.h>
#include <string.h>

/** The officer's area in the roster's month: a closed month is shown as it was. */
static const char *area_then(const struct roster *roster, const Rec__Officer *officer)
{
    for (size_t i = 0; i < officer->n_former; i++)
        if (month_last(roster->month) < officer->former[i]->until)
            return officer->former[i]->area;
    return officer->area;
}

static enum result add_officer(const Rec__Officer *officer, void *arg)
{
    struct roster *roster = arg;

    mem_grow((void **)&roster->items, roster->count, &roster->capacity, sizeof *roster->items);
    roster->items[roster->count++] = (struct roster_officer){
        .id = mem_copy(officer->id),
        .name = mem_copy(officer->name),
        .area = mem_copy(area_then(roster, officer)),
    };
    return RESULT_OK;
}

enum result roster_load(struct usecase *usecase, month_t month, struct roster *roster)
{
    roster->month = month;
    return store_officer_scan(usecase->txn, add_officer, roster);
}

void roster_free(struct roster *roster)
{
    for (size_t i = 0; i < roster->count; i++) {
        free(roster->items[i].id);
        free(roster->items[i].name);
        free(roster->items[i].area);
    }
    free(roster->items);
    *roster = (struct roster){0};
}

static int compare_id(const void *key, const void *item)
{
    return strcmp(key, ((const struct roster_officer *)item)->id);
}

static const struct roster_officer *find_id(const struct roster *roster, const char *id)
{
    if (roster->count == 0)
        return NULL;
    return bsearch(id, roster->items, roster->count, sizeof *roster->items, compare_id);
}

/** How near an officer is to a village: 2 = of that village, 1 = above it or in its street, 0 =
 *  elsewhere. */
static int nearness(const char *officer, const char *area)
{
    char here[AREA_TEXT];
    char there[AREA_TEXT];

    if (strcmp(officer, area) == 0)
        return 2;
    area_ancestor(area, AREA_STREET, here);
    area_ancestor(officer, AREA_STREET, there);
    bool same_street = *here != '\0' && strcmp(here, there) == 0;
    return same_street || area_contains(officer, area) ? 1 : 0;
}

const char *roster_key(const struct roster *roster, const char *area, const char *text)
{
    const struct roster_officer *nearest = NULL;
    int best = 1;
    size_t equals = 0;

    if (*text == '\0' || find_id(roster, text) != NULL)
        return text;
    for (size_t i = 0; i < roster->count; i++) {
        const struct roster_officer *officer = &roster->items[i];
        if (strcmp(officer->name, text) != 0)
            continue;
        int near = nearness(officer->area, area);
        if (near < best)
            continue;
        equals = near > best ? 1 : equals + 1;
        best = near;
        nearest = officer;
    }
    return equals == 1 ? nearest->id : text;
}

const char *roster_name(const struct roster *roster, const char *key)
{
    const struct roster_officer *officer = find_id(roster, key);

    return officer != NULL ? officer->name : key;
}

bool roster_knows(const struct roster *roster, const char *text)
{
    for (size_t i = 0; i < roster->count; i++)
        if (strcmp(roster->items[i].id, text) == 0 || strcmp(roster->items[i].name, text) == 0)
            return true;
    return false;
}
