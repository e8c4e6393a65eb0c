/* What lists for who checks others show in print, spot checks and the bundles of other homes: beside
 * plan_list.c. */
#include "report/plan_private.h"

static const struct plan_column SENDERS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"key"},
    {"name", "单位", .least = 12},
    {"state", "昨夜"},
    {"date", "数据到"},
    {"days"},
    {"waiting"},
    {"differences"},
    {"number", "包号"},
    {"at", "收到时间", .least = 10},
    {"", "联系情况", .least = 16, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column SENT_DIFFERENCES[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", "单位", .least = 8},
    {"area_name", .least = 10},
    {"month"},
    {"kind_name"},
    {"title", "项目", .least = 8},
    {"words", "所报和重算", .least = 16},
    {"names", "涉及的人", .least = 16, .share = 2},
    {"", "核对情况", .least = 14, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column OVERLAPS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"id_no", .least = 18},
    {"kind_name"},
    {"area_name", .least = 10},
    {"case_no"},
    {"since"},
    {"remark", "哪里重复", .least = 20, .share = 2},
    {"", "核实情况", .least = 14, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column SPOTCHECK[] = {
    {"row_code", "序号"},
    {"name", .least = 10},
    {"case_no"},
    {"visits", "探访记录", .least = 24, .share = 1},
    {"officer", "责任人", .least = 6},
    {"address", .least = 16, .share = 2},
    {"phone", .least = 12},
    {"{result}\n{checked_on}", "结果", .least = 10},
    {"note", "查到的情况", .least = 18, .share = 2},
    {"inspector", "抽查人", .least = 8},
    {"", "本人或家属签字", .least = 14, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column SPOTCHECKS[] = {
    {"month"},
    {"area_name", "单位", .least = 10},
    {"number", "第几次"},
    {"seed", .least = 8},
    {"share"},
    {"population"},
    {"drawn"},
    {"right"},
    {"wrong"},
    {"not_met"},
    {"unchecked"},
    {"{at}\n{drawer}", "抽取", .least = 16},
};

static const struct plan PLANS[] = {
    {
        .id = "senders",
        .words = "报送情况：谁报来了，谁没有",
        .head = "{area_name}|共 {rows} 个单位",
        .note = "数据到：最近一包里的数据到哪一天。没有收到的单位，数字里是它最近一包的情况。",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(SENDERS), .empty = "没有下级单位"}},
    },
    {
        .id = "sent_differences",
        .words = "所报的数与按明细重算的不同之处",
        .head = "{area_name}|共 {rows} 处",
        .signatures = "核对人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(SENT_DIFFERENCES), .empty = "没有不同"}},
    },
    {
        .id = "overlaps",
        .words = "两处都有的人：留空填写核实情况",
        .head = "{area_name}|共 {rows} 件",
        .note = "列出来的不一定有错：请两个单位核实是不是同一个人，应在哪里保障。",
        .signatures = "核实人|负责人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(OVERLAPS), .empty = "没有这样的人"}},
    },
    {
        .id = "spotcheck",
        .words = "抽查表：每村另起一页，留空填写",
        .head = "{place}|本表 {rows} 人",
        .note = "结果：属实、不属实、未见到。不属实、未见到的写明情况。",
        .signatures = "抽查人|负责人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(SPOTCHECK), VILLAGES, .empty = "没有抽到人"}},
    },
    {
        .id = "spotchecks",
        .words = "抽查记录：各次的种子、比例、结果",
        .head = "{area_name}|共 {rows} 次",
        .note = "按种子和当时已访的人，谁都能重抽，方法见手册。",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(SPOTCHECKS), .empty = "还没有抽查"}},
    },
};

const struct plan *plan_checks_at(size_t index)
{
    return index < sizeof PLANS / sizeof PLANS[0] ? &PLANS[index] : NULL;
}
