#include "service/lists/nearly.h"

#include "base/columns.h"
#include "base/mem.h"
#include "base/month.h"
#include "form/workdays.h"
#include "service/ledger/duties.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"
#include "service/lists/due.h"
#include "service/memory/calendar.h"

#include <stdlib.h>

/** Lists by days to spare, the worst first; who lacks more days is in the first. */
enum { LACK_MOST = 3, LISTS = LACK_MOST + NEARLY_SPARE + 1 };

struct nearly_job {
    struct rows_filter filter;
    struct usecase *usecase;
    int days; /* working days left, today included */
    struct due_rows lists[LISTS];
    size_t left_out;
    struct sheet *sheet;
};

int nearly_spare(int days, int need, int done)
{
    int missing = (need < 1 ? 1 : need) - done;

    return days - (missing > 0 ? missing : 0);
}

/** Working days from today to the month's last day. */
static enum result count_days(struct nearly_job *job)
{
    struct usecase *usecase = job->usecase;
    struct workday_calendar calendar = calendar_new(service_forms(usecase->service));
    enum result result = RESULT_OK;

    job->days = 0;
    for (day_t day = usecase->today; day <= month_last(job->filter.month) && result == 0; day++) {
        bool worked = false;
        result = workday_is(&calendar, day, &worked);
        job->days += worked;
    }
    calendar_free(&calendar);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result,
                         "没有今年的工作日历，算不出还剩几个工作日。国务院办公厅公布后，"
                         "请管理员补入 " WORKDAYS_FILE "。");
    return result;
}

static size_t count_rows(const struct nearly_job *job)
{
    size_t count = 0;

    for (size_t i = 0; i < LISTS; i++)
        count += job->lists[i].count;
    return count;
}

static enum result see_duty(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct nearly_job *job = arg;
    bool open = view->state == DUTY_PENDING || (view->state == DUTY_REACHED && view->due_on != 0);
    int spare = nearly_spare(job->days, (int)duty->need, view->done);

    if (!open || view->fulfilled || spare > NEARLY_SPARE)
        return RESULT_OK;
    if (count_rows(job) >= NEARLY_ROWS) {
        job->left_out++;
        return RESULT_OK;
    }
    due_rows_add(job->usecase->service, &job->lists[spare < -LACK_MOST ? 0 : spare + LACK_MOST],
                 duty, view);
    return RESULT_OK;
}

static void write_spare(struct nearly_job *job, size_t first)
{
    struct sheet *sheet = job->sheet;

    for (size_t row = first; row < sheet->row_count; row++) {
        int spare = nearly_spare(job->days, atoi(sheet_get(sheet, row, "need")),
                                 atoi(sheet_get(sheet, row, "done")));
        if (spare == 0)
            sheet_set(sheet, row, "spare", "只够");
        else
            sheet_setf(sheet, row, "spare", spare > 0 ? "余 %d 天" : "少 %d 天", abs(spare));
        sheet_setf(sheet, row, "days_left", "%d", job->days);
    }
}

static void forget(struct nearly_job *job)
{
    for (size_t i = 0; i < LISTS; i++)
        due_rows_free(&job->lists[i]);
    sheet_free(&job->sheet);
    job->left_out = 0;
}

static enum result nearly_body(struct usecase *usecase, void *arg)
{
    struct nearly_job *job = arg;

    forget(job);
    job->usecase = usecase;
    job->sheet = column_sheet(&COLUMNS_NEARLY);
    enum result result = count_days(job);
    if (result == 0)
        result = rows_scan(usecase, &job->filter, NULL, see_duty, job);
    for (size_t i = 0; i < LISTS && result == 0; i++) {
        size_t first = job->sheet->row_count;
        due_rows_sort(&job->lists[i]);
        result = due_rows_write(usecase, &job->lists[i], false, job->sheet);
        write_spare(job, first);
    }
    if (result == 0 && job->left_out > 0)
        return reply_say(usecase->reply, RESULT_OK, "另有 %zu 人也快漏访，没有列出，请看应访清单",
                         job->left_out);
    if (result == 0 && job->sheet->row_count == 0)
        return reply_say(usecase->reply, RESULT_OK, "含今天还有 %d 个工作日", job->days);
    return result;
}

enum result nearly_list(struct service *service, const struct caller *caller, const char *area,
                        struct sheet **ret_sheet, struct reply *reply)
{
    char code[AREA_TEXT];
    struct nearly_job job = {.filter = {.area = code,
                                        .type = DUTY_TYPE_VISIT,
                                        .month = month_of(service_today(service))}};
    enum result result = rows_query_area(service, caller, area, code, reply);

    if (result == 0)
        result = opening_await(service, job.filter.month, code, reply);
    if (result == 0)
        result = usecase_read(service, caller, ACTION_DUE, code, nearly_body, &job, reply);
    if (result == 0) {
        *ret_sheet = job.sheet;
        job.sheet = NULL;
    }
    forget(&job);
    return result;
}
