/*
 * Cases of a bundle, with their members, reviews and excuses.
 */
#include "bundle/intake_private.h"

#include "base/words.h"

#include <string.h>

static const char *const case_columns[] = {
    "case_id", "case_no",   "kind",        "person_id", "area",    "state",
    "since",   "closed_on", "exit_reason", "tier",      "officer", "review_class",
    "batch",   "version",   "by",          "at",        "fields",  "deceased"};

static const char *const member_columns[] = {"case_id", "person_id", "covered",
                                             "since",   "until",     "fields"};
static const char *const review_columns[] = {"case_id", "date", "result", "note", "by", "at"};
static const char *const excuse_columns[] = {
    "case_id",       "reason",     "from",       "to",          "note",
    "asked_by",      "asked_at",   "state",      "decided_by",  "decided_at",
    "decision_note", "revoked_by", "revoked_at", "revoked_note"};

static void decode_case(struct intake *intake, struct decode_row *row, bool *ret_wanted)
{
    Rec__Case *casefile = &intake->record.casefile;

    (void)ret_wanted;
    rec__case__init(casefile);
    casefile->id = decode_id(row, DECODE_MUST);
    casefile->number = decode_text(row);
    casefile->kind = decode_text(row);
    casefile->person = decode_id(row, DECODE_MUST);
    casefile->area = decode_area(row, DECODE_MUST);
    casefile->state = decode_text(row);
    casefile->since = decode_day(row, DECODE_MAY);
    casefile->closed_on = decode_day(row, DECODE_MAY);
    casefile->exit_reason = decode_text(row);
    casefile->tier = decode_text(row);
    casefile->officer = decode_text(row);
    casefile->review_class = decode_text(row);
    casefile->batch = decode_text(row);
    casefile->version = decode_number(row);
    casefile->by = decode_text(row);
    casefile->at = decode_stamp(row);
    decode_fields(row, &casefile->n_fields, &casefile->fields);
    casefile->deceased = decode_id(row, DECODE_MAY);
    if (strcmp(casefile->state, CASE_ACTIVE) != 0 && strcmp(casefile->state, CASE_CLOSED) != 0)
        decode_refuse(row, RECEIPT_CONTENT, "个案状态“%.40s”不对", casefile->state);
}

static void join_member(struct intake *intake, struct decode_row *row)
{
    Rec__Case *casefile = &intake->record.casefile;
    Rec__Member *member =
        intake_add(intake, &casefile->members, &casefile->n_members, sizeof *member);

    rec__member__init(member);
    member->person = decode_id(row, DECODE_MUST);
    member->covered = decode_flag(row);
    member->since = decode_day(row, DECODE_MAY);
    member->until = decode_day(row, DECODE_MAY);
    decode_fields(row, &member->n_fields, &member->fields);
}

static void join_review(struct intake *intake, struct decode_row *row)
{
    Rec__Case *casefile = &intake->record.casefile;
    Rec__Review *review =
        intake_add(intake, &casefile->reviews, &casefile->n_reviews, sizeof *review);

    rec__review__init(review);
    review->date = decode_day(row, DECODE_MAY);
    review->result = decode_copy(row);
    review->note = decode_copy(row);
    review->by = decode_copy(row);
    review->at = decode_stamp(row);
}

static void join_excuse(struct intake *intake, struct decode_row *row)
{
    Rec__Case *casefile = &intake->record.casefile;
    Rec__Excuse *excuse =
        intake_add(intake, &casefile->excuses, &casefile->n_excuses, sizeof *excuse);

    rec__excuse__init(excuse);
    excuse->reason = decode_copy(row);
    excuse->from = decode_day(row, DECODE_MAY);
    excuse->to = decode_day(row, DECODE_MAY);
    excuse->note = decode_copy(row);
    excuse->asked_by = decode_copy(row);
    excuse->asked_at = decode_stamp(row);
    excuse->state = decode_copy(row);
    excuse->decided_by = decode_copy(row);
    excuse->decided_at = decode_stamp(row);
    excuse->decision_note = decode_copy(row);
    excuse->revoked_by = decode_copy(row);
    excuse->revoked_at = decode_stamp(row);
    excuse->revoked_note = decode_copy(row);
}

const struct intake_kind intake_cases = {
    .file = INTAKE_FILE("cases.csv", case_columns, 0),
    .decode = decode_case,
    .joined = {INTAKE_FILE("members.csv", member_columns, 1),
               INTAKE_FILE("reviews.csv", review_columns, 1),
               INTAKE_FILE("excuses.csv", excuse_columns, 1)},
    .join = {join_member, join_review, join_excuse},
};
