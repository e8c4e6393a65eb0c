/**
 * Codes of printed sheets and of their rows.
 *
 * A sheet's code is "7K3M-P9WX": two groups of four characters, of which the last one of each group
 * checks it. Every single wrong character, every swap of neighbours and the groups written in the
 * wrong order are found, and it is known which group is wrong. There is no 0, O, 1, I or L; small
 * letters are as good as capitals, and the line may be left out.
 *
 * A row's code is its number on the sheet with a letter: "17K". The letter belongs to number and
 * sheet, so that a row is not taken for that of another sheet. Threads: pure functions.
 */
#ifndef DOUDI_BASE_SHEETCODE_H
#define DOUDI_BASE_SHEETCODE_H

#include <stdint.h>

enum {
    SHEETCODE_TEXT = 10,     /**< with the line and the end */
    SHEETCODE_ROW_TEXT = 12, /**< the longest number, the letter, the end */
};

enum sheetcode_fault {
    SHEETCODE_FINE,
    SHEETCODE_EMPTY,
    SHEETCODE_LENGTH,
    SHEETCODE_CHARACTER, /**< one that no code has */
    SHEETCODE_FIRST,     /**< the first group is wrong */
    SHEETCODE_SECOND,
    SHEETCODE_BOTH,
    SHEETCODE_SWAPPED, /**< each group is right, in the other's place */
    SHEETCODE_ROW,     /**< no number with or without a letter */
    SHEETCODE_CHECK,   /**< the letter belongs to another number or sheet */
};

/** The code of a number; numbers less than SHEETCODE_COUNT have different codes, greater ones begin
 *  again. */
#define SHEETCODE_COUNT 887503681u /* 31 to the sixth */
const char *sheetcode_make(uint64_t number, char code[SHEETCODE_TEXT]);
/** Writes the code as it is printed, only if it is right. */
enum sheetcode_fault sheetcode_parse(const char *text, char code[SHEETCODE_TEXT]);

/** `code` as sheetcode_parse() wrote it. */
const char *sheetcode_row(const char *code, uint32_t number, char text[SHEETCODE_ROW_TEXT]);
/** Takes "17K", "17k" and "17"; writes the number only if it is right. Numbers begin with 1. */
enum sheetcode_fault sheetcode_row_parse(const char *code, const char *text, uint32_t *ret_number);

/** What is wrong and what to do, in Chinese. */
const char *sheetcode_words(enum sheetcode_fault fault);

#endif
