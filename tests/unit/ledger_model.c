#include "ledger_model.h"
#include "base/month.h"

const int street_of[AREAS] = {0, 0, 1, 2};

static day_t later(day_t a, day_t b)
{
    return a > b ? a : b;
}

static day_t earlier(day_t a, day_t b)
{
    return a < b ? a : b;
}

// ---- days

static bool on_books(const struct one_case *one, day_t day)
{
    return day >= one->since && (one->closed == 0 || day <= one->closed);
}

static day_t books_from(const struct one_case *one, month_t month)
{
    return later(one->since, month_first(month));
}

static day_t books_to(const struct one_case *one, month_t month)
{
    return one->closed == 0 ? month_last(month) : earlier(one->closed, month_last(month));
}

static bool in_month(const struct one_case *one, month_t month)
{
    return books_from(one, month) <= books_to(one, month);
}

bool model_covers(const struct one_case *one, month_t month, const struct one_excuse *excuse)
{
    day_t from = books_from(one, month);
    day_t to = books_to(one, month);
    int covered = later(earlier(excuse->to, to) - later(excuse->from, from) + 1, 0);

    return covered > 0 && (covered >= 15 || covered == to - from + 1);
}

// ---- visits

struct made {
    int done, attempts;
    bool late;
    day_t first;
};

static struct made visits_of(const struct world *world, const struct one_case *one, month_t month)
{
    struct made made = {0};
    bool days[32] = {false};

    for (size_t i = 0; i < world->visit_count; i++) {
        const struct one_visit *visit = &world->visits[i];
        if (visit->person != one->person || visit->superseded || month_of(visit->date) != month ||
            !on_books(one, visit->date))
            continue;
        if (!visit->success) {
            made.attempts++;
            continue;
        }
        made.late |= visit->late;
        days[visit->date - month_first(month)] = true;
        if (made.first == 0 || visit->date < made.first)
            made.first = visit->date;
    }
    for (size_t i = 0; i < COUNT(days); i++)
        made.done += days[i];
    return made;
}

// ---- one person, several cases

/** The case that counts this month for the person, and since when somebody stood on the books. */
static const struct one_case *find_keeper(const struct world *world, const struct one_case *one,
                                          int m, day_t *ret_present)
{
    month_t month = world->first + m;
    const struct one_case *keeper = NULL;
    day_t best = 0;

    *ret_present = books_from(one, month);
    for (size_t i = 0; i < world->case_count; i++) {
        const struct one_case *other = &world->cases[i];
        if (other->person != one->person || other->kind != one->kind || !other->rows[m].exists ||
            !in_month(other, month))
            continue;
        *ret_present = earlier(*ret_present, books_from(other, month));
        day_t first = visits_of(world, other, month).first;
        bool better = keeper == NULL;
        if (!better && first != 0)
            better = best == 0 || first < best || (first == best && other->since < keeper->since);
        else if (!better && best == 0)
            better = other->since >= keeper->since; /* cases come in the order of their numbers */
        if (better) {
            keeper = other;
            best = first;
        }
    }
    return keeper;
}

struct verdict model_judge(const struct world *world, const struct one_case *one, int index)
{
    const struct row *row = &one->rows[index];
    month_t month = world->first + index;
    day_t first = month_first(month);
    struct made made = visits_of(world, one, month);
    struct verdict verdict = {.late = made.late, .attempted = made.attempts > 0 && made.done == 0};
    const struct report *report = &world->reports[street_of[row->area]][index];
    day_t present;
    const struct one_case *keeper = find_keeper(world, one, index, &present);

    if (in_month(one, month) && keeper != one)
        verdict.state = DUTY_NOT_COUNTED;
    else if (one->since > month_last(month) || (one->closed != 0 && one->closed < first) ||
             present - first + 1 > 25)
        verdict.state = DUTY_NOT_COUNTED;
    else if (made.done > 0)
        verdict.state = DUTY_REACHED;
    else if (one->closed != 0 && one->closed <= month_last(month))
        verdict.state = DUTY_NOT_COUNTED;
    else if (row->excuse.state == EXCUSE_GIVEN && model_covers(one, month, &row->excuse))
        verdict.state = DUTY_EXCUSED;
    else
        verdict.state = report->closed ? DUTY_MISSED : DUTY_PENDING;
    verdict.fulfilled = verdict.state == DUTY_REACHED && made.done >= row->need;
    return verdict;
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

// ---- rows

/** Of those that touch the month: granted with most days, else waiting, else the last. */
static struct one_excuse excuse_of(const struct one_case *one, month_t month)
{
    struct one_excuse best = {0};
    int best_days = 0;

    for (size_t i = 0; i < one->excuse_count; i++) {
        const struct one_excuse *excuse = &one->excuses[i];
        day_t from = later(excuse->from, month_first(month));
        day_t to = earlier(excuse->to, month_last(month));
        if (from > to)
            continue;
        if (excuse->state == EXCUSE_GIVEN && (best.state != EXCUSE_GIVEN || to - from > best_days))
            best = *excuse, best_days = to - from;
        else if (best.state != EXCUSE_GIVEN && best.state != EXCUSE_WAITING)
            best = *excuse;
    }
    return best;
}

static void settle_month(const struct world *world, struct one_case *one, int m)
{
    struct row *row = &one->rows[m];
    month_t month = world->first + m;

    if (!row->exists) {
        if (!in_month(one, month))
            return;
        *row = (struct row){.exists = true, .area = one->area, .need = one->need};
        row->excuse = excuse_of(one, month);
        return;
    }
    const struct report *there = &world->reports[street_of[row->area]][m];
    const struct report *here = &world->reports[street_of[one->area]][m];
    bool closed = there->closed;
    if (there->version == 0 && here->version == 0)
        row->area = one->area;
    if (!closed && one->excuse_count > 0)
        row->excuse = excuse_of(one, month);
    if (month >= month_of(world->today) && one->need > row->need)
        row->need = one->need;
}

void model_settle(const struct world *world, struct one_case *one)
{
    for (int m = 0; world->first + m <= world->opened; m++)
        settle_month(world, one, m);
}

void model_open(struct world *world)
{
    int m = (int)(++world->opened - world->first);

    for (size_t i = 0; i < world->case_count; i++)
        settle_month(world, &world->cases[i], m);
}

// ---- closing

void model_close(struct world *world, int street, int m)
{
    struct report *report = &world->reports[street][m];

    report->closed = true;
    report->reopened = 0;
    report->version++;
    report->count = 0;
    for (size_t i = 0; i < world->case_count; i++) {
        const struct one_case *one = &world->cases[i];
        if (!one->rows[m].exists || street_of[one->rows[m].area] != street)
            continue;
        report->rows[report->count++] = (struct reported){
            .one = (int)i,
            .area = one->rows[m].area,
            .verdict = model_judge(world, one, m),
        };
    }
}

void model_reopen(struct world *world, int street, int m)
{
    world->reports[street][m].closed = false;
    world->reports[street][m].reopened = world->today;
}

void model_timer(struct world *world)
{
    for (int m = 0; world->first + m < month_of(world->today) && m < MONTHS; m++)
        for (int street = 0; street < STREETS; street++) {
            struct report *report = &world->reports[street][m];
            day_t due = report->reopened != 0 ? report->reopened + 7
                                              : month_first(world->first + m + 1) + 5;
            if (!report->closed && world->today >= due)
                model_close(world, street, m);
        }
}
