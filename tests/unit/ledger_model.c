#include "ledger_model.h"

const int street_of[AREAS] = {0, 0, 1};

struct verdict model_judge(const struct world *world, const struct one_case *one, int index)
{
    const struct row *row = &one->rows[index];
    month_t month = world->first + index;
    day_t first = month_first(month);
    bool days[32] = {false};
    int attempts = 0;
    int done = 0;
    struct verdict verdict = {0};

    for (size_t i = 0; i < world->visit_count; i++) {
        const struct one_visit *visit = &world->visits[i];
        if (visit->person != one->person || visit->superseded || month_of(visit->date) != month ||
            (row->closed != 0 && visit->date > row->closed))
            continue;
        if (!visit->success) {
            attempts++;
            continue;
        }
        verdict.late |= visit->late;
        days[visit->date - first] = true;
    }
    for (size_t i = 0; i < COUNT(days); i++)
        done += days[i];
    verdict.attempted = attempts > 0 && done == 0;
    if (row->since - first + 1 > 25 || (row->closed != 0 && row->closed < first))
        verdict.state = DUTY_NOT_COUNTED;
    else if (done > 0)
        verdict.state = DUTY_REACHED;
    else if (row->closed != 0 && row->closed <= month_last(month))
        verdict.state = DUTY_NOT_COUNTED;
    else if (row->excuse == EXCUSE_GRANTED)
        verdict.state = DUTY_EXCUSED;
    else
        verdict.state = row->frozen ? DUTY_MISSED : DUTY_PENDING;
    verdict.fulfilled = verdict.state == DUTY_REACHED && done >= row->need;
    return verdict;
}

struct verdict model_judge_reported(const struct world *world, const struct one_case *one,
                                    int index)
{
    const struct row *row = &one->rows[index];

    if (!row->frozen)
        return model_judge(world, one, index);
    return (struct verdict){row->state, row->fulfilled, row->attempted, row->late};
}

static bool has_visits(const struct world *world, const struct one_case *one, int index)
{
    const struct row *row = &one->rows[index];

    for (size_t i = 0; i < world->visit_count; i++) {
        const struct one_visit *visit = &world->visits[i];
        if (visit->person == one->person && !visit->superseded &&
            month_of(visit->date) == world->first + index &&
            (row->closed == 0 || visit->date <= row->closed))
            return true;
    }
    return false;
}

/* `old_area` is where the case was before. */
static void settle_month(const struct world *world, struct one_case *one, int m, int old_area)
{
    struct row *row = &one->rows[m];
    month_t month = world->first + m;
    bool wanted =
        one->since <= month_last(month) && (one->closed == 0 || one->closed >= month_first(month));

    if ((row->exists ? row->frozen : !wanted) || world->closed[street_of[one->area]][m] ||
        world->closed[street_of[old_area]][m] ||
        (row->exists && world->closed[street_of[row->area]][m]))
        return;
    if (row->exists && !wanted && !has_visits(world, one, m) && row->excuse == EXCUSE_NONE) {
        *row = (struct row){0};
        return;
    }
    row->exists = true;
    row->area = one->area;
    row->since = one->since;
    row->closed = one->closed;
    row->need = one->need;
}

void model_settle(const struct world *world, struct one_case *one, int old_area)
{
    for (int m = 0; world->first + m <= world->opened; m++)
        settle_month(world, one, m, old_area);
}

void model_freeze(struct world *world, int street, int m)
{
    world->closed[street][m] = world->ever_closed[street][m] = true;
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *one = &world->cases[i];
        struct row *row = &one->rows[m];
        if (!row->exists || street_of[row->area] != street)
            continue;
        struct verdict verdict = model_judge(world, one, m);
        row->frozen = true;
        row->state = verdict.state == DUTY_PENDING ? DUTY_MISSED : verdict.state;
        row->fulfilled = verdict.fulfilled;
        row->attempted = verdict.attempted;
        row->late = verdict.late;
    }
}

/** Reopening makes up for what was saved while the month was closed. */
void model_thaw(struct world *world, int street, int m)
{
    world->closed[street][m] = false;
    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *one = &world->cases[i];
        struct row *row = &one->rows[m];
        bool here = row->exists && street_of[row->area] == street;
        if (here)
            row->frozen = false;
        if (here || street_of[one->area] == street)
            settle_month(world, one, m, one->area);
    }
}

void model_open(struct world *world)
{
    int m = (int)(++world->opened - world->first);

    for (size_t i = 0; i < world->case_count; i++) {
        struct one_case *one = &world->cases[i];
        if (one->rows[m].exists || one->since > month_last(world->opened) ||
            (one->closed != 0 && one->closed < month_first(world->opened)))
            continue;
        one->rows[m] = (struct row){
            .exists = true,
            .area = one->area,
            .since = one->since,
            .closed = one->closed,
            .need = one->need,
        };
    }
}

void model_count(struct figures *figures, const struct verdict *verdict)
{
    static const bool owed[] = {
        [DUTY_PENDING] = true,
        [DUTY_REACHED] = true,
        [DUTY_MISSED] = true,
        [DUTY_NOT_COUNTED] = false,
    };

    figures->owed += owed[verdict->state];
    figures->reached += verdict->state == DUTY_REACHED;
    figures->pending += verdict->state == DUTY_PENDING;
    figures->missed += verdict->state == DUTY_MISSED;
    figures->excused += verdict->state == DUTY_EXCUSED;
    figures->not_counted += verdict->state == DUTY_NOT_COUNTED;
    figures->fulfilled += verdict->fulfilled;
    figures->attempted += verdict->attempted;
    figures->late += verdict->late;
}
