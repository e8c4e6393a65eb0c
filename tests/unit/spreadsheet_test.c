/* Workbooks that are written, and what their readers find in them. */
#include "report/spreadsheet.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/outfile.h"
#include "exchange/filetable.h"
#include "report/value.h"
#include "unit.h"

#include <locale.h>
#include <minizip/unzip.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define ID "211102194102110179"

static char *path;

static int set_up(void **state)
{
    (void)state;
    path = mem_copy("/tmp/doudi-spreadsheet-XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    close(fd);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(path);
    free(path);
    return 0;
}

// ---- documents and what is in their files

static struct document *new_document(const char *const *ids, size_t columns,
                                     const char *const *cells, size_t rows)
{
    struct document *document = document_new("table", "应访清单 2026年11月");
    struct sheet *sheet = sheet_new_ids(ids, columns);

    for (size_t row = 0; row < rows; row++)
        (void)sheet_add_cells(sheet, cells + row * columns);
    document_add_table(document, "rows", &sheet);
    fields_set(&document->facts, "area_name", "振兴街道");
    fields_set(&document->facts, "printed_at", "2026-11-28 18:00:05");
    fields_set(&document->facts, "printed_by", "张敏");
    return document;
}

static void write_document(const struct document *document)
{
    struct str bytes = {0};
    char *message = NULL;
    enum result result = spreadsheet_write(document, &bytes, &message);

    if (result != 0)
        fail_msg("%s", message);
    assert_null(message);
    assert_int_equal(outfile_write(path, &bytes), RESULT_OK);
    str_free(&bytes);
}

/** Asserts that the document is refused, with these words. */
static void expect_refused(const struct document *document, enum result wanted, const char *words)
{
    struct str bytes = {0};
    char *message = NULL;

    assert_int_equal(spreadsheet_write(document, &bytes, &message), wanted);
    assert_int_equal(bytes.length, 0);
    assert_non_null(message);
    if (strstr(message, words) == NULL)
        fail_msg("%s", message);
    free(message);
}

/** A member of the file; new string. */
static char *member(const char *name)
{
    unzFile archive = unzOpen64(path);
    struct str text = {0};
    char block[65536];
    int got;

    assert_non_null(archive);
    assert_int_equal(unzLocateFile(archive, name, 1), UNZ_OK);
    assert_int_equal(unzOpenCurrentFile(archive), UNZ_OK);
    while ((got = unzReadCurrentFile(archive, block, sizeof block)) > 0)
        str_add_bytes(&text, block, (size_t)got);
    assert_int_equal(got, 0);
    unzCloseCurrentFile(archive);
    unzClose(archive);
    return str_take(&text);
}

static void expect_in(const char *name, const char *wanted)
{
    char *text = member(name);

    if (strstr(text, wanted) == NULL)
        fail_msg("%s has not: %s\n%s", name, wanted, text);
    free(text);
}

static bool known(const char *group, const char *heading, void *arg)
{
    (void)group;
    (void)arg;
    return strcmp(heading, "姓名") == 0 || strcmp(heading, "身份证号") == 0;
}

static struct filetable *read_table(const char *sheet)
{
    struct filetable_options options = {.known = known, .sheet = sheet};
    struct filetable *table = NULL;
    char *message = NULL;

    if (filetable_read(path, &options, &table, &message) != 0)
        fail_msg("%s", message);
    return table;
}

// ---- values

static void what_a_cell_becomes(void **state)
{
    static const struct {
        const char *column, *text;
        bool number;
        double value;
    } cases[] = {
        {"age", "82", true, 82},
        {"age", "0", true, 0},
        {"age", "-3", true, -3},
        {"age", "0.5", true, 0.5},
        {"age", "123456789012345", true, 123456789012345},
        {"age", "1234567890123456", false, 0},
        {"age", "007", false, 0},
        {"age", "00.5", false, 0},
        {"age", "1.", false, 0},
        {"age", ".5", false, 0},
        {"age", "-", false, 0},
        {"age", "", false, 0},
        {"age", "+3", false, 0},
        {"age", "1e5", false, 0},
        {"age", "0x10", false, 0},
        {"age", "inf", false, 0},
        {"age", "12岁", false, 0},
        {"late", "补录", false, 0},
        {"rate", "77.0", true, 77},
        {"rate", "100.0", true, 100},
        {"rate", "—", false, 0},
        {"due_on", "2026-11-30", true, 46356},
        {"due_on", "1900-03-01", true, 61},
        {"due_on", "1900-02-28", false, 0},
        {"due_on", "2026-11-31", false, 0},
        {"due_on", "今日到期", false, 0},
        {"month", "2026-11", true, 46327},
        {"month", "2026-13", false, 0},
        {"at", "2026-11-28 18:00:00", true, 46354.75},
        {"at", "2026-11-28", false, 0},
        {"id_no", ID, false, 0},
        {"phone", "13800138001", false, 0},
        {"area", "211103001001", false, 0},
        {"no_such_column", "1", false, 0},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        double value = -1;
        bool number = value_read(value_kind_of(cases[i].column), cases[i].text, &value);
        if (number != cases[i].number || (number && value != cases[i].value))
            fail_msg("%s %s: %d %f", cases[i].column, cases[i].text, number, value);
    }
}

static void what_looks_like_an_escape_is_escaped(void **state)
{
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"甲", "甲"},
        {"_x0041_", "_x005F_x0041_"},
        {"_x004_", "_x004_"},
        {"_x0041", "_x0041"},
        {"a_x000d_b_x0A0a_", "a_x005F_x000d_b_x005F_x0A0a_"},
    };
    struct str to = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        value_escape(cases[i].text, &to);
        assert_string_equal(str_text(&to), cases[i].escaped);
    }
    str_free(&to);
}

// ---- files

static const char *const IDS[] = {"case_no", "name",  "id_no", "phone", "age",      "rate",
                                  "due_on",  "month", "at",    "note",  "person_id"};
static const char *const CELLS[] = {
    "2111030012026LR00003",
    "王桂兰",
    ID,
    "042712345",
    "82",
    "77.0",
    "2026-11-30",
    "2026-11",
    "2026-11-28 18:00:05",
    "=1+1",
    "7",
    "0001",
    "欧阳秀英",
    "6217000010001230123",
    "+8613800138001",
    "7",
    "100.0",
    "",
    "2026-10",
    "2026-11-28 00:00:00",
    "@甲\n-乙",
    "8",
    "1E5",
    "阿依古丽·买买提",
    "21110319461128002X",
    "-1",
    "不详",
    "",
    "今日到期",
    "十月",
    "11-28 18:00",
    "_x0041_ <&\"'> 𬭚䶮𠮷",
    "9",
};

/** All columns that have a heading, with the values that went in. */
static void files_come_back_as_they_went_out(void **state)
{
    enum { COLUMNS = COUNT(IDS), ROWS = COUNT(CELLS) / COUNT(IDS), SHOWN = COLUMNS - 1 };
    struct document *document = new_document(IDS, COLUMNS, CELLS, ROWS);

    (void)state;
    write_document(document);
    struct filetable *table = read_table("");
    assert_int_equal(filetable_column_count(table), SHOWN);
    assert_int_equal(filetable_row_count(table), ROWS);
    for (size_t i = 0; i < SHOWN; i++)
        assert_string_equal(filetable_column(table, i)->heading, column_find(IDS[i])->label);
    for (size_t i = 0; i < ROWS; i++) {
        struct filetable_row row = filetable_row(table, i);
        assert_int_equal(row.number, i + 4);
        for (size_t k = 0; k < SHOWN; k++) {
            const char *wanted = CELLS[i * COLUMNS + k];
            const char *found = k < row.count ? row.cells[k] : "";
            bool midnight = strcmp(wanted, "2026-11-28 00:00:00") == 0;
            assert_string_equal(found, midnight ? "2026-11-28" : wanted);
        }
    }
    filetable_free(&table);
    document_free(&document);
}

static void texts_are_texts_and_numbers_are_numbers(void **state)
{
    static const char *const wanted[] = {
        "t=\"inlineStr\"><is><t>" ID "</t>",
        "t=\"inlineStr\"><is><t>=1+1</t>",
        "t=\"inlineStr\"><is><t>0001</t>",
        "t=\"inlineStr\"><is><t>042712345</t>",
        "><v>82</v>",
        "><v>46356</v>",
        "<ignoredError sqref=\"A4:J7\" numberStoredAsText=\"1\"/>",
    };
    struct document *document = new_document(IDS, COUNT(IDS), CELLS, COUNT(CELLS) / COUNT(IDS));

    (void)state;
    write_document(document);
    for (size_t i = 0; i < COUNT(wanted); i++)
        expect_in("xl/worksheets/sheet1.xml", wanted[i]);
    char *text = member("xl/worksheets/sheet1.xml");
    assert_null(strstr(text, "<f>"));
    free(text);
    document_free(&document);
}

static void sheets_are_ready_for_screen_and_paper(void **state)
{
    static const char *const wanted[] = {
        "<pane ySplit=\"3\" topLeftCell=\"A4\"",
        "<autoFilter ref=\"A3:J6\"/>",
        "paperSize=\"9\" fitToHeight=\"0\" orientation=\"landscape\"",
        "<oddFooter>&amp;C第 &amp;P 页，共 &amp;N 页</oddFooter>",
        "振兴街道 共 3 行 制表 张敏 2026-11-28 18:00:05</t>",
    };
    static const char *const narrow_ids[] = {"name", "age"};
    static const char *const narrow[] = {"王桂兰", "82"};
    struct document *document = new_document(IDS, COUNT(IDS), CELLS, COUNT(CELLS) / COUNT(IDS));

    (void)state;
    write_document(document);
    for (size_t i = 0; i < COUNT(wanted); i++)
        expect_in("xl/worksheets/sheet1.xml", wanted[i]);
    expect_in("xl/workbook.xml", "'应访清单 2026年11月'!$1:$3");
    document_free(&document);

    document = new_document(narrow_ids, 2, narrow, 1);
    write_document(document);
    expect_in("xl/worksheets/sheet1.xml", "orientation=\"portrait\"");
    document_free(&document);
}

static void equal_documents_make_equal_bytes(void **state)
{
    struct str first = {0}, second = {0};
    struct document *document = new_document(IDS, COUNT(IDS), CELLS, COUNT(CELLS) / COUNT(IDS));
    char *message = NULL;

    (void)state;
    assert_int_equal(spreadsheet_write(document, &first, &message), RESULT_OK);
    sleep(1);
    setenv("TZ", "America/New_York", 1);
    assert_int_equal(spreadsheet_write(document, &second, &message), RESULT_OK);
    unsetenv("TZ");
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.text, second.text, first.length);
    str_free(&first);
    str_free(&second);
    document_free(&document);
}

/** A name that a worksheet cannot have becomes one that it can. */
static void every_table_is_a_worksheet(void **state)
{
    static const char *const ids[] = {"name", "id_no"};
    static const char *const cells[] = {"甲", ID};
    static const char *const trend[] = {"month", "rate"};
    static const char *const months[] = {"2026-10", "99.9"};
    struct document *document = new_document(ids, 2, cells, 1);
    struct sheet *sheet = sheet_new_ids(trend, 2);

    (void)state;
    free(document->title);
    document->title = mem_copy("'清单[1]: a/b\\c*?' 一二三四五六七八九十一二三四五六七八九十");
    (void)sheet_add_cells(sheet, months);
    document_add_table(document, "trend", &sheet);
    sheet = sheet_new_ids(trend, 2);
    document_add_table(document, "TREND", &sheet); /* has no rows; names differ by case alone */
    write_document(document);
    expect_in("xl/workbook.xml", "\"-清单-1-- a-b-c--- 一二三四五六七八九十一二三四\"");
    struct filetable *table = read_table("2");
    assert_int_equal(filetable_sheet_count(table), 3);
    assert_string_equal(filetable_sheet_name(table, 1), "trend");
    assert_string_equal(filetable_column(table, 1)->heading, "探访率%");
    assert_string_equal(filetable_row(table, 0).cells[1], "99.9");
    filetable_free(&table);
    document_free(&document);
}

/** LibreOffice draws wrapped lines over other rows if the row is not high enough. */
static void rows_have_room_for_wrapped_lines(void **state)
{
    static const char *const ids[] = {"name", "note"};
    static const char note[] = "长的备注长的备注长的备注长的备注长的备注长的备注长的备注长的备注";
    const char *const cells[] = {"甲", note, "乙", "短"};

    (void)state;
    struct document *document = new_document(ids, 2, cells, 2);
    write_document(document);
    expect_in("xl/worksheets/sheet1.xml", "<row r=\"4\" ht=\"30\" customHeight=\"1\">");
    expect_in("xl/worksheets/sheet1.xml", "<row r=\"5\">");
    document_free(&document);
}

// ---- refusals

static void nothing_is_cut(void **state)
{
    enum { MOST = 32767 };
    static const char *const ids[] = {"name", "note"};
    char *text = mem_new(MOST + 2);
    const char *const cells[] = {"甲", text};

    (void)state;
    memset(text, 'a', MOST);
    struct document *document = new_document(ids, 2, cells, 1);
    write_document(document);
    document_free(&document);
    text[MOST] = 'a';
    document = new_document(ids, 2, cells, 1);
    expect_refused(document, RESULT_INVALID, "第 4 行“备注”超过 32767 个字");
    document_free(&document);
    free(text);
}

static void a_full_disk_is_said(void **state)
{
    static const char *const ids[] = {"name", "note"};
    static const char *const cells[] = {"甲", "乙"};
    struct document *document = new_document(ids, 2, cells, 1);

    (void)state;
    setenv("TMPDIR", "/proc/self", 1); /* without a byte of room */
    expect_refused(document, RESULT_FULL, "/proc/self 空间不够");
    unsetenv("TMPDIR");
    document_free(&document);
}

/** Ten thousand rows take hardly more memory than ten. */
static void rows_are_not_held_in_memory(void **state)
{
    enum { ROWS = 10000, MOST_KB = 8 * 1024 };
    const size_t few = COUNT(CELLS) / COUNT(IDS);
    struct document *document = new_document(IDS, COUNT(IDS), CELLS, few);
    struct rusage before, after;

    (void)state;
    for (size_t i = few; i < ROWS; i++)
        (void)sheet_add_cells(document->tables[0].sheet, CELLS + (i % few) * COUNT(IDS));
    getrusage(RUSAGE_SELF, &before);
    write_document(document);
    getrusage(RUSAGE_SELF, &after);
    if (!SANITIZED && after.ru_maxrss - before.ru_maxrss > MOST_KB)
        fail_msg("%ld kB", after.ru_maxrss - before.ru_maxrss);
    document_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_cell_becomes),
        cmocka_unit_test(what_looks_like_an_escape_is_escaped),
        cmocka_unit_test_setup_teardown(files_come_back_as_they_went_out, set_up, tear_down),
        cmocka_unit_test_setup_teardown(texts_are_texts_and_numbers_are_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheets_are_ready_for_screen_and_paper, set_up, tear_down),
        cmocka_unit_test(equal_documents_make_equal_bytes),
        cmocka_unit_test_setup_teardown(every_table_is_a_worksheet, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_have_room_for_wrapped_lines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_is_cut, set_up, tear_down),
        cmocka_unit_test(a_full_disk_is_said),
        cmocka_unit_test_setup_teardown(rows_are_not_held_in_memory, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    setenv("DOUDI_BINDIR", getenv("builddir") != NULL ? getenv("builddir") : ".",
           1); /* doudi-sheet */
    unsetenv("TMPDIR");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
