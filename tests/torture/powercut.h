/**
 * Power cuts: what a disk may hold of a home when the machine it belongs to goes dark.
 *
 * Killing a server leaves the system's memory of its files; a power cut does not. So everything that
 * servers write is traced (trace.h), and disks are made from the trace, as of any moment in it: what
 * was synced is there; of the rest every page of the system (4 KiB) has any of the contents it had
 * since; names are changed in their order, and those that were changed before a sync are there, as
 * journals of ext4 and XFS have it.
 *
 * Servers must end by themselves meanwhile: what one that is killed has just done may not be traced.
 */
#ifndef DOUDI_TESTS_POWERCUT_H
#define DOUDI_TESTS_POWERCUT_H

#include "rig.h"

struct powercut;

/** From now on the servers of the rig's home are traced; none may be running. */
struct powercut *powercut_new(struct rig *rig);
/** Reads what was traced; no server runs any more. */
void powercut_end(struct powercut *cut);
/** After powercut_end(): the home as a power cut at a random moment leaves it, in a folder that does
 *  not exist yet. That moment: with what is acknowledged when rig_traced() says as much or less. */
uint64_t powercut_make(struct powercut *cut, struct random *random, const char *folder);
void powercut_free(struct powercut **cut);

#endif
