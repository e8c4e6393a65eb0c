/**
 * Frames: a 4-byte big-endian length and that many bytes, over a stream socket.
 *
 * frame_read() refuses a length above `limit` before it allocates, and a stream that ends inside a
 * frame (RESULT_PROTOCOL); a stream that ends between frames gives RESULT_NOTFOUND. Both calls
 * block, obey the socket's time-outs (RESULT_AGAIN) and continue after signals.
 * Threads: one reader and one writer for each socket.
 */
#ifndef DOUDI_WIRE_FRAME_H
#define DOUDI_WIRE_FRAME_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/** Sent in Hello: raised when an old terminal and a new server would misunderstand each other. */
enum { WIRE_PROTOCOL = 1 };

enum { FRAME_REQUEST_MAX = 4 << 20, FRAME_RESPONSE_MAX = 64 << 20 };

/** Waits for data or the end of the stream. */
enum result frame_await(int fd);
enum result frame_read(int fd, size_t limit, uint8_t **ret_bytes, size_t *ret_length);
enum result frame_write(int fd, const uint8_t *bytes, size_t length);
/** The same without blocking: RESULT_AGAIN if the socket has no space. The connection is then
 *  useless, since a part of the frame may have been sent. */
enum result frame_write_now(int fd, const uint8_t *bytes, size_t length);

#endif
