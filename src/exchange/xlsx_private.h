/**
 * The parts of reading a workbook: the archive's members, the book's tables, a sheet.
 *
 * xlsx.c opens the book and chooses the sheet; xlsx_book.c reads what sheets refer to (texts,
 * formats), xlsx_sheet.c one sheet, xlsx_zip.c the archive; xlsx_format.c formats numbers. Private
 * to src/exchange.
 */
#ifndef DOUDI_EXCHANGE_XLSX_PRIVATE_H
#define DOUDI_EXCHANGE_XLSX_PRIVATE_H

#include "exchange/xlsx.h"

#include <expat.h>
#include <stdbool.h>
#include <stdint.h>

/** How a cell format shows numbers. */
struct xlsx_format {
    bool date;               /**< shows a day */
    bool month;              /**< of the day shows only year and month */
    bool clock;              /**< shows a time */
    bool seconds;            /**< of the time shows the seconds, too */
    uint8_t decimals, zeros; /**< digits after the point; digits before it, 0 = no padding */
    bool fixed;              /**< always shows `decimals` digits */
};

struct xlsx_sheet {
    char *name, *member; /**< name on screen; member of the archive */
    bool hidden;
};

struct xlsx_book {
    void *archive;   /**< minizip's */
    size_t unpacked; /**< bytes so far */
    uint64_t packed; /**< bytes of the archive that they came from */
    bool from_1904;
    size_t sheet_count, sheet_capacity;
    struct xlsx_sheet *sheets;
    struct str texts; /**< shared texts, each with its NUL */
    size_t text_count, text_capacity;
    size_t *text_places;
    size_t format_count, format_capacity;
    struct xlsx_format *formats; /**< of cells, indexed by style */
    char *fault;                 /**< the error in Chinese, NULL if none */
};

/** Keeps the first error. Returns RESULT_INVALID. */
enum result xlsx_fault(struct xlsx_book *book, const char *words);

/** Handlers for a member's XML; element names have no prefix. `end` and `text` may be NULL. */
struct xlsx_handler {
    XML_StartElementHandler start;
    XML_EndElementHandler end;
    XML_CharacterDataHandler text;
    void *arg;
};
/** Reads a member. RESULT_NOTFOUND if the archive does not have it; RESULT_INVALID (and the book's
 *  fault) if it cannot be read. A handler ends the reading by setting the fault. */
enum result xlsx_member(struct xlsx_book *book, const char *name,
                        const struct xlsx_handler *handler);

/** A name without its prefix. */
const char *xlsx_local(const char *name);
/** An attribute by its name without prefix, NULL if missing. */
const char *xlsx_attribute(const char **attributes, const char *name);

/** Reads the sheets' names, shared texts and formats. */
enum result xlsx_book_read(struct xlsx_book *book);
void xlsx_book_free(struct xlsx_book *book);
const char *xlsx_text(const struct xlsx_book *book, size_t index);

/** How a format code shows numbers. */
struct xlsx_format xlsx_format_of(const char *code);
/** The same for built-in formats, which have only a number. */
struct xlsx_format xlsx_format_builtin(unsigned id);
/** Appends a number as it is shown. */
void xlsx_add_number(const struct xlsx_book *book, const char *number,
                     const struct xlsx_format *format, struct str *to);

enum result xlsx_sheet_read(struct xlsx_book *book, const char *member, struct grid *grid);

#endif
