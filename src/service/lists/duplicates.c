#include "service/lists/duplicates.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/text.h"
#include "domain/alike.h"
#include "domain/area.h"
#include "form/beside.h"
#include "service/cases/merge.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/duplicate_houses.h"
#include "service/lists/exclusion.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct list {
    struct usecase *usecase;
    char prefix[AREA_TEXT];
    struct alike_person *persons;
    size_t count, capacity;
    struct sheet *sheet;
    struct sheet *pairs; /**< persons, until the households stand in the sheet */
    size_t apart_count, apart_capacity;
    struct apart {
        bool houses;
        uint64_t one, other;
        char *facts;
    } * apart; /**< pairs that somebody has decided are not the same */
    struct duplicate_links links;
    enum result result; /**< of what was read while pairs were told */
};

static void free_persons(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        alike_person_free(&list->persons[i]);
    free(list->persons);
    list->persons = NULL;
    list->count = list->capacity = 0;
}

// ---- decided pairs

static enum result add_apart(const Rec__Merge *merge, void *arg)
{
    struct list *list = arg;

    bool houses = strcmp(merge->what, MERGE_HOUSES_APART) == 0;
    if ((!houses && strcmp(merge->what, MERGE_APART) != 0) || strcmp(merge->state, MERGE_DONE) != 0)
        return RESULT_OK;
    mem_grow((void **)&list->apart, list->apart_count, &list->apart_capacity, sizeof *list->apart);
    list->apart[list->apart_count++] =
        houses ? (struct apart){true, merge->kept_case, merge->gone_case, mem_copy(merge->facts)}
               : (struct apart){false, merge->kept, merge->gone, mem_copy(merge->facts)};
    return RESULT_OK;
}

static void free_apart(struct list *list)
{
    for (size_t i = 0; i < list->apart_count; i++)
        free(list->apart[i].facts);
    free(list->apart);
    list->apart = NULL;
    list->apart_count = list->apart_capacity = 0;
}

/** True if somebody has decided so and none of the compared facts has changed since; frees them. */
static bool is_decided(const struct list *list, bool houses, struct duplicate_link of, char *facts)
{
    bool decided = false;

    for (size_t i = 0; i < list->apart_count && !decided; i++) {
        const struct apart *apart = &list->apart[i];
        bool pair = (apart->one == of.one && apart->other == of.other) ||
                    (apart->one == of.other && apart->other == of.one);
        decided = pair && apart->houses == houses && strcmp(apart->facts, facts) == 0;
    }
    free(facts);
    return decided;
}

// ---- a row: one side, then the other

/** The columns of a side; a case is NULL if the person has none. */
struct side {
    const char *name, *id_no, *case_no, *area_name, *case_id, *person_id;
};
static const struct side FIRST = {"name", "id_no", "case_no", "area_name", "case_id", "person_id"};
static const struct side OTHER = {"other_name",      "other_id_no",   "other_case_no",
                                  "other_area_name", "other_case_id", "other_person_id"};

static void set_side(const struct list *list, struct sheet *sheet, size_t row,
                     const struct side *side, const Rec__Person *person, const Rec__Case *record)
{
    struct service *service = list->usecase->service;
    const char *area = record != NULL ? record->area : person->area;
    char *masked = text_mask_id(person->id_no);

    sheet_set(sheet, row, side->name, person->name);
    sheet_set(sheet, row, side->id_no, masked);
    sheet_setf(sheet, row, side->person_id, "%" PRIu64, person->id);
    sheet_set(sheet, row, side->area_name, service_area_name(service, area));
    if (side == &FIRST)
        sheet_set(sheet, row, "area", area);
    if (record != NULL) {
        sheet_set(sheet, row, side->case_no, record->number);
        sheet_setf(sheet, row, side->case_id, "%" PRIu64, record->id);
    }
    free(masked);
}

// ---- persons who may be one

static enum result add_person(const Rec__Person *person, void *arg)
{
    struct list *list = arg;

    if (strncmp(person->area, list->prefix, strlen(list->prefix)) != 0)
        return RESULT_OK;
    mem_grow((void **)&list->persons, list->count, &list->capacity, sizeof *list->persons);
    list->persons[list->count++] = (struct alike_person){
        .id = person->id,
        .name = mem_copy(person->name),
        .id_no = mem_copy(person->id_no),
        .phone = mem_copy(person->phone),
        .address = mem_copy(person->address),
        .birth = person->birth,
        .keys = pinyin_full(person->name),
    };
    return RESULT_OK;
}

/** A person with all cases; the one to show is on the books if any is. */
struct whole {
    Rec__Person *person;
    struct record_cases cases;
};

static enum result load_whole(struct usecase *usecase, uint64_t id, struct whole *whole)
{
    enum result result = store_person_get(usecase->txn, id, &whole->person);

    return result == 0 ? record_cases_load(usecase, id, &whole->cases) : result;
}

static void free_whole(struct whole *whole)
{
    if (whole->person != NULL)
        rec__person__free_unpacked(whole->person, NULL);
    record_cases_free(&whole->cases);
}

static const Rec__Case *shown_case(const struct list *list, const struct whole *whole)
{
    const Rec__Case *shown = NULL;

    for (size_t i = 0; i < whole->cases.count; i++) {
        const Rec__Case *record = whole->cases.items[i];
        if (strncmp(record->area, list->prefix, strlen(list->prefix)) == 0 &&
            (shown == NULL || (!census_is_active(shown) && census_is_active(record))))
            shown = record;
    }
    return shown;
}

/** True if both are in one household, as different members. */
static bool live_together(const struct whole *a, const struct whole *b)
{
    bool covered = false;

    for (size_t i = 0; i < a->cases.count; i++)
        if (record_takes_part(a->cases.items[i], a->person->id, &covered) &&
            record_takes_part(a->cases.items[i], b->person->id, &covered))
            return true;
    return false;
}

static void add_pair(const struct alike_person *a, const struct alike_person *b, void *arg)
{
    struct list *list = arg;
    struct whole first = {0}, other = {0};

    if (list->result == 0)
        list->result = load_whole(list->usecase, a->id, &first);
    if (list->result == 0)
        list->result = load_whole(list->usecase, b->id, &other);
    if (list->result == 0 &&
        (alike_is_same(a, b, ALIKE_ID_NO) || alike_is_same(a, b, ALIKE_BIRTH) ||
         !live_together(&first, &other)) &&
        !is_decided(list, false, (struct duplicate_link){a->id, b->id},
                    merge_facts(first.person, other.person))) {
        struct duplicate_links *links = &list->links;
        mem_grow((void **)&links->items, links->count, &links->capacity, sizeof *links->items);
        links->items[links->count++] = (struct duplicate_link){a->id, b->id};
        size_t row = sheet_add_row(list->pairs);
        char *words = alike_words(a, b);
        sheet_set(list->pairs, row, "what", "疑似重复");
        set_side(list, list->pairs, row, &FIRST, first.person, shown_case(list, &first));
        set_side(list, list->pairs, row, &OTHER, other.person, shown_case(list, &other));
        sheet_set(list->pairs, row, "remark", words);
        free(words);
    }
    free_whole(&first);
    free_whole(&other);
}

// ---- households in two cases

static void add_house(const struct duplicate_house *house, void *arg)
{
    struct list *list = arg;

    if (is_decided(list, true, (struct duplicate_link){house->one->id, house->other->id},
                   merge_house_facts(house->one, house->other)))
        return;
    size_t row = sheet_add_row(list->sheet);
    sheet_set(list->sheet, row, "what", "疑似重户");
    set_side(list, list->sheet, row, &FIRST, house->head, house->one);
    set_side(list, list->sheet, row, &OTHER, house->other_head, house->other);
    /* it is about the cases, not about these two persons */
    sheet_set(list->sheet, row, FIRST.person_id, "");
    sheet_set(list->sheet, row, OTHER.person_id, "");
    sheet_set(list->sheet, row, "remark", house->words);
}

// ---- cases that exclude each other

static void add_exclusion(const struct exclusion *exclusion, void *arg)
{
    struct list *list = arg;
    const struct caller *caller = list->usecase->caller;
    const Rec__Case *other = exclusion->other;
    size_t row = sheet_add_row(list->sheet);

    sheet_set(list->sheet, row, "what",
              exclusion->clash->until != 0   ? "同月两份"
              : exclusion->clash->again != 0 ? "间隔太短"
              : *exclusion->say != '\0'      ? "互相排斥"
                                             : "同一业务");
    set_side(list, list->sheet, row, &FIRST, exclusion->person, exclusion->record);
    if (!access_allowed(caller->role, caller->area, ACTION_DUPLICATES, other->area)) {
        sheet_set(list->sheet, row, "remark", "另一个案不在您的辖区，请报上级民政核实");
        return;
    }
    set_side(list, list->sheet, row, &OTHER, exclusion->mate, other);
    sheet_set(list->sheet, row, "remark",
              *exclusion->say != '\0' ? exclusion->say : "同一业务有两个在册个案，请退出一个");
}

// ---- the list

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list *list = arg;

    list->usecase = usecase;
    list->result = RESULT_OK;
    free_persons(list); /* a body may run again */
    sheet_free(&list->sheet);
    sheet_free(&list->pairs);
    list->sheet = column_sheet(&COLUMNS_DUPLICATES);
    list->pairs = column_sheet(&COLUMNS_DUPLICATES);
    free_apart(list);
    list->links.count = 0;
    enum result result = store_merge_scan(usecase->txn, add_apart, list);
    if (result == 0)
        result = store_person_scan(usecase->txn, 0, add_person, list);
    if (result == 0)
        alike_pairs(list->persons, list->count, add_pair, list);
    if (result == 0)
        result = list->result;
    if (result == 0)
        result = duplicate_houses_each(usecase, list->prefix, &list->links, add_house, list);
    /* Households come first: persons of two households are refused until those are one. */
    if (result == 0)
        sheet_append(list->sheet, &list->pairs);
    if (result == 0)
        result = exclusion_each(usecase, list->prefix, add_exclusion, list);
    return result;
}

enum result duplicates_list(struct service *service, const struct caller *caller, const char *area,
                            struct sheet **ret_sheet, struct reply *reply)
{
    struct list list = {0};
    char of[AREA_TEXT];
    enum result result = rows_query_area(service, caller, area, of, reply);

    area_prefix(of, list.prefix);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_DUPLICATES, of, list_body, &list, reply);
    free_persons(&list);
    free_apart(&list);
    free(list.links.items);
    sheet_free(&list.pairs);
    if (result == 0)
        *ret_sheet = list.sheet;
    else
        sheet_free(&list.sheet);
    return result;
}
