/**
 * What monitoring sees of a home: values by stable keys, exit states, metrics; no account needed,
 * nothing of a person told, no event left, no server started.
 */
#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "exposition.h"
#include "unit.h"

#include <json.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/** The last output as JSON. */
static struct json_object *read_json(const struct world *world)
{
    struct json_object *object = json_tokener_parse(world->output);

    if (object == NULL)
        fail_msg("no JSON: %s", world->output);
    return object;
}

static bool has_text(const struct json_object *object, const char *key)
{
    struct json_object *value = NULL;

    assert_true(json_object_object_get_ex(object, key, &value));
    return json_object_get_string(value) != NULL;
}

/** The test date of the next server. */
static void go_to(struct world *world, const char *day)
{
    world_stop_server(world, SIGTERM);
    setenv("DOUDI_TODAY", day, 1);
    world_expect(world, 0, "officer list");
}

static void a_home_without_a_server_is_down(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    world_stop_server(world, SIGTERM);
    world_expect(world, 69, "status --json 2>/dev/null #");
    struct json_object *object = read_json(world);
    assert_false(json_object_get_boolean(json_object_object_get(object, "up")));
    assert_false(has_text(object, "owed"));
    json_object_put(object);
    world_expect(world, 69, "status --metrics 2>/dev/null #");
    world_expect_output(world, "\ndoudi_up 0\n");
    assert_int_equal(world_server(world), 0);
    world_expect(world, 69, "--home \"$DOUDI_HOME-none\" status --json");
    world_expect(world, 0, "status");
    world_free(&world);
}

/** On the administrator's screen of 24 lines, nobody needs to scroll to see what is wrong. */
static void expect_alarms_first(struct world *world)
{
    world_expect(world, 0, "officer add 9002 --name 吴系统 --role admin");
    struct screen *screen = world_screen(world, "9002", 24, 80);
    screen_press(screen, "F9");
    screen_type(screen, "运行");
    screen_press(screen, "Enter");
    screen_expect(screen, "告警 2 项");
    int row = screen_find(screen, "已 3 天没有备份");
    assert_in_range(row, 1, screen_find(screen, "服务器 "));
    screen_expect_whole(screen);
    screen_free(&screen);
}

/** A night's export is the last backup and the last verification; two days without one are alarms. */
static void nights_and_alarms_show_in_the_values(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *out = mem_printf("%s-out", world->home);

    (void)state;
    world_expect(world, 0, "status --json");
    world_expect_output(world, "\"alarms\":[\n  ]");
    world_expect_output(world, "\"last_backup\":null");
    assert_int_equal(mkdir(out, 0700), 0);
    world_expect(world, 0, "export --out '%s'", out);
    world_expect(world, 0, "status");
    world_expect_output(world, "/backup/20261127\n");
    go_to(world, "2026-11-28");
    world_expect(world, 0, "status --format json");
    world_expect_output(world, "\"last_backup\":\"2026-11-27T");
    world_expect_output(world, "\"last_verified\":\"2026-11-27T");
    world_expect_output(world, "\"last_export\":\"2026-11-27T");
    world_expect(world, 0, "status");
    assert_null(strstr(world->output, "告警"));
    go_to(world, "2026-11-30");
    world_expect(world, 1, "status --json");
    world_expect_output(world, "\"id\":\"backup_old\",\n      \"since\":\"2026-11-27T");
    world_expect_output(world, "\"id\":\"export_old\"");
    world_expect(world, 0, "status --metrics");
    world_expect_output(world, "doudi_alarm{alarm=\"backup_old\"} 1\n");
    world_expect_output(world, "doudi_alarm{alarm=\"night_failed\"} 0\n");
    world_expect(world, 0, "status");
    world_expect_output(world, "已 3 天没有备份");
    expect_alarms_first(world);
    world_expect(world, 0, "verify");
    world_expect(world, 1, "status --json");
    world_expect_output(world, "\"last_verified\":\"2026-11-30T");
    char *command = mem_printf("rm -r '%s'", out);
    assert_int_equal(system(command), 0);
    free(command);
    free(out);
    world_free(&world);
}

static void every_value_is_told_and_none_of_a_person(void **state)
{
    static const char *const unknown[] = {"last_backup", "last_verified", "last_export"};
    struct world *world = world_new_elders();

    (void)state;
    world_expect(world, 0, "due --month 2026-11");
    world_expect(world, 0, "status --json");
    struct json_object *object = read_json(world);
    json_object_object_foreach(object, key, value)
    {
        bool allowed = false;
        for (size_t i = 0; i < COUNT(unknown); i++)
            allowed |= strcmp(key, unknown[i]) == 0;
        if (value == NULL && !allowed)
            fail_msg("%s has no value", key);
    }
    json_object_put(object);
    assert_null(strstr(world->output, "刘洋"));
    assert_null(strstr(world->output, world->home));
    world_expect(world, 0, "status --metrics");
    world_expect_output(world, "doudi_requests_total{request=\"due\"} 1\n");
    char buffer[256];
    const char *fault = exposition_fault(world->output, buffer);
    if (fault != NULL)
        fail_msg("%s", fault);
    world_expect(world, 0,
                 "status --metrics | { if command -v promtool >/dev/null; then promtool "
                 "check metrics; else cat >/dev/null; fi; } #");
    world_free(&world);
}

/** Who asks every few seconds must not fill the log. */
static void monitoring_leaves_no_event(void **state)
{
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    world_expect(world, 0, "audit --json 2>&1 | grep -c '\"action\"' #");
    char *before = mem_copy(world->output);
    for (int i = 0; i < 5; i++)
        world_expect(world, 0, "status --json");
    /* The commands `audit` themselves: a login, a reading, a logout. */
    world_expect(world, 0, "audit --json 2>&1 | grep -c '\"action\"' #");
    assert_int_equal(atoi(world->output), atoi(before) + 3);
    free(before);
    world_free(&world);
}

/** An account of the machine that may use the socket and is no officer. */
static void another_account_needs_the_socket_only(void **state)
{
    static const char AS[] = "status --json >/dev/null; setpriv --reuid 65534 --regid 65534 "
                             "--clear-groups \"$DOUDI\"";
    struct world *world = world_new_home("2026-11-27", "2026-11");
    char *socket = paths_join(world->home, "doudi.sock");

    (void)state;
    if (geteuid() != 0 || system("command -v setpriv >/dev/null") != 0) {
        print_message("no other account without root and setpriv: left out\n");
        free(socket);
        world_free(&world);
        skip();
    }
    assert_int_equal(chmod(world->home, 0711), 0);
    world_expect(world, 77, "%s status --json", AS);
    world_expect_output(world, "本机账号无权连接服务");
    assert_int_equal(chmod(socket, 0666), 0);
    world_expect(world, 0, "%s status --json", AS);
    world_expect_output(world, "\"up\":true");
    world_expect(world, 0, "%s status --metrics", AS);
    world_expect_output(world, "doudi_up 1");
    world_expect(world, 77, "%s status", AS);
    world_expect(world, 77, "%s --as 1001 due --month 2026-11", AS);
    free(socket);
    world_free(&world);
}

static void what_is_not_taken_is_an_error(void **state)
{
    static const struct {
        const char *arguments;
        int status;
    } cases[] = {
        {"status --metrics >/dev/full", 74},
        {"status --json -o /dev/full", 74},
        {"status --metrics -o /nonexistent/a.prom", 73},
        {"status --metric x y", 64},
        {"status --json --metrics -o /dev/null", 0},
        {"--as 9999 status --json", 0}, /* nobody is asked for */
    };
    struct world *world = world_new_home("2026-11-27", "2026-11");

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        world_expect(world, cases[i].status, "%s #", cases[i].arguments);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_home_without_a_server_is_down),
        cmocka_unit_test(nights_and_alarms_show_in_the_values),
        cmocka_unit_test(every_value_is_told_and_none_of_a_person),
        cmocka_unit_test(monitoring_leaves_no_event),
        cmocka_unit_test(another_account_needs_the_socket_only),
        cmocka_unit_test(what_is_not_taken_is_an_error),
    };
    setenv("TMPDIR", "/tmp", 1); /* which another account may enter */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
