#include "exchange/csv.h"

#include "base/mem.h"
#include "base/outfile.h"
#include "base/text.h"
#include "exchange/input.h"
#include "tests/unit/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/** Everything that was read, rows as "line:cell|cell". */
struct seen {
    struct str rows;
};

static enum result take(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    struct seen *seen = arg;

    str_printf(&seen->rows, "%u:", line);
    for (size_t i = 0; i < count; i++)
        str_printf(&seen->rows, "%s%s", i > 0 ? "|" : "", cells[i]);
    str_add_char(&seen->rows, '\n');
    return RESULT_OK;
}

static char *file_with(const char *bytes, size_t length)
{
    char *path = mem_copy("/tmp/doudi-csv-XXXXXX");
    int fd = mkstemp(path);

    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, length), (ssize_t)length);
    close(fd);
    return path;
}

#define TEXT(text) text, sizeof(text) - 1

static const struct {
    const char *name, *bytes;
    size_t length;
    enum csv_encoding asked;
    const char *rows;
    struct csv_style style;
} GOOD_FILES[] = {
    {"plain", TEXT("a,b\n1,2\n"), CSV_AUTO, "1:a|b\n2:1|2\n", {CSV_UTF8, false, false}},
    {"bom and crlf",
     TEXT("\xef\xbb\xbf姓名,b\r\n王,2\r\n"),
     CSV_AUTO,
     "1:姓名|b\n2:王|2\n",
     {CSV_UTF8, true, true}},
    {"lines of an old Macintosh",
     TEXT("a,b\r1,\"2\r3\"\r\r4,5\r"),
     CSV_AUTO,
     "1:a|b\n2:1|2\n3\n4:4|5\n",
     {CSV_UTF8, false, true}},
    {"no last newline", TEXT("a\n1"), CSV_AUTO, "1:a\n2:1\n", {CSV_UTF8, false, false}},
    {"gb18030",
     TEXT("\xd0\xd5\xc3\xfb,b\n\xcd\xf5,\x95\x34\xb2\x35\n"),
     CSV_AUTO,
     "1:姓名|b\n2:王|𠮷\n",
     {CSV_GB18030, false, false}},
    {"quotes",
     TEXT("a,b\n\"1,250.00\",\"x \"\"y\"\"\"\n"),
     CSV_AUTO,
     "1:a|b\n2:1,250.00|x \"y\"\n",
     {CSV_UTF8, false, false}},
    {"a row over two lines is one row",
     TEXT("a,b\n\"1\n2\",3\n4,5\n"),
     CSV_AUTO,
     "1:a|b\n2:1\n2|3\n3:4|5\n",
     {CSV_UTF8, false, false}},
    {"rows without text are left out but counted",
     TEXT("a,b\n\n,\n1,2\n"),
     CSV_AUTO,
     "1:a|b\n4:1|2\n",
     {CSV_UTF8, false, false}},
    {"an empty line is a line",
     TEXT("a,b\r\n\r\n1,2\r\n"),
     CSV_AUTO,
     "1:a|b\n3:1|2\n",
     {CSV_UTF8, false, true}},
    {"blanks around cells go",
     TEXT("a,b\n  1 , 2\n"),
     CSV_AUTO,
     "1:a|b\n2:1|2\n",
     {CSV_UTF8, false, false}},
    {"tabs", TEXT("a\tb\n1\t2,3\n"), CSV_AUTO, "1:a|b\n2:1|2,3\n", {CSV_UTF8, false, false}},
    {"semicolons",
     TEXT("a;b\n1,5;2\n\"x;y\";3\n"),
     CSV_AUTO,
     "1:a|b\n2:1,5|2\n3:x;y|3\n",
     {CSV_UTF8, false, false}},
    {"semicolons within cells",
     TEXT("a,b\n1;2;3,4;5\n6;7;8,9\n"),
     CSV_AUTO,
     "1:a|b\n2:1;2;3|4;5\n3:6;7;8|9\n",
     {CSV_UTF8, false, false}},
    {"sep= is for the spreadsheet program",
     TEXT("sep=|\r\na|b\r\n1|2\r\n"),
     CSV_AUTO,
     "1:a|b\n2:1|2\n",
     {CSV_UTF8, false, true}},
    {"quotation marks within a cell mean themselves",
     TEXT("a,b\n5\"8,=\"07\"\n\"x\" y\",2\n"),
     CSV_AUTO,
     "1:a|b\n2:5\"8|=\"07\"\n3:x\" y|2\n",
     {CSV_UTF8, false, false}},
    {"utf-16 as spreadsheets write it",
     TEXT("\xff\xfe"
          "a\0\t\0\x8b\x73\r\0\n\0"),
     CSV_AUTO,
     "1:a|王\n",
     {CSV_UTF16LE, true, true}},
    {"utf-16 of the other order, without a BOM",
     TEXT("\0a\0,\0b\0\n\0001\0,\x73\x8b\0\n"),
     CSV_AUTO,
     "1:a|b\n2:1|王\n",
     {CSV_UTF16BE, false, false}},
};

static void reads_what_offices_write(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(GOOD_FILES); i++) {
        struct seen seen = {0};
        struct csv_style style = {0};
        char *message = NULL;
        char *path = file_with(GOOD_FILES[i].bytes, GOOD_FILES[i].length);

        print_message("%s\n", GOOD_FILES[i].name);
        assert_int_equal(csv_read(path, GOOD_FILES[i].asked, take, &seen, &style, &message),
                         RESULT_OK);
        assert_string_equal(str_text(&seen.rows), GOOD_FILES[i].rows);
        assert_int_equal(style.encoding, GOOD_FILES[i].style.encoding);
        assert_int_equal(style.bom, GOOD_FILES[i].style.bom);
        assert_int_equal(style.crlf, GOOD_FILES[i].style.crlf);
        assert_null(message);
        str_free(&seen.rows);
        unlink(path);
        free(path);
    }
}

static void refuses_what_is_no_table(void **state)
{
    static const struct {
        const char *name, *bytes;
        size_t length;
        enum csv_encoding asked;
        const char *words;
    } cases[] = {
        {"zip", TEXT("PK\x03\x04zip"), CSV_AUTO, "压缩包"},
        {"docx", TEXT("PK\x03\x04 word/document.xml"), CSV_AUTO, "Word"},
        {"ods", TEXT("PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet"), CSV_AUTO,
         "ODS"},
        {"xls", TEXT("\xd0\xcf\x11\xe0old"), CSV_AUTO, "Excel"},
        {"a locked workbook",
         TEXT("\xd0\xcf\x11\xe0 E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"), CSV_AUTO,
         "密码"},
        {"pdf", TEXT("%PDF-1.7"), CSV_AUTO, "PDF"},
        {"web page", TEXT("\xef\xbb\xbf\r\n <HTML><table>"), CSV_AUTO, "网页"},
        {"web page in utf-16", TEXT("\xff\xfe<\0h\0t\0m\0l\0>\0"), CSV_AUTO, "网页"},
        {"xml of a spreadsheet",
         TEXT("<?xml version=\"1.0\"?><Workbook "
              "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>"),
         CSV_AUTO, "XML"},
        {"json", TEXT("[{\"name\": 1}]"), CSV_AUTO, "JSON"},
        {"NUL bytes", TEXT("a,b\n1\0,2\n"), CSV_AUTO, "非文本"},
        {"empty", TEXT(""), CSV_AUTO, "空"},
        {"only a BOM", TEXT("\xef\xbb\xbf"), CSV_AUTO, "空"},
        {"neither encoding", TEXT("a,\xff\xff\n"), CSV_AUTO, "编码"},
        {"not the encoding asked for", TEXT("\xd0\xd5\n"), CSV_UTF8, "--encoding"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct seen seen = {0};
        struct csv_style style = {0};
        char *message = NULL;
        char *path = file_with(cases[i].bytes, cases[i].length);

        print_message("%s\n", cases[i].name);
        assert_int_equal(csv_read(path, cases[i].asked, take, &seen, &style, &message),
                         RESULT_INVALID);
        assert_non_null(message);
        assert_non_null(strstr(message, cases[i].words));
        assert_string_equal(str_text(&seen.rows), "");
        free(message);
        unlink(path);
        free(path);
    }
}

/** Rows that cannot be read, as "3!" or "3:cells" for one that can. */
static enum result take_record(const struct csv_record *record, void *arg)
{
    struct str *rows = arg;

    str_printf(rows, "%u%s", record->number, record->fault != NULL ? "!" : ":");
    for (size_t i = 0; i < record->count && record->fault == NULL; i++)
        str_printf(rows, "%s%s", i > 0 ? "|" : "", record->cells[i]);
    str_add_char(rows, '\n');
    return RESULT_OK;
}

static void a_quotation_mark_costs_its_own_line(void **state)
{
    static const struct {
        const char *text, *rows;
    } cases[] = {
        /* never closed: the rows behind it are all there */
        {"a,b,c\n1,2,\"好\n3,4,5\n6,7,8\n", "1:a|b|c\n2!\n3:3|4|5\n4:6|7|8\n"},
        /* two of them look like one pair */
        {"a,b,c\n1,2,\"好\n3,4,5\n6,7,好\"\n9,9,9\n",
         "1:a|b|c\n2!\n3:3|4|5\n4:6|7|好\"\n5:9|9|9\n"},
        {"a,b,c\n1,2,\"好\n3,4,5\n6,7,\"\n9,9,9\n", "1:a|b|c\n2!\n3:3|4|5\n4!\n5:9|9|9\n"},
        /* the next proper cell in quotation marks is not its end */
        {"a,b,c\n1,2,\"好\n3,\"4,4\",5\n6,7,8\n", "1:a|b|c\n2!\n3:3|4,4|5\n4:6|7|8\n"},
        /* the last line */
        {"a,b\n1,2\n3,\"4", "1:a|b\n2:1|2\n3!\n"},
        /* cells over several lines, with and without a mark in another cell */
        {"a,b,c\n\"1\n1\",\"2\n2\",3\n4,5\"5,6\n", "1:a|b|c\n2:1\n1|2\n2|3\n3:4|5\"5|6\n"},
        {"a,b,c\n\"1\n1\",5\"5,3\n4,5,6\n", "1:a|b|c\n2:1\n1|5\"5|3\n3:4|5|6\n"},
        /* headings over several lines */
        {"\"身份证\n号\",b,\"联系\n电话\"\n1,2,3\n", "1:身份证\n号|b|联系\n电话\n2:1|2|3\n"},
        /* a byte that is no text */
        {"姓名,b\n王,1\n李\xe5\x9b,2\n张,3\n", "1:姓名|b\n2:王|1\n3!\n4:张|3\n"},
        {"姓名,b\n王,1\n张\xe5", "1:姓名|b\n2:王|1\n3!\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct csv_style style = {0};
        struct str text = {0};
        struct str rows = {0};
        char *message = NULL;

        str_add(&text, cases[i].text);
        assert_int_equal(input_decode(&text, CSV_AUTO, &style, &message), RESULT_OK);
        assert_int_equal(csv_cut(&text, &style, take_record, &rows), RESULT_OK);
        assert_string_equal(str_text(&rows), cases[i].rows);
        str_free(&text);
        str_free(&rows);
    }
}

/** Where every row counts a row that cannot be read refuses the file. */
static void a_damaged_row_refuses_a_plain_file(void **state)
{
    char *path = file_with(TEXT("a\n1,\"2\n3\n"));
    struct csv_style style = {0};
    struct seen seen = {0};
    char *message = NULL;

    (void)state;
    assert_int_equal(csv_read(path, CSV_AUTO, take, &seen, &style, &message), RESULT_INVALID);
    assert_non_null(strstr(message, "第2行：引号"));
    free(message);
    str_free(&seen.rows);
    unlink(path);
    free(path);
}

static void names_files_it_cannot_read(void **state)
{
    struct seen seen = {0};
    struct csv_style style = {0};
    char *message = NULL;

    (void)state;
    assert_int_equal(csv_read("/nonexistent/a.csv", CSV_AUTO, take, &seen, &style, &message),
                     RESULT_NOINPUT);
    assert_non_null(strstr(message, "/nonexistent/a.csv"));
    free(message);
    message = NULL;
    assert_int_equal(csv_read("/tmp", CSV_AUTO, take, &seen, &style, &message), RESULT_NOINPUT);
    assert_non_null(message);
    free(message);
}

static enum result stop(uint32_t line, const char *const *cells, size_t count, void *arg)
{
    (void)cells;
    (void)count;
    *(uint32_t *)arg = line;
    return line == 2 ? RESULT_DENIED : RESULT_OK;
}

static void a_row_can_end_the_reading(void **state)
{
    char *path = file_with(TEXT("a\n1\n2\n"));
    struct csv_style style = {0};
    char *message = NULL;
    uint32_t last = 0;

    (void)state;
    assert_int_equal(csv_read(path, CSV_AUTO, stop, &last, &style, &message), RESULT_DENIED);
    assert_int_equal(last, 2);
    assert_null(message);
    unlink(path);
    free(path);
}

static void writes_cells_that_no_spreadsheet_runs(void **state)
{
    static const struct {
        const char *cell, *written;
    } cases[] = {
        {"", "\n"},
        {"王桂兰", "王桂兰\n"},
        {"a,b", "\"a,b\"\n"},
        {"a\"b", "\"a\"\"b\"\n"},
        {"=1+1", "'=1+1\n"},
        {"+86", "'+86\n"},
        {"-5", "-5\n"},         /* a number, as of days left */
        {"-92.00", "-92.00\n"}, /* or of money */
        {"-5+1", "'-5+1\n"},
        {"-5.", "'-5.\n"},
        {"-.5", "'-.5\n"},
        {"-5.0.0", "'-5.0.0\n"},
        {"-", "'-\n"},
        {"@x", "'@x\n"},
        {"=a,\"b\"", "\"'=a,\"\"b\"\"\"\n"},
        {"a\nb", "\"a\nb\"\n"},
        {"\033]0;x\a王\xe6\xa1", "]0;x王\n"}, /* what a terminal would obey, and no UTF-8 */
        {"\033=1+1", "'=1+1\n"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str str = {0};

        csv_add_row(&str, &cases[i].cell, 1, false);
        assert_string_equal(str_text(&str), cases[i].written);
        str_free(&str);
    }
}

/** What a spreadsheet program would turn into something else is a text for it. */
static void writes_texts_that_a_spreadsheet_keeps(void **state)
{
    static const struct {
        const char *cell;
        bool value;
        const char *written;
    } cases[] = {
        {"", false, ""},
        {"82", true, "82"},
        {"2026-11-28", true, "2026-11-28"},
        {"211102194102110179", false, "\"=\"\"211102194102110179\"\"\""},
        {"21110319461128002X", false, "21110319461128002X"},
        {"6217000010001230123", false, "\"=\"\"6217000010001230123\"\"\""},
        {"0427123", false, "\"=\"\"0427123\"\"\""},
        {"2026-11", false, "\"=\"\"2026-11\"\"\""},
        {"1/4", false, "\"=\"\"1/4\"\"\""},
        {"1E5", false, "\"=\"\"1E5\"\"\""},
        {"11月28日", false, "\"=\"\"11月28日\"\"\""},
        {"9:30", false, "\"=\"\"9:30\"\"\""},
        {"+8613800138001", false, "\"=\"\"+8613800138001\"\"\""},
        {"True", false, "\"=\"\"True\"\"\""},
        {"2111030012026LR00003", false, "2111030012026LR00003"},
        {"18号楼3单元", false, "18号楼3单元"},
        {"未见到 1 次", false, "未见到 1 次"},
        {"月", false, "月"},
        {"——", false, "——"},
        {"=1+1", false, "\"=\"\"=1+1\"\"\""},
        {"@甲", false, "\"=\"\"@甲\"\"\""},
        {"=\"a\"", false, "\"'=\"\"a\"\"\""},
        {"=1\n2", false, "\"'=1\n2\""},
        {"=\033", false, "'="},
        {"1\"2", false, "\"1\"\"2\""},
        {"甲,乙", false, "\"甲,乙\""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str str = {0};

        csv_add_spreadsheet_row(&str, &cases[i].cell, &cases[i].value, 1);
        char *wanted = mem_printf("%s\r\n", cases[i].written);
        assert_string_equal(str_text(&str), wanted);
        free(wanted);
        str_free(&str);
    }
}

static enum result compare_texts(uint32_t number, const char *const *cells, size_t count, void *arg)
{
    const char *const *wanted = arg;

    (void)number;
    for (size_t i = 0; i < count; i++) {
        char *text = text_clean_cell(cells[i]);
        assert_string_equal(text, wanted[i]);
        free(text);
    }
    return RESULT_OK;
}

static void what_a_spreadsheet_keeps_is_read_back(void **state)
{
    static const char *const cells[] = {
        "211102194102110179", "0427", "+86138", "1/4", "=1+1", "@甲", "甲,\"乙\"", "7", "=A1"};
    static const bool values[COUNT(cells)] = {[7] = true};
    struct csv_style style = {.bom = true};
    struct str str = {0};
    char *path = mem_copy("/tmp/doudi-csv-XXXXXX");
    char *message = NULL;
    int fd = mkstemp(path);

    (void)state;
    csv_add_bom(&str, &style);
    csv_add_spreadsheet_row(&str, cells, values, COUNT(cells));
    assert_int_equal(write(fd, str.text, str.length), str.length);
    close(fd);
    assert_int_equal(
        csv_read(path, CSV_AUTO, compare_texts, (void *)(uintptr_t)cells, &style, &message),
        RESULT_OK);
    assert_true(style.bom && style.crlf);
    unlink(path);
    free(path);
    str_free(&str);
}

/** One character that GB18030 has not does not keep a whole list from being written. */
static void a_character_without_place_is_marked(void **state)
{
    const struct csv_style style = {.encoding = CSV_GB18030};
    struct str text = {0};
    struct str bytes = {0};

    (void)state;
    str_add(&text, "a\uE78Eb𠮷");
    assert_int_equal(csv_encode(&text, &style, &bytes), RESULT_OK);
    assert_string_equal(str_text(&bytes), "a\xA1\xFE"
                                          "b\x95\x34\xB2\x35");
    str_clear(&bytes);
    str_add(&text, "\xE7\x8E");
    assert_int_equal(csv_encode(&text, &style, &bytes), RESULT_INVALID);
    str_free(&text);
    str_free(&bytes);
}

static void what_was_written_is_read_back(void **state)
{
    static const char *const ids[] = {"name", "note"};
    static const enum csv_encoding encodings[] = {CSV_UTF8, CSV_GB18030};

    (void)state;
    for (size_t e = 0; e < COUNT(encodings); e++) {
        struct csv_style style = {.encoding = encodings[e], .bom = e == 0, .crlf = true};
        struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));
        struct seen seen = {0};
        struct str text = {0};
        struct str bytes = {0};
        struct csv_style found = {0};
        char *message = NULL;
        char path[] = "/tmp/doudi-csv-back";

        sheet_add_row(sheet);
        sheet_set(sheet, 0, "name", "阿依古丽·买买提");
        sheet_set(sheet, 0, "note", "𠮷,\"二\"");
        csv_add_sheet(&text, sheet, 2, true, &style);
        assert_int_equal(csv_encode(&text, &style, &bytes), RESULT_OK);
        assert_int_equal(outfile_write(path, &bytes), RESULT_OK);
        assert_int_equal(csv_read(path, CSV_AUTO, take, &seen, &found, &message), RESULT_OK);
        assert_string_equal(str_text(&seen.rows), "1:name|note\n2:阿依古丽·买买提|𠮷,\"二\"\n");
        assert_int_equal(found.encoding, style.encoding);
        assert_int_equal(found.bom, style.bom);
        unlink(path);
        str_free(&seen.rows);
        str_free(&text);
        str_free(&bytes);
        sheet_free(&sheet);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_offices_write),
        cmocka_unit_test(refuses_what_is_no_table),
        cmocka_unit_test(a_quotation_mark_costs_its_own_line),
        cmocka_unit_test(a_damaged_row_refuses_a_plain_file),
        cmocka_unit_test(names_files_it_cannot_read),
        cmocka_unit_test(a_row_can_end_the_reading),
        cmocka_unit_test(writes_cells_that_no_spreadsheet_runs),
        cmocka_unit_test(writes_texts_that_a_spreadsheet_keeps),
        cmocka_unit_test(what_a_spreadsheet_keeps_is_read_back),
        cmocka_unit_test(a_character_without_place_is_marked),
        cmocka_unit_test(what_was_written_is_read_back),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
