/**
 * A table on a screen: a sheet's rows as lines with headed columns, a list and a live filter.
 *
 * The screen says which columns it wants, how narrow each may become and which go first when the
 * terminal is too narrow; the layout is worked out at each paint, with the widths of the running
 * locale. Cells come from the sheet by column id, or from the screen's own function for columns
 * that are put together ("1/4").
 */
#ifndef DOUDI_TUI_KIT_TABLE_H
#define DOUDI_TUI_KIT_TABLE_H

#include "base/sheet.h"
#include "base/str.h"
#include "tui/kit/canvas.h"
#include "tui/kit/draw.h"
#include "tui/kit/lineedit.h"
#include "tui/kit/list.h"

enum { TABLE_COLUMNS_MAX = 20 };

/** The widths a column needs. */
struct table_need {
    int cells, label; /**< width of the widest cell, of the heading */
    bool unknown;     /**< there is no row */
};

struct table_column {
    const char *id;
    const char *label; /**< NULL = that of base/columns.h */
    int least, most;   /**< least and usual greatest width; most 0 = takes the rest of the line */
    int rank;          /**< 0 = never left out; the highest is left out first */
    bool right;        /**< to the right, as numbers are by base/columns.h */
    bool once;         /**< blank if it repeats the line above: quicker to read and to send */
    const char *short_of; /**< says that column in short: shown only where it has no room */
};

struct table_order {
    const char *id, *label;
};

struct table {
    const struct table_column *columns;
    size_t column_count;
    const char *key;   /**< column by which the selected row is found again; NULL = by place */
    const char *empty; /**< said when there is no row */
    bool numbers;      /**< lines are numbered, for ranges */
    size_t numbered;   /**< only so many of them; 0 = all */
    /** True for a row that still needs something done (table_leave()); NULL = all do. */
    bool (*waits)(const struct table *table, size_t row);
    /** A cell's text (new string); NULL = the sheet's. */
    char *(*cell)(const struct table *table, size_t row, const char *id);
    /** What the rows are ordered by (tui/kit/tableorder.h), NULL = as they come. Borrowed. */
    const char *order;
    bool down; /**< … the highest first */
    /** Orders that are no column, ended by an id NULL; the first is the usual one. NULL = none. */
    const struct table_order *orders;
    /** What one of `orders` compares, or a column whose cells say too little; new string, NULL = cells. */
    char *(*order_key)(const struct table *table, size_t row, const char *order);
    /** How a cell looks; NULL = plain. */
    enum style (*style)(const struct table *table, size_t row, const char *id);
    struct sheet *sheet; /**< owned */
    struct table_need needs[TABLE_COLUMNS_MAX];
    struct list list;
    struct lineedit filter;
    const char *pick; /**< column whose cell stands out in the selected row; NULL = none */
    bool filtering;   /**< the officer is typing the filter */
    bool failed;      /**< the rows could not be fetched */
    uint64_t fills;   /**< how often it was filled: other rows, even for the same record */
    bool *left;       /**< rows that were left since the last fill; owned, NULL = none */
};

/** Takes the rows (nulled); stays at its record and keeps the marks of rows still there. */
void table_fill(struct table *table, struct sheet **sheet);
/**
 * The officer has dealt with the rows whose `column` holds the text. When the table is filled anew,
 * those rows lose their marks and the cursor goes to the next row of the old order that waits, past
 * the end to the beginning; if none waits, it is on no row. Does nothing if there is no such row.
 */
void table_leave(struct table *table, const char *column, const char *text);
/** Shows no rows, and says why, until the table is filled again. */
void table_clear(struct table *table);
/** Goes to the row whose key is this; stays where it is when there is none. */
void table_find(struct table *table, const char *key);
/** The next rows answer another question: takes the marks away and selects a row again. */
void table_forget(struct table *table);
/** A cell as the table shows it; new string. */
char *table_cell(const struct table *table, size_t row, const char *id);
/** A cell of the selected row, "" when there is none. Borrowed until the next fill. */
const char *table_text(const struct table *table, const char *column);
/** The same of the row that an action is about: the one marked row, otherwise the selected one. */
const char *table_aimed(const struct table *table, const char *column);
const char *table_label(const struct table_column *column); /**< its heading */
/** Why no row is selected, and what to do; for a table without a selected row. */
const char *table_lack(const struct table *table);
/** Starts typing the filter. */
void table_filter(struct table *table);
/** Filters by a text as if it had been typed. */
void table_set_filter(struct table *table, const char *text);
/** A key for the filter while it is typed; Esc clears a finished one, too. True if it was used. */
bool table_key(struct table *table, int key);
/** The rows that are marked or, when none is, the selected one: calls `each` in order. */
void table_chosen(const struct table *table, void (*each)(size_t row, void *arg), void *arg);
/** Of a sheet that was fetched anew, keeps the rows that are marked in this table or, if none is,
 *  shown, and puts them into its order. Returns words for its title: "（选中 3 人）", "" for all rows; new string. */
char *table_pick(const struct table *table, struct sheet *sheet);
/** The selected row in full, a line "标题：内容" for each of its filled columns; those of `more`
 *  (NULL-terminated, may be NULL) as well. */
void table_row_text(const struct table *table, const char *const *more, struct str *text);
void table_paint(struct table *table, struct canvas *canvas);
void table_free(struct table *table);

/**
 * Finds the widths for `available` columns (one blank between); 0 = left out. Empty columns are
 * left out first, then those of the highest rank until the rest fits. A column is not cut while
 * there is room; names and addresses get room first.
 */
void table_layout(const struct table_column *columns, size_t count, const struct table_need *needs,
                  int available, int *widths);

#endif
