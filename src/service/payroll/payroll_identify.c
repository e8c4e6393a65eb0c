/*
 * An officer says which of several equal entries the bank could not pay.
 */
#include "base/month.h"
#include "service/frame/event.h"
#include "service/payroll/payroll_doubts.h"
#include "service/payroll/payroll_record.h"
#include "service/payroll/payroll_reference.h"

#include <inttypes.h>
#include <stdlib.h>

struct identify_job {
    struct payroll_key key;
    const char *reference;
};

static void take_doubt(struct usecase *usecase, Rec__Payroll *payroll, size_t line)
{
    const Rec__PayrollDoubt *doubt = payroll_doubts_of(payroll, line);

    payroll_doubts_mark(usecase, payroll, line, doubt->reason);
    payroll_doubts_remove_one(payroll, doubt);
}

static enum result identify_line(struct usecase *usecase, const struct identify_job *job,
                                 Rec__Payroll *payroll)
{
    size_t line = 0;

    if (payroll_reference_read(usecase->service, payroll, job->reference, &line) != REFERRED_LINE)
        return reply_say(usecase->reply, RESULT_NOTFOUND,
                         "这份花名册上没有附言是 %s 的一笔，请照花名册上的附言写。",
                         job->reference);
    if (payroll_returned(payroll, line) != NULL)
        return reply_say(usecase->reply, RESULT_EXISTS, "这一笔已经登记退回，请选另一笔。");
    if (payroll_doubts_of(payroll, line) == NULL)
        return reply_say(usecase->reply, RESULT_INVALID,
                         "这一笔没有待认的退回；银行退回的请读它的文件登记。");
    take_doubt(usecase, payroll, line);
    reply_say(usecase->reply, RESULT_OK, "已登记 %s 这一笔退回，下一份花名册补发。",
              payroll->lines[line]->name);
    return store_payroll_put(usecase->txn, payroll);
}

static enum result identify_body(struct usecase *usecase, void *arg)
{
    const struct identify_job *job = arg;
    Rec__Payroll *payroll = NULL;
    char month[MONTH_TEXT];

    event_name_record(usecase, job->key.street, "payroll:%s:%s:%s", job->key.kind,
                      month_format(job->key.month, month), job->key.street);
    enum result result = payroll_find(usecase, &job->key, 0, &payroll);
    if (result == 0)
        result = identify_line(usecase, job, payroll);
    if (payroll != NULL)
        rec__payroll__free_unpacked(payroll, NULL);
    return result;
}

enum result payroll_identify(struct service *service, const struct caller *caller,
                             const struct payroll_query *query, const char *reference,
                             struct reply *reply)
{
    struct identify_job job = {.reference = reference};
    enum result result = payroll_key_read(service, caller, query, &job.key, reply);

    if (result == 0 && *reference == '\0')
        result =
            reply_say(reply, RESULT_USAGE, "请写明是哪一笔（--reference），照花名册上的附言。");
    return result != 0 ? result
                       : usecase_write(service, caller, ACTION_PAYROLL_RETURNS, job.key.street,
                                       identify_body, &job, reply);
}
