/*
 * Making an extra round of visits, and ending it.
 */
#include "service/lists/round.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "base/text.h"
#include "db/round.h"
#include "domain/area.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/round_read.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* DAYS_BACK: who enters a round late cannot choose days on which the visits are made already. */
enum { NAME_MOST = 30, DAYS_MOST = 92, DAYS_BACK = 3 };

static const char *const REASONS[] = {"寒潮", "高温", "节日", "其他"};

// ---- what was entered

static enum result take_words(const struct round_input *input, Rec__Round *round,
                              struct reply *reply)
{
    bool known = false;
    size_t length = text_length(input->name);

    if (length < REASON_MIN || length > NAME_MOST)
        return reply_say_at(reply, RESULT_INVALID, "name",
                            "请写专项走访的名称，2 至 %d 个字，如 十二月寒潮。", NAME_MOST);
    for (size_t i = 0; i < sizeof REASONS / sizeof REASONS[0]; i++)
        known |= strcmp(REASONS[i], input->reason) == 0;
    if (!known)
        return reply_say_at(reply, RESULT_INVALID, "reason", "原因应为寒潮、高温、节日或其他。");
    record_set(&round->name, input->name);
    record_set(&round->reason, input->reason);
    return RESULT_OK;
}

static enum result take_days(struct service *service, const struct round_input *input,
                             Rec__Round *round, struct reply *reply)
{
    day_t today = service_today(service);
    char day[DATE_TEXT];

    if (date_parse(input->from, &round->from) != 0 || date_parse(input->to, &round->to) != 0)
        return reply_say_at(reply, RESULT_INVALID, "from", "起止日期应写成 2026-11-23。");
    if (round->to < round->from)
        return reply_say_at(reply, RESULT_INVALID, "to", "截止日早于起始日，请核对。");
    if (round->to < today)
        return reply_say_at(reply, RESULT_INVALID, "to", "截止日已经过了，请改为今天（%s）或以后。",
                            date_format(today, day));
    if (round->from < today - DAYS_BACK)
        return reply_say_at(reply, RESULT_INVALID, "from",
                            "起始日最早为 %d 天前（%s），请改起始日。", DAYS_BACK,
                            date_format(today - DAYS_BACK, day));
    if (round->to - round->from >= DAYS_MOST)
        return reply_say_at(reply, RESULT_INVALID, "to", "一次专项走访最长 %d 天，请分几次。",
                            DAYS_MOST);
    return RESULT_OK;
}

static bool is_tier(const struct service *service, const char *name)
{
    const struct forms *forms = service_forms(service);
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++)
        for (size_t tier = 0; form->rate && form->has_visits && tier < form->visits.tier_count;
             tier++)
            if (strcmp(form->visits.tiers[tier].name, name) == 0)
                return true;
    return false;
}

static void add_text(char ***texts, size_t *count, const char *text)
{
    *texts = mem_resize(*texts, *count + 1, sizeof **texts);
    (*texts)[(*count)++] = mem_copy(text);
}

static enum result take_tiers(const struct service *service, const struct round_input *input,
                              Rec__Round *round, struct reply *reply)
{
    for (size_t i = 0; i < input->tier_count; i++) {
        if (!is_tier(service, input->tiers[i]))
            return reply_say_at(reply, RESULT_INVALID, "tiers", "没有“%s”这一档，请按 F4 选。",
                                input->tiers[i]);
        add_text(&round->tiers, &round->n_tiers, input->tiers[i]);
    }
    return RESULT_OK;
}

static enum result take_areas(struct service *service, const struct caller *caller,
                              const struct round_input *input, Rec__Round *round,
                              struct reply *reply)
{
    char code[AREA_TEXT];
    enum result result = rows_query_area(service, caller, NULL, code, reply);

    if (result == 0 && code[0] == '\0')
        (void)area_parse(service_area(service), code);
    record_set(&round->area, code);
    for (size_t i = 0; i < input->area_count && result == 0; i++) {
        result = rows_query_area(service, caller, input->areas[i], code, reply);
        if (result == 0 && !facts_area_lives(service, code, NULL))
            result = reply_say_at(reply, RESULT_INVALID, "areas", "%s 已撤销，请选现在的村(社区)。",
                                  service_area_name(service, code));
        if (result == 0)
            add_text(&round->areas, &round->n_areas, code);
    }
    if (result == 0 && round->n_areas == 0)
        add_text(&round->areas, &round->n_areas, round->area);
    return result;
}

// ---- making

struct same {
    const Rec__Round *round;
    bool found;
};

static enum result see_same(const Rec__Round *other, void *arg)
{
    struct same *same = arg;
    const Rec__Round *round = same->round;

    same->found |= strcmp(other->state, ROUND_MADE) == 0 && strcmp(other->name, round->name) == 0 &&
                   strcmp(other->area, round->area) == 0 && other->from <= round->to &&
                   round->from <= other->to;
    return RESULT_OK;
}

static char *join(const struct usecase *usecase, char *const *texts, size_t count, bool areas)
{
    struct str words = {0};

    for (size_t i = 0; i < count; i++)
        str_printf(&words, "%s%s", i > 0 ? "、" : "",
                   areas ? service_area_name(usecase->service, texts[i]) : texts[i]);
    return str_take(&words);
}

static void write_event(struct usecase *usecase, const Rec__Round *round)
{
    char from[DATE_TEXT], to[DATE_TEXT];
    char *days = mem_printf("%s 至 %s", date_format(round->from, from), date_format(round->to, to));
    char *areas = join(usecase, round->areas, round->n_areas, true);
    char *tiers = join(usecase, round->tiers, round->n_tiers, false);
    char *places = mem_printf("%s%s%s", areas, *tiers != '\0' ? "，档 " : "", tiers);

    event_name_record(usecase, round->area, "round:%" PRIu64, round->id);
    event_add_change(usecase, "round", "", round->name);
    event_add_change(usecase, "round.days", "", days);
    event_add_change(usecase, "round.places", "", places);
    free(days);
    free(areas);
    free(tiers);
    free(places);
}

static enum result allow_areas(struct usecase *usecase, const Rec__Round *round)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < round->n_areas && result == 0; i++)
        result = usecase_allow(usecase, ACTION_ROUND_MAKE, round->areas[i]);
    return result;
}

static enum result make_body(struct usecase *usecase, void *arg)
{
    Rec__Round *round = arg;
    struct same same = {.round = round};
    enum result result = allow_areas(usecase, round);

    if (result == 0)
        result = store_round_scan(usecase->txn, see_same, &same);
    if (result == 0 && same.found)
        result = reply_say(usecase->reply, RESULT_EXISTS,
                           "已有同名的专项走访，日期重叠；请先看清单，确是另一次的请换个名称。");
    if (result == 0)
        result = facts_next_id(usecase->service, "round", &round->id);
    if (result != 0)
        return result;
    record_set(&round->state, ROUND_MADE);
    record_set(&round->by, usecase->caller->officer);
    round->at = usecase->now;
    result = store_round_put(usecase->txn, round);
    if (result != 0)
        return result;
    write_event(usecase, round);
    char *id = mem_printf("%" PRIu64, round->id);
    fields_set(&usecase->reply->values, "round", id);
    free(id);
    return reply_say(usecase->reply, RESULT_OK, "已发起：%s。平常的探访也算，只登记一次。",
                     round->name);
}

enum result round_make(struct service *service, const struct caller *caller,
                       const struct round_input *input, struct reply *reply)
{
    Rec__Round empty = REC__ROUND__INIT;
    Rec__Round *round = record_copy(&empty);
    enum result result = take_words(input, round, reply);

    if (result == 0)
        result = take_days(service, input, round, reply);
    if (result == 0)
        result = take_tiers(service, input, round, reply);
    if (result == 0)
        result = take_areas(service, caller, input, round, reply);
    if (result == 0)
        result =
            usecase_write(service, caller, ACTION_ROUND_MAKE, round->area, make_body, round, reply);
    rec__round__free_unpacked(round, NULL);
    return result;
}

// ---- ending

struct end_job {
    uint64_t id;
    bool withdraw;
    const char *reason;
};

/** Once its days are over a round stays as it came out. */
static enum result check_end(struct usecase *usecase, const struct end_job *job,
                             const Rec__Round *round)
{
    enum result result = usecase_allow(usecase, ACTION_ROUND_MAKE, round->area);

    if (result != 0)
        return result;
    if (round_is_sent(usecase->service, round))
        return reply_say(usecase->reply, RESULT_DENIED,
                         "%s是%s发起的，这里只能看；请在发起的单位自己的系统里结束。", round->name,
                         service_area_name(usecase->service, round->area));
    if (!round_is_running(round, usecase->today))
        return reply_say(usecase->reply, RESULT_CLOSED, "%s已经结束，名单和率留着备查，不能再改。",
                         round->name);
    if (!job->withdraw && usecase->today < round->from)
        return reply_say(usecase->reply, RESULT_INVALID, "%s还没有开始，不办了的请撤销。",
                         round->name);
    return RESULT_OK;
}

static enum result end_body(struct usecase *usecase, void *arg)
{
    const struct end_job *job = arg;
    Rec__Round *round = NULL;
    enum result result = store_round_get(usecase->txn, job->id, &round);

    if (result != 0)
        return result == RESULT_NOTFOUND
                   ? reply_say(usecase->reply, result, "没有这次专项走访，请刷新清单。")
                   : result;
    result = check_end(usecase, job, round);
    if (result == 0) {
        record_set(&round->state, job->withdraw ? ROUND_WITHDRAWN : ROUND_CLOSED);
        record_set(&round->ended_by, usecase->caller->officer);
        record_set(&round->ended_reason, job->reason);
        round->ended_at = usecase->now;
        event_name_record(usecase, round->area, "round:%" PRIu64, round->id);
        event_add_change(usecase, "round.end", job->withdraw ? "撤销" : "提前结束", job->reason);
        result = store_round_put(usecase->txn, round);
    }
    if (result == 0)
        reply_say(usecase->reply, RESULT_OK, "%s已%s。", round->name,
                  job->withdraw ? "撤销" : "结束，今天以前的照算");
    rec__round__free_unpacked(round, NULL);
    return result;
}

enum result round_end(struct service *service, const struct caller *caller, uint64_t round,
                      bool withdraw, const char *reason, struct reply *reply)
{
    struct end_job job = {.id = round, .withdraw = withdraw, .reason = reason};
    enum result result = reason_check(
        "reason", reason, withdraw ? "请写明撤销的原因" : "请写明提前结束的原因", reply);

    return result != 0
               ? result
               : usecase_write(service, caller, ACTION_ROUND_MAKE, NULL, end_body, &job, reply);
}
