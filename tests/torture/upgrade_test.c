/*
 * Homes of earlier programs (tests/data/old-homes) are brought to the present format: the same
 * figures and names come out, also when the server is killed at a write of the upgrade, again and
 * again, before it gets through.
 */
#include "fault.h"

#include "base/mem.h"
#include "db/store.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { CALLS_MOST = 100000, CUTS_IN_A_ROW = 3, SHORT_CUTS = 4, PAUSE_US = 20000 };

static struct scene {
    char *root;
    struct fault *fault;
} scene;

__attribute__((format(printf, 1, 2))) static int shell(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *command = NULL;
    assert_true(vasprintf(&command, format, arguments) > 0);
    va_end(arguments);
    int status = system(command);
    free(command);
    return status;
}

static const char *folder(const char *variable)
{
    const char *value = getenv(variable);

    return value != NULL ? value : ".";
}

static void make_fault(void)
{
    char *path = mem_printf("%s/fault", scene.root);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

    assert_true(fd >= 0);
    assert_int_equal(ftruncate(fd, sizeof *scene.fault), 0);
    scene.fault = mmap(NULL, sizeof *scene.fault, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(scene.fault != MAP_FAILED);
    close(fd);
    setenv("DOUDI_FAULT", path, 1);
    free(path);
}

static int begin(void **state)
{
    const char *parent = getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp";
    char *root = mem_printf("%s/doudi-upgrade-XXXXXX", parent);

    (void)state;
    setenv("DOUDI_TODAY", "2026-11-20", 1);
    scene.root = mkdtemp(root);
    assert_non_null(scene.root);
    make_fault();
    return 0;
}

static int end(void **state)
{
    (void)state;
    munmap(scene.fault, sizeof *scene.fault);
    shell("rm -rf '%s'", scene.root);
    free(scene.root);
    return 0;
}

static void unpack(const char *name)
{
    int status = shell("cd '%s' && rm -rf home && tar -xJf '%s/old-homes/%s.tar.xz'", scene.root,
                       TESTS_DATA, name);

    assert_int_equal(status, 0);
}

/** What is counted and cut. Recovery fills the log with zeros, in thousands of writes: of the log
 *  the syncs are enough. */
struct kind {
    const char *name, *part;
    int calls;
};

static const struct kind FORMAT_WRITES = {"writes of FORMAT", "/db/FORMAT", FAULT_WRITES};
static const struct kind SYNCS = {"syncs", "/db/", FAULT_SYNCS};

/** Starts the server; with a kind the call number `cut` is met by `action`. Its log goes to "log". */
static pid_t start_with(const struct kind *kind, long cut, enum fault_action action)
{
    char *program = mem_printf("%s/doudid", folder("builddir"));
    char *home = mem_printf("%s/home", scene.root), *log = mem_printf("%s/log", scene.root);
    char option[] = "--home";
    char *const arguments[] = {program, option, home, NULL};
    posix_spawn_file_actions_t actions;
    pid_t pid = -1;

    *scene.fault = (struct fault){.left = cut, .error = ENOSPC};
    if (kind != NULL) {
        scene.fault->calls = kind->calls;
        snprintf(scene.fault->part, sizeof scene.fault->part, "%s", kind->part);
        atomic_store(&scene.fault->action, action);
    }
    setenv("LD_PRELOAD", "fault.so", 1); /* a path with blanks would be several */
    setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 1);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    assert_int_equal(posix_spawn(&pid, program, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    unsetenv("LD_PRELOAD");
    free(log);
    free(home);
    free(program);
    return pid;
}

static pid_t start(const struct kind *kind, long cut)
{
    return start_with(kind, cut, FAULT_TEAR);
}

static bool log_has(const char *words)
{
    return shell("grep -q '%s' '%s/log' 2>/dev/null", words, scene.root) == 0;
}

/** Waits until the server serves or is gone. True if it serves. */
static bool serves(pid_t pid)
{
    while (waitpid(pid, NULL, WNOHANG) == 0) {
        if (log_has(" serving "))
            return true;
        usleep(PAUSE_US);
    }
    return false;
}

static void stop(pid_t pid)
{
    kill(pid, SIGTERM);
    assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/** The home that is served says what the program that made it said, and has that format. */
static void check_served(pid_t pid, const char *name, unsigned format)
{
    assert_true(serves(pid));
    int same =
        shell("'%s/old-homes/ask.sh' '%s/doudi' '%s/home' | diff '%s/old-homes/%s.txt' - >&2",
              TESTS_DATA, folder("builddir"), scene.root, TESTS_DATA, name);
    int sound = shell("'%s/doudi' --home '%s/home' verify >&2", folder("builddir"), scene.root);
    stop(pid);
    assert_int_equal(same, 0);
    assert_int_equal(sound, 0);
    assert_int_equal(shell("grep -qx 'doudi %u' '%s/home/db/FORMAT'", format, scene.root), 0);
}

static void check(const char *name)
{
    check_served(start(NULL, 0), name, STORE_FORMAT);
}

static void old_homes_say_the_same(void **state)
{
    static const char *const NAMES[] = {"early", "late"};

    (void)state;
    for (size_t i = 0; i < COUNT(NAMES); i++) {
        unpack(NAMES[i]);
        check(NAMES[i]);
    }
}

/** What cannot be written stays of the old format, works, and says so. */
static void on_a_full_disk_the_old_format_works(void **state)
{
    (void)state;
    unpack("late");
    check_served(start_with(&FORMAT_WRITES, 0, FAULT_FAIL), "late", 1);
    assert_true(log_has("no space for the upgrade: the database stays of format 1"));
    assert_true(atomic_load(&scene.fault->struck) > 0);
    check("late");
}

/** The program before a format sees it so, too: by the number alone. */
static void a_newer_format_is_refused_in_words(void **state)
{
    (void)state;
    unpack("late");
    check("late");
    assert_int_equal(
        shell("cd '%s' && sed -i '1s/.*/doudi %u/' home/db/FORMAT && cp -a home/db before",
              scene.root, STORE_FORMAT + 1),
        0);
    assert_false(serves(start(NULL, 0)));
    assert_true(log_has("数据由更新版本的程序生成，请先升级本程序"));
    assert_int_equal(shell("cd '%s' && diff -r before home/db >&2", scene.root), 0);
}

/** Dies at that call, then at that call of what was left, until it gets through. Returns how often it
 *  died. */
static int cut_at(const struct kind *kind, long cut)
{
    int deaths = 0;

    while (deaths < CUTS_IN_A_ROW) {
        pid_t pid = start(kind, cut);
        if (serves(pid)) {
            stop(pid);
            break;
        }
        deaths++;
    }
    return deaths;
}

/** How many such calls there are until it serves. */
static long count_calls(const struct kind *kind)
{
    pid_t pid;
    long calls;

    unpack("early");
    pid = start(kind, CALLS_MOST);
    assert_true(serves(pid));
    calls = CALLS_MOST - atomic_load(&scene.fault->left);
    stop(pid);
    return calls;
}

static void kill_at(const struct kind *kind)
{
    const char *torture = getenv("DOUDI_TORTURE");
    bool whole = torture != NULL && strcmp(torture, "long") == 0;
    long calls = count_calls(kind), step = whole || calls < SHORT_CUTS ? 1 : calls / SHORT_CUTS;
    int cuts = 0, deaths = 0;

    for (long cut = step / 2; cut < calls; cut += step, cuts++) {
        unpack("early");
        deaths += cut_at(kind, cut);
        check("early");
    }
    print_message("torture: upgrade: %ld %s, cut at %d of them, killed %d times\n", calls,
                  kind->name, cuts, deaths);
    assert_true(cuts > 0 && deaths >= cuts);
}

static void a_killed_upgrade_goes_on(void **state)
{
    (void)state;
    kill_at(&FORMAT_WRITES);
    kill_at(&SYNCS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(old_homes_say_the_same, begin, end),
        cmocka_unit_test_setup_teardown(on_a_full_disk_the_old_format_works, begin, end),
        cmocka_unit_test_setup_teardown(a_newer_format_is_refused_in_words, begin, end),
        cmocka_unit_test_setup_teardown(a_killed_upgrade_goes_on, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
