#include "base/heading.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST = 24 };

char *heading_clean(const char *heading)
{
    char *cell = text_clean_cell(heading);
    char *code = text_clean_code(cell);

    free(cell);
    return code;
}

// ---- marks around a heading

/** Marks of required or important columns, and words for the same. */
static const char *const marks[] = {"*",      "★",    "☆",    "●",    "○",      "◎",     "◆",
                                    "◇",      "■",    "□",    "▲",    "△",      "※",     "#",
                                    "√",      ":",    ";",    ",",    "、",     "。",    "必填项",
                                    "选填项", "必填", "选填", "必录", "可选项", "可不填"};

static bool cut_start(char *text, const char *mark)
{
    size_t length = strlen(mark);

    if (!text_starts(text, mark) || text[length] == '\0')
        return false;
    memmove(text, text + length, strlen(text + length) + 1);
    return true;
}

static bool cut_end(char *text, const char *mark)
{
    size_t length = strlen(text);
    size_t cut = strlen(mark);

    if (cut >= length || strcmp(text + length - cut, mark) != 0)
        return false;
    text[length - cut] = '\0';
    return true;
}

/** Cuts a number before the heading: "1.", "2、", "①". */
static bool cut_number(char *text)
{
    size_t digits = strspn(text, "0123456789");
    uint32_t code = 0;
    size_t length = text_next(text, &code);

    if (digits > 0 && digits <= 2 && text[digits] == '.')
        length = digits + 1;
    else if (digits > 0 && digits <= 2 && text_starts(text + digits, "、"))
        length = digits + strlen("、");
    else if (code < 0x2460 || code > 0x2473)
        return false;
    if (text[length] == '\0')
        return false;
    memmove(text, text + length, strlen(text + length) + 1);
    return true;
}

static void cut_marks(char *text)
{
    bool cut = true;

    while (cut) {
        cut = cut_number(text);
        for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
            cut = cut_start(text, marks[i]) || cut_end(text, marks[i]) || cut;
    }
}

// ---- brackets

static size_t bracket_at(const char *text, const char *const brackets[])
{
    for (size_t i = 0; brackets[i] != NULL; i++)
        if (text_starts(text, brackets[i]))
            return strlen(brackets[i]);
    return 0;
}

/** Splits "身份证号(户主)" into the text outside the brackets and inside. An open bracket ends with
 *  the text. */
static void split_brackets(const char *text, struct str *outside, struct str *within)
{
    static const char *const open[] = {"(", "[", "【", "{", "<", "〔", "「", NULL};
    static const char *const close[] = {")", "]", "】", "}", ">", "〕", "」", NULL};
    int depth = 0;
    size_t length;

    for (; *text != '\0'; text += length) {
        size_t opens = bracket_at(text, open);
        size_t closes = bracket_at(text, close);
        length = opens > 0 ? opens : closes > 0 ? closes : 1;
        depth += opens > 0;
        if (opens == 0 && closes == 0)
            str_add_char(depth > 0 ? within : outside, *text);
        depth -= closes > 0 && depth > 0;
    }
}

// ---- readings

struct reading {
    heading_fn known;
    void *arg;
};

static bool ask(const struct reading *reading, const char *text)
{
    return *text != '\0' && reading->known(text, reading->arg);
}

static bool ask_joined(const struct reading *reading, const char *before, const char *behind)
{
    char *joined = mem_printf("%s%s", before, behind);
    bool known = ask(reading, joined);

    free(joined);
    return known;
}

/** Offers each side of "联系电话/手机号". */
static bool ask_sides(const struct reading *reading, const char *text)
{
    const char *slash = strchr(text, '/');
    bool known = false;

    if (slash == NULL)
        return false;
    char *before = mem_copy_bytes(text, (size_t)(slash - text));
    known = ask(reading, before) || ask(reading, slash + 1);
    free(before);
    return known;
}

/** `before` is the group's subject, "" if the heading stands alone. */
static bool ask_readings(const struct reading *reading, const char *before, const char *text)
{
    struct str outside = {0};
    struct str within = {0};
    char *whole = heading_clean(text);

    split_brackets(whole, &outside, &within);
    char *bare = str_take(&outside);
    char *note = str_take(&within);
    cut_marks(bare);
    cut_marks(note);
    bool known =
        ask_joined(reading, before, whole) || (*note != '\0' && ask_joined(reading, note, bare)) ||
        (*note != '\0' && ask_joined(reading, bare, note)) || ask_joined(reading, before, bare);
    if (!known && *before == '\0')
        known = ask_sides(reading, bare);
    free(whole);
    free(bare);
    free(note);
    return known;
}

/** The group's subject: 户主 of 户主信息, 紧急联系人 of 紧急联系人情况. */
static char *group_subject(const char *group)
{
    static const char *const words[] = {"基本信息", "基本情况", "信息", "情况", "资料"};
    struct str outside = {0};
    struct str within = {0};
    char *whole = heading_clean(group);

    split_brackets(whole, &outside, &within);
    str_free(&within);
    free(whole);
    char *subject = str_take(&outside);
    cut_marks(subject);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        (void)cut_end(subject, words[i]);
    return subject;
}

bool heading_read(const char *group, const char *heading, heading_fn known, void *arg)
{
    const struct reading reading = {.known = known, .arg = arg};
    char *subject = group_subject(group);
    bool found = *subject != '\0' && ask_readings(&reading, subject, heading);

    free(subject);
    return found || ask_readings(&reading, "", heading);
}

bool heading_looks(const char *text)
{
    struct str outside = {0};
    struct str within = {0};
    char *clean = heading_clean(text);

    split_brackets(clean, &outside, &within);
    str_free(&within);
    free(clean);
    char *bare = str_take(&outside);
    cut_marks(bare);
    size_t length = strlen(bare);
    size_t digit = strcspn(bare, "0123456789");
    bool looks = length > 0 && text_length(bare) <= LONGEST && strchr(bare, ':') == NULL &&
                 (digit == length || digit + 1 == length);
    free(bare);
    return looks;
}
