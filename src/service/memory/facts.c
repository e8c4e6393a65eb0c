#include "service/memory/facts.h"

#include "base/ids.h"
#include "base/month.h"
#include "domain/area.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

// ---- the home

day_t service_today(const struct service *service)
{
    return service->fixed_today != 0 ? service->fixed_today : date_today(NULL);
}

bool service_test_date(const struct service *service)
{
    return service->fixed_today != 0;
}

int64_t facts_moment(const struct service *service, uint32_t *ret_micros)
{
    struct timespec clock = {0};

    (void)clock_gettime(CLOCK_REALTIME, &clock);
    int64_t now = clock.tv_sec;
    *ret_micros = (uint32_t)(clock.tv_nsec / 1000);
    if (service->fixed_today == 0)
        return now;
    return now + (int64_t)(service->fixed_today - date_of_time(now)) * 86400;
}

int64_t facts_now(const struct service *service)
{
    uint32_t unused;

    return facts_moment(service, &unused);
}

bool service_initialised(const struct service *service)
{
    return atomic_load(&service->initialised);
}

const char *service_area(const struct service *service)
{
    return service->area;
}

bool service_collects(const struct service *service)
{
    return service->collects;
}

const char *service_home(const struct service *service)
{
    return service->home;
}

const char *service_key_file(const struct service *service)
{
    return service->key_file;
}

month_t service_first_month(const struct service *service)
{
    return service->first_month;
}

enum result facts_next_id(struct service *service, const char *sequence, uint64_t *ret_id)
{
    uint64_t count = 0;
    enum result result = store_next(service->store, sequence, &count);

    if (result == 0)
        *ret_id = ids_make(service->ids_origin, count);
    return result;
}

month_t facts_opened_month(const struct service *service)
{
    return atomic_load(&service->opened_month);
}

month_t facts_complete_month(const struct service *service)
{
    return atomic_load(&service->complete_month);
}

const struct forms *service_forms(const struct service *service)
{
    return service->forms;
}

struct store *facts_store(struct service *service)
{
    return service->store;
}

struct totals *facts_totals(struct service *service)
{
    return service->totals;
}

struct caller facts_system(const struct service *service)
{
    struct caller caller = {.officer = "system", .name = "系统", .role = ROLE_SYSTEM};

    memcpy(caller.session, service->session, sizeof caller.session);
    return caller;
}

// ---- areas and standards

const char *service_area_name(const struct service *service, const char *code)
{
    char full[AREA_TEXT];

    if (area_parse(code, full) != 0)
        return "";
    const Rec__Area *area = cache_area(service->cache, full);
    return area != NULL ? area->name : "";
}

const char *service_street_name(const struct service *service, const char *code)
{
    char street[AREA_TEXT];

    area_ancestor(code, AREA_STREET, street);
    return service_area_name(service, street);
}

const char *facts_area_name_in(const struct service *service, const char *code, month_t month)
{
    char full[AREA_TEXT];

    if (area_parse(code, full) != 0)
        return "";
    const Rec__Area *area = cache_area(service->cache, full);
    return area != NULL ? cache_area_name_on(area, month_last(month)) : "";
}

const char *facts_area_present(const struct service *service, const char *code)
{
    return code != NULL ? cache_area_present(service->cache, code) : NULL;
}

/** Writes why a division takes nothing in any more, and where to enter it instead. */
static void say_gone(const struct service *service, const Rec__Area *area, struct str *ret_fault)
{
    const char *present = cache_area_present(service->cache, area->code);
    char day[DATE_TEXT];

    str_printf(ret_fault, "%s已于 %s 撤销", area->name, date_format(area->until, day));
    if (strcmp(present, area->code) != 0)
        str_printf(ret_fault, "，现为 %s %s，请改填", present, service_area_name(service, present));
}

bool facts_area_lives(const struct service *service, const char *code, struct str *ret_fault)
{
    char full[AREA_TEXT];
    const Rec__Area *area = area_parse(code, full) == 0 ? cache_area(service->cache, full) : NULL;
    bool lives = area != NULL && cache_area_lives(area);

    if (!lives && area != NULL && ret_fault != NULL)
        say_gone(service, area, ret_fault);
    else if (!lives && ret_fault != NULL)
        str_add(ret_fault, "没有这个区划，请核对代码");
    return lives;
}

bool facts_area_exists(const char *code, void *arg)
{
    const struct service *service = arg;
    char full[AREA_TEXT];

    return area_parse(code, full) == 0 && cache_area(service->cache, full) != NULL;
}

struct type_context facts_type_context(const struct service *service)
{
    return (struct type_context){
        .today = service_today(service),
        .area_exists = facts_area_exists,
        .arg = (void *)service,
    };
}

struct duty_rules facts_duty_rules(const struct service *service, month_t month)
{
    return cache_rules(service->cache, month);
}

int64_t facts_standard(const struct service *service, const char *name, const char *area, day_t day,
                       int64_t fallback)
{
    return cache_standard(service->cache, name, area, day, fallback);
}

const struct cache_standard *facts_standard_row(const struct service *service, const char *name,
                                                const char *area, day_t day)
{
    return cache_standard_row(service->cache, name, area, day);
}

const struct cache_standard *facts_standard_at(const struct service *service, size_t index)
{
    return cache_standard_at(service->cache, index);
}

int64_t facts_parameter(const struct service *service, const char *name, day_t day)
{
    return facts_standard(service, name, "", day, standard_default_find(name)->value);
}
