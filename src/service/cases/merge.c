/*
 * Asks for a merge, confirms, refuses and undoes it.
 */
#include "service/cases/merge.h"

#include "base/idno.h"
#include "base/ids.h"
#include "base/mem.h"
#include "base/text.h"
#include "service/cases/merge_house.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/stranger.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PERSON_PREFIX "person:"

// ---- who is meant

static enum result find_id(struct usecase *usecase, const char *text, uint64_t *ret_id)
{
    Rec__Person *person = NULL;
    Rec__Case *casefile = NULL;
    char id_no[IDNO_TEXT];
    enum result result = RESULT_NOTFOUND;

    if (text_starts(text, PERSON_PREFIX))
        return ids_parse(text + strlen(PERSON_PREFIX), ret_id) ? RESULT_OK : RESULT_NOTFOUND;
    if (idno_parse(text, usecase->today, id_no) == IDNO_FINE)
        result = store_person_by_id_no(usecase->txn, id_no, &person);
    if (result == RESULT_NOTFOUND)
        result = store_case_by_number(usecase->txn, text, &casefile);
    if (result == 0)
        *ret_id = person != NULL ? person->id : casefile->person;
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result;
}

/** Nothing is told of somebody outside the caller's area. */
static enum result find_person(struct usecase *usecase, const char *text, uint64_t *ret_id)
{
    Rec__Person *person = NULL;
    bool stranger = false;
    enum result result = find_id(usecase, text, ret_id);

    if (result == 0)
        result = store_person_get(usecase->txn, *ret_id, &person);
    if (result == RESULT_NOTFOUND)
        return reply_say(usecase->reply, result, "没有找到 %s，请用身份证号或个案编号。", text);
    if (result == 0)
        result = stranger_find(usecase, person, &stranger);
    if (result == 0 && stranger)
        result = stranger_refuse(usecase, person, RESULT_DENIED);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    return result;
}

enum result merge_allow_area(struct usecase *usecase, enum action action, const char *area)
{
    const struct caller *caller = usecase->caller;

    if (access_allowed(caller->role, caller->area, action, area))
        return RESULT_OK;
    return reply_say(usecase->reply, RESULT_DENIED, "涉及您辖区以外的登记，请由县区民政办理。");
}

/** Whoever merges must be responsible for all of both. */
static enum result allow_pair(struct usecase *usecase, enum action action,
                              const struct merge_pair *pair)
{
    const struct record_cases *all[] = {&pair->kept_cases, &pair->gone_cases};
    enum result result = merge_allow_area(usecase, action, pair->kept->area);

    if (result == 0)
        result = merge_allow_area(usecase, action, pair->gone->area);
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < all[i]->count && result == 0; k++)
            result = merge_allow_area(usecase, action, all[i]->items[k]->area);
    return result;
}

enum result merge_pair_find(struct usecase *usecase, enum action action, const char *kept,
                            const char *gone, struct merge_pair *ret_pair)
{
    uint64_t kept_id = 0;
    uint64_t gone_id = 0;
    enum result result = find_person(usecase, kept, &kept_id);

    if (result == 0)
        result = find_person(usecase, gone, &gone_id);
    if (result == 0 && kept_id == gone_id)
        result = reply_say(usecase->reply, RESULT_INVALID, "这是同一份登记，不用合并。");
    if (result == 0)
        result = merge_pair_load(usecase, kept_id, gone_id, ret_pair);
    return result == 0 ? allow_pair(usecase, action, ret_pair) : result;
}

// ---- asking

struct ask_job {
    const struct merge_ask *ask;
    const char *what;
};

struct open_merge {
    bool houses;
    uint64_t one, other, number;
};

static bool is_open_between(const Rec__Merge *merge, const struct open_merge *open)
{
    uint64_t kept = open->houses ? merge->kept_case : merge->kept;
    uint64_t gone = open->houses ? merge->gone_case : merge->gone;

    return strcmp(merge->state, MERGE_ASKED) == 0 && merge_is_of_houses(merge) == open->houses &&
           (kept == open->one || kept == open->other || gone == open->one || gone == open->other);
}

static enum result see_open(const Rec__Merge *merge, void *arg)
{
    struct open_merge *open = arg;

    if (is_open_between(merge, open))
        open->number = ids_count_of(merge->id);
    return RESULT_OK;
}

static enum result refuse_second(struct usecase *usecase, const Rec__Merge *merge)
{
    struct open_merge open = {.houses = merge_is_of_houses(merge)};

    open.one = open.houses ? merge->kept_case : merge->kept;
    open.other = open.houses ? merge->gone_case : merge->gone;
    enum result result = store_merge_scan(usecase->txn, see_open, &open);
    if (result == 0 && open.number != 0)
        result = reply_say(usecase->reply, RESULT_EXISTS,
                           "其中一%s已有待确认的合并 %" PRIu64 "，请先确认或退回。",
                           open.houses ? "户" : "人", open.number);
    return result;
}

static bool is_apart(const struct ask_job *job)
{
    return strcmp(job->what, MERGE_APART) == 0 || strcmp(job->what, MERGE_HOUSES_APART) == 0;
}

static void fill(struct usecase *usecase, const struct ask_job *job, Rec__Merge *merge)
{
    record_set(&merge->what, job->what);
    record_set(&merge->state, is_apart(job) ? MERGE_DONE : MERGE_ASKED);
    record_set(&merge->reason, job->ask->reason);
    record_set(&merge->asked_by, usecase->caller->officer);
    merge->asked_at = usecase->now;
    merge->taken = mem_array(job->ask->take_count + 1, sizeof *merge->taken);
    for (size_t i = 0; i < job->ask->take_count; i++)
        merge->taken[merge->n_taken++] = mem_copy(job->ask->take[i]);
}

static void name_merge(struct usecase *usecase, const Rec__Merge *merge)
{
    if (merge_is_of_houses(merge))
        event_name_record(usecase, merge->area, "case:%" PRIu64, merge->kept_case);
    else
        event_name_record(usecase, merge->area, "person:%" PRIu64, merge->kept);
}

static enum result store_ask(struct usecase *usecase, const struct ask_job *job, Rec__Merge *merge)
{
    bool apart = is_apart(job);
    const char *what = merge_is_of_houses(merge) ? "户" : "人";
    char number[IDS_TEXT];

    enum result result = facts_next_id(usecase->service, "merge", &merge->id);
    fill(usecase, job, merge);
    if (result == 0)
        result = store_merge_put(usecase->txn, merge);
    name_merge(usecase, merge);
    event_add_note(usecase, "%s%s %s 与 %s：%s", apart ? "不是同一" : "申请合并", apart ? what : "",
                   merge->kept_name, merge->gone_name, job->ask->reason);
    event_add_change(usecase, "gone", "", merge->gone_name);
    (void)snprintf(number, sizeof number, "%" PRIu64, ids_count_of(merge->id));
    fields_set(&usecase->reply->values, "number", number);
    if (result == 0 && apart)
        reply_say(usecase->reply, RESULT_OK, "已登记不是同一%s；事实不变就不再列出。", what);
    else if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "合并 %s 已申请，请另一位负责人确认后生效。", number);
    return result;
}

static enum result ask_persons(struct usecase *usecase, const struct ask_job *job,
                               Rec__Merge *merge)
{
    const struct merge_ask *ask = job->ask;
    struct merge_pair pair = {0};
    Rec__Person *person = NULL;
    enum result result = merge_pair_find(usecase, ACTION_MERGE_ASK, ask->kept, ask->gone, &pair);

    if (result == 0 && !is_apart(job)) {
        result = merge_check(usecase, &pair);
        if (result == 0)
            result = merge_make_person(usecase, &pair, ask->take_count, ask->take, &person);
        if (result == 0)
            result = merge_check_waiting(usecase, &pair, person);
    }
    if (result == 0) {
        char *facts = is_apart(job) ? merge_facts(pair.kept, pair.gone) : mem_copy("");
        merge->kept = pair.kept->id;
        merge->gone = pair.gone->id;
        record_set(&merge->kept_name, pair.kept->name);
        record_set(&merge->gone_name, pair.gone->name);
        record_set(&merge->area, pair.kept->area);
        record_set(&merge->facts, facts);
        free(facts);
    }
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    merge_pair_free(&pair);
    return result;
}

static void name_house(char **slot, const struct house_people *people)
{
    char *name = mem_printf("%s户", merge_house_name(people));

    record_set(slot, name);
    free(name);
}

static enum result ask_houses(struct usecase *usecase, const struct ask_job *job, Rec__Merge *merge)
{
    const struct merge_ask *ask = job->ask;
    struct house_pair pair = {0};
    Rec__Case *made = NULL;
    enum result result = merge_house_find(usecase, ACTION_MERGE_ASK, ask->kept, ask->gone, &pair);

    if (result == 0 && !is_apart(job)) {
        result = merge_house_check(usecase, &pair, ask->take_count, ask->take);
        if (result == 0)
            result = merge_house_make(usecase, &pair, ask->take_count, ask->take, &made);
    }
    if (result == 0) {
        char *facts = is_apart(job) ? merge_house_facts(pair.kept, pair.gone) : mem_copy("");
        merge->kept_case = pair.kept->id;
        merge->gone_case = pair.gone->id;
        name_house(&merge->kept_name, &pair.kept_people);
        name_house(&merge->gone_name, &pair.gone_people);
        record_set(&merge->area, pair.kept->area);
        record_set(&merge->facts, facts);
        free(facts);
    }
    if (made != NULL)
        rec__case__free_unpacked(made, NULL);
    merge_house_free(&pair);
    return result;
}

static enum result ask_body(struct usecase *usecase, void *arg)
{
    const struct ask_job *job = arg;
    Rec__Merge *merge = mem_new(sizeof *merge);

    rec__merge__init(merge);
    record_set(&merge->what, job->what);
    enum result result =
        job->ask->households ? ask_houses(usecase, job, merge) : ask_persons(usecase, job, merge);
    if (result == 0)
        result = refuse_second(usecase, merge);
    if (result == 0)
        result = store_ask(usecase, job, merge);
    rec__merge__free_unpacked(merge, NULL);
    return result;
}

static enum result ask_for(struct service *service, const struct caller *caller,
                           const struct merge_ask *ask, const char *what, struct reply *reply)
{
    struct ask_job job = {.ask = ask, .what = what};
    enum result result = reason_check("reason", ask->reason, "请写明怎样核实的", reply);

    return result == 0
               ? usecase_write(service, caller, ACTION_MERGE_ASK, NULL, ask_body, &job, reply)
               : result;
}

enum result merge_ask(struct service *service, const struct caller *caller,
                      const struct merge_ask *ask, struct reply *reply)
{
    return ask_for(service, caller, ask, ask->households ? MERGE_HOUSES : MERGE_PERSONS, reply);
}

enum result merge_apart(struct service *service, const struct caller *caller,
                        const struct merge_ask *ask, struct reply *reply)
{
    return ask_for(service, caller, ask, ask->households ? MERGE_HOUSES_APART : MERGE_APART, reply);
}

// ---- deciding

struct decide_job {
    uint64_t number;
    const struct deed *deed;
    const char *words;
};

static enum result confirm(struct usecase *usecase, const struct decide_job *job, Rec__Merge *merge)
{
    (void)job;
    enum result result = usecase_refuse_maker(usecase, merge->asked_by,
                                              "申请合并的人不能自己确认，请由另一位负责人确认。");

    merge->decided_at = usecase->now;
    record_set(&merge->decided_by, usecase->caller->officer);
    if (result == 0)
        result = merge_is_of_houses(merge) ? merge_house_apply(usecase, merge)
                                           : merge_apply(usecase, merge);
    return result;
}

static enum result refuse(struct usecase *usecase, const struct decide_job *job, Rec__Merge *merge)
{
    merge->decided_at = usecase->now;
    record_set(&merge->decided_by, usecase->caller->officer);
    record_set(&merge->note, job->words);
    return RESULT_OK;
}

static enum result take_back(struct usecase *usecase, const struct decide_job *job,
                             Rec__Merge *merge)
{
    (void)job;
    merge->undone_at = usecase->now;
    record_set(&merge->undone_by, usecase->caller->officer);
    if (strcmp(merge->what, MERGE_HOUSES) == 0)
        return merge_house_undo(usecase, merge);
    return strcmp(merge->what, MERGE_PERSONS) == 0 ? merge_undo(usecase, merge) : RESULT_OK;
}

/** What can be done with a merge. */
static const struct deed {
    const char *what, *from, *to;
    enum result (*run)(struct usecase *usecase, const struct decide_job *job, Rec__Merge *merge);
    const char *ask; /**< asks for the words; NULL = none are needed */
    const char *note, *said;
} DEEDS[] = {
    {"confirm", MERGE_ASKED, MERGE_DONE, confirm, NULL, "确认合并",
     "已合并，各月数字已按规则重算。"},
    {"refuse", MERGE_ASKED, MERGE_REFUSED, refuse, "请写明为什么不合并", "退回合并", "已退回。"},
    {"undo", MERGE_DONE, MERGE_UNDONE, take_back, NULL, "撤销合并", "已撤销，两份登记恢复原样。"},
};

struct numbered {
    uint64_t number;
    Rec__Merge *merge;
};

/** Officers name a merge by its number without the home's origin. */
static enum result see_numbered(const Rec__Merge *merge, void *arg)
{
    struct numbered *numbered = arg;

    if (ids_count_of(merge->id) != numbered->number)
        return RESULT_OK;
    numbered->merge = record_copy(merge);
    return (enum result)STORE_STOP;
}

static enum result load_merge(struct usecase *usecase, const struct decide_job *job,
                              Rec__Merge **ret_merge)
{
    struct numbered numbered = {.number = job->number};
    enum result result = store_merge_scan(usecase->txn, see_numbered, &numbered);

    *ret_merge = numbered.merge;
    if (result == 0 && numbered.merge == NULL)
        return reply_say(usecase->reply, RESULT_NOTFOUND, "没有合并 %" PRIu64 "，请核对编号。",
                         job->number);
    if (result == 0)
        result = merge_allow_area(usecase, ACTION_MERGE_DECIDE, (*ret_merge)->area);
    if (result == 0 && strcmp((*ret_merge)->state, job->deed->from) != 0)
        result = reply_say(usecase->reply, RESULT_CLOSED,
                           "合并 %" PRIu64 " 现在是“%s”，不能%s；请按 Ctrl+R 重取。", job->number,
                           merge_state_words(*ret_merge), job->deed->note);
    return result;
}

/** The rights as they are now: cases may have moved since somebody asked. */
static enum result allow_now(struct usecase *usecase, const Rec__Merge *merge)
{
    struct merge_pair pair = {0};
    struct house_pair houses = {0};
    enum result result = RESULT_OK;

    if (merge_is_of_houses(merge)) {
        result = merge_house_load(usecase, merge->kept_case, merge->gone_case, &houses);
        if (result == 0)
            result = merge_allow_area(usecase, ACTION_MERGE_DECIDE, houses.kept->area);
        if (result == 0)
            result = merge_allow_area(usecase, ACTION_MERGE_DECIDE, houses.gone->area);
        merge_house_free(&houses);
        return result;
    }
    if (strcmp(merge->state, MERGE_ASKED) == 0)
        result = merge_pair_load(usecase, merge->kept, merge->gone, &pair);
    if (result == 0 && pair.kept != NULL)
        result = allow_pair(usecase, ACTION_MERGE_DECIDE, &pair);
    merge_pair_free(&pair);
    return result;
}

static enum result decide_body(struct usecase *usecase, void *arg)
{
    const struct decide_job *job = arg;
    Rec__Merge *merge = NULL;
    enum result result = load_merge(usecase, job, &merge);

    if (result == 0 && strcmp(job->deed->what, "confirm") == 0)
        result = allow_now(usecase, merge);
    if (result == 0)
        result = job->deed->run(usecase, job, merge);
    if (result == 0) {
        name_merge(usecase, merge);
        event_add_note(usecase, "%s %" PRIu64 "：%s 与 %s%s%s", job->deed->note, job->number,
                       merge->kept_name, merge->gone_name, *job->words != '\0' ? "，" : "",
                       job->words);
        event_add_change(usecase, "state", merge->state, job->deed->to);
        record_set(&merge->state, job->deed->to);
        result = store_merge_put(usecase->txn, merge);
    }
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "合并 %" PRIu64 " %s", job->number, job->deed->said);
    if (merge != NULL)
        rec__merge__free_unpacked(merge, NULL);
    return result;
}

enum result merge_decide(struct service *service, const struct caller *caller, uint64_t number,
                         const char *what, const char *words, struct reply *reply)
{
    struct decide_job job = {.number = number, .words = words != NULL ? words : ""};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < sizeof DEEDS / sizeof DEEDS[0]; i++)
        if (strcmp(DEEDS[i].what, what) == 0)
            job.deed = &DEEDS[i];
    if (job.deed == NULL)
        return reply_say(reply, RESULT_USAGE, "没有这样的办理方式，请按 Ctrl+R 重取后再选。");
    if (job.deed->ask != NULL)
        result = reason_check("words", job.words, job.deed->ask, reply);
    if (result == 0)
        result =
            usecase_write(service, caller, ACTION_MERGE_DECIDE, NULL, decide_body, &job, reply);
    return result;
}
