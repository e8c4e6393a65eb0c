#include "tui/kit/tableorder.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/natural.h"
#include "base/pinyin.h"

#include <stdlib.h>
#include <string.h>

struct ordered {
    char *key;
    double number;
    bool empty; /* there is no number to compare */
    bool down;
    size_t row;
};

static int compare_keys(const struct ordered *x, const struct ordered *y)
{
    if (x->key != NULL)
        return strcmp(x->key, y->key);
    return (x->number > y->number) - (x->number < y->number);
}

static int compare(const void *a, const void *b)
{
    const struct ordered *x = a, *y = b;

    if (x->empty != y->empty)
        return x->empty ? 1 : -1;
    int order = x->empty ? 0 : compare_keys(x, y);
    if (order != 0)
        return x->down ? -order : order;
    return x->row < y->row ? -1 : x->row > y->row;
}

/** Grades stand from the highest to the lowest, what has none behind them. By their sound come names
 *  and whatever else has no digits; houses and numbers do not. */
static char *text_key(const char *id, const char *text)
{
    static const char *const grades[] = {"高", "中", "低", ""};

    for (size_t i = 0; strcmp(id, "tier") == 0 && i < sizeof grades / sizeof grades[0]; i++)
        if (strcmp(text, grades[i]) == 0)
            return mem_printf("%zu", i);
    return strpbrk(text, "0123456789") == NULL ? pinyin_sort_key(text) : natural_key(text);
}

static void set_key(const struct table *table, struct ordered *item)
{
    if (table->order_key != NULL)
        item->key = table->order_key(table, item->row, table->order);
    if (item->key != NULL)
        return;
    char *text = table_cell(table, item->row, table->order);
    if (column_is_number(table->order)) {
        item->empty = *text == '\0';
        item->number = strtod(text, NULL);
    } else {
        item->key = text_key(table->order, text);
    }
    free(text);
}

void tableorder_sort(struct table *table)
{
    if (table->order == NULL || table->sheet->row_count < 2)
        return;
    size_t count = table->sheet->row_count;
    struct ordered *items = mem_array(count, sizeof *items);
    size_t *rows = mem_array(count, sizeof *rows);

    for (size_t i = 0; i < count; i++) {
        items[i] = (struct ordered){.down = table->down, .row = i};
        set_key(table, &items[i]);
    }
    qsort(items, count, sizeof *items, compare);
    for (size_t i = 0; i < count; i++) {
        rows[i] = items[i].row;
        free(items[i].key);
    }
    sheet_pick(table->sheet, rows, count);
    free(items);
    free(rows);
}

void tableorder_arrange(const struct table *table, struct sheet *sheet)
{
    struct table like = *table;

    like.sheet = sheet;
    tableorder_sort(&like);
}
