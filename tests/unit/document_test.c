#include "report/document.h"

#include "base/mem.h"
#include "tests/unit/unit.h"

#include <stdlib.h>
#include <string.h>

static const char *const IDS[] = {"name", "address"};

static struct document *sample(void)
{
    struct document *document = document_new("due", "应访清单 2026年11月");
    struct sheet *rows = sheet_new_ids(IDS, COUNT(IDS));
    struct sheet *empty = sheet_new_ids(IDS, 1);

    (void)sheet_add_cells(rows, (const char *[]){"王桂兰", "胜利街1号\n后院 \"甲\" \\ / 𠮷"});
    (void)sheet_add_cells(rows, (const char *[]){"", ""});
    fields_set(&document->facts, "month", "2026-11");
    fields_set(&document->facts, "printed_by", "张敏");
    document_add_table(document, "rows", &rows);
    document_add_table(document, "trend", &empty);
    return document;
}

static enum result read_text(const char *text, struct document **ret_document, char **ret_message)
{
    FILE *in = fmemopen((void *)(uintptr_t)text, strlen(text), "r");
    enum result result;

    assert_non_null(in);
    result = document_read(in, ret_document, ret_message);
    (void)fclose(in);
    return result;
}

static char *text_of(const struct document *document)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);

    assert_non_null(out);
    assert_int_equal(document_write(document, out), RESULT_OK);
    (void)fclose(out);
    return text;
}

static void what_is_written_is_read(void **state)
{
    struct document *written = sample(), *read = NULL;
    char *text = text_of(written), *message = NULL;

    (void)state;
    assert_int_equal(read_text(text, &read, &message), RESULT_OK);
    assert_string_equal(read->layout, "due");
    assert_string_equal(read->title, written->title);
    assert_true(fields_equal(&read->facts, &written->facts));
    assert_int_equal(read->table_count, 2);
    const struct sheet *rows = document_table(read, "rows");
    assert_int_equal(rows->row_count, 2);
    assert_string_equal(sheet_get(rows, 0, "address"), "胜利街1号\n后院 \"甲\" \\ / 𠮷");
    assert_string_equal(sheet_get(rows, 1, "name"), "");
    assert_int_equal(document_table(read, "trend")->column_count, 1);
    assert_null(document_table(read, "other"));

    char *again = text_of(read);
    assert_string_equal(again, text);
    free(again);
    free(text);
    document_free(&read);
    document_free(&written);
}

#define HEAD "{\"format\":1,\"layout\":\"due\",\"title\":\"t\",\"facts\":{}}\n"
#define TABLE "{\"table\":\"rows\",\"columns\":[\"a\",\"b\"]}\n"

static void anything_else_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"x", "第 1 行没有写完"},
        {"\n", "第 1 行不是一行 JSON"},
        {"{\"format\":2,\"layout\":\"due\",\"title\":\"t\",\"facts\":{}}\n", "第 1 行的格式"},
        {"{\"format\":1,\"layout\":\"due\",\"title\":7,\"facts\":{}}\n", "第 1 行缺少"},
        {"{\"format\":1,\"layout\":\"due\",\"title\":\"\\u0000\",\"facts\":{}}\n", "第 1 行缺少"},
        {"{\"format\":1,\"layout\":\"due\",\"title\":\"t\",\"facts\":{\"a\":{}}}\n", "的说明“a”"},
        {"[\"a\"]\n", "第 1 行的格式"},
        {HEAD "[\"a\",\"b\"]\n", "第 2 行在表的开头之前"},
        {HEAD HEAD, "第 2 行不是一张新表"},
        {HEAD TABLE TABLE, "第 3 行不是一张新表"},
        {HEAD "{\"table\":\"rows\",\"columns\":[]}\n", "第 2 行的列数"},
        {HEAD TABLE "[\"a\"]\n", "第 3 行的格数"},
        {HEAD TABLE "[\"a\",1]\n", "第 3 行的第 2 格"},
        {HEAD TABLE "[\"a\",\"\\u001b[2J\"]\n", "第 3 行的第 2 格"},
        {HEAD TABLE "[\"a\",\"\xff\"]\n", "第 3 行不是一行 JSON"},
        {HEAD TABLE "[\"a\",\"b\"] 7\n", "第 3 行不是一行 JSON"},
        {HEAD TABLE "[\"a\",\"b\"]", "第 3 行没有写完"},
        {HEAD TABLE "[[[[[[\"a\"]]]]]]\n", "第 3 行不是一行 JSON"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct document *document = NULL;
        char *message = NULL;
        assert_int_equal(read_text(cases[i].text, &document, &message), RESULT_INVALID);
        assert_null(document);
        if (strstr(message, cases[i].says) == NULL)
            fail_msg("case %zu says \"%s\"", i, message);
        free(message);
    }
}

static void a_line_without_end_is_refused(void **state)
{
    struct document *document = NULL;
    char *message = NULL, *text = mem_array(DOCUMENT_LINE + 3, 1);

    (void)state;
    memset(text, ' ', DOCUMENT_LINE + 1);
    text[DOCUMENT_LINE + 1] = '\n';
    assert_int_equal(read_text(text, &document, &message), RESULT_INVALID);
    assert_non_null(strstr(message, "第 1 行太长"));
    free(message);
    free(text);
}

static void a_full_disk_is_told(void **state)
{
    struct document *document = sample();
    FILE *full = fopen("/dev/full", "w");

    (void)state;
    assert_non_null(full);
    assert_int_equal(document_write(document, full), RESULT_FULL);
    (void)fclose(full);
    document_free(&document);
}

/** The facts of a roster are those of the version that is printed. */
static void a_roster_says_its_sum(void **state)
{
    static const struct {
        const char *version, *second_area, *total;
    } cases[] = {
        {"", "211103001000", "200.00"}, {"1", "211103001000", "100.00"},
        {"3", "211103001000", ""},                                 /* there is none */
        {"", "211103002000", ""},       {"1", "211103002000", ""}, /* of which street? */
    };
    static const char *const columns[] = {"area", "version", "total"};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *rosters = sheet_new_ids(columns, COUNT(columns));
        struct document *document = document_new("payroll", "发放花名册");
        const char *first[] = {"211103001000", "1", "100.00"};
        const char *second[] = {cases[i].second_area, "2", "200.00"};
        (void)sheet_add_cells(rosters, first);
        (void)sheet_add_cells(rosters, second);
        document_add_roster(document, rosters, cases[i].version);
        assert_string_equal(fields_get(&document->facts, "total"), cases[i].total);
        document_free(&document);
        sheet_free(&rosters);
    }
}

/** Of the rows that are printed; a cell that is no amount is never passed over. */
static void what_was_overpaid_has_a_sum(void **state)
{
    static const struct {
        const char *second, *sum;
    } cases[] = {{"0.05", "100.05"}, {"12.3.4", "（有金额读不出）"}};
    static const char *const columns[] = {"name", "overpaid"};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *rows = sheet_new_ids(columns, COUNT(columns));
        struct document *document = document_new("overpaid", "多发清单");
        (void)sheet_add_cells(rows, (const char *[]){"王桂兰", "100.00"});
        (void)sheet_add_cells(rows, (const char *[]){"欧阳秀英", cases[i].second});
        document_add_table(document, "rows", &rows);
        assert_string_equal(fields_get(&document->facts, "overpaid_sum"), cases[i].sum);
        document_free(&document);
    }
}

/** What waits for a decision is not paid next, nor is what was paid too much. */
static void raises_sum_what_is_paid_next(void **state)
{
    static const char *const columns[] = {"name", "difference", "state"};
    struct sheet *rows = sheet_new_ids(columns, COUNT(columns));
    struct document *document = document_new("raises", "补差清单");

    (void)state;
    (void)sheet_add_cells(rows, (const char *[]){"王桂兰", "100.00", "下次补发"});
    (void)sheet_add_cells(rows, (const char *[]){"欧阳秀英", "20.00", "待决定"});
    (void)sheet_add_cells(rows, (const char *[]){"赵铁柱", "-3.00", "已列多发"});
    (void)sheet_add_cells(rows, (const char *[]){"何晓梅", "0.50", "下次补发"});
    document_add_table(document, "rows", &rows);
    assert_string_equal(fields_get(&document->facts, "raise_sum"), "100.50");
    document_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(anything_else_is_refused_with_its_line),
        cmocka_unit_test(a_line_without_end_is_refused),
        cmocka_unit_test(a_full_disk_is_told),
        cmocka_unit_test(a_roster_says_its_sum),
        cmocka_unit_test(what_was_overpaid_has_a_sum),
        cmocka_unit_test(raises_sum_what_is_paid_next),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
