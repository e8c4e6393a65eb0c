#include "base/text.h"
#include "service/visit_entry.h"
#include "service/work.h"

#include <stdio.h>
#include <string.h>

/** Takes "DATE:SEQ" or "PERSON:DATE:SEQ" apart. */
static bool parse_reference(const char *text, day_t *ret_date, uint32_t *ret_seq)
{
    char date[DATE_TEXT];
    int64_t seq = 0;
    const char *last = strrchr(text, ':');

    if (last == NULL || last - text < DATE_TEXT - 1)
        return false;
    snprintf(date, sizeof date, "%s", last - (DATE_TEXT - 1));
    if (text_to_int(last + 1, 0, UINT32_MAX - 1, &seq) != RESULT_OK)
        return false;
    *ret_seq = (uint32_t)seq;
    return date_parse(date, ret_date) == RESULT_OK;
}

/** A visit that stands and may be corrected. */
static enum result find_standing(struct work *work, uint64_t person, const char *reference,
                                 Rec__Visit **ret_visit)
{
    Rec__Visit *visit = NULL;
    day_t date = 0;
    uint32_t seq = 0;

    if (!parse_reference(reference, &date, &seq))
        return reply_say(work->reply, RESULT_USAGE, "看不懂要更正的探访“%s”，应为 日期:序号。",
                         reference);
    enum result result = store_visit_get(work->txn, person, date, seq, &visit);
    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有找到要更正的探访，请重新打开探访记录。");
    if (result != RESULT_OK)
        return result;
    if (visit->superseded) {
        rec__visit__free_unpacked(visit, NULL);
        return reply_say(work->reply, RESULT_CONFLICT,
                         "这次探访已经被更正过，请重新打开探访记录后再改。");
    }
    *ret_visit = visit;
    return RESULT_OK;
}

enum result visit_entry_replaced(struct visit_entry *entry)
{
    const char *reference = entry->input->replaces;

    if (reference == NULL || *reference == '\0')
        return RESULT_OK;
    return find_standing(entry->work, entry->person->id, reference, &entry->replaced);
}

// ---- what a correction begins with

struct get_job {
    uint64_t case_id;
    const char *reference;
    struct fields *values;
};

static void read_values(const Rec__Visit *visit, struct fields *values)
{
    const char *head[VISIT_HEAD_COUNT] = {NULL, visit->mode, visit->result, visit->by};
    char date[DATE_TEXT];

    store_fields_read(visit->n_fields, visit->fields, values);
    head[0] = date_format(visit->date, date);
    for (size_t i = 0; i < VISIT_HEAD_COUNT; i++)
        fields_set(values, VISIT_HEAD[i], head[i]);
}

static enum result get_body(struct work *work, void *arg)
{
    const struct get_job *job = arg;
    Rec__Case *record = NULL;
    Rec__Visit *visit = NULL;
    enum result result = store_case_get(work->txn, job->case_id, &record);

    fields_free(job->values);
    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result != RESULT_OK)
        return result;
    result = work_allow(work, ACTION_VISIT_ADD, record->area);
    if (result == RESULT_OK)
        result = find_standing(work, record->person, job->reference, &visit);
    if (result == RESULT_OK) {
        read_values(visit, job->values);
        rec__visit__free_unpacked(visit, NULL);
    }
    rec__case__free_unpacked(record, NULL);
    return result;
}

enum result visit_get(struct service *service, const struct caller *caller, uint64_t case_id,
                      const char *reference, struct fields *ret_values, struct reply *reply)
{
    struct fields values = {0};
    struct get_job job = {.case_id = case_id, .reference = reference, .values = &values};
    enum result result =
        service_read(service, caller, ACTION_VISIT_ADD, NULL, get_body, &job, reply);

    if (result == RESULT_OK)
        *ret_values = values;
    else
        fields_free(&values);
    return result;
}
