#include "base/log.h"

#include "tests/unit/unit.h"

#include <errno.h>
#include <regex.h>
#include <string.h>
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
        cmocka_unit_test(test_level),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
