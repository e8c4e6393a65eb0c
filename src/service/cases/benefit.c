#include "service/cases/benefit.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "form/limits.h"
#include "service/frame/record.h"
#include "service/memory/cache.h"
#include "service/memory/reckon.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** A case whose amount asks for another one, which asks for a third: more would be a circle. */
enum { DEPTH_MAX = 3 };

static const struct form *form_of(const struct service *service, const char *kind)
{
    const struct form *form = forms_get(service_forms(service), kind);

    return form != NULL && form->benefit != NULL ? form : NULL;
}

bool benefit_has(const struct service *service, const char *kind)
{
    return form_of(service, kind) != NULL;
}

// ---- one case

/** The amount of one case, being computed. */
struct computing {
    struct usecase *usecase;
    const struct benefit_trial *trial;
    const struct fields *given; /**< standards that hold instead; NULL = none */
    struct fields *used;        /**< takes those that were asked for; NULL = nobody wants to know */
    struct benefit_people *people; /**< takes on whom it rests; NULL = nobody wants to know */
    const Rec__Case *record;
    const struct fields *values; /**< NULL = those of the record */
    month_t month;
    int depth;
    enum result result; /**< the first failure of the store */
};

static enum result compute(struct computing *computing, struct benefit *ret_benefit);

/** True if the tried row would be in force instead of `row`. */
static bool trial_wins(const struct benefit_trial *trial, const char *name, const char *area,
                       day_t day, const struct cache_standard *row)
{
    if (strcmp(trial->name, name) != 0 || trial->from > day || !area_contains(trial->area, area))
        return false;
    if (row == NULL)
        return true;
    enum area_level level = area_level(row->area);
    enum area_level tried = area_level(trial->area);
    return tried > level || (tried == level && trial->from >= row->from);
}

static bool look_up(const struct computing *computing, const char *name, int64_t *ret_value)
{
    const struct benefit_trial *trial = computing->trial;
    const char *area = computing->record->area;
    day_t day = month_first(computing->month);
    const struct cache_standard *row =
        facts_standard_row(computing->usecase->service, name, area, day);

    if (trial != NULL && trial_wins(trial, name, area, day, row))
        *ret_value = trial->value;
    else if (row != NULL)
        *ret_value = row->value;
    else
        return false;
    return true;
}

/** Another case that is asked may be of a place with standards of its own. */
static char *name_used(const struct computing *computing, const char *name)
{
    return computing->depth == 0 ? mem_copy(name)
                                 : mem_printf("%s@%s", name, computing->record->area);
}

static bool find_standard(const char *name, int64_t *ret_value, void *arg)
{
    const struct computing *computing = arg;
    char *key = name_used(computing, name);
    const char *given = computing->given != NULL ? fields_get(computing->given, key) : "";
    bool found;

    if (*given == '\0')
        found = look_up(computing, name, ret_value);
    else
        found = text_to_int(given, INT64_MIN, INT64_MAX, ret_value) == 0;
    if (computing->used != NULL) {
        char *value = found ? mem_printf("%" PRId64, *ret_value) : mem_copy(BENEFIT_NO_STANDARD);
        fields_set(computing->used, key, value);
        free(value);
    }
    free(key);
    return found;
}

void benefit_check_limits(struct usecase *usecase, const Rec__Case *record,
                          const struct fields *values, month_t month, bool ledger,
                          struct problems *problems)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);
    struct computing computing = {.usecase = usecase, .record = record, .month = month};
    struct form_benefit_ask ask = {.month = month, .standard = find_standard, .arg = &computing};

    form_limits_check(form, values, usecase->today, &ask, ledger, problems);
}

/** Computes the person's other case, if it is a paid one of that programme that covers the person;
 *  false if not. */
static bool compute_other(const struct computing *computing, const Rec__Case *other,
                          struct benefit *ret_benefit, enum result *ret_result)
{
    struct computing inner = *computing;
    bool covered = false;

    inner.record = other;
    inner.values = NULL;
    inner.depth++;
    if (!record_takes_part(other, computing->record->person, &covered) || !covered)
        return false;
    *ret_result = compute(&inner, ret_benefit);
    if (*ret_result == 0 && ret_benefit->paid)
        return true;
    benefit_free(ret_benefit);
    return false;
}

static bool ask_other(const char *kind, const char *what, bool own, char **ret_value, void *arg)
{
    struct computing *computing = arg;
    struct record_cases cases = {0};
    bool found = false;
    enum result result = RESULT_OK;

    if (computing->depth >= DEPTH_MAX || !benefit_has(computing->usecase->service, kind))
        return false;
    result = record_cases_load(computing->usecase, computing->record->person, &cases);
    for (size_t i = 0; i < cases.count && result == 0 && !found; i++) {
        struct benefit benefit = {0};
        if (strcmp(cases.items[i]->kind, kind) != 0)
            continue;
        found = compute_other(computing, cases.items[i], &benefit, &result);
        if (found && what != NULL)
            *ret_value = reckon_value(&benefit, what, own, computing->record->person);
        benefit_free(&benefit);
    }
    record_cases_free(&cases);
    if (computing->result == 0)
        computing->result = result;
    return found;
}

/** The person in a row of the case's values: record_values() leaves out former members. */
static uint64_t person_in_row(size_t row, void *arg)
{
    const struct computing *computing = arg;

    for (size_t i = 0; i < computing->record->n_members; i++)
        if (computing->record->members[i]->until == 0 && row-- == 0)
            return computing->record->members[i]->person;
    return 0;
}

static void add_person(struct benefit_people *people, uint64_t person)
{
    mem_grow((void **)&people->ids, people->count, &people->capacity, sizeof *people->ids);
    people->ids[people->count++] = person;
}

static void add_people(struct benefit_people *people, const Rec__Case *record)
{
    add_person(people, record->person);
    for (size_t i = 0; i < record->n_members; i++)
        add_person(people, record->members[i]->person);
}

static enum result compute(struct computing *computing, struct benefit *ret_benefit)
{
    const Rec__Case *record = computing->record;
    const struct form *form = form_of(computing->usecase->service, record->kind);
    struct fields values = {0};
    struct form_benefit_ask ask = {
        .month = computing->month,
        .standard = find_standard,
        .other = ask_other,
        .arg = computing,
    };

    if (form == NULL)
        return RESULT_NOTFOUND;
    enum result result = RESULT_OK;
    if (computing->people != NULL)
        add_people(computing->people, record);
    if (computing->values != NULL)
        fields_copy(&values, computing->values);
    else
        result = record_values(computing->usecase, form, record, &values);
    if (result == 0) {
        struct reckon_input input = {
            .form = form,
            .values = &values,
            .from = record->since != 0 ? month_of(record->since) : 0,
            .closed_on = record->closed_on,
            .person = person_in_row,
            .arg = computing,
        };
        (void)month_parse_loose(fields_get(&values, form->roles.until), &input.until);
        reckon_benefit(&input, &ask, ret_benefit);
        result = computing->result;
        if (result != 0)
            benefit_free(ret_benefit);
    }
    fields_free(&values);
    return result;
}

enum result benefit_of_case(struct usecase *usecase, const Rec__Case *record, month_t month,
                            struct benefit *ret_benefit)
{
    return benefit_try(usecase, record, month, NULL, ret_benefit);
}

enum result benefit_try(struct usecase *usecase, const Rec__Case *record, month_t month,
                        const struct benefit_trial *trial, struct benefit *ret_benefit)
{
    struct computing computing = {
        .usecase = usecase, .record = record, .month = month, .trial = trial};

    return compute(&computing, ret_benefit);
}

enum result benefit_by_standards(struct usecase *usecase, const Rec__Case *record, month_t month,
                                 const struct fields *given, struct fields *used,
                                 struct benefit_people *people, struct benefit *ret_benefit)
{
    struct computing computing = {.usecase = usecase,
                                  .record = record,
                                  .month = month,
                                  .given = given,
                                  .used = used,
                                  .people = people};

    return compute(&computing, ret_benefit);
}

enum result benefit_of_values(struct usecase *usecase, const Rec__Case *record,
                              const struct fields *values, month_t month,
                              struct benefit *ret_benefit)
{
    struct computing computing = {
        .usecase = usecase, .record = record, .values = values, .month = month};

    return compute(&computing, ret_benefit);
}

// ---- all cases of an area

struct scanning {
    struct usecase *usecase;
    const struct benefit_filter *filter;
    benefit_fn each;
    void *arg;
};

static enum result scan_case(const Rec__Case *record, void *arg)
{
    const struct scanning *scanning = arg;
    month_t month = scanning->filter->month;
    struct benefit benefit = {0};

    /* Most cases of another time are left out before their values are read. */
    if (!benefit_has(scanning->usecase->service, record->kind) || record->since == 0 ||
        !benefit_is_due(month_of(record->since), 0, record->closed_on, month))
        return RESULT_OK;
    enum result result = benefit_of_case(scanning->usecase, record, month, &benefit);
    if (result == 0 && benefit.paid)
        result = scanning->each(record, &benefit, scanning->arg);
    benefit_free(&benefit);
    return result;
}

enum result benefit_scan(struct usecase *usecase, const struct benefit_filter *filter,
                         benefit_fn each, void *arg)
{
    struct scanning scanning = {usecase, filter, each, arg};
    char prefix[AREA_TEXT];

    area_prefix(filter->area, prefix);
    return store_case_of_area(usecase->txn, prefix, filter->kind, filter->after, scan_case,
                              &scanning);
}
