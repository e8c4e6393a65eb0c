/* The files of a bundle as lines of COPY, cut at any byte; what they may not be. */
#include "unit.h"

#include "feed/rows.h"

static enum result keep(const struct str *lines, void *arg)
{
    str_add(arg, str_text(lines));
    return RESULT_OK;
}

/** Reads `text` in pieces of `piece` bytes; what is wrong, or the lines. The caller's. */
static char *read_rows(const char *file, const char *text, size_t piece)
{
    struct feed_tables *tables = NULL;
    struct str lines = {0};
    uint64_t count = 0;
    enum result result = RESULT_OK;

    assert_result(tables_new(&tables), RESULT_OK);
    struct rows *rows = rows_new(tables_find(tables, file), "211103001000", keep, &lines);
    for (size_t at = 0; result == 0 && at < strlen(text); at += piece)
        result = rows_add(rows, text + at, strlen(text + at) < piece ? strlen(text + at) : piece);
    if (result == 0)
        result = rows_end(rows, &count);
    if (result != 0) {
        assert_result(result, RESULT_INVALID);
        str_clear(&lines);
        str_add(&lines, rows_message(rows));
    }
    rows_free(&rows);
    free(tables);
    return str_take(&lines);
}

#define MEMBERS "case_id,person_id,covered,since,until,fields\n"
#define REVIEWS "case_id,date,result,note,by,at\n"

static void rows_become_lines(void **state)
{
    static const struct {
        const char *file, *text, *lines;
    } rows[] = {
        {"members.csv", MEMBERS, ""},
        {"members.csv", MEMBERS "7,8,1,2025-04-01,,m_rel=户主\n",
         "211103001000\t7\t8\tt\t2025-04-01\t\\N\t{\"m_rel\":\"户主\"}\t1\n"},
        /* equal keys are counted, also with others between */
        {"reviews.csv",
         REVIEWS "1,2026-01-02,a,,x,\n1,2026-01-03,b,,x,\n1,2026-01-02,c,,x,\n2,2026-01-02,d,,x,\n",
         "211103001000\t1\t2026-01-02\ta\t\\N\tx\t\\N\t1\n"
         "211103001000\t1\t2026-01-03\tb\t\\N\tx\t\\N\t1\n"
         "211103001000\t1\t2026-01-02\tc\t\\N\tx\t\\N\t2\n"
         "211103001000\t2\t2026-01-02\td\t\\N\tx\t\\N\t1\n"},
        /* quotation marks, line breaks, blanks at the ends, marks of formulas */
        {"reviews.csv", REVIEWS "1,2026-01-02, a ,\"x,\"\"y\"\"\nz\",'=b,\n",
         "211103001000\t1\t2026-01-02\t a \tx,\"y\"\\nz\t=b\t\\N\t1\n"},
        {"statements.csv",
         "month,area,version,closed_at,closed_by,rows,hash\n2026-09,211103001000,1,2026-10-06 "
         "00:00:00,x,0,00\n",
         "211103001000\t2026-09-01\t211103001000\t1\t2026-10-06 "
         "00:00:00\tx\t\\N\t\\N\t\\N\t0\t\\\\x00\t\\N\n"},
        /* an older version's file: another order, fewer columns */
        {"reviews.csv", "date,case_id,result,by\n2026-01-02,1,a,x\n",
         "211103001000\t1\t2026-01-02\ta\t\\N\tx\t\\N\t1\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        for (size_t piece = 1; piece < 40; piece += 3) {
            char *lines = read_rows(rows[i].file, rows[i].text, piece);
            assert_string_equal(lines, rows[i].lines);
            free(lines);
        }
}

static void other_files_are_refused(void **state)
{
    static const struct {
        const char *file, *text, *words;
    } rows[] = {
        {"members.csv", "", "连列名都没有"},
        {"members.csv", "case_id,person_id,covered,since,until,fields,x\n",
         "不认识的列（第 7 列）"},
        {"members.csv", "case_id,covered\n", "没有 person_id 列"},
        {"members.csv", "case_id,person_id,covered,case_id\n", "有两列都叫 case_id"},
        {"members.csv", MEMBERS "7,8,1\n", "第 2 行有 3 列，应有 6 列"},
        {"members.csv", MEMBERS "\n", "第 2 行有 0 列"},
        {"members.csv", MEMBERS "7,8,1,,,\"a=b\n", "引号"},
        {"members.csv", MEMBERS "7,8,1,,,a\"b\n", "引号"},
        {"members.csv", MEMBERS "7,8,1,,,\n7,8,2,,,\n", "第 3 行的 covered 应是 1 或 0"},
        {"statements.csv",
         "month,area,version,closed_at,closed_by,rows,hash\n2026-09,211103002000,1,2026-10-06 "
         "00:00:00,x,0,00\n",
         "area 不在报送单位的区划里"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char *words = read_rows(rows[i].file, rows[i].text, 7);
        if (strstr(words, rows[i].words) == NULL)
            fail_msg("%s: %s", rows[i].words, words);
        free(words);
    }
}

static void no_cell_fills_the_memory(void **state)
{
    enum { BYTES = 3 << 20 };
    char *text = malloc(BYTES + 1);

    (void)state;
    assert_non_null(text);
    memset(text, 'a', BYTES);
    text[BYTES] = '\0';
    memcpy(text, MEMBERS "\"", sizeof MEMBERS);
    char *words = read_rows("members.csv", text, 65536);
    assert_non_null(strstr(words, "太长"));
    free(words);
    free(text);
}

static void every_file_has_a_table(void **state)
{
    struct feed_tables *tables = NULL;
    const struct extract_file *file;

    (void)state;
    assert_result(tables_new(&tables), RESULT_OK);
    for (size_t i = 0; (file = extract_at(i)) != NULL; i++) {
        const struct feed_table *table = tables_find(tables, file->name);
        size_t keys = 0;
        assert_non_null(table);
        for (size_t k = 0; k < table->column_count; k++)
            keys += table->columns[k].key;
        assert_true(keys > 0 && (!table->numbered || table->group_count < keys));
        for (size_t k = 0; k < table->group_count; k++)
            assert_true(table->columns[k].key);
    }
    assert_null(tables_find(tables, "strange.csv"));
    free(tables);
}

static void keys_of_groups_are_split(void **state)
{
    static const struct {
        const char *file, *key, *parts; /**< NULL = refused */
    } rows[] = {
        {"persons.csv", "12", "12/"},
        {"persons.csv", "1|2", NULL},
        {"duties.csv", "2026-11|211103001001|3|visit", "2026-11/211103001001/3/visit/"},
        {"duties.csv", "2026-11|211103001001|3", NULL},
        {"standards.csv", "a\\|b\\\\c\\nd||2026-01-01", "a|b\\c\nd//2026-01-01/"},
        {"standards.csv", "||", "///"},
        {"standards.csv", "a\\", NULL},
    };
    struct feed_tables *tables = NULL;

    (void)state;
    assert_result(tables_new(&tables), RESULT_OK);
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct feed_table *table = tables_find(tables, rows[i].file);
        char *key = strdup(rows[i].key);
        char *parts[FEED_COLUMNS];
        struct str text = {0};
        bool taken = tables_split_key(table, key, parts);
        assert_int_equal(taken, rows[i].parts != NULL);
        for (size_t k = 0; taken && k < table->group_count; k++)
            str_printf(&text, "%s/", parts[k]);
        if (taken)
            assert_string_equal(str_text(&text), rows[i].parts);
        str_free(&text);
        free(key);
    }
    free(tables);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_become_lines),        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(no_cell_fills_the_memory), cmocka_unit_test(every_file_has_a_table),
        cmocka_unit_test(keys_of_groups_are_split),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
