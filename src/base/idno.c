#include "base/idno.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS = 17, NUMBER = 18, BIRTH_AT = 6, SEX_AT = 16 };

static const char *const fault_words[] = {
    [IDNO_FINE] = "",
    [IDNO_EMPTY] = "身份证号为空，请填写18位身份证号",
    [IDNO_SCIENTIFIC] = "身份证号成了科学计数，请把该列设为文本后重新填写",
    [IDNO_LENGTH] = "身份证号长度不对，应为18位，请核对证件",
    [IDNO_CHARACTER] = "身份证号含非法字符，只能是数字，末位可以是X，请核对证件",
    [IDNO_BIRTH] = "身份证号中的出生日期（第7至14位）不对，请核对证件",
    [IDNO_CHECK] = "身份证号校验码错误，请对照证件逐位核对",
};

static int number_at(const char *digits, int count)
{
    int value = 0;

    for (int i = 0; i < count; i++)
        value = value * 10 + (digits[i] - '0');
    return value;
}

static day_t birth_at(const char *digits)
{
    return date_make(number_at(digits, 4), number_at(digits + 4, 2), number_at(digits + 6, 2));
}

static enum idno_fault find_fault(const char *code, day_t today)
{
    if (*code == '\0')
        return IDNO_EMPTY;
    if (text_is_scientific(code))
        return IDNO_SCIENTIFIC;
    if (text_length(code) != NUMBER)
        return IDNO_LENGTH;
    if (strspn(code, "0123456789") < DIGITS || strspn(code + DIGITS, "0123456789X") != 1)
        return IDNO_CHARACTER;

    day_t birth = birth_at(code + BIRTH_AT);
    if (birth == 0 || birth > today)
        return IDNO_BIRTH;
    return idno_check(code) == code[DIGITS] ? IDNO_FINE : IDNO_CHECK;
}

enum idno_fault idno_parse(const char *text, day_t today, char number[IDNO_TEXT])
{
    char *code = text_clean_code(text);
    enum idno_fault fault = find_fault(code, today);

    if (fault == IDNO_FINE)
        memcpy(number, code, IDNO_TEXT);
    free(code);
    return fault;
}

const char *idno_words(enum idno_fault fault)
{
    return fault_words[fault];
}

day_t idno_birth(const char *number)
{
    return strlen(number) == NUMBER ? birth_at(number + BIRTH_AT) : 0;
}

int idno_sex(const char *number)
{
    if (strlen(number) != NUMBER)
        return 0;
    return number[SEX_AT] % 2 != 0 ? 1 : 2; /* '0' is even in ASCII */
}

char idno_check(const char *digits)
{
    static const int weights[DIGITS] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;

    for (int i = 0; i < DIGITS; i++)
        sum += weights[i] * (digits[i] - '0');
    return "10X98765432"[sum % 11];
}
