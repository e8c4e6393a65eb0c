#include "form/type.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/name.h"
#include "base/neardate.h"
#include "base/plain.h"
#include "base/str.h"
#include "base/text.h"
#include "base/words.h"
#include "form/choice.h"
#include "form/form.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
    TEXT_LIMIT = 200,
    MEMO_LIMIT = 2000,
    PHONE_DIGITS_MIN = 7,
    PHONE_DIGITS_MAX = 13, /**< 区号 4 + 号码 8, or a mobile number */
    ACCOUNT_DIGITS_MIN = 8,
    ACCOUNT_DIGITS_MAX = 32
};

static const int64_t INT_LIMIT = 1000000000000;

/* Refusals name the field's label and the cause, then say what to do. */
#define REFUSE(error, ...) (*(error) = mem_printf(__VA_ARGS__), RESULT_INVALID)

// ---- text

static enum result check_text(const struct form_field *field, char *clean, int limit,
                              char **ret_value, char **ret_error)
{
    int max = field->max > 0 ? field->max : limit;
    enum result result = RESULT_OK;
    if (!text_valid(clean)) {
        result = REFUSE(ret_error, "%s里有认不出的字，请重新录入", field->label);
    } else if (text_length(clean) > (size_t)max) {
        result = REFUSE(ret_error, "%s超过%d个字，请缩短", field->label, max);
    } else {
        *ret_value = clean;
        return RESULT_OK;
    }
    free(clean);
    return result;
}

static enum result parse_text(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    char *clean = text_clean_line(text);
    if (text_valid(clean) && text_has_control(clean)) {
        free(clean);
        return REFUSE(ret_error, "%s含有换行或控制字符，请删去", field->label);
    }
    return check_text(field, clean, TEXT_LIMIT, ret_value, ret_error);
}

// ---- names

static enum result parse_person(const struct form_field *field, const struct type_context *context,
                                const char *text, char **ret_value, char **ret_error)
{
    char *name = name_clean(text);
    enum name_fault fault = name_check(name);
    enum result result = RESULT_OK;
    if (fault != NAME_FINE)
        result = REFUSE(ret_error, "%s%s", field->label, name_words(fault));
    else
        result = parse_text(field, context, name, ret_value, ret_error);
    free(name);
    return result;
}

/* One or several visitors, by name or number; blanks separate two longer names. */
static enum result parse_who(const struct form_field *field, const struct type_context *context,
                             const char *text, char **ret_value, char **ret_error)
{
    char *names = name_list(text);
    enum name_fault fault = name_check(names);
    enum result result = RESULT_OK;
    if (fault == NAME_LOST || fault == NAME_PRIVATE)
        result = REFUSE(ret_error, "%s%s", field->label, name_words(fault));
    else
        result = parse_text(field, context, names, ret_value, ret_error);
    free(names);
    return result;
}

// ---- prose

/* Makes line ends uniform; drops other control characters, which would disturb terminals and
 * printers. */
static enum result parse_memo(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    /* Trim last: a dropped character may have hidden a blank. */
    char *kept = text_valid(text) ? plain_copy(text, PLAIN_LINES) : mem_copy(text);
    char *clean = text_trim(kept);
    free(kept);
    return check_text(field, clean, MEMO_LIMIT, ret_value, ret_error);
}

static char *format_plain(const struct form_field *field, const char *value)
{
    (void)field;
    return mem_copy(value);
}

static int compare_plain(const struct form_field *field, const char *a, const char *b)
{
    (void)field;
    return strcmp(a, b);
}

// ---- numbers

static enum result refuse_scientific(const struct form_field *field, char **ret_error)
{
    return REFUSE(ret_error, "%s成了科学计数：电子表格丢掉了后面的数字，请把该列设为文本后重新录入",
                  field->label);
}

static enum result parse_int(const struct form_field *field, const struct type_context *context,
                             const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    int64_t value = 0;
    char *clean = text_clean_code(text);
    bool scientific = text_is_scientific(clean);
    enum result result = text_to_int(clean, -INT_LIMIT, INT_LIMIT, &value);
    free(clean);
    if (scientific)
        return refuse_scientific(field, ret_error);
    if (result != 0)
        return REFUSE(ret_error, "%s不是整数，请填数字，如 3", field->label);
    if (value < 0)
        return REFUSE(ret_error, "%s为负，请填0或正数", field->label);
    *ret_value = mem_printf("%lld", (long long)value);
    return RESULT_OK;
}

static enum result parse_money(const struct form_field *field, const struct type_context *context,
                               const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    int64_t fen = 0;
    char *clean = text_clean_code(text);
    bool scientific = text_is_scientific(clean);
    enum result result = text_to_fen(clean, &fen);
    free(clean);
    if (scientific)
        return refuse_scientific(field, ret_error);
    if (result != 0)
        return REFUSE(ret_error, "%s不是金额，请填元，如 1250 或 380.50", field->label);
    if (fen < 0)
        return REFUSE(ret_error, "%s为负，请核对后填0或正数", field->label);
    *ret_value = text_from_fen(fen);
    return RESULT_OK;
}

/* An empty amount counts as 0. */
static int compare_number(const struct form_field *field, const char *a, const char *b)
{
    (void)field;
    int64_t x = 0;
    int64_t y = 0;
    (void)text_to_fen(a, &x);
    (void)text_to_fen(b, &y);
    return x < y ? -1 : x > y;
}

// ---- dates

/* A month without a day gets words of its own. */
static enum result refuse_date(const struct form_field *field, const struct type_context *context,
                               const char *text, char **ret_error)
{
    struct neardate near = {
        .today = context->today, .shown = context->shown, .ahead = field->ahead};
    month_t month = 0;
    day_t day = 0;
    if (context->typed && neardate_is_soon(text, &near, &day)) {
        char date[DATE_TEXT];
        return REFUSE(ret_error, "%s %s 还没有到，请核对；是去年的请连年份打", field->label,
                      date_format(day, date));
    }
    if (month_parse_loose(text, &month) == 0)
        return REFUSE(ret_error, "%s只写到月，请写明哪一天，如 2026-11-23", field->label);
    if (context->typed)
        return REFUSE(ret_error, "%s不存在或写法不对，请打几号，如 23，或 1123、2026-11-23",
                      field->label);
    return REFUSE(ret_error, "%s不存在或写法不对，请写成 2026-11-23 这样", field->label);
}

static enum result parse_date(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    struct neardate near = {
        .today = context->today, .shown = context->shown, .ahead = field->ahead};
    day_t day = 0;
    int minute = 0; /* not used */
    if ((!context->typed || neardate_parse(text, &near, &day) != 0) &&
        date_parse_moment(text, &day, &minute) != 0)
        return refuse_date(field, context, text, ret_error);
    char buffer[DATE_TEXT];
    *ret_value = mem_copy(date_format(day, buffer));
    return RESULT_OK;
}

static enum result parse_month(const struct form_field *field, const struct type_context *context,
                               const char *text, char **ret_value, char **ret_error)
{
    month_t month = 0;
    if ((!context->typed || neardate_month(text, context->today, &month) != 0) &&
        month_parse_loose(text, &month) != 0)
        return REFUSE(ret_error, "%s不存在或写法不对，请写成 2026-11 这样", field->label);
    char buffer[MONTH_TEXT];
    *ret_value = mem_copy(month_format(month, buffer));
    return RESULT_OK;
}

// ---- yes and no

static const char *const YES_NO[] = {"是", "否"};

static enum result parse_bool(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    static const char *const words[][2] = {
        {"是", "否"},       {"有", "无"},       {"√", "×"},         {"✓", "✗"},
        {"1", "0"},         {"Y", "N"},         {"YES", "NO"},      {"对", "错"},
        {"T", "F"},         {"TRUE", "FALSE"},  {"愿意", "不愿意"}, {"能", "不能"},
        {"✔", "✘"},         {"享受", "不享受"}, {"保障", "不保障"}, {"同意", "不同意"},
        {"需要", "不需要"},
    };
    (void)context;
    char *clean = text_clean(text);
    const char *value = NULL;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        for (int no = 0; no < 2; no++)
            if (text_equal_nocase(clean, words[i][no]))
                value = YES_NO[no];
    free(clean);
    if (value == NULL)
        return REFUSE(ret_error, "%s请填 是 或 否", field->label);
    *ret_value = mem_copy(value);
    return RESULT_OK;
}

static const char *const *choose_bool(const struct form_field *field, size_t *ret_count)
{
    (void)field;
    *ret_count = sizeof YES_NO / sizeof YES_NO[0];
    return YES_NO;
}

// ---- numbers that identify

static enum result parse_idno(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    char number[IDNO_TEXT];
    enum idno_fault fault = idno_parse(text, context->today, number);
    if (fault != IDNO_FINE)
        return REFUSE(ret_error, "%s", idno_words(fault));
    (void)field;
    *ret_value = mem_copy(number);
    return RESULT_OK;
}

/* Digits of `text` without the separators that people put between them; NULL if it contains other
 * characters. */
static char *digits_of(const char *text, const char *separators)
{
    char *clean = text_clean_code(text);
    char *to = clean;
    for (const char *from = clean; *from != '\0'; from++)
        if (strchr(separators, *from) == NULL)
            *to++ = *from;
    *to = '\0';
    if (text_is_digits(clean))
        return clean;
    free(clean);
    return NULL;
}

static enum result parse_phone(const struct form_field *field, const struct type_context *context,
                               const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    if (text_is_scientific(text))
        return refuse_scientific(field, ret_error);
    char *digits = digits_of(text, "-()+");
    size_t length = digits != NULL ? strlen(digits) : 0;
    if (length == 13 && text_starts(digits, "861")) { // +86 before a mobile number
        memmove(digits, digits + 2, length - 1);
        length -= 2;
    }
    bool mobile = length == 11 && digits[0] == '1';
    bool landline = length >= PHONE_DIGITS_MIN && length <= PHONE_DIGITS_MAX - 1 &&
                    (digits[0] == '0' ? length >= 10 : length <= 8 && digits[0] != '1');
    if (mobile || landline) {
        *ret_value = digits;
        return RESULT_OK;
    }
    free(digits);
    return REFUSE(ret_error, "%s不对：手机应为1开头的11位数字，固定电话请带区号，如 0427-2821234",
                  field->label);
}

static enum result parse_area(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    if (text_is_scientific(text))
        return refuse_scientific(field, ret_error);
    char *digits = digits_of(text, "");
    if (digits == NULL || strlen(digits) != AREA_TEXT - 1) {
        free(digits);
        return REFUSE(ret_error, "%s没有认出来：请按 F4 选，台账里写村(社区)全名或12位代码",
                      field->label);
    }
    if (context->area_exists != NULL && !context->area_exists(digits, context->arg)) {
        *ret_error = mem_copy("区划代码不存在，请对照区划表核对");
        free(digits);
        return RESULT_INVALID;
    }
    *ret_value = digits;
    return RESULT_OK;
}

/* No Luhn check: passbook accounts (存折) have no check digit. */
static enum result parse_account(const struct form_field *field, const struct type_context *context,
                                 const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    char *clean = text_clean_code(text);
    bool scientific = text_is_scientific(clean);
    free(clean);
    if (scientific)
        return refuse_scientific(field, ret_error);
    char *digits = digits_of(text, "-");
    size_t length = digits != NULL ? strlen(digits) : 0;
    if (length >= ACCOUNT_DIGITS_MIN && length <= ACCOUNT_DIGITS_MAX) {
        *ret_value = digits;
        return RESULT_OK;
    }
    free(digits);
    return REFUSE(ret_error, "%s不对：应为%d至%d位数字，请照卡或存折核对", field->label,
                  ACCOUNT_DIGITS_MIN, ACCOUNT_DIGITS_MAX);
}

// ---- lists

static enum result parse_list(const struct form_field *field, const struct type_context *context,
                              const char *text, char **ret_value, char **ret_error)
{
    (void)context;
    (void)text;
    (void)ret_value;
    return REFUSE(ret_error, "%s要逐行填写，不能填在一格里", field->label);
}

static const char *const *choose_nothing(const struct form_field *field, size_t *ret_count)
{
    (void)field;
    *ret_count = 0;
    return NULL;
}

static const struct field_type TYPES[] = {
    {
        .name = "text",
        .label = "文字",
        .hint = "一行文字",
        .parse = parse_text,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "name",
        .label = "姓名",
        .hint = "一个人的姓名，字间不留空格",
        .parse = parse_person,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "who",
        .label = "人员",
        .hint = "工号或姓名，几个人用顿号隔开",
        .parse = parse_who,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "memo",
        .label = "多行文字",
        .hint = "可以分行",
        .parse = parse_memo,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "int",
        .label = "数字",
        .hint = "整数，如 3",
        .parse = parse_int,
        .format = format_plain,
        .compare = compare_number,
        .choices = choose_nothing,
        .numeric = true,
    },
    {
        .name = "money",
        .label = "金额",
        .hint = "元，如 1250 或 380.50",
        .parse = parse_money,
        .format = format_plain,
        .compare = compare_number,
        .choices = choose_nothing,
        .numeric = true,
    },
    {
        .name = "date",
        .label = "日期",
        .hint = "如 23、1123、2026-11-23；. 今天，- 昨天，-2 前天",
        .parse = parse_date,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "month",
        .label = "年月",
        .hint = "如 2026-11、2026.11、202611",
        .parse = parse_month,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "choice",
        .label = "单选",
        .hint = "从列表中选一项，也可填代码",
        .parse = choice_parse,
        .format = format_plain,
        .compare = choice_compare,
        .choices = choice_labels,
    },
    {
        .name = "set",
        .label = "多选",
        .hint = "可选多项，用顿号或分号隔开",
        .parse = choice_parse_set,
        .format = choice_format_set,
        .compare = compare_plain,
        .choices = choice_labels,
    },
    {
        .name = "bool",
        .label = "是否",
        .hint = "是 或 否",
        .parse = parse_bool,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_bool,
    },
    {
        .name = "idno",
        .label = "身份证号",
        .hint = "18位公民身份号码",
        .parse = parse_idno,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "phone",
        .label = "电话",
        .hint = "手机11位，或带区号的固定电话",
        .parse = parse_phone,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "area",
        .label = "区划",
        .hint = "村(社区)的名称或首字母，按 F4 选",
        .parse = parse_area,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "account",
        .label = "账号",
        .hint = "银行卡号或存折账号，只填数字",
        .parse = parse_account,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
    {
        .name = "list",
        .label = "明细",
        .hint = "逐行填写",
        .parse = parse_list,
        .format = format_plain,
        .compare = compare_plain,
        .choices = choose_nothing,
    },
};

const struct field_type *type_at(size_t index)
{
    return index < sizeof TYPES / sizeof TYPES[0] ? &TYPES[index] : NULL;
}

const struct field_type *type_find(const char *name)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++)
        if (strcmp(TYPES[i].name, name) == 0)
            return &TYPES[i];
    return NULL;
}
