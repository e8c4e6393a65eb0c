/**
 * How many connections each officer has, so that one officer's password cannot fill the server.
 *
 * The account that owns the home is not counted. Threads: any number.
 */
#ifndef DOUDI_SERVER_SEATS_H
#define DOUDI_SERVER_SEATS_H

#include <stdbool.h>

struct seats;

struct seats *seats_new(unsigned most);
void seats_free(struct seats **seats);

/** Takes a seat for the officer (工号); false if the officer has as many as allowed. */
bool seats_take(struct seats *seats, const char *officer);
void seats_leave(struct seats *seats, const char *officer);

#endif
