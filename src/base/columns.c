#include "base/columns.h"

#include <string.h>

static const struct sheet_column TABLE[] = {
    {"about", "对象", 24, false},
    {"account", "账号", 20, false},
    {"action", "操作", 16, false},
    {"add", "分类救助", 10, true, COLUMN_MONEY},
    {"address", "住址", 30, false},
    {"after", "调整后", 12, true, COLUMN_MONEY},
    {"after_death", "死后", 4, false},
    {"age", "年龄", 4, true},
    {"alarm", "", 0, false},
    {"area", "区划代码", 12, false},
    {"area_name", "村(社区)", 14, false},
    {"areas", "范围", 20, false},
    {"asked", "免访申请", 8, false},
    {"asked_by", "申请人", 10, false},
    {"at", "时间", 19, false, COLUMN_TIME},
    {"attempted", "未见到", 8, true},
    {"attempts", "未见到", 8, true},
    {"bank", "开户银行", 16, false},
    {"base", "保障金", 10, true, COLUMN_MONEY},
    {"base_value", "基期", 8, false},
    {"basis", "口径", 6, false},
    {"batch", "批次", 12, false},
    {"before", "调整前", 12, true, COLUMN_MONEY},
    {"began", "起始", 10, false, COLUMN_DATE},
    {"behind", "落后", 6, true},
    {"bundle", "种类", 4, false},
    {"by", "探访人", 10, false},
    {"by_name", "设置人", 10, false},
    {"care", "照料护理", 10, true, COLUMN_MONEY},
    {"case_id", "", 0, false},
    {"case_no", "个案编号", 18, false},
    {"cases", "个案", 6, true},
    {"categories", "类别", 14, false},
    {"changed", "有变动", 6, true},
    {"changes", "变更", 40, false},
    {"checked_at", "确认时间", 19, false, COLUMN_TIME},
    {"checked_on", "抽查日期", 10, false, COLUMN_DATE},
    {"checker", "确认人", 10, false},
    {"checker_name", "确认人", 10, false},
    {"clock", "时限", 12, false},
    {"closed_on", "退出日期", 10, false, COLUMN_DATE},
    {"closes_on", "自动月结", 10, false, COLUMN_DATE},
    {"code", "代码", 12, false},
    {"column", "列", 12, false},
    {"computed", "重算", 8, true},
    {"covered", "是否保障", 8, false},
    {"credited", "计入", 20, false},
    {"date", "日期", 10, false, COLUMN_DATE},
    {"days", "缺几天", 6, true},
    {"days_left", "剩余天数", 8, true},
    {"death", "死亡日期", 10, false, COLUMN_DATE},
    {"decided_by", "决定人", 10, false},
    {"denominator", "分母", 8, true},
    {"difference", "增减", 10, true, COLUMN_MONEY},
    {"differences", "不符", 6, true},
    {"differs", "不一致", 6, false},
    {"dismissed", "本月不办", 8, true},
    {"done", "已探访", 6, true},
    {"doubted", "待认", 4, true},
    {"drawer", "抽取人", 10, false},
    {"drawn", "抽中", 6, true},
    {"due_on", "到期", 10, false, COLUMN_DATE},
    {"duties", "应访任务", 8, true},
    {"excuse", "免访", 8, false},
    {"excused", "免访", 6, true},
    {"exit_reason", "退出原因", 10, false},
    {"fact", "事实", 30, false},
    {"facts", "要点", 30, false},
    {"field", "", 0, false},
    {"figure", "项目", 12, false},
    {"file", "文件", 30, false},
    {"filed", "从本表录入", 20, false},
    {"finding", "发现和处置", 24, false},
    {"fixed", "按录入发", 8, true},
    {"forecast", "照此月底", 8, true},
    {"form", "", 0, false},
    {"former", "曾用名", 20, false},
    {"from", "起始日", 10, false, COLUMN_DATE},
    {"fulfilled", "达标", 6, true},
    {"fulfils", "计入业务", 12, false},
    {"gone", "本月自行办结", 12, true},
    {"hash", "人数校验", 16, false},
    {"heading", "列名", 16, false},
    {"headings", "", 0, false},
    {"holder", "账户名称", 12, false},
    {"holder_relation", "与开户人关系", 10, false},
    {"how", "算法", 50, false},
    {"id", "工号", 8, false},
    {"id_no", "身份证号", 18, false},
    {"ignored", "", 0, false},
    {"inspector", "抽查人", 10, false},
    {"into", "去向", 12, false},
    {"is_paid", "", 0, false},
    {"job", "任务", 12, false},
    {"key", "代码", 12, false},
    {"kind", "业务", 10, false},
    {"kind_name", "业务", 8, false},
    {"known", "已登记", 20, false},
    {"known_owed", "现况应访", 8, true},
    {"known_reached", "现况已访", 8, true},
    {"known_reason", "现况说明", 30, false},
    {"known_state", "现况", 10, false},
    {"known_words", "现况", 8, false},
    {"label", "项目", 14, false},
    {"last_visit", "上次", 10, false, COLUMN_DATE},
    {"late", "补录", 6, true},
    {"leads_done", "本月办理", 8, true},
    {"leave", "", 0, false},
    {"level", "级别", 8, false},
    {"line", "行", 6, true},
    {"locked", "锁定", 6, false},
    {"made_at", "打印时间", 19, false},
    {"made_by", "打印人", 10, false},
    {"maker", "制表人", 10, false},
    {"may", "", 0, false},
    {"measure", "", 0, false},
    {"mine", "", 0, false},
    {"missed", "未访", 6, true},
    {"mode", "方式", 6, false},
    {"month", "月份", 7, false, COLUMN_MONTH},
    {"months", "月份", 24, false},
    {"more", "每月增加", 12, true, COLUMN_MONEY},
    {"name", "姓名", 12, false},
    {"names", "姓名", 40, false},
    {"need", "应探访", 6, true},
    {"new_name", "新名称", 14, false},
    {"newly", "新算得出", 8, true},
    {"newly_total", "其每月", 12, true, COLUMN_MONEY},
    {"no", "指标号", 6, false},
    {"not_counted", "不计", 6, true},
    {"not_met", "未见到", 6, true},
    {"note", "备注", 30, false},
    {"noticed", "送达日期", 10, false, COLUMN_DATE},
    {"now", "现应发", 10, true},
    {"number", "编号", 4, true},
    {"numerator", "分子", 8, true},
    {"of", "", 0, false},
    {"office", "发起单位", 14, false},
    {"officer", "探访人", 10, false},
    {"officers", "经办人", 6, true},
    {"oldest", "最早", 10, false, COLUMN_DATE},
    {"open", "待办", 6, true},
    {"opinion", "意见", 30, false},
    {"other_area_name", "另一处村(社区)", 14, false},
    {"other_case_id", "", 0, false},
    {"other_case_no", "另一处个案编号", 18, false},
    {"other_id_no", "另一处身份证号", 18, false},
    {"other_name", "另一处姓名", 12, false},
    {"other_person_id", "", 0, false},
    {"other_value", "另一份", 30, false},
    {"overdue", "逾期", 6, true},
    {"overpaid", "多发", 10, true, COLUMN_MONEY},
    {"owed", "应访", 6, true},
    {"pace", "应到", 6, true},
    {"paid", "已发", 10, true, COLUMN_MONEY},
    {"parent", "上级", 12, false},
    {"part", "组成", 6, false},
    {"path", "", 0, false},
    {"payable", "可发", 6, true},
    {"pending", "待访", 6, true},
    {"people", "家庭人口", 8, true},
    {"per_day", "每天还需", 8, true},
    {"person_id", "", 0, false},
    {"persons", "人员", 6, true},
    {"phone", "电话", 12, false},
    {"place", "", 0, false},
    {"population", "已访", 6, true},
    {"print_state", "", 0, false},
    {"printer", "打印到", 20, false},
    {"proposal", "", 0, false},
    {"protected", "保障人数", 8, true},
    {"rate", "探访率%", 8, true, COLUMN_RATE},
    {"reached", "已访", 6, true},
    {"reached_on", "探访日期", 10, false, COLUMN_DATE},
    {"reason", "原因", 30, false},
    {"receipt", "回执", 10, false},
    {"receiver", "接收单位", 12, false},
    {"record", "记录", 20, false},
    {"reference", "附言", 20, false},
    {"relation", "与户主关系", 10, false},
    {"remark", "提示", 40, false},
    {"reported", "报送", 24, false},
    {"result", "结果", 8, false},
    {"returned", "退回", 6, true},
    {"right", "属实", 6, true},
    {"role", "角色", 14, false},
    {"round", "", 0, false},
    {"row_code", "行码", 6, true},
    {"rows", "行数", 8, true},
    {"rule", "", 0, false},
    {"scope", "", 0, false},
    {"section", "", 0, false},
    {"seed", "种子", 12, false},
    {"send_to", "", 0, false},
    {"sent", "所报", 8, true},
    {"sent_at", "送出", 19, false, COLUMN_TIME},
    {"session", "会话", 8, false},
    {"share", "比例%", 6, true},
    {"sheet_code", "表号", 9, false},
    {"since", "起始日期", 10, false, COLUMN_DATE},
    {"since_then", "月结以后", 40, false},
    {"so_far", "累计", 6, true},
    {"source", "依据", 24, false},
    {"spare", "余地", 8, false},
    {"stand_in", "代", 8, false},
    {"state", "状态", 10, false},
    {"stated", "录入金额", 10, true, COLUMN_MONEY},
    {"status", "状态", 12, false},
    {"step", "步骤", 10, false},
    {"step_id", "", 0, false},
    {"substitute", "替班人", 10, false},
    {"successor", "现代码", 12, false},
    {"successor_name", "现为", 14, false},
    {"superseded", "已更正", 6, false},
    {"suspects", "可疑", 4, true},
    {"taken", "已接手", 6, true},
    {"target", "目标", 8, false},
    {"terminal", "终端", 12, false},
    {"text", "内容", 50, false},
    {"tier", "档", 4, false},
    {"tiers", "档", 8, false},
    {"title", "标题", 24, false},
    {"to", "截止日", 10, false, COLUMN_DATE},
    {"todo", "怎么办", 30, false},
    {"topup", "差额补足", 10, true, COLUMN_MONEY},
    {"total", "合计", 10, true, COLUMN_MONEY},
    {"trend", "趋势", 30, false},
    {"tries", "试过", 4, true},
    {"type", "", 0, false},
    {"unchecked", "未查", 6, true},
    {"unit", "单位", 6, false},
    {"unknown", "算不出", 6, true},
    {"unpaid", "不能发", 6, true},
    {"until", "撤销日", 10, false, COLUMN_DATE},
    {"used", "用于", 12, false},
    {"value", "值", 30, false},
    {"version", "版本", 4, true},
    {"visit", "", 0, false},
    {"visits", "探访", 30, false},
    {"void", "作废", 20, false},
    {"waiting", "等前一包", 8, true},
    {"waits_for", "等谁办", 20, false},
    {"was", "上次", 10, true, COLUMN_MONEY},
    {"what", "事项", 8, false},
    {"who", "人员", 14, false},
    {"why", "说明", 40, false},
    {"words", "状态", 12, false},
    {"wrong", "不属实", 6, true},
};

#define LIST(name, contract_count, ...)                                                            \
    static const char *const name##_IDS[] = {__VA_ARGS__};                                         \
    const struct column_list COLUMNS_##name = {                                                    \
        .ids = name##_IDS,                                                                         \
        .count = sizeof(name##_IDS) / sizeof(name##_IDS[0]),                                       \
        .contract =                                                                                \
            (contract_count) != 0 ? (contract_count) : sizeof(name##_IDS) / sizeof(name##_IDS[0]), \
    }

#define DUE_CONTRACT                                                                               \
    "case_no", "area", "area_name", "name", "id_no", "age", "kind", "categories", "tier", "need",  \
        "done", "last_visit", "due_on", "status", "officer", "phone", "address"
#define DUE_REST                                                                                   \
    "case_id", "person_id", "kind_name", "words", "attempts", "asked", "type", "late", "excuse",   \
        "place", "stand_in"
LIST(DUE, 17, DUE_CONTRACT, DUE_REST);
LIST(NEARLY, 0, DUE_CONTRACT, DUE_REST, "spare", "days_left");
LIST(STRIP, 0, "key", "owed", "rate");
LIST(SHEET_MADE, 19, DUE_CONTRACT, "sheet_code", "row_code", DUE_REST);
LIST(SHEET, 16, "sheet_code", "row_code", "month", "case_no", "name", "area", "area_name", "kind",
     "tier", "need", "done", "status", "filed", "remark", "made_at", "made_by", "number", "state",
     "case_id", "kind_name", "words", "officer");
LIST(BOARD, 12, "key", "name", "owed", "reached", "fulfilled", "pending", "missed", "excused",
     "not_counted", "attempted", "late", "rate", "suspects", "forecast", "per_day");
LIST(WHY, 6, "case_no", "name", "area", "state", "reason", "reached_on", "case_id", "area_name",
     "kind", "kind_name", "officer", "words", "attempts");
LIST(SUSPICIOUS, 9, "rule", "title", "case_no", "name", "area", "area_name", "officer", "date",
     "fact", "case_id");
LIST(UPCOMING, 8, "date", "what", "case_no", "name", "id_no", "area", "area_name", "note",
     "case_id", "kind_name");
LIST(LEADS, 10, "rule", "title", "case_no", "name", "id_no", "area", "area_name", "since", "why",
     "state", "case_id", "person_id", "todo", "source", "steps");
LIST(LEAD_COUNTS, 8, "key", "name", "open", "taken", "oldest", "leads_done", "dismissed", "gone");
LIST(SUSPECTS, 0, "key", "suspects");
LIST(TREND, 0, "month", "owed", "reached", "fulfilled", "pending", "missed", "excused",
     "not_counted", "attempted", "late", "rate");
LIST(PACE, 0, "date", "reached", "so_far", "pace", "behind", "owed", "note");
LIST(MONTHS, 0, "month", "area", "area_name", "state", "version", "at", "by", "reason",
     "closes_on");
LIST(STATEMENT, 11, "case_no", "name", "area", "kind", "officer", "state", "reason", "reached_on",
     "known_state", "known_reason", "since_then", "area_name", "kind_name", "words", "known_words");
LIST(CASES, 14, "case_no", "kind", "kind_name", "name", "id_no", "age", "area", "area_name",
     "categories", "tier", "state", "since", "closed_on", "officer", "case_id", "person_id");
LIST(ROSTER, 16, "case_no", "kind", "kind_name", "name", "id_no", "age", "area", "area_name",
     "categories", "tier", "state", "since", "closed_on", "officer", "phone", "address", "facts",
     "case_id", "person_id");
LIST(PROPOSALS, 0, "name", "kind", "kind_name", "area", "area_name", "state", "since", "officer",
     "reason", "at", "proposal", "words");
LIST(STEPS, 8, "case_no", "name", "kind", "step", "began", "due_on", "days_left", "waits_for",
     "kind_name", "area", "area_name", "state", "mine", "proposal", "version", "step_id", "why");
LIST(CASE_STEPS, 0, "case_no", "name", "kind", "step", "began", "due_on", "days_left", "waits_for",
     "kind_name", "area", "area_name", "state", "mine", "proposal", "version", "step_id", "why",
     "at", "result", "by", "opinion", "to");
LIST(NOTICE, 0, "label", "text");
LIST(REFUSED, 10, "case_no", "name", "kind", "area", "area_name", "words", "date", "reason",
     "noticed", "decided_by", "kind_name", "proposal");
LIST(PUBLICITY, 0, "kind_name", "name", "people", "protected", "area", "area_name", "total", "from",
     "to", "kind");
LIST(STEP_LOG, 0, "at", "step", "result", "by", "opinion", "to");
LIST(FIND, 0, "name", "id_no", "age", "area_name", "phone", "address", "case_no", "kind_name",
     "state", "case_id", "person_id");
LIST(CASE_DUTIES, 0, "month", "type", "words", "need", "done", "last_visit", "attempts", "late",
     "reason", "area_name", "excuse");
LIST(VISITS, 0, "date", "kind_name", "mode", "result", "by", "officer", "at", "late", "credited",
     "note", "finding", "superseded", "void", "after_death", "visit", "fulfils");
LIST(PEOPLE, 0, "person_id", "name", "relation", "covered", "death");
LIST(HOUSEHOLD, 0, "person_id", "name", "relation", "covered", "age", "phone", "address", "death",
     "kind_name", "state", "case_no", "since", "area_name", "case_id");
LIST(REVIEWS, 0, "date", "result", "note", "by", "at");
LIST(OFFICERS, 0, "id", "name", "role", "area", "area_name", "phone", "locked");
LIST(AREAS, 0, "code", "name", "parent", "level", "from", "until", "successor", "successor_name",
     "former");
LIST(AREA_STEPS, 0, "what", "code", "name", "into", "new_name", "cases", "persons", "officers",
     "duties");
LIST(AREA_DIFFERENCES, 0, "what", "code", "name", "into", "new_name", "note", "cases", "persons",
     "officers", "duties");
LIST(AREA_CHANGES, 0, "number", "from", "state", "changes", "cases", "persons", "officers",
     "duties", "at", "by", "note");
LIST(BENEFIT, 15, "case_no", "name", "id_no", "area", "area_name", "kind", "month", "persons",
     "base", "add", "care", "topup", "total", "stated", "why", "case_id", "kind_name", "differs");
LIST(BENEFIT_LINES, 8, "case_no", "name", "kind", "month", "part", "label", "value", "how", "id_no",
     "area", "area_name", "case_id", "kind_name", "is_paid");
LIST(STANDARD_TRIAL, 0, "kind", "kind_name", "month", "cases", "changed", "persons", "before",
     "after", "more", "unknown", "newly", "newly_total", "fixed", "why");
LIST(STANDARD_NAMES, 0, "name", "what", "used", "value", "from", "area", "area_name", "state");
LIST(STANDARDS, 9, "name", "area", "from", "value", "source", "by", "at", "state", "checker",
     "area_name", "by_name", "checker_name");
LIST(EVENTS, 10, "at", "officer", "action", "record", "area", "result", "changes", "note",
     "terminal", "session", "who", "about");
LIST(STATUS, 0, "name", "value");
LIST(MEASURES, 0, "measure", "of", "value", "label");
LIST(REFUSALS, 0, "line", "column", "value", "reason", "name");
LIST(REMARKS, 0, "line", "name", "column", "value", "remark");
LIST(DIFFERENCES, 5, "line", "name", "label", "known", "value", "field");
LIST(HEADINGS, 0, "heading", "field", "label", "state", "ignored");
LIST(FIELDS, 0, "field", "label", "section", "headings");
LIST(UNRESTORED, 0, "name", "label", "remark");
LIST(ALARMS, 0, "text", "case_id", "kind", "what", "alarm", "area", "round");
LIST(ROUNDS, 0, "name", "reason", "from", "to", "clock", "tiers", "areas", "owed", "reached",
     "pending", "missed", "excused", "not_counted", "rate", "state", "by", "at", "remark", "round",
     "may", "office", "reported");
LIST(ROUND, 0, "case_no", "name", "age", "area", "area_name", "kind_name", "categories", "tier",
     "state", "words", "attempts", "last_visit", "reached_on", "officer", "phone", "address",
     "kind", "case_id", "person_id");
LIST(LEAVES, 0, "what", "state", "officer", "substitute", "from", "to", "area_name", "persons",
     "reason", "by", "at", "remark", "leave", "may");
LIST(DRAFTS, 0, "form", "record", "title", "at");
LIST(EXCUSES, 0, "case_no", "name", "area_name", "month", "reason", "from", "to", "note", "by",
     "case_id");
LIST(STREETS, 0, "key", "name", "pending", "rate", "overdue", "names");
LIST(HISTORY, 0, "at", "action", "title", "text", "state", "by", "batch", "printer", "job", "what",
     "month", "area", "print_state", "scope");
LIST(OUTBOX, 10, "date", "receiver", "title", "number", "bundle", "state", "tries", "sent_at",
     "receipt", "text", "send_to", "path");
LIST(RECEIPTS, 0, "date", "receiver", "number", "state", "text", "file");
LIST(OVERLAPS, 8, "id_no", "name", "case_no", "kind_name", "area", "area_name", "since", "remark",
     "case_id");
LIST(DUPLICATES, 11, "what", "name", "id_no", "case_no", "area", "area_name", "other_name",
     "other_id_no", "other_case_no", "other_area_name", "remark", "case_id", "other_case_id",
     "person_id", "other_person_id");
LIST(MERGES, 11, "number", "state", "name", "other_name", "area", "area_name", "reason", "asked_by",
     "at", "checker", "checked_at", "remark");
LIST(MERGE_SIDES, 0, "label", "value", "other_value", "state", "field");
LIST(SENDERS, 0, "key", "name", "state", "number", "date", "at", "rows", "differences", "days",
     "waiting");
LIST(SENT_DIFFERENCES, 10, "key", "name", "month", "area", "area_name", "kind", "figure", "sent",
     "computed", "names", "kind_name", "title", "words");
LIST(PAYROLLS, 14, "month", "kind", "kind_name", "area", "area_name", "version", "state", "payable",
     "total", "unpaid", "returned", "maker", "checker", "doubted", "at", "checked_at");
LIST(PAYROLL, 20, "case_no", "name", "id_no", "area", "area_name", "kind", "month", "persons",
     "base", "add", "care", "topup", "total", "holder", "holder_relation", "bank", "account",
     "state", "why", "reference", "case_id", "kind_name");
LIST(PAYROLL_CHECK, 9, "what", "case_no", "name", "area", "area_name", "was", "total", "difference",
     "why", "case_id");
LIST(OVERPAID, 10, "case_no", "name", "id_no", "area", "area_name", "kind", "months", "paid",
     "overpaid", "why", "case_id", "kind_name");
LIST(RAISES, 13, "case_no", "name", "id_no", "area", "area_name", "kind", "month", "paid", "now",
     "difference", "state", "why", "decided_by", "case_id", "kind_name");
LIST(SPOTCHECKS, 16, "month", "area", "area_name", "number", "kind", "seed", "share", "population",
     "drawn", "right", "wrong", "not_met", "unchecked", "at", "drawer", "hash");
LIST(SPOTCHECK, 13, "row_code", "case_no", "name", "area", "area_name", "kind", "reached_on",
     "visits", "officer", "result", "note", "checked_on", "inspector", "case_id", "kind_name",
     "phone", "address");
LIST(SPOTCHECK_COUNTS, 0, "key", "name", "drawn", "right", "wrong", "not_met", "unchecked");
LIST(INDICATORS, 9, "no", "name", "unit", "base", "target", "value", "numerator", "denominator",
     "source", "unknown", "trend", "base_value", "basis", "rule");
LIST(INDICATOR_NAMES, 5, "case_no", "name", "area", "area_name", "state", "words", "case_id",
     "person_id");
LIST(DIBAO_FORM, 0, "no", "name", "unit", "value", "source", "remark");
LIST(LINES, 0, "line");

const struct sheet_column *column_find(const char *id)
{
    size_t low = 0;
    size_t high = sizeof TABLE / sizeof TABLE[0];

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, TABLE[middle].id);
        if (order == 0)
            return &TABLE[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

bool column_is_number(const char *id)
{
    const struct sheet_column *column = column_find(id);

    return column != NULL && column->number;
}

struct sheet *column_sheet(const struct column_list *list)
{
    return sheet_new_ids(list->ids, list->count);
}
