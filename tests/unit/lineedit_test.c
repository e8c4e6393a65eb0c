#include "tui/kit/lineedit.h"

#include "base/random.h"
#include "base/text.h"
#include "tests/unit/tui_locale.h"
#include "tui/kit/keys.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void expect(struct lineedit *edit, int width, const char *shown, int cursor)
{
    struct lineedit_view view = lineedit_view(edit, width);
    struct str line = {0};

    str_printf(&line, "%s%s%s", view.left ? "<" : "", str_text(&view.text), view.right ? ">" : "");
    assert_string_equal(str_text(&line), shown);
    assert_int_equal(view.cursor, cursor);
    str_free(&line);
    str_free(&view.text);
}

static void test_editing(void **state)
{
    struct lineedit edit = {0};
    char *text;

    (void)state;
    assert_true(use_utf8());
    lineedit_set(&edit, "张三丰");
    assert_true(lineedit_key(&edit, K_BACKSPACE));
    assert_true(lineedit_key(&edit, K_LEFT));
    assert_true(lineedit_key(&edit, 'a'));
    text = lineedit_text(&edit);
    assert_string_equal(text, "张a三");
    free(text);
    assert_true(lineedit_key(&edit, K_CTRL('K')));
    expect(&edit, 10, "张a", 3);
    assert_true(lineedit_key(&edit, K_CTRL('U')));
    assert_int_equal(edit.count, 0);
    assert_false(lineedit_key(&edit, K_UP));
    assert_false(lineedit_key(&edit, K_ENTER));
    lineedit_free(&edit);
}

static void test_scrolling(void **state)
{
    struct lineedit edit = {0};

    (void)state;
    assert_true(use_utf8());
    lineedit_set(&edit, "一二三四五");
    expect(&edit, 11, "一二三四五", 10);
    expect(&edit, 8, "<三四五", 7);
    (void)lineedit_key(&edit, K_HOME);
    expect(&edit, 8, "一二三>", 0);
    (void)lineedit_key(&edit, K_END);
    (void)lineedit_key(&edit, K_BACKSPACE);
    (void)lineedit_key(&edit, K_BACKSPACE); /* what fits is shown from its start */
    expect(&edit, 8, "一二三", 6);
    lineedit_free(&edit);
}

static void test_clusters(void **state)
{
    struct lineedit edit = {0};

    (void)state;
    assert_true(use_utf8());
    assert_false(lineedit_insert(&edit, 0x301)); /* nothing to join */
    lineedit_set(&edit, "葛\xf3\xa0\x84\x80x");  /* 葛 with a variation selector */
    (void)lineedit_key(&edit, K_LEFT);
    (void)lineedit_key(&edit, K_BACKSPACE);
    expect(&edit, 10, "x", 0);
    lineedit_free(&edit);
}

static bool digits_only(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static void test_limits(void **state)
{
    struct lineedit edit = {.max_codes = 4, .max_bytes = 9};

    (void)state;
    assert_true(use_utf8());
    lineedit_set(&edit, "一二三四");
    assert_int_equal(edit.count, 3);
    assert_false(lineedit_insert(&edit, 'a'));
    lineedit_set(&edit, "abcde");
    assert_int_equal(edit.count, 4);
    edit.accept = digits_only;
    assert_false(lineedit_insert(&edit, 'a'));
    lineedit_set(&edit, "12");
    edit.secret = true;
    expect(&edit, 6, "**", 2);
    lineedit_free(&edit);
}

// ---- against a model: clusters as small strings, the cursor a number of clusters

enum { MODEL_MAX = 64, CLUSTER_MAX = 8 };

struct model {
    struct {
        uint32_t codes[CLUSTER_MAX];
        int count;
    } items[MODEL_MAX];
    int count, cursor;
};

static const uint32_t ALPHABET[] = {'a',     'z',  '9',   ' ',     0x4e00, 0x5f20,
                                    0x20bb7, 0xb7, 0x301, 0xe0100, 0x2014};

static void model_key(struct model *model, int key)
{
    if (key == K_LEFT && model->cursor > 0) {
        model->cursor--;
    } else if (key == K_RIGHT && model->cursor < model->count) {
        model->cursor++;
    } else if (key == K_HOME) {
        model->cursor = 0;
    } else if (key == K_END) {
        model->cursor = model->count;
    } else if ((key == K_BACKSPACE && model->cursor > 0) ||
               (key == K_DELETE && model->cursor < model->count)) {
        model->cursor -= key == K_BACKSPACE ? 1 : 0;
        memmove(&model->items[model->cursor], &model->items[model->cursor + 1],
                (size_t)(model->count - model->cursor - 1) * sizeof model->items[0]);
        model->count--;
    }
}

static bool model_insert(struct model *model, uint32_t code)
{
    if (text_width_code(code) == 0) {
        if (model->cursor == 0 || model->items[model->cursor - 1].count == CLUSTER_MAX)
            return false;
        model->items[model->cursor - 1].codes[model->items[model->cursor - 1].count++] = code;
        return true;
    }
    if (model->count == MODEL_MAX)
        return false;
    memmove(&model->items[model->cursor + 1], &model->items[model->cursor],
            (size_t)(model->count - model->cursor) * sizeof model->items[0]);
    model->items[model->cursor].codes[0] = code;
    model->items[model->cursor].count = 1;
    model->cursor++;
    model->count++;
    return true;
}

static void model_text(const struct model *model, int from, int to, struct str *text)
{
    char buffer[4];

    for (int i = from; i < to; i++)
        for (int j = 0; j < model->items[i].count; j++)
            str_add_bytes(text, buffer, (size_t)text_encode(model->items[i].codes[j], buffer));
}

static void compare(struct lineedit *edit, const struct model *model, int width)
{
    struct str whole = {0};
    struct str before = {0};
    char *text = lineedit_text(edit);
    struct lineedit_view view = lineedit_view(edit, width);
    const char *visible = str_text(&view.text);
    int columns = text_width(visible);

    model_text(model, 0, model->count, &whole);
    model_text(model, 0, model->cursor, &before);
    assert_string_equal(text, str_text(&whole));
    /* The screen: nothing sticks out, the cursor is inside, the text is a piece of the whole. */
    assert_true(view.start + columns + (view.right ? 1 : 0) <= width);
    assert_true(view.cursor >= view.start && view.cursor < width);
    assert_non_null(strstr(str_text(&whole), visible));
    if (!view.left && width >= 4) {
        assert_int_equal(view.cursor, text_width(str_text(&before)));
        assert_true(text_starts(str_text(&whole), visible));
    }
    if (!view.left && !view.right && width >= 4)
        assert_string_equal(str_text(&whole), visible);
    if (model->cursor < model->count && width >= 4)
        assert_true(view.cursor < view.start + columns); /* it stands on a visible character */
    str_free(&whole);
    str_free(&before);
    str_free(&view.text);
    free(text);
}

static void fuzz(int width, uint64_t seed, int steps)
{
    static const int keys[] = {K_LEFT, K_LEFT, K_RIGHT, K_HOME, K_END, K_BACKSPACE, K_DELETE};
    struct random random = {.state = seed};
    struct lineedit edit = {0};
    struct model model = {0};

    for (int i = 0; i < steps; i++) {
        if (random_below(&random, 2) == 0) {
            uint32_t code = ALPHABET[random_below(&random, sizeof ALPHABET / sizeof(uint32_t))];
            if (model_insert(&model, code))
                assert_true(lineedit_insert(&edit, code));
        } else {
            int key = keys[random_below(&random, sizeof keys / sizeof keys[0])];
            model_key(&model, key);
            assert_true(lineedit_key(&edit, key));
        }
        compare(&edit, &model, width);
    }
    lineedit_free(&edit);
}

static void test_fuzz_utf8(void **state)
{
    (void)state;
    assert_true(use_utf8());
    for (int width = LINEEDIT_MIN_WIDTH; width <= 12; width++)
        fuzz(width, (uint64_t)width, 5000);
}

static void test_fuzz_gb18030(void **state)
{
    (void)state;
    if (!use_gb18030())
        skip();
    for (int width = LINEEDIT_MIN_WIDTH; width <= 12; width++)
        fuzz(width, (uint64_t)width + 100, 5000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_editing),   cmocka_unit_test(test_scrolling),
        cmocka_unit_test(test_clusters),  cmocka_unit_test(test_limits),
        cmocka_unit_test(test_fuzz_utf8), cmocka_unit_test(test_fuzz_gb18030),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
