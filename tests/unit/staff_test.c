/* Lists of officers as offices write them, and what is read of them. */
#include "exchange/staff.h"

#include "base/columns.h"
#include "base/mem.h"
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct sheet *make_areas(void)
{
    static const char *const areas[][4] = {
        {"211100000000", "盘锦市", "210000000000", "city"},
        {"211102000000", "双台子区", "211100000000", "county"},
        {"211103000000", "兴隆台区", "211100000000", "county"},
        {"211102002000", "胜利街道", "211102000000", "street"},
        {"211103002000", "胜利街道", "211103000000", "street"},
        {"211102002005", "旌旗社区", "211102002000", "village"},
        {"211102002006", "团结社区", "211102002000", "village"},
        {"211103002006", "团结社区", "211103002000", "village"},
    };
    static const char *const columns[] = {"code", "name", "parent", "level"};
    struct sheet *sheet = column_sheet(&COLUMNS_AREAS);

    for (size_t i = 0; i < COUNT(areas); i++) {
        size_t row = sheet_add_row(sheet);
        for (size_t c = 0; c < COUNT(columns); c++)
            sheet_set(sheet, row, columns[c], areas[i][c]);
    }
    return sheet;
}

static struct sheet *make_officers(void)
{
    static const char *const officer[] = {"1001",     "张敏", "镇街经办", "211102002000",
                                          "胜利街道", "",     ""};
    struct sheet *sheet = column_sheet(&COLUMNS_OFFICERS);

    sheet_add_cells(sheet, officer);
    return sheet;
}

/** Reads a file of this text; a failure's words are in *ret_message. */
static enum result read_text(const char *text, struct staff **ret_staff, char **ret_message)
{
    char *path = mem_copy("/tmp/doudi-staff-XXXXXX");
    int fd = mkstemp(path);
    struct sheet *areas = make_areas(), *officers = make_officers();

    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    close(fd);
    enum result result = staff_read(path, areas, officers, ret_staff, ret_message);
    sheet_free(&areas);
    sheet_free(&officers);
    unlink(path);
    free(path);
    return result;
}

#define HEAD "工号,姓名,角色,区划\n"

/** One row and what comes of it: "id|name|role|area" with "!" for one that is there, or
 *  "column:reason…". */
static void each_row_is_read_or_refused(void **state)
{
    static const struct {
        const char *row, *outcome;
    } cases[] = {
        {"5001,李静,镇街经办,双台子区胜利街道", "5001|李静|street|211102002000"},
        {"5001,李静,street,211102002", "5001|李静|street|211102002000"},
        {" 5001 ,李静,村级协理员,旌旗社区", "5001|李静|village|211102002005"},
        {"5001,李静,village,盘锦市 双台子区·胜利街道/团结社区", "5001|李静|village|211102002006"},
        {"'5001,李静,系统管理员,", "5001|李静|admin|"},
        {"1001,张敏,镇街经办,211102002000", "!1001|张敏|street|211102002000"},
        {"1001,张敏,镇街负责人,211102002000", "工号:工号已有人使用（张敏 镇街经办 胜利街道）"},
        {"1001,张民,镇街经办,211102002000", "工号:工号已有人使用"},
        {"5001,李静,镇街经办,胜利街道", "区划:有 2 个“胜利街道”"},
        {"5001,李静,village,胜利街道团结社区", "区划:有 2 个“胜利街道团结社区”"},
        {"5001,李静,镇街经办,利街道", "区划:没有区划“利街道”"},
        {"5001,李静,镇街经办,区胜利街道", "区划:没有区划"},
        {"5001,李静,镇街经办,211109", "区划:没有区划"},
        {"5001,李静,镇街经办,2.11102E+11", "区划:区划代码被表格软件改坏了"},
        {"5001,李静,主任,旌旗社区", "角色:没有这个角色，请填 村级协理员、"},
        {"5001,李静,,旌旗社区", "角色:角色没有填"},
        {",李静,镇街经办,211102002", "工号:工号没有填"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char *text = mem_printf(HEAD "%s\n", cases[i].row);
        struct staff *staff = NULL;
        struct str outcome = {0};
        char *message = NULL;
        if (read_text(text, &staff, &message) != 0)
            fail_msg("%s: %s", cases[i].row, message);
        assert_int_equal(staff->read, 1);
        assert_int_equal(staff->count + staff->refusals->row_count, 1);
        if (staff->count == 1)
            str_printf(&outcome, "%s%s|%s|%s|%s", staff->rows[0].known ? "!" : "",
                       staff->rows[0].id, staff->rows[0].name, staff->rows[0].role,
                       staff->rows[0].area);
        else
            str_printf(&outcome, "%s:%s", sheet_get(staff->refusals, 0, "column"),
                       sheet_get(staff->refusals, 0, "reason"));
        if (strncmp(str_text(&outcome), cases[i].outcome, strlen(cases[i].outcome)) != 0)
            fail_msg("%s: %s", cases[i].row, str_text(&outcome));
        str_free(&outcome);
        staff_free(&staff);
        free(text);
    }
}

static void a_number_stands_once_in_a_file(void **state)
{
    struct staff *staff = NULL;
    char *message = NULL;

    (void)state;
    assert_int_equal(read_text(HEAD "5002,乙,司机,旌旗社区\n5001,甲,镇街经办,211102002\n"
                                    "5001,丙,镇街经办,211102002\n",
                               &staff, &message),
                     RESULT_OK);
    assert_int_equal(staff->count, 1);
    assert_string_equal(sheet_get(staff->refusals, 1, "line"), "4");
    assert_string_equal(sheet_get(staff->refusals, 1, "reason"), "第3行已有这个工号，只能有一行");
    staff_refuse(staff, 3, "phone", "x", "甲", "电话不对");
    staff_sort(staff);
    assert_string_equal(sheet_get(staff->refusals, 0, "line"), "2");
    assert_string_equal(sheet_get(staff->refusals, 1, "column"), "电话");
    assert_string_equal(sheet_get(staff->refusals, 2, "line"), "4");
    staff_free(&staff);
    assert_null(staff);
}

static void files_are_read_as_offices_write_them(void **state)
{
    static const struct {
        const char *text;
        enum result result;
        size_t count;
        const char *words; /**< ignored columns, or why the file is refused */
    } cases[] = {
        {"经办人名单\n序号,*姓名,工 "
         "号,岗位,所在区划,手机,备注\n1,李静,5001,street,211102002,139,甲\n",
         RESULT_OK, 1, "序号、备注"},
        {"工号;姓名;角色;区划\n5001;李静;street;211102002\n", RESULT_OK, 1, ""},
        {HEAD, RESULT_OK, 0, ""},
        {"工号,姓名,区划\n5001,李静,旌旗社区\n", RESULT_INVALID, 0, "没有“角色”这一列"},
        {"工号,姓名,角色,区划,姓名\n1,2,3,4,5\n", RESULT_INVALID, 0, "有两列都是“姓名”"},
        {"", RESULT_INVALID, 0, ""},
        {"<html><body>工号</body></html>", RESULT_INVALID, 0, ""},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct staff *staff = NULL;
        char *message = NULL;
        enum result result = read_text(cases[i].text, &staff, &message);
        if (result != cases[i].result)
            fail_msg("%s: %s", cases[i].text, message != NULL ? message : "read");
        if (result == 0) {
            assert_int_equal(staff->count, cases[i].count);
            assert_string_equal(str_text(&staff->ignored), cases[i].words);
        } else {
            assert_non_null(strstr(message, cases[i].words));
            assert_null(staff);
        }
        staff_free(&staff);
        free(message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_read_or_refused),
        cmocka_unit_test(a_number_stands_once_in_a_file),
        cmocka_unit_test(files_are_read_as_offices_write_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
