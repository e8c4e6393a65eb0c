#include "tui/screens/askpath.h"

#include "base/mem.h"
#include "base/text.h"
#include "tui/app/action.h"
#include "tui/app/ownfiles.h"
#include "tui/kit/canvas.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES = 10, COLUMNS = 72 };

// ---- as typed

static char *without_quotes(const char *text)
{
    size_t length = strlen(text);

    if (text[0] != '\'' && text[0] != '"')
        return mem_copy(text);
    bool closed =
        length >= 2 && text[length - 1] == text[0]; /* false while it is still being typed */
    return mem_copy_bytes(text + 1, length - (closed ? 2 : 1));
}

static int hex_value(char digit)
{
    static const char digits[] = "0123456789abcdef";
    const char *found = digit != '\0' ? strchr(digits, digit | 0x20) : NULL;

    return found != NULL ? (int)(found - digits) : -1;
}

/** "file:///tmp/a%20b" */
static char *of_uri(const char *text)
{
    static const char scheme[] = "file://";
    struct str path = {0};

    for (text += strlen(scheme); *text != '\0'; text++) {
        int high = *text == '%' ? hex_value(text[1]) : -1;
        int low = high >= 0 ? hex_value(text[2]) : -1;
        str_add_char(&path, low >= 0 ? (char)(high * 16 + low) : *text);
        text += low >= 0 ? 2 : 0;
    }
    return str_take(&path);
}

/** Removes a shell's backslashes ("a\ b"), unless a file has that very name. */
static char *without_backslashes(char *text)
{
    struct str path = {0};

    if (strchr(text, '\\') == NULL || access(text, F_OK) == 0)
        return text;
    for (const char *at = text; *at != '\0'; at++) {
        at += *at == '\\' && at[1] != '\0' ? 1 : 0;
        str_add_char(&path, *at);
    }
    free(text);
    return str_take(&path);
}

char *askpath_typed(const char *typed)
{
    char *trimmed = text_trim(typed);
    char *path = text_starts(trimmed, "file:///") ? of_uri(trimmed) : without_quotes(trimmed);
    const char *home = getenv("HOME");

    free(trimmed);
    path = without_backslashes(path);
    if (path[0] == '~' && (path[1] == '\0' || path[1] == '/') && home != NULL) {
        char *whole = mem_printf("%s%s", home, path + 1);
        free(path);
        path = whole;
    }
    return path;
}

// ---- what could stand there

struct names {
    size_t count, capacity;
    char **items;
};

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_name(struct names *names, const char *folder, const char *name)
{
    struct stat about;
    char *path = mem_printf("%s%s", folder, name);
    bool inner = stat(path, &about) == 0 && S_ISDIR(about.st_mode);

    mem_grow((void **)&names->items, names->count, &names->capacity, sizeof names->items[0]);
    names->items[names->count++] = mem_printf("%s%s", name, inner ? "/" : "");
    free(path);
}

/** Lists names in `folder` that begin with `beginning`; hidden ones only if it begins with a
 *  dot. */
static void list_names(const char *folder, const char *beginning, struct names *names)
{
    DIR *open = opendir(folder[0] == '\0' ? "." : folder);
    const struct dirent *entry;

    while (open != NULL && (entry = readdir(open)) != NULL)
        if (text_starts(entry->d_name, beginning) && text_valid(entry->d_name) &&
            !text_has_control(entry->d_name) && (entry->d_name[0] != '.' || beginning[0] == '.'))
            add_name(names, folder, entry->d_name);
    if (open != NULL)
        (void)closedir(open);
    if (names->count > 0)
        qsort(names->items, names->count, sizeof names->items[0], compare_names);
}

/** The length of the common beginning of all names, in bytes of whole characters. */
static size_t alike(const struct names *names)
{
    const char *first = names->items[0];
    const char *last =
        names->items[names->count - 1]; /* names are sorted: first and last differ most */
    size_t length = 0;

    while (first[length] != '\0' && first[length] == last[length])
        length++;
    while (length > 0 && ((unsigned char)first[length] & 0xC0) == 0x80)
        length--;
    return length;
}

static char *complete(const char *folder, const struct names *names)
{
    struct str path = {0};

    str_add(&path, folder);
    str_add_bytes(&path, names->items[0], alike(names));
    return str_take(&path);
}

char *askpath_complete(const char *typed, size_t most, struct str *ret_names)
{
    char *path = askpath_typed(typed);
    const char *slash = strrchr(path, '/');
    char *folder = mem_copy_bytes(path, slash == NULL ? 0 : (size_t)(slash - path) + 1);
    struct names names = {0};

    list_names(folder, path + strlen(folder), &names);
    for (size_t i = 0; i < names.count && i < most; i++)
        str_printf(ret_names, "%s\n", names.items[i]);
    if (names.count > most)
        str_printf(ret_names, "另有 %zu 个没有列出\n", names.count - most);
    char *whole = names.count > 0 ? complete(folder, &names) : mem_copy(typed);
    for (size_t i = 0; i < names.count; i++)
        free(names.items[i]);
    free(names.items);
    free(folder);
    free(path);
    return whole;
}

// ---- the window

struct path_screen {
    struct screen screen;
    char *title;
    struct lineedit edit;
    struct str names;
    ask_answer answer;
    void *arg;
};

static struct path_screen *path_of(struct screen *screen)
{
    return (struct path_screen *)screen;
}

static void list_below(struct path_screen *path)
{
    char *typed = lineedit_text(&path->edit);

    str_clear(&path->names);
    if (ownfiles_is_name(path->screen.app, typed))
        free(askpath_complete(typed, NAMES, &path->names));
    free(typed);
}

static void path_paint(struct screen *screen, struct canvas *canvas)
{
    struct path_screen *path = path_of(screen);
    const char *name = str_text(&path->names);

    for (int y = 3; *name != '\0' && y < canvas->rows - 1; y++) {
        char *line = mem_copy_bytes(name, strcspn(name, "\n"));
        (void)draw_text(canvas, y, 0, canvas->columns, line, STYLE_PLAIN);
        name += strlen(line) + 1;
        free(line);
    }
    (void)draw_text(canvas, canvas->rows - 1, 0, canvas->columns,
                    "Tab 补全    回车 确定    Esc 取消", STYLE_FAINT);
    ask_paint_line(canvas, path->title, &path->edit);
}

static void path_size(const struct screen *screen, int *rows, int *columns)
{
    (void)screen;
    *rows = NAMES + 7;
    *columns = COLUMNS + 4;
}

static bool path_key(struct screen *screen, int key)
{
    bool taken = lineedit_key(&path_of(screen)->edit, key);

    if (taken && !screen->app->pasting)
        list_below(path_of(screen));
    return taken;
}

static void path_done(struct screen *screen)
{
    struct path_screen *path = path_of(screen);

    lineedit_free(&path->edit);
    str_free(&path->names);
    free(path->title);
    free(path);
}

void ask_path(struct app *app, const char *title, const char *initial, ask_answer answer, void *arg)
{
    struct path_screen *path = mem_new(sizeof *path);

    path->screen.ops = &ASK_PATH_OPS;
    path->screen.app = app;
    path->title = mem_copy(title);
    path->answer = answer;
    path->arg = arg;
    lineedit_set(&path->edit, initial);
    list_below(path);
    app_push(app, &path->screen);
}

static void ask_path_complete(struct app *app)
{
    struct path_screen *path = path_of(app->top);
    char *typed = lineedit_text(&path->edit);
    struct str names = {0};

    if (ownfiles_is_name(app, typed)) {
        char *whole = askpath_complete(typed, 0, &names);
        lineedit_set(&path->edit, whole);
        list_below(path);
        free(whole);
    }
    str_free(&names);
    free(typed);
}

/** Goes into a folder; answers a file. */
static void ask_path_accept(struct app *app)
{
    struct path_screen *path = path_of(app->top);
    char *typed = lineedit_text(&path->edit);
    char *whole = askpath_typed(typed);
    struct stat about;
    ask_answer answer = path->answer;
    void *arg = path->arg;

    if (whole[0] == '\0') {
        app_warn(app, "请打文件名，Tab 补全");
    } else if (!ownfiles_allow(app, whole)) {
        /* said */
    } else if (stat(whole, &about) != 0) {
        app_warn(app, "没有这个文件：%s，请核对文件名", whole);
    } else if (S_ISDIR(about.st_mode)) {
        char *inner = mem_printf("%s%s", whole, whole[strlen(whole) - 1] == '/' ? "" : "/");
        lineedit_set(&path->edit, inner);
        list_below(path);
        free(inner);
    } else {
        app_pop(app);
        answer(app, arg, whole);
    }
    free(whole);
    free(typed);
}

// ---- keys

static const struct action ACTIONS[] = {
    {"path.accept", "确定", "Enter", "用这个文件；文件夹就进去", NULL, ask_path_accept},
    {"path.complete", "补全", "Tab", "补全文件名", NULL, ask_path_complete},
};

const struct screen_ops ASK_PATH_OPS = {
    .title = "文件",
    .section = "选择和输入窗口",
    .is = SCREEN_TYPED | SCREEN_INPUT,
    .modal = true,
    .paint = path_paint,
    .size = path_size,
    .key = path_key,
    .done = path_done,
    .actions = {ACTION_TABLE(ACTIONS)},
};
