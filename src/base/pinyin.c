#include "base/pinyin.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/pinyin_table.h"

enum { READINGS_MAX = 16 };

/* A character of a name with its readings, the likeliest first, without duplicates. */
struct syllable {
    uint32_t code;
    size_t count;
    const char *readings[READINGS_MAX]; /* static */
};

struct syllables {
    size_t count;
    size_t capacity;
    struct syllable *items;
};

/*
 * Surnames whose reading differs from the dictionaries' first reading of their characters; the
 * dictionaries' readings follow as alternatives. Surnames of two characters come first; of several
 * rows for one surname the likeliest is first.
 */
static const struct surname {
    const char *name;
    const char *first, *second;
} surnames[] = {
    {"万俟", "mo", "qi"},     {"单于", "chan", "yu"}, {"尉迟", "yu", "chi"},
    {"长孙", "zhang", "sun"}, {"澹台", "tan", "tai"}, {"乐正", "yue", "zheng"},
    {"句龙", "gou", "long"},  {"拓跋", "tuo", "ba"},  {"么", "yao", NULL},
    {"乐", "yue", NULL},      {"乜", "nie", NULL},    {"仇", "qiu", NULL},
    {"会", "gui", NULL},      {"佴", "nai", NULL},    {"区", "ou", NULL},
    {"单", "shan", NULL},     {"卜", "bu", NULL},     {"参", "shen", NULL},
    {"召", "shao", NULL},     {"句", "gou", NULL},    {"员", "yun", NULL},
    {"折", "she", NULL},      {"曾", "zeng", NULL},   {"朴", "piao", NULL},
    {"查", "zha", NULL},      {"泷", "shuang", NULL}, {"洗", "xian", NULL},
    {"澹", "tan", NULL},      {"炅", "gui", NULL},    {"牟", "mu", NULL},
    {"盖", "ge", NULL},       {"祭", "zhai", NULL},   {"种", "chong", NULL},
    {"秘", "bi", NULL},       {"粘", "nian", NULL},   {"繁", "po", NULL},
    {"缪", "miao", NULL},     {"翟", "zhai", NULL},   {"能", "nai", NULL},
    {"藏", "zang", NULL},     {"薄", "bo", NULL},     {"覃", "qin", NULL},
    {"角", "jue", NULL},      {"解", "xie", NULL},    {"谌", "chen", NULL},
    {"谌", "shen", NULL},     {"贠", "yun", NULL},    {"郄", "qie", NULL},
    {"郄", "xi", NULL},       {"郇", "xun", NULL},    {"郗", "xi", NULL},
    {"郗", "chi", NULL},      {"都", "du", NULL},     {"长", "chang", NULL},
    {"阚", "kan", NULL},      {"隗", "wei", NULL},    {"黑", "he", NULL},
    {"费", "fei", NULL},      {"费", "bi", NULL},     {"逢", "feng", NULL},
    {"逢", "pang", NULL},     {"蕃", "fan", NULL},    {"蕃", "pi", NULL},
    {"褶", "zhe", NULL},      {"褶", "xi", NULL},     {"那", "na", NULL},
    {"那", "nuo", NULL},      {"余", "yu", NULL},     {"余", "xu", NULL},
    {"不", "bu", NULL},       {"不", "fou", NULL},
};

/* Characters of names for which Unihan has no reading. */
static const struct {
    uint32_t code;
    const char *reading;
} unlisted[] = {
    {0x20bb7, "ji"}, /* 𠮷, a form of 吉 */
};

/* Officers type ü as lv (input methods), lu, or lyu (passports). */
static const struct {
    const char *reading, *plain, *passport;
} umlauts[] = {
    {"lv", "lu", "lyu"},
    {"nv", "nu", "nyu"},
    {"lve", "lue", "lyue"},
    {"nve", "nue", "nyue"},
};

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* Index of the first entry (code point << 10 | syllable) that is not less than `code`. */
static size_t packed_find(const uint32_t *entries, size_t count, uint32_t code)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (entries[middle] >> 10 < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const char *packed_reading(uint32_t entry)
{
    return pinyin_syllables[entry & 1023];
}

static void add_reading(struct syllable *syllable, const char *reading)
{
    for (size_t i = 0; i < syllable->count; i++)
        if (strcmp(syllable->readings[i], reading) == 0)
            return;
    if (syllable->count < READINGS_MAX)
        syllable->readings[syllable->count++] = reading;
}

/* Adds the dictionaries' readings. */
static void add_listed(struct syllable *syllable, uint32_t code)
{
    if (code >= PINYIN_DIRECT_FIRST && code <= PINYIN_DIRECT_LAST) {
        uint16_t first = pinyin_direct[code - PINYIN_DIRECT_FIRST];
        if (first != 0)
            add_reading(syllable, pinyin_syllables[first]);
    } else {
        size_t rare = packed_find(pinyin_rare, LENGTH(pinyin_rare), code);
        if (rare < LENGTH(pinyin_rare) && pinyin_rare[rare] >> 10 == code)
            add_reading(syllable, packed_reading(pinyin_rare[rare]));
    }
    size_t more = packed_find(pinyin_more, LENGTH(pinyin_more), code);
    for (; more < LENGTH(pinyin_more) && pinyin_more[more] >> 10 == code; more++)
        add_reading(syllable, packed_reading(pinyin_more[more]));
    for (size_t i = 0; i < LENGTH(unlisted); i++)
        if (unlisted[i].code == code)
            add_reading(syllable, unlisted[i].reading);
}

/* ASCII letters and digits are their own readings. */
static const char *ascii_reading(uint32_t code)
{
    static const char letters[][2] = {"a", "b", "c", "d", "e", "f", "g", "h", "i",
                                      "j", "k", "l", "m", "n", "o", "p", "q", "r",
                                      "s", "t", "u", "v", "w", "x", "y", "z"};
    static const char digits[][2] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"};
    if (code >= '0' && code <= '9')
        return digits[code - '0'];
    if (code >= 'A' && code <= 'Z')
        return letters[code - 'A'];
    if (code >= 'a' && code <= 'z')
        return letters[code - 'a'];
    return NULL;
}

/* Blanks and separators in names of minorities: · • ‧ ・ and ASCII ones. */
static bool is_skipped(uint32_t code)
{
    return code == ' ' || code == '.' || code == '-' || code == '\'' || code == 0xb7 ||
           code == 0x2022 || code == 0x2027 || code == 0x30fb;
}

static void add_syllable(struct syllables *syllables, const struct syllable *syllable)
{
    mem_grow((void **)&syllables->items, syllables->count, &syllables->capacity,
             sizeof *syllables->items);
    syllables->items[syllables->count++] = *syllable;
}

/*
 * Adds a character of the name with its readings. `place` is its number in the name: the first
 * character, and the second of a two-character surname, begin with the surname's readings.
 */
static void read_character(struct syllables *syllables, const char *name, size_t place,
                           uint32_t code)
{
    struct syllable syllable = {.code = code};
    for (size_t i = 0; place < 2 && i < LENGTH(surnames); i++) {
        const struct surname *surname = &surnames[i];
        if (place == 1 && surname->second == NULL)
            break; /* rows of two characters come first */
        if (text_starts(name, surname->name))
            add_reading(&syllable, place == 0 ? surname->first : surname->second);
    }
    const char *ascii = ascii_reading(code);
    if (ascii != NULL)
        add_reading(&syllable, ascii);
    else
        add_listed(&syllable, code);
    if (syllable.count == 0)
        add_reading(&syllable, "?");
    add_syllable(syllables, &syllable);
}

static struct syllables read_name(const char *name)
{
    struct syllables syllables = {0};
    char *clean = text_clean(name);
    const char *rest = clean;
    uint32_t code;
    size_t place = 0;
    while (*rest != '\0') {
        int length = text_decode(rest, &code);
        if (length < 0)
            code = '?';
        if (!is_skipped(code))
            read_character(&syllables, clean, place++, code);
        rest += length > 0 ? length : 1;
    }
    free(clean);
    return syllables;
}

/* Keeps only each reading's first letter; 'z' for zhang. */
static void reduce_to_initials(struct syllables *syllables)
{
    for (size_t i = 0; i < syllables->count; i++) {
        struct syllable initials = {0};
        const struct syllable *full = &syllables->items[i];
        for (size_t j = 0; j < full->count; j++) {
            const char *letter = ascii_reading((unsigned char)full->readings[j][0]);
            add_reading(&initials, letter != NULL ? letter : full->readings[j]);
        }
        syllables->items[i] = initials;
    }
}

static void add_umlaut_forms(struct syllables *syllables)
{
    for (size_t i = 0; i < syllables->count; i++) {
        struct syllable *syllable = &syllables->items[i];
        size_t count = syllable->count;
        for (size_t j = 0; j < count * LENGTH(umlauts); j++) {
            size_t form = j % LENGTH(umlauts);
            if (strcmp(syllable->readings[j / LENGTH(umlauts)], umlauts[form].reading) != 0)
                continue;
            add_reading(syllable, umlauts[form].plain);
            add_reading(syllable, umlauts[form].passport);
        }
    }
}

static void add_key(struct pinyin_keys *keys, struct str *key)
{
    for (size_t i = 0; i < keys->count; i++) {
        if (strcmp(keys->keys[i], str_text(key)) == 0) {
            str_free(key);
            return;
        }
    }
    keys->keys[keys->count++] = str_take(key);
}

/*
 * Every combination; the first character varies fastest, so that all readings of the surname are
 * included even if not all combinations fit.
 */
static struct pinyin_keys combine(const struct syllables *syllables)
{
    struct pinyin_keys keys = {0};
    size_t *chosen = mem_array(syllables->count, sizeof *chosen);
    size_t turned = 0;
    while (turned < syllables->count && keys.count < PINYIN_KEYS_MAX) {
        struct str key = {0};
        for (size_t i = 0; i < syllables->count; i++)
            str_add(&key, syllables->items[i].readings[chosen[i]]);
        add_key(&keys, &key);
        for (turned = 0; turned < syllables->count; turned++) {
            if (++chosen[turned] < syllables->items[turned].count)
                break;
            chosen[turned] = 0;
        }
    }
    free(chosen);
    return keys;
}

struct pinyin_keys pinyin_initials(const char *name)
{
    struct syllables syllables = read_name(name);
    reduce_to_initials(&syllables);
    struct pinyin_keys keys = combine(&syllables);
    free(syllables.items);
    return keys;
}

struct pinyin_keys pinyin_full(const char *name)
{
    struct syllables syllables = read_name(name);
    add_umlaut_forms(&syllables);
    struct pinyin_keys keys = combine(&syllables);
    free(syllables.items);
    return keys;
}

char *pinyin_sort_key(const char *name)
{
    struct syllables syllables = read_name(name);
    struct str key = {0};
    for (size_t i = 0; i < syllables.count; i++) {
        str_add(&key, syllables.items[i].readings[0]);
        str_add_char(&key, ' '); /* less than any letter: zhan before zhang */
        /* The character itself separates 张 from 章. */
        char character[TEXT_CHARACTER];
        int length = text_encode(syllables.items[i].code, character);
        str_add_bytes(&key, character, (size_t)length);
    }
    free(syllables.items);
    return str_take(&key);
}

void pinyin_keys_free(struct pinyin_keys *keys)
{
    for (size_t i = 0; i < keys->count; i++)
        free(keys->keys[i]);
    *keys = (struct pinyin_keys){0};
}

bool pinyin_spells(const char *name, const char *typed, bool whole)
{
    struct pinyin_keys sets[] = {pinyin_initials(name), pinyin_full(name)};
    size_t length = strlen(typed);
    bool found = false;

    for (size_t set = 0; set < sizeof sets / sizeof sets[0]; set++) {
        for (size_t i = 0; i < sets[set].count; i++)
            if (strncasecmp(sets[set].keys[i], typed, length) == 0)
                found = found || !whole || sets[set].keys[i][length] == '\0';
        pinyin_keys_free(&sets[set]);
    }
    return found;
}
