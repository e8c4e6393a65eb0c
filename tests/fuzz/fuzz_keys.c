/* The keyboard: bytes to characters, characters into a line. */
#include "tests/fuzz/fuzz.h"

#include "base/text.h"
#include "tui/kit/keys.h"
#include "tui/kit/lineedit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 60, MOST_CODES = 40, WIDTH_MAX = 20 };

void keys_begin(void)
{
    setlocale(LC_ALL, "C.UTF-8");
}

static void check_line(struct lineedit *edit, int width)
{
    struct lineedit_view view = lineedit_view(edit, width);
    char *text = lineedit_text(edit);
    const char *shown = str_text(&view.text);

    fuzz_expect(edit->cursor <= edit->count, "cursor behind the end");
    fuzz_expect(edit->count <= MOST_CODES && strlen(text) <= MOST_BYTES, "too long");
    fuzz_expect(text_valid(text), "no text");
    fuzz_expect(view.cursor >= 0 && view.cursor < width, "cursor in column %d of %d", view.cursor,
                width);
    fuzz_expect(view.start + text_width(shown) + (view.right ? 1 : 0) <= width,
                "\"%s\" in %d columns", shown, width);
    free(text);
    str_free(&view.text);
}

/** Characters above the last of Unicode cannot be typed: they stand for the other keys here. */
static int key_of(int code)
{
    static const int keys[] = {K_LEFT, K_RIGHT, K_HOME,   K_END,       K_UP,
                               K_TAB,  K_ESC,   K_DELETE, K_BACKSPACE, K_ENTER};

    return code >= '0' && code <= '9' ? keys[code - '0'] : code;
}

void keys_run(const uint8_t *bytes, size_t length)
{
    struct key_decoder decoder = {0};
    struct lineedit edit = {.max_codes = MOST_CODES, .max_bytes = MOST_BYTES};
    int width = LINEEDIT_MIN_WIDTH + (length > 0 ? bytes[0] % WIDTH_MAX : 0);
    char *text = fuzz_text(bytes, length);

    edit.secret = length > 1 && bytes[1] % 2 != 0;
    (void)key_named(text, strlen(text));
    for (size_t i = 0; i < length; i++) {
        int codes[KEY_DECODED_MAX];
        size_t count = key_decode(&decoder, bytes[i], codes);

        fuzz_expect(count <= KEY_DECODED_MAX, "%zu characters", count);
        for (size_t k = 0; k < count; k++) {
            (void)lineedit_key(&edit, key_of(codes[k]));
            check_line(&edit, width);
        }
    }
    lineedit_set(&edit, text);
    check_line(&edit, width);
    lineedit_free(&edit);
    free(text);
}
