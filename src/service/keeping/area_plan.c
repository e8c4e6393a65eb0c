#include "service/keeping/area_plan.h"

#include "base/mem.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LONGEST = 30 };

/** A plan being made. */
struct planning {
    struct usecase *usecase;
    struct area_plan *plan;
    const Rec__AreaStep *step;
    size_t number;
    char code[AREA_TEXT], into[AREA_TEXT];
};

// ---- divisions as the steps so far leave them

static struct area_plan_item *find_item(const struct area_plan *plan, const char *code)
{
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->items[i].is->code, code) == 0)
            return &plan->items[i];
    return NULL;
}

/** The division now, also one that is gone; NULL if there is none. */
static const Rec__Area *find_area(const struct planning *planning, const char *code)
{
    const struct area_plan_item *item = find_item(planning->plan, code);

    return item != NULL ? item->is : cache_area(planning->usecase->service->cache, code);
}

static const Rec__Area *find_living(const struct planning *planning, const char *code)
{
    const Rec__Area *area = find_area(planning, code);

    return area != NULL && cache_area_lives(area) ? area : NULL;
}

/** Codes of divisions. */
struct codes {
    size_t count, capacity;
    char (*items)[AREA_TEXT];
};

static void add_code(struct codes *codes, const char *code)
{
    mem_grow((void **)&codes->items, codes->count, &codes->capacity, sizeof *codes->items);
    snprintf(codes->items[codes->count++], AREA_TEXT, "%s", code);
}

static bool is_below(const char *code, const Rec__Area *area)
{
    return cache_area_lives(area) && strcmp(area->code, code) != 0 &&
           area_contains(code, area->code);
}

/** The living divisions below a code. */
static struct codes find_below(const struct planning *planning, const char *code)
{
    const struct area_plan *plan = planning->plan;
    const struct cache *cache = planning->usecase->service->cache;
    const Rec__Area *area;
    struct codes below = {0};

    for (size_t i = 0; (area = cache_area_at(cache, i)) != NULL; i++)
        if (find_item(plan, area->code) == NULL && is_below(code, area))
            add_code(&below, area->code);
    for (size_t i = 0; i < plan->count; i++)
        if (is_below(code, plan->items[i].is))
            add_code(&below, plan->items[i].is->code);
    return below;
}

/** The division's record in the plan, to be changed. */
static Rec__Area *edit(const struct planning *planning, const char *code)
{
    struct area_plan *plan = planning->plan;
    struct area_plan_item *item = find_item(plan, code);

    if (item != NULL)
        return item->is;
    const Rec__Area *area = cache_area(planning->usecase->service->cache, code);
    mem_grow((void **)&plan->items, plan->count, &plan->capacity, sizeof *plan->items);
    item = &plan->items[plan->count++];
    *item = (struct area_plan_item){.was = record_copy(area), .is = record_copy(area)};
    return item->is;
}

static void drop_item(struct area_plan *plan, struct area_plan_item *item)
{
    rec__area__free_unpacked(item->is, NULL);
    *item = plan->items[--plan->count];
}

/** The nearest division above a code; NULL if there is none. */
static const Rec__Area *find_parent(const struct planning *planning, const char *code)
{
    const Rec__Area *parent = NULL;

    for (int level = area_level(code) - 1; level > AREA_NONE && parent == NULL; level--) {
        char above[AREA_TEXT];
        area_ancestor(code, (enum area_level)level, above);
        parent = find_living(planning, above);
    }
    return parent;
}

static void make_area(const struct planning *planning, const char *code, const char *name)
{
    struct area_plan *plan = planning->plan;
    const Rec__Area *parent = find_parent(planning, code);
    Rec__Area empty = REC__AREA__INIT;
    Rec__Area *area = record_copy(&empty);

    record_set(&area->code, code);
    record_set(&area->name, name);
    record_set(&area->parent, parent != NULL ? parent->code : "");
    record_set(&area->level, area_level_name(area_level(code)));
    area->from = plan->from;
    mem_grow((void **)&plan->items, plan->count, &plan->capacity, sizeof *plan->items);
    plan->items[plan->count++] = (struct area_plan_item){.is = area};
}

/** Lets all that went to `code` go to `into`. */
static void redirect(struct area_plan *plan, const char *code, const char *into)
{
    for (size_t i = 0; i < plan->pair_count; i++)
        if (strcmp(plan->pairs[i].into, code) == 0)
            snprintf(plan->pairs[i].into, AREA_TEXT, "%s", into);
    for (size_t i = 0; i < plan->count; i++)
        if (strcmp(plan->items[i].is->successor, code) == 0)
            record_set(&plan->items[i].is->successor, into);
}

/** Ends a division; its people go to `into`. One that this plan has made has never been. */
static void end_area(const struct planning *planning, const char *code, const char *into)
{
    struct area_plan *plan = planning->plan;
    struct area_plan_item *item = find_item(plan, code);

    redirect(plan, code, into);
    if (item != NULL && item->was == NULL) {
        drop_item(plan, item);
        return;
    }
    Rec__Area *area = edit(planning, code);
    area->until = plan->from;
    record_set(&area->successor, into);
    mem_grow((void **)&plan->pairs, plan->pair_count, &plan->pair_capacity, sizeof *plan->pairs);
    struct area_plan_pair *pair = &plan->pairs[plan->pair_count++];
    *pair = (struct area_plan_pair){.step = planning->number};
    snprintf(pair->old, sizeof pair->old, "%s", code);
    snprintf(pair->into, sizeof pair->into, "%s", into);
}

// ---- what every step asks

static enum result refuse(const struct planning *planning, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum result refuse(const struct planning *planning, const char *format, ...)
{
    struct str words = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    enum result result =
        reply_say(planning->usecase->reply, RESULT_INVALID, "%s%s：%s",
                  area_plan_label(planning->step->what), planning->step->code, str_text(&words));
    str_free(&words);
    return result;
}

static enum result check_name(const struct planning *planning, const char *code, const char *name)
{
    const Rec__Area *parent = find_parent(planning, code);
    enum result result = RESULT_OK;

    if (*name == '\0' || text_length(name) > NAME_LONGEST || text_has_control(name))
        return refuse(planning, "请填名称，不超过 %d 个字。", NAME_LONGEST);
    struct codes others = find_below(planning, parent != NULL ? parent->code : code);
    for (size_t i = 0; i < others.count && result == 0; i++) {
        const Rec__Area *other = find_living(planning, others.items[i]);
        if (strcmp(other->code, code) != 0 && strcmp(other->name, name) == 0 &&
            strcmp(other->parent, parent != NULL ? parent->code : "") == 0)
            result = refuse(planning, "同一上级下已有 %s %s，名称不能相同，请换一个。", other->code,
                            name);
    }
    free(others.items);
    return result;
}

/** The first day from which the division may be changed: changes come in the order of their
 *  days. */
static day_t changeable_from(const Rec__Area *area)
{
    day_t day = area->from;

    for (size_t i = 0; i < area->n_former; i++)
        if (area->former[i]->until > day)
            day = area->former[i]->until;
    return day;
}

/** A new code: in the home, never used, below a division. */
static enum result check_new(const struct planning *planning, const char *code)
{
    const Rec__Area *area = find_area(planning, code);
    const Rec__Area *parent = find_parent(planning, code);
    const char *home = service_area(planning->usecase->service);
    char day[DATE_TEXT];

    if (!area_contains(home, code) || strcmp(home, code) == 0)
        return refuse(planning, "%s 不在本系统的辖区 %s 之内，请核对代码。", code, home);
    if (area != NULL && cache_area_lives(area))
        return refuse(planning, "代码 %s 已是%s，请换一个，或用并入。", code, area->name);
    if (area != NULL)
        return refuse(planning, "代码 %s 曾是%s（到 %s 为止），用过的代码不能再用，请换一个。",
                      code, area->name, date_format(area->until, day));
    if (parent == NULL ||
        (area_level(code) == AREA_VILLAGE && area_level_parse(parent->level) != AREA_STREET))
        return refuse(planning, "%s 的上级还没有，请先新设上级。", code);
    return RESULT_OK;
}

static enum result check_old(const struct planning *planning, const char *code, bool home_too)
{
    struct service *service = planning->usecase->service;
    const char *home = service_area(service);
    const Rec__Area *area = find_living(planning, code);
    struct str fault = {0};
    char day[DATE_TEXT];
    enum result result = RESULT_OK;

    if (area == NULL) {
        (void)facts_area_lives(service, code, &fault);
        result = refuse(planning, "%s。",
                        *str_text(&fault) != '\0' ? str_text(&fault) : "没有这个区划，请核对代码");
    } else if (!area_contains(home, code) || (!home_too && strcmp(home, code) == 0)) {
        result = refuse(planning, "只能调整本系统辖区 %s 之内的区划。", home);
    } else if (changeable_from(area) > planning->plan->from) {
        result = refuse(planning, "%s 上次调整自 %s 起，这次的生效日期不能更早，请改到那天或以后。",
                        area->name, date_format(changeable_from(area), day));
    }
    str_free(&fault);
    return result;
}

static enum result check_level(const struct planning *planning)
{
    if (area_level(planning->code) != area_level(planning->into))
        return refuse(planning, "%s 与 %s 不是同一级，请选同一级的。", planning->code,
                      planning->into);
    if (strcmp(planning->code, planning->into) == 0)
        return refuse(planning, "两个代码相同，请写另一个代码。");
    return RESULT_OK;
}

// ---- the steps

static enum result plan_add(struct planning *planning)
{
    enum result result = check_new(planning, planning->code);

    if (result == 0)
        result = check_name(planning, planning->code, planning->step->name);
    if (result == 0)
        make_area(planning, planning->code, planning->step->name);
    return result;
}

static void rename_area(const struct planning *planning, const char *code, const char *name)
{
    Rec__Area *area = edit(planning, code);
    Rec__FormerName former = REC__FORMER_NAME__INIT;

    if (area->from < planning->plan->from) {
        former.name = area->name;
        former.until = planning->plan->from;
        area->former = mem_resize(area->former, area->n_former + 1, sizeof *area->former);
        area->former[area->n_former++] = record_copy(&former);
    }
    record_set(&area->name, name);
}

static enum result plan_rename(struct planning *planning)
{
    const Rec__Area *area = find_living(planning, planning->code);
    enum result result = check_old(planning, planning->code, true);

    if (result == 0 && strcmp(area->name, planning->step->name) == 0)
        result = refuse(planning, "名称没有变，请写新的名称。");
    if (result == 0)
        result = check_name(planning, planning->code, planning->step->name);
    if (result == 0)
        rename_area(planning, planning->code, planning->step->name);
    return result;
}

/** The code below `into` with the digits that `code` has below the step's own code. */
static void follow_code(const struct planning *planning, const char *code, char into[AREA_TEXT])
{
    char prefix[AREA_TEXT];

    area_prefix(planning->into, prefix);
    snprintf(into, AREA_TEXT, "%s%s", prefix, code + strlen(prefix));
}

/** Moves what lies below the step's code under `into`, with the same last digits. */
static enum result follow_below(struct planning *planning)
{
    struct codes below = find_below(planning, planning->code);
    enum result result = RESULT_OK;

    for (size_t i = 0; i < below.count && result == 0; i++) {
        char into[AREA_TEXT];
        const Rec__Area *area = find_living(planning, below.items[i]);
        follow_code(planning, area->code, into);
        const Rec__Area *taken = find_area(planning, into);
        if (taken != NULL)
            result =
                refuse(planning,
                       "%s%s 的新代码应为 %s，但那是%s；请先为%s另给代码（move）或并入（merge）。",
                       area->code, area->name, into, taken->name, area->name);
        else
            make_area(planning, into, area->name);
    }
    for (size_t i = 0; i < below.count && result == 0; i++) {
        char into[AREA_TEXT];
        follow_code(planning, below.items[i], into);
        end_area(planning, below.items[i], into);
    }
    free(below.items);
    return result;
}

static enum result plan_move(struct planning *planning)
{
    const Rec__Area *area = find_living(planning, planning->code);
    enum result result = check_old(planning, planning->code, false);

    if (result == 0)
        result = check_level(planning);
    if (result == 0)
        result = check_new(planning, planning->into);
    if (result != 0)
        return result;
    const char *given = planning->step->name;
    char *name = mem_copy(*given != '\0' ? given : area->name);
    make_area(planning, planning->into, name);
    result = follow_below(planning);
    if (result == 0)
        end_area(planning, planning->code, planning->into);
    if (result == 0)
        result = check_name(planning, planning->into, name);
    free(name);
    return result;
}

static enum result plan_merge(struct planning *planning)
{
    enum result result = check_old(planning, planning->code, false);

    if (result == 0)
        result = check_level(planning);
    if (result == 0)
        result = check_old(planning, planning->into, false);
    if (result == 0)
        result = follow_below(planning);
    if (result == 0)
        end_area(planning, planning->code, planning->into);
    return result;
}

static enum result plan_close(struct planning *planning)
{
    struct codes below = {0};
    enum result result = check_old(planning, planning->code, false);

    if (result == 0)
        below = find_below(planning, planning->code);
    if (below.count > 0)
        result = refuse(planning, "下面还有 %zu 个区划，请先逐个并入、变更或撤销。", below.count);
    free(below.items);
    if (result == 0)
        end_area(planning, planning->code, "");
    return result;
}

static const struct {
    const char *what, *label;
    bool into; /**< the step has a second code */
    enum result (*plan)(struct planning *planning);
} STEPS[] = {
    {AREA_ADD, "新设", false, plan_add},      {AREA_RENAME, "更名", false, plan_rename},
    {AREA_MOVE, "变更代码", true, plan_move}, {AREA_MERGE, "并入", true, plan_merge},
    {AREA_CLOSE, "撤销", false, plan_close},
};

const char *area_plan_label(const char *what)
{
    for (size_t i = 0; i < sizeof STEPS / sizeof STEPS[0]; i++)
        if (strcmp(STEPS[i].what, what) == 0)
            return STEPS[i].label;
    return "";
}

static enum result check_right(const struct planning *planning, const char *code)
{
    return *code == '\0' ? RESULT_OK : usecase_allow(planning->usecase, ACTION_AREA_CHANGE, code);
}

static enum result take_step(struct planning *planning)
{
    const Rec__AreaStep *step = planning->step;
    size_t row = 0;

    while (row < sizeof STEPS / sizeof STEPS[0] && strcmp(STEPS[row].what, step->what) != 0)
        row++;
    if (row == sizeof STEPS / sizeof STEPS[0])
        return reply_say(planning->usecase->reply, RESULT_USAGE, "没有“%s”这种调整，请核对调整表。",
                         step->what);
    planning->into[0] = '\0';
    if (area_parse(step->code, planning->code) != 0)
        return refuse(planning, "区划代码应为 2、4、6、9 或 12 位数字。");
    if (STEPS[row].into && area_parse(step->into, planning->into) != 0)
        return refuse(planning, "区划代码“%s”不对，应为 2、4、6、9 或 12 位数字。", step->into);
    enum result result = check_right(planning, planning->code);
    if (result == 0)
        result = check_right(planning, planning->into);
    return result == 0 ? STEPS[row].plan(planning) : result;
}

static int pair_order(const void *a, const void *b)
{
    return strcmp(((const struct area_plan_pair *)a)->old, ((const struct area_plan_pair *)b)->old);
}

enum result area_plan_make(struct usecase *usecase, day_t from, size_t count,
                           Rec__AreaStep *const *steps, struct area_plan *ret_plan)
{
    struct area_plan plan = {.from = from};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < count && result == 0; i++) {
        struct planning planning = {
            .usecase = usecase, .plan = &plan, .step = steps[i], .number = i};
        result = take_step(&planning);
    }
    if (plan.pair_count > 1)
        qsort(plan.pairs, plan.pair_count, sizeof *plan.pairs, pair_order);
    if (result == 0)
        *ret_plan = plan;
    else
        area_plan_free(&plan);
    return result;
}

void area_plan_free(struct area_plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (plan->items[i].was != NULL)
            rec__area__free_unpacked(plan->items[i].was, NULL);
        rec__area__free_unpacked(plan->items[i].is, NULL);
    }
    free(plan->items);
    free(plan->pairs);
    *plan = (struct area_plan){0};
}

const struct area_plan_pair *area_plan_pair(const struct area_plan *plan, const char *code)
{
    struct area_plan_pair key = {0};

    if (plan->pair_count == 0)
        return NULL;
    snprintf(key.old, sizeof key.old, "%s", code);
    return bsearch(&key, plan->pairs, plan->pair_count, sizeof key, pair_order);
}
