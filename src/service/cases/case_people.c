/*
 * Finds the persons of a case that is saved, and stores them.
 */
#include "service/cases/case_edit.h"

#include "base/idno.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/frame/stranger.h"
#include "service/ledger/counted.h"
#include "service/memory/stored.h"

#include <inttypes.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *person_value(const struct case_edit *edit, const struct case_person *person,
                                const char *id)
{
    char *name = mem_printf("%s%s", person->prefix, id);
    const char *value = fields_get(&edit->values, name);
    free(name);
    return value;
}

// ---- finding the persons

static struct case_person *add_person(struct case_edit *edit, const struct form_field *fields,
                                      size_t count)
{
    edit->persons = mem_resize(edit->persons, edit->person_count + 1, sizeof *edit->persons);
    struct case_person *person = &edit->persons[edit->person_count++];
    *person = (struct case_person){.fields = fields, .field_count = count};
    return person;
}

static void list_persons(struct case_edit *edit)
{
    const struct form_field *members = form_field(edit->form, "members");
    size_t rows = fields_rows(&edit->values, "members");
    struct case_person *person;

    if (edit->form->subject != FORM_HOUSEHOLD) {
        person = add_person(edit, edit->form->fields, edit->form->field_count);
        snprintf(person->prefix, sizeof person->prefix, "person.");
        person->covered = person->head = true;
        return;
    }
    for (size_t row = 0; row < rows && members != NULL; row++) {
        person = add_person(edit, members->columns, members->column_count);
        snprintf(person->prefix, sizeof person->prefix, "members.%zu.", row);
    }
}

/** Finds the stored member with this name who is in no other row. */
static enum result find_member(struct case_edit *edit, struct case_person *person)
{
    const char *name = person_value(edit, person, "name");

    for (size_t i = 0; edit->old != NULL && i < edit->old->n_members; i++) {
        const Rec__Member *member = edit->old->members[i];
        Rec__Person *found = NULL;
        bool taken = member->until != 0;
        for (size_t k = 0; k < edit->person_count; k++)
            taken |= edit->persons[k].was != NULL && edit->persons[k].was->id == member->person;
        if (taken)
            continue;
        enum result result = store_person_get(edit->usecase->txn, member->person, &found);
        if (result != 0)
            return result;
        if (strcmp(found->name, name) == 0) {
            person->was = found;
            return RESULT_OK;
        }
        rec__person__free_unpacked(found, NULL);
    }
    return RESULT_OK;
}

/** The person of a stored case comes from the case; others are found by ID number, else a stored
 *  member by name. */
static enum result find_person(struct case_edit *edit, struct case_person *person)
{
    struct usecase *usecase = edit->usecase;
    char id_no[IDNO_TEXT];
    bool subject = edit->form->subject != FORM_HOUSEHOLD;

    if (subject && edit->old != NULL)
        return store_person_get(usecase->txn, edit->old->person, &person->was);
    if (idno_parse(person_value(edit, person, "id_no"), usecase->today, id_no) == IDNO_FINE) {
        enum result result = store_person_by_id_no(usecase->txn, id_no, &person->was);
        if (result != RESULT_NOTFOUND)
            return result;
    }
    return subject ? RESULT_OK : find_member(edit, person);
}

/** Fills empty fields with the person's stored values. */
static void fill_known(struct case_edit *edit, const struct case_person *person)
{
    struct fields known = {0};

    record_person_read(person->was, person->prefix, &known);
    for (size_t i = 0; i < known.count; i++)
        if (*fields_get(&edit->values, known.items[i].name) == '\0')
            fields_set(&edit->values, known.items[i].name, known.items[i].value);
    fields_free(&known);
}

/** True if the officer saw the stored person before typing: then an empty field means "delete". */
static bool was_seen(const struct case_edit *edit, const struct case_person *person)
{
    if (edit->old == NULL)
        return edit->input->person_version != 0;
    for (size_t i = 0; i < edit->old->n_members; i++)
        if (edit->old->members[i]->person == person->was->id && edit->old->members[i]->until == 0)
            return true;
    return edit->old->person == person->was->id;
}

enum result case_edit_find(struct case_edit *edit)
{
    enum result result = RESULT_OK;

    if (edit->old == NULL)
        result = stranger_allow(edit->usecase);
    list_persons(edit);
    for (size_t i = 0; i < edit->person_count && result == 0; i++) {
        struct case_person *person = &edit->persons[i];
        result = find_person(edit, person);
        if (result == 0 && person->was != NULL)
            result = stranger_find(edit->usecase, person->was, &person->stranger);
        if (result != 0 || person->was == NULL)
            continue;
        if (person->stranger)
            stranger_meet(edit->usecase, person->was);
        if (edit->input->ledger != NULL)
            result = case_edit_keep_known(edit, person);
        else if (!was_seen(edit, person))
            fill_known(edit, person);
        else if (edit->old == NULL)
            record_person_read(person->was, person->prefix, &edit->before);
    }
    if (result == 0 && edit->person_count == 0)
        add_person(edit, NULL, 0); /* a household without members: the form's check refuses it */
    return result;
}

// ---- storing them

/** Notes the ids of new persons for the import's event, which undoing needs. */
static void note_made(struct case_edit *edit, uint64_t person)
{
    struct fields *values = &edit->usecase->reply->values;
    const char *so_far = fields_get(values, IMPORT_MADE_PERSON);

    if (edit->input->batch == NULL || *edit->input->batch == '\0')
        return;
    char *ids = mem_printf("%s%s%" PRIu64, so_far, *so_far != '\0' ? " " : "", person);
    fields_set(values, IMPORT_MADE_PERSON, ids);
    free(ids);
}

struct noting {
    const struct case_ledger *ledger;
    uint64_t person;
};

static void note_changed(const char *name, const char *old, const char *new, void *arg)
{
    const struct noting *noting = arg;

    noting->ledger->changes(noting->person, name, old, new, noting->ledger->arg);
}

/** Tells an import which values of a known person change, so that they can be restored. */
static void note_changes(const struct case_edit *edit, const struct case_person *person)
{
    struct noting noting = {edit->input->ledger, person->is->id};
    struct fields was = {0};
    struct fields is = {0};

    if (edit->input->ledger == NULL || person->was == NULL)
        return;
    record_person_read(person->was, "", &was);
    record_person_read(person->is, "", &is);
    fields_diff(&was, &is, note_changed, &noting);
    fields_free(&was);
    fields_free(&is);
}

/** A case may lie in another village than the person (a reopened case, another street's case), so
 *  saving it moves the person only if the officer changed the village. */
static void keep_home(const struct case_edit *edit, const struct case_person *person)
{
    const char *name = edit->form->roles.area;

    if (edit->old != NULL && person->was != NULL && name != NULL && text_starts(name, "person.") &&
        strcmp(fields_get(&edit->before, name), fields_get(&edit->values, name)) == 0)
        record_set(&person->is->area, person->was->area);
}

static enum result put_person(struct case_edit *edit, struct case_person *person)
{
    struct usecase *usecase = edit->usecase;
    Rec__Person empty = REC__PERSON__INIT;
    Rec__Person *is = person->is = record_copy(person->was != NULL ? person->was : &empty);
    enum result result = RESULT_OK;

    record_person_write(person->fields, person->field_count, person->prefix, &edit->values, is);
    keep_home(edit, person);
    if (*is->area == '\0')
        record_set(&is->area, edit->record->area);
    if (person->was != NULL && record_equal(person->was, is))
        return RESULT_OK;
    if (person->was == NULL)
        result = facts_next_id(usecase->service, "person", &is->id);
    is->version++;
    is->at = usecase->now;
    record_set(&is->by, usecase->caller->officer);
    if (result == 0)
        result = counted_person_put(usecase, is, person->was == NULL);
    if (result == 0 && person->was == NULL)
        note_made(edit, is->id);
    if (result == 0)
        note_changes(edit, person);
    if (result == RESULT_EXISTS) {
        char *name = mem_printf("%sid_no", person->prefix);
        problems_add(&usecase->reply->problems, name, is->id_no,
                     "该身份证号已属于另一个人，请核对");
        free(name);
        return reply_say(usecase->reply, RESULT_INVALID, "该身份证号已属于另一个人，请核对。");
    }
    return result;
}

static Rec__Member *find_old_member(const struct case_edit *edit, uint64_t person)
{
    for (size_t i = 0; edit->old != NULL && i < edit->old->n_members; i++)
        if (edit->old->members[i]->person == person && edit->old->members[i]->until == 0)
            return edit->old->members[i];
    return NULL;
}

static Rec__Member *make_member(const struct case_edit *edit, const struct case_person *person)
{
    Rec__Member empty = REC__MEMBER__INIT;
    const Rec__Member *old = find_old_member(edit, person->is->id);
    Rec__Member *member = record_copy(old != NULL ? old : &empty);
    struct fields own = {0};

    if (old == NULL)
        member->since = edit->old == NULL ? edit->record->since : edit->usecase->today;
    member->person = person->is->id;
    member->covered = person->covered;
    for (size_t i = 0; i < person->field_count; i++) {
        const struct form_field *field = &person->fields[i];
        if (!field->person && strcmp(field->id, MEMBER_COVERED) != 0)
            fields_set(&own, field->id, person_value(edit, person, field->id));
    }
    store_fields_free(member->n_fields, member->fields);
    store_fields_write(&own, &member->n_fields, &member->fields);
    fields_free(&own);
    return member;
}

static bool in_household(const struct case_edit *edit, uint64_t person)
{
    for (size_t i = 0; i < edit->person_count; i++)
        if (edit->persons[i].is->id == person)
            return true;
    return false;
}

/** Sets the members from the rows. A member who is in no row any more is kept with the day of
 *  leaving. */
static void write_members(struct case_edit *edit)
{
    Rec__Case *casefile = edit->record;
    size_t old = casefile->n_members;
    Rec__Member **members = mem_array(old + edit->person_count, sizeof *members);
    size_t count = 0;

    for (size_t i = 0; i < edit->person_count; i++)
        members[count++] = make_member(edit, &edit->persons[i]);
    for (size_t i = 0; i < old; i++) {
        Rec__Member *member = casefile->members[i];
        if (member->until == 0 && in_household(edit, member->person)) {
            rec__member__free_unpacked(member, NULL);
            continue;
        }
        if (member->until == 0)
            member->until = edit->usecase->today;
        members[count++] = member;
    }
    free(casefile->members);
    casefile->members = members;
    casefile->n_members = count;
}

enum result case_edit_put_people(struct case_edit *edit)
{
    for (size_t i = 0; i < edit->person_count; i++) {
        struct case_person *person = &edit->persons[i];
        if (edit->form->subject == FORM_HOUSEHOLD) {
            person->covered = strcmp(person_value(edit, person, MEMBER_COVERED), "是") == 0;
            person->head = strcmp(person_value(edit, person, MEMBER_RELATION), MEMBER_HEAD) == 0;
        }
        enum result result = put_person(edit, person);
        if (result != 0)
            return result;
        if (person->head)
            edit->record->person = person->is->id;
    }
    if (edit->form->subject == FORM_HOUSEHOLD)
        write_members(edit);
    return RESULT_OK;
}

void case_edit_free_people(struct case_edit *edit)
{
    for (size_t i = 0; i < edit->person_count; i++) {
        if (edit->persons[i].was != NULL)
            rec__person__free_unpacked(edit->persons[i].was, NULL);
        if (edit->persons[i].is != NULL)
            rec__person__free_unpacked(edit->persons[i].is, NULL);
    }
    free(edit->persons);
}
