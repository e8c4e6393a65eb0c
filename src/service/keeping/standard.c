#include "service/keeping/standard.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/usecase.h"
#include "service/memory/reading.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *standard_value_text(const Rec__Standard *standard)
{
    int64_t fen;

    if (standard_default_find(standard->name) != NULL || standard_is_step_days(standard->name) ||
        text_to_int(standard->value, INT64_MIN, INT64_MAX, &fen) != 0)
        return mem_copy(standard->value);
    return text_from_fen(fen);
}

struct standard_listing {
    const char *name;
    struct service *service;
    struct sheet *sheet;
};

static enum result list_standard(const Rec__Standard *standard, void *arg)
{
    const struct standard_listing *listing = arg;
    struct sheet *sheet = listing->sheet;
    size_t row = sheet_add_row(sheet);
    char from[DATE_TEXT], at[STAMP_TEXT];
    char *value = standard_value_text(standard);

    sheet_set(sheet, row, "name", standard->name);
    sheet_set(sheet, row, "area", standard->area);
    sheet_set(sheet, row, "area_name", service_area_name(listing->service, standard->area));
    sheet_set(sheet, row, "from", date_format(standard->from, from));
    sheet_set(sheet, row, "value", value);
    sheet_set(sheet, row, "source", standard->source);
    sheet_set(sheet, row, "by", standard->by);
    sheet_set(sheet, row, "at", date_format_stamp(standard->at, at));
    free(value);
    return RESULT_OK;
}

static enum result list_standards(struct usecase *usecase, void *arg)
{
    struct standard_listing *listing = arg;

    sheet_free(&listing->sheet);
    listing->service = usecase->service;
    listing->sheet = column_sheet(&COLUMNS_STANDARDS);
    return store_standard_scan(usecase->txn, listing->name, list_standard, listing);
}

enum result standard_list(struct service *service, const struct caller *caller, const char *name,
                          struct sheet **ret_sheet, struct reply *reply)
{
    struct standard_listing listing = {.name = name != NULL ? name : ""};
    enum result result =
        usecase_read(service, caller, ACTION_STANDARD_LIST, NULL, list_standards, &listing, reply);

    if (result == 0)
        *ret_sheet = listing.sheet;
    else
        sheet_free(&listing.sheet);
    return result;
}

struct standard_job {
    Rec__Standard standard;
    char area[AREA_TEXT];
    char value[NUMBER_TEXT];
    char *old; /**< the former value of the same row, "" if the row is new */
};

/** A parameter changes figures, so it may begin only in a month that is not reported yet. */
static void check_parameter(const struct service *service, struct standard_job *job,
                            const struct standard_default *parameter, const char *text,
                            struct problems *problems)
{
    int64_t value;

    if (text_to_int(text, parameter->min, parameter->max, &value) != 0) {
        problems_add(problems, "value", text, "%s应为 %" PRId64 " 至 %" PRId64 " 的整数。",
                     parameter->name, parameter->min, parameter->max);
        return;
    }
    if (job->standard.from < month_first(month_of(service_today(service))))
        problems_add(problems, "from", "", "%s只能从本月或以后起改。", parameter->name);
    if (*job->area != '\0')
        problems_add(problems, "area", job->area, "%s全系统一致，不分区划。", parameter->name);
    snprintf(job->value, sizeof job->value, "%" PRId64, value);
}

static void check_amount(struct standard_job *job, const char *text, struct problems *problems)
{
    int64_t fen;

    if (text_to_fen(text, &fen) != 0 || fen < 0)
        problems_add(problems, "value", text, "金额不对，请以元为单位填写，如 792 或 792.50。");
    else
        snprintf(job->value, sizeof job->value, "%" PRId64, fen);
}

static void check_step_days(struct standard_job *job, const char *text, struct problems *problems)
{
    int64_t days;

    if (text_to_int(text, 1, STANDARD_STEP_DAYS_MOST, &days) != 0)
        problems_add(problems, "value", text, "办理时限应为 1 至 %d 的整数。",
                     STANDARD_STEP_DAYS_MOST);
    else
        snprintf(job->value, sizeof job->value, "%" PRId64, days);
}

static void check_standard(struct service *service, struct standard_job *job,
                           const struct standard_input *input, struct problems *problems)
{
    const struct standard_default *parameter = standard_default_find(input->name);
    bool given = input->area != NULL && *input->area != '\0';

    if (*input->name == '\0' || text_length(input->name) > STANDARD_NAME_LONGEST ||
        text_has_control(input->name))
        problems_add(problems, "name", input->name, "请填标准名称，不超过 %d 个字。",
                     STANDARD_NAME_LONGEST);
    if (given &&
        (area_parse(input->area, job->area) != 0 || !facts_area_exists(input->area, service)))
        problems_add(problems, "area", input->area, "没有这个区划，请核对代码。");
    if (date_parse_loose(input->from, &job->standard.from) != 0)
        problems_add(problems, "from", input->from, "起始日期不对，应如 2026-07-01。");
    else if (parameter != NULL)
        check_parameter(service, job, parameter, input->value, problems);
    if (standard_is_step_days(input->name))
        check_step_days(job, input->value, problems);
    else if (parameter == NULL)
        check_amount(job, input->value, problems);
}

static enum result note_old(const Rec__Standard *standard, void *arg)
{
    struct standard_job *job = arg;

    if (strcmp(standard->name, job->standard.name) == 0 && strcmp(standard->area, job->area) == 0 &&
        standard->from == job->standard.from)
        mem_replace(&job->old, standard->value);
    return RESULT_OK;
}

static enum result write_standard(struct usecase *usecase, void *arg)
{
    struct standard_job *job = arg;
    char from[DATE_TEXT];

    mem_replace(&job->old, "");
    job->standard.by = (char *)usecase->caller->officer;
    job->standard.at = usecase->now;
    enum result result = store_standard_scan(usecase->txn, job->standard.name, note_old, job);
    if (result == 0)
        result = store_standard_put(usecase->txn, &job->standard);
    event_name_record(usecase, job->area, "standard:%s", job->standard.name);
    event_add_change(usecase, date_format(job->standard.from, from), job->old, job->value);
    return result;
}

enum result standard_set(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct reply *reply)
{
    struct standard_job job = {.standard = REC__STANDARD__INIT};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_STANDARD_SET, NULL, reply);
    if (result != 0)
        return result;
    check_standard(service, &job, input, &reply->problems);
    if (problems_any(&reply->problems))
        return reply_say(reply, RESULT_INVALID, "%s", problems_first(&reply->problems));
    job.standard.name = (char *)input->name;
    job.standard.area = job.area;
    job.standard.value = job.value;
    job.standard.source = (char *)(input->source != NULL ? input->source : "");
    result = usecase_write(service, caller, ACTION_STANDARD_SET, NULL, write_standard, &job, reply);
    free(job.old);
    return result == 0 ? reading_reload(service) : result;
}
