#include "report/text.h"

#include "base/text.h"
#include "report/plan.h"
#include "tests/unit/unit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *const IDS[] = {"name", "age", "address", "area", "area_name"};

static struct document *document_of(const char *layout, struct sheet *sheet)
{
    struct document *document = document_new(layout, "应访清单 2026-11");

    fields_set(&document->facts, "area_name", "胜利街道");
    document_add_table(document, "rows", &sheet);
    return document;
}

static struct document *people(const char *layout)
{
    static const char *const rows[][5] = {
        {"王桂兰", "82", "胜利街1号", "1", "旌旗社区"}, /* by something else than the village */
        {"𠮷", "100", "\x1b[4i坏", "2", "团结社区"},
        {"阿依古丽·买买提", "69", "胜利街2号楼3单元一个很长很长很长很长很长的地址", "1",
         "旌旗社区"},
    };
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));

    for (size_t i = 0; i < COUNT(rows); i++)
        (void)sheet_add_cells(sheet, rows[i]);
    return document_of(layout, sheet);
}

static size_t count_of(const char *text, const char *what)
{
    size_t count = 0;

    for (text = strstr(text, what); text != NULL; text = strstr(text + 1, what))
        count++;
    return count;
}

static void every_village_has_its_own_page_with_headings(void **state)
{
    struct document *document = people("roster");
    struct str str = {0};

    (void)state;
    text_document(document, 132, 20, &str);
    assert_int_equal(count_of(str_text(&str), "\f"), 2);
    assert_int_equal(count_of(str_text(&str), "应访清单 2026-11  第1页 共1页\n"), 2);
    assert_int_equal(count_of(str_text(&str), "胜利街道　旌旗社区  共 2 件\n"), 1);
    assert_int_equal(count_of(str_text(&str), "胜利街道　团结社区  共 1 件\n"), 1);
    assert_int_equal(count_of(str_text(&str), "姓名"), 2);
    assert_int_equal(count_of(str_text(&str), "负责人："), 2);
    str_free(&str);
    document_free(&document);
}

static const char *street_of(const char *street, void *arg)
{
    (void)arg;
    return strcmp(street, "211102002000") == 0 ? "胜利街道" : "团结街道";
}

/** The same village name in two streets is told apart, and nothing is named twice. */
static void a_head_names_each_division_once(void **state)
{
    static const struct {
        const char *of, *heads[2];
    } cases[] = {
        {"双台子区",
         {"双台子区　胜利街道　旌旗社区  共 1 件\n", "双台子区　团结街道　旌旗社区  共 1 件\n"}},
        {"胜利街道",
         {"\n胜利街道　旌旗社区  共 1 件\n", "胜利街道　团结街道　旌旗社区  共 1 件\n"}},
        {"旌旗社区", {"\n胜利街道　旌旗社区  共 1 件\n", "\n团结街道　旌旗社区  共 1 件\n"}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));
        (void)sheet_add_cells(sheet,
                              (const char *[]){"王桂兰", "82", "1号", "211102002005", "旌旗社区"});
        (void)sheet_add_cells(sheet,
                              (const char *[]){"王桂芳", "83", "2号", "211102003005", "旌旗社区"});
        struct document *document = document_of("roster", sheet);
        struct str str = {0};
        fields_set(&document->facts, "area_name", cases[i].of);
        document_name_streets(document, street_of, NULL);
        text_document(document, 132, 20, &str);
        assert_int_equal(count_of(str_text(&str), cases[i].heads[0]), 1);
        assert_int_equal(count_of(str_text(&str), cases[i].heads[1]), 1);
        str_free(&str);
        document_free(&document);
    }
}

/** Appends the characters that can be seen, without blanks and line breaks. */
static void add_visible(struct str *str, const char *text)
{
    for (; *text != '\0'; text++)
        if (strchr(" \n", *text) == NULL)
            str_add_char(str, *text);
}

/** However narrow the page is, each cell is read again down its column. */
static void nothing_is_cut(void **state)
{
    static const char *const cell = "胜利街2号楼3单元一个很长很长很长很长很长的地址 13812345678";
    static const char *const columns[] = {"address"};
    struct sheet *sheet = sheet_new_ids(columns, COUNT(columns));
    struct str wanted = {0};

    (void)state;
    sheet_set(sheet, sheet_add_row(sheet), "address", cell);
    struct document *document = document_of("table", sheet);
    add_visible(&wanted, cell);
    for (int width = 2; width < 70; width++) {
        struct str text = {0}, seen = {0};
        text_document(document, width, 0, &text);
        add_visible(&seen, strrchr(text.text, '-') + 1); /* what stands below the headings */
        assert_string_equal(seen.text, wanted.text);
        str_free(&seen);
        str_free(&text);
    }
    str_free(&wanted);
    document_free(&document);
}

/** No line is wider than the page, and the address begins at one place in all rows. */
/** Leads stand below their village's own rows; a village without any gets a sheet for them. */
static void leads_stand_below_their_village(void **state)
{
    static const char *const ids[] = {"name", "title", "why", "since", "area", "area_name"};
    static const char *const rows[][6] = {
        {"孙桂珍", "没有生活补贴", "残疾等级：二级", "2026-11-01", "3", "曙光村"},
        {"李国强", "住房是D级", "住房等级：D级", "2026-11-02", "1", "旌旗社区"},
    };
    struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));
    struct document *document = people("due");
    struct str str = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        (void)sheet_add_cells(sheet, rows[i]);
    document_add_table(document, "leads", &sheet);
    text_document(document, 132, 60, &str);
    const char *text = str_text(&str);
    assert_int_equal(count_of(text, "\f"), 3);
    assert_int_equal(count_of(text, "待核线索"), 2);
    assert_int_equal(count_of(text, "审核人："), 3);
    assert_true(strstr(text, "阿依古丽") < strstr(text, "李国强"));
    assert_true(strstr(text, "李国强") < strstr(text, "团结社区"));
    assert_true(strstr(text, "曙光村") < strstr(text, "孙桂珍"));
    assert_int_equal(count_of(text, "曙光村"), 1);
    str_free(&str);
    document_free(&document);
}

static void columns_line_up_in_display_columns(void **state)
{
    struct document *document = people("table");
    struct str str = {0};
    char *copy = NULL;
    size_t checked = 0;
    int begins = 0;

    (void)state;
    text_document(document, 60, 20, &str);
    copy = str_take(&str);
    for (char *line = strtok(copy, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *address = strstr(line, "胜利街");

        line += line[0] == '\f' ? 1 : 0;
        assert_true(text_width(line) <= 60);
        if (address != NULL && strstr(line, "胜利街道") == NULL) {
            *address = '\0';
            begins = checked++ == 0 ? text_width(line) : begins;
            assert_int_equal(text_width(line), begins);
        }
    }
    assert_int_equal(checked, 2);
    free(copy);
    document_free(&document);
}

/** On a narrow page whole columns go below the row before a number goes on in the next line. */
static void no_number_is_split_on_a_narrow_page(void **state)
{
    static const char *const columns[] = {
        "name",   "age",       "categories", "tier",      "done",     "need",    "last_visit",
        "due_on", "words",     "address",    "phone",     "row_code", "case_no", "id_no",
        "since",  "kind_name", "state",      "closed_on", "officer"};
    static const char *const cells[] = {"王桂兰",
                                        "82",
                                        "独居、高龄",
                                        "高",
                                        "0",
                                        "4",
                                        "2026-10-17",
                                        "2026-11-01",
                                        "逾期 22 天",
                                        "胜利街2号楼3单元一个很长很长很长很长很长的地址",
                                        "0427-2853011",
                                        "12Q",
                                        "2111030012026DB00007",
                                        "21110219440302002X",
                                        "2025-04-01",
                                        "低保",
                                        "终止",
                                        "2026-09-30",
                                        "张敏"};
    static const struct {
        const char *layout;
        const char *whole[8];
    } cases[] = {
        {"due", {"2026-10-17", "2026-11-01", "0427-2853011", "12Q", "独居、高龄"}},
        {"reviews", {"2026-11-01", "0427-2853011", "12Q", "2111030012026DB00007"}},
        {"roster",
         {"2025-04-01", "2026-09-30", "0427-2853011", "2111030012026DB00007",
          "21110219440302002X"}},
        {"table", {"2026-10-17", "2026-11-01", "0427-2853011", "12Q", "21110219440302002X"}},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sheet *sheet = sheet_new_ids(columns, COUNT(columns));
        struct str str = {0};
        (void)sheet_add_cells(sheet, cells);
        struct document *document = document_of(cases[i].layout, sheet);
        text_document(document, 80, 0, &str);
        for (size_t k = 0; k < COUNT(cases[i].whole) && cases[i].whole[k] != NULL; k++) {
            print_message("%s %s\n", cases[i].layout, cases[i].whole[k]);
            assert_non_null(strstr(str_text(&str), cases[i].whole[k]));
        }
        for (char *line = strtok(str.text, "\n"); line != NULL; line = strtok(NULL, "\n"))
            assert_true(text_width(line) <= 80);
        str_free(&str);
        document_free(&document);
    }
}

/** Nor is a programme's name, or a person's of three characters, broken for a column that can go below. */
static void no_name_is_split_on_a_narrow_page(void **state)
{
    static const char *const columns[] = {
        "name",  "age",   "id_no",     "case_no", "kind_name", "facts", "address", "phone",
        "since", "state", "area_name", "remark",  "due_on",    "words", "need",    "done"};
    static const char *const cells[] = {"赵试补",
                                        "56",
                                        "2111**********1016",
                                        "2111030012026LS00202",
                                        "临时救助",
                                        "救助类型 支出型；困难原因 疾病；发放月 2026-10",
                                        "世纪社区34号楼5单元502",
                                        "13860169436",
                                        "2026-10-01",
                                        "在册",
                                        "世纪社区",
                                        "同一业务重复：也在兴隆街道兴隆社区",
                                        "2026-11-30",
                                        "待复核",
                                        "1",
                                        "0"};
    static const char *const layouts[] = {"roster", "reviews", "overlaps", "table", "sheet"};

    (void)state;
    for (size_t i = 0; i < COUNT(layouts); i++) {
        struct sheet *sheet = sheet_new_ids(columns, COUNT(columns));
        struct str str = {0};
        (void)sheet_add_cells(sheet, cells);
        struct document *document = document_of(layouts[i], sheet);
        text_document(document, 80, 0, &str);
        if (strstr(str_text(&str), "临时救助") == NULL || strstr(str_text(&str), "赵试补") == NULL)
            fail_msg("%s:\n%s", layouts[i], str_text(&str));
        str_free(&str);
        document_free(&document);
    }
}

static void nothing_that_steers_a_printer_gets_through(void **state)
{
    struct document *document = people("table");
    struct str str = {0};

    (void)state;
    text_document(document, 80, 20, &str);
    assert_null(strchr(str_text(&str), '\x1b'));
    assert_non_null(strstr(str_text(&str), "[4i坏"));
    str_free(&str);
    document_free(&document);
}

static void a_full_page_goes_on_on_the_next(void **state)
{
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));
    struct str str = {0};
    size_t lines = 0;

    (void)state;
    for (int i = 0; i < 31; i++)
        sheet_add_row(sheet);
    struct document *document = document_of("table", sheet);
    text_document(document, 80, 20, &str);
    assert_int_equal(count_of(str_text(&str), "\f"), 3);
    assert_int_equal(count_of(str_text(&str), "第3页 共3页"), 1);
    for (const char *at = str_text(&str); *at != '\0' && *at != '\f'; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 20);
    str_free(&str);
    document_free(&document);
}

static void nobody_still_makes_a_page(void **state)
{
    struct document *document = document_of("due", sheet_new_ids(IDS, COUNT(IDS)));
    struct str str = {0};

    (void)state;
    text_document(document, 80, 20, &str);
    assert_non_null(strstr(str_text(&str), "应访清单"));
    assert_non_null(strstr(str_text(&str), "没有待访的人"));
    assert_non_null(strstr(str_text(&str), "填表人："));
    str_free(&str);
    document_free(&document);
}

/** What all plans promise: ids of their own, a main section, texts that are whole. */
static void plans_are_sound(void **state)
{
    const struct plan *plan = NULL;

    (void)state;
    for (size_t i = 0; (plan = plan_at(i)) != NULL; i++) {
        struct document *document = document_of(plan->id, sheet_new_ids(IDS, COUNT(IDS)));
        struct str str = {0};
        assert_ptr_equal(plan_find(plan->id), plan);
        assert_string_equal(plan_main(plan)->table, "rows");
        assert_non_null(plan_main(plan)->empty);
        assert_true(plan->words[0] != '\0');
        text_document(document, 80, 0, &str);
        assert_null(strchr(str_text(&str), '{'));
        assert_non_null(strstr(str_text(&str), plan_main(plan)->empty));
        str_free(&str);
        document_free(&document);
    }
    assert_string_equal(plan_find("of another program")->id, "table");
}

/** Pieces without facts are left out, and so are cells and lines without values. */
static void what_is_not_known_is_left_out(void **state)
{
    static const struct {
        const char *cell, *done, *need, *text;
    } cases[] = {
        {"done", "1", "4", "1"},          {"{done}/{need}", "1", "4", "1/4"},
        {"{done}/{need}", "", "4", "/4"}, {"{done}/{need}", "", "", ""},
        {"{done}\n{need}", "", "4", "4"}, {"{done}\n{need}", "1", "", "1"},
        {"unknown", "1", "4", ""},
    };
    static const char *const ids[] = {"done", "need"};
    struct str buffer = {0};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct plan_column column = {cases[i].cell};
        struct plan_section section = {.table = "rows", .columns = &column, .column_count = 1};
        struct plan_field fields[DOCUMENT_COLUMNS];
        struct sheet *sheet = sheet_new_ids(ids, COUNT(ids));
        (void)sheet_add_cells(sheet, (const char *const[]){cases[i].done, cases[i].need});
        struct document *document = document_of("table", sheet);
        assert_int_equal(plan_fields(document, &section, sheet, fields), 1);
        assert_string_equal(plan_cell(&fields[0], sheet, 0, 1, &buffer), cases[i].text);
        document_free(&document);
    }
    str_free(&buffer);
}

/** A column of one digit still has two characters of its heading on a line. */
static void a_heading_is_a_word(void **state)
{
    static const char *const columns[] = {"name",   "month", "persons", "base",  "add",  "total",
                                          "holder", "bank",  "account", "state", "id_no"};
    static const char *const cells[] = {"阿依古丽·买买提",
                                        "2026-11",
                                        "1",
                                        "242.00",
                                        "0.00",
                                        "242.00",
                                        "阿依古丽·买买提",
                                        "中国农业银行",
                                        "620394808563235579",
                                        "可发",
                                        "211103196503229985"};
    struct sheet *sheet = sheet_new_ids(columns, COUNT(columns));
    struct document *document = document_new("payroll", "发放花名册");
    struct str str = {0};

    (void)state;
    (void)sheet_add_cells(sheet, cells);
    document_add_table(document, "rows", &sheet);
    for (int width = 80; width <= 132; width += 52) {
        str_clear(&str);
        text_document(document, width, 0, &str);
        assert_int_equal(count_of(str_text(&str), "…"), 0);
        assert_int_equal(count_of(str_text(&str), "人数"), 1);
        assert_int_equal(count_of(str_text(&str), "保障"), 1); /* 保障金 */
    }
    str_free(&str);
    document_free(&document);
}

/** The head's facts go on the next line whole. */
static void facts_are_not_split(void **state)
{
    struct document *document = people("payroll");
    struct str str = {0};

    (void)state;
    fields_set(&document->facts, "payable", "77");
    fields_set(&document->facts, "total", "110910.16");
    fields_set(&document->facts, "maker", "阿依古丽·买买提");
    fields_set(&document->facts, "checker", "李建军");
    for (int width = 60; width < 132; width++) {
        str_clear(&str);
        text_document(document, width, 0, &str);
        assert_true(strstr(str_text(&str), "全表可发 77 笔，合计 110910.16 元") != NULL);
        assert_true(strstr(str_text(&str), "确认：李建军") != NULL);
    }
    str_free(&str);
    document_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_village_has_its_own_page_with_headings),
        cmocka_unit_test(a_head_names_each_division_once),
        cmocka_unit_test(leads_stand_below_their_village),
        cmocka_unit_test(columns_line_up_in_display_columns),
        cmocka_unit_test(nothing_is_cut),
        cmocka_unit_test(no_number_is_split_on_a_narrow_page),
        cmocka_unit_test(no_name_is_split_on_a_narrow_page),
        cmocka_unit_test(nothing_that_steers_a_printer_gets_through),
        cmocka_unit_test(a_full_page_goes_on_on_the_next),
        cmocka_unit_test(nobody_still_makes_a_page),
        cmocka_unit_test(plans_are_sound),
        cmocka_unit_test(what_is_not_known_is_left_out),
        cmocka_unit_test(a_heading_is_a_word),
        cmocka_unit_test(facts_are_not_split),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
