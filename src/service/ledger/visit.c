#include "service/ledger/visit.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/frame/record.h"
#include "service/frame/stranger.h"
#include "service/frame/usecase.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/duties.h"
#include "service/ledger/opening.h"
#include "service/ledger/visit_entry.h"

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
    rec__visit__free_unpacked(entry->visit, NULL);
    record_cases_free(&entry->cases);
    credit_changes_free(&entry->changes);
    fields_free(&entry->values);
}

// ---- whose visit it is

static enum result find_by_case(struct visit_entry *entry)
{
    struct work *work = entry->work;
    Rec__Case *record = NULL;
    enum result result = store_case_get(work->txn, entry->input->case_id, &record);

    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result != RESULT_OK)
        return result;
    result = store_person_get(work->txn, record->person, &entry->person);
    rec__case__free_unpacked(record, NULL);
    return result;
}

static enum result find_by_id_no(struct visit_entry *entry)
{
    struct work *work = entry->work;
    char id_no[IDNO_TEXT];
    const char *typed = entry->input->id_no == NULL ? "" : entry->input->id_no;
    enum idno_fault fault = idno_parse(typed, work->today, id_no);

    if (fault != IDNO_FINE) {
        problems_add(&work->reply->problems, "id_no", typed, "%s", idno_words(fault));
        return reply_say(work->reply, RESULT_INVALID, "%s。", idno_words(fault));
    }
    enum result result = store_person_by_id_no(work->txn, id_no, &entry->person);
    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "此人不在册：没有登记过这个身份证号，请核对。");
    return result;
}

enum result visit_entry_allow(struct visit_entry *entry)
{
    bool stranger = false;
    enum result result = stranger_find(entry->work, entry->person, &stranger);

    if (result != RESULT_OK || !stranger)
        return result;
    if (entry->input->case_id != 0)
        return work_allow(entry->work, ACTION_VISIT_ADD, entry->person->area);
    problems_add(&entry->work->reply->problems, "id_no", entry->input->id_no, "%s", STRANGER_WORDS);
    return stranger_refuse(entry->work, entry->person, RESULT_DENIED);
}

enum result visit_entry_person(struct visit_entry *entry)
{
    if (entry->input->case_id == 0) {
        enum result result = stranger_allow(entry->work);
        if (result != RESULT_OK)
            return result;
    }
    return entry->input->case_id != 0 ? find_by_case(entry) : find_by_id_no(entry);
}

enum result visit_entry_duties(struct visit_entry *entry)
{
    struct work *work = entry->work;
    month_t from = entry->month;
    enum result result = RESULT_OK;

    if (entry->replaced != NULL && month_of(entry->replaced->date) < from)
        from = month_of(entry->replaced->date);
    for (size_t i = 0; i < entry->cases.count && result == RESULT_OK; i++) {
        const Rec__Case *record = entry->cases.items[i];
        const struct form *form = forms_get(service_forms(work->service), record->kind);
        if (form == NULL || !form->has_visits || record->person != entry->person->id)
            continue;
        if (!entry->input->check_only)
            result = work_open_pending(work, record);
        if (result == RESULT_OK)
            result = credit_load(work, record, from, &entry->changes);
    }
    return result;
}

const Rec__Duty *visit_entry_duty(const struct visit_entry *entry, const Rec__Case *record)
{
    for (size_t i = 0; i < entry->changes.count; i++) {
        const Rec__Duty *duty = entry->changes.items[i].is;
        if (duty->month == entry->month && duty->case_id == record->id)
            return duty;
    }
    return NULL;
}

/** True if the case owes visits: the ledger says so, or else the programme. */
static enum result owes_visits(struct visit_entry *entry, const Rec__Case *record, bool *ret_owes)
{
    month_t begun = month_of(record->since);

    *ret_owes = visit_entry_duty(entry, record) != NULL;
    if (*ret_owes || record->person != entry->person->id)
        return RESULT_OK;
    return work_owes_visits(entry->work, record, begun > entry->month ? begun : entry->month,
                            ret_owes);
}

/** A case that is on the books that day goes before one that is not, then the first by rank. */
static bool better_case(const struct visit_entry *entry, const Rec__Case *record,
                        const struct form *form)
{
    const Rec__Case *main = entry->main;

    if (main == NULL)
        return true;
    bool on = duties_on_books(record->since, record->closed_on, entry->date);
    bool main_on = duties_on_books(main->since, main->closed_on, entry->date);
    return on != main_on ? on : form->rank < entry->form->rank;
}

/** The case the visit is made for: the one named, else the first by rank that owes visits. */
static enum result choose_case(struct visit_entry *entry)
{
    const struct forms *forms = service_forms(entry->work->service);

    for (size_t i = 0; i < entry->cases.count; i++) {
        const Rec__Case *record = entry->cases.items[i];
        bool owes = false;
        bool ended = record->closed_on != 0 && record->closed_on < entry->date;
        if (ended || (entry->input->case_id != 0 && record->id != entry->input->case_id))
            continue;
        enum result result = owes_visits(entry, record, &owes);
        if (result != RESULT_OK)
            return result;
        const struct form *form = forms_get(forms, record->kind);
        if (owes && better_case(entry, record, form)) {
            entry->main = record;
            entry->form = form;
        }
    }
    if (entry->main == NULL)
        return reply_say(entry->work->reply, RESULT_NOTFOUND,
                         "%s不在册：这一天没有需要探访的个案，请核对身份证号和日期。",
                         entry->person->name);
    return work_allow(entry->work, ACTION_VISIT_ADD, entry->main->area);
}

static enum result find_subject(struct visit_entry *entry)
{
    enum result result = visit_entry_person(entry);

    if (result == RESULT_OK)
        result = visit_entry_allow(entry);
    if (result == RESULT_OK)
        result = record_cases_load(entry->work, entry->person->id, &entry->cases);
    if (result == RESULT_OK)
        result = visit_entry_replaced(entry);
    if (result == RESULT_OK)
        result = visit_entry_duties(entry);
    return result != RESULT_OK ? result : choose_case(entry);
}

// ---- the record

static void fill_visit(struct visit_entry *entry)
{
    Rec__Visit *visit = entry->visit;
    struct work *work = entry->work;
    struct duty_rules rules = service_rules(work->service, entry->month);
    const Rec__Visit *replaced = entry->replaced;

    visit->person = entry->person->id;
    visit->date = entry->date;
    visit->seq = entry->seq;
    visit->at = work->now;
    /* Of a correction of the same day the visit was known in time, unless nobody had been reached. */
    bool known = replaced != NULL && replaced->date == entry->date &&
                 strcmp(replaced->result, VISIT_SUCCESS) == 0;
    visit->late = known ? replaced->late : duty_is_late(entry->date, work->today, &rules);
    if (replaced != NULL) {
        visit->replaces = replaced->seq + 1;
        visit->replaces_date = replaced->date;
    }
    record_set(&visit->kind, entry->main->kind);
    record_set(&visit->mode, fields_get(&entry->values, "mode"));
    record_set(&visit->result, fields_get(&entry->values, "result"));
    record_set(&visit->by, fields_get(&entry->values, "by"));
    record_set(&visit->officer, work->caller->officer);
    record_set(&visit->batch, entry->input->batch);
    for (size_t i = 0; i < VISIT_HEAD_COUNT; i++)
        fields_set(&entry->values, VISIT_HEAD[i], NULL);
    store_fields_write(&entry->values, &visit->n_fields, &visit->fields);
}

/** Notes which cases the visit is credited to. */
static void list_credited(struct visit_entry *entry)
{
    Rec__Visit *visit = entry->visit;

    visit->credited = mem_array(entry->cases.count, sizeof *visit->credited);
    for (size_t i = 0; i < entry->cases.count; i++) {
        const Rec__Case *record = entry->cases.items[i];
        const struct form *form = forms_get(service_forms(entry->work->service), record->kind);
        const Rec__Duty *duty = visit_entry_duty(entry, record);
        if (duty != NULL && duties_visit_counts(form, visit) &&
            duties_on_books(duty->since, duty->closed_on, visit->date))
            visit->credited[visit->n_credited++] = record->id;
    }
}

static enum result supersede(struct visit_entry *entry)
{
    if (entry->replaced == NULL)
        return RESULT_OK;
    entry->replaced->superseded = true;
    return store_visit_put(entry->work->txn, entry->replaced);
}

static void write_event(struct visit_entry *entry)
{
    struct work *work = entry->work;
    const Rec__Visit *visit = entry->visit;
    char date[DATE_TEXT];

    date_format(visit->date, date);
    work_record(work, entry->main->area, "visit:%" PRIu64 ":%s:%" PRIu32, visit->person, date,
                visit->seq);
    work_change(work, "case", "", entry->main->number);
    work_change(work, "mode", entry->replaced != NULL ? entry->replaced->mode : "", visit->mode);
    work_change(work, "result", entry->replaced != NULL ? entry->replaced->result : "",
                visit->result);
    work_change(work, "by", entry->replaced != NULL ? entry->replaced->by : "", visit->by);
    for (size_t i = 0; i < visit->n_fields; i++)
        work_change(work, visit->fields[i]->name, "", visit->fields[i]->value);
    if (entry->replaced != NULL)
        work_note(work, "更正 %s 第 %" PRIu32 " 次探访", date_format(entry->replaced->date, date),
                  entry->replaced->seq + 1);
}

static enum result store_entry(struct visit_entry *entry)
{
    fill_visit(entry);
    list_credited(entry);
    enum result result = supersede(entry);

    if (result == RESULT_OK)
        result = alarm_judge_visit(entry->work, entry->main, entry->visit, entry->replaced);
    if (result == RESULT_OK)
        result = store_visit_put(entry->work->txn, entry->visit);
    if (result == RESULT_OK)
        result = credit_store(entry->work, &entry->changes);
    if (result == RESULT_OK)
        write_event(entry);
    return result;
}

// ---- use cases

enum result visit_record(struct work *work, const struct visit_input *input)
{
    Rec__Visit visit = REC__VISIT__INIT;
    struct visit_entry entry = {
        .work = work,
        .input = input,
        .visit = record_copy(&visit),
    };
    enum result result = visit_entry_date(&entry);

    if (result == RESULT_OK)
        result = find_subject(&entry);
    if (result == RESULT_OK)
        result = visit_entry_check(&entry);
    if (result == RESULT_OK && !input->check_only)
        result = store_entry(&entry);
    if (result == RESULT_OK && !input->check_only)
        result = visit_entry_answer(&entry);
    visit_entry_free(&entry);
    return result;
}

static enum result add_body(struct work *work, void *arg)
{
    return visit_record(work, arg);
}

enum result visit_add(struct service *service, const struct caller *caller,
                      const struct visit_input *input, struct reply *reply)
{
    return service_write(service, caller, ACTION_VISIT_ADD, NULL, add_body, (void *)input, reply);
}
