/*
 * Files of the bundle about people and cases.
 */
#include "bundle/extract_files.h"

#include "db/tables.h"

// ---- persons.csv

static const char *const person_columns[] = {"person_id", "id_no", "name",    "sex",   "birth",
                                             "area",      "phone", "address", "death", "version",
                                             "by",        "at",    "fields"};

static enum result add_person(const Rec__Person *person, void *arg)
{
    struct extract_line *line = arg;

    extract_id(line, person->id);
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

EXTRACT_FILE(persons, "person", "自然人：有个案的人和家庭成员，每人一行",
             "people: subjects of cases and members of households, one row each", person_columns,
             .key_columns = 1, EXTRACT_SCAN(scan_persons));

// ---- cases.csv, members.csv

static const char *const case_columns[] = {
    "case_id",   "case_no",     "kind",   "person_id", "area",         "state", "since",
    "closed_on", "exit_reason", "tier",   "officer",   "review_class", "batch", "version",
    "by",        "at",          "fields", "reviews",   "deceased"};

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

    extract_id(line, record->id);
    extract_text(line, record->number);
    extract_text(line, record->kind);
    extract_id(line, record->person);
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
    extract_reference(line, record->deceased);
    return extract_send(line);
}

static enum result scan_cases(struct txn *txn, struct extract *extract)
{
    return store_case_scan(txn, 0, add_case, &extract->line);
}

EXTRACT_FILE(cases, "case", "个案：一人或一户在一项业务里的一份",
             "cases: one person or household in one programme", case_columns, .key_columns = 1,
             EXTRACT_SCAN(scan_cases));

static const char *const member_columns[] = {"case_id", "person_id", "covered",
                                             "since",   "until",     "fields"};

static enum result add_members(const Rec__Case *record, void *arg)
{
    struct extract_line *line = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < record->n_members && result == 0; i++) {
        const Rec__Member *member = record->members[i];
        extract_id(line, record->id);
        extract_id(line, member->person);
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

EXTRACT_FILE(members, NULL, "家庭成员：按户的个案，每个成员一行",
             "members of the households of cases, one row each", member_columns, .key_columns = 1,
             EXTRACT_SCAN(scan_members));

// ---- reviews.csv

static const char *const review_columns[] = {"case_id", "date", "result", "note", "by", "at"};

static enum result add_review_rows(const Rec__Case *record, void *arg)
{
    struct extract_line *line = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < record->n_reviews && result == 0; i++) {
        const Rec__Review *review = record->reviews[i];
        extract_id(line, record->id);
        extract_day(line, review->date);
        extract_text(line, review->result);
        extract_text(line, review->note);
        extract_text(line, review->by);
        extract_stamp(line, review->at);
        result = extract_send(line);
    }
    return result;
}

static enum result scan_reviews(struct txn *txn, struct extract *extract)
{
    return store_case_scan(txn, 0, add_review_rows, &extract->line);
}

EXTRACT_FILE(reviews, NULL, "复核：每次一行", "reviews of cases, one row each", review_columns,
             .key_columns = 1, EXTRACT_SCAN(scan_reviews));

// ---- excuses.csv

static const char *const excuse_columns[] = {
    "case_id",       "reason",     "from",       "to",          "note",
    "asked_by",      "asked_at",   "state",      "decided_by",  "decided_at",
    "decision_note", "revoked_by", "revoked_at", "revoked_note"};

static enum result add_excuses(const Rec__Case *record, void *arg)
{
    struct extract_line *line = arg;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < record->n_excuses && result == 0; i++) {
        const Rec__Excuse *excuse = record->excuses[i];
        extract_id(line, record->id);
        extract_text(line, excuse->reason);
        extract_day(line, excuse->from);
        extract_day(line, excuse->to);
        extract_text(line, excuse->note);
        extract_text(line, excuse->asked_by);
        extract_stamp(line, excuse->asked_at);
        extract_text(line, excuse->state);
        extract_text(line, excuse->decided_by);
        extract_stamp(line, excuse->decided_at);
        extract_text(line, excuse->decision_note);
        extract_text(line, excuse->revoked_by);
        extract_stamp(line, excuse->revoked_at);
        extract_text(line, excuse->revoked_note);
        result = extract_send(line);
    }
    return result;
}

static enum result scan_excuses(struct txn *txn, struct extract *extract)
{
    return store_case_scan(txn, 0, add_excuses, &extract->line);
}

EXTRACT_FILE(excuses, NULL, "免访：每次申请一行，批没批、撤没撤都在",
             "excuses from visits, one row for each application, whatever became of it",
             excuse_columns, .key_columns = 1, EXTRACT_SCAN(scan_excuses));
