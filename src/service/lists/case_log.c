#include "service/lists/case_log.h"

#include "base/mem.h"
#include "base/words.h"
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
    struct usecase *usecase;
    uint64_t case_id;
    char id[NUMBER_TEXT]; /**< the case's id, as text in an import's changes */
};

/** Of an import's event, keeps only the change that made the case. */
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

static enum result collect_import(struct usecase *usecase, struct case_log *log, const char *batch)
{
    if (*batch == '\0')
        return RESULT_OK;
    char *key = mem_printf("import:%s", batch);
    enum result result = store_event_of_record(usecase->txn, key, add_import, log);
    free(key);
    return result;
}

/** Adds the events of one visit: recorded, corrected. */
static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct case_log *log = arg;
    char date[DATE_TEXT];
    char *key = mem_printf("visit:%" PRIu64 ":%s:%" PRIu32, visit->person,
                           date_format(visit->date, date), visit->seq);
    enum result result = store_event_of_record(log->usecase->txn, key, audit_add, &log->audit);

    free(key);
    return result;
}

static enum result collect_record(struct usecase *usecase, struct case_log *log,
                                  const Rec__Case *casefile)
{
    char key[32];
    enum result result = collect_import(usecase, log, casefile->batch);

    snprintf(key, sizeof key, "case:%" PRIu64, log->case_id);
    if (result == 0)
        result = store_event_of_record(usecase->txn, key, audit_add, &log->audit);
    if (result == 0)
        result = store_visit_scan(usecase->txn, casefile->person, 0, INT32_MAX, add_visit, log);
    log->audit.form = forms_get(service_forms(usecase->service), casefile->kind);
    if (result == 0)
        audit_write(&log->audit, usecase);
    return result;
}

static enum result collect_case(struct usecase *usecase, void *arg)
{
    struct case_log *log = arg;
    Rec__Case *casefile;
    enum result result = store_case_get(usecase->txn, log->case_id, &casefile);

    audit_clear(&log->audit);
    if (result != 0)
        return result;
    log->usecase = usecase;
    snprintf(log->id, sizeof log->id, "%" PRIu64, log->case_id);
    result = usecase_allow(usecase, ACTION_CASE_LOG, casefile->area);
    if (result == 0)
        result = collect_record(usecase, log, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

enum result case_log_newest(struct service *service, const struct caller *caller, uint64_t case_id,
                            size_t limit, struct sheet **ret_sheet, struct reply *reply)
{
    struct case_log log = {.audit = {.limit = limit, .names = true}, .case_id = case_id};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_LOG, NULL, collect_case, &log, reply);

    if (result == 0) {
        *ret_sheet = log.audit.sheet;
        log.audit.sheet = NULL;
    }
    audit_clear(&log.audit);
    return result;
}

enum result case_log_list(struct service *service, const struct caller *caller, uint64_t case_id,
                          struct sheet **ret_sheet, struct reply *reply)
{
    return case_log_newest(service, caller, case_id, EVENTS_MOST, ret_sheet, reply);
}
