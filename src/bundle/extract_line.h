/**
 * A row of an extract while it is built.
 *
 * Add cells in the order of the file's columns, then send the row. A record's own fields are one
 * cell, "id=value" joined by '|'; in it '\', '|', '=' and line breaks are written \\ \| \= \n.
 *
 * Private to src/bundle. Threads: one thread for each line.
 */
#ifndef DOUDI_BUNDLE_EXTRACT_LINE_H
#define DOUDI_BUNDLE_EXTRACT_LINE_H

#include "base/date.h"
#include "base/str.h"
#include "bundle/extract.h"
#include "db/record.pb-c.h"
#include "db/store.h"

enum { EXTRACT_COLUMNS = 40 };

/** `{.row = …, .arg = …, .columns = …}` is an empty line. Call extract_line_free() at the end. */
struct extract_line {
    extract_row_fn row;
    void *arg;
    size_t columns;  /**< of the file: every row has so many cells */
    struct str text; /**< the cells, each with its NUL */
    size_t count;
    size_t offset[EXTRACT_COLUMNS];
};

void extract_text(struct extract_line *line, const char *text);
void extract_number(struct extract_line *line, int64_t number);
void extract_id(struct extract_line *line, uint64_t id);
/** An id, "" for 0. */
void extract_reference(struct extract_line *line, uint64_t id);
void extract_flag(struct extract_line *line, bool flag); /**< 1 or 0 */
void extract_month(struct extract_line *line, month_t month);
void extract_day(struct extract_line *line, day_t day);
void extract_stamp(struct extract_line *line, int64_t seconds);
void extract_hex(struct extract_line *line, ProtobufCBinaryData bytes);
void extract_fields(struct extract_line *line, size_t count, Rec__Field *const *fields);

/** A cell of pieces: begin, add "name=value" pairs, end. */
void extract_pairs_begin(struct extract_line *line);
void extract_pair(struct extract_line *line, const char *name, const char *value);
/** "name=old→new"; an arrow within a value is written \→. */
void extract_change(struct extract_line *line, const char *name, const char *old, const char *new);
void extract_pairs_end(struct extract_line *line);

/** Sends the row and begins the next. */
enum result extract_send(struct extract_line *line);
void extract_line_free(struct extract_line *line);

/** A file while it is extracted: what the callback of a scan needs. */
struct extract {
    struct service *service;
    const struct extract_file *file;
    struct extract_line line;
};

/** The `rows` of a file that has a `scan`: runs it in a reading transaction. */
enum result extract_scan_rows(struct service *service, const struct extract_file *file,
                              extract_row_fn row, void *arg);

#endif
