/*
 * compliance.csv of the bundle: the figures of every village, month and programme.
 *
 * A closed month has its reported figures (basis reported), and beside them today's known owed and
 * reached. A month that was never closed has basis known.
 */
#include "bundle/extract_files.h"

#include "base/month.h"
#include "service/ledger/duties.h"
#include "service/ledger/reported.h"
#include "service/memory/reading.h"
#include "service/memory/state.h"

#include <string.h>

static const char *const compliance_columns[] = {
    "month",     "kind",    "area",   "area_name", "owed",        "reached",
    "fulfilled", "pending", "missed", "excused",   "not_counted", "attempted",
    "late",      "rate",    "basis",  "version",   "known_owed",  "known_reached",
};

struct tally {
    struct usecase *usecase;
    struct extract_line line;
    month_t month;
    const char *kind;
    uint32_t kinds; /**< `kind` as a mask */
    struct totals *known, *reported;
    struct delta delta;
    char street[AREA_TEXT]; /**< the last street looked up, and its version */
    uint32_t version;
    enum result result;
};

static enum result count_reported(const struct reported_row *reported, void *arg)
{
    struct tally *tally = arg;
    struct totals_key key = {tally->month, reported->row->area, reported->row->kind, ""};

    delta_count(&tally->delta, &key, &reported->view, 1);
    return RESULT_OK;
}

/** The version of the street's last statement of the month, 0 = none. */
static enum result find_version(struct tally *tally, const char *area)
{
    struct usecase *usecase = tally->usecase;
    char street[AREA_TEXT];
    Rec__Statement *statement;

    area_ancestor(area, AREA_STREET, street);
    if (strcmp(street, tally->street) == 0)
        return RESULT_OK;
    memcpy(tally->street, street, sizeof tally->street);
    tally->version = 0;
    enum result result = store_statement_get(usecase->txn, tally->month, street, &statement);
    if (result != 0)
        return result == RESULT_NOTFOUND ? RESULT_OK : result;
    tally->version = statement->version;
    rec__statement__free_unpacked(statement, NULL);
    return RESULT_OK;
}

static void add_figures(struct extract_line *line, const struct figures *f)
{
    const uint64_t numbers[] = {f->owed,    f->reached,     f->fulfilled, f->pending, f->missed,
                                f->excused, f->not_counted, f->attempted, f->late};
    char rate[RATE_TEXT];

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        extract_number(line, (int64_t)numbers[i]);
    extract_text(line, rate_format(f->reached, f->owed, "", rate));
}

static void add_village(const char *key, const struct figures *known, void *arg)
{
    struct tally *tally = arg;
    struct extract_line *line = &tally->line;
    struct figures reported = {0};
    char month[MONTH_TEXT];

    if (tally->result == 0)
        tally->result = find_version(tally, key);
    if (tally->result != 0)
        return;
    totals_sum(tally->reported, tally->month, key, tally->kinds, &reported);
    extract_text(line, month_format(tally->month, month));
    extract_text(line, tally->kind);
    extract_text(line, key);
    extract_text(line, facts_area_name_in(tally->usecase->service, key, tally->month));
    add_figures(line, tally->version != 0 ? &reported : known);
    extract_text(line, tally->version != 0 ? "reported" : "known");
    extract_number(line, tally->version);
    extract_number(line, (int64_t)known->owed);
    extract_number(line, (int64_t)known->reached);
    tally->result = extract_send(line);
}

static void tally_kinds(struct tally *tally)
{
    const struct forms *forms = service_forms(tally->usecase->service);
    const struct form *form;

    for (size_t i = 0; (form = forms_programme(forms, i)) != NULL; i++) {
        tally->kind = form->kind;
        tally->kinds = totals_kinds(tally->known, form->kind);
        struct totals_ask ask = {
            .month = tally->month,
            .area = "",
            .kinds = tally->kinds,
            .by = TOTALS_BY_VILLAGE,
            .arg = tally,
        };
        totals_each(tally->known, &ask, add_village);
    }
}

static enum result tally_body(struct usecase *usecase, void *arg)
{
    struct tally *tally = arg;
    struct rows_filter filter = {
        .month = tally->month, .area = service_area(usecase->service), .type = DUTY_TYPE_VISIT};

    tally->usecase = usecase;
    tally->result = RESULT_OK;
    tally->street[0] = '\0';
    totals_begin(tally->reported, tally->month);
    enum result result = reported_scan(usecase, &filter, count_reported, tally);
    totals_apply(tally->reported, &tally->delta, NULL);
    delta_clear(&tally->delta);
    if (result != 0 && result != RESULT_NOTFOUND)
        return result;
    tally_kinds(tally);
    return tally->result;
}

/** Counts each month again, from the ledger. */
static enum result tally_month(struct service *service, struct tally *tally)
{
    struct caller system = facts_system(service);
    struct reply reply = {0};

    tally->known = totals_new(service_forms(service));
    tally->reported = totals_new(service_forms(service));
    enum result result = reading_read_month(service, tally->month, tally->known);
    if (result == 0)
        result = usecase_read(service, &system, ACTION_BOARD, NULL, tally_body, tally, &reply);
    totals_free(&tally->known);
    totals_free(&tally->reported);
    reply_free(&reply);
    return result;
}

static enum result compliance_rows(struct service *service, const struct extract_file *file,
                                   extract_row_fn row, void *arg)
{
    struct tally tally = {.line = {.row = row, .arg = arg, .columns = file->column_count}};
    enum result result = RESULT_OK;
    month_t last = facts_opened_month(service);

    for (tally.month = service_first_month(service); tally.month <= last && result == 0;
         tally.month++)
        result = tally_month(service, &tally);
    extract_line_free(&tally.line);
    return result;
}

EXTRACT_FILE(compliance, NULL, "探访率：每村每月每项业务一行；月结了的是上报数，旁边是现况数",
             "figures by village, month and programme: as reported for closed months, beside them "
             "as known",
             compliance_columns, .key_columns = 3, .rows = compliance_rows);
