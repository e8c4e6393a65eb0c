#include "service/lists/lead_facts.h"

#include "base/mem.h"
#include "form/expr.h"
#include "form/rules.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTY_DIGITS = 6 };

// ---- rows of the programmes

static void set_value(struct fields *values, const char *list, size_t row, const char *name,
                      const char *value)
{
    if (strchr(name, '.') == NULL) /* no rows within rows */
        fields_set_row(values, list, row, name, value);
}

static void add_member(const Rec__Case *casefile, uint64_t person, size_t row,
                       struct fields *values)
{
    for (size_t i = 0; i < casefile->n_members; i++) {
        const Rec__Member *member = casefile->members[i];
        if (member->person != person || member->until != 0)
            continue;
        for (size_t k = 0; k < member->n_fields; k++)
            set_value(values, casefile->kind, row, member->fields[k]->name,
                      member->fields[k]->value);
        set_value(values, casefile->kind, row, MEMBER_COVERED, member->covered ? "是" : "否");
    }
}

static void add_row(const struct form *form, const Rec__Case *casefile, uint64_t person,
                    struct fields *values)
{
    size_t row = fields_rows(values, casefile->kind);
    struct fields own = {0};
    char county[COUNTY_DIGITS + 1];

    record_case_read(form, casefile, &own);
    for (size_t i = 0; i < own.count; i++)
        set_value(values, casefile->kind, row, own.items[i].name, own.items[i].value);
    add_member(casefile, person, row, values);
    snprintf(county, sizeof county, "%.*s", COUNTY_DIGITS, casefile->area);
    set_value(values, casefile->kind, row, FACT_CASE_NO, casefile->number);
    set_value(values, casefile->kind, row, FACT_CASE_COUNTY, county);
    fields_free(&own);
}

// ---- cases on the books

/** Leaves the cases on the books in which the person takes part now. */
static void keep_present(struct record_cases *cases, uint64_t person)
{
    size_t kept = 0;
    bool unused;

    for (size_t i = 0; i < cases->count; i++) {
        Rec__Case *casefile = cases->items[i];
        if (census_is_active(casefile) && record_takes_part(casefile, person, &unused))
            cases->items[kept++] = casefile;
        else
            rec__case__free_unpacked(casefile, NULL);
    }
    cases->count = kept;
}

static size_t rank_of(const struct forms *forms, const char *kind)
{
    size_t rank = 0;
    const struct form *form;

    while ((form = forms_programme(forms, rank)) != NULL && strcmp(form->kind, kind) != 0)
        rank++;
    return rank;
}

/** By the programmes' rank, as menus have them; few, so a plain insertion. */
static void sort_cases(const struct forms *forms, struct record_cases *cases)
{
    for (size_t i = 1; i < cases->count; i++)
        for (size_t k = i; k > 0 && rank_of(forms, cases->items[k - 1]->kind) >
                                        rank_of(forms, cases->items[k]->kind);
             k--) {
            Rec__Case *other = cases->items[k];
            cases->items[k] = cases->items[k - 1];
            cases->items[k - 1] = other;
        }
}

// ---- facts of the system

/** True if the first case's programme forbids the second one's. */
static enum result excludes(struct usecase *usecase, const Rec__Case *one, const Rec__Case *other,
                            bool *ret_excludes)
{
    const struct form *form = forms_get(service_forms(usecase->service), one->kind);
    enum result result = RESULT_OK;

    for (size_t i = 0; form != NULL && i < form->exclude_count && result == 0; i++) {
        const struct form_exclude *exclude = &form->excludes[i];
        struct fields values = {0};
        if (strcmp(exclude->kind, other->kind) != 0)
            continue;
        if (exclude->when != NULL)
            result = record_values(usecase, form, one, &values);
        if (result == 0 &&
            (exclude->when == NULL || expr_true(exclude->when, form, &values, usecase->today)))
            *ret_excludes = true;
        fields_free(&values);
    }
    return result;
}

static enum result add_exclusion(struct usecase *usecase, uint64_t person, struct lead_facts *facts)
{
    const struct record_cases *cases = &facts->cases;
    bool found = false;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cases->count && !found; i++)
        for (size_t k = i + 1; k < cases->count && !found && result == 0; k++) {
            const Rec__Case *one = cases->items[i], *other = cases->items[k];
            bool here = false, there = false;
            (void)record_takes_part(one, person, &here);
            (void)record_takes_part(other, person, &there);
            if (!here || !there)
                continue;
            result = excludes(usecase, one, other, &found);
            if (result == 0 && !found)
                result = excludes(usecase, other, one, &found);
            if (!found)
                continue;
            char *words = mem_printf("%s（%s）、%s（%s）",
                                     rows_kind_name(usecase->service, one->kind), one->number,
                                     rows_kind_name(usecase->service, other->kind), other->number);
            fields_set(&facts->values, FACT_EXCLUSION, words);
            free(words);
        }
    return result;
}

static enum result add_listed_death(struct usecase *usecase, const char *id_no,
                                    struct fields *values)
{
    Rec__ListedDeath *listed = NULL;
    char date[DATE_TEXT];

    if (*id_no == '\0')
        return RESULT_OK;
    enum result result = store_listed_death_get(usecase->txn, id_no, &listed);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    fields_set(values, FACT_LISTED_DEATH, date_format(listed->date, date));
    rec__listed_death__free_unpacked(listed, NULL);
    return RESULT_OK;
}

enum result lead_facts_read(struct usecase *usecase, uint64_t person, struct lead_facts *ret_facts)
{
    const struct forms *forms = service_forms(usecase->service);
    struct lead_facts facts = {0};
    Rec__Person *record = NULL;
    enum result result = store_person_get(usecase->txn, person, &record);

    if (result != 0)
        return result;
    record_person_read(record, "", &facts.values);
    result = record_cases_load(usecase, person, &facts.cases);
    if (result == 0) {
        keep_present(&facts.cases, person);
        sort_cases(forms, &facts.cases);
    }
    for (size_t i = 0; i < facts.cases.count && result == 0; i++) {
        const struct form *form = forms_get(forms, facts.cases.items[i]->kind);
        if (form != NULL)
            add_row(form, facts.cases.items[i], person, &facts.values);
    }
    if (result == 0)
        result = add_exclusion(usecase, person, &facts);
    if (result == 0)
        result = add_listed_death(usecase, record->id_no, &facts.values);
    rec__person__free_unpacked(record, NULL);
    if (result == 0)
        *ret_facts = facts;
    else
        lead_facts_free(&facts);
    return result;
}

void lead_facts_free(struct lead_facts *facts)
{
    record_cases_free(&facts->cases);
    fields_free(&facts->values);
}

const Rec__Case *lead_facts_case(const struct lead_facts *facts, const char *kind)
{
    for (size_t i = 0; i < facts->cases.count; i++)
        if (strcmp(facts->cases.items[i]->kind, kind) == 0)
            return facts->cases.items[i];
    return facts->cases.count > 0 ? facts->cases.items[0] : NULL;
}
