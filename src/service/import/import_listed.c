/*
 * Records the rows of a list of deaths.
 */
#include "service/import/import_entry.h"
#include "service/import/import_restore.h"

#include "base/mem.h"
#include "db/lead.h"
#include "service/frame/record.h"
#include "service/memory/facts.h"

#include <stdlib.h>
#include <string.h>

static enum result say_listed(const struct import_entry *entry, const Rec__ListedDeath *listed,
                              const char *words)
{
    char date[DATE_TEXT];

    return reply_say(entry->usecase->reply, RESULT_CONFLICT, "名单上已有此人：%s，%s%s",
                     listed->name, date_format(listed->date, date), words);
}

/** The same person on an earlier list. */
static enum result compare(struct import_entry *entry, const Rec__ListedDeath *listed, day_t date)
{
    const struct import_column *column =
        import_column_of(&entry->plan->columns, IMPORT_RECORD, "id_no");

    if (listed->date != date || strcmp(listed->name, fields_get(&entry->values, "name")) != 0)
        return say_listed(entry, listed, "，和这一行不同；请核实哪一份对，改正后再导入");
    if (strcmp(listed->batch, entry->plan->batch) == 0)
        import_remark(entry, 0, column, "", "同一份名单里已有此人，只记一次");
    else
        import_remark(entry, 0, column, "", "以前的名单上已有此人，没有重复登记");
    return RESULT_OK;
}

static enum result put(struct usecase *usecase, const struct import_entry *entry, day_t date)
{
    Rec__ListedDeath *listed = mem_new(sizeof *listed);

    rec__listed_death__init(listed);
    record_set(&listed->id_no, fields_get(&entry->values, "id_no"));
    record_set(&listed->name, fields_get(&entry->values, "name"));
    listed->date = date;
    record_set(&listed->source, entry->plan->file);
    record_set(&listed->by, usecase->caller->officer);
    listed->at = usecase->now;
    record_set(&listed->batch, entry->plan->batch);
    enum result result = store_listed_death_put(usecase->txn, listed);
    rec__listed_death__free_unpacked(listed, NULL);
    return result;
}

enum result import_listed_record(struct import_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    struct type_context context = facts_type_context(usecase->service);
    struct problems *problems = &usecase->reply->problems;
    Rec__ListedDeath *listed = NULL;
    day_t date = 0;

    if (!form_check(entry->plan->form, &context, &entry->values, problems))
        return reply_say(usecase->reply, RESULT_INVALID, "%s。", problems_first(problems));
    if (date_parse(fields_get(&entry->values, "date"), &date) != 0)
        return RESULT_INVALID;
    enum result result =
        store_listed_death_get(usecase->txn, fields_get(&entry->values, "id_no"), &listed);
    if (result == 0)
        result = compare(entry, listed, date);
    else if (result == RESULT_NOTFOUND)
        result = entry->plan->check_only || entry->unit->faults.count > 0
                     ? RESULT_OK
                     : put(usecase, entry, date);
    rec__listed_death__free_unpacked(listed, NULL);
    return result;
}

// ---- undoing

static enum result add(const Rec__ListedDeath *listed, void *arg)
{
    struct import_listed *found = arg;

    if (strcmp(listed->batch, found->batch) != 0)
        return RESULT_OK;
    mem_grow((void **)&found->id_nos, found->count, &found->capacity, sizeof *found->id_nos);
    found->id_nos[found->count++] = mem_copy(listed->id_no);
    return RESULT_OK;
}

enum result import_listed_find(struct txn *txn, const char *batch, struct import_listed *listed)
{
    listed->batch = batch;
    return store_listed_death_scan(txn, add, listed);
}

void import_listed_free(struct import_listed *listed)
{
    for (size_t i = 0; i < listed->count; i++)
        free(listed->id_nos[i]);
    free(listed->id_nos);
    *listed = (struct import_listed){0};
}
