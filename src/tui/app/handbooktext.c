#include "tui/app/handbooktext.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 8, GAP = 2, INDENT = 4 };

/** A piece of the source: a line without its end. */
struct piece {
    const char *text;
    size_t length;
};

static struct piece line_at(const char *source)
{
    return (struct piece){source, strcspn(source, "\n")};
}

static const char *behind(struct piece line)
{
    return line.text + line.length + (line.text[line.length] == '\n' ? 1 : 0);
}

/** The words as they are read: without marks of bold and of keys, of a link only its name. New string. */
static char *plain(struct piece piece)
{
    struct str text = {0};
    const char *end = piece.text + piece.length;

    for (const char *c = piece.text; c < end; c++) {
        if (*c == '*' && c + 1 < end && c[1] == '*')
            c++;
        else if (*c == ']' && c + 1 < end && c[1] == '(')
            c += strcspn(c, ")\n");
        else if (*c != '`' && *c != '[')
            str_add_char(&text, *c);
        else if (*c == '[' && c + 1 < end && c[1] == '`') /* a key, not a link */
            str_add_char(&text, *c);
        else if (*c == '`' && c + 2 < end && c[2] == '`') { /* `[` and `]` are keys */
            str_add_char(&text, c[1]);
            c += 2;
        }
    }
    return str_take(&text);
}

static void add_line(struct handbook_lines *lines, const char *text, size_t length, bool heading,
                     size_t source)
{
    mem_grow((void **)&lines->rows, lines->count, &lines->capacity, sizeof lines->rows[0]);
    lines->rows[lines->count++] = (struct handbook_line){
        .text = mem_copy_bytes(text, length), .heading = heading, .source = source};
}

/** Adds a text in as many lines as it needs; those behind the first are set in. */
static void add_wrapped(struct handbook_lines *lines, const char *text, int columns, int indent,
                        bool heading, size_t source)
{
    size_t fit = text_fit(text, columns);

    add_line(lines, text, fit, heading, source);
    text += fit;
    while (*text != '\0' && fit > 0) {
        char *rest = mem_printf("%*s%s", indent, "", text + strspn(text, " "));
        fit = text_fit(rest, columns);
        add_line(lines, rest, fit, heading, source);
        text += strspn(text, " ") + (fit > (size_t)indent ? fit - (size_t)indent : 0);
        free(rest);
        if (fit <= (size_t)indent)
            return;
    }
}

// ---- tables

static bool is_table(struct piece line)
{
    return line.length > 1 && line.text[0] == '|';
}

static bool is_rule(struct piece line)
{
    return is_table(line) && strspn(line.text, "|-: ") >= line.length;
}

/** The cells of a table's row, new strings; returns their number. */
static size_t cells_of(struct piece line, char *cells[CELLS])
{
    size_t count = 0;
    const char *end = line.text + line.length;

    for (const char *at = line.text + 1; at < end && count < CELLS;) {
        const char *bar = at;
        while (bar < end && *bar != '|')
            bar++;
        char *words = plain((struct piece){at, (size_t)(bar - at)});
        cells[count++] = text_trim(words);
        free(words);
        at = bar + 1;
    }
    return count;
}

static void free_cells(char *cells[CELLS], size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(cells[i]);
}

static void measure(const char *begin, int widths[CELLS])
{
    for (struct piece line = line_at(begin); is_table(line); line = line_at(behind(line))) {
        char *cells[CELLS];
        size_t count = is_rule(line) ? 0 : cells_of(line, cells);
        for (size_t i = 0; i < count; i++)
            widths[i] = text_width(cells[i]) > widths[i] ? text_width(cells[i]) : widths[i];
        free_cells(cells, count);
    }
}

static void add_row(struct handbook_lines *lines, struct piece line, const int widths[CELLS],
                    int columns, size_t source)
{
    char *cells[CELLS];
    size_t count = cells_of(line, cells);
    struct str text = {0};
    int indent = 0;

    for (size_t i = 0; i < count; i++) {
        int pad = i + 1 < count ? widths[i] - text_width(cells[i]) + GAP : 0;
        str_printf(&text, "%s%*s", cells[i], pad, "");
        indent += i + 1 < count ? widths[i] + GAP : 0;
    }
    add_wrapped(lines, str_text(&text), columns, indent < columns / 2 ? indent : INDENT, false,
                source);
    str_free(&text);
    free_cells(cells, count);
}

/** Adds a table; returns the line below it. */
static const char *add_table(struct handbook_lines *lines, const char *source, const char *begin,
                             int columns)
{
    int widths[CELLS] = {0};
    struct piece line = line_at(begin);

    measure(begin, widths);
    for (; is_table(line); line = line_at(behind(line)))
        if (!is_rule(line))
            add_row(lines, line, widths, columns, (size_t)(line.text - source));
    return line.text;
}

// ---- the whole

static bool begins(struct piece line, const char *with)
{
    return line.length >= strlen(with) && memcmp(line.text, with, strlen(with)) == 0;
}

/** `drawn`: a line of a screen, which stays a line. */
static void add_text(struct handbook_lines *lines, struct piece line, bool drawn, int columns,
                     size_t source)
{
    bool heading = !drawn && begins(line, "#");
    size_t skip = heading ? strspn(line.text, "# ") : 0;
    struct piece words = {line.text + skip, line.length - skip};
    char *text = drawn ? mem_copy_bytes(line.text, line.length) : plain(words);

    if (drawn)
        add_line(lines, text, text_fit(text, columns), false, source);
    else
        add_wrapped(lines, text, columns, begins(line, "- ") ? 2 : 0, heading, source);
    free(text);
}

void handbooktext_lay(const char *source, int columns, struct handbook_lines *ret_lines)
{
    struct handbook_lines lines = {0};
    const char *at = source;
    bool blank = true; /* one blank line is enough, also where a mark stood */
    bool drawn = false;

    while (*at != '\0') {
        struct piece line = line_at(at);
        bool fence = begins(line, "```");
        bool empty = line.length == 0 || begins(line, "<!--") || fence;
        if (is_table(line) && !drawn) {
            at = add_table(&lines, source, at, columns);
        } else {
            if (!empty || !blank)
                add_text(&lines, empty ? (struct piece){"", 0} : line,
                         drawn || begins(line, "    "), columns, (size_t)(at - source));
            at = behind(line);
            drawn = drawn != fence;
        }
        blank = empty;
    }
    *ret_lines = lines;
}

void handbooktext_free(struct handbook_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        free(lines->rows[i].text);
    free(lines->rows);
    *lines = (struct handbook_lines){0};
}

size_t handbooktext_section(const char *source, const char *section)
{
    char *mark = mem_printf("<!-- keys %s -->", section);
    size_t heading = 0;
    bool found = false;

    for (const char *at = source; *at != '\0' && !found; at = behind(line_at(at))) {
        struct piece line = line_at(at);
        if (begins(line, "#"))
            heading = (size_t)(at - source);
        found = begins(line, mark);
    }
    free(mark);
    return found ? heading : 0;
}
