#include "db/table.h"

static void heading_map_key(const void *record, struct key *key)
{
    const Rec__HeadingMap *map = record;
    key_add_area(key, map->area);
    key_add_text(key, map->kind);
    key_add_text(key, map->name);
}

const struct table table_heading_map = {
    .id = TABLE_HEADING_MAP,
    .name = "heading_map",
    .type = &rec__heading_map__descriptor,
    .key = heading_map_key,
};

TABLE_EACH(heading_map, Rec__HeadingMap)

enum result store_heading_map_put(struct txn *txn, const Rec__HeadingMap *map)
{
    return table_put(txn, &table_heading_map, map);
}

enum result store_heading_map_scan(struct txn *txn, const char *area, const char *kind,
                                   store_heading_map_fn each, void *arg)
{
    struct key key = {0};
    key_add_area(&key, area);
    key_add_text(&key, kind);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_table(txn, &table_heading_map, &range, heading_map_each,
                                  &(struct heading_map_each){each, arg}));
}
