#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/cases/deceased.h"
#include "service/cases/elsewhere.h"
#include "service/cases/mask.h"
#include "service/cases/proposal.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/memory/census.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void case_edit_free(struct case_edit *edit)
{
    if (edit->old != NULL)
        rec__case__free_unpacked(edit->old, NULL);
    if (edit->record != NULL)
        rec__case__free_unpacked(edit->record, NULL);
    fields_free(&edit->before);
    fields_free(&edit->values);
    case_edit_free_people(edit);
}

// ---- loading

static enum result begin_new(struct case_edit *edit)
{
    Rec__Case empty = REC__CASE__INIT;

    edit->form = forms_get(service_forms(edit->work->service), edit->input->kind);
    if (edit->form == NULL ||
        (edit->form->subject != FORM_PERSON && edit->form->subject != FORM_HOUSEHOLD))
        return reply_say(edit->work->reply, RESULT_USAGE, "没有“%s”这项业务。", edit->input->kind);
    edit->record = record_copy(&empty);
    return RESULT_OK;
}

static enum result begin_old(struct case_edit *edit)
{
    struct work *work = edit->work;
    enum result result = store_case_get(work->txn, edit->input->case_id, &edit->old);

    if (result == RESULT_NOTFOUND)
        return reply_say(work->reply, result, "没有这个个案，请重新查找。");
    if (result == RESULT_OK)
        result = work_allow(work, ACTION_CASE_SAVE, edit->old->area);
    if (result != RESULT_OK)
        return result;
    if (!census_is_active(edit->old))
        return reply_say(work->reply, RESULT_CLOSED,
                         "个案已退出，不能再修改；误办的请先撤销退出。");
    edit->form = forms_get(service_forms(work->service), edit->old->kind);
    if (edit->form == NULL)
        return reply_say(work->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                         edit->old->kind);
    edit->record = record_copy(edit->old);
    return record_values(work, edit->form, edit->old, &edit->before);
}

// ---- storing

static enum result give_number(struct case_edit *edit)
{
    struct work *work = edit->work;
    Rec__Case *record = edit->record;
    char sequence[48];
    char number[64];
    uint64_t next = 0;
    int year = month_year(month_of(work->today));
    enum result result = store_next(service_store(work->service), "case", &record->id);

    if (result != RESULT_OK)
        return result;
    snprintf(sequence, sizeof sequence, "case:%.9s:%d", record->area, year);
    result = store_next(service_store(work->service), sequence, &next);
    if (result != RESULT_OK)
        return result;
    snprintf(number, sizeof number, "%.9s%04d%s%05" PRIu64, record->area, year, edit->form->code,
             next);
    record_set(&record->number, number);
    record_set(&record->kind, edit->form->kind);
    record_set(&record->state, "active");
    record_set(&record->batch, edit->input->batch);
    return RESULT_OK;
}

static void note_change(const char *name, const char *old, const char *new, void *arg)
{
    work_change(arg, name, old, new);
}

static enum result put_record(struct case_edit *edit)
{
    struct work *work = edit->work;
    Rec__Case *record = edit->record;

    record->version = edit->old == NULL ? 1 : edit->old->version + 1;
    record->at = work->now;
    record_set(&record->by, work->caller->officer);
    enum result result = counted_case_put(work, edit->old, record);
    if (result == RESULT_OK)
        result = work_case_duties(work, edit->old, record);
    if (result != RESULT_OK)
        return result;
    work_record(work, record->area, "case:%" PRIu64, record->id);
    fields_diff(&edit->before, &edit->values, note_change, work);
    return RESULT_OK;
}

/** Other cases that are kept where the person lives move along, as far as this officer may. */
static enum result move_others(struct case_edit *edit, const struct case_person *person)
{
    struct work *work = edit->work;
    const struct forms *forms = service_forms(work->service);
    struct record_cases cases = {0};
    enum result result = RESULT_OK;

    if (person->was == NULL || strcmp(person->was->area, person->is->area) == 0)
        return RESULT_OK;
    result = record_cases_load(work, person->is->id, &cases);
    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++) {
        Rec__Case *other = cases.items[i];
        const struct form *form = forms_get(forms, other->kind);
        if (other->id == edit->record->id)
            continue;
        result = elsewhere_moved(work, person, other);
        if (!census_is_active(other) || form == NULL ||
            strcmp(form->roles.area, "person.area") != 0 || elsewhere_is(work, other) ||
            result != RESULT_OK)
            continue;
        Rec__Case *old = record_copy(other);
        record_set(&other->area, person->is->area);
        other->version++;
        work_change(work, "moved", old->number, person->is->area);
        result = counted_case_put(work, old, other);
        if (result == RESULT_OK)
            result = work_case_duties(work, old, other);
        rec__case__free_unpacked(old, NULL);
    }
    record_cases_free(&cases);
    return result;
}

static enum result settle_people(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < edit->person_count && result == RESULT_OK; i++) {
        const struct case_person *person = &edit->persons[i];
        if (edit->input->ledger == NULL) /* a ledger moves nobody */
            result = move_others(edit, person);
        if (result == RESULT_OK && person->is->death != 0 &&
            (person->was == NULL || person->was->death == 0))
            result = case_end_deceased(edit->work, person->is->id, person->is->death);
    }
    return result;
}

static enum result fill_record(struct case_edit *edit)
{
    record_case_write(edit->form, &edit->values, edit->record);
    return work_allow(edit->work, ACTION_CASE_SAVE, edit->record->area);
}

static enum result store_edit(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    if (edit->old == NULL)
        result = give_number(edit);
    if (result == RESULT_OK)
        result = case_edit_put_people(edit);
    if (result == RESULT_OK)
        result = put_record(edit);
    if (result == RESULT_OK)
        result = settle_people(edit);
    return result != RESULT_OK ? result : deceased_case_saved(edit);
}

// ---- the answer

static void set_number(struct fields *values, const char *name, uint64_t number)
{
    char text[24];

    snprintf(text, sizeof text, "%" PRIu64, number);
    fields_set(values, name, text);
}

/** From the store: a death may have changed the case once more. An import wants no words. */
static enum result answer(struct case_edit *edit)
{
    struct work *work = edit->work;
    struct fields *values = &work->reply->values;
    Rec__Case *stored = NULL;
    Rec__Person *person = NULL;

    set_number(values, "case_id", edit->record->id);
    if (edit->input->batch != NULL && *edit->input->batch != '\0')
        return RESULT_OK;
    enum result result = store_case_get(work->txn, edit->record->id, &stored);
    if (result == RESULT_OK)
        result = store_person_get(work->txn, stored->person, &person);
    if (result == RESULT_OK) {
        set_number(values, "version", stored->version);
        set_number(values, "person_version", person->version);
        fields_set(values, "number", stored->number);
        char *words = deceased_words(work);
        result = reply_say(work->reply, RESULT_OK, "已保存 %s %s %s%s%s。", person->name,
                           edit->form->brief, stored->number,
                           census_is_active(stored) ? "" : "，并已按死亡退出", words);
        free(words);
        rec__person__free_unpacked(person, NULL);
    }
    if (stored != NULL)
        rec__case__free_unpacked(stored, NULL);
    return result;
}

enum result case_record(struct work *work, const struct case_input *input)
{
    struct case_edit edit = {.work = work, .input = input};
    enum result result = input->case_id == 0 ? begin_new(&edit) : begin_old(&edit);

    if (result == RESULT_OK) {
        fields_copy(&edit.values, input->values);
        result = case_edit_find(&edit);
    }
    if (result == RESULT_OK)
        result = case_edit_merge(&edit);
    if (result == RESULT_OK)
        result = case_edit_check(&edit);
    if (result == RESULT_OK)
        result = fill_record(&edit);
    if (result == RESULT_OK && !input->check_only)
        result = store_edit(&edit);
    if (result == RESULT_OK && !input->check_only)
        result = answer(&edit);
    case_edit_free(&edit);
    return result;
}

static enum result save_body(struct work *work, void *arg)
{
    const struct case_input *input = arg;
    enum result result = case_record(work, input);

    if (result == RESULT_OK && input->proposal != 0) {
        uint64_t id = strtoull(fields_get(&work->reply->values, "case_id"), NULL, 10);
        result = proposal_accept(work, input->proposal, id);
    }
    return result;
}

/** Checks the right to open the record that the conflict shows: the case, or the known person. */
static enum result open_theirs(struct work *work, void *arg)
{
    const struct case_input *input = arg;
    Rec__Case *record = NULL;
    Rec__Person *person = NULL;
    char *area = NULL;
    enum result result =
        input->case_id != 0
            ? store_case_get(work->txn, input->case_id, &record)
            : store_person_by_id_no(work->txn, fields_get(input->values, "person.id_no"), &person);

    if (record != NULL) {
        area = mem_copy(record->area);
        work_record(work, area, "case:%" PRIu64, record->id);
        rec__case__free_unpacked(record, NULL);
    } else if (person != NULL) {
        area = mem_copy(person->area);
        work_record(work, area, "person:%" PRIu64, person->id);
        rec__person__free_unpacked(person, NULL);
    }
    if (result == RESULT_OK)
        result = work_allow(work, ACTION_CASE_OPEN, area);
    free(area);
    return result;
}

static void mask_theirs(const struct service *service, const struct case_input *input,
                        struct reply *reply)
{
    const struct forms *forms = service_forms(service);
    const struct form *form = forms_get(forms, input->kind);

    for (size_t i = 0; i < reply->values.count; i++) {
        struct field *item = &reply->values.items[i];
        if (!text_starts(item->name, CASE_THEIRS))
            continue;
        char *shown =
            mask_value(mask_field(forms, form, item->name + strlen(CASE_THEIRS)), item->value);
        mem_replace(&item->value, shown);
        free(shown);
    }
}

/** Records that the caller sees the stored values, as an opening; masks them if that is refused. */
static void show_theirs(struct service *service, const struct caller *caller,
                        const struct case_input *input, struct reply *reply)
{
    struct caller unnumbered = *caller; /* the request may be sent again */
    struct reply unused = {0};

    unnumbered.number = 0;
    if (service_read(service, &unnumbered, ACTION_CASE_OPEN, NULL, open_theirs, (void *)input,
                     &unused) != 0)
        mask_theirs(service, input, reply);
    reply_free(&unused);
}

enum result case_save(struct service *service, const struct caller *caller,
                      const struct case_input *input, struct reply *reply)
{
    enum result result =
        service_write(service, caller, ACTION_CASE_SAVE, NULL, save_body, (void *)input, reply);

    if (result == RESULT_CONFLICT)
        show_theirs(service, caller, input, reply);
    return result;
}
