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
#include "service/lists/round_read.h"

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

// ---- how it stands

enum result round_figures(struct usecase *usecase, const Rec__Round *round, const char *area,
                          struct figures *ret_figures)
{
    struct round_people people = {0};
    enum result result = round_read(usecase, round, area, &people);

    *ret_figures = (struct figures){0};
    for (size_t i = 0; i < people.count; i++)
        round_count(ret_figures, &people.items[i].facts, &people.items[i].view);
    round_people_free(&people);
    return result;
}

// ---- the first screen

static bool is_shown(const Rec__Round *round, const struct round_days *days, day_t today)
{
    return strcmp(round->state, ROUND_WITHDRAWN) != 0 && today >= days->from - DAYS_BEFORE &&
           today <= days->last + DAYS_AFTER;
}

static void add_line(struct sheet *alarms, const Rec__Round *round, const char *text)
{
    size_t row = sheet_add_row(alarms);

    sheet_set(alarms, row, "what", HOME_ROUNDS);
    sheet_set(alarms, row, "text", text);
    sheet_setf(alarms, row, "round", "%" PRIu64, round->id);
}

/** "十二月寒潮 还剩 2 天（至 11-28），已访 12/30，还差 18 人，40.0%"; NULL if there is nothing to do. */
static char *words_of(const Rec__Round *round, const struct round_days *days,
                      const struct figures *figures, day_t today)
{
    enum { YEAR = 5 };
    uint64_t missing = figures->pending + figures->missed;
    char clock[ROUND_WORDS], day[DATE_TEXT], rate[RATE_TEXT];

    if (today > days->last && missing == 0)
        return NULL;
    round_clock(days, today, clock);
    date_format(days->last, day);
    if (figures->owed == 0)
        return mem_printf("%s %s（至 %s），这里没有应走访的人", round->name, clock, day + YEAR);
    return mem_printf("%s %s（至 %s），已访 %" PRIu64 "/%" PRIu64 "，%s %" PRIu64 " 人，%s%%",
                      round->name, clock, day + YEAR, figures->reached, figures->owed,
                      today > days->last ? "未访" : "还差", missing,
                      rate_format(figures->reached, figures->owed, "—", rate));
}

static enum result say_round(struct usecase *usecase, const Rec__Round *round, const char *area,
                             struct sheet *alarms)
{
    struct figures figures = {0};
    struct round_days days;
    char clock[ROUND_WORDS];

    round_days(round, &days);
    if (!is_shown(round, &days, usecase->today))
        return RESULT_OK;
    if (area_level(area) < AREA_STREET) {
        char *words = mem_printf("%s %s；回车看各镇街", round->name,
                                 round_clock(&days, usecase->today, clock));
        add_line(alarms, round, words);
        free(words);
        return RESULT_OK;
    }
    enum result result = round_figures(usecase, round, area, &figures);
    char *words = result == 0 ? words_of(round, &days, &figures, usecase->today) : NULL;
    if (words != NULL)
        add_line(alarms, round, words);
    free(words);
    return result;
}

enum result round_home(struct usecase *usecase, const char *area, struct sheet *alarms)
{
    struct round_some some = {0};
    enum result result = round_some_load(usecase, area, &some);

    for (size_t i = 0; i < some.count && result == 0; i++)
        result = say_round(usecase, some.items[i], area, alarms);
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
