/*
 * Homes of earlier programs (tests/data/old-homes) are brought to the present format: the same
 * figures and names come out, also when the server is killed at a write of the upgrade, again and
 * again, before it gets through.
 */
#include "fault.h"

#include "base/mem.h"
#include "tests/unit/unit.h"

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

/** What is counted and cut. Data files are cut between two pages; of the log the syncs are enough, since
 *  recovery first fills it with zeros, in thousands of writes. */
struct kind {
    const char *name, *part;
    int calls;
};

static const struct kind KINDS[] = {
    {"writes of data", ".db", FAULT_WRITES},
    {"syncs", "/db/", FAULT_SYNCS},
};

/** Starts the server; with a kind it dies at the call number `cut`. Its log goes to "log". */
static pid_t start(const struct kind *kind, long cut)
{
    char *library = mem_printf("%s/tests/torture/fault.so", folder("builddir"));
    char *program = mem_printf("%s/doudid", folder("builddir"));
    char *home = mem_printf("%s/home", scene.root), *log = mem_printf("%s/log", scene.root);
    char option[] = "--home";
    char *const arguments[] = {program, option, home, NULL};
    posix_spawn_file_actions_t actions;
    pid_t pid = -1;

    *scene.fault = (struct fault){.left = cut};
    if (kind != NULL) {
        scene.fault->calls = kind->calls;
        snprintf(scene.fault->part, sizeof scene.fault->part, "%s", kind->part);
        atomic_store(&scene.fault->action, FAULT_SPLIT);
    }
    setenv("LD_PRELOAD", library, 1);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    assert_int_equal(posix_spawn(&pid, program, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    unsetenv("LD_PRELOAD");
    free(log);
    free(home);
    free(program);
    free(library);
    return pid;
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

/** The upgrade is done, and the home says what the program that made it said. */
static void check(const char *name)
{
    pid_t pid = start(NULL, 0);

    assert_true(serves(pid));
    int same =
        shell("'%s/old-homes/ask.sh' '%s/doudi' '%s/home' | diff '%s/old-homes/%s.txt' - >&2",
              TESTS_DATA, folder("builddir"), scene.root, TESTS_DATA, name);
    int sound = shell("'%s/doudi' --home '%s/home' verify >&2", folder("builddir"), scene.root);
    stop(pid);
    assert_int_equal(same, 0);
    assert_int_equal(sound, 0);
    assert_int_equal(shell("grep -q '^doudi 3' '%s/home/db/FORMAT'", scene.root), 0);
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

static void a_killed_upgrade_goes_on(void **state)
{
    const char *torture = getenv("DOUDI_TORTURE");
    bool whole = torture != NULL && strcmp(torture, "long") == 0;
    int killed = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(KINDS); i++) {
        long calls = count_calls(&KINDS[i]),
             step = whole || calls < SHORT_CUTS ? 1 : calls / SHORT_CUTS;
        int cuts = 0, deaths = 0;

        for (long cut = step / 2; cut < calls; cut += step, cuts++) {
            unpack("early");
            deaths += cut_at(&KINDS[i], cut);
            check("early");
        }
        print_message("torture: upgrade: %ld %s, cut at %d of them, killed %d times\n", calls,
                      KINDS[i].name, cuts, deaths);
        killed += deaths;
    }
    assert_true(killed >= SHORT_CUTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(old_homes_say_the_same, begin, end),
        cmocka_unit_test_setup_teardown(a_killed_upgrade_goes_on, begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
