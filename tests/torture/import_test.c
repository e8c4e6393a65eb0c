/*
 * The server is killed during imports: rows are in whole, households with all their members, and
 * the same file once more brings in what is missing and nothing twice.
 */
#include "crowd.h"
#include "window.h"

#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PEOPLE = 600, HOUSEHOLDS = 200, MEMBERS = 3, VISITS = 600 };

/** Every attempt brings new people: rows are numbered on from here. */
static size_t first_row;

static char *person_row(size_t number)
{
    size_t person = RIG_PEOPLE + first_row + number;
    char id_no[19];

    rig_id_no(person, id_no);
    return mem_printf("%s001,王桂兰,%s,独居,低,2025-08-01", rig_street(person % RIG_STREETS),
                      id_no);
}

static char *household_row(size_t number)
{
    static const char *const RELATIONS[MEMBERS] = {"户主", "配偶", "子"};
    size_t person = RIG_PEOPLE + first_row + number;
    size_t head = person - number % MEMBERS;
    char head_id[19];
    char id_no[19];

    rig_id_no(head, head_id);
    rig_id_no(person, id_no);
    return mem_printf("%s001,曹俊贵,%s,曹俊贵,%s,%s,是,B,1250,2024-10", rig_street(0), head_id,
                      id_no, RELATIONS[number % MEMBERS]);
}

static char *visit_row(size_t number)
{
    size_t visit = first_row + number;
    char id_no[19];

    rig_id_no(visit % RIG_PEOPLE, id_no);
    return mem_printf("%s,2026-10-%02zu,电话,成功,刘洋,n%zu", id_no, 1 + visit / RIG_PEOPLE % 31,
                      visit);
}

// ---- what is there

struct counting {
    struct txn *txn;
    const char *kind;
    size_t cases, visits;
    size_t homes; /**< cases in which one person is */
    size_t numbers[1 << 16];
};

static enum result count_home(const Rec__Case *record, void *arg)
{
    (void)record;
    ((struct counting *)arg)->homes++;
    return RESULT_OK;
}

/** Nobody is in the store without a case or in two. */
static enum result check_person(const Rec__Person *person, void *arg)
{
    struct counting *counting = arg;

    counting->homes = 0;
    assert_result(store_case_of_person(counting->txn, person->id, count_home, counting), RESULT_OK);
    assert_int_equal(counting->homes, 1);
    return RESULT_OK;
}

static enum result count_case(const Rec__Case *record, void *arg)
{
    struct counting *counting = arg;

    if (strcmp(record->kind, "dibao") == 0)
        assert_int_equal(record->n_members, MEMBERS);
    counting->cases += strcmp(record->kind, counting->kind) == 0;
    return RESULT_OK;
}

static enum result read_cases(struct txn *txn, void *arg)
{
    struct counting *counting = arg;

    counting->txn = txn;
    assert_result(store_case_scan(txn, 0, count_case, counting), RESULT_OK);
    return store_person_scan(txn, 0, check_person, counting);
}

static enum result count_visit(const Rec__Visit *visit, void *arg)
{
    struct counting *counting = arg;

    for (size_t i = 0; i < visit->n_fields; i++) {
        if (strcmp(visit->fields[i]->name, "note") == 0) {
            size_t number = strtoul(visit->fields[i]->value + 1, NULL, 10);

            assert_int_equal(counting->numbers[number]++, 0);
            counting->visits++;
        }
    }
    return RESULT_OK;
}

static enum result read_visits(struct txn *txn, void *arg)
{
    return store_visit_scan_all(txn, count_visit, arg);
}

static size_t count_in(struct store *store, const char *kind)
{
    struct counting *counting = mem_new(sizeof *counting);
    bool visits = strcmp(kind, "visit") == 0;
    size_t count;

    counting->kind = kind;
    assert_result(store_run(store, STORE_READ, visits ? read_visits : read_cases, counting),
                  RESULT_OK);
    count = visits ? counting->visits : counting->cases;
    free(counting);
    return count;
}

static size_t count_units(struct rig *rig, const char *kind)
{
    int lock = rig_seize(rig);
    struct store *store = rig_open_copy(rig);
    size_t count = count_in(store, kind);

    rig_close_copy(rig, &store);
    close(lock);
    return count;
}

// ---- imports

static int import(struct rig *rig, void *arg)
{
    struct rig_figures figures;

    return (int)rig_import(rig, arg, &figures);
}

/** Kills imports of one kind; each is repeated until it is in. */
static void torture(void **state, struct rig_rows *rows, size_t unit, int times)
{
    struct rig *rig = scene_rig(state);
    struct window window = {
        .name = rows->kind, .usecase = import, .arg = rows, .part = "/db/log.", .writes = 8};
    size_t total = count_units(rig, rows->kind);
    size_t partly = 0;

    rig_inject(rig);
    first_row = 0;
    for (int i = 0; window_open(&window, times, times / 2); i++) {
        struct rig_figures figures;
        size_t before;

        window_kill_at_write(rig, &window);
        before = count_units(rig, rows->kind);
        partly += before > total && before < total + rows->count / unit;
        assert_result(rig_import(rig, rows, &figures), RESULT_OK);
        total += rows->count / unit;
        assert_int_equal(before + figures.accepted / unit, total);
        assert_int_equal(count_units(rig, rows->kind), total);
        if (rig_is_long() || i == times - 1)
            rig_verify(rig);
        first_row += rows->count;
    }
    print_message("torture: import of %s: partly in %zu times\n", rows->kind, partly);
    window_tell(&window, rig, times / 2);
}

static void people(void **state)
{
    struct rig_rows rows = {.kind = "tanfang",
                            .headers = "区划代码,姓名,身份证号,类别,风险等级,纳入日期",
                            .count = PEOPLE,
                            .row = person_row};

    torture(state, &rows, 1, rig_times(2, 40));
}

static void households(void **state)
{
    struct rig_rows rows = {.kind = "dibao",
                            .headers =
                                "区划代码,户主姓名,户主身份证号,成员姓名,成员身份证号,与户主关系,"
                                "是否保障,动态类别,家庭月收入,保障起始月",
                            .count = (size_t)HOUSEHOLDS * MEMBERS,
                            .row = household_row};

    torture(state, &rows, MEMBERS, rig_times(2, 40));
}

static void visits(void **state)
{
    struct rig_rows rows = {.kind = "visit",
                            .headers = "身份证号,探访日期,方式,结果,探访人,备注",
                            .count = VISITS,
                            .row = visit_row};

    torture(state, &rows, 1, rig_times(2, 20));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        SCENE_TEST(people),
        SCENE_TEST(households),
        SCENE_TEST(visits),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
