#include "service/cases/case_house.h"

#include "base/mem.h"
#include "base/words.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/ledger/standin.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

struct house {
    struct usecase *usecase;
    struct sheet *sheet;
    uint64_t but;              /* this case is shown already */
    const Rec__Member *member; /* the member whose rows are added */
    const Rec__Person *person; /* … and the member's record */
};

static bool may_see(const struct usecase *usecase, const Rec__Case *record)
{
    return standin_may(usecase, ACTION_CASE_LIST, record->area);
}

static bool is_house(const struct usecase *usecase, const Rec__Case *record)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);

    return form != NULL && form->subject == FORM_HOUSEHOLD;
}

static const Rec__Member *member_of(const Rec__Case *record, uint64_t person)
{
    for (size_t i = 0; i < record->n_members; i++)
        if (record->members[i]->person == person && record->members[i]->until == 0)
            return record->members[i];
    return NULL;
}

const char *case_house_relation(const Rec__Member *member)
{
    for (size_t i = 0; i < member->n_fields; i++)
        if (strcmp(member->fields[i]->name, MEMBER_RELATION) == 0)
            return member->fields[i]->value;
    return "";
}

/** A row with the member's own facts. */
static size_t add_row(const struct house *house)
{
    const Rec__Person *person = house->person;
    struct sheet *sheet = house->sheet;
    char day[DATE_TEXT];
    size_t row = sheet_add_row(sheet);

    sheet_set_number(sheet, row, "person_id", person->id);
    sheet_set(sheet, row, "name", person->name);
    sheet_set(sheet, row, "relation", case_house_relation(house->member));
    sheet_set(sheet, row, "covered", house->member->covered ? "是" : "否");
    if (person->birth != 0)
        sheet_setf(sheet, row, "age", "%d", date_age(person->birth, house->usecase->today));
    sheet_set(sheet, row, "phone", person->phone);
    sheet_set(sheet, row, "address", person->address);
    sheet_set(sheet, row, "death", date_format(person->death, day));
    return row;
}

static void add_case(const struct house *house, const Rec__Case *record)
{
    struct service *service = house->usecase->service;
    size_t row = add_row(house);
    char day[DATE_TEXT];

    sheet_set(house->sheet, row, "kind_name", rows_kind_name(service, record->kind));
    sheet_set(house->sheet, row, "state", record->state);
    sheet_set(house->sheet, row, "case_no", record->number);
    sheet_set(house->sheet, row, "since", date_format(record->since, day));
    sheet_set(house->sheet, row, "area_name", service_area_name(service, record->area));
    sheet_set_number(house->sheet, row, "case_id", record->id);
}

/** A household's case stands once, with its head: the others come to it from there. */
static bool is_meant(const struct house *house, const Rec__Case *record)
{
    return record->id != house->but && may_see(house->usecase, record) &&
           (!is_house(house->usecase, record) || record->person == house->person->id);
}

static enum result add_member(struct house *house, const Rec__Member *member)
{
    struct usecase *usecase = house->usecase;
    struct record_cases cases = {0};
    Rec__Person *person = NULL;
    size_t added = 0;
    enum result result = store_person_get(usecase->txn, member->person, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    house->member = member;
    house->person = person;
    result = record_cases_load(usecase, person->id, &cases);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        if (is_meant(house, cases.items[i])) {
            add_case(house, cases.items[i]);
            added++;
        }
    }
    if (result == 0 && added == 0)
        (void)add_row(house);
    record_cases_free(&cases);
    rec__person__free_unpacked(person, NULL);
    return result;
}

/** True if an earlier household had the same person. */
static bool is_listed(const struct sheet *sheet, uint64_t person)
{
    for (size_t row = 0; row < sheet->row_count; row++)
        if (strtoull(sheet_get(sheet, row, "person_id"), NULL, 10) == person)
            return true;
    return false;
}

static enum result add_members(struct house *house, const Rec__Case *record, uint64_t person)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < record->n_members && result == 0; i++) {
        const Rec__Member *member = record->members[i];
        if (member->until == 0 && member->person != person &&
            !is_listed(house->sheet, member->person))
            result = add_member(house, member);
    }
    return result;
}

enum result case_house_add(struct usecase *usecase, uint64_t person, uint64_t but,
                           struct sheet *sheet)
{
    struct house house = {.usecase = usecase, .sheet = sheet, .but = but};
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    for (size_t i = 0; i < cases.count && result == 0; i++) {
        const Rec__Case *record = cases.items[i];
        if (is_house(usecase, record) && census_is_active(record) && may_see(usecase, record) &&
            member_of(record, person) != NULL)
            result = add_members(&house, record, person);
    }
    record_cases_free(&cases);
    return result;
}

enum result case_house_add_members(struct usecase *usecase, const Rec__Case *record,
                                   struct sheet *sheet)
{
    struct house house = {.usecase = usecase, .sheet = sheet, .but = record->id};

    return add_members(&house, record, 0);
}

// ---- what a household shares

/** Adds the case's values that are shared and not there yet; the person's own have been read. */
static enum result add_shared(struct usecase *usecase, const Rec__Case *record,
                              struct fields *values)
{
    const struct form *form = forms_get(service_forms(usecase->service), record->kind);
    struct fields own = {0};
    enum result result = record_values(usecase, form, record, &own);

    for (size_t i = 0; i < form->field_count && result == 0; i++) {
        const struct form_field *field = &form->fields[i];
        if (field->shared && !field->person && *fields_get(values, field->id) == '\0' &&
            *fields_get(&own, field->id) != '\0')
            fields_set(values, field->id, fields_get(&own, field->id));
    }
    fields_free(&own);
    return result;
}

static void add_own(struct usecase *usecase, const Rec__Person *person, struct fields *values)
{
    const struct form *form = forms_get(service_forms(usecase->service), "person");
    struct fields own = {0};

    record_person_read(person, "person.", &own);
    for (size_t i = 0; form != NULL && i < form->field_count; i++) {
        char *name = mem_printf("person.%s", form->fields[i].id);
        if (form->fields[i].shared && *fields_get(&own, name) != '\0')
            fields_set(values, name, fields_get(&own, name));
        free(name);
    }
    fields_free(&own);
}

enum result case_house_shared(struct usecase *usecase, const Rec__Person *person,
                              struct fields *values)
{
    const struct caller *caller = usecase->caller;
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person->id, &cases);

    add_own(usecase, person, values);
    for (int ended = 0; ended < 2; ended++) {
        for (size_t i = 0; i < cases.count && result == 0; i++) {
            const Rec__Case *record = cases.items[i];
            if (census_is_active(record) == (ended == 0) && !is_house(usecase, record) &&
                forms_get(service_forms(usecase->service), record->kind) != NULL &&
                access_allowed(caller->role, caller->area, ACTION_CASE_OPEN, record->area))
                result = add_shared(usecase, record, values);
        }
    }
    record_cases_free(&cases);
    return result;
}
