#include "tui/kit/copy.h"

#include "base/mem.h"
#include "base/str.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool copy_possible(const char *type)
{
    /* the Linux console, real terminals and PuTTY have no clipboard for it; screen drops it */
    static const char *const without[] = {"linux", "vt", "putty", "screen", "ansi", "dumb", "con"};

    if (type == NULL)
        return false;
    for (size_t i = 0; i < sizeof without / sizeof without[0]; i++)
        if (strncmp(type, without[i], strlen(without[i])) == 0)
            return false;
    return true;
}

/** The text without what a terminal would obey. */
static void add_plain(struct str *plain, const char *text)
{
    for (; *text != '\0'; text++)
        if ((unsigned char)*text >= ' ' ? *text != 0x7f : (*text == '\t' || *text == '\n'))
            str_add_char(plain, *text);
}

char *copy_bytes(const char *text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    struct str plain = {0}, out = {0};

    add_plain(&plain, text);
    const unsigned char *bytes = (const unsigned char *)str_text(&plain);
    str_add(&out, "\033]52;c;");
    for (size_t i = 0; i < plain.length; i += 3) {
        size_t left = plain.length - i;
        uint32_t group = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? bytes[i + 2] : 0);
        str_add_char(&out, digits[group >> 18]);
        str_add_char(&out, digits[group >> 12 & 63]);
        str_add_char(&out, left > 1 ? digits[group >> 6 & 63] : '=');
        str_add_char(&out, left > 2 ? digits[group & 63] : '=');
    }
    str_add_char(&out, '\a');
    str_free(&plain);
    return str_take(&out);
}

bool copy_text(const char *text)
{
    if (!copy_possible(getenv("TERM")) || strlen(text) > COPY_MOST)
        return false;
    char *bytes = copy_bytes(text);
    size_t length = strlen(bytes), done = 0;

    while (done < length) {
        ssize_t written = write(STDOUT_FILENO, bytes + done, length - done);
        if (written <= 0)
            break;
        done += (size_t)written;
    }
    free(bytes);
    return done == length;
}
