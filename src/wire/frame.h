/**
 * Frames: a 4-byte big-endian length and that many bytes, over a stream socket.
 *
 * frame_read() refuses a length above `limit` before anything is allocated and fails on a stream
 * that ends inside a frame (RESULT_PROTOCOL); a stream that ends between frames is RESULT_NOTFOUND.
 * Both calls block, honour the socket's time-outs (RESULT_AGAIN) and go on after signals.
 * Threads: one reader and one writer per socket.
 */
#ifndef DOUDI_WIRE_FRAME_H
#define DOUDI_WIRE_FRAME_H

#include "base/result.h"

#include <stddef.h>
#include <stdint.h>

/** Said in Hello: raised when an old terminal and a new server would misunderstand each other. */
enum { WIRE_PROTOCOL = 1 };

enum { FRAME_REQUEST_MAX = 4 << 20, FRAME_RESPONSE_MAX = 64 << 20 };

/** Waits until something comes, or the end. */
enum result frame_await(int fd);
enum result frame_read(int fd, size_t limit, uint8_t **ret_bytes, size_t *ret_length);
enum result frame_write(int fd, const uint8_t *bytes, size_t length);
/** The same without blocking: RESULT_AGAIN if the socket has no room for it, and is then of no more
 *  use, since a part may have been sent. */
enum result frame_write_now(int fd, const uint8_t *bytes, size_t length);

#endif
