#include "service/keeping/verify_alarms.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/frame/record.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/recount.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    struct usecase *usecase;
    const struct verify_alarms *to;
    uint64_t person; /**< the person whose visits are checked */
    day_t death;
};

static void __attribute__((format(printf, 2, 3)))
find(const struct checking *checking, const char *format, ...)
{
    struct str line = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&line, format, args);
    va_end(args);
    checking->to->find(str_text(&line), checking->to->arg);
    str_free(&line);
}

// ---- the records of an alarm

static enum result check_person(const struct checking *checking, const Rec__Alarm *alarm)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(checking->usecase->txn, alarm->person, &person);

    if (result == RESULT_NOTFOUND)
        find(checking, "警示 %" PRIu64 " 的人员记录不存在", alarm->id);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result check_case(const struct checking *checking, const Rec__Alarm *alarm)
{
    Rec__Case *casefile = NULL;
    enum result result = alarm->case_id == 0
                             ? RESULT_OK
                             : store_case_get(checking->usecase->txn, alarm->case_id, &casefile);

    if (result == RESULT_NOTFOUND)
        find(checking, "警示 %" PRIu64 " 的个案不存在", alarm->id);
    if (casefile != NULL && store_alarm_is_open(alarm) && strcmp(casefile->area, alarm->area) != 0)
        find(checking, "警示 %" PRIu64 " 不在个案 %s 的村(社区)", alarm->id, casefile->number);
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result check_visit(const struct checking *checking, const Rec__Alarm *alarm)
{
    Rec__Visit *visit = NULL;
    enum result result = alarm->visit_date == 0
                             ? RESULT_OK
                             : store_visit_get(checking->usecase->txn, alarm->person,
                                               alarm->visit_date, alarm->visit_seq, &visit);

    if (result == RESULT_NOTFOUND)
        find(checking, "警示 %" PRIu64 " 的探访不存在", alarm->id);
    bool unmet = strcmp(alarm->kind, ALARM_UNMET) == 0; /* of several: none of them names it */
    if (visit != NULL && !unmet && visit->alarm != alarm->id)
        find(checking, "警示 %" PRIu64 " 的探访不认它", alarm->id);
    if (visit != NULL)
        rec__visit__free_unpacked(visit, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

static enum result check_alarm(const Rec__Alarm *alarm, void *arg)
{
    const struct checking *checking = arg;
    enum result result = check_person(checking, alarm);

    if (result == 0)
        result = check_case(checking, alarm);
    if (result == 0)
        result = check_visit(checking, alarm);
    return result == 0 ? checking->to->progress(checking->to->arg) : result;
}

// ---- the alarm of a visit

static enum result check_named(const struct checking *checking, const Rec__Visit *visit)
{
    Rec__Alarm *alarm = NULL;
    char date[DATE_TEXT];
    enum result result = visit->alarm == 0
                             ? RESULT_OK
                             : store_alarm_get(checking->usecase->txn, visit->alarm, &alarm);

    if (result == RESULT_NOTFOUND)
        find(checking, "警示：%s 的探访（人员 %" PRIu64 "，第 %" PRIu32 " 次）的警示不存在",
             date_format(visit->date, date), visit->person, visit->seq + 1);
    if (alarm != NULL)
        rec__alarm__free_unpacked(alarm, NULL);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

/** Visits after a death must be marked so. Visits written by an older program are not checked. */
static enum result check_death(struct checking *checking, const Rec__Visit *visit)
{
    Rec__Person *person = NULL;
    char date[DATE_TEXT];
    enum result result = RESULT_OK;

    if (visit->person != checking->person) {
        result = store_person_get(checking->usecase->txn, visit->person, &person);
        checking->person = visit->person;
        checking->death = person != NULL ? person->death : 0;
    }
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    bool after = checking->death != 0 && visit->date > checking->death;
    if (visit->after_death != after && (visit->after_death || visit->judged != 0))
        find(checking, "探访：%s 的探访（人员 %" PRIu64 "，第 %" PRIu32 " 次）与死亡日期不符",
             date_format(visit->date, date), visit->person, visit->seq + 1);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

/** Skips visits that were judged by another condition, or before there were alarms. */
static enum result check_finding(const Rec__Visit *visit, void *arg)
{
    struct checking *checking = arg;
    const struct service *service = checking->usecase->service;
    char date[DATE_TEXT];
    bool judged = visit->judged != 0 && visit->judged == alarm_mark(service, visit);

    if (judged && recount_visit_stands(visit) &&
        alarm_called_for(service, visit) != (visit->alarm != 0))
        find(checking, "警示：%s 的探访（人员 %" PRIu64 "，第 %" PRIu32 " 次）%s",
             date_format(visit->date, date), visit->person, visit->seq + 1,
             visit->alarm == 0 ? "有异常而没有警示" : "没有异常而有警示");
    enum result result = check_named(checking, visit);
    if (result == 0)
        result = check_death(checking, visit);
    return result == 0 ? checking->to->progress(checking->to->arg) : result;
}

enum result verify_alarms(struct usecase *usecase, const struct verify_alarms *to)
{
    struct checking checking = {.usecase = usecase, .to = to};
    enum result result = store_alarm_scan(usecase->txn, check_alarm, &checking);

    return result == 0 ? store_visit_scan_all(usecase->txn, check_finding, &checking) : result;
}
