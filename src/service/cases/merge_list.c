/*
 * Lists of merges: two persons side by side, what waits and what was done.
 */
#include "base/columns.h"
#include "base/ids.h"
#include "base/mem.h"
#include "domain/area.h"
#include "service/cases/mask.h"
#include "service/cases/merge_house.h"
#include "service/ledger/rows.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *merge_state_words(const Rec__Merge *merge)
{
    static const struct {
        const char *state, *words;
    } table[] = {{MERGE_ASKED, "待确认"},
                 {MERGE_REFUSED, "已退回"},
                 {MERGE_DONE, "已合并"},
                 {MERGE_UNDONE, "已撤销"}};

    if (strcmp(merge->what, MERGE_APART) == 0 && strcmp(merge->state, MERGE_DONE) == 0)
        return "不是同一人";
    if (strcmp(merge->what, MERGE_HOUSES_APART) == 0 && strcmp(merge->state, MERGE_DONE) == 0)
        return "不是同一户";
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].state, merge->state) == 0)
            return table[i].words;
    return merge->state;
}

// ---- all merges

struct list {
    struct usecase *usecase;
    char prefix[AREA_TEXT];
    size_t count, capacity;
    Rec__Merge **items; /**< owned, in the order of their numbers */
    struct sheet *sheet;
};

static enum result add_merge(const Rec__Merge *merge, void *arg)
{
    struct list *list = arg;

    if (strncmp(merge->area, list->prefix, strlen(list->prefix)) != 0)
        return RESULT_OK;
    mem_grow((void **)&list->items, list->count, &list->capacity, sizeof(Rec__Merge *));
    list->items[list->count++] = record_copy(merge);
    return RESULT_OK;
}

static void add_row(struct list *list, const Rec__Merge *merge)
{
    struct sheet *sheet = list->sheet;
    size_t row = sheet_add_row(sheet);
    bool undone = strcmp(merge->state, MERGE_UNDONE) == 0;
    char moment[STAMP_TEXT];

    sheet_setf(sheet, row, "number", "%" PRIu64, ids_count_of(merge->id));
    sheet_set(sheet, row, "state", merge_state_words(merge));
    sheet_set(sheet, row, "name", merge->kept_name);
    sheet_set(sheet, row, "other_name", merge->gone_name);
    sheet_set(sheet, row, "area", merge->area);
    sheet_set(sheet, row, "area_name", service_area_name(list->usecase->service, merge->area));
    sheet_set(sheet, row, "reason", merge->reason);
    sheet_set(sheet, row, "asked_by", merge->asked_by);
    sheet_set(sheet, row, "at", date_format_stamp(merge->asked_at, moment));
    sheet_set(sheet, row, "checker", undone ? merge->undone_by : merge->decided_by);
    int64_t last = undone ? merge->undone_at : merge->decided_at;
    sheet_set(sheet, row, "checked_at", date_format_stamp(last, moment));
    sheet_set(sheet, row, "remark", merge->note);
}

static void list_free(struct list *list)
{
    for (size_t i = 0; i < list->count; i++)
        rec__merge__free_unpacked(list->items[i], NULL);
    free(list->items);
    list->items = NULL;
    list->count = list->capacity = 0;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list *list = arg;

    list->usecase = usecase;
    list_free(list); /* a body may run again */
    sheet_free(&list->sheet);
    list->sheet = column_sheet(&COLUMNS_MERGES);
    enum result result = store_merge_scan(usecase->txn, add_merge, list);
    for (size_t i = list->count; i > 0; i--)
        add_row(list, list->items[i - 1]);
    return result;
}

enum result merge_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply)
{
    struct list list = {0};
    char of[AREA_TEXT];
    enum result result = rows_query_area(service, caller, area, of, reply);

    area_prefix(of, list.prefix);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_DUPLICATES, of, list_body, &list, reply);
    list_free(&list);
    if (result == 0)
        *ret_sheet = list.sheet;
    else
        sheet_free(&list.sheet);
    return result;
}

// ---- side by side

struct sides {
    const struct merge_ask *ask;
    struct sheet *sheet;
};

static size_t add_side(struct sheet *sheet, const char *field, const char *label)
{
    size_t row = sheet_add_row(sheet);

    sheet_set(sheet, row, "field", field);
    sheet_set(sheet, row, "label", label);
    return row;
}

static void set_shown(struct usecase *usecase, struct sheet *sheet, size_t row, const char *column,
                      const struct form_field *field, const char *value)
{
    char *shown = mask_words(usecase->service, field, value);

    sheet_set(sheet, row, column, shown);
    free(shown);
}

static void add_fields(struct usecase *usecase, const struct merge_pair *pair, struct sheet *sheet)
{
    const struct form *form = forms_get(service_forms(usecase->service), "person");

    for (size_t i = 0; i < form->field_count; i++) {
        const struct form_field *field = &form->fields[i];
        char *own = record_person_value(pair->kept, field->id);
        char *other = record_person_value(pair->gone, field->id);
        if (*own != '\0' || *other != '\0') {
            size_t row = add_side(sheet, field->id, field->label);
            set_shown(usecase, sheet, row, "value", field, own);
            set_shown(usecase, sheet, row, "other_value", field, other);
            sheet_set(sheet, row, "state",
                      strcmp(own, other) == 0 ? ""
                      : *own == '\0'          ? "补入"
                      : *other == '\0'        ? ""
                                              : "不同");
        }
        free(own);
        free(other);
    }
}

static void set_cases(struct usecase *usecase, struct sheet *sheet, size_t row, const char *column,
                      const struct record_cases *cases)
{
    struct str text = {0};

    for (size_t i = 0; i < cases->count; i++)
        str_printf(&text, "%s%s %s%s", i > 0 ? "、" : "",
                   rows_kind_name(usecase->service, cases->items[i]->kind), cases->items[i]->number,
                   strcmp(cases->items[i]->state, CASE_ACTIVE) == 0 ? "" : "（已退出）");
    sheet_set(sheet, row, column, str_text(&text));
    str_free(&text);
}

static enum result set_visits(struct usecase *usecase, struct sheet *sheet, size_t row,
                              const char *column, uint64_t person)
{
    struct merge_visits visits = {0};
    enum result result = merge_visits_load(usecase, person, &visits);
    char date[DATE_TEXT];

    if (visits.count > 0)
        sheet_setf(sheet, row, column, "%zu 次，最近 %s", visits.count,
                   date_format(visits.items[visits.count - 1]->date, date));
    else
        sheet_set(sheet, row, column, "没有");
    merge_visits_free(&visits);
    return result;
}

/** A row only if there is an application. */
static enum result add_waiting(struct usecase *usecase, const struct merge_pair *pair,
                               struct sheet *sheet)
{
    char *own = NULL;
    char *other = NULL;
    enum result result = merge_waiting_words(usecase, pair->kept, &own);

    if (result == 0)
        result = merge_waiting_words(usecase, pair->gone, &other);
    if (result == 0 && (*own != '\0' || *other != '\0')) {
        size_t row = add_side(sheet, "", "在办申请");
        sheet_set(sheet, row, "value", own);
        sheet_set(sheet, row, "other_value", other);
    }
    free(own);
    free(other);
    return result;
}

static enum result sides_body(struct usecase *usecase, void *arg)
{
    struct sides *sides = arg;
    struct merge_pair pair = {0};

    sheet_free(&sides->sheet);
    sides->sheet = column_sheet(&COLUMNS_MERGE_SIDES);
    if (sides->ask->households)
        return merge_house_sides(usecase, sides->ask->kept, sides->ask->gone, sides->sheet);
    enum result result =
        merge_pair_find(usecase, ACTION_DUPLICATES, sides->ask->kept, sides->ask->gone, &pair);
    if (result == 0) {
        add_fields(usecase, &pair, sides->sheet);
        size_t row = add_side(sides->sheet, "", "个案");
        set_cases(usecase, sides->sheet, row, "value", &pair.kept_cases);
        set_cases(usecase, sides->sheet, row, "other_value", &pair.gone_cases);
        row = add_side(sides->sheet, "", "探访");
        result = set_visits(usecase, sides->sheet, row, "value", pair.kept->id);
        if (result == 0)
            result = set_visits(usecase, sides->sheet, row, "other_value", pair.gone->id);
        if (result == 0)
            result = add_waiting(usecase, &pair, sides->sheet);
    }
    merge_pair_free(&pair);
    return result;
}

enum result merge_sides(struct service *service, const struct caller *caller,
                        const struct merge_ask *ask, struct sheet **ret_sheet, struct reply *reply)
{
    struct sides sides = {.ask = ask};
    enum result result =
        usecase_read(service, caller, ACTION_DUPLICATES, NULL, sides_body, &sides, reply);

    if (result == 0)
        *ret_sheet = sides.sheet;
    else
        sheet_free(&sides.sheet);
    return result;
}
