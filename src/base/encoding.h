/**
 * The terminal's encoding, as the environment's locale says it.
 *
 * Over SSH the locale's name comes from the officer's own machine, and this one may not have it.
 * Then only the name is known: from it encoding_set() finds the encoding and takes a locale of that
 * encoding which is here. A name that says no encoding ("C", "xx", none at all) means UTF-8.
 *
 * Threads: encoding_set() changes the process's LC_CTYPE and is called once, before threads; the
 * others are pure or only read the environment.
 */
#ifndef DOUDI_BASE_ENCODING_H
#define DOUDI_BASE_ENCODING_H

#include <stdbool.h>

enum encoding_kind {
    ENCODING_UNSAID, /**< no encoding in the name, or none that anybody knows */
    ENCODING_UTF8,
    ENCODING_GB,    /**< GB18030 or one that it contains */
    ENCODING_OTHER, /**< one that has no Chinese of ours: ISO-8859-1, Big5 */
};

/** The encoding that a locale's name says: "zh_CN.gbk@pinyin" is ENCODING_GB. */
enum encoding_kind encoding_judge(const char *locale);
/**
 * Sets LC_CTYPE. True if it now is the terminal's and can show Chinese: UTF-8 or GB18030. Else it
 * is C.UTF-8, in which widths are still right, and *ret_message (a new string; may be NULL if
 * nobody reads it) says in Chinese and English what to do.
 */
bool encoding_set(char **ret_message);
/** Text for people at this terminal: in GB18030 if the environment says so, also where no such
 *  locale is installed, else as it is. New string. */
char *encoding_words(const char *text);

#endif
