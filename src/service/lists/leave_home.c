#include "service/lists/leave_home.h"

#include "base/homeline.h"
#include "base/mem.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"

#include <stdlib.h>
#include <string.h>

enum { DAYS_BEFORE = 3 };

struct job {
    struct usecase *usecase;
    const char *area;
    struct sheet *alarms;
};

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
    size_t row = sheet_add_row(job->alarms);
    sheet_set(job->alarms, row, "what", HOME_LEAVES);
    sheet_setf(job->alarms, row, "text", "%s %s 至 %s 请假，由%s代%s", own ? "您" : officer,
               date_format(leave->from, from) + YEAR, date_format(standin_last(leave), to) + YEAR,
               stands ? "您" : substitute,
               stands ? "，他的人在应访清单里标“代”，可登记到截止日" : "");
    free(officer);
    free(substitute);
    return RESULT_OK;
}

enum result leave_home(struct usecase *usecase, const char *area, struct sheet *alarms)
{
    struct job job = {usecase, area, alarms};

    return store_leave_scan(usecase->txn, see_leave, &job);
}
