/**
 * A person's search keys (db/search.h) packed into 64-bit words, and what was typed as comparisons
 * of such words.
 *
 * A word holds the first four characters of a name, the first twelve letters of its pinyin, the
 * first sixteen digits of a number, or the tails of the numbers side by side. Whoever has a key that
 * begins with what was typed has a word that fits one of its probes; the reverse need not be true.
 * Addresses are not packed.
 *
 * Threads: pure functions.
 */
#ifndef DOUDI_DB_WORD_H
#define DOUDI_DB_WORD_H

#include "db/record.pb-c.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum word_column {
    WORD_NAME,
    WORD_INITIALS,
    WORD_PINYIN,
    WORD_ID_NO,
    WORD_PHONE,
    WORD_TAILS, /**< of ID number and telephone */
    WORD_COLUMNS
};

/** Calls `add` for every word of a person, at least once and first of all for each column (0 =
 *  nothing); a long name, and one that is read in several ways, has further words. */
void word_each(const Rec__Person *person,
               void (*add)(enum word_column column, uint64_t word, void *arg), void *arg);

/** A word fits if (word & mask) == want; `want` is never 0. `mark` is among the marks of every word
 *  that fits, WORD_NO_MARK if what was typed is too short for one. */
struct word_probe {
    enum word_column column;
    uint64_t want, mask;
    uint32_t mark;
    bool first; /**< only the column's first word: a name's later ones begin within it */
};

/** Marks tell where nobody fits: a mark is the hash of one of a word's longer beginnings. */
enum { WORD_MARKS = 1 << 16, WORD_NO_MARK = WORD_MARKS };

/** Sets the bits of a word's marks. */
void word_set_marks(enum word_column column, uint64_t word, uint64_t bits[WORD_MARKS / 64]);

enum { WORD_PROBES = 4 };

/** The probes of a search key; returns their number, 0 for addresses and unknown kinds. */
size_t word_probes(const char *key, struct word_probe probes[WORD_PROBES]);

#endif
