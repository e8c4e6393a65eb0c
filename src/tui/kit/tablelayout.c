/* How wide the columns of a table are: table_layout(). */
#include "base/columns.h"
#include "tui/kit/table.h"

#include <string.h>

/* A name keeps this width against other columns; a text gets its share before others grow. */
enum { NAME_KEPT = 16, NAME_SHARE = 24 };

/** The columns that people read first get their room first. */
static const char NAME[] = "name";
static const char *const FIRST[] = {NAME, "address"};

static int need_of(const struct table_need *need)
{
    return need->cells > need->label ? need->cells : need->label;
}

/** A figure that is cut is another figure: further columns are left out for it. */
static bool is_figure(const struct table_column *column)
{
    return column->right || column_is_number(column->id);
}

static int least_of(const struct table_column *column, const struct table_need *need)
{
    int least = column->least;

    if (is_figure(column) && !need->unknown && least < need->cells)
        least = need->cells;
    if (!need->unknown && strcmp(column->id, NAME) == 0 && least < NAME_KEPT)
        least = NAME_KEPT;
    if (!need->unknown && need_of(need) < least)
        least = need_of(need);
    return least < 1 ? 1 : least;
}

static int total(const struct table_column *columns, const struct table_need *needs, size_t count,
                 const int *widths)
{
    int sum = -1;

    for (size_t i = 0; i < count; i++)
        sum += widths[i] > 0 ? least_of(&columns[i], &needs[i]) + 1 : 0;
    return sum;
}

/** Leaves out empty columns, then those of the highest rank, until the least widths fit. */
static void drop_columns(const struct table_column *columns, const struct table_need *needs,
                         size_t count, int available, int *widths)
{
    for (size_t i = 0; i < count; i++)
        if (columns[i].rank > 0 && !needs[i].unknown && needs[i].cells == 0)
            widths[i] = 0;
    while (total(columns, needs, count, widths) > available) {
        size_t worst = count;
        for (size_t i = 0; i < count; i++)
            if (widths[i] > 0 && columns[i].rank > 0 &&
                (worst == count || columns[i].rank >= columns[worst].rank))
                worst = i;
        if (worst == count)
            return;
        widths[worst] = 0;
    }
}

/** Of a fact that has a short form one is left out: the short one, if the long one has room beside
 *  all others. */
static void choose_forms(const struct table_column *columns, const struct table_need *needs,
                         size_t count, int available, int *widths)
{
    for (size_t i = 0; i < count; i++) {
        size_t whole = 0;
        while (columns[i].short_of != NULL && whole < count &&
               strcmp(columns[whole].id, columns[i].short_of) != 0)
            whole++;
        if (columns[i].short_of == NULL || whole == count)
            continue;
        int width = widths[i];
        widths[i] = 0;
        if (total(columns, needs, count, widths) > available) {
            widths[i] = width;
            widths[whole] = 0;
        }
    }
}

/** Widens a column up to `most`. */
static void widen(int *width, int most, int *spare)
{
    int more = most - *width;

    more = more > *spare ? *spare : more;
    if (*width > 0 && more > 0) {
        *width += more;
        *spare -= more;
    }
}

/** Widens the columns in turn, by one each, up to their usual width or, with `all`, up to their
 *  need. */
static void widen_in_turn(const struct table_column *columns, const struct table_need *needs,
                          size_t count, bool all, int *widths, int *spare)
{
    for (bool grown = true; *spare > 0 && grown;) {
        grown = false;
        for (size_t i = 0; i<count && * spare> 0; i++) {
            int most = needs[i].unknown ? columns[i].most : need_of(&needs[i]);
            if (!all && columns[i].most > 0 && most > columns[i].most)
                most = columns[i].most;
            int before = widths[i];
            widen(&widths[i], before + 1 < most ? before + 1 : most, spare);
            grown = grown || widths[i] != before;
        }
    }
}

void table_layout(const struct table_column *columns, size_t count, const struct table_need *needs,
                  int available, int *widths)
{
    int spare;

    for (size_t i = 0; i < count; i++)
        widths[i] = least_of(&columns[i], &needs[i]);
    choose_forms(columns, needs, count, available, widths);
    drop_columns(columns, needs, count, available, widths);
    spare = available - total(columns, needs, count, widths);
    for (size_t k = 0; k < sizeof FIRST / sizeof FIRST[0]; k++) {
        for (size_t i = 0; i < count; i++) {
            int need = need_of(&needs[i]);
            if (!needs[i].unknown && strcmp(columns[i].id, FIRST[k]) == 0)
                widen(&widths[i], need > NAME_SHARE ? NAME_SHARE : need, &spare);
        }
    }
    widen_in_turn(columns, needs, count, false, widths, &spare);
    widen_in_turn(columns, needs, count, true, widths, &spare);
    for (size_t i = 0; i < count; i++) /* so that figures do not stand too close */
        widen(&widths[i], columns[i].least, &spare);
    for (size_t i = 0; i < count; i++)
        if (columns[i].most == 0)
            widen(&widths[i], widths[i] + spare, &spare);
}
