#include "service/lists/lead_facts.h"

#include "base/mem.h"
#include "form/rules.h"
#include "service/cases/case_beside.h"
#include "service/cases/case_mates.h"
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

static void add_words(struct str *to, const char *words)
{
    str_printf(to, "%s%s", to->length > 0 ? "；" : "", words);
}

static const char *kept_brief(struct usecase *usecase, const struct beside_clash *clash)
{
    return clash->rule == NULL || *clash->rule->keeps == '\0'
               ? ""
               : rows_kind_name(usecase->service, clash->rule->keeps);
}

/** Two cases that clash: their programmes and numbers, and what goes before; `mate` is who has the other one, ""
 *  the same person. */
static enum result tell_clash(struct usecase *usecase, const struct case_beside_pair *pair,
                              const char *mate, struct str *words)
{
    struct beside_clash clash;
    char *say = NULL;
    enum result result = case_beside_compare(usecase, pair, &clash, &say);

    if (say == NULL)
        return result;
    const char *kept = kept_brief(usecase, &clash);
    char *text = mem_printf(
        "%s（%s）、%s%s%s（%s）%s%s%s", rows_kind_name(usecase->service, pair->one->kind),
        pair->one->number, *mate != '\0' ? "同一家庭" : "", mate,
        rows_kind_name(usecase->service, pair->other->kind), pair->other->number,
        clash.until != 0   ? "有一个月领两份"
        : clash.again != 0 ? "间隔太短"
                           : "",
        *kept != '\0' ? "，应保留" : "", kept);
    add_words(words, text);
    free(text);
    free(say);
    return result;
}

/** A case of the person beside those of the household's others. */
struct shared {
    struct usecase *usecase;
    uint64_t person;
    const Rec__Case *record;
    struct str *words;
};

/** The later one is asked about: its officer gives the reason. */
static enum result tell_shared(const Rec__Person *mate, const Rec__Case *other, void *arg)
{
    const struct shared *shared = arg;
    const Rec__Case *record = shared->record;
    bool later =
        record->since > other->since || (record->since == other->since && record->id > other->id);

    if (!later)
        return RESULT_OK;
    return tell_clash(shared->usecase,
                      &(struct case_beside_pair){record, other, shared->person, mate->id, true},
                      mate->name, shared->words);
}

static enum result add_shared(struct usecase *usecase, uint64_t person, const Rec__Case *record,
                              struct str *words)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);
    struct shared shared = {usecase, person, record, words};

    return form == NULL ? RESULT_OK : case_mates_each(usecase, form, person, tell_shared, &shared);
}

/** `cases` are all of the person's, those that ended too: `facts` has those on the books. */
static enum result add_exclusions(struct usecase *usecase, uint64_t person,
                                  const struct record_cases *cases, struct fields *values)
{
    struct str words = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cases->count; i++)
        for (size_t k = i + 1; k < cases->count && result == 0; k++)
            result = tell_clash(
                usecase,
                &(struct case_beside_pair){cases->items[i], cases->items[k], person, person, false},
                "", &words);
    for (size_t i = 0; i < cases->count && result == 0; i++)
        result = add_shared(usecase, person, cases->items[i], &words);
    fields_set(values, FACT_EXCLUSION, str_text(&words));
    str_free(&words);
    return result;
}

static enum result add_lacks(struct usecase *usecase, uint64_t person,
                             const struct record_cases *cases, struct fields *values)
{
    struct str words = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < cases->count && result == 0; i++) {
        char *say = NULL;
        result = case_beside_lacks(usecase, cases->items[i], person, cases, &say);
        if (say != NULL)
            add_words(&words, say);
        free(say);
    }
    fields_set(values, FACT_LACKING, str_text(&words));
    str_free(&words);
    return result;
}

static enum result add_listed_death(struct usecase *usecase, const Rec__Person *person,
                                    struct fields *values)
{
    Rec__ListedDeath *listed = NULL;
    char date[DATE_TEXT];

    if (*person->id_no == '\0')
        return RESULT_OK;
    enum result result = store_listed_death_get(usecase->txn, person->id_no, &listed);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    fields_set(values, FACT_LISTED_DEATH, date_format(listed->date, date));
    if (strcmp(listed->name, person->name) != 0)
        fields_set(values, FACT_LISTED_NAME, listed->name);
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
        sort_cases(forms, &facts.cases);
        result = add_exclusions(usecase, person, &facts.cases, &facts.values);
    }
    keep_present(&facts.cases, person);
    for (size_t i = 0; i < facts.cases.count && result == 0; i++) {
        const struct form *form = forms_get(forms, facts.cases.items[i]->kind);
        if (form != NULL)
            add_row(form, facts.cases.items[i], person, &facts.values);
    }
    if (result == 0)
        result = add_lacks(usecase, person, &facts.cases, &facts.values);
    if (result == 0)
        result = add_listed_death(usecase, record, &facts.values);
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
