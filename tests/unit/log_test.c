#include "base/log.h"

#include "tests/unit/unit.h"

#include <errno.h>
#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <syslog.h> /* its names must not collide with ours */
#include <unistd.h>

/* What `say` writes to stderr. */
static void capture(void (*say)(void), char *text, size_t size)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    int saved = dup(STDERR_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[1]);
    say();
    dup2(saved, STDERR_FILENO);
    close(saved);
    ssize_t length = read(ends[0], text, size - 1);
    close(ends[0]);
    assert_true(length >= 0);
    text[length] = '\0';
}

static void say_warning(void)
{
    errno = EAGAIN;
    log_warn("disk %d%%", 95);
    assert_int_equal(errno, EAGAIN);
}

/** The journal is what the environment says stderr is (systemd.exec(5)). */
static void take_for_journal(void)
{
    struct stat file;
    char stream[64];

    assert_int_equal(fstat(STDERR_FILENO, &file), 0);
    (void)snprintf(stream, sizeof stream, "%ju:%ju", (uintmax_t)file.st_dev,
                   (uintmax_t)file.st_ino);
    setenv("JOURNAL_STREAM", stream, 1);
}

static void say_to_the_journal(void)
{
    take_for_journal();
    log_set_level(LOG_LEVEL_DEBUG);
    log_error("one\ntwo");
    log_warn("disk");
    log_info("serving");
    log_debug("details");
    log_set_level(LOG_LEVEL_INFO);
}

static void say_elsewhere(void)
{
    setenv("JOURNAL_STREAM", "1:2", 1);
    log_error("one");
}

static void test_journal(void **state)
{
    (void)state;
    char text[200];
    capture(say_to_the_journal, text, sizeof text);
    assert_string_equal(text,
                        "<3>error one\n<3>two\n<4>warn disk\n<6>info serving\n<7>debug details\n");
    capture(say_elsewhere, text, sizeof text);
    assert_null(strchr(text, '<'));
    assert_non_null(strstr(text, " error one\n"));
    unsetenv("JOURNAL_STREAM");
}

static void say_debug(void)
{
    log_debug("details");
}

static void test_line(void **state)
{
    (void)state;
    char text[200];
    regex_t pattern;
    capture(say_warning, text, sizeof text);
    assert_int_equal(regcomp(&pattern,
                             "^[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2} "
                             "warn disk 95%\n$",
                             REG_EXTENDED),
                     0);
    assert_int_equal(regexec(&pattern, text, 0, NULL, 0), 0);
    regfree(&pattern);
}

static void test_level(void **state)
{
    (void)state;
    char text[200];
    capture(say_debug, text, sizeof text);
    assert_string_equal(text, "");
    log_set_level(LOG_LEVEL_DEBUG);
    capture(say_debug, text, sizeof text);
    assert_non_null(strstr(text, "debug details\n"));
    log_set_level(LOG_LEVEL_ERROR);
    capture(say_warning, text, sizeof text);
    assert_string_equal(text, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_line),
        cmocka_unit_test(test_journal),
        cmocka_unit_test(test_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
