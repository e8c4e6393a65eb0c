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

/** `row` of what is no person's: a month left open. */
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
    bool suspect;    /**< for counting */
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
    struct suspicion_fact *facts; /**< by rule, village, day */
};

/** All of the streets in which the area lies, or that lie in it. */
enum result suspicion_gather(struct usecase *usecase, month_t month, const char *area,
                             struct suspicion *suspicion);
void suspicion_free(struct suspicion *suspicion);

/** Adds a finding; the text is copied. */
void suspicion_add(struct suspicion *suspicion, enum suspect_rule rule, size_t row, day_t date,
                   const char *text);
/** What the marks and facts of each row say, beside its visits (suspicion_rows.c). */
enum result suspicion_see_rows(struct suspicion *suspicion);
/** Months of the streets with that prefix that were reopened and stand open. */
enum result suspicion_see_streets(struct suspicion *suspicion, const char *prefix);

#endif
