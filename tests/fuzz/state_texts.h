/**
 * What the random requests of state.c may have in their texts: a field's values with | between them.
 * The areas are those of the invented office. Included by state.c alone.
 */
#ifndef DOUDI_TESTS_FUZZ_STATE_TEXTS_H
#define DOUDI_TESTS_FUZZ_STATE_TEXTS_H

#include "tests/unit/service_fixture.h"

#define DAYS                                                                                       \
    "2026-11-01|2026-11-10|2026-11-20|2026-11-23|2026-11-24|2026-10-05|2026-12-01|2026-12-20|"     \
    "2025-02-29||明天|27"
#define AREAS                                                                                      \
    "|" COUNTY "|" STREET "|" VILLAGE "|" VILLAGE2 "|" OTHER_STREET "|" OTHER_VILLAGE              \
    "|" THIRD_VILLAGE "|999999"

static const struct {
    const char *message, *field, *texts; /* message "" = any */
} TEXTS[] = {
    {"RoundMake", "name", "寒潮走访|节日走访|x"},
    {"RoundMake", "reason", "寒潮|高温|x"},
    {"RoundMake", "tiers", "高|低|x"},
    {"RoundMake", "areas", AREAS},
    {"RoundShow", "by", "|village|street|x"},
    {"LeaveMake", "substitute", "v01|s01|s02|x"},
    {"", "area", AREAS},
    {"", "parent", AREAS},
    {"", "date", DAYS},
    {"", "from", DAYS},
    {"Printed", "to", "file|queue|x|"},
    {"PayrollIdentify", "reference", "|211103001DB2611-1|211103001DB2611-99|211103001DB2611-|x"},
    {"", "to", DAYS},
    {"", "since", DAYS},
    {"", "month", "|2026-10|2026-11|2026-11|2026-12|2026-09|2026-13"},
    {"CaseClose", "reason", "死亡|死亡|迁出|不再符合条件|x"},
    {"ExcuseAsk", "reason", "住院|外出|拒绝|x"},
    {"StepDo", "act", "done|done|return|pause|resume|refuse|withdraw|extend|x"},
    {"", "reason", "核对以后更正|x||登记错了人"},
    {"", "opinion", "核对以后更正|x|"},
    {"", "why", "核对以后更正|x|"},
    {"", "note", "已送医院，家属陪护||核对"},
    {"VisitAdd", "mode", "上门|上门|电话|视频|其他|x"},
    {"VisitAdd", "result", "成功|成功|未遇|拒访|x"},
    {"", "result", "继续保障|停止|x"},
    {"Board", "by", "village|street|county|officer|kind|x"},
    {"SpotcheckShow", "by", "|village|x"},
    {"", "until", "|2027-02-01|x"},
    {"", "rule", "|house_unsafe|x"},
    {"LeadAct", "what", "take|done|dismiss|x"},
    {"", "words", "已办理|x|"},
    {"VisitAdd", "by", "刘洋|v01|张敏||生人"},
    {"Find", "text", "王|wgl|211102|社区|刘|%"},
    {"", "kind", "tanfang|tanfang|dibao|tekun|guer||x"},
    {"Why", "state", "|owed|reached|pending|missed|excused|x"},
    {"", "after", "||x|" VILLAGE},
    {"DuePlace", "villages", "||x"},
    {"Value", "name", "health|safety|s_gas|em_done|need|x"},
    {"Value", "value", "正常|异常|关注|是|"},
    {"", "form", "tanfang|batch|x"},
    {"", "record", "new|batch"},
    {"", "seed", "开奖号|a b|"},
    {"", "finding", "属实|不属实|未见到|x|"},
    {"", "take", "name|phone|id_no|x"},
    {"", "title", "草稿|未登记完"},
    {"OfficerSet", "what", "passwd|lock|unlock|x"},
    {"AreaStep", "what", "add|rename|move|merge|close|x"},
    {"AreaStep", "code", AREAS},
    {"AreaStep", "into", AREAS},
    {"AreaStep", "name", "河沿社区|x|"},
    {"", "what", "应访清单|月结表|confirm|undo"},
    {"", "file", "ledger.csv"},
    {"ImportOpen", "headers", "姓名|身份证号|区划代码|类别|风险等级|纳入日期|联系电话|结果|日期|x"},
    {"ImportOpen", "save_map", "|甲表"},
    {"ImportTake", "field", "person.phone|person.address|x"},
    {"ImportOpen", "groups", "|家庭成员"},
    {"ImportRow", "fault", "|引号没有结束"},
    {"ImportRow", "cells", "王大山|高|独居|" VILLAGE "|2026-01-05|13900000009||x"},
    {"Sheet", "columns", "code|name|parent|level"},
    {"Sheet", "cells", "211102|x"},
    {"Sheet", "next", ""},
    {"Sheet", "basis", ""},
    {"", "batch", "1|2|x|"},
    {"", "officer", "v01|s01|s02|刘洋||x"},
    {"", "as_officer", ""},
    {"", "by", "刘洋|v01|"},
    {"OfficerAdd", "id", "n1|n2|v01"},
    {"OfficerEdit", "id", "n1|n2|zz"},
    {"OfficerSet", "id", "n1|n2"},
    {"OfficerEdit", "changes", "name|phone|area"},
    {"", "role", "street|village|chief|county|x"},
    {"StandardSet", "name", "探访间隔高|锁屏分钟|紧急处置时限|x"},
    {"StandardList", "name", "|锁屏分钟|x"},
    {"IndicatorNames", "name", "11|medical|beds|x"},
    {"IndicatorEnter", "name", "|12|beds|medical|x"},
    {"", "name", "王新来|李大海"},
    {"", "phone", "13900000009||123"},
    {"", "password", "Fuzzed-2026-x|x|"},
    {"Password", "old", "Fuzzed-2026-x|x"},
    {"Password", "new", "Fuzzed-2026-y|x"},
    {"", "admin_password", "Fuzzed-2026-x"},
    {"", "first_month", "2026-09"},
    {"", "terminal", "tty1"},
    {"", "software", "doudi"},
    {"", "directory", "/nonexistent/backup"},
    {"", "value", "5|20|x"},
    {"", "source", "街道规定"},
    {"", "action", "|visit.add|case.save|x"},
};

#endif
