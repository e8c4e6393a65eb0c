/**
 * Figures in memory: what the boards show, without touching the store.
 *
 * For every loaded month sorted tables of figures are kept: by programme of each village, of each
 * street and county as their villages' sum, and by officer of each village. So a board reads about
 * as many cells as it has rows. They hold visit duties only (a review is no visit). Writes note
 * what they change in a `struct delta` (service/memory/delta.h), applied after the commit; a month that is not loaded
 * ignores deltas and is read from the ledger when it is asked for (reading_load_month()).
 *
 * No figure depends on "today": a duty's state, and whether it is owed, fulfilled, attempted or
 * late, follow from its row, the rules of its month and whether the month was closed; only the
 * urgency (due today, overdue) moves with the date, and it is in no figure. So a day that passes
 * changes nothing here.
 *
 * Threads: any number. Callbacks run under a lock and must not call back.
 */
#ifndef DOUDI_SERVICE_MEMORY_TOTALS_H
#define DOUDI_SERVICE_MEMORY_TOTALS_H

#include "form/form.h"
#include "service/memory/delta.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct totals;

/** RESULT_INVALID with *ret_message (Chinese, new string) if there are more programmes than figures can be
 *  kept apart for. */
enum result totals_check(const struct forms *forms, char **ret_message);
struct totals *totals_new(const struct forms *forms);
void totals_free(struct totals **totals);

bool totals_has(struct totals *totals, month_t month);
/** Starts a month anew, empty. */
void totals_begin(struct totals *totals, month_t month);
/** Makes `month` what it is in `from`, which loses it. */
void totals_take(struct totals *totals, struct totals *from, month_t month);
/** A loaded month, 0 if there is none. */
month_t totals_any(struct totals *totals);
void totals_drop(struct totals *totals, month_t month);
/** Counts one duty of a loaded month in (`sign` 1) or out (-1). */
void totals_count(struct totals *totals, const struct totals_key *key, const struct duty_view *view,
                  int sign);
/** Adds figures to those of a loaded month. */
void totals_add(struct totals *totals, const struct totals_key *key, const struct figures *figures);
/** Applies changes to loaded months; with `until`, only those of areas up to that one. */
/** How often duties changed in the area's street, or in all of the home for a larger area: a list that
 *  was read after one answer of this is what it was while the answer stays the same. Another start
 *  begins elsewhere. */
uint64_t totals_moves(struct totals *totals, const char *area);
/** How much of that the transaction's changes will add. */
uint64_t totals_moves_of(const struct delta *delta, const char *area);
void totals_apply(struct totals *totals, const struct delta *delta, const char *until);

/** Set of programmes as a mask: one programme, or with "" those of the 月探访率. 0 if unknown. */
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

/** Sum over an area (a code or prefix, "" = all) and programmes. False if the month is not
 *  loaded. */
bool totals_sum(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                struct figures *ret_figures);
/** The same of one officer. */
bool totals_sum_officer(struct totals *totals, month_t month, const char *area, uint32_t kinds,
                        const char *officer, struct figures *ret_figures);

/** What a board asks for. */
struct totals_ask {
    month_t month;
    const char *area; /**< code or prefix, "" = all */
    uint32_t kinds;
    enum totals_by by;
    /** By officer: who an officer's text means in a village, borrowed; NULL takes it as it is. */
    const char *(*officer_key)(const char *area, const char *officer, void *arg);
    void *arg; /**< of both callbacks */
};
typedef void (*totals_fn)(const char *key, const struct figures *figures, void *arg);
/** Calls `each` for every group that has duties, by key: 12-digit codes, officers, programmes.
 *  False if the month is not loaded. */
bool totals_each(struct totals *totals, const struct totals_ask *ask, totals_fn each);

/** Compares a month in two totals; `report` gets a line per difference. Returns their number. */
size_t totals_differ(struct totals *memory, struct totals *ledger, month_t month,
                     void (*report)(const char *line, void *arg), void *arg);

#endif
