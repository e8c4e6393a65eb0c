/*
 * Scans of any length, and records that pass through unchanged.
 */
#include "store_fixture.h"

static struct home home;

static int setup(void **state)
{
    (void)state;
    home = home_create();
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    home_remove(&home);
    return 0;
}

/* Long scans come in batches, then in bulk: nothing is left out or given twice, whatever the size
 * of the records; and they may be stopped anywhere. */
enum { MANY = 3000, LONGEST = 700000 };

static enum result many_body(struct txn *txn, void *arg)
{
    char *note = mem_new(LONGEST + 1);
    (void)arg;
    memset(note, 'x', LONGEST);
    for (uint64_t i = 1; i <= MANY; i++) {
        Rec__Case record = make_case(i, "", i % 3 == 0 ? "dibao" : "tanfang", "211102002001");
        size_t length = i == 2000 ? LONGEST : i % 500 == 1 ? 40000 : i % 7 == 0 ? 1000 : 10;
        record.exit_reason = note + LONGEST - length;
        assert_ok(store_case_put(txn, &record));
    }
    free(note);
    return RESULT_OK;
}

struct order {
    uint64_t last, count, stop_at;
};

static enum result in_order(const Rec__Case *record, void *arg)
{
    struct order *order = arg;
    assert_true(record->id > order->last);
    order->last = record->id;
    order->count++;
    return RESULT_OK;
}

static enum result count_case(const Rec__Case *record, void *arg)
{
    struct order *order = arg;
    (void)record;
    return ++order->count == order->stop_at ? (enum result)STORE_STOP : RESULT_OK;
}

static enum result scan_many(struct txn *txn, void *arg)
{
    struct order order = {0};
    (void)arg;
    assert_ok(store_case_of_area(txn, "2111", "tanfang", NULL, in_order, &order));
    assert_int_equal(order.count, MANY / 3 * 2);
    order = (struct order){0};
    assert_ok(store_case_scan(txn, 0, in_order, &order));
    assert_int_equal(order.count, MANY);
    order = (struct order){0};
    assert_ok(store_case_scan(txn, MANY - 7, in_order, &order));
    assert_int_equal(order.count, 7);
    static const uint64_t stops[] = {1, 63, 64, 65, 128, 1000};
    for (size_t i = 0; i < COUNT(stops); i++) {
        struct order some = {.stop_at = stops[i]};
        assert_ok(store_case_of_area(txn, "", NULL, NULL, count_case, &some));
        assert_int_equal(some.count, stops[i]);
    }
    return RESULT_OK;
}

static enum result fill_visits(struct txn *txn, void *arg)
{
    (void)arg;
    for (uint32_t i = 0; i < MANY; i++) {
        Rec__Visit visit = make_visit(i / 10, (day_t)(45000 + i % 10), i);
        assert_ok(store_visit_put(txn, &visit));
    }
    return RESULT_OK;
}

static enum result next_visit(const Rec__Visit *visit, void *arg)
{
    uint32_t *next = arg;
    assert_int_equal(visit->seq, *next);
    ++*next;
    return RESULT_OK;
}

static enum result scan_visits(struct txn *txn, void *arg)
{
    uint32_t next = 0;
    (void)arg;
    assert_ok(store_visit_scan_all(txn, next_visit, &next));
    assert_int_equal(next, MANY);
    return RESULT_OK;
}

static void long_scans_are_complete(void **state)
{
    (void)state;
    run_ok(home.store, STORE_BULK, many_body, NULL);
    run_ok(home.store, STORE_BULK, fill_visits, NULL);
    run_ok(home.store, STORE_READ, scan_many, NULL);
    run_ok(home.store, STORE_WRITE, scan_many, NULL);
    run_ok(home.store, STORE_READ, scan_visits, NULL);
    run_ok(home.store, STORE_WRITE, scan_visits, NULL);
}

static enum result stop_with_error(const Rec__Visit *visit, void *arg)
{
    (void)visit;
    (void)arg;
    return RESULT_CONFLICT;
}

static enum result scan_with_error(struct txn *txn, void *arg)
{
    (void)arg;
    return store_visit_scan_all(txn, stop_with_error, NULL);
}

static void a_scan_ends_with_the_callbacks_error(void **state)
{
    (void)state;
    run_ok(home.store, STORE_BULK, fill_visits, NULL);
    assert_result(store_run(home.store, STORE_READ, scan_with_error, NULL), RESULT_CONFLICT);
}

/* Records of a newer program: what this one does not know is kept. */
static enum result unknown_body(struct txn *txn, void *arg)
{
    Rec__Case record = make_case(1, "LR0001", "tanfang", "211102002001");
    ProtobufCMessageUnknownField unknown = {.tag = 900,
                                            .wire_type = PROTOBUF_C_WIRE_TYPE_LENGTH_PREFIXED,
                                            .len = 6,
                                            .data = (uint8_t[]){5, 'l', 'a', 't', 'e', 'r'}};
    Rec__Case *got;
    (void)arg;
    record.base.n_unknown_fields = 1;
    record.base.unknown_fields = &unknown;
    assert_ok(store_case_put(txn, &record));
    assert_ok(store_case_get(txn, 1, &got));
    got->tier = mem_copy("高");
    assert_ok(store_case_put(txn, got));
    rec__case__free_unpacked(got, NULL);
    assert_ok(store_case_get(txn, 1, &got));
    assert_string_equal(got->tier, "高");
    assert_int_equal(got->base.n_unknown_fields, 1);
    assert_int_equal(got->base.unknown_fields[0].tag, 900);
    assert_memory_equal(got->base.unknown_fields[0].data, unknown.data, 6);
    rec__case__free_unpacked(got, NULL);
    return RESULT_OK;
}

static void unknown_fields_survive(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, unknown_body, NULL);
}

static void fields_go_both_ways(void **state)
{
    struct fields from = {0}, to = {0};
    Rec__Field **list;
    size_t count;
    (void)state;
    fields_set(&from, "income.0.amount", "120000");
    fields_set(&from, "categories", "独居");
    store_fields_write(&from, &count, &list);
    assert_int_equal(count, 2);
    store_fields_read(count, list, &to);
    assert_true(fields_equal(&from, &to));
    store_fields_free(count, list);
    fields_free(&from);
    fields_free(&to);
}

/* Sequence numbers of the events seen; stops at `stop_at` of them, 0 = never. */
struct walked {
    uint64_t seqs[16];
    size_t count, stop_at;
};

static enum result walk_event(const Rec__Event *event, void *arg)
{
    struct walked *walked = arg;
    assert_true(walked->count < sizeof walked->seqs / sizeof walked->seqs[0]);
    walked->seqs[walked->count++] = event->seq;
    return walked->count == walked->stop_at ? (enum result)STORE_STOP : RESULT_OK;
}

static void expect_since(struct txn *txn, int64_t from, const uint64_t *seqs, size_t count)
{
    struct walked all = {0};
    assert_ok(store_event_since(txn, date_of_time(from), walk_event, &all));
    assert_int_equal(all.count, count);
    assert_memory_equal(all.seqs, seqs, count * sizeof *seqs);
    for (size_t stop = 1; stop <= count; stop++) {
        struct walked some = {.stop_at = stop};
        assert_ok(store_event_since(txn, date_of_time(from), walk_event, &some));
        assert_int_equal(some.count, stop);
    }
}

/* The index has the first event of a session's day, behind which the others stand; of a program that
 * gave each its entry it has all. */
static enum result days_body(struct txn *txn, void *arg)
{
    const int64_t noon = INT64_C(1795579200), day = 86400; /* 2026-11-25 12:00 in China */
    const struct {
        uint8_t session;
        uint64_t seq;
        int64_t at;
        bool same_day;
    } events[] = {
        {1, 1, noon, false},           {1, 2, noon, false},        {1, 3, noon, true},
        {1, 4, noon + day, false},     {1, 5, noon + day, true},   {1, 6, noon + day, false},
        {1, 7, noon + 2 * day, false}, {2, 20, noon + day, false}, {2, 21, noon + day, true},
    };
    (void)arg;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        uint8_t session[16] = {events[i].session};
        Rec__Event event = make_event(session, events[i].seq, events[i].at, "");
        event.same_day = events[i].same_day;
        assert_ok(store_event_put(txn, &event));
    }
    expect_since(txn, 0, (const uint64_t[]){1, 2, 3, 4, 5, 6, 20, 21, 7}, 9);
    expect_since(txn, noon + day, (const uint64_t[]){4, 5, 6, 20, 21, 7}, 6);
    expect_since(txn, noon + 2 * day, (const uint64_t[]){7}, 1);
    expect_since(txn, noon + 3 * day, (const uint64_t[]){0}, 0);
    return RESULT_OK;
}

static void events_of_a_day_follow_its_first(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, days_body, NULL);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(long_scans_are_complete),         TEST(a_scan_ends_with_the_callbacks_error),
        TEST(unknown_fields_survive),          TEST(events_of_a_day_follow_its_first),
        cmocka_unit_test(fields_go_both_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
