#include "service/cases/elsewhere.h"

#include "base/mem.h"
#include "base/str.h"
#include "domain/area.h"
#include "service/ledger/alarm_raise.h"
#include "service/memory/census.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

bool elsewhere_is(const struct usecase *usecase, const Rec__Case *casefile)
{
    const struct caller *caller = usecase->caller;

    return !access_allowed(caller->role, caller->area, ACTION_CASE_CLOSE, casefile->area);
}

// ---- persons of another street

/** True if the person lives in another street and that street has an active case of the person. */
static enum result is_kept_elsewhere(struct usecase *usecase, const Rec__Person *person,
                                     bool *ret_kept)
{
    struct record_cases cases = {0};
    char street[AREA_TEXT];
    enum result result = RESULT_OK;

    *ret_kept = false;
    if (access_allowed(usecase->caller->role, usecase->caller->area, ACTION_CASE_SAVE,
                       person->area))
        return RESULT_OK;
    area_ancestor(person->area, AREA_STREET, street);
    result = record_cases_load(usecase, person->id, &cases);
    for (size_t i = 0; i < cases.count; i++)
        *ret_kept |=
            census_is_active(cases.items[i]) && area_contains(street, cases.items[i]->area);
    record_cases_free(&cases);
    return result;
}

/** True if the officer entered one of the officer's own villages as the person's. An import does
 *  not count: its rows have a village for everybody, and nobody decided it. */
static bool takes_in(const struct case_edit *edit, const struct case_person *person)
{
    const struct caller *caller = edit->usecase->caller;
    char *name = mem_printf("%sarea", person->prefix);
    const char *area = fields_get(&edit->values, name);
    bool ledger = edit->input->batch != NULL && *edit->input->batch != '\0';
    bool taken = !ledger && *area != '\0' && strcmp(area, fields_get(&edit->before, name)) != 0 &&
                 strcmp(area, person->was->area) != 0 &&
                 access_allowed(caller->role, caller->area, ACTION_CASE_SAVE, area);

    free(name);
    return taken;
}

/** True for a person's field of the form, except the death: any street may enter a death. */
static bool is_kept_field(const struct case_person *person, const char *name)
{
    const char *bare = name + strlen(person->prefix);

    if (strcmp(bare, "death") == 0)
        return false;
    for (size_t i = 0; i < person->field_count; i++) {
        const struct form_field *field = &person->fields[i];
        if (field->person && (strcmp(field->id, bare) == 0 || strcmp(field->id, name) == 0))
            return true;
    }
    return false;
}

static void check_fields(struct case_edit *edit, const struct case_person *person)
{
    struct fields kept = {0};

    record_person_read(person->was, person->prefix, &kept);
    for (size_t i = 0; i < kept.count; i++) {
        const char *name = kept.items[i].name, *value = fields_get(&edit->values, name);
        if (*kept.items[i].value != '\0' && strcmp(value, kept.items[i].value) != 0 &&
            strcmp(value, fields_get(&edit->before, name)) != 0 && is_kept_field(person, name))
            problems_add(&edit->usecase->reply->problems, name, value,
                         "此人的资料由居住地镇街登记，这一项请联系那里改");
    }
    fields_free(&kept);
}

enum result elsewhere_check(struct case_edit *edit, const struct case_person *person)
{
    bool kept = false;
    if (person->was == NULL)
        return RESULT_OK;
    enum result result = is_kept_elsewhere(edit->usecase, person->was, &kept);

    if (result == 0 && kept && !takes_in(edit, person))
        check_fields(edit, person);
    return result;
}

// ---- telling the other street

static enum result raise(struct usecase *usecase, const Rec__Case *casefile, uint64_t person,
                         const char *words)
{
    Rec__Alarm alarm = REC__ALARM__INIT;
    char street[AREA_TEXT];
    uint64_t unused;

    area_ancestor(usecase->caller->area, AREA_STREET, street);
    alarm.kind = (char *)ALARM_ELSEWHERE;
    alarm.area = casefile->area;
    alarm.person = person;
    alarm.case_id = casefile->id;
    alarm.text = mem_printf("%s%s，请核对", service_area_name(usecase->service, street), words);
    enum result result = alarm_raise(usecase, &alarm, &unused);
    free(alarm.text);
    fields_set(&usecase->reply->values, "told", "已告知有此人个案的其他镇街");
    return result;
}

enum result elsewhere_tell(struct usecase *usecase, const Rec__Case *casefile, uint64_t person,
                           const char *format, ...)
{
    struct str words = {0};
    va_list args;

    if (!elsewhere_is(usecase, casefile))
        return RESULT_OK;
    va_start(args, format);
    str_vprintf(&words, format, args);
    va_end(args);
    enum result result = raise(usecase, casefile, person, str_text(&words));
    str_free(&words);
    return result;
}

enum result elsewhere_moved(struct usecase *usecase, const struct case_person *person,
                            const Rec__Case *casefile)
{
    if (!census_is_active(casefile))
        return RESULT_OK;
    return elsewhere_tell(usecase, casefile, person->is->id, "登记此人迁入%s",
                          service_area_name(usecase->service, person->is->area));
}
