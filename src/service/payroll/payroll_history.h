/**
 * What the confirmed rosters say of a case's month: paid, still owed, or nothing. All
 * streets of the home are asked, because a case may have been paid elsewhere before it moved.
 *
 * The lines of a case and month follow one another: one that was not paid is carried by the next
 * roster. At most one of them is paid. What a paid month lacked (补差) stands apart: each such line is
 * paid or it is not, and none is carried, because what is lacking is worked out anew. Private to
 * src/service. Threads: within one use case.
 */
#ifndef DOUDI_SERVICE_PAYROLL_PAYROLL_HISTORY_H
#define DOUDI_SERVICE_PAYROLL_PAYROLL_HISTORY_H

#include "service/payroll/payroll_record.h"

enum payroll_standing {
    PAYROLL_NEVER, /**< on no roster, or it was not owed: to be paid if it is owed now */
    PAYROLL_OWED,  /**< on a roster and not paid: the next one carries it */
    PAYROLL_PAID   /**< or known to be nothing */
};

/** The amount of a line, and on what it rests. */
struct payroll_basis {
    bool known, stated;
    int64_t fen;
    char area[AREA_TEXT];
    const char *standards; /**< "NAME=VALUE" and a line break each; the history's */
};

/** A line of a confirmed roster. */
struct payroll_past {
    uint64_t case_id;
    month_t month;
    month_t roster;  /**< the month of the roster on which it stands */
    uint32_t source; /**< that roster, in `rosters` */
    bool ours;       /**< of the street, or of one that has gone into it */
    bool other;      /**< paid to a household that is gone (service/cases/merge_house.h) */
    enum payroll_standing standing;
    Rec__PayrollLine *open; /**< if it is owed: a copy, `cause` says since when; owned */
    struct payroll_basis basis;
};

/** A line that pays what a month lacked. */
struct payroll_raise {
    uint64_t case_id;
    month_t month;
    month_t roster;
    bool paid;
    int64_t fen;
    char *returned; /**< the bank's reason, NULL if it did not come back; owned */
};

/** A confirmed roster. */
struct payroll_source {
    char area[AREA_TEXT];
    char *kind; /**< owned */
    month_t month;
};

/** A line that was paid, as it stands on its roster. */
struct payroll_handed {
    uint64_t case_id;
    uint32_t source; /**< its roster, in `rosters` */
    uint32_t line;
    month_t month;
    bool raise;
    int64_t fen;
};

struct payroll_history {
    size_t roster_count, roster_capacity;
    struct payroll_source *rosters; /**< by street, programme and month; owned */
    size_t handed_count, handed_capacity;
    struct payroll_handed *handed; /**< by case, roster and line; owned */
    size_t count, capacity;
    struct payroll_past *items; /**< by case, month and roster; owned */
    size_t raise_count, raise_capacity;
    struct payroll_raise *raises; /**< by case, month and roster; owned */
    size_t text_count, text_capacity;
    char **texts; /**< standards: most lines have those of the line before; owned */
    size_t month_count, month_capacity;
    size_t doubts;   /**< of the street: came back, and nobody has said which line it was */
    month_t *months; /**< before the key's that were confirmed in the street, ascending; owned */
};

/** Of all confirmed rosters of the key's programme, "" for all programmes. */
enum result payroll_history_read(struct usecase *usecase, const struct payroll_key *key,
                                 struct payroll_history *ret_history);
void payroll_history_free(struct payroll_history *history);

enum payroll_standing payroll_history_find(const struct payroll_history *history, uint64_t case_id,
                                           month_t month);

/** True if the case itself was paid, not a household that has gone into it. */
bool payroll_history_paid(const struct payroll_history *history, uint64_t case_id, month_t month);

/** The amount that the month has on confirmed rosters, paid or to be carried as it is; NULL if it has
 *  none that is known. Borrowed. */
const struct payroll_basis *payroll_history_basis(const struct payroll_history *history,
                                                  uint64_t case_id, month_t month);
/** What raises of the month were paid; the bank's reason for the last one that came back, or NULL, in
 *  *ret_returned. */
int64_t payroll_history_raised(const struct payroll_history *history, uint64_t case_id,
                               month_t month, const char **ret_returned);
/** Calls `each` with every month of the case that has a basis, ascending. */
typedef enum result (*payroll_month_fn)(month_t month, const struct payroll_basis *basis,
                                        void *arg);
enum result payroll_history_months(const struct payroll_history *history, uint64_t case_id,
                                   payroll_month_fn each, void *arg);

/** The line at an index if it is what the key's roster must carry; NULL otherwise. Borrowed. */
const Rec__PayrollLine *payroll_history_open(const struct payroll_history *history, size_t index,
                                             month_t month);

#endif
