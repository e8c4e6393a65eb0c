/**
 * Handlers of the requests about payment rosters.
 */
#include "server/answer.h"
#include "server/handlers.h"
#include "service/payroll/payroll.h"

#include "base/mem.h"
#include "form/bank.h"
#include "wire/convert.h"

#include <stdlib.h>

/** The query of a request that names a roster. */
#define QUERY(asked)                                                                               \
    ((struct payroll_query){(asked)->kind, (asked)->month, (asked)->area, 0, false, ""})

enum result handle_payroll_make(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_make);

    (void)response;
    return payroll_make(session->service, &session->caller, &query, reply);
}

enum result handle_payroll_list(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_list);
    struct sheet *sheet = NULL;
    enum result result = payroll_list(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_payroll_show(struct session *session, const Wire__Request *request,
                                Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_show);
    struct sheet *sheet = NULL;

    query.version = request->payroll_show->version;
    query.full = request->payroll_show->full;
    enum result result = payroll_show(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_payroll_check(struct session *session, const Wire__Request *request,
                                 Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_check);
    struct sheet *sheet = NULL;
    enum result result = payroll_check(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_payroll_confirm(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_confirm);

    (void)response;
    query.version = request->payroll_confirm->version;
    return payroll_confirm(session->service, &session->caller, &query, reply);
}

static void answer_files(const struct session *session, const char *format, struct str *files,
                         size_t count, Wire__Response *response)
{
    const struct bank_format *bank = forms_bank_find(service_forms(session->service), format);
    Wire__BankFiles *answer = mem_new(sizeof *answer);

    wire__bank_files__init(answer);
    answer->ending = mem_copy(bank != NULL ? bank->file : "txt");
    answer->files = mem_array(count, sizeof *answer->files);
    answer->n_files = count;
    for (size_t i = 0; i < count; i++) {
        answer->files[i].len = files[i].length;
        answer->files[i].data = (uint8_t *)str_take(&files[i]);
    }
    response->what_case = WIRE__RESPONSE__WHAT_BANK_FILES;
    response->bank_files = answer;
}

enum result handle_payroll_export(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    struct payroll_query query = QUERY(request->payroll_export);
    struct str *files = NULL;
    size_t count = 0;

    query.format = request->payroll_export->format;
    enum result result =
        payroll_export(session->service, &session->caller, &query, &files, &count, reply);
    if (result == 0)
        answer_files(session, query.format, files, count, response);
    free(files);
    return result;
}

enum result handle_payroll_returns(struct session *session, const Wire__Request *request,
                                   Wire__Response *response, struct reply *reply)
{
    static const Wire__Sheet none = WIRE__SHEET__INIT;
    const Wire__PayrollReturns *asked = request->payroll_returns;
    struct payroll_query query = QUERY(asked);
    struct sheet *rows = wire_sheet_read(asked->rows != NULL ? asked->rows : &none);
    struct sheet *refusals = NULL;
    enum result result =
        payroll_returns(session->service, &session->caller, &query, rows, &refusals, reply);

    sheet_free(&rows);
    answer_sheet(response, &refusals);
    return result;
}

enum result handle_overpaid(struct session *session, const Wire__Request *request,
                            Wire__Response *response, struct reply *reply)
{
    const Wire__Overpaid *asked = request->overpaid;
    struct payroll_query query = {asked->kind, "", asked->area, 0, asked->full, ""};
    struct sheet *sheet = NULL;
    enum result result =
        payroll_overpaid(session->service, &session->caller, &query, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_payroll_raises(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    const Wire__PayrollRaises *asked = request->payroll_raises;
    struct payroll_query query = {asked->kind, "", asked->area, 0, asked->full, ""};
    struct sheet *sheet = NULL;
    enum result result =
        payroll_raises(session->service, &session->caller, &query, asked->all, &sheet, reply);

    answer_sheet(response, &sheet);
    return result;
}

enum result handle_payroll_decide(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    const Wire__PayrollDecide *asked = request->payroll_decide;
    struct payroll_decision decision = {asked->case_no, asked->month, asked->keep, asked->why};

    (void)response;
    return payroll_decide(session->service, &session->caller, &decision, reply);
}

enum result handle_payroll_settle(struct session *session, const Wire__Request *request,
                                  Wire__Response *response, struct reply *reply)
{
    const Wire__PayrollSettle *asked = request->payroll_settle;
    struct payroll_settlement settlement = {asked->case_no, asked->month, asked->refuse,
                                            asked->why};

    (void)response;
    return payroll_settle(session->service, &session->caller, &settlement, reply);
}

enum result handle_payroll_identify(struct session *session, const Wire__Request *request,
                                    Wire__Response *response, struct reply *reply)
{
    const Wire__PayrollIdentify *asked = request->payroll_identify;
    struct payroll_query query = QUERY(asked);

    (void)response;
    return payroll_identify(session->service, &session->caller, &query, asked->reference, reply);
}
