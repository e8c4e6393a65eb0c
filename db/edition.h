/**
 * Whether a table has changed, for whoever keeps in memory what it says.
 *
 * Take the edition before the transaction that reads the table begins. While the table's edition is
 * the same afterwards, what was read holds: a commit makes its changes readable first, and then the
 * edition rises, before anybody hears that the commit succeeded. Threads: any.
 */
#ifndef DOUDI_DB_EDITION_H
#define DOUDI_DB_EDITION_H

#include <stdint.h>

struct store;

uint64_t store_edition_payroll(struct store *store);
uint64_t store_edition_merge(struct store *store);

#endif
