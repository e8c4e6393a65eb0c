/*
 * Files of the bundle about the office: divisions, officers, standards, alarms.
 */
#include "bundle/extract_files.h"

#include "base/mem.h"
#include "base/words.h"
#include "db/tables.h"
#include "service/frame/record.h"
#include "service/keeping/standard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- areas.csv

static const char *const areas_columns[] = {"code",  "name",      "parent", "level",      "from",
                                            "until", "successor", "former", "first_month"};

/** A day that is not set is an empty cell. */
static void add_day(struct extract_line *line, day_t day)
{
    if (day == 0)
        extract_text(line, "");
    else
        extract_day(line, day);
}

static enum result add_areas(const Rec__Area *area, void *arg)
{
    struct extract_line *line = arg;
    char date[DATE_TEXT];

    extract_text(line, area->code);
    extract_text(line, area->name);
    extract_text(line, area->parent);
    extract_text(line, area->level);
    add_day(line, area->from);
    add_day(line, area->until);
    extract_text(line, area->successor);
    extract_pairs_begin(line);
    for (size_t i = 0; i < area->n_former; i++)
        extract_pair(line, date_format(area->former[i]->until, date), area->former[i]->name);
    extract_pairs_end(line);
    extract_month(line, area->first_month);
    return extract_send(line);
}

static enum result scan_areas(struct txn *txn, struct extract *extract)
{
    return store_area_scan(txn, "", add_areas, &extract->line);
}

EXTRACT_FILE(areas, "area", "区划", "divisions", areas_columns, .key_columns = 1,
             EXTRACT_SCAN(scan_areas));

// ---- area_changes.csv

static const char *const area_changes_columns[] = {
    "change", "from", "state", "steps",      "cases",     "persons",   "officers",
    "duties", "by",   "at",    "applied_at", "undone_by", "undone_at", "fault"};

static enum result add_area_changes(const Rec__AreaChange *change, void *arg)
{
    struct extract_line *line = arg;

    extract_number(line, (int64_t)change->id);
    extract_day(line, change->from);
    extract_text(line, change->state);
    extract_pairs_begin(line);
    for (size_t i = 0; i < change->n_steps; i++) {
        const Rec__AreaStep *step = change->steps[i];
        char *words = mem_printf("%s %s %s %s", step->what, step->code, step->into, step->name);
        char number[NUMBER_TEXT];
        snprintf(number, sizeof number, "%zu", i + 1);
        extract_pair(line, number, words);
        free(words);
    }
    extract_pairs_end(line);
    extract_number(line, (int64_t)change->cases);
    extract_number(line, (int64_t)change->persons);
    extract_number(line, (int64_t)change->officers);
    extract_number(line, (int64_t)change->duties);
    extract_text(line, change->by);
    extract_stamp(line, change->at);
    extract_stamp(line, change->applied_at);
    extract_text(line, change->undone_by);
    extract_stamp(line, change->undone_at);
    extract_text(line, change->fault);
    return extract_send(line);
}

static enum result scan_area_changes(struct txn *txn, struct extract *extract)
{
    return store_area_change_scan(txn, add_area_changes, &extract->line);
}

EXTRACT_FILE(area_changes, "area_change", "区划调整：每次做了什么，撤销了没有",
             "changes of divisions: what each did, and whether it was undone", area_changes_columns,
             .key_columns = 1, EXTRACT_SCAN(scan_area_changes));

// ---- officers.csv

static const char *const officers_columns[] = {"officer", "name", "role", "area",  "phone",
                                               "locked",  "by",   "at",   "former"};

/** Officers of the senders below, waiting for their places among the home's own. */
struct officers {
    struct extract_line *line;
    size_t count, capacity, next;
    Rec__Officer **sent;
};

static enum result send_officer(struct extract_line *line, const Rec__Officer *officer)
{
    char date[DATE_TEXT];

    extract_text(line, officer->id);
    extract_text(line, officer->name);
    extract_text(line, officer->role);
    extract_text(line, officer->area);
    extract_text(line, officer->phone);
    extract_flag(line, officer->locked);
    extract_text(line, officer->by);
    extract_stamp(line, officer->at);
    extract_pairs_begin(line);
    for (size_t i = 0; i < officer->n_former; i++)
        extract_pair(line, date_format(officer->former[i]->until, date), officer->former[i]->area);
    extract_pairs_end(line);
    return extract_send(line);
}

static enum result keep_sent(const Rec__Officer *officer, void *arg)
{
    struct officers *officers = arg;

    mem_grow((void **)&officers->sent, officers->count, &officers->capacity,
             sizeof *officers->sent);
    officers->sent[officers->count++] = record_copy(officer);
    return RESULT_OK;
}

/** Sends those that stand before `id`; NULL = all that are left. */
static enum result send_sent(struct officers *officers, const char *id)
{
    enum result result = RESULT_OK;

    while (result == 0 && officers->next < officers->count &&
           (id == NULL || strcmp(officers->sent[officers->next]->id, id) < 0))
        result = send_officer(officers->line, officers->sent[officers->next++]);
    return result;
}

static enum result add_own(const Rec__Officer *officer, void *arg)
{
    struct officers *officers = arg;
    enum result result = send_sent(officers, officer->id);

    return result == 0 ? send_officer(officers->line, officer) : result;
}

/** A county hands on the officers of its streets: a city has their names from nobody else. */
static enum result scan_officers(struct txn *txn, struct extract *extract)
{
    struct officers officers = {.line = &extract->line};
    enum result result = store_sent_officer_scan(txn, keep_sent, &officers);

    if (result == 0)
        result = store_officer_scan(txn, add_own, &officers);
    if (result == 0)
        result = send_sent(&officers, NULL);
    while (officers.count > 0)
        rec__officer__free_unpacked(officers.sent[--officers.count], NULL);
    free(officers.sent);
    return result;
}

EXTRACT_FILE(officers, "officer", "经办人：没有密码，也没有由密码算出的东西；下级报来的也在内",
             "officers; nothing of their passwords; those of the senders below, too",
             officers_columns, .also = "sent_officer", .key_columns = 1,
             EXTRACT_SCAN(scan_officers));

// ---- standards.csv

static const char *const standards_columns[] = {"name",   "area", "from", "value",
                                                "source", "by",   "at"};

static enum result add_standards(const Rec__Standard *standard, void *arg)
{
    struct extract_line *line = arg;
    if (*standard->value == '\0')
        return RESULT_OK; /* only proposed */
    char *value = standard_value_text(standard);
    extract_text(line, standard->name);
    extract_text(line, standard->area);
    extract_day(line, standard->from);
    extract_text(line, value);
    free(value);
    extract_text(line, standard->source);
    extract_text(line, standard->by);
    extract_stamp(line, standard->at);
    return extract_send(line);
}

static enum result scan_standards(struct txn *txn, struct extract *extract)
{
    return store_standard_scan(txn, "", add_standards, &extract->line);
}

EXTRACT_FILE(standards, "standard", "标准和参数：从哪天起是多少，依据什么",
             "standards and parameters: how much from which day on, and by which source",
             standards_columns, .key_columns = 3, EXTRACT_SCAN(scan_standards));

// ---- alarms.csv

static const char *const alarms_columns[] = {
    "alarm",     "kind",    "area",      "person_id", "case_id", "visit_date",
    "visit_seq", "text",    "raised_at", "raised_by", "state",   "taken_by",
    "taken_at",  "done_by", "done_at",   "done_note", "count"};

static enum result add_alarms(const Rec__Alarm *alarm, void *arg)
{
    struct extract_line *line = arg;

    extract_id(line, alarm->id);
    extract_text(line, alarm->kind);
    extract_text(line, alarm->area);
    extract_reference(line, alarm->person);
    extract_reference(line, alarm->case_id);
    extract_day(line, alarm->visit_date);
    extract_number(line, (int64_t)alarm->visit_seq);
    extract_text(line, alarm->text);
    extract_stamp(line, alarm->raised_at);
    extract_text(line, alarm->raised_by);
    extract_text(line, alarm->state);
    extract_text(line, alarm->taken_by);
    extract_stamp(line, alarm->taken_at);
    extract_text(line, alarm->done_by);
    extract_stamp(line, alarm->done_at);
    extract_text(line, alarm->done_note);
    extract_number(line, (int64_t)alarm->count);
    return extract_send(line);
}

static enum result scan_alarms(struct txn *txn, struct extract *extract)
{
    return store_alarm_scan(txn, add_alarms, &extract->line);
}

EXTRACT_FILE(alarms, "alarm", "紧急情况和待办：谁提出、谁接手、怎样办结",
             "alarms and tasks: raised, taken and ended by whom", alarms_columns, .key_columns = 1,
             EXTRACT_SCAN(scan_alarms));
