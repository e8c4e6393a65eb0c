#include "world.h"

#include "service/frame/record.h"
#include "service/keeping/backup.h"
#include "service/keeping/status.h"
#include "service/keeping/verify.h"
#include "service/ledger/month.h"

/** A home in which something of everything has happened. */
static void make_busy(struct world *world)
{
    world_make(world, "2026-11-05");
    for (uint64_t id = 1; id <= 3; id++) {
        Rec__Case record = new_case(id, "tanfang", VILLAGE, on("2026-01-01"));
        put_case(world, &record);
    }
    put_visit(world, 1, "2026-10-12", "tanfang", "成功");
    put_visit(world, 1, "2026-11-02", "tanfang", "成功");
    put_visit(world, 2, "2026-11-03", "tanfang", "未遇");
    assert_ok(month_close(world->service, &world->system, "2026-10", STREET, &world->reply));
}

/** Verifies and expects a finding with `words`, or nothing with NULL. */
static void expect(struct world *world, const char *words)
{
    struct sheet *lines = NULL;
    enum result result = verify_all(world->service, &world->system, &lines, &world->reply);
    bool found = false;

    assert_non_null(lines);
    for (size_t row = 0; row < lines->row_count; row++) {
        found |= words != NULL && strstr(sheet_get(lines, row, "line"), words) != NULL;
        if (words == NULL && strcmp(sheet_get(lines, row, "line"), "verify ok") != 0)
            print_message("%s\n", sheet_get(lines, row, "line"));
    }
    if (words == NULL) {
        assert_result(result, RESULT_OK);
        assert_int_equal(lines->row_count, 1);
        assert_string_equal(sheet_get(lines, 0, "line"), "verify ok");
    } else {
        assert_result(result, RESULT_CORRUPT);
        if (!found)
            fail_msg("no finding says %s", words);
    }
    sheet_free(&lines);
}

static void a_sound_home_verifies(void **state)
{
    struct world world;

    (void)state;
    make_busy(&world);
    expect(&world, NULL);
    world_reopen(&world, "2026-11-20");
    expect(&world, NULL);
    world_remove(&world);
}

static void only_the_keepers_may_verify(void **state)
{
    struct world world;
    struct caller officer = caller_of(ROLE_CHIEF, STREET);
    struct sheet *lines = NULL;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(verify_all(world.service, &officer, &lines, &world.reply), RESULT_DENIED);
    assert_null(lines);
    world_remove(&world);
}

// ---- faults put in behind the service's back

typedef enum result (*fault)(struct txn *txn, void *arg);

static enum result lose_credit(struct txn *txn, void *arg)
{
    Rec__Duty *duty;
    enum result result = store_duty_get(txn, in("2026-11"), VILLAGE, 1, DUTY_TYPE_VISIT, &duty);

    (void)arg;
    if (result != 0)
        return result;
    rec__credit__free_unpacked(duty->credits[--duty->n_credits], NULL);
    result = store_duty_put(txn, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

static enum result lose_attempt(struct txn *txn, void *arg)
{
    Rec__Duty *duty;
    enum result result = store_duty_get(txn, in("2026-11"), VILLAGE, 2, DUTY_TYPE_VISIT, &duty);

    (void)arg;
    if (result != 0)
        return result;
    duty->n_attempts = 0;
    result = store_duty_put(txn, duty);
    rec__duty__free_unpacked(duty, NULL);
    return result;
}

static enum result lose_duty(struct txn *txn, void *arg)
{
    (void)arg;
    return store_duty_del(txn, in("2026-11"), VILLAGE, 3, DUTY_TYPE_VISIT);
}

static enum result add_visit(struct txn *txn, void *arg)
{
    Rec__Visit visit = REC__VISIT__INIT;

    (void)arg;
    visit.person = 3;
    visit.date = on("2026-11-04");
    visit.kind = "tanfang";
    visit.mode = "上门";
    visit.result = "成功";
    return store_visit_put(txn, &visit);
}

static enum result embellish_statement(struct txn *txn, void *arg)
{
    Rec__Statement *statement;
    enum result result = store_statement_get(txn, in("2026-10"), STREET, &statement);

    (void)arg;
    if (result != 0)
        return result;
    for (size_t i = 0; i < statement->n_rows; i++)
        record_set(&statement->rows[i]->state, "reached");
    result = store_statement_put(txn, statement);
    rec__statement__free_unpacked(statement, NULL);
    return result;
}

static enum result orphan_case(struct txn *txn, void *arg)
{
    Rec__Case record = new_case(9, "tanfang", VILLAGE, on("2026-01-01"));

    (void)arg;
    return store_case_put(txn, &record);
}

static void faults_in_the_rows_are_found(void **state)
{
    static const struct {
        fault fault;
        const char *words;
    } cases[] = {
        {lose_credit, "按探访记录应为 1 次"}, {lose_attempt, "1 次"},
        {lose_duty, "缺个案 T-3 的探访任务"}, {add_visit, "按探访记录应为 1 次"},
        {embellish_statement, "月结表"},      {orphan_case, "人员记录不存在"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        make_busy(&world);
        run_ok(world.service->store, STORE_WRITE, cases[i].fault, NULL);
        expect(&world, cases[i].words);
        world_remove(&world);
    }
}

static void totals_that_drifted_are_found(void **state)
{
    static const struct duty_view owed = {.state = DUTY_PENDING, .owed = true};
    struct world world;
    struct totals_key key = {in("2026-11"), VILLAGE, "tanfang", "刘洋"};

    (void)state;
    make_busy(&world);
    totals_count(world.service->totals, &key, &owed, 1);
    expect(&world, "合计与台账不符");
    totals_count(world.service->totals, &key, &owed, -1);
    expect(&world, NULL);
    world_remove(&world);
}

static enum result add_person(struct txn *txn, void *arg)
{
    Rec__Person person = make_person(99, "王桂兰", "");

    (void)arg;
    return store_person_put(txn, &person);
}

/** What status tells is compared once it has been counted. */
static void numbers_that_drifted_are_found(void **state)
{
    struct world world;
    struct census_figures before, after;

    (void)state;
    make_busy(&world);
    assert_ok(census_get(world.service, &before));
    run_ok(world.service->store, STORE_WRITE, add_person, NULL);
    assert_ok(census_get(world.service, &after));
    assert_int_equal(after.persons, before.persons);
    expect(&world, "登记数与记录不符：人数");
    world_remove(&world);
}

// ---- event chains

enum tampering { CHANGE, REMOVE_FIRST, REMOVE_MIDDLE, SWAP, NONE };

struct chain_of_events {
    enum tampering tampering;
    bool salted;
    size_t count;
    Rec__Event *events[8];
};

static enum result keep_event(const Rec__Event *event, void *arg)
{
    struct chain_of_events *chain = arg;

    chain->events[chain->count++] = record_copy(event);
    return RESULT_OK;
}

/** Three events of one session, sound. */
static void link_events(struct chain_of_events *chain)
{
    static const uint8_t session[SESSION_SIZE] = "0123456789abcde";
    uint8_t hash[DIGEST_SIZE];

    for (uint64_t seq = 0; seq < 3; seq++) {
        Rec__Event event = REC__EVENT__INIT;
        event.session = (ProtobufCBinaryData){SESSION_SIZE, (uint8_t *)session};
        event.seq = seq;
        event.officer = "zm01";
        if (chain->salted)
            event.salt = (ProtobufCBinaryData){SESSION_SIZE, (uint8_t *)session};
        if (seq > 0)
            event.previous = (ProtobufCBinaryData){sizeof hash, hash};
        uint8_t own[DIGEST_SIZE];
        chain_hash(&event, own);
        event.hash = (ProtobufCBinaryData){sizeof own, own};
        keep_event(&event, chain);
        memcpy(hash, own, sizeof hash);
    }
}

/** What an attacker could do to the rows; sequence numbers stay in order, as the table has it. */
static void tamper(struct chain_of_events *chain)
{
    Rec__Event **events = chain->events;
    Rec__Event *first = events[0];

    switch (chain->tampering) {
    case CHANGE:
        record_set(&events[1]->officer, "zm02");
        break;
    case REMOVE_FIRST:
    case REMOVE_MIDDLE: {
        size_t gone = chain->tampering == REMOVE_FIRST ? 0 : 1;
        rec__event__free_unpacked(events[gone], NULL);
        memmove(&events[gone], &events[gone + 1], (chain->count - gone - 1) * sizeof *events);
        chain->count--;
        break;
    }
    case SWAP:
        events[0] = events[1];
        events[1] = first;
        break;
    case NONE:
        break;
    }
}

static void a_chain_shows_what_was_done_to_it(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 2 * (NONE + 1); i++) {
        enum tampering tampering = i / 2;
        struct chain_of_events chain = {.tampering = tampering, .salted = i % 2 != 0};
        struct chain_check check = {0};
        bool found = false;
        link_events(&chain);
        tamper(&chain);
        for (size_t k = 0; k < chain.count; k++) {
            found |= chain_check(&check, chain.events[k]) != NULL;
            rec__event__free_unpacked(chain.events[k], NULL);
        }
        assert_int_equal(found, tampering != NONE);
    }
}

/** Changes a field of a message a little; false if it is one of others (a list). */
static bool change_field(void *message, const ProtobufCFieldDescriptor *field)
{
    void *place = (char *)message + field->offset;

    if (field->label == PROTOBUF_C_LABEL_REPEATED)
        return false;
    if (field->type == PROTOBUF_C_TYPE_STRING)
        *(const char **)place = "else";
    else if (field->type == PROTOBUF_C_TYPE_BYTES)
        *(ProtobufCBinaryData *)place = (ProtobufCBinaryData){4, (uint8_t *)"else"};
    else
        ++*(uint8_t *)place;
    return true;
}

/** The hash of an event with these parts, of which `changed` (NULL = none) of `message` is changed. */
static void hash_with(int message, const ProtobufCFieldDescriptor *changed,
                      uint8_t hash[DIGEST_SIZE])
{
    Rec__Event event = REC__EVENT__INIT;
    Rec__Change change = REC__CHANGE__INIT;
    Rec__Field reply = REC__FIELD__INIT;
    void *const parts[] = {&event, &change, &reply};

    event.salt = (ProtobufCBinaryData){3, (uint8_t *)"any"};
    event.n_changes = event.n_reply = 1;
    event.changes = (Rec__Change *[]){&change};
    event.reply = (Rec__Field *[]){&reply};
    if (changed != NULL && !change_field(parts[message], changed))
        event.n_changes = event.n_reply = 0;
    chain_hash(&event, hash);
}

/** No field of an event, a change or an answer can be altered without another hash. */
static void a_hash_covers_every_field(void **state)
{
    const ProtobufCMessageDescriptor *const types[] = {
        &rec__event__descriptor, &rec__change__descriptor, &rec__field__descriptor};
    uint8_t whole[DIGEST_SIZE];

    (void)state;
    hash_with(0, NULL, whole);
    for (int i = 0; i < (int)COUNT(types); i++)
        for (unsigned k = 0; k < types[i]->n_fields; k++) {
            const ProtobufCFieldDescriptor *field = &types[i]->fields[k];
            uint8_t hash[DIGEST_SIZE];
            hash_with(i, field, hash);
            bool same = memcmp(hash, whole, sizeof hash) == 0;
            if (same != (strcmp(field->name, "hash") == 0))
                fail_msg("%s.%s", types[i]->short_name, field->name);
        }
}

struct rewriting {
    const uint8_t *session;
    bool rehash;
};

static enum result rewrite_event(struct txn *txn, void *arg)
{
    const struct rewriting *rewriting = arg;
    Rec__Event *event;
    uint8_t hash[DIGEST_SIZE];
    enum result result = store_event_get(txn, rewriting->session, 2, &event);

    if (result != 0)
        return result;
    record_set(&event->note, "什么也没有发生");
    if (rewriting->rehash) {
        chain_hash(event, hash);
        memcpy(event->hash.data, hash, sizeof hash);
    }
    result = store_event_put(txn, event);
    rec__event__free_unpacked(event, NULL);
    return result;
}

static void a_rewritten_event_is_found_in_the_store(void **state)
{
    (void)state;
    for (int rehash = 0; rehash < 2; rehash++) {
        struct world world;
        struct rewriting rewriting = {.rehash = rehash};
        make_busy(&world);
        rewriting.session = world.service->session; /* seq 2 is followed by others */
        run_ok(world.service->store, STORE_WRITE, rewrite_event, &rewriting);
        expect(&world, rehash ? "与前一条不相连" : "内容被改动");
        world_remove(&world);
    }
}

// ---- backups

static void a_backup_is_remembered(void **state)
{
    struct world world;
    struct sheet *sheet;
    char *directory;
    bool found = false;

    (void)state;
    make_busy(&world);
    directory = paths_join(world.home.root, "backup");
    assert_ok(backup_make(world.service, &world.system, directory, &world.reply));
    assert_string_equal(fields_get(&world.reply.values, "path"), directory);
    assert_true(strlen(fields_get(&world.reply.values, "bytes")) > 4);
    assert_result(backup_make(world.service, &world.system, directory, &world.reply),
                  RESULT_EXISTS);
    assert_result(backup_make(world.service, &world.system, "backup", &world.reply), RESULT_USAGE);
    assert_ok(status_list(world.service, &world.system, &sheet, &world.reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        found |= strcmp(sheet_get(sheet, row, "name"), "最近备份") == 0 &&
                 strstr(sheet_get(sheet, row, "value"), directory) != NULL;
    assert_true(found);
    sheet_free(&sheet);
    free(directory);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_home_verifies),
        cmocka_unit_test(only_the_keepers_may_verify),
        cmocka_unit_test(faults_in_the_rows_are_found),
        cmocka_unit_test(totals_that_drifted_are_found),
        cmocka_unit_test(numbers_that_drifted_are_found),
        cmocka_unit_test(a_chain_shows_what_was_done_to_it),
        cmocka_unit_test(a_hash_covers_every_field),
        cmocka_unit_test(a_rewritten_event_is_found_in_the_store),
        cmocka_unit_test(a_backup_is_remembered),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
