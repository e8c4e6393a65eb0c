#include "base/sheetcode.h"

#include "base/text.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* 31 characters and 23 letters: both prime, so that any weight from 1 on finds every difference. */
static const char CHARACTERS[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
static const char LETTERS[] = "ABCDEFGHJKMNPQRSTUVWXYZ";

enum {
    BASE = sizeof CHARACTERS - 1,
    LETTER_COUNT = sizeof LETTERS - 1,
    GROUP = 4, /* characters of a group, the last one checks */
    GROUPS = 2,
    LENGTH = GROUP * GROUPS,
    ROW_DIGITS = 9, /* of a row's number */
};

/* What a group's weighted sum leaves; another for each place, so that exchanged groups are found. */
static const int REST[GROUPS] = {11, 23};

static const char *const FAULT_WORDS[] = {
    [SHEETCODE_FINE] = "",
    [SHEETCODE_EMPTY] = "请输入表号：印在表头和二维码旁，8 个字",
    [SHEETCODE_LENGTH] = "表号应是 8 个字，前后各 4 个，请对照表头再输入",
    [SHEETCODE_CHARACTER] = "表号里只有数字和字母，且没有 0、1 和 O、I、L，请对照表头再输入",
    [SHEETCODE_FIRST] = "表号前 4 个字有误，请对照表头再输入",
    [SHEETCODE_SECOND] = "表号后 4 个字有误，请对照表头再输入",
    [SHEETCODE_BOTH] = "表号前后两组都有误，请对照表头再输入",
    [SHEETCODE_SWAPPED] = "表号前 4 个字和后 4 个字颠倒了，请对照表头再输入",
    [SHEETCODE_ROW] = "应是表上的序号或行码，如 17 或 17K",
    [SHEETCODE_CHECK] = "行码的字母不对：看错了行，或不是这张表的行，请再看纸上的",
};

static int value_of(const char *among, char character)
{
    const char *place = character == '\0' ? NULL : strchr(among, character);

    return place == NULL ? -1 : (int)(place - among);
}

/** The weighted sum of the first `count` characters of a group. The weights fall from 4 to 1: no two
 *  are equal, so that a swap changes the sum. */
static int group_sum(const char *group, int count)
{
    int sum = 0;

    for (int i = 0; i < count; i++)
        sum += (GROUP - i) * value_of(CHARACTERS, group[i]);
    return sum % BASE;
}

static bool is_group(const char *group, int place)
{
    return group_sum(group, GROUP) == REST[place];
}

static void write_code(const char *characters, char code[SHEETCODE_TEXT])
{
    (void)snprintf(code, SHEETCODE_TEXT, "%.*s-%.*s", GROUP, characters, GROUP, characters + GROUP);
}

const char *sheetcode_make(uint64_t number, char code[SHEETCODE_TEXT])
{
    char characters[LENGTH + 1] = "";

    number %= SHEETCODE_COUNT;
    for (int place = 0; place < GROUPS; place++) {
        char *group = characters + place * GROUP;
        for (int i = 0; i < GROUP - 1; i++) {
            group[i] = CHARACTERS[number % BASE];
            number /= BASE;
        }
        group[GROUP - 1] = CHARACTERS[(REST[place] + BASE - group_sum(group, GROUP - 1)) % BASE];
    }
    write_code(characters, code);
    return code;
}

/** The characters of a code in capitals, without blanks (text_clean_code()) and lines. */
static enum sheetcode_fault read_characters(const char *text, char characters[LENGTH + 1])
{
    char *cleaned = text_clean_code(text);
    size_t count = 0;
    bool known = true;

    for (const char *at = cleaned; *at != '\0'; at++) {
        if (*at == '-')
            continue;
        known = known && value_of(CHARACTERS, *at) >= 0;
        if (count < LENGTH)
            characters[count] = *at;
        count++;
    }
    characters[count < LENGTH ? count : LENGTH] = '\0';
    free(cleaned);
    if (count == 0)
        return SHEETCODE_EMPTY;
    if (!known)
        return SHEETCODE_CHARACTER;
    return count == LENGTH ? SHEETCODE_FINE : SHEETCODE_LENGTH;
}

enum sheetcode_fault sheetcode_parse(const char *text, char code[SHEETCODE_TEXT])
{
    char characters[LENGTH + 1];
    enum sheetcode_fault fault = read_characters(text, characters);

    if (fault != SHEETCODE_FINE)
        return fault;
    bool first = is_group(characters, 0), second = is_group(characters + GROUP, 1);
    if (first && second)
        write_code(characters, code);
    else if (is_group(characters, 1) && is_group(characters + GROUP, 0))
        fault = SHEETCODE_SWAPPED;
    else if (first)
        fault = SHEETCODE_SECOND;
    else
        fault = second ? SHEETCODE_FIRST : SHEETCODE_BOTH;
    return fault;
}

static char row_letter(const char *code, uint32_t number)
{
    enum { NUMBER_WEIGHT = 3 }; /* of the last digit; those before it rise by one each */
    int sum = 0;
    int weight = 1;

    for (const char *at = code; *at != '\0'; at++)
        if (*at != '-')
            sum += weight++ * value_of(CHARACTERS, *at);
    for (weight = NUMBER_WEIGHT; number != 0; number /= 10)
        sum += weight++ * (int)(number % 10);
    return LETTERS[sum % LETTER_COUNT];
}

const char *sheetcode_row(const char *code, uint32_t number, char text[SHEETCODE_ROW_TEXT])
{
    (void)snprintf(text, SHEETCODE_ROW_TEXT, "%u%c", number, row_letter(code, number));
    return text;
}

enum sheetcode_fault sheetcode_row_parse(const char *code, const char *text, uint32_t *ret_number)
{
    char *cleaned = text_clean_code(text);
    size_t digits = strspn(cleaned, "0123456789");
    char letter = digits > 0 ? cleaned[digits] : '\0';
    uint32_t number = 0;
    enum sheetcode_fault fault = SHEETCODE_FINE;

    if (digits > 0 && digits <= ROW_DIGITS)
        number = (uint32_t)strtoul(cleaned, NULL, 10);
    if (number == 0 ||
        (letter != '\0' && (cleaned[digits + 1] != '\0' || value_of(CHARACTERS, letter) < 0)))
        fault = SHEETCODE_ROW;
    else if (letter != '\0' && letter != row_letter(code, number))
        fault = SHEETCODE_CHECK;
    else
        *ret_number = number;
    free(cleaned);
    return fault;
}

const char *sheetcode_words(enum sheetcode_fault fault)
{
    return FAULT_WORDS[fault];
}
