#include "db/edition.h"

#include "db/env.h"

static uint64_t edition_of(struct store *store, enum table_id table)
{
    return atomic_load(&store->editions[table]);
}

uint64_t store_edition_payroll(struct store *store)
{
    return edition_of(store, TABLE_PAYROLL);
}

uint64_t store_edition_merge(struct store *store)
{
    return edition_of(store, TABLE_MERGE);
}
