#include "db/lead.h"

#include "db/env.h"
#include "db/table.h"
#include "db/tables.h"

#include <string.h>

enum { LEAD_BY_AREA };

bool store_lead_is_open(const Rec__Lead *lead)
{
    return strcmp(lead->state, LEAD_OPEN) == 0 || strcmp(lead->state, LEAD_TAKEN) == 0;
}

static void lead_key(const void *record, struct key *key)
{
    const Rec__Lead *lead = record;
    key_add_u64(key, lead->person);
    key_add_text(key, lead->rule);
}

/** Only open leads are in this index: first screens read it. */
static void lead_area(const void *record, struct keys *to)
{
    const Rec__Lead *lead = record;
    if (!store_lead_is_open(lead))
        return;
    struct key *key = keys_add(to);
    key_add_area(key, lead->area);
    key_add_u64(key, lead->person);
    key_add_text(key, lead->rule);
}

const struct table table_lead = {
    .id = TABLE_LEAD,
    .name = "lead",
    .type = &rec__lead__descriptor,
    .key = lead_key,
    .indexes = {[LEAD_BY_AREA] = {.name = "lead_area", .keys = lead_area}},
};

TABLE_EACH(lead, Rec__Lead)

static struct key lead_name(uint64_t person, const char *rule)
{
    struct key key = {0};
    key_add_u64(&key, person);
    if (rule != NULL)
        key_add_text(&key, rule);
    return key;
}

enum result store_lead_get(struct txn *txn, uint64_t person, const char *rule, Rec__Lead **ret_lead)
{
    struct key key = lead_name(person, rule);
    return table_get(txn, &table_lead, &key, ret_lead);
}

enum result store_lead_put(struct txn *txn, const Rec__Lead *lead)
{
    return table_put(txn, &table_lead, lead);
}

enum result store_lead_del(struct txn *txn, uint64_t person, const char *rule)
{
    struct key key = lead_name(person, rule);
    return table_del(txn, &table_lead, &key);
}

static enum result scan_leads(struct txn *txn, const struct range *range, store_lead_fn each,
                              void *arg)
{
    return scan_result(
        scan_table(txn, &table_lead, range, lead_each, &(struct lead_each){each, arg}));
}

enum result store_lead_scan(struct txn *txn, store_lead_fn each, void *arg)
{
    struct range range = {0};
    return scan_leads(txn, &range, each, arg);
}

enum result store_lead_of_person(struct txn *txn, uint64_t person, store_lead_fn each, void *arg)
{
    struct key key = lead_name(person, NULL);
    struct range range = table_range_prefix(&key);
    return scan_leads(txn, &range, each, arg);
}

enum result store_lead_of_area(struct txn *txn, const char *area, store_lead_fn each, void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, area);
    struct range range = table_range_prefix(&key);
    return scan_result(scan_by_index(txn, &table_lead, LEAD_BY_AREA, &range, lead_each,
                                     &(struct lead_each){each, arg}));
}

// ---- deaths on lists

static void listed_death_key(const void *record, struct key *key)
{
    const Rec__ListedDeath *listed = record;
    key_add_text(key, listed->id_no);
}

const struct table table_listed_death = {
    .id = TABLE_LISTED_DEATH,
    .name = "listed_death",
    .type = &rec__listed_death__descriptor,
    .key = listed_death_key,
};

TABLE_EACH(listed_death, Rec__ListedDeath)

enum result store_listed_death_get(struct txn *txn, const char *id_no,
                                   Rec__ListedDeath **ret_listed)
{
    struct key key = {0};
    key_add_text(&key, id_no);
    return table_get(txn, &table_listed_death, &key, ret_listed);
}

static enum result touch_listed(struct txn *txn, const char *id_no)
{
    Rec__Person *person = NULL;
    enum result result = store_person_by_id_no(txn, id_no, &person);
    if (result == RESULT_NOTFOUND)
        return RESULT_OK;
    if (result == 0)
        txn_touch(txn, person->id, "");
    rec__person__free_unpacked(person, NULL);
    return result;
}

enum result store_listed_death_put(struct txn *txn, const Rec__ListedDeath *listed)
{
    enum result result = table_put(txn, &table_listed_death, listed);
    return result == 0 ? touch_listed(txn, listed->id_no) : result;
}

enum result store_listed_death_del(struct txn *txn, const char *id_no)
{
    struct key key = {0};
    key_add_text(&key, id_no);
    enum result result = table_del(txn, &table_listed_death, &key);
    return result == 0 ? touch_listed(txn, id_no) : result;
}

enum result store_listed_death_scan(struct txn *txn, store_listed_death_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(scan_table(txn, &table_listed_death, &range, listed_death_each,
                                  &(struct listed_death_each){each, arg}));
}
