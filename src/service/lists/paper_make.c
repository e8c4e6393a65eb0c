/* Printed sheets are made of the due list. */
#include "service/lists/paper.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/random.h"
#include "base/sheetcode.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/memory/judge.h"

#include <stdlib.h>
#include <string.h>

/** Of an answer: the codes of the sheets that were made, separated by blanks. */
static const char SHEETS[] = "sheets";

// ---- making

/** Finds a code that no sheet has. */
static enum result find_code(struct usecase *usecase, char code[SHEETCODE_TEXT])
{
    enum result result = RESULT_OK;

    while (result == 0) {
        Rec__Sheet *taken = NULL;
        uint64_t number = 0;
        result = random_secret(&number, sizeof number);
        if (result == 0)
            result = store_sheet_get(usecase->txn, sheetcode_make(number, code), 0, &taken);
        if (taken != NULL)
            rec__sheet__free_unpacked(taken, NULL);
    }
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result put_head(struct usecase *usecase, const char *code, const struct due_rows *rows)
{
    const Rec__Duty *first = rows->items[0].duty;
    Rec__Sheet head = REC__SHEET__INIT;

    head.code = (char *)code;
    head.month = first->month;
    head.area = first->area;
    head.at = usecase->now;
    head.by = (char *)usecase->caller->officer;
    head.rows = (uint32_t)rows->count;
    return store_sheet_put(usecase->txn, &head);
}

static void write_codes(struct sheet *sheet, size_t at, const char *code, uint32_t number)
{
    char text[SHEETCODE_ROW_TEXT];

    sheet_set(sheet, at, "sheet_code", code);
    sheet_set(sheet, at, "row_code", sheetcode_row(code, number, text));
}

/** Names and numbers are those of the list. */
static enum result put_row(struct usecase *usecase, const char *code, uint32_t number,
                           const Rec__Duty *duty, struct sheet *sheet, size_t at)
{
    Rec__Sheet row = REC__SHEET__INIT;

    row.code = (char *)code;
    row.number = number;
    row.month = duty->month;
    row.area = duty->area;
    row.case_id = duty->case_id;
    row.person = duty->person;
    row.name = (char *)sheet_get(sheet, at, "name");
    row.case_no = (char *)sheet_get(sheet, at, "case_no");
    row.kind = duty->kind;
    row.tier = duty->tier;
    enum result result = store_sheet_put(usecase->txn, &row);
    if (result == 0)
        write_codes(sheet, at, code, number);
    return result;
}

/** The event names the first sheet, and tells of each. */
static void tell(struct usecase *usecase, const char *code, const struct due_rows *rows)
{
    struct fields *values = &usecase->reply->values;
    const Rec__Duty *first = rows->items[0].duty;
    const char *before = fields_get(values, SHEETS);
    char *codes = mem_printf("%s%s%s", before, *before != '\0' ? " " : "", code);
    char *told = mem_printf("%s %s %zu", code, first->area, rows->count);
    char month[MONTH_TEXT];

    if (*before == '\0') {
        event_name_record(usecase, first->area, "sheet:%s", code);
        event_add_note(usecase, "应访表 %s", month_format(first->month, month));
    }
    event_add_change(usecase, "sheet", "", told);
    fields_set(values, SHEETS, codes);
    free(told);
    free(codes);
}

static enum result make_sheet(struct usecase *usecase, const struct due_rows *rows,
                              struct sheet *sheet, size_t first, void *arg)
{
    char code[SHEETCODE_TEXT];

    (void)arg;
    if (rows->count == 0)
        return RESULT_OK;
    enum result result = find_code(usecase, code);
    if (result == 0)
        result = put_head(usecase, code, rows);
    for (size_t i = 0; i < rows->count && result == 0; i++)
        result = put_row(usecase, code, (uint32_t)i + 1, rows->items[i].duty, sheet, first + i);
    if (result == 0)
        tell(usecase, code, rows);
    return result;
}

// ---- the answer to a request that was sent again

struct again {
    const struct due_query *query;
    const char *codes; /* borrowed */
    struct usecase *usecase;
    struct due_rows rows; /* of the sheet being read, in its order */
    uint32_t *numbers;    /* their numbers */
    size_t number_count, number_capacity;
    struct sheet *sheet;
};

static enum result take_row(const Rec__Sheet *row, void *arg)
{
    struct again *again = arg;
    struct usecase *usecase = again->usecase;
    Rec__Case *casefile = NULL;
    Rec__Duty *duty = NULL;

    if (row->number == 0)
        return RESULT_OK;
    enum result result = store_case_get(usecase->txn, row->case_id, &casefile);
    if (result == 0)
        result = record_duty_find(usecase, casefile, row->month, DUTY_TYPE_VISIT, &duty);
    if (result == 0 && duty != NULL) {
        struct duty_view view = judge_row(usecase->service, duty, usecase->today);
        due_rows_add(usecase->service, &again->rows, duty, &view);
        mem_grow((void **)&again->numbers, again->number_count, &again->number_capacity,
                 sizeof *again->numbers);
        again->numbers[again->number_count++] = row->number;
        rec__duty__free_unpacked(duty, NULL);
    }
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result; /* deleted meanwhile */
}

static enum result take_sheet(struct again *again, const char *code)
{
    size_t first = again->sheet->row_count;
    enum result result = store_sheet_scan(again->usecase->txn, code, take_row, again);

    if (result == 0)
        result = due_rows_write(again->usecase, &again->rows, again->query->full, again->sheet);
    if (result == 0 && again->query->places)
        due_rows_place(&again->rows, again->sheet, first);
    for (size_t i = 0; i < again->number_count && result == 0; i++)
        write_codes(again->sheet, first + i, code, again->numbers[i]);
    due_rows_free(&again->rows);
    again->number_count = 0;
    return result;
}

static enum result again_body(struct usecase *usecase, void *arg)
{
    struct again *again = arg;
    enum result result = RESULT_OK;

    sheet_free(&again->sheet);
    again->sheet = column_sheet(&COLUMNS_SHEET_MADE);
    again->usecase = usecase;
    for (const char *at = again->codes; *at != '\0' && result == 0;) {
        size_t length = strcspn(at, " ");
        char *code = mem_copy_bytes(at, length);
        result = take_sheet(again, code);
        free(code);
        at += length + strspn(at + length, " ");
    }
    return result;
}

static enum result answer_again(struct service *service, const struct caller *caller,
                                const struct due_query *query, struct sheet **ret_sheet,
                                struct due_place **ret_next, struct reply *reply)
{
    char *codes = mem_copy(fields_get(&reply->values, SHEETS));
    char *villages = mem_copy(fields_get(&reply->values, "next"));
    struct again again = {.query = query, .codes = codes};
    enum result result =
        usecase_read(service, caller, ACTION_SHEET_READ, NULL, again_body, &again, reply);

    fields_set(&reply->values, SHEETS, codes);
    if (result == 0) {
        *ret_sheet = again.sheet;
        *ret_next = *villages == '\0'
                        ? NULL
                        : due_place_copy(&(struct due_place){.villages = villages, .area = ""});
    } else {
        sheet_free(&again.sheet);
    }
    free(again.numbers);
    free(villages);
    free(codes);
    return result;
}

enum result paper_make_sheets(struct service *service, const struct caller *caller,
                              const struct due_query *query, struct sheet **ret_sheet,
                              struct due_place **ret_next, struct reply *reply)
{
    struct due_query making = *query;

    if (query->type != NULL && strcmp(query->type, DUTY_TYPE_VISIT) != 0)
        return reply_say(reply, RESULT_USAGE, "复核清单没有表号，请照常打印。");
    making.village = make_sheet;
    *ret_sheet = NULL;
    enum result result = due_list(service, caller, &making, ret_sheet, ret_next, reply);
    return result == 0 && *ret_sheet == NULL
               ? answer_again(service, caller, query, ret_sheet, ret_next, reply)
               : result;
}
