#include "service/lists/exclusion.h"

#include "form/expr.h"
#include "service/frame/record.h"
#include "service/memory/census.h"
#include "service/memory/state.h"

#include <string.h>

struct walk {
    struct usecase *usecase;
    const char *prefix;
    exclusion_fn each;
    void *arg;
};

/** What `record`'s programme says against `kind`; *ret_say is NULL if nothing. */
static enum result find_rule(struct usecase *usecase, const Rec__Case *record, const char *kind,
                             const char **ret_say)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);
    enum result result = RESULT_OK;

    *ret_say = NULL;
    for (size_t i = 0; form != NULL && i < form->exclude_count && result == 0; i++) {
        const struct form_exclude *exclude = &form->excludes[i];
        struct fields values = {0};
        if (strcmp(exclude->kind, kind) != 0)
            continue;
        if (exclude->when != NULL)
            result = record_values(usecase, form, record, &values);
        if (result == 0 && *ret_say == NULL &&
            (exclude->when == NULL || expr_true(exclude->when, form, &values, usecase->today)))
            *ret_say = exclude->say;
        fields_free(&values);
    }
    return result;
}

static enum result compare(struct walk *walk, const Rec__Person *person, const Rec__Case *record,
                           const Rec__Case *other)
{
    bool same_kind = strcmp(record->kind, other->kind) == 0;
    bool covered = false, other_covered = false;
    const char *say = NULL;

    if (!census_is_active(other) || !record_takes_part(other, person->id, &other_covered) ||
        !record_takes_part(record, person->id, &covered))
        return RESULT_OK;
    enum result result = find_rule(walk->usecase, record, other->kind, &say);
    if (result == 0 && say == NULL)
        result = find_rule(walk->usecase, other, record->kind, &say);
    if (result != 0 || (!same_kind && (say == NULL || !covered || !other_covered)))
        return result;
    walk->each(&(struct exclusion){person, record, other, say != NULL ? say : ""}, walk->arg);
    return RESULT_OK;
}

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
        bool here = strncmp(other->area, walk->prefix, strlen(walk->prefix)) == 0;
        /* A pair within the area is met twice. */
        if (other->id != record->id && (!here || record->id < other->id))
            result = compare(walk, person, record, other);
    }
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
