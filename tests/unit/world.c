#include "world.h"

#include "limit_unit.h"

#include "base/month.h"
#include "service/frame/record.h"
#include "service/keeping/init.h"
#include "service/ledger/credit.h"
#include "service/lists/history.h"
#include "service/memory/reading.h"

static const char *const DIVISIONS[][4] = {
    {"210000000000", "辽宁省", "", "province"},
    {"211100000000", "盘锦市", "210000000000", "city"},
    {COUNTY, "双台子区", "211100000000", "county"},
    {STREET, "胜利街道", COUNTY, "street"},
    {VILLAGE, "旌旗社区", STREET, "village"},
    {NEXT_VILLAGE, "团结社区", STREET, "village"},
    {OTHER_STREET, "建设街道", COUNTY, "street"},
    {FAR_VILLAGE, "化工社区", OTHER_STREET, "village"},
};

day_t on(const char *date)
{
    day_t day = 0;

    assert_ok(date_parse(date, &day));
    return day;
}

month_t in(const char *text)
{
    month_t month = 0;

    assert_ok(month_parse(text, &month));
    return month;
}

static void open_service(struct world *world, const char *today)
{
    char *forms = paths_data("forms");
    struct service_options options = {
        .home = world->home.path, .forms = forms, .create = true, .today = today};
    char *message = NULL;

    if (service_open(&options, &world->service, &message) != 0)
        fail_msg("%s", message);
    free(forms);
    world->system = facts_system(world->service);
}

static struct sheet *make_divisions(void)
{
    struct sheet *sheet = column_sheet(&COLUMNS_AREAS);

    for (size_t i = 0; i < COUNT(DIVISIONS); i++) {
        size_t row = sheet_add_row(sheet);
        sheet_set(sheet, row, "code", DIVISIONS[i][0]);
        sheet_set(sheet, row, "name", DIVISIONS[i][1]);
        sheet_set(sheet, row, "parent", DIVISIONS[i][2]);
        sheet_set(sheet, row, "level", DIVISIONS[i][3]);
    }
    return sheet;
}

void world_make(struct world *world, const char *today)
{
    struct sheet *divisions = make_divisions();
    struct init_input input = {
        .area = "211102",
        .first_month = "2026-10",
        .admin_password = ADMIN_PASSWORD,
        .divisions = divisions,
    };
    int lock;

    *world = (struct world){.home = home_make()};
    assert_ok(store_lock_home(world->home.path, true, &lock));
    close(lock);
    open_service(world, today);
    assert_ok(init_new_home(world->service, &world->system, &input, &world->reply));
    sheet_free(&divisions);
}

enum result world_print(struct world *world, const struct caller *caller)
{
    static const struct history_print print = {
        .what = "应访清单",
        .month = "2026-11",
        .area = VILLAGE,
        .title = "",
        .to = "file",
        .place = "/a.txt",
        .job = "",
        .state = "",
        .scope = "",
        .rows = 3,
    };

    return history_add_print(world->service, caller, &print, &world->reply);
}

void world_reopen(struct world *world, const char *today)
{
    service_close(&world->service);
    open_service(world, today);
}

void world_remove(struct world *world)
{
    limit_unit_begin();
    reply_free(&world->reply);
    service_close(&world->service);
    remove_tree(world->home.root);
    free(world->home.root);
    free(world->home.path);
    limit_unit_end();
}

struct caller caller_of(enum role role, const char *area)
{
    static uint8_t sessions;
    struct caller caller = {.number = 1, .role = role};

    memset(caller.session, ++sessions, sizeof caller.session);
    snprintf(caller.officer, sizeof caller.officer, "%s-1", access_role_name(role));
    snprintf(caller.area, sizeof caller.area, "%s", area);
    return caller;
}

// ---- records

Rec__Case new_case(uint64_t id, char *kind, char *area, day_t since)
{
    static char numbers[1000][16];
    Rec__Case record = REC__CASE__INIT;
    char *number = numbers[id % COUNT(numbers)];

    snprintf(number, sizeof numbers[0], "T-%llu", (unsigned long long)id);
    record.id = record.person = id;
    record.number = number;
    record.kind = kind;
    record.area = area;
    record.since = since;
    record.state = "active";
    record.tier = "低";
    record.officer = "刘洋";
    return record;
}

static enum result write_case(struct usecase *usecase, void *arg)
{
    const Rec__Case *record = arg;
    Rec__Person person = REC__PERSON__INIT;
    Rec__Person *known;

    person.id = record->person;
    person.name = "王桂兰";
    person.area = record->area;
    enum result result = store_person_get(usecase->txn, person.id, &known);
    if (result == 0)
        rec__person__free_unpacked(known, NULL);
    else if (result == RESULT_NOTFOUND)
        result = store_person_put(usecase->txn, &person);
    if (result == 0)
        result = store_case_put(usecase->txn, record);
    return result != 0 ? result : duties_follow_case(usecase, NULL, record);
}

uint64_t put_case(struct world *world, const Rec__Case *record)
{
    assert_ok(usecase_write(world->service, &world->system, ACTION_CASE_SAVE, NULL, write_case,
                            (void *)record, &world->reply));
    return record->id;
}

struct changing {
    uint64_t id;
    void (*change)(Rec__Case *record);
};

static enum result write_change(struct usecase *usecase, void *arg)
{
    const struct changing *changing = arg;
    Rec__Case *old, *record;
    enum result result = store_case_get(usecase->txn, changing->id, &old);

    if (result != 0)
        return result;
    assert_ok(store_case_get(usecase->txn, changing->id, &record));
    changing->change(record);
    result = store_case_put(usecase->txn, record);
    if (result == 0)
        result = duties_follow_case(usecase, old, record);
    rec__case__free_unpacked(old, NULL);
    rec__case__free_unpacked(record, NULL);
    return result;
}

void change_case(struct world *world, uint64_t id, void (*change)(Rec__Case *record))
{
    struct changing changing = {.id = id, .change = change};

    assert_ok(usecase_write(world->service, &world->system, ACTION_CASE_SAVE, NULL, write_change,
                            &changing, &world->reply));
}

struct rows {
    month_t month;
    const char *type;
    size_t count;
    Rec__Duty *rows[8];
};

static enum result keep_row(const Rec__Duty *duty, void *arg)
{
    struct rows *rows = arg;

    if (duty->month == rows->month && strcmp(duty->type, rows->type) == 0)
        rows->rows[rows->count++] = record_copy(duty);
    return RESULT_OK;
}

static enum result write_visit(struct usecase *usecase, void *arg)
{
    const Rec__Visit *visit = arg;
    struct record_cases cases = {0};
    struct credit_changes changes = {0};
    enum result result = record_cases_load(usecase, visit->person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++)
        result = credit_load(usecase, cases.items[i], month_of(visit->date), &changes);
    if (result == 0)
        result = store_visit_put(usecase->txn, visit);
    if (result == 0)
        result = credit_store(usecase, &changes, NULL);
    credit_changes_free(&changes);
    record_cases_free(&cases);
    return result;
}

void put_visit(struct world *world, uint64_t person, const char *date, char *kind, char *result)
{
    static uint32_t seq;
    Rec__Visit visit = REC__VISIT__INIT;

    visit.person = person;
    visit.date = on(date);
    visit.seq = seq++;
    visit.kind = kind;
    visit.mode = "上门";
    visit.result = result;
    assert_ok(usecase_write(world->service, &world->system, ACTION_VISIT_ADD, NULL, write_visit,
                            &visit, &world->reply));
}

// ---- questions

struct finding_duty {
    uint64_t case_id;
    struct rows rows;
};

static enum result find_rows(struct txn *txn, void *arg)
{
    struct finding_duty *finding = arg;

    return store_duty_of_case(txn, finding->case_id, keep_row, &finding->rows);
}

Rec__Duty *find_duty(struct world *world, uint64_t case_id, const char *month, const char *type)
{
    struct finding_duty finding = {.case_id = case_id, .rows = {.month = in(month), .type = type}};

    run_ok(world->service->store, STORE_READ, find_rows, &finding);
    assert_true(finding.rows.count <= 1);
    return finding.rows.rows[0];
}

struct counting {
    month_t month;
    size_t count;
};

static enum result count_row(const Rec__Duty *duty, void *arg)
{
    (void)duty;
    ((struct counting *)arg)->count++;
    return RESULT_OK;
}

static enum result count_rows(struct txn *txn, void *arg)
{
    struct counting *counting = arg;

    counting->count = 0;
    return store_duty_scan(txn, counting->month, "", NULL, count_row, counting);
}

size_t count_duties(struct world *world, const char *month)
{
    struct counting counting = {.month = in(month)};

    run_ok(world->service->store, STORE_READ, count_rows, &counting);
    return counting.count;
}

struct figures sum(struct world *world, const char *month, const char *area, const char *kind)
{
    struct totals *totals = world->service->totals;
    struct figures figures = {0};

    assert_ok(reading_load_month(world->service, in(month)));
    assert_true(totals_sum(totals, in(month), area, totals_kinds(totals, kind), &figures));
    return figures;
}
