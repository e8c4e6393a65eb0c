#include "server/door.h"

#include "server/dispatch.h"
#include "wire/frame.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

void door_refuse(int fd, enum result result, const char *words)
{
    uint8_t *answer;
    size_t length;

    dispatch_refuse(result, words, &answer, &length);
    frame_write(fd, answer, length);
    free(answer);
    close(fd);
}

void door_refuse_waiting(int listen_fd, enum result result, const char *words)
{
    struct pollfd wait = {.fd = listen_fd, .events = POLLIN};

    while (poll(&wait, 1, 0) > 0) {
        /* cppcheck-suppress nullPointer ; who it is does not matter */
        int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC);

        if (fd < 0)
            break;
        door_refuse(fd, result, words);
    }
}
