/**
 * What each column of the bundle's files means, in Chinese and English.
 *
 * dictionary.csv has a row for every column of every file (bundle/extract.h), and one for every
 * field of the programmes that a cell "fields" may hold; codes.csv has the values of columns with a
 * fixed set of them. A column without a row here makes no bundle: it fails.
 *
 * Threads: constant tables.
 */
#ifndef DOUDI_BUNDLE_DICTIONARY_H
#define DOUDI_BUNDLE_DICTIONARY_H

#include <stddef.h>

enum dictionary_type {
    DICTIONARY_TEXT,
    DICTIONARY_NUMBER,  /**< a whole number */
    DICTIONARY_DECIMAL, /**< a number with a decimal point */
    DICTIONARY_FLAG,    /**< 1 or 0 */
    DICTIONARY_DATE,    /**< YYYY-MM-DD */
    DICTIONARY_DATES,   /**< several, a blank between */
    DICTIONARY_MONTH,   /**< YYYY-MM */
    DICTIONARY_MOMENT,  /**< YYYY-MM-DD HH:MM:SS, China time */
    DICTIONARY_ID,      /**< a number that only names a record */
    DICTIONARY_IDS,     /**< several, a blank between */
    DICTIONARY_AREA,    /**< 12 digits */
    DICTIONARY_HEX,     /**< bytes */
    DICTIONARY_CODE,    /**< one of a list of codes.csv */
    DICTIONARY_PAIRS,   /**< name=value, '|' between */
    DICTIONARY_CHANGES  /**< name=old→new, '|' between */
};

/** What an empty cell says. */
enum dictionary_empty {
    DICTIONARY_NEVER,   /**< it is never empty */
    DICTIONARY_NONE,    /**< there is none */
    DICTIONARY_UNKNOWN, /**< it was not entered */
    DICTIONARY_OWED     /**< nobody was owed a visit, so there is no rate */
};

struct dictionary_column {
    const char *file; /**< NULL = in every file */
    const char *id;
    enum dictionary_type type;
    enum dictionary_empty empty;
    const char *more; /**< DICTIONARY_CODE: the list; numbers: the unit's id, "" = none */
    const char *zh, *en;
};

/** The column's row, NULL if there is none. */
const struct dictionary_column *dictionary_find(const char *file, const char *id);
/** All rows; NULL after the last. */
const struct dictionary_column *dictionary_at(size_t index);

#endif
