#include "base/confine.h"

#include "base/mem.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { UNCONFINED = 77, FINE = 0 };

/** What open() says: 0 or its errno. */
static int try_open(const char *folder, const char *name, int flags)
{
    char *path = mem_printf("%s/%s", folder, name);
    int fd = open(path, flags | O_CLOEXEC, 0600);
    int error = fd < 0 ? errno : 0;

    if (fd >= 0)
        close(fd);
    free(path);
    return error;
}

static int try_run(const char *program)
{
    char *arguments[] = {(char *)(uintptr_t)program, NULL};

    (void)execv(program, arguments);
    return errno;
}

/** Runs `body` in a process of its own: what is confined stays so. */
static void in_child(int (*body)(const char *folder))
{
    char *folder = unit_folder("confine");
    char *command =
        mem_printf("cd '%s' && mkdir own other && echo a >own/there && echo b >other/there "
                   "&& ln -s ../other/there own/link && ln -s ../other own/way",
                   folder);
    int status = 0;
    pid_t child;

    assert_int_equal(system(command), 0);
    child = fork();
    if (child == 0)
        _exit(body(folder));
    assert_int_equal(waitpid(child, &status, 0), child);
    free(command);
    command = mem_printf("rm -r '%s'", folder);
    (void)!system(command);
    free(command);
    free(folder);
    assert_true(WIFEXITED(status));
    if (WEXITSTATUS(status) == UNCONFINED) {
        print_message("this kernel has no Landlock\n");
        skip();
    }
    if (WEXITSTATUS(status) != FINE)
        fail_msg("step %d", WEXITSTATUS(status));
}

static int confine_own(const char *folder)
{
    char *own = mem_printf("%s/own", folder);
    const struct confine_rule rules[] = {{own, CONFINE_KEEP},
                                         {"/usr", CONFINE_READ},
                                         {"/no/such/path", CONFINE_READ},
                                         {NULL, CONFINE_READ}};

    return confine_files(rules, COUNT(rules)) ? FINE : UNCONFINED;
}

static int files_body(const char *folder)
{
    const struct {
        const char *name;
        int flags, error;
    } cases[] = {
        {"own/there", O_RDONLY, 0},
        {"own/there", O_WRONLY | O_TRUNC, 0},
        {"own/new", O_WRONLY | O_CREAT | O_EXCL, 0},
        {"own/link", O_RDONLY, EACCES},
        {"own/link", O_WRONLY, EACCES},
        {"own/way/there", O_RDONLY, EACCES},
        {"own/way/new", O_WRONLY | O_CREAT, EACCES},
        {"other/there", O_RDONLY, EACCES},
        {"other/new", O_WRONLY | O_CREAT, EACCES},
        {"../doudi-confine-new", O_WRONLY | O_CREAT, EACCES},
    };
    int confined = confine_own(folder);
    char *path = mem_printf("%s/own/dir", folder);

    if (confined != FINE)
        return confined;
    for (size_t i = 0; i < COUNT(cases); i++)
        if (try_open(folder, cases[i].name, cases[i].flags) != cases[i].error)
            return 10 + (int)i;
    if (open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0)
        return 30;
    if (mkdir(path, 0700) == 0 || symlink("/etc", path) == 0)
        return 31;
    return FINE;
}

static void only_the_own_folder_is_left(void **state)
{
    (void)state;
    in_child(files_body);
}

static int programs_body(const char *folder)
{
    int confined = confine_own(folder);

    if (confined != FINE)
        return confined;
    if (try_run("/bin/sh") != EACCES)
        return 10;
    return try_run("/usr/bin/env") != EACCES ? 11 : FINE;
}

static void no_program_can_be_run(void **state)
{
    (void)state;
    in_child(programs_body);
}

static int named_body(const char *folder)
{
    static const struct confine_rule rules[] = {{"/usr", CONFINE_READ},
                                                {"/lib", CONFINE_READ},
                                                {"/lib64", CONFINE_READ},
                                                {"/etc", CONFINE_READ},
                                                {"/usr/bin/true", CONFINE_RUN},
                                                {"/lib64/ld-linux-x86-64.so.2", CONFINE_RUN},
                                                {"/lib/ld-linux-aarch64.so.1", CONFINE_RUN}};

    (void)folder;
    if (!confine_files(rules, COUNT(rules)))
        return UNCONFINED;
    if (try_run("/usr/bin/false") != EACCES)
        return 10;
    return 20 + try_run("/usr/bin/true"); /* which ends with 0 */
}

static void a_named_program_runs(void **state)
{
    (void)state;
    in_child(named_body);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_the_own_folder_is_left),
        cmocka_unit_test(no_program_can_be_run),
        cmocka_unit_test(a_named_program_runs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
