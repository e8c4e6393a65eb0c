/*
 * Extra rounds of visits (专项走访) of a bundle.
 */
#include "bundle/intake_private.h"

#include "base/mem.h"
#include "db/round.h"

#include <stdlib.h>
#include <string.h>

static const char *const round_columns[] = {"round", "area",     "name",     "reason",      "from",
                                            "to",    "tiers",    "areas",    "by",          "at",
                                            "state", "ended_by", "ended_at", "ended_reason"};

static void add_tier(char *number, char *tier, void *arg)
{
    struct intake *intake = arg;
    Rec__Round *round = &intake->record.round;

    (void)number;
    (void)intake_add(intake, &round->tiers, &round->n_tiers, 1);
    round->tiers[round->n_tiers - 1] = tier;
}

/** Its places are the sender's own. */
static void add_place(char *number, char *area, void *arg)
{
    struct intake *intake = arg;
    Rec__Round *round = &intake->record.round;
    const char *prefix = intake->decoder->prefix;

    (void)number;
    if (strlen(area) != AREA_TEXT - 1 || strspn(area, "0123456789") != AREA_TEXT - 1)
        decode_refuse(&intake->rows[0], RECEIPT_CONTENT, "范围“%.40s”不是区划代码", area);
    else if (strncmp(area, prefix, strlen(prefix)) != 0)
        decode_refuse(&intake->rows[0], RECEIPT_ROWS, "范围 %.40s 不在 %s 之内", area,
                      intake->decoder->area);
    (void)intake_add(intake, &round->areas, &round->n_areas, 1);
    round->areas[round->n_areas - 1] = area;
}

static void check_round(struct decode_row *row, const Rec__Round *round)
{
    bool made = strcmp(round->state, ROUND_MADE) == 0;
    bool ended =
        strcmp(round->state, ROUND_CLOSED) == 0 || strcmp(round->state, ROUND_WITHDRAWN) == 0;

    if (round->to < round->from)
        decode_refuse(row, RECEIPT_CONTENT, "截止日早于起始日");
    if ((!made && !ended) || ended != (round->ended_at != 0))
        decode_refuse(row, RECEIPT_CONTENT, "专项走访的状态“%.40s”不对", round->state);
    if (round->n_areas == 0)
        decode_refuse(row, RECEIPT_CONTENT, "专项走访没有范围");
}

static void decode_round(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Round *round = &intake->record.round;

    (void)ret_wanted;
    rec__round__init(round);
    round->id = decode_id(row, DECODE_MUST);
    round->area = decode_area(row, DECODE_MUST);
    round->name = decode_text(row);
    round->reason = decode_text(row);
    round->from = decode_day(row, DECODE_MUST);
    round->to = decode_day(row, DECODE_MUST);
    decode_pairs(row, add_tier, intake);
    decode_pairs(row, add_place, intake);
    round->by = decode_text(row);
    round->at = decode_stamp(row);
    round->state = decode_text(row);
    round->ended_by = decode_text(row);
    round->ended_at = decode_stamp(row);
    round->ended_reason = decode_text(row);
    check_round(row, round);
}

const struct intake_kind intake_rounds = {
    .file = INTAKE_FILE("rounds.csv", round_columns, 0),
    .decode = decode_round,
};
