#include "service/keeping/area_changes.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/frame/usecase.h"
#include "service/keeping/area_change.h"
#include "service/keeping/area_plan.h"
#include "service/ledger/rows.h"

#include <stdlib.h>
#include <string.h>

struct list_job {
    struct usecase *usecase;
    struct sheet *sheet;
};

static const struct {
    const char *id, *label;
} STATES[] = {{AREA_CHANGE_PLANNED, "到期生效"},
              {AREA_CHANGE_DONE, "已生效"},
              {AREA_CHANGE_UNDONE, "已撤销"}};

static const char *state_label(const Rec__AreaChange *change)
{
    for (size_t i = 0; i < sizeof STATES / sizeof STATES[0]; i++)
        if (strcmp(STATES[i].id, change->state) == 0)
            return STATES[i].label;
    return change->state;
}

/** A division's name in the change's record; its name now if a planned change has none yet. */
static const char *name_of(const struct service *service, Rec__Area *const *areas, size_t count,
                           const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(areas[i]->code, code) == 0)
            return areas[i]->name;
    return service_area_name(service, code);
}

/** "并入 211103001003 旌旗社区 → 211103001001 团结社区", "更名 211103001003 旌旗社区 → 旌旗新村". */
static void say_step(const struct service *service, const Rec__AreaChange *change,
                     const Rec__AreaStep *step, struct str *text)
{
    bool new = strcmp(step->what, AREA_ADD) == 0;
    bool goes = *step->into != '\0';
    const char *was =
        new ? step->name : name_of(service, change->before, change->n_before, step->code);
    const char *is = *step->name != '\0' || !goes
                         ? step->name
                         : name_of(service, change->after, change->n_after, step->into);

    if (*is == '\0')
        is = was;
    str_printf(text, "%s %s%s%s", area_plan_label(step->what), step->code, *was != '\0' ? " " : "",
               was);
    if (goes || strcmp(is, was) != 0)
        str_printf(text, " →%s%s %s", goes ? " " : "", step->into, is);
}

static char *say_steps(const struct service *service, const Rec__AreaChange *change)
{
    enum { SAID = 5 };
    struct str text = {0};

    for (size_t i = 0; i < change->n_steps && i < SAID; i++) {
        str_add(&text, i > 0 ? "；" : "");
        say_step(service, change, change->steps[i], &text);
    }
    if (change->n_steps > SAID)
        str_printf(&text, " 等 %zu 处", change->n_steps);
    return str_take(&text);
}

static enum result list_change(const Rec__AreaChange *change, void *arg)
{
    struct list_job *job = arg;

    if (!area_contains(job->usecase->caller->area, change->steps[0]->code))
        return RESULT_OK;
    size_t row = sheet_add_row(job->sheet);
    char *steps = say_steps(job->usecase->service, change);
    char *by = rows_officer_name(job->usecase, change->by);
    char text[STAMP_TEXT];

    sheet_set_number(job->sheet, row, "number", change->id);
    sheet_set(job->sheet, row, "from", date_format(change->from, text));
    sheet_set(job->sheet, row, "state",
              *change->fault != '\0' && strcmp(change->state, AREA_CHANGE_PLANNED) == 0
                  ? "未能生效"
                  : state_label(change));
    sheet_set(job->sheet, row, "changes", steps);
    sheet_set_number(job->sheet, row, "cases", change->cases);
    sheet_set_number(job->sheet, row, "persons", change->persons);
    sheet_set_number(job->sheet, row, "officers", change->officers);
    sheet_set_number(job->sheet, row, "duties", change->duties);
    sheet_set(job->sheet, row, "at", date_format_stamp(change->at, text));
    sheet_set(job->sheet, row, "by", by);
    sheet_set(job->sheet, row, "note", change->fault);
    free(by);
    free(steps);
    return RESULT_OK;
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list_job *job = arg;

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_AREA_CHANGES);
    job->usecase = usecase;
    enum result result = store_area_change_scan(usecase->txn, list_change, job);
    sheet_reverse(job->sheet);
    return result;
}

enum result area_changes_list(struct service *service, const struct caller *caller,
                              struct sheet **ret_sheet, struct reply *reply)
{
    struct list_job job = {0};
    enum result result =
        usecase_read(service, caller, ACTION_AREA_CHANGE, NULL, list_body, &job, reply);

    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}
