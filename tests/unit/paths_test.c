#include "base/paths.h"

#include "tests/unit/unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void expect(char *path, const char *expected)
{
    assert_string_equal(path, expected);
    free(path);
}

static void test_join(void **state)
{
    (void)state;
    expect(paths_join("/a", "b"), "/a/b");
    expect(paths_join("/a/", "b"), "/a/b");
    expect(paths_join("/", "b"), "/b");
}

static void test_home(void **state)
{
    (void)state;
    char current[PATH_MAX];
    assert_non_null(getcwd(current, sizeof current));
    setenv("DOUDI_HOME", "/srv/street", 1);
    expect(paths_home("/tmp/home"), "/tmp/home");
    expect(paths_home(NULL), "/srv/street");
    char *relative = paths_home("some/home");
    assert_int_equal(relative[0], '/');
    assert_int_equal(strncmp(relative, current, strlen(current)), 0);
    assert_string_equal(relative + strlen(current), "/some/home");
    free(relative);
    unsetenv("DOUDI_HOME");
    if (access("/var/lib/doudi", F_OK) == 0) {
        expect(paths_home(NULL), "/var/lib/doudi");
        return;
    }
    setenv("XDG_DATA_HOME", "/x", 1);
    expect(paths_home(NULL), "/x/doudi");
    setenv("XDG_DATA_HOME", "relative", 1); /* to be ignored, says the XDG specification */
    setenv("HOME", "/home/zhang", 1);
    expect(paths_home(NULL), "/home/zhang/.local/share/doudi");
}

static void test_data(void **state)
{
    (void)state;
    setenv("DOUDI_DATADIR", "/d", 1);
    expect(paths_data("forms"), "/d/forms");
    unsetenv("DOUDI_DATADIR");
    expect(paths_data("no such thing"), PKGDATADIR "/no such thing");
}

static void test_program(void **state)
{
    (void)state;
    char self[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    assert_true(length > 0);
    self[length] = '\0';
    expect(paths_program(strrchr(self, '/') + 1), self);
    expect(paths_program("no-such-program"), SBINDIR "/no-such-program");
    setenv("DOUDI_BINDIR", "/b", 1);
    expect(paths_program("doudid"), "/b/doudid");
    unsetenv("DOUDI_BINDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),
        cmocka_unit_test(test_home),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
