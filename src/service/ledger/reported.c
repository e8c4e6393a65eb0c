#include "service/ledger/reported.h"

#include "base/mem.h"
#include "base/month.h"
#include "base/str.h"
#include "service/ledger/roster.h"
#include "service/ledger/street.h"

#include <stdlib.h>
#include <string.h>

struct reported_scan {
    struct usecase *usecase;
    const struct rows_filter *filter;
    struct roster *roster; /**< NULL unless the filter names an officer */
    reported_fn each;
    void *arg;
    size_t closed;
    size_t open;
    struct str names; /**< names of the streets that have not closed the month */
    bool stopped;
};

/** More names than this do not fit a line. */
enum { NAMES_SHOWN = 8 };

static struct duty_view view_of(const Rec__StatementRow *row)
{
    struct duty_view view = {
        .fulfilled = row->fulfilled,
        .late = row->late,
        .reached_on = row->reached_on,
        .attempts = (int)row->attempts,
    };

    for (enum duty_state state = DUTY_PENDING; state <= DUTY_NOT_COUNTED; state++)
        if (strcmp(duty_state_name(state), row->state) == 0)
            view.state = state;
    view.owed =
        view.state == DUTY_REACHED || view.state == DUTY_MISSED || view.state == DUTY_PENDING;
    if (row->attempted && view.attempts == 0)
        view.attempts = 1;
    return view;
}

static enum result see_row(struct reported_scan *scan, const Rec__Statement *statement,
                           const Rec__StatementRow *row)
{
    const struct rows_filter *filter = scan->filter;
    struct reported_row reported = {statement, row, view_of(row)};

    if (!rows_right_kind(scan->usecase->service, filter, row->kind) ||
        !area_contains(filter->area, row->area))
        return RESULT_OK;
    if (scan->roster != NULL &&
        strcmp(roster_key(scan->roster, row->area, row->officer), filter->officer) != 0)
        return RESULT_OK;
    return scan->each(&reported, scan->arg);
}

static enum result see_statement(struct reported_scan *scan, const Rec__Statement *statement)
{
    enum result result = RESULT_OK;

    for (size_t i = 0; i < statement->n_rows && result == 0; i++)
        result = see_row(scan, statement, statement->rows[i]);
    return result;
}

static enum result note_open(struct reported_scan *scan, const Rec__Area *street)
{
    month_t month = scan->filter->month;
    bool has;
    enum result result = street_has_month(scan->usecase, street, month, &has);

    if (result == 0 && has && scan->open++ < NAMES_SHOWN)
        str_printf(&scan->names, "%s%s", scan->open > 1 ? "、" : "",
                   facts_area_name_in(scan->usecase->service, street->code, month));
    return result;
}

static enum result see_street(const Rec__Area *area, void *arg)
{
    struct reported_scan *scan = arg;
    Rec__Statement *statement = NULL;

    if (area_level_parse(area->level) != AREA_STREET)
        return RESULT_OK;
    enum result result =
        store_statement_get(scan->usecase->txn, scan->filter->month, area->code, &statement);
    if (result == RESULT_NOTFOUND)
        return note_open(scan, area);
    if (result != 0)
        return result;
    scan->closed++;
    result = see_statement(scan, statement);
    rec__statement__free_unpacked(statement, NULL);
    scan->stopped = result == (enum result)STORE_STOP;
    return result;
}

static enum result say_open(const struct reported_scan *scan, enum result result)
{
    struct usecase *usecase = scan->usecase;
    char month[MONTH_TEXT];

    month_format(scan->filter->month, month);
    if (result != 0 || scan->open == 0 || scan->stopped)
        return result;
    if (scan->closed == 0)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "%s 尚未月结，还没有上报数；请看现况数，或月结以后再看。", month);
    return reply_say(usecase->reply, RESULT_OK, "%s 尚未月结的镇街不在上报数内：%s%s。", month,
                     str_text(&scan->names), scan->open > NAMES_SHOWN ? "等" : "");
}

enum result reported_scan(struct usecase *usecase, const struct rows_filter *filter,
                          reported_fn each, void *arg)
{
    struct reported_scan scan = {.usecase = usecase, .filter = filter, .each = each, .arg = arg};
    struct roster roster = {0};
    char street[AREA_TEXT];
    char prefix[AREA_TEXT];
    enum result result = RESULT_OK;

    area_ancestor(filter->area, AREA_STREET, street);
    area_prefix(*street != '\0' ? street : filter->area, prefix);
    if (filter->officer != NULL && *filter->officer != '\0') {
        result = roster_load(usecase, filter->month, &roster);
        scan.roster = &roster;
    }
    if (result == 0)
        result = store_area_scan(usecase->txn, prefix, see_street, &scan);
    result = say_open(&scan, result);
    roster_free(&roster);
    str_free(&scan.names);
    return result;
}

char *reported_words(const struct reported_row *row)
{
    const Rec__StatementRow *of = row->row;
    char day[DATE_TEXT];

    if (*of->words != '\0')
        return mem_copy(of->words);
    /* Statements of the first version have no words. */
    if (of->reached_on != 0)
        return mem_printf("%s：%s", duty_state_label(row->view.state),
                          date_format(of->reached_on, day));
    return mem_copy(*of->reason != '\0' ? of->reason : duty_state_label(row->view.state));
}
