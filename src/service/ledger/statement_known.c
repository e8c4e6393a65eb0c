#include "service/ledger/statement_known.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/frame/event.h"
#include "service/ledger/duties.h"
#include "service/ledger/marks.h"
#include "service/ledger/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct job {
    struct usecase *usecase;
    const Rec__Statement *statement;
    uint32_t micros;                /**< of the second of its closing */
    const Rec__StatementRow **rows; /**< by case id */
    struct rows_filter rates;       /**< the programmes of the 月探访率 */
    struct statement_known *known;
};

// ---- what changed

struct changes {
    struct usecase *usecase;
    const char *area; /**< of the duty, for the names of officers */
    int64_t after;
    uint32_t micros; /**< of that second */
    struct str text;
};

// ---- before the closing or after it

/** A moment that is looked for among the events of a record. */
struct moment {
    int64_t at;
    const char *action; /**< "" = any */
    bool found;
    uint32_t micros; /**< of the last event in that second */
};

static enum result see_moment(const Rec__Event *event, void *arg)
{
    struct moment *moment = arg;
    uint32_t micros = event_micros(event);

    if (event->at != moment->at || event->result != 0 ||
        (*moment->action != '\0' && strcmp(event->action, moment->action) != 0))
        return RESULT_OK;
    moment->micros = moment->found && moment->micros > micros ? moment->micros : micros;
    moment->found = true;
    return RESULT_OK;
}

/** The microsecond at which the statement was made: a record has only seconds, and what was entered
 *  before the closing and after it may have the same one. */
static enum result closing_micros(struct usecase *usecase, const Rec__Statement *statement,
                                  uint32_t *ret_micros)
{
    struct moment moment = {.at = statement->closed_at,
                            .action = access_find(ACTION_MONTH_CLOSE)->id};
    char month[MONTH_TEXT];
    char *record =
        mem_printf("month:%s:%s", month_format(statement->month, month), statement->area);
    enum result result = store_event_of_record(usecase->txn, record, see_moment, &moment);

    free(record);
    *ret_micros = moment.micros;
    return result;
}

/** Whether the visit was entered, or voided, after the closing. */
static enum result is_after(const struct changes *changes, const Rec__Visit *visit, int64_t at,
                            bool *ret_after)
{
    struct moment moment = {.at = at, .action = ""};
    char day[DATE_TEXT];

    *ret_after = at > changes->after;
    if (at != changes->after)
        return RESULT_OK;
    char *record = mem_printf("visit:%" PRIu64 ":%s:%" PRIu32, visit->person,
                              date_format(visit->date, day), visit->seq);
    enum result result = store_event_of_record(changes->usecase->txn, record, see_moment, &moment);
    free(record);
    *ret_after = moment.found && moment.micros > changes->micros;
    return result;
}

// ---- what changed, in words

/** Begins a change: "2026-11-03 张敏". */
static void begin_change(struct changes *changes, int64_t at, const char *officer)
{
    char *by = rows_officer_name_at(changes->usecase, changes->area, officer);
    char stamp[STAMP_TEXT];

    str_printf(&changes->text, "%s%.10s %s", changes->text.length > 0 ? "；" : "",
               date_format_stamp(at, stamp), by);
    free(by);
}

static enum result say_visit(const Rec__Visit *visit, void *arg)
{
    struct changes *changes = arg;
    char day[DATE_TEXT];
    bool entered = false, voided = false;
    enum result result = is_after(changes, visit, visit->at, &entered);

    if (result == 0 && visit->voided != NULL)
        result = is_after(changes, visit, visit->voided->at, &voided);
    date_format(visit->date, day);
    if (entered) {
        begin_change(changes, visit->at, visit->officer);
        str_printf(&changes->text, "%s %s %s%s", visit->replaces != 0 ? "更正为" : "登记", day + 5,
                   visit->mode, visit->result);
    }
    if (voided) {
        begin_change(changes, visit->voided->at, visit->voided->by);
        str_printf(&changes->text, "作废 %s %s（%s）", day + 5, visit->mode, visit->voided->reason);
    }
    return result;
}

static void say_excuse(struct changes *changes, const Rec__Excuse *excuse)
{
    if (excuse == NULL)
        return;
    if (excuse->decided_at > changes->after) {
        begin_change(changes, excuse->decided_at, excuse->decided_by);
        str_printf(&changes->text, "审批免访（%s）", excuse->reason);
    }
    if (excuse->revoked_at > changes->after) {
        begin_change(changes, excuse->revoked_at, excuse->revoked_by);
        str_printf(&changes->text, "撤销免访（%s）", excuse->revoked_note);
    }
}

static void say_marks(struct changes *changes, const Rec__Duty *duty)
{
    for (size_t i = 0; i < duty->n_marks; i++) {
        const Rec__Mark *mark = duty->marks[i];
        if (mark->at < changes->after || (mark->at == changes->after && !mark->closed))
            continue;
        str_add(&changes->text, changes->text.length > 0 ? "；" : "");
        marks_say_one(changes->usecase, duty->area, duty->marks[i], &changes->text);
    }
}

static enum result say_event(const Rec__Event *event, void *arg)
{
    struct changes *changes = arg;
    const struct access_action *action = access_find_id(event->action);

    bool after = event->at > changes->after ||
                 (event->at == changes->after && event_micros(event) > changes->micros);
    if (!after || event->result != 0 || event->n_changes == 0)
        return RESULT_OK;
    begin_change(changes, event->at, event->officer);
    str_add(&changes->text, action != NULL ? action->label : event->action);
    return RESULT_OK;
}

/** The events of the case and the person, for a change that no record explains. */
static enum result say_events(struct changes *changes, const Rec__Duty *duty)
{
    char *of_case = mem_printf("case:%" PRIu64, duty->case_id);
    char *of_person = mem_printf("person:%" PRIu64, duty->person);
    struct txn *txn = changes->usecase->txn;
    enum result result = store_event_of_record(txn, of_case, say_event, changes);

    if (result == 0)
        result = store_event_of_record(txn, of_person, say_event, changes);
    free(of_case);
    free(of_person);
    return result;
}

/** Never empty: a change that nothing explains is still said. New string. */
static enum result say_changes(struct job *job, const Rec__Duty *duty, char **ret_text)
{
    struct changes changes = {.usecase = job->usecase,
                              .area = duty->area,
                              .after = job->statement->closed_at,
                              .micros = job->micros};
    enum result result = store_visit_scan(job->usecase->txn, duty->person, month_first(duty->month),
                                          month_last(duty->month), say_visit, &changes);

    say_excuse(&changes, duty->excuse);
    say_marks(&changes, duty);
    if (result == 0 && changes.text.length == 0)
        result = say_events(&changes, duty);
    if (changes.text.length == 0)
        str_add(&changes.text, "有变动，见个案日志");
    if (result == 0)
        *ret_text = str_take(&changes.text);
    else
        str_free(&changes.text);
    return result;
}

// ---- rows

static int compare_rows(const void *a, const void *b)
{
    const Rec__StatementRow *x = *(const Rec__StatementRow *const *)a;
    const Rec__StatementRow *y = *(const Rec__StatementRow *const *)b;

    return x->case_id < y->case_id ? -1 : x->case_id > y->case_id;
}

static const Rec__StatementRow *find_row(const struct job *job, uint64_t case_id)
{
    size_t low = 0;
    size_t high = job->statement->n_rows;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (job->rows[middle]->case_id < case_id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < job->statement->n_rows && job->rows[low]->case_id == case_id ? job->rows[low]
                                                                              : NULL;
}

/** True if the person stands otherwise than on the statement. Statements of the first version have
 *  no words. */
static bool differs(const struct statement_known_row *row)
{
    return row->row == NULL || strcmp(row->row->state, row->state) != 0 ||
           (*row->row->words != '\0' && strcmp(row->row->words, row->reason) != 0);
}

static enum result name_row(struct job *job, const Rec__Duty *duty, struct statement_known_row *row)
{
    struct rows_subject subject = {0};
    enum result result = rows_subject_load(job->usecase, duty, &subject);

    if (result == 0) {
        row->case_no = mem_copy(subject.record->number);
        row->name = mem_copy(subject.person->name);
        row->area = mem_copy(duty->area);
        row->kind = mem_copy(duty->kind);
        row->officer = mem_copy(duty->officer);
    }
    rows_subject_free(&subject);
    return result;
}

static enum result add_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    struct job *job = arg;
    struct statement_known *known = job->known;

    mem_grow((void **)&known->items, known->count, &known->capacity, sizeof *known->items);
    struct statement_known_row *row = &known->items[known->count++];
    *row = (struct statement_known_row){.row = find_row(job, duty->case_id),
                                        .case_id = duty->case_id,
                                        .state = duty_state_name(view->state),
                                        .words = duty_state_words(duty_state_name(view->state))};
    if (rows_right_kind(job->usecase->service, &job->rates, duty->kind)) {
        known->owed += view->owed;
        known->reached += view->state == DUTY_REACHED;
    }
    enum result result = rows_reason(job->usecase, duty, view, &row->reason);
    if (result == 0 && row->row == NULL)
        result = name_row(job, duty, row);
    if (result == 0 && differs(row)) {
        known->changed++;
        result = say_changes(job, duty, &row->since);
    }
    return result;
}

static void count_reported(struct job *job)
{
    const Rec__Statement *statement = job->statement;

    for (size_t i = 0; i < statement->n_rows; i++) {
        const Rec__StatementRow *row = statement->rows[i];
        bool reached = strcmp(row->state, duty_state_name(DUTY_REACHED)) == 0;
        if (!rows_right_kind(job->usecase->service, &job->rates, row->kind))
            continue;
        job->known->reported_reached += reached;
        job->known->reported_owed +=
            reached || strcmp(row->state, duty_state_name(DUTY_MISSED)) == 0;
    }
}

enum result statement_known_load(struct usecase *usecase, const Rec__Statement *statement,
                                 struct statement_known *known)
{
    struct job job = {.usecase = usecase, .statement = statement, .known = known};
    struct rows_filter all = {
        .month = statement->month, .area = statement->area, .type = DUTY_TYPE_VISIT};

    job.rates.rate_only = true;
    job.rows = mem_array(statement->n_rows + 1, sizeof *job.rows);
    for (size_t i = 0; i < statement->n_rows; i++)
        job.rows[i] = statement->rows[i];
    qsort(job.rows, statement->n_rows, sizeof *job.rows, compare_rows);
    count_reported(&job);
    enum result result = closing_micros(usecase, statement, &job.micros);
    if (result == 0)
        result = rows_scan(usecase, &all, NULL, add_row, &job);
    free(job.rows);
    return result;
}

const struct statement_known_row *statement_known_find(struct statement_known *known,
                                                       const Rec__StatementRow *row)
{
    for (size_t i = 0; i < known->count; i++) {
        size_t at = (known->next + i) % known->count;
        if (known->items[at].row != row)
            continue;
        known->next = at + 1;
        return &known->items[at];
    }
    return NULL;
}

void statement_known_free(struct statement_known *known)
{
    for (size_t i = 0; i < known->count; i++) {
        struct statement_known_row *row = &known->items[i];
        char *const texts[] = {row->case_no, row->name,   row->area, row->kind,
                               row->officer, row->reason, row->since};
        for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++)
            free(texts[k]);
    }
    free(known->items);
    *known = (struct statement_known){0};
}
