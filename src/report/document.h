/**
 * A document: what is to be printed or written as a workbook, before any layout.
 *
 * Terminal and commands make a document from the rows they have and hand it to doudi-report, whose
 * heavy libraries they do not need; text for the screen and line printers is laid out from the same
 * document. A layout is named, not described: the program that lays out has a table of them.
 *
 * Facts are single values, by name: area, area_name, month, printed_at, printed_by, officer, ….
 * Tables are sheets (base/sheet.h), by name: "rows" is the list itself, others stand beside it
 * ("trend"). Columns are known by their ids; base/columns.h has their headings.
 *
 * On its way between programs a document is lines of JSON (document_write()): a head, then for each
 * table a line with its name and columns, and one for each row. Reading trusts nothing: sizes are
 * limited, texts are without control characters other than a line break.
 *
 * Threads: one thread for each document.
 */
#ifndef DOUDI_REPORT_DOCUMENT_H
#define DOUDI_REPORT_DOCUMENT_H

#include "base/fields.h"
#include "base/result.h"
#include "base/sheet.h"

#include <stdio.h>

enum {
    DOCUMENT_FORMAT = 1,
    DOCUMENT_TABLES = 8,             /**< at most */
    DOCUMENT_COLUMNS = 64,           /**< of a table, at most */
    DOCUMENT_ROWS = 2 * 1000 * 1000, /**< of a table, at most */
    DOCUMENT_LINE = 256 * 1024,      /**< bytes of a line, at most */
};

struct document_table {
    char *name;
    struct sheet *sheet;
};

struct document {
    char *layout;        /**< its id: "due", "roster", … */
    char *title;         /**< 应访清单 2026年11月 */
    struct fields facts; /**< fields_get(), fields_set() */
    size_t table_count;
    struct document_table tables[DOCUMENT_TABLES];
};

struct document *document_new(const char *layout, const char *title);
/** Gives the sheet to the document; rows that the layout divides into sheets are brought together
 *  (plan_arrange()). A table more than DOCUMENT_TABLES is a programming error. */
void document_add_table(struct document *document, const char *name, struct sheet **sheet);
/** Puts the sheet in the place of the table of that name, which must be there; takes it. */
void document_set_table(struct document *document, const char *name, struct sheet **sheet);
/** The name of a street, "" for none; borrowed until the next call. */
typedef const char *document_street_fn(const char *street, void *arg);
/** Sets the fact "streets" to a line "211102002000 胜利街道" for each street of which a table has
 *  rows, so that the head of a village's sheet says whose village it is. */
void document_name_streets(struct document *document, document_street_fn *name, void *arg);
/** The name in that fact of the street in which a division lies, "" if it is not there. New string. */
char *document_street(const struct document *document, const char *area);
/** The table of that name, NULL if there is none; borrowed. */
const struct sheet *document_table(const struct document *document, const char *name);

/** Adds the facts of one payment roster: programme, version, state, sums, who made and confirmed it.
 *  `rosters`: COLUMNS_PAYROLLS of one month and programme; `version`: which, "" for the latest. None
 *  where the rows are of several streets. */
void document_add_roster(struct document *document, const struct sheet *rosters,
                         const char *version);
/** Adds a table "trend" of the last twelve of the sheet's months up to `month` ("2026-11"); takes the
 *  sheet. */
void document_add_year(struct document *document, struct sheet **trend, const char *month);

/** RESULT_IO or RESULT_FULL when the stream fails; it is flushed. */
enum result document_write(const struct document *document, FILE *out);
/** Reads one to the stream's end; RESULT_INVALID with words (new string) for anything else. */
enum result document_read(FILE *in, struct document **ret_document, char **ret_message);

void document_free(struct document **document);

#endif
