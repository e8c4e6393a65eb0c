#include "bundle/ingest_rounds.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/text.h"
#include "bundle/decode.h"
#include "service/lists/round_figures.h"
#include "service/lists/round_home.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const COLUMNS[] = {"round",  "area",    "owed",        "reached",   "pending",
                                      "missed", "excused", "not_counted", "attempted", "late"};

enum { ROUND, AREA, OWED, COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0] };

#define FILE_NAME "round_figures.csv"

struct comparing {
    struct ingest_check *check;
    struct decoder decoder;
    struct rowfile *figures;
    const char *const *row; /**< the next one that was sent, NULL at the end */
    uint64_t row_round;     /**< its round */
    const Rec__Round *round;
    char *message;
};

// ---- differences

/** `column` of COLUMNS; `sent` or `computed` "" = there is no such row. */
static void differ(struct comparing *comparing, size_t column, const char *area, const char *sent,
                   const char *computed)
{
    struct receipt_difference difference = {0};

    (void)snprintf(difference.figure, sizeof difference.figure, "round_%s", COLUMNS[column]);
    if (strlen(area) == AREA_TEXT - 1 && text_is_digits(area))
        memcpy(difference.area, area, sizeof difference.area);
    plain_fill(difference.sent, IDS_TEXT, sent);
    plain_fill(difference.computed, IDS_TEXT, computed);
    ingest_check_differ(comparing->check, &difference,
                        comparing->round != NULL ? comparing->round->name : "没有这次专项走访");
}

// ---- what was sent

static enum result next_sent(struct comparing *comparing)
{
    enum result result = rowfile_next(comparing->figures, &comparing->row, &comparing->message);

    comparing->row_round = 0;
    if (result == 0 && comparing->row != NULL)
        (void)decode_id_of(&comparing->decoder, comparing->row[ROUND], &comparing->row_round);
    return result;
}

/** Rows before the village of the present round (`area` NULL: all of it): nothing here is like them. */
static enum result pass_sent(struct comparing *comparing, uint64_t round, const char *area)
{
    enum result result = RESULT_OK;

    while (result == 0 && comparing->row != NULL &&
           (comparing->row_round < round ||
            (comparing->row_round == round &&
             (area == NULL || strcmp(comparing->row[AREA], area) < 0)))) {
        differ(comparing, OWED, comparing->row[AREA], comparing->row[OWED], "");
        result = next_sent(comparing);
    }
    return result;
}

static enum result compare_village(const char *area, const struct figures *figures, void *arg)
{
    struct comparing *comparing = arg;
    const uint64_t numbers[COLUMN_COUNT - OWED] = {
        figures->owed,    figures->reached,     figures->pending,   figures->missed,
        figures->excused, figures->not_counted, figures->attempted, figures->late};
    enum result result = pass_sent(comparing, comparing->round->id, area);
    bool same = comparing->row != NULL && comparing->row_round == comparing->round->id &&
                strcmp(comparing->row[AREA], area) == 0;
    char computed[IDS_TEXT];

    for (size_t i = 0; i < (same ? COLUMN_COUNT - OWED : 1) && result == 0; i++) {
        const char *sent = same ? comparing->row[OWED + i] : "";
        if (strcmp(sent, ids_format(numbers[i], computed)) != 0)
            differ(comparing, OWED + i, area, sent, ids_format(numbers[i], computed));
    }
    return result == 0 && same ? next_sent(comparing) : result;
}

// ---- the rounds

static bool is_senders(const struct comparing *comparing, const Rec__Round *round)
{
    uint32_t origin = ids_origin_of(round->id);

    return origin >= comparing->decoder.first && origin <= comparing->decoder.last;
}

static enum result compare_rounds(struct usecase *usecase, struct comparing *comparing)
{
    struct round_some some = {0};
    enum result result = round_some_load(usecase, "", &some);

    if (result == 0)
        result = next_sent(comparing);
    for (size_t i = 0; i < some.count && result == 0; i++) {
        if (!is_senders(comparing, some.items[i]))
            continue;
        comparing->round = NULL;
        result = pass_sent(comparing, some.items[i]->id, "");
        comparing->round = some.items[i];
        if (result == 0)
            result = round_figures_villages(usecase, some.items[i], comparing->check->date,
                                            compare_village, comparing);
        if (result == 0)
            result = pass_sent(comparing, some.items[i]->id, NULL);
    }
    comparing->round = NULL;
    if (result == 0)
        result = pass_sent(comparing, UINT64_MAX, NULL);
    round_some_free(&some);
    return result;
}

enum result ingest_rounds_check(struct usecase *usecase, struct ingest_check *check)
{
    struct comparing comparing = {.check = check};
    char *path = paths_join(check->folder, FILE_NAME);
    enum result result = rowfile_open(path, FILE_NAME, COLUMNS, COLUMN_COUNT, &comparing.figures,
                                      &comparing.message);

    decode_begin(&comparing.decoder, check->area);
    if (result == 0)
        result = compare_rounds(usecase, &comparing);
    if (result == RESULT_INVALID) { /* the rounds themselves were right: say it as a difference */
        struct receipt_difference difference = {.figure = FILE_NAME};
        ingest_check_differ(check, &difference, comparing.message != NULL ? comparing.message : "");
        result = RESULT_OK;
    }
    rowfile_free(&comparing.figures);
    decode_end(&comparing.decoder);
    free(comparing.message);
    free(path);
    return result;
}
