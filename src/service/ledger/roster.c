#include "service/ledger/roster.h"

#include "base/mem.h"
#include "base/month.h"
#include "domain/area.h"

#include <stdio.h>
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
    roster->sent = service_collects(usecase->service);
    return roster->sent ? store_sent_officer_scan(usecase->txn, add_officer, roster)
                        : store_officer_scan(usecase->txn, add_officer, roster);
}

void roster_free(struct roster *roster)
{
    for (size_t i = 0; i < roster->count; i++) {
        free(roster->items[i].id);
        free(roster->items[i].name);
        free(roster->items[i].area);
        free(roster->items[i].same);
    }
    free(roster->items);
    standin_free(&roster->standin);
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

/** The one officer nearest to the village whose name this is, NULL if there is none or several. */
static const struct roster_officer *find_name(const struct roster *roster, const char *area,
                                              const char *text)
{
    const struct roster_officer *nearest = NULL;
    int best = 1;
    size_t equals = 0;

    for (size_t i = 0; i < roster->count; i++) {
        const struct roster_officer *officer = &roster->items[i];
        if (officer->same != NULL || strcmp(officer->name, text) != 0)
            continue;
        int near = nearness(officer->area, area);
        if (near < best)
            continue;
        equals = near > best ? 1 : equals + 1;
        best = near;
        nearest = officer;
    }
    return equals == 1 ? nearest : NULL;
}

// ---- officers of other homes

static void make_sent_id(char id[ROSTER_ID], const char *area, enum area_level level,
                         const char *text)
{
    char of[AREA_TEXT];

    area_ancestor(area, level, of);
    area_prefix(of, of);
    snprintf(id, ROSTER_ID, "%s:%s", of, text);
}

bool roster_sent_ids(const char *area, const char *text, size_t turn, char id[ROSTER_ID])
{
    static const enum area_level levels[] = {AREA_STREET, AREA_COUNTY, AREA_CITY};

    if (turn >= sizeof levels / sizeof levels[0])
        return false;
    make_sent_id(id, area, levels[turn], text);
    return true;
}

bool roster_sent_fits(const char *area, const char *id, const char *officer_area)
{
    char street[ROSTER_ID];

    make_sent_id(street, area, AREA_STREET, "");
    return strncmp(id, street, strlen(street)) == 0 ||
           (*officer_area != '\0' && nearness(officer_area, area) > 0 &&
            area_level(officer_area) >= AREA_STREET);
}

/** Puts one in that stands for another or, as nobody's number, for itself; in the order of ids. */
static const char *add_sorted(struct roster *roster, const char *id, const char *text,
                              const char *same)
{
    size_t at = roster->count;

    mem_grow((void **)&roster->items, roster->count, &roster->capacity, sizeof *roster->items);
    while (at > 0 && strcmp(roster->items[at - 1].id, id) > 0) {
        roster->items[at] = roster->items[at - 1];
        at--;
    }
    roster->items[at] = (struct roster_officer){
        .id = mem_copy(id), .name = mem_copy(text), .area = mem_copy(""), .same = mem_copy(same)};
    roster->count++;
    return roster->items[at].same;
}

/** The id of the officer, by number or name; otherwise the text is one of the street's own. */
static void resolve_sent(const struct roster *roster, const char *area, const char *text,
                         char id[ROSTER_ID])
{
    const struct roster_officer *found = NULL;

    for (size_t turn = 0; found == NULL && roster_sent_ids(area, text, turn, id); turn++) {
        found = find_id(roster, id);
        if (found != NULL && !roster_sent_fits(area, id, found->area))
            found = NULL;
    }
    if (found == NULL)
        found = find_name(roster, area, text);
    if (found != NULL)
        snprintf(id, ROSTER_ID, "%s", found->id);
    else
        make_sent_id(id, area, AREA_STREET, text);
}

static const char *sent_key(struct roster *roster, const char *area, const char *text)
{
    char alias[ROSTER_ID];
    char id[ROSTER_ID];

    snprintf(alias, sizeof alias, "%s:%s", area, text);
    const struct roster_officer *known = find_id(roster, alias);
    if (known != NULL && known->same != NULL)
        return known->same;
    resolve_sent(roster, area, text, id);
    if (find_id(roster, id) == NULL)
        (void)add_sorted(roster, id, text, id);
    return add_sorted(roster, alias, text, id);
}

const char *roster_key(struct roster *roster, const char *area, const char *text)
{
    if (*text == '\0')
        return text;
    if (roster->sent)
        return sent_key(roster, area, text);
    if (find_id(roster, text) != NULL)
        return text;
    const struct roster_officer *nearest = find_name(roster, area, text);
    return nearest != NULL ? nearest->id : text;
}

const char *roster_name(const struct roster *roster, const char *key)
{
    const struct roster_officer *officer = find_id(roster, key);

    return officer != NULL ? officer->name : key;
}

void roster_sender(const char *key, char area[AREA_TEXT])
{
    size_t length = strcspn(key, ":");

    *area = '\0';
    if (length < AREA_TEXT && key[length] == ':')
        snprintf(area, AREA_TEXT, "%.*s%0*d", (int)length, key, (int)(AREA_TEXT - 1 - length), 0);
}

bool roster_knows(const struct roster *roster, const char *area, const char *text)
{
    for (size_t i = 0; roster->sent && i < roster->count; i++) {
        const struct roster_officer *officer = &roster->items[i];
        const char *id = strchr(officer->id, ':');
        if (officer->same == NULL && nearness(officer->area, area) > 0 &&
            (strcmp(officer->name, text) == 0 || (id != NULL && strcmp(id + 1, text) == 0)))
            return true;
    }
    for (size_t i = 0; i < roster->count; i++)
        if (strcmp(roster->items[i].id, text) == 0 || strcmp(roster->items[i].name, text) == 0)
            return true;
    return false;
}
