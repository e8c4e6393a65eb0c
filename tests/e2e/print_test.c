/**
 * Printing, by the real program: what the officer is told for every state that a job can have, with
 * a stand-in for the program that knows CUPS; then with a CUPS of its own, if one can be started.
 */
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

struct place {
    struct world *world;
    char *folder; /* programs, what the stand-in is told and has got, the account's configuration */
};

/** Stands for doudi-print: answers from files of the folder. */
static const char PRINT[] =
    "#!/bin/sh\n"
    "cd \"$PLACE\" || exit 1\n"
    "echo \"$*\" >>calls\n"
    "[ -f slow ] && sleep 60\n"
    "[ -f refuse ] && { cat refuse >&2; exit 69; }\n"
    "case $1 in\n"
    "queues) cat queues ;;\n"
    "send) cat >sent; echo >>jobs; printf 'job\\t%s-%d\\n' \"$2\" $(($(wc -l <jobs) + 6)) ;;\n"
    "jobs) shift; for id; do printf 'job\\t%s\\t%s\\t%s\\n' \"$id\" "
    "\"$(date +%s)\" \"$(cat state)\"; done ;;\n"
    "esac\n";

/** Stands for doudi-report. */
static const char REPORT[] = "#!/bin/sh\n"
                             "cd \"$PLACE\" || exit 1\n"
                             "[ -f slow-report ] && sleep 60\n"
                             "cat >document\n"
                             "[ \"$2\" = xlsx ] && { printf 'PK workbook'; exit; }\n"
                             "printf '%%PDF-1.5 '; head -c 300000 /dev/zero\n";

static void put(const struct place *place, const char *name, const char *text)
{
    char *path = mem_printf("%s/%s", place->folder, name);
    char *whole = mem_printf("%s.new", path);
    FILE *file = fopen(whole, "we");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    if (strncmp(text, "#!", 2) == 0)
        assert_int_equal(chmod(whole, 0755), 0);
    assert_int_equal(rename(whole, path), 0); /* whole at once: the stand-in may be reading */
    free(whole);
    free(path);
}

static void drop(const struct place *place, const char *name)
{
    char *path = mem_printf("%s/%s", place->folder, name);

    assert_int_equal(unlink(path), 0);
    free(path);
}

/** Runs a line of the shell in the folder; its exit status. */
static int shell(const struct place *place, const char *line)
{
    char *command = mem_printf("cd '%s' && { %s; }", place->folder, line);
    int status = system(command);

    free(command);
    return status;
}

static struct place place_make(void)
{
    struct place place = {.world = world_new_elders()};
    char *line = NULL;

    place.folder = mem_printf("%s-place", place.world->home);
    assert_int_equal(mkdir(place.folder, 0700), 0);
    setenv("PLACE", place.folder, 1);
    setenv("XDG_CONFIG_HOME", place.folder, 1);
    line = mem_printf("for p in doudid doudi-print doudi-report; do ln -s '%s/'$p .; done",
                      getenv("PWD"));
    assert_int_equal(shell(&place, line), 0);
    free(line);
    setenv("DOUDI_BINDIR", place.folder, 1);
    return place;
}

static struct place place_make_fake(void)
{
    struct place place = place_make();

    put(&place, "doudi-print", PRINT);
    put(&place, "doudi-report", REPORT);
    put(&place, "queues",
        "queue\tback\t0\t1\t0\tnone\t后勤室\t二楼\n"
        "queue\tHP\t1\t1\t0\tnone\tHP LaserJet\t\n"
        "queue\told\t0\t1\t0\tmedia-empty-error\told\t\n");
    put(&place, "state", "3\tHP\t0\tnone\t");
    return place;
}

static void place_free(struct place *place)
{
    unsetenv("DOUDI_BINDIR");
    unsetenv("XDG_CONFIG_HOME");
    unsetenv("PLACE");
    (void)shell(place, "rm -rf ./*");
    assert_int_equal(rmdir(place->folder), 0);
    free(place->folder);
    world_free(&place->world);
}

/** The preview on a terminal of a type that has no printer. */
static struct screen *open_preview(const struct place *place, const char *term)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", place->world->home, "--as", "1001", NULL};
    struct screen_options options = {.term = term, .arguments = arguments};
    struct screen *screen = screen_start(&options);

    screen_press(screen, "d F5");
    screen_expect(screen, "打印预览");
    return screen;
}

// ---- with a stand-in

static void a_queue_is_chosen_once(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    screen_press(screen, "F3");
    screen_expect(screen, "1 HP（HP LaserJet）  默认");
    screen_expect(screen, "2 back（后勤室，二楼）");
    screen_expect(screen, "缺纸");
    screen_expect_not(screen, "终端上的打印机");
    screen_press(screen, "2");
    screen_expect(screen, "已送打印机 back，任务 back-7");
    screen_expect(screen, "打印到 back");
    assert_int_equal(shell(&place, "grep -q '^send back 应访清单 2026年11月 张敏$' calls"), 0);
    assert_int_equal(
        shell(&place, "grep -q 王桂兰 document && grep -q '\"layout\":\"due\"' document"), 0);
    assert_int_equal(shell(&place, "test $(wc -c <sent) = 300009 && head -c 4 sent | grep -q %PDF"),
                     0);
    screen_leave(&screen);
    screen = open_preview(&place, "screen"); /* kept for the next time */
    screen_expect(screen, "打印到 back");
    screen_press(screen, "F3");
    screen_expect(screen, "已送打印机 back");
    screen_press(screen, "F4 1");
    screen_expect(screen, "以后打印到 HP");
    screen_leave(&screen);
    assert_int_equal(shell(&place, "grep -qx HP doudi/printer-1001"), 0);
    place_free(&place);
}

/** Only a completed job is 打印完成; every other state says what to do. */
static void every_state_is_told(void **state)
{
    static const struct {
        const char *state, *words, *history;
    } cases[] = {
        {"5\tHP\t0\tnone\t", "打印机 HP 正在打印", "正在打印"},
        {"5\tHP\t0\tmedia-empty-error\t", "缺纸，加纸后会自动接着打", "打印机停着"},
        {"5\tHP\t0\tmedia-jam\t", "卡纸", "打印机停着"},
        {"5\tHP\t0\tnone\tThe printer is not responding.", "连不上", "打印机停着"},
        {"3\tHP\t1\tpaused\t", "停用了，任务在排队", "打印机停着"},
        {"4\tHP\t0\tnone\t", "暂缓了，还没有打", "暂缓打印"},
        {"7\tHP\t0\tnone\t", "取消了，要打请重新打印", "已取消"},
        {"8\tHP\t0\tnone\tFilter failed", "没有打出：打印机 HP 没能打印这份文件（Filter failed）",
         "没有打出"},
        {"0\tHP\t0\t\t", "查不到这个任务", "查不到了"},
        {"4\tHP\t0\tnone\tBackend failed\tresources-are-not-ready",
         "没有打出（Backend failed），过几分钟自动再试", "打印机停着"},
        {"9\tHP\t0\tother-error\tUnable to write the file\t",
         "已送出，打印机 HP 报告：Unable to write the file", "已送请核对"},
        {"9\tHP\t0\tnone\t", "打印完成，请到打印机 HP 取", "打印完成"},
    };
    struct place place = place_make_fake();

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct screen *screen = NULL;
        print_message("%s\n", cases[i].state);
        put(&place, "state", cases[i].state);
        screen = open_preview(&place, "screen");
        screen_press(screen, i == 0 ? "F3 1" : "F3");
        screen_await(screen, cases[i].words);
        screen_press(screen, "Esc Esc F9");
        screen_type(screen, "打印");
        screen_press(screen, "Enter");
        screen_await(screen, cases[i].history);
        screen_leave(&screen);
    }
    place_free(&place);
}

/** What is told late comes into the message line while the officer works on. */
static void a_printer_without_paper_goes_on(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    put(&place, "state", "5\tHP\t0\tmedia-empty-error\t");
    screen_press(screen, "F3 1");
    screen_await(screen, "缺纸");
    screen_press(screen, "Esc Esc F3");
    put(&place, "state", "9\tHP\t0\tnone\t");
    screen_await(screen, "打印完成");
    screen_press(screen, "Esc");
    screen_leave(&screen);
    world_expect(place.world, 0, "audit --since 2026-11-01");
    world_expect_output(place.world, "打印任务 HP-7：打印机停着");
    world_expect_output(place.world, "打印任务 HP-7：打印完成");
    place_free(&place);
}

/** A program that hangs holds nobody: Esc gives up, and what was typed meanwhile is not lost. */
static void a_slow_program_is_given_up(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    put(&place, "slow-report", "");
    screen_press(screen, "F4 1");
    screen_send(screen, "\033OR", 3); /* F3 */
    screen_await(screen, "正在排版… 0 秒（Esc 不等了）");
    screen_await(screen, "正在排版… 1 秒");
    screen_send(screen, "\033", 1);
    screen_expect_events(screen, 2);
    screen_expect(screen, "没有等完，已停下");
    drop(&place, "slow-report");
    put(&place, "slow", "");
    screen_send(screen, "\033OR", 3);
    screen_await(screen, "正在送打印机…");
    screen_send(screen, "\033", 1);
    screen_expect_events(screen, 2);
    screen_expect(screen, "没有等完，已停下");
    screen_press(screen, "Down");
    screen_expect(screen, "第 2/");
    screen_leave(&screen);
    world_expect(place.world, 0, "audit --since 2026-11-01");
    assert_null(strstr(place.world->output, "print:due")); /* nothing was printed */
    place_free(&place);
}

static void what_is_missing_is_said(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    put(&place, "queues", "");
    screen_press(screen, "F3");
    screen_expect(screen, "还没有打印机，请找系统管理员设置");
    put(&place, "refuse", "本机没有运行打印服务(CUPS)，请找系统管理员\n");
    screen_press(screen, "F3");
    screen_expect(screen, "没有运行打印服务");
    screen_expect(screen, "按 F2 存成文件");
    drop(&place, "refuse");
    put(&place, "queues", "queue\tHP\t0\t1\t0\tnone\t\t\n");
    drop(&place, "doudi-report");
    screen_press(screen, "F3"); /* the only one is taken without a question */
    screen_expect(screen, "找不到程序 doudi-report");
    put(&place, "doudi-report", "#!/bin/sh\necho 缺少字体，请安装 fonts-wqy-zenhei >&2\nexit 66\n");
    screen_press(screen, "F3");
    screen_expect(screen, "缺少字体");
    put(&place, "doudi-report", "#!/bin/sh\nexec cat /dev/null\n");
    screen_press(screen, "F3");
    screen_expect(screen, "排版没有办成");
    put(&place, "doudi-report", REPORT);
    put(&place, "refuse", "打印机 HP 现在不接收打印，请找系统管理员恢复\n");
    screen_press(screen, "F3");
    screen_expect(screen, "现在不接收打印");
    screen_expect(screen, "按 F4 换打印机");
    drop(&place, "doudi-print");
    screen_press(screen, "F3");
    screen_expect(screen, "找不到程序 doudi-print");
    screen_leave(&screen);
    place_free(&place);
}

static void the_history_asks_and_cancels(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    screen_press(screen, "F3 1");
    screen_expect(screen, "已送打印机 HP");
    screen_leave(&screen); /* nobody watches any more */
    put(&place, "state", "4\tHP\t0\tnone\t");
    screen = open_preview(&place, "screen");
    screen_press(screen, "Esc Esc F9");
    screen_type(screen, "打印");
    screen_press(screen, "Enter");
    screen_go_to(screen, "应访清单", 0);
    screen_expect(screen, "已送打印机");
    screen_press(screen, "F5");
    screen_expect(screen, "暂缓打印");
    screen_expect(screen, "暂缓了，还没有打");
    screen_press(screen, "F8");
    screen_expect(screen, "取消打印“应访清单 2026年11月”（任务 HP-7）？");
    screen_press(screen, "y");
    screen_expect(screen, "已取消打印任务 HP-7");
    assert_int_equal(shell(&place, "grep -qx 'cancel HP-7' calls"), 0);
    screen_press(screen, "F8");
    screen_expect(screen, "光标移到还没有打完的打印上");
    screen_press(screen, "F3");
    screen_expect(screen, "应访清单 2026年11月");
    screen_expect(screen, "这是现在的；当时 4 行。按 F5 打印");
    screen_leave(&screen);
    place_free(&place);
}

/** The printer at the terminal: offered where terminfo has one, asked for once in a session. */
static void a_terminal_has_its_own(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "vt220");

    (void)state;
    put(&place, "queues", "");
    screen_press(screen, "F3");
    screen_expect(screen, "终端上的打印机");
    screen_press(screen, "1");
    screen_expect(screen, "接了打印机");
    screen_press(screen, "Esc");
    screen_press(screen, "F3 1 y");
    screen_expect(screen, "已送终端上的打印机");
    screen_press(screen, "F3"); /* without a question */
    screen_expect(screen, "已送终端上的打印机");
    screen_press(screen, "Esc F5 F4 1");
    screen_expect(screen, "以后打印到 终端上的打印机");
    screen_leave(&screen);
    assert_int_not_equal(shell(&place, "ls doudi/printer-1001 2>/dev/null"), 0);
    world_expect(place.world, 0, "audit --since 2026-11-01");
    world_expect_output(place.world, "终端上的打印机");
    place_free(&place);
}

static void files_are_pdf_or_text(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");
    char *path = mem_printf("%s/清单.pdf", place.folder);

    (void)state;
    screen_press(screen, "F2 1");
    screen_expect(screen, "应访清单-2026-11.pdf");
    screen_press(screen, "^U");
    screen_type(screen, path);
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 /");
    assert_int_equal(shell(&place, "head -c 4 清单.pdf | grep -q %PDF"), 0);
    screen_press(screen, "F2 2");
    screen_expect(screen, "应访清单-2026-11.txt");
    screen_press(screen, "^U");
    path[strlen(path) - 3] = '\0';
    screen_type(screen, path);
    screen_type(screen, "txt");
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 /");
    assert_int_equal(shell(&place, "grep -q 欧阳秀英 清单.txt"), 0);
    screen_leave(&screen);
    world_expect(place.world, 0, "audit --since 2026-11-01");
    world_expect_output(place.world, "清单.pdf");
    world_expect_output(place.world, "清单.txt");
    free(path);
    place_free(&place);
}

/** A workbook does not come back, so it has no codes and leaves no sheet; it is recorded, too. */
static void workbooks_make_no_sheet(void **state)
{
    struct place place = place_make_fake();
    struct screen *screen = open_preview(&place, "screen");

    (void)state;
    screen_press(screen, "F2 3");
    screen_expect(screen, "应访清单-2026-11.xlsx");
    screen_press(screen, "^U");
    screen_type(screen, place.folder);
    screen_type(screen, "/清单.xlsx");
    screen_press(screen, "Enter");
    screen_expect(screen, "已存为 /");
    assert_int_equal(shell(&place, "head -c 2 清单.xlsx | grep -q PK"), 0);
    assert_int_equal(shell(&place, "grep -q 欧阳秀英 document"), 0);
    assert_int_not_equal(shell(&place, "grep -q sheet_code document"), 0);
    screen_press(screen, "F3 1"); /* on paper there is one */
    screen_expect(screen, "已送打印机");
    assert_int_equal(shell(&place, "grep -q sheet_code document"), 0);
    screen_leave(&screen);
    world_expect(place.world, 0, "audit --since 2026-11-01");
    world_expect_output(place.world, "清单.xlsx");
    place_free(&place);
}

// ---- with a CUPS of its own

static const char CUPSD[] = "Listen @/sock\n"
                            "LogLevel debug\nMaxLogSize 0\nBrowsing Off\nWebInterface No\n"
                            "DefaultAuthType None\nPreserveJobHistory Yes\n"
                            "<Location />\nAllow all\n</Location>\n"
                            "<Policy default>\n<Limit All>\nAllow all\n</Limit>\n</Policy>\n";
static const char FILES[] = "ServerRoot @\nServerBin @\nRequestRoot @/spool\nTempDir @/spool/tmp\n"
                            "CacheDir @/cache\nStateDir @/run\nAccessLog @/access\n"
                            "ErrorLog @/error\nPageLog @/page\n"
                            "SystemGroup root\n";
/** Drivers as CUPS runs them: without arguments they list devices; the sixth is the file. */
static const char SAVING[] = "#!/bin/sh\n[ $# -gt 0 ] || exit 0\ncat \"$6\" >\"@/good.pdf\"\n";
static const char FAILING[] = "#!/bin/sh\n[ $# -gt 0 ] || exit 0\nexit 1\n";
/** Makes no file, says so, and claims to have done well. */
static const char LYING[] = "#!/bin/sh\n[ $# -gt 0 ] || exit 0\necho 'ERROR: no file made' >&2\n";
static const char EMPTY[] = "#!/bin/sh\n[ $# -gt 0 ] || exit 0\n"
                            "echo 'STATE: +media-empty-error' >&2\n"
                            "while [ ! -f \"@/paper\" ]; do sleep 0.1; done\n"
                            "echo 'STATE: -media-empty-error' >&2\n";

/** Writes a file of the folder "cups", with its path for each "@". */
static void put_cups(const struct place *place, const char *name, const char *text)
{
    struct str whole = {0};
    char *path = mem_printf("cups/%s", name);

    for (; *text != '\0'; text++)
        if (*text == '@')
            str_printf(&whole, "%s/cups", place->folder);
        else
            str_add_char(&whole, *text);
    put(place, path, str_text(&whole));
    free(path);
    str_free(&whole);
}

/** Starts a CUPS with six queues; false, with a word, if none can be started here. */
static bool start_cups(const struct place *place)
{
    char *server = mem_printf("%s/cups/sock", place->folder);

    assert_int_equal(
        shell(place, "mkdir -p cups/spool/tmp cups/cache cups/run cups/backend && "
                     "ln -s /usr/lib/cups/daemon /usr/lib/cups/filter cups && chmod -R 755 ."),
        0);
    put_cups(place, "cupsd.conf", CUPSD);
    put_cups(place, "cups-files.conf", FILES);
    put_cups(place, "backend/saving", SAVING);
    put_cups(place, "backend/failing", FAILING);
    put_cups(place, "backend/lying", LYING);
    put_cups(place, "backend/empty", EMPTY);
    assert_int_equal(shell(place, "chmod 700 cups/backend/*"), 0); /* such run as root */
    setenv("CUPS_SERVER", server, 1);
    free(server);
    if (geteuid() != 0 || access("doudi-print", X_OK) != 0 || access("doudi-report", X_OK) != 0 ||
        shell(place, "command -v lpadmin >/dev/null && command -v /usr/sbin/cupsd >/dev/null") !=
            0 ||
        shell(
            place,
            "{ timeout 120 /usr/sbin/cupsd -f -c $PWD/cups/cupsd.conf -s $PWD/cups/cups-files.conf "
            ">cups/out 2>&1 & echo $! >cups/pid; }; "
            "for i in $(seq 100); do [ -S cups/sock ] && lpstat -r >/dev/null && exit 0; "
            "sleep 0.1; done; exit 1") != 0) {
        print_message("no CUPS of our own can be started here\n");
        return false;
    }
    assert_int_equal(shell(place,
                           "for q in good:saving:/x bad:failing:/x "
                           "lies:lying:/x retried:failing:/x paper:empty:/x held:saving:/x; do "
                           "lpadmin -p ${q%%:*} -E -v ${q#*:} -m raw "
                           "-o printer-error-policy=abort-job 2>>cups/out; done; "
                           "lpadmin -p retried -o printer-error-policy=retry-job; "
                           "lpadmin -p held -o job-hold-until-default=indefinite; "
                           "lpadmin -d good"),
                     0);
    return true;
}

static void stop_cups(const struct place *place)
{
    (void)shell(place, "[ ! -f cups/pid ] || kill $(cat cups/pid); "
                       "for i in $(seq 50); do kill -0 $(cat cups/pid) 2>/dev/null || break; "
                       "sleep 0.1; done");
    unsetenv("CUPS_SERVER");
}

/** Prints to the queue with this number in the list and waits for the words. */
static void print_to(struct screen *screen, const char *number, const char *words)
{
    screen_press(screen, "F4");
    screen_expect(screen, "good");
    screen_press(screen, number);
    screen_press(screen, "F3");
    screen_await(screen, words);
}

static void a_real_cups_prints(void **state)
{
    struct place place = place_make();

    (void)state;
    if (start_cups(&place)) {
        struct screen *screen = open_preview(&place, "screen");
        screen_press(screen, "F3");
        screen_expect(screen, "1 good  默认");
        screen_expect(screen, "2 bad");
        screen_press(screen, "Esc");
        print_to(screen, "1", "打印完成，请到打印机 good 取");
        assert_int_equal(shell(&place, "head -c 4 cups/good.pdf | grep -q %PDF"), 0);
        assert_int_equal(shell(&place, "! command -v pdftotext >/dev/null || "
                                       "pdftotext cups/good.pdf - | grep -q 王桂兰"),
                         0);
        print_to(screen, "2", "没有打出：打印机 bad");
        print_to(screen, "3", "暂缓了，还没有打");
        print_to(screen, "4", "已送出，打印机 lies 报告：no file made");
        print_to(screen, "6", "这一次没有打出，过几分钟自动再试");
        print_to(screen, "5", "缺纸");
        put(&place, "cups/paper", "");
        screen_await(screen, "打印完成，请到打印机 paper 取");
        assert_int_equal(shell(&place, "cupsdisable good"), 0);
        print_to(screen, "1", "停用了，任务在排队");
        assert_int_equal(shell(&place, "cupsenable good"), 0);
        screen_await(screen, "打印完成，请到打印机 good 取");
        assert_int_equal(shell(&place, "cupsreject good"), 0);
        screen_press(screen, "F3");
        screen_expect(screen, "现在不接收打印");
        assert_int_equal(shell(&place, "lpadmin -x good"), 0);
        screen_press(screen, "F3");
        screen_expect(screen, "没有打印机 good");
        screen_press(screen, "Esc Esc F9");
        screen_type(screen, "打印");
        screen_press(screen, "Enter");
        screen_go_to(screen, "held", 0);
        screen_press(screen, "F8 y");
        screen_expect(screen, "已取消打印任务 held-");
        screen_leave(&screen);
        stop_cups(&place);
    }
    place_free(&place);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_queue_is_chosen_once),
        cmocka_unit_test(every_state_is_told),
        cmocka_unit_test(a_printer_without_paper_goes_on),
        cmocka_unit_test(a_slow_program_is_given_up),
        cmocka_unit_test(what_is_missing_is_said),
        cmocka_unit_test(the_history_asks_and_cancels),
        cmocka_unit_test(a_terminal_has_its_own),
        cmocka_unit_test(files_are_pdf_or_text),
        cmocka_unit_test(workbooks_make_no_sheet),
        cmocka_unit_test(a_real_cups_prints),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
