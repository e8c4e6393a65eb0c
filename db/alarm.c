#include "db/alarm.h"

#include "db/table.h"

#include <string.h>

enum { ALARM_BY_AREA, ALARM_BY_CASE, ALARM_BY_PERSON };

bool store_alarm_is_open(const Rec__Alarm *alarm)
{
    return strcmp(alarm->state, ALARM_OPEN) == 0 || strcmp(alarm->state, ALARM_TAKEN) == 0;
}

static void alarm_key(const void *record, struct key *key)
{
    const Rec__Alarm *alarm = record;
    key_add_u64(key, alarm->id);
}

/** Only open alarms are in this index: first screens read it. */
static void alarm_area(const void *record, struct keys *to)
{
    const Rec__Alarm *alarm = record;
    if (!store_alarm_is_open(alarm))
        return;
    struct key *key = keys_add(to);
    key_add_area(key, alarm->area);
    key_add_u64(key, alarm->id);
}

static void alarm_case(const void *record, struct keys *to)
{
    const Rec__Alarm *alarm = record;
    struct key *key = keys_add(to);
    key_add_u64(key, alarm->case_id);
    key_add_u64(key, alarm->id);
}

static void alarm_person(const void *record, struct keys *to)
{
    const Rec__Alarm *alarm = record;
    struct key *key = keys_add(to);
    key_add_u64(key, alarm->person);
    key_add_u64(key, alarm->id);
}

const struct table table_alarm = {
    .id = TABLE_ALARM,
    .name = "alarm",
    .type = &rec__alarm__descriptor,
    .key = alarm_key,
    .indexes =
        {
            [ALARM_BY_AREA] = {.name = "alarm_area", .keys = alarm_area},
            [ALARM_BY_CASE] = {.name = "alarm_case", .keys = alarm_case},
            [ALARM_BY_PERSON] = {.name = "alarm_person", .keys = alarm_person},
        },
};

TABLE_EACH(alarm, Rec__Alarm)

static struct key id_key(uint64_t id)
{
    struct key key = {0};
    key_add_u64(&key, id);
    return key;
}

enum result store_alarm_get(struct txn *txn, uint64_t id, Rec__Alarm **ret_alarm)
{
    struct key key = id_key(id);
    return table_get(txn, &table_alarm, &key, ret_alarm);
}

enum result store_alarm_put(struct txn *txn, const Rec__Alarm *alarm)
{
    return table_put(txn, &table_alarm, alarm);
}

enum result store_alarm_del(struct txn *txn, uint64_t id)
{
    struct key key = id_key(id);
    return table_del(txn, &table_alarm, &key);
}

enum result store_alarm_scan(struct txn *txn, store_alarm_fn each, void *arg)
{
    struct range range = {0};
    return scan_result(
        scan_table(txn, &table_alarm, &range, alarm_each, &(struct alarm_each){each, arg}));
}

static enum result scan_index(struct txn *txn, size_t index, const struct key *key,
                              store_alarm_fn each, void *arg)
{
    struct range range = table_range_prefix(key);
    return scan_result(scan_by_index(txn, &table_alarm, index, &range, alarm_each,
                                     &(struct alarm_each){each, arg}));
}

enum result store_alarm_of_area(struct txn *txn, const char *area, store_alarm_fn each, void *arg)
{
    struct key key = {0};
    key_add_prefix(&key, area);
    return scan_index(txn, ALARM_BY_AREA, &key, each, arg);
}

enum result store_alarm_of_case(struct txn *txn, uint64_t case_id, store_alarm_fn each, void *arg)
{
    struct key key = id_key(case_id);
    return scan_index(txn, ALARM_BY_CASE, &key, each, arg);
}

enum result store_alarm_of_person(struct txn *txn, uint64_t person, store_alarm_fn each, void *arg)
{
    struct key key = id_key(person);
    return scan_index(txn, ALARM_BY_PERSON, &key, each, arg);
}
