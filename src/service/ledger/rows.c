#include "service/ledger/rows.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/frame/record.h"
#include "service/memory/excuses.h"
#include "service/memory/judge.h"
#include "service/memory/lent.h"
#include "service/memory/state.h"

#include <stdlib.h>
#include <string.h>

static bool given(const char *text)
{
    return text != NULL && *text != '\0';
}

// ---- scanning

struct scan {
    struct usecase *usecase;
    const struct rows_filter *filter;
    struct roster roster; /**< only if the filter names an officer */
    rows_fn each;
    void *arg;
    bool stopped; /**< `each` wants no more */
};

bool rows_right_kind(const struct service *service, const struct rows_filter *filter,
                     const char *kind)
{
    if (given(filter->kind))
        return strcmp(kind, filter->kind) == 0;
    if (!filter->rate_only)
        return true;
    const struct form *form = forms_get(service_forms(service), kind);
    return form != NULL && form->rate;
}

/** True for a row of the filter's officer, or of one for whom that officer stands in. */
static bool is_for(const struct rows_filter *filter, struct roster *roster, const Rec__Duty *duty)
{
    const char *key = roster_key(roster, duty->area, duty->officer);

    return strcmp(key, filter->officer) == 0 || standin_is(&roster->standin, filter->officer, key);
}

bool rows_right_duty(const struct service *service, const struct rows_filter *filter,
                     struct roster *roster, const Rec__Duty *duty)
{
    if (given(filter->type) && strcmp(duty->type, filter->type) != 0)
        return false;
    if (given(filter->officer) && !is_for(filter, roster, duty))
        return false;
    return rows_right_kind(service, filter, duty->kind);
}

enum result rows_load_roster(struct usecase *usecase, const struct rows_filter *filter,
                             struct roster *roster)
{
    bool now = filter->month == 0 || filter->month == month_of(usecase->today);

    if (!given(filter->officer))
        return RESULT_OK;
    enum result result = roster_load(usecase, filter->month, roster);
    if (result == 0 && filter->standin && now)
        result = standin_load(usecase, usecase->today, &roster->standin);
    return result;
}

static enum result scan_duty(const Rec__Duty *duty, void *arg)
{
    struct scan *scan = arg;
    struct usecase *usecase = scan->usecase;

    if (!rows_right_duty(usecase->service, scan->filter, &scan->roster, duty))
        return RESULT_OK;
    struct duty_view view = judge_row(usecase->service, duty, usecase->today);
    enum result result = scan->each(duty, &view, scan->arg);
    scan->stopped = result == (enum result)STORE_STOP;
    return result;
}

/** Where the filter's rows stand: leaves lend places for this month only. */
static struct lent_places places_of(const struct usecase *usecase, const struct rows_filter *filter)
{
    bool lent = filter->lent && filter->month == month_of(usecase->today);

    return lent_places(usecase->service, lent ? usecase->caller->officer : "",
                       filter->area == NULL ? "" : filter->area, usecase->today);
}

enum result rows_scan(struct usecase *usecase, const struct rows_filter *filter, const char *after,
                      rows_fn each, void *arg)
{
    struct lent_places places = places_of(usecase, filter);
    struct scan scan = {.usecase = usecase, .filter = filter, .each = each, .arg = arg};
    enum result result = rows_load_roster(usecase, filter, &scan.roster);

    for (size_t i = 0; i < places.count && result == 0 && !scan.stopped; i++)
        result = store_duty_scan(usecase->txn, filter->month, places.prefixes[i], after, scan_duty,
                                 &scan);
    free(places.prefixes);
    roster_free(&scan.roster);
    return result;
}

// ---- names

enum result rows_subject_load(struct usecase *usecase, const Rec__Duty *duty,
                              struct rows_subject *ret_subject)
{
    struct rows_subject subject = {
        .form = forms_get(service_forms(usecase->service), duty->kind),
    };
    enum result result = store_case_get(usecase->txn, duty->case_id, &subject.record);

    if (result == 0)
        result = store_person_get(usecase->txn, duty->person, &subject.person);
    if (result != 0)
        rows_subject_free(&subject);
    else
        *ret_subject = subject;
    /* every duty has its case and person: a missing one means damage */
    return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
}

void rows_subject_free(struct rows_subject *subject)
{
    if (subject->record != NULL)
        rec__case__free_unpacked(subject->record, NULL);
    if (subject->person != NULL)
        rec__person__free_unpacked(subject->person, NULL);
    *subject = (struct rows_subject){0};
}

/** A name in Chinese is no 工号, which need not be looked up to be known. */
static bool may_be_id(const char *officer)
{
    return (unsigned char)*officer < 0x80;
}

char *rows_officer_name(struct usecase *usecase, const char *officer)
{
    Rec__Officer *record = NULL;

    if (given(officer) && strcmp(officer, access_role_name(ROLE_SYSTEM)) == 0)
        return mem_copy(access_role_label(ROLE_SYSTEM));
    if (!given(officer) || !may_be_id(officer) ||
        store_officer_get(usecase->txn, officer, &record) != 0)
        return mem_copy(officer);
    char *name = mem_copy(record->name);
    rec__officer__free_unpacked(record, NULL);
    return name;
}

char *rows_officer_name_at(struct usecase *usecase, const char *area, const char *officer)
{
    Rec__Officer *record = NULL;
    char id[ROSTER_ID];
    char *name = NULL;

    if (!service_collects(usecase->service))
        return rows_officer_name(usecase, officer);
    if (given(officer) && strcmp(officer, access_role_name(ROLE_SYSTEM)) == 0)
        return mem_copy(access_role_label(ROLE_SYSTEM));
    bool number = given(officer) && may_be_id(officer);
    for (size_t turn = 0; number && name == NULL && roster_sent_ids(area, officer, turn, id);
         turn++) {
        if (store_sent_officer_get(usecase->txn, id, &record) != 0)
            continue;
        if (roster_sent_fits(area, id, record->area))
            name = mem_copy(record->name);
        rec__officer__free_unpacked(record, NULL);
    }
    return name != NULL ? name : mem_copy(officer);
}

char *rows_categories(const struct rows_subject *subject, day_t today)
{
    static const char id[] = "categories";
    struct fields values = {0};

    if (subject->form == NULL || form_field(subject->form, id) == NULL)
        return mem_copy("");
    record_case_read(subject->form, subject->record, &values);
    char *text = form_text(subject->form, &values, id, today);
    fields_free(&values);
    return text;
}

const char *rows_kind_name(const struct service *service, const char *kind)
{
    const struct form *form = forms_get(service_forms(service), kind);

    return form != NULL ? form->brief : kind;
}

void rows_excuse(struct sheet *sheet, size_t row, const Rec__Duty *duty)
{
    const Rec__Excuse *excuse = duty->excuse;
    char from[DATE_TEXT];
    char to[DATE_TEXT];

    if (excuse != NULL && strcmp(excuse->state, EXCUSE_GRANTED) == 0)
        sheet_setf(sheet, row, "excuse", "%s %s 至 %s", excuse->reason,
                   date_format(excuse->from, from), date_format(excuse->to, to));
}

// ---- closed months

struct closing {
    struct usecase *usecase;
    month_t month;
    bool closed;
};

static enum result see_street(const Rec__Area *area, void *arg)
{
    struct closing *closing = arg;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result =
        usecase_month_closed(closing->usecase, closing->month, area->code, &closing->closed);
    return result == 0 && closing->closed ? (enum result)STORE_STOP : result;
}

/** Names the code under which a month's rows of the division stand, if that is another one; false if
 *  there is nothing to say. */
static bool say_code(struct usecase *usecase, month_t month, const char *code)
{
    const struct service *service = usecase->service;
    const Rec__Area *area = cache_area(service->cache, code);
    const Rec__Area *before;
    struct str names = {0};
    char day[DATE_TEXT];

    if (area == NULL)
        return false;
    if (!cache_area_lives(area) && area->until <= month_last(month) && *area->successor != '\0') {
        const char *present = cache_area_present(service->cache, code);
        reply_say(usecase->reply, RESULT_OK, "%s %s 到 %s 为止，现为 %s %s，请查新代码。", code,
                  area->name, date_format(area->until - 1, day), present,
                  service_area_name(service, present));
        return true;
    }
    if (area->from <= month_last(month))
        return false;
    for (size_t i = 0; (before = cache_area_at(service->cache, i)) != NULL; i++)
        if (strcmp(before->successor, code) == 0)
            str_printf(&names, " %s %s", before->code, before->name);
    if (names.length > 0)
        reply_say(usecase->reply, RESULT_OK, "%s %s 自 %s 起，此前是%s，以前的月份请查旧代码。",
                  code, area->name, date_format(area->from, day), str_text(&names));
    bool said = names.length > 0;
    str_free(&names);
    return said;
}

enum result rows_say_known(struct usecase *usecase, month_t month, const char *area,
                           struct sheet *sheet)
{
    struct closing closing = {.usecase = usecase, .month = month};
    char street[AREA_TEXT];
    char prefix[AREA_TEXT];
    char text[MONTH_TEXT];

    if (say_code(usecase, month, area) || month >= month_of(usecase->today))
        return RESULT_OK;
    area_ancestor(area, AREA_STREET, street);
    area_prefix(*street != '\0' ? street : area, prefix);
    enum result result = store_area_scan(usecase->txn, prefix, see_street, &closing);
    if (result == 0 && closing.closed) {
        mem_replace(&sheet->basis, "现况数");
        result = reply_say(usecase->reply, RESULT_OK, "%s 已月结：这是现况数，上报数另看。",
                           month_format(month, text));
    }
    return result;
}

// ---- queries

enum result rows_query_area(struct service *service, const struct caller *caller, const char *text,
                            char code[AREA_TEXT], struct reply *reply)
{
    bool asked = given(text);

    if (!asked)
        text = caller->area;
    *code = '\0';
    if (*text != '\0' && area_parse(text, code) != 0)
        return reply_say(reply, RESULT_USAGE, "区划代码“%s”不对，应为2、4、6、9或12位数字。", text);
    /* Refuse an unknown area: an empty list would look as if nobody were due. */
    if (asked && !facts_area_exists(code, service) && !area_contains(code, service_area(service)))
        return reply_say(reply, RESULT_USAGE, "没有区划 %s，请核对代码。", text);
    return RESULT_OK;
}

enum result rows_query_kind(const struct service *service, const char *kind, struct reply *reply)
{
    if (!given(kind) || forms_get(service_forms(service), kind) != NULL)
        return RESULT_OK;
    return reply_say(reply, RESULT_USAGE, "没有“%s”这项业务，请核对业务名。", kind);
}

enum result rows_officer_known(struct usecase *usecase, const char *officer)
{
    bool collects = service_collects(usecase->service);
    Rec__Officer *record = NULL;
    enum result result = !given(officer) ? RESULT_OK
                         : collects      ? store_sent_officer_get(usecase->txn, officer, &record)
                                         : store_officer_get(usecase->txn, officer, &record);

    if (record != NULL)
        rec__officer__free_unpacked(record, NULL);
    if (result != RESULT_NOTFOUND)
        return result;
    return reply_say(usecase->reply, RESULT_USAGE,
                     collects
                         ? "没有工号 %s，请核对。各单位的工号可能相同，前面要写单位的区划代码，"
                           "如 211103001:1001。"
                         : "没有工号 %s，请核对（按工号查，不按姓名）。",
                     officer);
}

enum result rows_query_month(struct service *service, const char *text, month_t *ret_month,
                             struct reply *reply)
{
    if (!given(text))
        *ret_month = service_this_month(service);
    else if (month_parse(text, ret_month) != 0)
        return reply_say(reply, RESULT_USAGE, "月份“%s”不对，请写成 2026-11 这样。", text);
    return RESULT_OK;
}

void rows_mark_secret(const struct service *service, const char *kind, struct sheet *sheet)
{
    const struct form *form = forms_get(service_forms(service), kind);

    if (form != NULL && form->secret && sheet->basis == NULL)
        mem_replace(&sheet->basis, "不得公示");
}
