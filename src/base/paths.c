#include "base/paths.h"

#include "base/mem.h"

#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool is_set(const char *value)
{
    return value != NULL && value[0] != '\0';
}

char *paths_self(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path);
    return length > 0 && (size_t)length < sizeof path ? mem_copy_bytes(path, (size_t)length) : NULL;
}

/* The running program's folder; NULL if /proc does not tell. New string. */
static char *program_directory(void)
{
    char *path = paths_self();
    char *slash = path != NULL ? strrchr(path, '/') : NULL;
    if (slash != NULL)
        *slash = '\0';
    return path;
}

/* `name` in `folder` beside the program ("" for its own folder), NULL if it is missing. */
static char *beside_program(const char *folder, const char *name)
{
    char *directory = program_directory();
    if (directory == NULL)
        return NULL;
    char *path = mem_printf("%s%s/%s", directory, folder, name);
    free(directory);
    if (access(path, F_OK) == 0)
        return path;
    free(path);
    return NULL;
}

char *paths_data(const char *name)
{
    const char *override = getenv("DOUDI_DATADIR");
    if (is_set(override))
        return paths_join(override, name);
    char *path = beside_program("/data", name);
    return path != NULL ? path : paths_join(PKGDATADIR, name);
}

char *paths_office(const char *name)
{
    const char *override = getenv("DOUDI_CONFDIR");
    if (is_set(override))
        return paths_join(override, name);
    /* Programs of a build tree, and tests, do not read what belongs to the machine. */
    char *installed = paths_join(PKGDATADIR, name);
    char *data = paths_data(name);
    char *path = strcmp(data, installed) == 0 ? paths_join(CONFDIR, name) : NULL;
    free(data);
    free(installed);
    return path;
}

char *paths_program(const char *name)
{
    const char *override = getenv("DOUDI_BINDIR");
    if (is_set(override))
        return paths_join(override, name);
    char *path = beside_program("", name);
    return path != NULL ? path : paths_join(SBINDIR, name);
}

char *paths_absolute(const char *path)
{
    char current[PATH_MAX];
    if (path[0] == '/' || getcwd(current, sizeof current) == NULL)
        return mem_copy(path);
    return paths_join(current, path);
}

char *paths_home(const char *option)
{
    if (option != NULL)
        return paths_absolute(option);
    const char *home = getenv("DOUDI_HOME");
    if (is_set(home))
        return paths_absolute(home);
    if (access(PATHS_SYSTEM_HOME, F_OK) == 0)
        return mem_copy(PATHS_SYSTEM_HOME);
    const char *data = getenv("XDG_DATA_HOME");
    if (is_set(data) && data[0] == '/')
        return paths_join(data, "doudi");
    const char *user = getenv("HOME");
    return paths_join(is_set(user) ? user : "", ".local/share/doudi");
}

char *paths_real(const char *path)
{
    char *real = realpath(path, NULL);
    if (real != NULL || errno != ENOENT)
        return real;
    char *folder = mem_copy(path);
    char *name = mem_copy(path);
    char *parent = realpath(dirname(folder), NULL);
    if (parent != NULL)
        real = paths_join(parent, basename(name));
    free(parent);
    free(name);
    free(folder);
    return real;
}

static bool folder_is_private(const char *folder)
{
    struct stat status;
    if (stat(folder, &status) != 0)
        return false;
    bool ours = status.st_uid == 0 || status.st_uid == geteuid();
    bool closed = (status.st_mode & (S_IWGRP | S_IWOTH)) == 0 || (status.st_mode & S_ISVTX) != 0;
    return ours && closed;
}

bool paths_is_private(const char *path, char **ret_culprit)
{
    char *folder = paths_real(path);
    struct stat status;
    if (folder != NULL && stat(folder, &status) != 0 && errno == ENOENT)
        dirname(folder); /* drops its last part */
    bool root = false;
    while (folder != NULL && folder_is_private(folder) && !(root = strcmp(folder, "/") == 0))
        dirname(folder);
    if (!root)
        *ret_culprit = mem_copy(folder != NULL ? folder : path);
    free(folder);
    return root;
}

uint64_t paths_free_bytes(const char *path)
{
    struct statvfs disk;
    char *copy = mem_copy(path);
    bool known =
        statvfs(path, &disk) == 0 || (errno == ENOENT && statvfs(dirname(copy), &disk) == 0);

    free(copy);
    return known ? (uint64_t)disk.f_bavail * disk.f_frsize : UINT64_MAX;
}

bool paths_disk_bytes(const char *path, uint64_t *ret_free, uint64_t *ret_used)
{
    struct statvfs disk;

    if (statvfs(path, &disk) != 0)
        return false;
    *ret_free = (uint64_t)disk.f_bavail * disk.f_frsize;
    *ret_used = (uint64_t)(disk.f_blocks - disk.f_bfree) * disk.f_frsize;
    return true;
}

char *paths_join(const char *directory, const char *name)
{
    size_t length = strlen(directory);
    const char *slash = length > 0 && directory[length - 1] == '/' ? "" : "/";
    return mem_printf("%s%s%s", directory, slash, name);
}
