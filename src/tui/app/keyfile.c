#include "tui/app/keyfile.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "base/text.h"
#include "tui/app/ask.h"
#include "tui/app/keymap.h"
#include "tui/app/ownfiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 64 * 1024 /* bytes */ };

static const char NAME[] = "keys.conf";

/** The file's path; NULL if there is no place for it. New string. */
static char *path_of(const struct app *app)
{
    const char *settings = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (app->own_files != NULL)
        return app->in_own_files ? mem_copy(NAME) : NULL;
    if (settings != NULL && settings[0] == '/')
        return mem_printf("%s/doudi/%s", settings, NAME);
    return home != NULL && home[0] == '/' ? mem_printf("%s/.config/doudi/%s", home, NAME) : NULL;
}

/** Reads a file that is not too long; NULL = there is none that could be one. New string. */
static char *read_whole(const char *path)
{
    char *text = mem_array(FILE_MOST + 1, 1);
    FILE *file = fopen(path, "re");
    size_t length = file == NULL ? 0 : fread(text, 1, FILE_MOST, file);
    bool fine = file != NULL && ferror(file) == 0 && feof(file) != 0;

    if (file != NULL)
        (void)fclose(file);
    text[length] = '\0';
    if (fine && strlen(text) == length && text_valid(text))
        return text;
    free(text);
    return NULL;
}

void keyfile_load(struct app *app)
{
    char *path = path_of(app);
    char *text = path == NULL ? NULL : read_whole(path);
    struct stat about;
    char *fault = NULL;
    size_t count = 0;

    keymap_free(&app->keymap); /* another officer's */
    if (text != NULL && keymap_read(text, app->screens, &app->keymap, &count, &fault) != 0)
        app_warn(app, "按键文件 %s %s。文件没有采用，按键照旧", path, fault);
    else if (text == NULL && path != NULL && stat(path, &about) == 0)
        app_warn(app, "按键文件 %s 读不出来，要用 UTF-8 文字。文件没有采用，按键照旧", path);
    free(fault);
    free(text);
    free(path);
}

/** Makes the folders above the file; where that fails, writing it says so. */
static void make_folders(const struct app *app, const char *path)
{
    char *folder = mem_copy(path);
    char *last = strrchr(folder, '/');

    if (app->own_files == NULL && last != NULL) {
        *last = '\0';
        char *above = strrchr(folder, '/');
        if (above != NULL && above != folder) {
            *above = '\0';
            (void)mkdir(folder, S_IRWXU);
            *above = '/';
        }
        (void)mkdir(folder, S_IRWXU);
    }
    free(folder);
}

static void save(struct app *app)
{
    char *path = path_of(app);
    struct str bytes = {0};
    char *text = keymap_text(app->keymap);

    str_add(&bytes, text);
    if (path != NULL)
        make_folders(app, path);
    if (path == NULL || outfile_write(path, &bytes) != 0) {
        app_warn(app, "按键已换，但 %s 写不进去，下次登录又是原来的；请找系统管理员",
                 path == NULL ? NAME : path);
    } else {
        char *whole = ownfiles_whole(path);
        app_say(app, "按键已换，记在 %s", whole);
        free(whole);
    }
    str_free(&bytes);
    free(text);
    free(path);
}

static void ask(struct app *app, const struct action *action, const char *letters);

static void typed(struct app *app, void *arg, const char *answer)
{
    const struct action *action = arg;
    char *letters = text_clean_line(answer);
    char *fault = NULL;

    if (keymap_change(&app->keymap, app->screens, action, letters, &fault) == 0) {
        save(app);
    } else {
        ask(app, action, letters);
        app_warn(app, "%s", fault);
    }
    free(fault);
    free(letters);
}

static void ask(struct app *app, const struct action *action, const char *letters)
{
    char *title = mem_printf("“%s”的字母键，几个之间空一格；清空就没有", action->name);

    ask_text(app, title, letters, typed, (void *)(uintptr_t)action);
    free(title);
}

void keyfile_ask(struct app *app, const struct action *action)
{
    char *letters = keymap_letters(app->keymap, action);

    ask(app, action, letters);
    free(letters);
}
