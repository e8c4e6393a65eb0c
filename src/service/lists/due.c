#include "service/lists/due.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/words.h"
#include "service/frame/record.h"
#include "service/ledger/opening.h"
#include "service/memory/stored.h"
#include "service/memory/totals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_DEFAULT = 150, PAGE_MAX = 5000 };

// ---- order

static int group_of(const struct duty_view *view)
{
    static const int by_state[] = {
        [DUTY_PENDING] = 2, [DUTY_MISSED] = 3,      [DUTY_REACHED] = 4,
        [DUTY_EXCUSED] = 5, [DUTY_NOT_COUNTED] = 6,
    };

    if (view->urgency == DUTY_OVERDUE)
        return 0;
    return view->urgency == DUTY_DUE_TODAY ? 1 : by_state[view->state];
}

static int tier_of(const struct service *service, const Rec__Duty *duty)
{
    const struct form *form = forms_get(service_forms(service), duty->kind);
    const struct form_tier *tier = form == NULL ? NULL : form_tier(form, duty->tier);

    return tier == NULL ? 0 : (int)(tier - form->visits.tiers);
}

void due_rows_add(const struct service *service, struct due_rows *rows, const Rec__Duty *duty,
                  const struct duty_view *view)
{
    mem_grow((void **)&rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    rows->items[rows->count++] = (struct due_row){
        .duty = record_copy(duty),
        .view = *view,
        .group = group_of(view),
        .tier = tier_of(service, duty),
    };
}

/* No subtraction: a row made from the client's text may hold any number, and a difference could
 * overflow. */
static int compare_ints(int x, int y)
{
    return x < y ? -1 : x > y;
}

static int compare_rows(const void *a, const void *b)
{
    const struct due_row *x = a;
    const struct due_row *y = b;

    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    int order = compare_ints(x->group, y->group);
    if (order == 0)
        order = compare_ints(y->view.overdue_days, x->view.overdue_days);
    if (order == 0)
        order = compare_ints(x->tier, y->tier);
    if (order == 0)
        order = compare_ints(x->view.due_on, y->view.due_on);
    if (order != 0)
        return order;
    return x->duty->case_id < y->duty->case_id ? -1 : x->duty->case_id > y->duty->case_id;
}

void due_rows_sort(struct due_rows *rows)
{
    if (rows->count > 1)
        qsort(rows->items, rows->count, sizeof *rows->items, compare_rows);
}

void due_rows_cut(struct due_rows *rows, size_t count)
{
    while (rows->count > count)
        rec__duty__free_unpacked(rows->items[--rows->count].duty, NULL);
}

void due_rows_free(struct due_rows *rows)
{
    due_rows_cut(rows, 0);
    free(rows->items);
    *rows = (struct due_rows){0};
}

// ---- cells

static void write_person(struct sheet *sheet, size_t row, const Rec__Person *person, bool full,
                         day_t today)
{
    char *masked = full ? mem_copy(person->id_no) : text_mask_id(person->id_no);

    sheet_set(sheet, row, "name", person->name);
    sheet_set(sheet, row, "id_no", masked);
    if (person->birth != 0)
        sheet_setf(sheet, row, "age", "%d", date_age(person->birth, today));
    sheet_set(sheet, row, "phone", person->phone);
    sheet_set(sheet, row, "address", person->address);
    sheet_setf(sheet, row, "person_id", "%" PRIu64, person->id);
    free(masked);
}

/** Who is visited too seldom in an open month is not 已访 on a list of what is to do. */
static void write_words(struct sheet *sheet, size_t row, const struct duty_view *view, int need)
{
    char words[DUTY_WORDS];

    if (view->state == DUTY_REACHED && view->urgency == DUTY_LATER && view->done < need &&
        view->due_on != 0)
        sheet_setf(sheet, row, "words", "还差 %d 次", need - view->done);
    else
        sheet_set(sheet, row, "words", duty_words(view, words));
}

static void write_view(struct sheet *sheet, size_t row, const struct duty_view *view, int need)
{
    char day[DATE_TEXT];

    sheet_setf(sheet, row, "done", "%d", view->done);
    sheet_set(sheet, row, "last_visit", date_format(view->last_visit, day));
    sheet_set(sheet, row, "due_on", date_format(view->due_on, day));
    sheet_set(sheet, row, "status", duty_status_name(view));
    write_words(sheet, row, view, need);
    sheet_setf(sheet, row, "attempts", "%d", view->attempts);
    sheet_set(sheet, row, "asked", view->asked ? "是" : "");
    sheet_set(sheet, row, "late", view->late ? "是" : "");
}

static void write_duty(struct sheet *sheet, size_t row, const Rec__Duty *duty)
{
    sheet_set(sheet, row, "area", duty->area);
    sheet_set(sheet, row, "kind", duty->kind);
    sheet_set(sheet, row, "tier", duty->tier);
    sheet_setf(sheet, row, "need", "%d", duty->need < 1 ? 1 : (int)duty->need);
    sheet_setf(sheet, row, "case_id", "%" PRIu64, duty->case_id);
    sheet_set(sheet, row, "type", duty->type);
    rows_excuse(sheet, row, duty);
}

/** The name read last: neighbouring rows mostly have the same officer. */
struct named {
    char *officer, *area, *name;
};

static const char *name_officer(struct usecase *usecase, struct named *named, const char *area,
                                const char *officer)
{
    if (named->name == NULL || strcmp(named->officer, officer) != 0 ||
        strcmp(named->area, area) != 0) {
        free(named->name);
        named->name = rows_officer_name_at(usecase, area, officer);
        mem_replace(&named->area, area);
        mem_replace(&named->officer, officer);
    }
    return named->name;
}

static enum result write_row(struct usecase *usecase, const struct due_row *item, bool full,
                             struct named *named, struct sheet *sheet)
{
    struct rows_subject subject = {0};
    enum result result = rows_subject_load(usecase, item->duty, &subject);

    if (result != 0)
        return result;
    size_t row = sheet_add_row(sheet);
    char *categories = rows_categories(&subject, usecase->today);

    sheet_set(sheet, row, "case_no", subject.record->number);
    sheet_set(sheet, row, "area_name",
              facts_area_name_in(usecase->service, item->duty->area, item->duty->month));
    sheet_set(sheet, row, "kind_name", rows_kind_name(usecase->service, item->duty->kind));
    sheet_set(sheet, row, "categories", categories);
    sheet_set(sheet, row, "officer",
              name_officer(usecase, named, item->duty->area, item->duty->officer));
    write_duty(sheet, row, item->duty);
    write_person(sheet, row, subject.person, full, usecase->today);
    write_view(sheet, row, &item->view, item->duty->need < 1 ? 1 : (int)item->duty->need);
    free(categories);
    rows_subject_free(&subject);
    return RESULT_OK;
}

/** Names who stands in today, beside the officers who are on leave. */
static enum result write_standins(struct usecase *usecase, const struct due_rows *rows,
                                  size_t first, struct sheet *sheet)
{
    struct roster roster = {0};
    enum result result = standin_load(usecase, usecase->today, &roster.standin);

    if (result == 0 && roster.standin.count > 0)
        result = roster_load(usecase, month_of(usecase->today), &roster);
    for (size_t i = 0; i < rows->count && result == 0 && roster.standin.count > 0; i++) {
        const Rec__Duty *duty = rows->items[i].duty;
        const char *key = roster_key(&roster, duty->area, duty->officer);
        const char *by = standin_of(&roster.standin, key);
        if (*by != '\0' && duty->month == month_of(usecase->today))
            sheet_set(sheet, first + i, "stand_in", roster_name(&roster, by));
    }
    roster_free(&roster);
    return result;
}

enum result due_rows_write(struct usecase *usecase, const struct due_rows *rows, bool full,
                           struct sheet *sheet)
{
    struct named named = {0};
    size_t first = sheet->row_count;
    enum result result = RESULT_OK;

    for (size_t i = 0; i < rows->count && result == 0; i++)
        result = write_row(usecase, &rows->items[i], full, &named, sheet);
    if (result == 0)
        result = write_standins(usecase, rows, first, sheet);
    free(named.officer);
    free(named.area);
    free(named.name);
    return result;
}

/** compare_rows() within a village, as a text: the more days overdue, the sooner. */
void due_rows_place(const struct due_rows *rows, struct sheet *sheet, size_t first)
{
    enum { MANY_DAYS = 9999999 };

    for (size_t i = 0; i < rows->count; i++) {
        const struct due_row *row = &rows->items[i];
        sheet_setf(sheet, first + i, "place", "%-12s%d%07d%02d%07d%020" PRIu64, row->duty->area,
                   row->group, MANY_DAYS - row->view.overdue_days, row->tier, (int)row->view.due_on,
                   row->duty->case_id);
    }
}

// ---- the list, village by village

/** Where a case stands in the order that is asked for. */
struct rank {
    uint64_t case_id;
    size_t place; /**< from 1 */
};

struct due_job {
    const struct due_query *query;
    struct rows_filter filter;
    struct rank *ranks; /**< by case; NULL if no order is asked for */
    uint32_t limit;
    struct usecase *usecase;
    bool any;                /**< a duty of the filter, wanted or not */
    struct due_place from;   /**< where the page begins */
    struct due_row from_row; /**< … as a row to compare with; its `duty` has the case's id only */
    Rec__Duty from_duty;
    struct due_rows village; /**< rows of the village being read */
    char area[AREA_TEXT];    /**< that village */
    char *before;            /**< key of the last row of the village before it */
    char *last;              /**< key of the last row read */
    struct sheet *sheet;
    struct due_place *next; /**< where the next page begins, NULL if it is whole */
};

struct due_place *due_place_copy(const struct due_place *from)
{
    size_t villages = strlen(from->villages) + 1, area = strlen(from->area) + 1;
    struct due_place *to = mem_new(sizeof *to + villages + area);
    char *texts = (char *)(to + 1);

    *to = *from;
    to->villages = memcpy(texts, from->villages, villages);
    to->area = memcpy(texts + villages, from->area, area);
    return to;
}

static void end_page(struct due_job *job, const struct due_row *row)
{
    job->next = due_place_copy(&(struct due_place){
        .villages = job->before,
        .area = job->area,
        .group = (uint32_t)row->group,
        .overdue_days = (uint32_t)row->view.overdue_days,
        .tier = (uint32_t)row->tier,
        .due_on = (uint32_t)row->view.due_on,
        .case_id = row->duty->case_id,
    });
}

/** Takes the place that whoever asks has sent, if it can be one. The key is checked where it is used. */
static enum result take_place(struct due_job *job, const struct due_place *behind)
{
    static const struct due_place start = {.villages = "", .area = ""};
    const struct due_place *from = behind != NULL ? behind : &start;
    bool numbers = from->group <= INT32_MAX && from->overdue_days <= INT32_MAX &&
                   from->tier <= INT32_MAX && from->due_on <= INT32_MAX;
    bool village = area_level(from->area) == AREA_VILLAGE && strlen(from->area) == AREA_TEXT - 1;

    if (!numbers || (from->area[0] != '\0' && !village))
        return RESULT_INVALID;
    job->from = *from;
    rec__duty__init(&job->from_duty);
    job->from_duty.case_id = from->case_id;
    job->from_row = (struct due_row){
        .duty = &job->from_duty,
        .view = {.overdue_days = (int)from->overdue_days, .due_on = (day_t)from->due_on},
        .group = (int)from->group,
        .tier = (int)from->tier,
    };
    return RESULT_OK;
}

/** Sorts the village just read and writes the rows that fit on the page. */
static enum result end_village(struct due_job *job)
{
    struct due_rows *rows = &job->village;
    bool whole = job->query->village != NULL;
    size_t room = whole ? rows->count : job->limit - job->sheet->row_count;
    size_t first = 0;

    due_rows_sort(rows);
    if (strcmp(job->area, job->from.area) == 0)
        while (first < rows->count && compare_rows(&rows->items[first], &job->from_row) <= 0)
            first++;
    struct due_rows part = {.count = rows->count - first, .items = rows->items + first};
    bool cut = part.count > room;
    if (cut)
        part.count = room;
    size_t before = job->sheet->row_count;
    enum result result = due_rows_write(job->usecase, &part, job->query->full, job->sheet);
    if (result == 0 && job->query->places)
        due_rows_place(&part, job->sheet, before);
    if (result == 0 && whole)
        result = job->query->village(job->usecase, &part, job->sheet, before, job->query->arg);
    if (cut)
        end_page(job, &part.items[room - 1]);
    due_rows_cut(rows, 0);
    mem_replace(&job->before, job->last);
    return result;
}

/* No subtraction here either. */
static int compare_ids(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return x < y ? -1 : x > y;
}

static int compare_ranks(const void *a, const void *b)
{
    const struct rank *x = a, *y = b;

    return compare_ids(&x->case_id, &y->case_id);
}

/** NULL without an order. */
static struct rank *make_ranks(const struct due_query *query)
{
    struct rank *ranks = NULL;

    if (query->village == NULL || query->order_count == 0)
        return NULL;
    ranks = mem_array(query->order_count, sizeof *ranks);
    for (size_t i = 0; i < query->order_count; i++)
        ranks[i] = (struct rank){.case_id = query->order[i], .place = i + 1};
    qsort(ranks, query->order_count, sizeof *ranks, compare_ranks);
    return ranks;
}

static size_t rank_of(const struct due_job *job, const Rec__Duty *duty)
{
    struct rank wanted = {.case_id = duty->case_id};

    if (job->ranks == NULL)
        return 0;
    const struct rank *found =
        bsearch(&wanted, job->ranks, job->query->order_count, sizeof *job->ranks, compare_ranks);
    return found != NULL ? found->place : SIZE_MAX;
}

static bool is_among(const struct due_query *query, const Rec__Duty *duty)
{
    return query->only == NULL || bsearch(&duty->case_id, query->only, query->only_count,
                                          sizeof *query->only, compare_ids) != NULL;
}

static bool is_wanted(const struct due_query *query, const struct duty_view *view)
{
    bool still = view->state == DUTY_MISSED || (view->state == DUTY_REACHED && view->due_on != 0);

    return query->all || view->state == DUTY_PENDING || (query->open && still);
}

void due_ids_sort(uint64_t *ids, size_t count)
{
    if (count > 1)
        qsort(ids, count, sizeof *ids, compare_ids);
}

static enum result due_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct due_job *job = arg;

    job->any = true;
    if (!is_wanted(job->query, view) || !is_among(job->query, duty))
        return RESULT_OK;
    if (job->last != NULL && strcmp(job->area, duty->area) != 0) {
        enum result result = end_village(job);
        if (result != 0)
            return result;
        if (job->next == NULL && job->sheet->row_count >= job->limit)
            job->next = due_place_copy(&(struct due_place){.villages = job->last, .area = ""});
        if (job->next != NULL)
            return (enum result)STORE_STOP;
    }
    memcpy(job->area, duty->area, strnlen(duty->area, AREA_TEXT - 1) + 1);
    free(job->last);
    job->last = store_duty_key_text(duty);
    due_rows_add(job->usecase->service, &job->village, duty, view);
    job->village.items[job->village.count - 1].rank = rank_of(job, duty);
    return RESULT_OK;
}

static enum result due_body(struct usecase *usecase, void *arg)
{
    struct due_job *job = arg;

    sheet_free(&job->sheet);
    free(job->next);
    job->next = NULL;
    job->sheet = column_sheet(job->query->village != NULL ? &COLUMNS_SHEET_MADE : &COLUMNS_DUE);
    job->usecase = usecase;
    job->any = false;
    mem_replace(&job->before, job->from.villages);
    enum result result = rows_say_known(usecase, job->filter.month, job->filter.area, job->sheet);
    if (result == 0)
        result = rows_scan(usecase, &job->filter, job->from.villages, due_row, job);
    if (result == 0 && job->village.count > 0)
        result = end_village(job);
    due_rows_free(&job->village);
    free(job->before);
    free(job->last);
    job->before = job->last = NULL;
    if (result == 0 && job->query->village != NULL && job->next != NULL)
        fields_set(&usecase->reply->values, "next", job->next->villages);
    /* Of a later page the rows may have gone meanwhile. */
    if (result == 0 && !job->any && job->query->behind == NULL)
        result = rows_officer_known(usecase, job->query->officer);
    return result;
}

enum result due_list(struct service *service, const struct caller *caller,
                     const struct due_query *query, struct sheet **ret_sheet,
                     struct due_place **ret_next, struct reply *reply)
{
    char area[AREA_TEXT];
    struct due_job job = {
        .query = query,
        .filter = {.area = area,
                   .kind = query->kind,
                   .officer = query->officer,
                   .standin = true,
                   .lent = query->area == NULL || *query->area == '\0'},
        .limit = query->limit == 0 || query->limit > PAGE_MAX ? PAGE_DEFAULT : query->limit,
    };
    bool typed = query->type != NULL && *query->type != '\0';

    job.filter.type = typed ? query->type : DUTY_TYPE_VISIT;
    job.ranks = make_ranks(query);
    enum result result = rows_query_area(service, caller, query->area, area, reply);
    if (result == 0)
        result = rows_query_kind(service, query->kind, reply);
    if (result == 0)
        result = rows_query_month(service, query->month, &job.filter.month, reply);
    if (result == 0)
        result = opening_await(service, job.filter.month, area, reply);
    if (result == 0)
        result = take_place(&job, query->behind);
    if (result == 0 && query->village != NULL)
        result = usecase_write(service, caller, ACTION_SHEET_MAKE, area, due_body, &job, reply);
    else if (result == 0)
        result = usecase_read(service, caller, query->full ? ACTION_PRINT : ACTION_DUE, area,
                              due_body, &job, reply);
    free(job.ranks);
    if (result != 0) {
        sheet_free(&job.sheet);
        free(job.next);
        return result;
    }
    *ret_sheet = job.sheet;
    *ret_next = job.next;
    return RESULT_OK;
}

// ---- what a visit changed of it

struct changed_job {
    const struct due_query *query;
    const struct rows_filter *filter;
    const struct visit_change *change;
    struct roster roster;
    struct sheet *sheet;
};

static bool is_listed(const struct usecase *usecase, struct changed_job *job,
                      const struct visit_changed *item)
{
    return area_contains(job->filter->area, item->duty->area) &&
           rows_right_duty(usecase->service, job->filter, &job->roster, item->duty) &&
           is_wanted(job->query, &item->view);
}

static enum result changed_body(struct usecase *usecase, void *arg)
{
    struct changed_job *job = arg;
    struct due_rows rows = {0};

    sheet_free(&job->sheet);
    job->sheet = column_sheet(&COLUMNS_DUE);
    enum result result = rows_load_roster(usecase, job->filter, &job->roster);
    for (size_t i = 0; result == 0 && i < job->change->count; i++)
        if (is_listed(usecase, job, &job->change->items[i]))
            due_rows_add(usecase->service, &rows, job->change->items[i].duty,
                         &job->change->items[i].view);
    due_rows_sort(&rows);
    if (result == 0)
        result = due_rows_write(usecase, &rows, false, job->sheet);
    if (result == 0)
        due_rows_place(&rows, job->sheet, 0);
    due_rows_free(&rows);
    roster_free(&job->roster);
    return result;
}

enum result due_list_changed(struct service *service, const struct caller *caller,
                             const struct due_query *query, const struct visit_change *change,
                             struct sheet **ret_sheet, struct reply *reply)
{
    char area[AREA_TEXT];
    struct rows_filter filter = {.area = area,
                                 .kind = query->kind,
                                 .officer = query->officer,
                                 .standin = true,
                                 .type = DUTY_TYPE_VISIT};
    struct changed_job job = {.query = query, .filter = &filter, .change = change};
    enum result result = rows_query_area(service, caller, query->area, area, reply);

    if (result == 0)
        result = usecase_read(service, caller, ACTION_DUE, area, changed_body, &job, reply);
    if (result == 0)
        *ret_sheet = job.sheet;
    else
        sheet_free(&job.sheet);
    return result;
}

uint64_t due_list_moves(struct service *service, const struct caller *caller, const char *area)
{
    return totals_moves(facts_totals(service), *area != '\0' ? area : caller->area);
}
