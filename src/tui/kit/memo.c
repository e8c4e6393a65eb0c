#include "tui/kit/memo.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { LINES_MOST = 1024 };

/** How many bytes of `text` fit into one line of `width` columns. */
static size_t line_length(const char *text, int width)
{
    size_t length = strcspn(text, "\n");
    char *line = mem_copy_bytes(text, length);
    size_t fit = text_fit(line, width);

    free(line);
    return fit > 0 || length == 0 ? fit : length; /* narrower than a character: all of it */
}

size_t memo_wrap(const char *text, int width, struct memo_line *lines, size_t most)
{
    size_t count = 0;
    size_t at = 0;

    for (;;) {
        size_t length = line_length(text + at, width);
        if (count < most)
            lines[count] = (struct memo_line){at, at + length};
        count++;
        at += length;
        if (text[at] == '\0')
            return count;
        at += text[at] == '\n' ? 1 : 0;
    }
}

/** Bytes before the cursor. */
static size_t cursor_bytes(const struct lineedit *edit)
{
    char buffer[TEXT_CHARACTER];
    size_t bytes = 0;

    for (size_t i = 0; i < edit->cursor; i++)
        bytes += (size_t)text_encode(edit->codes[i], buffer);
    return bytes;
}

static void set_cursor_bytes(struct lineedit *edit, size_t bytes)
{
    char buffer[TEXT_CHARACTER];
    size_t seen = 0;

    for (edit->cursor = 0; edit->cursor < edit->count && seen < bytes; edit->cursor++)
        seen += (size_t)text_encode(edit->codes[edit->cursor], buffer);
}

/** Wraps the edited text; `lines` holds LINES_MOST. Returns the cursor's line. */
static size_t wrap_edit(const struct lineedit *edit, int width, char **ret_text,
                        struct memo_line *lines, size_t *ret_count)
{
    size_t at = cursor_bytes(edit);
    size_t line = 0;

    *ret_text = lineedit_text(edit);
    *ret_count = memo_wrap(*ret_text, width, lines, LINES_MOST);
    *ret_count = *ret_count < LINES_MOST ? *ret_count : LINES_MOST;
    while (line + 1 < *ret_count && lines[line + 1].from <= at)
        line++;
    return line;
}

static int column_of(const char *text, const struct memo_line *line, size_t at)
{
    char *before = mem_copy_bytes(text + line->from, (at < line->to ? at : line->to) - line->from);
    int column = text_width(before);

    free(before);
    return column;
}

void memo_cursor(const struct lineedit *edit, int width, size_t *ret_line, int *ret_column)
{
    struct memo_line *lines = mem_array(LINES_MOST, sizeof lines[0]);
    char *text = NULL;
    size_t count = 0;

    *ret_line = wrap_edit(edit, width, &text, lines, &count);
    *ret_column = column_of(text, &lines[*ret_line], cursor_bytes(edit));
    free(text);
    free(lines);
}

bool memo_move(struct lineedit *edit, int width, int delta)
{
    struct memo_line *lines = mem_array(LINES_MOST, sizeof lines[0]);
    char *text = NULL;
    size_t count = 0;
    size_t line = wrap_edit(edit, width, &text, lines, &count);
    bool moves = delta < 0 ? line > 0 : line + 1 < count;

    if (moves) {
        int column = column_of(text, &lines[line], cursor_bytes(edit));
        const struct memo_line *to = &lines[delta < 0 ? line - 1 : line + 1];
        char *words = mem_copy_bytes(text + to->from, to->to - to->from);
        set_cursor_bytes(edit, to->from + text_fit(words, column));
        free(words);
    }
    free(text);
    free(lines);
    return moves;
}
