#include "service/lists/lead.h"

#include "base/mem.h"
#include "base/text.h"
#include "form/rules.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/lead_run.h"
#include "service/lists/lead_steps.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 2000 };

const char *lead_state_words(const char *state)
{
    static const struct {
        const char *state, *words;
    } table[] = {
        {LEAD_OPEN, "待办"},          {LEAD_TAKEN, "已接手"},  {LEAD_DONE, "已办理"},
        {LEAD_DISMISSED, "不需办理"}, {LEAD_CLOSED, "已办结"},
    };

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (strcmp(table[i].state, state) == 0)
            return table[i].words;
    return state;
}

// ---- gathering

struct lead_job {
    const struct lead_query *query;
    struct usecase *usecase;
    char area[AREA_TEXT], prefix[AREA_TEXT];
    size_t count, capacity;
    Rec__Lead **leads; /**< owned */
    struct sheet *sheet;
};

static void job_free(struct lead_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        rec__lead__free_unpacked(job->leads[i], NULL);
    free(job->leads);
    job->leads = NULL;
    job->count = job->capacity = 0;
}

static enum result see_lead(const Rec__Lead *lead, void *arg)
{
    struct lead_job *job = arg;
    const char *rule = job->query->rule;

    if (strncmp(lead->area, job->prefix, strlen(job->prefix)) != 0 ||
        (rule != NULL && *rule != '\0' && strcmp(rule, lead->rule) != 0))
        return RESULT_OK;
    mem_grow((void **)&job->leads, job->count, &job->capacity, sizeof *job->leads);
    job->leads[job->count++] = record_copy(lead);
    return RESULT_OK;
}

static size_t rank_of(const struct forms *forms, const char *rule)
{
    const struct form_rule *found;
    size_t rank = 0;

    while ((found = forms_rule(forms, rank)) != NULL && strcmp(found->id, rule) != 0)
        rank++;
    return rank;
}

/** By rule as in the files, village, person. */
static int compare_leads(const void *a, const void *b, void *arg)
{
    const Rec__Lead *x = *(Rec__Lead *const *)a;
    const Rec__Lead *y = *(Rec__Lead *const *)b;
    size_t rank_x = rank_of(arg, x->rule), rank_y = rank_of(arg, y->rule);

    if (rank_x != rank_y)
        return rank_x < rank_y ? -1 : 1;
    int order = strcmp(x->rule, y->rule);
    if (order == 0)
        order = strcmp(x->area, y->area);
    return order != 0 ? order : x->person < y->person ? -1 : x->person > y->person;
}

// ---- rows

static enum result write_lead(struct lead_job *job, const Rec__Lead *lead)
{
    struct service *service = job->usecase->service;
    const struct form_rule *rule = forms_rule_find(service_forms(service), lead->rule);
    Rec__Person *person = NULL;
    Rec__Case *casefile = NULL;
    char date[DATE_TEXT];
    enum result result = store_person_get(job->usecase->txn, lead->person, &person);

    if (result == RESULT_NOTFOUND) /* its undo has not reached the lead yet */
        return RESULT_OK;
    if (result == 0)
        result = store_case_get(job->usecase->txn, lead->case_id, &casefile);
    if (result == 0 || result == RESULT_NOTFOUND) {
        struct sheet *sheet = job->sheet;
        size_t row = sheet_add_row(sheet);
        char *number = job->query->full ? mem_copy(person->id_no) : text_mask_id(person->id_no);
        char *state = lead_state_text(job->usecase, lead);
        char *steps = lead_steps_text(job->usecase, lead);
        sheet_set(sheet, row, "rule", lead->rule);
        sheet_set(sheet, row, "title", rule != NULL ? rule->title : lead->rule);
        sheet_set(sheet, row, "case_no", casefile != NULL ? casefile->number : "");
        sheet_set(sheet, row, "name", person->name);
        sheet_set(sheet, row, "id_no", number);
        sheet_set(sheet, row, "area", lead->area);
        sheet_set(sheet, row, "area_name", service_area_name(service, lead->area));
        sheet_set(sheet, row, "since", date_format(lead->since, date));
        sheet_set(sheet, row, "why", lead->why);
        sheet_set(sheet, row, "state", state);
        sheet_setf(sheet, row, "case_id", "%" PRIu64, lead->case_id);
        sheet_setf(sheet, row, "person_id", "%" PRIu64, lead->person);
        sheet_set(sheet, row, "todo", rule != NULL ? rule->todo : "");
        sheet_set(sheet, row, "source", rule != NULL ? rule->source : "");
        sheet_set(sheet, row, "steps", steps);
        free(steps);
        free(state);
        free(number);
        result = RESULT_OK;
    }
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result;
}

static enum result write_page(struct lead_job *job)
{
    const char *after = job->query->after;
    int64_t from = 0;
    enum result result = RESULT_OK;

    if (after != NULL && *after != '\0' && text_to_int(after, 0, INT32_MAX, &from) != 0)
        return RESULT_USAGE;
    for (size_t i = (size_t)from; i < job->count && result == 0; i++) {
        if (job->sheet->row_count == PAGE) {
            job->sheet->next = mem_printf("%zu", i);
            break;
        }
        result = write_lead(job, job->leads[i]);
    }
    return result;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct lead_job *job = arg;

    job_free(job);
    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_LEADS);
    area_prefix(job->area, job->prefix);
    enum result result = job->query->all
                             ? store_lead_scan(usecase->txn, see_lead, job)
                             : store_lead_of_area(usecase->txn, job->prefix, see_lead, job);
    if (result == 0 && job->count > 1)
        qsort_r(job->leads, job->count, sizeof(Rec__Lead *), compare_leads,
                (void *)(uintptr_t)service_forms(usecase->service));
    return result == 0 ? write_page(job) : result;
}

static enum result check_query(struct service *service, const struct lead_query *query,
                               struct reply *reply)
{
    if (service_collects(service) && !query->beside)
        return reply_say(reply, RESULT_INVALID,
                         "线索在各镇街的系统里生成和办理，汇总库没有，请到镇街的系统里看。");
    if (query->rule != NULL && *query->rule != '\0' &&
        forms_rule_find(service_forms(service), query->rule) == NULL)
        return reply_say(reply, RESULT_USAGE, "没有 %s 这条规则，请看 forms/rules。", query->rule);
    return RESULT_OK;
}

enum result lead_list(struct service *service, const struct caller *caller,
                      const struct lead_query *query, struct sheet **ret_sheet, struct reply *reply)
{
    struct lead_job job = {.query = query};
    enum result result = rows_query_area(service, caller, query->area, job.area, reply);

    if (result == 0)
        result = check_query(service, query, reply);
    if (result == 0)
        result = lead_run(service);
    if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_LEAD_LIST,
                              job.area, list_body, &job, reply);
    job_free(&job);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
