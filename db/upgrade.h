/**
 * Steps from an older format to the present one (db/SCHEMA.md, "Format").
 *
 * A table of steps, each to the next format; a step works in transactions and can be run again.
 * FORMAT is written after each: that is the mark of how far the database is, so a killed upgrade
 * goes on at the next start. store_upgrade() (db/restore.h) does it without a server.
 */
#ifndef DOUDI_DB_UPGRADE_H
#define DOUDI_DB_UPGRADE_H

#include "db/env.h"

/** Takes all steps that are left. Call when the tables are open and before anyone works. A step that
 *  finds no space is left for another start: the program works with every format up to its own. */
enum result upgrade_run(struct store *store);

#endif
