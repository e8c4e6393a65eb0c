#include "service/lists/exclusion.h"

#include "base/mem.h"
#include "service/cases/case_beside.h"
#include "service/cases/case_mates.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    struct usecase *usecase;
    const char *prefix;
    exclusion_fn each;
    void *arg;
};

static enum result compare(struct walk *walk, const Rec__Person *person, const Rec__Case *record,
                           const Rec__Case *other)
{
    const struct case_beside_pair pair = {record, other, person->id, person->id, false};
    struct beside_clash clash;
    char *words = NULL;
    enum result result = case_beside_compare(walk->usecase, &pair, &clash, &words);

    if (words != NULL)
        walk->each(&(struct exclusion){person, person, record, other, &clash, words}, walk->arg);
    free(words);
    return result;
}

/** A pair within the area is met twice, if both are on the books. */
static bool is_met_later(const struct walk *walk, const Rec__Case *record, const Rec__Case *other)
{
    bool here = strncmp(other->area, walk->prefix, strlen(walk->prefix)) == 0;

    return other->id == record->id || (here && census_is_active(other) && record->id > other->id);
}

// ---- what others of the household were given

struct shared {
    struct walk *walk;
    const Rec__Person *person;
    const Rec__Case *record;
};

static enum result compare_mate(const Rec__Person *mate, const Rec__Case *other, void *arg)
{
    const struct shared *shared = arg;
    const struct case_beside_pair pair = {shared->record, other, shared->person->id, mate->id,
                                          true};
    struct beside_clash clash;
    char *say = NULL;

    if (is_met_later(shared->walk, shared->record, other))
        return RESULT_OK;
    enum result result = case_beside_compare(shared->walk->usecase, &pair, &clash, &say);
    if (say != NULL) {
        char *words = mem_printf("同一家庭的%s：%s", mate->name, say);
        shared->walk->each(
            &(struct exclusion){shared->person, mate, shared->record, other, &clash, words},
            shared->walk->arg);
        free(words);
    }
    free(say);
    return result;
}

// ---- each case

static enum result look_at_person(struct walk *walk, uint64_t id, const Rec__Case *record)
{
    Rec__Person *person = NULL;
    struct record_cases cases = {0};
    enum result result = store_person_get(walk->usecase->txn, id, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    result = record_cases_load(walk->usecase, id, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        const Rec__Case *other = cases.items[i];
        if (!is_met_later(walk, record, other))
            result = compare(walk, person, record, other);
    }
    const struct form *form = forms_get(service_forms(walk->usecase->service), record->kind);
    if (result == 0 && form != NULL)
        result = case_mates_each(walk->usecase, form, id, compare_mate,
                                 &(struct shared){walk, person, record});
    record_cases_free(&cases);
    rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result look_at_case(const Rec__Case *record, void *arg)
{
    struct walk *walk = arg;
    enum result result = RESULT_OK;
    bool head_seen = false;

    if (!census_is_active(record))
        return RESULT_OK;
    for (size_t i = 0; i < record->n_members && result == 0; i++) {
        head_seen = head_seen || record->members[i]->person == record->person;
        result = look_at_person(walk, record->members[i]->person, record);
    }
    if (result == 0 && !head_seen)
        result = look_at_person(walk, record->person, record);
    return result;
}

enum result exclusion_each(struct usecase *usecase, const char *prefix, exclusion_fn each,
                           void *arg)
{
    struct walk walk = {.usecase = usecase, .prefix = prefix, .each = each, .arg = arg};

    return store_case_of_area(usecase->txn, prefix, NULL, NULL, look_at_case, &walk);
}
