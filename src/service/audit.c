#include "service/admin.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/chain.h"
#include "service/import_part.h"
#include "service/record.h"
#include "service/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_DEFAULT = 200, EVENTS_MOST = 100000 };

/** The newest events that match. */
struct audit {
    const struct audit_query *query;
    day_t since;
    size_t limit, count, capacity;
    Rec__Event **events;
};

static bool equal_if_given(const char *wanted, const char *text)
{
    return wanted == NULL || *wanted == '\0' || strcmp(wanted, text) == 0;
}

static bool is_wanted(const struct audit *audit, const Rec__Event *event)
{
    const struct audit_query *query = audit->query;

    return query == NULL || (equal_if_given(query->record, event->record) &&
                             equal_if_given(query->officer, event->officer) &&
                             equal_if_given(query->action, event->action));
}

/** Newest first; within one second by session and number. */
static int event_order(const void *a, const void *b)
{
    const Rec__Event *x = *(Rec__Event *const *)a, *y = *(Rec__Event *const *)b;

    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    int order = memcmp(x->session.data, y->session.data, SESSION_SIZE);
    if (order != 0)
        return order;
    return (x->seq < y->seq) - (x->seq > y->seq);
}

/** Keeps the newest `limit`: sorts and drops whenever twice as many have come together. */
static void trim(struct audit *audit)
{
    if (audit->count > 0)
        qsort(audit->events, audit->count, sizeof(Rec__Event *), event_order);
    while (audit->count > audit->limit)
        rec__event__free_unpacked(audit->events[--audit->count], NULL);
}

static enum result add_event(const Rec__Event *event, void *arg)
{
    struct audit *audit = arg;

    if (!is_wanted(audit, event))
        return RESULT_OK;
    mem_grow((void **)&audit->events, audit->count, &audit->capacity, sizeof(Rec__Event *));
    audit->events[audit->count++] = record_copy(event);
    if (audit->count >= 2 * audit->limit)
        trim(audit);
    return RESULT_OK;
}

static void audit_clear(struct audit *audit)
{
    for (size_t i = 0; i < audit->count; i++)
        rec__event__free_unpacked(audit->events[i], NULL);
    free(audit->events);
    audit->events = NULL;
    audit->count = audit->capacity = 0;
}

/* ---- as a sheet */

/** ID numbers are masked: who reads events may have no right to case data. */
static void add_value(struct str *text, const char *value)
{
    char number[IDNO_TEXT];

    if (*value == '\0') {
        str_add(text, "（空）");
    } else if (idno_parse(value, INT32_MAX, number) == IDNO_FINE) {
        char *masked = text_mask_id(value);
        str_add(text, masked);
        free(masked);
    } else {
        str_add(text, value);
    }
}

static void set_changes(struct sheet *sheet, size_t row, const Rec__Event *event)
{
    struct str text = {0};

    for (size_t i = 0; i < event->n_changes; i++) {
        const Rec__Change *change = event->changes[i];
        str_printf(&text, "%s%s：", i > 0 ? "；" : "", change->name);
        add_value(&text, change->old);
        str_add(&text, "→");
        add_value(&text, change->new_);
    }
    sheet_set(sheet, row, "changes", str_text(&text));
    str_free(&text);
}

static const char *outcome_words(uint32_t result)
{
    switch (result) {
    case RESULT_OK:
        return "成功";
    case RESULT_PARTIAL:
        return "部分成功";
    case RESULT_DENIED:
        return "拒绝";
    default:
        return "失败";
    }
}

static void add_row(struct sheet *sheet, const Rec__Event *event)
{
    const struct access_action *action = access_find_id(event->action);
    size_t row = sheet_add_row(sheet);
    char at[STAMP_TEXT];

    sheet_set(sheet, row, "at", date_format_stamp(event->at, at));
    sheet_set(sheet, row, "officer", event->officer);
    sheet_set(sheet, row, "action", action != NULL ? action->label : event->action);
    sheet_set(sheet, row, "record", event->record);
    sheet_set(sheet, row, "area", event->area);
    sheet_set(sheet, row, "result", outcome_words(event->result));
    set_changes(sheet, row, event);
    sheet_set(sheet, row, "note", event->note);
    sheet_set(sheet, row, "terminal", event->terminal);
    if (event->session.len == SESSION_SIZE) /* only its beginning: who knows it all may use it */
        sheet_setf(sheet, row, "session", "%02x%02x%02x%02x", event->session.data[0],
                   event->session.data[1], event->session.data[2], event->session.data[3]);
}

static struct sheet *audit_sheet(struct audit *audit)
{
    struct sheet *sheet = column_sheet(&COLUMNS_EVENTS);

    trim(audit);
    for (size_t i = 0; i < audit->count; i++)
        add_row(sheet, audit->events[i]);
    return sheet;
}

/* ---- questions */

static enum result collect(struct work *work, void *arg)
{
    struct audit *audit = arg;
    const char *record = audit->query->record;

    audit_clear(audit);
    if (record != NULL && *record != '\0') {
        work_note(work, "查看 %s", record);
        return store_event_of_record(work->txn, record, add_event, audit);
    }
    return store_event_since(work->txn, audit->since, add_event, audit);
}

enum result admin_audit(struct service *service, const struct caller *caller,
                        const struct audit_query *query, struct sheet **ret_sheet,
                        struct reply *reply)
{
    struct audit audit = {.query = query, .limit = query->limit};

    reply_free(reply);
    if (audit.limit == 0)
        audit.limit = EVENTS_DEFAULT;
    if (audit.limit > EVENTS_MOST)
        audit.limit = EVENTS_MOST;
    if (query->since != NULL && *query->since != '\0' &&
        date_parse(query->since, &audit.since) != 0)
        return reply_say(reply, RESULT_INVALID, "日期 %s 不对，应如 2026-11-23。", query->since);
    enum result result = service_read(service, caller, ACTION_AUDIT, NULL, collect, &audit, reply);
    if (result == 0)
        *ret_sheet = audit_sheet(&audit);
    audit_clear(&audit);
    return result;
}

struct case_log {
    struct audit audit;
    uint64_t case_id;
    char id[24]; /**< as the changes of an import name it */
};

/** Of an import's event the one change that made the case. */
static enum result add_import(const Rec__Event *event, void *arg)
{
    struct case_log *log = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < event->n_changes && result == 0; i++) {
        Rec__Event own = *event;
        if (strcmp(event->changes[i]->name, IMPORT_MADE_CASE) != 0 ||
            strcmp(event->changes[i]->new_, log->id) != 0)
            continue;
        own.n_changes = 1;
        own.changes = &event->changes[i];
        result = add_event(&own, &log->audit);
    }
    return result;
}

static enum result collect_import(struct work *work, struct case_log *log, const char *batch)
{
    if (*batch == '\0')
        return RESULT_OK;
    char *key = mem_printf("import:%s", batch);
    enum result result = store_event_of_record(work->txn, key, add_import, log);
    free(key);
    return result;
}

static enum result collect_case(struct work *work, void *arg)
{
    struct case_log *log = arg;
    Rec__Case *record;
    char key[32];
    enum result result = store_case_get(work->txn, log->case_id, &record);

    audit_clear(&log->audit);
    if (result != 0)
        return result;
    snprintf(log->id, sizeof log->id, "%" PRIu64, log->case_id);
    result = work_allow(work, ACTION_CASE_LOG, record->area);
    if (result == 0)
        result = collect_import(work, log, record->batch);
    rec__case__free_unpacked(record, NULL);
    snprintf(key, sizeof key, "case:%" PRIu64, log->case_id);
    return result != 0 ? result : store_event_of_record(work->txn, key, add_event, &log->audit);
}

enum result admin_case_log(struct service *service, const struct caller *caller, uint64_t case_id,
                           struct sheet **ret_sheet, struct reply *reply)
{
    struct case_log log = {.audit = {.limit = EVENTS_MOST}, .case_id = case_id};
    enum result result =
        service_read(service, caller, ACTION_CASE_LOG, NULL, collect_case, &log, reply);

    if (result == 0)
        *ret_sheet = audit_sheet(&log.audit);
    audit_clear(&log.audit);
    return result;
}

/* ---- what leaves the system */

struct printing {
    const char *what, *month, *area;
    uint32_t rows;
};

static enum result note_print(struct work *work, void *arg)
{
    const struct printing *printing = arg;

    work_record(work, printing->area, "print:%s", printing->what);
    work_note(work, "%s %s，%" PRIu32 " 行", printing->what, printing->month, printing->rows);
    return RESULT_OK;
}

enum result admin_printed(struct service *service, const struct caller *caller, const char *what,
                          const char *month, const char *area, uint32_t rows, struct reply *reply)
{
    struct printing printing = {.what = what, .month = month, .area = area, .rows = rows};

    return service_write(service, caller, ACTION_PRINT, area, note_print, &printing, reply);
}
