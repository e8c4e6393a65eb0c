/*
 * Duties of a bundle with their marks, and statements with their rows.
 */
#include "bundle/intake_private.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

// ---- duties

static const char *const duty_columns[] = {
    "month",       "area",     "case_id",     "type",       "kind",         "person_id",
    "officer",     "tier",     "since",       "closed_on",  "need",         "attempts",
    "late",        "state",    "fulfilled",   "reached_on", "excuse",       "excuse_state",
    "reported",    "interval", "exit_reason", "credits",    "attempted_on", "last_before",
    "reopened",    "unowed",   "present",     "shared",     "credit_seqs?", "credit_late?",
    "excuse_copy?"};

static const char *const mark_columns[] = {"month", "area", "case_id", "type", "what",
                                           "old",   "new",  "at",      "by",   "closed"};

static bool add_credit(const char *piece, void *arg)
{
    struct intake *intake = arg;
    Rec__Duty *duty = &intake->record.duty;
    Rec__Credit *credit = intake_add(intake, &duty->credits, &duty->n_credits, sizeof *credit);

    rec__credit__init(credit);
    return date_parse(piece, &credit->date) == 0;
}

struct days {
    size_t count, capacity;
    day_t *items;
};

static bool add_day(const char *piece, void *arg)
{
    struct days *days = arg;

    mem_grow((void **)&days->items, days->count, &days->capacity, sizeof *days->items);
    return date_parse(piece, &days->items[days->count++]) == 0;
}

static void decode_attempts(struct intake *intake, struct decode_row *row)
{
    Rec__Duty *duty = &intake->record.duty;
    struct days days = {0};

    decode_pieces(row, add_day, &days);
    duty->attempts = days.items != NULL ? decode_keep(intake->decoder, days.items) : NULL;
    duty->n_attempts = days.count;
}

/** A value for each credit, in their order. */
struct values {
    Rec__Duty *duty;
    size_t next;
};

static bool set_seq(const char *piece, void *arg)
{
    struct values *values = arg;

    if (values->next >= values->duty->n_credits || strlen(piece) > 9 ||
        piece[strspn(piece, "0123456789")] != '\0')
        return false;
    values->duty->credits[values->next++]->seq = (uint32_t)strtoul(piece, NULL, 10);
    return true;
}

static bool set_late(const char *piece, void *arg)
{
    struct values *values = arg;

    if (values->next >= values->duty->n_credits)
        return false;
    values->duty->credits[values->next++]->late = strcmp(piece, "1") == 0;
    return true;
}

static void set_excuse(char *name, char *value, void *arg)
{
    struct intake *intake = arg;
    Rec__Excuse *excuse = intake->record.duty.excuse;
    const struct {
        const char *name;
        day_t *day;
        int64_t *stamp;
        char **text;
    } places[] = {
        {"from", &excuse->from, NULL, NULL},
        {"to", &excuse->to, NULL, NULL},
        {"note", NULL, NULL, &excuse->note},
        {"asked_by", NULL, NULL, &excuse->asked_by},
        {"asked_at", NULL, &excuse->asked_at, NULL},
        {"decided_by", NULL, NULL, &excuse->decided_by},
        {"decided_at", NULL, &excuse->decided_at, NULL},
        {"decision_note", NULL, NULL, &excuse->decision_note},
        {"revoked_by", NULL, NULL, &excuse->revoked_by},
        {"revoked_at", NULL, &excuse->revoked_at, NULL},
        {"revoked_note", NULL, NULL, &excuse->revoked_note},
    };

    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].name, name) != 0)
            continue;
        if (places[i].text != NULL)
            *places[i].text = value;
        else if ((places[i].day != NULL ? date_parse(value, places[i].day)
                                        : date_parse_stamp(value, places[i].stamp)) != 0)
            decode_refuse(&intake->rows[0], RECEIPT_CONTENT, "免访的 %s“%.40s”不对", name, value);
    }
}

static void decode_excuse(struct intake *intake, char *reason, char *state)
{
    if (*reason == '\0' && *state == '\0')
        return;
    Rec__Excuse *excuse = decode_keep(intake->decoder, mem_new(sizeof *excuse));
    rec__excuse__init(excuse);
    excuse->reason = reason;
    excuse->state = state;
    intake->record.duty.excuse = excuse;
}

static void decode_facts(struct intake *intake, struct decode_row *row)
{
    Rec__Duty *duty = &intake->record.duty;

    duty->frozen = decode_text(row);
    duty->interval = decode_number(row);
    duty->exit_reason = decode_text(row);
    decode_pieces(row, add_credit, intake);
    decode_attempts(intake, row);
    duty->last_before = decode_day(row, DECODE_MAY);
    duty->reopened = decode_flag(row);
    duty->unowed = decode_text(row);
    duty->present = decode_day(row, DECODE_MAY);
    duty->shared = decode_text(row);
    decode_pieces(row, set_seq, &(struct values){.duty = duty});
    decode_pieces(row, set_late, &(struct values){.duty = duty});
    if (duty->excuse != NULL)
        decode_pairs(row, set_excuse, intake);
}

static void decode_duty(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Duty *duty = &intake->record.duty;

    (void)ret_wanted;
    rec__duty__init(duty);
    duty->month = decode_month(row, DECODE_MUST);
    duty->area = decode_area(row, DECODE_MUST);
    duty->case_id = decode_id(row, DECODE_MUST);
    duty->type = decode_text(row);
    duty->kind = decode_text(row);
    duty->person = decode_id(row, DECODE_MUST);
    duty->officer = decode_text(row);
    duty->tier = decode_text(row);
    duty->since = decode_day(row, DECODE_MAY);
    duty->closed_on = decode_day(row, DECODE_MAY);
    duty->need = decode_number(row);
    intake->verdict.attempts = decode_number(row);
    intake->verdict.late = decode_flag(row);
    intake->verdict.state = decode_text(row);
    intake->verdict.fulfilled = decode_flag(row);
    day_t reached_on = decode_day(row, DECODE_MAY);
    duty->reached_on = strcmp(duty->type, DUTY_TYPE_REVIEW) == 0 ? reached_on : 0;
    char *reason = decode_text(row);
    decode_excuse(intake, reason, decode_text(row));
    decode_facts(intake, row);
}

static void join_mark(struct intake *intake, struct decode_row *row)
{
    Rec__Duty *duty = &intake->record.duty;
    Rec__Mark *mark = intake_add(intake, &duty->marks, &duty->n_marks, sizeof *mark);

    rec__mark__init(mark);
    mark->what = decode_copy(row);
    mark->old = decode_copy(row);
    mark->new_ = decode_copy(row);
    mark->at = decode_stamp(row);
    mark->by = decode_copy(row);
    mark->closed = decode_flag(row);
}

const struct intake_kind intake_duties = {
    .file = INTAKE_FILE("duties.csv", duty_columns, 0),
    .decode = decode_duty,
    .joined = {INTAKE_FILE("marks.csv", mark_columns, 4)},
    .join = {join_mark},
};

// ---- statements

static const char *const statement_columns[] = {
    "month",       "area",          "version", "closed_at", "closed_by", "reopened_at",
    "reopened_by", "reopen_reason", "rows",    "hash",      "ids_given?"};

static const char *const statement_row_columns[] = {
    "month",     "area",    "version", "case_no",  "name",       "village",
    "kind",      "officer", "state",   "reason",   "reached_on", "fulfilled",
    "attempted", "late",    "words",   "attempts", "case_id"};

static void decode_statement(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Statement *statement = &intake->record.statement;

    (void)ret_wanted;
    rec__statement__init(statement);
    intake->decoder->gave_ids = false;
    statement->month = decode_month(row, DECODE_MUST);
    statement->area = decode_area(row, DECODE_MUST);
    statement->version = decode_number(row);
    statement->closed_at = decode_stamp(row);
    statement->closed_by = decode_text(row);
    statement->reopened_at = decode_stamp(row);
    statement->reopened_by = decode_text(row);
    statement->reopen_reason = decode_text(row);
    intake->said = decode_number(row);
    decode_hex(row, &statement->hash);
    statement->ids_given = strcmp(decode_text(row), "1") == 0;
}

static void join_statement_row(struct intake *intake, struct decode_row *row)
{
    Rec__Statement *statement = &intake->record.statement;
    Rec__StatementRow *is = intake_add(intake, &statement->rows, &statement->n_rows, sizeof *is);

    rec__statement_row__init(is);
    is->case_no = decode_copy(row);
    is->name = decode_copy(row);
    is->area = decode_area(row, DECODE_MUST);
    is->area = decode_keep(intake->decoder, mem_copy(is->area));
    is->kind = decode_copy(row);
    is->officer = decode_copy(row);
    is->state = decode_copy(row);
    is->reason = decode_copy(row);
    is->reached_on = decode_day(row, DECODE_MAY);
    is->fulfilled = decode_flag(row);
    is->attempted = decode_flag(row);
    is->late = decode_flag(row);
    is->words = decode_copy(row);
    is->attempts = decode_number(row);
    is->case_id = decode_id(row, DECODE_MAY);
    statement->ids_given |= intake->decoder->gave_ids;
}

const struct intake_kind intake_statements = {
    .file = INTAKE_FILE("statements.csv", statement_columns, 0),
    .decode = decode_statement,
    .joined = {INTAKE_FILE("statement_rows.csv", statement_row_columns, 3)},
    .join = {join_statement_row},
};
