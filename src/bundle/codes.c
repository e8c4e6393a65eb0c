/*
 * codes.csv of the bundle: what the fixed values of its columns mean.
 */
#include "bundle/codes.h"

#include "base/words.h"
#include "bundle/extract_files.h"
#include "db/alarm.h"
#include "db/round.h"
#include "domain/area.h"
#include "domain/duty.h"
#include "form/form.h"
#include "service/keeping/area_change.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/marks.h"
#include "service/memory/excuses.h"

#include <string.h>

static const char *const code_columns[] = {"list", "value", "code", "zh", "en"};

struct value {
    const char *value, *zh, *en;
};

struct list {
    const char *id;
    size_t count;
    const struct value *values;
};

// ---- the program's own values

static const struct value TYPES[] = {
    [DICTIONARY_TEXT] = {"text", "文字", "text"},
    [DICTIONARY_NUMBER] = {"number", "整数", "whole number"},
    [DICTIONARY_DECIMAL] = {"decimal", "有小数的数", "number with decimals"},
    [DICTIONARY_FLAG] = {"flag", "1 是，0 否", "1 yes, 0 no"},
    [DICTIONARY_DATE] = {"date", "日期 YYYY-MM-DD", "date YYYY-MM-DD"},
    [DICTIONARY_DATES] = {"dates", "几个日期，空格隔开", "dates, a blank between"},
    [DICTIONARY_MONTH] = {"month", "月份 YYYY-MM", "month YYYY-MM"},
    [DICTIONARY_MOMENT] = {"moment", "北京时间 YYYY-MM-DD HH:MM:SS",
                           "China time (UTC+8) YYYY-MM-DD HH:MM:SS"},
    [DICTIONARY_ID] = {"id", "编号：只用来指认，不是数量", "number that only names a record"},
    [DICTIONARY_IDS] = {"ids", "几个编号，空格隔开", "such numbers, a blank between"},
    [DICTIONARY_AREA] = {"area", "区划代码，12 位", "division, 12 digits (areas.csv)"},
    [DICTIONARY_HEX] = {"hex", "字节，十六进制小写", "bytes, lower-case hexadecimal"},
    [DICTIONARY_CODE] = {"code", "codes.csv 里一组值之一", "one value of a list in codes.csv"},
    [DICTIONARY_PAIRS] = {"pairs", "名字=值，竖线隔开；转义见 README.txt",
                          "name=value with | between; escapes as in README.txt"},
    [DICTIONARY_CHANGES] = {"changes", "名字=原值→新值，竖线隔开；转义见 README.txt",
                            "name=old→new with | between; escapes as in README.txt"},
};

static const struct value EMPTIES[] = {
    [DICTIONARY_NEVER] = {"never", "从不为空", "never empty"},
    [DICTIONARY_NONE] = {"none", "没有", "there is none"},
    [DICTIONARY_UNKNOWN] = {"unknown", "没有登记，不等于没有", "not entered: not the same as none"},
    [DICTIONARY_OWED] = {"not_owed", "没有应访的人，没有探访率；不是 0 也不是 100",
                         "nobody was owed a visit: there is no rate, neither 0 nor 100"},
};

static const struct value UNITS[] = {
    {"people", "人次：一人一项业务一个月算一次", "persons, once a month and programme"},
    {"visits", "次", "visits"},
    {"days", "天", "days"},
    {"percent", "百分之几", "per cent"},
    {"yuan", "元", "yuan"},
    {"amount", "元；参数看名称", "yuan; of a parameter see its name"},
};

static const struct value CASE_STATES[] = {
    {CASE_ACTIVE, CASE_ACTIVE_LABEL, "on the books"},
    {CASE_CLOSED, CASE_CLOSED_LABEL, "ended"},
};

static const struct value DUTY_TYPES[] = {
    {DUTY_TYPE_VISIT, "探访", "visit"},
    {DUTY_TYPE_REVIEW, "复核", "review"},
};

static const struct value UNREPORTED[] = {
    {"unreported", "月结以后才补的，没有上报过", "made after the month was closed: not reported"},
};

static const struct value EXCUSE_STATES[] = {
    {EXCUSE_ASKED, "已申请", "asked for"},
    {EXCUSE_GRANTED, "同意", "granted"},
    {EXCUSE_REFUSED, "退回", "refused"},
    {EXCUSE_REVOKED, "撤销", "revoked"},
};

static const struct value BASES[] = {
    {"reported", "上报数：月结时定下的", "as reported when the month was closed"},
    {"known", "现况数：今天知道的", "as known on the bundle's day"},
};

static const struct value ALARM_STATES[] = {
    {ALARM_OPEN, "没人接手", "open"},
    {ALARM_TAKEN, "有人在办", "an officer acts on it"},
    {ALARM_DONE, "已办结", "ended with words"},
    {ALARM_VOID, "不再成立", "its reason is gone"},
};

static const struct value AREA_CHANGE_STATES[] = {
    {AREA_CHANGE_PLANNED, "到那天才生效", "takes effect on its day"},
    {AREA_CHANGE_DONE, "已生效", "in effect"},
    {AREA_CHANGE_UNDONE, "已撤销", "undone"},
};

static const struct value ROUND_STATES_OF[] = {
    {ROUND_MADE, "已发起", "made"},
    {ROUND_CLOSED, "提前结束，算到那天", "ended early: it counts up to that day"},
    {ROUND_WITHDRAWN, "撤销，没有应走访的人", "withdrawn: nobody is owed a visit"},
};

static const struct value SEXES[] = {
    {"1", "男", "male"},
    {"2", "女", "female"},
    {"0", "未知", "unknown"},
    {"9", "未说明", "not stated"},
};

#define LIST(name, values)                                                                         \
    {                                                                                              \
        (name), sizeof(values) / sizeof((values)[0]), (values)                                     \
    }

static const struct list LISTS[] = {
    LIST("type", TYPES),
    LIST("empty", EMPTIES),
    LIST("unit", UNITS),
    LIST("case_state", CASE_STATES),
    LIST("duty_type", DUTY_TYPES),
    LIST("area_change_state", AREA_CHANGE_STATES),
    LIST("reported_state", UNREPORTED),
    LIST("excuse_state", EXCUSE_STATES),
    LIST("basis", BASES),
    LIST("alarm_state", ALARM_STATES),
    LIST("round_state", ROUND_STATES_OF),
    LIST("sex_code", SEXES),
};

#undef LIST

const char *codes_type(enum dictionary_type type)
{
    return TYPES[type].value;
}

const char *codes_empty(enum dictionary_empty empty)
{
    return EMPTIES[empty].value;
}

const char *codes_empty_words(enum dictionary_empty empty)
{
    return EMPTIES[empty].zh;
}

// ---- rows

static enum result add(struct extract_line *line, const char *list, const char *value,
                       const char *code, const char *zh, const char *en)
{
    extract_text(line, list);
    extract_text(line, value);
    extract_text(line, code);
    extract_text(line, zh);
    extract_text(line, en);
    return extract_send(line);
}

static enum result add_lists(struct extract_line *line)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof LISTS / sizeof LISTS[0]; i++)
        for (size_t k = 0; k < LISTS[i].count && result == 0; k++) {
            const struct value *value = &LISTS[i].values[k];
            result = add(line, LISTS[i].id, value->value, "", value->zh, value->en);
        }
    return result;
}

/** Values whose Chinese words another table has. */
static enum result add_labelled(struct extract_line *line)
{
    static const struct {
        const char *value, *en;
    } kinds[] = {{ALARM_FINDING, "emergency found at a visit"},
                 {ALARM_BEREAVED, "household that lost a member"},
                 {ALARM_POSTHUMOUS, "visits dated after a death"},
                 {ALARM_ELSEWHERE, "entered by another street"},
                 {ALARM_UNMET, "not met several times in a row"}},
      marks[] = {{MARK_SINCE, "first day"},
                 {MARK_EXIT, "exit"},
                 {MARK_AREA, "village"},
                 {MARK_UNOWED, "whether visits are owed"}};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0] && result == 0; i++)
        result = add(line, "alarm_kind", kinds[i].value, "", alarm_kind_find(kinds[i].value)->label,
                     kinds[i].en);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0] && result == 0; i++)
        result = add(line, "mark", marks[i].value, "", marks_label(marks[i].value), marks[i].en);
    return result;
}

/** States by one and by the other name of their list. */
static enum result add_states(struct extract_line *line)
{
    static const char *const english[] = {[DUTY_PENDING] = "owed, not reached yet",
                                          [DUTY_REACHED] = "owed and reached",
                                          [DUTY_MISSED] = "owed, not reached, month closed",
                                          [DUTY_EXCUSED] = "excused: not owed",
                                          [DUTY_NOT_COUNTED] = "not counted: not owed"};
    static const char *const lists[] = {"duty_state", "reported_state"};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        for (enum duty_state state = DUTY_PENDING; state <= DUTY_NOT_COUNTED && result == 0;
             state++)
            result = add(line, lists[i], duty_state_name(state), "", duty_state_label(state),
                         english[state]);
    return result;
}

static enum result add_roles(struct extract_line *line)
{
    enum result result = RESULT_OK;

    for (enum role role = ROLE_NONE + 1; role < ROLE_COUNT_ && result == 0; role++)
        result = add(line, "role", access_role_name(role), "", access_role_label(role),
                     access_role_name(role));
    return result;
}

static enum result add_actions(struct extract_line *line)
{
    enum result result = RESULT_OK;

    for (enum action action = 0; action < ACTION_COUNT_ && result == 0; action++) {
        const struct access_action *row = access_find(action);
        result = add(line, "action", row->id, "", row->label, row->id);
    }
    return result;
}

static enum result add_results(struct extract_line *line)
{
    enum result added = RESULT_OK;

    for (enum result result = RESULT_OK; result < RESULT_COUNT_ && added == 0; result++) {
        struct str code = {0};

        str_printf(&code, "%d", (int)result);
        added = add(line, "result", result_name(result), str_text(&code), result_words(result),
                    result_name(result));
        str_free(&code);
    }
    return added;
}

static enum result add_levels(struct extract_line *line)
{
    static const char *const words[] = {[AREA_PROVINCE] = "省",
                                        [AREA_CITY] = "市",
                                        [AREA_COUNTY] = "县区",
                                        [AREA_STREET] = "镇街",
                                        [AREA_VILLAGE] = "村(社区)"};
    enum result result = RESULT_OK;

    for (enum area_level level = AREA_PROVINCE; level <= AREA_VILLAGE && result == 0; level++)
        result =
            add(line, "level", area_level_name(level), "", words[level], area_level_name(level));
    return result;
}

static bool is_column_type(const char *name)
{
    for (size_t i = 0; i < sizeof TYPES / sizeof TYPES[0]; i++)
        if (strcmp(TYPES[i].value, name) == 0)
            return true;
    return false;
}

/** Types that only fields have. */
static enum result add_field_types(struct extract_line *line)
{
    const struct field_type *type;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (type = type_at(i)) != NULL; i++)
        if (!is_column_type(type->name))
            result = add(line, "type", type->name, "", type->label, type->name);
    return result;
}

static enum result add_programmes(struct extract_line *line, const struct forms *forms)
{
    const struct form *form;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (form = forms_programme(forms, i)) != NULL; i++)
        result = add(line, "programme", form->kind, form->code, form->title, form->kind);
    return result;
}

static enum result add_form_codes(struct extract_line *line, const struct forms *forms)
{
    const struct form_codes *codes;
    enum result result = RESULT_OK;

    for (size_t i = 0; result == 0 && (codes = forms_codes_at(forms, i)) != NULL; i++)
        for (size_t k = 0; k < codes->count && result == 0; k++)
            result = add(line, codes->id, codes->items[k].label, codes->items[k].code,
                         codes->items[k].label, "");
    return result;
}

static enum result code_rows(struct service *service, const struct extract_file *file,
                             extract_row_fn row, void *arg)
{
    const struct forms *forms = service_forms(service);
    struct extract_line line = {.row = row, .arg = arg, .columns = file->column_count};
    static enum result (*const parts[])(struct extract_line *) = {
        add_lists,   add_labelled, add_states, add_roles,
        add_actions, add_results,  add_levels, add_field_types};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && result == 0; i++)
        result = parts[i](&line);
    if (result == 0)
        result = add_programmes(&line, forms);
    if (result == 0)
        result = add_form_codes(&line, forms);
    extract_line_free(&line);
    return result;
}

EXTRACT_FILE(codes, NULL, "代码表：列和字段里固定的值是什么意思",
             "the fixed values of columns and fields", code_columns, .rows = code_rows);
