/* CSV files in every encoding; what was read is written and read again. */
#define _GNU_SOURCE 1
#include "tests/fuzz/fuzz.h"

#include "base/mem.h"
#include "base/text.h"
#include "exchange/csv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/** Rows as they are written. */
struct written {
    struct str csv;
    uint32_t line;
    bool like_rows; /**< a cell of several lines looks as if it had swallowed rows */
};

static enum result write_row(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct written *written = arg;

    fuzz_expect(line > written->line, "line %u behind line %u", line, written->line);
    written->line = line;
    for (size_t i = 0; i < count; i++) {
        fuzz_expect(text_valid(cells[i]), "line %u: no text", line);
        written->like_rows |= strchr(cells[i], '\n') != NULL && strchr(cells[i], ',') != NULL;
    }
    csv_add_row(&written->csv, cells, count, false);
    return RESULT_OK;
}

/** Reads bytes as a file and adds its rows to those in `to`; false if it was refused, or cannot be
 *  written so that it is read alike. */
static bool rewrite(const void *bytes, size_t length, enum csv_encoding encoding, struct str *to)
{
    struct written written = {.csv = *to};
    struct csv_style style = {0};
    char *message = NULL;
    int fd = memfd_create("csv", MFD_CLOEXEC);
    char *path = mem_printf("/proc/self/fd/%d", fd);
    enum result result;

    fuzz_expect(fd >= 0 && write(fd, bytes, length) == (ssize_t)length, "memfd");
    result = csv_read(path, encoding, write_row, &written, &style, &message);
    fuzz_expect(result == 0 || (message != NULL && text_valid(message)), "no words");
    free(message);
    free(path);
    close(fd);
    *to = written.csv;
    return result == 0 && !written.like_rows;
}

void csv_run(const uint8_t *bytes, size_t length)
{
    static const enum csv_encoding encodings[] = {CSV_AUTO, CSV_UTF8, CSV_GB18030};

    for (size_t i = 0; i < sizeof encodings / sizeof *encodings; i++) {
        const struct csv_style style = {.encoding = CSV_GB18030};
        struct str once = {0}, twice = {0}, thrice = {0}, encoded = {0};

        /* A first cell of its own, so that none is taken for the beginning of a workbook. */
        str_add(&once, "h\n");
        if (rewrite(bytes, length, encodings[i], &once)) {
            /* Writing adds apostrophes before formulas: once, not each time. */
            fuzz_expect(rewrite(once.text, once.length, CSV_UTF8, &twice), "our own file refused");
            fuzz_expect(rewrite(str_text(&twice), twice.length, CSV_UTF8, &thrice),
                        "our own file refused");
            fuzz_expect(strcmp(str_text(&twice), str_text(&thrice)) == 0,
                        "what was written is read differently:\n%s\n%s", str_text(&twice),
                        str_text(&thrice));
            fuzz_expect(csv_encode(&once, &style, &encoded) == 0, "not in GB18030");
        }
        str_free(&once);
        str_free(&twice);
        str_free(&thrice);
        str_free(&encoded);
    }
}
