#include "service/lists/round_home.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"
#include "db/round.h"
#include "domain/area.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/round.h"
#include "service/lists/round_figures.h"
#include "service/lists/round_read.h"
#include "service/lists/round_senders.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* How long before its first day and after its last a round stands on the first screen. */
enum { DAYS_BEFORE = 3, DAYS_AFTER = 7 };

// ---- which

struct loading {
    struct usecase *usecase;
    const char *area;
    struct round_some *some;
};

static enum result see_round(const Rec__Round *round, void *arg)
{
    struct loading *loading = arg;
    struct round_some *some = loading->some;

    if (!round_concerns(loading->usecase->service, round, loading->area))
        return RESULT_OK;
    mem_grow((void **)&some->items, some->count, &some->capacity, sizeof *some->items);
    some->items[some->count++] = record_copy(round);
    return RESULT_OK;
}

enum result round_some_load(struct usecase *usecase, const char *area, struct round_some *ret_some)
{
    struct loading loading = {usecase, area, ret_some};

    *ret_some = (struct round_some){0};
    return store_round_scan(usecase->txn, see_round, &loading);
}

void round_some_free(struct round_some *some)
{
    for (size_t i = 0; i < some->count; i++)
        rec__round__free_unpacked(some->items[i], NULL);
    free(some->items);
    *some = (struct round_some){0};
}

// ---- the first screen

static bool is_shown(const Rec__Round *round, const struct round_days *days, day_t today)
{
    return strcmp(round->state, ROUND_WITHDRAWN) != 0 && today >= days->from - DAYS_BEFORE &&
           today <= days->last + DAYS_AFTER;
}

struct saying {
    struct usecase *usecase;
    const char *area;
    struct sheet *alarms;
    struct round_senders senders;
    size_t sent, planned; /**< rounds of the homes below: one line says all of them */
    struct figures all;   /**< of those that have begun */
};

/** `round` NULL: of several, the list has them. */
static void add_line(struct saying *saying, const Rec__Round *round, const char *text)
{
    struct sheet *alarms = saying->alarms;
    size_t row = sheet_add_row(alarms);
    size_t missing =
        round == NULL ? 0 : round_senders_missing(&saying->senders, round, saying->usecase->today);

    sheet_set(alarms, row, "what", HOME_ROUNDS);
    if (missing > 0)
        sheet_setf(alarms, row, "text", "%s，%zu 个单位未报", text, missing);
    else
        sheet_set(alarms, row, "text", text);
    sheet_setf(alarms, row, "round", "%" PRIu64, round != NULL ? round->id : 0);
}

static void add_sent(struct saying *saying, const struct round_days *days,
                     const struct figures *figures)
{
    bool planned = round_is_planned(days, saying->usecase->today);

    saying->sent++;
    saying->planned += planned;
    if (!planned)
        figures_add(&saying->all, figures);
}

/** "下级的专项走访 12 次，已访 120/300，还差 180 人，40.0%（2 次未开始）" */
static void say_sent(struct saying *saying)
{
    const struct figures *all = &saying->all;
    char rate[RATE_TEXT];
    struct str words = {0};

    if (saying->sent == 0)
        return;
    str_printf(&words, "下级发起的 %zu 次", saying->sent);
    if (all->owed > 0)
        str_printf(&words, "，已访 %" PRIu64 "/%" PRIu64 "，还差 %" PRIu64 " 人次，%s%%",
                   all->reached, all->owed, all->pending + all->missed,
                   rate_format(all->reached, all->owed, "—", rate));
    if (saying->planned > 0)
        str_printf(&words, "（%zu 次未开始）", saying->planned);
    add_line(saying, NULL, str_text(&words));
    str_free(&words);
}

/** "十二月寒潮 还剩 2 天（至 11-28），已访 12/30，还差 18 人，40.0%"; NULL if there is nothing to do. */
static char *words_of(const Rec__Round *round, const struct round_days *days,
                      const struct figures *figures, day_t today)
{
    enum { YEAR = 5 };
    uint64_t missing = figures->pending + figures->missed;
    char clock[ROUND_WORDS], day[DATE_TEXT], rate[RATE_TEXT], basis[ROUND_WORDS];

    if (today > days->last && missing == 0)
        return NULL;
    round_clock(days, today, clock);
    date_format(days->last, day);
    if (figures->owed == 0)
        return mem_printf("%s %s（至 %s），这里没有应走访的人", round->name, clock, day + YEAR);
    if (round_is_planned(days, today))
        return mem_printf("%s %s，应走访 %" PRIu64 " 人（%s）", round->name, clock, figures->owed,
                          round_basis(days, today, basis));
    return mem_printf("%s %s（至 %s），已访 %" PRIu64 "/%" PRIu64 "，%s %" PRIu64 " 人，%s%%",
                      round->name, clock, day + YEAR, figures->reached, figures->owed,
                      today > days->last ? "未访" : "还差", missing,
                      rate_format(figures->reached, figures->owed, "—", rate));
}

static enum result say_round(struct saying *saying, const Rec__Round *round)
{
    struct usecase *usecase = saying->usecase;
    struct figures figures = {0};
    struct round_days days;

    round_days(round, &days);
    if (!is_shown(round, &days, usecase->today))
        return RESULT_OK;
    enum result result = round_figures(usecase, round, saying->area, &figures);
    if (result == 0 && round_is_sent(usecase->service, round)) {
        add_sent(saying, &days, &figures);
        return RESULT_OK;
    }
    char *words = result == 0 ? words_of(round, &days, &figures, usecase->today) : NULL;
    if (words != NULL)
        add_line(saying, round, words);
    free(words);
    return result;
}

enum result round_home(struct usecase *usecase, const char *area, struct sheet *alarms)
{
    struct saying saying = {.usecase = usecase, .area = area, .alarms = alarms};
    struct round_some some = {0};
    enum result result = round_some_load(usecase, area, &some);

    if (result == 0)
        result = round_senders_load(usecase, &saying.senders);
    for (size_t i = 0; i < some.count && result == 0; i++)
        result = say_round(&saying, some.items[i]);
    if (result == 0)
        say_sent(&saying);
    round_senders_free(&saying.senders);
    round_some_free(&some);
    return result;
}

// ---- the board

struct say_job {
    char area[AREA_TEXT];
    struct sheet *lines;
};

static enum result say_body(struct usecase *usecase, void *arg)
{
    struct say_job *job = arg;

    sheet_free(&job->lines);
    job->lines = column_sheet(&COLUMNS_ALARMS);
    return round_home(usecase, job->area, job->lines);
}

enum result round_say(struct service *service, const struct caller *caller, const char *area,
                      struct reply *reply)
{
    struct say_job job = {0};
    struct reply own = {0};
    struct str words = {0};
    enum result result = rows_query_area(service, caller, area, job.area, &own);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_ROUND_LIST, job.area, say_body, &job, &own);
    if (reply->message != NULL)
        str_add(&words, reply->message);
    for (size_t i = 0; result == 0 && i < job.lines->row_count; i++)
        str_printf(&words, "%s" HOME_ROUNDS "：%s", words.length > 0 ? "  " : "",
                   sheet_get(job.lines, i, "text"));
    if (words.length > 0)
        reply_say(reply, RESULT_OK, "%s", str_text(&words));
    str_free(&words);
    sheet_free(&job.lines);
    reply_free(&own);
    return result;
}
