/*
 * Values that are entered by hand, and computed ones that are kept.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/figures/indicator.h"
#include "service/figures/indicator_count.h"
#include "service/figures/indicator_record.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/ledger/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { VALUE_MOST = 16 };

struct job {
    const struct indicator_query *query;
    const struct form_indicator *indicator; /**< NULL: keep the computed ones */
    char area[AREA_TEXT];
    month_t month;
    struct usecase *usecase;
    size_t kept;
    bool closing; /**< kept because the month was closed */
};

static enum result put_figure(struct job *job, const struct form_indicator *indicator,
                              const char *value, const char *source)
{
    struct usecase *usecase = job->usecase;
    Rec__Figure figure = REC__FIGURE__INIT;
    Rec__Figure *last = NULL;
    char *name = indicator_record_name(indicator);
    enum result result = store_figure_last(usecase->txn, name, job->area, job->month, &last);

    if (result == RESULT_NOTFOUND)
        result = RESULT_OK;
    figure.name = name;
    figure.area = job->area;
    figure.month = job->month;
    figure.number = last != NULL ? last->number + 1 : 1;
    figure.value = (char *)(uintptr_t)value;
    figure.source = (char *)(uintptr_t)source;
    figure.by = (char *)(uintptr_t)usecase->caller->officer;
    figure.at = usecase->now;
    if (result == 0)
        result = store_figure_put(usecase->txn, &figure);
    if (result == 0)
        event_add_change(usecase, indicator->name, last != NULL ? last->value : "", value);
    if (last != NULL)
        rec__figure__free_unpacked(last, NULL);
    free(name);
    return result;
}

static void name_event(struct job *job)
{
    char month[MONTH_TEXT];

    event_name_record(job->usecase, job->area, "figure:%s:%s", month_format(job->month, month),
                      job->area);
}

// ---- by hand

static enum result enter_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    const struct indicator_query *query = job->query;
    char month[MONTH_TEXT];

    job->usecase = usecase;
    name_event(job);
    event_add_note(usecase, "来源：%s", query->source);
    enum result result = put_figure(job, job->indicator, query->value, query->source);
    if (result != 0)
        return result;
    month_format(job->month, month);
    return *query->value == '\0'
               ? reply_say(usecase->reply, RESULT_OK, "%s %s 已撤回。", job->indicator->name, month)
               : reply_say(usecase->reply, RESULT_OK, "%s %s 已录入：%s%s。", job->indicator->name,
                           month, query->value, job->indicator->unit);
}

/** Digits with at most one point between them. */
static bool is_number(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    const char *rest = text + whole;

    if (whole == 0 || strlen(text) > VALUE_MOST)
        return false;
    return *rest == '\0' ||
           (*rest == '.' && rest[1] != '\0' && strspn(rest + 1, "0123456789") == strlen(rest + 1));
}

static enum result check_entry(struct service *service, struct job *job, struct reply *reply)
{
    const struct indicator_query *query = job->query;
    enum result result = indicator_record_find(service, query->name, &job->indicator, reply);

    if (result != 0)
        return result;
    if (*job->indicator->figure != '\0' ||
        (indicators_counts(job->indicator) && *job->indicator->lacks == '\0'))
        return reply_say(reply, RESULT_INVALID, "“%s”由系统计算，不能录入；值不对的请改个案。",
                         job->indicator->name);
    if (*query->value != '\0' && !is_number(query->value))
        return reply_say(reply, RESULT_INVALID, "值应是数，如 55.2；空的是撤回。");
    return reason_check("source", query->source, "请写明来源（哪份文件、哪张表）", reply);
}

// ---- keeping what is computed

static enum result keep_one(struct job *job, const struct form_indicator *indicator,
                            const struct indicator_count *count)
{
    char text[RATE_TEXT];

    if (!indicators_counts(indicator) || *indicator->lacks != '\0' ||
        *indicator_count_value(count, text) == '\0')
        return RESULT_OK;
    char *words = indicator_count_words(indicator, count);
    char *source = mem_printf("%s%s（%llu/%llu）", job->closing ? "月结后" : "", words,
                              (unsigned long long)count->met, (unsigned long long)count->among);
    enum result result = put_figure(job, indicator, indicator_count_value(count, text), source);
    job->kept++;
    free(source);
    free(words);
    return result;
}

static enum result keep_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    const struct forms *forms = service_forms(usecase->service);
    const struct form_indicator *indicator;
    struct indicator_count *counts = NULL;

    job->usecase = usecase;
    job->kept = 0;
    name_event(job);
    enum result result = indicator_count_all(usecase, job->area, &counts);
    for (size_t i = 0; result == 0 && (indicator = forms_indicator(forms, i)) != NULL; i++)
        result = keep_one(job, indicator, &counts[i]);
    free(counts);
    if (result == 0)
        result = reply_say(usecase->reply, RESULT_OK, "已留存 %zu 项今天算出的指标。", job->kept);
    return result;
}

enum result indicator_enter(struct service *service, const struct caller *caller,
                            const struct indicator_query *query, struct reply *reply)
{
    struct job job = {.query = query};
    bool keep = *query->name == '\0';
    enum result result = keep ? RESULT_OK : check_entry(service, &job, reply);

    if (result == 0)
        result = indicator_record_area(service, caller, query->area, job.area, reply);
    if (result == 0)
        result = rows_query_month(service, keep ? "" : query->month, &job.month, reply);
    if (result == 0 && job.month > month_of(service_today(service)))
        result = reply_say(reply, RESULT_INVALID, "这个月还没有到，请选本月或以前的月份。");
    return result != 0 ? result
                       : usecase_write(service, caller, ACTION_FIGURE_ENTER, job.area,
                                       keep ? keep_body : enter_body, &job, reply);
}

enum result indicator_keep_area(struct service *service, const struct caller *system,
                                const char *area, month_t month, struct reply *reply)
{
    const struct indicator_query nothing = {.name = ""};
    struct job job = {.query = &nothing, .month = month, .closing = true};

    snprintf(job.area, sizeof job.area, "%s", area);
    return usecase_write(service, system, ACTION_FIGURE_ENTER, job.area, keep_body, &job, reply);
}
