/*
 * What the officers of the first street are at: applications at each step, a referral, rosters, leads.
 *
 * Nothing here ends a demonstration: what an office's own programme files do not allow is left out.
 */
#include "base/log.h"
#include "base/mem.h"
#include "base/month.h"
#include "service/cases/application.h"
#include "service/cases/proposal.h"
#include "service/demo/demo_person.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/lists/lead.h"
#include "service/lists/lead_run.h"
#include "service/memory/census.h"
#include "service/payroll/payroll.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- applications

/** How far one has come. */
static const struct plan {
    enum demo_programme programme;
    int ago;          /**< days since it was handed in */
    size_t done;      /**< steps that were done since, one every other day */
    const char *then; /**< … and what was done last; NULL = it waits */
    const char *words;
    bool village; /**< a village's officer handed it in */
} PLANS[] = {
    {DEMO_HOUSEHOLDS, 1, 0, NULL, "", true},
    {DEMO_SUPPORT, 0, 0, NULL, "", false},
    {DEMO_HOUSEHOLDS, 6, 1, NULL, "", false},
    {DEMO_SUPPORT, 50, 1, NULL, "", true}, /* late */
    {DEMO_HOUSEHOLDS, 12, 1, "pause", "收入证明、银行流水", false},
    {DEMO_HOUSEHOLDS, 7, 2, NULL, "", true},
    {DEMO_HOUSEHOLDS, 9, 3, NULL, "", false},  /* published */
    {DEMO_HOUSEHOLDS, 20, 4, NULL, "", false}, /* waits for the chief */
    {DEMO_SUPPORT, 3, 0, "return", "残疾证照片看不清，请重拍", true},
};

enum { PLAN_COUNT = sizeof PLANS / sizeof PLANS[0], EVERY = 2, PAPERS = 10 };

/** One application being made. */
struct applying {
    struct demo_making *making;
    const struct plan *plan;
    const struct demo_village *village;
    const struct form *form;
    struct fields values;
    uint64_t id;
    day_t day;
};

static struct caller officer_of(const struct service *service, enum role role, const char *id,
                                const char *area)
{
    struct caller caller = facts_system(service);

    caller.role = role;
    snprintf(caller.officer, sizeof caller.officer, "%s", id);
    snprintf(caller.area, sizeof caller.area, "%s", area);
    return caller;
}

/** Does one thing as an officer did on that day. */
typedef enum result (*deed_fn)(struct usecase *usecase, struct applying *applying, const void *arg);
static enum result do_then(struct applying *applying, const struct caller *caller, deed_fn deed,
                           const void *arg)
{
    struct demo_making *making = applying->making;
    struct usecase own = *making->usecase;
    struct event_draft event = {0};
    struct reply reply = {0};

    own.caller = caller;
    own.event = &event;
    own.reply = &reply;
    own.today = applying->day;
    own.now = demo_moment(making, applying->day);
    enum result result = deed(&own, applying, arg);
    if (result != 0)
        log_error("demonstration: an application of %s: %s", applying->form->kind,
                  reply.message != NULL ? reply.message : result_name(result));
    event_draft_clear(&event);
    reply_free(&reply);
    return result;
}

static enum result hand_in(struct usecase *usecase, struct applying *applying, const void *arg)
{
    struct proposal_input input = {.kind = applying->form->kind, .values = &applying->values};
    enum result result = proposal_record(usecase, &input);

    (void)arg;
    applying->id = strtoull(fields_get(&usecase->reply->values, "proposal"), NULL, 10);
    return result;
}

static enum result act(struct usecase *usecase, struct applying *applying, const void *arg)
{
    const char *what = arg;
    char until[DATE_TEXT];
    struct application_input input = {
        .id = applying->id,
        .act = what,
        .opinion = strcmp(what, "done") != 0 ? applying->plan->words : "",
        .to = "",
        .until = date_format(applying->day + PAPERS, until),
    };

    return application_act_record(usecase, &input);
}

static void fill_values(struct applying *applying)
{
    struct demo_making *making = applying->making;

    if (applying->plan->programme == DEMO_HOUSEHOLDS) {
        demo_household_values(making, applying->village, &applying->values);
        return;
    }
    struct demo_person person =
        demo_person_make(making, demo_elder_age(making), 0, NULL, applying->village->code);
    demo_person_values(making, &person, applying->village, "person.", &applying->values);
    demo_support_values(making, applying->village, true, &applying->values);
}

/** A day later than the step's shortest time: until then it cannot be done. */
static void go_on(struct applying *applying, size_t step)
{
    const struct life_step *life = &applying->form->steps.life.items[step];

    applying->day += EVERY;
    if (life->least)
        applying->day += life->clock.days;
    if (applying->day > applying->making->demo->today)
        applying->day = applying->making->demo->today;
}

/** The steps but the last one: that makes a case. */
static enum result do_steps(struct applying *applying, const struct caller *clerk)
{
    const struct form *form = applying->form;
    size_t done = 0;
    enum result result = RESULT_OK;

    for (size_t i = 0; i + 1 < form->steps.life.count && done < applying->plan->done; i++) {
        if (!form_takes_step(form, i, &applying->values, applying->day))
            continue;
        go_on(applying, i);
        result = do_then(applying, clerk, act, "done");
        if (result != 0)
            return result;
        done++;
    }
    return RESULT_OK;
}

/** What the rules refuse is left out; anything else ends the transaction. */
static enum result without_refusal(enum result result)
{
    static const enum result refusals[] = {RESULT_INVALID, RESULT_CONFLICT, RESULT_DENIED,
                                           RESULT_USAGE, RESULT_EXISTS};

    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
        if (result == refusals[i])
            return RESULT_OK;
    return result;
}

static enum result apply(struct demo_making *making, size_t nth)
{
    const struct demo *demo = making->demo;
    const struct plan *plan = &PLANS[nth];
    size_t villages = 1;

    while (villages < demo->village_count &&
           strcmp(demo->villages[villages].street, demo->villages[0].street) == 0)
        villages++;
    struct applying applying = {.making = making,
                                .plan = plan,
                                .village = &demo->villages[nth % villages],
                                .form = demo_form(demo->service, plan->programme),
                                .day = demo->today - plan->ago};
    const struct demo_village *village = applying.village;
    struct caller clerk = officer_of(demo->service, ROLE_STREET, village->clerk, village->street);
    struct caller own = officer_of(demo->service, ROLE_VILLAGE, village->officer, village->code);

    if (applying.form->steps.life.count == 0)
        return RESULT_OK;
    fill_values(&applying);
    enum result result = do_then(&applying, plan->village ? &own : &clerk, hand_in, NULL);
    if (result == 0)
        result = do_steps(&applying, &clerk);
    if (result == 0 && plan->then != NULL) {
        if (plan->done > 0)
            applying.day += EVERY;
        result = do_then(&applying, &clerk, act, plan->then);
    }
    fields_free(&applying.values);
    return without_refusal(result);
}

// ---- a matter handed to another office

static enum result pick_case(const Rec__Case *casefile, void *arg)
{
    Rec__Case **picked = arg;

    if (!census_is_active(casefile))
        return RESULT_OK;
    *picked = record_copy(casefile);
    return (enum result)STORE_STOP;
}

static void refer(struct fields *values, void *arg)
{
    const struct demo *demo = arg;
    char day[DATE_TEXT];

    fields_set(values, "referrals.0.ref_to", "医保");
    fields_set(values, "referrals.0.ref_item", "医疗救助");
    fields_set(values, "referrals.0.ref_on", date_format(demo->today - 8, day));
    fields_set(values, "referrals.0.ref_due", date_format(demo->today + 12, day));
    fields_set(values, "referrals.0.ref_state", "已转");
}

static enum result refer_somebody(struct demo_making *making)
{
    const struct demo *demo = making->demo;
    const struct demo_village *village = &demo->villages[0];
    const struct form *form = demo_form(demo->service, DEMO_SUPPORT);
    struct caller clerk = officer_of(demo->service, ROLE_STREET, village->clerk, village->street);
    struct usecase own = *making->usecase;
    struct event_draft event = {0};
    struct reply reply = {0};
    struct demo copy = *demo;
    Rec__Case *casefile = NULL;
    enum result result =
        store_case_of_area(own.txn, village->code, form->kind, NULL, pick_case, &casefile);

    own.caller = &clerk;
    own.event = &event;
    own.reply = &reply;
    own.now = demo_moment(making, demo->today);
    if (result == 0 && casefile != NULL && form_field(form, "referrals") != NULL)
        result = without_refusal(demo_case_change(&own, casefile, refer, &copy));
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    event_draft_clear(&event);
    reply_free(&reply);
    return result;
}

enum result demo_applications_make(struct demo_making *making)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < PLAN_COUNT && result == 0; i++)
        result = apply(making, i);
    return result == 0 ? refer_somebody(making) : result;
}

// ---- rosters

struct office_work {
    const struct demo *demo;
    struct caller clerk, chief;
};

static struct office_work office_of(const struct demo *demo, const struct demo_village *village)
{
    return (struct office_work){
        .demo = demo,
        .clerk = officer_of(demo->service, ROLE_STREET, village->clerk, village->street),
        .chief = officer_of(demo->service, ROLE_CHIEF, village->chief, village->street)};
}

static bool is_fine(enum result result, const char *what, struct reply *reply)
{
    if (result != 0)
        log_error("demonstration: %s: %s", what,
                  reply->message != NULL ? reply->message : result_name(result));
    reply_free(reply);
    return result == 0;
}

static void pay(const struct office_work *work, enum demo_programme programme, month_t month,
                bool confirmed)
{
    struct service *service = work->demo->service;
    char text[MONTH_TEXT];
    struct payroll_query query = {.kind = demo_form(service, programme)->kind,
                                  .month = month_format(month, text),
                                  .area = work->demo->villages[0].street};
    struct reply reply = {0};

    if (month >= work->demo->first &&
        is_fine(payroll_make(service, &work->clerk, &query, &reply), "a roster", &reply) &&
        confirmed)
        (void)is_fine(payroll_confirm(service, &work->chief, &query, &reply), "a roster", &reply);
}

// ---- leads

/** What was done about the first ones; the others wait. */
static const struct answer {
    const char *what, *words;
    int days; /**< until when it is left alone */
} ANSWERS[] = {
    {"take", "", 0},
    {"done", "已电话告知本人，带证件到窗口申请", 0},
    {"dismiss", "本人不愿申请，已当面说明", 90},
};

static const struct demo_village *find_village(const struct demo *demo, const char *code)
{
    for (size_t i = 0; i < demo->village_count; i++)
        if (strcmp(demo->villages[i].code, code) == 0)
            return &demo->villages[i];
    return &demo->villages[0];
}

static void answer_leads(const struct demo *demo)
{
    struct caller system = facts_system(demo->service);
    struct lead_query query = {.area = "", .rule = "", .after = ""};
    struct reply reply = {0};
    struct sheet *sheet = NULL;
    char until[DATE_TEXT];

    if (!is_fine(lead_list(demo->service, &system, &query, &sheet, &reply), "leads", &reply))
        return;
    for (size_t i = 0; i < sizeof ANSWERS / sizeof ANSWERS[0] && i < sheet->row_count; i++) {
        const struct answer *answer = &ANSWERS[i];
        const char *area = sheet_get(sheet, i, "area");
        struct office_work work = office_of(demo, find_village(demo, area));
        struct lead_act lead = {
            .person = strtoull(sheet_get(sheet, i, "person_id"), NULL, 10),
            .rule = sheet_get(sheet, i, "rule"),
            .what = answer->what,
            .words = answer->words,
            .until = answer->days > 0 ? date_format(demo->today + answer->days, until) : ""};
        (void)is_fine(lead_act(demo->service, &work.chief, &lead, &reply), "a lead", &reply);
    }
    sheet_free(&sheet);
}

/** Rules over everybody take their time: a large home's timer runs them. */
enum { LEADS_MOST = 20000 };

enum result demo_office_work(const struct demo *demo)
{
    struct office_work work = office_of(demo, &demo->villages[0]);

    pay(&work, DEMO_HOUSEHOLDS, demo->now - 1, true);
    pay(&work, DEMO_HOUSEHOLDS, demo->now, false);
    pay(&work, DEMO_CHILDREN, demo->now - 1, true);
    if (demo->cases > LEADS_MOST)
        return RESULT_OK;
    enum result result = lead_run(demo->service);
    if (result == 0)
        answer_leads(demo);
    return result;
}
