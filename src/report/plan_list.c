/**
 * The table of plans.
 */
#include "report/plan.h"

#include <string.h>

static const struct plan PLANS[] = {
    {
        .id = "table",
        .words = "任何一张表",
        .head = "{sheet}|{area_name}|{basis}|{officer}|共 {rows} 行",
        .sections = {{.table = "rows", .empty = "没有内容"}},
    },
};

const struct plan *plan_at(size_t index)
{
    return index < sizeof PLANS / sizeof PLANS[0] ? &PLANS[index] : NULL;
}

const struct plan *plan_find(const char *id)
{
    const struct plan *plan = NULL;

    for (size_t i = 0; (plan = plan_at(i)) != NULL; i++)
        if (strcmp(plan->id, id) == 0)
            return plan;
    return &PLANS[0];
}
