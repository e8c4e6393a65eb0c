/**
 * A person's search keys (db/search.h), packed into 64-bit words, and typed text as comparisons of
 * such words.
 *
 * A word holds the first four characters of a name, the first twelve letters of its pinyin, the
 * first sixteen digits of a number, or the tails of the numbers side by side. A person with a key
 * that begins with the typed text has a word that fits one of its probes; a word may also fit
 * without such a key. Addresses are not packed.
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

/** Calls `add` for every word of a person, at least once for each column (0 = nothing); further
 *  words of a long name, or of one with several readings, come after the first. */
void word_each(const Rec__Person *person,
               void (*add)(enum word_column column, uint64_t word, void *arg), void *arg);

/** A word fits if (word & mask) == want; `want` is never 0. Every word that fits has the mark
 *  `mark`; WORD_NO_MARK if the typed text is too short for a mark. */
struct word_probe {
    enum word_column column;
    uint64_t want, mask;
    uint32_t mark;
    bool first; /**< only the column's first word: later ones begin inside the name */
};

/** A mark is the hash of one of a word's longer beginnings. A missing mark tells that no word
 *  fits. */
enum { WORD_MARKS = 1 << 16, WORD_NO_MARK = WORD_MARKS };

/** Sets the bits of a word's marks. */
void word_set_marks(enum word_column column, uint64_t word, uint64_t bits[WORD_MARKS / 64]);

enum { WORD_PROBES = 4 };

/** The probes of a search key; returns their number, 0 for addresses and unknown kinds. */
size_t word_probes(const char *key, struct word_probe probes[WORD_PROBES]);

#endif
