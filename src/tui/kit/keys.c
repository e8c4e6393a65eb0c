#include "tui/kit/keys.h"

#include "base/text.h"

#include <string.h>
#include <wchar.h>

static const struct {
    const char *name;
    int key;
    const char *label; /* the words on the keyboard; NULL = the name */
} NAMES[] = {
    {"Up", K_UP, "↑"},
    {"Down", K_DOWN, "↓"},
    {"Left", K_LEFT, "←"},
    {"Right", K_RIGHT, "→"},
    {"Home", K_HOME},
    {"End", K_END},
    {"PgUp", K_PGUP},
    {"PgDn", K_PGDN},
    {"Ins", K_INSERT},
    {"Del", K_DELETE},
    {"BS", K_BACKSPACE, "退格"},
    {"Enter", K_ENTER, "回车"},
    {"Esc", K_ESC},
    {"Tab", K_TAB},
    {"BackTab", K_BACKTAB, "Shift+Tab"},
    {"Space", ' ', "空格"},
    {"F1", K_F0 + 1},
    {"F2", K_F0 + 2},
    {"F3", K_F0 + 3},
    {"F4", K_F0 + 4},
    {"F5", K_F0 + 5},
    {"F6", K_F0 + 6},
    {"F7", K_F0 + 7},
    {"F8", K_F0 + 8},
    {"F9", K_F0 + 9},
    {"F10", K_F0 + 10},
    {"F11", K_F0 + 11},
    {"F12", K_F0 + 12},
};

void key_label(const char *name, size_t length, struct str *text)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
        if (NAMES[i].label != NULL && strlen(NAMES[i].name) == length &&
            strncmp(NAMES[i].name, name, length) == 0) {
            str_add(text, NAMES[i].label);
            return;
        }
    }
    if (length > 1 && *name == '^')
        str_printf(text, "Ctrl+%.*s", (int)(length - 1), name + 1);
    else
        str_printf(text, "%.*s", (int)length, name);
}

int key_named(const char *name, size_t length)
{
    char buffer[8];
    uint32_t code = 0;

    if (length == 0 || length >= sizeof buffer)
        return K_NONE;
    memcpy(buffer, name, length);
    buffer[length] = '\0';
    for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++)
        if (strcmp(buffer, NAMES[i].name) == 0)
            return NAMES[i].key;
    if (length == 2 && buffer[0] == '^')
        return K_CTRL(buffer[1]);
    if (text_decode(buffer, &code) == (int)length)
        return (int)code;
    return K_NONE;
}

bool key_among(const char *names, int key)
{
    while (*names != '\0') {
        size_t length = strcspn(names, " ");
        if (length > 0 && key_named(names, length) == key)
            return true;
        names += length;
        names += strspn(names, " ");
    }
    return false;
}

bool key_is_text(int key)
{
    return key >= ' ' && key < K_FIRST && !(key >= 0x7f && key < 0xa0);
}

/** True for a character of Unicode; the C library also decodes numbers beyond them. */
static bool is_character(wchar_t wide)
{
    return wide <= 0x10ffff && !(wide >= 0xd800 && wide <= 0xdfff);
}

size_t key_decode(struct key_decoder *decoder, unsigned char byte, int codes[KEY_DECODED_MAX])
{
    size_t count = 0;

    decoder->pending[decoder->length++] = (char)byte;
    while (decoder->length > 0) {
        mbstate_t state = {0};
        wchar_t wide = 0;
        size_t used = mbrtowc(&wide, decoder->pending, decoder->length, &state);
        bool incomplete = used == (size_t)-2;
        if (incomplete && decoder->length < sizeof decoder->pending)
            break;
        if (used == (size_t)-1 || incomplete || !is_character(wide)) {
            used = 1;
        } else {
            if (used == 0)
                used = 1; /* NUL */
            codes[count++] = (int)wide;
        }
        decoder->length -= used;
        memmove(decoder->pending, decoder->pending + used, decoder->length);
    }
    return count;
}
