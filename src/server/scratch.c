#include "server/scratch.h"

#include "base/log.h"
#include "base/mem.h"
#include "base/paths.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DESCRIPTORS = 16 };

enum result scratch_make(const char *home, char **ret_directory)
{
    char *parent = paths_join(home, "tmp");
    char *directory = paths_join(parent, "work-XXXXXX");
    enum result result = RESULT_OK;

    if ((mkdir(parent, 0700) == 0 || errno == EEXIST) && mkdtemp(directory) != NULL) {
        *ret_directory = directory;
        directory = NULL;
    } else {
        result = result_of_write(errno, RESULT_CANTCREATE);
    }
    free(directory);
    free(parent);
    return result;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *walk)
{
    (void)status;
    (void)type;
    (void)walk;
    return remove(path);
}

void scratch_remove(const char *directory)
{
    if (nftw(directory, remove_one, DESCRIPTORS, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
        log_error("%s: %s", directory, strerror(errno));
}

void scratch_clear(const char *home)
{
    char *directory = paths_join(home, "tmp");

    scratch_remove(directory);
    free(directory);
}
