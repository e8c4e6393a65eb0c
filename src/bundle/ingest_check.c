#include "bundle/ingest_check.h"

#include "base/ids.h"
#include "base/mem.h"
#include "base/month.h"
#include "base/paths.h"
#include "base/plain.h"
#include "base/text.h"
#include "bundle/ingest_rounds.h"
#include "bundle/intake.h"
#include "bundle/rowfile.h"
#include "domain/area.h"
#include "domain/rate.h"
#include "service/frame/record.h"
#include "service/ledger/reported.h"
#include "service/ledger/statement.h"
#include "service/memory/judge.h"
#include "service/memory/state.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const FIGURES[] = {"month",   "kind",        "area",         "owed",
                                      "reached", "fulfilled",   "pending",      "missed",
                                      "excused", "not_counted", "attempted",    "late",
                                      "version", "known_owed",  "known_reached"};

enum { MONTH, KIND, AREA, OWED, VERSION = 12, KNOWN_OWED, KNOWN_REACHED, PROGRAMMES = 32 };

enum { SENT_BYTES = 21 /* of a figure that a sender wrote, with the NUL */ };

struct checking {
    struct ingest_check *check;
    struct usecase *usecase;
    struct decoder decoder;
    struct intake *duties;
    struct rowfile *figures;
    const char *const *row; /**< the next row of compliance.csv, NULL at the end */
    char *message;
    month_t month;
    struct duty_rules rules;
    struct totals *known, *reported;
    struct delta delta;
};

// ---- differences

static bool is_same(const Rec__BundleDifference *listed,
                    const struct receipt_difference *difference, const char *names)
{
    const char *const pairs[][2] = {
        {listed->figure, difference->figure},
        {listed->area, difference->area},
        {listed->kind, difference->kind},
        {listed->sent, difference->sent},
        {listed->names, names},
        {listed->computed, difference->computed},
    };
    bool same = listed->month == difference->month;

    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0] && same; i++)
        same = strcmp(pairs[i][0], pairs[i][1]) == 0;
    return same;
}

/** True if a line says just this: the sender wrote a row twice. */
static bool is_listed(const Rec__Bundle *bundle, const struct receipt_difference *difference,
                      const char *names)
{
    size_t i = 0;

    while (i < bundle->n_listed && !is_same(bundle->listed[i], difference, names))
        i++;
    return i < bundle->n_listed;
}

void ingest_check_differ(struct ingest_check *check, struct receipt_difference *difference,
                         const char *names)
{
    Rec__Bundle *bundle = check->bundle;

    if (is_listed(bundle, difference, names))
        return;
    if (*difference->case_no == '\0') /* the names of people stay here */
        plain_fill(difference->note, sizeof difference->note, names);
    receipt_add_difference(check->receipt, difference);
    bundle->differences++;
    if (bundle->n_listed >= RECEIPT_LIST)
        return;
    Rec__BundleDifference *listed = mem_new(sizeof *listed);
    rec__bundle_difference__init(listed);
    record_set(&listed->figure, difference->figure);
    record_set(&listed->area, difference->area);
    record_set(&listed->kind, difference->kind);
    record_set(&listed->sent, difference->sent);
    record_set(&listed->computed, difference->computed);
    record_set(&listed->names, names);
    record_set(&listed->case_no, difference->case_no);
    listed->month = difference->month;
    bundle->listed =
        mem_resize(bundle->listed, bundle->n_listed + 1, sizeof(Rec__BundleDifference *));
    bundle->listed[bundle->n_listed++] = listed;
}

static void differ(struct checking *checking, struct receipt_difference *difference,
                   const char *names)
{
    ingest_check_differ(checking->check, difference, names);
}

static struct receipt_difference make(const struct checking *checking, const char *figure,
                                      const char *area, const char *kind)
{
    struct receipt_difference difference = {.month = checking->month};

    snprintf(difference.figure, sizeof difference.figure, "%s", figure);
    /* The sender could not read a receipt with another text. */
    if (strlen(area) == AREA_TEXT - 1 && text_is_digits(area))
        memcpy(difference.area, area, sizeof difference.area);
    plain_fill(difference.kind, sizeof difference.kind, kind);
    return difference;
}

// ---- duties

/** "王桂兰（211103001…）"; new string. */
static char *name_case(struct checking *checking, uint64_t case_id, char number[RECEIPT_CASE])
{
    Rec__Case *record = NULL;
    Rec__Person *person = NULL;
    char *words = NULL;

    if (store_case_get(checking->usecase->txn, case_id, &record) != 0) {
        snprintf(number, RECEIPT_CASE, "%" PRIu64, case_id);
        return mem_copy(number);
    }
    plain_fill(number, RECEIPT_CASE, record->number);
    if (store_person_get(checking->usecase->txn, record->person, &person) == 0) {
        words = mem_printf("%s（%s）", person->name, record->number);
        rec__person__free_unpacked(person, NULL);
    }
    rec__case__free_unpacked(record, NULL);
    return words != NULL ? words : mem_copy(number);
}

/** A duty's state, or a number of it, with the case. */
struct duty_differs {
    const char *figure;
    char sent[RECEIPT_NAME], computed[RECEIPT_NAME];
};

static void differ_in(struct checking *checking, const Rec__Duty *duty,
                      const struct duty_differs *differs)
{
    struct receipt_difference difference = make(checking, differs->figure, duty->area, duty->kind);
    char *names = NULL;

    if (strcmp(differs->sent, differs->computed) == 0)
        return;
    names = name_case(checking, duty->case_id, difference.case_no);
    memcpy(difference.sent, differs->sent, sizeof difference.sent);
    memcpy(difference.computed, differs->computed, sizeof difference.computed);
    differ(checking, &difference, names);
    free(names);
}

static void differ_duty(struct checking *checking, const Rec__Duty *duty,
                        const struct duty_view *view, const struct intake_verdict *verdict)
{
    bool review = strcmp(duty->type, DUTY_TYPE_REVIEW) == 0;
    struct duty_differs state = {.figure = review ? DUTY_TYPE_REVIEW : "state"};
    struct duty_differs late = {.figure = "late"}, attempts = {.figure = "attempted"};
    char words[SENT_BYTES];

    plain_fill(words, sizeof words, verdict->state);
    snprintf(state.sent, sizeof state.sent, "%s%s", words, verdict->fulfilled ? "+" : "");
    snprintf(state.computed, sizeof state.computed, "%.20s%s", duty_state_name(view->state),
             view->fulfilled ? "+" : "");
    snprintf(late.sent, sizeof late.sent, "%d", verdict->late);
    snprintf(late.computed, sizeof late.computed, "%d", view->late);
    snprintf(attempts.sent, sizeof attempts.sent, "%" PRIu32, verdict->attempts);
    snprintf(attempts.computed, sizeof attempts.computed, "%d", view->attempts);
    differ_in(checking, duty, &state);
    differ_in(checking, duty, &late);
    differ_in(checking, duty, &attempts);
}

/** The stored rows and those of the bundle are the same ones, in the same order. */
static enum result compare_duty(const Rec__Duty *duty, void *arg)
{
    struct checking *checking = arg;
    const void *sent = NULL;
    enum result result = intake_next(&sent, checking->duties);

    if (result != 0 || sent == NULL || ((const Rec__Duty *)sent)->case_id != duty->case_id)
        return result != 0 ? result : RESULT_AGAIN; /* another bundle has come meanwhile */
    struct intake_verdict verdict = intake_verdict(checking->duties);
    struct duty_view view = judge_duty(duty, &checking->rules, checking->usecase->today);
    if (strcmp(verdict.state, duty_state_name(view.state)) != 0 ||
        verdict.fulfilled != view.fulfilled || verdict.late != view.late ||
        verdict.attempts != (uint32_t)view.attempts)
        differ_duty(checking, duty, &view, &verdict);
    if (strcmp(duty->type, DUTY_TYPE_VISIT) == 0)
        totals_count(checking->known, &(struct totals_key){duty->month, duty->area, duty->kind, ""},
                     &view, 1);
    return RESULT_OK;
}

static enum result check_statement(const Rec__Statement *statement, void *arg)
{
    struct checking *checking = arg;
    uint8_t sum[DIGEST_SIZE];

    statement_hash(statement, sum);
    if (statement->hash.len == sizeof sum && memcmp(statement->hash.data, sum, sizeof sum) == 0)
        return RESULT_OK;
    struct receipt_difference difference = make(checking, "statement", statement->area, "");
    snprintf(difference.sent, sizeof difference.sent, "第 %" PRIu32 " 版", statement->version);
    snprintf(difference.computed, sizeof difference.computed, "校验值不符");
    differ(checking, &difference, "");
    return RESULT_OK;
}

static enum result count_reported(const struct reported_row *reported, void *arg)
{
    struct checking *checking = arg;
    struct totals_key key = {checking->month, reported->row->area, reported->row->kind, ""};

    delta_count(&checking->delta, &key, &reported->view, 1);
    return RESULT_OK;
}

static enum result read_month(struct checking *checking)
{
    struct txn *txn = checking->usecase->txn;
    const char *prefix = checking->decoder.prefix;
    struct rows_filter filter = {.month = checking->month, .area = prefix, .type = DUTY_TYPE_VISIT};
    struct reply *reply = checking->usecase->reply;

    checking->rules = facts_duty_rules(checking->usecase->service, checking->month);
    totals_begin(checking->known, checking->month);
    totals_begin(checking->reported, checking->month);
    enum result result =
        store_duty_scan(txn, checking->month, prefix, NULL, compare_duty, checking);
    if (result == 0)
        result = store_statement_scan(txn, checking->month, prefix, check_statement, checking);
    if (result != 0)
        return result;
    result = reported_scan(checking->usecase, &filter, count_reported, checking);
    totals_apply(checking->reported, &checking->delta, NULL);
    delta_clear(&checking->delta);
    reply_free(reply);
    return result == RESULT_NOTFOUND ? RESULT_OK : result;
}

// ---- compliance.csv

/** Tells of a place that the sender wrote in a way that no receipt can repeat. */
static void differ_place(struct checking *checking, struct receipt_difference *difference)
{
    char *place = *difference->area == '\0' ? mem_printf("区划写的是“%.60s”", checking->row[AREA])
                                            : mem_copy("");

    differ(checking, difference, place);
    free(place);
}

static void compare_figure(struct checking *checking, size_t column, uint64_t computed)
{
    const char *const *row = checking->row;
    struct receipt_difference difference = make(checking, FIGURES[column], row[AREA], row[KIND]);

    snprintf(difference.computed, sizeof difference.computed, "%" PRIu64, computed);
    if (strcmp(row[column], difference.computed) == 0)
        return;
    plain_fill(difference.sent, SENT_BYTES, row[column]);
    differ_place(checking, &difference);
}

static void compare_row(struct checking *checking)
{
    const char *const *row = checking->row;
    uint32_t kinds = totals_kinds(checking->known, row[KIND]);
    struct figures known = {0}, reported = {0};

    if (kinds == 0 || *row[KIND] == '\0') {
        struct receipt_difference difference = make(checking, "kind", row[AREA], row[KIND]);
        plain_fill(difference.sent, SENT_BYTES, row[OWED]);
        differ(checking, &difference, "接收单位没有这项业务的文件，补上后再收一次");
        return;
    }
    totals_sum(checking->known, checking->month, row[AREA], kinds, &known);
    totals_sum(checking->reported, checking->month, row[AREA], kinds, &reported);
    const struct figures *is = strcmp(row[VERSION], "0") != 0 ? &reported : &known;
    const uint64_t numbers[] = {is->owed,        is->reached,   is->fulfilled,
                                is->pending,     is->missed,    is->excused,
                                is->not_counted, is->attempted, is->late};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        compare_figure(checking, OWED + i, numbers[i]);
    compare_figure(checking, KNOWN_OWED, known.owed);
    compare_figure(checking, KNOWN_REACHED, known.reached);
}

/** What the rows of the month say of each programme: villages that the sender left out show here. */
static void compare_sums(struct checking *checking, const uint64_t sent[PROGRAMMES])
{
    const struct forms *forms = service_forms(checking->usecase->service);
    const struct form *form;

    for (size_t i = 0; i < PROGRAMMES && (form = forms_programme(forms, i)) != NULL; i++) {
        struct figures known = {0};
        totals_sum(checking->known, checking->month, checking->decoder.prefix,
                   totals_kinds(checking->known, form->kind), &known);
        if (known.owed == sent[i])
            continue;
        struct receipt_difference difference =
            make(checking, "known_owed", checking->check->area, form->kind);
        snprintf(difference.sent, sizeof difference.sent, "%" PRIu64, sent[i]);
        snprintf(difference.computed, sizeof difference.computed, "%" PRIu64, known.owed);
        differ(checking, &difference, "");
    }
}

static size_t programme_of(const struct checking *checking, const char *kind)
{
    const struct forms *forms = service_forms(checking->usecase->service);
    const struct form *form;
    size_t i = 0;

    while (i < PROGRAMMES && (form = forms_programme(forms, i)) != NULL &&
           strcmp(form->kind, kind) != 0)
        i++;
    return i;
}

static enum result compare_month(struct checking *checking)
{
    uint64_t sent[PROGRAMMES + 1] = {0};
    char month[MONTH_TEXT];
    enum result result = RESULT_OK;

    month_format(checking->month, month);
    while (result == 0 && checking->row != NULL && strcmp(checking->row[MONTH], month) <= 0) {
        uint64_t owed = 0;
        if (strcmp(checking->row[MONTH], month) == 0) {
            compare_row(checking);
            (void)ids_parse(checking->row[KNOWN_OWED], &owed);
            sent[programme_of(checking, checking->row[KIND])] += owed;
        }
        result = rowfile_next(checking->figures, &checking->row, &checking->message);
    }
    if (result == 0)
        compare_sums(checking, sent);
    return result;
}

// ---- the whole

static void begin(struct checking *checking)
{
    const struct ingest_check *check = checking->check;
    Rec__Bundle *bundle = check->bundle;

    decode_begin(&checking->decoder, check->area);
    checking->known = totals_new(service_forms(checking->usecase->service));
    checking->reported = totals_new(service_forms(checking->usecase->service));
    for (size_t i = 0; i < bundle->n_listed; i++)
        rec__bundle_difference__free_unpacked(bundle->listed[i], NULL);
    bundle->n_listed = 0;
    bundle->differences = 0;
}

static void end(struct checking *checking)
{
    intake_free(&checking->duties);
    rowfile_free(&checking->figures);
    totals_free(&checking->known);
    totals_free(&checking->reported);
    delta_clear(&checking->delta);
    decode_end(&checking->decoder);
    free(checking->message);
}

static enum result check_body(struct usecase *usecase, void *arg)
{
    struct checking checking = {.check = arg, .usecase = usecase};
    const struct ingest_check *check = checking.check;
    char *path = paths_join(check->folder, "compliance.csv");

    begin(&checking);
    enum result result =
        intake_open(&checking.decoder, check->folder, INTAKE_DUTIES, &checking.duties);
    if (result == 0)
        result = rowfile_open(path, "compliance.csv", FIGURES, sizeof FIGURES / sizeof FIGURES[0],
                              &checking.figures, &checking.message);
    if (result == 0)
        result = rowfile_next(checking.figures, &checking.row, &checking.message);
    for (checking.month = check->from; checking.month <= check->to && result == 0;
         checking.month++) {
        result = read_month(&checking);
        if (result == 0)
            result = compare_month(&checking);
    }
    if (result == 0 && check->rounds)
        result = ingest_rounds_check(usecase, checking.check);
    if (result == RESULT_INVALID) { /* its other files were right: say it as a difference */
        struct receipt_difference difference = make(&checking, "compliance.csv", check->area, "");
        difference.month = 0;
        differ(&checking, &difference, checking.message != NULL ? checking.message : "");
        result = RESULT_OK;
    }
    end(&checking);
    free(path);
    return result;
}

enum result ingest_check(struct service *service, const struct caller *caller,
                         struct ingest_check *check, struct reply *reply)
{
    return usecase_read(service, caller, ACTION_INGEST, NULL, check_body, check, reply);
}
