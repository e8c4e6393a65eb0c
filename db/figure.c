#include "db/table.h"

// ---- draws

static void make_spotcheck_key(struct key *key, const char *area, month_t month)
{
    key_add_area(key, area);
    key_add_u32(key, (uint32_t)month);
}

static void spotcheck_key(const void *record, struct key *key)
{
    const Rec__Spotcheck *spotcheck = record;
    make_spotcheck_key(key, spotcheck->area, spotcheck->month);
    key_add_u32(key, spotcheck->number);
}

const struct table table_spotcheck = {
    .id = TABLE_SPOTCHECK,
    .name = "spotcheck",
    .type = &rec__spotcheck__descriptor,
    .key = spotcheck_key,
    .rewrite = true,
};

TABLE_EACH(spotcheck, Rec__Spotcheck)

enum result store_spotcheck_get(struct txn *txn, const char *area, month_t month, uint32_t number,
                                Rec__Spotcheck **ret_spotcheck)
{
    struct key key = {0};
    make_spotcheck_key(&key, area, month);
    key_add_u32(&key, number);
    return table_get(txn, &table_spotcheck, &key, ret_spotcheck);
}

enum result store_spotcheck_last(struct txn *txn, const char *area, month_t month,
                                 Rec__Spotcheck **ret_spotcheck)
{
    struct key key = {0};
    make_spotcheck_key(&key, area, month);
    return table_last(txn, &table_spotcheck, &key, ret_spotcheck);
}

enum result store_spotcheck_put(struct txn *txn, const Rec__Spotcheck *spotcheck)
{
    return table_put(txn, &table_spotcheck, spotcheck);
}

enum result store_spotcheck_scan(struct txn *txn, const char *area, store_spotcheck_fn each,
                                 void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_table(txn, &table_spotcheck, &range, spotcheck_each,
                                  &(struct spotcheck_each){each, arg}));
}

// ---- figures entered by hand

static void figure_key(const void *record, struct key *key)
{
    const Rec__Figure *figure = record;
    key_add_text(key, figure->name);
    key_add_area(key, figure->area);
    key_add_u32(key, (uint32_t)figure->month);
    key_add_u32(key, figure->number);
}

const struct table table_figure = {
    .id = TABLE_FIGURE,
    .name = "figure",
    .type = &rec__figure__descriptor,
    .key = figure_key,
    .rewrite = true,
};

TABLE_EACH(figure, Rec__Figure)

enum result store_figure_last(struct txn *txn, const char *name, const char *area, month_t month,
                              Rec__Figure **ret_figure)
{
    struct key key = {0};
    key_add_text(&key, name);
    key_add_area(&key, area);
    key_add_u32(&key, (uint32_t)month);
    return table_last(txn, &table_figure, &key, ret_figure);
}

enum result store_figure_put(struct txn *txn, const Rec__Figure *figure)
{
    return table_put(txn, &table_figure, figure);
}

enum result store_figure_scan(struct txn *txn, const char *name, const char *area,
                              store_figure_fn each, void *arg)
{
    struct key key = {0};
    key_add_text(&key, name);
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(
        scan_table(txn, &table_figure, &range, figure_each, &(struct figure_each){each, arg}));
}
