#include "db/secret.h"

#include "base/text.h"
#include "db/format.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* True if the file is in the folder that systemd made for this unit alone. */
static bool is_credential(const char *path)
{
    const char *folder = getenv("CREDENTIALS_DIRECTORY");
    return folder != NULL && *folder == '/' && text_starts(path, folder) &&
           path[strlen(folder)] == '/' && strstr(path, "/../") == NULL;
}

static enum secret_problem check_status(int file, const char *path)
{
    mode_t others = S_IRWXO | S_IWGRP | S_IXGRP | (is_credential(path) ? 0 : S_IRGRP);
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode))
        return SECRET_UNREADABLE;
    bool own = status.st_uid == geteuid() || status.st_uid == 0;
    return own && (status.st_mode & others) == 0 ? SECRET_FINE : SECRET_EXPOSED;
}

/* Reads straight into the caller's buffer: stdio would leave a copy in memory. */
static enum secret_problem read_line(int file, char line[SECRET_TEXT])
{
    size_t length = 0;
    ssize_t got = 1;
    while (length < SECRET_TEXT - 1 && got > 0) {
        got = read(file, line + length, SECRET_TEXT - 1 - length);
        if (got < 0)
            return SECRET_UNREADABLE;
        length += (size_t)got;
    }
    line[length] = '\0';
    size_t end = strcspn(line, "\r\n");
    explicit_bzero(line + end, SECRET_TEXT - end);
    return end >= SECRET_LEAST && end < SECRET_TEXT - 1 ? SECRET_FINE : SECRET_SHORT;
}

enum secret_problem secret_load(const char *path, char ret_key[SECRET_TEXT])
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0)
        return errno == ENOENT || errno == ENOTDIR ? SECRET_MISSING : SECRET_UNREADABLE;
    enum secret_problem problem = check_status(file, path);
    if (problem == SECRET_FINE)
        problem = read_line(file, ret_key);
    close(file);
    if (problem != SECRET_FINE)
        explicit_bzero(ret_key, SECRET_TEXT);
    return problem;
}

enum secret_problem secret_check(const char *path)
{
    char key[SECRET_TEXT];
    enum secret_problem problem = secret_load(path, key);
    explicit_bzero(key, sizeof key);
    return problem;
}

enum secret_problem secret_match(const char *directory, const char *path)
{
    struct format format;
    char check[FORMAT_CHECK_TEXT] = "";
    if (format_read(directory, &format) != 0)
        return SECRET_FINE;
    if (path == NULL)
        return *format.check == '\0' ? SECRET_FINE : SECRET_NEEDED;
    if (*format.check == '\0')
        return SECRET_NOT_NEEDED;
    enum secret_problem problem = format_key_check(path, check);
    if (problem == SECRET_FINE && strcmp(check, format.check) != 0)
        problem = SECRET_WRONG;
    return problem;
}

enum result secret_result(enum secret_problem problem)
{
    switch (problem) {
    case SECRET_FINE:
        return RESULT_OK;
    case SECRET_MISSING:
        return RESULT_NOINPUT;
    default:
        return RESULT_DENIED;
    }
}
