/**
 * doudi as the only program of an account: no command, no file of others, and nothing in the
 * environment that opens a way. Many officers use one account.
 */
#include "world.h"

#include "../unit/book.h"
#include "base/mem.h"
#include "unit.h"

#include <sys/stat.h>
#include <unistd.h>

enum { USAGE = 64 };

static const char PASSWORD[] = "Doudi-2026";

struct place {
    struct world *world;
    char *files;
};

static struct place place_make(void)
{
    struct place place = {.world = world_new("2026-11-27")};

    world_expect(place.world, 0, "demo --area 211103001 --cases 60 --months 1");
    place.files = mem_printf("%s-files", place.world->home);
    assert_int_equal(mkdir(place.files, 0700), 0);
    return place;
}

static void place_free(struct place *place)
{
    char *command = mem_printf("rm -r '%s'", place->files);

    (void)!system(command);
    free(command);
    free(place->files);
    world_free(&place->world);
}

static struct screen *open_with(const struct place *place, const char *const environment[],
                                const char *option, const char *value)
{
    const char *arguments[] = {
        getenv("DOUDI"), "--restricted", "--home", place->world->home, "--files", place->files,
        option,          value,          NULL};
    struct screen_options options = {.environment = environment, .arguments = arguments};

    world_expect(place->world, 0, "officer list"); /* the server runs; it is not the officer's */
    return screen_start(&options);
}

static struct screen *log_in(const struct place *place, const char *officer,
                             const char *const environment[])
{
    struct screen *screen = open_with(place, environment, NULL, NULL);

    screen_expect(screen, "请输入工号和密码");
    screen_type(screen, officer);
    screen_press(screen, "Enter");
    screen_type(screen, PASSWORD);
    screen_press(screen, "Enter");
    screen_expect(screen, "首页");
    return screen;
}

/** Writes the list of visits as text to a file of this name. */
static void save(struct screen *screen, const char *name)
{
    screen_press(screen, "F2");
    screen_expect(screen, "存为文件");
    screen_press(screen, "2");
    screen_expect(screen, "存为文本文件");
    screen_press(screen, "^U");
    screen_type(screen, name);
    screen_press(screen, "Enter");
}

static bool is_there(const char *folder, const char *name)
{
    char *path = mem_printf("%s/%s", folder, name);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

static void files_go_to_the_officers_folder_only(void **state)
{
    struct place place = place_make();
    struct screen *screen = log_in(&place, "1001", NULL);
    char *link = mem_printf("%s/1001/link", place.files);
    char *outside = mem_printf("%s/outside.txt", place.files);
    static const char *const refused[] = {"../x.txt", "~/x.txt", ".x", "sub/x.txt"};

    (void)state;
    screen_press(screen, "d F5");
    for (size_t i = 0; i < COUNT(refused); i++) {
        save(screen, refused[i]);
        screen_expect(screen, "只能用您自己的文件夹");
    }
    save(screen, outside);
    screen_expect(screen, "只能用您自己的文件夹");
    assert_false(is_there(place.files, "outside.txt"));
    assert_false(is_there(place.files, "x.txt"));
    assert_int_equal(symlink("../outside.txt", link), 0);
    save(screen, "link");
    screen_expect(screen, "不是普通文件");
    assert_false(is_there(place.files, "outside.txt"));
    save(screen, "清单.txt");
    screen_expect(screen, "已存为");
    assert_true(is_there(place.files, "1001/清单.txt"));
    save(screen, "清单.txt");
    screen_expect(screen, "已有同名文件");
    screen_press(screen, "F3"); /* the program that knows CUPS may be run */
    screen_expect_not(screen, "找不到程序");
    screen_free(&screen);
    free(link);
    free(outside);
    place_free(&place);
}

/** The program that makes a PDF may be run, finds its fonts, and the file is the officer's. */
static void a_pdf_goes_there_too(void **state)
{
    struct place place = place_make();
    struct screen *screen = log_in(&place, "1001", NULL);
    char *command = mem_printf("test \"$(stat -c %%a '%s/1001/清单.pdf')\" = 600 && "
                               "{ ! command -v pdftotext || pdftotext '%s/1001/清单.pdf' - | "
                               "grep -q 应访清单; }",
                               place.files, place.files);

    (void)state;
    if (access("doudi-report", X_OK) != 0)
        skip();
    screen_press(screen, "d F5 F2 1");
    screen_expect(screen, "存为 PDF 文件");
    screen_press(screen, "^U");
    screen_type(screen, "清单.pdf");
    screen_press(screen, "Enter");
    screen_expect(screen, "/1001/清单.pdf"); /* the whole path */
    assert_int_equal(system(command), 0);
    screen_free(&screen);
    free(command);
    place_free(&place);
}

/** 导入 reads what the officer brought, and shows no other file of the machine. */
static void imports_come_from_the_officers_folder_only(void **state)
{
    struct place place = place_make();
    struct screen *screen = log_in(&place, "1001", NULL);
    char *command = mem_printf("cd '%s/1001' && echo 姓名 >台账.csv && ln -s /etc/passwd 链接.csv",
                               place.files);
    char *book = mem_printf("%s/1001/book.xlsx", place.files);

    (void)state;
    assert_int_equal(system(command), 0);
    book_write_sheet(book,
                     "<sheetData><row><c t=\"inlineStr\"><is><t>姓名</t></is></c></row>"
                     "<row><c t=\"inlineStr\"><is><t>甲乙丙</t></is></c></row></sheetData>",
                     "", "");
    screen_press(screen, "F9");
    screen_type(screen, "导入");
    screen_press(screen, "Enter Enter");
    screen_expect(screen, "要导入的文件");
    screen_expect(screen, "台账.csv");
    screen_type(screen, "/etc/pass");
    screen_expect_not(screen, "passwd");
    screen_press(screen, "Tab");
    screen_expect_not(screen, "passwd");
    screen_type(screen, "wd");
    screen_press(screen, "Enter");
    screen_expect(screen, "只能用您自己的文件夹");
    screen_press(screen, "^U");
    screen_type(screen, "链接.csv");
    screen_press(screen, "Enter");
    screen_expect(screen, "不是普通文件");
    screen_press(screen, "^U");
    screen_type(screen, "台");
    screen_press(screen, "Tab Enter");
    screen_expect_not(screen, "只能用您自己的文件夹");
    screen_expect_not(screen, "要导入的文件");
    screen_free(&screen);
    screen = log_in(&place, "1001", NULL);
    screen_press(screen, "F9");
    screen_type(screen, "导入");
    screen_press(screen, "Enter Enter");
    screen_type(screen, "book.xlsx"); /* the program that reads it may be run */
    screen_press(screen, "Enter");
    screen_expect(screen, "甲乙丙");
    screen_free(&screen);
    free(command);
    free(book);
    place_free(&place);
}

/** Two officers at one account of the machine: each has files and drafts of their own. */
static void officers_share_an_account(void **state)
{
    struct place place = place_make();
    struct screen *one = log_in(&place, "1001", NULL);
    struct screen *two = log_in(&place, "2001", NULL);

    (void)state;
    screen_press(one, "d F5");
    save(one, "清单.txt");
    screen_expect(one, "已存为");
    screen_press(two, "d F5");
    save(two, "../1001/清单.txt");
    screen_expect(two, "只能用您自己的文件夹");
    save(two, "清单.txt");
    screen_expect(two, "已存为");
    assert_true(is_there(place.files, "1001/清单.txt"));
    assert_true(is_there(place.files, "2001/清单.txt"));
    screen_free(&one);
    screen_free(&two);
    world_expect(place.world, 0, "audit --officer 2001");
    world_expect_output(place.world, "print");
    place_free(&place);
}

/** Each of these would change what is seen, or run a program, if it were obeyed. */
static void the_environment_opens_no_way(void **state)
{
    struct place place = place_make();
    char *path = mem_printf("PATH=%s/bin:/usr/bin", place.files);
    char *home = mem_printf("HOME=%s", place.files);
    char *terminfo = mem_printf("TERMINFO=%s", place.files);
    char *programs = mem_printf("DOUDI_BINDIR=%s/bin", place.files);
    char *command = mem_printf(
        "cd '%s' && mkdir bin && printf '#!/bin/sh\\n>\"%s/ran\"\\n' >bin/doudi-print && "
        "chmod +x bin/doudi-print && printf 'xterm-256color|no cursor,am,\\n' >type "
        "&& tic -o . type",
        place.files, place.files);
    const char *environment[] = {"DOUDI_HOME=/nonexistent",
                                 "DOUDI_DATADIR=/nonexistent",
                                 programs,
                                 "LOCPATH=/nonexistent",
                                 "EDITOR=vi",
                                 "SHELL=/bin/sh",
                                 path,
                                 home,
                                 terminfo,
                                 NULL};
    struct screen *screen = NULL;

    (void)state;
    assert_int_equal(system(command), 0);
    screen = log_in(&place, "1001", environment);
    screen_press(screen, "d F5 F3 Esc"); /* asks the program beside doudi for printers */
    assert_false(is_there(place.files, "ran"));
    screen_press(screen, "Esc Esc F5 Enter"); /* a form needs its files */
    screen_expect(screen, "身份证号");
    screen_free(&screen);
    free(path);
    free(home);
    free(terminfo);
    free(programs);
    free(command);
    place_free(&place);
}

/** The program ends with these words. */
static void expect_refused(struct screen *screen, const char *words)
{
    assert_int_equal(screen_wait(screen), USAGE);
    screen_expect(screen, words);
    screen_free(&screen);
}

static void commands_are_refused(void **state)
{
    static const char *const commands[] = {"ls",
                                           "/bin/sh",
                                           "doudi status",
                                           "doudi --as 1001",
                                           "doudi --restricted --home /tmp",
                                           "scp -t /tmp",
                                           "/usr/lib/openssh/sftp-server",
                                           "doudi;ls",
                                           ""};
    static const char *const forced[] = {"SSH_ORIGINAL_COMMAND=internal-sftp", NULL};
    struct place place = place_make();
    struct screen *screen = NULL;

    (void)state;
    for (size_t i = 0; i < COUNT(commands); i++)
        expect_refused(open_with(&place, NULL, "-c", commands[i]), "no commands");
    expect_refused(open_with(&place, forced, NULL, NULL), "no commands");
    expect_refused(open_with(&place, NULL, "--as", "1001"), "--as");
    expect_refused(open_with(&place, NULL, "status", NULL), "不能带命令");
    screen = open_with(&place, NULL, "-c", getenv("DOUDI"));
    screen_expect(screen, "请输入工号和密码");
    screen_free(&screen);
    world_expect(place.world, USAGE, "--restricted");
    world_expect_output(place.world, "connect with ssh -t");
    world_expect(place.world, USAGE, "--files /tmp status");
    place_free(&place);
}

/** A login shell has a dash before its name. */
static void a_login_shell_is_restricted(void **state)
{
    struct place place = place_make();
    const char *arguments[] = {"/bin/bash",
                               "-c",
                               "exec -a -doudi \"$0\" \"$@\"",
                               getenv("DOUDI"),
                               "--home",
                               place.world->home,
                               "--files",
                               place.files,
                               NULL,
                               NULL};
    struct screen_options options = {.arguments = arguments};
    struct screen *screen = NULL;

    (void)state;
    world_expect(place.world, 0, "officer list");
    screen = screen_start(&options);
    screen_expect(screen, "请输入工号和密码");
    screen_free(&screen);
    arguments[8] = "status";
    expect_refused(screen_start(&options), "不能带命令");
    place_free(&place);
}

/** Without a folder that can be used, work goes on and files are refused in words. */
static void a_missing_folder_is_said(void **state)
{
    struct place place = place_make();
    struct screen *screen = NULL;

    (void)state;
    assert_int_equal(rmdir(place.files), 0);
    screen = log_in(&place, "1001", NULL);
    screen_press(screen, "d F5");
    save(screen, "清单.txt");
    screen_expect(screen, "不能存取文件");
    screen_free(&screen);
    assert_int_equal(mkdir(place.files, 0700), 0);
    place_free(&place);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_go_to_the_officers_folder_only),
        cmocka_unit_test(a_pdf_goes_there_too),
        cmocka_unit_test(imports_come_from_the_officers_folder_only),
        cmocka_unit_test(officers_share_an_account),
        cmocka_unit_test(the_environment_opens_no_way),
        cmocka_unit_test(commands_are_refused),
        cmocka_unit_test(a_login_shell_is_restricted),
        cmocka_unit_test(a_missing_folder_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
