/* Records as they come from the disk: decoded, their keys made, read as values, hashed. */
#include "tests/fuzz/fuzz.h"

#include "db/env.h"
#include "db/people.h"
#include "db/search.h"
#include "service/ledger/statement.h"
#include "service/memory/chain.h"
#include "tests/fuzz/input.pb-c.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const struct table *table_of(const ProtobufCMessageDescriptor *type)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (tables[i]->type == type)
            return tables[i];
    return NULL;
}

static void check_index(const struct index *index, const ProtobufCMessage *record)
{
    struct keys keys = {0};
    enum result result = env_index_keys(index, record, &keys);

    fuzz_expect(result == 0 || result == RESULT_INVALID, "%s: %s", index->name,
                result_name(result));
    if (result != 0)
        return;
    for (size_t i = 0; i < keys.count; i++) {
        struct key parsed = {0};
        char *text = key_text(&keys.items[i]);

        fuzz_expect(keys.items[i].length <= KEY_MAX, "%s: too long a key", index->name);
        fuzz_expect(i == 0 || key_compare(&keys.items[i - 1], &keys.items[i]) < 0,
                    "%s: keys out of order", index->name);
        fuzz_expect(key_parse(text, &parsed) == 0 && key_compare(&parsed, &keys.items[i]) == 0,
                    "%s: key %s", index->name, text);
        free(text);
    }
    keys_free(&keys);
}

static void check_values(size_t count, Rec__Field *const *fields)
{
    struct fields values = {0};
    Rec__Field **copy;
    size_t kept;

    store_fields_read(count, fields, &values);
    fuzz_expect(values.count <= count, "more fields than there were");
    for (size_t i = 0; i < values.count; i++)
        fuzz_expect(fields_get(&values, values.items[i].name) == values.items[i].value,
                    "%s is not found", values.items[i].name);
    store_fields_write(&values, &kept, &copy);
    fuzz_expect(kept == values.count, "fields lost");
    store_fields_free(kept, copy);
    fields_free(&values);
}

/** Whoever's record says that they are found is among those looked at. */
static void check_found(const Rec__Person *person)
{
    static const char area[] = "211102002001";
    const struct {
        char kind;
        const char *text;
    } searches[] = {{'n', person->name},  {'i', "w"}, {'y', "w"}, {'d', person->id_no},  {'t', "1"},
                    {'p', person->phone}, {'p', "1"}, {'a', "1"}, {'a', person->address}};
    struct people *people = people_new();

    people_put(people, area, person);
    for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++) {
        char *key = mem_printf("%c%s", searches[i].kind, searches[i].text);
        uint64_t id;
        bool more;
        size_t count = people_find(people, "21", key, &id, 1, &more);

        fuzz_expect(key[1] == '\0' || person->id == 0 || !text_valid(key) ||
                        !search_matches(person, key) || count == 1,
                    "%s is not found", key);
        free(key);
    }
    people_remove(people, area, person->id);
    people_free(&people);
}

/** What is done with records of some tables before anything is believed. */
static void check_content(const Fuzz__Record *record)
{
    struct chain_check chain = {.end = {.empty = true}};
    uint8_t sum[DIGEST_SIZE];

    switch (record->what_case) {
    case FUZZ__RECORD__WHAT_PERSON:
        check_found(record->person);
        check_values(record->person->n_fields, record->person->fields);
        break;
    case FUZZ__RECORD__WHAT_CASE:
        check_values(record->case_->n_fields, record->case_->fields);
        break;
    case FUZZ__RECORD__WHAT_STATEMENT:
        statement_hash(record->statement, sum);
        break;
    case FUZZ__RECORD__WHAT_EVENT:
        (void)chain_check(&chain, record->event);
        break;
    default:
        break;
    }
}

void record_run(const uint8_t *bytes, size_t length)
{
    Fuzz__Record *record = fuzz__record__unpack(NULL, length, bytes);
    const ProtobufCMessage *message;
    const struct table *table;
    struct key key = {0};

    if (record == NULL)
        return;
    if (record->what_case != FUZZ__RECORD__WHAT__NOT_SET) {
        message = &record->home->base; /* whichever it is: the members of a union of pointers */
        table = table_of(message->descriptor);
        fuzz_expect(table != NULL, "%s has no table", message->descriptor->name);
        table->key(message, &key);
        for (const struct index *index = table->indexes; index->name != NULL; index++)
            check_index(index, message);
        check_content(record);
    }
    fuzz__record__free_unpacked(record, NULL);
}
