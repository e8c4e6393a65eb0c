#include "service/lists/workday.h"

#include "base/mem.h"
#include "domain/workday.h"
#include "form/workdays.h"
#include "service/frame/usecase.h"
#include "service/memory/calendar.h"
#include "service/memory/state.h"

#include <stdlib.h>

enum { COUNT_MOST = 2000 }; /* eight years */

/** "（国庆节）" for an announced day, "" otherwise. */
static char *name_of(const struct forms *forms, day_t day)
{
    const struct form_workday *announced;

    for (size_t i = 0; (announced = forms_workday(forms, i)) != NULL; i++)
        if (announced->day == day)
            return mem_printf("（%s%s）", announced->name, announced->worked ? "调休" : "");
    return mem_copy("");
}

static enum result refuse_year(struct reply *reply, day_t day)
{
    int year, month, of_month;

    date_split(day, &year, &month, &of_month);
    return reply_say(reply, RESULT_NOTFOUND,
                     "没有 %d 年的工作日历，不能计算；请系统管理员补上。" WORKDAYS_MEND, year);
}

static enum result answer(const struct workday_calendar *calendar, const struct forms *forms,
                          day_t day, int count, struct reply *reply)
{
    char text[DATE_TEXT];
    bool worked = false;
    day_t found = day;
    enum result result =
        count == 0 ? workday_is(calendar, day, &worked) : workday_add(calendar, day, count, &found);

    if (result == RESULT_NOTFOUND)
        return refuse_year(reply, found);
    if (count != 0)
        return reply_say(reply, RESULT_OK, "%s", date_format(found, text));
    char *name = name_of(forms, day);
    result = reply_say(reply, RESULT_OK, "%s %s%s", date_format(day, text),
                       worked ? "工作日" : "休息日", name);
    free(name);
    return result;
}

static enum result answer_body(struct usecase *usecase, void *arg)
{
    const struct workday_query *query = arg;
    const struct forms *forms = service_forms(usecase->service);
    day_t day = 0;

    if (query->date == NULL || date_parse_loose(query->date, &day) != 0)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "日期不存在或写法不对，请写成 2026-11-23 这样。");
    if (query->count > COUNT_MOST || query->count < -COUNT_MOST)
        return reply_say(usecase->reply, RESULT_INVALID, "工作日数请在 -%d 到 %d 之间。",
                         COUNT_MOST, COUNT_MOST);
    struct workday_calendar calendar = calendar_new(forms);
    enum result result = answer(&calendar, forms, day, query->count, usecase->reply);
    calendar_free(&calendar);
    return result;
}

enum result workday_answer(struct service *service, const struct caller *caller,
                           const struct workday_query *query, struct reply *reply)
{
    return usecase_read(service, caller, ACTION_WORKDAY, NULL, answer_body,
                        (void *)(uintptr_t)query, reply);
}
