/*
 * Checks a case before it is saved: the form, the village, names, double registration, exclusions.
 */
#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "domain/area.h"
#include "form/benefit.h"
#include "service/cases/benefit.h"
#include "service/cases/case_beside.h"
#include "service/cases/case_mates.h"
#include "service/cases/deceased.h"
#include "service/cases/elsewhere.h"
#include "service/cases/mask.h"
#include "service/frame/stranger.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

typedef void put_fn(struct problems *problems, const char *field, const char *value,
                    const char *format, ...) __attribute__((format(printf, 4, 5)));

static void put_at(struct case_edit *edit, const struct case_person *person, const char *id,
                   put_fn *put, const char *text)
{
    char *name = mem_printf("%s%s", person->prefix, id);

    put(&edit->usecase->reply->problems, name, fields_get(&edit->values, name), "%s", text);
    free(name);
}

static void __attribute__((format(printf, 4, 5)))
add_at(struct case_edit *edit, const struct case_person *person, const char *id, const char *format,
       ...)
{
    struct str text = {0};
    va_list args;

    va_start(args, format);
    str_vprintf(&text, format, args);
    va_end(args);
    put_at(edit, person, id, problems_add, str_text(&text));
    str_free(&text);
}

static const char *value_at(const struct case_edit *edit, const struct case_person *person,
                            const char *id)
{
    char *name = mem_printf("%s%s", person->prefix, id);
    const char *value = fields_get(&edit->values, name);
    free(name);
    return value;
}

// ---- the village

static void check_area(struct case_edit *edit)
{
    struct problems *problems = &edit->usecase->reply->problems;
    const char *field = edit->form->roles.area;
    const char *area = fields_get(&edit->values, field);
    struct str fault = {0};

    if (area_level(area) != AREA_VILLAGE)
        problems_add(problems, field, area, "区划代码应填到村或社区（12位）");
    else if (!area_contains(service_area(edit->usecase->service), area))
        problems_add(problems, field, area, "这个村或社区不在本系统的辖区内，请核对区划代码");
    else if (!facts_area_lives(edit->usecase->service, area, &fault))
        problems_add(problems, field, area, "%s", str_text(&fault));
    str_free(&fault);
}

// ---- other cases of the same persons

static void say_double(struct case_edit *edit, const struct case_person *person,
                       const Rec__Case *other)
{
    const struct service *service = edit->usecase->service;
    bool active = census_is_active(other);
    char street[AREA_TEXT];

    area_ancestor(other->area, AREA_STREET, street);
    add_at(edit, person, "id_no", "该人已有%s%s个案（%s%s，%s），%s",
           active ? "在册" : "按死亡退出的", edit->form->brief, service_area_name(service, street),
           service_area_name(service, other->area), other->number,
           active ? "请打开那一份办理，不要另立" : "死亡登错的请先打开那一份撤销退出");
}

/** Refuses a case that the caller may not see, without telling anything about it, not even the
 *  programme. */
static void say_stranger(struct case_edit *edit, const struct case_person *person)
{
    stranger_meet(edit->usecase, person->was);
    add_at(edit, person, "id_no", "%s", STRANGER_WORDS);
}

/** The case that is saved, as one of the person's. */
static struct beside own_side(const struct case_edit *edit, const struct case_person *person)
{
    const struct form_roles *roles = &edit->form->roles;
    bool household = edit->form->subject == FORM_HOUSEHOLD;
    struct beside side = {
        .form = edit->form,
        .values = &edit->values,
        .row = household ? (size_t)(person - edit->persons) : FORM_NO_ROW,
        .covered = person->covered,
        .active = true,
    };

    (void)month_parse_loose(fields_get(&edit->values, roles->since), &side.from);
    (void)month_parse_loose(fields_get(&edit->values, roles->until), &side.until);
    return side;
}

/** A case that a death ended still stands: it comes back if the death is revoked. */
static bool stands(const Rec__Case *other, const Rec__Person *person)
{
    bool unused;

    return person->death != 0 && deceased_ended(other, person->id) &&
           record_takes_part(other, person->id, &unused);
}

static void say_clash(struct case_edit *edit, const struct case_person *person,
                      const Rec__Case *other, const struct beside *side,
                      const struct beside_clash *clash)
{
    const struct caller *caller = edit->usecase->caller;
    const struct beside own = own_side(edit, person);
    bool allowed = access_allowed(caller->role, caller->area, ACTION_CASE_LIST, other->area);
    bool remark = clash->rule != NULL &&
                  (clash->rule->warning || (edit->input->applying && clash->rule->follows));
    char *words = beside_clash_words(&own, side, clash);

    if (!allowed && !remark)
        say_stranger(edit, person);
    else if (allowed && clash->rule == NULL)
        say_double(edit, person, other);
    else if (allowed) /* a remark tells nothing of another street's case */
        put_at(edit, person, "id_no", remark ? problems_warn : problems_add, words);
    free(words);
}

static enum result check_against(struct case_edit *edit, const struct case_person *person,
                                 const Rec__Case *other)
{
    const struct form *form = forms_get(service_forms(edit->usecase->service), other->kind);
    struct case_side side;
    struct beside_clash clash;

    if ((edit->old != NULL && other->id == edit->old->id) || form == NULL ||
        !beside_may_clash(edit->form, form))
        return RESULT_OK;
    enum result result = case_beside_read(edit->usecase, other, person->was->id, &side);
    struct beside own = own_side(edit, person);
    side.side.active |= stands(other, person->was);
    const struct case_beside_place place = {edit->usecase,
                                            fields_get(&edit->values, edit->form->roles.area)};
    struct beside_ask ask = case_beside_ask(&place);
    if (result == 0 && beside_find_clash(&own, &side.side, &ask, &clash))
        say_clash(edit, person, other, &side.side, &clash);
    case_beside_free(&side);
    return result;
}

/** One of the persons of a form, whose household is looked at. */
struct household_check {
    struct case_edit *edit;
    const struct case_person *person;
};

/** What somebody else of the household was given. */
static enum result check_mate(const Rec__Person *mate, const Rec__Case *other, void *arg)
{
    const struct household_check *check = arg;
    struct case_edit *edit = check->edit;
    const struct caller *caller = edit->usecase->caller;
    struct case_side side;
    struct beside_clash clash;

    if (edit->old != NULL && other->id == edit->old->id)
        return RESULT_OK;
    enum result result = case_beside_read(edit->usecase, other, mate->id, &side);
    const struct beside own = own_side(edit, check->person);
    const struct case_beside_place place = {edit->usecase,
                                            fields_get(&edit->values, edit->form->roles.area)};
    const struct beside_ask ask = case_beside_ask(&place);
    if (result == 0 && beside_find_shared(&own, &side.side, &ask, &clash)) {
        bool allowed = access_allowed(caller->role, caller->area, ACTION_CASE_LIST, other->area);
        char *say = beside_clash_words(&own, &side.side, &clash);
        char *words = mem_printf("同一家庭的%s：%s", allowed ? mate->name : "成员", say);
        put_at(edit, check->person, "id_no", clash.rule->warning ? problems_warn : problems_add,
               words);
        free(words);
        free(say);
    }
    case_beside_free(&side);
    return result;
}

static void check_name(struct case_edit *edit, const struct case_person *person)
{
    if (strcmp(person->was->name, value_at(edit, person, "name")) == 0)
        return;
    if (person->stranger)
        say_stranger(edit, person);
    else
        add_at(edit, person, "name", "该身份证号已登记在“%s”名下，姓名不一致，请核对",
               person->was->name);
}

static enum result check_person(struct case_edit *edit, struct case_person *person)
{
    size_t before = edit->usecase->reply->problems.count;
    struct record_cases cases = {0};

    if (edit->form->subject == FORM_HOUSEHOLD)
        person->covered = strcmp(value_at(edit, person, MEMBER_COVERED), "是") == 0;
    if (person->was == NULL)
        return RESULT_OK;
    enum result result = record_cases_load(edit->usecase, person->was->id, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++)
        result = check_against(edit, person, cases.items[i]);
    record_cases_free(&cases);
    if (result == 0)
        result = case_mates_each(edit->usecase, edit->form, person->was->id, check_mate,
                                 &(struct household_check){edit, person});
    if (result == 0 && edit->old == NULL && edit->usecase->reply->problems.count == before)
        check_name(edit, person);
    return result;
}

/** Refuses a case for which the person must have another one first. */
static enum result check_required(struct case_edit *edit, const struct case_person *person)
{
    const struct beside own = own_side(edit, person);
    struct record_cases cases = {0};
    struct case_sides others = {0};
    const struct form_require *lack;
    enum result result = RESULT_OK;
    size_t at = 0;

    if (edit->form->require_count == 0)
        return RESULT_OK;
    if (person->was != NULL)
        result = record_cases_load(edit->usecase, person->was->id, &cases);
    if (result == 0 && person->was != NULL)
        result = case_beside_read_all(edit->usecase, &cases, person->was->id,
                                      edit->old != NULL ? edit->old->id : 0, &others);
    while (result == 0 && (lack = beside_find_lack(&own, others.items, others.count,
                                                   edit->usecase->today, &at)) != NULL)
        put_at(edit, person, "id_no", lack->warning ? problems_warn : problems_add, lack->say);
    case_beside_free_all(&others);
    record_cases_free(&cases);
    return result;
}

/** Refuses the same person in two rows of a household. */
static void check_twice(struct case_edit *edit)
{
    for (size_t i = 1; i < edit->person_count; i++) {
        const char *id_no = value_at(edit, &edit->persons[i], "id_no");
        for (size_t k = 0; k < i && *id_no != '\0'; k++)
            if (strcmp(value_at(edit, &edit->persons[k], "id_no"), id_no) == 0)
                add_at(edit, &edit->persons[i], "id_no", "同一户内身份证号重复，请核对");
    }
}

enum result case_edit_check_others(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < edit->person_count && result == 0; i++)
        result = check_person(edit, &edit->persons[i]);
    return result;
}

// ---- all checks

/** Masks values of problems that the officer did not type: they come from the stored person. */
static void hide_known(struct case_edit *edit)
{
    const struct forms *forms = service_forms(edit->usecase->service);
    struct problems *problems = &edit->usecase->reply->problems;

    for (size_t i = 0; i < problems->count; i++) {
        struct problem *problem = &problems->items[i];
        if (strcmp(fields_get(edit->input->values, problem->field), problem->value) == 0)
            continue;
        char *shown = mask_value(mask_field(forms, edit->form, problem->field), problem->value);
        mem_replace(&problem->value, shown);
        free(shown);
    }
}

// ---- amounts

static void note_stated(const char *part, int64_t fen, void *arg)
{
    struct str *text = arg;

    str_printf(text, "%s=%lld;", part, (long long)fen);
}

/** True if the officer has entered or changed a stated amount. */
static bool states_amount(const struct case_edit *edit)
{
    struct str before = {0};
    struct str now = {0};

    form_benefit_stated(edit->form, &edit->before, note_stated, &before);
    form_benefit_stated(edit->form, &edit->values, note_stated, &now);
    bool stated = now.length > 0 && strcmp(str_text(&before), str_text(&now)) != 0;
    str_free(&before);
    str_free(&now);
    return stated;
}

/** The case that is saved, as far as amounts and limits ask for it. Texts are borrowed. */
static Rec__Case case_of(const struct case_edit *edit)
{
    Rec__Case record = REC__CASE__INIT;
    month_t since = 0;

    (void)month_parse_loose(fields_get(&edit->values, edit->form->roles.since), &since);
    record.kind = (char *)(uintptr_t)edit->form->kind;
    record.area = (char *)(uintptr_t)fields_get(&edit->values, edit->form->roles.area);
    record.person =
        edit->person_count > 0 && edit->persons[0].was != NULL ? edit->persons[0].was->id : 0;
    record.since = since != 0 ? month_first(since) : 0;
    return record;
}

/** The month whose standards count: the first one, or this one if that is past. */
static month_t month_that_counts(const struct case_edit *edit, const Rec__Case *record)
{
    month_t month = month_of(edit->usecase->today);

    return record->since != 0 && month_of(record->since) > month ? month_of(record->since) : month;
}

/** An amount that an officer enters other than the computed one needs its reason. A ledger's is
 *  taken, and stands on the list of those that differ. */
static enum result check_amount(struct case_edit *edit)
{
    const struct form_benefit *rules = edit->form->benefit;
    struct problems *problems = &edit->usecase->reply->problems;
    Rec__Case record = case_of(edit);
    struct benefit benefit = {0};

    if (rules == NULL || edit->input->ledger != NULL || *rules->reason == '\0' ||
        *fields_get(&edit->values, rules->reason) != '\0' || !states_amount(edit))
        return RESULT_OK;
    enum result result = benefit_of_values(edit->usecase, &record, &edit->values,
                                           month_that_counts(edit, &record), &benefit);
    if (result == 0 && benefit.differs)
        problems_add(problems, rules->reason, "", "%s，请填写金额说明", str_text(&benefit.remarks));
    benefit_free(&benefit);
    return result;
}

void case_edit_check_limits(struct case_edit *edit, struct problems *problems)
{
    Rec__Case record = case_of(edit);

    if (edit->old == NULL)
        benefit_check_limits(edit->usecase, &record, &edit->values,
                             month_that_counts(edit, &record), edit->input->ledger != NULL,
                             problems);
}

enum result case_edit_check(struct case_edit *edit)
{
    struct usecase *usecase = edit->usecase;
    struct reply *reply = usecase->reply;
    struct type_context context = facts_type_context(usecase->service);
    enum result result = RESULT_OK;

    context.ledger = edit->input->ledger != NULL;
    if (edit->old == NULL)
        (context.ledger ? form_fill_ledger : form_fill)(edit->form, &edit->values, usecase->today);
    mask_refuse(edit->form, &edit->values, &reply->problems);
    if (form_check(edit->form, &context, &edit->values, &reply->problems)) {
        check_area(edit);
        check_twice(edit);
        result = case_edit_check_others(edit);
        for (size_t i = 0; i < edit->person_count && result == 0; i++) {
            result = check_required(edit, &edit->persons[i]);
            if (result == 0)
                result = elsewhere_check(edit, &edit->persons[i]);
        }
        if (result == 0)
            result = check_amount(edit);
        case_edit_check_limits(edit, &reply->problems);
    }
    hide_known(edit);
    if (result != 0)
        return result;
    if (problems_any(&reply->problems))
        return reply_say(reply, RESULT_INVALID, "%s。", problems_first(&reply->problems));
    if (reply->problems.count > 0 && !edit->input->confirm)
        return reply_say(reply, RESULT_INVALID, "%s。请确认后再保存。",
                         reply->problems.items[0].text);
    return RESULT_OK;
}
