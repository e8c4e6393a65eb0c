#include "service/lists/lead_run.h"

#include "base/mem.h"
#include "domain/lead.h"
#include "form/rules.h"
#include "service/frame/clockwatch.h"
#include "service/lists/lead.h"
#include "service/lists/lead_facts.h"
#include "service/lists/lead_steps.h"
#include "service/memory/state.h"
#include "service/memory/steps.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 100 }; /* persons of one transaction */

/** The leads that are known of a person. */
struct known {
    size_t count, capacity;
    Rec__Lead **items;
};

static enum result add_known(const Rec__Lead *lead, void *arg)
{
    struct known *known = arg;

    mem_grow((void **)&known->items, known->count, &known->capacity, sizeof *known->items);
    known->items[known->count++] = record_copy(lead);
    return RESULT_OK;
}

static void known_free(struct known *known)
{
    for (size_t i = 0; i < known->count; i++)
        rec__lead__free_unpacked(known->items[i], NULL);
    free(known->items);
}

static Rec__Lead *find_known(const struct known *known, const char *rule)
{
    for (size_t i = 0; i < known->count; i++)
        if (strcmp(known->items[i]->rule, rule) == 0)
            return known->items[i];
    return NULL;
}

// ---- one lead

static enum lead_standing standing_of(const Rec__Lead *lead)
{
    if (*lead->state == '\0')
        return LEAD_IS_NEW;
    if (store_lead_is_open(lead))
        return LEAD_IS_OPEN;
    return strcmp(lead->state, LEAD_CLOSED) == 0 ? LEAD_IS_CLOSED : LEAD_IS_ANSWERED;
}

static char *tell_value(const struct form_field *field, const char *value)
{
    return mem_copy(field->sensitive ? "已登记" : value);
}

/** What the rule says of the person today: the case, its village, the facts. */
static bool renew(struct usecase *usecase, const struct form_rule *rule,
                  const struct lead_facts *facts, Rec__Lead *lead)
{
    const Rec__Case *casefile = lead_facts_case(facts, rule->about);
    char *why = rules_why(service_forms(usecase->service), rule, &facts->values, tell_value);
    bool changed = lead->case_id != casefile->id || strcmp(lead->area, casefile->area) != 0 ||
                   strcmp(lead->why, why) != 0;

    lead->case_id = casefile->id;
    record_set(&lead->area, casefile->area);
    record_set(&lead->why, why);
    free(why);
    return changed;
}

static enum result move(struct usecase *usecase, Rec__Lead *lead, const char *state,
                        const char *words)
{
    record_set(&lead->state, state);
    lead->until = 0;
    enum result result = lead_add_step(usecase, lead, LEAD_BY_RULE, words);
    return result == 0 ? store_lead_put(usecase->txn, lead) : result;
}

static enum result try_rule(struct usecase *usecase, const struct form_rule *rule,
                            const struct lead_facts *facts, Rec__Lead *lead)
{
    bool holds = facts->cases.count > 0 &&
                 rules_hold(service_forms(usecase->service), rule, &facts->values, usecase->today);
    enum lead_move next = lead_next(standing_of(lead), holds, lead->until, usecase->today);
    bool changed = holds && renew(usecase, rule, facts, lead);

    switch (next) {
    case LEAD_APPEARS:
        lead->since = usecase->today;
        return move(usecase, lead, LEAD_OPEN,
                    *lead->state == '\0' ? "规则发现" : "情况仍在，再次列出");
    case LEAD_GOES:
        return move(usecase, lead, LEAD_CLOSED, "情况已不在，自动办结");
    case LEAD_STAYS:
        break;
    }
    return changed ? store_lead_put(usecase->txn, lead) : RESULT_OK;
}

/** A rule that was not known of this person: makes a record only if it finds something. */
static enum result try_new(struct usecase *usecase, const struct form_rule *rule,
                           const struct lead_facts *facts, uint64_t person)
{
    Rec__Lead *lead = mem_new(sizeof *lead);

    rec__lead__init(lead);
    lead->person = person;
    record_set(&lead->rule, rule->id);
    enum result result = try_rule(usecase, rule, facts, lead);
    rec__lead__free_unpacked(lead, NULL);
    return result;
}

// ---- one person

/** Leads of rules that are no longer in the files. */
static enum result end_former(struct usecase *usecase, const struct known *known)
{
    const struct forms *forms = service_forms(usecase->service);
    enum result result = RESULT_OK;

    for (size_t i = 0; i < known->count && result == 0; i++)
        if (forms_rule_find(forms, known->items[i]->rule) == NULL &&
            standing_of(known->items[i]) != LEAD_IS_CLOSED)
            result = move(usecase, known->items[i], LEAD_CLOSED, "规则已停用");
    return result;
}

/** The undo of an import has deleted the person: nobody is left whom the leads are about. */
static enum result forget(struct usecase *usecase, const struct known *known)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < known->count && result == 0; i++)
        result = store_lead_del(usecase->txn, known->items[i]->person, known->items[i]->rule);
    return result;
}

static enum result run_person(struct usecase *usecase, uint64_t person)
{
    const struct forms *forms = service_forms(usecase->service);
    const struct form_rule *rule;
    struct lead_facts facts = {0};
    struct known known = {0};
    enum result result = store_lead_of_person(usecase->txn, person, add_known, &known);

    if (result == 0)
        result = lead_facts_read(usecase, person, &facts);
    if (result == RESULT_NOTFOUND) {
        result = forget(usecase, &known);
    } else if (result == 0) {
        result = end_former(usecase, &known);
        for (size_t i = 0; (rule = forms_rule(forms, i)) != NULL && result == 0; i++) {
            Rec__Lead *lead = find_known(&known, rule->id);
            result = lead != NULL ? try_rule(usecase, rule, &facts, lead)
                                  : try_new(usecase, rule, &facts, person);
        }
    }
    lead_facts_free(&facts);
    known_free(&known);
    return result;
}

// ---- portions

struct run {
    struct service *service;
    bool everybody;
    uint64_t passed; /**< of everybody: the last person of the portions before */
    size_t count, done;
    uint64_t *ids;
    size_t part; /**< how many of `ids` this portion has */
};

static enum result add_id(const Rec__Person *person, void *arg)
{
    struct run *run = arg;

    run->ids[run->count++] = person->id;
    return run->count < AT_ONCE ? RESULT_OK : (enum result)STORE_STOP;
}

static enum result read_ids(struct txn *txn, void *arg)
{
    struct run *run = arg;

    run->count = 0;
    return store_person_scan(txn, run->passed, add_id, run);
}

static enum result run_part(struct usecase *usecase, void *arg)
{
    const struct run *run = arg;
    enum result result = RESULT_OK;

    for (size_t i = run->done; i < run->done + run->part && result == 0; i++)
        result = run_person(usecase, run->ids[i]);
    return result;
}

static enum result run_portion(void *arg, bool *ret_done)
{
    struct run *run = arg;
    struct caller system = facts_system(run->service);
    struct reply reply = {0};
    enum result result = RESULT_OK;

    if (run->everybody) {
        run->done = 0;
        result = store_run(facts_store(run->service), STORE_READ, read_ids, run);
    }
    run->part = run->count - run->done < AT_ONCE ? run->count - run->done : AT_ONCE;
    if (result == 0 && run->part > 0)
        result = usecase_write_unlogged(run->service, &system, STORE_BULK, run_part, run, &reply);
    reply_free(&reply);
    if (result != 0)
        return result;
    run->done += run->part;
    if (run->part > 0)
        run->passed = run->ids[run->done - 1];
    *ret_done = run->everybody ? run->part < AT_ONCE : run->done == run->count;
    return RESULT_OK;
}

// ---- what is due

static enum result is_due(struct txn *txn, void *arg)
{
    struct run *run = arg;
    Rec__Home *home = NULL;
    enum result result = store_home_get(txn, &home);

    if (result != 0)
        return result;
    run->everybody = home->leads_day != service_today(run->service) ||
                     home->leads_mark != forms_rules_mark(service_forms(run->service));
    rec__home__free_unpacked(home, NULL);
    return RESULT_OK;
}

static enum result note_done(struct usecase *usecase, void *arg)
{
    const struct run *run = arg;
    Rec__Home *home = NULL;
    enum result result = store_home_get(usecase->txn, &home);

    if (result != 0)
        return result;
    home->leads_day = usecase->today;
    home->leads_mark = forms_rules_mark(service_forms(run->service));
    result = store_home_put(usecase->txn, home);
    rec__home__free_unpacked(home, NULL);
    return result;
}

static enum result run_everybody(struct run *run)
{
    struct caller system = facts_system(run->service);
    struct reply reply = {0};
    uint64_t *changed = NULL;

    /* Whoever changes from here on is in the queue again. */
    (void)people_changes_take(run->service->people_changes, &changed);
    free(changed);
    run->ids = mem_array(AT_ONCE, sizeof *run->ids);
    enum result result = steps_run(&run->service->stopping, run_portion, run);
    if (result == 0)
        result = usecase_write_unlogged(run->service, &system, STORE_BULK, note_done, run, &reply);
    reply_free(&reply);
    return result;
}

static enum result run_due(struct service *service)
{
    struct run run = {.service = service};
    enum result result = store_run(facts_store(service), STORE_READ, is_due, &run);

    if (result == 0 && run.everybody) {
        result = run_everybody(&run);
    } else if (result == 0) {
        run.count = people_changes_take(service->people_changes, &run.ids);
        if (run.count > 0)
            result = steps_run(&service->stopping, run_portion, &run);
    }
    free(run.ids);
    return result;
}

static enum result run_in_turn(struct service *service, bool wait)
{
    if (!service_initialised(service) || service->read_only || service_collects(service) ||
        clockwatch_is_doubtful(service) || !people_changes_begin(service->people_changes, wait))
        return RESULT_OK;
    enum result result = run_due(service);
    people_changes_end(service->people_changes);
    return result;
}

enum result lead_run(struct service *service)
{
    return run_in_turn(service, true);
}

enum result lead_run_if_free(struct service *service)
{
    return run_in_turn(service, false);
}
