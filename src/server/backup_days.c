#include "server/backup_days.h"

#include "base/mem.h"
#include "base/partfile.h"
#include "base/paths.h"
#include "server/scratch.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { NAME_LENGTH = 8 };

/** The day of a backup directory. Directories with other names are not ours and stay. */
static enum result parse_name(const char *name, day_t *ret_day)
{
    char text[DATE_TEXT];

    if (strlen(name) != NAME_LENGTH || strspn(name, "0123456789") != NAME_LENGTH)
        return RESULT_INVALID;
    snprintf(text, sizeof text, "%.4s-%.2s-%.2s", name, name + 4, name + 6);
    return date_parse(text, ret_day);
}

static void remove_old(const char *directory, day_t today, int64_t days)
{
    DIR *dir = opendir(directory);
    struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        day_t day;

        if (parse_name(entry->d_name, &day) != 0 || today - day < days)
            continue;
        char *old = paths_join(directory, entry->d_name);
        scratch_remove(old);
        free(old);
    }
    if (dir != NULL)
        closedir(dir);
}

enum result backup_days_keep(const char *home, const char *backup, day_t today, int64_t days,
                             char **ret_path)
{
    char text[DATE_TEXT];
    char *directory = paths_join(home, "backup");
    char *name, *target;
    enum result result = RESULT_OK;

    date_format(today, text);
    name = mem_printf("%.4s%.2s%.2s", text, text + 5, text + 8);
    target = paths_join(directory, name);
    if (mkdir(directory, 0700) != 0 && errno != EEXIST)
        result = result_of_write(errno, RESULT_CANTCREATE);
    if (result == 0) {
        scratch_remove(target);
        result = rename(backup, target) == 0 ? partfile_sync_folder(directory)
                                             : result_of_write(errno, RESULT_CANTCREATE);
    }
    if (result == 0)
        remove_old(directory, today, days);
    if (result == 0)
        *ret_path = target;
    else
        free(target);
    free(name);
    free(directory);
    return result;
}
