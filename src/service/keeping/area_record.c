#include "service/keeping/area_record.h"

#include "base/mem.h"
#include "base/words.h"
#include "service/frame/record.h"
#include "service/ledger/sharing.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Rec__AreaChange *area_record_begin(const struct usecase *usecase, day_t from, size_t count,
                                   Rec__AreaStep *const *steps)
{
    Rec__AreaChange empty = REC__AREA_CHANGE__INIT;
    Rec__AreaChange *record = record_copy(&empty);

    record->from = from;
    record->at = usecase->now;
    record_set(&record->by, usecase->caller->officer);
    record->steps = mem_array(count + 1, sizeof *record->steps);
    for (; record->n_steps < count; record->n_steps++) {
        Rec__AreaStep *step = record_copy(steps[record->n_steps]);
        char code[AREA_TEXT];
        if (area_parse(step->code, code) == 0)
            record_set(&step->code, code);
        if (area_parse(step->into, code) == 0)
            record_set(&step->into, code);
        record->steps[record->n_steps] = step;
    }
    return record;
}

// ---- what went

static Rec__AreaMoved *find_moved(Rec__AreaChange *record, const char *old, const char *into)
{
    Rec__AreaMoved empty = REC__AREA_MOVED__INIT;

    for (size_t i = 0; i < record->n_moved; i++)
        if (strcmp(record->moved[i]->old, old) == 0)
            return record->moved[i];
    Rec__AreaMoved *moved = record_copy(&empty);
    record_set(&moved->old, old);
    record_set(&moved->new_, into);
    record->moved = mem_resize(record->moved, record->n_moved + 1, sizeof *record->moved);
    record->moved[record->n_moved++] = moved;
    return moved;
}

static void add_id(uint64_t **ids, size_t *count, uint64_t id)
{
    if ((*count & (*count - 1)) == 0) /* full at each power of two */
        *ids = mem_resize(*ids, *count == 0 ? 1 : *count * 2, sizeof **ids);
    (*ids)[(*count)++] = id;
}

static void add_officer(Rec__AreaMoved *moved, const char *officer)
{
    moved->officers = mem_resize(moved->officers, moved->n_officers + 1, sizeof *moved->officers);
    moved->officers[moved->n_officers++] = mem_copy(officer);
}

void area_record_moved(Rec__AreaChange *record, const struct area_found *found, const char *into)
{
    Rec__AreaMoved *moved = find_moved(record, found->area, into);

    switch (found->thing) {
    case AREA_CASES:
        add_id(&moved->cases, &moved->n_cases, found->id);
        break;
    case AREA_PERSONS:
        add_id(&moved->persons, &moved->n_persons, found->id);
        break;
    case AREA_ALARMS:
        add_id(&moved->alarms, &moved->n_alarms, found->id);
        break;
    case AREA_PROPOSALS:
        add_id(&moved->proposals, &moved->n_proposals, found->id);
        break;
    default:
        add_officer(moved, found->officer);
        break;
    }
}

void area_record_forget_moved(Rec__AreaChange *record)
{
    for (size_t i = 0; i < record->n_moved; i++)
        rec__area_moved__free_unpacked(record->moved[i], NULL);
    record->n_moved = 0;
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

static void sort_ids(uint64_t *ids, size_t count)
{
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare_ids);
}

static bool has_id(const uint64_t *ids, size_t count, uint64_t id)
{
    return count > 0 && bsearch(&id, ids, count, sizeof id, compare_ids) != NULL;
}

static bool has_officer(const Rec__AreaMoved *moved, const char *officer)
{
    for (size_t i = 0; i < moved->n_officers; i++)
        if (strcmp(moved->officers[i], officer) == 0)
            return true;
    return false;
}

bool area_record_has(const Rec__AreaMoved *moved, const struct area_found *found)
{
    switch (found->thing) {
    case AREA_CASES:
        return has_id(moved->cases, moved->n_cases, found->id);
    case AREA_PERSONS:
        return has_id(moved->persons, moved->n_persons, found->id);
    case AREA_ALARMS:
        return has_id(moved->alarms, moved->n_alarms, found->id);
    case AREA_PROPOSALS:
        return has_id(moved->proposals, moved->n_proposals, found->id);
    default:
        return has_officer(moved, found->officer);
    }
}

void area_record_keep(const struct area_plan *plan, Rec__AreaChange *record)
{
    record->before = mem_array(plan->count + 1, sizeof *record->before);
    record->after = mem_array(plan->count + 1, sizeof *record->after);
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->items[i].was != NULL)
            record->before[record->n_before++] = record_copy(plan->items[i].was);
        record->after[record->n_after++] = record_copy(plan->items[i].is);
    }
    for (size_t i = 0; i < record->n_moved; i++) {
        const Rec__AreaMoved *moved = record->moved[i];
        sort_ids(moved->cases, moved->n_cases);
        sort_ids(moved->persons, moved->n_persons);
        sort_ids(moved->alarms, moved->n_alarms);
        sort_ids(moved->proposals, moved->n_proposals);
    }
}

// ---- closed months

static enum result see_statement(const Rec__Statement *statement, void *arg)
{
    struct area_closings *closings = arg;

    closings->count++;
    if (statement->closed_at < closings->at)
        return RESULT_OK;
    closings->at = statement->closed_at;
    closings->month = statement->month;
    snprintf(closings->area, sizeof closings->area, "%s", statement->area);
    return RESULT_OK;
}

static enum result see_code(struct usecase *usecase, const char *code,
                            struct area_closings *closings)
{
    char street[AREA_TEXT], prefix[AREA_TEXT];
    month_t opened = facts_opened_month(usecase->service);
    enum result result = RESULT_OK;

    area_ancestor(code, AREA_STREET, street);
    area_prefix(*street != '\0' ? street : code, prefix);
    for (month_t month = service_first_month(usecase->service); month <= opened && result == 0;
         month++)
        result = store_statement_scan(usecase->txn, month, prefix, see_statement, closings);
    return result;
}

/** A street that is named twice counts twice, each time. */
enum result area_record_closings(struct usecase *usecase, const Rec__AreaChange *record,
                                 struct area_closings *ret_closings)
{
    enum result result = RESULT_OK;

    *ret_closings = (struct area_closings){0};
    for (size_t i = 0; i < record->n_after && result == 0; i++) {
        result = see_code(usecase, record->after[i]->code, ret_closings);
        if (result == 0 && *record->after[i]->successor != '\0')
            result = see_code(usecase, record->after[i]->successor, ret_closings);
    }
    return result;
}

void area_record_renew_officers(struct service *service, const Rec__AreaChange *record)
{
    for (size_t i = 0; i < record->n_moved; i++)
        for (size_t k = 0; k < record->moved[i]->n_officers; k++)
            revoked_renew(service->revoked, record->moved[i]->officers[k]);
}

// ---- amounts and maps of headings

/** True if the plan made this code. */
static bool is_made(const struct area_plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->count; i++)
        if (plan->items[i].was == NULL && strcmp(plan->items[i].is->code, code) == 0)
            return true;
    return false;
}

struct copying {
    const struct area_plan *plan;
    Rec__AreaChange *record;
    const char *into; /**< of the maps being copied */
    size_t map_count, map_capacity;
    Rec__HeadingMap **maps;
};

static enum result gather_amount(const Rec__Standard *standard, void *arg)
{
    struct copying *copying = arg;
    Rec__AreaChange *record = copying->record;
    const struct area_plan_pair *pair = area_plan_pair(copying->plan, standard->area);

    if (pair == NULL || !is_made(copying->plan, pair->into))
        return RESULT_OK;
    record->standards =
        mem_resize(record->standards, record->n_standards + 1, sizeof *record->standards);
    Rec__Standard *copy = record->standards[record->n_standards++] = record_copy(standard);
    record_set(&copy->area, pair->into);
    return RESULT_OK;
}

static enum result gather_map(const Rec__HeadingMap *map, void *arg)
{
    struct copying *copying = arg;

    mem_grow((void **)&copying->maps, copying->map_count, &copying->map_capacity,
             sizeof *copying->maps);
    Rec__HeadingMap *copy = copying->maps[copying->map_count++] = record_copy(map);
    record_set(&copy->area, copying->into);
    return RESULT_OK;
}

static enum result gather_maps(struct usecase *usecase, struct copying *copying)
{
    const struct forms *forms = service_forms(usecase->service);
    enum result result = RESULT_OK;

    for (size_t i = 0; i < copying->plan->pair_count && result == 0; i++) {
        const struct area_plan_pair *pair = &copying->plan->pairs[i];
        const struct form *form;
        if (area_level(pair->old) != AREA_STREET || !is_made(copying->plan, pair->into))
            continue;
        copying->into = pair->into;
        for (size_t k = 0; (form = forms_programme(forms, k)) != NULL && result == 0; k++)
            result =
                store_heading_map_scan(usecase->txn, pair->old, form->kind, gather_map, copying);
        if (result == 0)
            result = store_heading_map_scan(usecase->txn, pair->old, DUTY_TYPE_VISIT, gather_map,
                                            copying);
    }
    return result;
}

enum result area_record_copy_amounts(struct usecase *usecase, const struct area_plan *plan,
                                     Rec__AreaChange *record)
{
    struct copying copying = {.plan = plan, .record = record};
    enum result result = store_standard_scan(usecase->txn, "", gather_amount, &copying);

    for (size_t i = 0; i < record->n_standards && result == 0; i++)
        result = store_standard_put(usecase->txn, record->standards[i]);
    if (result == 0)
        result = gather_maps(usecase, &copying);
    for (size_t i = 0; i < copying.map_count; i++) {
        if (result == 0)
            result = store_heading_map_put(usecase->txn, copying.maps[i]);
        rec__heading_map__free_unpacked(copying.maps[i], NULL);
    }
    free(copying.maps);
    return result;
}

// ---- renamed villages

struct sharers {
    size_t count, capacity;
    Rec__Case **items; /**< owned */
};

static enum result gather_sharer(const Rec__Case *casefile, void *arg)
{
    struct sharers *sharers = arg;

    mem_grow((void **)&sharers->items, sharers->count, &sharers->capacity, sizeof *sharers->items);
    sharers->items[sharers->count++] = record_copy(casefile);
    return RESULT_OK;
}

static enum result rename_in(struct usecase *usecase, const char *village)
{
    struct sharers sharers = {0};
    month_t first = service_first_month(usecase->service);
    enum result result =
        store_case_of_area(usecase->txn, village, NULL, NULL, gather_sharer, &sharers);

    for (size_t i = 0; i < sharers.count; i++) {
        const Rec__Case *casefile = sharers.items[i];
        if (result == 0 && sharing_possible(casefile, first))
            result = sharing_store(usecase, casefile->person, casefile->kind);
        rec__case__free_unpacked(sharers.items[i], NULL);
    }
    free(sharers.items);
    return result;
}

enum result area_record_rename_shared(struct usecase *usecase, const struct area_plan *plan)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < plan->count && result == 0; i++) {
        const struct area_plan_item *item = &plan->items[i];
        if (item->was != NULL && area_level(item->is->code) == AREA_VILLAGE &&
            strcmp(item->was->name, item->is->name) != 0)
            result = rename_in(usecase, item->is->code);
    }
    return result;
}
