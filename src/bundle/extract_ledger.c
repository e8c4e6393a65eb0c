/*
 * Files of the bundle about visits and duties.
 */
#include "bundle/extract_files.h"

#include "db/tables.h"
#include "service/ledger/duties.h"
#include "service/memory/judge.h"
#include "service/memory/state.h"

#include <inttypes.h>

// ---- visits.csv

static const char *const visit_columns[] = {
    "person_id", "date",          "seq",   "kind",    "mode",       "result",
    "by",        "officer",       "at",    "late",    "superseded", "after_death",
    "replaces",  "replaces_date", "void",  "void_by", "void_at",    "credited",
    "batch",     "fields",        "alarm", "judged",  "stood_for"};

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

    extract_id(line, visit->person);
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
    extract_reference(line, visit->alarm);
    extract_number(line, visit->judged);
    extract_text(line, visit->stood_for);
    return extract_send(line);
}

static enum result scan_visits(struct txn *txn, struct extract *extract)
{
    return store_visit_scan_all(txn, add_visit, &extract->line);
}

EXTRACT_FILE(visits, "visit", "探访：每次一行，更正前的和作废的也在",
             "visits, one row each; corrected and voided ones too", visit_columns, .key_columns = 3,
             EXTRACT_SCAN(scan_visits));

// ---- duties.csv

static const char *const duty_columns[] = {
    "month",       "area",       "case_id",      "type",         "kind",       "person_id",
    "officer",     "tier",       "since",        "closed_on",    "need",       "done",
    "attempts",    "late",       "state",        "fulfilled",    "reason",     "reached_on",
    "due_on",      "last_visit", "excuse",       "excuse_state", "reported",   "interval",
    "exit_reason", "credits",    "attempted_on", "last_before",  "reopened",   "unowed",
    "present",     "shared",     "credit_seqs",  "credit_late",  "excuse_copy"};

static void add_days(struct str *text, day_t day)
{
    char date[DATE_TEXT];

    str_printf(text, "%s%s", text->length > 0 ? " " : "", date_format(day, date));
}

static void add_moment(struct extract_line *line, const char *name, int64_t seconds)
{
    char stamp[STAMP_TEXT];

    if (seconds != 0)
        extract_pair(line, name, date_format_stamp(seconds, stamp));
}

static void add_word(struct extract_line *line, const char *name, const char *text)
{
    if (*text != '\0')
        extract_pair(line, name, text);
}

/** The row's own copy, which stays as it was when the month was last open. */
static void add_excuse(struct extract_line *line, const Rec__Excuse *excuse)
{
    char date[DATE_TEXT];

    extract_pairs_begin(line);
    if (excuse != NULL) {
        add_word(line, "from", date_format(excuse->from, date));
        add_word(line, "to", date_format(excuse->to, date));
        add_word(line, "note", excuse->note);
        add_word(line, "asked_by", excuse->asked_by);
        add_moment(line, "asked_at", excuse->asked_at);
        add_word(line, "decided_by", excuse->decided_by);
        add_moment(line, "decided_at", excuse->decided_at);
        add_word(line, "decision_note", excuse->decision_note);
        add_word(line, "revoked_by", excuse->revoked_by);
        add_moment(line, "revoked_at", excuse->revoked_at);
        add_word(line, "revoked_note", excuse->revoked_note);
    }
    extract_pairs_end(line);
}

/** What the state follows from, beside the columns before. */
static void add_facts(struct extract_line *line, const Rec__Duty *duty)
{
    struct str text = {0};

    extract_number(line, duty->interval);
    extract_text(line, duty->exit_reason);
    for (size_t i = 0; i < duty->n_credits; i++)
        add_days(&text, duty->credits[i]->date);
    extract_text(line, str_text(&text));
    str_clear(&text);
    for (size_t i = 0; i < duty->n_attempts; i++)
        add_days(&text, duty->attempts[i]);
    extract_text(line, str_text(&text));
    str_clear(&text);
    extract_day(line, duty->last_before);
    extract_flag(line, duty->reopened);
    extract_text(line, duty->unowed);
    extract_day(line, duty->present);
    extract_text(line, duty->shared);
    for (size_t i = 0; i < duty->n_credits; i++)
        str_printf(&text, "%s%" PRIu32, i > 0 ? " " : "", duty->credits[i]->seq);
    extract_text(line, str_text(&text));
    str_clear(&text);
    for (size_t i = 0; i < duty->n_credits; i++)
        str_printf(&text, "%s%d", i > 0 ? " " : "", duty->credits[i]->late);
    extract_text(line, str_text(&text));
    str_free(&text);
    add_excuse(line, duty->excuse);
}

static enum result add_duty(const Rec__Duty *duty, void *arg)
{
    struct extract *extract = arg;
    struct extract_line *line = &extract->line;
    struct duty_view view = judge_row(extract->service, duty, service_today(extract->service));

    extract_month(line, duty->month);
    extract_text(line, duty->area);
    extract_id(line, duty->case_id);
    extract_text(line, duty->type);
    extract_text(line, duty->kind);
    extract_id(line, duty->person);
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
    add_facts(line, duty);
    return extract_send(line);
}

/** Goes through the duties of all months. */
static enum result scan_months(struct txn *txn, struct extract *extract, store_duty_fn each)
{
    enum result result = RESULT_OK;
    month_t last = facts_opened_month(extract->service);

    for (month_t month = service_first_month(extract->service); month <= last && result == 0;
         month++)
        result = store_duty_scan(txn, month, "", NULL, each, extract);
    return result;
}

static enum result scan_duties(struct txn *txn, struct extract *extract)
{
    return scan_months(txn, extract, add_duty);
}

EXTRACT_FILE(duties, "duty", "应访（复核）任务：每月每个个案一行，附判定",
             "duties: what each case was owed in each month, with the verdict", duty_columns,
             .key_columns = 4, EXTRACT_SCAN(scan_duties));

// ---- marks.csv

static const char *const mark_columns[] = {"month", "area", "case_id", "type", "what",
                                           "old",   "new",  "at",      "by",   "closed"};

static enum result add_marks(const Rec__Duty *duty, void *arg)
{
    struct extract *extract = arg;
    struct extract_line *line = &extract->line;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < duty->n_marks && result == 0; i++) {
        const Rec__Mark *mark = duty->marks[i];
        extract_month(line, duty->month);
        extract_text(line, duty->area);
        extract_id(line, duty->case_id);
        extract_text(line, duty->type);
        extract_text(line, mark->what);
        extract_text(line, mark->old);
        extract_text(line, mark->new_);
        extract_stamp(line, mark->at);
        extract_text(line, mark->by);
        extract_flag(line, mark->closed);
        result = extract_send(line);
    }
    return result;
}

static enum result scan_marks(struct txn *txn, struct extract *extract)
{
    return scan_months(txn, extract, add_marks);
}

EXTRACT_FILE(marks, NULL, "事后的改动：影响某月应访的起始日、退出、村、档次等改了什么",
             "later changes of facts on which a duty depends", mark_columns, .key_columns = 4,
             EXTRACT_SCAN(scan_marks));
