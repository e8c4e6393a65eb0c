/**
 * A sheet: named columns and rows of text cells.
 *
 * Every list that the program shows, prints or writes is a sheet: the due list, the board, the
 * names behind a figure, search results, the audit. The service fills it, the wire carries it,
 * screens and CSV writers read it by column id, so they cannot disagree.
 */
#ifndef DOUDI_BASE_SHEET_H
#define DOUDI_BASE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** How the texts of a column read, for programs that calculate with them. */
enum column_form {
    COLUMN_PLAIN, /**< as words, or as a number if the column has numbers */
    COLUMN_MONEY, /**< yuan with two decimals */
    COLUMN_RATE,  /**< percent with one decimal, without the sign */
    COLUMN_DATE,  /**< YYYY-MM-DD */
    COLUMN_MONTH, /**< YYYY-MM */
    COLUMN_TIME,  /**< YYYY-MM-DD HH:MM:SS */
};

/** A column's description, for a table of columns. */
struct sheet_column {
    const char *id;    /**< the CSV header, e.g. "case_no" */
    const char *label; /**< Chinese heading on screens and prints */
    int width;         /**< preferred display columns; 0 = not shown on screens */
    bool number;       /**< amounts, that can be added up; no ID numbers, telephones or codes */
    enum column_form form;
};

struct sheet_row;

struct sheet_place {
    size_t row, column, at;
};

struct sheet {
    size_t column_count;
    char **columns; /**< ids; owned */
    size_t row_count;
    size_t row_capacity;
    struct sheet_row **rows; /**< owned; one block each */
    char *next;              /**< where to continue after the last row, NULL if complete; owned */
    char *basis; /**< of a closed month, which figures: "现况数" "上报数"; of lists that must not
                    be published, that; else NULL; owned */
    struct sheet_place last; /**< after the last set cell: sheet_set() looks there first */
};

/** A new sheet with the ids of `columns`. */
struct sheet *sheet_new(const struct sheet_column *columns, size_t count);
/** A new sheet with the given ids. */
struct sheet *sheet_new_ids(const char *const *ids, size_t count);
/** Adds an empty row and returns its number. */
size_t sheet_add_row(struct sheet *sheet);
/** Adds a row of these cells, one for each column; returns its number. */
size_t sheet_add_cells(struct sheet *sheet, const char *const *cells);
/** Index of a column id, or -1. */
int sheet_column_index(const struct sheet *sheet, const char *id);
/** Sets a cell, fastest in column order. An unknown column is a programming error: asserted, then
 *  ignored. Invalidates texts borrowed from this row. */
void sheet_set(struct sheet *sheet, size_t row, const char *column, const char *value);
void sheet_set_number(struct sheet *sheet, size_t row, const char *column, uint64_t number);
void sheet_setf(struct sheet *sheet, size_t row, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** A cell's text, "" for an unknown column. Borrowed until its row changes. */
const char *sheet_get(const struct sheet *sheet, size_t row, const char *column);
/** The same by column index; the next column's text follows right after its NUL. */
const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column);
/** The basis in words, "" if none. */
const char *sheet_basis(const struct sheet *sheet);
/** Borrows all texts of a row; `cells` has a place for each column. */
void sheet_cells(const struct sheet *sheet, size_t row, const char **cells);
/** Moves all rows of `from` (same columns) to the end of `to`; frees `from`. */
void sheet_append(struct sheet *to, struct sheet **from);
/** Keeps only these rows, each once, in this order. */
void sheet_pick(struct sheet *sheet, const size_t *rows, size_t count);
/** The highest text of the column first; rows of one text stay in their order. */
void sheet_sort_down(struct sheet *sheet, const char *column);
/** Reverses the order of the rows. */
void sheet_reverse(struct sheet *sheet);
void sheet_free(struct sheet **sheet);

#endif
