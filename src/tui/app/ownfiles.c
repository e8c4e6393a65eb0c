#include "tui/app/ownfiles.h"

#include "base/confine.h"
#include "base/mem.h"
#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** Goes into the folder `name` of `root`, which is made if need be. */
static bool go_in(const char *root, const char *name)
{
    struct stat about;
    int above = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = -1;
    bool inside = false;

    if (above < 0)
        return false;
    (void)mkdirat(above, name, S_IRWXU);
    fd = openat(above, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    (void)close(above);
    if (fd < 0)
        return false;
    inside = fstat(fd, &about) == 0 && about.st_uid == geteuid() && fchdir(fd) == 0;
    (void)close(fd);
    return inside;
}

/** The dynamic linker, which the kernel runs for every program. */
static int find_linker(struct dl_phdr_info *info, size_t size, void *arg)
{
    const char **linker = arg;

    (void)size;
    for (size_t i = 0; i < info->dlpi_phnum; i++)
        if (info->dlpi_phdr[i].p_type == PT_INTERP)
            *linker = (const char *)(info->dlpi_addr + info->dlpi_phdr[i].p_vaddr);
    return 1; /* the first is the program itself */
}

static void confine(const struct app *app)
{
    static const char *const names[] = {"doudi-sheet", "doudi-report", "doudi-print"};
    enum { PROGRAMS = sizeof names / sizeof names[0] };
    char *programs[PROGRAMS];
    const char *linker = "";

    (void)dl_iterate_phdr(find_linker, (void *)&linker);
    for (size_t i = 0; i < PROGRAMS; i++)
        programs[i] = paths_program(names[i]);
    const struct confine_rule rules[] = {
        {"/usr", CONFINE_READ},
        {"/lib", CONFINE_READ},
        {"/lib64", CONFINE_READ},
        {"/etc", CONFINE_READ},
        {"/var/cache/fontconfig", CONFINE_READ}, /* without it a PDF takes seconds longer */
        {"/dev/null", CONFINE_USE},
        {"/dev/tty", CONFINE_USE},
        {programs[0], CONFINE_RUN},
        {programs[1], CONFINE_RUN},
        {programs[2], CONFINE_RUN},
        {linker, CONFINE_RUN},
        {app->folders->shipped, CONFINE_READ},
        {app->folders->office, CONFINE_READ},
        {".", CONFINE_KEEP},
    };
    size_t count = sizeof rules / sizeof rules[0];

    (void)confine_files(rules, app->in_own_files ? count : count - 1);
    for (size_t i = 0; i < PROGRAMS; i++)
        free(programs[i]);
}

void ownfiles_enter(struct app *app)
{
    const char *name = app->officer;

    if (app->own_files == NULL)
        return;
    app->in_own_files = name[0] != '.' && strchr(name, '/') == NULL && go_in(app->own_files, name);
    if (!app->in_own_files)
        (void)!chdir("/");
    confine(app);
}

bool ownfiles_is_name(const struct app *app, const char *typed)
{
    return app->own_files == NULL ||
           (app->in_own_files && typed[0] != '.' && strchr(typed, '/') == NULL);
}

bool ownfiles_allow(struct app *app, const char *name)
{
    struct stat about;

    if (app->own_files == NULL)
        return true;
    if (!app->in_own_files) {
        app_warn(app, "没有文件夹 %s/%s，不能存取文件，请找系统管理员建立", app->own_files,
                 app->officer);
    } else if (!ownfiles_is_name(app, name)) {
        app_warn(app, "只能用您自己的文件夹，请只写文件名，不带“/”，也不以“.”开头");
    } else if (lstat(name, &about) == 0 && !S_ISREG(about.st_mode)) {
        app_warn(app, "%s 不是普通文件，请换一个", name);
    } else {
        return true;
    }
    return false;
}

/** On failure *ret_error is the errno. */
enum result ownfiles_write(const char *path, const struct str *bytes, int *ret_error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
    bool fine;

    *ret_error = errno;
    if (file == NULL)
        return errno == EEXIST ? RESULT_EXISTS : RESULT_CANTCREATE;
    fine = fwrite(str_text(bytes), 1, bytes->length, file) == bytes->length && fflush(file) == 0;
    *ret_error = errno;
    fine = fclose(file) == 0 && fine;
    if (!fine)
        unlink(path); /* half a list would pass for a whole one */
    return fine ? RESULT_OK : RESULT_IO;
}

/** The whole path of a file, as it is said and logged. New string. */
char *ownfiles_whole(const char *path)
{
    char folder[PATH_MAX];

    return path[0] == '/' || getcwd(folder, sizeof folder) == NULL
               ? mem_copy(path)
               : mem_printf("%s/%s", folder, path);
}
