#include "service/keeping/standard.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "domain/area.h"
#include "service/cases/benefit.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/frame/usecase.h"
#include "service/keeping/standard_names.h"
#include "service/ledger/rows.h"
#include "service/memory/cache.h"
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
    struct usecase *usecase;
    struct sheet *sheet;
};

static void list_row(const struct standard_listing *listing, const Rec__Standard *standard,
                     const char *state, const char *checker)
{
    struct sheet *sheet = listing->sheet;
    size_t row = sheet_add_row(sheet);
    char from[DATE_TEXT], at[STAMP_TEXT];
    char *value = standard_value_text(standard);
    char *by = rows_officer_name(listing->usecase, standard->by);
    char *checked_by = rows_officer_name(listing->usecase, checker);

    sheet_set(sheet, row, "name", standard->name);
    sheet_set(sheet, row, "area", standard->area);
    sheet_set(sheet, row, "area_name",
              service_area_name(listing->usecase->service, standard->area));
    sheet_set(sheet, row, "from", date_format(standard->from, from));
    sheet_set(sheet, row, "value", value);
    sheet_set(sheet, row, "source", standard->source);
    sheet_set(sheet, row, "by", standard->by);
    sheet_set(sheet, row, "at", date_format_stamp(standard->at, at));
    sheet_set(sheet, row, "state", state);
    sheet_set(sheet, row, "checker", checker);
    sheet_set(sheet, row, "by_name", by);
    sheet_set(sheet, row, "checker_name", checked_by);
    free(checked_by);
    free(by);
    free(value);
}

static enum result list_standard(const Rec__Standard *standard, void *arg)
{
    const struct standard_listing *listing = arg;

    if (*standard->value != '\0')
        list_row(listing, standard, "", standard->confirmed_by);
    if (standard->proposed != NULL) {
        Rec__Standard waiting = *standard;
        waiting.value = standard->proposed->value;
        waiting.source = standard->proposed->source;
        waiting.by = standard->proposed->by;
        waiting.at = standard->proposed->at;
        list_row(listing, &waiting, STANDARD_WAITS, "");
    }
    return RESULT_OK;
}

static enum result list_standards(struct usecase *usecase, void *arg)
{
    struct standard_listing *listing = arg;

    sheet_free(&listing->sheet);
    listing->usecase = usecase;
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
        problems_add(problems, "area", job->area, "%s全系统一致，不分区划，请把区划留空。",
                     parameter->name);
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

/** Nobody would ever read a standard of another name. */
static void check_name(const struct service *service, const char *name, struct problems *problems)
{
    struct str known = {0};

    if (standard_names_has(service, name))
        return;
    standard_names_tell(service, &known);
    problems_add(problems, "name", name, "没有业务用这个标准，请核对名称。可用的有：%s。",
                 str_text(&known));
    str_free(&known);
}

static void check_standard(struct service *service, struct standard_job *job,
                           const struct standard_input *input, struct problems *problems)
{
    const struct standard_default *parameter = standard_default_find(input->name);
    bool given = input->area != NULL && *input->area != '\0';

    check_name(service, input->name, problems);
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

/** A division that has a row of its own does not look at one of a larger division: says so, since
 *  the new one would have no effect there. */
static void say_covered(struct usecase *usecase, const char *name, const char *area, day_t from)
{
    const struct cache_standard *row =
        facts_standard_row(usecase->service, name, service_area(usecase->service), from);
    char day[DATE_TEXT];

    if (row == NULL || area_level(row->area) <= area_level(area) || !area_contains(area, row->area))
        return;
    reply_say(usecase->reply, RESULT_OK,
              "%s自 %s 起有自己的%s，按它算；适用范围更大的在那里不起作用，请核对区划。",
              service_area_name(usecase->service, row->area), date_format(row->from, day), name);
}

/** True if another officer must confirm it. */
static bool is_confirmed_apart(const struct usecase *usecase, const char *name)
{
    return usecase->caller->role != ROLE_SYSTEM && standard_default_find(name) == NULL &&
           !standard_is_step_days(name);
}

static void propose(struct usecase *usecase, const struct standard_job *job, Rec__Standard *row)
{
    char from[DATE_TEXT];
    char *value = standard_value_text(&job->standard);

    if (row->proposed == NULL) {
        row->proposed = mem_new(sizeof *row->proposed);
        rec__standard_proposal__init(row->proposed);
    }
    record_set(&row->proposed->value, job->value);
    record_set(&row->proposed->source, job->standard.source);
    record_set(&row->proposed->by, usecase->caller->officer);
    row->proposed->at = usecase->now;
    event_add_note(usecase, "待确认");
    reply_say(usecase->reply, RESULT_OK,
              "%s 自 %s 起 %s，待另一人（县区、镇街负责人或另一名管理员）确认后起作用。", row->name,
              date_format(row->from, from), value);
    free(value);
}

static enum result write_standard(struct usecase *usecase, void *arg)
{
    struct standard_job *job = arg;
    Rec__Standard *row = NULL;
    char from[DATE_TEXT];
    enum result result =
        standard_find(usecase->txn, job->standard.name, job->area, job->standard.from, &row);

    if (result == RESULT_NOTFOUND) {
        row = record_copy(&job->standard);
        record_set(&row->value, "");
        result = RESULT_OK;
    }
    if (result != 0)
        return result;
    event_name_record(usecase, job->area, "standard:%s", row->name);
    event_add_change(usecase, date_format(row->from, from), row->value, job->value);
    if (is_confirmed_apart(usecase, row->name)) {
        propose(usecase, job, row);
    } else {
        record_set(&row->value, job->value);
        record_set(&row->source, job->standard.source);
        record_set(&row->by, usecase->caller->officer);
        row->at = usecase->now;
        say_covered(usecase, row->name, job->area, row->from);
    }
    result = store_standard_put(usecase->txn, row);
    rec__standard__free_unpacked(row, NULL);
    return result;
}

static enum result read_input(struct service *service, const struct standard_input *input,
                              struct standard_job *job, struct reply *reply)
{
    check_standard(service, job, input, &reply->problems);
    if (problems_any(&reply->problems))
        return reply_say(reply, RESULT_INVALID, "%s", problems_first(&reply->problems));
    job->standard.name = (char *)input->name;
    job->standard.area = job->area;
    job->standard.value = job->value;
    job->standard.source = (char *)(input->source != NULL ? input->source : "");
    return RESULT_OK;
}

enum result standard_set(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct reply *reply)
{
    struct standard_job job = {.standard = REC__STANDARD__INIT};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_STANDARD_SET, NULL, reply);
    if (result != 0)
        return result;
    result = read_input(service, input, &job, reply);
    if (result != 0)
        return result;
    result = usecase_write(service, caller, ACTION_STANDARD_SET, NULL, write_standard, &job, reply);
    return result == 0 ? reading_reload(service) : result;
}

// ---- trying

/** Why some amounts of a programme cannot be computed. */
struct trial_reason {
    char *words; /**< owned */
    uint64_t cases;
};

/** What a programme's cases get before and after. */
struct trial_sum {
    const char *kind;
    uint64_t cases, changed, persons;
    uint64_t unknown;      /**< also with the standard */
    uint64_t newly;        /**< only with the standard known */
    uint64_t fixed;        /**< changed, and paid as somebody entered it */
    int64_t before, after; /**< of the cases known before and after */
    int64_t newly_total;   /**< of those newly known */
    size_t reason_count, reason_capacity;
    struct trial_reason *reasons;
};

struct trial_job {
    struct benefit_trial trial;
    month_t month;
    struct usecase *usecase;
    size_t count, capacity;
    struct trial_sum *sums;
    struct sheet *sheet;
};

static void free_sums(struct trial_job *job)
{
    for (size_t i = 0; i < job->count; i++) {
        for (size_t j = 0; j < job->sums[i].reason_count; j++)
            free(job->sums[i].reasons[j].words);
        free(job->sums[i].reasons);
    }
    free(job->sums);
    job->sums = NULL;
    job->count = job->capacity = 0;
}

static struct trial_sum *sum_of(struct trial_job *job, const char *kind)
{
    for (size_t i = 0; i < job->count; i++)
        if (strcmp(job->sums[i].kind, kind) == 0)
            return &job->sums[i];
    mem_grow((void **)&job->sums, job->count, &job->capacity, sizeof *job->sums);
    job->sums[job->count] =
        (struct trial_sum){.kind = forms_get(service_forms(job->usecase->service), kind)->kind};
    return &job->sums[job->count++];
}

static void count_reason(struct trial_sum *sum, const char *words)
{
    for (size_t i = 0; i < sum->reason_count; i++) {
        if (strcmp(sum->reasons[i].words, words) == 0) {
            sum->reasons[i].cases++;
            return;
        }
    }
    mem_grow((void **)&sum->reasons, sum->reason_count, &sum->reason_capacity,
             sizeof *sum->reasons);
    sum->reasons[sum->reason_count++] = (struct trial_reason){.words = mem_copy(words), .cases = 1};
}

/** True if somebody's own amount is paid, whatever is computed. */
static bool is_fixed(const struct benefit *benefit)
{
    int64_t fen = 0;

    return benefit->has_stated && benefit_payable(benefit, &fen) &&
           (!benefit->known || fen != benefit->total);
}

static void compare(const struct benefit *before, const struct benefit *after,
                    struct trial_sum *sum)
{
    bool changed = before->known != after->known || (after->known && before->total != after->total);

    sum->cases++;
    sum->changed += changed;
    sum->persons += changed && after->persons > 0 ? (uint64_t)after->persons : 0;
    sum->fixed += changed && is_fixed(after);
    if (!after->known) {
        sum->unknown++;
        count_reason(sum, str_text(&after->missing));
    } else if (!before->known) {
        sum->newly++;
        sum->newly_total += after->total;
    } else {
        sum->before += before->total;
        sum->after += after->total;
    }
}

static enum result try_case(const Rec__Case *record, const struct benefit *before, void *arg)
{
    struct trial_job *job = arg;
    struct benefit after = {0};
    enum result result = benefit_try(job->usecase, record, job->month, &job->trial, &after);

    if (result == 0)
        compare(before, &after, sum_of(job, record->kind));
    benefit_free(&after);
    return result;
}

static void set_yuan(struct sheet *sheet, size_t row, const char *column, int64_t fen)
{
    char *text = text_from_fen(fen);

    sheet_set(sheet, row, column, text);
    free(text);
}

static void show_reasons(struct sheet *sheet, size_t row, const struct trial_sum *sum)
{
    struct str text = {0};

    for (size_t i = 0; i < sum->reason_count; i++)
        str_printf(&text, "%s%s（%" PRIu64 " 件）", i > 0 ? "；" : "", sum->reasons[i].words,
                   sum->reasons[i].cases);
    sheet_set(sheet, row, "why", str_text(&text));
    str_free(&text);
}

static void show_sum(struct trial_job *job, const struct trial_sum *sum)
{
    const struct form *form = forms_get(service_forms(job->usecase->service), sum->kind);
    size_t row = sheet_add_row(job->sheet);
    uint64_t compared = sum->cases - sum->unknown - sum->newly;
    char month[MONTH_TEXT];

    sheet_set(job->sheet, row, "kind", sum->kind);
    sheet_set(job->sheet, row, "kind_name", form != NULL ? form->brief : "合计");
    sheet_set(job->sheet, row, "month", month_format(job->month, month));
    sheet_set_number(job->sheet, row, "cases", sum->cases);
    sheet_set_number(job->sheet, row, "changed", sum->changed);
    sheet_set_number(job->sheet, row, "persons", sum->persons);
    /* Where no amount is known, the sums are not 0 either. */
    if (sum->cases == 0 || compared > 0) {
        set_yuan(job->sheet, row, "before", sum->before);
        set_yuan(job->sheet, row, "after", sum->after);
        set_yuan(job->sheet, row, "more", sum->after - sum->before);
    }
    sheet_set_number(job->sheet, row, "unknown", sum->unknown);
    sheet_set_number(job->sheet, row, "newly", sum->newly);
    if (sum->newly > 0)
        set_yuan(job->sheet, row, "newly_total", sum->newly_total);
    sheet_set_number(job->sheet, row, "fixed", sum->fixed);
    show_reasons(job->sheet, row, sum);
}

static void add_sum(struct trial_sum *all, const struct trial_sum *sum)
{
    all->cases += sum->cases;
    all->changed += sum->changed;
    all->persons += sum->persons;
    all->unknown += sum->unknown;
    all->newly += sum->newly;
    all->newly_total += sum->newly_total;
    all->fixed += sum->fixed;
    all->before += sum->before;
    all->after += sum->after;
}

static enum result try_body(struct usecase *usecase, void *arg)
{
    struct trial_job *job = arg;
    struct benefit_filter filter = {.month = job->month, .area = job->trial.area, .kind = ""};
    struct trial_sum all = {.kind = ""};

    sheet_free(&job->sheet);
    free_sums(job); /* a body may run again */
    job->sheet = column_sheet(&COLUMNS_STANDARD_TRIAL);
    job->usecase = usecase;
    enum result result = benefit_scan(usecase, &filter, try_case, job);
    for (size_t i = 0; i < job->count; i++) {
        show_sum(job, &job->sums[i]);
        add_sum(&all, &job->sums[i]);
    }
    show_sum(job, &all);
    if (result == 0)
        say_covered(usecase, job->trial.name, job->trial.area, job->trial.from);
    return result;
}

/** A standard counts from the first month that begins on its day or later. */
static month_t month_from(day_t from)
{
    month_t month = month_of(from);

    return from > month_first(month) ? month + 1 : month;
}

enum result standard_try(struct service *service, const struct caller *caller,
                         const struct standard_input *input, struct sheet **ret_sheet,
                         struct reply *reply)
{
    struct standard_job row = {.standard = REC__STANDARD__INIT};
    struct trial_job job = {0};

    reply_free(reply);
    enum result result = service_check(service, caller, ACTION_STANDARD_TRY, NULL, reply);
    if (result == 0)
        result = read_input(service, input, &row, reply);
    if (result == 0 && standard_default_find(input->name) != NULL)
        result = reply_say(reply, RESULT_USAGE, "%s不是待遇标准，不用试算。", input->name);
    if (result != 0)
        return result;
    job.month = month_from(row.standard.from);
    job.trial =
        (struct benefit_trial){.name = input->name, .area = row.area, .from = row.standard.from};
    (void)text_to_int(row.value, INT64_MIN, INT64_MAX, &job.trial.value);
    result = usecase_read(service, caller, ACTION_STANDARD_TRY, NULL, try_body, &job, reply);
    free_sums(&job);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
