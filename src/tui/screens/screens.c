#include "tui/screens/screens.h"

#include "base/mem.h"
#include "tui/app/app.h"
#include "tui/app/ask.h"
#include "tui/app/commandline.h"
#include "tui/app/display.h"
#include "tui/app/handbook.h"
#include "tui/app/preview.h"
#include "tui/form/conflict.h"
#include "tui/form/form.h"
#include "tui/screens/admin.h"
#include "tui/screens/askpath.h"
#include "tui/screens/batch.h"
#include "tui/screens/benefits.h"
#include "tui/screens/board.h"
#include "tui/screens/boardtrend.h"
#include "tui/screens/case.h"
#include "tui/screens/cases.h"
#include "tui/screens/dibaoform.h"
#include "tui/screens/divisions.h"
#include "tui/screens/divisiontable.h"
#include "tui/screens/due.h"
#include "tui/screens/duplicates.h"
#include "tui/screens/excuse.h"
#include "tui/screens/find.h"
#include "tui/screens/history.h"
#include "tui/screens/home.h"
#include "tui/screens/import.h"
#include "tui/screens/indicators.h"
#include "tui/screens/leadcounts.h"
#include "tui/screens/leads.h"
#include "tui/screens/leaves.h"
#include "tui/screens/login.h"
#include "tui/screens/months.h"
#include "tui/screens/nearly.h"
#include "tui/screens/pace.h"
#include "tui/screens/paper.h"
#include "tui/screens/payroll.h"
#include "tui/screens/refused.h"
#include "tui/screens/rounds.h"
#include "tui/screens/senders.h"
#include "tui/screens/sides.h"
#include "tui/screens/spotcheck.h"
#include "tui/screens/standards.h"
#include "tui/screens/steps.h"
#include "tui/screens/suspicious.h"
#include "tui/screens/upcoming.h"
#include "tui/screens/upper.h"
#include "tui/screens/why.h"

/* Without the curtain of login.c: its window is always in front of it. */
static const struct screen_ops *const SCREENS[] = {
    &HOME_OPS,
    &DUE_OPS,
    &BATCH_OPS,
    &PAPER_OPS,
    &FIND_OPS,
    &CASES_OPS,
    &REFUSED_OPS,
    &STEPS_OPS,
    &CASE_OPS,
    &UPPER_OPS,
    &DUE_REVIEW_OPS,
    &FORM_OPS,
    &FORM_ENTRY_OPS,
    &FORM_ROW_OPS,
    &FORM_DIALOG_OPS,
    &CONFLICT_OPS,
    &BOARD_OPS,
    &BOARD_TREND_OPS,
    &PACE_OPS,
    &WHY_OPS,
    &SUSPICIOUS_OPS,
    &NEARLY_OPS,
    &UPCOMING_OPS,
    &LEADS_OPS,
    &LEADCOUNTS_OPS,
    &SENDERS_OPS,
    &SENDERS_DIFFERENCES_OPS,
    &SENDERS_OVERLAPS_OPS,
    &DUPLICATES_OPS,
    &SIDES_OPS,
    &HOUSES_OPS,
    &MERGES_OPS,
    &MONTHS_OPS,
    &MONTHS_STATEMENT_OPS,
    &BENEFITS_OPS,
    &PAYROLL_OPS,
    &PAYROLL_ROSTER_OPS,
    &PAYROLL_CHECK_OPS,
    &PAYROLL_OVERPAID_OPS,
    &PAYROLL_RAISES_OPS,
    &INDICATORS_OPS,
    &INDICATORS_NAMES_OPS,
    &DIBAOFORM_OPS,
    &LEAVES_OPS,
    &ROUNDS_OPS,
    &ROUNDS_PEOPLE_OPS,
    &ROUNDS_COUNTS_OPS,
    &SPOTCHECK_OPS,
    &SPOTCHECK_PEOPLE_OPS,
    &SPOTCHECK_COUNTS_OPS,
    &EXCUSE_WAITING_OPS,
    &PREVIEW_OPS,
    &HANDBOOK_OPS,
    &ADMIN_OFFICERS_OPS,
    &DIVISIONS_OPS,
    &DIVISIONS_CHANGES_OPS,
    &DIVISIONTABLE_OPS,
    &STANDARDS_OPS,
    &STANDARDS_NAMES_OPS,
    &STANDARDS_TRIAL_OPS,
    &HISTORY_OPS,
    &IMPORT_OPS,
    &IMPORT_RUN_OPS,
    &IMPORT_DONE_OPS,
    &ADMIN_EVENTS_OPS,
    &ADMIN_STATUS_OPS,
    &FORM_LOGIN_OPS,
    &ASK_PROMPT_OPS,
    &ASK_PATH_OPS,
    &COMMANDLINE_OPS,
    &ASK_CHOICE_OPS,
    &ASK_CONFIRM_OPS,
    &ASK_TEXT_OPS,
    NULL,
};

/* id, name, keys, help, right, handler; where the key opens it; heading */
static const struct action PLACES[] = {
    {"due.open", "应访", "F7 d", "应访清单：谁该访、谁逾期", "due", due_open, .where = SCREEN_FIRST,
     .menu = MENU_WORK},
    {"paper.open", "照表", "t", "照表录入：印出的应访表，输表号或扫码", "visit.add", paper_ask,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"find.open", "查找", "F3 f", "查找：姓名、首字母、证件号、电话", "find", find_open,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"find.here", "查找", "^F", "查找：从任何清单和个案", "find", find_open, .where = SCREEN_PLACE},
    {"cases.open", "个案", "F4 c", "个案：各项业务的名册", "case.list", cases_open,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"cases.new", "新增", "F5 n", "新增个案；村(社区)草拟后报镇街", "case.draft", cases_new,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"steps.open", "办理", "s", "办理：申请到哪一步、谁该办、谁逾期", "step.list", steps_place,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"reviews.open", "复核", "F6 r", "复核清单：本月到期的定期复核", "due", due_open_reviews,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"upcoming.open", "到期", "", "到期事项：复核、年满、到期，今后三个月", "reviews",
     upcoming_open, .menu = MENU_WORK},
    {"rounds.open", "专项", "", "专项走访：寒潮、高温、节日，谁还没走访", "round.list", rounds_open,
     .menu = MENU_WORK},
    {"leaves.open", "请假", "", "请假交接：替班人、接管村(社区)", "leave.list", leaves_open,
     .menu = MENU_WORK},
    {"leads.open", "线索", "", "线索：该享受没享受、该退没退的人", "lead.list", leads_open,
     .menu = MENU_WORK},
    {"benefits.open", "待遇", "", "待遇：金额不一致的、算不出的", "benefit", benefits_open,
     .menu = MENU_WORK},
    {"payroll.open", "发放", "", "发放：花名册、核对、确认、出盘、退回、多发", "payroll.list",
     payroll_open, .menu = MENU_WORK},
    {"duplicates.open", "重复", "", "疑似重复：同一人、同一户的两份登记，核实后合并", "duplicates",
     duplicates_open, .menu = MENU_WORK},
    {"excuses.open", "审批", "e", "免访审批：别人提交的免访申请", "excuse.decide",
     excuse_open_waiting, .where = SCREEN_FIRST, .menu = MENU_SUPERVISE},
    {"months.open", "月结", "m", "月结：结账、重开、月结表", "statement", months_open,
     .where = SCREEN_FIRST, .menu = MENU_SUPERVISE},
    {"board.open", "看板", "F8 b", "合规看板：探访率，到村到人", "board", board_open,
     .where = SCREEN_FIRST, .menu = MENU_SUPERVISE},
    {"senders.open", "报送", "", "报送情况：谁报来了，缺几天，重算不符", "senders", senders_open,
     .menu = MENU_SUPERVISE},
    {"overlaps.open", "两处", "", "两处都有的人：在两个单位都有个案", "overlaps",
     senders_open_overlaps, .menu = MENU_SUPERVISE},
    {"indicators.open", "指标", "", "指标：规划的各项，现在的值和名单", "figure.list",
     indicators_open, .menu = MENU_SUPERVISE},
    {"spotcheck.open", "抽查", "", "抽查：按种子抽已访的人，登记结果", "spotcheck.list",
     spotcheck_open, .menu = MENU_SUPERVISE},
    {"import.open", "导入", "", "导入台账：CSV、XLSX，先试算再导入", "import", import_open_screen,
     .menu = MENU_WORK},
    {"history.open", "记录", "F7", "打印、导入记录：谁打印了什么，撤销导入", "history",
     history_open, .menu = MENU_WORK},
    {"nearly.open", "快漏", "w", "快漏访：剩下的工作日快不够的人", "due", nearly_open,
     .where = SCREEN_FIRST, .menu = MENU_WORK},
    {"upper.aimed", "填报", "Y", "多头填报：选中的人按上级系统的栏目排好，逐项或整行复制",
     "case.list", upper_open_aimed, MARKS_ONE, .where = SCREEN_PEOPLE, .menu = MENU_WORK},
    {"upper.last", "刚登记", "^Y", "多头填报：刚登记的那次探访", "visit.add", upper_open_last,
     .where = SCREEN_PEOPLE, .menu = MENU_WORK},
    {"officers.open", "人员", "", "人员：工号、角色、密码", "officer.list", admin_open_officers,
     .menu = MENU_ADMIN},
    {"areas.open", "区划", "", "区划：街道和村(社区)，区划调整", "areas", divisions_open,
     .menu = MENU_ADMIN},
    {"standards.open", "标准", "", "标准：金额和规则参数", "standard.list", standards_open,
     .menu = MENU_ADMIN},
    {"events.open", "记录", "", "操作记录：谁何时做了什么", "audit", admin_open_events,
     .menu = MENU_ADMIN},
    {"status.open", "状态", "", "运行状态：备份、导出、警示", "status", admin_open_status,
     .menu = MENU_ADMIN},
    {"handbook.open", "手册", "", "用户手册：怎么办每件事，可以找词、看目录", NULL, handbook_open,
     .menu = MENU_SELF},
    {"password", "密码", "", "修改自己的密码", "password", login_change_password,
     .menu = MENU_SELF},
    {"display", "显示", "", "显示：高对比、慢线路、读屏，记住这个工号的", NULL, display_ask,
     .menu = MENU_SELF},
    {"lock", "锁屏", "^X", "锁屏", NULL, login_lock_now, .where = SCREEN_PLACE, .menu = MENU_SELF},
};

const struct action_table SCREENS_PLACES = ACTION_TABLE(PLACES);

const struct screen_ops *const *screens_all(void)
{
    return SCREENS;
}

static bool is_among(const struct action *const *actions, size_t count, const struct action *action)
{
    for (size_t i = 0; i < count; i++)
        if (actions[i] == action)
            return true;
    return false;
}

const struct action **screens_actions(const struct screen_ops *const *screens)
{
    const struct action **actions;
    size_t count = 1;

    for (size_t i = 0; screens[i] != NULL; i++)
        for (size_t nth = 0; nth < ACTION_KINDS; nth++)
            count += action_table(&SCREENS_PLACES, screens[i], nth).count;
    actions = mem_array(count, sizeof actions[0]);
    count = 0;

    for (size_t nth = 0; nth < ACTION_KINDS; nth++) {
        for (size_t i = 0; screens[i] != NULL; i++) {
            struct action_table table = action_table(&SCREENS_PLACES, screens[i], nth);
            if (table.count == 0 || is_among(actions, count, table.rows))
                continue; /* already in the list */
            for (size_t row = 0; row < table.count; row++)
                actions[count++] = &table.rows[row];
        }
    }
    return actions;
}
