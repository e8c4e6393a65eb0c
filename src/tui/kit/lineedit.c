#include "tui/kit/lineedit.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/kit/keys.h"

#include <stdlib.h>
#include <string.h>

/** Narrower fields show no signs, so that a double-width character still fits. */
enum { SIGN_WIDTH = 4 };

static bool joins(uint32_t code)
{
    return text_width_code(code) == 0;
}

static size_t next_of(const struct lineedit *edit, size_t at)
{
    if (at >= edit->count)
        return edit->count;
    at++;
    while (at < edit->count && joins(edit->codes[at]))
        at++;
    return at;
}

static size_t previous_of(const struct lineedit *edit, size_t at)
{
    if (at == 0)
        return 0;
    at--;
    while (at > 0 && joins(edit->codes[at]))
        at--;
    return at;
}

static size_t byte_count(const struct lineedit *edit)
{
    size_t bytes = 0;
    char buffer[TEXT_CHARACTER];

    for (size_t i = 0; i < edit->count; i++)
        bytes += (size_t)text_encode(edit->codes[i], buffer);
    return bytes;
}

bool lineedit_insert(struct lineedit *edit, uint32_t code)
{
    char buffer[TEXT_CHARACTER];

    bool line_break = code == '\n' && edit->lines;

    if ((!key_is_text((int)code) && !line_break) || (edit->accept != NULL && !edit->accept(code)))
        return false;
    if (joins(code) && edit->cursor == 0)
        return false; /* nothing to join */
    if (edit->max_codes != 0 && edit->count + 1 > edit->max_codes)
        return false;
    if (edit->max_bytes != 0 &&
        byte_count(edit) + (size_t)text_encode(code, buffer) > edit->max_bytes)
        return false;
    mem_grow((void **)&edit->codes, edit->count, &edit->capacity, sizeof edit->codes[0]);
    memmove(&edit->codes[edit->cursor + 1], &edit->codes[edit->cursor],
            (edit->count - edit->cursor) * sizeof edit->codes[0]);
    edit->codes[edit->cursor++] = code;
    edit->count++;
    return true;
}

void lineedit_set(struct lineedit *edit, const char *text)
{
    uint32_t code = 0;
    int used;

    edit->count = edit->cursor = edit->first = 0;
    while ((used = text_decode(text, &code)) != 0) {
        if (used > 0)
            (void)lineedit_insert(edit, code);
        text += used > 0 ? used : 1;
    }
}

char *lineedit_text(const struct lineedit *edit)
{
    struct str text = {0};
    char buffer[TEXT_CHARACTER];

    for (size_t i = 0; i < edit->count; i++)
        str_add_bytes(&text, buffer, (size_t)text_encode(edit->codes[i], buffer));
    return str_take(&text);
}

static void remove_range(struct lineedit *edit, size_t from, size_t to)
{
    memmove(&edit->codes[from], &edit->codes[to], (edit->count - to) * sizeof edit->codes[0]);
    edit->count -= to - from;
    edit->cursor = from;
}

bool lineedit_key(struct lineedit *edit, int key)
{
    switch (key) {
    case K_LEFT:
        edit->cursor = previous_of(edit, edit->cursor);
        return true;
    case K_RIGHT:
        edit->cursor = next_of(edit, edit->cursor);
        return true;
    case K_HOME:
    case K_CTRL('A'):
        edit->cursor = 0;
        return true;
    case K_END:
    case K_CTRL('E'):
        edit->cursor = edit->count;
        return true;
    case K_DELETE:
    case K_CTRL('D'):
        if (edit->cursor < edit->count)
            remove_range(edit, edit->cursor, next_of(edit, edit->cursor));
        return true;
    case K_BACKSPACE:
        if (edit->cursor > 0)
            remove_range(edit, previous_of(edit, edit->cursor), edit->cursor);
        return true;
    case K_CTRL('K'):
        if (edit->cursor < edit->count)
            remove_range(edit, edit->cursor, edit->count);
        return true;
    case K_CTRL('U'):
        if (edit->cursor > 0)
            remove_range(edit, 0, edit->cursor);
        return true;
    case K_LINE:
        (void)lineedit_insert(edit, edit->lines ? '\n' : ' ');
        return true;
    case K_CTRL('N'):
        return edit->lines && (lineedit_insert(edit, '\n'), true);
    default:
        if (key_is_text(key)) {
            (void)lineedit_insert(edit, (uint32_t)key);
            return true;
        }
        return false;
    }
}

static int cluster_width(const struct lineedit *edit, size_t at)
{
    if (at >= edit->count)
        return 1; /* room for the cursor behind the text */
    return edit->secret ? 1 : text_width_code(edit->codes[at]);
}

static int width_between(const struct lineedit *edit, size_t from, size_t to)
{
    int width = 0;

    while (from < to) {
        width += cluster_width(edit, from);
        from = next_of(edit, from);
    }
    return width;
}

/** Columns left for text when `first` is the first cluster shown, and whether all of it fits. */
static int room(const struct lineedit *edit, size_t first, int width, bool *ret_tail)
{
    bool signs = width >= SIGN_WIDTH;
    int columns = width - (signs && first > 0 ? 1 : 0);
    int need = width_between(edit, first, edit->count) + (edit->cursor == edit->count ? 1 : 0);

    *ret_tail = need <= columns;
    return columns - (signs && !*ret_tail ? 1 : 0);
}

static bool shows_cursor(const struct lineedit *edit, size_t first, int width)
{
    bool tail = false;
    int columns = room(edit, first, width, &tail);

    return width_between(edit, first, edit->cursor) + cluster_width(edit, edit->cursor) <= columns;
}

static void scroll(struct lineedit *edit, int width)
{
    bool tail = false;

    if (edit->first > edit->cursor)
        edit->first = edit->cursor;
    /* A deletion may have left `first` inside a cluster. */
    while (edit->first > 0 && edit->first < edit->count && joins(edit->codes[edit->first]))
        edit->first--;
    while (edit->first < edit->cursor && !shows_cursor(edit, edit->first, width))
        edit->first = next_of(edit, edit->first);
    while (edit->first > 0) {
        size_t before = previous_of(edit, edit->first);
        (void)room(edit, before, width, &tail);
        if (!tail || !shows_cursor(edit, before, width))
            break;
        edit->first = before;
    }
}

struct lineedit_view lineedit_view(struct lineedit *edit, int width)
{
    struct lineedit_view view = {0};
    bool tail = false;
    int columns;
    int used = 0;
    char buffer[TEXT_CHARACTER];

    scroll(edit, width);
    columns = room(edit, edit->first, width, &tail);
    view.left = width >= SIGN_WIDTH && edit->first > 0;
    view.right = width >= SIGN_WIDTH && !tail;
    view.start = view.left ? 1 : 0;
    view.cursor = view.start + width_between(edit, edit->first, edit->cursor);
    for (size_t at = edit->first; at < edit->count;) {
        size_t next = next_of(edit, at);
        used += cluster_width(edit, at);
        if (used > columns)
            break;
        if (edit->secret)
            str_add_char(&view.text, '*');
        else
            for (size_t i = at; i < next; i++)
                str_add_bytes(&view.text, buffer, (size_t)text_encode(edit->codes[i], buffer));
        at = next;
    }
    return view;
}

void lineedit_free(struct lineedit *edit)
{
    if (edit->secret && edit->codes != NULL)
        explicit_bzero(edit->codes, edit->capacity * sizeof edit->codes[0]);
    free(edit->codes);
    *edit = (struct lineedit){0};
}
