#include "base/paths.h"

#include "tests/unit/unit.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static void test_office(void **state)
{
    (void)state;
    unsetenv("DOUDI_CONFDIR");
    unsetenv("DOUDI_DATADIR");
    expect(paths_office("no such thing"), CONFDIR "/no such thing");
    setenv("DOUDI_DATADIR", "/d", 1); /* not what is installed */
    assert_null(paths_office("forms"));
    setenv("DOUDI_CONFDIR", "/e", 1);
    expect(paths_office("forms"), "/e/forms");
    unsetenv("DOUDI_CONFDIR");
    unsetenv("DOUDI_DATADIR");
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

/** A folder below `base`; as root it can be another account's. */
static char *folder_of(const char *base, const char *name, mode_t mode, bool foreign)
{
    char *path = paths_join(base, name);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_int_equal(chmod(path, mode), 0);
    if (foreign)
        assert_int_equal(chown(path, 65534, 65534), 0);
    return path;
}

static void test_private(void **state)
{
    static const struct {
        mode_t outer, inner;
        bool foreign_outer, foreign_inner;
        const char *asked;   /* below the outer one; "inner" exists */
        const char *culprit; /* the same, NULL if it is private */
    } cases[] = {
        {0700, 0700, false, false, "inner", NULL},
        {0755, 0755, false, false, "inner/new", NULL},
        {0755, 0777, false, false, "inner", "inner"},
        {0755, 0777, false, false, "inner/new", "inner"},
        {0755, 01777, false, false, "inner/new", NULL},
        {0775, 0700, false, false, "inner", ""},
        {0755, 0700, true, false, "inner", ""},
        {0755, 0700, false, true, "inner", "inner"},
        {0755, 0700, false, false, "none/new", "none/new"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if ((cases[i].foreign_outer || cases[i].foreign_inner) && geteuid() != 0)
            continue;
        char *base = unit_folder("paths");
        char *outer = folder_of(base, "outer", cases[i].outer, cases[i].foreign_outer);
        char *inner = folder_of(outer, "inner", cases[i].inner, cases[i].foreign_inner);
        char *asked = paths_join(outer, cases[i].asked);
        char *culprit = NULL;
        assert_int_equal(paths_is_private(asked, &culprit), cases[i].culprit == NULL);
        if (cases[i].culprit != NULL)
            assert_string_equal(culprit + strlen(outer) + (*cases[i].culprit != '\0'),
                                cases[i].culprit);
        free(culprit);
        free(asked);
        assert_int_equal(rmdir(inner), 0);
        assert_int_equal(rmdir(outer), 0);
        assert_int_equal(rmdir(base), 0);
        free(inner);
        free(outer);
        free(base);
    }
}

/** What a link leads to is asked about, not the link. */
static void test_real(void **state)
{
    (void)state;
    char *base = unit_folder("paths");
    char *target = folder_of(base, "target", 0700, false), *link = paths_join(base, "link");
    char *new = paths_join(link, "new"), *expected = paths_join(target, "new");
    assert_int_equal(symlink(target, link), 0);
    expect(paths_real(link), target);
    expect(paths_real(new), expected);
    assert_null(paths_real("/nonexistent/new"));
    assert_int_equal(unlink(link), 0);
    assert_int_equal(rmdir(target), 0);
    assert_int_equal(rmdir(base), 0);
    free(expected);
    free(new);
    free(link);
    free(target);
    free(base);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_join),    cmocka_unit_test(test_home),
        cmocka_unit_test(test_data),    cmocka_unit_test(test_office),
        cmocka_unit_test(test_program), cmocka_unit_test(test_private),
        cmocka_unit_test(test_real),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
