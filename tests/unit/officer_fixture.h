/**
 * Officers of a world, and their logins.
 */
#ifndef DOUDI_TESTS_OFFICER_FIXTURE_H
#define DOUDI_TESTS_OFFICER_FIXTURE_H

#include "world.h"

#define SECRET "Autumn-Rain-7"
#define BETTER "Winter-Snow-8"

/** A caller of a session in which nobody has logged in yet. */
struct caller login_caller(struct world *world);
enum result log_in(struct world *world, struct caller *caller, const char *id,
                   const char *password);
/** Adds a street officer with SECRET, which must be changed at first. */
void add_officer(struct world *world, const char *id);
/** An officer whose password is BETTER and needs no change. */
void add_settled_officer(struct world *world, const char *id);

#endif
