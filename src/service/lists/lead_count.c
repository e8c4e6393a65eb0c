/*
 * How many leads there are, by division.
 */
#include "base/mem.h"
#include "base/month.h"
#include "service/ledger/rows.h"
#include "service/lists/lead.h"
#include "service/lists/lead_run.h"

#include <stdlib.h>
#include <string.h>

// ---- the open ones

static void add_open(struct lead_open *open, const Rec__Lead *lead)
{
    open->all++;
    open->taken += strcmp(lead->state, LEAD_TAKEN) == 0;
    if (open->oldest == 0 || lead->since < open->oldest)
        open->oldest = lead->since;
}

static enum result count_open(const Rec__Lead *lead, void *arg)
{
    add_open(arg, lead);
    return RESULT_OK;
}

enum result lead_count(struct usecase *usecase, const char *area, struct lead_open *ret_open)
{
    char prefix[AREA_TEXT];

    *ret_open = (struct lead_open){0};
    area_prefix(area, prefix);
    return store_lead_of_area(usecase->txn, prefix, count_open, ret_open);
}

// ---- by division

/** What became of a division's leads. */
struct tally {
    char area[AREA_TEXT];
    struct lead_open open;
    size_t done, dismissed, closed; /**< this month */
};

struct count_job {
    char area[AREA_TEXT], prefix[AREA_TEXT];
    enum area_level level; /**< of the rows */
    month_t month;         /**< this one */
    size_t count, capacity;
    struct tally *tallies; /**< owned */
    struct sheet *sheet;
};

static struct tally *find_tally(struct count_job *job, const char *area)
{
    char code[AREA_TEXT];

    area_ancestor(area, job->level, code);
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->tallies[i].area, code) == 0)
            return &job->tallies[i];
    mem_grow((void **)&job->tallies, job->count, &job->capacity, sizeof *job->tallies);
    struct tally *tally = &job->tallies[job->count++];
    *tally = (struct tally){0};
    memcpy(tally->area, code, sizeof tally->area);
    return tally;
}

/** Whether the lead came to this state this month; several times count once. */
static bool came_to(const struct count_job *job, const Rec__Lead *lead, const char *state)
{
    for (size_t i = 0; i < lead->n_steps; i++)
        if (month_of(date_of_time(lead->steps[i]->at)) == job->month &&
            strcmp(lead->steps[i]->state, state) == 0)
            return true;
    return false;
}

static enum result tally_lead(const Rec__Lead *lead, void *arg)
{
    struct count_job *job = arg;

    if (strncmp(lead->area, job->prefix, strlen(job->prefix)) != 0)
        return RESULT_OK;
    bool open = store_lead_is_open(lead);
    bool done = came_to(job, lead, LEAD_DONE);
    bool dismissed = came_to(job, lead, LEAD_DISMISSED);
    bool closed = came_to(job, lead, LEAD_CLOSED);
    if (!open && !done && !dismissed && !closed)
        return RESULT_OK;
    struct tally *tally = find_tally(job, lead->area);
    if (open)
        add_open(&tally->open, lead);
    tally->done += done;
    tally->dismissed += dismissed;
    tally->closed += closed;
    return RESULT_OK;
}

static int compare_tallies(const void *a, const void *b)
{
    return strcmp(((const struct tally *)a)->area, ((const struct tally *)b)->area);
}

static void write_tally(struct sheet *sheet, const struct tally *tally, const char *name)
{
    size_t row = sheet_add_row(sheet);
    char date[DATE_TEXT];

    sheet_set(sheet, row, "key", tally->area);
    sheet_set(sheet, row, "name", name);
    sheet_set_number(sheet, row, "open", tally->open.all);
    sheet_set_number(sheet, row, "taken", tally->open.taken);
    sheet_set(sheet, row, "oldest",
              tally->open.oldest == 0 ? "" : date_format(tally->open.oldest, date));
    sheet_set_number(sheet, row, "leads_done", tally->done);
    sheet_set_number(sheet, row, "dismissed", tally->dismissed);
    sheet_set_number(sheet, row, "gone", tally->closed);
}

static void add_up(struct tally *sum, const struct tally *tally)
{
    sum->open.all += tally->open.all;
    sum->open.taken += tally->open.taken;
    if (tally->open.oldest != 0 && (sum->open.oldest == 0 || tally->open.oldest < sum->open.oldest))
        sum->open.oldest = tally->open.oldest;
    sum->done += tally->done;
    sum->dismissed += tally->dismissed;
    sum->closed += tally->closed;
}

static enum result counts_body(struct usecase *usecase, void *arg)
{
    struct count_job *job = arg;
    struct tally sum = {0};

    job->count = 0;
    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_LEAD_COUNTS);
    job->month = month_of(usecase->today);
    enum result result = store_lead_scan(usecase->txn, tally_lead, job);
    if (result != 0)
        return result;
    if (job->count > 1)
        qsort(job->tallies, job->count, sizeof *job->tallies, compare_tallies);
    memcpy(sum.area, job->area, sizeof sum.area);
    for (size_t i = 0; i < job->count; i++) {
        write_tally(job->sheet, &job->tallies[i],
                    service_area_name(usecase->service, job->tallies[i].area));
        add_up(&sum, &job->tallies[i]);
    }
    if (job->count > 1)
        write_tally(job->sheet, &sum, "合计");
    return RESULT_OK;
}

enum result lead_counts(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply)
{
    struct count_job job = {0};
    enum result result = rows_query_area(service, caller, area, job.area, reply);

    if (result == 0 && service_collects(service))
        return reply_say(reply, RESULT_INVALID,
                         "线索在各镇街的系统里生成和办理，汇总库没有，请到镇街的系统里看。");
    if (result == 0)
        result = lead_run(service);
    area_prefix(job.area, job.prefix);
    job.level = *job.area == '\0' ? AREA_STREET : area_level(job.area) + 1;
    job.level = job.level > AREA_VILLAGE ? AREA_VILLAGE : job.level;
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_LEAD_LIST, job.area, counts_body, &job, reply);
    free(job.tallies);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
