/**
 * The facts behind service/lists/suspicious.h, gathered from the ledger.
 *
 * Private to src/service (suspicious.c, suspicion.c, board.c). Threads: within one transaction.
 */
#ifndef DOUDI_SERVICE_LISTS_SUSPICION_H
#define DOUDI_SERVICE_LISTS_SUSPICION_H

#include "domain/suspect.h"
#include "service/frame/usecase.h"
#include "service/ledger/roster.h"
#include "service/ledger/rows.h"
#include "service/memory/totals.h"

/** `row` of a finding about a street, not a person: a month left open. */
#define SUSPICION_NOBODY SIZE_MAX

struct suspicion_fact {
    enum suspect_rule rule;
    size_t row; /**< in `rows` */
    day_t date;
    char area[AREA_TEXT];
    char *text; /**< owned */
};

struct suspicion_row {
    Rec__Duty *duty; /**< owned */
    bool suspect;    /**< has a finding; for counting */
};

/** `{0}` is empty. suspicion_free() releases it. */
struct suspicion {
    struct usecase *usecase;
    month_t month;
    struct roster roster;
    size_t row_count, row_capacity;
    struct suspicion_row *rows;
    size_t visit_count, visit_capacity;
    struct suspect_visit *visits; /**< their texts are in `texts` */
    size_t text_count, text_capacity;
    char **texts;
    size_t fact_count, fact_capacity;
    struct suspicion_fact *facts; /**< sorted by rule, village, day */
};

/** Gathers the whole street in which the area lies, or all streets in the area. */
enum result suspicion_gather(struct usecase *usecase, month_t month, const char *area,
                             struct suspicion *suspicion);
void suspicion_free(struct suspicion *suspicion);

/** Adds a finding; the text is copied. */
void suspicion_add(struct suspicion *suspicion, enum suspect_rule rule, size_t row, day_t date,
                   const char *text);
/** Adds the findings from the marks and facts of each row, without its visits
 *  (suspicion_rows.c). */
enum result suspicion_see_rows(struct suspicion *suspicion);
/** Adds a finding for each street with that prefix whose month was reopened and is still open. */
enum result suspicion_see_streets(struct suspicion *suspicion, const char *prefix);

#endif
