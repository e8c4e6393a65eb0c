#include "base/natural.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/words.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/** What people number in an address. */
static const char *const COUNTED[] = {"组", "队",   "社", "期", "区", "楼", "栋", "幢", "座",
                                      "号", "单元", "层", "室", "户", "门", "排", "巷", "弄"};

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

static bool is_counted(const char *text)
{
    for (size_t i = 0; i < sizeof COUNTED / sizeof COUNTED[0]; i++)
        if (strncmp(text, COUNTED[i], strlen(COUNTED[i])) == 0)
            return true;
    return false;
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
    return any && is_counted(text + at) ? at : 0;
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

char *natural_key(const char *text)
{
    struct str key = {0};

    while (*text != '\0') {
        char digits[NUMBER_TEXT];
        uint64_t number = 0;
        size_t bytes = add_digits(text, &key);
        if (bytes == 0 && (bytes = read_han(text, &number)) > 0) {
            (void)snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
            add_number(&key, number == 0 ? "" : digits);
        }
        if (bytes == 0) {
            str_add_bytes(&key, text, 1);
            bytes = 1;
        }
        text += bytes;
    }
    return str_take(&key);
}
