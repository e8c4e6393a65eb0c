#include "service/figures/indicator_count.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "domain/rate.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdlib.h>

struct people {
    size_t count, capacity;
    uint64_t *ids;
};

static void add_id(struct people *people, uint64_t id)
{
    mem_grow((void **)&people->ids, people->count, &people->capacity, sizeof *people->ids);
    people->ids[people->count++] = id;
}

static enum result add_case(const Rec__Case *casefile, void *arg)
{
    struct people *people = arg;

    if (!census_is_active(casefile))
        return RESULT_OK;
    if (casefile->person != 0)
        add_id(people, casefile->person);
    for (size_t i = 0; i < casefile->n_members; i++)
        if (casefile->members[i]->until == 0)
            add_id(people, casefile->members[i]->person);
    return RESULT_OK;
}

static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a;
    uint64_t y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static enum result judge_person(struct usecase *usecase, uint64_t person,
                                const struct form_indicator *only, indicator_fn each, void *arg)
{
    const struct forms *forms = service_forms(usecase->service);
    const struct form_indicator *indicator;
    struct lead_facts facts = {0};
    enum result result = lead_facts_read(usecase, person, &facts);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    for (size_t i = 0; (indicator = forms_indicator(forms, i)) != NULL && result == 0; i++) {
        if ((only != NULL && only != indicator) || !indicators_counts(indicator) ||
            *indicator->lacks != '\0')
            continue;
        enum indicator_standing standing =
            indicators_judge(forms, indicator, &facts.values, usecase->today);
        if (standing != INDICATOR_OUT)
            result = each(indicator, person, &facts, standing, arg);
    }
    lead_facts_free(&facts);
    return result;
}

enum result indicator_count_each(struct usecase *usecase, const char *area,
                                 const struct form_indicator *only, indicator_fn each, void *arg)
{
    struct people people = {0};
    char prefix[AREA_TEXT];

    area_prefix(area, prefix);
    enum result result = store_case_of_area(usecase->txn, prefix, NULL, NULL, add_case, &people);
    if (people.count > 0)
        qsort(people.ids, people.count, sizeof *people.ids, compare_ids);
    for (size_t i = 0; i < people.count && result == 0; i++)
        if (i == 0 || people.ids[i] != people.ids[i - 1])
            result = judge_person(usecase, people.ids[i], only, each, arg);
    free(people.ids);
    return result;
}

struct counting {
    const struct forms *forms;
    struct indicator_count *counts;
};

static enum result count_one(const struct form_indicator *indicator, uint64_t person,
                             const struct lead_facts *facts, enum indicator_standing standing,
                             void *arg)
{
    struct counting *counting = arg;
    size_t index = 0;

    (void)person;
    (void)facts;
    while (forms_indicator(counting->forms, index) != indicator)
        index++;
    indicator_count_add(&counting->counts[index], standing);
    return RESULT_OK;
}

enum result indicator_count_all(struct usecase *usecase, const char *area,
                                struct indicator_count **ret_counts)
{
    struct counting counting = {.forms = service_forms(usecase->service)};
    size_t count = 0;

    while (forms_indicator(counting.forms, count) != NULL)
        count++;
    counting.counts = mem_array(count + 1, sizeof *counting.counts);
    enum result result = indicator_count_each(usecase, area, NULL, count_one, &counting);
    if (result == 0)
        *ret_counts = counting.counts;
    else
        free(counting.counts);
    return result;
}

void indicator_count_add(struct indicator_count *count, enum indicator_standing standing)
{
    count->among += standing != INDICATOR_OUT && standing != INDICATOR_UNKNOWN_AMONG;
    count->met += standing == INDICATOR_MET;
    count->unknown += standing == INDICATOR_UNKNOWN;
    count->unknown_among += standing == INDICATOR_UNKNOWN_AMONG;
}

const char *indicator_count_value(const struct indicator_count *count, char text[RATE_TEXT])
{
    *text = '\0';
    /* where nothing is recorded, 0.0 would say more than is known */
    return count->unknown == count->among ? text : rate_format(count->met, count->among, "", text);
}

char *indicator_count_words(const struct form_indicator *indicator,
                            const struct indicator_count *count)
{
    const char *unit = indicator->household ? "户" : "人";
    struct str text = {0};

    str_add(&text, INDICATOR_COMPUTED);
    if (count->among == 0)
        str_add(&text, "；没有应算的");
    else if (count->unknown == count->among)
        str_printf(&text, "；%" PRIu64 " %s全部未登记，算不出", count->among, unit);
    else if (count->unknown > 0)
        str_printf(&text, "；%" PRIu64 " %s未登记，按未达到算", count->unknown, unit);
    if (count->unknown_among > 0)
        str_printf(&text, "；%" PRIu64 " %s不知是否应算，没有算在内", count->unknown_among, unit);
    return str_take(&text);
}
