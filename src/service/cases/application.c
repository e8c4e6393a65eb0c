#include "service/cases/application.h"

#include "base/mem.h"
#include "base/str.h"
#include "db/tables.h"
#include "domain/area.h"
#include "service/frame/record.h"
#include "service/memory/standards.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- the records

/** The records of a proposal for the rules. One that was made before it had steps, or without any
 *  record, was submitted on its day. The result is freed; texts are borrowed. */
static struct lifecycle_record *read_records(const Rec__Proposal *proposal, size_t *ret_count)
{
    struct lifecycle_record *records = mem_array(proposal->n_steps + 1, sizeof *records);
    size_t count = 0;

    if (proposal->n_steps == 0)
        records[count++] = (struct lifecycle_record){
            .act = LIFECYCLE_SUBMIT, .step = "", .to = "", .on = date_of_time(proposal->at)};
    for (size_t i = 0; i < proposal->n_steps; i++) {
        const Rec__ProposalStep *step = proposal->steps[i];
        struct lifecycle_record *record = &records[count];
        *record = (struct lifecycle_record){
            .step = step->step, .to = step->to, .on = date_of_time(step->at), .until = step->until};
        if (lifecycle_act_find(step->act, &record->act) == 0)
            count++;
    }
    *ret_count = count;
    return records;
}

void application_record(const struct usecase *usecase, Rec__Proposal *proposal,
                        enum lifecycle_act act, const char *step, const char *to,
                        const char *opinion)
{
    Rec__ProposalStep *record = mem_new(sizeof *record);
    size_t count = proposal->n_steps;

    rec__proposal_step__init(record);
    record_set(&record->act, lifecycle_act_name(act));
    record_set(&record->step, step);
    record_set(&record->to, to);
    record_set(&record->by, usecase->caller->officer);
    record_set(&record->opinion, opinion);
    record->at = usecase->now;
    proposal->steps = mem_resize(proposal->steps, count + 1, sizeof(Rec__ProposalStep *));
    proposal->steps[count] = record;
    proposal->n_steps = count + 1;
}

// ---- clocks

enum { DAYS_NONE = -1 };

/** The clock with the office's own limit, if it has one on the day. */
static struct life_clock own_clock(const struct usecase *usecase, const struct application *of,
                                   const char *label, struct life_clock clock, day_t began)
{
    char *name = mem_printf("%s%s-%s", STANDARD_STEP_DAYS, of->form->brief, label);
    int64_t days = facts_standard(usecase->service, name, of->proposal->area, began, DAYS_NONE);

    if (days > 0) {
        clock.days = (int)days;
        clock.source = "";
    }
    free(name);
    return clock;
}

/** The day on which the clock of the step under way began. */
static day_t find_beginning(const struct life_clock *clock, const struct application *application)
{
    const struct lifecycle_stand *stand = &application->stand;
    const Rec__Proposal *proposal = application->proposal;
    day_t began = clock->accepted ? stand->accepted : stand->began;
    struct fields values = {0};
    day_t day = 0;

    if (*clock->from == '\0')
        return began;
    store_fields_read(proposal->n_fields, proposal->fields, &values);
    if (date_parse(fields_get(&values, clock->from), &day) == 0 && day < began)
        began = day;
    fields_free(&values);
    return began;
}

static void judge_clocks(const struct usecase *usecase, const struct workday_calendar *calendar,
                         const struct lifecycle_record *records, size_t count,
                         struct application *application)
{
    const struct life_steps *steps = &application->form->steps.life;
    const struct lifecycle_stand *stand = &application->stand;
    const struct life_step *step = &steps->items[stand->step];
    day_t began = find_beginning(&step->clock, application);
    struct life_clock clock = own_clock(usecase, application, step->label, step->clock, began);
    struct lifecycle_due due = lifecycle_due(&clock, began, records, count, calendar);
    struct life_clock whole =
        own_clock(usecase, application, "全程", steps->whole, stand->accepted);
    whole = lifecycle_whole(steps, whole, stand);

    if (step->least)
        application->ready = due.on;
    application->whole = lifecycle_due(&whole, stand->accepted, records, count, calendar);
    application->due = lifecycle_earlier(due, application->whole);
}

bool application_judge(struct usecase *usecase, const struct workday_calendar *calendar,
                       const Rec__Proposal *proposal, struct application *ret_application)
{
    const struct form *form = forms_get(service_forms(usecase->service), proposal->kind);
    size_t count = 0;

    if (form == NULL || form->steps.life.count == 0)
        return false;
    struct lifecycle_record *records = read_records(proposal, &count);
    *ret_application = (struct application){
        .proposal = proposal,
        .form = form,
        .stand = lifecycle_judge(&form->steps.life, records, count),
        .due = {.known = LIFECYCLE_NO_LIMIT},
    };
    /* The limits are the applicant's; nobody waits for what was decided before. */
    if (!proposal->prior && (ret_application->stand.state == LIFECYCLE_WAITING ||
                             ret_application->stand.state == LIFECYCLE_PAUSED))
        judge_clocks(usecase, calendar, records, count, ret_application);
    free(records);
    return true;
}

const char *application_refusal(const struct life_steps *steps, size_t step)
{
    if (step >= steps->count)
        return "不予办理";
    const char *own = steps->items[step].refuse;
    return *own != '\0' ? own : steps->items[steps->count - 1].refuse;
}

// ---- who

char *application_who(const struct life_step *step)
{
    struct str words = {0};

    for (size_t i = 0; step->who[i] != NULL; i++)
        str_printf(&words, "%s%s", i > 0 ? "、" : "",
                   access_role_label(access_role_parse(step->who[i])));
    return str_take(&words);
}

/** True if the officer entered values, or did a step since the last return. */
static bool has_handled(const Rec__Proposal *proposal, const char *officer)
{
    for (size_t i = 0; i < proposal->n_makers; i++)
        if (strcmp(proposal->makers[i], officer) == 0)
            return true;
    for (size_t i = proposal->n_steps; i > 0; i--) {
        const Rec__ProposalStep *step = proposal->steps[i - 1];
        if (strcmp(step->act, lifecycle_act_name(LIFECYCLE_RETURN)) == 0)
            return false;
        if (strcmp(step->act, lifecycle_act_name(LIFECYCLE_DONE)) == 0 &&
            strcmp(step->by, officer) == 0)
            return true;
    }
    return strcmp(proposal->by, officer) == 0;
}

bool application_names(const struct life_step *step, enum role role)
{
    const char *name = access_role_name(role);
    size_t at = 0;

    while (step->who[at] != NULL && strcmp(step->who[at], name) != 0)
        at++;
    return step->who[at] != NULL;
}

bool application_is_mine(const struct usecase *usecase, const struct application *application,
                         char **ret_why)
{
    const struct life_steps *steps = &application->form->steps.life;
    const struct caller *caller = usecase->caller;
    char *why = NULL;

    if (application->stand.state == LIFECYCLE_RETURNED)
        return caller->role == ROLE_VILLAGE ||
               strcmp(application->proposal->by, caller->officer) == 0;
    if (application->stand.step >= steps->count)
        return false;
    const struct life_step *step = &steps->items[application->stand.step];
    if (!application_names(step, caller->role)) {
        char *who = application_who(step);
        why = mem_printf("“%s”由%s办。", step->label, who);
        free(who);
    } else if (step->apart && has_handled(application->proposal, caller->officer)) {
        why = mem_printf("您填报或办过这份申请，“%s”要由另一人办。", step->label);
    }
    bool mine = why == NULL;
    if (ret_why != NULL)
        *ret_why = why;
    else
        free(why);
    return mine;
}

struct search {
    const Rec__Proposal *proposal;
    const struct life_step *step;
    const char *caller; /**< has done the step before, which is not recorded yet */
    bool found;
};

static enum result see_officer(const Rec__Officer *officer, void *arg)
{
    struct search *search = arg;

    search->found |=
        !officer->locked && application_names(search->step, access_role_parse(officer->role)) &&
        area_contains(officer->area, search->proposal->area) &&
        strcmp(officer->id, search->caller) != 0 && !has_handled(search->proposal, officer->id);
    return RESULT_OK;
}

enum result application_other(struct usecase *usecase, const Rec__Proposal *proposal,
                              const struct life_step *step, struct str *words)
{
    struct search search = {proposal, step, usecase->caller->officer, false};
    char *who = application_who(step);
    enum result result = store_officer_scan(usecase->txn, see_officer, &search);

    if (result == 0)
        str_printf(words, "%s由另一人办（%s）%s", step->label, who,
                   search.found ? "。" : "；现在没有这样的人，请系统管理员增设。");
    free(who);
    return result;
}
