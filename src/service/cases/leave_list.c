/*
 * The leaves and handovers of an area.
 */
#include "service/cases/leave.h"

#include "base/columns.h"
#include "base/mem.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/frame/usecase.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct job {
    char area[AREA_TEXT];
    struct usecase *usecase;
    struct sheet *sheet;
};

static void write_common(struct job *job, size_t row, const char *officer, const char *by,
                         int64_t at, const char *area)
{
    char *names[] = {rows_officer_name_at(job->usecase, area, officer),
                     rows_officer_name_at(job->usecase, area, by)};
    char stamp[STAMP_TEXT];

    sheet_set(job->sheet, row, "officer", names[0]);
    sheet_set(job->sheet, row, "by", names[1]);
    sheet_set(job->sheet, row, "at", date_format_stamp(at, stamp));
    sheet_set(job->sheet, row, "area_name", service_area_name(job->usecase->service, area));
    free(names[0]);
    free(names[1]);
}

static bool may_end(const struct caller *caller, const Rec__Leave *leave)
{
    return access_allowed(caller->role, caller->area, ACTION_LEAVE_ENTER, leave->area) &&
           (caller->role == ROLE_CHIEF || caller->role == ROLE_SYSTEM ||
            strcmp(caller->officer, leave->officer) == 0);
}

static enum result add_leave(const Rec__Leave *leave, void *arg)
{
    struct job *job = arg;
    day_t today = job->usecase->today, last = standin_last(leave);
    char day[DATE_TEXT];

    if (!area_contains(job->area, leave->area))
        return RESULT_OK;
    size_t row = sheet_add_row(job->sheet);
    char *substitute = rows_officer_name_at(job->usecase, leave->area, leave->substitute);
    const char *state = last < leave->from     ? "已取消"
                        : today > last         ? "已结束"
                        : today >= leave->from ? "请假中"
                                               : "未开始";
    sheet_set(job->sheet, row, "what", "请假");
    sheet_set(job->sheet, row, "state", state);
    sheet_set(job->sheet, row, "substitute", substitute);
    sheet_set(job->sheet, row, "from", date_format(leave->from, day));
    sheet_set(job->sheet, row, "to", date_format(last < leave->from ? leave->to : last, day));
    sheet_set(job->sheet, row, "reason", leave->reason);
    sheet_set(job->sheet, row, "remark", leave->ended_reason);
    sheet_setf(job->sheet, row, "leave", "%" PRIu64, leave->id);
    sheet_set(job->sheet, row, "may",
              today <= last && may_end(job->usecase->caller, leave) ? "是" : "");
    write_common(job, row, leave->officer, leave->by, leave->at, leave->area);
    free(substitute);
    return RESULT_OK;
}

static enum result add_handover(const Rec__Handover *handover, void *arg)
{
    struct job *job = arg;
    const struct caller *caller = job->usecase->caller;
    bool undone = *handover->undone_by != '\0';
    char stamp[STAMP_TEXT];

    if (!area_contains(job->area, handover->area))
        return RESULT_OK;
    size_t row = sheet_add_row(job->sheet);
    bool may =
        !undone && access_allowed(caller->role, caller->area, ACTION_TAKEOVER, handover->area);
    sheet_set(job->sheet, row, "what", "接管");
    sheet_set(job->sheet, row, "state", undone ? "已撤销" : "已接管");
    sheet_setf(job->sheet, row, "from", "%.10s", date_format_stamp(handover->at, stamp));
    sheet_setf(job->sheet, row, "persons", "%zu", handover->n_cases);
    sheet_set(job->sheet, row, "reason", handover->reason);
    sheet_setf(job->sheet, row, "leave", "%" PRIu64, handover->id);
    sheet_set(job->sheet, row, "may", may ? "是" : "");
    write_common(job, row, handover->officer, handover->by, handover->at, handover->area);
    return RESULT_OK;
}

/** The newest first. */
static void reverse(struct sheet **sheet)
{
    struct sheet *back = column_sheet(&COLUMNS_LEAVES);
    const char **cells = mem_array((*sheet)->column_count, sizeof *cells);

    for (size_t row = (*sheet)->row_count; row > 0; row--) {
        sheet_cells(*sheet, row - 1, cells);
        (void)sheet_add_cells(back, cells);
    }
    free(cells);
    sheet_free(sheet);
    *sheet = back;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;

    sheet_free(&job->sheet);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_LEAVES);
    enum result result = store_handover_scan(usecase->txn, add_handover, job);
    if (result == 0)
        result = store_leave_scan(usecase->txn, add_leave, job);
    reverse(&job->sheet);
    return result;
}

enum result leave_list(struct service *service, const struct caller *caller, const char *area,
                       struct sheet **ret_sheet, struct reply *reply)
{
    struct job job = {0};
    enum result result = rows_query_area(service, caller, area, job.area, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_LEAVE_LIST, job.area, list_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
