#include "walks.h"

#include "unit.h"

/* An application from its form to its refusal. */
static const struct walk STEPS_WALK[] = {
    {NULL, GO, "F5", NULL},
    {NULL, GO, "=临时救助", NULL},
    {"申请 临时救助", FIRST, "Enter", "新增 临时救助"},
    {NULL, GO, "=郑大山", NULL},
    {NULL, GO, "F8", "所在村"},
    {NULL, GO, "=旌旗", NULL},
    {"办理 有申请", GO, "F2 F2 ^R", "郑大山"},
    {NULL, SAME, "^R", NULL},
    {"办这一步", WINDOW, "Enter", "补正"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "办理中"},
    {"申请表", WINDOW, "F6", "申请编号"},
    {NULL, PAGE, "Down", NULL},
    {NULL, BACK, "Esc", "办理中"},
    {"办理经过", WINDOW, "F3", "提交"},
    {NULL, BACK, "Esc", "办理中"},
    {"只列等我办的", OPEN, "F4", "只列等我办的"},
    {NULL, GO, "F4 Enter", NULL},
    {"补填申请表", FIRST, "2", "郑大山"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, PAGE, "PgDn", NULL},
    {NULL, BACK, "Esc", "办理中"},
    {NULL, GO, "Enter", NULL},
    {"补正材料", WINDOW, "3", "要补正的材料"},
    {NULL, TYPE, "=证", NULL},
    {NULL, GO, "Esc Enter", NULL},
    {"不予的理由", WINDOW, "5", "写进告知书"},
    {NULL, GO, "=户籍不在本地", NULL},
    {NULL, GO, "Enter ^R", "没有办理中"},
    {NULL, GO, "Esc", "首页"},
};

/* What the village hears of it. */
static const struct walk REFUSED[] = {
    {"首页 不予受理", SAME, "^R", "不予受理"},
    {NULL, GO, "Down", NULL},
    {"不予受理 全文", WINDOW, "Enter", "告知书由镇街"},
    {NULL, BACK, "Esc", "首页"},
};

/* Of a roster: which entry came back, and what months are owed today. */
static const struct walk MONEY[] = {
    {NULL, GO, "F9", NULL},
    {NULL, GO, "=发放", NULL},
    {NULL, GO, "Enter", "已出盘"},
    {"花名册 待认", OPEN, "Enter", "待认退回"},
    {"认退", WINDOW, "F6", "就是这一笔？"},
    {NULL, BACK, "Esc", "待认退回"},
    {NULL, GO, "Esc", "已出盘"},
    {"补差清单", OPEN, "d", "下次补发"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, SAME, "^R", NULL},
    {"补差 全部", OPEN, "F3", NULL},
    {NULL, GO, "F3 Up", NULL},
    {"补差 不变", WINDOW, "F7", "不变，为什么"},
    {NULL, GO, "=会议", NULL},
    {NULL, GO, "Enter ^R", "待确认"},
    {"补差 打印", PRINT, "F5", "打印预览"},
    {NULL, GO, "Esc", NULL},
    {NULL, BACK, "Esc", "已出盘"},
};

static const struct walk MONEY_CHIEF[] = {
    {NULL, GO, "F9", NULL},
    {NULL, GO, "=发放", NULL},
    {NULL, GO, "Enter", "已出盘"},
    {"补差清单 负责人", OPEN, "d", "待确认"},
    {"确认决定", WINDOW, "F8", "的决定"},
    {NULL, CURSOR, "Down", NULL},
    {NULL, BACK, "Esc", "待确认"},
};

const struct walker WALK_CASEWORK[WALK_CASEWORK_COUNT] = {
    {"1001", "镇街经办，申请", STEPS_WALK, COUNT(STEPS_WALK)},
    {"3001", "村级协理员，不予", REFUSED, COUNT(REFUSED)},
    {"1001", "镇街经办，补差", MONEY, COUNT(MONEY)},
    {"2001", "镇街负责人，补差", MONEY_CHIEF, COUNT(MONEY_CHIEF)},
};
