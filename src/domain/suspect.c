#include "domain/suspect.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id, *title;
} rules[SUSPECT_COUNT_] = {
    [SUSPECT_CORRECTED] = {"corrected", "未见到更正为成功"},
    [SUSPECT_MANY_A_DAY] = {"many_a_day", "一人一天探访过多"},
    [SUSPECT_SAME_NOTE] = {"same_note", "备注雷同"},
    [SUSPECT_NO_FINDINGS] = {"no_findings", "成功但未写情况"},
    [SUSPECT_TWICE_A_DAY] = {"twice_a_day", "一天登记两次"},
    [SUSPECT_UNKNOWN] = {"unknown_visitor", "探访人不在名册"},
    [SUSPECT_EXCUSED] = {"excused", "免访期间的探访"},
    [SUSPECT_AFTER_DEATH] = {"after_death", "死亡之后的探访"},
    [SUSPECT_ALL_LATE] = {"all_late", "全部补录"},
    [SUSPECT_EXIT_BACK] = {"exit_back", "退出后又撤销"},
    [SUSPECT_EXIT_CLOSED] = {"exit_closed", "月结后登记退出"},
    [SUSPECT_SINCE] = {"since", "纳入日期改动"},
    [SUSPECT_SUPPORT_BACK] = {"support_back", "供养方式改回"},
    [SUSPECT_MOVED] = {"moved", "月末或多次迁移"},
    [SUSPECT_AGAIN] = {"again", "当月退出又纳入"},
    [SUSPECT_UNDONE] = {"undone", "导入后撤销"},
    [SUSPECT_NO_ID] = {"no_id", "没有身份证号"},
    [SUSPECT_REOPENED] = {"reopened", "重开后未月结"},
};

const char *suspect_id(enum suspect_rule rule)
{
    return rules[rule].id;
}

const char *suspect_title(enum suspect_rule rule)
{
    return rules[rule].title;
}

struct suspect_limits suspect_limits_default(void)
{
    return (struct suspect_limits){.a_day = 15, .same_note = 5, .all_late = 5};
}

// ---- rules for one visit

struct suspecting {
    const struct suspect_limits *limits;
    suspect_fn each;
    void *arg;
};

static void find(const struct suspecting *suspecting, enum suspect_rule rule,
                 const struct suspect_visit *visit, const char *who, int count)
{
    struct suspect_finding finding = {rule, visit->row, visit->date, who, count};

    suspecting->each(&finding, suspecting->arg);
}

static void look_at(const struct suspecting *suspecting, const struct suspect_visit *visit)
{
    const struct {
        bool holds;
        enum suspect_rule rule;
        const char *who;
    } looks[] = {
        {visit->success && visit->corrected, SUSPECT_CORRECTED, visit->officer},
        {visit->success && visit->says_nothing, SUSPECT_NO_FINDINGS, visit->by},
        {visit->success && !visit->by_known, SUSPECT_UNKNOWN, visit->by},
        {visit->success && visit->excused, SUSPECT_EXCUSED, visit->by},
        {visit->after_death, SUSPECT_AFTER_DEATH, visit->by},
    };

    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++)
        if (looks[i].holds)
            find(suspecting, looks[i].rule, visit, looks[i].who, 0);
}

// ---- rules for several visits

static int order_days(day_t a, day_t b)
{
    return (a > b) - (a < b);
}

static int by_day(const void *a, const void *b)
{
    const struct suspect_visit *x = a;
    const struct suspect_visit *y = b;
    int order = strcmp(x->by, y->by);

    if (order == 0)
        order = order_days(x->date, y->date);
    if (order == 0)
        order = x->at_home - y->at_home;
    return order != 0 ? order : (x->row > y->row) - (x->row < y->row);
}

static int by_note(const void *a, const void *b)
{
    const struct suspect_visit *x = a;
    const struct suspect_visit *y = b;
    int order = strcmp(x->by, y->by);

    return order != 0 ? order : strcmp(x->note, y->note);
}

static int by_officer(const void *a, const void *b)
{
    return strcmp(((const struct suspect_visit *)a)->officer,
                  ((const struct suspect_visit *)b)->officer);
}

static int by_row(const void *a, const void *b)
{
    const struct suspect_visit *x = a;
    const struct suspect_visit *y = b;

    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : order_days(x->date, y->date);
}

/** Sorts the visits and calls `run` with each run of equal ones. */
static void each_run(const struct suspecting *suspecting, struct suspect_visit *visits,
                     size_t count, int (*compare)(const void *, const void *),
                     bool (*equal)(const struct suspect_visit *, const struct suspect_visit *),
                     void (*run)(const struct suspecting *, const struct suspect_visit *, size_t))
{
    if (count > 1)
        qsort(visits, count, sizeof *visits, compare);
    for (size_t from = 0, to; from < count; from = to) {
        for (to = from + 1; to < count && equal(&visits[from], &visits[to]);)
            to++;
        run(suspecting, &visits[from], to - from);
    }
}

static bool same_day(const struct suspect_visit *a, const struct suspect_visit *b)
{
    return a->date == b->date && a->at_home == b->at_home && strcmp(a->by, b->by) == 0;
}

static bool same_note(const struct suspect_visit *a, const struct suspect_visit *b)
{
    return strcmp(a->by, b->by) == 0 && strcmp(a->note, b->note) == 0;
}

static bool same_officer(const struct suspect_visit *a, const struct suspect_visit *b)
{
    return strcmp(a->officer, b->officer) == 0;
}

static bool same_row(const struct suspect_visit *a, const struct suspect_visit *b)
{
    return a->row == b->row && a->date == b->date;
}

static void find_run(const struct suspecting *suspecting, enum suspect_rule rule,
                     const struct suspect_visit *visits, size_t count, const char *who)
{
    for (size_t i = 0; i < count; i++)
        if (visits[i].success)
            find(suspecting, rule, &visits[i], who, (int)count);
}

static size_t successes(const struct suspect_visit *visits, size_t count)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++)
        found += visits[i].success;
    return found;
}

static void run_day(const struct suspecting *suspecting, const struct suspect_visit *visits,
                    size_t count)
{
    size_t limit = (size_t)suspecting->limits->a_day * (visits->at_home ? 2 : 1);

    if (*visits->by != '\0' && successes(visits, count) > limit)
        find_run(suspecting, SUSPECT_MANY_A_DAY, visits, count, visits->by);
}

static void run_note(const struct suspecting *suspecting, const struct suspect_visit *visits,
                     size_t count)
{
    if (*visits->note != '\0' && successes(visits, count) >= (size_t)suspecting->limits->same_note)
        find_run(suspecting, SUSPECT_SAME_NOTE, visits, count, visits->by);
}

static void run_officer(const struct suspecting *suspecting, const struct suspect_visit *visits,
                        size_t count)
{
    size_t late = 0;

    for (size_t i = 0; i < count; i++)
        late += visits[i].late;
    if (late == count && count >= (size_t)suspecting->limits->all_late)
        find_run(suspecting, SUSPECT_ALL_LATE, visits, count, visits->officer);
}

static void run_row(const struct suspecting *suspecting, const struct suspect_visit *visits,
                    size_t count)
{
    size_t found = successes(visits, count);

    for (size_t i = 0; i < count && found > 1; i++)
        if (visits[i].success) {
            find(suspecting, SUSPECT_TWICE_A_DAY, &visits[i], visits[i].by, (int)found);
            break;
        }
}

void suspect_visits(struct suspect_visit *visits, size_t count, const struct suspect_limits *limits,
                    suspect_fn each, void *arg)
{
    struct suspecting suspecting = {limits, each, arg};

    for (size_t i = 0; i < count; i++)
        look_at(&suspecting, &visits[i]);
    each_run(&suspecting, visits, count, by_day, same_day, run_day);
    each_run(&suspecting, visits, count, by_note, same_note, run_note);
    each_run(&suspecting, visits, count, by_officer, same_officer, run_officer);
    each_run(&suspecting, visits, count, by_row, same_row, run_row);
}
