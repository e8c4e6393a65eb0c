#include "domain/area.h"

#include <string.h>

enum { AREA_DIGITS = AREA_TEXT - 1 };

static const struct {
    const char *name;
    size_t digits; /**< digits in use */
} levels[] = {
    [AREA_NONE] = {"", 0},         [AREA_PROVINCE] = {"province", 2},
    [AREA_CITY] = {"city", 4},     [AREA_COUNTY] = {"county", 6},
    [AREA_STREET] = {"street", 9}, [AREA_VILLAGE] = {"village", 12},
};

enum { LEVELS = sizeof levels / sizeof *levels };

static bool is_level_length(size_t length)
{
    for (int level = AREA_PROVINCE; level < LEVELS; level++)
        if (levels[level].digits == length)
            return true;
    return false;
}

/** The deepest level with a digit other than 0. Zeros in the middle are fine: some cities have
 *  streets but no counties (441900003000). */
static enum area_level padded_level(const char code[AREA_TEXT])
{
    int level = AREA_VILLAGE;

    while (level > AREA_NONE &&
           strspn(code + levels[level - 1].digits, "0") == AREA_DIGITS - levels[level - 1].digits)
        level--;
    return (enum area_level)level;
}

enum result area_parse(const char *text, char code[AREA_TEXT])
{
    size_t length = strlen(text);

    if (!is_level_length(length) || strspn(text, "0123456789") != length ||
        strncmp(text, "00", 2) == 0)
        return RESULT_INVALID;
    memmove(code, text, length);
    memset(code + length, '0', AREA_DIGITS - length);
    code[AREA_DIGITS] = '\0';
    return RESULT_OK;
}

enum area_level area_level(const char *code)
{
    char padded[AREA_TEXT];

    return area_parse(code, padded) != 0 ? AREA_NONE : padded_level(padded);
}

const char *area_level_name(enum area_level level)
{
    return levels[level].name;
}

enum area_level area_level_parse(const char *name)
{
    for (int level = AREA_PROVINCE; level < LEVELS; level++)
        if (strcmp(levels[level].name, name) == 0)
            return (enum area_level)level;
    return AREA_NONE;
}

void area_prefix(const char *code, char prefix[AREA_TEXT])
{
    enum area_level level = area_level(code);
    size_t length = level != AREA_NONE ? levels[level].digits : strnlen(code, AREA_DIGITS);

    memmove(prefix, code, length);
    prefix[length] = '\0';
}

void area_ancestor(const char *code, enum area_level level, char ancestor[AREA_TEXT])
{
    char padded[AREA_TEXT];

    if (level == AREA_NONE || area_parse(code, padded) != 0 || padded_level(padded) < level) {
        ancestor[0] = '\0';
        return;
    }
    memset(padded + levels[level].digits, '0', AREA_DIGITS - levels[level].digits);
    memcpy(ancestor, padded, AREA_TEXT);
}

bool area_contains(const char *outer, const char *inner)
{
    char outer_code[AREA_TEXT], inner_code[AREA_TEXT];

    if (outer[0] == '\0')
        return true;
    if (area_parse(outer, outer_code) != 0 || area_parse(inner, inner_code) != 0)
        return false;
    return strncmp(outer_code, inner_code, levels[padded_level(outer_code)].digits) == 0;
}
