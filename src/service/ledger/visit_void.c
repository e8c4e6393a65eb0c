/*
 * Voids a visit that was entered twice or for the wrong person.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/ledger/alarm_raise.h"
#include "service/ledger/month.h"
#include "service/ledger/recount.h"
#include "service/ledger/visit_entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ---- finding the visit

/** The valid visits of a day. */
struct day_visits {
    size_t count;
    struct str list; /**< their numbers, so that the officer can choose */
    uint32_t seq;    /**< number of the last visit */
};

static enum result see_visit(const Rec__Visit *visit, void *arg)
{
    struct day_visits *day = arg;

    if (!recount_visit_stands(visit))
        return RESULT_OK;
    str_printf(&day->list, "%s%" PRIu32 " %s %s %s", day->count > 0 ? "；" : "", visit->seq,
               visit->mode, visit->result, visit->by);
    day->seq = visit->seq;
    day->count++;
    return RESULT_OK;
}

/** Finds the only valid visit of a day. */
static enum result find_of_day(struct visit_entry *entry, day_t date)
{
    struct usecase *usecase = entry->usecase;
    struct day_visits day = {0};
    char text[DATE_TEXT];
    enum result result =
        store_visit_scan(usecase->txn, entry->person->id, date, date, see_visit, &day);

    date_format(date, text);
    if (result == 0 && day.count == 0)
        result = reply_say(usecase->reply, RESULT_NOTFOUND,
                           "%s %s 没有可以作废的探访，请核对日期。", entry->person->name, text);
    else if (result == 0 && day.count > 1)
        result = reply_say(usecase->reply, RESULT_INVALID,
                           "%s %s 有 %zu 次探访，请用 --seq 说明作废哪一次：%s。",
                           entry->person->name, text, day.count, str_text(&day.list));
    else if (result == 0)
        result = store_visit_get(usecase->txn, entry->person->id, date, day.seq, &entry->visit);
    str_free(&day.list);
    return result;
}

static enum result find_visit(struct visit_entry *entry, const char *reference)
{
    day_t date = 0;

    if (strchr(reference, ':') == NULL && date_parse_loose(reference, &date) == 0)
        return find_of_day(entry, date);
    return visit_find_standing(entry->usecase, entry->person->id, reference, "作废", &entry->visit);
}

static bool covers(const Rec__Case *casefile, day_t date)
{
    return casefile->since <= date && (casefile->closed_on == 0 || date <= casefile->closed_on);
}

/** Finds the visit's case: of its programme, active that day, or else the last one. NULL if undoing
 *  an import has removed the case. */
static void find_case(struct visit_entry *entry)
{
    const Rec__Visit *visit = entry->visit;

    entry->form = forms_get(service_forms(entry->usecase->service), visit->kind);
    for (size_t i = 0; i < entry->cases.count; i++) {
        const Rec__Case *casefile = entry->cases.items[i];
        if (casefile->person == visit->person && strcmp(casefile->kind, visit->kind) == 0 &&
            (entry->main == NULL || !covers(entry->main, visit->date)))
            entry->main = casefile;
    }
}

static const char *area_of(const struct visit_entry *entry)
{
    return entry->main != NULL ? entry->main->area : entry->person->area;
}

// ---- checks

/** A village officer may void only own entries; the street may void all. */
static enum result check_right(struct visit_entry *entry)
{
    struct usecase *usecase = entry->usecase;
    enum result result = usecase_allow(usecase, ACTION_VISIT_VOID, area_of(entry));

    if (result == 0 && usecase->caller->role == ROLE_VILLAGE &&
        strcmp(usecase->caller->officer, entry->visit->officer) != 0)
        result = reply_say(usecase->reply, RESULT_DENIED,
                           "这次探访不是您登记的；别人登记的请由镇街经办作废。");
    return result;
}

static enum result check_closed(struct visit_entry *entry, const char *area)
{
    char month[MONTH_TEXT];
    bool closed = false;
    enum result result = month_closed_in_time(entry->usecase, entry->month, area, &closed);

    if (result == 0 && closed)
        result = reply_say(entry->usecase->reply, RESULT_CLOSED,
                           "%s 已月结，这次探访不能作废；确需作废的，请负责人先重新打开该月。",
                           month_format(entry->month, month));
    return result;
}

/** Refuses if a street where the visit counts has closed the month; if it counts nowhere, the
 *  street of its case or person. */
static enum result check_month(struct visit_entry *entry)
{
    const struct forms *forms = service_forms(entry->usecase->service);
    enum result result = RESULT_OK;
    bool counts = false;

    for (size_t i = 0; i < entry->changes.count && result == 0; i++) {
        const Rec__Duty *duty = entry->changes.items[i].was;
        const struct form *form = forms_get(forms, duty->kind);
        if (duty->month != entry->month || form == NULL || !form_accepts(form, entry->visit->kind))
            continue;
        counts = true;
        result = check_closed(entry, duty->area);
    }
    return counts ? result : check_closed(entry, area_of(entry));
}

// ---- voiding

/** Stores the visit as void and counts its duties again; they must be loaded. */
static enum result make_void(struct visit_entry *entry, const char *reason)
{
    struct usecase *usecase = entry->usecase;
    Rec__Visit *visit = entry->visit;
    Rec__Voiding empty = REC__VOIDING__INIT;

    visit->voided = record_copy(&empty);
    visit->voided->at = usecase->now;
    record_set(&visit->voided->by, usecase->caller->officer);
    record_set(&visit->voided->reason, reason);
    visit->n_credited = 0;
    enum result result = store_visit_put(usecase->txn, visit);
    if (result == 0)
        result = credit_store(usecase, &entry->changes, NULL);
    if (result == 0)
        result = alarm_visit_voided(usecase, visit);
    return result == 0 ? alarm_judge_unmet(usecase, entry->main, visit->person, false) : result;
}

static enum result load_ledger(struct visit_entry *entry)
{
    enum result result = visit_entry_cases(entry);

    entry->date = entry->visit->date;
    entry->month = month_of(entry->date);
    if (result == 0)
        result = visit_entry_duties(entry);
    find_case(entry);
    return result;
}

enum result visit_find_case(struct usecase *usecase, Rec__Visit *visit, char ret_area[AREA_TEXT],
                            Rec__Case **ret_case)
{
    struct visit_entry entry = {.usecase = usecase, .visit = visit};
    enum result result = store_person_get(usecase->txn, visit->person, &entry.person);

    if (result == 0)
        result = record_cases_load(usecase, visit->person, &entry.cases);
    if (result == 0) {
        find_case(&entry);
        snprintf(ret_area, AREA_TEXT, "%s", area_of(&entry));
        *ret_case = entry.main != NULL ? record_copy(entry.main) : NULL;
    }
    entry.visit = NULL; /* the caller's */
    visit_entry_free(&entry);
    return result;
}

enum result visit_void_record(struct usecase *usecase, Rec__Visit *visit, const char *reason)
{
    struct visit_input none = {0};
    struct visit_entry entry = {.usecase = usecase, .input = &none, .visit = visit};
    enum result result = store_person_get(usecase->txn, visit->person, &entry.person);

    if (result == 0)
        result = load_ledger(&entry);
    if (result == 0)
        result = make_void(&entry, reason);
    entry.visit = NULL; /* the caller's */
    visit_entry_free(&entry);
    return result;
}

static void write_event(struct visit_entry *entry, const char *reason)
{
    struct usecase *usecase = entry->usecase;
    const Rec__Visit *visit = entry->visit;
    char date[DATE_TEXT];

    event_name_record(usecase, area_of(entry), "visit:%" PRIu64 ":%s:%" PRIu32, visit->person,
                      date_format(visit->date, date), visit->seq);
    event_add_change(usecase, "void", "", reason);
    event_add_change(usecase, "mode", visit->mode, "");
    event_add_change(usecase, "result", visit->result, "");
    event_add_change(usecase, "by", visit->by, "");
    for (size_t i = 0; i < visit->n_fields; i++)
        event_add_change(usecase, visit->fields[i]->name, visit->fields[i]->value, "");
}

static enum result answer(struct visit_entry *entry)
{
    struct reply *reply = entry->usecase->reply;
    const Rec__Visit *visit = entry->visit;
    char words[DUTY_WORDS];
    char date[DATE_TEXT];

    date_format(visit->date, date);
    char *reference = mem_printf("%" PRIu64 ":%s:%" PRIu32, visit->person, date, visit->seq);
    fields_set(&reply->values, "visit", reference);
    free(reference);
    visit_entry_standing(entry, words);
    return reply_say(reply, RESULT_OK, "已作废 %s %s %s%s，该月现为：%s。", entry->person->name,
                     date, visit->mode, visit->result, words);
}

static enum result void_body(struct usecase *usecase, void *arg)
{
    const struct void_input *input = arg;
    struct visit_input whose = {
        .case_id = input->case_id, .id_no = input->id_no, .change = input->change};
    struct visit_entry entry = {.usecase = usecase, .input = &whose};
    enum result result = visit_entry_person(&entry);

    if (result == 0)
        result = visit_entry_allow(&entry);
    if (result == 0)
        result = find_visit(&entry, input->visit);
    if (result == 0)
        result = load_ledger(&entry);
    if (result == 0)
        result = check_right(&entry);
    if (result == 0)
        result = check_month(&entry);
    if (result == 0)
        result = make_void(&entry, input->reason);
    if (result == 0) {
        write_event(&entry, input->reason);
        result = answer(&entry);
    }
    visit_entry_free(&entry);
    return result;
}

enum result visit_void(struct service *service, const struct caller *caller,
                       const struct void_input *input, struct reply *reply)
{
    enum result result = reason_check("reason", input->reason, "请写明作废的原因", reply);

    if (result != 0)
        return result;
    return usecase_write(service, caller, ACTION_VISIT_VOID, NULL, void_body, (void *)input, reply);
}
