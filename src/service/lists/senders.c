#include "service/lists/senders.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/words.h"
#include "domain/area.h"
#include "domain/duty.h"
#include "service/frame/event.h"
#include "service/frame/reason.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/lists/lacking.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/** A night's bundle has the day's date, or the day before's if it was made before midnight. */
static bool is_missing(const struct usecase *usecase, const Rec__Bundle *last)
{
    return last == NULL || last->date < usecase->today - 1;
}

static enum result see_area(struct usecase *usecase, const Rec__Area *area, sender_fn each,
                            void *arg)
{
    struct sender sender = {.area = area};
    Rec__Bundle *last = NULL;
    enum result result = store_bundle_last(usecase->txn, area->code, &last);

    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    sender.last = last;
    sender.missing = is_missing(usecase, last);
    each(&sender, arg);
    if (last != NULL)
        rec__bundle__free_unpacked(last, NULL);
    return RESULT_OK;
}

enum result senders_each(struct usecase *usecase, sender_fn each, void *arg)
{
    const struct service *service = usecase->service;
    const Rec__Area *area;
    enum result result = RESULT_OK;

    if (!service_collects(service))
        return RESULT_OK;
    for (size_t i = 0; result == 0 && (area = cache_area_at(service->cache, i)) != NULL; i++)
        if (strcmp(area->parent, service_area(service)) == 0 && cache_area_lives(area))
            result = see_area(usecase, area, each, arg);
    return result;
}

/** The order of the senders is always the same, so is what comes of it. */
static uint64_t mix(uint64_t sum, uint64_t value)
{
    return (sum ^ value) * 0x100000001b3u;
}

struct counting {
    const struct service *service;
    struct senders_tally *tally;
};

static void count_sender(const struct sender *sender, void *arg)
{
    enum { NAMES = 6 };
    const struct counting *counting = arg;
    struct senders_tally *tally = counting->tally;

    tally->differing += sender->last != NULL && sender->last->differences > 0;
    if (sender->last != NULL)
        tally->bundles = mix(mix(tally->bundles, (uint64_t)sender->last->at), sender->last->number);
    lacking_say(counting->service, sender, &tally->lacking);
    if (!sender->missing)
        return;
    tally->never += sender->last == NULL;
    if (tally->missing++ < NAMES)
        str_printf(&tally->names, "%s%s", tally->missing > 1 ? "、" : "", sender->area->name);
    else if (tally->missing == NAMES + 1)
        str_add(&tally->names, "等");
}

enum result senders_count(struct usecase *usecase, struct senders_tally *ret_tally)
{
    struct counting counting = {usecase->service, ret_tally};

    senders_tally_free(ret_tally);
    return senders_each(usecase, count_sender, &counting);
}

void senders_tally_free(struct senders_tally *tally)
{
    str_free(&tally->names);
    str_free(&tally->lacking);
    *tally = (struct senders_tally){0};
}

// ---- lists

struct list {
    struct usecase *usecase;
    struct sheet *sheet;
    const char *area; /**< of the sender that is wanted, "" = all */
    bool missing;     /**< which of them are wanted now */
};

/** Days up to yesterday that this home does not have. */
static uint64_t days_missing(const struct sender *sender, day_t today)
{
    return sender->missing ? (uint64_t)(today - 1 - sender->last->date) : 0;
}

static void add_sender(const struct sender *sender, void *arg)
{
    struct list *list = arg;
    const Rec__Bundle *last = sender->last;
    char text[STAMP_TEXT];

    if (sender->missing != list->missing)
        return;
    size_t row = sheet_add_row(list->sheet);
    sheet_set(list->sheet, row, "key", sender->area->code);
    sheet_set(list->sheet, row, "name", sender->area->name);
    sheet_set(list->sheet, row, "state",
              last == NULL      ? "从未收到"
              : sender->missing ? "没有收到"
                                : "已收到");
    if (last == NULL) /* nobody knows since when there would have been something to send */
        return;
    sheet_set_number(list->sheet, row, "number", last->number);
    sheet_set(list->sheet, row, "date", date_format(last->date, text));
    sheet_set(list->sheet, row, "at", date_format_stamp(last->at, text));
    sheet_set_number(list->sheet, row, "rows", last->rows);
    sheet_set_number(list->sheet, row, "differences", last->differences);
    sheet_set_number(list->sheet, row, "days", days_missing(sender, list->usecase->today));
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct list *list = arg;

    list->usecase = usecase;
    sheet_free(&list->sheet);
    list->sheet = column_sheet(&COLUMNS_SENDERS);
    list->missing = true;
    enum result result = senders_each(usecase, add_sender, list);
    list->missing = false;
    return result == 0 ? senders_each(usecase, add_sender, list) : result;
}

/** What a figure of bundle/ingest_check.c is called. */
const char *senders_figure_label(const char *figure)
{
    static const struct {
        const char *figure, *label;
    } labels[] = {
        {"known_owed", "现况应访"},
        {"known_reached", "现况已访"},
        {"state", "个案状态"},
        {"statement", "月结表"},
        {DUTY_TYPE_REVIEW, "复核状态"},
        {"kind", "业务"},
        {"compliance.csv", "汇总表"},
        {"round_owed", "专项应走访"},
        {"round_reached", "专项已访"},
        {"round_pending", "专项待访"},
        {"round_missed", "专项未访"},
        {"round_excused", "专项免访"},
        {"round_not_counted", "专项不计"},
        {"round_attempted", "专项未见到"},
        {"round_late", "专项补录"},
        {"round_figures.csv", "专项走访的数"},
    };
    const struct sheet_column *column = column_find(figure);

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strcmp(labels[i].figure, figure) == 0)
            return labels[i].label;
    return column != NULL ? column->label : figure;
}

/** What becomes of a review is called otherwise than what becomes of a visit. */
static const char *state_words(const char *figure, const char *state)
{
    static const struct {
        const char *state, *words;
    } reviews[] = {{"pending", "待复核"}, {"reached", "已复核"}, {"missed", "未复核"}};

    for (size_t i = 0; i < sizeof reviews / sizeof reviews[0]; i++)
        if (strcmp(figure, DUTY_TYPE_REVIEW) == 0 && strcmp(reviews[i].state, state) == 0)
            return reviews[i].words;
    return duty_state_words(state);
}

char *senders_figure_words(const char *figure, const char *value)
{
    size_t length = strcspn(value, "+");

    if (*value == '\0')
        return mem_copy("没有");
    if (strcmp(figure, "state") != 0 && strcmp(figure, DUTY_TYPE_REVIEW) != 0)
        return mem_copy(value);
    char *state = mem_copy_bytes(value, length);
    char *words =
        mem_printf("%s%s", state_words(figure, state),
                   value[length] != '\0' && strcmp(figure, "state") == 0 ? "（达标）" : "");
    free(state);
    return words;
}

static void add_words(struct sheet *sheet, size_t row, const Rec__BundleDifference *listed)
{
    char *sent = senders_figure_words(listed->figure, listed->sent);
    char *computed = senders_figure_words(listed->figure, listed->computed);

    sheet_set(sheet, row, "title", senders_figure_label(listed->figure));
    sheet_setf(sheet, row, "words", "所报 %s，重算 %s", sent, computed);
    free(sent);
    free(computed);
}

static void add_differences(const struct sender *sender, void *arg)
{
    struct list *list = arg;
    struct service *service = list->usecase->service;
    char month[MONTH_TEXT];

    if (sender->last == NULL ||
        (*list->area != '\0' && strcmp(list->area, sender->area->code) != 0))
        return;
    for (size_t i = 0; i < sender->last->n_listed; i++) {
        const Rec__BundleDifference *listed = sender->last->listed[i];
        size_t row = sheet_add_row(list->sheet);
        sheet_set(list->sheet, row, "key", sender->area->code);
        sheet_set(list->sheet, row, "name", sender->area->name);
        if (listed->month != 0)
            sheet_set(list->sheet, row, "month", month_format(listed->month, month));
        sheet_set(list->sheet, row, "area", listed->area);
        sheet_set(list->sheet, row, "area_name", service_area_name(service, listed->area));
        sheet_set(list->sheet, row, "kind", listed->kind);
        sheet_set(list->sheet, row, "kind_name", rows_kind_name(service, listed->kind));
        sheet_set(list->sheet, row, "figure", listed->figure);
        sheet_set(list->sheet, row, "sent", listed->sent);
        sheet_set(list->sheet, row, "computed", listed->computed);
        sheet_set(list->sheet, row, "names", listed->names);
        add_words(list->sheet, row, listed);
    }
}

static enum result differences_body(struct usecase *usecase, void *arg)
{
    struct list *list = arg;

    list->usecase = usecase;
    sheet_free(&list->sheet);
    list->sheet = column_sheet(&COLUMNS_SENT_DIFFERENCES);
    return senders_each(usecase, add_differences, list);
}

static enum result read_list(struct service *service, const struct caller *caller,
                             enum action action, const char *area, usecase_body body,
                             struct sheet **ret_sheet, struct reply *reply)
{
    struct list list = {.area = area};
    enum result result = usecase_read(service, caller, action, NULL, body, &list, reply);

    if (result == 0)
        *ret_sheet = list.sheet;
    else
        sheet_free(&list.sheet);
    return result;
}

enum result senders_list(struct service *service, const struct caller *caller,
                         struct sheet **ret_sheet, struct reply *reply)
{
    return read_list(service, caller, ACTION_SENDERS, "", list_body, ret_sheet, reply);
}

enum result senders_differences(struct service *service, const struct caller *caller,
                                const char *area, struct sheet **ret_sheet, struct reply *reply)
{
    return read_list(service, caller, ACTION_OVERLAP, area, differences_body, ret_sheet, reply);
}

// ---- the names that a receipt leaves out

struct naming {
    const char *case_no;
    char *name; /**< NULL = not known here */
};

static enum result name_body(struct usecase *usecase, void *arg)
{
    struct naming *naming = arg;
    Rec__Case *record = NULL;
    Rec__Person *person = NULL;
    enum result result = store_case_by_number(usecase->txn, naming->case_no, &record);

    if (result == 0)
        result = store_person_get(usecase->txn, record->person, &person);
    if (result == 0)
        mem_replace(&naming->name, person->name);
    if (person != NULL)
        rec__person__free_unpacked(person, NULL);
    if (record != NULL)
        rec__case__free_unpacked(record, NULL);
    return result;
}

char *senders_case_words(struct service *service, const struct caller *caller, const char *case_no)
{
    struct naming naming = {.case_no = case_no};
    struct reply reply = {0};
    char *words = NULL;

    /* Who reads receipts as the administrator does not read cases. */
    if (access_allowed(caller->role, caller->area, ACTION_CASE_LIST, NULL) &&
        usecase_read(service, caller, ACTION_CASE_LIST, NULL, name_body, &naming, &reply) == 0)
        words = mem_printf("%s（%s）", naming.name, case_no);
    reply_free(&reply);
    free(naming.name);
    return words != NULL ? words : mem_copy(case_no);
}

// ---- another chain

struct reset_job {
    const char *area, *reason;
    size_t count, capacity;
    Rec__Bundle **chain; /**< copies of those that are not given up yet */
};

static enum result add_bundle(const Rec__Bundle *bundle, void *arg)
{
    struct reset_job *job = arg;

    if (bundle->ended)
        return RESULT_OK;
    mem_grow((void **)&job->chain, job->count, &job->capacity, sizeof(Rec__Bundle *));
    job->chain[job->count++] = record_copy(bundle);
    return RESULT_OK;
}

static void forget_chain(struct reset_job *job)
{
    for (size_t i = 0; i < job->count; i++)
        rec__bundle__free_unpacked(job->chain[i], NULL);
    free(job->chain);
    job->chain = NULL;
    job->count = job->capacity = 0;
}

static enum result reset_body(struct usecase *usecase, void *arg)
{
    struct reset_job *job = arg;
    const char *name = service_area_name(usecase->service, job->area);

    forget_chain(job);
    enum result result = store_bundle_scan(usecase->txn, job->area, add_bundle, job);
    if (result == 0 && job->count == 0)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "%s还没有报送过，或已经重置，不用再重置。", name);
    for (size_t i = 0; i < job->count && result == 0; i++) {
        job->chain[i]->ended = true;
        result = store_bundle_put(usecase->txn, job->chain[i]);
    }
    if (result != 0)
        return result;
    uint64_t last = job->chain[job->count - 1]->number;
    event_name_record(usecase, job->area, "sender:%s", job->area);
    event_add_note(usecase, "到第 %" PRIu64 " 号为止：%s", last, job->reason);
    return reply_say(usecase->reply, RESULT_OK,
                     "%s已重置：下一包是全量包就收，不论编号；以前的包（到第 %" PRIu64
                     " 号）不再收。请让它用 doudi export --full 重新报送。",
                     name, last);
}

enum result senders_reset(struct service *service, const struct caller *caller, const char *area,
                          const char *reason, struct reply *reply)
{
    char code[AREA_TEXT] = "";
    struct reset_job job = {.area = code, .reason = reason};
    const Rec__Area *sender = area_parse(area, code) == 0 ? cache_area(service->cache, code) : NULL;
    enum result result = service_check(service, caller, ACTION_SENDER_RESET, NULL, reply);

    if (result == 0 && (sender == NULL || strcmp(sender->parent, service_area(service)) != 0))
        result = reply_say(reply, RESULT_USAGE,
                           "%s 不是这里的下一级单位，请核对区划代码（doudi senders）。", area);
    if (result == 0)
        result = reason_check("reason", reason, "请写明重置的原因", reply);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_SENDER_RESET, code, reset_body, &job, reply);
    forget_chain(&job);
    return result;
}
