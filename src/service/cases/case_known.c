/*
 * Protects the stored values of known persons from an import.
 */
#include "service/cases/case_edit.h"

#include "base/mem.h"
#include "base/text.h"
#include "domain/area.h"
#include "service/cases/mask.h"
#include "service/frame/stranger.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

/** A person's stored values beside the ledger's. */
struct meeting {
    struct case_edit *edit;
    const struct case_person *person;
    struct fields known; /**< the person's stored values, by bare id */
    bool active;         /**< the person has an active case */
    bool moved;          /**< the person has no active case, and the ledger names another village */
    bool kept;           /**< a ledger's value for a stranger was not stored */
    bool own;            /**< the importer may see the person's village */
};

static const struct form_field *find_field(const struct case_person *person, const char *id)
{
    for (size_t i = 0; i < person->field_count; i++) {
        const char *name = person->fields[i].id;
        if (text_starts(name, "person."))
            name = strchr(name, '.') + 1;
        if (person->fields[i].person && strcmp(name, id) == 0)
            return &person->fields[i];
    }
    return NULL;
}

static char *full_name(const struct meeting *meeting, const char *id)
{
    return mem_printf("%s%s", meeting->person->prefix, id);
}

/** The ledger's value of a field in canonical form, or as typed if it cannot be read. New
 *  string. */
static char *said_of(const struct meeting *meeting, const char *id)
{
    const struct form_field *field = find_field(meeting->person, id);
    const struct type_context context = {.today = meeting->edit->usecase->today};
    char *name = full_name(meeting, id);
    const char *typed = fields_get(&meeting->edit->values, name);
    char *value = NULL;
    char *error = NULL;

    free(name);
    if (field == NULL || *typed == '\0' ||
        field->type->parse(field, &context, typed, &value, &error) != 0) {
        free(error);
        return mem_copy(typed);
    }
    return value;
}

// ---- cases of the person

static enum result refuse_stranger(struct meeting *meeting)
{
    struct usecase *usecase = meeting->edit->usecase;
    char *name = full_name(meeting, "id_no");

    problems_add(&usecase->reply->problems, name, fields_get(&meeting->edit->values, name), "%s",
                 STRANGER_WORDS);
    free(name);
    return stranger_refuse(usecase, meeting->person->was, RESULT_INVALID);
}

/** Refuses a person with an active case in another street, and tells nothing about that case. */
static enum result check_streets(struct meeting *meeting)
{
    struct usecase *usecase = meeting->edit->usecase;
    const struct caller *caller = usecase->caller;
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, meeting->person->was->id, &cases);
    bool covered = false;

    for (size_t i = 0; i < cases.count && result == 0; i++) {
        if (!census_is_active(cases.items[i]) ||
            !record_takes_part(cases.items[i], meeting->person->was->id, &covered))
            continue;
        meeting->active = true;
        if (access_allowed(caller->role, caller->area, ACTION_CASE_SAVE, cases.items[i]->area))
            continue;
        result = refuse_stranger(meeting);
    }
    record_cases_free(&cases);
    return result;
}

// ---- value by value

/** True for the fields of the residence: an import may change them if the person has no active
 *  case. */
static bool is_residence(const char *id)
{
    static const char *const ids[] = {"area", "address", "grid"};

    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

/** True for the village. An import may not change it: a move takes cases and duties along, and an
 *  officer must decide it. */
static bool is_village(const char *id)
{
    return strcmp(id, "area") == 0;
}

static char *shown(const struct meeting *meeting, const char *id, const char *value)
{
    const char *name =
        is_village(id) ? service_area_name(meeting->edit->usecase->service, value) : "";

    return *name != '\0' ? mem_printf("%s %s", value, name) : mem_copy(value);
}

static void say_difference(struct meeting *meeting, const struct form_field *field,
                           const char *name, const struct field *known, const char *said)
{
    const struct case_ledger *ledger = meeting->edit->input->ledger;
    if (meeting->person->stranger) { /* a difference would show which values are stored */
        meeting->kept = true;
        return;
    }
    char *masked = mask_value(field, known->value);
    char *before =
        meeting->own ? shown(meeting, known->name, masked) : mem_copy("（已登记，与此不同）");
    free(masked);
    char *after = shown(meeting, known->name, said);

    ledger->differs(
        &(struct case_difference){
            .field = name,
            .label = field->label,
            .known = before,
            .value = after,
            .fixed = is_village(known->name),
        },
        ledger->arg);
    free(before);
    free(after);
}

/** True for fields that case_check.c compares. */
static bool is_checked_elsewhere(const char *id)
{
    return strcmp(id, "name") == 0 || strcmp(id, "id_no") == 0;
}

static void keep_value(struct meeting *meeting, const struct field *known)
{
    struct case_edit *edit = meeting->edit;
    const struct case_ledger *ledger = edit->input->ledger;
    const struct form_field *field = find_field(meeting->person, known->name);
    char *name = full_name(meeting, known->name);
    char *said = said_of(meeting, known->name);

    if (*said == '\0') {
        if (!meeting->moved || !is_residence(known->name))
            fields_set(&edit->values, name, known->value);
    } else if (field != NULL && strcmp(said, known->value) != 0 &&
               !is_checked_elsewhere(known->name) &&
               !(meeting->moved && is_residence(known->name)) &&
               (is_village(known->name) || !ledger->takes(name, ledger->arg))) {
        say_difference(meeting, field, name, known, said);
        fields_set(&edit->values, name, known->value);
    }
    free(said);
    free(name);
}

/** The village in the person's row, or else the household's. */
static char *village_said(const struct meeting *meeting)
{
    char *own = said_of(meeting, "area");

    if (*own != '\0' || meeting->edit->form->subject != FORM_HOUSEHOLD)
        return own;
    free(own);
    return mem_copy(fields_get(&meeting->edit->values, meeting->edit->form->roles.area));
}

/** Reports a household's village that differs from the person's stored one. */
static void compare_household(struct meeting *meeting, const char *village)
{
    const char *known = fields_get(&meeting->known, "area");
    const struct form_field *field = find_field(meeting->person, "area");
    char *own = said_of(meeting, "area");

    if (*own == '\0' && *village != '\0' && *known != '\0' && strcmp(village, known) != 0 &&
        !meeting->moved && field != NULL) {
        char *name = full_name(meeting, "area");
        say_difference(meeting, field, name, &(struct field){(char *)"area", (char *)known},
                       village);
        free(name);
    }
    free(own);
}

/** Refuses a person whose death is stored. */
static enum result check_death(struct meeting *meeting)
{
    if (meeting->person->was->death == 0)
        return RESULT_OK;
    if (meeting->person->stranger)
        return refuse_stranger(meeting);
    char day[DATE_TEXT];
    char *name = full_name(meeting, "id_no");

    problems_add(&meeting->edit->usecase->reply->problems, name,
                 fields_get(&meeting->edit->values, name), "此人已登记于%s死亡，请核对",
                 date_format(meeting->person->was->death, day));
    free(name);
    return RESULT_OK;
}

/** Warns that a person was registered elsewhere before: the officer must look at the stored
 *  values. */
static void say_kept(const struct meeting *meeting)
{
    char *name = full_name(meeting, "id_no");

    if (meeting->kept)
        problems_warn(&meeting->edit->usecase->reply->problems, name,
                      fields_get(&meeting->edit->values, name),
                      "此人以前在您的辖区以外登记过，已有的资料没有改动，导入后请打开个案核对");
    free(name);
}

enum result case_edit_keep_known(struct case_edit *edit, const struct case_person *person)
{
    struct meeting meeting = {.edit = edit, .person = person};
    enum result result = check_streets(&meeting);

    if (result == 0)
        result = check_death(&meeting);
    if (result != 0)
        return result;
    record_person_read(person->was, "", &meeting.known);
    char *village = village_said(&meeting);
    meeting.own = area_contains(edit->usecase->caller->area, person->was->area);
    meeting.moved = !meeting.active && *village != '\0' && strcmp(village, person->was->area) != 0;
    compare_household(&meeting, village);
    for (size_t i = 0; i < meeting.known.count; i++)
        keep_value(&meeting, &meeting.known.items[i]);
    say_kept(&meeting);
    free(village);
    fields_free(&meeting.known);
    return RESULT_OK;
}
