#include "service/ledger/visit_sheet.h"

#include "base/limits.h"
#include "base/mem.h"
#include "base/sheetcode.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/recount.h"
#include "service/ledger/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum result visit_sheet_find(struct usecase *usecase, const char *code, uint32_t number,
                             Rec__Sheet **ret_sheet)
{
    enum result result = store_sheet_get(usecase->txn, code, number, ret_sheet);

    if (result != RESULT_NOTFOUND)
        return result;
    if (number != 0)
        return reply_say(usecase->reply, result, "表 %s 没有第 %u 行，请核对序号。", code, number);
    return reply_say(usecase->reply, result,
                     "没有表 %s：请核对表号；打印满 %d 天的表已清除，请在应访清单里批量登记。",
                     code, LIMIT_SHEET_DAYS);
}

// ---- what was entered from a row

/** Looks for the visit that replaces another one. */
struct successor {
    const Rec__Visit *of;
    Rec__Visit *found;
};

static enum result see_successor(const Rec__Visit *visit, void *arg)
{
    struct successor *successor = arg;
    const Rec__Visit *of = successor->of;

    if (visit->replaces != of->seq + 1 || visit->replaces_date != of->date)
        return RESULT_OK;
    successor->found = record_copy(visit);
    return (enum result)STORE_STOP;
}

/** Puts the correction of a superseded visit in its place; NULL if there is none. */
static enum result take_successor(struct usecase *usecase, Rec__Visit **visit)
{
    struct successor successor = {.of = *visit};
    enum result result = store_visit_scan(usecase->txn, (*visit)->person, 0, usecase->today,
                                          see_successor, &successor);

    rec__visit__free_unpacked(*visit, NULL);
    *visit = successor.found;
    return result;
}

enum result visit_sheet_filed(struct usecase *usecase, const Rec__Sheet *row,
                              Rec__Visit **ret_visit)
{
    Rec__Visit *visit = NULL;
    enum result result = RESULT_OK;

    *ret_visit = NULL;
    if (row->visit_seq == 0)
        return RESULT_OK;
    result =
        store_visit_get(usecase->txn, row->person, row->visit_date, row->visit_seq - 1, &visit);
    while (result == 0 && visit != NULL && visit->superseded)
        result = take_successor(usecase, &visit);
    if (visit != NULL && (result != 0 || visit->voided != NULL)) {
        rec__visit__free_unpacked(visit, NULL);
        visit = NULL;
    }
    if (result == 0)
        *ret_visit = visit;
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

// ---- entering a row

static enum result refuse_filed(struct visit_entry *entry, const Rec__Visit *visit)
{
    const Rec__Sheet *row = entry->sheet_row;
    char *by = rows_officer_name(entry->usecase, row->by);
    char day[DATE_TEXT];
    enum result result = reply_say(entry->usecase->reply, RESULT_CONFLICT,
                                   "本表第 %u 行已由%s录入（%s %s %s），不再登记。", row->number,
                                   by, date_format(visit->date, day), visit->mode, visit->result);

    free(by);
    return result;
}

enum result visit_sheet_take(struct visit_entry *entry)
{
    const struct visit_input *input = entry->input;
    struct usecase *usecase = entry->usecase;
    char code[SHEETCODE_TEXT];
    Rec__Visit *filed = NULL;

    if (input->sheet == NULL || *input->sheet == '\0')
        return RESULT_OK;
    enum sheetcode_fault fault = sheetcode_parse(input->sheet, code);
    if (fault != SHEETCODE_FINE)
        return reply_say(usecase->reply, RESULT_USAGE, "%s。", sheetcode_words(fault));
    if (input->sheet_row == 0)
        return reply_say(usecase->reply, RESULT_USAGE, "%s。", sheetcode_words(SHEETCODE_ROW));
    enum result result = visit_sheet_find(usecase, code, input->sheet_row, &entry->sheet_row);
    if (result != 0)
        return result;
    if (entry->sheet_row->case_id != entry->main->id)
        return reply_say(usecase->reply, RESULT_INVALID, "表 %s 第 %u 行不是%s，请核对序号。", code,
                         input->sheet_row, entry->person->name);
    result = visit_sheet_filed(usecase, entry->sheet_row, &filed);
    if (filed != NULL) {
        result = refuse_filed(entry, filed);
        rec__visit__free_unpacked(filed, NULL);
    }
    return result;
}

enum result visit_sheet_put(struct visit_entry *entry)
{
    Rec__Sheet *row = entry->sheet_row;
    char text[SHEETCODE_TEXT + SHEETCODE_ROW_TEXT];

    if (row == NULL)
        return RESULT_OK;
    row->visit_date = entry->visit->date;
    row->visit_seq = entry->visit->seq + 1;
    row->filed_at = entry->usecase->now;
    record_set(&row->by, entry->usecase->caller->officer);
    (void)snprintf(text, sizeof text, "%s %u", row->code, row->number);
    event_add_change(entry->usecase, "sheet", "", text);
    return store_sheet_put(entry->usecase->txn, row);
}
