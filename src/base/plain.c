#include "base/plain.h"

#include "base/mem.h"
#include "base/text.h"

#include <string.h>

enum {
    CODE_NEXT_LINE = 0x85,
    CODE_ARABIC_MARK = 0x61c,
    CODE_LEFT_MARK = 0x200e,
    CODE_RIGHT_MARK = 0x200f,
    CODE_LINE_SEPARATOR = 0x2028,
    CODE_PARAGRAPH_SEPARATOR = 0x2029,
    CODE_TURN_FIRST = 0x202a, /* embeddings and overrides */
    CODE_TURN_LAST = 0x202e,
    CODE_ISOLATE_FIRST = 0x2066,
    CODE_ISOLATE_LAST = 0x2069,
};

/** What a code point becomes in plain text: itself, a blank, a line break, or nothing. */
enum fate { FATE_SAME, FATE_BLANK, FATE_BREAK, FATE_DROP };

bool plain_is_turning(uint32_t code)
{
    return code == CODE_ARABIC_MARK || code == CODE_LEFT_MARK || code == CODE_RIGHT_MARK ||
           (code >= CODE_TURN_FIRST && code <= CODE_TURN_LAST) ||
           (code >= CODE_ISOLATE_FIRST && code <= CODE_ISOLATE_LAST);
}

static enum fate fate_of(const char *at, uint32_t code, enum plain kind)
{
    if (code == '\n' || code == '\t')
        return kind == PLAIN_LINES ? FATE_SAME : FATE_BLANK;
    if (code == '\r' && at[1] == '\n')
        return FATE_DROP;
    if (code == '\r' || code == CODE_NEXT_LINE || code == CODE_LINE_SEPARATOR ||
        code == CODE_PARAGRAPH_SEPARATOR)
        return kind == PLAIN_LINES ? FATE_BREAK : FATE_BLANK;
    if (code < 0x20 || (code >= 0x7f && code < 0xa0) || plain_is_turning(code))
        return FATE_DROP;
    return FATE_SAME;
}

/** Bytes of plain text at the beginning; usually the whole text. */
static size_t plain_span(const char *text, enum plain kind)
{
    const unsigned char *at = (const unsigned char *)text;
    uint32_t code;

    for (;;) {
        while (*at >= 0x20 && *at < 0x7f)
            at++;
        int length = text_decode((const char *)at, &code);
        if (length <= 0 || fate_of((const char *)at, code, kind) != FATE_SAME)
            return (size_t)((const char *)at - text);
        at += length;
    }
}

bool plain_is(const char *text, enum plain kind)
{
    return text[plain_span(text, kind)] == '\0';
}

void plain_add(struct str *to, const char *text, enum plain kind)
{
    for (;;) {
        size_t span = plain_span(text, kind);
        uint32_t code;

        str_add_bytes(to, text, span);
        text += span;
        int length = text_decode(text, &code);
        if (length == 0)
            return;
        enum fate fate = length < 0 ? FATE_DROP : fate_of(text, code, kind);
        if (fate != FATE_DROP)
            str_add_char(to, fate == FATE_BREAK ? '\n' : ' ');
        text += length < 0 ? 1 : length;
    }
}

char *plain_copy(const char *text, enum plain kind)
{
    struct str plain = {0};

    plain_add(&plain, text, kind);
    return str_take(&plain);
}

void plain_fill(char *buffer, size_t size, const char *text)
{
    struct str plain = {0};
    size_t length = 0;
    uint32_t code;

    plain_add(&plain, text, PLAIN_LINE);
    for (int bytes; (bytes = text_decode(str_text(&plain) + length, &code)) > 0;) {
        if (length + (size_t)bytes >= size)
            break;
        length += (size_t)bytes;
    }
    memcpy(buffer, str_text(&plain), length);
    buffer[length] = '\0';
    str_free(&plain);
}
