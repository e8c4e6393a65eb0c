#include "form/systems.h"

#include "base/mem.h"
#include "base/text.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "systems"
#define VISIT "visit."

static const char ENDING[] = ".csv";

// ---- one file

/** Cuts the text behind the first comma off; NULL if there is none. */
static char *cut(char *text)
{
    char *comma = strchr(text, ',');

    if (comma == NULL)
        return NULL;
    *comma = '\0';
    return comma + 1;
}

static const char *take_column(struct system *system, char *value)
{
    char *what = cut(value);

    if (what == NULL || value[0] == '\0' || what[0] == '\0')
        return "栏目要写成“栏目,名称,字段”";
    if (strchr(what, ',') != NULL && what[0] != '=')
        return "一行只写一栏";
    if (system->column_count == SYSTEMS_COLUMNS)
        return "栏目太多";
    system->columns[system->column_count++] = (struct system_column){value, what};
    return NULL;
}

/** Takes a line; what is wrong with it, NULL if nothing is. */
static const char *take_line(struct system *system, char *line)
{
    char *value = cut(line);

    if (value == NULL || value[0] == '\0')
        return "要写成“名称,内容”";
    if (strcmp(line, "系统") == 0)
        system->name = value;
    else if (strcmp(line, "来源") == 0)
        system->source = value;
    else if (strcmp(line, "业务") == 0 && system->kind_count < SYSTEMS_KINDS)
        system->kinds[system->kind_count++] = value;
    else if (strcmp(line, "栏目") == 0)
        return take_column(system, value);
    else
        return "行首只能是 系统、来源、业务、栏目";
    return NULL;
}

enum result systems_parse(char *text, struct system *system, size_t *ret_line,
                          const char **ret_reason)
{
    char *at = text;

    *system = (struct system){.text = text, .source = ""};
    *ret_line = 0;
    *ret_reason = NULL;
    if (text[strspn(text, " \r\n")] == '\0')
        return RESULT_NOTFOUND;
    if (!text_valid(text))
        *ret_reason = "不是 UTF-8";
    while (*at != '\0' && *ret_reason == NULL) {
        size_t length = strcspn(at, "\r\n");
        char *next = at + length + (at[length] != '\0');
        next += at[length] == '\r' && *next == '\n';
        *ret_line += 1;
        at[length] = '\0';
        if (length > 0 && at[0] != '#')
            *ret_reason = take_line(system, at);
        at = next;
    }
    if (*ret_reason == NULL && (system->name == NULL || system->column_count == 0))
        *ret_reason = "没有写系统的名称，或者没有栏目";
    return *ret_reason == NULL ? RESULT_OK : RESULT_INVALID;
}

bool systems_takes(const struct system *system, const char *kind)
{
    for (size_t i = 0; i < system->kind_count; i++)
        if (strcmp(system->kinds[i], kind) == 0)
            return true;
    return system->kind_count == 0;
}

bool systems_asks_visit(const struct system *system)
{
    for (size_t i = 0; i < system->column_count; i++)
        if (strncmp(system->columns[i].what, VISIT, strlen(VISIT)) == 0)
            return true;
    return false;
}

// ---- the folders

/** A file's text, new string; NULL if it cannot be read or is too long. */
static char *read_text(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = mem_array(SYSTEMS_FILE + 1, 1);
    size_t length = file == NULL ? 0 : fread(text, 1, SYSTEMS_FILE, file);
    bool fine = file != NULL && ferror(file) == 0 && feof(file) != 0;

    if (file != NULL)
        (void)fclose(file);
    text[length] = '\0';
    if (fine && strlen(text) == length)
        return text;
    free(text);
    return NULL;
}

struct names {
    size_t count;
    char *items[2 * SYSTEMS_MOST];
};

static bool has_name(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/** Adds the names of the folder's files. */
static void add_names(struct names *names, const char *forms)
{
    char *folder = forms == NULL ? NULL : mem_printf("%s/" FOLDER, forms);
    DIR *directory = folder == NULL ? NULL : opendir(folder);
    const struct dirent *entry;

    while (directory != NULL && (entry = readdir(directory)) != NULL) {
        size_t length = strlen(entry->d_name);
        if (entry->d_name[0] != '.' && length > strlen(ENDING) &&
            strcmp(entry->d_name + length - strlen(ENDING), ENDING) == 0 &&
            names->count < 2 * SYSTEMS_MOST && !has_name(names, entry->d_name))
            names->items[names->count++] = mem_copy(entry->d_name);
    }
    if (directory != NULL)
        (void)closedir(directory);
    free(folder);
}

static int compare_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/** Where the file is: the office's, if there is one. New string. */
static char *path_of(const struct forms_folders *folders, const char *name)
{
    char *path =
        folders->office == NULL ? NULL : mem_printf("%s/" FOLDER "/%s", folders->office, name);
    FILE *file = path == NULL ? NULL : fopen(path, "re");

    if (file != NULL) {
        (void)fclose(file);
        return path;
    }
    free(path);
    return mem_printf("%s/" FOLDER "/%s", folders->shipped, name);
}

static enum result read_one(const struct forms_folders *folders, const char *name,
                            struct systems *systems, char **ret_error)
{
    char *path = path_of(folders, name);
    char *text = read_text(path);
    const char *reason = "读不了，或者太长";
    size_t line = 0;
    enum result result = RESULT_INVALID;

    if (text != NULL)
        result = systems_parse(text, &systems->items[systems->count], &line, &reason);
    if (result == RESULT_INVALID)
        *ret_error = mem_printf("%s:%zu：%s；请系统管理员改正", path, line, reason);
    if (result == 0)
        systems->count++;
    else
        free(text);
    free(path);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

enum result systems_read(const struct forms_folders *folders, struct systems **ret_systems,
                         char **ret_error)
{
    struct systems *systems = mem_new(sizeof *systems);
    struct names names = {0};
    enum result result = RESULT_OK;

    add_names(&names, folders->shipped);
    add_names(&names, folders->office);
    if (names.count > 1)
        qsort(names.items, names.count, sizeof names.items[0], compare_names);
    for (size_t i = 0; i < names.count; i++) {
        if (result == 0 && systems->count < SYSTEMS_MOST)
            result = read_one(folders, names.items[i], systems, ret_error);
        free(names.items[i]);
    }
    *ret_systems = systems;
    return result;
}

void systems_free(struct systems **systems)
{
    if (*systems == NULL)
        return;
    for (size_t i = 0; i < (*systems)->count; i++)
        free((*systems)->items[i].text);
    free(*systems);
    *systems = NULL;
}
