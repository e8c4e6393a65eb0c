/**
 * Pinyin of Chinese names, for searching and sorting.
 *
 * The table is generated from Unihan at build time. Surnames have their own readings (单 shan, 曾
 * zeng, 尉迟 yuchi). A name with ambiguous characters has several keys, so that both `dxx` and
 * `sxx` find 单雄信. A character without a reading becomes '?'; ASCII letters stay, in lower case;
 * the separator · is skipped.
 */
#ifndef DOUDI_BASE_PINYIN_H
#define DOUDI_BASE_PINYIN_H

#include <stdbool.h>
#include <stddef.h>

enum { PINYIN_KEYS_MAX = 16 };

struct pinyin_keys {
    size_t count;
    char *keys[PINYIN_KEYS_MAX]; /**< owned; distinct */
};

/** Every combination of initials: 单雄信 → dxx, sxx. */
struct pinyin_keys pinyin_initials(const char *name);
/** Every combination of full syllables without tones or blanks (ü as v): danxiongxin … */
struct pinyin_keys pinyin_full(const char *name);
/** True if one of the name's initials or full spellings begins with `typed`, or is it (`whole`). */
bool pinyin_spells(const char *name, const char *typed, bool whole);
/** Sort key: the surname's reading, then the first reading of each other character; new string. */
char *pinyin_sort_key(const char *name);
void pinyin_keys_free(struct pinyin_keys *keys);

#endif
