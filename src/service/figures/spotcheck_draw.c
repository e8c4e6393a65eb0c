/*
 * Drawing.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/figures/spotcheck_record.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/ledger/opening.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** Somebody who can be drawn. */
struct candidate {
    uint8_t sum[DIGEST_SIZE];
    uint64_t case_id;
    day_t reached_on;
    char *case_no;
};

struct job {
    const struct spotcheck_query *query;
    struct spotcheck_key key;
    struct rows_filter filter;
    struct usecase *usecase;
    size_t count, capacity;
    struct candidate *items;
    Rec__Spotcheck *drawn;
};

static void free_candidates(struct job *job)
{
    for (size_t i = 0; i < job->count; i++)
        free(job->items[i].case_no);
    free(job->items);
    job->items = NULL;
    job->count = job->capacity = 0;
}

static void free_drawn(struct job *job)
{
    if (job->drawn != NULL)
        rec__spotcheck__free_unpacked(job->drawn, NULL);
    job->drawn = NULL;
}

// ---- who can be drawn

static enum result add_candidate(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct job *job = arg;
    Rec__Case *casefile = NULL;

    if (view->state != DUTY_REACHED)
        return RESULT_OK;
    enum result result = store_case_get(job->usecase->txn, duty->case_id, &casefile);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    mem_grow((void **)&job->items, job->count, &job->capacity, sizeof *job->items);
    struct candidate *item = &job->items[job->count++];
    *item = (struct candidate){.case_id = duty->case_id,
                               .reached_on = view->reached_on,
                               .case_no = mem_copy(casefile->number)};
    spotcheck_sum(job->query->seed, item->case_no, item->sum);
    rec__case__free_unpacked(casefile, NULL);
    return RESULT_OK;
}

static int compare_numbers(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->case_no, ((const struct candidate *)b)->case_no);
}

static int compare_sums(const void *a, const void *b)
{
    return memcmp(((const struct candidate *)a)->sum, ((const struct candidate *)b)->sum,
                  DIGEST_SIZE);
}

/** The sum of all case numbers: whether figures are still those of the draw. */
static void hash_population(struct job *job, uint8_t sum[DIGEST_SIZE])
{
    struct digest *digest = digest_new();

    qsort(job->items, job->count, sizeof *job->items, compare_numbers);
    for (size_t i = 0; i < job->count; i++) {
        digest_add(digest, job->items[i].case_no, strlen(job->items[i].case_no));
        digest_add(digest, "\n", 1);
    }
    digest_end(&digest, sum);
}

// ---- the rows of those who are drawn

static void add_visitor(Rec__SpotcheckRow *row, const char *visitor)
{
    for (size_t i = 0; i < row->n_visitors; i++)
        if (strcmp(row->visitors[i], visitor) == 0)
            return;
    if (*visitor == '\0')
        return;
    row->visitors = mem_resize(row->visitors, row->n_visitors + 1, sizeof *row->visitors);
    row->visitors[row->n_visitors++] = mem_copy(visitor);
}

/** Adds the visits that count, in words: "2026-10-05 电话 刘洋". */
static enum result add_visits(struct usecase *usecase, const Rec__Duty *duty,
                              Rec__SpotcheckRow *row)
{
    struct str text = {0};
    enum result result = RESULT_OK;

    for (size_t i = 0; i < duty->n_credits && result == 0; i++) {
        const Rec__Credit *credit = duty->credits[i];
        Rec__Visit *visit = NULL;
        char day[DATE_TEXT];
        result = store_visit_get(usecase->txn, duty->person, credit->date, credit->seq, &visit);
        if (result != 0)
            break;
        char *by = rows_officer_name_at(usecase, duty->area, visit->by);
        str_printf(&text, "%s%s %s %s%s", text.length > 0 ? "；" : "",
                   date_format(credit->date, day), visit->mode, by, credit->late ? "（补录）" : "");
        add_visitor(row, visit->by);
        add_visitor(row, visit->officer);
        free(by);
        rec__visit__free_unpacked(visit, NULL);
    }
    record_set(&row->visits, str_text(&text));
    str_free(&text);
    return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
}

static enum result fill_row(struct usecase *usecase, const Rec__Duty *duty, Rec__SpotcheckRow *row)
{
    struct rows_subject subject = {0};
    enum result result = rows_subject_load(usecase, duty, &subject);

    if (result == 0) {
        record_set(&row->name, subject.person->name);
        record_set(&row->area, duty->area);
        record_set(&row->kind, duty->kind);
        record_set(&row->officer, duty->officer);
        row->person = duty->person;
        add_visitor(row, duty->officer);
        result = add_visits(usecase, duty, row);
    }
    rows_subject_free(&subject);
    return result;
}

static enum result add_row(struct job *job, const struct candidate *from)
{
    Rec__SpotcheckRow *row = mem_new(sizeof *row);
    Rec__Case *casefile = NULL;
    Rec__Duty *duty = NULL;

    rec__spotcheck_row__init(row);
    job->drawn->rows[job->drawn->n_rows++] = row;
    row->case_id = from->case_id;
    row->reached_on = from->reached_on;
    record_set(&row->case_no, from->case_no);
    enum result result = store_case_get(job->usecase->txn, from->case_id, &casefile);
    if (result == 0)
        result = record_duty_find(job->usecase, casefile, job->key.month, DUTY_TYPE_VISIT, &duty);
    if (result == 0)
        result = duty != NULL ? fill_row(job->usecase, duty, row) : RESULT_CORRUPT;
    if (duty != NULL)
        rec__duty__free_unpacked(duty, NULL);
    if (casefile != NULL)
        rec__case__free_unpacked(casefile, NULL);
    return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
}

static void begin_record(struct job *job)
{
    Rec__Spotcheck *drawn = mem_new(sizeof *drawn);

    rec__spotcheck__init(drawn);
    record_set(&drawn->area, job->key.area);
    record_set(&drawn->kind, job->query->kind);
    record_set(&drawn->seed, job->query->seed);
    record_set(&drawn->drawn_by, job->usecase->caller->officer);
    drawn->month = job->key.month;
    drawn->share = job->query->share;
    drawn->at = job->usecase->now;
    drawn->population = (uint32_t)job->count;
    drawn->hash.data = mem_new(DIGEST_SIZE);
    drawn->hash.len = DIGEST_SIZE;
    hash_population(job, drawn->hash.data);
    job->drawn = drawn;
}

static enum result gather_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;

    free_candidates(job);
    free_drawn(job);
    job->usecase = usecase;
    enum result result = rows_scan(usecase, &job->filter, NULL, add_candidate, job);
    if (result != 0)
        return result;
    if (job->count == 0)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "这个月还没有已访的人，没有人可抽；请登记探访以后再抽。");
    begin_record(job);
    size_t count = spotcheck_count(job->count, job->query->share);
    qsort(job->items, job->count, sizeof *job->items, compare_sums);
    job->drawn->rows = mem_array(count, sizeof *job->drawn->rows);
    for (size_t i = 0; i < count && result == 0; i++)
        result = add_row(job, &job->items[i]);
    return result;
}

// ---- storing

static void say_draw(struct usecase *usecase, const Rec__Spotcheck *spotcheck)
{
    struct fields *values = &usecase->reply->values;
    char text[32];

    (void)snprintf(text, sizeof text, "%" PRIu32, spotcheck->number);
    fields_set(values, "number", text);
    (void)snprintf(text, sizeof text, "%" PRIu32, spotcheck->population);
    fields_set(values, "population", text);
    (void)snprintf(text, sizeof text, "%zu", spotcheck->n_rows);
    fields_set(values, "drawn", text);
}

struct repeated {
    const Rec__Spotcheck *wanted;
    Rec__Spotcheck *found;
    uint32_t last;
};

static enum result match_draw(const Rec__Spotcheck *spotcheck, void *arg)
{
    struct repeated *repeated = arg;
    const Rec__Spotcheck *wanted = repeated->wanted;

    if (spotcheck->month != wanted->month)
        return RESULT_OK;
    repeated->last = spotcheck->number;
    if (repeated->found == NULL && spotcheck->share == wanted->share &&
        strcmp(spotcheck->seed, wanted->seed) == 0 && strcmp(spotcheck->kind, wanted->kind) == 0)
        repeated->found = record_copy(spotcheck);
    return RESULT_OK;
}

static bool same_people(const Rec__Spotcheck *a, const Rec__Spotcheck *b)
{
    return a->hash.len == b->hash.len && memcmp(a->hash.data, b->hash.data, a->hash.len) == 0;
}

/** The draw of this seed is there: nothing is drawn again. */
static enum result answer_again(struct usecase *usecase, const Rec__Spotcheck *found,
                                const Rec__Spotcheck *now)
{
    char stamp[STAMP_TEXT];

    spotcheck_name_event(usecase, found);
    event_add_note(usecase, "种子相同，没有再抽");
    say_draw(usecase, found);
    date_format_stamp(found->at, stamp);
    if (same_people(found, now))
        return reply_say(usecase->reply, RESULT_OK,
                         "%s 已按这个种子抽过（第 %" PRIu32 " 次），今天重抽，结果相同。", stamp,
                         found->number);
    return reply_say(usecase->reply, RESULT_OK,
                     "%s 已按这个种子抽过（第 %" PRIu32
                     " 次），名单仍是当时的；其后已访的人有变化，"
                     "当时 %" PRIu32 " 人，现在 %" PRIu32 " 人。",
                     stamp, found->number, found->population, now->population);
}

static enum result put_draw(struct usecase *usecase, Rec__Spotcheck *drawn)
{
    char month[MONTH_TEXT];
    enum result result = store_spotcheck_put(usecase->txn, drawn);

    if (result != 0)
        return result;
    spotcheck_name_event(usecase, drawn);
    event_add_note(
        usecase, "第 %" PRIu32 " 次抽查：种子 %s，抽 %" PRIu32 "%%，已访 %" PRIu32 " 人中抽 %zu 人",
        drawn->number, drawn->seed, drawn->share, drawn->population, drawn->n_rows);
    say_draw(usecase, drawn);
    return reply_say(
        usecase->reply, RESULT_OK,
        "%s %s 第 %" PRIu32 " 次抽查：已访 %" PRIu32 " 人，抽 %" PRIu32 "%%，%zu 人。%s",
        service_area_name(usecase->service, drawn->area), month_format(drawn->month, month),
        drawn->number, drawn->population, drawn->share, drawn->n_rows,
        drawn->number > 1 ? "这个月以前抽过，前几次留在抽查记录里。" : "");
}

static enum result draw_body(struct usecase *usecase, void *arg)
{
    struct job *job = arg;
    struct repeated repeated = {.wanted = job->drawn};
    enum result result = store_spotcheck_scan(usecase->txn, job->key.area, match_draw, &repeated);

    if (result == 0 && repeated.found != NULL) {
        result = answer_again(usecase, repeated.found, job->drawn);
    } else if (result == 0) {
        job->drawn->number = repeated.last + 1;
        result = put_draw(usecase, job->drawn);
    }
    if (repeated.found != NULL)
        rec__spotcheck__free_unpacked(repeated.found, NULL);
    return result;
}

static enum result check_query(const struct spotcheck_query *query, struct reply *reply)
{
    if (query->share < 1 || query->share > SPOTCHECK_SHARE_MAX)
        return reply_say(reply, RESULT_USAGE, "抽查比例（--share）应为 1 至 100 的整数，如 30。");
    if (!spotcheck_seed_valid(query->seed))
        return reply_say(reply, RESULT_USAGE,
                         "请写种子（--seed）：1 至 40 个字，不含空格和逗号；由多方当场定下。");
    return RESULT_OK;
}

enum result spotcheck_draw(struct service *service, const struct caller *caller,
                           const struct spotcheck_query *query, struct reply *reply)
{
    struct job job = {.query = query};
    enum result result = check_query(query, reply);

    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = spotcheck_key_read(service, caller, query, &job.key, reply);
    if (result == 0)
        result = opening_await(service, job.key.month, job.key.area, reply);
    job.filter = (struct rows_filter){.month = job.key.month,
                                      .area = job.key.area,
                                      .kind = query->kind,
                                      .rate_only = true,
                                      .type = DUTY_TYPE_VISIT};
    if (result == 0)
        result = usecase_read(service, caller, ACTION_SPOTCHECK_DRAW, job.key.area, gather_body,
                              &job, reply);
    if (result == 0)
        result = usecase_write(service, caller, ACTION_SPOTCHECK_DRAW, job.key.area, draw_body,
                               &job, reply);
    free_candidates(&job);
    free_drawn(&job);
    return result;
}
