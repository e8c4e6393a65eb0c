#include "service/cases/case_mates.h"

#include "base/mem.h"
#include "form/beside.h"
#include "service/memory/census.h"

#include <stdlib.h>

struct mates {
    struct usecase *usecase;
    const struct form *form;
    size_t count, capacity;
    uint64_t *items;
};

static bool is_in(const Rec__Case *record, uint64_t person)
{
    for (size_t i = 0; i < record->n_members; i++)
        if (record->members[i]->person == person && record->members[i]->until == 0)
            return true;
    return false;
}

static void add_mate(struct mates *mates, uint64_t person)
{
    for (size_t i = 0; i < mates->count; i++)
        if (mates->items[i] == person)
            return;
    mem_grow((void **)&mates->items, mates->count, &mates->capacity, sizeof *mates->items);
    mates->items[mates->count++] = person;
}

/** The present members of the households on the books that the person is in. */
static enum result gather(struct mates *mates, uint64_t person)
{
    const struct forms *forms = service_forms(mates->usecase->service);
    struct record_cases cases = {0};
    enum result result = record_cases_load(mates->usecase, person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++) {
        const Rec__Case *record = cases.items[i];
        const struct form *form = forms_get(forms, record->kind);
        if (form == NULL || form->subject != FORM_HOUSEHOLD || !census_is_active(record) ||
            !is_in(record, person))
            continue;
        for (size_t k = 0; k < record->n_members; k++)
            if (record->members[k]->until == 0 && record->members[k]->person != person)
                add_mate(mates, record->members[k]->person);
    }
    record_cases_free(&cases);
    return result;
}

static enum result look_at(struct mates *mates, uint64_t person, case_mates_fn *each, void *arg)
{
    const struct forms *forms = service_forms(mates->usecase->service);
    struct record_cases cases = {0};
    Rec__Person *mate = NULL;
    enum result result = store_person_get(mates->usecase->txn, person, &mate);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    result = record_cases_load(mates->usecase, person, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        const struct form *form = forms_get(forms, cases.items[i]->kind);
        if (form != NULL && beside_may_share(mates->form, form))
            result = each(mate, cases.items[i], arg);
    }
    record_cases_free(&cases);
    rec__person__free_unpacked(mate, NULL);
    return result;
}

/** True if a rule about households concerns the programme. */
static bool has_rule(const struct forms *forms, const struct form *form)
{
    const struct form *other = NULL;

    for (size_t i = 0; (other = forms_programme(forms, i)) != NULL; i++)
        if (beside_may_share(form, other))
            return true;
    return false;
}

enum result case_mates_each(struct usecase *usecase, const struct form *form, uint64_t person,
                            case_mates_fn *each, void *arg)
{
    struct mates mates = {.usecase = usecase, .form = form};

    if (!has_rule(service_forms(usecase->service), form))
        return RESULT_OK;
    enum result result = gather(&mates, person);
    for (size_t i = 0; i < mates.count && result == 0; i++)
        result = look_at(&mates, mates.items[i], each, arg);
    free(mates.items);
    return result;
}
