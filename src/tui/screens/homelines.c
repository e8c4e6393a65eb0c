#include "tui/screens/homelines.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct kind {
    const char *what;
    size_t rows;  /* lines that are there */
    size_t total; /* lines that there are */
};

static size_t find_kind(struct kind *kinds, size_t count, const char *what)
{
    size_t i = 0;

    while (i < count && strcmp(kinds[i].what, what) != 0)
        i++;
    return i;
}

/** The kinds in their order; further ones than fit are added to the last. */
static size_t count_kinds(const struct sheet *lines, const struct homelines_total *totals,
                          struct kind *kinds)
{
    size_t count = 0;

    for (size_t row = 0; row < lines->row_count; row++) {
        const char *what = sheet_get(lines, row, "what");
        size_t i = find_kind(kinds, count, what);
        if (i == count && count < HOMELINES_KINDS)
            kinds[count++] = (struct kind){.what = what};
        if (i < count)
            kinds[i].rows++;
    }
    for (size_t i = 0; i < count; i++) {
        kinds[i].total = kinds[i].rows;
        for (size_t k = 0; totals != NULL && totals[k].what != NULL; k++)
            if (strcmp(totals[k].what, kinds[i].what) == 0 && totals[k].total > kinds[i].rows)
                kinds[i].total = totals[k].total;
    }
    return count;
}

/** A line for those that are left out is one of the screen's, too. */
static size_t cost(size_t total, size_t shown)
{
    return shown + (shown < total ? 1 : 0);
}

void homelines_share(const size_t *counts, size_t count, size_t room, size_t *ret_shown)
{
    size_t used = 0;
    bool grown = true;

    for (size_t i = 0; i < count; i++) {
        ret_shown[i] = counts[i] > 0 ? 1 : 0;
        used += cost(counts[i], ret_shown[i]);
    }
    while (grown) { /* one more for each in turn, so that none starves */
        grown = false;
        for (size_t i = 0; i < count; i++) {
            size_t more = ret_shown[i] + 1;
            size_t after = used - cost(counts[i], ret_shown[i]) + cost(counts[i], more);
            if (more > counts[i] || (after > room && after > used))
                continue;
            ret_shown[i] = more;
            used = after;
            grown = true;
        }
    }
}

static void add_row(struct sheet *to, const struct sheet *from, size_t row)
{
    const char **cells = mem_array(from->column_count, sizeof *cells);

    sheet_cells(from, row, cells);
    (void)sheet_add_cells(to, cells);
    free(cells);
}

/** "另有 12 条": where the others are to be seen is said, too. */
static void add_more(struct sheet *to, const struct kind *kind, size_t shown)
{
    size_t row = sheet_add_row(to);
    bool here = kind->rows == kind->total;

    sheet_set(to, row, "what", kind->what);
    sheet_setf(to, row, "text", "另有 %zu 条没有列出，共 %zu 条；回车%s", kind->total - shown,
               kind->total, here ? "全部列出" : "看清单");
    sheet_setf(to, row, "more", "%zu", kind->total - shown);
}

static void add_kind(struct sheet *to, const struct sheet *lines, const struct kind *kind,
                     size_t most)
{
    size_t shown = 0;

    for (size_t row = 0; row < lines->row_count && shown < most; row++) {
        if (strcmp(sheet_get(lines, row, "what"), kind->what) != 0)
            continue;
        add_row(to, lines, row);
        shown++;
    }
    if (shown < kind->total)
        add_more(to, kind, shown);
}

struct sheet *homelines_fit(const struct sheet *lines, size_t room, const char *open,
                            const struct homelines_total *totals)
{
    struct sheet *fit = sheet_new_ids((const char *const *)lines->columns, lines->column_count);
    struct kind kinds[HOMELINES_KINDS];
    size_t totals_of[HOMELINES_KINDS] = {0};
    size_t shown[HOMELINES_KINDS] = {0};
    size_t count = count_kinds(lines, totals, kinds);

    for (size_t i = 0; i < count; i++)
        totals_of[i] = kinds[i].total;
    homelines_share(totals_of, count, room, shown);
    for (size_t i = 0; i < count; i++) {
        bool whole = open != NULL && strcmp(open, kinds[i].what) == 0;
        add_kind(fit, lines, &kinds[i], whole ? kinds[i].rows : shown[i]);
    }
    return fit;
}

bool homelines_are_elsewhere(const struct sheet *lines, const char *what,
                             const struct homelines_total *totals)
{
    size_t here = 0;

    for (size_t row = 0; row < lines->row_count; row++)
        here += strcmp(sheet_get(lines, row, "what"), what) == 0;
    for (size_t k = 0; totals[k].what != NULL; k++)
        if (strcmp(totals[k].what, what) == 0)
            return totals[k].total > here;
    return false;
}
