/*
 * The home table: one record about the whole home.
 */
#include "db/table.h"

static void home_key(const void *record, struct key *key)
{
    (void)record;
    key_add_text(key, "home");
}

const struct table table_home = {
    .id = TABLE_HOME,
    .name = "home",
    .type = &rec__home__descriptor,
    .key = home_key,
};

enum result store_home_get(struct txn *txn, Rec__Home **ret_home)
{
    struct key key = {0};
    home_key(NULL, &key);
    return table_get(txn, &table_home, &key, ret_home);
}

enum result store_home_put(struct txn *txn, const Rec__Home *home)
{
    return table_put(txn, &table_home, home);
}
