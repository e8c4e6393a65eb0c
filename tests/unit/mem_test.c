#include "base/mem.h"

#include "tests/unit/unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void test_new_is_zeroed(void **state)
{
    (void)state;
    unsigned char *bytes = mem_new(100);
    for (int i = 0; i < 100; i++)
        assert_int_equal(bytes[i], 0);
    free(bytes);
    void *none = mem_array(0, 8);
    assert_non_null(none);
    free(none);
    none = mem_resize(NULL, 0, 8);
    assert_non_null(none);
    free(none);
}

static void test_copies(void **state)
{
    (void)state;
    char *text = mem_copy(NULL);
    assert_string_equal(text, "");
    mem_replace(&text, "王桂兰");
    assert_string_equal(text, "王桂兰");
    mem_replace(&text, text + 3); /* the new value lies inside the old one */
    assert_string_equal(text, "桂兰");
    mem_replace(&text, NULL);
    assert_string_equal(text, "");
    free(text);
    text = mem_copy_bytes("a\0b", 3);
    assert_memory_equal(text, "a\0b", 4);
    free(text);
    text = mem_copy_bytes(NULL, 0);
    assert_string_equal(text, "");
    free(text);
    text = mem_printf("%d-%s", 7, "x");
    assert_string_equal(text, "7-x");
    free(text);
}

static void test_grow(void **state)
{
    (void)state;
    int *items = NULL;
    size_t capacity = 0;
    for (size_t count = 0; count < 1000; count++) {
        mem_grow((void **)&items, count, &capacity, sizeof *items);
        assert_true(capacity > count);
        items[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_true(capacity <= 2048);
    free(items);
}

/* A product that overflows must end the process, not give a small block. */
static void test_overflow_aborts(void **state)
{
    (void)state;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        volatile size_t huge = SIZE_MAX / 4 + 2; /* times 4 it is 4 again */
        free(mem_resize(NULL, huge, 4));
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_new_is_zeroed),
        cmocka_unit_test(test_copies),
        cmocka_unit_test(test_grow),
        cmocka_unit_test(test_overflow_aborts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
