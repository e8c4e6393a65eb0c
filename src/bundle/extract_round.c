/*
 * Files of the bundle about extra rounds of visits (专项走访): what they are, and their figures.
 *
 * The figures follow from duties.csv and marks.csv; the receiver computes them again.
 */
#include "bundle/extract_files.h"

#include "base/words.h"
#include "db/round.h"
#include "service/lists/round_figures.h"
#include "service/lists/round_home.h"

#include <stdio.h>
#include <string.h>

// ---- rounds.csv

static const char *const rounds_columns[] = {"round", "area",     "name",     "reason",      "from",
                                             "to",    "tiers",    "areas",    "by",          "at",
                                             "state", "ended_by", "ended_at", "ended_reason"};

/** Texts as pairs, numbered from 1: they may have any character. */
static void add_texts(struct extract_line *line, size_t count, char *const *texts)
{
    char number[NUMBER_TEXT];

    extract_pairs_begin(line);
    for (size_t i = 0; i < count; i++) {
        (void)snprintf(number, sizeof number, "%zu", i + 1);
        extract_pair(line, number, texts[i]);
    }
    extract_pairs_end(line);
}

static enum result add_rounds(const Rec__Round *round, void *arg)
{
    struct extract_line *line = arg;

    extract_id(line, round->id);
    extract_text(line, round->area);
    extract_text(line, round->name);
    extract_text(line, round->reason);
    extract_day(line, round->from);
    extract_day(line, round->to);
    add_texts(line, round->n_tiers, round->tiers);
    add_texts(line, round->n_areas, round->areas);
    extract_text(line, round->by);
    extract_stamp(line, round->at);
    extract_text(line, round->state);
    extract_text(line, round->ended_by);
    if (round->ended_at != 0)
        extract_stamp(line, round->ended_at);
    else
        extract_text(line, "");
    extract_text(line, round->ended_reason);
    return extract_send(line);
}

static enum result scan_rounds(struct txn *txn, struct extract *extract)
{
    return store_round_scan(txn, add_rounds, &extract->line);
}

EXTRACT_FILE(
    rounds, "round", "专项走访：寒潮、高温、节日时谁发起、起止、范围；撤销的也在",
    "extra rounds of visits, in cold or hot spells and before festivals; withdrawn ones too",
    rounds_columns, .key_columns = 1, .later = true, EXTRACT_SCAN(scan_rounds));

// ---- round_figures.csv

static const char *const round_figures_columns[] = {"round",     "area",   "owed",    "reached",
                                                    "pending",   "missed", "excused", "not_counted",
                                                    "attempted", "late"};

struct counting {
    struct extract_line line;
    uint64_t round;
};

static enum result add_figures(const char *area, const struct figures *figures, void *arg)
{
    struct counting *counting = arg;
    struct extract_line *line = &counting->line;
    const uint64_t numbers[] = {figures->owed,      figures->reached, figures->pending,
                                figures->missed,    figures->excused, figures->not_counted,
                                figures->attempted, figures->late};

    extract_id(line, counting->round);
    extract_text(line, area);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        extract_number(line, (int64_t)numbers[i]);
    return extract_send(line);
}

/** In the order of the rounds' ids, as rounds.csv has them. */
static enum result count_body(struct usecase *usecase, void *arg)
{
    struct counting *counting = arg;
    struct round_some some = {0};
    enum result result = round_some_load(usecase, "", &some);

    for (size_t i = 0; i < some.count && result == 0; i++) {
        counting->round = some.items[i]->id;
        result =
            round_figures_villages(usecase, some.items[i], usecase->today, add_figures, counting);
    }
    round_some_free(&some);
    return result;
}

static enum result round_figures_rows(struct service *service, const struct extract_file *file,
                                      extract_row_fn row, void *arg)
{
    struct counting counting = {.line = {.row = row, .arg = arg, .columns = file->column_count}};
    struct caller system = facts_system(service);
    struct reply reply = {0};
    enum result result =
        usecase_read(service, &system, ACTION_ROUND_LIST, NULL, count_body, &counting, &reply);

    extract_line_free(&counting.line);
    reply_free(&reply);
    return result;
}

EXTRACT_FILE(round_figures, NULL, "专项走访的数：每次每村一行，截至本清单的日期",
             "figures of the extra rounds by round and village, as of the manifest's date",
             round_figures_columns, .key_columns = 2, .later = true, .rows = round_figures_rows);
