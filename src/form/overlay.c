#include "form/overlay.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "base/text.h"
#include "form/amounts.h"
#include "form/bank.h"
#include "form/indicators.h"
#include "form/rules.h"
#include "form/workdays.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCKS_FOLDER "blocks"

static bool is_yaml(const char *name)
{
    const char *dot = strrchr(name, '.');

    return dot != NULL && name[0] != '.' && strcmp(dot, ".yaml") == 0;
}

bool overlay_is_form(const char *name)
{
    return !text_starts(name, BANKS_FOLDER "/") && !text_starts(name, RULES_FOLDER "/") &&
           !text_starts(name, INDICATORS_FOLDER "/") && strcmp(name, "codes.yaml") != 0 &&
           strcmp(name, AMOUNTS_FILE) != 0 && strcmp(name, WORKDAYS_FILE) != 0 &&
           strcmp(name, INDICATORS_FILE) != 0;
}

static void add_name(struct overlay *overlay, const char *part, const char *name)
{
    overlay->names = mem_resize(overlay->names, overlay->count + 1, sizeof *overlay->names);
    overlay->names[overlay->count++] = *part != '\0' ? paths_join(part, name) : mem_copy(name);
}

static enum result refuse(const char *path, char **ret_error)
{
    *ret_error = mem_printf("%s:1：打不开表单文件夹：%s", path, strerror(errno));
    return RESULT_NOINPUT;
}

/* Adds the files of `part` of a folder, "" for itself, if it is there. */
static enum result add_folder(struct overlay *overlay, const char *folder, const char *part,
                              char **ret_error)
{
    char *path = *part != '\0' ? paths_join(folder, part) : mem_copy(folder);
    DIR *directory = opendir(path);
    enum result result = RESULT_OK;

    if (directory == NULL && errno != ENOENT)
        result = refuse(path, ret_error);
    free(path);
    if (directory == NULL)
        return result;
    for (struct dirent *entry = readdir(directory); entry != NULL; entry = readdir(directory))
        if (is_yaml(entry->d_name) || strcmp(entry->d_name, WORKDAYS_FILE) == 0)
            add_name(overlay, part, entry->d_name);
    (void)closedir(directory);
    return RESULT_OK;
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_names(struct overlay *overlay)
{
    size_t kept = 0;

    if (overlay->count > 0)
        qsort(overlay->names, overlay->count, sizeof *overlay->names, compare_names);
    for (size_t i = 0; i < overlay->count; i++)
        if (kept > 0 && strcmp(overlay->names[kept - 1], overlay->names[i]) == 0)
            free(overlay->names[i]);
        else
            overlay->names[kept++] = overlay->names[i];
    overlay->count = kept;
}

enum result overlay_open(const struct forms_folders *folders, struct overlay *overlay,
                         char **ret_error)
{
    static const char *const parts[] = {"", BLOCKS_FOLDER, BANKS_FOLDER, RULES_FOLDER,
                                        INDICATORS_FOLDER};
    enum result result = RESULT_OK;

    *overlay = (struct overlay){.folders = *folders};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && result == 0; i++)
        result = add_folder(overlay, folders->shipped, parts[i], ret_error);
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && result == 0; i++)
        if (folders->office != NULL)
            result = add_folder(overlay, folders->office, parts[i], ret_error);
    if (result == 0)
        sort_names(overlay);
    return result;
}

void overlay_close(struct overlay *overlay)
{
    for (size_t i = 0; i < overlay->count; i++)
        free(overlay->names[i]);
    free(overlay->names);
    *overlay = (struct overlay){0};
}

/* NULL if it is not there; one that only cannot be read is there. New string. */
static char *find_file(const char *folder, const char *name)
{
    char *path = folder != NULL ? paths_join(folder, name) : NULL;
    struct stat status;

    if (path != NULL && (lstat(path, &status) == 0 || (errno != ENOENT && errno != ENOTDIR)))
        return path;
    free(path);
    return NULL;
}

bool overlay_leaves_out(const struct overlay *overlay, const char *name)
{
    char *ours = find_file(overlay->folders.office, name);
    char *shipped = find_file(overlay->folders.shipped, name);
    struct stat status;
    bool empty = ours != NULL && shipped != NULL && overlay_is_form(name) &&
                 stat(ours, &status) == 0 && !S_ISDIR(status.st_mode) && status.st_size == 0;

    free(shipped);
    free(ours);
    return empty;
}

char *overlay_path(const struct overlay *overlay, const char *name)
{
    char *path =
        overlay_leaves_out(overlay, name) ? NULL : find_file(overlay->folders.office, name);

    return path != NULL ? path : paths_join(overlay->folders.shipped, name);
}

char *overlay_text(const struct overlay *overlay)
{
    struct str text = {0};

    for (size_t i = 0; i < overlay->count; i++) {
        char *ours = find_file(overlay->folders.office, overlay->names[i]);
        char *shipped = find_file(overlay->folders.shipped, overlay->names[i]);

        if (ours != NULL)
            str_printf(&text, "%s%s%s", text.length == 0 ? "" : "、", overlay->names[i],
                       shipped == NULL                                  ? "（新增）"
                       : overlay_leaves_out(overlay, overlay->names[i]) ? "（停用）"
                                                                        : "");
        free(shipped);
        free(ours);
    }
    char *found =
        text.length == 0 ? NULL : mem_printf("%s：%s", overlay->folders.office, str_text(&text));
    str_free(&text);
    return found;
}
