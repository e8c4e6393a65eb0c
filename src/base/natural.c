#include "base/natural.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** What people number in an address. */
static const char *const COUNTED[] = {"组", "队", "社", "期", "区",   "楼",  "栋", "幢",
                                      "座", "号", "#",  "＃", "单元", "层",  "室", "户",
                                      "门", "排", "巷", "弄", "村民", "小组"};

/** What says no more behind a number than a dash: 12号楼2单元501室 is 12-2-501. */
static const char *const PARTS[] = {"楼", "栋", "幢", "座", "号", "#", "＃", "单元", "室",
                                    "户", "门", "-",  "－", "—",  "–", " ",  "　"};

/** What is left out: 第三村民小组 is 三组. */
static const char *const IDLE[] = {" ", "　", "第", "村民"};

/** Numbers in words that name the parts of a settlement. */
static const char *const STEMS[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};

/** Length of the first of the words that `text` begins with, 0 if it begins with none; its number in
 *  *ret_word, which may be NULL. */
static size_t begins(const char *text, const char *const *words, size_t count, size_t *ret_word)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(words[i]);
        if (strncmp(text, words[i], length) == 0) {
            if (ret_word != NULL)
                *ret_word = i;
            return length;
        }
    }
    return 0;
}

#define BEGINS(text, words, ret_word)                                                              \
    begins((text), (words), sizeof(words) / sizeof(words)[0], (ret_word))

/** Value of a Chinese numeral that `text` begins with, -1 if it is none; *ret_bytes its length. */
static int han_value(const char *text, size_t *ret_bytes)
{
    static const struct {
        const char *sign;
        int value;
    } signs[] = {{"〇", 0}, {"零", 0}, {"一", 1}, {"二", 2}, {"两", 2}, {"三", 3},  {"四", 4},
                 {"五", 5}, {"六", 6}, {"七", 7}, {"八", 8}, {"九", 9}, {"十", 10}, {"百", 100}};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        *ret_bytes = strlen(signs[i].sign);
        if (strncmp(text, signs[i].sign, *ret_bytes) == 0)
            return signs[i].value;
    }
    return -1;
}

/** Reads 十二, 二十, 一百零三, 二〇三 before something that is counted; 0 bytes if there is none. */
static size_t read_han(const char *text, uint64_t *ret_number)
{
    enum { SIGNS_MAX = 7 };
    uint64_t sum = 0, last = 0;
    bool any = false;
    size_t at = 0, bytes;
    int value;

    for (size_t i = 0; i < SIGNS_MAX && (value = han_value(text + at, &bytes)) >= 0; i++) {
        if (value >= 10) {
            sum += (any ? (last == 0 ? 1 : last) : 1) * (uint64_t)value;
            last = 0;
        } else {
            last = last * 10 + (uint64_t)value;
        }
        any = true;
        at += bytes;
    }
    *ret_number = sum + last;
    return any && BEGINS(text + at, COUNTED, NULL) > 0 ? at : 0;
}

/** Value of a digit, full-width ones too; -1 if it is none. */
static int digit_value(const char *text, size_t *ret_bytes)
{
    static const char full[] = "０";

    *ret_bytes = 1;
    if (*text >= '0' && *text <= '9')
        return *text - '0';
    *ret_bytes = sizeof full - 1;
    if (strncmp(text, full, sizeof full - 2) != 0)
        return -1;
    int value = (unsigned char)text[sizeof full - 2] - (unsigned char)full[sizeof full - 2];
    return value >= 0 && value <= 9 ? value : -1;
}

/** Adds a number as its length and its digits: a longer one is greater. */
static void add_number(struct str *key, const char *digits)
{
    enum { LONGEST = 99 };
    size_t length = strlen(digits);

    str_printf(key, "%02zu%s", length > LONGEST ? LONGEST : length, digits);
}

/** Adds a run of digits, without zeros in front. */
static size_t add_digits(const char *text, struct str *key)
{
    struct str digits = {0};
    size_t at = 0, bytes;
    int value;

    while ((value = digit_value(text + at, &bytes)) >= 0) {
        if (value > 0 || digits.length > 0)
            str_printf(&digits, "%d", value);
        at += bytes;
    }
    if (at > 0)
        add_number(key, str_text(&digits));
    str_free(&digits);
    return at;
}

/** Adds the number that `text` begins with, 0 bytes if there is none. */
static size_t add_any_number(const char *text, struct str *key)
{
    char digits[NUMBER_TEXT];
    uint64_t number = 0;
    size_t bytes = add_digits(text, key);

    if (bytes == 0 && (bytes = read_han(text, &number)) > 0) {
        (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
        add_number(key, number == 0 ? "" : digits);
    }
    return bytes;
}

/** Length of what stands between two numbers and says no more than a dash. */
static size_t parts_length(const char *text)
{
    static const char *const groups[] = {"小组", "村民小组"}; /* 组 stays */
    size_t at = 0;
    size_t bytes = 0;

    while ((bytes = BEGINS(text + at, PARTS, NULL)) > 0)
        at += bytes;
    for (size_t i = 0; at == 0 && i < sizeof groups / sizeof groups[0]; i++)
        if (strncmp(text, groups[i], strlen(groups[i])) == 0)
            at = strlen(groups[i]) - strlen("组");
    return at;
}

/** Adds one character that is no number: letters as capitals, 甲 of 甲区 as A. */
static size_t add_sign(const char *text, struct str *key)
{
    static const char first[] = "Ａ", small[] = "ａ";
    enum { LETTERS = 26, LAST = sizeof first - 2 };
    size_t stem = 0;
    size_t bytes = BEGINS(text, STEMS, &stem);

    if (bytes > 0 && BEGINS(text + bytes, COUNTED, NULL) > 0) {
        str_printf(key, "%c", 'A' + (int)stem);
        return bytes;
    }
    for (int i = 0; i < LETTERS; i++) {
        bool capital = strncmp(text, first, LAST) == 0 &&
                       (unsigned char)text[LAST] == (unsigned char)first[LAST] + i;
        bool lower = strncmp(text, small, LAST) == 0 &&
                     (unsigned char)text[LAST] == (unsigned char)small[LAST] + i;
        if (capital || lower || *text == 'a' + i) {
            str_printf(key, "%c", 'A' + i);
            return capital || lower ? LAST + 1 : 1;
        }
    }
    str_add_bytes(key, text, 1);
    return 1;
}

char *natural_key(const char *text)
{
    struct str key = {0};

    while (*text != '\0') {
        size_t bytes = add_any_number(text, &key);
        if (bytes > 0) {
            size_t parts = parts_length(text + bytes);
            bool dash = BEGINS(text + bytes, PARTS, NULL) > 0;
            text += bytes + parts;
            if (dash && *text != '\0')
                str_add(&key, "-");
        } else if ((bytes = BEGINS(text, IDLE, NULL)) > 0) {
            text += bytes;
        } else {
            text += add_sign(text, &key);
        }
    }
    return str_take(&key);
}
