#include "report/text.h"

#include "base/text.h"
#include "tests/unit/unit.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *const IDS[] = {"name", "age", "address", "area", "area_name"};
static const char *const COLUMNS[] = {"name", "age", "address"};

static struct sheet *people(void)
{
    static const char *const rows[][5] = {
        {"王桂兰", "82", "胜利街1号", "1", "旌旗社区"},
        {"阿依古丽·买买提", "69", "胜利街2号楼3单元一个很长很长很长很长很长的地址", "1",
         "旌旗社区"},
        {"𠮷", "100", "\x1b[4i坏", "2", "团结社区"},
    };
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t row = sheet_add_row(sheet);
        for (size_t c = 0; c < COUNT(IDS); c++)
            sheet_set(sheet, row, IDS[c], rows[i][c]);
    }
    return sheet;
}

static struct report list_of(const struct sheet *sheet)
{
    return (struct report){
        .title = "应访清单 2026-11",
        .subtitle = "胜利街道",
        .sheet = sheet,
        .columns = COLUMNS,
        .column_count = COUNT(COLUMNS),
        .group = "area",
        .group_name = "area_name",
        .footer = "签字",
        .width = 50,
        .height = 20,
    };
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
    struct sheet *sheet = people();
    struct report report = list_of(sheet);
    struct str str = {0};

    (void)state;
    report_text(&report, &str);
    assert_int_equal(count_of(str_text(&str), "\f"), 2);
    assert_int_equal(count_of(str_text(&str), "应访清单 2026-11  第1页 共1页\n旌旗社区"), 1);
    assert_int_equal(count_of(str_text(&str), "应访清单 2026-11  第1页 共1页\n团结社区"), 1);
    assert_int_equal(count_of(str_text(&str), "姓名"), 2);
    assert_int_equal(count_of(str_text(&str), "签字"), 2);
    str_free(&str);
    sheet_free(&sheet);
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
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));
    struct report report = list_of(sheet);
    struct str wanted = {0};

    (void)state;
    sheet_set(sheet, sheet_add_row(sheet), "address", cell);
    report.columns = columns;
    report.column_count = 1;
    report.footer = "";
    add_visible(&wanted, cell);
    for (int width = 2; width < 70; width++) {
        struct str text = {0}, seen = {0};
        report.width = width;
        report.height = 0;
        report_text(&report, &text);
        add_visible(&seen, strrchr(text.text, '-') + 1); /* what stands below the headings */
        assert_string_equal(seen.text, wanted.text);
        str_free(&seen);
        str_free(&text);
    }
    str_free(&wanted);
    sheet_free(&sheet);
}

/** No line is wider than the page, and the second column begins at one place in all rows. */
static void columns_line_up_in_display_columns(void **state)
{
    struct sheet *sheet = people();
    struct report report = list_of(sheet);
    struct str str = {0};
    char *copy = NULL;
    size_t checked = 0;
    int begins = 0;

    (void)state;
    report_text(&report, &str);
    copy = str_take(&str);
    for (char *line = strtok(copy, "\n"); line != NULL; line = strtok(NULL, "\n")) {
        char *address = strstr(line, "胜利街");

        line += line[0] == '\f' ? 1 : 0;
        assert_true(text_width(line) <= 50);
        if (address != NULL && strstr(line, "胜利街道") == NULL) {
            *address = '\0';
            begins = checked++ == 0 ? text_width(line) : begins;
            assert_int_equal(text_width(line), begins);
        }
    }
    assert_int_equal(checked, 2);
    free(copy);
    sheet_free(&sheet);
}

static void nothing_that_steers_a_printer_gets_through(void **state)
{
    struct sheet *sheet = people();
    struct report report = list_of(sheet);
    struct str str = {0};

    (void)state;
    report_text(&report, &str);
    assert_null(strchr(str_text(&str), '\x1b'));
    assert_non_null(strstr(str_text(&str), "[4i坏"));
    str_free(&str);
    sheet_free(&sheet);
}

static void a_full_page_goes_on_on_the_next(void **state)
{
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));
    struct report report = list_of(sheet);
    struct str str = {0};
    size_t lines = 0;

    (void)state;
    for (int i = 0; i < 30; i++)
        sheet_add_row(sheet);
    report_text(&report, &str);
    assert_int_equal(count_of(str_text(&str), "\f"), 3);
    for (const char *at = str_text(&str); *at != '\0' && *at != '\f'; at++)
        lines += *at == '\n';
    assert_int_equal(lines, 20);
    str_free(&str);
    sheet_free(&sheet);
}

static void nobody_still_makes_a_page(void **state)
{
    struct sheet *sheet = sheet_new_ids(IDS, COUNT(IDS));
    struct report report = list_of(sheet);
    struct str str = {0};

    (void)state;
    report_text(&report, &str);
    assert_non_null(strstr(str_text(&str), "应访清单"));
    assert_non_null(strstr(str_text(&str), "签字"));
    str_free(&str);
    sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_village_has_its_own_page_with_headings),
        cmocka_unit_test(columns_line_up_in_display_columns),
        cmocka_unit_test(nothing_is_cut),
        cmocka_unit_test(nothing_that_steers_a_printer_gets_through),
        cmocka_unit_test(a_full_page_goes_on_on_the_next),
        cmocka_unit_test(nobody_still_makes_a_page),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
