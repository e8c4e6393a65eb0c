#include "service/payroll/payroll_record.h"

#include "base/month.h"
#include "base/text.h"
#include "service/cases/benefit.h"
#include "service/frame/record.h"
#include "service/ledger/rows.h"
#include "service/payroll/payroll_doubts.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

// ---- which roster

enum result payroll_key_read(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, struct payroll_key *ret_key,
                             struct reply *reply)
{
    struct payroll_key key = {.form = forms_get(service_forms(service), query->kind)};
    char area[AREA_TEXT];
    enum result result = RESULT_OK;

    if (key.form == NULL || !benefit_has(service, key.form->kind))
        return reply_say(reply, RESULT_USAGE, "请指明发放哪项待遇（--kind），如 dibao。");
    if (*query->month == '\0')
        return reply_say(reply, RESULT_USAGE, "请指明发放月份（--month），如 2026-11。");
    key.kind = key.form->kind;
    result = rows_query_month(service, query->month, &key.month, reply);
    if (result == 0)
        result = rows_query_area(service, caller, query->area, area, reply);
    if (result != 0)
        return result;
    area_ancestor(area, AREA_STREET, key.street);
    if (*key.street == '\0')
        return reply_say(reply, RESULT_USAGE, "花名册按镇街制作，请指明镇街的区划代码。");
    *ret_key = key;
    return RESULT_OK;
}

struct version_search {
    month_t month;
    uint32_t version;
    Rec__Payroll *found;
};

static enum result match_version(const Rec__Payroll *payroll, void *arg)
{
    struct version_search *search = arg;

    if (payroll->month != search->month || payroll->version != search->version)
        return RESULT_OK;
    search->found = record_copy(payroll);
    return (enum result)STORE_STOP;
}

enum result payroll_find(struct usecase *usecase, const struct payroll_key *key, uint32_t version,
                         Rec__Payroll **ret_payroll)
{
    struct version_search search = {.month = key->month, .version = version};
    char month[MONTH_TEXT];
    enum result result =
        version == 0
            ? store_payroll_get(usecase->txn, key->street, key->kind, key->month, &search.found)
            : store_payroll_scan(usecase->txn, key->street, key->kind, match_version, &search);

    if (result == RESULT_NOTFOUND || (result == 0 && search.found == NULL))
        return reply_say(usecase->reply, RESULT_NOTFOUND, "%s%s 还没有%s花名册，请先制表。",
                         service_area_name(usecase->service, key->street),
                         month_format(key->month, month), key->form->brief);
    if (result == 0)
        *ret_payroll = search.found;
    return result;
}

// ---- the hash

static void hash_line(struct str *text, const Rec__PayrollLine *line)
{
    char month[MONTH_TEXT];

    /* No cell can contain a tab or a line break, so two different rosters never give the same
     * text. */
    str_printf(text, "%" PRIu64 "\t%s\t%" PRIu64 "\t%s\t%s\t%s\t%s\t%s", line->case_id,
               line->case_no, line->person, line->name, line->id_no, line->area,
               month_format(line->month, month), line->cause);
    str_printf(
        text, "\t%d\t%" PRIu32 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64 "\t%" PRId64,
        line->known, line->persons, line->basic, line->add, line->care, line->topup, line->total);
    str_printf(text, "\t%s\t%s\t%s\t%s\t%s\t%d", line->holder, line->bank, line->account,
               line->relation, line->why, line->ended);
    for (size_t i = 0; i < line->n_facts; i++)
        str_printf(text, "\t%s=%s", line->facts[i]->name, line->facts[i]->value);
    /* Rosters from before these fields have none of them, and their hash stays. */
    if (line->raise)
        str_printf(text, "\t补差\t%s", line->decided_by);
    for (size_t i = 0; i < line->n_standards; i++)
        str_printf(text, "\t%s:%s", line->standards[i]->name, line->standards[i]->value);
    str_add_char(text, '\n');
}

void payroll_hash(const Rec__Payroll *payroll, uint8_t sum[DIGEST_SIZE])
{
    struct digest *digest = digest_new();
    struct str text = {0};
    char month[MONTH_TEXT];

    str_printf(&text, "%s\t%s\t%s\t%" PRIu32 "\n", payroll->area, payroll->kind,
               month_format(payroll->month, month), payroll->version);
    for (size_t i = 0; i < payroll->n_lines; i++) {
        hash_line(&text, payroll->lines[i]);
        digest_add(digest, str_text(&text), text.length);
        str_clear(&text);
    }
    digest_add(digest, str_text(&text), text.length);
    digest_end(&digest, sum);
    str_free(&text);
}

bool payroll_is_whole(const Rec__Payroll *payroll)
{
    uint8_t sum[DIGEST_SIZE];

    payroll_hash(payroll, sum);
    return payroll->hash.len == sizeof sum && memcmp(payroll->hash.data, sum, sizeof sum) == 0;
}

// ---- lines

bool payroll_is_confirmed(const Rec__Payroll *payroll)
{
    return payroll->confirmed_at != 0;
}

const Rec__PayrollReturn *payroll_returned(const Rec__Payroll *payroll, size_t line)
{
    for (size_t i = 0; i < payroll->n_returns; i++)
        if (payroll->returns[i]->line == line)
            return payroll->returns[i];
    return NULL;
}

const char *payroll_line_state(const Rec__Payroll *payroll, size_t line)
{
    if (*payroll->lines[line]->why != '\0')
        return "不能发";
    if (payroll_returned(payroll, line) != NULL)
        return "已退回";
    return payroll_doubts_of(payroll, line) != NULL ? "待认退回" : "可发";
}

struct payroll_sums payroll_add_up(const Rec__Payroll *payroll)
{
    struct payroll_sums sums = {.returned = payroll->n_returns, .doubted = payroll->n_doubts};

    for (size_t i = 0; i < payroll->n_lines; i++) {
        const Rec__PayrollLine *line = payroll->lines[i];
        if (*line->why != '\0') {
            sums.unpaid++;
            continue;
        }
        sums.paid++;
        sums.total += line->total;
    }
    return sums;
}

void payroll_set_fen(struct sheet *sheet, size_t row, const char *column, bool known, int64_t fen)
{
    char *text = known ? text_from_fen(fen) : NULL;

    if (text != NULL)
        sheet_set(sheet, row, column, text);
    free(text);
}
