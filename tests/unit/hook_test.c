/*
 * Programs that hand a bundle over: who is asked, why one does not count, and that none runs for ever.
 */
#include "cli/hook.h"

#include "base/mem.h"
#include "base/paths.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const ARGUMENTS[HOOK_ARGUMENTS] = {"/b",         "county", "to",
                                                      "2026-11-26", "1",      "full"};

static char *folder;

static void put(const char *name, const char *text)
{
    char *path = paths_join(folder, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
    free(path);
}

static bool is_there(const char *name)
{
    char *path = paths_join(folder, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

static int begin(void **state)
{
    (void)state;
    folder = unit_folder("hooks");
    return 0;
}

static int finish(void **state)
{
    (void)state;
    char *command = mem_printf("rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
    free(command);
    free(folder);
    return 0;
}

static void faults_say_why(void **state)
{
    static const struct {
        const char *program, *fault;
    } cases[] = {
        {"#!/bin/sh\nexit 0\n", NULL},
        {"#!/bin/sh\necho first\necho '线路不通'\nexit 3\n", "one 退出状态 3：线路不通"},
        {"#!/bin/sh\nkill -9 $$\n", "one 被信号 9 停掉"},
        {"#!/bin/sh\necho begun\nsleep 60\n", "one 运行超过 1 秒，已停掉：begun"},
        /* Closing the output is not the end. */
        {"#!/bin/sh\nexec >&- 2>&-\nsleep 60\n", "one 运行超过 1 秒，已停掉"},
        {"#!/bin/sh\nexec >&- 2>&-\nsleep 0.3\nexit 4\n", "one 退出状态 4"},
        {"#!/bin/sh\n[ $# = 6 ] && [ \"$2 $6\" = 'county full' ]\n", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *fault = NULL;
        time_t from = time(NULL);

        put("one", cases[i].program);
        enum result result = hook_run(folder, ARGUMENTS, cases[i].fault != NULL ? 1 : 30, &fault);
        assert_result(result, cases[i].fault != NULL ? RESULT_AGAIN : RESULT_OK);
        if (cases[i].fault != NULL)
            assert_string_equal(fault, cases[i].fault);
        assert_true(time(NULL) - from < 20);
        free(fault);
    }
}

/** What the program started ends with it, and the next program is asked. */
static void the_next_one_is_asked(void **state)
{
    char *text = mem_printf("#!/bin/sh\n(sleep 3; touch '%s/late') &\nsleep 60\n", folder);
    char *fault = NULL;

    (void)state;
    put("10-slow", text);
    put("20-quick", "#!/bin/sh\nexit 0\n");
    put("30-never", "#!/bin/sh\ntouch \"${0%/*}/asked\"\n");
    assert_result(hook_run(folder, ARGUMENTS, 1, &fault), RESULT_OK);
    assert_null(fault);
    sleep(3);
    assert_false(is_there("late"));
    assert_false(is_there("asked"));
    free(text);
}

static void nobody_is_there(void **state)
{
    char *fault = NULL;

    (void)state;
    put("README.txt", "#!/bin/sh\nexit 0\n");
    assert_result(hook_run(folder, ARGUMENTS, 1, &fault), RESULT_AGAIN);
    assert_non_null(strstr(fault, "没有可以运行的发送程序"));
    free(fault);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(faults_say_why, begin, finish),
        cmocka_unit_test_setup_teardown(the_next_one_is_asked, begin, finish),
        cmocka_unit_test_setup_teardown(nobody_is_there, begin, finish),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
