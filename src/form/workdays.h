/**
 * The announced holidays and worked weekend days (forms/workdays.csv): date,kind,name.
 *
 * forms_load() reads the file with the programmes, and refuses a wrong date, kind or order with file
 * and line. A year without a line is not known (domain/workday.h counts by these days). The
 * catalogue owns everything and never changes; any thread may read it.
 */
#ifndef DOUDI_FORM_WORKDAYS_H
#define DOUDI_FORM_WORKDAYS_H

#include "base/date.h"
#include "base/result.h"

#include <stdbool.h>
#include <stddef.h>

struct forms;
struct overlay;

#define WORKDAYS_FILE "workdays.csv"
/** What to do about a year that is not in it. */
#define WORKDAYS_MEND                                                                              \
    "国务院办公厅公布放假安排后，请管理员补入 /etc/doudi/forms/" WORKDAYS_FILE "，重启服务。"

struct form_workday {
    day_t day;
    bool worked;      /**< 班, otherwise 休 */
    const char *name; /**< 春节 */
};

/** By date; NULL after the last. */
const struct form_workday *forms_workday(const struct forms *forms, size_t index);

/** For forms_load(): reads and checks the file; without it no year is known. */
enum result workdays_load(struct forms *forms, const struct overlay *overlay);

#endif
