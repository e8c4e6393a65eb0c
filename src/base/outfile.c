#include "base/outfile.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MODE = 0600 };

static enum result failure(void)
{
    return result_of_write(errno, RESULT_IO);
}

static enum result write_all(int fd, const struct str *bytes)
{
    size_t done = 0;

    while (done < bytes->length) {
        ssize_t wrote = write(fd, bytes->text + done, bytes->length - done);
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote < 0)
            return failure();
        done += (size_t)wrote;
    }
    /* Pipes and terminals cannot be synced. */
    return fsync(fd) == 0 || errno == EINVAL || errno == EROFS ? RESULT_OK : failure();
}

static enum result write_open(int fd, const struct str *bytes)
{
    enum result result = write_all(fd, bytes);

    if (close(fd) != 0 && result == 0)
        result = failure();
    return result;
}

/** What is asked once all is written. */
struct question {
    outfile_ready_fn *ready;
    void *arg;
};

static enum result ask(const struct question *question)
{
    return question->ready != NULL ? question->ready(question->arg) : RESULT_OK;
}

static enum result replace(const char *path, const struct str *bytes,
                           const struct question *question)
{
    char *part = mem_printf("%s.%ld.tmp", path, (long)getpid());
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, MODE);
    enum result result = fd >= 0 ? write_open(fd, bytes) : RESULT_CANTCREATE;

    if (result == 0)
        result = ask(question);
    if (result == 0 && rename(part, path) != 0)
        result = RESULT_CANTCREATE;
    if (result != 0 && fd >= 0)
        unlink(part);
    free(part);
    return result;
}

static enum result write_to(const char *path, const struct str *bytes,
                            const struct question *question)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_NOCTTY | O_CLOEXEC, MODE);
    enum result result = fd >= 0 ? write_open(fd, bytes) : RESULT_CANTCREATE;

    return result == 0 ? ask(question) : result;
}

enum result outfile_write_ready(const char *path, const struct str *bytes, outfile_ready_fn *ready,
                                void *arg)
{
    const struct question question = {ready, arg};
    struct stat status;
    char *real = realpath(path, NULL);
    enum result result;

    if (real != NULL && stat(real, &status) == 0 && !S_ISREG(status.st_mode))
        result = S_ISDIR(status.st_mode) ? RESULT_CANTCREATE : write_to(real, bytes, &question);
    else if (real == NULL && lstat(path, &status) == 0)
        result = write_to(path, bytes, &question); /* a link without a target */
    else
        result = replace(real != NULL ? real : path, bytes, &question);
    free(real);
    return result;
}

enum result outfile_write(const char *path, const struct str *bytes)
{
    return outfile_write_ready(path, bytes, NULL, NULL);
}

char *outfile_numbered(const char *path, size_t number, size_t count)
{
    const char *slash = strrchr(path, '/');
    const char *dot = strrchr(slash != NULL ? slash : path, '.');
    size_t stem = dot != NULL ? (size_t)(dot - path) : strlen(path);

    return count == 1 ? mem_copy(path)
                      : mem_printf("%.*s-%zu%s", (int)stem, path, number, path + stem);
}
