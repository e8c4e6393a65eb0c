/*
 * A new officer takes over all people of a village, and back.
 */
#include "service/cases/leave.h"

#include "base/mem.h"
#include "base/str.h"
#include "db/leave.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/counted.h"
#include "service/ledger/duties.h"
#include "service/ledger/roster.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_SAID = 6 };

/** People of one officer that go over. */
struct former {
    char *name;
    size_t count;
};

struct job {
    const struct takeover_input *input;
    char area[AREA_TEXT];
    struct usecase *usecase;
    struct roster roster;
    size_t count, capacity;
    Rec__Case **cases; /**< that go over, owned */
    size_t former_count, former_capacity;
    struct former *former;
};

static void forget(struct job *job)
{
    for (size_t i = 0; i < job->count; i++)
        rec__case__free_unpacked(job->cases[i], NULL);
    for (size_t i = 0; i < job->former_count; i++)
        free(job->former[i].name);
    free(job->cases);
    free(job->former);
    roster_free(&job->roster);
    job->cases = NULL;
    job->former = NULL;
    job->count = job->capacity = job->former_count = job->former_capacity = 0;
}

// ---- whose people

static void count_former(struct job *job, const char *officer)
{
    char *name = *officer != '\0' ? rows_officer_name_at(job->usecase, job->area, officer)
                                  : mem_copy("没有责任人");

    for (size_t i = 0; i < job->former_count; i++)
        if (strcmp(job->former[i].name, name) == 0) {
            job->former[i].count++;
            free(name);
            return;
        }
    mem_grow((void **)&job->former, job->former_count, &job->former_capacity, sizeof *job->former);
    job->former[job->former_count++] = (struct former){name, 1};
}

/** Cases on the books whose programme has a field for the officer. */
static enum result gather(const Rec__Case *casefile, void *arg)
{
    struct job *job = arg;
    const struct form *form = forms_get(service_forms(job->usecase->service), casefile->kind);

    if (casefile->closed_on != 0 || form == NULL || *form->roles.officer == '\0' ||
        strcmp(roster_key(&job->roster, job->area, casefile->officer), job->input->officer) == 0)
        return RESULT_OK;
    mem_grow((void **)&job->cases, job->count, &job->capacity, sizeof *job->cases);
    job->cases[job->count++] = record_copy(casefile);
    count_former(job, casefile->officer);
    return RESULT_OK;
}

static enum result give(struct usecase *usecase, const Rec__Case *old, const char *officer)
{
    Rec__Case *casefile = record_copy(old);

    record_set(&casefile->officer, officer);
    record_set(&casefile->by, usecase->caller->officer);
    casefile->at = usecase->now;
    casefile->version++;
    enum result result = counted_case_put(usecase, old, casefile);
    if (result == 0)
        result = duties_follow_case(usecase, old, casefile);
    rec__case__free_unpacked(casefile, NULL);
    return result;
}

/** "刘洋 12 件、没有责任人 2 件" */
static void say_former(const struct job *job, struct str *words)
{
    for (size_t i = 0; i < job->former_count && i < NAMES_SAID; i++)
        str_printf(words, "%s%s %zu 件", i > 0 ? "、" : "", job->former[i].name,
                   job->former[i].count);
    if (job->former_count > NAMES_SAID)
        str_add(words, "等");
}

static enum result check_officer(struct job *job, Rec__Officer **ret_officer)
{
    struct usecase *usecase = job->usecase;
    Rec__Officer *officer = NULL;
    enum result result = store_officer_get(usecase->txn, job->input->officer, &officer);

    if (result == RESULT_NOTFOUND)
        return reply_say_at(usecase->reply, result, "visitor", "没有工号 %s，请核对。",
                            job->input->officer);
    if (result == 0 &&
        (officer->locked || !access_allowed(access_role_parse(officer->role), officer->area,
                                            ACTION_VISIT_ADD, job->area)))
        result = reply_say_at(usecase->reply, RESULT_INVALID, "visitor",
                              "%s不能登记%s的探访，请先在人员里改工作单位。", officer->name,
                              service_area_name(usecase->service, job->area));
    if (result == 0)
        *ret_officer = officer;
    else if (officer != NULL)
        rec__officer__free_unpacked(officer, NULL);
    return result;
}

// ---- over

static enum result put_handover(struct job *job)
{
    struct usecase *usecase = job->usecase;
    Rec__Handover empty = REC__HANDOVER__INIT;
    Rec__Handover *handover = record_copy(&empty);
    enum result result = facts_next_id(usecase->service, "handover", &handover->id);

    record_set(&handover->area, job->area);
    record_set(&handover->officer, job->input->officer);
    record_set(&handover->by, usecase->caller->officer);
    record_set(&handover->reason, job->input->reason);
    handover->at = usecase->now;
    handover->cases = mem_array(job->count + 1, sizeof *handover->cases);
    for (size_t i = 0; i < job->count; i++) {
        Rec__HandoverCase item = REC__HANDOVER_CASE__INIT;
        handover->cases[i] = record_copy(&item);
        handover->cases[i]->case_id = job->cases[i]->id;
        record_set(&handover->cases[i]->was, job->cases[i]->officer);
        handover->n_cases++;
    }
    if (result == 0)
        result = store_handover_put(usecase->txn, handover);
    char *id = mem_printf("%" PRIu64, handover->id);
    fields_set(&usecase->reply->values, "handover", id);
    free(id);
    rec__handover__free_unpacked(handover, NULL);
    return result;
}

static enum result take_over(struct job *job, const Rec__Officer *officer)
{
    struct usecase *usecase = job->usecase;
    const char *village = service_area_name(usecase->service, job->area);
    struct str words = {0};
    enum result result = RESULT_OK;

    say_former(job, &words);
    if (job->count == 0)
        return reply_say(usecase->reply, RESULT_INVALID, "%s的个案都已经由%s负责。", village,
                         officer->name);
    for (size_t i = 0; i < job->count && !job->input->dry_run && result == 0; i++)
        result = give(usecase, job->cases[i], officer->id);
    if (result == 0 && !job->input->dry_run) {
        event_name_record(usecase, job->area, "area:%s", job->area);
        event_add_change(usecase, "takeover", str_text(&words), officer->name);
        event_add_change(usecase, "takeover.reason", "", job->input->reason);
        result = put_handover(job);
    }
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "%s共 %zu 件个案%s由%s接管：原为%s。", village,
                  job->count, job->input->dry_run ? "将" : "已", officer->name, str_text(&words));
    str_free(&words);
    return result;
}

static enum result takeover_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    Rec__Officer *officer = NULL;

    forget(job);
    job->usecase = usecase;
    enum result result = check_officer(job, &officer);
    if (result == 0)
        result = roster_load(usecase, month_of(usecase->today), &job->roster);
    if (result == 0)
        result = store_case_of_area(usecase->txn, job->area, NULL, NULL, gather, job);
    if (result == 0)
        result = take_over(job, officer);
    if (officer != NULL)
        rec__officer__free_unpacked(officer, NULL);
    return result;
}

// ---- and back

static enum result give_back(struct usecase *usecase, const Rec__Handover *handover,
                             size_t *ret_kept)
{
    enum result result = RESULT_OK;

    *ret_kept = 0;
    for (size_t i = 0; i < handover->n_cases && result == 0; i++) {
        Rec__Case *casefile = NULL;
        result = store_case_get(usecase->txn, handover->cases[i]->case_id, &casefile);
        if (result == RESULT_NOTFOUND) { /* an undone import took it away */
            ++*ret_kept;
            result = RESULT_OK;
            continue;
        }
        if (result == 0 && strcmp(casefile->officer, handover->officer) == 0)
            result = give(usecase, casefile, handover->cases[i]->was);
        else
            ++*ret_kept;
        if (casefile != NULL)
            rec__case__free_unpacked(casefile, NULL);
    }
    return result;
}

static enum result undo_handover(struct usecase *usecase, Rec__Handover *handover)
{
    size_t kept = 0;
    enum result result = usecase_allow(usecase, ACTION_TAKEOVER, handover->area);

    if (result == 0 && *handover->undone_by != '\0')
        result = reply_say(usecase->reply, RESULT_CLOSED, "这次接管已经撤销，不用再办。");
    if (result == 0)
        result = give_back(usecase, handover, &kept);
    if (result != 0)
        return result;
    record_set(&handover->undone_by, usecase->caller->officer);
    handover->undone_at = usecase->now;
    event_name_record(usecase, handover->area, "area:%s", handover->area);
    event_add_change(usecase, "takeover.undo", handover->officer, "");
    result = store_handover_put(usecase->txn, handover);
    if (result == 0 && kept == 0)
        reply_say(usecase->reply, RESULT_OK, "已撤销接管：%zu 件个案的责任人已还原。",
                  handover->n_cases);
    else if (result == 0)
        reply_say(usecase->reply, RESULT_OK,
                  "已撤销接管：%zu 件个案的责任人已还原，%zu 件后来另有改动，没有动。",
                  handover->n_cases - kept, kept);
    return result;
}

static enum result undo_body(struct usecase *usecase, void *arg)
{
    const struct job *job = arg;
    Rec__Handover *handover = NULL;
    enum result result = store_handover_get(usecase->txn, job->input->undo, &handover);

    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有这次接管，请刷新清单。");
    if (result != 0)
        return result;
    result = undo_handover(usecase, handover);
    rec__handover__free_unpacked(handover, NULL);
    return result;
}

enum result leave_takeover(struct service *service, const struct caller *caller,
                           const struct takeover_input *input, struct reply *reply)
{
    struct job job = {.input = input};
    enum result result = RESULT_OK;

    if (input->undo != 0)
        return usecase_write(service, caller, ACTION_TAKEOVER, NULL, undo_body, &job, reply);
    if (!input->dry_run)
        result = reason_check("reason", input->reason, "请写明接管的原因", reply);
    if (result == 0)
        result = rows_query_area(service, caller, input->area, job.area, reply);
    if (result == 0 && area_level(job.area) != AREA_VILLAGE)
        result = reply_say(reply, RESULT_INVALID, "请选一个村(社区)。");
    if (result == 0 && input->dry_run)
        result =
            usecase_read(service, caller, ACTION_TAKEOVER, job.area, takeover_body, &job, reply);
    else if (result == 0)
        result =
            usecase_write(service, caller, ACTION_TAKEOVER, job.area, takeover_body, &job, reply);
    forget(&job);
    return result;
}
