/**
 * The service and the commands on one home: they find each other in any order, and a service that
 * cannot start says why to systemd and to everybody who asks.
 */
#include "config.h"

#include "supervisor.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char TODAY[] = "2026-11-23";

/** Runs a line of shell, for what stands around the programs. */
static void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void shell(const char *format, ...)
{
    va_list args;
    char *line = NULL;

    va_start(args, format);
    assert_true(vasprintf(&line, format, args) >= 0);
    va_end(args);
    if (system(line) != 0)
        fail_msg("%s", line);
    free(line);
}

static void takes_over_from_a_command(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct screen *screen = world_screen(world, "1001", 24, 80);
    pid_t left = world_server(world);
    struct supervisor *supervisor = supervisor_start(world, NULL, true);

    (void)state;
    supervisor_await(supervisor, "READY=1");
    supervisor_await(supervisor, "STATUS=正在服务");
    assert_false(unit_is_alive(left));
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_expect(screen, "查找 wgl");
    world_expect(world, 0, "status");
    assert_int_equal(supervisor_starts(supervisor), 1);
    screen_free(&screen);
    supervisor_stop(&supervisor);
    world_free(&world);
}

/** A command uses the server that has the home; the service comes when somebody asks it. */
static void a_command_finds_whoever_has_the_home(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct supervisor *supervisor = supervisor_start(world, NULL, false);
    pid_t left = world_server(world);

    (void)state;
    world_expect(world, 0, "status");
    assert_true(unit_is_alive(left));
    assert_int_equal(supervisor_starts(supervisor), 0);
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "status");
    assert_int_equal(supervisor_starts(supervisor), 1);
    supervisor_stop(&supervisor);
    /* The socket is stopped: the command starts a server of its own again. */
    world_expect(world, 0, "status");
    left = world_server(world);
    assert_true(left > 0);
    supervisor = supervisor_start(world, NULL, true);
    supervisor_await(supervisor, "READY=1");
    assert_false(unit_is_alive(left));
    world_expect(world, 0, "status");
    supervisor_stop(&supervisor);
    world_free(&world);
}

/** A service is stopped for a reason: the terminals it served wait, and start no server of their own. */
static void a_terminal_waits_for_a_stopped_service(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct supervisor *supervisor = supervisor_start(world, NULL, true);
    struct screen *screen = NULL;
    char *path = NULL;

    (void)state;
    supervisor_await(supervisor, "READY=1");
    screen = world_screen(world, "1001", 24, 80);
    path = mem_copy(getenv("DOUDI_SOCKET"));
    supervisor_stop(&supervisor);
    screen_press(screen, "d");
    screen_expect(screen, "服务没有运行，请系统管理员启动它");
    assert_int_equal(world_server(world), 0);
    supervisor = supervisor_start(world, NULL, true);
    assert_string_equal(getenv("DOUDI_SOCKET"), path);
    screen_press(screen, "^R");
    screen_expect(screen, "没有待访的人");
    screen_free(&screen);
    supervisor_stop(&supervisor);
    free(path);
    world_free(&world);
}

/** A socket file that nobody listens at any more hides no server. */
static void a_dead_socket_is_passed_over(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct supervisor *supervisor = supervisor_start(world, NULL, false);
    char *dead = mem_printf("%s.dead", world->home);

    (void)state;
    world_stop_server(world, SIGKILL);
    assert_int_equal(rename(getenv("DOUDI_SOCKET"), dead), 0);
    supervisor_stop(&supervisor);
    setenv("DOUDI_SOCKET", dead, 1);
    world_expect(world, 0, "status");
    assert_true(world_server(world) > 0);
    unlink(dead);
    unsetenv("DOUDI_SOCKET");
    free(dead);
    world_free(&world);
}

static void is_found_again_after_a_kill(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct supervisor *supervisor = supervisor_start(world, NULL, true);
    struct screen *screen = NULL;

    (void)state;
    supervisor_await(supervisor, "READY=1");
    screen = world_screen(world, "1001", 24, 80);
    for (int i = 0; i < 8; i++) {
        pid_t pid = supervisor_pid(supervisor);

        kill(pid, SIGKILL);
        while (supervisor_pid(supervisor) == pid)
            usleep(1000);
        world_expect(world, 0, "status");
    }
    screen_press(screen, "F3");
    screen_type(screen, "wgl");
    screen_expect(screen, "查找 wgl");
    screen_free(&screen);
    supervisor_stop(&supervisor);
    world_free(&world);
}

static void waits_for_a_server_that_lasts(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    struct supervisor *supervisor = NULL;
    char *log = mem_printf("%s.log", world->home);

    (void)state;
    shell("\"$DOUDI\" server >'%s' 2>&1 &", log);
    shell("for i in $(seq 200); do grep -q serving '%s' && exit; sleep 0.1; done; exit 1", log);
    supervisor = supervisor_start(world, NULL, true);
    supervisor_await(supervisor, "STATUS=正在等数据目录空出来：另一个服务正在使用");
    world_expect(world, 75, "rekey --new-key-file /nonexistent");
    world_expect_output(world, "另一个服务正在使用");
    world_expect(world, 0, "status"); /* the owner's command finds the other server */
    sleep(3);
    /* Another account's home is no business of this one, but its socket is. */
    world_expect(world, 75, "--home /nonexistent/home status");
    world_expect_output(world, "数据正在维护，请过几分钟再试");
    assert_int_equal(supervisor_starts(supervisor), 1);
    world_stop_server(world, SIGTERM);
    supervisor_await(supervisor, "READY=1");
    world_expect(world, 0, "status");
    supervisor_stop(&supervisor);
    unlink(log);
    free(log);
    world_free(&world);
}

// ---- faults that only a person can mend

struct fault {
    const char
        *make; /**< what the shell does to the home ($DOUDI_HOME) and to its data files ($DATA) */
    const char *mend;
    int exit;
    const char *says;
};

static const struct fault FAULTS[] = {
    {"sed -i '5s/.*/tpyo: 1/' \"$DATA/forms/tanfang.yaml\"",
     "cp \"$builddir/data/forms/tanfang.yaml\" \"$DATA/forms/tanfang.yaml\"", 65, "tanfang.yaml:"},
    {"sed -i '1s/.*/doudi 99/' \"$DOUDI_HOME/db/FORMAT\"",
     "sed -i '1s/.*/doudi 2/' \"$DOUDI_HOME/db/FORMAT\"", 65, "更新版本的程序"},
    {"mv \"$DOUDI_HOME\" \"$DOUDI_HOME.away\" && mkdir -m 700 \"$DOUDI_HOME\"",
     "rm -r \"$DOUDI_HOME\" && mv \"$DOUDI_HOME.away\" \"$DOUDI_HOME\"", 66,
     "里还没有数据，请先用 doudi init 建立"},
    {"umask 077 && echo 'a key for tests, of forty characters ...' >\"$DATA/key\" &&"
     " \"$DOUDI\" rekey --new-key-file \"$DATA/key\" 2>/dev/null && mv \"$DATA/key\" "
     "\"$DATA/kept\"",
     "mv \"$DATA/kept\" \"$DATA/key\"", 66, "找不到密钥文件"},
};

static void says_what_only_a_person_can_mend(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    char *data = mem_printf("%s.data", world->home);
    struct supervisor *supervisor = NULL;

    (void)state;
    setenv("DATA", data, 1);
    shell("cp -rL \"$builddir/data\" \"$DATA\"");
    world_stop_server(world, SIGTERM);
    supervisor = supervisor_start(world, data, false);
    for (size_t i = 0; i < COUNT(FAULTS); i++) {
        const struct fault *fault = &FAULTS[i];
        int starts = supervisor_starts(supervisor);

        shell("%s", fault->make);
        for (int tries = 0; tries < 2; tries++) {
            world_expect(world, fault->exit, "status");
            world_expect_output(world, "服务起不来：");
            world_expect_output(world, fault->says);
        }
        supervisor_await(supervisor, fault->says);
        assert_in_range(supervisor_starts(supervisor), starts + 1, starts + 2);
        shell("%s", fault->mend);
        world_expect(world, 0, "status");
        kill(supervisor_pid(supervisor), SIGTERM);
        while (unit_is_alive(supervisor_pid(supervisor)))
            usleep(1000);
    }
    supervisor_stop(&supervisor);
    shell("rm -r \"$DATA\"");
    free(data);
    world_free(&world);
}

/** The units are often there before the home is. */
static void makes_a_home_beside_the_service(void **state)
{
    struct world *world = world_new(TODAY);
    struct supervisor *supervisor = supervisor_start(world, NULL, false);
    char *divisions = world_divisions();

    (void)state;
    assert_int_equal(mkdir(world->home, 0700), 0);
    world_expect(world, 66, "status");
    world_expect(world, 0, "init --area 211102 --divisions '%s'", divisions);
    world_expect(world, 0, "officer add 1001 --name 张敏 --role street --area 211102002");
    world_stop_server(world, SIGTERM);
    world_expect(world, 0, "officer list");
    world_expect_output(world, "张敏");
    supervisor_stop(&supervisor);
    free(divisions);
    world_free(&world);
}

/** A change of the key needs the home for itself; a server that a command left behind makes room. */
static void a_change_of_key_takes_the_home(void **state)
{
    struct world *world = world_new_home(TODAY, "2026-11");
    pid_t left = world_server(world);

    (void)state;
    assert_true(left > 0);
    shell("umask 077; echo 'a key for tests, of forty characters ...' >\"$DOUDI_HOME.key\"");
    world_expect(world, 0, "rekey --new-key-file \"$DOUDI_HOME.key\"");
    assert_false(unit_is_alive(left));
    world_expect(world, 0, "officer list");
    shell("rm \"$DOUDI_HOME.key\"");
    world_free(&world);
}

/** A test that failed leaves its socket behind. */
static int forget(void **state)
{
    (void)state;
    return unsetenv("DOUDI_SOCKET");
}

#define SERVICE_TEST(test) cmocka_unit_test_setup(test, forget)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SERVICE_TEST(takes_over_from_a_command),
        SERVICE_TEST(a_command_finds_whoever_has_the_home),
        SERVICE_TEST(a_terminal_waits_for_a_stopped_service),
        SERVICE_TEST(a_dead_socket_is_passed_over),
        SERVICE_TEST(is_found_again_after_a_kill),
        SERVICE_TEST(waits_for_a_server_that_lasts),
        SERVICE_TEST(says_what_only_a_person_can_mend),
        SERVICE_TEST(makes_a_home_beside_the_service),
        SERVICE_TEST(a_change_of_key_takes_the_home),
    };

#ifndef HAVE_SYSTEMD
    print_message("built without libsystemd: no service\n");
    return 77;
#endif
    setenv("builddir", ".", 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
