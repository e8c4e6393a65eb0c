#include "wire/frame.h"

#include "base/mem.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum { HEADER_SIZE = 4 };

/** Reads exactly `length` bytes; *ret_done says how many came. */
static enum result read_all(int fd, uint8_t *bytes, size_t length, size_t *ret_done)
{
    enum result result = RESULT_OK;
    size_t done = 0;

    while (done < length) {
        ssize_t got = recv(fd, bytes + done, length - done, 0);

        if (got > 0) {
            done += (size_t)got;
        } else if (got == 0 || errno == ECONNRESET) {
            result = RESULT_NOTFOUND;
            break;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            result = RESULT_AGAIN;
            break;
        } else if (errno != EINTR) {
            result = RESULT_IO;
            break;
        }
    }
    *ret_done = done;
    return result;
}

enum result frame_await(int fd)
{
    uint8_t first;
    ssize_t got;

    do
        got = recv(fd, &first, sizeof first, MSG_PEEK);
    while (got < 0 && errno == EINTR);
    if (got > 0)
        return RESULT_OK;
    if (got == 0 || errno == ECONNRESET)
        return RESULT_NOTFOUND;
    return errno == EAGAIN || errno == EWOULDBLOCK ? RESULT_AGAIN : RESULT_IO;
}

enum result frame_read(int fd, size_t limit, uint8_t **ret_bytes, size_t *ret_length)
{
    uint32_t header;
    size_t done;
    size_t length;
    uint8_t *bytes = NULL;
    enum result result = read_all(fd, (uint8_t *)&header, HEADER_SIZE, &done);

    if (result != 0)
        return result == RESULT_NOTFOUND && done > 0 ? RESULT_PROTOCOL : result;
    length = ntohl(header);
    if (length > limit)
        return RESULT_PROTOCOL;
    bytes = mem_new(length + 1);
    result = read_all(fd, bytes, length, &done);
    if (result != 0) {
        free(bytes);
        return result == RESULT_NOTFOUND ? RESULT_PROTOCOL : result;
    }
    *ret_bytes = bytes;
    *ret_length = length;
    return RESULT_OK;
}

/** Drops `sent` bytes from the front of the pieces. */
static void skip_sent(struct msghdr *message, size_t sent)
{
    while (message->msg_iovlen > 0 && sent >= message->msg_iov->iov_len) {
        sent -= message->msg_iov->iov_len;
        message->msg_iov++;
        message->msg_iovlen--;
    }
    if (message->msg_iovlen > 0) {
        message->msg_iov->iov_base = (uint8_t *)message->msg_iov->iov_base + sent;
        message->msg_iov->iov_len -= sent;
    }
}

static enum result write_frame(int fd, const uint8_t *bytes, size_t length, int flags)
{
    uint32_t header = htonl((uint32_t)length);
    struct iovec pieces[] = {{.iov_base = &header, .iov_len = HEADER_SIZE},
                             {.iov_base = (uint8_t *)bytes, .iov_len = length}};
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = length > 0 ? 2 : 1};

    if (length > FRAME_RESPONSE_MAX)
        return RESULT_PROTOCOL;
    while (message.msg_iovlen > 0) {
        ssize_t sent = sendmsg(fd, &message, MSG_NOSIGNAL | flags);

        if (sent >= 0)
            skip_sent(&message, (size_t)sent);
        else if (errno == EAGAIN || errno == EWOULDBLOCK)
            return RESULT_AGAIN;
        else if (errno != EINTR)
            return RESULT_IO;
    }
    return RESULT_OK;
}

enum result frame_write(int fd, const uint8_t *bytes, size_t length)
{
    return write_frame(fd, bytes, length, 0);
}

enum result frame_write_now(int fd, const uint8_t *bytes, size_t length)
{
    return write_frame(fd, bytes, length, MSG_DONTWAIT);
}
