#include "domain/lifecycle.h"

#include <string.h>

// ---- words

static const struct {
    const char *name, *label;
} ACTS[] = {
    [LIFECYCLE_SUBMIT] = {"submit", "提交"},     [LIFECYCLE_DONE] = {"done", "通过"},
    [LIFECYCLE_RETURN] = {"return", "退回"},     [LIFECYCLE_PAUSE] = {"pause", "补正"},
    [LIFECYCLE_RESUME] = {"resume", "补正收齐"}, [LIFECYCLE_REFUSE] = {"refuse", "不予"},
    [LIFECYCLE_WITHDRAW] = {"withdraw", "撤回"}, [LIFECYCLE_EXTEND] = {"extend", "延长"},
};

_Static_assert(sizeof ACTS / sizeof ACTS[0] == LIFECYCLE_ACT_COUNT, "a row per act");

const char *lifecycle_act_name(enum lifecycle_act act)
{
    return (unsigned)act < LIFECYCLE_ACT_COUNT ? ACTS[act].name : NULL;
}

const char *lifecycle_act_label(enum lifecycle_act act)
{
    return (unsigned)act < LIFECYCLE_ACT_COUNT ? ACTS[act].label : NULL;
}

enum result lifecycle_act_find(const char *name, enum lifecycle_act *ret_act)
{
    for (enum lifecycle_act act = 0; act < LIFECYCLE_ACT_COUNT; act++) {
        if (strcmp(ACTS[act].name, name) == 0) {
            *ret_act = act;
            return RESULT_OK;
        }
    }
    return RESULT_NOTFOUND;
}

// ---- following the records

size_t lifecycle_find(const struct life_steps *steps, const char *id)
{
    for (size_t i = 0; i < steps->count; i++)
        if (strcmp(steps->items[i].id, id) == 0)
            return i;
    return steps->count;
}

static void go_to(const struct life_steps *steps, const char *id, day_t on,
                  struct lifecycle_stand *stand)
{
    size_t step = lifecycle_find(steps, id);

    stand->state = LIFECYCLE_WAITING;
    stand->step = step < steps->count ? step : 0;
    stand->began = on;
    stand->paused = 0;
}

static void end(const struct life_steps *steps, struct lifecycle_stand *stand)
{
    stand->state = LIFECYCLE_ENDED;
    stand->step = steps->count;
    stand->paused = 0;
}

static void follow(const struct life_steps *steps, const struct lifecycle_record *record,
                   struct lifecycle_stand *stand)
{
    switch (record->act) {
    case LIFECYCLE_SUBMIT:
        go_to(steps, record->to, record->on, stand);
        break;
    case LIFECYCLE_DONE:
        if (stand->accepted == 0)
            stand->accepted = record->on;
        if (*record->to == '\0')
            end(steps, stand);
        else
            go_to(steps, record->to, record->on, stand);
        break;
    case LIFECYCLE_RETURN:
        go_to(steps, record->to, record->on, stand);
        if (*record->to == '\0')
            stand->state = LIFECYCLE_RETURNED;
        break;
    case LIFECYCLE_PAUSE:
        stand->state = LIFECYCLE_PAUSED;
        stand->paused = record->on;
        stand->until = record->until;
        break;
    case LIFECYCLE_RESUME:
        stand->state = LIFECYCLE_WAITING;
        stand->paused = 0;
        break;
    case LIFECYCLE_EXTEND:
        stand->extended = true;
        break;
    default:
        end(steps, stand);
        break;
    }
}

struct lifecycle_stand lifecycle_judge(const struct life_steps *steps,
                                       const struct lifecycle_record *records, size_t count)
{
    struct lifecycle_stand stand = {0};

    for (size_t i = 0; i < count; i++)
        follow(steps, &records[i], &stand);
    return stand;
}

// ---- the clock

/** True if the clock stands on the day. A pause that nothing has ended stands for ever;
 *  *ret_open tells so. */
static bool stands_on(const struct lifecycle_record *records, size_t count, day_t day,
                      bool *ret_open)
{
    day_t from = 0;

    *ret_open = false;
    for (size_t i = 0; i < count; i++) {
        const struct lifecycle_record *record = &records[i];
        if (record->act == LIFECYCLE_PAUSE) {
            from = record->on;
        } else if (from != 0 &&
                   record->act !=
                       LIFECYCLE_EXTEND) { /* the papers came, or it went elsewhere without them */
            if (day > from && day <= record->on)
                return true;
            from = 0;
        }
    }
    *ret_open = from != 0 && day > from;
    return *ret_open;
}

static struct lifecycle_due lacks_year(day_t day)
{
    struct lifecycle_due due = {.known = LIFECYCLE_NO_YEAR};
    int month, of_month;

    date_split(day, &due.year, &month, &of_month);
    return due;
}

struct lifecycle_due lifecycle_due(const struct life_clock *clock, day_t began,
                                   const struct lifecycle_record *records, size_t count,
                                   const struct workday_calendar *calendar)
{
    day_t day = began;

    if (clock->days <= 0 || began == 0)
        return (struct lifecycle_due){.known = LIFECYCLE_NO_LIMIT};
    for (int left = clock->days; left > 0;) {
        bool open = false, worked = true;
        bool stands = stands_on(records, count, ++day, &open);
        if (open)
            return (struct lifecycle_due){.known = LIFECYCLE_STANDS};
        if (stands)
            continue;
        if (clock->unit == LIFE_WORKDAYS && workday_is(calendar, day, &worked) != 0)
            return lacks_year(day);
        left -= worked;
    }
    return (struct lifecycle_due){.known = LIFECYCLE_KNOWN, .on = day};
}

struct life_clock lifecycle_whole(const struct life_steps *steps, struct life_clock whole,
                                  const struct lifecycle_stand *stand)
{
    if (stand->extended && whole.days > 0)
        whole.days += steps->longer.days;
    return whole;
}

struct lifecycle_due lifecycle_earlier(struct lifecycle_due step, struct lifecycle_due whole)
{
    if (step.known == LIFECYCLE_KNOWN && whole.known == LIFECYCLE_KNOWN)
        return step.on <= whole.on ? step : whole;
    if (step.known == LIFECYCLE_KNOWN || whole.known == LIFECYCLE_NO_LIMIT)
        return step;
    return whole;
}
