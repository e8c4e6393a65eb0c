/**
 * When sessions last asked for something, across their connections: silence is not forgotten by
 * connecting again.
 *
 * Bounded: of many sessions those silent for longest are forgotten first; the events then say when
 * they last changed something, which is earlier. Threads: any number.
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
