#include "service/lists/leave_home.h"

#include "base/homeline.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/words.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/memory/facts.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_BEFORE = 3 };

/** True if the officer is responsible for somebody who is owed visits this month: those stand in the
 *  list, marked. After 接管 nobody may be left. */
static enum result find_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    (void)duty;
    if (view->state == DUTY_NOT_COUNTED)
        return RESULT_OK;
    *(bool *)arg = true;
    return (enum result)STORE_STOP;
}

static enum result has_people(struct usecase *usecase, const Rec__Leave *leave, bool *ret_has)
{
    struct rows_filter filter = {.month = month_of(usecase->today),
                                 .area = facts_area_present(usecase->service, leave->area),
                                 .officer = leave->officer,
                                 .type = DUTY_TYPE_VISIT};

    *ret_has = false;
    return rows_scan(usecase, &filter, NULL, find_row, ret_has);
}

static bool is_locked(struct usecase *usecase, const char *officer)
{
    Rec__Officer *record = NULL;

    if (store_officer_get(usecase->txn, officer, &record) != 0)
        return true;
    bool locked = record->locked;
    rec__officer__free_unpacked(record, NULL);
    return locked;
}

struct job {
    struct usecase *usecase;
    const char *area;
    struct sheet *alarms;
};

/** What follows from the leave for who reads the line, as it is today. */
static enum result tail_words(const struct job *job, const Rec__Leave *leave, bool stands,
                              const char *substitute, struct str *words)
{
    struct usecase *usecase = job->usecase;
    bool has = false;
    enum result result = has_people(usecase, leave, &has);

    if (result != 0)
        return result;
    if (!has)
        str_add(words, "；本月没有他负责的人了，不用代");
    else if (stands && usecase->today < leave->from)
        str_add(words, "，到那天他的人在应访清单里标“代”");
    else if (stands)
        str_add(words, "，他的人在应访清单里标“代”，可登记到截止日");
    else if (is_locked(usecase, leave->substitute))
        str_printf(words, "；%s的工号已锁定，请结束这次请假，另登记替班人", substitute);
    return RESULT_OK;
}

static enum result see_leave(const Rec__Leave *leave, void *arg)
{
    enum { YEAR = 5 };
    struct job *job = arg;
    const struct caller *caller = job->usecase->caller;
    day_t today = job->usecase->today;
    bool own = strcmp(leave->officer, caller->officer) == 0;
    bool stands = strcmp(leave->substitute, caller->officer) == 0;
    bool sees = caller->role == ROLE_CHIEF && area_contains(job->area, leave->area);
    char from[DATE_TEXT], to[DATE_TEXT];

    if ((!own && !stands && !sees) || today < leave->from - DAYS_BEFORE ||
        today > standin_last(leave))
        return RESULT_OK;
    char *officer = rows_officer_name_at(job->usecase, leave->area, leave->officer);
    char *substitute = rows_officer_name_at(job->usecase, leave->area, leave->substitute);
    struct str tail = {0};
    enum result result = tail_words(job, leave, stands, substitute, &tail);
    size_t row = sheet_add_row(job->alarms);
    sheet_set(job->alarms, row, "what", HOME_LEAVES);
    sheet_setf(job->alarms, row, "text", "%s %s 至 %s 请假，由%s代%s", own ? "您" : officer,
               date_format(leave->from, from) + YEAR, date_format(standin_last(leave), to) + YEAR,
               stands ? "您" : substitute, str_text(&tail));
    str_free(&tail);
    free(officer);
    free(substitute);
    return result;
}

enum result leave_home(struct usecase *usecase, const char *area, struct sheet *alarms)
{
    struct job job = {usecase, area, alarms};

    return store_leave_scan(usecase->txn, see_leave, &job);
}
