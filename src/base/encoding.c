#include "base/encoding.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>
#include <iconv.h>
#include <langinfo.h>
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { CHARSET_MAX = 32 };

// ---- what a name says

/** The encoding of "zh_CN.gbk@pinyin"; a name without a point may be one itself (LC_CTYPE=UTF-8
 *  comes from macOS). Letters and digits only, small, as names of encodings are compared. */
static void read_charset(const char *locale, char charset[CHARSET_MAX])
{
    const char *point = strchr(locale, '.');
    size_t length = 0;

    for (const char *at = point != NULL ? point + 1 : locale;
         *at != '\0' && *at != '@' && length + 1 < CHARSET_MAX; at++)
        if (isalnum((unsigned char)*at))
            charset[length++] = (char)tolower((unsigned char)*at);
    charset[length] = '\0';
}

/** True if the system can convert from it. */
static bool is_charset(const char *name)
{
    iconv_t converter = iconv_open("UTF-8", name);

    if (converter == (iconv_t)-1)
        return false;
    (void)iconv_close(converter);
    return true;
}

enum encoding_kind encoding_judge(const char *locale)
{
    static const struct {
        const char *charset;
        enum encoding_kind kind;
    } known[] = {
        {"utf8", ENCODING_UTF8},    {"gb18030", ENCODING_GB},         {"gbk", ENCODING_GB},
        {"gb2312", ENCODING_GB},    {"euccn", ENCODING_GB},           {"cp936", ENCODING_GB},
        {"ascii", ENCODING_UNSAID}, {"ansix341968", ENCODING_UNSAID}, {"usascii", ENCODING_UNSAID}};
    char charset[CHARSET_MAX];
    const char *point = strchr(locale, '.');

    read_charset(locale, charset);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (strcmp(charset, known[i].charset) == 0)
            return known[i].kind;
    if (point == NULL || charset[0] == '\0')
        return ENCODING_UNSAID;
    char *name = mem_copy_bytes(point + 1, strcspn(point + 1, "@"));
    bool other = is_charset(name);
    free(name);
    return other ? ENCODING_OTHER : ENCODING_UNSAID;
}

/** The variable that decides, as setlocale() would have it. */
static const char *asked_locale(const char **ret_variable)
{
    static const char *const variables[] = {"LC_ALL", "LC_CTYPE", "LANG"};

    for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++) {
        const char *value = getenv(variables[i]);
        *ret_variable = variables[i];
        if (value != NULL && value[0] != '\0')
            return value;
    }
    return "";
}

// ---- what is here

static bool take_one(const char *const names[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (setlocale(LC_CTYPE, names[i]) != NULL)
            return true;
    return false;
}

static bool take_utf8(void)
{
    static const char *const names[] = {"C.UTF-8", "zh_CN.UTF-8", "en_US.UTF-8"};

    return take_one(names, sizeof names / sizeof names[0]);
}

static bool take_gb18030(void)
{
    static const char *const names[] = {"zh_CN.GB18030", "zh_SG.GB18030"};

    return take_one(names, sizeof names / sizeof names[0]);
}

/** The kind of the environment's locale, which is set if the machine has it. */
static enum encoding_kind set_asked(const char *asked)
{
    const char *codeset = NULL;
    enum encoding_kind kind = ENCODING_UNSAID;

    if (setlocale(LC_CTYPE, "") == NULL)
        (void)setlocale(LC_CTYPE, "C"); /* an earlier one would stay */
    codeset = nl_langinfo(CODESET);
    kind = encoding_judge(codeset);
    if (strcmp(codeset, "ANSI_X3.4-1968") == 0)
        return encoding_judge(asked);
    return kind == ENCODING_UNSAID ? ENCODING_OTHER : kind;
}

static char *say_what_to_do(enum encoding_kind kind, const char *variable, const char *asked)
{
    if (kind == ENCODING_GB)
        return mem_printf("终端的编码是国标码（%s=%s），这台机器没有装。\n"
                          "请把终端的编码改为 UTF-8，或请系统管理员安装 zh_CN.GB18030。\n"
                          "The terminal's encoding is GB (%s=%s); this machine lacks it.\n"
                          "Set the terminal to UTF-8, or have zh_CN.GB18030 installed.",
                          variable, asked, variable, asked);
    if (kind == ENCODING_OTHER)
        return mem_printf("终端的编码（%s=%s）显示不了中文。\n"
                          "请把终端的编码改为 UTF-8，再设 %s=C.UTF-8。\n"
                          "The terminal's encoding (%s=%s) cannot show Chinese.\n"
                          "Set the terminal to UTF-8, and %s=C.UTF-8.",
                          variable, asked, variable, variable, asked, variable);
    return mem_copy("这台机器没有 UTF-8 的语言环境，请系统管理员安装 C.UTF-8。\n"
                    "This machine has no UTF-8 locale; have C.UTF-8 installed.");
}

bool encoding_set(char **ret_message)
{
    const char *variable = NULL;
    const char *asked = asked_locale(&variable);
    enum encoding_kind kind = set_asked(asked);
    const char *codeset = nl_langinfo(CODESET);
    bool fits = text_equal_nocase(codeset, "UTF-8") || text_equal_nocase(codeset, "GB18030");

    if (!fits && kind == ENCODING_GB)
        fits = take_gb18030();
    else if (!fits && kind != ENCODING_OTHER)
        fits = take_utf8();
    if (fits)
        return true;
    (void)take_utf8();
    if (ret_message != NULL)
        *ret_message = say_what_to_do(kind, variable, asked);
    return false;
}

char *encoding_words(const char *text)
{
    const char *variable = NULL;
    iconv_t converter = (iconv_t)-1;
    size_t left = strlen(text);
    size_t room = 2 * left + 1; /* GB18030 takes at most 4 bytes for 2 of UTF-8 */
    char *in = (char *)(uintptr_t)text;
    char *words = NULL;
    char *out = NULL;

    if (encoding_judge(asked_locale(&variable)) == ENCODING_GB)
        converter = iconv_open("GB18030", "UTF-8");
    if (converter == (iconv_t)-1)
        return mem_copy(text);
    words = mem_new(room);
    out = words;
    size_t done = iconv(converter, &in, &left, &out, &room);
    (void)iconv_close(converter);
    if (done == (size_t)-1) {
        free(words);
        return mem_copy(text);
    }
    *out = '\0';
    return words;
}
