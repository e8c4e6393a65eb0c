#include "service/ledger/alarm_raise.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/memory/standards.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- kinds

static const struct alarm_kind KINDS[ALARM_KINDS] = {
    {ALARM_FINDING, "紧急情况", STANDARD_ALARM_HOURS, ACTION_ALARM_TAKE, true},
    {ALARM_POSTHUMOUS, "死后探访", NULL, ACTION_CASE_CLOSE, true},
    {ALARM_BEREAVED, "亡故待办", NULL, ACTION_CASE_CLOSE, false},
    {ALARM_ELSEWHERE, "他街登记", NULL, ACTION_CASE_CLOSE, true},
    {ALARM_UNMET, "连续未遇", STANDARD_ALARM_HOURS, ACTION_ALARM_TAKE, true},
};

const struct alarm_kind *alarm_kind_at(size_t index)
{
    return index < ALARM_KINDS ? &KINDS[index] : NULL;
}

const struct alarm_kind *alarm_kind_find(const char *id)
{
    for (size_t i = 0; i < ALARM_KINDS; i++)
        if (strcmp(KINDS[i].id, id) == 0)
            return &KINDS[i];
    return NULL;
}

// ---- the clock

enum { MINUTE = 60, HOUR = 3600, DAY = 86400, DAYS_FROM = 3 };

int64_t alarm_deadline(const struct service *service, const Rec__Alarm *alarm)
{
    const struct alarm_kind *kind = alarm_kind_find(alarm->kind);

    if (kind == NULL || kind->clock == NULL)
        return 0;
    return alarm->raised_at +
           HOUR * facts_parameter(service, kind->clock, date_of_time(alarm->raised_at));
}

const char *alarm_clock_words(int64_t deadline, int64_t now, char buffer[ALARM_CLOCK])
{
    int64_t left = deadline - now;
    bool over = left < 0;
    int64_t size = over ? -left : left;
    const struct {
        int64_t from, unit;
        const char *words;
    } units[] = {{DAYS_FROM * DAY, DAY, "天"}, {HOUR, HOUR, "小时"}, {0, MINUTE, "分钟"}};
    size_t i = 0;

    buffer[0] = '\0';
    if (deadline == 0)
        return buffer;
    while (size < units[i].from)
        i++;
    int64_t count = over ? size / units[i].unit : (size + units[i].unit - 1) / units[i].unit;
    snprintf(buffer, ALARM_CLOCK, "%s %" PRId64 " %s", over ? "已超" : "还剩",
             count > 0 ? count : 1, units[i].words);
    return buffer;
}

// ---- beginning and ending

enum result alarm_raise(struct usecase *usecase, const Rec__Alarm *alarm, uint64_t *ret_id)
{
    Rec__Alarm *raised = record_copy(alarm);
    enum result result = facts_next_id(usecase->service, "alarm", &raised->id);

    raised->raised_at = usecase->now;
    record_set(&raised->raised_by, usecase->caller->officer);
    record_set(&raised->state, ALARM_OPEN);
    if (result == 0)
        result = store_alarm_put(usecase->txn, raised);
    if (result == 0) {
        event_add_change(usecase, "alarm", "", raised->text);
        *ret_id = raised->id;
    }
    rec__alarm__free_unpacked(raised, NULL);
    return result;
}

enum result alarm_end(struct usecase *usecase, Rec__Alarm *alarm, const char *state,
                      const char *note)
{
    record_set(&alarm->state, state);
    record_set(&alarm->done_by, usecase->caller->officer);
    record_set(&alarm->done_note, note);
    alarm->done_at = usecase->now;
    event_add_change(usecase, strcmp(state, ALARM_DONE) == 0 ? "alarm.done" : "alarm.void",
                     alarm->text, note);
    return store_alarm_put(usecase->txn, alarm);
}

// ---- findings of visits

static const struct form *visit_form(const struct service *service, const Rec__Visit *visit)
{
    const struct forms *forms = service_forms(service);
    const struct form *programme = forms_get(forms, visit->kind);

    return programme != NULL && programme->has_visits ? forms_get(forms, programme->visits.record)
                                                      : NULL;
}

uint32_t alarm_mark(const struct service *service, const Rec__Visit *visit)
{
    const struct form *form = visit_form(service, visit);

    return form != NULL ? form->alarm.mark : 0;
}

bool alarm_called_for(const struct service *service, const Rec__Visit *visit)
{
    const struct form *form = visit_form(service, visit);
    struct fields values = {0};

    if (form == NULL || form->alarm.mark == 0)
        return false;
    record_visit_read(visit, &values);
    bool called = form_raises_alarm(form, &values);
    fields_free(&values);
    return called;
}

char *alarm_finding_text(const struct service *service, const Rec__Visit *visit)
{
    enum { YEAR = 5 };
    const struct form *form = visit_form(service, visit);
    struct fields values = {0};
    char date[DATE_TEXT];

    record_visit_read(visit, &values);
    char *found = form_findings(form, &values);
    char *text =
        mem_printf("%s %s：%s", date_format(visit->date, date) + YEAR, form->alarm.say, found);
    free(found);
    fields_free(&values);
    return text;
}

/** True if both visits have the same finding; the texts are compared without the day. */
static bool same_finding(const struct service *service, const Rec__Visit *a, const Rec__Visit *b)
{
    enum { DAY_AND_MONTH = 5 };
    char *x = alarm_finding_text(service, a);
    char *y = alarm_finding_text(service, b);
    bool same = strcmp(x + DAY_AND_MONTH, y + DAY_AND_MONTH) == 0;

    free(x);
    free(y);
    return same;
}

static enum result raise_finding(struct usecase *usecase, const Rec__Case *casefile,
                                 Rec__Visit *visit)
{
    Rec__Alarm alarm = REC__ALARM__INIT;
    char *text = alarm_finding_text(usecase->service, visit);

    alarm.kind = (char *)ALARM_FINDING;
    alarm.area = casefile->area;
    alarm.person = visit->person;
    alarm.case_id = casefile->id;
    alarm.visit_date = visit->date;
    alarm.visit_seq = visit->seq;
    alarm.text = text;
    enum result result = alarm_raise(usecase, &alarm, &visit->alarm);
    if (result == 0)
        fields_set(&usecase->reply->values, "raised", text);
    free(text);
    return result;
}

/** The correction has a finding too: moves the alarm to this visit; its clock runs on. */
static enum result take_over(struct usecase *usecase, Rec__Alarm *alarm, Rec__Visit *visit)
{
    char *text = alarm_finding_text(usecase->service, visit);

    if (strcmp(alarm->text, text) != 0)
        event_add_change(usecase, "alarm", alarm->text, text);
    record_set(&alarm->text, text);
    alarm->visit_date = visit->date;
    alarm->visit_seq = visit->seq;
    visit->alarm = alarm->id;
    free(text);
    return store_alarm_put(usecase->txn, alarm);
}

/** Judges the correction of a visit that had raised an alarm. */
static enum result judge_correction(struct usecase *usecase, const Rec__Case *casefile,
                                    Rec__Visit *visit, const Rec__Visit *replaced, bool called)
{
    Rec__Alarm *alarm = NULL;
    enum result result = store_alarm_get(usecase->txn, replaced->alarm, &alarm);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    bool open = store_alarm_is_open(alarm);
    if (called && (open || same_finding(usecase->service, visit, replaced)))
        result = take_over(usecase, alarm, visit);
    else if (called) /* the finished alarm was about another finding */
        result = raise_finding(usecase, casefile, visit);
    else if (open)
        result = alarm_end(usecase, alarm, ALARM_VOID, "探访已更正，没有异常");
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

enum result alarm_judge_visit(struct usecase *usecase, const Rec__Case *casefile, Rec__Visit *visit,
                              const Rec__Visit *replaced, bool called)
{
    visit->judged = alarm_mark(usecase->service, visit);
    if (replaced != NULL && replaced->alarm != 0)
        return judge_correction(usecase, casefile, visit, replaced, called);
    return called ? raise_finding(usecase, casefile, visit) : RESULT_OK;
}

enum result alarm_visit_voided(struct usecase *usecase, const Rec__Visit *visit)
{
    Rec__Alarm *alarm = NULL;

    if (visit->alarm == 0)
        return RESULT_OK;
    enum result result = store_alarm_get(usecase->txn, visit->alarm, &alarm);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    if (store_alarm_is_open(alarm))
        result = alarm_end(usecase, alarm, ALARM_VOID, "探访已作废");
    rec__alarm__free_unpacked(alarm, NULL);
    return result;
}

// ---- in words

/** "张敏 11-23 15:10"; new string. */
static char *who_and_when(struct usecase *usecase, const char *area, const char *officer,
                          int64_t at)
{
    enum { YEAR = 5, MINUTES = 11 };
    char stamp[STAMP_TEXT];
    char *name = rows_officer_name_at(usecase, area, officer);
    char *words = mem_printf("%s %.*s", name, MINUTES, date_format_stamp(at, stamp) + YEAR);

    free(name);
    return words;
}

/** Adds the state of an alarm: "待接手，还剩 5 小时". */
static void add_state(struct usecase *usecase, const Rec__Alarm *alarm, struct str *text)
{
    char clock[ALARM_CLOCK];
    bool open = store_alarm_is_open(alarm);
    bool over = strcmp(alarm->state, ALARM_DONE) == 0;

    if (!open) {
        char *who = who_and_when(usecase, alarm->area, alarm->done_by, alarm->done_at);
        str_printf(text, "%s：%s（%s）", over ? "办结" : "已撤", alarm->done_note, who);
        free(who);
        return;
    }
    alarm_clock_words(alarm_deadline(usecase->service, alarm), usecase->now, clock);
    if (strcmp(alarm->state, ALARM_OPEN) == 0) {
        str_add(text, "待接手");
    } else {
        char *who = who_and_when(usecase, alarm->area, alarm->taken_by, alarm->taken_at);
        str_printf(text, "处置中（%s）", who);
        free(who);
    }
    str_printf(text, "%s%s", clock[0] != '\0' ? "，" : "", clock);
}

enum result alarm_visit_words(struct usecase *usecase, const Rec__Visit *visit, char **ret_text)
{
    const struct form *form = visit_form(usecase->service, visit);
    struct fields values = {0};
    struct str text = {0};
    Rec__Alarm *alarm = NULL;
    enum result result = RESULT_OK;

    if (form != NULL) {
        record_visit_read(visit, &values);
        char *found = form_findings(form, &values);
        str_add(&text, found);
        free(found);
        fields_free(&values);
    }
    if (visit->alarm != 0)
        result = store_alarm_get(usecase->txn, visit->alarm, &alarm);
    if (alarm != NULL) {
        str_add(&text, text.length > 0 ? "；" : "");
        add_state(usecase, alarm, &text);
        rec__alarm__free_unpacked(alarm, NULL);
    }
    if (result == 0 || result == RESULT_NOTFOUND) {
        *ret_text = str_take(&text);
        return RESULT_OK;
    }
    str_free(&text);
    return result;
}

// ---- cases

/** The alarms of a case, owned. */
struct alarms {
    size_t count, capacity;
    Rec__Alarm **items;
};

static enum result collect(const Rec__Alarm *alarm, void *arg)
{
    struct alarms *alarms = arg;

    mem_grow((void **)&alarms->items, alarms->count, &alarms->capacity, sizeof *alarms->items);
    alarms->items[alarms->count++] = record_copy(alarm);
    return RESULT_OK;
}

static void alarms_free(struct alarms *alarms)
{
    for (size_t i = 0; i < alarms->count; i++)
        rec__alarm__free_unpacked(alarms->items[i], NULL);
    free(alarms->items);
}

enum result alarm_case_moved(struct usecase *usecase, const Rec__Case *casefile)
{
    struct alarms alarms = {0};
    enum result result = store_alarm_of_case(usecase->txn, casefile->id, collect, &alarms);

    for (size_t i = 0; i < alarms.count && result == 0; i++) {
        if (!store_alarm_is_open(alarms.items[i]))
            continue;
        record_set(&alarms.items[i]->area, casefile->area);
        result = store_alarm_put(usecase->txn, alarms.items[i]);
    }
    alarms_free(&alarms);
    return result;
}

enum result alarm_case_gone(struct usecase *usecase, uint64_t case_id)
{
    struct alarms alarms = {0};
    enum result result = store_alarm_of_case(usecase->txn, case_id, collect, &alarms);

    for (size_t i = 0; i < alarms.count && result == 0; i++) {
        Rec__Alarm *alarm = alarms.items[i];
        if (alarm->visit_date == 0) {
            result = store_alarm_del(usecase->txn, alarm->id);
            continue;
        }
        alarm->case_id = 0; /* the visit and its finding stay */
        result = store_alarm_put(usecase->txn, alarm);
    }
    alarms_free(&alarms);
    return result;
}
