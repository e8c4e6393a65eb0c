/*
 * Findings that come from marks, persons and streets, not from visits.
 */
#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/ledger/duties.h"
#include "service/ledger/marks.h"
#include "service/lists/suspicion.h"
#include "service/memory/stored.h"

#include <stdlib.h>
#include <string.h>

/** A move in the last days of a month moves a missed visit to another village. */
enum { LAST_DAYS = 3 };

// ---- marks

static void add_mark(struct suspicion *suspicion, enum suspect_rule rule, size_t row,
                     const Rec__Mark *mark)
{
    struct str text = {0};

    marks_say_one(suspicion->usecase, suspicion->rows[row].duty->area, mark, &text);
    suspicion_add(suspicion, rule, row, date_of_time(mark->at), str_text(&text));
    str_free(&text);
}

static bool is_back(const Rec__Mark *mark)
{
    return *mark->new_ == '\0' && *mark->old != '\0';
}

static bool is_late_move(const struct suspicion *suspicion, const Rec__Mark *mark)
{
    day_t day = date_of_time(mark->at);

    return day > month_last(suspicion->month) - LAST_DAYS;
}

static void see_mark(struct suspicion *suspicion, size_t row, const Rec__Mark *mark)
{
    if (strcmp(mark->what, MARK_SINCE) == 0)
        add_mark(suspicion, SUSPECT_SINCE, row, mark);
    else if (strcmp(mark->what, MARK_EXIT) == 0 && is_back(mark))
        add_mark(suspicion, SUSPECT_EXIT_BACK, row, mark);
    else if (strcmp(mark->what, MARK_EXIT) == 0 && mark->closed)
        add_mark(suspicion, SUSPECT_EXIT_CLOSED, row, mark);
    else if (strcmp(mark->what, MARK_UNOWED) == 0 && is_back(mark))
        add_mark(suspicion, SUSPECT_SUPPORT_BACK, row, mark);
    else if (strcmp(mark->what, MARK_AREA) == 0 && is_late_move(suspicion, mark))
        add_mark(suspicion, SUSPECT_MOVED, row, mark);
}

/** Several moves within the month are one finding, at the last move. */
static void see_moves(struct suspicion *suspicion, size_t row, const Rec__Duty *duty)
{
    const Rec__Mark *last = marks_last(duty, MARK_AREA);
    size_t moves = 0;

    for (size_t i = 0; i < duty->n_marks; i++)
        moves += strcmp(duty->marks[i]->what, MARK_AREA) == 0;
    if (moves > 1 && !is_late_move(suspicion, last))
        add_mark(suspicion, SUSPECT_MOVED, row, last);
}

// ---- persons

static enum result see_person(struct suspicion *suspicion, size_t row, const Rec__Duty *duty)
{
    Rec__Person *person = NULL;
    enum result result = store_person_get(suspicion->usecase->txn, duty->person, &person);

    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_CORRUPT : result;
    if (*person->id_no == '\0')
        suspicion_add(suspicion, SUSPECT_NO_ID, row, 0, "在册但没有身份证号，请核实");
    rec__person__free_unpacked(person, NULL);
    return RESULT_OK;
}

/** By person, programme and first day: two stays of one person are neighbours. */
static int compare_stays(const void *a, const void *b)
{
    const struct suspicion_row *x = *(const struct suspicion_row *const *)a;
    const struct suspicion_row *y = *(const struct suspicion_row *const *)b;

    if (x->duty->person != y->duty->person)
        return x->duty->person < y->duty->person ? -1 : 1;
    int order = strcmp(x->duty->kind, y->duty->kind);
    return order != 0 ? order
                      : (x->duty->since > y->duty->since) - (x->duty->since < y->duty->since);
}

static void see_stay(struct suspicion *suspicion, const struct suspicion_row *before,
                     const struct suspicion_row *row)
{
    const Rec__Duty *was = before->duty;
    const Rec__Duty *is = row->duty;
    char left[DATE_TEXT];
    char since[DATE_TEXT];

    if (was->person != is->person || strcmp(was->kind, is->kind) != 0 ||
        strcmp(was->area, is->area) != 0 || is->present == 0)
        return;
    char *text = mem_printf("%s 退出（%s），%s 在本村又纳入", date_format(was->closed_on, left),
                            was->exit_reason, date_format(is->since, since));
    suspicion_add(suspicion, SUSPECT_AGAIN, (size_t)(row - suspicion->rows), is->since, text);
    free(text);
}

static void see_stays(struct suspicion *suspicion)
{
    size_t count = suspicion->row_count;
    const struct suspicion_row **order = mem_array(count, sizeof *order);

    for (size_t i = 0; i < count; i++)
        order[i] = &suspicion->rows[i];
    if (count > 1)
        qsort(order, count, sizeof *order, compare_stays);
    for (size_t i = 1; i < count; i++)
        see_stay(suspicion, order[i - 1], order[i]);
    free(order);
}

enum result suspicion_see_rows(struct suspicion *suspicion)
{
    enum result result = RESULT_OK;

    for (size_t row = 0; row < suspicion->row_count && result == 0; row++) {
        const Rec__Duty *duty = suspicion->rows[row].duty;
        for (size_t i = 0; i < duty->n_marks; i++)
            see_mark(suspicion, row, duty->marks[i]);
        see_moves(suspicion, row, duty);
        if (strcmp(duty->exit_reason, EXIT_IMPORT_UNDONE) == 0)
            suspicion_add(suspicion, SUSPECT_UNDONE, row, duty->closed_on, duty->exit_reason);
        result = see_person(suspicion, row, duty);
    }
    see_stays(suspicion);
    return result;
}

// ---- streets

static enum result see_street(const Rec__Area *area, void *arg)
{
    struct suspicion *suspicion = arg;
    struct usecase *usecase = suspicion->usecase;
    Rec__Statement *statement = NULL;
    enum month_state state;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result = usecase_month_state(usecase, suspicion->month, area->code, &state);
    if (result != 0 || state != MONTH_REOPENED)
        return result;
    result = store_statement_get(usecase->txn, suspicion->month, area->code, &statement);
    if (result != 0)
        return result;
    char *by = rows_officer_name_at(usecase, area->code, statement->reopened_by);
    char *text = mem_printf("%s重开：%s", by, statement->reopen_reason);
    suspicion_add(suspicion, SUSPECT_REOPENED, SUSPICION_NOBODY,
                  date_of_time(statement->reopened_at), text);
    struct suspicion_fact *fact = &suspicion->facts[suspicion->fact_count - 1];
    memcpy(fact->area, area->code, strnlen(area->code, AREA_TEXT - 1) + 1);
    free(text);
    free(by);
    rec__statement__free_unpacked(statement, NULL);
    return RESULT_OK;
}

enum result suspicion_see_streets(struct suspicion *suspicion, const char *prefix)
{
    return store_area_scan(suspicion->usecase->txn, prefix, see_street, suspicion);
}
