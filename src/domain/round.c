#include "domain/round.h"

#include <stdio.h>

static const struct {
    const char *name, *label;
} STATES[ROUND_STATES] = {
    [ROUND_OUT] = {"", ""},
    [ROUND_PENDING] = {"pending", "待访"},
    [ROUND_REACHED] = {"reached", "已访"},
    [ROUND_MISSED] = {"missed", "未访"},
    [ROUND_EXCUSED] = {"excused", "免访"},
    [ROUND_NOT_COUNTED] = {"not_counted", "不计"},
};

struct round_view round_judge(const struct round_days *days, const struct round_facts *facts,
                              day_t today)
{
    struct round_view view = {.state = ROUND_OUT};
    char day[DATE_TEXT];

    if (!facts->there)
        return view;
    if (facts->reached_on != 0) {
        view.state = ROUND_REACHED;
    } else if (facts->gone_on != 0) {
        view.state = ROUND_NOT_COUNTED;
        (void)snprintf(view.reason, sizeof view.reason, "%s %s", facts->gone,
                       date_format(facts->gone_on, day));
    } else if (*facts->unowed != '\0') {
        view.state = ROUND_NOT_COUNTED;
        (void)snprintf(view.reason, sizeof view.reason, "%s", facts->unowed);
    } else if (facts->excused) {
        view.state = ROUND_EXCUSED;
        (void)snprintf(view.reason, sizeof view.reason, "%s", facts->excuse);
    } else {
        view.state = today > days->last ? ROUND_MISSED : ROUND_PENDING;
    }
    return view;
}

void round_count(struct figures *figures, const struct round_facts *facts,
                 const struct round_view *view)
{
    bool reached = view->state == ROUND_REACHED;
    bool missing = view->state == ROUND_PENDING || view->state == ROUND_MISSED;

    figures->owed += reached || missing;
    figures->reached += reached;
    figures->fulfilled += reached;
    figures->pending += view->state == ROUND_PENDING;
    figures->missed += view->state == ROUND_MISSED;
    figures->excused += view->state == ROUND_EXCUSED;
    figures->not_counted += view->state == ROUND_NOT_COUNTED;
    figures->attempted += missing && facts->attempts > 0;
    figures->late += reached && facts->late;
}

const char *round_state_name(enum round_state state)
{
    return (unsigned)state < ROUND_STATES ? STATES[state].name : "";
}

const char *round_state_label(enum round_state state)
{
    return (unsigned)state < ROUND_STATES ? STATES[state].label : "";
}

const char *round_clock(const struct round_days *days, day_t today, char buffer[ROUND_WORDS])
{
    if (round_is_planned(days, today))
        (void)snprintf(buffer, ROUND_WORDS, "%d 天后开始", days->from - today);
    else if (today < days->last)
        (void)snprintf(buffer, ROUND_WORDS, "还剩 %d 天", days->last - today);
    else
        (void)snprintf(buffer, ROUND_WORDS, "%s", today == days->last ? "今天截止" : "已结束");
    return buffer;
}

bool round_is_planned(const struct round_days *days, day_t today)
{
    return today < days->from;
}

const char *round_basis(const struct round_days *days, day_t today, char buffer[ROUND_WORDS])
{
    enum { YEAR = 5 /* "2026-" */ };
    char day[DATE_TEXT];

    buffer[0] = '\0';
    if (round_is_planned(days, today))
        (void)snprintf(buffer, ROUND_WORDS, "按今日在册，%s 开始日重定",
                       date_format(days->from, day) + YEAR);
    return buffer;
}
