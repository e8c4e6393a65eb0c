/*
 * Searching against a plain model: invented people come, are renamed, move, leave and are taken
 * back, and after every change each kind of search in each kind of area finds whom it should.
 */
#include "store_fixture.h"

#include "base/pinyin.h"
#include "base/random.h"
#include "base/text.h"
#include "db/env.h"
#include "db/people.h"

#include <stdio.h>
#include <string.h>

enum { PERSONS = 250, CASES = 400, ROUNDS = 120, CHANGES = 25, QUERIES = 40, MOST = 2000 };

static const char *const villages[] = {"211102002001", "211102002002", "211102003001",
                                       "211103001001", "211103001205"};
static const char *const areas[] = {"",          "2111",         "211102",       "211102002",
                                    "211103001", "211102002002", "211103001205", "211199"};
static const char *const names[] = {
    "单雄信",
    "单丽",
    "曾国",
    "区少文",
    "欧阳秀英",
    "吕不韦",
    "王桂兰",
    "王桂",
    "张伟",
    "张",
    "𠮷田",
    "李𠮷",
    "阿依古丽·买买提",
    "买买提·阿依古丽江",
    "解晓东",
    "尉迟恭敬",
    "A王",
    "古丽巴哈尔木",
    "重庆长",
    "",
    "乐乐",
};
static const char *const addresses[] = {
    "胜利街道旌旗社区站前路12号楼3单元501室",
    "团结社区5号楼",
    "旌旗社区",
    "",
    "田家镇大院村12号",
    "𠮷祥里3号",
    "胜利",
};

struct person {
    bool known;
    char name[64], id_no[19], phone[16], address[80];
};

struct model {
    struct random random;
    struct person persons[PERSONS + 1];
    struct {
        uint64_t person, member; /* 0: there is no such case */
        const char *area;
    } cases[CASES + 1];
};

#define PICK(random, list) (list)[random_below((random), COUNT(list))]

// ---- the model's own understanding of a search

static bool starts_within(const char *text, const char *wanted, size_t characters)
{
    uint32_t code;
    int bytes;
    for (size_t i = 0; i < characters && (bytes = text_decode(text, &code)) > 0; i++, text += bytes)
        if (strncmp(text, wanted, strlen(wanted)) == 0)
            return true;
    return false;
}

static bool tail_starts(const char *text, size_t tail, const char *wanted)
{
    size_t length = strlen(text);
    return length > tail && strncmp(text + length - tail, wanted, strlen(wanted)) == 0;
}

static bool pinyin_starts(struct pinyin_keys keys, const char *wanted)
{
    bool found = false;
    for (size_t i = 0; i < keys.count; i++)
        found = found || strncmp(keys.keys[i], wanted, strlen(wanted)) == 0;
    pinyin_keys_free(&keys);
    return found;
}

static bool is_called(const struct person *person, const char *key)
{
    const char *wanted = key + 1;
    switch (*key) {
    case 'n':
        return starts_within(person->name, wanted, sizeof person->name);
    case 'b':
        return strncmp(person->name, wanted, strlen(wanted)) == 0;
    case 'e':
        return strcmp(person->name, wanted) == 0;
    case 'q':
        return tail_starts(person->phone, 4, wanted);
    case 'a':
        return starts_within(person->address, wanted, 12);
    case 'i':
        return pinyin_starts(pinyin_initials(person->name), wanted);
    case 'y':
        return pinyin_starts(pinyin_full(person->name), wanted);
    case 'd':
        return strncmp(person->id_no, wanted, strlen(wanted)) == 0;
    case 't':
        return tail_starts(person->id_no, 4, wanted) || tail_starts(person->id_no, 6, wanted);
    case 'p':
        return strncmp(person->phone, wanted, strlen(wanted)) == 0 ||
               tail_starts(person->phone, 4, wanted);
    default:
        return false;
    }
}

static bool lives_in(const struct model *model, uint64_t person, const char *area)
{
    for (size_t i = 1; i <= CASES; i++)
        if ((model->cases[i].person == person || model->cases[i].member == person) &&
            text_starts(model->cases[i].area, area))
            return true;
    return false;
}

// ---- changes

static void invent(struct model *model, struct person *person, uint64_t id)
{
    struct random *random = &model->random;
    person->known = true;
    snprintf(person->name, sizeof person->name, "%s", PICK(random, names));
    snprintf(person->address, sizeof person->address, "%s", PICK(random, addresses));
    /* A number belongs to one person. */
    snprintf(person->id_no, sizeof person->id_no, "2111%02u19%02u%02u%02u%03u%c",
             random_below(random, 3), random_below(random, 100), random_below(random, 12) + 1,
             random_below(random, 28) + 1, (unsigned)id, "0123456789X"[random_below(random, 11)]);
    if (random_below(random, 8) == 0)
        *person->id_no = '\0';
    uint32_t number = random_below(random, 100000);
    if (random_below(random, 5) == 0)
        snprintf(person->phone, sizeof person->phone, "0427-28%05u", number);
    else
        snprintf(person->phone, sizeof person->phone, "1%02u%08u", 30 + number % 60, number);
}

static void put_person(struct txn *txn, struct model *model, uint64_t id)
{
    struct person *is = &model->persons[id];
    invent(model, is, id);
    Rec__Person person = make_person(id, is->name, is->id_no);
    person.phone = is->phone;
    person.address = is->address;
    assert_ok(store_person_put(txn, &person));
}

static void put_case(struct txn *txn, struct model *model, uint64_t id)
{
    Rec__Member member = REC__MEMBER__INIT;
    Rec__Member *members[] = {&member};
    char number[16];
    snprintf(number, sizeof number, "N%ju", (uintmax_t)id);
    model->cases[id].area = PICK(&model->random, villages);
    Rec__Case record = make_case(id, number, "tanfang", (char *)model->cases[id].area);
    record.person = model->cases[id].person;
    record.n_members = model->cases[id].member != 0;
    record.members = members;
    member.person = model->cases[id].member;
    assert_ok(store_case_put(txn, &record));
}

static void change(struct txn *txn, struct model *model)
{
    uint64_t person = random_below(&model->random, PERSONS) + 1;
    uint64_t id = random_below(&model->random, CASES) + 1;
    if (!model->persons[person].known || random_below(&model->random, 4) == 0)
        put_person(txn, model, person);
    if (model->cases[id].person == 0) {
        model->cases[id].person = person;
        /* Members may be people of whom nothing is known yet. */
        if (random_below(&model->random, 3) == 0)
            model->cases[id].member = random_below(&model->random, PERSONS) + 1;
        put_case(txn, model, id);
    } else if (random_below(&model->random, 2) == 0) {
        put_case(txn, model, id); /* somewhere else */
    } else {
        assert_ok(store_case_del(txn, id));
        model->cases[id].person = model->cases[id].member = 0;
    }
}

static enum result change_body(struct txn *txn, void *arg)
{
    for (int i = 0; i < CHANGES; i++)
        change(txn, arg);
    return RESULT_OK;
}

// ---- queries

/* The beginning of something that is there, mostly; sometimes with a wrong end. */
static void make_key(struct model *model, char *key, size_t size)
{
    static const char kinds[] = "nbeiydtpqa";
    struct random *random = &model->random;
    const struct person *person = &model->persons[random_below(random, PERSONS) + 1];
    char kind = kinds[random_below(random, sizeof kinds - 1)];
    struct pinyin_keys pinyin = {0};
    const char *text = person->name;
    if (kind == 'i' || kind == 'y') {
        pinyin = kind == 'i' ? pinyin_initials(person->name) : pinyin_full(person->name);
        text = pinyin.count > 0 ? pinyin.keys[random_below(random, (uint32_t)pinyin.count)] : "";
    } else if (kind == 'd' || kind == 't') {
        text = person->id_no;
    } else if (kind == 'p' || kind == 'q') {
        text = person->phone;
    } else if (kind == 'a') {
        text = person->address;
    }
    uint32_t code;
    size_t from = kind == 't' && strlen(text) == 18 ? random_below(random, 2) * 2 + 12
                  : kind == 'q' && strlen(text) > 4 ? strlen(text) - 4
                                                    : 0;
    if (kind == 'n' || kind == 'a')
        for (uint32_t skip = random_below(random, 5); skip > 0 && text[from] != '\0'; skip--)
            from += (size_t)text_decode(text + from, &code);
    size_t end = from;
    uint32_t most = kind == 'e' && random_below(random, 4) > 0 ? 64 : random_below(random, 20) + 1;
    for (uint32_t take = most; take > 0 && text[end] != '\0'; take--)
        end += (size_t)text_decode(text + end, &code);
    snprintf(key, size, "%c%.*s%s", kind, (int)(end - from), text + from,
             random_below(random, 10) == 0 ? "1" : "");
    pinyin_keys_free(&pinyin);
}

static enum result mark(const Rec__Person *person, void *arg)
{
    ((bool *)arg)[person->id] = true;
    return RESULT_OK;
}

static enum result query_body(struct txn *txn, void *arg)
{
    struct model *model = arg;
    for (int i = 0; i < QUERIES; i++) {
        char key[128];
        bool found[PERSONS + 1] = {false};
        bool more;
        const char *area = PICK(&model->random, areas);
        make_key(model, key, sizeof key);
        assert_ok(store_person_find(txn, area, key, MOST, mark, found, &more));
        assert_false(more);
        for (uint64_t id = 1; id <= PERSONS; id++) {
            const struct person *person = &model->persons[id];
            bool wanted = key[1] != '\0' && person->known && lives_in(model, id, area) &&
                          is_called(person, key);
            if (found[id] != wanted)
                fail_msg("%s in %s: %s (%s, %s, %s) %s", key, area, person->name, person->id_no,
                         person->phone, person->address, wanted ? "missing" : "too much");
        }
    }
    return RESULT_OK;
}

static void everybody_is_found_after_every_change(void **state)
{
    static struct model model;
    struct home home = home_create();
    (void)state;
    model.random.state = 20261125;
    for (int round = 0; round < ROUNDS; round++) {
        run_ok(home.store, STORE_WRITE, change_body, &model);
        run_ok(home.store, STORE_READ, query_body, &model);
        if (round % 40 == 39)
            home_reopen(&home);
    }
    home_remove(&home);
}

// ---- a large village among others: what says that nobody fits must never be wrong

enum {
    LARGE = 1537,
    SMALL = 100
}; /* rows of three blocks and one more; a street's, too (db/people.c) */

static const char *village_of(uint64_t id)
{
    return id <= LARGE ? "211102002001" : "211102002002";
}

static void put_one(struct people *people, uint64_t id)
{
    char number[24];
    Rec__Person person = make_person(id, (char *)names[id % COUNT(names)], number);
    snprintf(number, sizeof number, "2111021950%08ju", (uintmax_t)id);
    person.address = "";
    people_put(people, village_of(id), &person);
}

static bool is_found(const struct people *people, uint64_t id, const char *area, const char *prefix,
                     int digits)
{
    uint64_t ids[256]; /* "0012" begins 001234, too */
    bool more;
    char key[32];
    snprintf(key, sizeof key, "%s%0*ju", prefix, digits, (uintmax_t)id);
    size_t count = people_find(people, area, key, ids, COUNT(ids), &more);
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

/* Everybody in [1, LARGE + SMALL] but those that `gone` divides. */
static void expect_all(const struct people *people, uint64_t gone)
{
    for (uint64_t id = 1; id <= LARGE + SMALL; id++) {
        bool wanted = gone == 0 || id % gone != 0;
        assert_int_equal(is_found(people, id, "", "d2111021950", 8), wanted);
        assert_int_equal(is_found(people, id, "211102002", "t", 6), wanted);
        assert_int_equal(is_found(people, id, village_of(id), "t", 4), wanted);
        assert_false(is_found(people, id, village_of(id <= LARGE ? LARGE + 1 : 1), "t", 4));
        assert_false(is_found(people, id, "211102003", "d2111021950", 8));
    }
}

static void a_large_village_leaves_nobody_out(void **state)
{
    struct people *people = people_new();
    (void)state;
    for (uint64_t id = 1; id <= LARGE + SMALL; id++)
        put_one(people, id);
    expect_all(people, 0);
    for (uint64_t id = 2; id <= LARGE + SMALL; id += 2)
        people_remove(people, village_of(id), id);
    expect_all(people, 2);
    for (uint64_t id = 2; id <= LARGE + SMALL; id += 2)
        put_one(people, id);
    for (uint64_t id = 1; id <= LARGE + SMALL; id++)
        put_one(people, id); /* in place of what was there */
    expect_all(people, 0);
    people_free(&people);
}

/* Bytes that hold everybody, of whom so many were announced. */
static size_t size_announced(uint64_t announced)
{
    struct people *people = people_new();
    for (uint64_t id = 1; id <= announced; id++)
        people_expect(people, village_of(id));
    for (uint64_t id = 1; id <= LARGE + SMALL; id++)
        put_one(people, id);
    expect_all(people, 0);
    size_t size = people_size(people);
    people_free(&people);
    return size;
}

static void whoever_was_announced_takes_no_slack(void **state)
{
    size_t all = size_announced(LARGE + SMALL);
    (void)state;
    assert_true(all < size_announced(0));
    assert_true(all < size_announced(LARGE)); /* who comes unannounced is entered as ever */
    assert_true(all < size_announced(2 * LARGE));
}

// ---- several at once

enum { WRITERS = 4, WRITES = 60 };

struct writer {
    struct store *store;
    uint64_t id;
    char name[32];
    unsigned failures;
};

static enum result write_one(struct txn *txn, void *arg)
{
    struct writer *writer = arg;
    Rec__Person person = make_person(writer->id, writer->name, "");
    Rec__Case record = make_case(writer->id, "", "tanfang", "211102002001");
    record.person = writer->id;
    enum result result = store_person_put(txn, &person);
    return result != 0 ? result : store_case_put(txn, &record);
}

static enum result count_one(const Rec__Person *person, void *arg)
{
    (void)person;
    ++*(unsigned *)arg;
    return RESULT_OK;
}

static enum result find_one(struct txn *txn, void *arg)
{
    struct writer *writer = arg;
    unsigned found = 0;
    bool more;
    char key[40];
    snprintf(key, sizeof key, "n%s", writer->name);
    enum result result = store_person_find(txn, "211102002", key, MOST, count_one, &found, &more);
    writer->failures += found != 1;
    return result;
}

static void *write_and_find(void *arg)
{
    struct writer *writer = arg;
    uint64_t first = writer->id;
    for (unsigned i = 0; i < WRITES; i++) {
        writer->id = first + i;
        snprintf(writer->name, sizeof writer->name, "王%ju号", (uintmax_t)writer->id);
        writer->failures += store_run(writer->store, STORE_WRITE, write_one, writer) != 0;
        writer->failures += store_run(writer->store, STORE_READ, find_one, writer) != 0;
    }
    return NULL;
}

static void whoever_was_registered_is_found_at_once(void **state)
{
    struct home home = home_create();
    struct writer writers[WRITERS] = {0};
    pthread_t threads[WRITERS];
    (void)state;
    for (size_t i = 0; i < WRITERS; i++) {
        writers[i].store = home.store;
        writers[i].id = 1000 * (i + 1);
        assert_int_equal(pthread_create(&threads[i], NULL, write_and_find, &writers[i]), 0);
    }
    for (size_t i = 0; i < WRITERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(writers[i].failures, 0);
    }
    home_remove(&home);
}

// ---- an older home

static void the_index_of_earlier_programs_goes(void **state)
{
    struct home home = home_create();
    struct store_options options = {0};
    char *path = paths_join(home.path, "db/person_search.db");
    (void)state;
    store_close(&home.store);
    DB *file;
    assert_int_equal(db_create(&file, NULL, 0), 0);
    assert_int_equal(file->open(file, NULL, path, NULL, DB_BTREE, DB_CREATE, 0600), 0);
    assert_int_equal(file->close(file, 0), 0);
    assert_ok(store_open(home.path, &options, &home.store));
    assert_int_not_equal(access(path, F_OK), 0);
    free(path);
    home_remove(&home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(everybody_is_found_after_every_change),
        cmocka_unit_test(a_large_village_leaves_nobody_out),
        cmocka_unit_test(whoever_was_announced_takes_no_slack),
        cmocka_unit_test(whoever_was_registered_is_found_at_once),
        cmocka_unit_test(the_index_of_earlier_programs_goes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
