#include "service/cases/deceased.h"

#include "base/mem.h"
#include "base/str.h"
#include "service/cases/elsewhere.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/rows.h"
#include "service/memory/census.h"

#include <stdlib.h>
#include <string.h>

// ---- what the answer will say

void deceased_note(struct work *work, const char *name, const char *joint, const char *text)
{
    struct fields *values = &work->reply->values;
    const char *so_far = fields_get(values, name);
    char *all = mem_printf("%s%s%s", so_far, *so_far != '\0' ? joint : "", text);

    fields_set(values, name, all);
    free(all);
}

char *deceased_words(const struct work *work)
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
        const char *text = fields_get(&work->reply->values, parts[i].name);
        if (*text != '\0')
            str_printf(&words, "%s%s%s", parts[i].before, text, parts[i].after);
    }
    return str_take(&words);
}

// ---- cases

/** A street hears what another one's entry has done to its case. */
static enum result tell_death(struct work *work, const Rec__Case *record, uint64_t person,
                              day_t date, const char *done)
{
    char day[DATE_TEXT];

    return elsewhere_tell(work, record, person, "登记于 %s 死亡，%s%s", date_format(date, day),
                          rows_kind_name(work->service, record->kind), done);
}

static enum result end_case(struct work *work, Rec__Case *record, uint64_t person, day_t date,
                            uint64_t meant)
{
    const char *kind = rows_kind_name(work->service, record->kind);
    bool early = date < record->since;

    record->deceased = person;
    enum result result = case_end(work, record, early ? record->since : date, EXIT_DEATH);
    if (result == RESULT_OK)
        result = tell_death(work, record, person, date, "退出");
    if (!elsewhere_is(work, record)) {
        if (record->id != meant) {
            case_note_also(work, record);
            deceased_note(work, "ended", "、", kind);
        }
        if (early)
            deceased_note(work, "early", "、", kind);
    }
    return result == RESULT_OK ? deceased_check_household(work, record) : result;
}

static enum result leave_household(struct work *work, Rec__Case *record, uint64_t person,
                                   day_t date, uint64_t meant)
{
    size_t living = 0;
    enum result result = deceased_count_living(work, record, person, NULL, &living);

    if (result != RESULT_OK || living == 0)
        return result != RESULT_OK ? result : end_case(work, record, person, date, meant);
    if (deceased_stands_in(record, person) && !elsewhere_is(work, record))
        deceased_note(work, "households", "、", rows_kind_name(work->service, record->kind));
    result = tell_death(work, record, person, date, "仍在册");
    return result == RESULT_OK ? deceased_check_household(work, record) : result;
}

enum result deceased_follow(struct work *work, uint64_t person, day_t date, uint64_t meant)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(work, person, &cases);

    if (result == RESULT_OK)
        result = deceased_settle_visits(work, &cases, person, date);
    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++) {
        Rec__Case *record = cases.items[i];
        if (!census_is_active(record))
            continue;
        if (deceased_is_member(record, person))
            result = leave_household(work, record, person, date, meant);
        else if (record->n_members == 0 && record->person == person)
            result = end_case(work, record, person, date, meant);
    }
    record_cases_free(&cases);
    return result;
}

static void change_death(struct work *work, Rec__Person *person, day_t date)
{
    char was[DATE_TEXT];
    char is[DATE_TEXT];

    work_change(work, "person.death", date_format(person->death, was), date_format(date, is));
    person->death = date;
    person->version++;
    person->at = work->now;
    record_set(&person->by, work->caller->officer);
}

enum result deceased_enter(struct work *work, uint64_t id, day_t date, uint64_t meant)
{
    Rec__Person *person = NULL;
    char day[DATE_TEXT];
    enum result result = store_person_get(work->txn, id, &person);

    if (result != RESULT_OK)
        return result;
    if (person->death != 0 && person->death != date) {
        problems_add(&work->reply->problems, "date", "", "此人已登记于 %s 死亡，日期不一致，请核对",
                     date_format(person->death, day));
        result = reply_say(work->reply, RESULT_INVALID, "%s已登记于 %s 死亡，日期不一致，请核对。",
                           person->name, day);
    } else if (person->birth != 0 && date < person->birth) {
        problems_add(&work->reply->problems, "date", "", "死亡日期早于出生日期（%s），请核对",
                     date_format(person->birth, day));
        result =
            reply_say(work->reply, RESULT_INVALID, "死亡日期早于出生日期（%s），请核对。", day);
    } else if (person->death == 0) {
        change_death(work, person, date);
        result = counted_person_put(work, person, false);
    }
    rec__person__free_unpacked(person, NULL);
    return result == RESULT_OK ? deceased_follow(work, id, date, meant) : result;
}

// ---- a death that was none, or was on another day

bool deceased_ended(const Rec__Case *record, uint64_t person)
{
    uint64_t deceased = record->deceased != 0 ? record->deceased : record->person;

    return !census_is_active(record) && strcmp(record->exit_reason, EXIT_DEATH) == 0 &&
           deceased == person;
}

/** The person is stored as alive; what the death had done is undone. */
static enum result follow_revocation(struct work *work, uint64_t person, const Rec__Case *except)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(work, person, &cases);

    if (result == RESULT_OK)
        result = deceased_settle_visits(work, &cases, person, 0);
    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++) {
        Rec__Case *record = cases.items[i];
        bool ended = deceased_ended(record, person);
        if (ended && (except == NULL || record->id != except->id))
            result = case_reopen_along(work, record);
        if (result == RESULT_OK && ended)
            result = elsewhere_tell(work, record, person, "撤回了死亡登记，%s恢复在册",
                                    rows_kind_name(work->service, record->kind));
        if (result == RESULT_OK)
            result = deceased_check_household(work, record);
    }
    record_cases_free(&cases);
    return result;
}

enum result deceased_revoke(struct work *work, uint64_t id, const Rec__Case *except)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(work->txn, id, &person);

    if (result != RESULT_OK)
        return result;
    bool dead = person->death != 0;
    if (dead) {
        change_death(work, person, 0);
        result = counted_person_put(work, person, false);
    }
    rec__person__free_unpacked(person, NULL);
    return result == RESULT_OK && dead ? follow_revocation(work, id, except) : result;
}

static enum result redate_case(struct work *work, Rec__Case *record, day_t death)
{
    Rec__Case *old = record_copy(record);
    char was[DATE_TEXT];
    char is[DATE_TEXT];

    record->closed_on = death > record->since ? death : record->since;
    record->version++;
    record->at = work->now;
    record_set(&record->by, work->caller->officer);
    work_change(work, "closed_on", date_format(old->closed_on, was),
                date_format(record->closed_on, is));
    enum result result = counted_case_put(work, old, record);
    if (result == RESULT_OK)
        result = work_case_duties(work, old, record);
    rec__case__free_unpacked(old, NULL);
    return result;
}

/** The death was on another day: the cases it ended end on that day. */
static enum result follow_redating(struct work *work, uint64_t person, day_t death)
{
    struct record_cases cases = {0};
    enum result result = record_cases_load(work, person, &cases);

    if (result == RESULT_OK)
        result = deceased_settle_visits(work, &cases, person, death);
    for (size_t i = 0; i < cases.count && result == RESULT_OK; i++) {
        if (deceased_ended(cases.items[i], person))
            result = redate_case(work, cases.items[i], death);
        if (result == RESULT_OK && deceased_ended(cases.items[i], person))
            result = tell_death(work, cases.items[i], person, death, "按此日期退出");
        if (result == RESULT_OK)
            result = deceased_check_household(work, cases.items[i]);
    }
    record_cases_free(&cases);
    return result;
}

// ---- what a form may have changed

static enum result person_saved(struct case_edit *edit, const struct case_person *person)
{
    struct work *work = edit->work;
    day_t was = person->was != NULL ? person->was->death : 0;
    day_t is = person->is->death;

    if (was == 0)
        return RESULT_OK; /* a new death: case_end_deceased() */
    if (is == 0)
        return follow_revocation(work, person->is->id, NULL);
    if (is != was)
        return follow_redating(work, person->is->id, is);
    /* A case for somebody who is dead does not go on. */
    return edit->record->n_members == 0 ? deceased_follow(work, person->is->id, is, 0) : RESULT_OK;
}

enum result deceased_case_saved(struct case_edit *edit)
{
    Rec__Case *stored = NULL;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < edit->person_count && result == RESULT_OK; i++)
        result = person_saved(edit, &edit->persons[i]);
    if (result != RESULT_OK || edit->record->n_members == 0)
        return result;
    result = store_case_get(edit->work->txn, edit->record->id, &stored);
    if (result == RESULT_OK)
        result = deceased_check_household(edit->work, stored);
    if (stored != NULL)
        rec__case__free_unpacked(stored, NULL);
    return result;
}

enum result deceased_case_reopened(struct work *work, const Rec__Case *record)
{
    Rec__Person *person = NULL;

    if (record->n_members > 0)
        return deceased_check_household(work, record);
    enum result result = store_person_get(work->txn, record->person, &person);
    if (result != RESULT_OK)
        return result;
    day_t death = person->death;
    rec__person__free_unpacked(person, NULL);
    return death != 0 ? deceased_follow(work, record->person, death, record->id) : RESULT_OK;
}
