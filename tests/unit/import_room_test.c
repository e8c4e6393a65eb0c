/* How much an import gathers in memory, and all of them together (base/limits.h). */
#include "ledger_fixture.h"

#include "base/limits.h"
#include "service/import/import.h"
#include "service/memory/state.h"

#include <locale.h>

static struct office office;

static int set_up(void **state)
{
    (void)state;
    office_make(&office, LEDGER_TODAY, LEDGER_MONTH);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    office_remove(&office);
    return 0;
}

static struct import *begin(void)
{
    static const struct import_heading headings[] = {
        {.text = "户主姓名", .group = ""},     {.text = "户主身份证号", .group = ""},
        {.text = "成员姓名", .group = ""},     {.text = "成员身份证号", .group = ""},
        {.text = "与户主关系", .group = ""},   {.text = "是否保障", .group = ""},
        {.text = "所在村(社区)", .group = ""}, {.text = "家庭月收入", .group = ""},
        {.text = "起始月", .group = ""},
    };
    const struct import_options options = {
        .kind = "dibao",
        .file = "b.csv",
        .headings = headings,
        .heading_count = COUNT(headings),
        .save_map = "",
    };
    struct import *import = NULL;
    struct sheet *columns = NULL;

    import_open(office.service, &office.street, &options, &import, &columns, &office.reply);
    sheet_free(&columns);
    if (import == NULL)
        fail_msg("%s", office.reply.message);
    return import;
}

/** Adds rows of about a MiB while there is room, `most` at most; returns how many. */
static size_t fill(struct import *import, size_t most, enum result *ret_result)
{
    enum { LONG = 1 << 20 };
    char *text = mem_new(LONG + 1);
    const char *cells[] = {"王桂兰", "21110219440302002X", text, ""};
    struct import_input row = {.count = COUNT(cells), .cells = cells, .fault = ""};
    size_t rows = 0;

    memset(text, 'x', LONG);
    *ret_result = RESULT_OK;
    while (rows < most && *ret_result == 0) {
        *ret_result = import_room(import, &row, &office.reply);
        row.number = (uint32_t)rows + 1;
        if (*ret_result == 0 && ++rows > 0)
            assert_ok(import_row(import, &row));
    }
    free(text);
    return rows;
}

static void an_import_gathers_as_much_as_it_may(void **state)
{
    struct import *import = begin();
    enum result result;

    (void)state;
    assert_int_equal(fill(import, SIZE_MAX, &result), (LIMIT_IMPORT_BYTES >> 20) - 1);
    assert_result(result, RESULT_INVALID);
    assert_non_null(strstr(office.reply.message, "请分成几个文件"));
    assert_true(office.service->importing > LIMIT_IMPORT_BYTES);
    import_free(&import);
    assert_int_equal(office.service->importing, 0);
}

static void imports_gather_no_more_together(void **state)
{
    struct import *import = begin();
    enum result result;

    (void)state;
    office.service->importing = LIMIT_IMPORTS_BYTES - (3 << 20);
    assert_int_equal(fill(import, SIZE_MAX, &result), 2);
    assert_result(result, RESULT_AGAIN);
    assert_non_null(strstr(office.reply.message, "请过几分钟再导入"));
    import_free(&import);
    assert_int_equal(office.service->importing, LIMIT_IMPORTS_BYTES - (3 << 20));
    office.service->importing = 0;
}

/** Cells of nothing take memory, too: a row of many is counted by them. */
static void empty_cells_are_counted(void **state)
{
    enum { CELLS = 100000 };
    const char **cells = mem_array(CELLS, sizeof *cells);
    struct import *import = begin();

    (void)state;
    for (size_t i = 0; i < CELLS; i++)
        cells[i] = "";
    assert_ok(import_room(import,
                          &(struct import_input){.count = CELLS, .cells = cells, .fault = ""},
                          &office.reply));
    assert_true(office.service->importing >= CELLS * (sizeof *cells + 32));
    import_free(&import);
    assert_int_equal(office.service->importing, 0);
    free(cells);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_import_gathers_as_much_as_it_may, set_up, tear_down),
        cmocka_unit_test_setup_teardown(imports_gather_no_more_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(empty_cells_are_counted, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
