#include "bundle/extract.h"

#include "bundle/extract_files.h"
#include "db/store.h"
#include "service/memory/facts.h"

#include <string.h>

static const struct extract_file *const FILES[] = {
    &extract_file_persons,       &extract_file_cases,        &extract_file_members,
    &extract_file_visits,        &extract_file_duties,       &extract_file_compliance,
    &extract_file_events,        &extract_file_areas,        &extract_file_officers,
    &extract_file_standards,     &extract_file_statements,   &extract_file_statement_rows,
    &extract_file_reviews,       &extract_file_excuses,      &extract_file_marks,
    &extract_file_alarms,        &extract_file_area_changes, &extract_file_rounds,
    &extract_file_round_figures, &extract_file_dictionary,   &extract_file_codes,
};

const struct extract_file *extract_at(size_t index)
{
    return index < sizeof FILES / sizeof FILES[0] ? FILES[index] : NULL;
}

/** Tables that stay at home. */
static const struct {
    const char *table, *zh, *en;
} LEFT_OUT[] = {
    {"home", "本机的设置：区划和首月见本清单，其余只对本机有意义",
     "settings of this machine; the area stands in this manifest"},
    {"bundle", "收到的报送包：只对收的一方有意义",
     "bundles taken in: of use to their receiver only"},
    {"payroll", "发放花名册：由镇街留存，金额随标准可重算", "payment rosters: kept by the streets"},
    {"spotcheck", "抽查：由抽查的单位留存，从 visits.csv、duties.csv 按种子可重抽",
     "spot checks: kept where they were drawn; anybody can repeat a draw from its seed"},
    {"figure", "录入的指标和报表数：由录入的单位留存",
     "figures entered by hand: kept by the office"},
    {"draft", "还没有提交的输入", "input that was not submitted"},
    {"proposal", "草拟的个案：镇街收下以前不是个案，不进任何数字",
     "drafted cases: no cases and in no figure until a street files them"},
    {"sheet", "打印过的应访表：只为照表录入；录入的探访在 visits.csv",
     "printed due lists, for entry only; the visits entered from them are in visits.csv"},
    {"lead", "线索：由规则从各表算出，办理经过只在本单位",
     "leads: rules find them in these files; what officers did about them stays at home"},
    {"listed_death", "外来的死亡名单：只用来提示核实", "lists of deaths from outside: hints only"},
    {"sent_officer", "下级的经办人：在 officers.csv 里，工号前有单位",
     "officers of the senders below: in officers.csv, their numbers behind the sender"},
    {"merge", "合并的记录：合并后的人员和个案在各表里", "merges: their results are in these files"},
    {"leave", "请假和替班：不改变任何人的责任人和数字，由本单位留存",
     "leaves and substitutes: they change no figure; kept by the office"},
    {"handover", "接管：换了责任人的个案在 cases.csv，经过只在本单位",
     "handovers: the officers they gave are in cases.csv"},
    {"heading_map", "台账的列怎样对应：只对导入有用", "how ledgers' columns are read at import"},
};

/** The records of the table of that name; 0 for NULL. */
static uint64_t records_of(struct service *service, const char *name)
{
    const char *found = NULL;
    uint64_t records = 0;

    for (size_t i = 0; name != NULL && store_count(facts_store(service), i, &found, &records) == 0;
         i++)
        if (strcmp(found, name) == 0)
            return records;
    return 0;
}

enum result extract_table_at(struct service *service, size_t index, struct extract_table *ret_table)
{
    struct extract_table table = {0};
    enum result result = store_count(facts_store(service), index, &table.name, &table.records);

    if (result != 0)
        return result;
    for (size_t i = 0; i < sizeof FILES / sizeof FILES[0]; i++)
        if (FILES[i]->table != NULL && strcmp(FILES[i]->table, table.name) == 0) {
            table.file = FILES[i]->name;
            table.rows = table.records + records_of(service, FILES[i]->also);
        }
    for (size_t i = 0; i < sizeof LEFT_OUT / sizeof LEFT_OUT[0]; i++)
        if (strcmp(LEFT_OUT[i].table, table.name) == 0) {
            table.zh = LEFT_OUT[i].zh;
            table.en = LEFT_OUT[i].en;
        }
    if (table.file == NULL && table.zh == NULL) /* a new table without a place here */
        return RESULT_CORRUPT;
    *ret_table = table;
    return RESULT_OK;
}
