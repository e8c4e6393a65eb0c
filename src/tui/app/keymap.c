#include "tui/app/keymap.h"

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "tui/app/app.h"
#include "tui/kit/keys.h"

#include <stdlib.h>
#include <string.h>

struct changed {
    const struct action *action;
    char *keys; /* owned: those that stay, and the letters */
};

struct keymap {
    struct changed *rows; /* owned */
    size_t count, capacity;
};

static struct changed *find(const struct keymap *map, const struct action *action)
{
    for (size_t i = 0; map != NULL && i < map->count; i++)
        if (map->rows[i].action == action)
            return &map->rows[i];
    return NULL;
}

const char *keymap_keys(const struct keymap *map, const struct action *action)
{
    const struct changed *changed = find(map, action);

    return changed == NULL ? action->keys : changed->keys;
}

// ---- which keys may be changed

static bool is_letter(int key)
{
    return (key_is_text(key) && key != ' ' && !(key >= '0' && key <= '9')) ||
           (key > 0 && key < ' ' && key != K_CTRL('I') && key != K_CTRL('M') && key != K_CTRL('['));
}

/** Adds those of the blank-separated names that are letters, or those that are not. */
static void add_some(struct str *text, const char *names, bool letters)
{
    while (*names != '\0') {
        size_t length = strcspn(names, " ");
        if (length > 0 && is_letter(key_named(names, length)) == letters)
            str_printf(text, "%s%.*s", text->length > 0 ? " " : "", (int)length, names);
        names += length;
        names += strspn(names, " ");
    }
}

char *keymap_letters(const struct keymap *map, const struct action *action)
{
    struct str text = {0};

    add_some(&text, keymap_keys(map, action), true);
    return str_take(&text);
}

static void set_keys(struct keymap *map, const struct action *action, const char *letters)
{
    struct changed *changed = find(map, action);
    struct str keys = {0};

    if (changed == NULL) {
        mem_grow((void **)&map->rows, map->count, &map->capacity, sizeof map->rows[0]);
        changed = &map->rows[map->count++];
        *changed = (struct changed){.action = action};
    }
    add_some(&keys, action->keys, false);
    add_some(&keys, letters, true);
    free(changed->keys);
    changed->keys = str_take(&keys);
}

/** NULL, or why these are no letters; new string. */
static char *check_letters(const char *letters)
{
    for (const char *name = letters; *name != '\0';) {
        size_t length = strcspn(name, " ");
        if (!is_letter(key_named(name, length)))
            return mem_printf("“%.*s”不能用，请用一个字母、符号或 ^加字母（如 ^P）", (int)length,
                              name);
        name += length;
        name += strspn(name, " ");
    }
    return NULL;
}

/** NULL, or with which other action the changed ones share a key on a screen; new string. */
static char *check_clashes(const struct keymap *map, const struct app_screens *screens)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct action *action = map->rows[i].action;
        char *letters = keymap_letters(map, action);
        char *fault = NULL;
        for (const char *name = letters; *name != '\0' && fault == NULL;) {
            size_t length = strcspn(name, " ");
            const struct screen_ops *ops = NULL;
            const struct action *other =
                action_sharing(screens, map, action, key_named(name, length), &ops);
            if (other != NULL)
                fault = mem_printf("“%s”的 %.*s 在“%s”画面上已是“%s”，请换一个", action->name,
                                   (int)length, name, ops->title, other->name);
            name += length;
            name += strspn(name, " ");
        }
        free(letters);
        if (fault != NULL)
            return fault;
    }
    return NULL;
}

// ---- a file

static const struct action *named(const struct app_screens *screens, const char *id)
{
    for (size_t i = 0; screens->all[i] != NULL; i++) {
        for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
            struct action_table table = action_table(screens->places, screens->all[i], nth);
            const struct action *rows = table.rows; /* NULL if there are none */
            for (size_t row = 0; row < table.count; row++)
                if (strcmp(rows[row].id, id) == 0)
                    return &rows[row];
        }
    }
    return NULL;
}

/** Takes a line; *ret_fault as keymap_read(). */
static void read_line(struct keymap *map, const struct app_screens *screens, char *line,
                      char **ret_fault)
{
    char *equals = strchr(line, '=');
    char *id = NULL;
    char *letters = NULL;
    const struct action *action;

    if (equals == NULL) {
        *ret_fault = mem_copy("应写成“编号 = 字母”");
        return;
    }
    *equals = '\0';
    id = text_trim(line);
    letters = text_trim(equals + 1);
    action = named(screens, id);
    if (action == NULL)
        *ret_fault = mem_printf("没有编号为“%s”的命令；用命令行的 F3 改键来写，不会错", id);
    else
        *ret_fault = check_letters(letters);
    if (*ret_fault == NULL)
        set_keys(map, action, letters);
    free(id);
    free(letters);
}

enum result keymap_read(const char *text, const struct app_screens *screens,
                        struct keymap **ret_map, size_t *ret_count, char **ret_fault)
{
    struct keymap *map = mem_new(sizeof *map);
    char *fault = NULL;
    size_t number = 0;

    while (*text != '\0' && fault == NULL) {
        size_t length = strcspn(text, "\n");
        char *whole = mem_copy_bytes(text, length);
        number++;
        if (whole[strspn(whole, " \t\r")] == '#') /* elsewhere # may be a key */
            whole[0] = '\0';
        char *line = text_clean_line(whole);
        if (line[0] != '\0')
            read_line(map, screens, line, &fault);
        free(whole);
        free(line);
        text += length + (text[length] == '\n' ? 1 : 0);
    }
    if (fault != NULL) {
        *ret_fault = mem_printf("第 %zu 行：%s", number, fault);
        free(fault);
    } else {
        *ret_fault = check_clashes(map, screens);
    }
    if (*ret_fault != NULL) {
        keymap_free(&map);
        return RESULT_INVALID;
    }
    *ret_count = map->count;
    *ret_map = map;
    return RESULT_OK;
}

enum result keymap_change(struct keymap **map, const struct app_screens *screens,
                          const struct action *action, const char *letters, char **ret_fault)
{
    struct keymap *changed = mem_new(sizeof *changed);

    for (size_t i = 0; *map != NULL && i < (*map)->count; i++)
        set_keys(changed, (*map)->rows[i].action, (*map)->rows[i].keys);
    *ret_fault = check_letters(letters);
    if (*ret_fault == NULL) {
        set_keys(changed, action, letters);
        *ret_fault = check_clashes(changed, screens);
    }
    if (*ret_fault != NULL) {
        keymap_free(&changed);
        return RESULT_INVALID;
    }
    keymap_free(map);
    *map = changed;
    return RESULT_OK;
}

char *keymap_text(const struct keymap *map)
{
    struct str text = {0};

    for (size_t i = 0; map != NULL && i < map->count; i++) {
        char *letters = keymap_letters(map, map->rows[i].action);
        str_printf(&text, "# %s\n%s = %s\n", map->rows[i].action->name, map->rows[i].action->id,
                   letters);
        free(letters);
    }
    return str_take(&text);
}

void keymap_free(struct keymap **map)
{
    if (*map == NULL)
        return;
    for (size_t i = 0; i < (*map)->count; i++)
        free((*map)->rows[i].keys);
    free((*map)->rows);
    free(*map);
    *map = NULL;
}
