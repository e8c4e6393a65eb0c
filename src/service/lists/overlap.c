#include "service/lists/overlap.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/cases/case_beside.h"
#include "service/ledger/rows.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The persons with one ID number, while the index is walked. */
struct walk {
    struct usecase *usecase;
    char id_no[32];
    size_t count, capacity;
    uint64_t *persons;
    uint64_t first, last; /**< of the persons that are asked for */
    overlap_fn each;
    void *arg;
};

static enum result add_active(const Rec__Case *record, void *arg)
{
    struct record_cases *cases = arg;

    if (strcmp(record->state, CASE_ACTIVE) != 0)
        return RESULT_OK;
    mem_grow((void **)&cases->items, cases->count, &cases->capacity, sizeof *cases->items);
    cases->items[cases->count++] = record_copy(record);
    return RESULT_OK;
}

/** "双台子区胜利街道旌旗社区" of a city, without the district in the district's own home: streets and
 *  villages of two places may be called the same. New string. */
static char *place_words(const struct service *service, const char *area)
{
    struct str words = {0};
    char code[AREA_TEXT];

    for (enum area_level level = area_level(service_area(service)) + 1; level <= AREA_VILLAGE;
         level++) {
        area_ancestor(area, level, code);
        str_add(&words, service_area_name(service, code));
    }
    return str_take(&words);
}

static enum result tell(struct walk *walk, const Rec__Person *person, const Rec__Case *record,
                        const Rec__Case *other, uint64_t other_person)
{
    const struct case_beside_pair pair = {record, other, person->id, other_person};
    struct service *service = walk->usecase->service;
    struct beside_clash clash;
    char *say = NULL;
    bool same = strcmp(record->kind, other->kind) == 0;
    const char *what;
    enum result result = case_beside_compare(walk->usecase, &pair, &clash, &say);

    if (result != 0)
        return result;
    if (same)
        what = "同一业务重复：也在";
    else if (say != NULL)
        what = "不能同时享受：也在";
    else
        what = "同一人：也在";
    char *place = place_words(service, other->area);
    char *words = mem_printf("%s%s（%s，%s）", what, place, rows_kind_name(service, other->kind),
                             other->number);
    free(place);
    walk->each(&(struct overlap){person, record, other, same || say != NULL, words}, walk->arg);
    free(words);
    free(say);
    return RESULT_OK;
}

/** Cases of the group's persons, each person's beside those of the others. */
static enum result tell_person(struct walk *walk, size_t index, const struct record_cases *mine,
                               uint64_t other_person, const struct record_cases *others)
{
    Rec__Person *person = NULL;

    if (mine->count == 0 || others->count == 0)
        return RESULT_OK;
    enum result result = store_person_get(walk->usecase->txn, walk->persons[index], &person);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    for (size_t i = 0; i < mine->count; i++)
        for (size_t k = 0; k < others->count && result == 0; k++)
            result = tell(walk, person, mine->items[i], others->items[k], other_person);
    rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result tell_others(struct walk *walk, size_t index, const struct record_cases *mine)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < walk->count && mine->count > 0 && result == 0; i++) {
        struct record_cases others = {0};
        if (i == index)
            continue;
        result = store_case_of_person(walk->usecase->txn, walk->persons[i], add_active, &others);
        if (result == 0)
            result = tell_person(walk, index, mine, walk->persons[i], &others);
        record_cases_free(&others);
    }
    return result;
}

static enum result end_group(struct walk *walk)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; walk->count > 1 && i < walk->count && result == 0; i++) {
        struct record_cases mine = {0};
        if (walk->persons[i] < walk->first || walk->persons[i] > walk->last)
            continue;
        result = store_case_of_person(walk->usecase->txn, walk->persons[i], add_active, &mine);
        if (result == 0)
            result = tell_others(walk, i, &mine);
        record_cases_free(&mine);
    }
    walk->count = 0;
    return result;
}

static enum result see_number(const char *id_no, uint64_t person, void *arg)
{
    struct walk *walk = arg;
    enum result result = RESULT_OK;

    if (strcmp(walk->id_no, id_no) != 0) {
        result = end_group(walk);
        snprintf(walk->id_no, sizeof walk->id_no, "%s", id_no);
    }
    mem_grow((void **)&walk->persons, walk->count, &walk->capacity, sizeof *walk->persons);
    walk->persons[walk->count++] = person;
    return result;
}

static enum result walk_end(struct walk *walk, enum result result)
{
    if (result == 0)
        result = end_group(walk);
    free(walk->persons);
    return result;
}

/** Groups of one number each, in the order of the sender's persons. */
static enum result see_person(const Rec__Person *person, void *arg)
{
    struct walk *walk = arg;

    if (person->id > walk->last)
        return (enum result)STORE_STOP;
    enum result result = end_group(walk);
    if (result != 0 || *person->id_no == '\0')
        return result;
    return store_person_id_no_scan(walk->usecase->txn, person->id_no, see_number, walk);
}

enum result overlap_each(struct usecase *usecase, overlap_fn each, void *arg)
{
    struct walk walk = {.usecase = usecase, .last = UINT64_MAX, .each = each, .arg = arg};

    return walk_end(&walk, store_person_id_no_scan(usecase->txn, NULL, see_number, &walk));
}

enum result overlap_of_sender(struct usecase *usecase, uint64_t first, uint64_t last,
                              overlap_fn each, void *arg)
{
    struct walk walk = {.usecase = usecase, .first = first, .last = last, .each = each, .arg = arg};

    return walk_end(&walk, store_person_scan(usecase->txn, first - 1, see_person, &walk));
}

// ---- how many

struct tally {
    size_t all, wrong;
};

static void count_one(const struct overlap *overlap, void *arg)
{
    struct tally *tally = arg;

    tally->all++;
    tally->wrong += overlap->wrong;
}

/** A walk over a county's ID numbers is long for a first screen, so what it gave is kept. */
static enum result count_all(struct usecase *usecase, uint64_t bundles, struct tally *ret_tally)
{
    struct overlap_memory *memory = &usecase->service->overlaps;
    struct tally tally = {0};

    pthread_mutex_lock(&memory->lock);
    bool known = memory->counted && memory->bundles == bundles;
    if (known)
        tally = (struct tally){memory->all, memory->wrong};
    pthread_mutex_unlock(&memory->lock);
    enum result result = known ? RESULT_OK : overlap_each(usecase, count_one, &tally);
    if (result != 0)
        return result;
    pthread_mutex_lock(&memory->lock);
    memory->counted = true;
    memory->bundles = bundles;
    memory->all = tally.all;
    memory->wrong = tally.wrong;
    pthread_mutex_unlock(&memory->lock);
    *ret_tally = tally;
    return RESULT_OK;
}

enum result overlap_say(struct usecase *usecase, uint64_t bundles, struct str *words)
{
    struct tally tally = {0};
    enum result result = RESULT_OK;

    if (service_collects(usecase->service))
        result = count_all(usecase, bundles, &tally);
    if (result != 0 || tally.all == 0)
        return result;
    str_printf(words, "%zu 件个案的人在别处也有个案，其中重复或不能同时享受的 %zu 件", tally.all,
               tally.wrong);
    return RESULT_OK;
}

// ---- the list

struct list {
    struct usecase *usecase;
    char prefix[AREA_TEXT];
    struct sheet *sheet;
};

static void add_row(const struct overlap *overlap, void *arg)
{
    struct list *list = arg;
    const Rec__Case *record = overlap->record;
    struct service *service = list->usecase->service;
    char date[DATE_TEXT];

    if (strncmp(record->area, list->prefix, strlen(list->prefix)) != 0)
        return;
    size_t row = sheet_add_row(list->sheet);
    char *masked = text_mask_id(overlap->person->id_no);
    sheet_set(list->sheet, row, "id_no", masked);
    sheet_set(list->sheet, row, "name", overlap->person->name);
    sheet_set(list->sheet, row, "case_no", record->number);
    sheet_set(list->sheet, row, "kind_name", rows_kind_name(service, record->kind));
    sheet_set(list->sheet, row, "area", record->area);
    char *place = place_words(service, record->area);
    sheet_set(list->sheet, row, "area_name", place);
    free(place);
    sheet_set(list->sheet, row, "since", date_format(record->since, date));
    sheet_set(list->sheet, row, "remark", overlap->words);
    sheet_setf(list->sheet, row, "case_id", "%" PRIu64, record->id);
    free(masked);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list *list = arg;

    list->usecase = usecase;
    sheet_free(&list->sheet);
    list->sheet = column_sheet(&COLUMNS_OVERLAPS);
    return overlap_each(usecase, add_row, list);
}

enum result overlap_list(struct service *service, const struct caller *caller, const char *area,
                         struct sheet **ret_sheet, struct reply *reply)
{
    struct list list = {0};
    char of[AREA_TEXT];
    enum result result = rows_query_area(service, caller, area, of, reply);

    area_prefix(of, list.prefix);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_OVERLAP, of, list_body, &list, reply);
    if (result == 0)
        *ret_sheet = list.sheet;
    else
        sheet_free(&list.sheet);
    return result;
}
