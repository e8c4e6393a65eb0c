/**
 * When each session last asked for something. A session that connects again stays as silent as it
 * was.
 *
 * The table is bounded: it forgets the sessions that have been silent for longest. For those the
 * events say when they last changed something, which is earlier. Threads: any number.
 */
#ifndef DOUDI_SERVER_ACTIVITY_H
#define DOUDI_SERVER_ACTIVITY_H

#include <stdbool.h>
#include <stdint.h>

struct activity;

struct activity *activity_new(void);
void activity_free(struct activity **activity);

/** The session (its name, 16 bytes) has asked at `moment` (session_clock()). */
void activity_note(struct activity *activity, const uint8_t session[16], int64_t moment);
/** When it last asked; false if that is not known. */
bool activity_last(struct activity *activity, const uint8_t session[16], int64_t *ret_moment);

#endif
