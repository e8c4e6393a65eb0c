#include "service/figures/dibao_form.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "domain/dibaoform.h"
#include "service/cases/benefit.h"
#include "service/figures/indicator_record.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/memory/cache.h"
#include "service/payroll/payroll_record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define DIBAO "dibao"
#define STANDARD "低保标准"
enum { FEN_OF_WAN_CENT = 10000, MONTHS_OF_YEAR = 12, FEN = 100 }; /* 0.01 万元 = 100 yuan */

/** Columns that somebody enters, as indicators without a share (forms/indicators.yaml). */
static const struct {
    size_t column;
    const char *id;
} ENTERED[] = {
    {1, "dibao_population"},
    {8, "dibao_temporary"},
    {10, "dibao_year"},
    {11, "dibao_temporary_year"},
};

/** Households and people, by the ledger. */
struct people {
    int64_t households, persons, new_households, new_persons, gone_households, gone_persons;
};

struct job {
    struct usecase *usecase;
    char area[AREA_TEXT];
    month_t month;
    struct people now, before; /**< `before`: of the month before */
    int64_t person_times;      /**< of the year until this month */
    int64_t paid;              /**< fen */
    size_t unknown, rosters;   /**< cases without a known amount; confirmed rosters */
    bool partly;               /**< of a street there is no confirmed roster */
    char asked[AREA_TEXT];     /**< the street whose roster was looked at last */
    struct dibaoform form;
    char *sources[DIBAOFORM_COLUMNS + 1];
    struct sheet *sheet;
};

// ---- households and people

/** Days in which a household or a person is on the books: the first one, and the first one after; 0 =
 *  still there. */
struct stay {
    day_t from, to;
};

static bool stands_on(const struct stay *stay, day_t day)
{
    return stay->from <= day && (stay->to == 0 || stay->to > day);
}

static void count_stay(const struct stay *stay, month_t month, int64_t *now, int64_t *came,
                       int64_t *went)
{
    day_t first = month_first(month);
    day_t last = month_last(month);

    if (stay->to != 0 && stay->to <= stay->from)
        return;
    *now += stands_on(stay, last);
    *came += stay->from >= first && stay->from <= last;
    *went += stay->to >= first && stay->to <= last;
}

/** A covered member's days: a household may take somebody in, or lose somebody, while it stays. */
static struct stay stay_of(const Rec__Case *casefile, const Rec__Member *member)
{
    struct stay stay = {casefile->since, casefile->closed_on};

    if (member->since > stay.from)
        stay.from = member->since;
    if (member->until != 0 && (stay.to == 0 || member->until < stay.to))
        stay.to = member->until;
    return stay;
}

static void count_month(const Rec__Case *casefile, month_t month, struct people *people)
{
    struct stay household = {casefile->since, casefile->closed_on};

    count_stay(&household, month, &people->households, &people->new_households,
               &people->gone_households);
    for (size_t i = 0; i < casefile->n_members; i++) {
        struct stay stay = stay_of(casefile, casefile->members[i]);
        if (casefile->members[i]->covered)
            count_stay(&stay, month, &people->persons, &people->new_persons, &people->gone_persons);
    }
}

static int64_t persons_on(const Rec__Case *casefile, day_t day)
{
    int64_t count = 0;

    for (size_t i = 0; i < casefile->n_members; i++) {
        struct stay stay = stay_of(casefile, casefile->members[i]);
        count += casefile->members[i]->covered && stands_on(&stay, day);
    }
    return count;
}

static enum result count_case(const Rec__Case *casefile, void *arg)
{
    struct job *job = arg;
    month_t january = month_make(month_year(job->month), 1);

    count_month(casefile, job->month, &job->now);
    count_month(casefile, job->month - 1, &job->before);
    for (month_t month = january; month <= job->month; month++)
        job->person_times += persons_on(casefile, month_last(month));
    return RESULT_OK;
}

static void fill_people(const struct people *people, struct dibaoform *form)
{
    const int64_t counts[][2] = {
        {3, people->households},   {4, people->persons},          {14, people->new_households},
        {15, people->new_persons}, {16, people->gone_households}, {17, people->gone_persons},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        dibaoform_set(form, (size_t)counts[i][0], counts[i][1], 0);
}

// ---- money

/** Whether the street's roster is confirmed; asked once, because its cases follow one another. */
static enum result ask_roster(struct job *job, const char *street)
{
    Rec__Payroll *payroll = NULL;

    if (strcmp(job->asked, street) == 0)
        return RESULT_OK;
    enum result result = store_payroll_get(job->usecase->txn, street, DIBAO, job->month, &payroll);
    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    if (payroll == NULL || !payroll_is_confirmed(payroll))
        job->partly = true;
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    memcpy(job->asked, street, sizeof job->asked);
    return RESULT_OK;
}

static enum result add_benefit(const Rec__Case *casefile, const struct benefit *benefit, void *arg)
{
    struct job *job = arg;
    char street[AREA_TEXT];
    int64_t fen = 0;

    area_ancestor(casefile->area, AREA_STREET, street);
    enum result result = ask_roster(job, street);
    if (result != 0)
        return result;
    if (benefit_payable(benefit, &fen))
        job->paid += fen;
    else
        job->unknown++;
    return RESULT_OK;
}

struct rosters {
    struct job *job;
    Rec__Payroll *last; /**< a later version may follow */
    int64_t paid;
    size_t count;
};

static void end_roster(struct rosters *rosters)
{
    if (rosters->last == NULL)
        return;
    if (payroll_is_confirmed(rosters->last)) {
        rosters->paid += payroll_add_up(rosters->last).total;
        rosters->count++;
    }
    rec__payroll__free_unpacked(rosters->last, NULL);
    rosters->last = NULL;
}

static enum result see_roster(const Rec__Payroll *payroll, void *arg)
{
    struct rosters *rosters = arg;

    if (payroll->month != rosters->job->month || strcmp(payroll->kind, DIBAO) != 0)
        return RESULT_OK;
    if (rosters->last != NULL && strcmp(rosters->last->area, payroll->area) != 0)
        end_roster(rosters);
    if (rosters->last != NULL)
        rec__payroll__free_unpacked(rosters->last, NULL);
    rosters->last = record_copy(payroll);
    return RESULT_OK;
}

/** 7: what was confirmed; where a street has no confirmed roster, what is computed for all. */
static enum result fill_money(struct job *job)
{
    struct benefit_filter filter = {.month = job->month, .area = job->area, .kind = DIBAO};
    struct rosters rosters = {.job = job};
    char prefix[AREA_TEXT];
    enum result result = benefit_scan(job->usecase, &filter, add_benefit, job);

    area_prefix(job->area, prefix);
    if (result == 0)
        result = store_payroll_scan(job->usecase->txn, prefix, "", see_roster, &rosters);
    end_roster(&rosters);
    if (result != 0)
        return result;
    if (rosters.count > 0 && !job->partly && area_level(job->area) <= AREA_STREET) {
        dibaoform_set(&job->form, 7, (rosters.paid + FEN_OF_WAN_CENT / 2) / FEN_OF_WAN_CENT, 2);
        job->sources[7] = mem_printf("已确认的花名册 %zu 份", rosters.count);
    } else if (job->unknown > 0) {
        job->sources[7] = mem_printf("算不出：%zu 户金额不知道（标准未录入）", job->unknown);
    } else {
        dibaoform_set(&job->form, 7, (job->paid + FEN_OF_WAN_CENT / 2) / FEN_OF_WAN_CENT, 2);
        job->sources[7] =
            mem_copy(area_level(job->area) > AREA_STREET ? "系统按标准计算：花名册按镇街"
                                                         : "系统按标准计算：还没有都确认花名册");
    }
    return RESULT_OK;
}

static void fill_standard(struct job *job)
{
    const struct cache_standard *row =
        facts_standard_row(job->usecase->service, STANDARD, job->area, month_first(job->month));

    if (row == NULL) {
        job->sources[2] = mem_copy("标准未录入：" STANDARD);
        return;
    }
    dibaoform_set(&job->form, 2, row->value * MONTHS_OF_YEAR / FEN, 0);
    job->sources[2] = mem_copy("标准×12");
}

// ---- what was entered

static enum result fill_entered(struct job *job)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof ENTERED / sizeof ENTERED[0] && result == 0; i++) {
        const struct form_indicator *indicator =
            forms_indicator_find(service_forms(job->usecase->service), ENTERED[i].id);
        Rec__Figure *figure = NULL;
        size_t column = ENTERED[i].column;
        if (indicator == NULL)
            continue;
        char *name = indicator_record_name(indicator);
        result = store_figure_last(job->usecase->txn, name, job->area, job->month, &figure);
        free(name);
        if (result == RESULT_NOTFOUND)
            result = RESULT_OK;
        if (figure != NULL && *figure->value != '\0' &&
            dibaoform_read(&job->form, column, figure->value))
            job->sources[column] = mem_printf("录入：%s", figure->source);
        else
            job->sources[column] = mem_copy("数据未录入，请在“指标”里录入");
        if (figure != NULL)
            rec__figure__free_unpacked(figure, NULL);
    }
    return result;
}

/** 13 = 10 × 10000 ÷ the year's person-times. */
static void fill_year(struct job *job)
{
    const struct dibaoform_value *year = &job->form.columns[10];
    int64_t scale = 1;

    for (int i = 0; i < year->decimals; i++)
        scale *= 10;
    if (!year->known)
        job->sources[13] = mem_copy("数据未录入：第10栏没有，算不出");
    else if (job->person_times == 0)
        job->sources[13] = mem_copy("本年没有保障人次，算不出");
    if (job->sources[13] != NULL)
        return;
    int64_t below = job->person_times * scale;
    dibaoform_set(&job->form, 13, (year->units * 100000 + below / 2) / below, 1);
    job->sources[13] = mem_printf("10×10000÷年保障总人次 %" PRId64, job->person_times);
}

// ---- the sheet

struct remarks {
    struct str texts[DIBAOFORM_COLUMNS + 1];
};

static void add_remark(size_t column, const char *relation, enum dibaoform_verdict verdict,
                       double expected, void *arg)
{
    struct remarks *remarks = arg;
    struct str *text = &remarks->texts[column];

    str_printf(text, "%s%s ", text->length > 0 ? "；" : "", relation);
    if (verdict == DIBAOFORM_BROKEN)
        str_printf(text, "不符，应为 %.1f", expected);
    else
        str_add(text, verdict == DIBAOFORM_HOLDS ? "相符" : "没有核对：缺数");
}

static const char *source_of(const struct job *job, size_t column)
{
    bool derived = column == 5 || column == 6 || column == 9 || column == 12;

    if (job->sources[column] != NULL)
        return job->sources[column];
    if (!job->form.columns[column].known)
        return "数据未录入：缺别的栏，算不出";
    return derived ? "由别的栏算出" : "系统：在册个案";
}

static void write_form(struct job *job, const struct dibaoform *before)
{
    struct remarks remarks = {0};
    char text[DIBAOFORM_TEXT];

    /* The source has no room on a narrow screen: why there is no number stands with the remarks. */
    for (size_t column = 1; column <= DIBAOFORM_COLUMNS; column++)
        if (!job->form.columns[column].known)
            str_add(&remarks.texts[column], source_of(job, column));
    dibaoform_check(&job->form, before, add_remark, &remarks);
    for (size_t column = 1; column <= DIBAOFORM_COLUMNS; column++) {
        size_t at = sheet_add_row(job->sheet);
        sheet_setf(job->sheet, at, "no", "%zu", column);
        sheet_set(job->sheet, at, "name", dibaoform_label(column));
        sheet_set(job->sheet, at, "unit", dibaoform_unit(column));
        sheet_set(job->sheet, at, "value", dibaoform_text(&job->form, column, text));
        sheet_set(job->sheet, at, "source", source_of(job, column));
        sheet_set(job->sheet, at, "remark", str_text(&remarks.texts[column]));
        str_free(&remarks.texts[column]);
    }
}

static void begin_again(struct job *job, struct usecase *usecase)
{
    for (size_t i = 0; i <= DIBAOFORM_COLUMNS; i++) {
        free(job->sources[i]);
        job->sources[i] = NULL;
    }
    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->now = job->before = (struct people){0};
    job->form = (struct dibaoform){0};
    job->person_times = job->paid = 0;
    job->unknown = 0;
    job->partly = false;
    job->asked[0] = '\0';
}

static enum result form_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    struct dibaoform before = {0};
    char prefix[AREA_TEXT];

    begin_again(job, usecase);
    area_prefix(job->area, prefix);
    enum result result = store_case_of_area(usecase->txn, prefix, DIBAO, NULL, count_case, job);
    if (result == 0)
        result = fill_money(job);
    if (result == 0)
        result = fill_entered(job);
    if (result != 0)
        return result;
    fill_people(&job->now, &job->form);
    fill_people(&job->before, &before);
    fill_standard(job);
    fill_year(job);
    dibaoform_derive(&job->form);
    job->sheet = column_sheet(&COLUMNS_DIBAO_FORM);
    write_form(job, &before);
    return RESULT_OK;
}

enum result dibao_form_show(struct service *service, const struct caller *caller, const char *month,
                            const char *area, struct sheet **ret_sheet, struct reply *reply)
{
    struct job job = {0};
    enum result result = rows_query_month(service, month, &job.month, reply);

    if (result == 0 && job.month > month_of(service_today(service)))
        result = reply_say(reply, RESULT_USAGE, "这个月还没有到，请选本月或以前的月份。");
    if (result == 0)
        result = indicator_record_area(service, caller, area, job.area, reply);
    if (result == 0)
        result =
            usecase_read(service, caller, ACTION_FIGURE_LIST, job.area, form_body, &job, reply);
    for (size_t i = 0; i <= DIBAOFORM_COLUMNS; i++)
        free(job.sources[i]);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
