/**
 * Files that are written for somebody: what they replace, and what they leave alone.
 */
#include "base/mem.h"
#include "base/outfile.h"
#include "base/paths.h"
#include "unit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
    char *folder;
    char *path;
    struct str bytes;
};

static int set_up(void **state)
{
    struct fixture *fixture = mem_new(sizeof *fixture);

    fixture->folder = unit_folder("outfile");
    fixture->path = paths_join(fixture->folder, "out");
    str_add(&fixture->bytes, "new\n");
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    char *command = mem_printf("rm -rf '%s'", fixture->folder);

    assert_int_equal(system(command), 0);
    free(command);
    str_free(&fixture->bytes);
    free(fixture->path);
    free(fixture->folder);
    free(fixture);
    return 0;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void expect_text(const char *path, const char *expected)
{
    char text[32] = "";
    FILE *file = fopen(path, "re");

    assert_non_null(file);
    (void)!fread(text, 1, sizeof text - 1, file);
    fclose(file);
    assert_string_equal(text, expected);
}

static void expect_kind(const char *path, mode_t kind)
{
    struct stat status;

    assert_int_equal(lstat(path, &status), 0);
    assert_int_equal(status.st_mode & S_IFMT, kind);
}

static void a_file_is_made_and_replaced(void **state)
{
    const struct fixture *fixture = *state;
    struct stat status;
    struct str longer = {0};

    umask(0);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_OK);
    assert_int_equal(stat(fixture->path, &status), 0);
    assert_int_equal(status.st_mode & 07777, 0600);
    str_add(&longer, "what is longer than it\n");
    assert_result(outfile_write(fixture->path, &longer), RESULT_OK);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_OK);
    expect_text(fixture->path, "new\n");
    str_free(&longer);
}

static void what_stands_at_the_temporary_name_is_left_alone(void **state)
{
    const struct fixture *fixture = *state;
    char *part = mem_printf("%s.%ld.tmp", fixture->path, (long)getpid());
    char *other = paths_join(fixture->folder, "other");

    put(other, "other\n");
    assert_int_equal(symlink(other, part), 0);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_CANTCREATE);
    expect_text(other, "other\n");
    free(other);
    free(part);
}

static void a_link_stays_one(void **state)
{
    const struct fixture *fixture = *state;
    char *target = paths_join(fixture->folder, "target");

    assert_int_equal(symlink(target, fixture->path), 0);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_OK);
    expect_kind(fixture->path, S_IFLNK);
    expect_text(target, "new\n");
    put(target, "old, and longer\n");
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_OK);
    expect_kind(fixture->path, S_IFLNK);
    expect_kind(target, S_IFREG);
    expect_text(target, "new\n");
    free(target);
}

static void a_pipe_stays_one(void **state)
{
    const struct fixture *fixture = *state;
    char text[8] = "";
    int reader;

    assert_int_equal(mkfifo(fixture->path, 0600), 0);
    reader = open(fixture->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(reader >= 0);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_OK);
    expect_kind(fixture->path, S_IFIFO);
    assert_int_equal(read(reader, text, sizeof text - 1), 4);
    assert_string_equal(text, "new\n");
    close(reader);
}

static void devices_stay_devices(void **state)
{
    const struct fixture *fixture = *state;

    assert_result(outfile_write("/dev/null", &fixture->bytes), RESULT_OK);
    expect_kind("/dev/null", S_IFCHR);
    assert_result(outfile_write("/dev/full", &fixture->bytes), RESULT_FULL);
    expect_kind("/dev/full", S_IFCHR);
    assert_int_equal(symlink("/dev/full", fixture->path), 0);
    assert_result(outfile_write(fixture->path, &fixture->bytes), RESULT_FULL);
    expect_kind(fixture->path, S_IFLNK);
}

static void what_cannot_be_written_is_refused(void **state)
{
    const struct fixture *fixture = *state;

    assert_result(outfile_write(fixture->folder, &fixture->bytes), RESULT_CANTCREATE);
    assert_result(outfile_write("/nonexistent/out", &fixture->bytes), RESULT_CANTCREATE);
}

static enum result refuse(void *arg)
{
    (*(int *)arg)++;
    return RESULT_DENIED;
}

/** Whoever has to agree is asked once all is written, and not about what could not be written. */
static void what_is_refused_leaves_the_file_as_it_was(void **state)
{
    const struct fixture *fixture = *state;
    int asked = 0;

    assert_result(outfile_write_ready(fixture->path, &fixture->bytes, refuse, &asked),
                  RESULT_DENIED);
    assert_int_equal(access(fixture->path, F_OK), -1);
    put(fixture->path, "old\n");
    assert_result(outfile_write_ready(fixture->path, &fixture->bytes, refuse, &asked),
                  RESULT_DENIED);
    expect_text(fixture->path, "old\n");
    assert_int_equal(asked, 2);
    assert_result(outfile_write_ready("/dev/full", &fixture->bytes, refuse, &asked), RESULT_FULL);
    assert_result(outfile_write_ready(fixture->folder, &fixture->bytes, refuse, &asked),
                  RESULT_CANTCREATE);
    assert_int_equal(asked, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_file_is_made_and_replaced, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_stands_at_the_temporary_name_is_left_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_link_stays_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_pipe_stays_one, set_up, tear_down),
        cmocka_unit_test_setup_teardown(devices_stay_devices, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_refused_leaves_the_file_as_it_was, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(what_cannot_be_written_is_refused, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
