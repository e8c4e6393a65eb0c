/**
 * Figures in memory, so that the boards need not read the store.
 *
 * Every loaded month has sorted tables of figures: by programme for each village, street and
 * county, and by officer for each village. So a board reads about one cell for each row. Only visit
 * duties are counted, no reviews. Writes note their changes in a `struct delta`
 * (service/memory/delta.h), which is applied after the commit. A month that is not loaded ignores
 * deltas; reading_load_month() reads it from the ledger when it is asked for.
 *
 * No figure depends on "today": whether a duty is owed, fulfilled, attempted or late depends on its
 * row, the rules of its month and whether the month is closed. Only the urgency (due today,
 * overdue) changes with the date, and no figure contains it. So a new day changes nothing here.
 *
 * Threads: any. Callbacks run under a lock and must not call these functions.
 */
#ifndef DOUDI_SERVICE_MEMORY_TOTALS_H
#define DOUDI_SERVICE_MEMORY_TOTALS_H

#include "form/form.h"
#include "service/memory/delta.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct totals;

/** RESULT_INVALID with *ret_message (Chinese, new string) if there are more programmes than a mask
 *  has bits. */
enum result totals_check(const struct forms *forms, char **ret_message);
struct totals *totals_new(const struct forms *forms);
void totals_free(struct totals **totals);

bool totals_has(struct totals *totals, month_t month);
/** Loads a month without figures; drops earlier ones. */
void totals_begin(struct totals *totals, month_t month);
/** Moves the month from `from` into `totals`. */
void totals_take(struct totals *totals, struct totals *from, month_t month);
/** A loaded month, 0 if there is none. */
month_t totals_any(struct totals *totals);
void totals_drop(struct totals *totals, month_t month);
/** Adds a duty to a loaded month (`sign` 1) or takes it out (-1). */
void totals_count(struct totals *totals, const struct totals_key *key, const struct duty_view *view,
                  int sign);
/** Adds figures to a loaded month. */
void totals_add(struct totals *totals, const struct totals_key *key, const struct figures *figures);
/** How often duties changed in the area's street, or in all of the home for a larger area: a list that
 *  was read after one answer of this is what it was while the answer stays the same. Another start
 *  begins elsewhere. */
uint64_t totals_moves(struct totals *totals, const char *area);
/** How much of that the transaction's changes will add. */
uint64_t totals_moves_of(const struct delta *delta, const char *area);
/** Applies changes to loaded months; with `until`, only in areas up to this one. */
void totals_apply(struct totals *totals, const struct delta *delta, const char *until);

/** A mask of programmes: of one programme, or with "" of those in the 月探访率. 0 if unknown. */
uint32_t totals_kinds(struct totals *totals, const char *kind);

enum totals_by {
    TOTALS_BY_VILLAGE,
    TOTALS_BY_STREET,
    TOTALS_BY_COUNTY,
    TOTALS_BY_OFFICER,
    TOTALS_BY_KIND
};

/** "village" "street" "county" "officer" "kind"; false if it is none of them. */
bool totals_by_parse(const char *name, enum totals_by *ret_by);

/** Sums an area (a code or prefix, "" = all) and programmes. False if the month is not loaded. */
bool totals_sum(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                struct figures *ret_figures);
/** The same for one officer. */
bool totals_sum_officer(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                        const char *officer, struct figures *ret_figures);

/** The question of a board. */
struct totals_ask {
    month_t month;
    const char *area; /**< code or prefix, "" = all */
    uint32_t kinds;
    enum totals_by by;
    /** By officer: the key of an officer's text in a village, borrowed; NULL uses the text
     *  itself. */
    const char *(*officer_key)(const char *area, const char *officer, void *arg);
    void *arg; /**< for both callbacks */
};
typedef void (*totals_fn)(const char *key, const struct figures *figures, void *arg);
/** Calls `each` for every group with duties, sorted by key: 12-digit codes, officers, programmes.
 *  False if the month is not loaded. */
bool totals_each(struct totals *totals, const struct totals_ask *ask, totals_fn each);

/** Compares a month in two totals; `report` gets a line for each difference. Returns their
 *  number. */
size_t totals_differ(struct totals *memory, struct totals *ledger, month_t month,
                     void (*report)(const char *line, void *arg), void *arg);

#endif
