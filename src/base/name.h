/**
 * Names of people, cleaned from what ledgers contain.
 *
 * Each name has one form: no blanks inside a Chinese name (printed rolls pad 王　兰), U+00B7
 * between the parts of other names (as a notice of twelve ministries requires), half-width letters.
 * Names in Latin letters keep single blanks.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BASE_NAME_H
#define DOUDI_BASE_NAME_H

enum name_fault {
    NAME_FINE,
    NAME_LOST,    /**< ?, U+FFFD or a box: someone saved the file without the character */
    NAME_PRIVATE, /**< a character of a private font */
    NAME_HIDDEN,  /**< 王*兰 */
    NAME_DIGIT    /**< a number, or digits attached to the name */
};

/** The cleaned name; new string. */
char *name_clean(const char *text);
/** Several names, each cleaned: 刘洋　张敏 are two people, 刘　洋 is one. New string. */
char *name_list(const char *text);
/** Checks a clean name; an empty one is fine. */
enum name_fault name_check(const char *name);
/** What is wrong and what to do, in Chinese, for use after the field's label. */
const char *name_words(enum name_fault fault);

#endif
