#include "service/lists/streets.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/ledger/duties.h"
#include "service/lists/due.h"
#include "service/memory/totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STREETS_SHOWN = 6, NAMES_SHOWN = 3, ROWS_KEPT = 256 };

struct street {
    char code[AREA_TEXT];
    struct figures figures;
};

struct streets {
    size_t count, capacity;
    struct street *items;
};

static uint64_t unreached(const struct figures *figures)
{
    return figures->pending + figures->missed;
}

/** Runs under the totals' lock, so it only copies figures and keys. */
static void add_street(const char *key, const struct figures *figures, void *arg)
{
    struct streets *streets = arg;

    if (unreached(figures) == 0)
        return;
    mem_grow((void **)&streets->items, streets->count, &streets->capacity, sizeof *streets->items);
    struct street *street = &streets->items[streets->count++];
    snprintf(street->code, sizeof street->code, "%s", key);
    street->figures = *figures;
}

/** The lowest rate first; with equal rates, the street where more people wait. */
static int compare_streets(const void *a, const void *b)
{
    const struct figures *x = &((const struct street *)a)->figures;
    const struct figures *y = &((const struct street *)b)->figures;
    uint64_t left = x->reached * y->owed;
    uint64_t right = y->reached * x->owed;

    if (left != right)
        return left < right ? -1 : 1;
    return (unreached(x) < unreached(y)) - (unreached(x) > unreached(y));
}

// ---- the people who have waited longest

struct waiting {
    struct usecase *usecase;
    uint64_t overdue;
    struct due_rows rows;
};

static enum result see_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct waiting *waiting = arg;

    if (view->state != DUTY_PENDING && view->state != DUTY_MISSED)
        return RESULT_OK;
    waiting->overdue += view->urgency == DUTY_OVERDUE;
    due_rows_add(waiting->usecase->service, &waiting->rows, duty, view);
    if (waiting->rows.count >= ROWS_KEPT) {
        due_rows_sort(&waiting->rows);
        due_rows_cut(&waiting->rows, NAMES_SHOWN);
    }
    return RESULT_OK;
}

static enum result add_name(struct usecase *usecase, const struct due_row *row, struct str *names)
{
    struct rows_subject subject = {0};
    enum result result = rows_subject_load(usecase, row->duty, &subject);

    if (result != 0)
        return result;
    str_printf(names, "%s%s", names->length > 0 ? "、" : "", subject.person->name);
    if (row->view.overdue_days > 0)
        str_printf(names, " %d 天", row->view.overdue_days);
    rows_subject_free(&subject);
    return RESULT_OK;
}

static enum result find_waiting(struct usecase *usecase, month_t month, const struct street *street,
                                uint64_t *ret_overdue, struct str *names)
{
    struct waiting waiting = {.usecase = usecase};
    char prefix[AREA_TEXT];
    struct rows_filter filter = {
        .month = month, .area = prefix, .rate_only = true, .type = DUTY_TYPE_VISIT};

    area_prefix(street->code, prefix);
    enum result result = rows_scan(usecase, &filter, NULL, see_row, &waiting);
    due_rows_sort(&waiting.rows);
    for (size_t i = 0; i < waiting.rows.count && i < NAMES_SHOWN && result == 0; i++)
        result = add_name(usecase, &waiting.rows.items[i], names);
    due_rows_free(&waiting.rows);
    *ret_overdue = waiting.overdue;
    return result;
}

// ---- rows

static enum result write_street(struct usecase *usecase, month_t month, const struct street *street,
                                struct sheet *sheet)
{
    struct str names = {0};
    uint64_t overdue = 0;
    char rate[RATE_TEXT];
    enum result result = find_waiting(usecase, month, street, &overdue, &names);
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "key", street->code);
    sheet_set(sheet, row, "name", service_area_name(usecase->service, street->code));
    sheet_setf(sheet, row, "pending", "%" PRIu64, unreached(&street->figures));
    sheet_set(sheet, row, "rate",
              rate_format(street->figures.reached, street->figures.owed, "", rate));
    sheet_setf(sheet, row, "overdue", "%" PRIu64, overdue);
    sheet_set(sheet, row, "names", str_text(&names));
    str_free(&names);
    return result;
}

enum result streets_worst(struct usecase *usecase, month_t month, const char *area,
                          struct sheet *sheet, size_t *ret_total)
{
    struct totals *totals = facts_totals(usecase->service);
    struct streets streets = {0};
    enum result result = RESULT_OK;

    struct totals_ask ask = {
        .month = month,
        .area = area,
        .kinds = totals_kinds(totals, ""),
        .by = area_level(area) < AREA_STREET ? TOTALS_BY_STREET : TOTALS_BY_VILLAGE,
        .arg = &streets,
    };
    totals_each(totals, &ask, add_street);
    if (streets.count > 1)
        qsort(streets.items, streets.count, sizeof *streets.items, compare_streets);
    for (size_t i = 0; i < streets.count && i < STREETS_SHOWN && result == 0; i++)
        result = write_street(usecase, month, &streets.items[i], sheet);
    *ret_total = streets.count;
    free(streets.items);
    return result;
}
