/**
 * An officer's own keys: what a file may say, and what is refused with its line.
 */
#include "tui/app/keymap.h"

#include "tui/app/app.h"
#include "tui/kit/keys.h"
#include "tui/screens/screens.h"
#include "unit.h"

#include <stdlib.h>

static struct app_screens all_screens(void)
{
    return (struct app_screens){.places = &SCREENS_PLACES, .all = screens_all()};
}

static const struct action *action_called(const char *id)
{
    const struct action **actions = screens_actions(screens_all());
    const struct action *found = NULL;

    for (size_t i = 0; actions[i] != NULL; i++)
        if (strcmp(actions[i]->id, id) == 0)
            found = actions[i];
    free(actions);
    assert_non_null(found);
    return found;
}

static const struct {
    const char *text;
    const char *fault; /* part of the words; NULL = it is taken */
    size_t count;
} FILES[] = {
    {"", NULL, 0},
    {"# nothing\n\n   \n", NULL, 0},
    {"due.phone = v\n", NULL, 1},
    {"\t due.phone=v ^P \r\n# and\ndue.unmet =\n", NULL, 2},
    {"due.phone = x\ndue.unmet = d\n", NULL, 2}, /* exchanged */
    {"due.phone = x\n", "“电话”的 x 在“应访清单”画面上已是“未见到”", 0},
    {"due.phone = j\n", "“应访清单”画面上已是“下”", 0}, /* a key of every list */
    {"due.phone = q\n", "已是“返回”", 0},
    {"due.phone = ：\n", "已是“命令”", 0},
    {"\ndue.phone = F2\n", "第 2 行：“F2”不能用", 0},
    {"due.phone = 5\n", "“5”不能用", 0},
    {"due.phone = Space\n", "“Space”不能用", 0},
    {"due.phone = ^M\n", "“^M”不能用", 0},
    {"due.phone = oo\n", "“oo”不能用", 0},
    {"due.phone o\n", "第 1 行：应写成", 0},
    {"\n\nnothing.here = o\n", "第 3 行：没有编号为“nothing.here”的命令", 0},
};

static void test_files(void **state)
{
    const struct app_screens screens = all_screens();

    (void)state;
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++) {
        struct keymap *map = NULL;
        char *fault = NULL;
        size_t count = 0;
        enum result result = keymap_read(FILES[i].text, &screens, &map, &count, &fault);
        if ((result == 0) != (FILES[i].fault == NULL) || count != FILES[i].count ||
            (fault != NULL && strstr(fault, FILES[i].fault) == NULL))
            fail_msg("%s: %d, %zu, %s", FILES[i].text, result, count, fault);
        keymap_free(&map);
        free(fault);
    }
}

/** F-keys and 回车 stay; the letters are the file's and no others. */
static void test_letters_change_and_others_stay(void **state)
{
    const struct app_screens screens = all_screens();
    const struct action *record = action_called("due.record");
    struct keymap *map = NULL;
    char *fault = NULL;
    char *text;
    size_t count = 0;

    (void)state;
    assert_string_equal(keymap_keys(NULL, record), record->keys);
    assert_int_equal(keymap_change(&map, &screens, record, "v ^P", &fault), 0);
    assert_string_equal(keymap_keys(map, record), "F2 Enter v ^P");
    assert_ptr_equal(action_find_on(&SCREENS_PLACES, map, screens.all[1], 'v'), record);
    assert_ptr_equal(action_find_on(&SCREENS_PLACES, map, screens.all[1], K_CTRL('P')), record);
    assert_null(action_find_on(&SCREENS_PLACES, NULL, screens.all[1], 'v'));
    text = keymap_text(map);
    keymap_free(&map);
    assert_int_equal(keymap_read(text, &screens, &map, &count, &fault), 0);
    assert_string_equal(keymap_keys(map, record), "F2 Enter v ^P");
    free(text);

    assert_int_equal(keymap_change(&map, &screens, record, "x", &fault), RESULT_INVALID);
    assert_string_equal(keymap_keys(map, record), "F2 Enter v ^P"); /* it stays */
    free(fault);
    assert_int_equal(keymap_change(&map, &screens, record, "", &fault), 0);
    assert_string_equal(keymap_keys(map, record), "F2 Enter");
    keymap_free(&map);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_letters_change_and_others_stay),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
