/**
 * A ledger into the books on the screen: file, columns, trial, decisions, result, and back again.
 */
#include "world.h"

#include "../unit/book.h"

#include "base/mem.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WANG "21110219440302002X" /* of world_new_elders() */
#define LIU "211102194203120245"
#define ZHAO "211102194304130311"

/** A file beside the home; new string. */
static char *put_file(const struct world *world, const char *name, const char *text)
{
    char *path = mem_printf("%s-%s", world->home, name);
    FILE *file = fopen(path, "we");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) < 0, 0);
    assert_int_equal(fclose(file), 0);
    return path;
}

static void drop_file(char *path)
{
    static const char *const endings[] = {"", ".refused.csv", ".differences.csv", ".remarks.csv"};

    for (size_t i = 0; i < COUNT(endings); i++) {
        char *name = mem_printf("%s%s", path, endings[i]);
        (void)unlink(name);
        free(name);
    }
    free(path);
}

static bool exists(const char *path, const char *ending)
{
    char *name = mem_printf("%s%s", path, ending);
    bool found = access(name, F_OK) == 0;

    free(name);
    return found;
}

/** From the first screen to the window in which the file is named. */
static void name_kind(struct screen *screen, const char *number)
{
    screen_press(screen, "F9");
    screen_type(screen, "导入台账");
    screen_press(screen, "Enter");
    screen_expect(screen, "导入什么台账");
    screen_press(screen, number);
    screen_expect(screen, "要导入的文件");
}

static void open_file(struct screen *screen, const char *number, const char *path)
{
    name_kind(screen, number);
    screen_type(screen, path);
    screen_press(screen, "Enter");
}

static const char ROLL[] = "村,姓名,身份证号,类别,纳入日期,手机,星座\n"
                           "旌旗社区,刘桂芳," LIU ",独居,2025-01-02,13800138001,白羊\n"
                           "旌旗社区,赵大山," ZHAO ",独居,,13800138002,金牛\n"
                           "旌旗社区,李四,211102194405140383,独居,2025-01-02,138,\n";

/** What is unknown is shown and may be decided; what stays out has its row, name and reason. */
static void a_roll_goes_in(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "花名册.csv", ROLL);
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "2", path);
    screen_expect(screen, "特殊困难老年人探访");
    screen_expect(screen, "花名册.csv  3 行");
    screen_expect(screen, "所在村(社区)");
    screen_expect(screen, "没有读：不认识");
    screen_expect_whole(screen);
    screen_press(screen, "G Enter");
    screen_expect(screen, "列“星座”导入到");
    screen_type(screen, "现住址");
    screen_press(screen, "Enter");
    screen_expect_not(screen, "没有读：不认识");
    screen_press(screen, "Enter Home Enter"); /* and out again */
    screen_expect(screen, "没有读：按要求略过");
    screen_press(screen, "F4");
    screen_expect(screen, "导入试算");
    screen_expect(screen, "可导入 1 行，不能导入 2 行；有不同 0 项，提示 0 条");
    screen_expect(screen, "3 赵大山 纳入日期");
    screen_expect(screen, "纳入日期为空，请填写");
    screen_expect(screen, "4 李四");
    assert_false(exists(path, ".refused.csv"));
    screen_press(screen, "Enter");
    screen_expect(screen, "行：3");
    screen_press(screen, "Esc F2");
    screen_expect(screen, "导入 1 行？");
    screen_expect(screen, "不能导入的 2 行留在外面");
    screen_press(screen, "Enter");
    screen_expect(screen, "导入结果");
    screen_expect(screen, "已导入 1 行，不能导入 2 行");
    screen_expect(screen, "批次 20261123-2");
    screen_expect_whole(screen);
    assert_true(exists(path, ".refused.csv"));
    screen_press(screen, "Esc Esc");
    screen_expect(screen, "应访 5");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

static const char CARE[] = "村,姓名,身份证号,人员类别,供养方式,集中供养意愿,起始月,联系电话,住址\n"
                           "团结社区,王桂兰," WANG ",老年人,分散,否,2026-09,13800138009,新址\n";

/** Known persons: each difference is decided, and all of it can be taken back. */
static void differences_are_decided(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "特困.csv", CARE);
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "4", path);
    screen_press(screen, "F4");
    screen_expect(screen, "可导入 1 行，不能导入 0 行；有不同 3 项");
    screen_expect(screen, "13900000002 → 13800138009");
    screen_expect(screen, "1号楼 → 新址");
    screen_go_to(screen, "13800138009", 0);
    screen_press(screen, "Space");
    screen_expect(screen, "照台账改");
    screen_press(screen, "Home");
    screen_go_to(screen, "旌旗社区 → 团结社区", 0);
    screen_press(screen, "Space");
    screen_expect(screen, "换村(社区)不能由导入改");
    screen_press(screen, "F2");
    screen_expect(screen, "照台账改 1 项，其余 2 项不改");
    screen_press(screen, "Enter");
    screen_expect(screen, "已导入 1 行");
    world_expect(world, 0, "--as 1001 due --month 2026-11 --all");
    world_expect_output(world, "13800138009,1号楼");
    screen_press(screen, "F7");
    screen_expect(screen, "打印、导入记录");
    screen_go_to(screen, "20261123-2", 0); /* within one second both could be first */
    screen_press(screen, "F6");
    screen_expect(screen, "导入时改过的人员资料恢复原来的");
    screen_press(screen, "y");
    screen_expect(screen, "个案 1 件，探访 0 次，恢复人员资料 1 项");
    screen_expect(screen, "已撤销");
    world_expect(world, 0, "--as 1001 due --month 2026-11 --all");
    world_expect_output(world, "13900000002,1号楼");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

/** Visits: remarks are told before they go in, and a second time nothing goes in. */
static void visits_have_remarks(void **state)
{
    struct world *world = world_new_elders();
    char *path =
        put_file(world, "探访.csv",
                 "身份证号,姓名,探访日期,方式,结果,探访人\n" WANG
                 ",王桂兰,2026-11-05,上门,成功,刘洋\n" WANG ",李桂兰,2026-11-06,上门,成功,刘洋\n");
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "1", path);
    screen_expect(screen, "探访记录");
    screen_press(screen, "F4");
    screen_expect(screen, "提示 1 条");
    screen_expect(screen, "补录：探访后多日才登记");
    screen_expect(screen, "姓名不一致");
    screen_press(screen, "F2 Enter");
    screen_expect(screen, "已导入 1 行");
    assert_true(exists(path, ".remarks.csv"));
    screen_press(screen, "Esc F4");
    screen_expect(screen, "可导入 0 行，不能导入 2 行");
    screen_expect(screen, "这次探访已经登记过");
    screen_press(screen, "F2");
    screen_expect(screen, "没有可导入的行");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

/** Tab, quotes, folders, files that are not there and files that are no tables. */
static void a_file_is_named(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "老人 名册.csv", ROLL);
    char *page = put_file(world, "导出.xls", "<html><table></table></html>");
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *typed = mem_printf("%s-老", world->home);

    (void)state;
    name_kind(screen, "2");
    screen_press(screen, "Enter");
    screen_expect(screen, "请打文件名");
    screen_type(screen, typed);
    screen_press(screen, "Tab");
    screen_expect(screen, "老人 名册.csv");
    screen_press(screen, "Enter");
    screen_expect(screen, "老人 名册.csv  3 行");
    screen_press(screen, "F6 ^U");
    screen_type(screen, "/tmp");
    screen_press(screen, "Enter");
    screen_expect(screen, "/tmp/");
    screen_type(screen, "没有.csv");
    screen_press(screen, "Enter");
    screen_expect(screen, "没有这个文件：/tmp/没有.csv");
    screen_press(screen, "^U");
    char *quoted = mem_printf("'%s'", page);
    screen_paste(screen, quoted);
    screen_press(screen, "Enter");
    screen_expect(screen, "网页");
    screen_press(screen, "F4");
    screen_expect(screen, "没有读到表格");
    screen_press(screen, "Esc");
    screen_expect(screen, "应访 4");
    screen_leave(&screen);
    free(quoted);
    free(typed);
    drop_file(path);
    drop_file(page);
    world_free(&world);
}

/** A missing column is said before anything is tried; another kind of ledger may be meant. */
static void a_missing_column_is_said(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "探访.csv",
                          "身份证号,姓名,探访日期,方式,结果,探访人\n" WANG
                          ",王桂兰,2026-11-22,上门,成功,刘洋\n");
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "2", path);
    screen_expect(screen, "缺少“");
    screen_press(screen, "F4");
    screen_expect(screen, "缺少“");
    screen_press(screen, "F5 1");
    screen_expect_not(screen, "缺少“");
    screen_press(screen, "F4");
    screen_expect(screen, "可导入 1 行");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

#define CELL(at, text) "<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

/** A workbook has several sheets: the likeliest is read, another can be chosen. */
static void a_sheet_is_chosen(void **state)
{
    static const struct book_member members[] = {
        {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets>"
                            "<sheet name=\"说明\" sheetId=\"1\" r:id=\"rId1\"/>"
                            "<sheet name=\"十一月\" sheetId=\"2\" r:id=\"rId2\"/>"
                            "<sheet name=\"十月\" sheetId=\"3\" r:id=\"rId3\"/>"
                            "</sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Type=\"http://x/worksheet\" "
         "Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"http://x/worksheet\" "
         "Target=\"worksheets/sheet2.xml\"/><Relationship Id=\"rId3\" Type=\"http://x/worksheet\" "
         "Target=\"worksheets/sheet3.xml\"/></Relationships>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\">" CELL(
                                         "A1", "填表说明") "</row></sheetData></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         "<worksheet><sheetData><row r=\"1\">" CELL("A1", "身份证号") CELL("B1", "探访日期")
             CELL("C1", "方式") CELL("D1", "结果") CELL("E1", "探访人") "</row><row r=\"2\">" CELL(
                 "A2", WANG) CELL("B2", "2026-11-22") CELL("C2", "上门") CELL("D2", "成功")
                 CELL("E2", "刘洋") "</row></sheetData></worksheet>"},
        {"xl/worksheets/sheet3.xml", "<worksheet><sheetData><row r=\"1\">" CELL("A1", "身份证号")
                                         CELL("B1", "日子") "</row><row r=\"2\">" CELL("A2", WANG)
                                             CELL("B2", "十月里") "</row></sheetData>"
                                                                  "</worksheet>"},
    };
    struct world *world = world_new_elders();
    char *path = mem_printf("%s-探访.xlsx", world->home);

    (void)state;
    book_write(path, members, COUNT(members));
    struct screen *screen = world_screen(world, "1001", 24, 80);
    open_file(screen, "1", path);
    screen_expect(screen, "工作表 十一月（2/3）");
    screen_press(screen, "F3");
    screen_expect(screen, "十月");
    screen_press(screen, "3");
    screen_expect(screen, "工作表 十月（3/3）");
    screen_expect(screen, "十月里");
    screen_expect(screen, "缺少“");
    screen_press(screen, "F3 2 F4");
    screen_expect(screen, "可导入 1 行");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

/** A kept map reads the office's next file. */
static void a_map_is_kept(void **state)
{
    static const char text[] = "居处,姓名,身份证号,类别,何时起\n"
                               "旌旗社区,刘桂芳," LIU ",独居,2025-01-02\n";
    struct world *world = world_new_elders();
    char *path = put_file(world, "册.csv", text);
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "2", path);
    screen_expect(screen, "缺少“");
    screen_press(screen, "F8");
    screen_expect(screen, "没有改过哪一列");
    screen_press(screen, "Home Enter");
    screen_type(screen, "所在村");
    screen_press(screen, "Enter G Enter");
    screen_type(screen, "纳入日期");
    screen_press(screen, "Enter F8");
    screen_type(screen, "街道册");
    screen_press(screen, "Enter");
    screen_expect(screen, "列的对照会留存");
    screen_press(screen, "F4");
    screen_expect(screen, "可导入 1 行");
    screen_press(screen, "Esc Esc");
    open_file(screen, "2", path);
    screen_expect(screen, "这个文件是这样读的");
    screen_expect(screen, "按留存的对照“街道册”：列“居处”是“所在村(社区)”");
    screen_press(screen, "Esc");
    screen_expect_not(screen, "没有读");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

/** Wide, without colours, and for whom it is not. */
static void wide_and_monochrome(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "花名册.csv", ROLL);
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", "1001", NULL};
    struct screen *screen = screen_start(&(struct screen_options){
        .rows = 43, .columns = 132, .term = "vt100", .arguments = arguments});

    (void)state;
    open_file(screen, "2", path);
    screen_expect(screen, "没有读：不认识");
    screen_expect_whole(screen);
    screen_press(screen, "F4");
    screen_expect(screen, "联系电话不对");
    screen_expect_whole(screen);
    screen_leave(&screen);
    screen = world_screen(world, "3001", 24, 80);
    screen_press(screen, "F9");
    screen_expect_not(screen, "导入台账");
    screen_press(screen, "Esc");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

/** A server that ends between the trial and the import: what is said is true. */
static void the_server_goes_away(void **state)
{
    struct world *world = world_new_elders();
    char *path = put_file(world, "花名册.csv", ROLL);
    struct screen *screen = world_screen(world, "1001", 24, 80);

    (void)state;
    open_file(screen, "2", path);
    screen_press(screen, "F4");
    screen_expect(screen, "可导入 1 行");
    world_stop_server(world, 15);
    screen_press(screen, "F2 Enter");
    screen_expect(screen, "已导入 1 行，不能导入 2 行");
    world_expect(world, 0, "--as 1001 due --month 2026-11 --all");
    world_expect_output(world, "刘桂芳");
    screen_leave(&screen);
    drop_file(path);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_roll_goes_in),
        cmocka_unit_test(differences_are_decided),
        cmocka_unit_test(visits_have_remarks),
        cmocka_unit_test(a_file_is_named),
        cmocka_unit_test(a_missing_column_is_said),
        cmocka_unit_test(a_sheet_is_chosen),
        cmocka_unit_test(a_map_is_kept),
        cmocka_unit_test(wide_and_monochrome),
        cmocka_unit_test(the_server_goes_away),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
