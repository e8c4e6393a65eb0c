/**
 * Formats of bank files (forms/banks/NAME.yaml): how the payments of a roster are written for a
 * bank.
 *
 * forms_load() reads them with the programmes, and refuses a wrong key or a worked example that
 * comes out otherwise, with file, line and reason. The catalogue owns everything and never changes;
 * any thread may read it. The other functions are pure.
 */
#ifndef DOUDI_FORM_BANK_H
#define DOUDI_FORM_BANK_H

#include "base/fields.h"
#include "base/result.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct forms;
struct overlay;

#define BANKS_FOLDER "banks"

/** What a column is. */
enum bank_field_is {
    BANK_NUMBER, /**< from 1 in each file */
    BANK_YUAN,   /**< 792.00 */
    BANK_FEN,    /**< 79200 */
    BANK_TEXT,   /**< always the same */
    BANK_VALUE   /**< the payment's value of that name */
};

struct bank_field {
    enum bank_field_is is;
    const char *value; /**< name of the value, or the text */
    const char *label; /**< for people */
    bool empty;        /**< may be empty */
};

enum bank_quote { BANK_QUOTE_NONE, BANK_QUOTE_NEEDED, BANK_QUOTE_ALWAYS };
enum bank_encoding { BANK_UTF8, BANK_GB18030, BANK_GBK };
/** What becomes of blanks in names. */
enum bank_blanks { BANK_BLANKS_KEEP, BANK_BLANKS_REMOVE, BANK_BLANKS_REFUSE };

struct bank_format {
    const char *id, *title;
    const char *file; /**< ending of the files' names */
    size_t field_count;
    const struct bank_field *fields;
    const char *separator;
    bool trailing; /**< a separator behind the last column, too */
    enum bank_quote quote;
    const char *header; /**< first line, with {rows} {yuan} {fen}; "" for none */
    enum bank_encoding encoding;
    bool crlf;
    enum bank_blanks blanks;
    bool
        numbers_return; /**< what the bank sends back has the number that its file gave the entry */
    size_t rows, least; /**< payments of a file: at most, 0 = any; at least */
};

/** By file name; NULL after the last, or if there is none of that id. */
const struct bank_format *forms_bank(const struct forms *forms, size_t index);
const struct bank_format *forms_bank_find(const struct forms *forms, const char *id);

/** How many files `payments` take: as equal as can be, so that none is too short. */
size_t bank_file_count(const struct bank_format *format, size_t payments);
/** The payments of one of them. */
size_t bank_file_rows(const struct bank_format *format, size_t payments, size_t file);

/** Adds the first line, encoded; nothing if the format has none. */
void bank_add_header(const struct bank_format *format, size_t rows, int64_t fen, struct str *to);
/** Adds a payment's line, encoded. Values: holder account bank id_no name case_no month area_name
 *  reference, and total in yuan. RESULT_INVALID if the format cannot carry it: *ret_fault (new string) says
 *  why, and nothing is added. */
enum result bank_add_line(const struct bank_format *format, size_t number,
                          const struct fields *payment, struct str *to, char **ret_fault);

/** For forms_load(): reads and checks one file, "banks/NAME.yaml". */
enum result bank_load(struct forms *forms, const struct overlay *overlay, const char *name);

#endif
