#include "world.h"

#include "service/frame/event.h"
#include "service/frame/night.h"
#include "service/keeping/areas.h"
#include "service/keeping/backup.h"
#include "service/keeping/init.h"
#include "service/keeping/standard.h"
#include "service/keeping/status.h"
#include "service/keeping/verify.h"
#include "service/lists/audit.h"
#include "service/lists/case_log.h"
#include "service/lists/history.h"

// ---- init

static struct sheet *divisions(const char *const rows[][4], size_t count)
{
    static const char *const columns[] = {"code", "name", "parent", "level"};
    struct sheet *sheet = column_sheet(&COLUMNS_AREAS);

    for (size_t i = 0; i < count; i++) {
        size_t row = sheet_add_row(sheet);
        for (size_t c = 0; c < COUNT(columns); c++)
            sheet_set(sheet, row, columns[c], rows[i][c]);
    }
    return sheet;
}

static struct service *open_empty(struct home *home)
{
    char *forms = paths_data("forms"), *message = NULL;
    struct service_options options = {.forms = forms, .create = true, .today = "2026-11-05"};
    struct service *service;
    int lock;

    *home = home_make();
    options.home = home->path;
    assert_ok(store_lock_home(home->path, true, &lock));
    close(lock);
    assert_ok(service_open(&options, &service, &message));
    free(forms);
    return service;
}

static void wrong_divisions_are_refused_with_their_line(void **state)
{
    static const char *const good[] = {"211102000000", "双台子区", "", "county"};
    static const struct {
        const char *row[4];
        const char *words;
    } cases[] = {
        {{"2111020020", "胜利街道", "211102000000", "street"}, "第 3 行：代码"},
        {{"211102002000", "胜利街道", "211102000000", "village"}, "第 3 行：级别"},
        {{"211102002000", "胜利街道", "211102000000", "town"}, "第 3 行：级别"},
        {{"211102002000", "", "211102000000", "street"}, "第 3 行：没有名称"},
        {{"211102002000", "胜利街道", "21110x", "street"}, "第 3 行：上级"},
        {{"211103002000", "胜利街道", "211102000000", "street"}, "不在上级"},
        {{"211102002001", "旌旗社区", "211102002000", "village"}, "不在表中"},
        {{"211102000000", "双台子区", "", "county"}, "出现两次"},
    };
    struct home home;
    struct service *service = open_empty(&home);
    struct caller system = facts_system(service);
    struct reply reply = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *rows[2][4];
        memcpy(rows[0], good, sizeof good);
        memcpy(rows[1], cases[i].row, sizeof cases[i].row);
        struct sheet *sheet = divisions(rows, 2);
        struct init_input input = {.area = "211102", .divisions = sheet};
        assert_result(init_new_home(service, &system, &input, &reply), RESULT_INVALID);
        if (strstr(reply.message, cases[i].words) == NULL)
            fail_msg("%s: %s", cases[i].words, reply.message);
        sheet_free(&sheet);
    }
    assert_false(service_initialised(service));
    reply_free(&reply);
    service_close(&service);
    remove_tree(home.root);
    free(home.root);
    free(home.path);
}

static void init_makes_a_home_once(void **state)
{
    static const char *const rows[][4] = {{"211102000000", "双台子区", "", "county"}};
    static const struct init_input wrong[] = {
        {.area = "21110"},
        {.area = "211103"}, /* not in the table */
        {.area = "211102", .first_month = "2026-13"},
        {.area = "211102", .first_month = "2026-12"}, /* in the future */
        {.area = "211102", .admin_password = "short"},
    };
    struct home home;
    struct service *service = open_empty(&home);
    struct caller system = facts_system(service), caller = {0};
    struct reply reply = {0};
    struct sheet *sheet = divisions(rows, COUNT(rows));
    struct init_input input = {.area = "211102", .divisions = sheet};
    char password[32];

    (void)state;
    for (size_t i = 0; i < COUNT(wrong); i++) {
        struct init_input bad = wrong[i];
        bad.divisions = sheet;
        assert_result(init_new_home(service, &system, &bad, &reply), RESULT_INVALID);
    }
    assert_ok(init_new_home(service, &system, &input, &reply));
    assert_string_equal(fields_get(&reply.values, "admin"), "admin");
    assert_string_equal(fields_get(&reply.values, "areas"), "1");
    snprintf(password, sizeof password, "%s", fields_get(&reply.values, "password"));
    assert_string_equal(service_area(service), "211102000000");
    assert_string_equal(service_area_name(service, "211102"), "双台子区");
    assert_int_equal(service_first_month(service), in("2026-11"));
    assert_int_equal(facts_opened_month(service), in("2026-11"));
    assert_ok(session_begin(service, &caller, &reply));
    assert_ok(session_login(service, &caller, "admin", password, &reply));
    assert_int_equal(caller.role, ROLE_ADMIN);
    assert_true(caller.must_change);
    assert_result(init_new_home(service, &system, &input, &reply), RESULT_EXISTS);
    sheet_free(&sheet);
    reply_free(&reply);
    service_close(&service);
    remove_tree(home.root);
    free(home.root);
    free(home.path);
}

// ---- areas

static void areas_are_listed_below_one(void **state)
{
    static const struct {
        const char *parent;
        bool all;
        size_t rows;
        const char *first;
    } cases[] = {
        {"", false, 2, STREET},     {"", true, 6, COUNTY}, {STREET, false, 2, VILLAGE},
        {"2111", false, 1, COUNTY}, {"2112", true, 0, ""},
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *sheet = NULL;
        assert_ok(areas_list(world.service, &world.system, cases[i].parent, cases[i].all, false,
                             &sheet, &world.reply));
        assert_int_equal(sheet->row_count, cases[i].rows);
        if (sheet->row_count > 0)
            assert_string_equal(sheet_get(sheet, 0, "code"), cases[i].first);
        sheet_free(&sheet);
    }
    world_remove(&world);
}

// ---- standards

static enum result set(struct world *world, const char *name, const char *area, const char *from,
                       const char *value)
{
    struct standard_input input = {
        .name = name, .area = area, .from = from, .value = value, .source = "测试"};

    return standard_set(world->service, &world->system, &input, &world->reply);
}

static void standards_are_dated_and_local(void **state)
{
    static const struct {
        const char *area, *on;
        int64_t fen;
    } cases[] = {
        {VILLAGE, "2017-12-31", -1},        {VILLAGE, "2018-01-01", 65000},
        {VILLAGE, "2020-06-01", 73000},     {VILLAGE, "2022-07-01", 77600},
        {VILLAGE, "2026-11-05", 79200},     {VILLAGE, "2026-12-01", 82000}, /* lies in the street */
        {STREET, "2026-12-01", 82000},      {FAR_VILLAGE, "2026-12-01", 81050},
        {"210100000000", "2026-11-05", -1},
    };
    struct world world;
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(set(&world, "低保标准", "2111", "2026-12-01", "810.50"));
    assert_ok(set(&world, "低保标准", STREET, "2026-12-01", "800"));
    assert_ok(set(&world, "低保标准", STREET, "2026-12-01", "820")); /* corrects it */
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t fen = facts_standard(world.service, "低保标准", cases[i].area, on(cases[i].on), -1);
        assert_int_equal(fen, cases[i].fen);
    }
    assert_ok(standard_list(world.service, &world.system, "低保标准", &sheet, &world.reply));
    assert_int_equal(sheet->row_count, 6);
    sheet_free(&sheet);
    world_remove(&world);
}

/* The logs that roll a backup forward are not kept longer than the backups. */
static void log_files_are_kept_as_long_as_backups(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_int_equal(backup_log_days(world.service), 7);
    assert_ok(set(&world, "备份保留天数", "", "2026-11-05", "3"));
    assert_int_equal(backup_log_days(world.service), 3);
    assert_ok(set(&world, "备份保留天数", "", "2026-11-05", "30"));
    assert_int_equal(backup_log_days(world.service), 7);
    assert_ok(set(&world, "日志归档天数", "", "2026-11-05", "0"));
    assert_int_equal(backup_log_days(world.service), 0);
    world_remove(&world);
}

// ---- the night

/** What `status` says of the night, "" if nothing. Borrowed until the next call. */
static const char *night_alarm(struct world *world)
{
    static char found[200];
    struct sheet *sheet;

    found[0] = '\0';
    assert_ok(status_list(world->service, &world->system, &sheet, &world->reply));
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strstr(sheet_get(sheet, row, "value"), "夜间备份和导出没有做成") != NULL)
            snprintf(found, sizeof found, "%s", sheet_get(sheet, row, "value"));
    sheet_free(&sheet);
    return found;
}

static const struct backup_bundle A_BUNDLE = {7, "0123", 46000, 2};
static const struct backup_night A_NIGHT = {
    .bundle = "/srv/x.tar.zst", .order = &A_BUNDLE, .backup = "/srv/x", .at = 1};

/** Two exports at once would take one number. */
static void one_export_at_a_time(void **state)
{
    struct backup_bundle last;
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(backup_last_bundle(world.service, &last));
    assert_int_equal(last.number, 0);
    assert_ok(night_export_begin(world.service, &world.system, &world.reply));
    assert_result(night_export_begin(world.service, &world.system, &world.reply), RESULT_AGAIN);
    assert_ok(backup_note_night(world.service, &world.system, &A_NIGHT, &world.reply));
    night_export_end(world.service, &world.system, RESULT_OK, "");
    world_reopen(&world, "2026-11-05");
    assert_ok(backup_last_bundle(world.service, &last));
    assert_memory_equal(&last, &A_BUNDLE, sizeof last);
    world_remove(&world);
}

static void a_night_has_failed_until_it_has_succeeded(void **state)
{
    struct world world;
    struct service *service;

    (void)state;
    world_make(&world, "2026-11-05");
    service = world.service;
    assert_ok(night_export_begin(service, &world.system, &world.reply));
    assert_string_equal(night_alarm(&world), ""); /* it goes on */
    world_reopen(&world, "2026-11-05");           /* the server died meanwhile */
    assert_non_null(strstr(night_alarm(&world), "没有做完"));
    service = world.service;
    assert_ok(night_export_begin(service, &world.system, &world.reply));
    night_export_end(service, &world.system, RESULT_FULL, "磁盘已满");
    assert_non_null(strstr(night_alarm(&world), "磁盘已满"));
    assert_ok(night_export_begin(service, &world.system, &world.reply));
    assert_non_null(
        strstr(night_alarm(&world), "磁盘已满")); /* another one goes on, the alarm stays */
    assert_ok(backup_note_night(service, &world.system, &A_NIGHT, &world.reply));
    night_export_end(service, &world.system, RESULT_OK, "");
    assert_string_equal(night_alarm(&world), "");
    world_remove(&world);
}

static void wrong_standards_are_refused(void **state)
{
    static const struct {
        const char *name, *area, *from, *value, *field;
    } cases[] = {
        {"", "", "2026-12-01", "1", "name"},
        {"低保标淮", "", "2026-12-01", "800", "name"},
        {"照料护理标准", "", "2026-12-01", "800", "name"}, /* one for each ability */
        {"办理时限-低保-缴费", "", "2026-12-01", "5", "name"},
        {"低保标准", "211199", "2026-12-01", "800", "area"},
        {"低保标准", "", "2026-02-30", "800", "from"},
        {"低保标准", "", "2026-12-01", "八百", "value"},
        {"低保标准", "", "2026-12-01", "-1", "value"},
        {"应访新增截止日", "", "2026-12-01", "0", "value"},
        {"应访新增截止日", "", "2026-12-01", "32", "value"},
        {"应访新增截止日", "", "2026-10-01", "20", "from"}, /* that month was reported */
        {"应访新增截止日", STREET, "2026-12-01", "20", "area"},
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_result(set(&world, cases[i].name, cases[i].area, cases[i].from, cases[i].value),
                      RESULT_INVALID);
        assert_string_equal(world.reply.problems.items[0].field, cases[i].field);
    }
    world_remove(&world);
}

static void a_changed_rule_changes_the_figures_of_its_months(void **state)
{
    struct world world;
    struct sheet *lines;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-11-22"));
    put_case(&world, &record);
    assert_int_equal(sum(&world, "2026-11", "", "").owed, 1);
    assert_ok(set(&world, "应访新增截止日", "", "2026-11-01", "20"));
    assert_int_equal(facts_duty_rules(world.service, in("2026-11")).entry_until, 20);
    assert_int_equal(facts_duty_rules(world.service, in("2026-10")).entry_until, 25);
    assert_int_equal(sum(&world, "2026-11", "", "").owed, 0);
    assert_int_equal(sum(&world, "2026-11", "", "").not_counted, 1);
    assert_ok(verify_all(world.service, &world.system, &lines, &world.reply));
    sheet_free(&lines);
    world_remove(&world);
}

// ---- events

static void the_audit_finds_what_is_asked_for(void **state)
{
    struct world world;
    struct caller auditor = caller_of(ROLE_AUDITOR, "");
    struct caller admin = caller_of(ROLE_ADMIN, "");
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(world_print(&world, &world.system));
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-11-01"));
    put_case(&world, &record);
    const struct {
        struct audit_query query;
        size_t rows;
        const char *action;
    } cases[] = {
        {{.record = "print:应访清单"}, 1, "打印"},
        {{.officer = "auditor-1"}, 1, "审计日志"}, /* the question before */
        {{.action = "init"}, 1, "初始化"},
        {{.since = "2026-11-06"}, 0, ""},
        {{.limit = 1, .action = "month.open"}, 1, "开月"},
        {{.action = "month.open"}, 2, "开月"},
        {{.action = "开月"}, 2, "开月"},
        {{.action = "case.reopen"}, 0, ""},
        {{.record = "case:99"}, 0, ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        auditor.number++;
        assert_ok(audit_list(world.service, &auditor, &cases[i].query, &sheet, &world.reply));
        assert_int_equal(sheet->row_count, cases[i].rows);
        if (sheet->row_count > 0)
            assert_string_equal(sheet_get(sheet, 0, "action"), cases[i].action);
        sheet_free(&sheet);
    }
    auditor.number++;
    assert_ok(audit_list(world.service, &auditor,
                         &(struct audit_query){.action = "month.open", .limit = 1}, &sheet,
                         &world.reply));
    assert_string_equal(sheet_get(sheet, 0, "record"), "month:2026-11"); /* the newest */
    sheet_free(&sheet);
    assert_result(audit_list(world.service, &admin, &cases[0].query, &sheet, &world.reply),
                  RESULT_DENIED);
    auditor.number++;
    assert_result(audit_list(world.service, &auditor, &(struct audit_query){.officer = "nobody"},
                             &sheet, &world.reply),
                  RESULT_USAGE);
    struct audit_query wrong = {.since = "yesterday"};
    auditor.number++;
    assert_result(audit_list(world.service, &auditor, &wrong, &sheet, &world.reply),
                  RESULT_INVALID);
    world_remove(&world);
}

/** An empty list would look as if nobody had done it. */
static void an_unknown_action_is_refused_with_a_list(void **state)
{
    struct world world;
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    assert_result(audit_list(world.service, &world.system, &(struct audit_query){.action = "month"},
                             &sheet, &world.reply),
                  RESULT_USAGE);
    assert_non_null(strstr(world.reply.message, "没有“month”这种操作"));
    assert_non_null(strstr(world.reply.message, "、开月 month.open、"));
    assert_non_null(strstr(world.reply.message, "、演示数据 demo"));
    world_remove(&world);
}

static enum result note_words(struct usecase *usecase, void *arg)
{
    event_name_record(usecase, VILLAGE, "officer:1001");
    event_add_note(usecase, "%s", (const char *)arg);
    return RESULT_OK;
}

/** Newest first, whichever sessions they come from; words of older versions are understood. */
static void events_of_one_second_stand_in_their_order(void **state)
{
    static const char *const notes[][2] = {
        {"一", "一"}, {"lock", "锁定"}, {"unlock", "解锁"}, {"passwd", "重置密码"}, {"二", "二"},
        {"三", "三"}, {"四", "四"},     {"locks", "locks"}, {"锁定", "锁定"},
    };
    struct audit_query query = {.record = "officer:1001"};
    struct world world;
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    for (size_t i = 0; i < COUNT(notes); i++) {
        struct caller admin = caller_of(ROLE_ADMIN, "");
        memset(admin.session, (int)(37 * i % 101) + 100, sizeof admin.session);
        assert_ok(usecase_write(world.service, &admin, ACTION_OFFICER_EDIT, NULL, note_words,
                                (void *)(uintptr_t)notes[i][0], &world.reply));
    }
    struct caller auditor = caller_of(ROLE_AUDITOR, "");
    assert_ok(audit_list(world.service, &auditor, &query, &sheet, &world.reply));
    assert_int_equal(sheet->row_count, COUNT(notes));
    for (size_t i = 0; i < COUNT(notes); i++)
        assert_string_equal(sheet_get(sheet, i, "note"), notes[COUNT(notes) - 1 - i][1]);
    sheet_free(&sheet);
    world_remove(&world);
}

static enum result note_changes(struct usecase *usecase, void *arg)
{
    (void)arg;
    event_name_record(usecase, VILLAGE, "case:1");
    event_add_change(usecase, "person.id_no", "", "11010519491231002X");
    event_add_change(usecase, "person.phone", "13900000000", "");
    event_add_change(usecase, "excuse", "asked", "granted");
    event_add_change(usecase, "members.1.income_of_old", "", "3");
    return RESULT_OK;
}

static void the_log_of_a_case_masks_id_numbers(void **state)
{
    struct world world;
    struct caller street = caller_of(ROLE_STREET, STREET),
                  other = caller_of(ROLE_STREET, OTHER_STREET);
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-11-01"));
    put_case(&world, &record);
    assert_ok(usecase_write(world.service, &street, ACTION_CASE_SAVE, VILLAGE, note_changes, NULL,
                            &world.reply));
    assert_ok(case_log_list(world.service, &street, 1, &sheet, &world.reply));
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "changes"),
                        "身份证号：1101**********002X；联系电话：13900000000→（空）；"
                        "免访：已申请→同意；成员2 members.1.income_of_old：3");
    sheet_free(&sheet);
    assert_result(case_log_list(world.service, &other, 1, &sheet, &world.reply), RESULT_DENIED);
    other.number++;
    assert_result(case_log_list(world.service, &other, 2, &sheet, &world.reply), RESULT_NOTFOUND);
    world_remove(&world);
}

/** A case is asked for by its number, as people know it; what does not exist is refused in words. */
static void the_audit_knows_a_case_by_its_number(void **state)
{
    static const struct {
        const char *record;
        enum result result;
        size_t rows;
    } cases[] = {
        {"case:1", RESULT_OK, 1},
        {"T-1", RESULT_OK, 1},
        {"case:99", RESULT_OK, 0},
        {"T-99", RESULT_USAGE, 0},
        {"王桂兰", RESULT_USAGE, 0},
        {"11010519491231002X", RESULT_USAGE, 0}, /* a valid number, of nobody */
    };
    struct world world;
    struct caller street = caller_of(ROLE_STREET, STREET), auditor = caller_of(ROLE_AUDITOR, "");

    (void)state;
    world_make(&world, "2026-11-05");
    Rec__Case record = new_case(1, "tanfang", VILLAGE, on("2026-11-01"));
    put_case(&world, &record);
    assert_ok(usecase_write(world.service, &street, ACTION_CASE_SAVE, VILLAGE, note_changes, NULL,
                            &world.reply));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *sheet = NULL;
        auditor.number++;
        assert_result(audit_list(world.service, &auditor,
                                 &(struct audit_query){.record = cases[i].record}, &sheet,
                                 &world.reply),
                      cases[i].result);
        assert_int_equal(sheet == NULL ? 0 : sheet->row_count, cases[i].rows);
        sheet_free(&sheet);
    }
    world_remove(&world);
}

// ---- status

static const char *status_value(const struct sheet *sheet, const char *name)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strcmp(sheet_get(sheet, row, "name"), name) == 0)
            return sheet_get(sheet, row, "value");
    return "";
}

static void the_status_tells_figures_and_alarms(void **state)
{
    struct world world;
    struct sheet *sheet;

    (void)state;
    world_make(&world, "2026-11-05");
    for (uint64_t id = 1; id <= 3; id++) {
        Rec__Case record = new_case(id, "tanfang", VILLAGE, on("2026-01-01"));
        put_case(&world, &record);
    }
    put_visit(&world, 1, "2026-11-03", "tanfang", "成功");
    assert_ok(status_list(world.service, &world.system, &sheet, &world.reply));
    assert_string_equal(status_value(sheet, "日期"), "2026-11-05（测试日期）");
    assert_string_equal(status_value(sheet, "本月"), "2026-11");
    assert_string_equal(status_value(sheet, "应访"), "3");
    assert_string_equal(status_value(sheet, "已访"), "1");
    assert_string_equal(status_value(sheet, "探访率"), "33.3");
    assert_string_equal(status_value(sheet, "人数"), "3");
    assert_string_equal(status_value(sheet, "个案数"), "3（在册 3）");
    assert_string_equal(status_value(sheet, "最近备份"), "还没有");
    assert_string_equal(status_value(sheet, "告警"), "");
    sheet_free(&sheet);
    world_reopen(&world, "2026-11-07");
    assert_ok(status_list(world.service, &world.system, &sheet, &world.reply));
    assert_non_null(strstr(status_value(sheet, "告警"), "已 2 天没有备份"));
    sheet_free(&sheet);
    /* A night's verified copy is a backup. */
    assert_ok(backup_note_night(world.service, &world.system,
                                &(struct backup_night){.bundle = "/out/a.tar.zst",
                                                       .order = &A_BUNDLE,
                                                       .backup = "/home/backup/20261107",
                                                       .at = facts_now(world.service)},
                                &world.reply));
    assert_ok(status_list(world.service, &world.system, &sheet, &world.reply));
    assert_non_null(strstr(status_value(sheet, "最近导出"), "/out/a.tar.zst"));
    assert_non_null(strstr(status_value(sheet, "最近备份"), "/home/backup/20261107"));
    assert_ptr_equal(strstr(status_value(sheet, "最近核验"), "2026-11-07 "),
                     status_value(sheet, "最近核验"));
    assert_string_equal(status_value(sheet, "告警"), "");
    sheet_free(&sheet);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_divisions_are_refused_with_their_line),
        cmocka_unit_test(init_makes_a_home_once),
        cmocka_unit_test(areas_are_listed_below_one),
        cmocka_unit_test(standards_are_dated_and_local),
        cmocka_unit_test(log_files_are_kept_as_long_as_backups),
        cmocka_unit_test(a_night_has_failed_until_it_has_succeeded),
        cmocka_unit_test(one_export_at_a_time),
        cmocka_unit_test(wrong_standards_are_refused),
        cmocka_unit_test(a_changed_rule_changes_the_figures_of_its_months),
        cmocka_unit_test(the_audit_finds_what_is_asked_for),
        cmocka_unit_test(an_unknown_action_is_refused_with_a_list),
        cmocka_unit_test(the_log_of_a_case_masks_id_numbers),
        cmocka_unit_test(the_audit_knows_a_case_by_its_number),
        cmocka_unit_test(events_of_one_second_stand_in_their_order),
        cmocka_unit_test(the_status_tells_figures_and_alarms),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
