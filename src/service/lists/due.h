/**
 * The due list (应访清单): its rows, their order and their cells. The functions due_rows_… are private
 * to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_DUE_H
#define DOUDI_SERVICE_LISTS_DUE_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/ledger/visit.h"
#include "service/service.h"

/** One row of the list before it becomes text. */
struct due_row {
    Rec__Duty *duty; /**< owned */
    struct duty_view view;
    int group;   /**< overdue, due today, later, missed, reached, excused, not counted */
    int tier;    /**< place among the programme's tiers, the most frequent first */
    size_t rank; /**< place in due_query.order, 0 without one */
};

struct due_rows {
    size_t count;
    size_t capacity;
    struct due_row *items;
};

void due_rows_add(const struct service *service, struct due_rows *rows, const Rec__Duty *duty,
                  const struct duty_view *view);
/** Most urgent first. */
void due_rows_sort(struct due_rows *rows);
/** Keeps the first `count`. */
void due_rows_cut(struct due_rows *rows, size_t count);
void due_rows_free(struct due_rows *rows);
/** Adds rows to a sheet of COLUMNS_DUE, ID numbers whole if `full`. */
enum result due_rows_write(struct usecase *usecase, const struct due_rows *rows, bool full,
                           struct sheet *sheet);
/** Fills the column `place` of rows that were written from `first` on. */
void due_rows_place(const struct due_rows *rows, struct sheet *sheet, size_t first);

/** Behind which row a page ends. It goes on by the order of its village's list, not by number:
 *  meanwhile rows may have gone, and nobody may be passed over for that. */
struct due_place {
    const char *villages; /**< key of the last row of the villages before, "" if there are none */
    const char *area;     /**< of the village it ends in, 12 digits; "": none, and the rest is 0 */
    uint32_t group, overdue_days, tier, due_on;
    uint64_t case_id;
};

/** One block, with its texts. */
struct due_place *due_place_copy(const struct due_place *from);

/** Called within a writing transaction for each village of the list: its rows in their order, of which
 *  `first` is the number of the first one in the sheet. */
typedef enum result (*due_village_fn)(struct usecase *usecase, const struct due_rows *rows,
                                      struct sheet *sheet, size_t first, void *arg);

struct due_query {
    const char *month, *area, *officer, *kind, *type;
    const struct due_place *behind; /**< where the page begins; NULL: at the start */
    bool all;                       /**< everybody; otherwise only people not reached yet … */
    bool open;   /**< … and people reached who are owed more visits, and people missed */
    bool places; /**< with the column `place`: its bytes give the order of the rows */
    bool full;   /**< whole ID numbers: needs ACTION_PRINT and is logged */
    uint32_t limit;
    /** then the columns are COLUMNS_SHEET_MADE, ACTION_SHEET_MAKE is needed, and a page ends with a
     *  village, behind `limit` rows or more; a request that is sent again gets no sheet but the
     *  reply's `next`, the due_place.villages of the next page */
    due_village_fn village;
    void *arg;
    const uint64_t *only; /**< cases that are wanted, in rising order; borrowed, NULL = all */
    size_t only_count;
    /** with `village`: cases in the order in which they stand within a village, others behind them;
     *  borrowed, NULL = the most urgent first */
    const uint64_t *order;
    size_t order_count;
};
/** Brings ids into the order of due_query.only. */
void due_ids_sort(uint64_t *ids, size_t count);
/** COLUMNS_DUE: by village, the most urgent of each first. At most `limit` rows (0: 150). `ret_next`:
 *  where the next page begins, NULL when the list is whole; free() it. RESULT_INVALID for a place
 *  that no list gives. */
enum result due_list(struct service *service, const struct caller *caller,
                     const struct due_query *query, struct sheet **ret_sheet,
                     struct due_place **ret_next, struct reply *reply);
/** Of the duties that a visit changed those that such a list still has, as due_list() gives them.
 *  Not for a list of one officer. */
enum result due_list_changed(struct service *service, const struct caller *caller,
                             const struct due_query *query, const struct visit_change *change,
                             struct sheet **ret_sheet, struct reply *reply);
/** totals_moves() of the area a list is of. */
uint64_t due_list_moves(struct service *service, const struct caller *caller, const char *area);

#endif
