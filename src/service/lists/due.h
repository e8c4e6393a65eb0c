/**
 * The due list (应访清单): its rows, their order and their cells. The functions due_rows_… are private
 * to src/service. Threads: any.
 */
#ifndef DOUDI_SERVICE_LISTS_DUE_H
#define DOUDI_SERVICE_LISTS_DUE_H

#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/service.h"

/** One row of the list before it becomes text. */
struct due_row {
    Rec__Duty *duty; /**< owned */
    struct duty_view view;
    int group; /**< overdue, due today, later, missed, reached, excused, not counted */
    int tier;  /**< place among the programme's tiers, the most frequent first */
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

struct due_query {
    const char *month, *area, *officer, *kind, *type, *after;
    bool all;  /**< everybody; otherwise only people not reached yet … */
    bool open; /**< … and people reached who are owed more visits, and people missed */
    bool full; /**< whole ID numbers: needs ACTION_PRINT and is logged */
    uint32_t limit;
};
/** COLUMNS_DUE: by village, the most urgent of each first. At most `limit` rows (0: 150). */
enum result due_list(struct service *service, const struct caller *caller,
                     const struct due_query *query, struct sheet **ret_sheet, struct reply *reply);

#endif
