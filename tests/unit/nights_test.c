#include "server/backup_days.h"

#include "base/mem.h"
#include "base/paths.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool exists(const char *home, const char *name)
{
    char *path = mem_printf("%s/%s", home, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

/** A directory with a file in it, as a backup is. */
static char *make_backup(const char *home, const char *content)
{
    char *directory = paths_join(home, "made");
    char *path = paths_join(directory, content);
    FILE *file;

    assert_int_equal(mkdir(directory, 0700), 0);
    file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    free(path);
    return directory;
}

static void keep(const char *home, const char *content, const char *date, int64_t days)
{
    char *backup = make_backup(home, content);
    char *kept = NULL;
    day_t today;

    assert_int_equal(date_parse(date, &today), RESULT_OK);
    assert_int_equal(backup_days_keep(home, backup, today, days, &kept), RESULT_OK);
    assert_true(exists(kept, content));
    free(kept);
    free(backup);
}

static void as_many_days_are_kept_as_asked(void **state)
{
    char *home = unit_folder("nights");
    char *strange = mem_printf("%s/backup/before-upgrade", home);
    char *command = mem_printf("rm -r '%s'", home);

    (void)state;
    keep(home, "a", "2026-10-30", 3);
    assert_int_equal(mkdir(strange, 0700), 0);
    keep(home, "b", "2026-10-31", 3);
    keep(home, "c", "2026-11-01", 3);
    assert_true(exists(home, "backup/20261030/a"));
    keep(home, "d", "2026-11-02", 3);
    assert_false(exists(home, "backup/20261030"));
    assert_true(exists(home, "backup/20261031/b"));
    assert_true(exists(home, "backup/20261102/d"));
    assert_false(exists(home, "made"));
    /* Once more on the same day: the later one counts. */
    keep(home, "e", "2026-11-02", 3);
    assert_true(exists(home, "backup/20261102/e"));
    assert_false(exists(home, "backup/20261102/d"));
    /* A shorter time holds at once; what is not a night's stays. */
    keep(home, "f", "2026-11-03", 1);
    assert_false(exists(home, "backup/20261102"));
    assert_true(exists(home, "backup/20261103/f"));
    assert_true(exists(home, "backup/before-upgrade"));
    assert_int_equal(system(command), 0);
    free(command);
    free(strange);
    free(home);
}

static void what_is_not_there_cannot_be_kept(void **state)
{
    char *home = unit_folder("nights");
    char *command = mem_printf("rm -r '%s'", home);

    char *kept = NULL;

    (void)state;
    keep(home, "a", "2026-11-01", 1);
    assert_int_equal(backup_days_keep("/nonexistent", "/nonexistent/made", 20000, 1, &kept),
                     RESULT_CANTCREATE);
    assert_null(kept);
    assert_true(exists(home, "backup/20261101/a"));
    assert_int_equal(system(command), 0);
    free(command);
    free(home);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_days_are_kept_as_asked),
        cmocka_unit_test(what_is_not_there_cannot_be_kept),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
