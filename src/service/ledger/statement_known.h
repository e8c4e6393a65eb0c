/**
 * 现况 beside a statement: how each of its people stands today, what changed since it was made, and
 * by whom.
 *
 * What changed is read from the records that later changes leave behind (visits, marks, excuses),
 * and where those say nothing from the events of the case. Private to src/service. Threads: within
 * one use case.
 */
#ifndef DOUDI_SERVICE_LEDGER_STATEMENT_KNOWN_H
#define DOUDI_SERVICE_LEDGER_STATEMENT_KNOWN_H

#include "service/frame/usecase.h"

/** A person as known today. */
struct statement_known_row {
    const Rec__StatementRow *row;                 /**< borrowed; NULL: not on the statement */
    char *case_no, *name, *area, *kind, *officer; /**< of somebody who is not on the statement */
    uint64_t case_id;
    const char *state, *words;
    char *reason;
    char *since; /**< what changed, by whom; NULL: nothing did */
};

struct statement_known {
    size_t count, capacity;
    struct statement_known_row *items; /**< in the ledger's order */
    size_t changed;
    size_t next;            /**< where the next search begins: rows are mostly asked for in order */
    uint64_t owed, reached; /**< of the 月探访率, as known */
    uint64_t reported_owed, reported_reached; /**< … and as reported */
};

/** `{0}` is empty. statement_known_free() releases it, also after a failure. */
enum result statement_known_load(struct usecase *usecase, const Rec__Statement *statement,
                                 struct statement_known *known);
/** How the person of the row stands today; NULL if the ledger has no such row any more. */
const struct statement_known_row *statement_known_find(struct statement_known *known,
                                                       const Rec__StatementRow *row);
void statement_known_free(struct statement_known *known);

#endif
