/**
 * A change of divisions as a plan: which records it makes, changes and ends, and which code goes
 * where.
 *
 * The steps are taken in their order, each on what the steps before have left. Nothing is written.
 * Private to src/service. Threads: within one use case; reads the divisions in memory.
 */
#ifndef DOUDI_SERVICE_KEEPING_AREA_PLAN_H
#define DOUDI_SERVICE_KEEPING_AREA_PLAN_H

#include "domain/area.h"
#include "service/frame/usecase.h"

#define AREA_ADD "add"
#define AREA_RENAME "rename"
#define AREA_MOVE "move"
#define AREA_MERGE "merge"
#define AREA_CLOSE "close"

/** A division that the plan changes. */
struct area_plan_item {
    Rec__Area *was; /**< NULL = new */
    Rec__Area *is;
};

/** Where the people of a code go. */
struct area_plan_pair {
    char old[AREA_TEXT];
    char into[AREA_TEXT]; /**< "" = nobody may be there */
    size_t step;
};

/** `{0}` is empty. */
struct area_plan {
    day_t from;
    size_t count, capacity;
    struct area_plan_item *items; /**< owned */
    size_t pair_count, pair_capacity;
    struct area_plan_pair *pairs; /**< by old code */
};

/** Makes the plan. A step that cannot be done is refused with words. */
enum result area_plan_make(struct usecase *usecase, day_t from, size_t count,
                           Rec__AreaStep *const *steps, struct area_plan *ret_plan);
void area_plan_free(struct area_plan *plan);

/** The pair of a code, NULL if its people stay. Borrowed. */
const struct area_plan_pair *area_plan_pair(const struct area_plan *plan, const char *code);
/** 新设 更名 变更代码 并入 撤销; "" for an unknown step. */
const char *area_plan_label(const char *what);

#endif
