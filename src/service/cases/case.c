#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/text.h"
#include "base/words.h"
#include "domain/area.h"
#include "service/cases/deceased.h"
#include "service/cases/elsewhere.h"
#include "service/cases/mask.h"
#include "service/cases/proposal.h"
#include "service/frame/event.h"
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

    edit->form = forms_programme_find(service_forms(edit->usecase->service), edit->input->kind);
    if (edit->form == NULL)
        return reply_say(edit->usecase->reply, RESULT_USAGE, "没有“%s”这项业务，请从业务列表里选。",
                         edit->input->kind);
    edit->record = record_copy(&empty);
    return RESULT_OK;
}

static enum result begin_old(struct case_edit *edit)
{
    struct usecase *usecase = edit->usecase;
    enum result result = store_case_get(usecase->txn, edit->input->case_id, &edit->old);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这个个案，请重新查找。");
    if (result == 0)
        result = usecase_allow(usecase, ACTION_CASE_SAVE, edit->old->area);
    if (result != 0)
        return result;
    if (!census_is_active(edit->old))
        return reply_say(usecase->reply, RESULT_CLOSED,
                         "个案已退出，不能再修改；误办的请先撤销退出。");
    edit->form = forms_get(service_forms(usecase->service), edit->old->kind);
    if (edit->form == NULL)
        return reply_say(usecase->reply, RESULT_FORMAT, "缺少业务文件 %s，请联系系统管理员。",
                         edit->old->kind);
    edit->record = record_copy(edit->old);
    return record_values(usecase, edit->form, edit->old, &edit->before);
}

// ---- storing

static enum result give_number(struct case_edit *edit)
{
    struct usecase *usecase = edit->usecase;
    Rec__Case *casefile = edit->record;
    char sequence[48];
    char number[64];
    uint64_t next = 0;
    int year = month_year(month_of(usecase->today));
    enum result result = facts_next_id(usecase->service, "case", &casefile->id);

    if (result != 0)
        return result;
    snprintf(sequence, sizeof sequence, "case:%.9s:%d", casefile->area, year);
    result = store_next(facts_store(usecase->service), sequence, &next);
    if (result != 0)
        return result;
    snprintf(number, sizeof number, "%.9s%04d%s%05" PRIu64, casefile->area, year, edit->form->code,
             next);
    record_set(&casefile->number, number);
    record_set(&casefile->kind, edit->form->kind);
    record_set(&casefile->state, CASE_ACTIVE);
    record_set(&casefile->batch, edit->input->batch);
    return RESULT_OK;
}

static void note_change(const char *name, const char *old, const char *new, void *arg)
{
    event_add_change(arg, name, old, new);
}

static enum result put_record(struct case_edit *edit)
{
    struct usecase *usecase = edit->usecase;
    Rec__Case *casefile = edit->record;

    casefile->version = edit->old == NULL ? 1 : edit->old->version + 1;
    casefile->at = usecase->now;
    record_set(&casefile->by, usecase->caller->officer);
    enum result result = counted_case_put(usecase, edit->old, casefile);
    if (result == 0)
        result = duties_follow_case(usecase, edit->old, casefile);
    if (result != 0)
        return result;
    event_name_record(usecase, casefile->area, "case:%" PRIu64, casefile->id);
    fields_diff(&edit->before, &edit->values, note_change, usecase);
    return RESULT_OK;
}

/** When the person moves, moves the active cases along whose village is the person's, as far as
 *  this officer may. */
static enum result move_others(struct case_edit *edit, const struct case_person *person)
{
    struct usecase *usecase = edit->usecase;
    const struct forms *forms = service_forms(usecase->service);
    struct record_cases cases = {0};
    enum result result = RESULT_OK;

    if (person->was == NULL || strcmp(person->was->area, person->is->area) == 0)
        return RESULT_OK;
    result = record_cases_load(usecase, person->is->id, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        Rec__Case *other = cases.items[i];
        const struct form *form = forms_get(forms, other->kind);
        if (other->id == edit->record->id)
            continue;
        result = elsewhere_moved(usecase, person, other);
        if (!census_is_active(other) || form == NULL ||
            strcmp(form->roles.area, "person.area") != 0 || elsewhere_is(usecase, other) ||
            result != 0)
            continue;
        Rec__Case *old = record_copy(other);
        record_set(&other->area, person->is->area);
        other->version++;
        event_add_change(usecase, "moved", old->number, person->is->area);
        result = counted_case_put(usecase, old, other);
        if (result == 0)
            result = duties_follow_case(usecase, old, other);
        rec__case__free_unpacked(old, NULL);
    }
    record_cases_free(&cases);
    return result;
}

static enum result settle_people(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < edit->person_count && result == 0; i++) {
        const struct case_person *person = &edit->persons[i];
        if (edit->input->ledger == NULL) /* an import moves no cases */
            result = move_others(edit, person);
        if (result == 0 && person->is->death != 0 &&
            (person->was == NULL || person->was->death == 0))
            result = case_end_deceased(edit->usecase, person->is->id, person->is->death);
    }
    return result;
}

static enum result fill_record(struct case_edit *edit)
{
    record_case_write(edit->form, &edit->values, edit->record);
    return usecase_allow(edit->usecase, ACTION_CASE_SAVE, edit->record->area);
}

static enum result store_edit(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    if (edit->old == NULL)
        result = give_number(edit);
    if (result == 0)
        result = case_edit_put_people(edit);
    if (result == 0)
        result = put_record(edit);
    if (result == 0)
        result = settle_people(edit);
    return result != 0 ? result : deceased_case_saved(edit);
}

// ---- the answer

static void set_number(struct fields *values, const char *name, uint64_t number)
{
    char text[NUMBER_TEXT];

    snprintf(text, sizeof text, "%" PRIu64, number);
    fields_set(values, name, text);
}

/** Reads the case again, because a death may have changed it once more. An import needs no
 *  message. */
static enum result answer(struct case_edit *edit)
{
    struct usecase *usecase = edit->usecase;
    struct fields *values = &usecase->reply->values;
    Rec__Case *stored = NULL;
    Rec__Person *person = NULL;

    set_number(values, "case_id", edit->record->id);
    if (edit->input->batch != NULL && *edit->input->batch != '\0')
        return RESULT_OK;
    enum result result = store_case_get(usecase->txn, edit->record->id, &stored);
    if (result == 0)
        result = store_person_get(usecase->txn, stored->person, &person);
    if (result == 0) {
        set_number(values, "version", stored->version);
        set_number(values, "person_version", person->version);
        fields_set(values, "number", stored->number);
        char *words = deceased_words(usecase);
        result = reply_say(usecase->reply, RESULT_OK, "已保存 %s %s %s%s%s。", person->name,
                           edit->form->brief, stored->number,
                           census_is_active(stored) ? "" : "，并已按死亡退出", words);
        free(words);
        rec__person__free_unpacked(person, NULL);
    }
    if (stored != NULL)
        rec__case__free_unpacked(stored, NULL);
    return result;
}

enum result case_record(struct usecase *usecase, const struct case_input *input)
{
    struct case_edit edit = {.usecase = usecase, .input = input};
    enum result result = input->case_id == 0 ? begin_new(&edit) : begin_old(&edit);

    if (result == 0) {
        fields_copy(&edit.values, input->values);
        result = case_edit_find(&edit);
    }
    if (result == 0)
        result = case_edit_merge(&edit);
    if (result == 0)
        result = case_edit_check(&edit);
    if (result == 0)
        result = fill_record(&edit);
    if (result == 0 && !input->check_only)
        result = store_edit(&edit);
    if (result == 0 && !input->check_only)
        result = answer(&edit);
    case_edit_free(&edit);
    return result;
}

static enum result save_body(struct usecase *usecase, void *arg)
{
    const struct case_input *input = arg;
    const struct form *form =
        input->case_id == 0 ? forms_get(service_forms(usecase->service), input->kind) : NULL;

    if (form != NULL && form->steps.life.count > 0)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "%s要先登记申请，最后一步由另一人办；有确认文书的用补录。", form->brief);
    enum result result = case_record(usecase, input);

    if (result == 0 && input->proposal != 0) {
        uint64_t id = strtoull(fields_get(&usecase->reply->values, "case_id"), NULL, 10);
        result = proposal_accept(usecase, input->proposal, id);
    }
    return result;
}

/** Checks the right to open the record that the conflict shows: the case, or the known person. */
static enum result open_theirs(struct usecase *usecase, void *arg)
{
    const struct case_input *input = arg;
    Rec__Case *casefile = NULL;
    Rec__Person *person = NULL;
    char *area = NULL;
    enum result result =
        input->case_id != 0 ? store_case_get(usecase->txn, input->case_id, &casefile)
                            : store_person_by_id_no(
                                  usecase->txn, fields_get(input->values, "person.id_no"), &person);

    if (casefile != NULL) {
        area = mem_copy(casefile->area);
        event_name_record(usecase, area, "case:%" PRIu64, casefile->id);
        rec__case__free_unpacked(casefile, NULL);
    } else if (person != NULL) {
        area = mem_copy(person->area);
        event_name_record(usecase, area, "person:%" PRIu64, person->id);
        rec__person__free_unpacked(person, NULL);
    }
    if (result == 0)
        result = usecase_allow(usecase, ACTION_CASE_OPEN, area);
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

/** The caller sees stored values: records an opening of the case, or masks the values if the caller
 *  has no right to open it. */
static void show_theirs(struct service *service, const struct caller *caller,
                        const struct case_input *input, struct reply *reply)
{
    struct caller unnumbered = *caller; /* no receipt: the officer may send this request again */
    struct reply unused = {0};

    unnumbered.number = 0;
    if (usecase_read(service, &unnumbered, ACTION_CASE_OPEN, NULL, open_theirs, (void *)input,
                     &unused) != 0)
        mask_theirs(service, input, reply);
    reply_free(&unused);
}

enum result case_save(struct service *service, const struct caller *caller,
                      const struct case_input *input, struct reply *reply)
{
    enum result result =
        usecase_write(service, caller, ACTION_CASE_SAVE, NULL, save_body, (void *)input, reply);

    if (result == RESULT_CONFLICT)
        show_theirs(service, caller, input, reply);
    return result;
}
