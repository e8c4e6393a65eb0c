#include "service/ledger/visit.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/frame/stranger.h"
#include "service/frame/usecase.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/duties.h"
#include "service/ledger/opening.h"
#include "service/ledger/standin.h"
#include "service/ledger/visit_entry.h"
#include "service/ledger/visit_sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void visit_entry_free(struct visit_entry *entry)
{
    if (entry->person != NULL)
        rec__person__free_unpacked(entry->person, NULL);
    if (entry->replaced != NULL)
        rec__visit__free_unpacked(entry->replaced, NULL);
    if (entry->named != NULL)
        rec__case__free_unpacked(entry->named, NULL);
    rec__visit__free_unpacked(entry->visit, NULL);
    record_cases_free(&entry->cases);
    recount_month_free(&entry->visits);
    credit_changes_free(&entry->changes);
    fields_free(&entry->values);
    if (entry->sheet_row != NULL)
        rec__sheet__free_unpacked(entry->sheet_row, NULL);
}

// ---- the person and the case

static enum result find_by_case(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    Rec__Case *casefile = NULL;
    enum result result = store_case_get(usecase->txn, entry->input->case_id, &casefile);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result != 0)
        return result;
    entry->named = casefile;
    return store_person_get(usecase->txn, casefile->person, &entry->person);
}

static enum result find_by_id_no(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    char id_no[IDNO_TEXT];
    const char *typed = entry->input->id_no == NULL ? "" : entry->input->id_no;
    enum idno_fault fault = idno_parse(typed, usecase->today, id_no);

    if (fault != IDNO_FINE) {
        problems_add(&usecase->reply->problems, "id_no", typed, "%s", idno_words(fault));
        return reply_say(usecase->reply, RESULT_INVALID, "%s。", idno_words(fault));
    }
    enum result result = store_person_by_id_no(usecase->txn, id_no, &entry->person);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "此人不在册：没有登记过这个身份证号，请核对。");
    return result;
}

enum result visit_entry_allow(struct visit_entry *entry)
{
    bool stranger = false;
    enum result result = stranger_find(entry->usecase, entry->person, &stranger);

    if (result != 0 || !stranger)
        return result;
    if (entry->input->case_id != 0)
        return usecase_allow(entry->usecase, ACTION_VISIT_ADD, entry->person->area);
    problems_add(&entry->usecase->reply->problems, "id_no", entry->input->id_no, "%s",
                 STRANGER_WORDS);
    return stranger_refuse(entry->usecase, entry->person, RESULT_DENIED);
}

enum result visit_entry_person(struct visit_entry *entry)
{
    if (entry->input->case_id == 0) {
        enum result result = stranger_allow(entry->usecase);
        if (result != 0)
            return result;
    }
    return entry->input->case_id != 0 ? find_by_case(entry) : find_by_id_no(entry);
}

enum result visit_entry_cases(struct visit_entry *entry)
{
    return record_cases_load_rest(entry->usecase, entry->person->id, &entry->named, &entry->cases);
}

enum result visit_entry_duties(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    month_t from = entry->month;
    enum result result = RESULT_OK;

    if (entry->replaced != NULL && month_of(entry->replaced->date) < from)
        from = month_of(entry->replaced->date);
    for (size_t i = 0; i < entry->cases.count && result == 0; i++) {
        const Rec__Case *casefile = entry->cases.items[i];
        const struct form *form = forms_get(service_forms(usecase->service), casefile->kind);
        if (form == NULL || !form->has_visits || casefile->person != entry->person->id)
            continue;
        if (!entry->input->check_only)
            result = opening_open_case(usecase, casefile);
        if (result == 0)
            result = credit_load(usecase, casefile, from, &entry->changes);
    }
    return result;
}

const struct credit_change *visit_entry_change(const struct visit_entry *entry,
                                               const Rec__Case *casefile)
{
    for (size_t i = 0; i < entry->changes.count; i++) {
        const Rec__Duty *duty = entry->changes.items[i].is;
        if (duty->month == entry->month && duty->case_id == casefile->id)
            return &entry->changes.items[i];
    }
    return NULL;
}

const Rec__Duty *visit_entry_duty(const struct visit_entry *entry, const Rec__Case *casefile)
{
    const struct credit_change *change = visit_entry_change(entry, casefile);

    return change != NULL ? change->is : NULL;
}

/** True if the case owes visits: it has a duty in the month, or else its programme requires
 *  visits. */
static enum result owes_visits(struct visit_entry *entry, const Rec__Case *casefile, bool *ret_owes)
{
    month_t begun = month_of(casefile->since);

    *ret_owes = visit_entry_duty(entry, casefile) != NULL;
    if (*ret_owes || casefile->person != entry->person->id)
        return RESULT_OK;
    return duties_check_visits(entry->usecase, casefile,
                               begun > entry->month ? begun : entry->month, ret_owes);
}

/** An active case on that day is better than another; among equals the first by rank. */
static bool better_case(const struct visit_entry *entry, const Rec__Case *casefile,
                        const struct form *form)
{
    const Rec__Case *main = entry->main;

    if (main == NULL)
        return true;
    bool on = recount_on_books(casefile->since, casefile->closed_on, entry->date);
    bool main_on = recount_on_books(main->since, main->closed_on, entry->date);
    return on != main_on ? on : form->rank < entry->form->rank;
}

/** Chooses the case of the visit: the named one, or else the best case that owes visits. */
static enum result choose_case(struct visit_entry *entry)
{
    const struct forms *forms = service_forms(entry->usecase->service);

    for (size_t i = 0; i < entry->cases.count; i++) {
        const Rec__Case *casefile = entry->cases.items[i];
        bool owes = false;
        bool ended = casefile->closed_on != 0 && casefile->closed_on < entry->date;
        if (ended || (entry->input->case_id != 0 && casefile->id != entry->input->case_id))
            continue;
        enum result result = owes_visits(entry, casefile, &owes);
        if (result != 0)
            return result;
        const struct form *form = forms_get(forms, casefile->kind);
        if (owes && better_case(entry, casefile, form)) {
            entry->main = casefile;
            entry->form = form;
        }
    }
    if (entry->main == NULL)
        return reply_say(entry->usecase->reply, RESULT_NOTFOUND,
                         "%s不在册：这一天没有需要探访的个案，请核对身份证号和日期。",
                         entry->person->name);
    return usecase_allow(entry->usecase, ACTION_VISIT_ADD, entry->main->area);
}

static enum result find_subject(struct visit_entry *entry)
{
    enum result result = visit_entry_person(entry);

    if (result == 0)
        result = visit_entry_allow(entry);
    if (result == 0)
        result = visit_entry_cases(entry);
    if (result == 0)
        result = visit_entry_replaced(entry);
    if (result == 0)
        result = visit_entry_duties(entry);
    return result != 0 ? result : choose_case(entry);
}

// ---- the record

static void fill_visit(struct visit_entry *entry)
{
    Rec__Visit *visit = entry->visit;
    struct usecase *usecase = entry->usecase;
    struct duty_rules rules = facts_duty_rules(usecase->service, entry->month);
    const Rec__Visit *replaced = entry->replaced;

    visit->person = entry->person->id;
    visit->date = entry->date;
    visit->seq = entry->seq;
    visit->at = usecase->now;
    /* A correction with the same date keeps the lateness of the replaced visit, if that was a
     * success. */
    bool known = replaced != NULL && replaced->date == entry->date &&
                 strcmp(replaced->result, VISIT_SUCCESS) == 0;
    visit->late = known ? replaced->late : duty_is_late(entry->date, usecase->today, &rules);
    if (replaced != NULL) {
        visit->replaces = replaced->seq + 1;
        visit->replaces_date = replaced->date;
    }
    record_set(&visit->kind, entry->main->kind);
    record_set(&visit->mode, fields_get(&entry->values, "mode"));
    record_set(&visit->result, fields_get(&entry->values, "result"));
    record_set(&visit->by, fields_get(&entry->values, "by"));
    record_set(&visit->officer, usecase->caller->officer);
    char *stood_for = standin_for(usecase, entry->main);
    record_set(&visit->stood_for, stood_for);
    free(stood_for);
    record_set(&visit->batch, entry->input->batch);
    for (size_t i = 0; i < VISIT_HEAD_COUNT; i++)
        fields_set(&entry->values, VISIT_HEAD[i], NULL);
    store_fields_write(&entry->values, &visit->n_fields, &visit->fields);
}

/** Sets the visit's list of credited cases. */
static void list_credited(struct visit_entry *entry)
{
    Rec__Visit *visit = entry->visit;

    visit->credited = mem_array(entry->cases.count, sizeof *visit->credited);
    for (size_t i = 0; i < entry->cases.count; i++) {
        const Rec__Case *casefile = entry->cases.items[i];
        const struct form *form = forms_get(service_forms(entry->usecase->service), casefile->kind);
        const Rec__Duty *duty = visit_entry_duty(entry, casefile);
        if (duty != NULL && recount_visit_counts(form, visit) &&
            recount_on_books(duty->since, duty->closed_on, visit->date))
            visit->credited[visit->n_credited++] = casefile->id;
    }
}

static enum result supersede(struct visit_entry *entry)
{
    if (entry->replaced == NULL)
        return RESULT_OK;
    entry->replaced->superseded = true;
    recount_month_put(&entry->visits, entry->replaced);
    return store_visit_put(entry->usecase->txn, entry->replaced);
}

static void write_event(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    const Rec__Visit *visit = entry->visit;
    char date[DATE_TEXT];

    date_format(visit->date, date);
    event_name_record(usecase, entry->main->area, "visit:%" PRIu64 ":%s:%" PRIu32, visit->person,
                      date, visit->seq);
    event_add_change(usecase, "case", "", entry->main->number);
    event_add_change(usecase, "mode", entry->replaced != NULL ? entry->replaced->mode : "",
                     visit->mode);
    event_add_change(usecase, "result", entry->replaced != NULL ? entry->replaced->result : "",
                     visit->result);
    if (*visit->stood_for != '\0')
        event_add_change(usecase, "stood_for", "", visit->stood_for);
    event_add_change(usecase, "by", entry->replaced != NULL ? entry->replaced->by : "", visit->by);
    for (size_t i = 0; i < visit->n_fields; i++)
        event_add_change(usecase, visit->fields[i]->name, "", visit->fields[i]->value);
    if (entry->replaced != NULL)
        event_add_note(usecase, "更正 %s 第 %" PRIu32 " 次探访",
                       date_format(entry->replaced->date, date), entry->replaced->seq + 1);
}

static enum result store_entry(struct visit_entry *entry)
{
    const struct forms *forms = service_forms(entry->usecase->service);
    const struct form *form = forms_get(forms, entry->form->visits.record);
    bool called = form_raises_alarm(form, &entry->values);
    bool ordinary = entry->replaced == NULL && !form_is_unmet(form, &entry->values);

    fill_visit(entry);
    list_credited(entry);
    enum result result = supersede(entry);

    if (result == 0)
        result =
            alarm_judge_visit(entry->usecase, entry->main, entry->visit, entry->replaced, called);
    if (result == 0)
        result = store_visit_put(entry->usecase->txn, entry->visit);
    if (result == 0)
        result = alarm_judge_unmet(entry->usecase, entry->main, entry->person->id, ordinary);
    if (result == 0)
        recount_month_put(&entry->visits, entry->visit);
    if (result == 0)
        result = credit_store(entry->usecase, &entry->changes, &entry->visits);
    if (result == 0)
        write_event(entry);
    return result == 0 ? visit_sheet_put(entry) : result;
}

// ---- use cases

enum result visit_record(struct usecase *usecase, const struct visit_input *input)
{
    Rec__Visit visit = REC__VISIT__INIT;
    struct visit_entry entry = {
        .usecase = usecase,
        .input = input,
        .visit = record_copy(&visit),
    };
    enum result result = visit_entry_date(&entry);

    if (result == 0)
        result = find_subject(&entry);
    if (result == 0)
        result = visit_sheet_take(&entry);
    if (result == 0)
        result = visit_entry_check(&entry);
    if (result == 0 && !input->check_only)
        result = store_entry(&entry);
    if (result == 0 && !input->check_only)
        result = visit_entry_answer(&entry);
    visit_entry_free(&entry);
    return result;
}

static enum result add_body(struct usecase *usecase, void *arg)
{
    return visit_record(usecase, arg);
}

enum result visit_add(struct service *service, const struct caller *caller,
                      const struct visit_input *input, struct reply *reply)
{
    return usecase_write(service, caller, ACTION_VISIT_ADD, NULL, add_body, (void *)input, reply);
}
