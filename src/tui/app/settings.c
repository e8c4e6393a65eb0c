#include "tui/app/settings.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/text.h"
#include "tui/app/ownfiles.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILE_MOST = 64 * 1024 /* bytes */ };

/** The file's path; NULL if there is no place for it. New string. */
static char *path_of(const struct app *app, const char *name)
{
    const char *settings = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");

    if (app->own_files != NULL)
        return app->in_own_files ? mem_copy(name) : NULL;
    if (settings != NULL && settings[0] == '/')
        return mem_printf("%s/doudi/%s", settings, name);
    return home != NULL && home[0] == '/' ? mem_printf("%s/.config/doudi/%s", home, name) : NULL;
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

enum result settings_read(const struct app *app, const char *name, char **ret_text, char **ret_path)
{
    char *path = path_of(app, name);
    char *text = path == NULL ? NULL : read_whole(path);
    struct stat about;

    *ret_path = path;
    if (text != NULL) {
        *ret_text = text;
        return RESULT_OK;
    }
    return path != NULL && stat(path, &about) == 0 ? RESULT_INVALID : RESULT_NOTFOUND;
}

/** Makes the folder of the file and the one above it; where that fails, writing it says so. */
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

static enum result write_at(const struct app *app, const char *path, const char *text)
{
    struct str bytes = {0};
    enum result result;

    str_add(&bytes, text);
    make_folders(app, path);
    result = outfile_write(path, &bytes);
    str_free(&bytes);
    return result;
}

void settings_keep(const struct app *app, const char *name, const char *text)
{
    char *path = path_of(app, name);

    if (path != NULL)
        (void)write_at(app, path, text);
    free(path);
}

void settings_write(struct app *app, const char *name, const char *text, const char *done)
{
    char *path = path_of(app, name);

    if (path == NULL || write_at(app, path, text) != 0) {
        app_warn(app, "%s，但 %s 写不进去，下次登录又是原来的；请找系统管理员", done,
                 path == NULL ? name : path);
    } else {
        char *whole = ownfiles_whole(path);
        app_say(app, "%s，记在 %s", done, whole);
        free(whole);
    }
    free(path);
}
