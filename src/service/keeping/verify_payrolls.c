#include "service/keeping/verify_payrolls.h"

#include "base/mem.h"
#include "base/month.h"
#include "service/payroll/payroll_record.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct checking {
    const struct verify_alarms *to;
    char street[AREA_TEXT]; /**< of the roster read last */
    char kind[32];
    month_t month;
    uint32_t version;
};

static void find(const struct checking *checking, const Rec__Payroll *payroll, const char *what)
{
    char month[MONTH_TEXT];
    char *line =
        mem_printf("花名册：%s %s %s 第 %" PRIu32 " 版%s", payroll->kind,
                   month_format(payroll->month, month), payroll->area, payroll->version, what);

    checking->to->find(line, checking->to->arg);
    free(line);
}

static bool is_same_roster(const struct checking *checking, const Rec__Payroll *payroll)
{
    return checking->month == payroll->month && strcmp(checking->street, payroll->area) == 0 &&
           strcmp(checking->kind, payroll->kind) == 0;
}

static void check_lines(const struct checking *checking, const Rec__Payroll *payroll)
{
    for (size_t i = 0; i < payroll->n_returns; i++)
        if (payroll->returns[i]->line >= payroll->n_lines ||
            *payroll->lines[payroll->returns[i]->line]->why != '\0')
            find(checking, payroll, "的银行退回没有对应的一笔");
    for (size_t i = 0; i < payroll->n_doubts; i++)
        for (size_t k = 0; k < payroll->doubts[i]->n_lines; k++)
            if (payroll->doubts[i]->lines[k] >= payroll->n_lines)
                find(checking, payroll, "的待认退回没有对应的一笔");
    if (!payroll_is_confirmed(payroll) && (payroll->n_returns > 0 || payroll->n_files > 0))
        find(checking, payroll, "没有确认就出了盘");
}

static enum result check_roster(const Rec__Payroll *payroll, void *arg)
{
    struct checking *checking = arg;
    uint32_t expected = is_same_roster(checking, payroll) ? checking->version + 1 : 1;

    if (!payroll_is_whole(payroll))
        find(checking, payroll, "内容与校验值不符");
    if (payroll->version != expected)
        find(checking, payroll, "之前缺了一版");
    check_lines(checking, payroll);
    (void)snprintf(checking->street, sizeof checking->street, "%s", payroll->area);
    (void)snprintf(checking->kind, sizeof checking->kind, "%s", payroll->kind);
    checking->month = payroll->month;
    checking->version = payroll->version;
    return checking->to->progress(checking->to->arg);
}

enum result verify_payrolls(struct usecase *usecase, const struct verify_alarms *to)
{
    struct checking checking = {.to = to};

    return store_payroll_scan(usecase->txn, "", "", check_roster, &checking);
}
