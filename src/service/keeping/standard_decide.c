/*
 * Confirming an amount that another officer proposed, or refusing it.
 */
#include "base/text.h"
#include "db/tables.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/keeping/standard.h"
#include "service/memory/reading.h"

#include <stdlib.h>
#include <string.h>

struct find {
    const char *area;
    const char *name;
    day_t from;
    Rec__Standard *found;
};

static enum result match(const Rec__Standard *standard, void *arg)
{
    struct find *find = arg;

    if (standard->from != find->from || strcmp(standard->name, find->name) != 0 ||
        strcmp(standard->area, find->area) != 0)
        return RESULT_OK;
    find->found = record_copy(standard);
    return (enum result)STORE_STOP;
}

enum result standard_find(struct txn *txn, const char *name, const char *area, day_t from,
                          Rec__Standard **ret_standard)
{
    struct find find = {.area = area, .name = name, .from = from};
    enum result result = store_standard_scan(txn, name, match, &find);

    if (result == 0 && find.found == NULL)
        return RESULT_NOTFOUND;
    if (result == 0)
        *ret_standard = find.found;
    return result;
}

struct deciding {
    const struct standard_decision *decision;
    char area[AREA_TEXT];
    day_t from;
};

/** What is confirmed is what was read. */
static enum result check_proposal(struct usecase *usecase, const struct deciding *deciding,
                                  const Rec__Standard *row)
{
    Rec__Standard waiting = *row;

    if (row->proposed == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有待确认的%s，请看标准列表。",
                         deciding->decision->name);
    waiting.value = row->proposed->value;
    char *value = standard_value_text(&waiting);
    int64_t fen = 0;
    bool same = text_to_fen(deciding->decision->value, &fen) == 0 &&
                strcmp(value, deciding->decision->value) == 0;
    char *read = text_from_fen(fen);
    same = same || strcmp(value, read) == 0;
    enum result result =
        same ? RESULT_OK
             : reply_say(usecase->reply, RESULT_CONFLICT, "待确认的是 %s，请看过再确认。", value);
    free(read);
    free(value);
    if (result == 0 && !deciding->decision->refuse)
        result =
            usecase_refuse_maker(usecase, row->proposed->by, "这个标准是您登记的，不能由您确认");
    return result;
}

static void drop_proposal(Rec__Standard *row)
{
    rec__standard_proposal__free_unpacked(row->proposed, NULL);
    row->proposed = NULL;
}

static enum result put_confirmed(struct usecase *usecase, Rec__Standard *row)
{
    char from[DATE_TEXT];

    event_add_change(usecase, date_format(row->from, from), row->value, row->proposed->value);
    event_add_note(usecase, "确认");
    record_set(&row->value, row->proposed->value);
    record_set(&row->source, row->proposed->source);
    record_set(&row->by, row->proposed->by);
    row->at = row->proposed->at;
    record_set(&row->confirmed_by, usecase->caller->officer);
    row->confirmed_at = usecase->now;
    drop_proposal(row);
    reply_say(usecase->reply, RESULT_OK, "%s 已确认，自 %s 起。", row->name,
              date_format(row->from, from));
    return store_standard_put(usecase->txn, row);
}

/** A row of which nothing is in force goes with its proposal; the event keeps it. */
static enum result put_refused(struct usecase *usecase, const struct deciding *deciding,
                               Rec__Standard *row)
{
    char from[DATE_TEXT];

    event_add_change(usecase, date_format(row->from, from), row->proposed->value, row->value);
    event_add_note(usecase, "不同意：%s", deciding->decision->why);
    reply_say(usecase->reply, RESULT_OK, "%s 没有通过，仍按原来的标准。", row->name);
    drop_proposal(row);
    return *row->value != '\0' ? store_standard_put(usecase->txn, row)
                               : store_standard_del(usecase->txn, row->name, row->area, row->from);
}

static enum result decide_body(struct usecase *usecase, void *arg)
{
    const struct deciding *deciding = arg;
    Rec__Standard *row = NULL;
    event_name_record(usecase, deciding->area, "standard:%s", deciding->decision->name);
    enum result result =
        standard_find(usecase->txn, deciding->decision->name, deciding->area, deciding->from, &row);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有待确认的%s，请看标准列表。",
                         deciding->decision->name);
    if (result == 0)
        result = check_proposal(usecase, deciding, row);
    if (result == 0)
        result = deciding->decision->refuse ? put_refused(usecase, deciding, row)
                                            : put_confirmed(usecase, row);
    if (row != NULL)
        rec__standard__free_unpacked(row, NULL);
    return result;
}

enum result standard_decide(struct service *service, const struct caller *caller,
                            const struct standard_decision *decision, struct reply *reply)
{
    struct deciding deciding = {.decision = decision};
    enum result result = RESULT_OK;

    reply_free(reply);
    if (*decision->area != '\0' && area_parse(decision->area, deciding.area) != 0)
        return reply_say(reply, RESULT_USAGE, "区划 %s 不对，请核对代码。", decision->area);
    if (date_parse_loose(decision->from, &deciding.from) != 0)
        return reply_say(reply, RESULT_USAGE, "起始日期不对，应如 2026-07-01。");
    if (decision->refuse)
        result = reason_check("why", decision->why, "请写明为什么不同意", reply);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_STANDARD_CONFIRM, NULL, decide_body,
                               &deciding, reply);
    return result == 0 ? reading_reload(service) : result;
}
