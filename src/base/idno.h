/**
 * Citizen identity numbers (公民身份号码), GB 11643-1999.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_BASE_IDNO_H
#define DOUDI_BASE_IDNO_H

#include "base/date.h"

enum { IDNO_TEXT = 19 };

enum idno_fault {
    IDNO_FINE,
    IDNO_EMPTY,
    IDNO_SCIENTIFIC, /**< 2.11103E+17: a spreadsheet destroyed it */
    IDNO_LENGTH,
    IDNO_CHARACTER,
    IDNO_BIRTH, /**< positions 7-14 are no date (base/date.h: from 1900-03-01) or in the future */
    IDNO_CHECK  /**< the last character does not fit the others */
};

/** Cleans `text` (blanks, apostrophe, full-width digits, lower-case x), checks it and writes the 18
 *  characters. The birth date may not be after `today`. Writes `number` only on IDNO_FINE. */
enum idno_fault idno_parse(const char *text, day_t today, char number[IDNO_TEXT]);
/** What is wrong and what to do, in Chinese. */
const char *idno_words(enum idno_fault fault);
day_t idno_birth(const char *number); /**< 0 for other text, e.g. "" */
int idno_sex(const char *number);     /**< 1 male, 2 female, 0 as above */
/** The check character of 17 digits. */
char idno_check(const char *digits);

#endif
