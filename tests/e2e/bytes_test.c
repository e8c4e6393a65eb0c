/**
 * What each screen costs a slow line: bytes to the terminal and requests to the server, step by step
 * through all of them. Both are exact, so they are held to budgets; the table that is printed is the
 * one of doc/performance.md. What curses then believes to be on the screen is there: a full redraw
 * changes nothing.
 */
#include "county.h"
#include "world.h"

#include "base/mem.h"
#include "base/str.h"
#include "unit.h"

#include <locale.h>
#include <unistd.h>

#define TODAY "2026-11-23"

/* What one step may cost. The budgets of the design: 70 bytes for a cursor key, 1.4 k for a page,
 * 2.0 k for a screen's first paint, 80 × 24. */
enum step { GO, OPEN, FIRST, CURSOR, PAGE, TYPE, SEARCH, WINDOW, PRINT, BACK, SAME, STEPS };

static const struct {
    const char *name;
    size_t bytes;
    unsigned long requests;
} BUDGETS[STEPS] = {
    [OPEN] = {"open", 2000, 1}, /* another screen */
    [FIRST] =
        {"first", 2000,
         2}, /* the session's first with a division or of its programme: names and form come too */
    [CURSOR] = {"cursor", 70, 0},   /* a row up or down, a field, a tab's row */
    [PAGE] = {"page", 1400, 0},     /* the next page of the same screen */
    [TYPE] = {"type", 70, 0},       /* a Chinese character into a field */
    [SEARCH] = {"search", 2000, 1}, /* the same where the list follows what is typed */
    [WINDOW] = {"window", 2000, 1}, /* a dialog in front of the screen */
    [PRINT] = {"print", 2000, 2},   /* a preview for which more is asked than the list */
    [BACK] = {"back", 2000, 1},     /* Esc: what was behind is drawn again */
    [SAME] = {"same", 8, 1},        /* asked again, and nothing has changed */
};

/* Typed in its place: the code of a sheet that was printed. */
#define SHEET "=SHEET"
static char sheet_code[16];

struct walk {
    const char *screen; /* NULL: as the row above */
    enum step step;     /* GO: gets there, uncounted */
    const char *keys;   /* "=text" is typed */
    const char *seen;   /* what must then be on the screen, NULL = nothing new */
};

/* Of a village's officer: what is drafted here the street finds below. */
static const struct walk VILLAGE[] = {
    {"草拟", WINDOW, "F5", "新增"}, {"草拟 探访", FIRST, "1", "草拟 特殊困难老年人探访"},
    {NULL, TYPE, "=赵", NULL},      {NULL, TYPE, "=铁", NULL},
    {NULL, CURSOR, "Down", NULL},   {NULL, PAGE, "PgDn", NULL},
    {NULL, GO, "F2 ^R", "首页"},    {"应访清单 村", OPEN, "F2", "应访清单"},
    {NULL, CURSOR, "Down", NULL},   {NULL, BACK, "Esc", "首页"},
};

/* Of a street's officer. */
static const struct walk STREET[] = {
    {"首页", SAME, "^R", "首页"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, CURSOR, "Up", NULL},
    {"紧急情况", WINDOW, "Enter", "办理"},
    {NULL, GO, "Right Down", "办理结果"}, /* another choice, another field */
    {NULL, TYPE, "=好", NULL},
    {NULL, GO, "Esc Down Enter", "首页"},
    {"菜单", WINDOW, "F9", "菜单"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "首页"},
    {"帮助", WINDOW, "F1", "这个画面能做什么"},
    {NULL, PAGE, "Down", NULL},
    {NULL, BACK, "Esc", "首页"},

    {"应访清单", OPEN, "F2", "应访清单"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, PAGE, "PgUp", NULL},
    {NULL, SAME, "^R", NULL},
    {"筛选", WINDOW, "/", "筛选"},
    {NULL, SEARCH, "=王", NULL},
    {NULL, BACK, "Esc", NULL},
    {"清单范围", WINDOW, "s", "清单范围"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, TYPE, "=王", NULL},
    {NULL, GO, "Esc Down Enter", NULL},
    {"申请免访", WINDOW, "F6", "申请免访"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "应访清单"},
    {"登记探访", WINDOW, "F2", "登记探访"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, TYPE, "=2", "电话"},
    {NULL, GO, "=1", "上门"},
    {NULL, GO, "Down Down", NULL},
    {NULL, TYPE, "=王", NULL},
    {NULL, TYPE, "=好", NULL},
    {NULL, GO, "Backspace Backspace", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", NULL},
    {"批量登记", OPEN, "F3", "批量登记"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, CURSOR, "Right", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "应访清单"},
    {"表号", WINDOW, "t", "表号"},
    {NULL, GO, SHEET, NULL},
    {"照表录入", FIRST, "Enter", "纸上"}, /* its rows, and the draft of them */
    {NULL, CURSOR, "Down", NULL},
    {NULL, TYPE, "=1", NULL},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "应访清单"},
    {"打印预览", OPEN, "F5", NULL},
    {NULL, PRINT, "PgDn", NULL},
    {NULL, PAGE, "Down", NULL},
    {NULL, BACK, "Esc", "应访清单"},
    {NULL, BACK, "Esc", "首页"},

    {"复核清单", OPEN, "F6", "复核"},
    {NULL, CURSOR, "Down", NULL},
    {"登记复核", WINDOW, "F2", "登记复核"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, GO, "Esc Esc", "首页"},

    {"查找", OPEN, "F3", "查找"},
    {NULL, SEARCH, "=王", "王"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SEARCH, "=桂", NULL},
    {NULL, SEARCH, "Backspace", NULL},
    {"个案 基本", OPEN, "Enter", "基本"},
    {NULL, CURSOR, "Down", NULL},
    {"个案 待遇", OPEN, "Right", NULL},
    {"个案 应访", OPEN, "Right", NULL},
    {"个案 探访", OPEN, "Right", NULL},
    {"个案 复核", OPEN, "Right", NULL},
    {"个案 其他业务", OPEN, "Right", NULL},
    {"个案 日志", OPEN, "Right", NULL},
    {NULL, GO, "Right Left Left Left", NULL},
    {"办退出", WINDOW, "F8", NULL},
    {NULL, BACK, "Esc", NULL},
    {NULL, GO, "Left", NULL},
    {"作废", WINDOW, "v", "作废探访"},
    {NULL, TYPE, "=错", NULL},
    {NULL, GO, "Esc Down Enter", NULL},
    {"修改", FIRST, "F2", "修改"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", NULL},
    {NULL, GO, "Esc Esc", "首页"},

    {"个案名册", OPEN, "F4", "个案"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {"选业务", WINDOW, "F3", "业务"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", NULL},
    {"待受理", OPEN, "F7", "赵铁"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {"办草拟", WINDOW, "Enter", "退回"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "待受理"},
    {NULL, GO, "Enter", NULL},
    {"受理", FIRST, "1", "受理 特殊困难老年人探访"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "待受理"},
    {NULL, GO, "Esc", "首页"},

    {NULL, GO, "F9", NULL},
    {NULL, GO, "=打印", NULL},
    {"打印、导入记录", OPEN, "Enter", "打印、导入记录"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {"记录全文", WINDOW, "Enter", "应访清单"},
    {NULL, BACK, "Esc", "打印、导入记录"},
    {NULL, GO, "Esc", "首页"},

    {NULL, GO, "F9", NULL},
    {NULL, GO, "=到期事项", NULL},
    {"到期事项", OPEN, "Enter", "今后90天"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {"到期事项 打印", PRINT, "F5", "打印预览"},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F9", NULL},
    {NULL, GO, "=线索", NULL},
    {"线索", OPEN, "Enter", "线索"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {"线索 打印", PRINT, "F5", "打印预览"},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F9", NULL},
    {NULL, GO, "=待遇", NULL},
    {"待遇金额", OPEN, "Enter", "录入与计算不一致"},
    {"待遇范围", WINDOW, "F3", "看哪些金额"},
    {"待遇 算不出", OPEN, "2", "标准未录入"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {"待遇 打印", PRINT, "F5", "打印预览"},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F9", NULL},
    {NULL, GO, "=发放", NULL},
    {"发放", OPEN, "Enter", "已确认"},
    {NULL, SAME, "^R", NULL},
    {"花名册", OPEN, "Enter", "可发"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {"花名册 打印", PRINT, "F5", "整份花名册"},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "已确认"},
    {"发放核对", OPEN, "F3", "新增"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "已确认"},
    {"多发清单", OPEN, "F8", "没有多发"},
    {NULL, BACK, "Esc", "已确认"},
    {"制表", WINDOW, "F7", "本月制哪项"},
    {NULL, BACK, "Esc", "已确认"},
    {"银行格式", WINDOW, "F5", "银行要哪种格式"},
    {"银行文件", WINDOW, "3", "银行文件存为"},
    {NULL, BACK, "Esc", "已确认"},
    {"银行退回", WINDOW, "F4", "银行退回的文件"},
    {NULL, BACK, "Esc", "已确认"},
    {NULL, BACK, "Esc", "首页"},

    {"新增", WINDOW, "F5", "新增"},
    {"新增 低保", OPEN, "2", "最低生活保障"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F5", NULL},
    {"新增 特困", OPEN, "3", "特困"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F5", NULL},
    {"新增 儿童", OPEN, "4", "儿童"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "首页"},
    {NULL, GO, "F5", NULL},
    {"新增 探访", OPEN, "1", "探访"},
    {NULL, TYPE, "=王", NULL},
    {NULL, TYPE, "=桂", NULL},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {"离开", WINDOW, "Esc", "草稿"},
    {NULL, GO, "Esc Esc", NULL},
};

/* Of the chief: boards, months, approvals. */
static const struct walk CHIEF[] = {
    {"合规看板", OPEN, "F8", "合规看板"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {"看板 探访人", OPEN, "Enter", "探访人"},
    {NULL, CURSOR, "Down", NULL},
    {"名单和原因", OPEN, "Enter", "名单和原因"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {"原因", WINDOW, "F3", NULL},
    {NULL, BACK, "Esc", "名单和原因"},
    {NULL, GO, "Esc Esc", NULL},
    {"趋势", OPEN, "F3", "趋势"},
    {NULL, GO, "Esc", NULL},
    {"选分组", WINDOW, "F6", NULL},
    {NULL, BACK, "Esc", NULL},
    {"看板 打印", PRINT, "F5", NULL},
    {NULL, GO, "Esc F6", NULL},
    {NULL, GO, "=按业务", NULL},
    {NULL, GO, "Enter", "按业务"},
    {NULL, GO, "Home", NULL},
    {"可疑记录", OPEN, "s", "可疑记录"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "按业务"},
    {NULL, GO, "Esc", "首页"},

    {NULL, GO, "F9", "菜单"},
    {NULL, GO, "=抽查", NULL},
    {"抽查", OPEN, "Enter", "还没有抽查"},
    {"抽取", WINDOW, "F7", "种子"},
    {NULL, GO, "Esc Esc", "首页"},
    {NULL, GO, "F9", "菜单"},
    {NULL, GO, "=指标", NULL},
    {"指标", OPEN, "Enter", "月探访率"},
    {NULL, CURSOR, "Down", NULL},
    {"指标名单", OPEN, "Enter", "达到"},
    {NULL, GO, "Esc Esc", "首页"},

    {NULL, GO, "F2 a /", "应访清单"},
    {NULL, GO, "=免访", NULL},
    {NULL, GO, "Enter End", NULL},
    {"撤销免访", WINDOW, "F6", "撤销免访"},
    {NULL, TYPE, "=提", NULL},
    {NULL, GO, "Esc Down Enter", "应访清单"},
    {NULL, GO, "Esc Esc", "首页"},

    {"月结", OPEN, "F7", "月结"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {"重开", WINDOW, "F6", "重开"},
    {NULL, BACK, "Esc", NULL},
    {"月结表", OPEN, "F2", "月结表"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, GO, "Esc Esc", "首页"},

    {"免访审批", OPEN, "e", "审批"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "首页"},
};

/* Of the county: the board from above. */
static const struct walk COUNTY[] = {
    {"看板 县", OPEN, "F8", "合规看板"},
    {"看板 镇街", OPEN, "Enter", "街道"},
    {"看板 村", OPEN, "Enter", "社区"},
};

/* Of a county that takes in bundles. */
static const struct walk COLLECTING[] = {
    {"报送情况", OPEN, "Enter", "昨夜"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {NULL, GO, "Up", NULL},
    {"重算不符", OPEN, "Enter", "涉及的人"},
    {"重算不符 打印", PRINT, "F5", "打印预览"},
    {NULL, BACK, "Esc", "涉及的人"},
    {NULL, GO, "Esc Esc F9", "菜单"},
    {NULL, GO, "=两处", NULL},
    {"两处都有的人", OPEN, "Enter", "哪里重复"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {NULL, GO, "Esc", "首页"},
};

static const struct walk ADMIN[] = {
    {"人员", OPEN, "Enter", "镇街经办"},
    {NULL, CURSOR, "Down", NULL},
    {"新增人员", WINDOW, "F2", "新增人员"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, TYPE, "=王", NULL},
    {NULL, GO, "Esc Down Enter", NULL},
    {"修改人员", WINDOW, "F5", "修改人员"},
    {NULL, TYPE, "=王", NULL},
    {NULL, CURSOR, "Down", NULL},
    {NULL, GO, "Esc Down Enter", NULL},
    {NULL, GO, "Esc Down", "首页"},
    {"区划", OPEN, "Enter", "个区划"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {"变更代码", WINDOW, "F6", "变更代码"},
    {NULL, GO, "Esc", NULL},
    {"区划调整", OPEN, "F3", "还没有调整过"},
    {NULL, GO, "Esc", NULL},
    {"选文件", WINDOW, "F4", "公布的区划表"},
    {NULL, GO, "=data/divisions-2111.csv", NULL},
    {"区划表", OPEN, "Enter", "与区划表相同"},
    {NULL, GO, "Esc", NULL},
    {NULL, GO, "Esc Down", "首页"},
    {"标准", OPEN, "Enter", "标准"},
    {NULL, CURSOR, "Down", NULL},
    {"选标准", WINDOW, "F2", "新增哪一项"},
    {NULL, GO, "=低保标准", NULL},
    {"登记标准", WINDOW, "Enter", "新增标准"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, GO, "=20270101", NULL},
    {NULL, GO, "Down", NULL},
    {NULL, GO, "=800", NULL},
    {NULL, GO, "Down", NULL},
    {NULL, TYPE, "=文", NULL},
    {"试算标准", OPEN, "F2", "每月增加"},
    {NULL, CURSOR, "Down", NULL},
    {"试算原因", WINDOW, "F3", "在领"},
    {NULL, BACK, "Esc", "试算标准"},
    {"登记", WINDOW, "F2", "登记后不能删"},
    {NULL, BACK, "Esc", "试算标准"},
    {NULL, GO, "Esc", "标准与参数"},
    {"现行标准", OPEN, "F3", "未录入"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, SAME, "^R", NULL},
    {NULL, GO, "PgUp", NULL},
    {NULL, BACK, "Esc", "标准与参数"},
    {NULL, GO, "Esc Down", "首页"},
    {"运行状态", OPEN, "Enter", "状态"},
    {NULL, OPEN, "^R", NULL}, /* the free disk changes meanwhile */
};

static const struct walk AUDITOR[] = {
    {"操作记录", OPEN, "End Up Up Up Enter", "操作记录"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {"记录细看", WINDOW, "Enter", NULL},
    {NULL, BACK, "Esc", NULL},
};

static const struct officer {
    const char *id, *title;
    const struct walk *walk;
    size_t count;
} OFFICERS[] = {
    {"4001", "村级协理员", VILLAGE, COUNT(VILLAGE)}, {"1001", "镇街经办", STREET, COUNT(STREET)},
    {"2001", "镇街负责人", CHIEF, COUNT(CHIEF)},     {"3001", "县区", COUNTY, COUNT(COUNTY)},
    {"9002", "系统管理员", ADMIN, COUNT(ADMIN)},     {"9001", "审计员", AUDITOR, COUNT(AUDITOR)},
};

static const struct officer COLLECTOR = {"3001", "县区，收报送包", COLLECTING, COUNT(COLLECTING)};

static void take(struct screen *screen, const char *keys)
{
    if (strcmp(keys, SHEET) == 0)
        screen_type(screen, sheet_code);
    else if (keys[0] == '=' && keys[1] != '\0')
        screen_type(screen, keys + 1);
    else
        screen_press(screen, keys);
}

/** Prints the line; true if it is within the budget. */
static bool judge(const char *name, enum step step, const char *keys, size_t bytes,
                  unsigned long requests)
{
    bool fits = bytes <= BUDGETS[step].bytes && requests <= BUDGETS[step].requests;

    print_message("bytes %-7s %5zu %2lu  %s %s%s\n", BUDGETS[step].name, bytes, requests, name,
                  keys, fits ? "" : "  over the budget");
    return fits;
}

static char *picture(struct screen *screen)
{
    struct str text = {0};

    for (int row = 0; row < 24; row++)
        str_printf(&text, "%s\n", screen_row(screen, row));
    return str_take(&text);
}

static void expect_redrawn(struct screen *screen)
{
    char *before = picture(screen);
    char *after = NULL;

    screen_press(screen, "^L");
    after = picture(screen);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static size_t walk_through(const struct world *world, const char *term,
                           const struct officer *officer)
{
    const char *arguments[] = {getenv("DOUDI"), "--home", world->home, "--as", officer->id, NULL};
    struct screen_options options = {.term = term, .arguments = arguments};
    struct screen *screen = screen_start(&options);
    const char *name = "首页";
    size_t over = 0;

    print_message("bytes # %s %s %s\n", term, officer->id, officer->title);
    /* Hello is not the screen's request. */
    over += !judge(name, OPEN, "doudi", screen_bytes(screen), screen_requests(screen) - 1);
    for (size_t i = 0; i < officer->count; i++) {
        const struct walk *at = &officer->walk[i];
        unsigned long asked = screen_requests(screen);

        name = at->screen != NULL ? at->screen : name;
        screen_bytes(screen);
        take(screen, at->keys);
        if (at->step != GO)
            over += !judge(name, at->step, at->keys, screen_bytes(screen),
                           screen_requests(screen) - asked);
        if (at->seen != NULL)
            screen_expect(screen, at->seen);
        screen_expect_whole(screen);
        expect_redrawn(screen);
    }
    screen_free(&screen);
    return over;
}

/** Something to find in the history: the list saved `count` times, as officers would. */
static void save_list(struct world *world, int count)
{
    struct screen *screen = world_screen(world, "1001", 24, 80);
    char *file = mem_printf("%s-list", world->home);

    for (int i = 0; i < count; i++) {
        screen_press(screen, "F2 F5 F2 2");
        for (int erased = 0; erased < 60; erased++)
            screen_press(screen, "Backspace");
        screen_type(screen, file);
        screen_press(screen, "Enter");
        screen_expect(screen, "已存为");
        screen_press(screen, "Esc Esc");
        unlink(file);
    }
    free(file);
    screen_free(&screen);
}

static void print_sheet(struct world *world)
{
    static const char name[] = "\"sheet_code\":\"";
    const char *at;

    world_expect(world, 0, "due --month 2026-11 --codes --json");
    at = strstr(world->output, name);
    assert_non_null(at);
    (void)snprintf(sheet_code, sizeof sheet_code, "%.9s", at + strlen(name));
}

static struct world *demo_world(void)
{
    struct world *world = world_new(TODAY);

    world_expect(world, 0, "demo --cases 300 --months 2 --seed 7 --area 211102002");
    save_list(world, 3);
    print_sheet(world);
    world_expect(world, 0, "--as 1001 payroll make --kind dibao --month 2026-11");
    world_expect(world, 0, "--as 2001 payroll confirm --kind dibao --month 2026-11");
    return world;
}

static void every_screen_keeps_its_budget(void **state)
{
    static const char *const terms[] = {"vt220", "screen", "linux"};
    struct world *world = demo_world();
    size_t over = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(OFFICERS); i++)
        over += walk_through(world, "xterm-256color", &OFFICERS[i]);
    for (size_t i = 0; i < COUNT(terms); i++)
        over += walk_through(world, terms[i], &OFFICERS[2]);
    world_free(&world);
    assert_int_equal(over, 0);
}

static void a_collecting_county_keeps_it_too(void **state)
{
    struct world *world = county_new();
    size_t over = walk_through(world, "xterm-256color", &COLLECTOR);

    (void)state;
    world_free(&world);
    assert_int_equal(over, 0);
}

/** Twenty cursor keys that come at once: one update, no request, and the twentieth row further. */
static void keys_held_down_cost_one_update(void **state)
{
    static const char burst[] = "jjjjjjjjjjjjjjjjjjjj";
    struct world *world = demo_world();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    unsigned long marks = 0;
    unsigned long requests = 0;
    char *after = NULL;
    char *again = NULL;

    (void)state;
    screen_press(screen, "F2");
    marks = screen_marks(screen);
    requests = screen_requests(screen);
    screen_send(screen, burst, sizeof burst - 1);
    screen_expect_events(screen, sizeof burst - 1);
    after = picture(screen);
    print_message("bytes # burst: %lu updates, %lu requests\n", screen_marks(screen) - marks,
                  screen_requests(screen) - requests);
    assert_true(screen_marks(screen) - marks <= 2);
    assert_int_equal(screen_requests(screen), requests);
    screen_press(screen, "Home");
    for (size_t i = 0; i + 1 < sizeof burst; i++)
        screen_press(screen, "j");
    again = picture(screen);
    assert_string_equal(after, again);
    free(after);
    free(again);
    screen_free(&screen);
    world_free(&world);
}

/** A word from an input method is searched for as a whole; what follows it finds its answer. */
static void a_word_typed_at_once_is_asked_for_once(void **state)
{
    static const char word[] = "wgl\r";
    struct world *world = world_new_elders();
    struct screen *screen = world_screen(world, "1001", 24, 80);
    unsigned long requests = 0;

    (void)state;
    screen_press(screen, "F3");
    requests = screen_requests(screen);
    screen_send(screen, word, sizeof word - 1);
    screen_expect_events(screen, sizeof word - 1);
    screen_expect(screen, "王桂兰");
    screen_expect(screen, "基本"); /* Enter opened what was found */
    /* The search, and the case. The keys come together nearly always. */
    assert_true(screen_requests(screen) - requests <= 3);
    screen_free(&screen);
    world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_keeps_its_budget),
        cmocka_unit_test(a_collecting_county_keeps_it_too),
        cmocka_unit_test(keys_held_down_cost_one_update),
        cmocka_unit_test(a_word_typed_at_once_is_asked_for_once),
    };

    setlocale(LC_ALL, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
