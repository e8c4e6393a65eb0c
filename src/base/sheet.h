/**
 * A sheet: named columns and rows of text cells.
 *
 * Every list the program shows, prints or writes is a sheet: the due list, the board, the names
 * behind a figure, search results, the audit. The service fills it, the wire carries it, screens
 * and CSV writers read it by column id, so that they cannot disagree.
 */
#ifndef DOUDI_BASE_SHEET_H
#define DOUDI_BASE_SHEET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** One column as a table of them declares it. */
struct sheet_column {
    const char *id;    /**< the CSV header, e.g. "case_no" */
    const char *label; /**< Chinese heading on screens and prints */
    int width;         /**< preferred display columns; 0 = not shown on screens */
    bool right;        /**< aligned to the right (numbers) */
};

struct sheet_row;

/** Where a cell begins. */
struct sheet_place {
    size_t row, column, at;
};

struct sheet {
    size_t column_count;
    char **columns; /**< ids; owned */
    size_t row_count;
    size_t row_capacity;
    struct sheet_row **rows; /**< owned; one block each */
    char *next;              /**< key to continue after the last row, NULL when complete; owned */
    char *basis; /**< of a closed month, what the rows are: "现况数" "上报数"; else NULL; owned */
    struct sheet_place last; /**< where sheet_set() looks first: behind the cell set before */
};

/** A new sheet with the ids of `columns`. */
struct sheet *sheet_new(const struct sheet_column *columns, size_t count);
/** A new sheet with the given ids. */
struct sheet *sheet_new_ids(const char *const *ids, size_t count);
/** Adds a row of empty cells and returns its number. */
size_t sheet_add_row(struct sheet *sheet);
/** Adds a row of these cells, one for each column, and returns its number. */
size_t sheet_add_cells(struct sheet *sheet, const char *const *cells);
/** Index of a column id, or -1. */
int sheet_column_index(const struct sheet *sheet, const char *id);
/** Sets a cell, quickest in the order of the columns; an unknown column is a programming error and is
 *  ignored with an assertion. What was borrowed from this row is gone. */
void sheet_set(struct sheet *sheet, size_t row, const char *column, const char *value);
void sheet_set_number(struct sheet *sheet, size_t row, const char *column, uint64_t number);
void sheet_setf(struct sheet *sheet, size_t row, const char *column, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/** A cell's text, "" for an unknown column. Borrowed until its row changes. */
const char *sheet_get(const struct sheet *sheet, size_t row, const char *column);
/** The same by the column's index; the next column's text stands right behind its end. */
const char *sheet_cell(const struct sheet *sheet, size_t row, size_t column);
/** Its basis in words, "" if there is none. */
const char *sheet_basis(const struct sheet *sheet);
/** All texts of a row, borrowed, into room for as many as there are columns. */
void sheet_cells(const struct sheet *sheet, size_t row, const char **cells);
/** Moves all rows of `from` (same columns) to the end of `to`; `from` is freed and nulled. */
void sheet_append(struct sheet *to, struct sheet **from);
/** Keeps the rows of these numbers, each once, in this order, and no others. */
void sheet_pick(struct sheet *sheet, const size_t *rows, size_t count);
/** Turns the order of the rows round. */
void sheet_reverse(struct sheet *sheet);
void sheet_free(struct sheet **sheet);

#endif
