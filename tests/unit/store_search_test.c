/*
 * Finding people as somebody types, and keys that follow every change.
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

static enum result add_bit(const Rec__Person *person, void *arg)
{
    *(unsigned *)arg |= 1U << person->id;
    return RESULT_OK;
}

enum { MOST = 5000 };

/* The persons found, as bits: a person may be handed over twice. */
static unsigned find(struct txn *txn, const char *key)
{
    unsigned found = 0;
    bool more;
    assert_ok(store_person_find(txn, "", key, MOST, add_bit, &found, &more));
    assert_false(more);
    return found;
}

static void put_case(struct txn *txn, uint64_t id, const char *area, uint64_t person)
{
    Rec__Case record = make_case(id, "", "tanfang", (char *)area);
    record.person = person;
    assert_ok(store_case_put(txn, &record));
}

static enum result fill(struct txn *txn, void *arg)
{
    Rec__Person one = make_person(1, "欧阳秀英", "21110219400101002X");
    Rec__Person two = make_person(2, "王桂兰", "");
    Rec__Person three = make_person(3, "阿依古丽·买买提艾力·吐尔逊江", "");
    (void)arg;
    one.phone = "13904270001";
    one.address = "胜利街道旌旗社区站前路12号楼3单元501室";
    two.address = "胜利街道团结社区";
    assert_ok(store_person_put(txn, &one));
    assert_ok(store_person_put(txn, &two));
    assert_ok(store_person_put(txn, &three));
    for (uint64_t id = 1; id <= 3; id++)
        put_case(txn, id, "211102002001", id);
    return RESULT_OK;
}

static const struct {
    const char *key;
    unsigned found;
} cases[] = {
    {"n欧阳", 1 << 1},
    {"n秀英", 1 << 1},
    {"n英", 1 << 1},
    {"n秀兰", 0},
    {"n王", 1 << 2},
    {"n买买提", 1 << 3},
    {"b欧阳", 1 << 1},
    {"b秀英", 0},
    {"b王", 1 << 2},
    {"b阿依古丽·买买提艾力", 1 << 3},
    {"e欧阳", 0},
    {"e欧阳秀英", 1 << 1},
    {"e欧阳秀英兰", 0},
    {"e王", 0},
    {"e阿依古丽·买买提艾力", 0},
    {"e阿依古丽·买买提艾力·吐尔逊江", 1 << 3},
    {"iwg", 1 << 2},
    {"ioyxy", 1 << 1},
    {"youyangx", 1 << 1},
    {"ywanggui", 1 << 2},
    {"d211102", 1 << 1},
    {"d21110219400101002X", 1 << 1},
    {"t002X", 1 << 1},
    {"t01002X", 1 << 1},
    {"p139", 1 << 1},
    {"p0001", 1 << 1},
    {"q0001", 1 << 1},
    {"q139", 0},
    {"a胜利街道", 1 << 1 | 1 << 2},
    {"a旌旗", 1 << 1},
    {"a站前路12号楼", 1 << 1},
    {"a社区站前路12号楼3单元501室", 1 << 1},
    {"a社区站前路12号楼3单元502室", 0},
    {"n阿依古丽·买买提艾力·吐尔逊江", 1 << 3},
    {"n阿依古丽·买买提艾力·吐尔逊海", 0},
    {"x", 0},
};

static enum result find_all(struct txn *txn, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (find(txn, cases[i].key) != cases[i].found)
            fail_msg("%s: found %x, wanted %x", cases[i].key, find(txn, cases[i].key),
                     cases[i].found);
    return RESULT_OK;
}

static void people_are_found_by_every_kind_of_key(void **state)
{
    (void)state;
    run_ok(home.store, STORE_WRITE, fill, NULL);
    run_ok(home.store, STORE_READ, find_all, NULL);
    home_reopen(&home);
    run_ok(home.store, STORE_READ, find_all, NULL);
}

static enum result rename_body(struct txn *txn, void *arg)
{
    Rec__Person *person;
    (void)arg;
    assert_ok(store_person_get(txn, 2, &person));
    free(person->name);
    person->name = mem_copy("王秀兰");
    assert_ok(store_person_put(txn, person));
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

static enum result after_rename(struct txn *txn, void *arg)
{
    (void)arg;
    assert_int_equal(find(txn, "n王桂"), 0);
    assert_int_equal(find(txn, "n桂"), 0);
    assert_int_equal(find(txn, "iwgl"), 0);
    assert_int_equal(find(txn, "n秀兰"), 1 << 2);
    assert_int_equal(find(txn, "iwxl"), 1 << 2);
    assert_int_equal(find(txn, "a团结"), 1 << 2); /* unchanged ones stay */
    return RESULT_OK;
}

static void a_new_name_replaces_the_old_keys(void **state)
{
    unsigned findings;
    (void)state;
    run_ok(home.store, STORE_WRITE, fill, NULL);
    run_ok(home.store, STORE_WRITE, rename_body, NULL);
    run_ok(home.store, STORE_READ, after_rename, NULL);
    store_close(&home.store);
    assert_ok(verify_home(home.path, &findings));
}

/* Many people with the same keys: the scan goes through them in batches. */
enum { NAMESAKES = 2500 };

static enum result fill_namesakes(struct txn *txn, void *arg)
{
    (void)arg;
    for (uint64_t i = 1; i <= NAMESAKES; i++) {
        Rec__Person person = make_person(i, i % 2 == 0 ? "张伟" : "张伟民", "");
        assert_ok(store_person_put(txn, &person));
        put_case(txn, i, i % 3 == 0 ? "211102002001" : "211102002002", i);
    }
    return RESULT_OK;
}

static enum result mark(const Rec__Person *person, void *arg)
{
    unsigned char *seen = arg;
    seen[person->id]++;
    return RESULT_OK;
}

static enum result find_namesakes(struct txn *txn, void *arg)
{
    unsigned char all[NAMESAKES + 1] = {0}, some[NAMESAKES + 1] = {0}, few[NAMESAKES + 1] = {0};
    size_t count = 0;
    bool more;
    (void)arg;
    assert_ok(store_person_find(txn, "2111", "n张", MOST, mark, all, &more));
    assert_ok(store_person_find(txn, "211102002001", "n伟民", MOST, mark, some, &more));
    assert_false(more);
    assert_ok(store_person_find(txn, "", "n张", 10, mark, few, &more));
    assert_true(more);
    for (size_t i = 1; i <= NAMESAKES; i++) {
        assert_int_equal(all[i], 1);
        assert_int_equal(some[i], i % 2 == 1 && i % 3 == 0);
        count += few[i];
    }
    assert_int_equal(count, 10);
    return RESULT_OK;
}

static void namesakes_are_all_found(void **state)
{
    (void)state;
    run_ok(home.store, STORE_BULK, fill_namesakes, NULL);
    run_ok(home.store, STORE_READ, find_namesakes, NULL);
}

static enum result find_writing(struct txn *txn, void *arg)
{
    bool more;
    assert_result(store_person_find(txn, "", "n张", MOST, mark, arg, &more), RESULT_INVALID);
    return RESULT_OK;
}

static void a_writer_does_not_search(void **state)
{
    unsigned char none[1];
    (void)state;
    run_ok(home.store, STORE_WRITE, find_writing, none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(people_are_found_by_every_kind_of_key),
        TEST(a_new_name_replaces_the_old_keys),
        TEST(namesakes_are_all_found),
        TEST(a_writer_does_not_search),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
