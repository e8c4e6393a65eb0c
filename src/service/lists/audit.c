#include "service/lists/audit.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/audit_private.h"
#include "service/lists/history.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool equal_if_given(const char *wanted, const char *text)
{
    return wanted == NULL || *wanted == '\0' || strcmp(wanted, text) == 0;
}

/** An action is asked for by id or by label: visit.add, 登记探访. */
static bool is_action(const char *wanted, const struct access_action *action)
{
    return equal_if_given(wanted, action->id) || equal_if_given(wanted, action->label);
}

/** The event's action, of a program that had others, too. */
static bool is_action_id(const char *wanted, const char *id)
{
    const struct access_action *action = access_find_id(id);

    return action != NULL ? is_action(wanted, action) : equal_if_given(wanted, id);
}

/** Refuses an unknown action and names all: an empty list would look as if nobody had done it. */
static enum result check_action(const char *wanted, struct reply *reply)
{
    const struct access_action *action;
    struct str all = {0};

    for (unsigned i = 0; (action = access_find((enum action)i)) != NULL; i++) {
        if (is_action(wanted, action)) {
            str_free(&all);
            return RESULT_OK;
        }
        str_printf(&all, "%s%s %s", i > 0 ? "、" : "", action->label, action->id);
    }
    enum result result =
        reply_say(reply, RESULT_USAGE, "没有“%s”这种操作，请写下面的一种（写中文或英文都行）：%s。",
                  wanted, str_text(&all));
    str_free(&all);
    return result;
}

static bool is_wanted(const struct audit *audit, const Rec__Event *event)
{
    const struct audit_query *query = audit->query;

    /* The record was looked up by its index. */
    return query == NULL || ((audit->since == 0 || date_of_time(event->at) >= audit->since) &&
                             equal_if_given(query->officer, event->officer) &&
                             is_action_id(query->action, event->action));
}

/** Newest first; within one moment by session and number. */
static int event_order(const void *a, const void *b)
{
    const Rec__Event *x = *(Rec__Event *const *)a, *y = *(Rec__Event *const *)b;

    if (x->at != y->at)
        return x->at < y->at ? 1 : -1;
    uint32_t a_micros = event_micros(x), b_micros = event_micros(y);
    if (a_micros != b_micros)
        return a_micros < b_micros ? 1 : -1;
    int order = memcmp(x->session.data, y->session.data, SESSION_SIZE);
    if (order != 0)
        return order;
    return (x->seq < y->seq) - (x->seq > y->seq);
}

void audit_trim(struct audit *audit)
{
    if (audit->count > 0)
        qsort(audit->events, audit->count, sizeof(Rec__Event *), event_order);
    while (audit->count > audit->limit)
        rec__event__free_unpacked(audit->events[--audit->count], NULL);
}

enum result audit_add(const Rec__Event *event, void *arg)
{
    struct audit *audit = arg;

    if (!is_wanted(audit, event))
        return RESULT_OK;
    mem_grow((void **)&audit->events, audit->count, &audit->capacity, sizeof(Rec__Event *));
    audit->events[audit->count++] = record_copy(event);
    if (audit->count >= 2 * audit->limit)
        audit_trim(audit);
    return RESULT_OK;
}

void audit_clear(struct audit *audit)
{
    for (size_t i = 0; i < audit->count; i++)
        rec__event__free_unpacked(audit->events[i], NULL);
    free(audit->events);
    audit->events = NULL;
    audit->count = audit->capacity = 0;
    sheet_free(&audit->sheet);
}

// ---- about one record

static enum result add_case_events(struct usecase *usecase, struct audit *audit, uint64_t case_id)
{
    char key[32];

    snprintf(key, sizeof key, "case:%" PRIu64, case_id);
    return store_event_of_record(usecase->txn, key, audit_add, audit);
}

static enum result add_events_of_number(struct usecase *usecase, struct audit *audit,
                                        const char *number)
{
    Rec__Case *casefile = NULL;
    enum result result = store_case_by_number(usecase->txn, number, &casefile);

    if (result != 0)
        return result;
    result = add_case_events(usecase, audit, casefile->id);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

/** All cases of the person with this ID number. */
static enum result add_events_of_person(struct usecase *usecase, struct audit *audit,
                                        const char *typed)
{
    struct record_cases cases = {0};
    Rec__Person *person = NULL;
    char id_no[IDNO_TEXT];

    if (idno_parse(typed, usecase->today, id_no) != IDNO_FINE)
        return RESULT_NOTFOUND;
    enum result result = store_person_by_id_no(usecase->txn, id_no, &person);
    if (result != 0)
        return result;
    result = record_cases_load(usecase, person->id, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++)
        result = add_case_events(usecase, audit, cases.items[i]->id);
    record_cases_free(&cases);
    rec__person__free_unpacked(person, NULL);
    return result;
}

/** `record` is an event's own name ("case:12"), a case's number or a person's ID number. An unknown
 *  record is an error: an empty list would look as if nothing had been done. */
static enum result add_events_of_record(struct usecase *usecase, struct audit *audit,
                                        const char *record)
{
    if (strchr(record, ':') != NULL || strcmp(record, "home") == 0)
        return store_event_of_record(usecase->txn, record, audit_add, audit);
    enum result result = add_events_of_number(usecase, audit, record);
    if (result == RESULT_NOTFOUND)
        result = add_events_of_person(usecase, audit, record);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, RESULT_USAGE,
                         "没有“%s”这个记录，请写个案编号、身份证号，或记录列里的写法，如 case:12。",
                         record);
    return result;
}

/** Readers of the audit may not see ID numbers, so the note has a masked one. */
static void note_record(struct usecase *usecase, const char *record)
{
    char id_no[IDNO_TEXT];
    bool number = idno_parse(record, usecase->today, id_no) == IDNO_FINE;
    char *text = number ? text_mask_id(id_no) : mem_copy(record);

    event_add_note(usecase, "查看 %s", text);
    free(text);
}

// ---- questions

static enum result collect(struct usecase *usecase, void *arg)
{
    struct audit *audit = arg;
    const char *record = audit->query->record;
    bool given = record != NULL && *record != '\0';
    enum result result;

    audit_clear(audit);
    if (given) {
        note_record(usecase, record);
        result = add_events_of_record(usecase, audit, record);
    } else {
        result = store_event_since(usecase->txn, audit->since, audit_add, audit);
    }
    if (result == 0 && audit->count == 0)
        result = rows_officer_known(usecase, audit->query->officer);
    if (result == 0)
        audit_write(audit, usecase);
    return result;
}

enum result audit_list(struct service *service, const struct caller *caller,
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
    enum result result = check_action(query->action, reply);
    if (result != 0)
        return result;
    result = usecase_read(service, caller, ACTION_AUDIT, NULL, collect, &audit, reply);
    if (result == 0) {
        *ret_sheet = audit.sheet;
        audit.sheet = NULL;
    }
    audit_clear(&audit);
    return result;
}

// ---- events for a file
