/*
 * Finds the visit that a correction replaces, and its values.
 */
#include "base/text.h"
#include "base/words.h"
#include "service/frame/record.h"
#include "service/ledger/recount.h"
#include "service/ledger/rows.h"
#include "service/ledger/visit_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Parses "DATE:SEQ" or "PERSON:DATE:SEQ". */
static bool parse_reference(const char *text, day_t *ret_date, uint32_t *ret_seq)
{
    char date[DATE_TEXT];
    int64_t seq = 0;
    const char *last = strrchr(text, ':');

    if (last == NULL || last - text < DATE_TEXT - 1)
        return false;
    snprintf(date, sizeof date, "%s", last - (DATE_TEXT - 1));
    if (text_to_int(last + 1, 0, UINT32_MAX - 1, &seq) != 0)
        return false;
    *ret_seq = (uint32_t)seq;
    return date_parse(date, ret_date) == 0;
}

/** Refuses a visit that was corrected or voided already. */
static enum result refuse_gone(struct usecase *usecase, const Rec__Visit *visit, const char *verb)
{
    if (visit->voided == NULL)
        return reply_say(usecase->reply, RESULT_CONFLICT,
                         "这次探访已经被更正过，请重新打开探访记录，%s更正后的那一次。", verb);
    char *by = rows_officer_name(usecase, visit->voided->by);
    reply_say(usecase->reply, RESULT_CONFLICT,
              "这次探访已由%s作废（%s），不能再%s；有误请重新登记。", by, visit->voided->reason,
              verb);
    free(by);
    return RESULT_CONFLICT;
}

enum result visit_find_standing(struct usecase *usecase, uint64_t person, const char *reference,
                                const char *verb, Rec__Visit **ret_visit)
{
    Rec__Visit *visit = NULL;
    day_t date = 0;
    uint32_t seq = 0;

    if (!parse_reference(reference, &date, &seq))
        return reply_say(usecase->reply, RESULT_USAGE, "看不懂要%s的探访“%s”，应为 日期:序号。",
                         verb, reference);
    enum result result = store_visit_get(usecase->txn, person, date, seq, &visit);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有找到要%s的探访，请重新打开探访记录。", verb);
    if (result == 0 && !recount_visit_stands(visit)) {
        result = refuse_gone(usecase, visit, verb);
        rec__visit__free_unpacked(visit, NULL);
    } else if (result == 0) {
        *ret_visit = visit;
    }
    return result;
}

enum result visit_entry_replaced(struct visit_entry *entry)
{
    const char *reference = entry->input->replaces;

    if (reference == NULL || *reference == '\0')
        return RESULT_OK;
    return visit_find_standing(entry->usecase, entry->person->id, reference, "更正",
                               &entry->replaced);
}

// ---- values for a correction

struct get_job {
    uint64_t case_id;
    const char *reference;
    struct fields *values;
};

struct last_visit {
    const char *kind;
    Rec__Visit *visit; /* owned */
};

/** The last one is what is copied: visits that stand, were made, and are recorded by the same form. */
static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct last_visit *last = arg;

    if (strcmp(visit->kind, last->kind) != 0 || strcmp(visit->result, VISIT_SUCCESS) != 0 ||
        !recount_visit_stands(visit))
        return RESULT_OK;
    if (last->visit != NULL)
        rec__visit__free_unpacked(last->visit, NULL);
    last->visit = record_copy(visit);
    return RESULT_OK;
}

/** With no reference, the last visit of the case's programme. */
static enum result find_visit(struct usecase *usecase, const struct get_job *job,
                              const Rec__Case *casefile, Rec__Visit **ret_visit)
{
    struct last_visit last = {.kind = casefile->kind};

    if (*job->reference != '\0')
        return visit_find_standing(usecase, casefile->person, job->reference, "更正", ret_visit);
    enum result result =
        store_visit_scan(usecase->txn, casefile->person, 0, usecase->today, see_visit, &last);
    if (result == 0 && last.visit == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "以前没有探访成功的记录，没有可照的，请逐项填写。");
    *ret_visit = last.visit;
    return result;
}

static enum result get_body(struct usecase *usecase, void *arg)
{
    const struct get_job *job = arg;
    Rec__Case *casefile = NULL;
    Rec__Visit *visit = NULL;
    enum result result = store_case_get(usecase->txn, job->case_id, &casefile);

    fields_free(job->values);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result != 0)
        return result;
    result = usecase_allow(usecase, ACTION_CASE_LIST, casefile->area);
    if (result == 0)
        result = find_visit(usecase, job, casefile, &visit);
    if (result == 0) {
        record_visit_read(visit, job->values);
        rec__visit__free_unpacked(visit, NULL);
    }
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

enum result visit_get(struct service *service, const struct caller *caller, uint64_t case_id,
                      const char *reference, struct fields *ret_values, struct reply *reply)
{
    struct fields values = {0};
    struct get_job job = {.case_id = case_id, .reference = reference, .values = &values};
    enum result result =
        usecase_read(service, caller, ACTION_CASE_LIST, NULL, get_body, &job, reply);

    if (result == 0)
        *ret_values = values;
    else
        fields_free(&values);
    return result;
}
