#include "base/name.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *const fault_words[] = {
    [NAME_FINE] = "",
    [NAME_LOST] = "里有问号或方框：存文件时丢了字，请另存为 CSV UTF-8 或 xlsx，或改成原字",
    [NAME_PRIVATE] = "里有自造字，别的电脑上显示不出来，请改成通用的字",
    [NAME_HIDDEN] = "被隐去了一部分（*），请填全名",
    [NAME_DIGIT] = "里有数字，请只填姓名；台账里的请核对是否错列",
};

/** All characters that stand for the dot between a name's parts. */
static bool is_dot(uint32_t code)
{
    static const uint32_t dots[] = {0xb7,   0x387,  0x16eb, 0x2022, 0x2024, 0x2027, 0x2219,
                                    0x22c5, 0x25cf, 0x2e31, 0x2e33, 0x30fb, 0xff65};

    for (size_t i = 0; i < sizeof dots / sizeof dots[0]; i++)
        if (dots[i] == code)
            return true;
    return false;
}

static bool is_private(uint32_t code)
{
    return (code >= 0xe000 && code <= 0xf8ff) || code >= 0xf0000;
}

/** A character of a Chinese name; a blank beside it is padding. */
static bool is_han(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff) ||
           (code >= 0x20000 && code <= 0x3ffff) || code == 0x3007 || is_private(code);
}

/** The written part of a name, and separators that wait for the next character. */
struct naming {
    struct str name;
    uint32_t last; /**< the last code point written, 0 at the start */
    bool blank;    /**< blanks wait */
    bool dot;      /**< a dot waits */
    bool point;    /**< a full stop waits; beside Chinese it is a dot */
};

static void add_code(struct naming *naming, uint32_t code, const char *text, size_t length)
{
    bool beside_han = is_han(naming->last) || is_han(code);
    bool dot = naming->dot || (naming->point && beside_han);

    if (naming->last != 0 && dot) {
        str_add(&naming->name, "·");
    } else if (naming->last != 0) {
        str_add(&naming->name, naming->point ? "." : "");
        str_add(&naming->name, naming->blank && !beside_han ? " " : "");
    }
    str_add_bytes(&naming->name, text, length);
    naming->last = code;
    naming->blank = naming->dot = naming->point = false;
}

char *name_clean(const char *text)
{
    struct naming naming = {0};
    char *clean = text_clean_cell(text);
    char *narrow = text_clean(clean);
    uint32_t code;
    size_t length;

    for (const char *at = narrow; (length = text_next(at, &code)) > 0; at += length)
        if (is_dot(code))
            naming.dot = true;
        else if (code == '.')
            naming.point = true;
        else if (text_is_blank(code))
            naming.blank = true;
        else
            add_code(&naming, code, at, length);
    if (naming.point && !naming.dot && naming.last != 0 && !is_han(naming.last))
        str_add_char(&naming.name, '.');
    free(narrow);
    free(clean);
    return str_take(&naming.name);
}

/** Characters of the name at the start of the text, up to a blank. */
static size_t han_span(const char *text, size_t *ret_bytes)
{
    size_t count = 0;
    uint32_t code;
    size_t length;
    const char *at = text;

    for (; (length = text_next(at, &code)) > 0 && !text_is_blank(code); at += length)
        count += is_han(code);
    *ret_bytes = (size_t)(at - text);
    return count;
}

char *name_list(const char *text)
{
    static const char blanks[] = " \t\r\n\v\f";
    struct str names = {0};
    char *clean = text_clean(text);
    size_t before = 0;
    size_t bytes;

    for (const char *at = clean; *at != '\0'; at += bytes + strspn(at + bytes, blanks)) {
        size_t count = han_span(at, &bytes);
        str_add(&names, before >= 2 && count >= 2 ? "、" : " ");
        str_add_bytes(&names, at, bytes);
        before = count;
    }
    free(clean);
    char *joined = str_take(&names);
    char *list = name_clean(joined);
    free(joined);
    return list;
}

enum name_fault name_check(const char *name)
{
    enum { LONGEST_RUN = 4 };
    size_t digits = 0; /* consecutive */
    size_t others = 0;
    uint32_t code;
    size_t length;

    for (; (length = text_next(name, &code)) > 0; name += length) {
        if (code == '?' || code == 0xfffd || code == 0x25a0 || code == 0x25a1 || code == 0x3013)
            return NAME_LOST;
        if (is_private(code))
            return NAME_PRIVATE;
        if (code == '*')
            return NAME_HIDDEN;
        digits = code >= '0' && code <= '9' ? digits + 1 : 0;
        others += digits == 0;
        if (digits > LONGEST_RUN)
            return NAME_DIGIT;
    }
    return digits > 0 && others == 0 ? NAME_DIGIT : NAME_FINE;
}

const char *name_words(enum name_fault fault)
{
    return fault_words[fault];
}
