#include "wire/socket.h"

#include "base/mem.h"
#include "base/paths.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char SYSTEM_HOME[] = PATHS_SYSTEM_HOME;
static const char SYSTEM_SOCKET[] = "/run/doudi/doudi.sock";

enum { CONNECT_SECONDS = 10, SOCKET_MODE = 0660 };

char *socket_path(const char *home)
{
    return paths_join(home, "doudi.sock");
}

char *socket_service_path(const char *home)
{
    const char *other = getenv("DOUDI_SOCKET");

    if (other != NULL && other[0] != '\0')
        return paths_absolute(other);
    return strcmp(home, SYSTEM_HOME) == 0 ? mem_copy(SYSTEM_SOCKET) : NULL;
}

/** Fills the address; *ret_directory is a descriptor for the caller to close, or -1. */
static enum result make_address(const char *path, struct sockaddr_un *address, int *ret_directory)
{
    char *copy;
    int directory;
    int length;

    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    *ret_directory = -1;
    if (strlen(path) < sizeof address->sun_path) {
        memcpy(address->sun_path, path, strlen(path) + 1);
        return RESULT_OK;
    }
    copy = mem_copy(path);
    directory = open(dirname(copy), O_PATH | O_DIRECTORY | O_CLOEXEC);
    free(copy);
    if (directory < 0)
        return errno == EACCES ? RESULT_DENIED : RESULT_NOTFOUND;
    length = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d%s", directory,
                      strrchr(path, '/'));
    if (length < 0 || (size_t)length >= sizeof address->sun_path) {
        close(directory);
        return RESULT_NOTFOUND;
    }
    *ret_directory = directory;
    return RESULT_OK;
}

static enum result connect_result(int error)
{
    switch (error) {
    case ENOENT:
    case ENOTDIR:
    case ECONNREFUSED:
        return RESULT_NOTFOUND;
    case EACCES:
    case EPERM:
        return RESULT_DENIED;
    case EAGAIN:
        return RESULT_AGAIN;
    default:
        return RESULT_IO;
    }
}

enum result socket_connect(const char *path, int *ret_fd)
{
    struct sockaddr_un address;
    int directory;
    int fd = -1;
    enum result result = make_address(path, &address, &directory);

    if (result != 0)
        return result;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        result = RESULT_IO;
    if (result == 0) {
        socket_set_timeouts(fd, 0, CONNECT_SECONDS);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0)
            result = connect_result(errno);
    }
    if (result == 0)
        *ret_fd = fd;
    else if (fd >= 0)
        close(fd);
    if (directory >= 0)
        close(directory);
    return result;
}

enum result socket_connect_home(const char *home, int *ret_fd)
{
    char *path = socket_path(home);
    char *service = socket_service_path(home);
    enum result result = socket_connect(path, ret_fd);

    if (result != 0 && service != NULL)
        result = socket_connect(service, ret_fd);
    free(service);
    free(path);
    return result;
}

/** Removes a killed server's socket or link, but no living server's socket and no other file. */
static enum result clear_path(const char *path)
{
    struct stat status;
    int fd;

    if (lstat(path, &status) != 0)
        return RESULT_OK;
    if (!S_ISSOCK(status.st_mode) && !S_ISLNK(status.st_mode))
        return RESULT_CANTCREATE;
    /* Whoever listens behind a link listens on, and no server removes its socket. */
    if (S_ISSOCK(status.st_mode) && socket_connect(path, &fd) == 0) {
        close(fd);
        return RESULT_AGAIN;
    }
    return unlink(path) == 0 || errno == ENOENT ? RESULT_OK : RESULT_CANTCREATE;
}

enum result socket_listen(const char *path, int *ret_fd)
{
    struct sockaddr_un address;
    int directory = -1;
    int fd = -1;
    mode_t mask;
    int bound;
    enum result result = clear_path(path);

    if (result != 0)
        return result;
    if (make_address(path, &address, &directory) != 0)
        return RESULT_CANTCREATE;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    mask = umask(~(mode_t)SOCKET_MODE & 0777);
    bound = fd < 0 ? -1 : bind(fd, (struct sockaddr *)&address, sizeof address);
    umask(mask);
    if (bound != 0 || listen(fd, SOMAXCONN) != 0)
        result = RESULT_CANTCREATE;
    if (result == 0)
        *ret_fd = fd;
    else if (fd >= 0)
        close(fd);
    if (directory >= 0)
        close(directory);
    return result;
}

char *socket_lead(const char *home, const char *path)
{
    char *link = socket_path(home);

    if (strcmp(link, path) != 0 && clear_path(link) == 0 && symlink(path, link) == 0)
        return link;
    free(link);
    return NULL;
}

char *socket_bound_path(int fd)
{
    struct sockaddr_un address = {0};
    socklen_t size = sizeof address - 1;

    if (getsockname(fd, (struct sockaddr *)&address, &size) != 0 || address.sun_path[0] != '/')
        return NULL;
    return mem_copy(address.sun_path);
}

void socket_set_timeouts(int fd, int read_seconds, int write_seconds)
{
    struct timeval read_time = {.tv_sec = read_seconds};
    struct timeval write_time = {.tv_sec = write_seconds};

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &read_time, sizeof read_time);
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &write_time, sizeof write_time);
}
