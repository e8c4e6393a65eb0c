#include "feed/opened.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/text.h"
#include "bundle/sealed.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum result opened_check_keys(const struct opened_keys *keys, char **ret_message)
{
    const char *const paths[] = {keys->key, keys->trusted};

    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (paths[i] != NULL && access(paths[i], R_OK) != 0) {
            *ret_message = mem_printf("打不开 %s：%s", paths[i], result_reason(errno));
            return RESULT_NOINPUT;
        }
    return RESULT_OK;
}

// ---- scratch folders

#define SCRATCH_PREFIX "doudi-feed-"

static const char *parent_folder(void)
{
    const char *folder = getenv("TMPDIR");

    return folder != NULL ? folder : "/tmp";
}

/** Removes a folder with its files, unless the process that made it still holds its lock. */
static void remove_stale(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;
    struct stat status;

    if (folder != NULL && fstat(fd, &status) == 0 && status.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0) {
        while ((entry = readdir(folder)) != NULL)
            (void)unlinkat(fd, entry->d_name, 0);
        (void)rmdir(path);
    }
    if (folder != NULL)
        closedir(folder);
    else if (fd >= 0)
        close(fd);
}

void opened_clear(void)
{
    DIR *folder = opendir(parent_folder());
    const struct dirent *entry;

    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (!text_starts(entry->d_name, SCRATCH_PREFIX))
            continue;
        char *path = paths_join(parent_folder(), entry->d_name);
        remove_stale(path);
        free(path);
    }
    if (folder != NULL)
        closedir(folder);
}

/** Makes a folder and locks it: *ret_lock. New string, NULL if it cannot be made. */
static char *make_scratch(int *ret_lock)
{
    char *scratch = mem_printf("%s/" SCRATCH_PREFIX "XXXXXX", parent_folder());

    *ret_lock = -1;
    if (mkdtemp(scratch) != NULL)
        *ret_lock = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*ret_lock >= 0 && flock(*ret_lock, LOCK_SH | LOCK_NB) == 0)
        return scratch;
    if (*ret_lock >= 0)
        close(*ret_lock);
    free(scratch);
    return NULL;
}

// ---- opening

/** Takes the scratch file, which loses its name. */
static enum result take_scratch(const struct sealed_bundle *bundle, struct opened *opened)
{
    opened->fd = open(bundle->path, O_RDONLY | O_CLOEXEC);
    if (opened->fd < 0)
        return RESULT_IO;
    opened->path = mem_printf("/proc/self/fd/%d", opened->fd);
    return RESULT_OK;
}

static enum result open_in(const char *scratch, const char *path, const struct opened_keys *keys,
                           const char *area, struct opened *opened, char **ret_message)
{
    const struct sealed_ask ask = {.path = path,
                                   .key = keys->key,
                                   .trusted = keys->trusted,
                                   .want_signature = keys->trusted != NULL,
                                   .scratch = scratch};
    struct sealed_bundle bundle = {0};
    enum result result = area != NULL && keys->trusted != NULL
                             ? sealed_open_of(&ask, area, &bundle, ret_message)
                             : sealed_open(&ask, &bundle, ret_message);

    if (result == 0 && bundle.scratch)
        result = take_scratch(&bundle, opened);
    else if (result == 0)
        opened->path = mem_copy(path);
    sealed_bundle_free(&bundle);
    return result;
}

enum result opened_open(const char *path, const struct opened_keys *keys, const char *area,
                        struct opened *ret_opened, char **ret_message)
{
    int lock = -1;
    char *scratch = make_scratch(&lock);
    struct opened opened = {.fd = -1};
    enum result result;

    if (scratch == NULL) {
        *ret_message =
            mem_printf("临时目录 %s 里写不进：%s", parent_folder(), result_reason(errno));
        result = RESULT_CANTCREATE;
    } else {
        result = open_in(scratch, path, keys, area, &opened, ret_message);
        (void)rmdir(scratch);
        close(lock);
    }
    if (result != 0 && *ret_message == NULL)
        *ret_message = mem_copy(result_words(result));
    if (result == 0)
        *ret_opened = opened;
    free(scratch);
    return result;
}

void opened_name(const struct opened *opened, const char *path, char **message)
{
    char *at = opened->fd >= 0 && *message != NULL ? strstr(*message, opened->path) : NULL;

    if (at == NULL)
        return;
    char *named =
        mem_printf("%.*s%s%s", (int)(at - *message), *message, path, at + strlen(opened->path));
    free(*message);
    *message = named;
}

void opened_close(struct opened *opened)
{
    if (opened->fd >= 0)
        close(opened->fd);
    free(opened->path);
    *opened = (struct opened){.fd = -1};
}
