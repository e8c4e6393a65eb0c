#include "world.h"

#include "base/mem.h"
#include "base/paths.h"
#include "base/str.h"
#include "unit.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *build_folder(void)
{
    const char *folder = getenv("builddir");

    return folder != NULL ? folder : ".";
}

char *world_data(const char *name)
{
    return paths_join(TESTS_DATA, name);
}

char *world_divisions(void)
{
    return paths_join(build_folder(), "data/divisions-2111.csv");
}

struct world *world_new(const char *today)
{
    struct world *world = mem_new(sizeof *world);
    char *program = NULL;
    char *folder = unit_folder("e2e");

    (void)snprintf(world->home, sizeof world->home, "%s", folder);
    assert_int_equal(rmdir(world->home), 0);
    free(folder);
    setenv("DOUDI_HOME", world->home, 1);
    setenv("DOUDI_TODAY", today, 1);
    char *settings = mem_printf("%s-settings-of-officers", world->home);
    setenv("XDG_CONFIG_HOME", settings, 1);
    free(settings);
    program = paths_join(build_folder(), "doudi");
    setenv("DOUDI", program, 1);
    free(program);
    return world;
}

static int run_shell(struct world *world, const char *command)
{
    struct str output = {0};
    char block[4096];
    size_t got = 0;
    int status = 0;
    FILE *pipe = popen(command, "re");

    assert_non_null(pipe);
    while ((got = fread(block, 1, sizeof block, pipe)) > 0)
        str_add_bytes(&output, block, got);
    status = pclose(pipe);
    free(world->output);
    world->output = str_take(&output);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

__attribute__((format(printf, 2, 0))) static int run_arguments(struct world *world,
                                                               const char *format, va_list args)
{
    struct str command = {0};
    int status = 0;

    setenv("DOUDI_HOME", world->home, 1); /* there may be several worlds */
    str_add(&command, "\"$DOUDI\" ");
    str_vprintf(&command, format, args);
    str_add(&command, " 2>&1 </dev/null");
    status = run_shell(world, str_text(&command));
    str_free(&command);
    return status;
}

int world_run(struct world *world, const char *format, ...)
{
    va_list args;
    int status = 0;

    va_start(args, format);
    status = run_arguments(world, format, args);
    va_end(args);
    return status;
}

void world_expect(struct world *world, int status, const char *format, ...)
{
    va_list args;
    int ended = 0;

    va_start(args, format);
    ended = run_arguments(world, format, args);
    va_end(args);
    if (ended != status)
        fail_msg("doudi %s: exit %d, expected %d\n%s", format, ended, status, world->output);
}

void world_expect_output(const struct world *world, const char *text)
{
    if (strstr(world->output, text) == NULL)
        fail_msg("not in the output: %s\n%s", text, world->output);
}

void world_await_output(struct world *world, const char *text, const char *format, ...)
{
    bool seen = false;

    for (int tries = 0; tries < 200 && !seen; tries++) {
        va_list args;
        if (tries > 0)
            usleep(100000);
        va_start(args, format);
        seen = run_arguments(world, format, args) == 0 && strstr(world->output, text) != NULL;
        va_end(args);
    }
    if (!seen)
        fail_msg("never in the output: %s\n%s", text, world->output);
}

char *world_last_line(const struct world *world)
{
    char *copy = mem_copy(world->output);
    size_t length = strlen(copy);
    char *line = NULL;

    while (length > 0 && copy[length - 1] == '\n')
        copy[--length] = '\0';
    line = strrchr(copy, '\n');
    line = mem_copy(line != NULL ? line + 1 : copy);
    free(copy);
    return line;
}

struct world *world_new_home(const char *today, const char *first_month)
{
    static const char *const officers[] = {
        "1001 --name 张敏 --role street --area 211102002",
        "2001 --name 赵刚 --role chief --area 211102002",
        "3001 --name 刘洋 --role village --area 211102002005",
        "4001 --name 孙丽 --role county --area 211102",
    };
    struct world *world = world_new(today);
    char *divisions = world_divisions();

    world_expect(world, 0, "init --area 2111 --divisions '%s' --first-month %s", divisions,
                 first_month);
    for (size_t i = 0; i < COUNT(officers); i++)
        world_expect(world, 0, "officer add %s", officers[i]);
    free(divisions);
    return world;
}

static const char ELDERS[] =
    "区划代码,姓名,身份证号,类别,风险等级,探访人,紧急联系人,紧急联系人电话,纳入日期,联系电话,住址\n"
    "211102002005,王桂兰,21110219440302002X,独居;失能,高,刘洋,王强,13900000001,2025-01-02,"
    "13900000002,1号楼\n"
    "211102002005,欧阳秀英,211102194908150049,空巢,低,刘洋,欧阳华,13900000003,2025-03-04,"
    "13900000004,2号楼\n"
    "211102002005,阿依古丽·买买提,211102195506060037,留守,低,刘洋,买买提,13900000005,2025-03-04,"
    "13900000006,3号楼\n"
    "211102002005,𠮷永福,211102194801010046,独居,中,刘洋,吉强,13900000007,2025-03-04,13900000008,"
    "4号楼\n";

struct world *world_new_elders(void)
{
    struct world *world = world_new_home("2026-11-23", "2026-11");
    char *path = mem_printf("%s-elders.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(ELDERS, 1, sizeof ELDERS - 1, file), sizeof ELDERS - 1);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "import tanfang '%s'", path);
    unlink(path);
    free(path);
    return world;
}

struct screen *world_screen(struct world *world, const char *officer, int rows, int columns)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer, NULL};
    struct screen_options options = {
        .rows = rows,
        .columns = columns,
        .arguments = arguments,
    };

    return screen_start(&options);
}

struct screen *world_screen_clock(struct world *world, const char *officer, int *ret_clock)
{
    char *path = mem_printf("%s/clock", world->home);
    char *name = mem_printf("DOUDI_CLOCK=%s", path);
    const char *sanitizer = getenv("ASAN_OPTIONS");
    char *order =
        mem_printf("ASAN_OPTIONS=%s:verify_asan_link_order=0", sanitizer != NULL ? sanitizer : "");
    const char *arguments[] = {
        getenv("DOUDI"), "--home", world->home, officer != NULL ? "--as" : NULL, officer, NULL};
    const char *environment[] = {name, "LD_PRELOAD=clock.so", order, NULL};
    struct screen *screen = NULL;

    *ret_clock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_true(*ret_clock >= 0);
    assert_int_equal(ftruncate(*ret_clock, sizeof(int64_t)), 0);
    screen =
        screen_start(&(struct screen_options){.arguments = arguments, .environment = environment});
    free(path);
    free(name);
    free(order);
    return screen;
}

char *world_gb18030(void)
{
    const char *build = getenv("builddir");
    char *folder = mem_printf("%s/tests/locale", build != NULL ? build : ".");
    char *made = mem_printf("%s/zh_CN.gb18030/LC_CTYPE", folder);
    char *path = access(made, F_OK) == 0 ? mem_printf("LOCPATH=%s", folder) : NULL;

    free(folder);
    free(made);
    return path;
}

void world_put_forward(int clock, int minutes, int seconds)
{
    int64_t ahead = 0;

    assert_int_equal(pread(clock, &ahead, sizeof ahead, 0), sizeof ahead);
    ahead += (minutes * 60 + seconds) * (int64_t)1000;
    assert_int_equal(pwrite(clock, &ahead, sizeof ahead, 0), sizeof ahead);
}

void world_await_draft(struct world *world, const char *officer, int clock)
{
    for (int i = 0; i < 100; i++) {
        struct screen *other = NULL;
        bool there = false;

        world_put_forward(clock, 0, 5);
        other = world_screen(world, officer, 24, 80);
        there = screen_find(other, "草稿") >= 0;
        screen_free(&other);
        if (there)
            return;
    }
    fail_msg("no draft");
}

pid_t world_server(const struct world *world)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct ucred peer = {0};
    socklen_t length = sizeof peer;
    pid_t pid = 0;
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    snprintf(address.sun_path, sizeof address.sun_path, "%s/doudi.sock", world->home);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0 &&
        getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0)
        pid = peer.pid;
    close(fd);
    return pid;
}

void world_stop_server(const struct world *world, int signal)
{
    pid_t pid = world_server(world);

    if (pid > 0) {
        kill(pid, signal);
        for (int i = 0; i < 10000 && unit_is_alive(pid); i++)
            usleep(1000);
        assert_false(unit_is_alive(pid));
    }
}

void world_free(struct world **world)
{
    char *command = NULL;

    if (*world == NULL)
        return;
    world_stop_server(*world, SIGTERM);
    command = mem_printf("rm -rf '%s' '%s-settings-of-officers'", (*world)->home, (*world)->home);
    assert_int_equal(system(command), 0);
    free(command);
    free((*world)->output);
    free(*world);
    *world = NULL;
}

void world_import(struct world *world, const char *kind, const char *text)
{
    char *path = mem_printf("%s-rows.csv", world->home);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    world_expect(world, 0, "--as 1001 import %s '%s'", kind, path);
    unlink(path);
    free(path);
}
