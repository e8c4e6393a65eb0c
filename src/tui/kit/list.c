#include "tui/kit/list.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void clamp(struct list *list)
{
    if (list->cursor >= list->view_count)
        list->cursor = list->view_count == 0 ? 0 : list->view_count - 1;
    if (list->top > list->cursor)
        list->top = list->cursor;
}

void list_reset(struct list *list, size_t count)
{
    list->mark_count = 0;
    free(list->marks);
    list->marks = mem_array(count + 1, sizeof list->marks[0]);
    list->view = mem_resize(list->view, count + 1, sizeof list->view[0]);
    for (size_t row = 0; row < count; row++)
        list->view[row] = row;
    list->count = list->view_count = count;
    clamp(list);
}

void list_filter(struct list *list, bool (*match)(size_t row, void *arg), void *arg)
{
    long selected = list_row(list);

    list->view_count = 0;
    for (size_t row = 0; row < list->count; row++)
        if (match(row, arg))
            list->view[list->view_count++] = row;
    clamp(list);
    if (selected >= 0)
        list_select(list, (size_t)selected);
}

long list_row(const struct list *list)
{
    return list->view_count == 0 || list->away ? -1 : (long)list->view[list->cursor];
}

void list_leave(struct list *list)
{
    list->away = true;
}

void list_select(struct list *list, size_t row)
{
    for (size_t place = 0; place < list->view_count; place++) {
        if (list->view[place] == row) {
            list->cursor = place;
            list->away = false;
            clamp(list);
            return;
        }
    }
}

bool list_move(struct list *list, long delta)
{
    long last = (long)list->view_count - 1;
    long place = (long)list->cursor + delta;
    size_t before = list->cursor;

    if (last < 0)
        return false;
    if (list->away) { /* back to where the cursor was */
        list->away = false;
        return true;
    }
    place = place < 0 ? 0 : place > last ? last : place;
    list->cursor = (size_t)place;
    clamp(list);
    return list->cursor != before;
}

void list_first(struct list *list)
{
    list->away = false;
    (void)list_move(list, -(long)list->count);
}

void list_last(struct list *list)
{
    list->away = false;
    (void)list_move(list, (long)list->count);
}

void list_page(struct list *list, int pages)
{
    long lines = list->page == 0 ? 1 : (long)list->page;
    long top = (long)list->top + pages * lines;
    long highest = (long)list->view_count - lines;

    (void)list_move(list, pages * lines);
    top = top > highest ? highest : top;
    list->top = top < 0 ? 0 : (size_t)top;
    list_scroll(list, (size_t)lines);
}

void list_scroll(struct list *list, size_t page)
{
    list->page = page == 0 ? 1 : page;
    clamp(list);
    if (list->cursor >= list->top + list->page)
        list->top = list->cursor - list->page + 1;
    if (list->top + list->page > list->view_count) /* no empty lines below the last row */
        list->top = list->view_count > list->page ? list->view_count - list->page : 0;
}

long list_place_at(const struct list *list, int line)
{
    size_t below = line < list->line ? list->page : (size_t)(line - list->line);

    return below < list->page && list->top + below < list->view_count ? (long)(list->top + below)
                                                                      : -1;
}

static void set_mark(struct list *list, size_t row, bool marked)
{
    if (list->marks[row] != marked) {
        list->marks[row] = marked;
        list->mark_count = marked ? list->mark_count + 1 : list->mark_count - 1;
    }
}

void list_mark(struct list *list)
{
    long row = list_row(list);

    if (row >= 0) {
        set_mark(list, (size_t)row, !list->marks[row]);
        (void)list_move(list, 1);
    }
}

void list_mark_all(struct list *list, bool marked)
{
    for (size_t place = 0; place < list->view_count; place++)
        set_mark(list, list->view[place], marked);
}

void list_unmark(struct list *list)
{
    for (size_t row = 0; row < list->count; row++)
        set_mark(list, row, false);
}

void list_set_marks(struct list *list, const bool *marks)
{
    for (size_t row = 0; row < list->count; row++)
        set_mark(list, row, marks[row]);
}

/** One piece, "3" or "3-7", as places counted from 0. */
static enum result range_piece(const struct list *list, const char *piece, size_t *ret_from,
                               size_t *ret_to)
{
    int64_t from = 0;
    int64_t to = 0;
    const char *dash = strchr(piece, '-');
    char *head = dash == NULL ? mem_copy(piece) : mem_copy_bytes(piece, (size_t)(dash - piece));
    enum result result = text_to_int(head, 1, (int64_t)list->view_count, &from);

    free(head);
    to = from;
    if (result == 0 && dash != NULL)
        result = text_to_int(dash + 1, from, (int64_t)list->view_count, &to);
    if (result != 0)
        return RESULT_INVALID;
    *ret_from = (size_t)from - 1;
    *ret_to = (size_t)to - 1;
    return RESULT_OK;
}

struct range_walk {
    struct list *list;
    enum result result;
    bool mark; /**< second pass: the whole text is known to be right */
    size_t pieces;
};

static void range_visit(const char *piece, void *arg)
{
    struct range_walk *walk = arg;
    size_t from = 0;
    size_t to = 0;

    walk->pieces++;
    if (walk->result != 0 || (walk->result = range_piece(walk->list, piece, &from, &to)) != 0)
        return;
    for (size_t place = from; walk->mark && place <= to; place++)
        set_mark(walk->list, walk->list->view[place], true);
}

enum result list_mark_range(struct list *list, const char *text)
{
    struct range_walk walk = {.list = list};
    char *clean = text_clean(text);

    text_split(clean, range_visit, &walk);
    if (walk.result == 0 && walk.pieces == 0)
        walk.result = RESULT_INVALID;
    if (walk.result == 0) {
        walk.mark = true;
        text_split(clean, range_visit, &walk);
    }
    free(clean);
    return walk.result;
}

bool list_marked(const struct list *list, size_t row)
{
    return row < list->count && list->marks[row];
}

void list_free(struct list *list)
{
    free(list->view);
    free(list->marks);
    *list = (struct list){0};
}
