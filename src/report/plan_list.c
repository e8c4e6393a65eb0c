/**
 * The table of plans.
 */
#include "report/plan_private.h"

/** Filled in by hand on the way from door to door. */
static const struct plan_column DUE[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"age"},
    {"categories", .least = 10},
    {"tier"},
    {"{done}/{need}", "已/应"},
    {"last_visit", "上次探访"},
    {"{due_on}\n{words}", "到期", .least = 10},
    {"address", .least = 16, .share = 4},
    {"phone", .least = 12},
    {"stand_in", "替班", .least = 6, .kind = PLAN_OPTIONAL},
    {"", "探访日期", .least = 10, .share = 1, .kind = PLAN_BLANK},
    {"", "方式", .least = 6, .share = 1, .kind = PLAN_BLANK},
    {"", "结果", .least = 8, .share = 1, .kind = PLAN_BLANK},
    {"", "签字", .least = 8, .share = 1, .kind = PLAN_BLANK},
    {"row_code", "行码", .kind = PLAN_OPTIONAL},
};

/** Below a village's own rows: whom to look at on the same way. */
static const struct plan_column DUE_LEADS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"title", "线索", .least = 16, .share = 1},
    {"why", "情况", .least = 16, .share = 2},
    {"since", "发现日"},
    {"", "结果", .least = 20, .share = 2, .kind = PLAN_BLANK},
};

static const struct plan_column REVIEWS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"age"},
    {"kind_name"},
    {"case_no"},
    {"{due_on}\n{words}", "期限", .least = 10},
    {"address", .least = 16, .share = 4},
    {"phone", .least = 12},
    {"", "复核日期", .least = 10, .share = 1, .kind = PLAN_BLANK},
    {"", "结果", .least = 10, .share = 2, .kind = PLAN_BLANK},
    {"", "签字", .least = 10, .share = 1, .kind = PLAN_BLANK},
    {"row_code", "行码", .kind = PLAN_OPTIONAL},
};

static const struct plan_column ROSTER[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"case_no"},
    {"name", .least = 10},
    {"id_no", .kind = PLAN_OPTIONAL},
    {"age"},
    {"kind_name", .least = 8},
    {"categories", .least = 10, .share = 1, .kind = PLAN_OPTIONAL},
    {"tier", .kind = PLAN_OPTIONAL},
    {"address", .least = 16, .share = 4, .kind = PLAN_OPTIONAL},
    {"phone", .least = 12, .kind = PLAN_OPTIONAL},
    {"facts", .least = 16, .share = 3, .kind = PLAN_OPTIONAL},
    {"since"},
    {"{state}\n{closed_on}", "状态"},
    {"officer", .share = 1, .kind = PLAN_OPTIONAL},
};

static const struct plan_column VISITS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"date", "探访日期"},
    {"kind_name"},
    {"mode"},
    {"result"},
    {"by", .least = 6},
    {"{finding}\n{note}", "发现、处置和备注", .least = 20, .share = 1},
    {"credited", .least = 8},
    {"{at}\n{officer}", "登记", .least = 10},
    {"late", .kind = PLAN_OPTIONAL}, /* "yes" says nothing under another heading */
    {"superseded", .kind = PLAN_OPTIONAL},
    {"after_death", .kind = PLAN_OPTIONAL},
    {"void", .least = 6, .kind = PLAN_OPTIONAL},
};

#define FIGURES                                                                                    \
    {"owed"}, {"reached"}, {"fulfilled"}, {"pending"}, {"missed"}, {"excused"}, {"not_counted"},   \
        {"attempted"}, {"late"},                                                                   \
    {                                                                                              \
        "rate"                                                                                     \
    }
#define BAR                                                                                        \
    {                                                                                              \
        "rate", "图", .least = 14, .share = 1, .kind = PLAN_BAR                                    \
    }

static const struct plan_column BOARD[] = {
    {"name", "单位", .least = 10},
    FIGURES,
    BAR,
};

static const struct plan_column TREND[] = {{"month"}, FIGURES, BAR};

static const struct plan_column PACE[] = {
    {"date", "日期"},   {"reached", "当日"},
    {"so_far", "已访"}, {"pace", "按进度应到"},
    {"behind", "落后"}, {"bar", "# 已访  | 按进度", .least = 30, .share = 1, .kind = PLAN_STRIP},
};

static const struct plan_column MISSED[] = {
    {"", "序号", .kind = PLAN_NUMBER},   {"case_no"},    {"name", .least = 10},
    {"area_name", .least = 8},           {"kind_name"},  {"words", .least = 8},
    {"reason", .least = 12, .share = 1}, {"reached_on"}, {"officer", .least = 6},
};

static const struct plan_column STATEMENT[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"case_no"},
    {"name", .least = 10},
    {"area_name", .least = 8},
    {"kind_name"},
    {"words", "上报", .least = 6},
    {"reason", .least = 10},
    {"reached_on"},
    {"officer", .least = 6},
    {"known_words", "现况", .least = 6},
    {"since_then", "月结以后的变动", .least = 12, .share = 1},
};

static const struct plan_column EXCUSES[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"case_no"},
    {"area_name", .least = 8},
    {"month"},
    {"reason", .least = 6},
    {"{from}\n{to}", "起止"},
    {"note", "说明", .least = 12, .share = 2},
    {"by", "申请人", .least = 6},
    {"", "审批意见", .least = 14, .share = 1, .kind = PLAN_BLANK},
    {"", "审批人签字", .least = 12, .share = 1, .kind = PLAN_BLANK},
    {"", "日期", .least = 10, .kind = PLAN_BLANK},
};

static const struct plan_column SUSPICIOUS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"title", "可疑之处", .least = 10},
    {"name", .least = 10},
    {"case_no"},
    {"officer", .least = 6},
    {"date"},
    {"fact", .least = 20, .share = 1},
    {"", "核实情况", .least = 16, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column NEARLY[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"spare", "余地", .least = 8},
    {"{done}/{need}", "已/应"},
    {"{due_on}\n{words}", "到期", .least = 10},
    {"officer", "探访人", .least = 6},
    {"address", .least = 16, .share = 3},
    {"phone", .least = 12},
    {"", "安排在", .least = 10, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column UPCOMING[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"date", "日期"},
    {"what", "事项", .least = 12},
    {"name", .least = 10},
    {"case_no"},
    {"kind_name"},
    {"note", "说明", .least = 20, .share = 1},
    {"", "办理情况", .least = 16, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column LEADS[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"title", "线索", .least = 14, .share = 1},
    {"name", .least = 10},
    {"case_no"},
    {"since", "发现日"},
    {"why", "情况", .least = 16, .share = 1},
    {"todo", "怎么办", .least = 16, .share = 1},
    {"", "办理情况", .least = 16, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column ROUND[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", .least = 10},
    {"age"},
    {"address", .least = 16, .share = 2},
    {"phone", .least = 12},
    {"categories", .least = 8, .share = 1},
    {"tier"},
    {"words", "状态", .least = 12},
    {"officer", .least = 6},
    {"", "走访日期", .least = 10, .kind = PLAN_BLANK},
    {"", "方式", .least = 6, .kind = PLAN_BLANK},
    {"", "情况", .least = 12, .share = 1, .kind = PLAN_BLANK},
};

static const struct plan_column ROUNDS[] = {
    {"name", "名称", .least = 10},
    {"reason"},
    {"from"},
    {"to"},
    {"state"},
    {"tiers"},
    {"areas", .least = 12, .share = 2},
    {"owed"},
    {"reached"},
    {"pending"},
    {"missed"},
    {"excused"},
    {"not_counted"},
    {"rate"},
    {"{office}\n{by}\n{at}", "发起", .least = 10},
    {"remark", "结束原因", .least = 10, .share = 1, .kind = PLAN_OPTIONAL},
    {"reported", .least = 10, .share = 1, .kind = PLAN_OPTIONAL},
};

static const struct plan_column INDICATORS[] = {
    {"no"},
    {"name", "指标", .least = 16, .share = 1},
    {"unit"},
    {"base_value", .kind = PLAN_OPTIONAL},
    {"target"},
    {"value", "现值"},
    {"numerator"},
    {"denominator"},
    {"source", "值的来源", .least = 16, .share = 1},
    {"trend", .least = 12, .share = 1, .kind = PLAN_OPTIONAL},
    {"basis", "依据", .least = 12, .share = 1},
};

static const struct plan_column DIBAO_FORM[] = {
    {"no", "栏", .least = 4},
    {"name", "栏目", .least = 16, .share = 1},
    {"unit"},
    {"value", "数", .least = 10},
    {"source", "怎样得来", .least = 16, .share = 2},
    {"remark", "核对", .least = 12, .share = 2},
};

static const struct plan_column SHEET[] = {
    {"row_code"},
    {"name", .least = 10},
    {"case_no"},
    {"kind_name"},
    {"tier"},
    {"{done}/{need}", "已/应"},
    {"words", .least = 8},
    {"filed", .least = 16, .share = 1},
    {"remark", .least = 16, .share = 1},
};

static const struct plan_column STANDARDS[] = {
    {"name", "名称", .least = 16, .share = 1},
    {"area_name", "区划", .least = 10},
    {"from"},
    {"value", .least = 8},
    {"source", .least = 20, .share = 2},
    {"by_name", "设置人", .least = 8},
    {"at", "设置时间", .least = 10},
    {"state", .least = 8, .kind = PLAN_OPTIONAL}, /* 待确认: not in force yet */
};

static const struct plan_column NOTICE[] = {
    {"label", "项目", .least = 16},
    {"text", "内容", .least = 40, .share = 1},
};

static const struct plan_column REFUSED[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", "申请人", .least = 10},
    {"case_no", "申请编号"},
    {"kind_name"},
    {"area_name", .least = 8},
    {"words", "决定"},
    {"date", "决定日期"},
    {"reason", "理由", .least = 16, .share = 1},
    {"decided_by"},
    {"noticed", "告知书送达（空：未送达）", .least = 12},
};

/* Nothing that tells of a person more than what may be public. */
static const struct plan_column PUBLICITY[] = {
    {"", "序号", .kind = PLAN_NUMBER},
    {"name", "姓名（户主）", .least = 12, .share = 1},
    {"people"},
    {"protected", .kind = PLAN_OPTIONAL},
    {"total", "拟保障金额（元/月）", .kind = PLAN_OPTIONAL},
    {"area_name", .least = 10, .share = 1},
    {"{from} 至 {to}", "公示起止", .least = 24},
};

static const struct plan PLANS[] = {
    {
        .id = "table",
        .words = "任何一张表",
        .head = "{sheet}|{area_name}|{officer}|共 {rows} 行",
        .sections = {{.table = "rows", .empty = "没有内容"}},
    },
    {
        .id = "due",
        .words = "应访清单：每村另起一页，留空填写",
        .head = "{place}|探访人：{officer}|排序：{order}|本表 {rows} 人",
        .note = "方式：上门、电话、视频、远程。结果：成功、未遇、拒访、联系不上。"
                "未见到本人的也请填写日期和结果。",
        .signatures = "填表人|审核人|交表日期",
        .wide = true,
        .tall = true,
        .sections =
            {{.table = "rows", COLUMNS(DUE), VILLAGES, .empty = "没有待访的人"},
             {.table = "leads", .title = "待核线索", COLUMNS(DUE_LEADS), VILLAGES, .beside = true}},
    },
    {
        .id = "suspicious",
        .words = "可疑记录：每村另起一页，留空填写核实情况",
        .head = "{place}|共 {rows} 条",
        .note = "列出来的不一定有错，也不改变任何数字。",
        .signatures = "核实人|负责人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(SUSPICIOUS), VILLAGES, .empty = "没有可疑记录"}},
    },
    {
        .id = "reviews",
        .words = "复核清单：每村另起一页，留空填写",
        .head = "{place}|本表 {rows} 人",
        .signatures = "填表人|审核人|交表日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(REVIEWS), VILLAGES, .empty = "没有到期的复核"}},
    },
    {
        .id = "nearly",
        .words = "快漏访的人：剩下的工作日快不够了",
        .head = "{area_name}|共 {rows} 人",
        .note = "余地＝本月剩下的工作日（含今天）－还差的探访次数，每次探访要一天；少几天，就是有几"
                "次来不及在工作日补上。",
        .sections = {{.table = "rows", COLUMNS(NEARLY), VILLAGES, .empty = "没有快漏访的人"}},
    },
    {
        .id = "upcoming",
        .words = "到期事项：每村另起一页，留空填写办理情况",
        .head = "{place}|共 {rows} 件",
        .signatures = "填表人|审核人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(UPCOMING), VILLAGES, .empty = "没有到期的事项"}},
    },
    {
        .id = "leads",
        .words = "线索：每村另起一页，留空填写办理情况",
        .head = "{place}|共 {rows} 条",
        .note = "线索只提示核实，不改变任何人的待遇。",
        .signatures = "填表人|审核人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(LEADS), VILLAGES, .empty = "没有线索"}},
    },
    {
        .id = "indicators",
        .words = "指标：基期、目标、现值、趋势",
        .head = "{area_name}|共 {rows} 项",
        .note = "比率不四舍五入。没有登记的按未达到算，人数写在来源里；空着的是没有值，不是 0。",
        .signatures = "制表人|审核人|负责人|日期（盖章）",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(INDICATORS), .empty = "没有指标"}},
    },
    {
        .id = "dibao_form",
        .words = "城市低保对象综合统计表：十七栏和核对",
        .head = "{area_name}|{month}",
        .signatures = "制表人|审核人|负责人|日期（盖章）",
        .sections = {{.table = "rows", COLUMNS(DIBAO_FORM), .empty = "没有数"}},
    },
    {
        .id = "round",
        .words = "走访名单：每村另起一页，留空填写",
        .head = "{place}|本表 {rows} 人|{basis}",
        .note = "平常的探访在起止日期以内的也算，只登记一次。",
        .signatures = "走访人|负责人|日期",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(ROUND), VILLAGES, .empty = "都走访到了"}},
    },
    {
        .id = "rounds",
        .words = "专项走访：各次的起止、范围、率",
        .head = "{area_name}|共 {rows} 次|{basis}",
        .note = "率＝已访÷应访，不四舍五入；免访和不计另列，不在应访里。",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(ROUNDS), .empty = "还没有专项走访"}},
    },
    {
        .id = "round_board",
        .words = "走访进度：各村(社区)或镇街",
        .head = "{area_name}|共 {rows} 行|{basis}",
        .note = "率＝已访÷应访，不四舍五入；免访和不计另列，不在应访里。",
        .signatures = "制表人|负责人|日期",
        .sections = {{.table = "rows", COLUMNS(BOARD), .empty = "没有应走访的人"}},
    },
    {
        .id = "standards",
        .words = "待遇标准和参数：哪天起、多少、依据",
        .head = "{area_name}|共 {rows} 行",
        .signatures = "制表人|审核人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(STANDARDS), .empty = "没有标准"}},
    },
    {
        .id = "sheet",
        .words = "一张印出去的应访表：各行今天怎样",
        .head = "{place}|{basis}|共 {rows} 人",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(SHEET), VILLAGES, .empty = "表上没有人"}},
    },
    {
        .id = "roster",
        .words = "名册：每村另起一页",
        .head = "{place}|{kind_name}|共 {rows} 件",
        .signatures = "制表人|审核人|负责人",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(ROSTER), VILLAGES, .empty = "名册上没有人"}},
    },
    {
        .id = "visits",
        .words = "一个人的探访记录表",
        .head =
            "户主：{head}|姓名：{person}|性别：{sex}|出生：{birth}|身份证号：{id_no}|电话：{phone}|"
            "{area_name}|住址：{address}|业务：{kind_name}|个案编号：{case_no}|"
            "家庭成员：{members}|类别：{categories}|档：{tier}|起始：{since}|探访人：{officer}|"
            "共 {rows} 次",
        .signatures = "探访人|本人或家属|审核人",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(VISITS), .empty = "还没有探访记录"}},
    },
    {
        .id = "bulletin",
        .words = "合规通报：各单位的数和近十二个月",
        .head = "{area_name}|{kind_name}",
        .note = "探访率＝已访÷应访，不四舍五入；免访、不计的人不在应访之内，另列。",
        .signatures = "制表人|审核人|负责人",
        .sections = {{.table = "rows", COLUMNS(BOARD), .empty = "没有应访的人"},
                     {.table = "trend", .title = "近十二个月", COLUMNS(TREND), .look = PLAN_TREND}},
    },
    {
        .id = "pace",
        .words = "逐日进度：每天访到几人，该到几人，还剩几人",
        .head = "{of}|应访 {owed}|已访 {so_far}|{note}|{basis}",
        .note = "按进度：应访的人平均到本月每一天，到这天该访到几人，不足一人算一人。"
                "照此月底：按至今的速度推到月底，不是保证；每月前四天不推算。",
        .sections =
            {{.table = "rows", COLUMNS(PACE), .look = PLAN_PACE, .empty = "这个月没有应访的人"}},
    },
    {
        .id = "trend",
        .words = "逐月趋势：近十二个月的数和探访率",
        .head = "{of}|{kind_name}|现况数",
        .note = "探访率＝已访÷应访，不四舍五入；免访、不计的人不在应访之内，另列。",
        .sections = {{.table = "rows", COLUMNS(TREND), .look = PLAN_TREND, .empty = "还没有月份"}},
    },
    {
        .id = "statement",
        .words = "月结表：合计、名单、签字",
        .head = "{area_name}|第 {version} 版|月结时间：{closed_at}|月结人：{closed_by}|{basis}",
        .note = "应访＝已访＋未访。免访、不计的人不在应访之内，另列，名单见下。"
                "合计是上报数，月结以后不变；现况是打印这天所知的。",
        .signatures = "制表人|审核人|负责人|日期（盖章）",
        .sections =
            {{.table = "figures", .title = "合计", COLUMNS(BOARD)},
             {.table = "rows", .title = "名单", COLUMNS(STATEMENT), .empty = "本月没有应访的人"}},
    },
    {
        .id = "why",
        .words = "看板上一个数的名单和原因：每村另起一页",
        .head = "{place}|共 {rows} 人",
        .signatures = "制表人|审核人",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(MISSED), VILLAGES, .empty = "没有人"}},
    },
    {
        .id = "notice",
        .words = "不予告知书：一份被拒绝的申请",
        .head = "{area_name}",
        .signatures = "经办机关（盖章）|送达人|申请人签收|送达日期",
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(NOTICE), .empty = "没有告知书"}},
    },
    {
        .id = "refused",
        .words = "不予名单：理由、日期、告知书送达没有",
        .head = "{area_name}|共 {rows} 份",
        .signatures = "制表人|负责人|日期",
        .wide = true,
        .sections = {{.table = "rows", COLUMNS(REFUSED), .empty = "没有不予的申请"}},
    },
    {
        .id = "publicity",
        .words = "公示名单：每村另起一页；儿童业务没有",
        .head = "{place}|{kind_name}|共 {rows} 户（人）",
        .note = "对名单有异议的，请在公示期内向镇街反映。",
        .signatures = "公示单位（盖章）|监督电话|张贴日期",
        .sections =
            {{.table = "rows", COLUMNS(PUBLICITY), VILLAGES, .empty = "没有正在公示的申请"}},
    },
    {
        .id = "excuses",
        .words = "免访审批",
        .head = "{area_name}|共 {rows} 件",
        .note = "免访须写明原因和起止日期，由申请人以外的负责人审批。",
        .signatures = "经办人|负责人",
        .wide = true,
        .tall = true,
        .sections = {{.table = "rows", COLUMNS(EXCUSES), .empty = "没有等待审批的免访申请"}},
    },
};

const struct plan *plan_at(size_t index)
{
    const size_t count = sizeof PLANS / sizeof PLANS[0];

    return index < count ? &PLANS[index] : plan_money_at(index - count);
}
