/**
 * The parts of reading a workbook: members of the archive, its tables, one sheet.
 *
 * xlsx.c opens the book and chooses the sheet, xlsx_book.c reads what the sheets refer to (texts,
 * formats), xlsx_sheet.c one sheet, xlsx_zip.c the archive. Private to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_XLSX_PRIVATE_H
#define DOUDI_EXCHANGE_XLSX_PRIVATE_H

#include "exchange/xlsx.h"

#include <expat.h>
#include <stdbool.h>
#include <stdint.h>

/** How numbers of a cell format are shown. */
struct xlsx_format {
    bool date;               /**< a day is shown */
    bool month;              /**< of the day only year and month are */
    bool clock;              /**< a time is shown */
    uint8_t decimals, zeros; /**< shown behind the point; padded to in front, 0 = as it is */
    bool fixed;              /**< `decimals` are always shown */
};

struct xlsx_sheet {
    char *name, *member; /**< as shown; in the archive */
    bool hidden;
};

struct xlsx_book {
    void *archive; /**< minizip's */
    bool from_1904;
    size_t sheet_count, sheet_capacity;
    struct xlsx_sheet *sheets;
    struct str texts; /**< shared texts, each with its NUL */
    size_t text_count, text_capacity;
    size_t *text_places;
    size_t format_count, format_capacity;
    struct xlsx_format *formats; /**< of cells, by their style */
    char *fault;                 /**< what is wrong, in Chinese; NULL while nothing is */
};

/** Keeps the first fault. Returns RESULT_INVALID. */
enum result xlsx_fault(struct xlsx_book *book, const char *words);

/** What is done with a member's XML; element names come without prefix, `end` and `text` may be NULL. */
struct xlsx_handler {
    XML_StartElementHandler start;
    XML_EndElementHandler end;
    XML_CharacterDataHandler text;
    void *arg;
};
/** Reads a member. RESULT_NOTFOUND if the archive has none of this name; RESULT_INVALID (and the
 *  book's fault) if it cannot be read. A handler that sets the fault ends it. */
enum result xlsx_member(struct xlsx_book *book, const char *name,
                        const struct xlsx_handler *handler);

/** A name without its prefix. */
const char *xlsx_local(const char *name);
/** An attribute by its name without prefix, NULL if it is not there. */
const char *xlsx_attribute(const char **attributes, const char *name);

/** Sheets, shared texts, formats. */
enum result xlsx_book_read(struct xlsx_book *book);
void xlsx_book_free(struct xlsx_book *book);
const char *xlsx_text(const struct xlsx_book *book, size_t index);

/** How a format code shows numbers. */
struct xlsx_format xlsx_format_of(const char *code);
/** The same for the formats that have only a number. */
struct xlsx_format xlsx_format_builtin(unsigned id);
/** A number as it is shown, to the end of `to`. */
void xlsx_add_number(const struct xlsx_book *book, const char *number,
                     const struct xlsx_format *format, struct str *to);

/** Adds a sheet's rows. */
enum result xlsx_sheet_read(struct xlsx_book *book, const char *member, struct grid *grid);

#endif
