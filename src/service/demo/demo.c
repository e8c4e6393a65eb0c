
#include "service/demo/demo.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "service/cases/case.h"
#include "service/demo/demo_person.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/month.h"
#include "service/memory/census.h"
#include "service/memory/state.h"
#include "service/officers/officer.h"
#include "service/officers/password.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEMO_PASSWORD "Doudi-2026"

enum { UNITS_PER_STEP = 100, CASES_PER_VILLAGE = 12, STEPS_PER_CHECKPOINT = 50 };

/** A demonstration being made. */
struct building {
    struct service *service;
    const struct caller *caller;
    struct reply *reply;
    struct demo demo;
    struct demo_state state; /**< the state after the committed steps */
    struct demo_making making;
    struct sheet *officers;
    char *hash; /**< hash of the demonstration password */
};

// ---- villages

static void copy_code(char to[AREA_TEXT], const char *code)
{
    snprintf(to, AREA_TEXT, "%s", code);
}

static bool begins_street(const struct demo *demo, size_t village)
{
    const struct demo_village *villages = demo->villages;

    return village == 0 || strcmp(villages[village].street, villages[village - 1].street) != 0;
}

static void add_village(struct demo *demo, size_t *capacity, const Rec__Area *area)
{
    struct demo_village village = {.name = area->name};

    copy_code(village.code, area->code);
    area_ancestor(area->code, AREA_STREET, village.street);
    mem_grow((void **)&demo->villages, demo->village_count, capacity, sizeof *demo->villages);
    demo->villages[demo->village_count++] = village;
    demo->street_count += begins_street(demo, demo->village_count - 1);
}

/** Finds the villages of the area. With few cases and no area, takes the villages of the first
 *  streets only, so that their lists are long enough. */
static enum result find_villages(struct building *building, const struct demo_input *input)
{
    struct demo *demo = &building->demo;
    const char *within = input->area != NULL ? input->area : "";
    char code[AREA_TEXT] = "";
    size_t capacity = 0;
    size_t most = *within != '\0' ? SIZE_MAX : input->cases / CASES_PER_VILLAGE + 1;
    const Rec__Area *area;

    if (*within != '\0' && area_parse(within, code) != 0)
        return reply_say(building->reply, RESULT_INVALID, "区划代码 %s 不对，应为 2 至 12 位数字。",
                         within);
    for (size_t i = 0; (area = cache_area_at(building->service->cache, i)) != NULL; i++) {
        char street[AREA_TEXT];
        area_ancestor(area->code, AREA_STREET, street);
        bool full = demo->village_count >= most &&
                    strcmp(demo->villages[demo->village_count - 1].street, street) != 0;
        if (area_level(area->code) == AREA_VILLAGE && !full && area_contains(code, area->code) &&
            area_contains(building->service->area, area->code))
            add_village(demo, &capacity, area);
    }
    if (demo->village_count == 0)
        return reply_say(building->reply, RESULT_NOTFOUND, "%s 之内没有村或社区，请换一个区划。",
                         *within != '\0' ? within : "本系统辖区");
    return RESULT_OK;
}

static enum result find_case(const Rec__Case *casefile, void *arg)
{
    (void)casefile;
    *(bool *)arg = true;
    return (enum result)STORE_STOP;
}

static enum result see_cases(struct usecase *usecase, void *arg)
{
    *(bool *)arg = false;
    return store_case_of_area(usecase->txn, "", NULL, NULL, find_case, arg);
}

static enum result check_empty(struct building *building)
{
    bool any = false;
    enum result result = usecase_read(building->service, building->caller, ACTION_DEMO, NULL,
                                      see_cases, &any, building->reply);

    if (result == 0 && any)
        return reply_say(building->reply, RESULT_EXISTS,
                         "已有个案，不能再填演示数据；请另建一个数据目录。");
    return result;
}

// ---- officers

static enum result put_officer(struct building *building, const char *id, const char *name,
                               enum role role, const char *area)
{
    struct usecase *usecase = building->making.usecase;
    struct officer_input input = {
        .id = id, .name = name, .role = access_role_name(role), .area = area, .phone = ""};
    Rec__Officer *officer =
        officer_make(&input, building->hash, usecase->caller->officer, usecase->now);
    enum result result;

    officer->must_change = false;
    record_set(&officer->area, area);
    result = store_officer_put(usecase->txn, officer);
    rec__officer__free_unpacked(officer, NULL);
    size_t row = sheet_add_row(building->officers);
    sheet_set(building->officers, row, "id", id);
    sheet_set(building->officers, row, "name", name);
    sheet_set(building->officers, row, "role", access_role_label(role));
    sheet_set(building->officers, row, "area", area);
    sheet_set(building->officers, row, "area_name", service_area_name(building->service, area));
    return result;
}

/** Series of officers by the first digit of their 工号. */
enum series { SERIES_STREET = 1, SERIES_CHIEF, SERIES_COUNTY, SERIES_VILLAGE, SERIES_OTHERS = 9 };

/** Numbers have four digits, from 1001 on, or more digits if there are many officers. */
static void officer_number(const struct demo *demo, enum series series, size_t nth,
                           char id[DEMO_OFFICER])
{
    enum { STREETS = 999, VILLAGES = 4999 };
    bool wide = demo->street_count > STREETS || demo->village_count > VILLAGES;

    snprintf(id, DEMO_OFFICER, "%zu",
             ((size_t)series * (wide ? 100000 : 1000) + 1 + nth) % 1000000);
}

/** Adds the next officer of a series; the first one has a fixed name. */
static enum result put_next(struct building *building, enum series series, size_t nth,
                            const char *first, enum role role, const char *area, char *id,
                            char *ret_name)
{
    char name[DEMO_NAME];

    demo_name_make(&building->making, name);
    if (nth == 0)
        snprintf(name, sizeof name, "%s", first);
    officer_number(&building->demo, series, nth, id);
    if (ret_name != NULL)
        snprintf(ret_name, DEMO_NAME, "%s", name);
    return put_officer(building, id, name, role, area);
}

/** Adds the officers of a street, and of its county if the county is new. */
static enum result put_street(struct building *building, unsigned nth, const char *street,
                              char county[AREA_TEXT], unsigned *counties,
                              struct demo_village *village)
{
    char own[AREA_TEXT];
    char id[DEMO_OFFICER];
    enum result result;

    area_ancestor(street, AREA_COUNTY, own);
    result =
        put_next(building, SERIES_STREET, nth, "张敏", ROLE_STREET, street, village->clerk, NULL);
    if (result == 0)
        result = put_next(building, SERIES_CHIEF, nth, "李建军", ROLE_CHIEF, street, village->chief,
                          NULL);
    if (result == 0 && strcmp(own, county) != 0)
        result =
            put_next(building, SERIES_COUNTY, (*counties)++, "王海涛", ROLE_COUNTY, own, id, NULL);
    copy_code(county, own);
    return result;
}

static enum result put_village(struct building *building, size_t nth)
{
    struct demo_village *village = &building->demo.villages[nth];

    village->missed = nth % 10 == 7 ? 60 : demo_below(&building->making, 30);
    demo_name_make(&building->making, village->visitors[1]);
    return put_next(building, SERIES_VILLAGE, nth, "刘洋", ROLE_VILLAGE, village->code,
                    village->officer, village->visitors[0]);
}

static enum result put_other(struct building *building, size_t nth, const char *name,
                             enum role role)
{
    char id[DEMO_OFFICER];

    officer_number(&building->demo, SERIES_OTHERS, nth, id);
    return put_officer(building, id, name, role, "");
}

/** Shares the cases among the villages: some get twice as many as others. */
static void share_cases(struct demo_making *making, struct demo *demo)
{
    enum { LEAST = 65, SPREAD = 71 };
    uint64_t total = 0;
    uint64_t before = 0;

    for (size_t i = 0; i < demo->village_count; i++)
        total += demo->villages[i].until = LEAST + demo_below(making, SPREAD);
    for (size_t i = 0; i < demo->village_count; i++) {
        before += demo->villages[i].until;
        demo->villages[i].until = (uint32_t)(before * demo->cases / total);
    }
}

static enum result officers_body(struct usecase *usecase, void *arg)
{
    struct building *building = arg;
    struct demo *demo = &building->demo;
    char county[AREA_TEXT] = "";
    unsigned streets = 0;
    unsigned counties = 0;
    enum result result = RESULT_OK;

    sheet_free(&building->officers);
    building->officers = column_sheet(&COLUMNS_OFFICERS);
    building->making =
        (struct demo_making){.demo = demo, .state = building->state, .usecase = usecase};
    for (size_t i = 0; i < demo->village_count && result == 0; i++) {
        struct demo_village *village = &demo->villages[i];
        if (begins_street(demo, i)) {
            result = put_street(building, streets++, village->street, county, &counties, village);
        } else {
            snprintf(village->clerk, sizeof village->clerk, "%s", village[-1].clerk);
            snprintf(village->chief, sizeof village->chief, "%s", village[-1].chief);
        }
    }
    for (size_t i = 0; i < demo->village_count && result == 0; i++)
        result = put_village(building, i);
    share_cases(&building->making, demo);
    if (result == 0)
        result = put_other(building, 0, "周审计", ROLE_AUDITOR);
    return result == 0 ? put_other(building, 1, "吴系统", ROLE_ADMIN) : result;
}

// ---- steps

/** Runs one step in bulk; keeps the new state only if the step was committed. */
static enum result run_step(struct building *building, usecase_body body)
{
    enum result result = usecase_write_unlogged(building->service, building->caller, STORE_BULK,
                                                body, building, building->reply);

    if (result == 0)
        building->state = building->making.state;
    return result;
}

static enum result units_body(struct usecase *usecase, void *arg)
{
    struct building *building = arg;
    enum result result = RESULT_OK;

    building->making =
        (struct demo_making){.demo = &building->demo, .state = building->state, .usecase = usecase};
    for (int i = 0; i < UNITS_PER_STEP && result == 0; i++)
        if (building->making.state.cases < building->demo.cases)
            result = demo_unit_make(&building->making);
    return result;
}

static enum result make_units(struct building *building)
{
    const struct caller *caller = building->caller;
    enum result result = RESULT_OK;

    for (unsigned step = 1; building->state.cases < building->demo.cases && result == 0; step++) {
        result = run_step(building, units_body);
        if (result == 0 && step % STEPS_PER_CHECKPOINT == 0)
            result = store_checkpoint(building->service->store, false);
        if (result == 0 && caller->progress != NULL)
            result = caller->progress(building->state.cases, building->demo.cases, "演示数据",
                                      caller->arg);
    }
    return result;
}

// ---- closing the months that are over

/** Closes as the timer does, so any chief may reopen the month. */
static enum result close_street(struct building *building, month_t month,
                                const struct demo_village *village)
{
    struct caller timer = facts_system(building->service);
    struct reply reply = {0};
    char text[MONTH_TEXT];
    enum result result =
        month_close(building->service, &timer, month_format(month, text), village->street, &reply);

    if (result != 0)
        log_error("demonstration: closing %s %s: %s", village->street, text,
                  reply.message != NULL ? reply.message : result_name(result));
    reply_free(&reply);
    return result;
}

static enum result close_months(struct building *building)
{
    const struct demo *demo = &building->demo;
    enum result result = RESULT_OK;

    for (month_t month = demo->first; month < demo->now && result == 0; month++) {
        struct duty_rules rules = facts_duty_rules(building->service, month);
        if (duty_closing_day(month, &rules) > demo->today)
            break;
        for (size_t i = 0; i < demo->village_count && result == 0; i++)
            if (begins_street(demo, i))
                result = close_street(building, month, &demo->villages[i]);
    }
    return result;
}

// ---- moves within the month

enum { MOVES_MOST = 20, CASES_PER_MOVE = 150 };

/** Elders who move to the next village of the same street. */
struct moving {
    uint32_t seen;
    size_t count;
    Rec__Case *cases[MOVES_MOST];
};

static enum result pick_mover(const Rec__Case *casefile, void *arg)
{
    struct moving *moving = arg;

    if (census_is_active(casefile) && moving->seen++ % CASES_PER_MOVE == CASES_PER_MOVE / 3)
        moving->cases[moving->count++] = record_copy(casefile);
    return moving->count < MOVES_MOST ? RESULT_OK : (enum result)STORE_STOP;
}

static const struct demo_village *next_village(const struct demo *demo, const char *code)
{
    for (size_t i = 0; i + 1 < demo->village_count; i++)
        if (strcmp(demo->villages[i].code, code) == 0 &&
            strcmp(demo->villages[i].street, demo->villages[i + 1].street) == 0)
            return &demo->villages[i + 1];
    return NULL;
}

struct move {
    const struct form *form;
    const struct demo_village *to;
};

static void move_values(struct fields *values, void *arg)
{
    const struct move *move = arg;

    fields_set(values, move->form->roles.area, move->to->code);
    fields_set(values, move->form->roles.officer, move->to->officer);
}

static enum result move_case(struct usecase *usecase, const struct demo *demo,
                             const Rec__Case *casefile)
{
    struct move move = {.form = forms_get(service_forms(usecase->service), casefile->kind),
                        .to = next_village(demo, casefile->area)};

    return move.to != NULL ? demo_case_change(usecase, casefile, move_values, &move) : RESULT_OK;
}

static enum result moves_body(struct usecase *usecase, void *arg)
{
    struct building *building = arg;
    struct moving moving = {0};
    struct caller clerk = *usecase->caller;
    struct usecase own = *usecase;

    clerk.role = ROLE_STREET;
    copy_code(clerk.area, building->service->area);
    snprintf(clerk.officer, sizeof clerk.officer, "%s", building->demo.villages[0].clerk);
    own.caller = &clerk;
    building->making.state = building->state;
    own.now = demo_moment(&building->making, building->demo.today);
    const char *kind = demo_form(usecase->service, DEMO_ELDERS)->kind;
    enum result result = store_case_of_area(usecase->txn, "", kind, NULL, pick_mover, &moving);
    for (size_t i = 0; i < moving.count; i++) {
        if (result == 0)
            result = move_case(&own, &building->demo, moving.cases[i]);
        rec__case__free_unpacked(moving.cases[i], NULL);
    }
    return result;
}

static enum result applications_body(struct usecase *usecase, void *arg)
{
    struct building *building = arg;

    building->making =
        (struct demo_making){.demo = &building->demo, .state = building->state, .usecase = usecase};
    return demo_applications_make(&building->making);
}

// ---- the whole demonstration

static enum result finish_body(struct usecase *usecase, void *arg)
{
    const struct building *building = arg;
    char text[NUMBER_TEXT];

    event_name_record(usecase, building->service->area, "demo");
    event_add_note(usecase, "个案 %" PRIu32 " 件，探访 %" PRIu64 " 次", building->state.cases,
                   building->state.visits);
    snprintf(text, sizeof text, "%" PRIu32, building->state.cases);
    fields_set(&usecase->reply->values, "cases", text);
    snprintf(text, sizeof text, "%" PRIu64, building->state.visits);
    fields_set(&usecase->reply->values, "visits", text);
    return reply_say(usecase->reply, RESULT_OK,
                     "演示人员均为虚构，演示账号的密码都是 %s，不要用于正式数据。", DEMO_PASSWORD);
}

static void begin(struct building *building, const struct demo_input *input)
{
    struct demo *demo = &building->demo;
    month_t earliest = service_first_month(building->service);
    int64_t first;

    demo->service = building->service;
    demo->cases = input->cases > 0 ? input->cases : 1;
    demo->today = service_today(building->service);
    demo->now = month_of(demo->today);
    first = (int64_t)demo->now - (input->months > 0 ? input->months : 1) + 1;
    demo->first = first > earliest ? (month_t)first : earliest;
    building->state.random.state = input->seed;
    building->demo.seed = input->seed;
}

static enum result build(struct building *building, const struct demo_input *input)
{
    enum result result = check_empty(building);

    if (result == 0)
        result = find_villages(building, input);
    if (result == 0)
        result = password_hash(DEMO_PASSWORD, &building->hash);
    if (result == 0)
        result = run_step(building, officers_body);
    if (result == 0)
        result = make_units(building);
    if (result == 0)
        result = close_months(building);
    if (result == 0)
        result = run_step(building, moves_body);
    if (result == 0)
        result = run_step(building, applications_body);
    if (result == 0)
        result = demo_office_work(&building->demo);
    if (result == 0)
        result = usecase_write(building->service, building->caller, ACTION_DEMO, NULL, finish_body,
                               building, building->reply);
    return result;
}

enum result demo_fill(struct service *service, const struct caller *caller,
                      const struct demo_input *input, struct sheet **ret_officers,
                      struct reply *reply)
{
    struct building building = {.service = service, .caller = caller, .reply = reply};

    for (int programme = 0; programme < DEMO_PROGRAMMES; programme++)
        if (demo_form(service, (enum demo_programme)programme) == NULL)
            return reply_say(reply, RESULT_NOTFOUND,
                             "缺少演示要用的业务文件，请重新安装程序自带的业务文件。");
    begin(&building, input);
    enum result result = build(&building, input);
    if (result == 0) {
        *ret_officers = building.officers;
        building.officers = NULL;
    }
    sheet_free(&building.officers);
    free(building.demo.villages);
    free(building.hash);
    return result;
}
