/**
 * Plans: what each kind of printed list shows, in one table.
 *
 * A document's layout names a plan. It has sections, and a section shows a table of the document:
 * which columns under which headings, which are left blank for a pen, and by which column it is
 * divided into sheets (a page of its own for each village). Paper and line printer are laid out from
 * the same plan, so they show the same. The plan "table", also of a name that is not known, shows
 * every column that a table has.
 *
 * A cell is a column's id, or a text with ids in braces, "{done}/{need}": it is empty if all of
 * them are. A head is such a text too, in pieces parted by "|", with the document's
 * facts, {sheet} (what the sheet is called), {place} (the list's division, the sheet's street and the
 * sheet, each once) and {rows} (of the sheet); a piece whose names are all empty is left out. The fact "heading.ID" replaces the heading of a column.
 *
 * Threads: constant tables and pure functions.
 */
#ifndef DOUDI_REPORT_PLAN_H
#define DOUDI_REPORT_PLAN_H

#include "base/str.h"
#include "report/document.h"

enum plan_look {
    PLAN_TABLE,
    PLAN_TREND, /**< months: a chart of their rates above the table */
    PLAN_PACE,  /**< days of a month: a chart of who is left, against an even pace */
};

/** How a column differs from a plain one. */
enum plan_kind {
    PLAN_PLAIN,
    PLAN_OPTIONAL, /**< left out where no row has anything */
    PLAN_NUMBER,   /**< the row's number in its sheet */
    PLAN_BLANK,    /**< to be filled in by hand */
    PLAN_BAR,      /**< a bar as long as the percentage in the cell */
    PLAN_STRIP,    /**< one spelt in the cell: '#' full, '|' a line, anything else nothing */
};

struct plan_column {
    const char *cell;
    const char *heading; /**< NULL: the label of base/columns.h */
    int least;           /**< narrowest width, in half-width characters; 0 = as its texts need */
    int share;           /**< of the room that is left over */
    enum plan_kind kind;
};

struct plan_section {
    const char *table;                 /**< of the document */
    const char *title;                 /**< above it, NULL if none */
    const struct plan_column *columns; /**< NULL: all that the table has */
    size_t column_count;
    enum plan_look look;
    const char *group, *group_name; /**< columns that divide it into sheets, NULL = one sheet */
    const char *empty;              /**< said where it has no rows, NULL = left out then */
    bool beside; /**< its rows of a sheet's group stand below that sheet's own; groups that the main
                      section does not have get sheets of their own */
};

enum { PLAN_SECTIONS = 3 };

struct plan {
    const char *id;
    const char *words; /**< what it is, for the manual */
    const char *head;
    const char *signatures; /**< who signs below, "|" between them; NULL if nobody */
    const char *note;       /**< below everything, NULL if none */
    bool wide, tall;        /**< landscape, however narrow; rows high enough to write into */
    struct plan_section sections[PLAN_SECTIONS]; /**< ends with a NULL table */
};

/** By id; "table" for an unknown one. */
const struct plan *plan_find(const char *id);
/** The section of the table "rows", which names the sheets. */
const struct plan_section *plan_main(const struct plan *plan);
/** In the table's order; NULL behind the last. */
const struct plan *plan_at(size_t index);

/** A column as it stands on the page. */
struct plan_field {
    const char *heading;
    const char *cell;
    int column; /**< of the sheet, where the cell is one id; else -1 */
    enum plan_kind kind;
    bool right, whole; /**< whole: numbers, dates, telephones: narrowed last */
    int least, share;
    int narrowest, word, hard; /**< before words are broken, before all give way, and then */
    int rigid;                 /**< widest of its numbers, dates, telephones; 0 if it has none */
    int usual;                 /**< mean width of its texts */
    int width;                 /**< wanted by plan_measure(), given by plan_fit() */
};

/** Fills in the columns of a section that the page has and returns how many. */
size_t plan_fields(const struct document *document, const struct plan_section *section,
                   const struct sheet *sheet, struct plan_field fields[DOCUMENT_COLUMNS]);
/** A cell's text without control characters but line breaks, in `buffer`, which is emptied first.
 *  `number` is the row's in its sheet, from 1. */
const char *plan_cell(const struct plan_field *field, const struct sheet *sheet, size_t row,
                      size_t number, struct str *buffer);
/** The pieces of the head, one a line, of the sheet that begins at `row` of the main section; a row
 *  behind its last one means those of the section that stands beside it. */
void plan_head(const struct plan *plan, const struct document *document, size_t row,
               struct str *str);

/** The room that a text needs on one line; without a line break. */
typedef int plan_width_fn(const char *text, void *arg);
/** Sets each field's wanted width; `unit` is the width of a half-width character. */
void plan_measure(struct plan_field *fields, size_t count, const struct sheet *sheet, int unit,
                  plan_width_fn *width, void *arg);
/** Moves whole fields to the array's end until the others fit into `room`, with `gap` between them,
 *  and no number, date or telephone in two halves. Returns how many stay; the rest stand below. */
size_t plan_part(struct plan_field *fields, size_t count, int room, int gap, int unit);
/** Narrows the loosest until all fit into `room`; with `fill` spreads what is left over. */
void plan_fit(struct plan_field *fields, size_t count, int room, int unit, bool fill);

/** Brings the rows of each sheet together, villages by code, rows in their order. */
void plan_arrange(const struct plan_section *section, struct sheet *sheet);
/** The row behind the last one of the sheet that begins at `row`. */
size_t plan_sheet_end(const struct plan_section *section, const struct sheet *sheet, size_t row);

#endif
