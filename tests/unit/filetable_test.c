/* Tables as they lie in the files of offices, and what is found of them. */
#include "exchange/filetable.h"

#include "base/heading.h"
#include "base/mem.h"
#include "book.h"
#include "unit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *path;

static int set_up(void **state)
{
    (void)state;
    path = mem_copy("/tmp/doudi-table-XXXXXX");
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

static void write_text(const char *text)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static bool is_listed(const char *text, void *arg)
{
    static const char *const listed[] = {
        "序号",       "姓名",           "身份证号",       "联系电话",   "类别",
        "备注",       "户主姓名",       "户主身份证号",   "与户主关系", "日期",
        "紧急联系人", "紧急联系人姓名", "紧急联系人电话", "成员姓名"};

    (void)arg;
    for (size_t i = 0; i < COUNT(listed); i++)
        if (strcmp(listed[i], text) == 0)
            return true;
    return false;
}

static bool known(const char *group, const char *heading, void *arg)
{
    return heading_read(group, heading, is_listed, arg);
}

static bool unknown(const char *group, const char *heading, void *arg)
{
    (void)group;
    (void)heading;
    (void)arg;
    return false;
}

/** "heading|group+heading\n4:cell|cell\n", a fault as "5!". */
static char *describe(struct filetable *table)
{
    struct str text = {0};

    for (size_t i = 0; i < filetable_column_count(table); i++) {
        const struct filetable_column *column = filetable_column(table, i);
        str_printf(&text, "%s%s%s%s", i > 0 ? "|" : "", column->group,
                   *column->group != '\0' ? "+" : "", column->heading);
    }
    for (size_t i = 0; i < filetable_row_count(table); i++) {
        struct filetable_row row = filetable_row(table, i);
        str_printf(&text, "\n%u%s", row.number, row.fault != NULL ? "!" : ":");
        for (size_t k = 0; k < row.count && row.fault == NULL; k++)
            str_printf(&text, "%s%s", k > 0 ? "|" : "", row.cells[k]);
    }
    return str_take(&text);
}

static char *read_with(bool (*knows)(const char *, const char *, void *), const char *sheet)
{
    struct filetable_options options = {.known = knows, .sheet = sheet};
    struct filetable *table = NULL;
    char *message = NULL;
    char *found = NULL;
    enum result result = filetable_read(path, &options, &table, &message);

    if (result != 0) {
        assert_null(table);
        assert_non_null(message);
        return message;
    }
    found = describe(table);
    filetable_free(&table);
    return found;
}

#define ID "211102194102110179"

static void the_table_is_found_in_the_file(void **state)
{
    static const struct {
        const char *name, *text, *found;
    } cases[] = {
        {"plain", "姓名,身份证号\n甲," ID "\n", "姓名|身份证号\n2:甲|" ID},
        {"titles above",
         "附件1,,\n胜利街道花名册,,\n填报单位：胜利街道,,填报日期：2026年10月\n姓名,身份证号,"
         "类别\n甲," ID ",独居\n",
         "姓名|身份证号|类别\n5:甲|" ID "|独居"},
        {"a form's line above",
         "单位名称,胜利街道,填表人,张三\n姓名,身份证号,类别,备注\n甲," ID ",独居,\n",
         "姓名|身份证号|类别|备注\n3:甲|" ID "|独居|"},
        {"blank rows between", "\n,,\n姓名,身份证号\n　, \n甲," ID "\n", "姓名|身份证号\n5:甲|" ID},
        {"headings in two rows",
         "序号,姓名,身份证号,紧急联系人,,备注\n,,,姓名,电话,\n1,甲," ID ",乙,1380,\n",
         "序号|姓名|身份证号|紧急联系人+姓名|紧急联系人+电话|备注\n3:1|甲|" ID "|乙|1380|"},
        {"groups over all",
         "户主信息,,成员信息,,备注\n姓名,身份证号,姓名,与户主关系,\n甲," ID ",甲,户主,\n",
         "户主信息+姓名|户主信息+身份证号|成员信息+姓名|成员信息+与户主关系|备注\n3:甲|" ID
         "|甲|户主|"},
        {"a title is no group", "花名册,\n姓名,身份证号\n甲," ID "\n", "姓名|身份证号\n3:甲|" ID},
        {"sums and signatures",
         "姓名,身份证号,备注\n甲," ID
         ",\n合　计,2人,\n制表人：张三,,审核人：李四\n2026年11月1日填报的全部内容如上,,\n",
         "姓名|身份证号|备注\n2:甲|" ID "|"},
        {"columns counted, headings repeated",
         "姓名,身份证号,备注\n1,2,3\n甲," ID ",\n姓名,身份证号,备注\n乙,1,2\n",
         "姓名|身份证号|备注\n3:甲|" ID "|\n5:乙|1|2"},
        {"somebody whose row is nearly empty", "姓名,身份证号,备注\n甲,,\n,,好\n",
         "姓名|身份证号|备注\n2:甲||\n3:||好"},
        {"a sum is no person, a person no sum", "姓名,身份证号,备注\n合计," ID ",\n",
         "姓名|身份证号|备注\n2:合计|" ID "|"},
        {"a row that cannot be read", "姓名,身份证号,备注\n甲," ID ",\"\n乙,1,\n",
         "姓名|身份证号|备注\n2!\n3:乙|1|"},
        {"more cells than headings", "姓名,身份证号\n甲," ID ",多\n",
         "姓名|身份证号\n2:甲|" ID "|多"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        write_text(cases[i].text);
        char *found = read_with(known, "");
        if (strcmp(found, cases[i].found) != 0)
            fail_msg("%s:\n%s\nwanted:\n%s", cases[i].name, found, cases[i].found);
        free(found);
    }
}

/** Where no heading is known the shape of the rows must do. */
static void unknown_headings_are_found_by_their_shape(void **state)
{
    (void)state;
    write_text("星座表,,\n单位：某街道,,\n星座,血型,属相\n天蝎," ID ",鼠\n");
    char *found = read_with(unknown, "");
    assert_string_equal(found, "星座|血型|属相\n4:天蝎|" ID "|鼠");
    free(found);
}

static void headings_that_cannot_be_read_refuse_the_file(void **state)
{
    (void)state;
    write_text("姓名,\"身份证号,备注\n甲," ID ",\n");
    char *found = read_with(known, "");
    assert_non_null(strstr(found, "表头（第1行）"));
    free(found);
    write_text(",,\n");
    found = read_with(known, "");
    assert_non_null(strstr(found, "没有内容"));
    free(found);
    write_text("姓名,备注\n");
    found = read_with(known, "2");
    assert_non_null(strstr(found, "--sheet"));
    free(found);
}

static void notes_say_what_was_passed_over(void **state)
{
    struct filetable_options options = {.known = known, .sheet = ""};
    struct filetable *table = NULL;
    char *message = NULL;

    (void)state;
    write_text("附件1,\n姓名,身份证号\n甲," ID "\n合计,1人\n");
    assert_int_equal(filetable_read(path, &options, &table, &message), RESULT_OK);
    assert_non_null(strstr(filetable_notes(table), "表头在第2行"));
    assert_non_null(strstr(filetable_notes(table), "第4行（不是登记内容）：合计"));
    assert_string_equal(filetable_column(table, 1)->sample, ID);
    filetable_free(&table);
}

// ---- workbooks

#define ROW(number, cells) "<row r=\"" number "\">" cells "</row>"
#define TEXT(place, text) "<c r=\"" place "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"
#define SHARED(place, index) "<c r=\"" place "\" t=\"s\"><v>" index "</v></c>"
#define NUMBER(place, style, number) "<c r=\"" place "\" s=\"" style "\"><v>" number "</v></c>"
#define HEADINGS ROW("1", TEXT("A1", "姓名") TEXT("B1", "身份证号") TEXT("C1", "日期"))

static const char STYLES[] =
    "<numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;\"/>"
    "<numFmt numFmtId=\"177\" formatCode=\"[$-804]yyyy\\-mm\\-dd h:mm;@\"/>"
    "<numFmt numFmtId=\"178\" formatCode=\"0.00_ \"/>"
    "<numFmt numFmtId=\"179\" formatCode=\"000000\"/></numFmts>"
    "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/>"
    "<xf numFmtId=\"177\"/><xf numFmtId=\"178\"/><xf numFmtId=\"1\"/><xf "
    "numFmtId=\"179\"/></cellXfs>";

static void cells_come_as_they_are_shown(void **state)
{
    static const struct {
        const char *cell, *shown;
    } cases[] = {
        {TEXT("C2", "上门"), "上门"},
        {SHARED("C2", "0"), "独居"},
        {SHARED("C2", "1"), "空巢老人"},
        {"<c r=\"C2\" t=\"s\"/>", ""},
        {"<c r=\"C2\" t=\"str\"><f>A1</f><v>好</v></c>", "好"},
        {"<c r=\"C2\"><f>40+2</f><v>42</v></c>", "42"},
        {"<c r=\"C2\"><f>40+2</f></c>", ""},
        {"<c r=\"C2\" t=\"inlineStr\"><is><r><t>独</t></r><r><rPr/><t>居</t></r></is></c>", "独居"},
        {"<c r=\"C2\" t=\"b\"><v>1</v></c>", "TRUE"},
        {"<c r=\"C2\" t=\"e\"><v>#N/A</v></c>", "#N/A"},
        {"<c r=\"C2\" t=\"inlineStr\"><is><t>一_x000D_\n二</t></is></c>", "一\n\n二"},
        {NUMBER("C2", "0", "1250.5"), "1250.5"},
        {NUMBER("C2", "0", "1250.5000000000001"), "1250.5"},
        {NUMBER("C2", "0", "13800138001"), "13800138001"},
        {NUMBER("C2", "0", "211102002005"), "211102002005"},
        {NUMBER("C2", "5", "2.1110219410211E+17"), "2.11102E+17"},
        {NUMBER("C2", "0", "6217000010001230"), "6.21700E+15"},
        {NUMBER("C2", "1", "46300"), "2026-10-05"},
        {NUMBER("C2", "3", "46300.395833333336"), "2026-10-05 09:30"},
        {NUMBER("C2", "3", "46300.999999"), "2026-10-06"},
        {NUMBER("C2", "2", "46300"), "2026-10"},
        {NUMBER("C2", "4", "2024.1"), "2024.10"},
        {NUMBER("C2", "6", "123"), "000123"},
        {NUMBER("C2", "99", "5"), "5"},
        {NUMBER("C2", "1", "-5"), "-5"},
    };
    static const char texts[] = "<si><t>独居</t></si><si><r><t>空巢</t></r><rPh><t>ロウ</t></rPh>"
                                "<r><t>老人</t></r></si>";

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *sheet =
            mem_printf("<sheetData>" HEADINGS
                       "<row r=\"2\">" TEXT("A2", "甲") "%s" TEXT("D2", "末") "</row></sheetData>",
                       cases[i].cell);
        book_write_sheet(path, sheet, texts, STYLES);
        char *found = read_with(known, "");
        char *wanted = mem_printf("姓名|身份证号|日期\n2:甲||%s|末", cases[i].shown);
        assert_string_equal(found, wanted);
        free(found);
        free(wanted);
        free(sheet);
    }
}

/** Half of a book: its texts are gone, or others' are in their place. */
static void a_text_that_is_not_there_is_no_empty_cell(void **state)
{
    static const char *const texts[] = {"", "<si><t>独居</t></si>"};

    (void)state;
    for (size_t i = 0; i < COUNT(texts); i++) {
        book_write_sheet(path,
                         "<sheetData>" HEADINGS "<row r=\"2\">" TEXT("A2", "甲")
                             SHARED("C2", "1") "</row></sheetData>",
                         texts[i], STYLES);
        char *found = read_with(known, "");
        assert_non_null(strstr(found, "缺了一部分文字"));
        free(found);
    }
}

static void rows_have_the_numbers_of_the_spreadsheet(void **state)
{
    (void)state;
    book_write_sheet(path,
                     "<sheetData>" ROW("3", TEXT("A3", "花名册"))
                         ROW("5", TEXT("A5", "姓名") TEXT("B5", "身份证号"))
                             ROW("9", TEXT("A9", "甲") TEXT("B9", ID)) "</sheetData>",
                     "", STYLES);
    char *found = read_with(known, "");
    assert_string_equal(found, "姓名|身份证号\n9:甲|" ID);
    free(found);
    /* and without them, which the standard allows */
    book_write_sheet(path,
                     "<sheetData><row><c t=\"inlineStr\"><is><t>姓名</t></is></c></row>"
                     "<row/><row><c t=\"inlineStr\"><is><t>甲</t></is></c></row></sheetData>",
                     "", STYLES);
    found = read_with(known, "");
    assert_string_equal(found, "姓名\n3:甲");
    free(found);
}

static void cells_merged_down_stand_in_each_row(void **state)
{
    (void)state;
    book_write_sheet(
        path,
        "<sheetData>" ROW("1", TEXT("A1", "花名册")) ROW("2",
                                                         TEXT("A2", "户主姓名") TEXT("B2", "姓名"))
            ROW("3", TEXT("A3", "甲")
                         TEXT("B3", "甲")) ROW("4", TEXT("B4", "乙")) ROW("5", "<c r=\"A5\"/>")
                ROW("6", TEXT("B6", "丙")) "</sheetData><mergeCells><mergeCell "
                                           "ref=\"A1:B1\"/><mergeCell ref=\"A3:A5\"/></mergeCells>",
        "", STYLES);
    char *found = read_with(known, "");
    (void)state;
    assert_string_equal(found, "户主姓名|姓名\n3:甲|甲\n4:甲|乙\n6:|丙");
    free(found);
}

static void sheets_are_chosen_by_number_or_name(void **state)
{
    static const struct book_member members[] = {
        {"xl/workbook.xml",
         "<workbook><sheets><sheet name=\"封面\" id=\"a\"/><sheet name=\"藏\" id=\"b\" "
         "state=\"hidden\"/>"
         "<sheet name=\"十月\" id=\"c\"/><sheet name=\"十一月\" id=\"d\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"worksheets/a.xml\"/>"
         "<Relationship Id=\"b\" Type=\"t/worksheet\" Target=\"/xl/worksheets/b.xml\"/>"
         "<Relationship Id=\"c\" Type=\"t/worksheet\" Target=\"worksheets/c.xml\"/>"
         "<Relationship Id=\"d\" Type=\"t/worksheet\" "
         "Target=\"worksheets/d.xml\"/></Relationships>"},
        {"xl/worksheets/a.xml", "<worksheet><sheetData/></worksheet>"},
        {"xl/worksheets/b.xml",
         "<worksheet><sheetData>" ROW("1", TEXT("A1", "姓名")) "</sheetData></worksheet>"},
        {"xl/worksheets/c.xml", "<worksheet><sheetData>" ROW("1", TEXT("A1", "姓名"))
                                    ROW("2", TEXT("A2", "十")) "</sheetData></worksheet>"},
        {"xl/worksheets/d.xml", "<worksheet><sheetData>" ROW("1", TEXT("A1", "姓名"))
                                    ROW("2", TEXT("A2", "十一")) "</sheetData></worksheet>"},
    };
    static const struct {
        const char *sheet, *found;
    } cases[] = {{"", "姓名\n2:十"},
                 {"4", "姓名\n2:十一"},
                 {"十一月", "姓名\n2:十一"},
                 {"2", "姓名"},
                 {"5", "没有“5”这张工作表，这个工作簿有：1“封面”、2“藏”、3“十月”、4“十一月”"}};

    (void)state;
    book_write(path, members, COUNT(members));
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *found = read_with(known, cases[i].sheet);
        assert_string_equal(found, cases[i].found);
        free(found);
    }
}

/** Who is hidden by a filter is in the ledger all the same. */
static void hidden_rows_are_read(void **state)
{
    (void)state;
    book_write_sheet(path,
                     "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols><sheetData>" HEADINGS
                     "<row r=\"2\" hidden=\"1\">" TEXT("A2", "甲")
                         TEXT("B2", ID) "</row>" ROW("3", TEXT("A3", "乙")) "</sheetData>",
                     "", STYLES);
    char *found = read_with(known, "");
    assert_string_equal(found, "姓名|身份证号|日期\n2:甲|" ID "\n3:乙");
    free(found);
}

/** Books from a Macintosh count days from 1904. */
static void days_count_from_where_the_book_says(void **state)
{
    static const struct {
        const char *since, *shown;
    } cases[] = {{"", "2026-10-05"},
                 {"<workbookPr date1904=\"0\"/>", "2026-10-05"},
                 {"<workbookPr date1904=\"1\"/>", "2030-10-06"}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *book =
            mem_printf("<workbook>%s<sheets><sheet name=\"表\" id=\"a\"/></sheets></workbook>",
                       cases[i].since);
        const struct book_member members[] = {
            {"xl/workbook.xml", book},
            {"xl/_rels/workbook.xml.rels",
             "<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" Target=\"a.xml\"/>"
             "</Relationships>"},
            {"xl/a.xml", "<worksheet><sheetData>" ROW("1", TEXT("A1", "日期"))
                             ROW("2", NUMBER("A2", "0", "46300")) "</sheetData></worksheet>"},
            {"xl/styles.xml", "<styleSheet><cellXfs><xf numFmtId=\"14\"/></cellXfs></styleSheet>"},
        };
        char *wanted = mem_printf("日期\n2:%s", cases[i].shown);
        book_write(path, members, COUNT(members));
        char *found = read_with(known, "");
        assert_string_equal(found, wanted);
        free(found);
        free(wanted);
        free(book);
    }
}

static void hostile_workbooks_end_in_words(void **state)
{
    static const char *const sheets[] = {
        "<sheetData><row r=\"5\"/><row r=\"5\"/></sheetData>",
        "<sheetData><row r=\"99999999\"/></sheetData>",
        "<sheetData><row>",
        "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
        "<a><a>"
        "<a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a><a>"
        "<a><a>",
        "<sheetData/>",
    };
    static const struct book_member bomb[] = {
        {"xl/workbook.xml", "<!DOCTYPE a [<!ENTITY b \"bbbb\">]><workbook>&b;</workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships/>"},
    };
    static const struct book_member none[] = {{"xl/workbook.xml", "<workbook/>"}};

    (void)state;
    for (size_t i = 0; i < COUNT(sheets); i++) {
        book_write_sheet(path, sheets[i], "", "");
        char *found = read_with(known, "");
        assert_null(strchr(found, '|'));
        assert_true(strstr(found, "再导入") != NULL || strstr(found, "没有表头") != NULL);
        free(found);
    }
    book_write(path, bomb, COUNT(bomb));
    char *found = read_with(known, "");
    assert_non_null(strstr(found, "损坏"));
    free(found);
    book_write(path, none, COUNT(none));
    found = read_with(known, "");
    assert_non_null(strstr(found, "不完整"));
    free(found);
    write_text("PK\x03\x04 xl/workbook.xml");
    found = read_with(known, "");
    assert_non_null(strstr(found, "没有复制完"));
    free(found);
}

static void read_file(struct str *bytes)
{
    FILE *file = fopen(path, "re");
    char block[65536];
    size_t got;

    assert_non_null(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        str_add_bytes(bytes, block, got);
    fclose(file);
}

static void write_bytes(const char *bytes, size_t length)
{
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    fclose(file);
}

/** A part of a workbook is never taken for the whole. */
static void cut_and_damaged_workbooks_end_in_words(void **state)
{
    struct str whole = {0};

    (void)state;
    book_write_sheet(
        path, "<sheetData>" HEADINGS ROW("2", TEXT("A2", "甲") TEXT("B2", ID)) "</sheetData>", "",
        STYLES);
    read_file(&whole);
    for (size_t length = 4; length < whole.length; length += whole.length / 30) {
        write_bytes(whole.text, length);
        char *found = read_with(known, "");
        if (strchr(found, '|') != NULL || strstr(found, "导入") == NULL)
            fail_msg("cut at %zu of %zu: %s", length, whole.length, found);
        free(found);
    }
    char *sheet = memmem(whole.text, whole.length, "sheet1.xml", strlen("sheet1.xml"));
    assert_non_null(sheet);
    for (size_t i = 0; i < 8; i++)
        sheet[strlen("sheet1.xml") + i * 8] ^= 0x55;
    write_bytes(whole.text, whole.length);
    char *found = read_with(known, "");
    if (strstr(found, "读不出来") == NULL)
        fail_msg("%s", found);
    free(found);
    str_free(&whole);
}

/** Names lead nowhere but into the archive. */
static void climbing_paths_lead_nowhere(void **state)
{
    static const char *const targets[] = {"../../../../../../etc/passwd", "/etc/passwd",
                                          "file:///etc/passwd", "..\\..\\secret.xml", ""};

    (void)state;
    for (size_t i = 0; i < COUNT(targets); i++) {
        char *relations = mem_printf("<Relationships><Relationship Id=\"a\" Type=\"t/worksheet\" "
                                     "Target=\"%s\"/></Relationships>",
                                     targets[i]);
        const struct book_member members[] = {
            {"xl/workbook.xml",
             "<workbook><sheets><sheet name=\"表\" id=\"a\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", relations},
            {"../../secret.xml", "<worksheet><sheetData>" HEADINGS "</sheetData></worksheet>"},
        };
        book_write(path, members, COUNT(members));
        char *found = read_with(known, "");
        if (strstr(found, "不完整") == NULL)
            fail_msg("%s: %s", targets[i], found);
        free(found);
        free(relations);
    }
}

/** Half a gigabyte of blanks packs into half a megabyte. */
static void what_unpacks_without_end_ends_in_words(void **state)
{
    enum { MEGABYTES = 513 };
    struct str overlapping = {0};

    (void)state;
    book_write_blanks(path, MEGABYTES);
    char *found = read_with(known, "");
    assert_non_null(strstr(found, "工作簿太大"));
    free(found);

    str_add(&overlapping,
            "<sheetData>" HEADINGS ROW("2", TEXT("A2", "甲")) "</sheetData><mergeCells>");
    for (int i = 0; i < 1000; i++)
        str_add(&overlapping, "<mergeCell ref=\"A1:A1000000\"/>");
    str_add(&overlapping, "</mergeCells>");
    book_write_sheet(path, str_text(&overlapping), "", "");
    found = read_with(known, "");
    if (strstr(found, "互相重叠") == NULL)
        fail_msg("%s", found);
    free(found);
    str_free(&overlapping);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_table_is_found_in_the_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_headings_are_found_by_their_shape, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(headings_that_cannot_be_read_refuse_the_file, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(notes_say_what_was_passed_over, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_come_as_they_are_shown, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_that_is_not_there_is_no_empty_cell, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_have_the_numbers_of_the_spreadsheet, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(cells_merged_down_stand_in_each_row, set_up, tear_down),
        cmocka_unit_test_setup_teardown(sheets_are_chosen_by_number_or_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hidden_rows_are_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(days_count_from_where_the_book_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(hostile_workbooks_end_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cut_and_damaged_workbooks_end_in_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(climbing_paths_lead_nowhere, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_unpacks_without_end_ends_in_words, set_up, tear_down),
    };

    setlocale(LC_ALL, "C.UTF-8");
    setenv("DOUDI_BINDIR", getenv("builddir") != NULL ? getenv("builddir") : ".",
           1); /* doudi-sheet */
    return cmocka_run_group_tests(tests, NULL, NULL);
}
