#include "service/access.h"

#include "base/role.h"
#include "domain/area.h"

#include <string.h>

#define BIT(role) (1u << (role))

enum {
    VILLAGE = BIT(ROLE_VILLAGE),
    STREET = BIT(ROLE_STREET),
    CHIEF = BIT(ROLE_CHIEF),
    COUNTY = BIT(ROLE_COUNTY),
    ADMIN = BIT(ROLE_ADMIN),
    AUDITOR = BIT(ROLE_AUDITOR),
    SYSTEM = BIT(ROLE_SYSTEM),
    CASEWORK = STREET | CHIEF | SYSTEM,        /* roles that change cases */
    FIELD = VILLAGE | CASEWORK,                /* roles that record visits */
    READERS = FIELD | COUNTY,                  /* roles that see case data */
    LOCAL = VILLAGE | STREET | CHIEF | COUNTY, /* roles bound to their own area */
    OFFICERS = LOCAL | ADMIN | AUDITOR,
    EVERYBODY = OFFICERS | SYSTEM | BIT(ROLE_NONE),
};

#define ROW(code, name, words, who, ...)                                                           \
    [code] = {.action = code, .id = name, .label = words, .roles = who, __VA_ARGS__}

static const struct access_action ACTIONS[] = {
    ROW(ACTION_LOGIN, "login", "登录", EVERYBODY, .reserve = true),
    ROW(ACTION_LOGOUT, "logout", "退出登录", OFFICERS | SYSTEM, .reserve = true),
    ROW(ACTION_PASSWORD, "password", "修改密码", OFFICERS),
    ROW(ACTION_HOME, "home", "首页", READERS),
    ROW(ACTION_DUE, "due", "应访清单", READERS, .lent = true),
    ROW(ACTION_SHEET_MAKE, "sheet.make", "印应访表", READERS, .lent = true),
    ROW(ACTION_SHEET_READ, "sheet.read", "按表号查应访表", READERS, .lent = true),
    ROW(ACTION_BOARD, "board", "合规看板", READERS),
    ROW(ACTION_WHY, "why", "计入明细", READERS, .lent = true),
    ROW(ACTION_SUSPICIOUS, "suspicious", "可疑记录", CASEWORK | COUNTY),
    ROW(ACTION_DUPLICATES, "duplicates", "重复和排斥", CASEWORK | COUNTY),
    ROW(ACTION_MERGE_ASK, "merge.ask", "合并人员", CASEWORK | COUNTY, .at_source = true),
    ROW(ACTION_MERGE_DECIDE, "merge.decide", "确认和撤销合并", CHIEF | COUNTY | SYSTEM,
        .at_source = true),
    ROW(ACTION_UPCOMING, "reviews", "到期事项", READERS),
    ROW(ACTION_LEAD_LIST, "lead.list", "线索", READERS),
    ROW(ACTION_LEAD_ACT, "lead.act", "办理线索", FIELD, .at_source = true),
    ROW(ACTION_LEAD_DISMISS, "lead.dismiss", "线索不需办理", CASEWORK, .at_source = true),
    ROW(ACTION_STATEMENT, "statement", "月结表", CHIEF | COUNTY | AUDITOR | SYSTEM),
    ROW(ACTION_MONTH_OPEN, "month.open", "开月", SYSTEM),
    ROW(ACTION_MONTH_CLOSE, "month.close", "月结", CHIEF | SYSTEM, .at_source = true,
        .alone = true),
    ROW(ACTION_MONTH_REOPEN, "month.reopen", "重新打开月份", CHIEF | SYSTEM, .at_source = true,
        .alone = true),
    ROW(ACTION_EXCUSE_ASK, "excuse.ask", "申请免访", FIELD, .at_source = true, .lent = true),
    ROW(ACTION_EXCUSE_DECIDE, "excuse.decide", "审批免访", CHIEF | SYSTEM, .at_source = true),
    ROW(ACTION_VISIT_ADD, "visit.add", "登记探访", FIELD, .at_source = true, .lent = true),
    ROW(ACTION_VISIT_VOID, "visit.void", "作废探访", FIELD, .at_source = true, .lent = true),
    ROW(ACTION_REVIEW_ADD, "review.add", "登记复核", CASEWORK, .at_source = true),
    ROW(ACTION_ALARM_LIST, "alarm.list", "紧急情况", READERS, .lent = true),
    ROW(ACTION_ALARM_TAKE, "alarm.take", "接手紧急情况", FIELD, .at_source = true, .lent = true),
    ROW(ACTION_ALARM_DONE, "alarm.done", "办结紧急情况", FIELD, .at_source = true, .lent = true),
    ROW(ACTION_ALARM_SWEEP, "alarm.sweep", "核对连续未遇", SYSTEM, .at_source = true),
    ROW(ACTION_ROUND_LIST, "round.list", "专项走访", READERS, .lent = true),
    ROW(ACTION_ROUND_MAKE, "round.make", "发起和结束专项走访", CASEWORK | COUNTY),
    ROW(ACTION_LEAVE_LIST, "leave.list", "请假和接管", READERS),
    ROW(ACTION_LEAVE_ENTER, "leave.enter", "登记请假和替班人", FIELD, .at_source = true),
    ROW(ACTION_TAKEOVER, "takeover", "接管一个村(社区)", CASEWORK, .at_source = true),
    ROW(ACTION_FIND, "find", "查找", READERS, .lent = true),
    ROW(ACTION_CASE_LIST, "case.list", "个案列表", READERS, .lent = true),
    ROW(ACTION_CASE_OPEN, "case.open", "查看完整证件号", READERS, .logged = true, .lent = true),
    ROW(ACTION_CASE_SAVE, "case.save", "保存个案", CASEWORK, .at_source = true),
    ROW(ACTION_CASE_DRAFT, "case.draft", "草拟个案", FIELD, .at_source = true),
    ROW(ACTION_CASE_CLOSE, "case.close", "退出", CASEWORK, .at_source = true),
    ROW(ACTION_CASE_REOPEN, "case.reopen", "撤销退出", CASEWORK, .at_source = true),
    ROW(ACTION_CASE_LOG, "case.log", "个案日志", CASEWORK | COUNTY, .lent = true),
    ROW(ACTION_BENEFIT, "benefit", "待遇金额", READERS, .lent = true),
    ROW(ACTION_STEP_LIST, "step.list", "办理清单", READERS),
    ROW(ACTION_STEP_DO, "step.do", "办理步骤", STREET | CHIEF | COUNTY | SYSTEM, .at_source = true),
    ROW(ACTION_IMPORT, "import", "导入", CASEWORK, .at_source = true),
    ROW(ACTION_PRINT, "print", "打印", READERS, .logged = true, .lent = true),
    /* who carried which names is the street's to know; but whoever prints must see whether the own job
     * came out, stop it, and print again */
    ROW(ACTION_HISTORY, "history", "打印导入导出记录", READERS, .own = VILLAGE, .lent = true),
    ROW(ACTION_DRAFT, "draft", "草稿", FIELD, .at_source = true),
    ROW(ACTION_AREAS, "areas", "区划", OFFICERS | SYSTEM),
    ROW(ACTION_AREA_CHANGE, "area.change", "区划调整", COUNTY | ADMIN | SYSTEM, .at_source = true,
        .alone = true),
    ROW(ACTION_OFFICER_LIST, "officer.list", "人员列表", FIELD | COUNTY | ADMIN),
    ROW(ACTION_OFFICER_EDIT, "officer.edit", "人员管理", ADMIN | SYSTEM),
    ROW(ACTION_STANDARD_LIST, "standard.list", "标准列表", CASEWORK | COUNTY | ADMIN | AUDITOR),
    ROW(ACTION_STANDARD_SET, "standard.set", "设置标准", ADMIN | SYSTEM, .alone = true),
    ROW(ACTION_STANDARD_CONFIRM, "standard.confirm", "确认标准", CHIEF | COUNTY | ADMIN | SYSTEM,
        .alone = true),
    ROW(ACTION_STANDARD_TRY, "standard.try", "试算标准", CHIEF | COUNTY | ADMIN | SYSTEM),
    ROW(ACTION_AUDIT, "audit", "审计日志", AUDITOR | SYSTEM, .logged = true),
    ROW(ACTION_STATUS, "status", "运行状态", ADMIN | AUDITOR | SYSTEM),
    ROW(ACTION_WORKDAY, "workday", "工作日", OFFICERS | SYSTEM),
    ROW(ACTION_MONITOR, "monitor", "监测", EVERYBODY),
    ROW(ACTION_EXPORT, "export", "导出", COUNTY | ADMIN | SYSTEM, .logged = true, .reserve = true),
    ROW(ACTION_BACKUP, "backup", "备份", ADMIN | SYSTEM, .logged = true, .reserve = true),
    ROW(ACTION_VERIFY, "verify", "核验数据", ADMIN | SYSTEM, .logged = true),
    ROW(ACTION_CLOCK, "clock", "核对时钟", ADMIN | SYSTEM, .reserve = true),
    ROW(ACTION_INIT, "init", "初始化", SYSTEM, .alone = true),
    ROW(ACTION_DEMO, "demo", "演示数据", SYSTEM, .at_source = true),
    ROW(ACTION_INGEST, "ingest", "收报送包", COUNTY | ADMIN | SYSTEM, .collecting = true,
        .alone = true),
    ROW(ACTION_OVERLAP, "overlaps", "两处都有的人", COUNTY | SYSTEM, .collecting = true),
    ROW(ACTION_PAYROLL_LIST, "payroll.list", "发放花名册", CASEWORK | COUNTY),
    ROW(ACTION_PAYROLL_MAKE, "payroll.make", "制花名册", CASEWORK, .at_source = true),
    ROW(ACTION_PAYROLL_CONFIRM, "payroll.confirm", "确认花名册", CHIEF | COUNTY | SYSTEM,
        .at_source = true),
    ROW(ACTION_PAYROLL_EXPORT, "payroll.export", "花名册出盘", CASEWORK | COUNTY,
        .at_source = true),
    ROW(ACTION_PAYROLL_RETURNS, "payroll.returns", "登记银行退回", CASEWORK, .at_source = true),
    ROW(ACTION_SPOTCHECK_LIST, "spotcheck.list", "抽查名单", CASEWORK | COUNTY),
    ROW(ACTION_SPOTCHECK_DRAW, "spotcheck.draw", "抽查", CHIEF | COUNTY | SYSTEM),
    ROW(ACTION_SPOTCHECK_ENTER, "spotcheck.enter", "登记抽查结果", CASEWORK | COUNTY),
    ROW(ACTION_FIGURE_LIST, "figure.list", "指标", CASEWORK | COUNTY),
    ROW(ACTION_FIGURE_ENTER, "figure.enter", "录入指标", CHIEF | COUNTY | SYSTEM),
    ROW(ACTION_SENDERS, "senders", "报送情况", COUNTY | ADMIN | AUDITOR | SYSTEM,
        .collecting = true),
    ROW(ACTION_SENDER_RESET, "sender.reset", "重置报送单位", COUNTY | SYSTEM, .collecting = true),
};

#undef ROW

_Static_assert(sizeof ACTIONS / sizeof ACTIONS[0] == ACTION_COUNT_, "a row per action");

#define ROW(name, id, label) [ROLE_##name] = {id, label},

static const struct {
    const char *name;
    const char *label;
} ROLES[] = {[ROLE_NONE] = {"", "未登录"}, [ROLE_SYSTEM] = {"system", "系统"}, ROLE_TABLE(ROW)};

#undef ROW

_Static_assert(sizeof ROLES / sizeof ROLES[0] == ROLE_COUNT_, "a row per role");

const struct access_action *access_find(enum action action)
{
    return (unsigned)action < ACTION_COUNT_ ? &ACTIONS[action] : NULL;
}

const struct access_action *access_find_id(const char *id)
{
    for (size_t i = 0; i < ACTION_COUNT_; i++)
        if (strcmp(ACTIONS[i].id, id) == 0)
            return &ACTIONS[i];
    return NULL;
}

bool access_allowed(enum role role, const char *home, enum action action, const char *area)
{
    const struct access_action *row = access_find(action);

    if (row == NULL || (unsigned)role >= ROLE_COUNT_ || (row->roles & BIT(role)) == 0)
        return false;
    if ((LOCAL & BIT(role)) == 0 || area == NULL || *area == '\0')
        return true;
    return *home != '\0' && area_contains(home, area);
}

bool access_own_only(enum role role, enum action action)
{
    const struct access_action *row = access_find(action);

    return row != NULL && (unsigned)role < ROLE_COUNT_ && (row->own & BIT(role)) != 0;
}

const char *access_role_name(enum role role)
{
    return (unsigned)role < ROLE_COUNT_ ? ROLES[role].name : "";
}

const char *access_role_label(enum role role)
{
    return (unsigned)role < ROLE_COUNT_ ? ROLES[role].label : "";
}

enum role access_role_parse(const char *name)
{
    for (enum role role = ROLE_VILLAGE; role < ROLE_COUNT_; role++)
        if (strcmp(ROLES[role].name, name) == 0)
            return role;
    return ROLE_NONE;
}
