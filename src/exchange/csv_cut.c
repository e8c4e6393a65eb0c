/*
 * csv_cut(): finds the delimiter, cuts rows with libcsv, and limits a wrong quotation mark to its
 * line.
 */
#include "exchange/csv.h"

#include "base/mem.h"
#include "base/text.h"
#include "exchange/input.h"

#include <csv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/** A quotation mark without its partner in this many lines has none: no cell is that long. */
enum {
    CELL_LINES = 200,
    CELL_GROWTH = 1 << 16 /* bytes; libcsv would copy a long cell every 128 */
};

static const char UNCLOSED[] = "引号没有成对，这一行读不出来，请删去或补上引号后再导入";

// ---- lines

/** A line's bytes, without and with its end: LF, CR LF or a single CR. */
struct line {
    const char *text;
    size_t length;
    size_t whole;
};

static struct line line_at(const char *at, const char *end)
{
    struct line line = {.text = at};

    line.length = (size_t)(end - at);
    const char *feed = memchr(at, '\n', line.length);
    if (feed != NULL)
        line.length = (size_t)(feed - at);
    const char *carriage = memchr(at, '\r', line.length);
    if (carriage != NULL)
        line.length = (size_t)(carriage - at);
    line.whole = line.length;
    if (at + line.whole < end && at[line.whole] == '\r')
        line.whole++;
    if (at + line.whole < end && at[line.whole] == '\n')
        line.whole++;
    return line;
}

static size_t count_char(const char *text, size_t length, char c)
{
    size_t count = 0;

    for (const char *at = text; (at = memchr(at, c, length - (size_t)(at - text))) != NULL; at++)
        count++;
    return count;
}

// ---- the delimiter

/** Skips delimiters in quotation marks that the line itself opens. */
static size_t count_outside(const struct line *line, char delimiter)
{
    size_t count = 0;
    bool quoted = false;

    for (size_t i = 0; i < line->length; i++) {
        quoted ^= line->text[i] == '"';
        count += !quoted && line->text[i] == delimiter;
    }
    return count;
}

/** The delimiter in most of the first lines; of several, the most frequent one. */
static char guess_delimiter(const char *at, const char *end)
{
    static const char delimiters[] = {',', '\t', ';', '|'};
    enum { LINES = 60, OTHERS = sizeof delimiters };
    size_t lines[OTHERS] = {0};
    size_t places[OTHERS] = {0};
    size_t best = 0;

    for (int i = 0; i < LINES && at < end; i++) {
        struct line line = line_at(at, end);
        for (size_t k = 0; k < OTHERS; k++) {
            size_t count = count_outside(&line, delimiters[k]);
            lines[k] += count > 0;
            places[k] += count;
        }
        at += line.whole;
    }
    for (size_t k = 1; k < OTHERS; k++)
        if (lines[k] > lines[best] || (lines[k] == lines[best] && places[k] > places[best]))
            best = k;
    return delimiters[best];
}

/** "sep=;" tells a spreadsheet program the delimiter; it does not show that line. */
static bool take_separator(const char **at, const char *end, char *ret_delimiter)
{
    struct line line = line_at(*at, end);
    const char *text = line.text;
    size_t length = line.length;

    if (length >= 2 && text[0] == '"' && text[length - 1] == '"') {
        text++;
        length -= 2;
    }
    if (length != 5 || strncasecmp(text, "sep=", 4) != 0)
        return false;
    *ret_delimiter = text[4];
    *at += line.whole;
    return true;
}

// ---- cells

struct cutter {
    struct csv_parser parser;
    char delimiter;
    const struct csv_style *style;
    csv_record_fn each;
    void *arg;
    struct str text; /**< the row's cells, each with its NUL */
    size_t count;
    size_t rows; /**< rows ended since the start of this one */
    size_t capacity;
    const char **cells;
    uint32_t number;
    size_t widest; /**< most cells of a row so far */
};

static void take_cell(void *bytes, size_t length, void *arg)
{
    struct cutter *cutter = arg;

    if (length > 0)
        str_add_bytes(&cutter->text, bytes, length);
    str_add_bytes(&cutter->text, "", 1);
    cutter->count++;
}

static void take_row(int end, void *arg)
{
    struct cutter *cutter = arg;

    (void)end;
    cutter->rows++;
}

static void begin(struct cutter *cutter, unsigned char options)
{
    csv_fini(&cutter->parser, NULL, NULL, NULL);
    csv_set_opts(&cutter->parser, options);
    str_clear(&cutter->text);
    cutter->count = 0;
    cutter->rows = 0;
}

/** False if the line cannot continue the row. */
static bool feed(struct cutter *cutter, const struct line *line)
{
    return csv_parse(&cutter->parser, line->text, line->length, take_cell, take_row, cutter) ==
               line->length &&
           csv_parse(&cutter->parser, "\n", 1, take_cell, take_row, cutter) == 1;
}

/** Inside a cell quotation marks are ordinary characters, as in spreadsheet programs. */
static bool reread(struct cutter *cutter, const char *from, const char *to)
{
    begin(cutter, CSV_REPALL_NL);
    while (from < to) {
        struct line line = line_at(from, to);
        if (cutter->rows > 0 || !feed(cutter, &line))
            return false;
        from += line.whole;
    }
    return cutter->rows == 1;
}

/** True if a line in a cell has as many delimiters as a row: an open quotation mark swallowed
 *  it. */
static bool holds_rows(const struct cutter *cutter)
{
    const char *at = str_text(&cutter->text);
    const char *end = at + cutter->text.length;
    size_t wide = cutter->widest > 0 ? cutter->widest : cutter->count;
    size_t least = wide > 3 ? wide - 1 : 2;

    for (; at < end; at += strlen(at) + 1) {
        const char *cell_end = at + strlen(at);
        for (const char *feed = strchr(at, '\n'); feed != NULL; feed = strchr(feed + 1, '\n')) {
            struct line line = line_at(feed + 1, cell_end);
            if (count_char(line.text, line.length, cutter->delimiter) >= least)
                return true;
        }
    }
    return false;
}

/** Cuts a row that begins at `at`; returns its end, NULL if its quotation marks do not match. */
static const char *cut_row(struct cutter *cutter, const char *at, const char *end)
{
    const char *to = at;
    bool fits = true;
    int lines = 0;

    begin(cutter, CSV_STRICT | CSV_REPALL_NL);
    while (fits && cutter->rows == 0) {
        if (to == end || lines++ == CELL_LINES)
            return NULL;
        struct line line = line_at(to, end);
        fits = feed(cutter, &line);
        to += line.whole;
    }
    if (!fits && !reread(cutter, at, to))
        return NULL;
    return lines > 1 && holds_rows(cutter) ? NULL : to;
}

/** Cuts a line with wrong quotation marks as plain text, so that messages can name it. */
static void cut_plain(struct cutter *cutter, const struct line *line)
{
    csv_set_quote(&cutter->parser, '\0');
    begin(cutter, CSV_REPALL_NL);
    (void)feed(cutter, line);
    csv_set_quote(&cutter->parser, '"');
}

// ---- rows

/** Replaces undecodable bytes by U+FFFD, several by one. True if there were any. */
static bool mend_damage(struct str *text)
{
    struct str mended = {0};
    bool before = false;

    if (text->length == 0 || memchr(text->text, (unsigned char)INPUT_DAMAGE, text->length) == NULL)
        return false;
    for (size_t i = 0; i < text->length; i++) {
        bool damaged = text->text[i] == INPUT_DAMAGE;
        if (!damaged)
            str_add_bytes(&mended, &text->text[i], 1);
        else if (!before)
            str_add(&mended, "\xef\xbf\xbd");
        before = damaged;
    }
    str_free(text);
    *text = mended;
    return true;
}

static enum result emit(struct cutter *cutter, const char *fault)
{
    struct csv_record record = {.number = ++cutter->number, .fault = fault};
    bool any = fault != NULL;

    if (mend_damage(&cutter->text) && fault == NULL)
        record.fault = input_damage_words(cutter->style);
    if (cutter->count > cutter->capacity) {
        cutter->capacity = cutter->count;
        cutter->cells = mem_resize(cutter->cells, cutter->capacity, sizeof *cutter->cells);
    }
    const char *at = str_text(&cutter->text);
    for (size_t i = 0; i < cutter->count; i++) {
        cutter->cells[i] = at;
        any = any || *at != '\0';
        at += strlen(at) + 1;
    }
    if (!any)
        return RESULT_OK;
    if (fault == NULL && cutter->count > cutter->widest)
        cutter->widest = cutter->count;
    record.cells = cutter->cells;
    record.count = cutter->count;
    return cutter->each(&record, cutter->arg);
}

static enum result cut_all(struct cutter *cutter, const char *at, const char *end)
{
    enum result result = RESULT_OK;

    while (at < end && result == 0) {
        const char *next = cut_row(cutter, at, end);
        if (next != NULL) {
            result = emit(cutter, NULL);
            at = next;
            continue;
        }
        struct line line = line_at(at, end);
        cut_plain(cutter, &line);
        result = emit(cutter, UNCLOSED);
        at += line.whole;
    }
    return result;
}

enum result csv_cut(const struct str *text, const struct csv_style *style, csv_record_fn each,
                    void *arg)
{
    struct cutter cutter = {.style = style, .each = each, .arg = arg};
    const char *at = str_text(text);
    const char *end = at + text->length;

    if (csv_init(&cutter.parser, 0) != 0)
        return RESULT_IO;
    if (!take_separator(&at, end, &cutter.delimiter))
        cutter.delimiter = guess_delimiter(at, end);
    csv_set_blk_size(&cutter.parser, CELL_GROWTH);
    csv_set_delim(&cutter.parser, (unsigned char)cutter.delimiter);
    enum result result = cut_all(&cutter, at, end);
    csv_free(&cutter.parser);
    str_free(&cutter.text);
    free(cutter.cells);
    return result;
}
