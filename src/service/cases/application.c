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

/** A proposal whose clocks are judged. */
struct clocks {
    const struct usecase *usecase;
    const struct workday_calendar *calendar;
    const struct lifecycle_record *records;
    size_t count;
    struct fields values;
};

/** The day in the field with which the clock begins; 0 if it is empty or the clock has none. */
static day_t field_day(const struct clocks *clocks, const struct life_clock *clock)
{
    day_t day = 0;

    return *clock->from != '\0' && date_parse(fields_get(&clocks->values, clock->from), &day) == 0
               ? day
               : 0;
}

static struct lifecycle_due due_of(const struct clocks *clocks, const struct application *of,
                                   const struct life_step *step, day_t began)
{
    struct life_clock clock = own_clock(clocks->usecase, of, step->label, step->clock, began);

    return lifecycle_due(&clock, began, clocks->records, clocks->count, clocks->calendar);
}

/** A later step whose clock began with a day in the application is under way already: money was
 *  given, and the papers have their days from then on, whether or not they are accepted. */
static void judge_begun(const struct clocks *clocks, struct application *application)
{
    const struct life_steps *steps = &application->form->steps.life;

    for (size_t i = application->stand.step + 1; i < steps->count; i++) {
        day_t began = field_day(clocks, &steps->items[i].clock);
        if (began == 0 || began > clocks->usecase->today ||
            !form_takes_step(application->form, i, &clocks->values, clocks->usecase->today))
            continue;
        struct lifecycle_due due = due_of(clocks, application, &steps->items[i], began);
        struct lifecycle_due first = lifecycle_earlier(application->due, due);
        if (first.known != application->due.known || first.on != application->due.on)
            application->due_of = steps->items[i].label;
        application->due = first;
    }
}

static void judge_clocks(const struct clocks *clocks, struct application *application)
{
    const struct life_steps *steps = &application->form->steps.life;
    const struct lifecycle_stand *stand = &application->stand;
    const struct life_step *step = &steps->items[stand->step];
    day_t began = step->clock.accepted ? stand->accepted : stand->began;
    day_t day = field_day(clocks, &step->clock);
    struct lifecycle_due due =
        due_of(clocks, application, step, day != 0 && day < began ? day : began);
    struct life_clock whole =
        own_clock(clocks->usecase, application, "全程", steps->whole, stand->accepted);
    whole = lifecycle_whole(steps, whole, stand);

    if (step->least)
        application->ready = due.on;
    application->whole =
        lifecycle_due(&whole, stand->accepted, clocks->records, clocks->count, clocks->calendar);
    application->due = lifecycle_earlier(due, application->whole);
    judge_begun(clocks, application);
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
        .due_of = "",
    };
    struct clocks clocks = {
        .usecase = usecase, .calendar = calendar, .records = records, .count = count};
    /* The limits are the applicant's; nobody waits for what was decided before. */
    if (!proposal->prior && (ret_application->stand.state == LIFECYCLE_WAITING ||
                             ret_application->stand.state == LIFECYCLE_PAUSED)) {
        store_fields_read(proposal->n_fields, proposal->fields, &clocks.values);
        judge_clocks(&clocks, ret_application);
        fields_free(&clocks.values);
    }
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
