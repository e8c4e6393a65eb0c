/* A workbook that unpacks to too much is refused by its sizes, or soon: counted in bytes, not in time. */
#include "exchange/xlsx_private.h"

#include "base/mem.h"
#include "book.h"
#include "unit.h"

#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MEGABYTE = 1 << 20, MEGABYTES = 64, BLOCK = 65536 };

static char *folder, *path;

static int set_up(void **state)
{
    (void)state;
    folder = unit_folder("zip");
    path = mem_printf("%s/book.xlsx", folder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    rmdir(folder);
    free(path);
    free(folder);
    return 0;
}

/** A number in the list of members, or in front of a member: the first one there. */
struct place {
    char mark[4];
    size_t at, size;
};

static void lie(const struct place *place, uint32_t number)
{
    FILE *file = fopen(path, "r+e");
    char *bytes = mem_array(MEGABYTE, 1);

    assert_non_null(file);
    size_t length = fread(bytes, 1, MEGABYTE, file);
    assert_true(length > 0 && length < MEGABYTE);
    char *found = memmem(bytes, length, place->mark, sizeof place->mark);
    assert_non_null(found);
    for (size_t i = 0; i < place->size; i++)
        found[place->at + i] = (char)(number >> (8 * i));
    rewind(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    free(bytes);
}

static void ignore_element(void *arg, const char *name, const char **attributes)
{
    (void)arg;
    (void)name;
    (void)attributes;
}

/** Bytes that were unpacked before the first member was refused. */
static size_t read_first(char **ret_fault)
{
    struct xlsx_book book = {.archive = unzOpen64(path)};
    const struct xlsx_handler handler = {.start = ignore_element};

    assert_non_null(book.archive);
    assert_result(xlsx_member(&book, "xl/_rels/workbook.xml.rels", &handler), RESULT_INVALID);
    assert_non_null(book.fault);
    *ret_fault = book.fault;
    unzClose(book.archive);
    return book.unpacked;
}

static void a_bomb_is_refused_by_its_sizes(void **state)
{
    char *fault;

    (void)state;
    book_write_blanks(path, MEGABYTES);
    assert_int_equal(read_first(&fault), 0);
    assert_non_null(strstr(fault, "工作簿太大"));
    free(fault);
}

static void sizes_that_lie_help_little(void **state)
{
    enum { SIZES_FOLLOW = 8 }; /* so that nobody compares the two places */
    static const struct place packed = {{'P', 'K', 1, 2}, 20, 4};
    static const struct place unpacked = {{'P', 'K', 1, 2}, 24, 4};
    static const struct place listed_flags = {{'P', 'K', 1, 2}, 8, 2};
    static const struct place flags = {{'P', 'K', 3, 4}, 6, 2};
    char *fault;

    (void)state;
    book_write_blanks(path, MEGABYTES);
    lie(&listed_flags, SIZES_FOLLOW);
    lie(&flags, SIZES_FOLLOW);
    lie(&unpacked, 1000);
    assert_in_range(read_first(&fault), 1, 1000);
    free(fault);
    book_write_blanks(path, MEGABYTES);
    lie(&listed_flags, SIZES_FOLLOW);
    lie(&flags, SIZES_FOLLOW);
    lie(&packed, 600 * MEGABYTE);
    assert_in_range(read_first(&fault), 1, 24 * MEGABYTE);
    assert_non_null(strstr(fault, "工作簿太大"));
    free(fault);
}

/** Many members, each small enough, are not small together. */
static void members_count_together(void **state)
{
    struct xlsx_book book = {0};
    const struct xlsx_handler handler = {.start = ignore_element};
    enum result result = RESULT_OK;

    (void)state;
    book_write_blanks(path, 6);
    book.archive = unzOpen64(path);
    assert_non_null(book.archive);
    for (int i = 0; i < 9 && book.fault == NULL; i++)
        result = xlsx_member(&book, "xl/_rels/workbook.xml.rels", &handler);
    assert_result(result, RESULT_INVALID);
    assert_in_range(book.unpacked, 6 * MEGABYTE, 24 * MEGABYTE);
    free(book.fault);
    unzClose(book.archive);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_bomb_is_refused_by_its_sizes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sizes_that_lie_help_little, set_up, tear_down),
        cmocka_unit_test_setup_teardown(members_count_together, set_up, tear_down),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
