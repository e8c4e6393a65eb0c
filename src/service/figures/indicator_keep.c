/*
 * Keeps the computed indicators of a month once it is closed, so that they have a trend.
 */
#include "base/mem.h"
#include "base/month.h"
#include "service/figures/indicator.h"
#include "service/figures/indicator_count.h"
#include "service/figures/indicator_record.h"
#include "service/frame/clockwatch.h"
#include "service/ledger/street.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

/** A division in which streets have the month. */
struct closed_area {
    char area[AREA_TEXT];
    bool open;         /**< a street of it is not closed */
    int64_t closed_at; /**< when the last one was */
};

struct closed_areas {
    struct usecase *usecase;
    month_t month;
    size_t count, capacity;
    struct closed_area *items; /**< owned */
    size_t due;                /**< so many of the first ones have nothing kept since */
};

static struct closed_area *find_area(struct closed_areas *areas, const char *area)
{
    for (size_t i = 0; i < areas->count; i++)
        if (strcmp(areas->items[i].area, area) == 0)
            return &areas->items[i];
    mem_grow((void **)&areas->items, areas->count, &areas->capacity, sizeof *areas->items);
    struct closed_area *found = &areas->items[areas->count++];
    *found = (struct closed_area){0};
    memcpy(found->area, area, sizeof found->area);
    return found;
}

static void add_statement(struct closed_areas *areas, const char *street,
                          const Rec__Statement *statement)
{
    const char *home = service_area(areas->usecase->service);
    char code[AREA_TEXT];

    for (enum area_level level = AREA_CITY; level <= AREA_STREET; level++) {
        area_ancestor(street, level, code);
        if (!area_contains(home, code))
            continue;
        struct closed_area *found = find_area(areas, code);
        if (statement == NULL || statement->reopened_at != 0)
            found->open = true;
        else if (statement->closed_at > found->closed_at)
            found->closed_at = statement->closed_at;
    }
}

static enum result add_closed(const Rec__Area *area, void *arg)
{
    struct closed_areas *areas = arg;
    Rec__Statement *statement = NULL;
    bool has = false;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result = street_has_month(areas->usecase, area, areas->month, &has);
    if (result != 0 || !has)
        return result;
    result = store_statement_get(areas->usecase->txn, areas->month, area->code, &statement);
    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    add_statement(areas, area->code, statement);
    if (statement != NULL)
        rec__statement__free_unpacked(statement, NULL);
    return RESULT_OK;
}

/** Whether an indicator has a value and none was kept since the month was closed. */
static enum result lacks_one(struct closed_areas *areas, const struct closed_area *area,
                             const struct form_indicator *indicator,
                             const struct indicator_count *count, bool *ret_lacks)
{
    char text[RATE_TEXT];
    Rec__Figure *last = NULL;

    if (!indicators_counts(indicator) || *indicator->lacks != '\0' ||
        *indicator_count_value(count, text) == '\0')
        return RESULT_OK;
    char *name = indicator_record_name(indicator);
    enum result result =
        store_figure_last(areas->usecase->txn, name, area->area, areas->month, &last);
    free(name);
    if (result == RESULT_NOTFOUND)
        result = RESULT_OK;
    *ret_lacks = *ret_lacks || last == NULL || last->at < area->closed_at;
    if (last != NULL)
        rec__figure__free_unpacked(last, NULL);
    return result;
}

static enum result is_due(struct closed_areas *areas, const struct closed_area *area, bool *ret_due)
{
    const struct forms *forms = service_forms(areas->usecase->service);
    const struct form_indicator *indicator;
    struct indicator_count *counts = NULL;

    *ret_due = false;
    if (area->open)
        return RESULT_OK;
    enum result result = indicator_count_all(areas->usecase, area->area, &counts);
    for (size_t i = 0; result == 0 && (indicator = forms_indicator(forms, i)) != NULL; i++)
        result = lacks_one(areas, area, indicator, &counts[i], ret_due);
    free(counts);
    return result;
}

static enum result due_body(struct usecase *usecase, void *arg)
{
    struct closed_areas *areas = arg;
    char prefix[AREA_TEXT];

    areas->usecase = usecase;
    areas->count = areas->due = 0;
    area_prefix(service_area(usecase->service), prefix);
    enum result result = store_area_scan(usecase->txn, prefix, add_closed, areas);
    for (size_t i = 0; i < areas->count && result == 0; i++) {
        bool due = false;
        result = is_due(areas, &areas->items[i], &due);
        if (due)
            areas->items[areas->due++] = areas->items[i];
    }
    return result;
}

enum result indicator_keep_due(struct service *service)
{
    struct caller system = facts_system(service);
    day_t today = service_today(service);
    struct closed_areas areas = {.month = month_of(today) - 1};
    struct reply reply = {0};

    if (service_collects(service) || clockwatch_is_doubtful(service) ||
        areas.month < service_first_month(service) || atomic_load(&service->kept_for) == today)
        return RESULT_OK;
    enum result result = usecase_read(service, &system, ACTION_FIGURE_ENTER, service_area(service),
                                      due_body, &areas, &reply);
    for (size_t i = 0; i < areas.due && result == 0; i++)
        result = indicator_keep_area(service, &system, areas.items[i].area, areas.month, &reply);
    if (result == 0)
        atomic_store(&service->kept_for, today);
    free(areas.items);
    reply_free(&reply);
    return result;
}
