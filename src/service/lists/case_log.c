#include "base/mem.h"
#include "service/frame/record.h"
#include "service/lists/audit.h"
#include "service/lists/audit_private.h"
#include "service/memory/stored.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct case_log {
    struct audit audit;
    struct work *work;
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
        result = audit_add(&own, &log->audit);
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

/** What was done with one visit: recorded, corrected. */
static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct case_log *log = arg;
    char date[DATE_TEXT];
    char *key = mem_printf("visit:%" PRIu64 ":%s:%" PRIu32, visit->person,
                           date_format(visit->date, date), visit->seq);
    enum result result = store_event_of_record(log->work->txn, key, audit_add, &log->audit);

    free(key);
    return result;
}

static enum result collect_record(struct work *work, struct case_log *log, const Rec__Case *record)
{
    char key[32];
    enum result result = collect_import(work, log, record->batch);

    snprintf(key, sizeof key, "case:%" PRIu64, log->case_id);
    if (result == RESULT_OK)
        result = store_event_of_record(work->txn, key, audit_add, &log->audit);
    if (result == RESULT_OK)
        result = store_visit_scan(work->txn, record->person, 0, INT32_MAX, add_visit, log);
    log->audit.form = forms_get(service_forms(work->service), record->kind);
    if (result == RESULT_OK)
        audit_write(&log->audit, work);
    return result;
}

static enum result collect_case(struct work *work, void *arg)
{
    struct case_log *log = arg;
    Rec__Case *record;
    enum result result = store_case_get(work->txn, log->case_id, &record);

    audit_clear(&log->audit);
    if (result != 0)
        return result;
    log->work = work;
    snprintf(log->id, sizeof log->id, "%" PRIu64, log->case_id);
    result = work_allow(work, ACTION_CASE_LOG, record->area);
    if (result == RESULT_OK)
        result = collect_record(work, log, record);
    rec__case__free_unpacked(record, NULL);
    return result;
}

enum result admin_case_log(struct service *service, const struct caller *caller, uint64_t case_id,
                           struct sheet **ret_sheet, struct reply *reply)
{
    struct case_log log = {.audit = {.limit = EVENTS_MOST, .names = true}, .case_id = case_id};
    enum result result =
        service_read(service, caller, ACTION_CASE_LOG, NULL, collect_case, &log, reply);

    if (result == 0) {
        *ret_sheet = log.audit.sheet;
        log.audit.sheet = NULL;
    }
    audit_clear(&log.audit);
    return result;
}
