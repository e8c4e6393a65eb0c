#include "service/cases/deceased.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/cases/elsewhere.h"
#include "service/frame/event.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

// ---- words of the answer

void deceased_note(struct usecase *usecase, const char *name, const char *joint, const char *text)
{
    struct fields *values = &usecase->reply->values;
    const char *so_far = fields_get(values, name);
    char *all = mem_printf("%s%s%s", so_far, *so_far != '\0' ? joint : "", text);

    fields_set(values, name, all);
    free(all);
}

char *deceased_words(const struct usecase *usecase)
{
    static const struct {
        const char *name, *before, *after;
    } parts[] = {
        {"ended", "；同时退出", ""},
        {"early", "；", "在死亡以后才纳入，按纳入日退出"},
        {"households", "；", "继续，请改户主和保障对象"},
        {"afterwards", "；死后探访 ", "不再计入，请核对"},
        {"told", "；", ""},
    };
    struct str words = {0};

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        const char *text = fields_get(&usecase->reply->values, parts[i].name);
        if (*text != '\0')
            str_printf(&words, "%s%s%s", parts[i].before, text, parts[i].after);
    }
    return str_take(&words);
}

// ---- cases

/** Tells a street what another street's entry did to its case. */
static enum result tell_death(struct usecase *usecase, const Rec__Case *casefile, uint64_t person,
                              day_t date, const char *done)
{
    char day[DATE_TEXT];

    return elsewhere_tell(usecase, casefile, person, "登记于 %s 死亡，%s%s", date_format(date, day),
                          rows_kind_name(usecase->service, casefile->kind), done);
}

static enum result end_case(struct usecase *usecase, Rec__Case *casefile, uint64_t person,
                            day_t date, uint64_t meant)
{
    const char *kind = rows_kind_name(usecase->service, casefile->kind);
    bool early = date < casefile->since;

    casefile->deceased = person;
    enum result result = case_end(usecase, casefile, early ? casefile->since : date, EXIT_DEATH);
    if (result == 0)
        result = tell_death(usecase, casefile, person, date, "退出");
    if (!elsewhere_is(usecase, casefile)) {
        if (casefile->id != meant) {
            case_note_also(usecase, casefile);
            deceased_note(usecase, "ended", "、", kind);
        }
        if (early)
            deceased_note(usecase, "early", "、", kind);
    }
    return result == 0 ? deceased_check_household(usecase, casefile) : result;
}

static enum result leave_household(struct usecase *usecase, Rec__Case *casefile, uint64_t person,
                                   day_t date, uint64_t meant)
{
    size_t living = 0;
    enum result result = deceased_count_living(usecase, casefile, person, NULL, &living);

    if (result != 0 || living == 0)
        return result != 0 ? result : end_case(usecase, casefile, person, date, meant);
    if (deceased_stands_in(casefile, person) && !elsewhere_is(usecase, casefile))
        deceased_note(usecase, "households", "、",
                      rows_kind_name(usecase->service, casefile->kind));
    result = tell_death(usecase, casefile, person, date, "仍在册");
    return result == 0 ? deceased_check_household(usecase, casefile) : result;
}

enum result deceased_follow(struct usecase *usecase, uint64_t person, day_t date, uint64_t meant)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    if (result == 0)
        result = deceased_settle_visits(usecase, &cases, person, date);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        Rec__Case *casefile = cases.items[i];
        if (!census_is_active(casefile))
            continue;
        if (deceased_is_member(casefile, person))
            result = leave_household(usecase, casefile, person, date, meant);
        else if (casefile->n_members == 0 && casefile->person == person)
            result = end_case(usecase, casefile, person, date, meant);
    }
    record_cases_free(&cases);
    return result;
}

static void change_death(struct usecase *usecase, Rec__Person *person, day_t date)
{
    char was[DATE_TEXT];
    char is[DATE_TEXT];

    event_add_change(usecase, "person.death", date_format(person->death, was),
                     date_format(date, is));
    person->death = date;
    person->version++;
    person->at = usecase->now;
    record_set(&person->by, usecase->caller->officer);
}

enum result deceased_enter(struct usecase *usecase, uint64_t id, day_t date, uint64_t meant)
{
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(usecase->txn, id, &person);

    if (result != 0)
        return result;
    if (person->death != 0 && person->death != date) {
        problems_add(&usecase->reply->problems, "date", "",
                     "此人已登记于 %s 死亡，日期不一致，请核对", date_format(person->death, day));
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "%s已登记于 %s 死亡，日期不一致，请核对。", person->name, day);
    } else if (person->birth != 0 && date < person->birth) {
        problems_add(&usecase->reply->problems, "date", "", "死亡日期早于出生日期（%s），请核对",
                     date_format(person->birth, day));
        result =
            reply_say(usecase->reply, RESULT_INVALID, "死亡日期早于出生日期（%s），请核对。", day);
    } else if (person->death == 0) {
        change_death(usecase, person, date);
        result = counted_person_put(usecase, person, false);
    }
    rec__person__free_unpacked(person, NULL);
    return result == 0 ? deceased_follow(usecase, id, date, meant) : result;
}

// ---- a death revoked, or put on another day

bool deceased_ended(const Rec__Case *casefile, uint64_t person)
{
    uint64_t deceased = casefile->deceased != 0 ? casefile->deceased : casefile->person;

    return !census_is_active(casefile) && strcmp(casefile->exit_reason, EXIT_DEATH) == 0 &&
           deceased == person;
}

/** Undoes the effects of a death; the person is already stored as alive. */
static enum result follow_revocation(struct usecase *usecase, uint64_t person,
                                     const Rec__Case *except)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    if (result == 0)
        result = deceased_settle_visits(usecase, &cases, person, 0);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        Rec__Case *casefile = cases.items[i];
        bool ended = deceased_ended(casefile, person);
        if (ended && (except == NULL || casefile->id != except->id))
            result = case_reopen_along(usecase, casefile);
        if (result == 0 && ended)
            result = elsewhere_tell(usecase, casefile, person, "撤回了死亡登记，%s恢复在册",
                                    rows_kind_name(usecase->service, casefile->kind));
        if (result == 0)
            result = deceased_check_household(usecase, casefile);
    }
    record_cases_free(&cases);
    return result;
}

enum result deceased_revoke(struct usecase *usecase, uint64_t id, const Rec__Case *except)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(usecase->txn, id, &person);

    if (result != 0)
        return result;
    bool dead = person->death != 0;
    if (dead) {
        change_death(usecase, person, 0);
        result = counted_person_put(usecase, person, false);
    }
    rec__person__free_unpacked(person, NULL);
    return result == 0 && dead ? follow_revocation(usecase, id, except) : result;
}

static enum result redate_case(struct usecase *usecase, Rec__Case *casefile, day_t death)
{
    Rec__Case *old = record_copy(casefile);
    char was[DATE_TEXT];
    char is[DATE_TEXT];

    casefile->closed_on = death > casefile->since ? death : casefile->since;
    casefile->version++;
    casefile->at = usecase->now;
    record_set(&casefile->by, usecase->caller->officer);
    event_add_change(usecase, "closed_on", date_format(old->closed_on, was),
                     date_format(casefile->closed_on, is));
    enum result result = counted_case_put(usecase, old, casefile);
    if (result == 0)
        result = duties_follow_case(usecase, old, casefile);
    rec__case__free_unpacked(old, NULL);
    return result;
}

/** Moves the effects of a death to another day. */
static enum result follow_redating(struct usecase *usecase, uint64_t person, day_t death)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(usecase, person, &cases);

    if (result == 0)
        result = deceased_settle_visits(usecase, &cases, person, death);
    for (size_t i = 0; i < cases.count && result == 0; i++) {
        if (deceased_ended(cases.items[i], person))
            result = redate_case(usecase, cases.items[i], death);
        if (result == 0 && deceased_ended(cases.items[i], person))
            result = tell_death(usecase, cases.items[i], person, death, "按此日期退出");
        if (result == 0)
            result = deceased_check_household(usecase, cases.items[i]);
    }
    record_cases_free(&cases);
    return result;
}

// ---- after saving a form

static enum result person_saved(struct case_edit *edit, const struct case_person *person)
{
    struct usecase *usecase = edit->usecase;
    day_t was = person->was != NULL ? person->was->death : 0;
    day_t is = person->is->death;

    if (was == 0)
        return RESULT_OK; /* case_end_deceased() handles a new death */
    if (is == 0)
        return follow_revocation(usecase, person->is->id, NULL);
    if (is != was)
        return follow_redating(usecase, person->is->id, is);
    /* A case of a dead person ends; a household goes on. */
    return edit->record->n_members == 0 ? deceased_follow(usecase, person->is->id, is, 0)
                                        : RESULT_OK;
}

enum result deceased_case_saved(struct case_edit *edit)
{
    Rec__Case *stored = NULL;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < edit->person_count && result == 0; i++)
        result = person_saved(edit, &edit->persons[i]);
    if (result != 0 || edit->record->n_members == 0)
        return result;
    result = store_case_get(edit->usecase->txn, edit->record->id, &stored);
    if (result == 0)
        result = deceased_check_household(edit->usecase, stored);
    if (stored != NULL)
        rec__case__free_unpacked(stored, NULL);
    return result;
}

enum result deceased_case_reopened(struct usecase *usecase, const Rec__Case *casefile)
{
    Rec__Person *person = NULL;

    if (casefile->n_members > 0)
        return deceased_check_household(usecase, casefile);
    enum result result = store_person_get(usecase->txn, casefile->person, &person);
    if (result != 0)
        return result;
    day_t death = person->death;
    rec__person__free_unpacked(person, NULL);
    return death != 0 ? deceased_follow(usecase, casefile->person, death, casefile->id) : RESULT_OK;
}
