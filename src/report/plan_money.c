/* What each list of amounts and payments shows in print: beside plan_list.c. */
#include "report/plan_private.h"

static const struct plan_column PAYROLL[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", "姓名", .least = 10},
    {"id_no", .least = 18},
    {"month", "所属月"},
    {"persons", "人数"},
    {"base"},
    {"add", .kind = PLAN_OPTIONAL},
    {"care", .kind = PLAN_OPTIONAL},
    {"topup", .kind = PLAN_OPTIONAL},
    {"total", "发放合计"},
    {"holder", .least = 10},
    {"holder_relation", "关系", .kind = PLAN_OPTIONAL},
    {"bank", .least = 10, .share = 1},
    {"account", .least = 19},
    {"{state}\n{why}", "状态", .least = 12, .share = 2},
};

static const struct plan_column BENEFIT[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"id_no", .least = 18},
    {"case_no"},
    {"kind_name"},
    {"persons", "人数"},
    {"base"},
    {"add", .kind = PLAN_OPTIONAL},
    {"care", .kind = PLAN_OPTIONAL},
    {"topup", .kind = PLAN_OPTIONAL},
    {"total", "计算合计"},
    {"stated", .kind = PLAN_OPTIONAL},
    {"why", .least = 16, .share = 1},
};

static const struct plan_column PAYROLL_CHECK[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"what"},
    {"name", .least = 10},
    {"case_no"},
    {"area_name", .least = 8},
    {"was"},
    {"total", "本次"},
    {"difference"},
    {"why", "原因", .least = 20, .share = 1},
};

static const struct plan_column OVERPAID[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"id_no", .least = 18},
    {"case_no"},
    {"area_name", .least = 8},
    {"kind_name"},
    {"months", "多发月份", .least = 16, .share = 1},
    {"overpaid"},
    {"why", "原因", .least = 16, .share = 1},
    {"", "追回情况", .least = 14, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column RAISES[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"case_no"},
    {"area_name", .least = 8},
    {"kind_name"},
    {"month", "所属月"},
    {"paid"},
    {"now"},
    {"difference", "差额"},
    {"state", .least = 8},
    {"why", "原因", .least = 20, .share = 1},
    {"decided_by", .least = 6, .kind = PLAN_OPTIONAL},
};

static const struct plan PLANS[] = {
    {
        .id = "benefit",
        .words = "待遇金额：录入与计算不一致的、算不出的，每村另起一页",
        .head = "{place}|共 {rows} 件",
        .note = "计算合计空着的是算不出，不是 0；说明写着缺什么。",
        .signatures = "制表人|审核人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(BENEFIT), VILLAGES, .empty = "没有这样的金额"}},
    },
    {
        .id = "payroll",
        .words = "发放花名册：每村另起一页",
        .head = "{place}|{kind_name}|第 {version} 版|{state}|本表 {rows} 笔|"
                "全表可发 {payable} 笔，合计 {total} 元|不能发 {unpaid} 笔|银行退回 {returned} 笔|"
                "待认退回 {doubted} 笔|制表：{maker}|确认：{checker}",
        .note = "不能发、已退回的列在表上，不计入发放，下月补发；待认退回的指明是哪一笔以后补发。",
        .signatures = "制表人|审核人|负责人|日期（盖章）",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(PAYROLL), VILLAGES, .empty = "花名册是空的"}},
    },
    {
        .id = "payroll_check",
        .words = "发放核对：与上次的不同和原因",
        .head = "{area_name}|共 {rows} 行",
        .signatures = "核对人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(PAYROLL_CHECK), .empty = "与上次没有不同"}},
    },
    {
        .id = "overpaid",
        .words = "多发清单：退出、死亡以后，或标准降了、决定应退的",
        .head = "{area_name}|共 {rows} 户（人）|多发合计 {overpaid_sum} 元",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(OVERPAID), .empty = "没有多发"}},
    },
    {
        .id = "raises",
        .words = "补差清单：花名册确认以后金额变了的月份",
        .head = "{area_name}|共 {rows} 笔|下次补发合计 {raise_sum} 元",
        .note = "现应发空着的是算不出，不是 0；待决定的，决定以前不补也不退。",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(RAISES), .empty = "没有要补差的"}},
    },
};

const struct plan *plan_money_at(size_t index)
{
    const size_t count = sizeof PLANS / sizeof PLANS[0];

    return index < count ? &PLANS[index] : plan_checks_at(index - count);
}
