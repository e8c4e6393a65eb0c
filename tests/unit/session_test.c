#include "officer_fixture.h"

#include "service/keeping/areas.h"
#include "service/officers/officer.h"
#include "service/officers/password.h"

struct editing {
    const char *id;
    void (*edit)(Rec__Officer *officer, int64_t value);
    int64_t value;
};

static enum result edit_record(struct txn *txn, void *arg)
{
    const struct editing *editing = arg;
    Rec__Officer *officer;
    enum result result = store_officer_get(txn, editing->id, &officer);

    if (result != 0)
        return result;
    editing->edit(officer, editing->value);
    result = store_officer_put(txn, officer);
    rec__officer__free_unpacked(officer, NULL);
    return result;
}

static void edit_officer(struct world *world, const char *id,
                         void (*edit)(Rec__Officer *officer, int64_t value), int64_t value)
{
    struct editing editing = {.id = id, .edit = edit, .value = value};

    run_ok(world->service->store, STORE_WRITE, edit_record, &editing);
}

static void shift_lock(Rec__Officer *officer, int64_t seconds)
{
    officer->locked_until += seconds;
}

static void shift_password(Rec__Officer *officer, int64_t seconds)
{
    officer->password_at += seconds;
}

// ---- logging in

static void the_first_login_must_change_the_password(void **state)
{
    struct world world;
    struct sheet *sheet = NULL;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    assert_int_equal(caller.role, ROLE_STREET);
    assert_string_equal(caller.area, STREET);
    assert_string_equal(caller.name, "张敏");
    assert_true(caller.must_change);
    caller.number = 1;
    assert_result(areas_list(world.service, &caller, "", false, false, &sheet, &world.reply),
                  RESULT_DENIED);
    caller.number = 2;
    assert_ok(session_password(world.service, &caller, SECRET, BETTER, &world.reply));
    assert_false(caller.must_change);
    caller.number = 3;
    assert_ok(areas_list(world.service, &caller, "", false, false, &sheet, &world.reply));
    sheet_free(&sheet);
    struct caller again = login_caller(&world);
    assert_result(log_in(&world, &again, "zm01", SECRET), RESULT_LOGIN);
    assert_ok(log_in(&world, &again, "zm01", BETTER));
    assert_false(again.must_change);
    world_remove(&world);
}

static void name_and_password_fail_with_the_same_words(void **state)
{
    struct world world;
    char *words;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    words = mem_copy(world.reply.message);
    assert_result(log_in(&world, &caller, "nobody", SECRET), RESULT_LOGIN);
    assert_string_equal(world.reply.message, words);
    assert_result(log_in(&world, &caller, "", ""), RESULT_LOGIN);
    assert_string_equal(world.reply.message, words);
    assert_int_equal(caller.role, ROLE_NONE);
    free(words);
    world_remove(&world);
}

static enum result find_failure(const Rec__Event *event, void *arg)
{
    char **record = arg;

    if (event->result == RESULT_LOGIN) {
        free(*record);
        *record = mem_copy(event->record);
    }
    return RESULT_OK;
}

static enum result read_failure(struct usecase *usecase, void *arg)
{
    return store_event_since(usecase->txn, 0, find_failure, arg);
}

/** A name that is too long for the event is cut at a character, and holds nothing for terminals. */
static void a_strangers_name_is_cut_at_a_character(void **state)
{
    struct world world;
    char *record = NULL;

    (void)state;
    world_make(&world, "2026-11-05");
    struct caller caller = login_caller(&world);
    assert_result(log_in(&world, &caller, "\033[31m王桂兰王桂兰王桂兰王桂兰", "x"), RESULT_LOGIN);
    assert_ok(usecase_read(world.service, &world.system, ACTION_BOARD, NULL, read_failure, &record,
                           &world.reply));
    assert_string_equal(record, "officer:[31m王桂兰王桂兰王桂兰");
    free(record);
    world_remove(&world);
}

static void five_failures_lock_for_half_an_hour(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    for (int i = 0; i < 4; i++)
        assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_ok(log_in(&world, &caller, "zm01", SECRET)); /* a success forgets the failures */
    caller = login_caller(&world);
    for (int i = 0; i < 4; i++)
        assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    caller = login_caller(&world);
    for (int i = 0; i < 5; i++)
        assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_result(log_in(&world, &caller, "zm01", SECRET), RESULT_LOGIN);
    edit_officer(&world, "zm01", shift_lock, -29 * 60);
    assert_result(log_in(&world, &caller, "zm01", SECRET), RESULT_LOGIN);
    edit_officer(&world, "zm01", shift_lock, -61);
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    world_remove(&world);
}

static void the_admin_unlocks(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    for (int i = 0; i < 5; i++)
        assert_result(log_in(&world, &caller, "zm01", "wrong"), RESULT_LOGIN);
    assert_ok(officer_set(world.service, &world.system, "zm01", "unlock", "", &world.reply));
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    world_remove(&world);
}

static void passwords_expire(void **state)
{
    static const struct {
        int days;
        bool must_change;
    } cases[] = {{179, false}, {181, true}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct world world;
        world_make(&world, "2026-11-05");
        add_settled_officer(&world, "zm01");
        edit_officer(&world, "zm01", shift_password, -86400 * (int64_t)cases[i].days);
        struct caller caller = login_caller(&world);
        assert_ok(log_in(&world, &caller, "zm01", BETTER));
        assert_int_equal(caller.must_change, cases[i].must_change);
        world_remove(&world);
    }
}

static void a_locked_officer_is_out_at_once(void **state)
{
    struct world world;
    struct sheet *sheet = NULL;

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    assert_ok(officer_set(world.service, &world.system, "zm01", "lock", "", &world.reply));
    caller.number = 1;
    assert_result(areas_list(world.service, &caller, "", false, false, &sheet, &world.reply),
                  RESULT_LOGIN);
    struct caller other = login_caller(&world);
    assert_result(log_in(&world, &other, "zm01", BETTER), RESULT_LOGIN);
    assert_result(session_resume(world.service, caller.token, &other, &world.reply), RESULT_LOGIN);
    assert_ok(officer_set(world.service, &world.system, "zm01", "unlock", "", &world.reply));
    /* What began before the lock has ended for good. */
    assert_true(session_is_old(world.service, &caller));
    assert_result(session_resume(world.service, caller.token, &other, &world.reply), RESULT_LOGIN);
    assert_ok(log_in(&world, &other, "zm01", BETTER));
    world_remove(&world);
}

/** An officer who moves logs in again; one whose telephone changes goes on. */
static void a_moved_officer_logs_in_again(void **state)
{
    struct world world;
    struct officer_input phone = {.id = "zm01", .phone = "13900000001", .end_sessions = false};
    struct officer_input same = {.id = "zm01", .phone = "13900000001", .end_sessions = true};
    struct officer_input move = {.id = "zm01", .phone = "13900000002", .end_sessions = true};
    struct caller resumed = {0};

    (void)state;
    world_make(&world, "2026-11-05");
    add_settled_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    assert_ok(officer_edit(world.service, &world.system, &phone, &world.reply));
    assert_ok(session_resume(world.service, caller.token, &resumed, &world.reply));
    assert_ok(officer_edit(world.service, &world.system, &same, &world.reply));
    assert_ok(session_resume(world.service, caller.token, &resumed, &world.reply));
    assert_ok(officer_edit(world.service, &world.system, &move, &world.reply));
    assert_true(session_is_old(world.service, &caller));
    assert_result(session_resume(world.service, caller.token, &resumed, &world.reply),
                  RESULT_LOGIN);
    assert_ok(log_in(&world, &caller, "zm01", BETTER));
    world_remove(&world);
}

static void a_check_adds_nobody(void **state)
{
    struct world world;
    struct officer_input input = {
        .id = "zm02", .name = "张敏", .role = "auditor", .area = "", .check_only = true};

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(officer_add(world.service, &world.system, &input, &world.reply));
    assert_ok(officer_add(world.service, &world.system, &input, &world.reply));
    assert_string_equal(fields_get(&world.reply.values, "password"), "");
    input.check_only = false;
    assert_ok(officer_add(world.service, &world.system, &input, &world.reply));
    input.check_only = true;
    assert_result(officer_add(world.service, &world.system, &input, &world.reply), RESULT_EXISTS);
    input.role = "king";
    assert_result(officer_add(world.service, &world.system, &input, &world.reply), RESULT_INVALID);
    struct caller street = caller_of(ROLE_STREET, "211102002000");
    assert_result(officer_add(world.service, &street, &input, &world.reply), RESULT_DENIED);
    world_remove(&world);
}

// ---- passwords

static void weak_passwords_are_refused(void **state)
{
    static const struct {
        const char *password;
        bool good;
    } cases[] = {
        {"Autumn-Rain", true},
        {"Autumn7777", true},
        {"Autumn777", false},
        {"autumnrain7", false},
        {"1234567890", false},
        {"autumn-rain-7", true},
        {"Ax-zm01-123", false},
        {"AX-ZM01-123", false},
        {"秋天的雨下得很大很久啊", false},
        {"秋天的雨下得很大A7", true},
        {"Autumn-\x01Rain7", false},
        {"", false},
    };

    char buffer[PASSWORD_FAULT];

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        if ((password_fault(cases[i].password, "zm01", 10, buffer) == NULL) != cases[i].good)
            fail_msg("%s", cases[i].password);
    assert_string_equal(password_fault("Ab1", "zm01", 12, buffer), "密码太短，至少12位，请加长。");
}

static void one_time_passwords_are_good_ones(void **state)
{
    char made[PASSWORD_TEXT], other[PASSWORD_TEXT];
    char buffer[PASSWORD_FAULT];

    (void)state;
    assert_ok(password_make(made));
    assert_ok(password_make(other));
    assert_int_equal(strlen(made), 14);
    assert_null(password_fault(made, "zm01", 10, buffer));
    assert_string_not_equal(made, other);
}

static void a_hash_matches_its_password_only(void **state)
{
    char *hash, *other;

    (void)state;
    assert_ok(password_hash(SECRET, &hash));
    assert_ok(password_hash(SECRET, &other));
    assert_memory_equal(hash, "$y$", 3);
    assert_string_not_equal(hash, other); /* salted */
    assert_true(password_matches(SECRET, hash));
    assert_false(password_matches(BETTER, hash));
    assert_false(password_matches("", hash));
    assert_false(password_matches(SECRET, ""));
    assert_false(password_matches("", ""));
    free(hash);
    free(other);
}

static void the_last_five_passwords_are_not_used_again(void **state)
{
    static const char *const passwords[] = {"Number-One-1", "Number-Two-2", "Number-Three-3",
                                            "Number-Four-4", "Number-Five-5"};
    struct world world;
    const char *old = SECRET;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    for (size_t i = 0; i < COUNT(passwords); i++) {
        caller.number++;
        if (i > 0)
            assert_result(session_password(world.service, &caller, old, SECRET, &world.reply),
                          RESULT_INVALID);
        assert_result(session_password(world.service, &caller, old, old, &world.reply),
                      RESULT_INVALID);
        assert_ok(session_password(world.service, &caller, old, passwords[i], &world.reply));
        old = passwords[i];
    }
    caller.number++;
    assert_ok(session_password(world.service, &caller, old, SECRET, &world.reply));
    world_remove(&world);
}

static void a_password_change_is_done_once_and_needs_the_old_one(void **state)
{
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    struct caller caller = login_caller(&world);
    assert_ok(log_in(&world, &caller, "zm01", SECRET));
    caller.number = 1;
    assert_result(session_password(world.service, &caller, "wrong", BETTER, &world.reply),
                  RESULT_INVALID);
    assert_string_equal(world.reply.problems.items[0].field, "old");
    assert_result(session_password(world.service, &caller, SECRET, "short", &world.reply),
                  RESULT_INVALID);
    assert_string_equal(world.reply.problems.items[0].field, "new");
    struct caller before = caller, resumed = {0};
    assert_ok(session_password(world.service, &caller, SECRET, BETTER, &world.reply));
    /* Asked again by who has not got the answer: the session has ended, the new password holds. */
    assert_result(session_resume(world.service, before.token, &resumed, &world.reply),
                  RESULT_LOGIN);
    assert_ok(log_in(&world, &resumed, "zm01", BETTER));
    world_remove(&world);
}

// ---- officers

static void officers_are_checked(void **state)
{
    static const struct {
        struct officer_input input;
        const char *field;
    } cases[] = {
        {{.id = "", .name = "张敏", .role = "street", .area = STREET}, "id"},
        {{.id = "a b", .name = "张敏", .role = "street", .area = STREET}, "id"},
        {{.id = "system", .name = "张敏", .role = "street", .area = STREET}, "id"},
        {{.id = "a1", .name = "", .role = "street", .area = STREET}, "name"},
        {{.id = "a1", .name = "张敏", .role = "boss", .area = STREET}, "role"},
        {{.id = "a1", .name = "张敏", .role = "system", .area = ""}, "role"},
        {{.id = "a1", .name = "张敏", .role = "street", .area = ""}, "area"},
        {{.id = "a1", .name = "张敏", .role = "street", .area = COUNTY}, "area"},
        {{.id = "a1", .name = "张敏", .role = "street", .area = VILLAGE}, "area"},
        {{.id = "a1", .name = "张敏", .role = "village", .area = STREET}, "area"},
        {{.id = "a1", .name = "张敏", .role = "street", .area = "211102099"}, "area"},
        {{.id = "a1", .name = "张敏", .role = "county", .area = "2111"}, "area"},
        {{.id = "a1", .name = "张敏", .role = "street", .area = STREET, .password = "x"},
         "password"},
    };
    struct world world;

    (void)state;
    world_make(&world, "2026-11-05");
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (officer_add(world.service, &world.system, &cases[i].input, &world.reply) !=
            RESULT_INVALID)
            fail_msg("case %zu", i);
        assert_string_equal(world.reply.problems.items[0].field, cases[i].field);
    }
    add_officer(&world, "zm01");
    assert_result(
        officer_add(world.service, &world.system,
                    &(struct officer_input){
                        .id = "zm01", .name = "李强", .role = "chief", .area = "211102002"},
                    &world.reply),
        RESULT_EXISTS);
    assert_result(officer_set(world.service, &world.system, "nobody", "lock", "", &world.reply),
                  RESULT_NOTFOUND);
    assert_result(officer_set(world.service, &world.system, "zm01", "delete", "", &world.reply),
                  RESULT_USAGE);
    world_remove(&world);
}

static enum result find_text(const Rec__Event *event, void *arg)
{
    for (size_t i = 0; i < event->n_reply; i++)
        assert_string_not_equal(event->reply[i]->value, (const char *)arg);
    assert_null(strstr(event->note, arg));
    return RESULT_OK;
}

static enum result find_in_events(struct txn *txn, void *arg)
{
    return store_event_scan(txn, find_text, arg);
}

static void a_one_time_password_is_shown_once_and_kept_nowhere(void **state)
{
    struct world world;
    struct officer_input input = {.id = "zm01", .name = "张敏", .role = "auditor", .area = ""};
    struct caller admin = caller_of(ROLE_ADMIN, "");
    char password[PASSWORD_TEXT];

    (void)state;
    world_make(&world, "2026-11-05");
    assert_ok(officer_add(world.service, &admin, &input, &world.reply));
    snprintf(password, sizeof password, "%s", fields_get(&world.reply.values, "password"));
    assert_int_equal(strlen(password), 14);
    struct caller caller = login_caller(&world);
    run_ok(world.service->store, STORE_READ, find_in_events, password);
    assert_ok(officer_add(world.service, &admin, &input, &world.reply)); /* the same request */
    assert_string_equal(fields_get(&world.reply.values, "password"), "");
    assert_string_equal(fields_get(&world.reply.values, "id"), "zm01");
    assert_ok(log_in(&world, &caller, "zm01", password));
    assert_true(caller.must_change);
    admin.number = 2;
    assert_ok(officer_set(world.service, &admin, "zm01", "passwd", "", &world.reply));
    assert_string_not_equal(fields_get(&world.reply.values, "password"), password);
    world_remove(&world);
}

static void the_list_is_of_the_area(void **state)
{
    struct world world;
    struct sheet *sheet;
    struct caller street = caller_of(ROLE_STREET, STREET);

    (void)state;
    world_make(&world, "2026-11-05");
    add_officer(&world, "zm01");
    assert_ok(officer_list(world.service, &world.system, "", &sheet, &world.reply));
    assert_int_equal(sheet->row_count, 2);
    assert_string_equal(sheet_get(sheet, 0, "id"), "admin");
    sheet_free(&sheet);
    assert_ok(officer_list(world.service, &street, "", &sheet, &world.reply));
    assert_int_equal(sheet->row_count, 1);
    assert_string_equal(sheet_get(sheet, 0, "name"), "张敏");
    assert_string_equal(sheet_get(sheet, 0, "role"), "镇街经办");
    assert_string_equal(sheet_get(sheet, 0, "area_name"), "胜利街道");
    sheet_free(&sheet);
    assert_result(officer_list(world.service, &street, COUNTY, &sheet, &world.reply),
                  RESULT_DENIED);
    world_remove(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_login_must_change_the_password),
        cmocka_unit_test(name_and_password_fail_with_the_same_words),
        cmocka_unit_test(a_strangers_name_is_cut_at_a_character),
        cmocka_unit_test(five_failures_lock_for_half_an_hour),
        cmocka_unit_test(the_admin_unlocks),
        cmocka_unit_test(passwords_expire),
        cmocka_unit_test(a_locked_officer_is_out_at_once),
        cmocka_unit_test(a_moved_officer_logs_in_again),
        cmocka_unit_test(a_check_adds_nobody),
        cmocka_unit_test(weak_passwords_are_refused),
        cmocka_unit_test(one_time_passwords_are_good_ones),
        cmocka_unit_test(a_hash_matches_its_password_only),
        cmocka_unit_test(the_last_five_passwords_are_not_used_again),
        cmocka_unit_test(a_password_change_is_done_once_and_needs_the_old_one),
        cmocka_unit_test(officers_are_checked),
        cmocka_unit_test(a_one_time_password_is_shown_once_and_kept_nowhere),
        cmocka_unit_test(the_list_is_of_the_area),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
