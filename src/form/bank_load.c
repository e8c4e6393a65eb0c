/*
 * Reads the formats of bank files and runs their examples, so that a wrong file is refused.
 */
#include "form/bank.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/loader.h"
#include "form/overlay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** The formats of the files; owned by the catalogue. */
struct banks {
    size_t count;
    struct bank_format *items;
};

// ---- words

static const struct bank_field FIELDS[] = {
    {BANK_NUMBER, "number", "序号", false},   {BANK_YUAN, "yuan", "金额", false},
    {BANK_FEN, "fen", "金额", false},         {BANK_TEXT, "text", "固定文字", false},
    {BANK_VALUE, "holder", "户名", false},    {BANK_VALUE, "account", "账号", false},
    {BANK_VALUE, "bank", "开户银行", false},  {BANK_VALUE, "id_no", "身份证号", false},
    {BANK_VALUE, "name", "姓名", false},      {BANK_VALUE, "case_no", "个案编号", false},
    {BANK_VALUE, "month", "月份", false},     {BANK_VALUE, "area_name", "村(社区)", false},
    {BANK_VALUE, "reference", "附言", false},
};

/** Words of a key by their number; the first is the default. */
static const char *const QUOTES[] = {"none", "needed", "always", NULL};
static const char *const ENCODINGS[] = {"utf-8", "gb18030", "gbk", NULL};
static const char *const BLANKS[] = {"keep", "remove", "refuse", NULL};

static enum result read_word(struct forms *forms, const struct source *source, const char *key,
                             const char *word, const char *const *words, int *ret_index)
{
    struct str known = {0};
    enum result result = RESULT_OK;

    *ret_index = 0;
    if (word == NULL)
        return RESULT_OK;
    while (words[*ret_index] != NULL && strcmp(words[*ret_index], word) != 0)
        (*ret_index)++;
    if (words[*ret_index] == NULL) {
        for (size_t i = 0; words[i] != NULL; i++)
            str_printf(&known, "%s%s", i > 0 ? "、" : "", words[i]);
        result =
            loader_refuse(forms, source, key, "%s 不认识 %s，可用 %s", key, word, str_text(&known));
    }
    str_free(&known);
    return result;
}

// ---- columns

static enum result make_field(struct forms *forms, const struct source *source, size_t index,
                              struct bank_field *field)
{
    const struct raw_bank_field *raw = &source->bank->fields[index];
    char where[WHERE_TEXT];
    size_t i = 0;

    (void)snprintf(where, sizeof where, "fields.%zu", index);
    while (i < sizeof FIELDS / sizeof FIELDS[0] && strcmp(FIELDS[i].value, raw->is) != 0)
        i++;
    if (i == sizeof FIELDS / sizeof FIELDS[0])
        return loader_refuse(forms, source, where,
                             "不认识的列 %s，可用 number yuan fen text holder account bank id_no "
                             "name case_no month area_name reference",
                             raw->is);
    if ((FIELDS[i].is == BANK_TEXT) != (raw->text != NULL))
        return loader_refuse(forms, source, where, "is: text 的列要有 text，别的列不能有");
    *field = FIELDS[i];
    field->empty = raw->empty;
    if (raw->text != NULL)
        field->value = raw->text;
    return RESULT_OK;
}

static bool has_numbers(const struct bank_format *format)
{
    for (size_t i = 0; i < format->field_count; i++)
        if (format->fields[i].is == BANK_NUMBER)
            return true;
    return false;
}

static enum result make_fields(struct forms *forms, const struct source *source,
                               struct bank_format *format)
{
    struct bank_field *fields = loader_array(forms, source->bank->field_count, sizeof *fields);
    enum result result = RESULT_OK;

    if (source->bank->field_count == 0)
        return loader_refuse(forms, source, "fields", "没有列，请在 fields 写明各列");
    for (size_t i = 0; i < source->bank->field_count && result == 0; i++)
        result = make_field(forms, source, i, &fields[i]);
    format->fields = fields;
    format->field_count = source->bank->field_count;
    return result == 0 && format->numbers_return && !has_numbers(format)
               ? loader_refuse(forms, source, "numbers_return",
                               "numbers_return 要有 is: number 的列，银行才有序号可退")
               : result;
}

// ---- the format

static enum result make_words(struct forms *forms, const struct source *source,
                              struct bank_format *format)
{
    const struct raw_bank *raw = source->bank;
    int quote = 0, encoding = 0, blanks = 0;
    enum result result = read_word(forms, source, "quote", raw->quote, QUOTES, &quote);

    if (result == 0)
        result = read_word(forms, source, "encoding", raw->encoding, ENCODINGS, &encoding);
    if (result == 0)
        result = read_word(forms, source, "blanks", raw->blanks, BLANKS, &blanks);
    format->quote = (enum bank_quote)quote;
    format->encoding = (enum bank_encoding)encoding;
    format->blanks = (enum bank_blanks)blanks;
    return result;
}

static enum result check_format(struct forms *forms, const struct source *source,
                                const struct bank_format *format)
{
    const struct raw_bank *raw = source->bank;

    if (forms_bank_find(forms, format->id) != NULL)
        return loader_refuse(forms, source, "id", "id %s 已用过", format->id);
    if (*format->title == '\0' || text_has_control(format->title))
        return loader_refuse(forms, source, "title", "没有名称，请在 title 写明");
    if (*format->separator == '\0' || strlen(format->separator) > 4)
        return loader_refuse(forms, source, "separator", "分隔符应是一到四个字符");
    if (raw->rows < 0 || raw->least < 0 || (raw->rows > 0 && raw->least > raw->rows))
        return loader_refuse(forms, source, "rows", "rows、least 应是 0 或以上，least 不大于 rows");
    if (format->crlf && strchr(format->header, '\n') != NULL)
        return loader_refuse(forms, source, "header", "header 只能有一行");
    return RESULT_OK;
}

// ---- examples

static enum result read_given(struct forms *forms, const struct source *source, const char *where,
                              const struct raw_bank_example *raw, struct fields *payment)
{
    for (size_t i = 0; i < raw->given_count; i++) {
        const char *sign = strstr(raw->given[i], " = ");
        if (sign == NULL)
            return loader_refuse(forms, source, where, "示例应写成 列 = 值：%s", raw->given[i]);
        char *name = mem_copy_bytes(raw->given[i], (size_t)(sign - raw->given[i]));
        fields_set(payment, name, sign + strlen(" = "));
        free(name);
    }
    return RESULT_OK;
}

/** What the line should be, in the file's bytes. */
static bool is_line(const struct bank_format *format, const char *expected, const struct str *made)
{
    struct bank_format plain = *format;
    struct str bytes = {0};

    plain.header = expected;
    bank_add_header(&plain, 0, 0, &bytes);
    bool same = bytes.length == made->length && made->length > 0 &&
                memcmp(bytes.text, made->text, made->length) == 0;
    str_free(&bytes);
    return same;
}

static enum result judge_example(struct forms *forms, const struct source *source,
                                 const char *where, const struct raw_bank_example *raw,
                                 const struct bank_format *format, const struct fields *payment)
{
    struct str made = {0};
    char *fault = NULL;
    enum result result = bank_add_line(format, 1, payment, &made, &fault);

    if (raw->refused != NULL && (fault == NULL || strstr(fault, raw->refused) == NULL))
        result = loader_refuse(forms, source, where, "示例应因“%s”不能写，却%s%s", raw->refused,
                               fault == NULL ? "写出来了" : "是：", fault == NULL ? "" : fault);
    else if (raw->refused != NULL)
        result = RESULT_OK;
    else if (result != 0)
        result = loader_refuse(forms, source, where, "示例写不出来：%s", fault);
    else if (!is_line(format, raw->line, &made))
        result = loader_refuse(forms, source, where, "示例写出来的不是 %s，是 %s", raw->line,
                               format->encoding == BANK_UTF8 ? str_text(&made) : "别的");
    free(fault);
    str_free(&made);
    return result;
}

static enum result run_example(struct forms *forms, const struct source *source, size_t index,
                               const struct bank_format *format)
{
    const struct raw_bank_example *raw = &source->bank->examples[index];
    struct fields payment = {0};
    char where[WHERE_TEXT];

    (void)snprintf(where, sizeof where, "examples.%zu", index);
    if ((raw->line == NULL) == (raw->refused == NULL))
        return loader_refuse(forms, source, where, "示例要有 line 或 refused 中的一个");
    enum result result = read_given(forms, source, where, raw, &payment);
    if (result == 0)
        result = judge_example(forms, source, where, raw, format, &payment);
    fields_free(&payment);
    return result;
}

// ---- the file

static enum result make_format(struct forms *forms, const struct source *source,
                               struct bank_format *format)
{
    const struct raw_bank *raw = source->bank;

    *format = (struct bank_format){
        .id = raw->id,
        .title = raw->title,
        .file = raw->file != NULL ? raw->file : "txt",
        .separator = raw->separator,
        .header = loader_text_or_empty(raw->header),
        .trailing = raw->trailing,
        .crlf = raw->crlf,
        .numbers_return = raw->numbers_return,
        .rows = raw->rows > 0 ? (size_t)raw->rows : 0,
        .least = raw->least > 0 ? (size_t)raw->least : 0,
    };
    enum result result = check_format(forms, source, format);
    if (result == 0)
        result = make_words(forms, source, format);
    if (result == 0)
        result = make_fields(forms, source, format);
    if (result == 0 && raw->example_count == 0)
        result = loader_refuse(forms, source, "examples", "没有示例，请至少写一行应写成的样子");
    for (size_t i = 0; i < raw->example_count && result == 0; i++)
        result = run_example(forms, source, i, format);
    return result;
}

enum result bank_load(struct forms *forms, const struct overlay *overlay, const char *name)
{
    struct bank_format format = {0};
    struct source *source = NULL;
    char *path = overlay_path(overlay, name);
    enum result result =
        source_read(path, SOURCE_BANK, &forms->memory, &forms->scaffold, &source, &forms->error);

    free(path);
    if (result == 0)
        result = make_format(forms, source, &format);
    source_free(&source);
    if (result != 0)
        return result;
    if (forms->banks == NULL)
        forms->banks = loader_array(forms, 1, sizeof *forms->banks);
    struct banks *banks = forms->banks;
    struct bank_format *items = loader_array(forms, banks->count + 1, sizeof *items);
    if (banks->count > 0)
        memcpy(items, banks->items, banks->count * sizeof *items);
    items[banks->count++] = format;
    banks->items = items;
    return RESULT_OK;
}

const struct bank_format *forms_bank(const struct forms *forms, size_t index)
{
    const struct banks *banks = forms->banks;

    return banks != NULL && index < banks->count ? &banks->items[index] : NULL;
}

const struct bank_format *forms_bank_find(const struct forms *forms, const char *id)
{
    const struct bank_format *format;

    for (size_t i = 0; (format = forms_bank(forms, i)) != NULL; i++)
        if (strcmp(format->id, id) == 0)
            return format;
    return NULL;
}
