#include "tui/app/handbooktext.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { CELLS = 8, GAP = 2, INDENT = 4 };

static const char FENCE[] = "```";
static const char DRAWN[] = "    "; /* a line of a screen */

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

static bool begins(struct piece line, const char *with)
{
    return line.length >= strlen(with) && memcmp(line.text, with, strlen(with)) == 0;
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

/** Bytes of the text that are a line: as many as fit, but no line begins with what ends a clause.
 *  `indent`: blanks in front, which alone are no line. */
static size_t line_of(const char *text, int columns, size_t indent)
{
    static const char *const closing[] = {"，", "。", "：", "；", "、", "）", "”", "？", "！"};
    size_t fit = text_fit(text, columns);
    size_t back = fit;
    bool closes = false;

    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++)
        closes = closes || strncmp(text + fit, closing[i], strlen(closing[i])) == 0;
    if (closes && back > 0)
        back--;
    while (closes && back > 0 && (text[back] & 0xc0) == 0x80)
        back--;
    return back > indent ? back : fit;
}

/** Adds a text in as many lines as it needs; those behind the first are set in. */
static void add_wrapped(struct handbook_lines *lines, const char *text, int columns, int indent,
                        bool heading, size_t source)
{
    size_t fit = line_of(text, columns, 0);

    add_line(lines, text, fit, heading, source);
    text += fit;
    while (*text != '\0' && fit > 0) {
        char *rest = mem_printf("%*s%s", indent, "", text + strspn(text, " "));
        fit = line_of(rest, columns, (size_t)indent);
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

// ---- paragraphs

static bool is_item(struct piece line)
{
    size_t digits = strspn(line.text, "0123456789");

    return begins(line, "- ") || (digits > 0 && line.length > digits + 1 &&
                                  line.text[digits] == '.' && line.text[digits + 1] == ' ');
}

/** True for a line that goes on where the one above it was broken. */
static bool goes_on(struct piece line)
{
    return line.length > 0 && !is_table(line) && !is_item(line) && !begins(line, "#") &&
           !begins(line, "<!--") && !begins(line, FENCE) && !begins(line, DRAWN);
}

/** A character at which two lines meet: marks of keys and bold stand beside it. */
enum side { SIDE_OTHER, SIDE_LATIN, SIDE_CHINESE };

static enum side side_of(uint32_t code)
{
    enum { IDEOGRAPHS = 0x3400, IDEOGRAPHS_END = 0xa000 };

    if (code >= IDEOGRAPHS && code < IDEOGRAPHS_END)
        return SIDE_CHINESE;
    return (code >= '0' && code <= '9') || ((code | 0x20) >= 'a' && (code | 0x20) <= 'z')
               ? SIDE_LATIN
               : SIDE_OTHER;
}

static enum side last_side(const char *text)
{
    uint32_t code = 0;
    uint32_t last = 0;

    for (int used = 0; *text != '\0'; text += used > 0 ? used : 1) {
        used = text_decode(text, &code);
        if (code != '`' && code != '*')
            last = code;
    }
    return side_of(last);
}

static enum side first_side(const char *text)
{
    uint32_t code = 0;

    (void)text_decode(text + strspn(text, "`*["), &code);
    return side_of(code);
}

/** Lines joined as they are read: a blank between words in letters, and between these and Chinese,
 *  as the manual writes them; none between Chinese. */
static void join(struct str *text, struct piece line)
{
    size_t blanks = strspn(line.text, " ");
    char *more = mem_copy_bytes(line.text + blanks, line.length - blanks);
    enum side left = last_side(str_text(text));
    enum side right = first_side(more);

    if (left != SIDE_OTHER && right != SIDE_OTHER && (left == SIDE_LATIN || right == SIDE_LATIN))
        str_add_char(text, ' ');
    str_add(text, more);
    free(more);
}

/** Adds a paragraph or an item of a list; returns the line below it. */
static const char *add_paragraph(struct handbook_lines *lines, const char *source, const char *from,
                                 int columns)
{
    struct piece line = line_at(from);
    int indent = begins(line, "- ") ? 2 : 0;
    struct str text = {0};
    const char *at = behind(line);

    str_add_bytes(&text, line.text, line.length);
    for (line = line_at(at); *at != '\0' && goes_on(line); line = line_at(at)) {
        join(&text, line);
        at = behind(line);
    }
    char *words = plain((struct piece){str_text(&text), strlen(str_text(&text))});
    add_wrapped(lines, words, columns, indent, false, (size_t)(from - source));
    free(words);
    str_free(&text);
    return at;
}

// ---- the whole

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
        add_wrapped(lines, text, columns, 0, heading, source);
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
        bool fence = begins(line, FENCE);
        bool empty = line.length == 0 || begins(line, "<!--") || fence;
        if (is_table(line) && !drawn) {
            at = add_table(&lines, source, at, columns);
        } else if (!drawn && (goes_on(line) || is_item(line))) {
            at = add_paragraph(&lines, source, at, columns);
        } else {
            if (!empty || !blank)
                add_text(&lines, empty ? (struct piece){"", 0} : line, drawn || begins(line, DRAWN),
                         columns, (size_t)(at - source));
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
