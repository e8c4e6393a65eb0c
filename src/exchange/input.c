#include "exchange/input.h"

#include "base/mem.h"
#include "base/text.h"
#include "exchange/foreign.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const off_t FILE_MAX = (off_t)256 << 20;

// ---- reading

/** Why a file cannot be opened; the everyday reasons in Chinese. */
static enum result read_open(int fd, const char *path, struct str *bytes, char **ret_message)
{
    struct stat status;
    char block[65536];
    ssize_t got = 0;

    if (fstat(fd, &status) != 0 || S_ISDIR(status.st_mode)) {
        *ret_message = mem_printf("%s 不是文件，请检查路径", path);
        return RESULT_NOINPUT;
    }
    if (status.st_size > FILE_MAX) {
        *ret_message = mem_printf("%s 超过 256 MiB，请拆分后分批导入", path);
        return RESULT_INVALID;
    }
    while ((got = read(fd, block, sizeof block)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            *ret_message = mem_printf("读文件 %s 出错：%s", path, result_cause(errno));
            return RESULT_NOINPUT;
        }
        str_add_bytes(bytes, block, (size_t)got);
    }
    return RESULT_OK;
}

enum result input_read(const char *path, struct str *ret_bytes, char **ret_message)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0) {
        *ret_message = mem_printf("打不开文件 %s：%s", path, result_cause(errno));
        return RESULT_NOINPUT;
    }
    enum result result = read_open(fd, path, ret_bytes, ret_message);
    close(fd);
    return result;
}

// ---- which encoding

static const struct encoding {
    enum csv_encoding id;
    const char *iconv;
    size_t unit; /**< bytes of the shortest character */
    const char *bom;
    size_t bom_length;
} ENCODINGS[] = {
    {CSV_UTF8, "UTF-8", 1, "\xef\xbb\xbf", 3},
    {CSV_GB18030, "GB18030", 1, "\x84\x31\x95\x33", 4},
    {CSV_UTF16LE, "UTF-16LE", 2, "\xff\xfe", 2},
    {CSV_UTF16BE, "UTF-16BE", 2, "\xfe\xff", 2},
};

static const struct encoding *encoding_find(enum csv_encoding id)
{
    for (size_t i = 0; i < sizeof ENCODINGS / sizeof ENCODINGS[0]; i++)
        if (ENCODINGS[i].id == id)
            return &ENCODINGS[i];
    return NULL;
}

static const struct encoding *encoding_of_bom(const struct str *bytes)
{
    for (size_t i = 0; i < sizeof ENCODINGS / sizeof ENCODINGS[0]; i++)
        if (bytes->length >= ENCODINGS[i].bom_length &&
            memcmp(bytes->text, ENCODINGS[i].bom, ENCODINGS[i].bom_length) == 0)
            return &ENCODINGS[i];
    return NULL;
}

/** In UTF-16 one byte of each digit, comma and line end is NUL, always the same one of the two. */
static const struct encoding *encoding_of_nuls(const struct str *bytes)
{
    size_t nuls[2] = {0};

    for (size_t i = 0; i < bytes->length; i++)
        nuls[i % 2] += bytes->text[i] == '\0';
    for (size_t odd = 0; odd < 2; odd++)
        if (nuls[odd] > bytes->length / 8 && nuls[1 - odd] == 0)
            return encoding_find(odd == 1 ? CSV_UTF16LE : CSV_UTF16BE);
    return NULL;
}

/** How well the bytes fit UTF-8. */
struct quality {
    size_t characters; /**< of three bytes or more, like Chinese ones */
    size_t bad;        /**< runs of invalid bytes */
};

static struct quality judge_utf8(const struct str *bytes)
{
    struct quality quality = {0};
    bool bad = false;
    uint32_t code;

    for (const char *at = bytes->text; at < bytes->text + bytes->length;) {
        int length = *at == '\0' ? 1 : text_decode(at, &code);
        quality.bad += length < 0 && !bad;
        quality.characters += length > 2;
        bad = length < 0;
        at += length > 0 ? length : 1;
    }
    return quality;
}

/** As UTF-8, GB18030 text is mostly invalid and rarely valid; damaged UTF-8 is the opposite. */
static const struct encoding *guess_encoding(const struct str *bytes)
{
    const struct encoding *found = encoding_of_bom(bytes);

    if (found == NULL)
        found = encoding_of_nuls(bytes);
    if (found != NULL)
        return found;
    struct quality quality = judge_utf8(bytes);
    return encoding_find(quality.bad * 4 <= quality.characters ? CSV_UTF8 : CSV_GB18030);
}

// ---- converting

/** Marks invalid UTF-8, in place. Returns the number of bytes marked. */
static size_t mark_utf8(struct str *text)
{
    size_t damage = 0;
    uint32_t code;

    for (char *at = text->text; at < text->text + text->length;) {
        int length = *at == '\0' ? -1 : text_decode(at, &code);
        if (length < 0) {
            *at = INPUT_DAMAGE;
            damage++;
            length = 1;
        }
        at += length;
    }
    return damage;
}

static size_t convert(const struct encoding *encoding, struct str *text)
{
    size_t damage = 0;
    struct str utf8 = {0};
    iconv_t converter = iconv_open("UTF-8", encoding->iconv);
    char *in = text->text;
    size_t left = text->length;

    while (left > 0 && converter != (iconv_t)-1) {
        char block[65536];
        char *out = block;
        size_t room = sizeof block;
        size_t done = iconv(converter, &in, &left, &out, &room);
        bool bad = done == (size_t)-1 && errno != E2BIG;

        str_add_bytes(&utf8, block, sizeof block - room);
        if (!bad)
            continue;
        size_t skipped = left < encoding->unit ? left : encoding->unit;
        str_add_char(&utf8, INPUT_DAMAGE);
        damage++;
        in += skipped;
        left -= skipped;
    }
    if (converter != (iconv_t)-1)
        iconv_close(converter);
    str_free(text);
    *text = utf8;
    return damage;
}

/** Zeros may come from a bad copy or disk; many zeros mean another kind of file. */
static size_t mark_nuls(struct str *text)
{
    size_t nuls = 0;

    for (size_t i = 0; i < text->length; i++) {
        if (text->text[i] != '\0')
            continue;
        text->text[i] = INPUT_DAMAGE;
        nuls++;
    }
    return nuls;
}

static void drop_bom(const struct encoding *encoding, struct str *bytes, struct csv_style *style)
{
    style->bom = bytes->length >= encoding->bom_length &&
                 memcmp(bytes->text, encoding->bom, encoding->bom_length) == 0;
    if (!style->bom)
        return;
    bytes->length -= encoding->bom_length;
    memmove(bytes->text, bytes->text + encoding->bom_length, bytes->length + 1);
}

// ---- all of it

static enum result say(enum result result, const char *words, char **ret_message)
{
    *ret_message = mem_copy(words);
    return result;
}

/** A text with this much damage has another encoding. */
static bool is_hopeless(const struct str *text, size_t damage)
{
    size_t foreign = 0;

    for (size_t i = 0; i < text->length; i++)
        foreign += (unsigned char)text->text[i] >= 0x80;
    return damage * 8 > foreign && damage > 1;
}

enum result input_decode(struct str *bytes, enum csv_encoding asked, struct csv_style *ret_style,
                         char **ret_message)
{
    struct csv_style style = {0};
    const char *foreign = foreign_words(str_text(bytes), bytes->length);

    if (foreign != NULL)
        return say(RESULT_INVALID, foreign, ret_message);
    if (bytes->length == 0)
        return say(RESULT_INVALID, "文件是空的，没有表头", ret_message);
    const struct encoding *encoding =
        asked != CSV_AUTO ? encoding_find(asked) : guess_encoding(bytes);
    drop_bom(encoding, bytes, &style);
    if (encoding->unit == 1 && mark_nuls(bytes) * 100 > bytes->length)
        return say(RESULT_INVALID, "文件里有非文本内容，不是表格，请另存为 xlsx 或 CSV 再导入",
                   ret_message);
    size_t damage = encoding->id == CSV_UTF8 ? mark_utf8(bytes) : convert(encoding, bytes);
    if (is_hopeless(bytes, damage))
        return say(
            RESULT_INVALID,
            asked == CSV_AUTO
                ? "文件编码无法识别（不是 UTF-8、GB18030、UTF-16），请另存为 xlsx 或 CSV 再导入"
                : "文件不是 --encoding 所说的编码，请去掉这个选项，或另存为 xlsx 或 CSV 再导入",
            ret_message);
    if (bytes->length == 0)
        return say(RESULT_INVALID, "文件是空的，没有表头", ret_message);
    foreign = foreign_text_words(bytes->text);
    if (foreign != NULL)
        return say(RESULT_INVALID, foreign, ret_message);
    style.encoding = encoding->id;
    style.crlf = memchr(bytes->text, '\r', bytes->length) != NULL;
    *ret_style = style;
    return RESULT_OK;
}

const char *input_damage_words(const struct csv_style *style)
{
    return style->encoding == CSV_UTF8
               ? "这一行的文字编码坏了（文件是 "
                 "UTF-8，这里有残缺的字），可能没有复制完，请改正后再导入"
               : "这一行的文字编码坏了（有残缺的字），可能没有复制完，请改正后再导入";
}
