#include "service/lists/duplicate_houses.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

/** Somebody in a household on the books. */
struct seat {
    uint64_t person, case_id;
    const struct form *form;
};
struct pair {
    uint64_t one, other; /**< cases, the lower id first */
};

struct houses {
    struct usecase *usecase;
    const struct duplicate_links *links;
    size_t seat_count, seat_capacity;
    struct seat *seats; /**< by person */
    size_t pair_count, pair_capacity;
    struct pair *pairs;
};

// ---- which pairs to look at

static enum result add_seats(const Rec__Case *casefile, void *arg)
{
    struct houses *houses = arg;
    const struct form *form = forms_get(service_forms(houses->usecase->service), casefile->kind);

    if (!census_is_active(casefile) || form == NULL)
        return RESULT_OK;
    for (size_t i = 0; i < casefile->n_members; i++) {
        if (casefile->members[i]->until != 0)
            continue;
        mem_grow((void **)&houses->seats, houses->seat_count, &houses->seat_capacity,
                 sizeof *houses->seats);
        houses->seats[houses->seat_count++] =
            (struct seat){casefile->members[i]->person, casefile->id, form};
    }
    return RESULT_OK;
}

static int compare_seats(const void *a, const void *b)
{
    const struct seat *x = a, *y = b;

    if (x->person != y->person)
        return x->person < y->person ? -1 : 1;
    return (x->case_id > y->case_id) - (x->case_id < y->case_id);
}

static size_t find_seat(const struct houses *houses, uint64_t person)
{
    size_t low = 0, high = houses->seat_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (houses->seats[middle].person < person)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void add_pairs(struct houses *houses, uint64_t one, uint64_t other)
{
    for (size_t i = find_seat(houses, one);
         i < houses->seat_count && houses->seats[i].person == one; i++)
        for (size_t k = find_seat(houses, other);
             k < houses->seat_count && houses->seats[k].person == other; k++) {
            const struct seat *a = &houses->seats[i], *b = &houses->seats[k];
            if (a->form != b->form || a->case_id == b->case_id)
                continue;
            mem_grow((void **)&houses->pairs, houses->pair_count, &houses->pair_capacity,
                     sizeof *houses->pairs);
            houses->pairs[houses->pair_count++] = a->case_id < b->case_id
                                                      ? (struct pair){a->case_id, b->case_id}
                                                      : (struct pair){b->case_id, a->case_id};
        }
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    if (x->one != y->one)
        return x->one < y->one ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

static void find_pairs(struct houses *houses)
{
    if (houses->seat_count > 1)
        qsort(houses->seats, houses->seat_count, sizeof *houses->seats, compare_seats);
    for (size_t i = 1; i < houses->seat_count; i++)
        if (houses->seats[i].person == houses->seats[i - 1].person)
            add_pairs(houses, houses->seats[i].person, houses->seats[i].person);
    for (size_t i = 0; i < houses->links->count; i++)
        add_pairs(houses, houses->links->items[i].one, houses->links->items[i].other);
    if (houses->pair_count > 1)
        qsort(houses->pairs, houses->pair_count, sizeof *houses->pairs, compare_pairs);
}

// ---- a pair

enum match { MATCH_NONE, MATCH_ALIKE, MATCH_SAME };

static enum match compare(const struct houses *houses, uint64_t one, uint64_t other)
{
    for (size_t i = 0; i < houses->links->count && one != other; i++) {
        const struct duplicate_link *link = &houses->links->items[i];
        if ((link->one == one && link->other == other) ||
            (link->one == other && link->other == one))
            return MATCH_ALIKE;
    }
    return one == other ? MATCH_SAME : MATCH_NONE;
}

static enum match find_in(const struct houses *houses, const Rec__Case *casefile, uint64_t person)
{
    enum match best = MATCH_NONE;

    for (size_t i = 0; i < casefile->n_members; i++) {
        enum match match = casefile->members[i]->until != 0
                               ? MATCH_NONE
                               : compare(houses, person, casefile->members[i]->person);
        best = match > best ? match : best;
    }
    return best;
}

struct tally {
    size_t people, same, alike;
};

static struct tally count_in(const struct houses *houses, const Rec__Case *one,
                             const Rec__Case *other)
{
    struct tally tally = {0};

    for (size_t i = 0; i < one->n_members; i++) {
        if (one->members[i]->until != 0)
            continue;
        enum match match = find_in(houses, other, one->members[i]->person);
        tally.people++;
        tally.same += match == MATCH_SAME;
        tally.alike += match == MATCH_ALIKE;
    }
    return tally;
}

static void tell(const struct houses *houses, struct duplicate_house *house,
                 duplicate_house_fn each, void *arg)
{
    struct tally one = count_in(houses, house->one, house->other);
    struct tally other = count_in(houses, house->other, house->one);
    enum match heads = compare(houses, house->one->person, house->other->person);
    bool whole = one.same + one.alike == one.people || other.same + other.alike == other.people;
    struct str words = {0};

    if (!whole && heads == MATCH_NONE)
        return;
    if (heads != MATCH_NONE)
        str_add(&words, heads == MATCH_SAME ? "户主相同；" : "户主疑似同一人；");
    if (one.same > 0)
        str_printf(&words, "%zu人同在两户", one.same);
    if (one.alike > 0)
        str_printf(&words, "%s%zu人疑似同一人", one.same > 0 ? "、" : "", one.alike);
    if (*house->head->address != '\0' &&
        strcmp(house->head->address, house->other_head->address) == 0)
        str_add(&words, "；住址相同");
    house->words = str_text(&words);
    each(house, arg);
    str_free(&words);
}

static enum result look_at(const struct houses *houses, const struct pair *pair,
                           duplicate_house_fn each, void *arg)
{
    struct txn *txn = houses->usecase->txn;
    Rec__Case *one = NULL, *other = NULL;
    Rec__Person *head = NULL, *other_head = NULL;
    enum result result = store_case_get(txn, pair->one, &one);

    if (result == 0)
        result = store_case_get(txn, pair->other, &other);
    if (result == 0)
        result = store_person_get(txn, one->person, &head);
    if (result == 0)
        result = store_person_get(txn, other->person, &other_head);
    if (result == 0)
        tell(houses, &(struct duplicate_house){one, other, head, other_head, ""}, each, arg);
    if (one != NULL)
        rec__case__free_unpacked(one, NULL);
    if (other != NULL)
        rec__case__free_unpacked(other, NULL);
    if (head != NULL)
        rec__person__free_unpacked(head, NULL);
    if (other_head != NULL)
        rec__person__free_unpacked(other_head, NULL);
    return result;
}

enum result duplicate_houses_each(struct usecase *usecase, const char *prefix,
                                  const struct duplicate_links *links, duplicate_house_fn each,
                                  void *arg)
{
    struct houses houses = {.usecase = usecase, .links = links};
    enum result result = store_case_of_area(usecase->txn, prefix, NULL, NULL, add_seats, &houses);

    if (result == 0)
        find_pairs(&houses);
    for (size_t i = 0; i < houses.pair_count && result == 0; i++)
        if (i == 0 || compare_pairs(&houses.pairs[i], &houses.pairs[i - 1]) != 0)
            result = look_at(&houses, &houses.pairs[i], each, arg);
    free(houses.seats);
    free(houses.pairs);
    return result;
}
