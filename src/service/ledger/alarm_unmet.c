/*
 * The alarm for somebody whom nobody met several times in a row (连续未遇).
 */
#include "base/mem.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/recount.h"

#include <stdlib.h>
#include <string.h>

/* A gap of a year is no row of attempts. */
enum { DAYS_SEEN = 366 };

/** A standing visit: somebody was met, or nobody. */
struct attempt {
    day_t date;
    uint32_t seq;
    bool unmet;
};

struct judging {
    struct usecase *usecase;
    uint64_t person;
    size_t count, capacity;
    struct attempt *items; /**< by date */
    Rec__Alarm *open;      /**< owned; NULL = there is none */
    const char *why;       /**< said when visits do not make a row any more */
    char *batch;           /**< owned; that brought the open alarm's visit, NULL = none */
    bool met_in_batch;     /**< the same file says that somebody was met afterwards */
    day_t done_date;       /**< the visit of the last one that an officer ended, 0 = none */
    uint32_t done_seq;
};

/** The rows of a file stand in any order: its attempts and its later visit are seen together. */
static void see_batch(struct judging *judging, const Rec__Visit *visit, bool unmet)
{
    const Rec__Alarm *open = judging->open;

    if (open == NULL || *visit->batch == '\0')
        return;
    if (open->visit_date == visit->date && open->visit_seq == visit->seq)
        record_set(&judging->batch, visit->batch);
    else if (!unmet && judging->batch != NULL && strcmp(judging->batch, visit->batch) == 0)
        judging->met_in_batch = true;
}

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct judging *judging = arg;
    const struct forms *forms = service_forms(judging->usecase->service);
    const struct form *programme = forms_get(forms, visit->kind);
    const struct form *form = programme != NULL && programme->has_visits
                                  ? forms_get(forms, programme->visits.record)
                                  : NULL;
    struct fields values = {0};

    if (form == NULL || !recount_visit_stands(visit) || visit->after_death)
        return RESULT_OK;
    record_visit_read(visit, &values);
    mem_grow((void **)&judging->items, judging->count, &judging->capacity, sizeof *judging->items);
    bool unmet = form_is_unmet(form, &values);
    judging->items[judging->count++] = (struct attempt){visit->date, visit->seq, unmet};
    see_batch(judging, visit, unmet);
    fields_free(&values);
    return RESULT_OK;
}

static bool is_later(day_t date, uint32_t seq, day_t than, uint32_t than_seq)
{
    return date != than ? date > than : seq > than_seq;
}

static enum result see_alarm(const Rec__Alarm *alarm, void *arg)
{
    struct judging *judging = arg;

    if (strcmp(alarm->kind, ALARM_UNMET) != 0)
        return RESULT_OK;
    if (store_alarm_is_open(alarm) && judging->open == NULL)
        judging->open = record_copy(alarm);
    if (strcmp(alarm->state, ALARM_DONE) == 0 &&
        is_later(alarm->visit_date, alarm->visit_seq, judging->done_date, judging->done_seq)) {
        judging->done_date = alarm->visit_date;
        judging->done_seq = alarm->visit_seq;
    }
    return RESULT_OK;
}

/** The visit that makes `times` in a row, the last such one; NULL if there is none. Those that an
 *  officer has dealt with do not count again. */
static const struct attempt *find_row(const struct judging *judging, size_t times)
{
    const struct attempt *found = NULL;
    size_t row = 0;

    for (size_t i = 0; i < judging->count && times > 0; i++) {
        const struct attempt *item = &judging->items[i];
        bool fresh = judging->done_date == 0 ||
                     is_later(item->date, item->seq, judging->done_date, judging->done_seq);
        row = item->unmet && fresh ? row + 1 : 0;
        if (row == times)
            found = item;
    }
    return found;
}

/** The open alarm's visit, if it still makes `times` in a row or more; NULL otherwise. */
static const struct attempt *find_own(const struct judging *judging, size_t times)
{
    size_t row = 0;

    for (size_t i = 0; i < judging->count; i++) {
        const struct attempt *item = &judging->items[i];
        row = item->unmet ? row + 1 : 0;
        if (item->date == judging->open->visit_date && item->seq == judging->open->visit_seq)
            return row >= times ? item : NULL;
    }
    return NULL;
}

static char *words_of(const struct attempt *last, size_t times)
{
    enum { YEAR = 5 };
    char from[DATE_TEXT], to[DATE_TEXT];
    const struct attempt *first = last - (times - 1);
    bool several = first->date != last->date;

    return mem_printf("%zu 次没见到（%s%s%s），请上门", times,
                      date_format(first->date, from) + YEAR, several ? " 至 " : "",
                      several ? date_format(last->date, to) + YEAR : "");
}

static enum result raise_unmet(struct judging *judging, const Rec__Case *casefile,
                               const struct attempt *last, size_t times)
{
    Rec__Alarm alarm = REC__ALARM__INIT;
    uint64_t id = 0;
    char *text = words_of(last, times);

    alarm.kind = (char *)ALARM_UNMET;
    alarm.area = casefile->area;
    alarm.person = judging->person;
    alarm.case_id = casefile->id;
    alarm.visit_date = last->date;
    alarm.visit_seq = last->seq;
    alarm.count = (uint32_t)times;
    alarm.text = text;
    enum result result = alarm_raise(judging->usecase, &alarm, &id);
    if (result == 0)
        fields_set(&judging->usecase->reply->values, "unmet", text);
    free(text);
    return result;
}

/** Other visits make a row now: the alarm is about those, and its clock runs on. */
static enum result move_on(struct judging *judging, const struct attempt *last, size_t times)
{
    char *text = words_of(last, times);

    event_add_change(judging->usecase, "alarm", judging->open->text, text);
    record_set(&judging->open->text, text);
    judging->open->visit_date = last->date;
    judging->open->visit_seq = last->seq;
    judging->open->count = (uint32_t)times;
    free(text);
    return store_alarm_put(judging->usecase->txn, judging->open);
}

// ---- a row that is none any more

#define MARK "；" /* not in the words of a row */

static const char *why_moot(const struct judging *judging, size_t times)
{
    if (judging->why != NULL)
        return judging->why;
    if (times == 0)
        return "连续未遇的预警已停用";
    if (judging->met_in_batch)
        return "同一批导入的探访里，后来见到了";
    if (judging->open->count != times)
        return "预警的次数已改，没到新的次数";
    return "探访已作废或更正，不再是连续没有见到";
}

static enum result put_text(struct judging *judging, char *text)
{
    enum result result = RESULT_OK;

    if (strcmp(text, judging->open->text) != 0) {
        event_add_change(judging->usecase, "alarm", judging->open->text, text);
        record_set(&judging->open->text, text);
        result = store_alarm_put(judging->usecase->txn, judging->open);
    }
    free(text);
    return result;
}

/** The text without the reason behind it; new string. */
static char *row_words(const char *text)
{
    const char *mark = strstr(text, MARK);

    return mem_copy_bytes(text, mark != NULL ? (size_t)(mark - text) : strlen(text));
}

/** Its row stands, perhaps again. */
static enum result stand(struct judging *judging)
{
    return put_text(judging, row_words(judging->open->text));
}

/** Whoever took it is on the way: it stays with the reason, and is ended with words. */
static enum result withdraw(struct judging *judging, size_t times)
{
    const char *why = why_moot(judging, times);

    if (strcmp(judging->open->state, ALARM_TAKEN) != 0)
        return alarm_end(judging->usecase, judging->open, ALARM_VOID, why);
    char *row = row_words(judging->open->text);
    char *text = mem_printf("%s" MARK "%s，办结时请写明", row, why);
    free(row);
    return put_text(judging, text);
}

static enum result judge(struct judging *judging, const Rec__Case *casefile)
{
    struct usecase *usecase = judging->usecase;
    size_t times = alarm_unmet_times(usecase);
    const struct attempt *last = find_row(judging, times);

    if (judging->met_in_batch && !judging->items[judging->count - 1].unmet)
        return withdraw(judging, times);
    if (judging->open != NULL && times > 0 && find_own(judging, times) != NULL)
        return stand(judging);
    if (judging->open != NULL && last != NULL)
        return move_on(judging, last, times);
    if (judging->open != NULL)
        return withdraw(judging, times);
    /* Somebody who was met since need not be looked for. */
    bool still = last != NULL && judging->items[judging->count - 1].unmet;
    return still && casefile != NULL ? raise_unmet(judging, casefile, last, times) : RESULT_OK;
}

static enum result judge_person(struct judging *judging, const Rec__Case *casefile, bool ordinary)
{
    struct usecase *usecase = judging->usecase;
    enum result result = store_alarm_of_person(usecase->txn, judging->person, see_alarm, judging);

    bool idle = ordinary && judging->open == NULL;
    if (result == 0 && !idle)
        result = store_visit_scan(usecase->txn, judging->person, usecase->today - DAYS_SEEN,
                                  INT32_MAX, see_visit, judging);
    if (result == 0 && !idle)
        result = judge(judging, casefile);
    if (judging->open != NULL)
        rec__alarm__free_unpacked(judging->open, NULL);
    free(judging->batch);
    free(judging->items);
    return result;
}

enum result alarm_judge_unmet(struct usecase *usecase, const Rec__Case *casefile, uint64_t person,
                              bool ordinary)
{
    struct judging judging = {.usecase = usecase, .person = person};

    return judge_person(&judging, casefile, ordinary);
}

enum result alarm_judge_again(struct usecase *usecase, const Rec__Case *casefile, uint64_t person,
                              const char *why)
{
    struct judging judging = {.usecase = usecase, .person = person, .why = why};

    return judge_person(&judging, casefile, false);
}

enum result alarm_cover_unmet(struct usecase *usecase, Rec__Alarm *alarm)
{
    struct judging judging = {.usecase = usecase, .person = alarm->person};
    enum result result = RESULT_OK;

    if (strcmp(alarm->kind, ALARM_UNMET) != 0)
        return RESULT_OK;
    result = store_visit_scan(usecase->txn, alarm->person, usecase->today - DAYS_SEEN, INT32_MAX,
                              see_visit, &judging);
    if (result == 0 && judging.count > 0) {
        const struct attempt *last = &judging.items[judging.count - 1];
        if (is_later(last->date, last->seq, alarm->visit_date, alarm->visit_seq)) {
            alarm->visit_date = last->date;
            alarm->visit_seq = last->seq;
        }
    }
    free(judging.items);
    return result;
}

static enum result see_open(const Rec__Alarm *alarm, void *arg)
{
    *(bool *)arg |= strcmp(alarm->kind, ALARM_UNMET) == 0 && store_alarm_is_open(alarm);
    return RESULT_OK;
}

size_t alarm_unmet_times(const struct usecase *usecase)
{
    int times = facts_duty_rules(usecase->service, month_of(usecase->today)).alarm_after;

    return times > 0 ? (size_t)times : 0;
}

enum result alarm_is_unmet(struct usecase *usecase, uint64_t person, bool *ret_is)
{
    *ret_is = false;
    return store_alarm_of_person(usecase->txn, person, see_open, ret_is);
}
