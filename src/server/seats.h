/**
 * How many connections each officer has: one officer's password fills no server.
 *
 * The account that owns the home is not counted. Threads: any number.
 */
#ifndef DOUDI_SERVER_SEATS_H
#define DOUDI_SERVER_SEATS_H

#include <stdbool.h>

struct seats;

struct seats *seats_new(unsigned most);
void seats_free(struct seats **seats);

/** Takes one for the officer (工号); false if as many are taken as may be. */
bool seats_take(struct seats *seats, const char *officer);
void seats_leave(struct seats *seats, const char *officer);

#endif
