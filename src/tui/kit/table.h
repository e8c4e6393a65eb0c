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

enum { TABLE_COLUMNS_MAX = 16 };

/** What a column has to show. */
struct table_need {
    int cells, label; /**< width of the widest cell, of the heading */
    bool unknown;     /**< there is no row */
};

struct table_column {
    const char *id;
    const char *label; /**< NULL = that of base/columns.h */
    int least, most;   /**< width at least, and as a rule at most; most 0 = takes what is left */
    int rank;          /**< 0 = never left out; the highest is left out first */
    bool right;
    bool once; /**< blank where it repeats the line above: quicker to read and to send */
};

struct table {
    const struct table_column *columns;
    size_t column_count;
    const char *key;   /**< column by which the selected row is found again; NULL = by place */
    const char *empty; /**< said when there is no row */
    bool numbers;      /**< lines are numbered, for ranges */
    /** True for a row that still waits for something (table_leave()); NULL = all do. */
    bool (*waits)(const struct table *table, size_t row);
    /** A cell's text (new string); NULL = the sheet's. */
    char *(*cell)(const struct table *table, size_t row, const char *id);
    /** How a cell looks; NULL = plain. */
    enum style (*style)(const struct table *table, size_t row, const char *id);
    struct sheet *sheet; /**< owned */
    struct table_need needs[TABLE_COLUMNS_MAX];
    struct list list;
    struct lineedit filter;
    const char *pick; /**< column whose cell stands out in the selected row; NULL = none */
    bool filtering;   /**< the filter is being typed */
    bool failed;      /**< what should be here was not to be had */
    bool *left;       /**< rows that were left since the last fill; owned, NULL = none */
};

/** Takes over the rows (nulled), stays at the same record and keeps the marks of those still there. */
void table_fill(struct table *table, struct sheet **sheet);
/**
 * Something was done with the rows in whose `column` the text stands: once the table is filled anew
 * they are no longer marked, and the cursor goes on to the next row of the old order that waits, from
 * the end to the beginning; where none does it is on no row. Nothing if there is no such row.
 */
void table_leave(struct table *table, const char *column, const char *text);
/** Takes the rows away, and says so, until it is filled again. */
void table_clear(struct table *table);
/** Goes to the row whose key is this; stays where it is when there is none. */
void table_find(struct table *table, const char *key);
/** The rows to come answer another question: marks go, and a row is selected again. */
void table_forget(struct table *table);
/** A cell of the selected row, "" when there is none. Borrowed until the next fill. */
const char *table_text(const struct table *table, const char *column);
/** The same of the row that something is done with: the marked one if one is marked, else the
 *  selected one. */
const char *table_aimed(const struct table *table, const char *column);
/** Starts typing the filter. */
void table_filter(struct table *table);
/** Gives a key to the filter while it is typed; Esc takes away one that stands. True if the key was
 *  taken. */
bool table_key(struct table *table, int key);
/** The rows that are marked or, when none is, the selected one: calls `each` in order. */
void table_chosen(const struct table *table, void (*each)(size_t row, void *arg), void *arg);
/** Keeps those rows of a sheet asked for anew that are marked or, when none is, shown. Returns words
 *  for its title: "（选中 3 人）", "" for all of them; new string. */
char *table_pick(const struct table *table, struct sheet *sheet);
/** The selected row in full, a line "标题：内容" for each of its filled columns; those of `more`
 *  (NULL-terminated, may be NULL) as well. */
void table_row_text(const struct table *table, const char *const *more, struct str *text);
void table_paint(struct table *table, struct canvas *canvas);
void table_free(struct table *table);

/**
 * Works out the widths for `available` columns (one blank between); 0 = left out: columns in which no
 * row has anything, then those of the highest rank until the rest fits. Nothing is cut that has room
 * beside it; names and addresses get it first.
 */
void table_layout(const struct table_column *columns, size_t count, const struct table_need *needs,
                  int available, int *widths);

#endif
