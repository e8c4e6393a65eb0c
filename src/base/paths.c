#include "base/paths.h"

#include "base/mem.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
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

/* The folder of the running program; NULL where /proc does not say. New string. */
static char *program_directory(void)
{
    char *path = paths_self();
    char *slash = path != NULL ? strrchr(path, '/') : NULL;
    if (slash != NULL)
        *slash = '\0';
    return path;
}

/* `name` in `folder` beside the program ("" for its own folder), NULL if it is not there. */
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
    if (access("/var/lib/doudi", F_OK) == 0)
        return mem_copy("/var/lib/doudi");
    const char *data = getenv("XDG_DATA_HOME");
    if (is_set(data) && data[0] == '/')
        return paths_join(data, "doudi");
    const char *user = getenv("HOME");
    return paths_join(is_set(user) ? user : "", ".local/share/doudi");
}

char *paths_join(const char *directory, const char *name)
{
    size_t length = strlen(directory);
    const char *slash = length > 0 && directory[length - 1] == '/' ? "" : "/";
    return mem_printf("%s%s%s", directory, slash, name);
}
