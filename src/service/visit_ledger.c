#include "service/visit_entry.h"

#include "base/name.h"
#include "domain/area.h"

#include <stdlib.h>
#include <string.h>

/** A visit of years before is one of a wrong year. */
enum { YEAR = 365 };

static void check_name(struct visit_entry *entry)
{
    const char *name = entry->input->name != NULL ? entry->input->name : "";
    char *known = name_clean(entry->person->name);

    if (*name != '\0' && strcmp(name, known) != 0)
        problems_add(&entry->work->reply->problems, "person.name", name,
                     "姓名不一致：这个身份证号登记的是“%s”，请核对是否错行", known);
    free(known);
}

static void check_year(struct visit_entry *entry)
{
    char day[DATE_TEXT];

    if (entry->main->since - entry->date >= YEAR)
        problems_add(&entry->work->reply->problems, "date", entry->input->date,
                     "探访日期比纳入日期（%s）早一年以上，请核对年份",
                     date_format(entry->main->since, day));
}

static bool is_success(const struct visit_entry *entry)
{
    return strcmp(fields_get(&entry->values, "result"), "成功") == 0;
}

/** What a screen says after a visit was recorded, an import's rows say as well. */
static enum result remark(struct visit_entry *entry)
{
    struct work *work = entry->work;
    struct problems *problems = &work->reply->problems;
    struct duty_rules rules = service_rules(work->service, entry->month);
    const char *mode = fields_get(&entry->values, "mode");
    bool closed = false;
    enum result result = work_month_closed(work, entry->month, entry->main->area, &closed);

    if (result == RESULT_OK && closed)
        problems_warn(problems, "date", entry->input->date, "该月已月结：计入现况数，上报数不变");
    if (duty_is_late(entry->date, work->today, &rules))
        problems_warn(problems, "date", entry->input->date, "补录：探访后多日才登记");
    if (is_success(entry) && *mode != '\0' && !form_mode_counts(entry->form, mode))
        problems_warn(problems, "mode", mode, "方式“%s”不算一次探访，不计入探访率", mode);
    return result;
}

enum result visit_entry_check_ledger(struct visit_entry *entry)
{
    if (entry->input->batch == NULL || *entry->input->batch == '\0')
        return RESULT_OK;
    fields_set(&entry->work->reply->values, "name", entry->person->name);
    check_name(entry);
    check_year(entry);
    return remark(entry);
}
