#include "domain/duty.h"

#include "base/month.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/** Facts of the month, worked out once for all rules. */
struct tally {
    day_t month_first;
    day_t month_last;
    int need;
    int done; /**< different days with a counting visit */
    int attempts;
    bool late;
    day_t first_visit; /**< counting, in the month; 0 = none */
    day_t last_visit;
};

/** A rule's decision and its reason. */
struct verdict {
    enum duty_state state;
    const char *title;  /**< of the reason, "" if none */
    const char *detail; /**< of the reason; "" or NULL if none */
    day_t day;          /**< written after the title instead of a detail, 0 = none */
};

static const struct {
    const char *name;
    const char *label;
} states[] = {
    [DUTY_PENDING] = {"pending", "待访"},         [DUTY_REACHED] = {"reached", "已访"},
    [DUTY_MISSED] = {"missed", "未访"},           [DUTY_EXCUSED] = {"excused", "免访"},
    [DUTY_NOT_COUNTED] = {"not_counted", "不计"},
};

static bool in_month(const struct tally *tally, day_t day)
{
    return day >= tally->month_first && day <= tally->month_last;
}

static void tally_visits(struct tally *tally, const struct duty_facts *facts)
{
    for (size_t i = 0; i < facts->credit_count; i++) {
        const struct duty_credit *credit = &facts->credits[i];
        if (!in_month(tally, credit->date))
            continue;
        if (tally->first_visit == 0)
            tally->first_visit = credit->date;
        tally->done += credit->date != tally->last_visit;
        tally->last_visit = credit->date;
        tally->late |= credit->late;
    }
}

static struct tally tally_facts(const struct duty_facts *facts)
{
    struct tally tally = {
        .month_first = month_first(facts->month),
        .month_last = month_last(facts->month),
        .need = facts->type == DUTY_REVIEW ? 1 : facts->need,
    };

    if (facts->type == DUTY_REVIEW) {
        tally.first_visit = tally.last_visit = facts->reached_on;
        tally.done = facts->reached_on != 0;
    } else {
        tally_visits(&tally, facts);
    }
    for (size_t i = 0; i < facts->attempt_count; i++)
        tally.attempts += in_month(&tally, facts->attempts[i]);
    return tally;
}

// ---- excuses

static bool is_given(const char *text)
{
    return text != NULL && *text != '\0';
}

int duty_excuse_days(const struct duty_facts *facts, int *ret_books)
{
    day_t first = date_later(month_first(facts->month), facts->since);
    day_t last = month_last(facts->month);

    if (facts->closed_on != 0)
        last = date_earlier(last, facts->closed_on);
    day_t from = date_later(first, facts->excuse_from);
    day_t to = facts->excuse_to != 0 ? date_earlier(last, facts->excuse_to) : last;
    if (ret_books != NULL)
        *ret_books = date_later(last - first + 1, 0);
    return date_later(to - from + 1, 0);
}

bool duty_excuse_counts(const struct duty_facts *facts, const struct duty_rules *rules)
{
    int books = 0;
    int covered = duty_excuse_days(facts, &books);

    return covered > 0 && (covered >= rules->excuse_days || covered == books);
}

// ---- the verdict

/** Duties that never count, visited or not: visits to people who owe none would raise the rate. */
static bool is_outside(const struct duty_facts *facts, const struct duty_rules *rules,
                       const struct tally *tally, struct verdict *verdict)
{
    day_t last_entry = date_earlier(tally->month_first + rules->entry_until - 1, tally->month_last);
    bool entered =
        facts->since <= last_entry || (facts->present != 0 && facts->present <= last_entry);

    if (is_given(facts->shared))
        *verdict = (struct verdict){DUTY_NOT_COUNTED, "转出并计", facts->shared, 0};
    else if (facts->since > tally->month_last)
        *verdict = (struct verdict){DUTY_NOT_COUNTED, "纳入日期改为 ", "", facts->since};
    else if (!entered)
        *verdict = (struct verdict){DUTY_NOT_COUNTED, "新增免计", "", 0};
    else if (facts->closed_on != 0 && facts->closed_on < tally->month_first)
        *verdict = (struct verdict){DUTY_NOT_COUNTED, "减员免计", facts->exit_reason, 0};
    else
        return false;
    return true;
}

/**
 * Rules in order of precedence: the first that applies decides. After is_outside() a visit comes
 * first, so that a visit can only help. An exit comes before an excuse because it lasts.
 */
static struct verdict decide(const struct duty_facts *facts, const struct duty_rules *rules,
                             const struct tally *tally)
{
    struct verdict verdict;

    if (is_outside(facts, rules, tally, &verdict))
        return verdict;
    if (tally->done > 0)
        return (struct verdict){DUTY_REACHED, "", "", 0};
    if (in_month(tally, facts->closed_on))
        return (struct verdict){DUTY_NOT_COUNTED, "减员免计", facts->exit_reason, 0};
    if (is_given(facts->unowed))
        return (struct verdict){DUTY_NOT_COUNTED, facts->unowed, "", 0};
    if (facts->excuse == DUTY_EXCUSE_GRANTED && duty_excuse_counts(facts, rules))
        return (struct verdict){DUTY_EXCUSED, "免访", facts->excuse_reason, 0};
    return (struct verdict){facts->month_closed ? DUTY_MISSED : DUTY_PENDING, "", "", 0};
}

/** Writes "title：detail"; cuts at a whole character if it is too long. */
static void write_reason(char *reason, size_t size, const struct verdict *verdict)
{
    bool bare = !is_given(verdict->detail);
    char day[DATE_TEXT];
    size_t end = 0;
    uint32_t code;

    *reason = '\0';
    if (*verdict->title == '\0' && bare)
        return;
    snprintf(reason, size, "%s%s%s", verdict->title, bare ? "" : "：",
             bare ? date_format(verdict->day, day) : verdict->detail);
    for (int bytes; (bytes = text_decode(reason + end, &code)) > 0;)
        end += (size_t)bytes;
    reason[end] = '\0';
}

/** True if another visit is owed and would still count. After a visit on the month's last day no
 *  other day is left. */
static bool wants_visit(const struct duty_facts *facts, const struct tally *tally,
                        const struct duty_view *view)
{
    if (facts->month_closed || in_month(tally, facts->closed_on) || is_given(facts->unowed))
        return false;
    if (view->state == DUTY_PENDING)
        return true;
    return view->state == DUTY_REACHED && !view->fulfilled && tally->last_visit < tally->month_last;
}

static day_t next_due(const struct duty_facts *facts, const struct tally *tally)
{
    if (facts->type == DUTY_REVIEW || facts->interval < 1)
        return tally->month_last;

    day_t from = facts->since;
    if (tally->last_visit != 0)
        from = tally->last_visit;
    else if (facts->last_before != 0)
        from = facts->last_before;

    day_t earliest = date_later(tally->month_first, facts->since);
    return date_earlier(date_later(from + facts->interval, earliest), tally->month_last);
}

static void judge_due(struct duty_view *view, day_t due_on, day_t today)
{
    view->due_on = due_on;
    if (today > due_on) {
        view->urgency = DUTY_OVERDUE;
        view->overdue_days = today - due_on;
    } else if (today == due_on) {
        view->urgency = DUTY_DUE_TODAY;
    }
}

struct duty_view duty_judge(const struct duty_facts *facts, const struct duty_rules *rules,
                            day_t today)
{
    struct tally tally = tally_facts(facts);
    struct verdict verdict = decide(facts, rules, &tally);
    bool reached = verdict.state == DUTY_REACHED;
    bool unreached = verdict.state == DUTY_PENDING || verdict.state == DUTY_MISSED;
    struct duty_view view = {
        .state = verdict.state,
        .urgency = DUTY_LATER,
        .owed = reached || unreached,
        .fulfilled = reached && tally.done >= tally.need, /* so a need below 1 counts as 1 */
        .done = tally.done,
        .attempts = tally.attempts,
        .alarm = unreached && rules->alarm_after > 0 && tally.attempts >= rules->alarm_after,
        .late = tally.late,
        .asked = verdict.state == DUTY_PENDING && facts->excuse == DUTY_EXCUSE_ASKED,
        .reached_on = tally.first_visit,
        .last_visit = tally.last_visit != 0 ? tally.last_visit : facts->last_before,
    };

    write_reason(view.reason, sizeof view.reason, &verdict);
    if (wants_visit(facts, &tally, &view))
        judge_due(&view, next_due(facts, &tally), today);
    return view;
}

const char *duty_state_name(enum duty_state state)
{
    return states[state].name;
}

const char *duty_state_label(enum duty_state state)
{
    return states[state].label;
}

const char *duty_state_words(const char *name)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (strcmp(states[i].name, name) == 0)
            return states[i].label;
    return name;
}

const char *duty_words(const struct duty_view *view, char buffer[DUTY_WORDS])
{
    const char *label = view->fulfilled ? "达标" : states[view->state].label;

    if (view->urgency == DUTY_OVERDUE)
        snprintf(buffer, 64, "逾期 %d 天", view->overdue_days);
    else
        snprintf(buffer, 64, "%s", view->urgency == DUTY_DUE_TODAY ? "今日到期" : label);
    return buffer;
}

const char *duty_status_name(const struct duty_view *view)
{
    if (view->fulfilled)
        return "fulfilled";
    if (view->state == DUTY_PENDING && view->urgency == DUTY_OVERDUE)
        return "overdue";
    if (view->state == DUTY_PENDING && view->urgency == DUTY_DUE_TODAY)
        return "due_today";
    return states[view->state].name;
}
