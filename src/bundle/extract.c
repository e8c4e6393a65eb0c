#include "bundle/extract.h"

#include "base/mem.h"
#include "base/month.h"
#include "bundle/extract_compliance.h"
#include "service/cases/mask.h"
#include "service/ledger/duties.h"
#include "service/memory/judge.h"
#include "service/memory/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct extract {
    struct service *service;
    struct extract_line line;
    enum result (*scan)(struct txn *txn, struct extract *extract);
};

static enum result run_scan(struct txn *txn, void *arg)
{
    struct extract *extract = arg;

    return extract->scan(txn, extract);
}

static enum result run(struct service *service,
                       enum result (*scan)(struct txn *txn, struct extract *extract),
                       extract_row_fn row, void *arg)
{
    struct extract extract = {.service = service, .line = {.row = row, .arg = arg}, .scan = scan};
    enum result result = store_run(facts_store(service), STORE_READ, run_scan, &extract);

    extract_line_free(&extract.line);
    return result;
}

// ---- persons.csv

static const char *const person_columns[] = {"person_id", "id_no", "name",    "sex",   "birth",
                                             "area",      "phone", "address", "death", "version",
                                             "by",        "at",    "fields"};

static enum result add_person(const Rec__Person *person, void *arg)
{
    struct extract_line *line = arg;

    extract_number(line, (int64_t)person->id);
    extract_text(line, person->id_no);
    extract_text(line, person->name);
    extract_number(line, person->sex);
    extract_day(line, person->birth);
    extract_text(line, person->area);
    extract_text(line, person->phone);
    extract_text(line, person->address);
    extract_day(line, person->death);
    extract_number(line, person->version);
    extract_text(line, person->by);
    extract_stamp(line, person->at);
    extract_fields(line, person->n_fields, person->fields);
    return extract_send(line);
}

static enum result scan_persons(struct txn *txn, struct extract *extract)
{
    return store_person_scan(txn, 0, add_person, &extract->line);
}

static enum result persons(struct service *service, const struct extract_file *file,
                           extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_persons, row, arg);
}

// ---- cases.csv, members.csv

static const char *const case_columns[] = {
    "case_id", "case_no",   "kind",        "person_id", "area",    "state",
    "since",   "closed_on", "exit_reason", "tier",      "officer", "review_class",
    "batch",   "version",   "by",          "at",        "fields",  "reviews"};

static void add_reviews(struct extract_line *line, const Rec__Case *record)
{
    char date[DATE_TEXT];

    extract_pairs_begin(line);
    for (size_t i = 0; i < record->n_reviews; i++)
        extract_pair(line, date_format(record->reviews[i]->date, date), record->reviews[i]->result);
    extract_pairs_end(line);
}

static enum result add_case(const Rec__Case *record, void *arg)
{
    struct extract_line *line = arg;

    extract_number(line, (int64_t)record->id);
    extract_text(line, record->number);
    extract_text(line, record->kind);
    extract_number(line, (int64_t)record->person);
    extract_text(line, record->area);
    extract_text(line, record->state);
    extract_day(line, record->since);
    extract_day(line, record->closed_on);
    extract_text(line, record->exit_reason);
    extract_text(line, record->tier);
    extract_text(line, record->officer);
    extract_text(line, record->review_class);
    extract_text(line, record->batch);
    extract_number(line, record->version);
    extract_text(line, record->by);
    extract_stamp(line, record->at);
    extract_fields(line, record->n_fields, record->fields);
    add_reviews(line, record);
    return extract_send(line);
}

static enum result scan_cases(struct txn *txn, struct extract *extract)
{
    return store_case_scan(txn, 0, add_case, &extract->line);
}

static enum result cases(struct service *service, const struct extract_file *file,
                         extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_cases, row, arg);
}

static const char *const member_columns[] = {"case_id", "person_id", "covered",
                                             "since",   "until",     "fields"};

static enum result add_members(const Rec__Case *record, void *arg)
{
    struct extract_line *line = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < record->n_members && result == 0; i++) {
        const Rec__Member *member = record->members[i];
        extract_number(line, (int64_t)record->id);
        extract_number(line, (int64_t)member->person);
        extract_flag(line, member->covered);
        extract_day(line, member->since);
        extract_day(line, member->until);
        extract_fields(line, member->n_fields, member->fields);
        result = extract_send(line);
    }
    return result;
}

static enum result scan_members(struct txn *txn, struct extract *extract)
{
    return store_case_scan(txn, 0, add_members, &extract->line);
}

static enum result members(struct service *service, const struct extract_file *file,
                           extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_members, row, arg);
}

// ---- visits.csv

static const char *const visit_columns[] = {
    "person_id", "date",    "seq",     "kind",       "mode",        "result",   "by",
    "officer",   "at",      "late",    "superseded", "after_death", "replaces", "replaces_date",
    "void",      "void_by", "void_at", "credited",   "batch",       "fields"};

static void add_credited(struct extract_line *line, const Rec__Visit *visit)
{
    struct str text = {0};

    for (size_t i = 0; i < visit->n_credited; i++)
        str_printf(&text, "%s%llu", i > 0 ? " " : "", (unsigned long long)visit->credited[i]);
    extract_text(line, str_text(&text));
    str_free(&text);
}

/** Who voided the visit, why and when; empty for a valid visit. */
static void add_voiding(struct extract_line *line, const Rec__Visit *visit)
{
    const Rec__Voiding *voided = visit->voided;

    extract_text(line, voided != NULL ? voided->reason : "");
    extract_text(line, voided != NULL ? voided->by : "");
    if (voided != NULL)
        extract_stamp(line, voided->at);
    else
        extract_text(line, "");
}

static enum result add_visit(const Rec__Visit *visit, void *arg)
{
    struct extract_line *line = arg;

    extract_number(line, (int64_t)visit->person);
    extract_day(line, visit->date);
    extract_number(line, visit->seq);
    extract_text(line, visit->kind);
    extract_text(line, visit->mode);
    extract_text(line, visit->result);
    extract_text(line, visit->by);
    extract_text(line, visit->officer);
    extract_stamp(line, visit->at);
    extract_flag(line, visit->late);
    extract_flag(line, visit->superseded);
    extract_flag(line, visit->after_death);
    extract_number(line, visit->replaces);
    extract_day(line, visit->replaces_date);
    add_voiding(line, visit);
    add_credited(line, visit);
    extract_text(line, visit->batch);
    extract_fields(line, visit->n_fields, visit->fields);
    return extract_send(line);
}

static enum result scan_visits(struct txn *txn, struct extract *extract)
{
    return store_visit_scan_all(txn, add_visit, &extract->line);
}

static enum result visits(struct service *service, const struct extract_file *file,
                          extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_visits, row, arg);
}

// ---- duties.csv

static const char *const duty_columns[] = {
    "month",    "area",       "case_id", "type",         "kind",    "person_id",
    "officer",  "tier",       "since",   "closed_on",    "need",    "done",
    "attempts", "late",       "state",   "fulfilled",    "reason",  "reached_on",
    "due_on",   "last_visit", "excuse",  "excuse_state", "reported"};

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct extract *extract = arg;
    struct extract_line *line = &extract->line;
    char month[MONTH_TEXT];
    struct duty_view view = judge_row(extract->service, duty, service_today(extract->service));

    extract_text(line, month_format(duty->month, month));
    extract_text(line, duty->area);
    extract_number(line, (int64_t)duty->case_id);
    extract_text(line, duty->type);
    extract_text(line, duty->kind);
    extract_number(line, (int64_t)duty->person);
    extract_text(line, duty->officer);
    extract_text(line, duty->tier);
    extract_day(line, duty->since);
    extract_day(line, duty->closed_on);
    extract_number(line, duty->need);
    extract_number(line, view.done);
    extract_number(line, view.attempts);
    extract_flag(line, view.late);
    extract_text(line, duty_state_name(view.state));
    extract_flag(line, view.fulfilled);
    extract_text(line, view.reason);
    extract_day(line, view.reached_on);
    extract_day(line, view.due_on);
    extract_day(line, view.last_visit);
    extract_text(line, duty->excuse != NULL ? duty->excuse->reason : "");
    extract_text(line, duty->excuse != NULL ? duty->excuse->state : "");
    extract_text(line, duty->frozen);
    return extract_send(line);
}

static enum result scan_duties(struct txn *txn, struct extract *extract)
{
    enum result result = RESULT_OK;
    month_t last = facts_opened_month(extract->service);

    for (month_t month = service_first_month(extract->service); month <= last && result == 0;
         month++)
        result = store_duty_scan(txn, month, "", NULL, add_duty, extract);
    return result;
}

static enum result duties(struct service *service, const struct extract_file *file,
                          extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_duties, row, arg);
}

// ---- events.csv

static const char *const event_columns[] = {"session",  "seq",      "at",     "officer", "action",
                                            "record",   "area",     "result", "changes", "note",
                                            "terminal", "previous", "hash"};

/** The other files have whole records; here changes are masked, as in every log. */
static char *shown_change(const struct forms *forms, const Rec__Change *change)
{
    const struct form_field *field = mask_field(forms, NULL, change->name);
    char *old = mask_value(field, change->old);
    char *new = mask_value(field, change->new_);
    char *text = mem_printf("%s→%s", old, new);

    free(old);
    free(new);
    return text;
}

static void add_changes(struct extract *extract, const Rec__Event *event)
{
    const struct forms *forms = service_forms(extract->service);
    struct extract_line *line = &extract->line;

    extract_pairs_begin(line);
    for (size_t i = 0; i < event->n_changes; i++) {
        const Rec__Change *change = event->changes[i];
        char *value = shown_change(forms, change);
        extract_pair(line, change->name, value);
        free(value);
    }
    extract_pairs_end(line);
}

static enum result add_event(const Rec__Event *event, void *arg)
{
    struct extract *extract = arg;
    struct extract_line *line = &extract->line;

    extract_hex(line, event->session);
    extract_number(line, (int64_t)event->seq);
    extract_stamp(line, event->at);
    extract_text(line, event->officer);
    extract_text(line, event->action);
    extract_text(line, event->record);
    extract_text(line, event->area);
    extract_text(line, result_name((enum result)event->result));
    add_changes(extract, event);
    extract_text(line, event->note);
    extract_text(line, event->terminal);
    extract_hex(line, event->previous);
    extract_hex(line, event->hash);
    return extract_send(line);
}

static enum result scan_events(struct txn *txn, struct extract *extract)
{
    return store_event_scan(txn, add_event, extract);
}

static enum result events(struct service *service, const struct extract_file *file,
                          extract_row_fn row, void *arg)
{
    (void)file;
    return run(service, scan_events, row, arg);
}

// ---- the files

#define FILE_ROW(file_name, list, function)                                                        \
    {                                                                                              \
        .name = (file_name), .columns = (list), .column_count = sizeof(list) / sizeof((list)[0]),  \
        .rows = (function),                                                                        \
    }

const struct extract_file *extract_at(size_t index)
{
    static const struct extract_file files[] = {
        FILE_ROW("persons.csv", person_columns, persons),
        FILE_ROW("cases.csv", case_columns, cases),
        FILE_ROW("members.csv", member_columns, members),
        FILE_ROW("visits.csv", visit_columns, visits),
        FILE_ROW("duties.csv", duty_columns, duties),
        {
            .name = "compliance.csv",
            .columns = extract_compliance_columns,
            .column_count = EXTRACT_COMPLIANCE_COLUMNS,
            .rows = extract_compliance,
        },
        FILE_ROW("events.csv", event_columns, events),
    };

    return index < sizeof files / sizeof files[0] ? &files[index] : NULL;
}
