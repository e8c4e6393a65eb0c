/**
 * Names of people as ledgers write them.
 *
 * One name has one form: no blanks inside a Chinese name (printed rolls pad 王　兰), U+00B7 between
 * the parts of other names (as twelve ministries' notice demands of information systems), half-width
 * letters. Names in Latin letters keep single blanks.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BASE_NAME_H
#define DOUDI_BASE_NAME_H

enum name_fault {
    NAME_FINE,
    NAME_LOST,    /**< ?, U+FFFD or a box: saving has lost a character */
    NAME_PRIVATE, /**< a character of somebody's own font */
    NAME_HIDDEN,  /**< 王*兰 */
    NAME_DIGIT    /**< a number, or one stuck to the name */
};

/** The name's one form; new string. */
char *name_clean(const char *text);
/** Several names, each in its form: 刘洋　张敏 are two people, 刘　洋 is one. New string. */
char *name_list(const char *text);
/** Looks at a clean name; an empty one is fine. */
enum name_fault name_check(const char *name);
/** What is wrong and what to do, in Chinese, to be put behind the field's label. */
const char *name_words(enum name_fault fault);

#endif
