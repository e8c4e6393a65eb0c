#include "db/word.h"

#include "base/pinyin.h"
#include "base/random.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

enum { WORD_BITS = 64, NAME_PLACES = 4, NAME_MAX_CODES = 64 };

// ---- one character

/* Folds a code point to 16 bits. */
static uint64_t pack_character(uint32_t code)
{
    uint32_t folded = (code ^ code >> 16) & 0xffff;
    return folded != 0 ? folded : 1;
}

/* 5 bits for a letter of pinyin; digits and '?' are all 31. */
static uint64_t pack_letter(uint32_t code)
{
    return code >= 'a' && code <= 'z' ? code - 'a' + 1 : 31;
}

/* 4 bits for a digit, X or a separator. */
static uint64_t pack_digit(uint32_t code)
{
    if (code >= '0' && code <= '9')
        return code - '0' + 1;
    return code == 'X' ? 11 : 12;
}

struct packing {
    uint64_t (*pack)(uint32_t code);
    unsigned bits;
};

static const struct packing characters = {pack_character, 16};
static const struct packing letters = {pack_letter, 5};
static const struct packing digits = {pack_digit, 4};

/* Packs the first `places` characters, highest bits first; *ret_bits says how many bits are
 * used. */
static uint64_t pack_text(const struct packing *packing, const char *text, unsigned places,
                          unsigned *ret_bits)
{
    uint64_t word = 0;
    unsigned used = 0;
    uint32_t code;
    int bytes;
    for (unsigned i = 0; i < places && (bytes = text_decode(text, &code)) > 0; i++, text += bytes) {
        used += packing->bits;
        word |= packing->pack(code) << (WORD_BITS - used);
    }
    *ret_bits = used;
    return word;
}

// ---- where keys stand in the words

/* Where a kind of key stands in a column's words. A typed text longer than `places` is compared up
 * to there if `longer`; otherwise it cannot stand in this lane. */
static const struct lane {
    char kind; /* db/search.h */
    enum word_column column;
    const struct packing *packing;
    unsigned places;
    unsigned shift;
    bool longer;
    unsigned marked[5]; /* how many characters each mark covers, the longest first */
    const char *also;   /* narrower kinds of key that stand only in this lane */
} lanes[] = {
    {'n', WORD_NAME, &characters, 4, 0, true, {3, 2, 1}, "be"},
    {'n', WORD_NAME, &characters, 3, 16, false, {3, 2, 1}},
    {'n', WORD_NAME, &characters, 2, 32, false, {2, 1}},
    {'n', WORD_NAME, &characters, 1, 48, false, {1}},
    {'i', WORD_INITIALS, &letters, 12, 0, true, {3, 2, 1}},
    {'y', WORD_PINYIN, &letters, 12, 0, true, {7, 4, 2}},
    {'d', WORD_ID_NO, &digits, 16, 0, true, {14, 12, 6, 3, 1}},
    {'t', WORD_TAILS, &digits, 6, 0, false, {6, 4}},
    {'t', WORD_TAILS, &digits, 4, 24, false, {4}},
    {'p', WORD_PHONE, &digits, 16, 0, true, {11, 7, 3, 1}},
    {'p', WORD_TAILS, &digits, 4, 40, false, {4}, "q"},
};

enum { LANES = sizeof lanes / sizeof lanes[0], MARKED = sizeof lanes->marked / sizeof(unsigned) };

/* The highest bits. */
static uint64_t top_bits(uint64_t word, unsigned bits)
{
    return bits < WORD_BITS ? word & ~(UINT64_MAX >> bits) : word;
}

/* The mark of the key's first `count` characters, WORD_NO_MARK if it is shorter. The key stands in
 * the highest bits. */
static uint32_t mark_of(const struct lane *lane, uint64_t key, unsigned count)
{
    unsigned unit = lane->packing->bits;
    if (count == 0 || top_bits(key << (count - 1) * unit, unit) == 0)
        return WORD_NO_MARK;
    uint64_t salt = (uint64_t)lane->kind << 8 | count;
    struct random mixed = {.state = top_bits(key, count * unit) ^ salt};
    return (uint32_t)(random_next(&mixed) % WORD_MARKS);
}

void word_set_marks(enum word_column column, uint64_t word, uint64_t bits[WORD_MARKS / 64])
{
    for (const struct lane *lane = lanes; lane < lanes + LANES; lane++) {
        uint64_t key = top_bits(word << lane->shift, lane->places * lane->packing->bits);
        for (size_t i = 0; i < MARKED && lane->column == column; i++) {
            uint32_t mark = mark_of(lane, key, lane->marked[i]);
            if (mark != WORD_NO_MARK)
                bits[mark / 64] |= 1ULL << mark % 64;
        }
    }
}

size_t word_probes(const char *key, struct word_probe probes[WORD_PROBES])
{
    size_t count = 0;
    size_t length = *key != '\0' ? text_length(key + 1) : 0;
    for (const struct lane *lane = lanes; lane < lanes + LANES && length > 0; lane++) {
        unsigned bits;
        bool narrower = lane->also != NULL && strchr(lane->also, *key) != NULL;
        if ((lane->kind != *key && !narrower) || (length > lane->places && !lane->longer))
            continue;
        uint64_t want = pack_text(lane->packing, key + 1, lane->places, &bits);
        if (bits == 0)
            continue; /* not UTF-8: no one has such a name */
        uint32_t mark = WORD_NO_MARK;
        for (size_t i = 0; i < MARKED && mark == WORD_NO_MARK; i++)
            mark = mark_of(lane, want, lane->marked[i]);
        /* A whole name ends with the word, so all bits count; of a longer one the record
         * decides. */
        unsigned compared = *key == 'e' ? WORD_BITS : bits;
        probes[count++] = (struct word_probe){
            .column = lane->column,
            .want = want >> lane->shift,
            .mask = UINT64_MAX << (WORD_BITS - compared) >> lane->shift,
            .mark = mark,
            .first = narrower && lane->column == WORD_NAME,
        };
    }
    return count;
}

// ---- a person's words

struct words {
    void (*add)(enum word_column column, uint64_t word, void *arg);
    void *arg;
};

/* Adds a name from each character on, while four characters remain; the lanes inside the last word
 * find the shorter endings. */
static void add_name(const struct words *to, const char *name)
{
    uint32_t code;
    unsigned bits;
    int bytes = 1;
    to->add(WORD_NAME, pack_text(&characters, name, NAME_PLACES, &bits), to->arg);
    for (int i = 1; i < NAME_MAX_CODES && (bytes = text_decode(name, &code)) > 0; i++) {
        name += bytes;
        uint64_t word = pack_text(&characters, name, NAME_PLACES, &bits);
        if (bits < WORD_BITS)
            break;
        to->add(WORD_NAME, word, to->arg);
    }
}

static void add_pinyin(const struct words *to, enum word_column column, struct pinyin_keys keys)
{
    uint64_t words[PINYIN_KEYS_MAX + 1] = {0};
    size_t count = 0;
    unsigned bits;
    for (size_t i = 0; i < keys.count; i++) {
        size_t same = 0;
        words[count] = pack_text(&letters, keys.keys[i], 12, &bits);
        while (words[same] != words[count])
            same++;
        count += same == count;
    }
    for (size_t i = 0; i < count || i == 0; i++)
        to->add(column, words[i], to->arg);
    pinyin_keys_free(&keys);
}

static uint64_t pack_tail(const char *text, unsigned places, unsigned shift)
{
    size_t length = strlen(text);
    unsigned bits;
    return length > places ? pack_text(&digits, text + length - places, places, &bits) >> shift : 0;
}

void word_each(const Rec__Person *person,
               void (*add)(enum word_column column, uint64_t word, void *arg), void *arg)
{
    const struct words to = {add, arg};
    unsigned bits;
    add_name(&to, person->name);
    add_pinyin(&to, WORD_INITIALS, pinyin_initials(person->name));
    add_pinyin(&to, WORD_PINYIN, pinyin_full(person->name));
    add(WORD_ID_NO, pack_text(&digits, person->id_no, 16, &bits), arg);
    add(WORD_PHONE, pack_text(&digits, person->phone, 16, &bits), arg);
    add(WORD_TAILS,
        pack_tail(person->id_no, 6, 0) | pack_tail(person->id_no, 4, 24) |
            pack_tail(person->phone, 4, 40),
        arg);
}
