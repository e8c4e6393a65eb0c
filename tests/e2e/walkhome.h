/**
 * The homes through which the steps of walks.h lead, and how a step is taken.
 */
#ifndef DOUDI_TESTS_E2E_WALKHOME_H
#define DOUDI_TESTS_E2E_WALKHOME_H

#include "world.h"

/** A street of 300 cases with prints, a printed sheet and a roster: of WALKERS. */
struct world *walkhome_demo(void);
/** The same of 20 000 cases, so that figures have five digits. */
struct world *walkhome_large(void);
/** A confirmed roster of which one of two equal entries came back, and whose months are owed more
 *  today: of WALK_CASEWORK. */
struct world *walkhome_casework(void);
/** Presses or types the keys of a step; WALK_SHEET is the sheet that walkhome_demo() printed last. */
void walkhome_take(struct screen *screen, const char *keys);

#endif
