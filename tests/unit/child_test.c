#include "base/child.h"

#include "base/mem.h"
#include "tests/unit/unit.h"

#include <errno.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

enum { MUCH = 3 * 1000 * 1000, LONG = 20000 };

/** Runs a line of the shell to its end. */
static struct child *run(const char *line, const char *input, size_t length, size_t most)
{
    const char *const arguments[] = {"/bin/sh", "-c", line, NULL};
    struct child *child = child_start(&(struct child_order){arguments, input, length, most});

    assert_non_null(child);
    assert_true(child_step(child, LONG));
    return child;
}

static void what_goes_in_comes_out(void **state)
{
    static const struct {
        const char *line, *input, *output, *words;
        int status;
    } cases[] = {
        {"cat", "王桂兰\n", "王桂兰\n", "", 0},
        {"cat; exit 3", "", "", "", 3},
        {"read -r x || echo none", "", "none\n", "", 0},
        {"echo out; echo 缺纸 >&2; echo more >&2; exit 69", "x", "out\n", "缺纸", 69},
        {"printf 'a\\033[2Jb\\n' >&2", "", "", "a[2Jb", 0},
        {"kill -9 $$", "", "", "", CHILD_KILLED},
        {"exec <&-; echo deaf", "not read", "deaf\n", "", 0},
        {"kill -PIPE $$", "", "", "", CHILD_KILLED},        /* its signals are the default ones */
        {"(sleep 30 & echo $! ); exit 4", "", NULL, "", 4}, /* somebody holds the pipes */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct child *child = run(cases[i].line, cases[i].input, strlen(cases[i].input), 1000);
        char *words = child_words(child);

        assert_int_equal(child_status(child), cases[i].status);
        if (cases[i].output != NULL)
            assert_string_equal(str_text(child_output(child)), cases[i].output);
        else
            assert_int_equal(kill((pid_t)atoi(str_text(child_output(child))), SIGKILL), 0);
        assert_string_equal(words, cases[i].words);
        free(words);
        child_free(&child);
        assert_null(child);
    }
}

/** More than the pipes hold, in both directions, and to a program that does not read it. */
static void much_goes_through(void **state)
{
    char *text = mem_new(MUCH);
    struct child *child;

    (void)state;
    (void)memset(text, 'x', MUCH);
    child = run("cat", text, MUCH, MUCH);
    assert_int_equal(child_output(child)->length, MUCH);
    assert_int_equal(child_status(child), 0);
    child_free(&child);
    child = run("exit 5", text, MUCH, MUCH);
    assert_int_equal(child_status(child), 5);
    child_free(&child);
    child = run("cat >&2; echo end", text, MUCH, MUCH);
    assert_string_equal(str_text(child_output(child)), "end\n");
    child_free(&child);
    child = run("cat", text, MUCH, MUCH - 1);
    assert_int_equal(child_status(child), CHILD_TOO_MUCH);
    child_free(&child);
    child = run("cat /dev/zero", "", 0, MUCH);
    assert_int_equal(child_status(child), CHILD_TOO_MUCH);
    child_free(&child);
    free(text);
}

static void a_missing_program_is_no_child(void **state)
{
    static const char *const arguments[] = {"/nowhere/doudi-print", NULL};

    (void)state;
    assert_null(child_start(&(struct child_order){.arguments = arguments}));
    assert_int_equal(errno, ENOENT);
}

/** A slow program does not hold the caller, and goes with all that it started. */
static void a_slow_one_is_killed(void **state)
{
    static const char *const arguments[] = {"/bin/sh", "-c", "sleep 60 & echo $!; wait", NULL};
    struct child *child = child_start(&(struct child_order){.arguments = arguments, .most = 100});
    pid_t inner;

    (void)state;
    while (child_output(child)->length == 0)
        assert_false(child_step(child, 10));
    inner = (pid_t)atoi(str_text(child_output(child)));
    assert_true(unit_is_alive(inner));
    child_free(&child);
    for (int i = 0; i < 500 && unit_is_alive(inner); i++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10 * 1000000}, NULL);
    assert_false(unit_is_alive(inner));
}

/** It cannot ask for a password at the terminal of its caller. */
static void it_has_no_terminal(void **state)
{
    struct child *child =
        run("if (: </dev/tty) 2>/dev/null; then echo yes; else echo no; fi", "", 0, 9);

    (void)state;
    assert_string_equal(str_text(child_output(child)), "no\n");
    child_free(&child);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_goes_in_comes_out),
        cmocka_unit_test(much_goes_through),
        cmocka_unit_test(a_missing_program_is_no_child),
        cmocka_unit_test(a_slow_one_is_killed),
        cmocka_unit_test(it_has_no_terminal),
    };

    (void)signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
