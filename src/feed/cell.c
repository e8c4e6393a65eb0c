#include "feed/cell.h"

#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "bundle/pairs.h"
#include "domain/duty.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const char ARROW[] = PAIRS_ARROW;

const char *cell_unmark(const char *text)
{
    const char *rest = text + strspn(text, "'");

    return *text == '\'' && *rest != '\0' && strchr("=+-@\t\r", *rest) != NULL ? text + 1 : text;
}

// ---- COPY

void cell_add_text(struct str *line, const char *text)
{
    for (;;) {
        size_t plain = strcspn(text, "\\\t\n\r");
        str_add_bytes(line, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        str_add_char(line, '\\');
        str_add_char(line, *text == '\\' ? '\\' : *text == '\t' ? 't' : *text == '\n' ? 'n' : 'r');
        text++;
    }
}

// ---- simple types

static const char *add_text(struct str *line, const char *text)
{
    if (!text_valid(text))
        return "不是 UTF-8 文字";
    cell_add_text(line, text);
    return NULL;
}

static const char *add_number(struct str *line, const char *text)
{
    int64_t value = 0;

    if (text_to_int(text, INT64_MIN, INT64_MAX, &value) != 0)
        return "不是整数";
    str_printf(line, "%lld", (long long)value);
    return NULL;
}

/** 64 bits without a sign. */
static const char *add_id(struct str *line, const char *text)
{
    errno = 0;
    if (!text_is_digits(text) || strlen(text) > NUMBER_TEXT ||
        (strtoull(text, NULL, 10) == ULLONG_MAX && errno != 0))
        return "不是编号";
    str_add(line, text);
    return NULL;
}

static const char *add_decimal(struct str *line, const char *text)
{
    enum { DIGITS = 30 };
    static const char digits[] = "0123456789";
    const char *whole = text + (*text == '-');
    size_t before = strspn(whole, digits);
    const char *point = whole + before;
    size_t after = *point == '.' ? strspn(point + 1, digits) : 0;

    if (before == 0 || before + after > DIGITS || (*point == '.' && after == 0) ||
        point[after > 0 ? after + 1 : 0] != '\0')
        return "不是数";
    str_add(line, text);
    return NULL;
}

static const char *add_flag(struct str *line, const char *text)
{
    if (strcmp(text, "1") != 0 && strcmp(text, "0") != 0)
        return "应是 1 或 0";
    str_add_char(line, *text == '1' ? 't' : 'f');
    return NULL;
}

static const char *add_date(struct str *line, const char *text)
{
    day_t day = 0;

    if (date_parse(text, &day) != 0)
        return "不是日期";
    str_add(line, text);
    return NULL;
}

static const char *add_month(struct str *line, const char *text)
{
    month_t month = 0;

    if (month_parse(text, &month) != 0)
        return "不是月份";
    str_printf(line, "%s-01", text);
    return NULL;
}

static const char *add_moment(struct str *line, const char *text)
{
    int64_t seconds = 0;

    if (date_parse_stamp(text, &seconds) != 0)
        return "不是时间";
    str_add(line, text);
    return NULL;
}

static const char *add_area(struct str *line, const char *text)
{
    if (strlen(text) != AREA_TEXT - 1 || !text_is_digits(text))
        return "不是12位区划代码";
    str_add(line, text);
    return NULL;
}

static const char *add_hex(struct str *line, const char *text)
{
    size_t length = strlen(text);

    if (length % 2 != 0 || strspn(text, "0123456789abcdef") != length)
        return "不是十六进制";
    str_printf(line, "\\\\x%s", text);
    return NULL;
}

/** States that figures are counted by: one that no view knows would vanish from all of them. */
static bool is_duty_state(const char *text)
{
    enum duty_state state = DUTY_PENDING;

    while (state <= DUTY_NOT_COUNTED && strcmp(duty_state_name(state), text) != 0)
        state++;
    return state <= DUTY_NOT_COUNTED;
}

// ---- lists

/** "a b c" as {a,b,c}. */
static const char *add_list(struct str *line, const char *text,
                            const char *(*add)(struct str *line, const char *text))
{
    const char *fault = NULL;
    const char *between = "{";

    while (fault == NULL && *text != '\0') {
        size_t length = strcspn(text, " ");
        struct str piece = {0};
        str_add_bytes(&piece, text, length);
        str_add(line, between);
        fault = add(line, str_text(&piece));
        str_free(&piece);
        text += length + (text[length] == ' ');
        between = ",";
    }
    str_add_char(line, '}');
    return fault;
}

static const char *add_dates(struct str *line, const char *text)
{
    return add_list(line, text, add_date);
}

static const char *add_ids(struct str *line, const char *text)
{
    return add_list(line, text, add_id);
}

// ---- pairs and changes

static void add_json_text(struct str *json, const struct str *text)
{
    str_add_char(json, '"');
    for (const char *at = str_text(text); *at != '\0'; at++)
        if (*at == '"' || *at == '\\')
            str_printf(json, "\\%c", *at);
        else if ((unsigned char)*at < ' ')
            str_printf(json, "\\u%04x", (unsigned)*at);
        else
            str_add_char(json, *at);
    str_add_char(json, '"');
}

/** Reads to the next of `ends` that is not escaped, without the escapes; returns its place. */
static const char *read_piece(const char *text, const char *ends, struct str *piece)
{
    size_t arrow = strlen(ARROW);

    str_clear(piece);
    while (*text != '\0') {
        bool at_arrow = strncmp(text, ARROW, arrow) == 0;
        if (*text == ARROW[0] ? at_arrow && ends[0] == ARROW[0] : strchr(ends, *text) != NULL)
            return text;
        if (*text == '\\' && text[1] != '\0') {
            text++;
            str_add_char(piece, *text == 'n' ? '\n' : *text);
        } else {
            str_add_char(piece, *text);
        }
        text++;
    }
    return text;
}

static const char *take_pair(struct str *json, const char **at, struct str *piece)
{
    const char *text = read_piece(*at, "=", piece);

    if (*text != '=')
        return "不是“名字=值”";
    add_json_text(json, piece);
    text = read_piece(text + 1, "|", piece);
    str_add_char(json, ':');
    add_json_text(json, piece);
    *at = text;
    return NULL;
}

static const char *take_change(struct str *json, const char **at, struct str *piece)
{
    const char ends[] = {ARROW[0], '\0'};
    const char *text = read_piece(*at, "=", piece);

    if (*text != '=')
        return "不是“名字=原值→新值”";
    str_add(json, "{\"name\":");
    add_json_text(json, piece);
    text = read_piece(text + 1, ends, piece);
    if (*text == '\0')
        return "不是“名字=原值→新值”";
    str_add(json, ",\"old\":");
    add_json_text(json, piece);
    text = read_piece(text + strlen(ARROW), "|", piece);
    str_add(json, ",\"new\":");
    add_json_text(json, piece);
    str_add_char(json, '}');
    *at = text;
    return NULL;
}

static const char *add_json(struct str *line, const char *text, const char *brackets,
                            const char *(*take)(struct str *, const char **, struct str *))
{
    struct str json = {0};
    struct str piece = {0};
    const char *fault = text_valid(text) ? NULL : "不是 UTF-8 文字";

    str_add_char(&json, brackets[0]);
    while (fault == NULL && *text != '\0') {
        fault = take(&json, &text, &piece);
        if (fault == NULL && *text == '|') {
            str_add_char(&json, ',');
            text++;
        }
    }
    str_add_char(&json, brackets[1]);
    cell_add_text(line, str_text(&json));
    str_free(&json);
    str_free(&piece);
    /* cppcheck-suppress returnDanglingLifetime ; the fault is a constant text */
    return fault;
}

static const char *add_pairs(struct str *line, const char *text)
{
    return add_json(line, text, "{}", take_pair);
}

static const char *add_changes(struct str *line, const char *text)
{
    return add_json(line, text, "[]", take_change);
}

const char *cell_add(struct str *line, const struct feed_column *column, const char *text)
{
    static const char *(*const types[])(struct str *, const char *) = {
        [DICTIONARY_TEXT] = add_text,       [DICTIONARY_NUMBER] = add_number,
        [DICTIONARY_DECIMAL] = add_decimal, [DICTIONARY_FLAG] = add_flag,
        [DICTIONARY_DATE] = add_date,       [DICTIONARY_DATES] = add_dates,
        [DICTIONARY_MONTH] = add_month,     [DICTIONARY_MOMENT] = add_moment,
        [DICTIONARY_ID] = add_id,           [DICTIONARY_IDS] = add_ids,
        [DICTIONARY_AREA] = add_area,       [DICTIONARY_HEX] = add_hex,
        [DICTIONARY_CODE] = add_text,       [DICTIONARY_PAIRS] = add_pairs,
        [DICTIONARY_CHANGES] = add_changes,
    };
    enum dictionary_type type = column->words->type;

    if (*text == '\0') {
        if (!column->required)
            str_add(line, "\\N");
        return !column->required || tables_is_text(type) ? NULL : "是空的";
    }
    if (strcmp(column->words->more, "duty_state") == 0 && !is_duty_state(text))
        return "不是应访的状态";
    return types[type](line, text);
}
