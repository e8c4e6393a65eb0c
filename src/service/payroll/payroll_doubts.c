#include "service/payroll/payroll_doubts.h"

#include "base/mem.h"
#include "service/frame/event.h"
#include "service/frame/record.h"
#include "service/payroll/payroll_record.h"

#include <string.h>

bool payroll_candidates_equal(const struct payroll_candidates *a,
                              const struct payroll_candidates *b)
{
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->lines, b->lines, a->count * sizeof *a->lines) == 0);
}

static bool is_about(const Rec__PayrollDoubt *doubt, const struct payroll_candidates *candidates)
{
    struct payroll_candidates stored = {doubt->n_lines, doubt->lines};

    return payroll_candidates_equal(&stored, candidates);
}

size_t payroll_doubts_count(const Rec__Payroll *payroll,
                            const struct payroll_candidates *candidates)
{
    size_t count = 0;

    for (size_t i = 0; i < payroll->n_doubts; i++)
        count += is_about(payroll->doubts[i], candidates);
    return count;
}

void payroll_doubts_add(struct usecase *usecase, Rec__Payroll *payroll,
                        const struct payroll_candidates *candidates, const char *reason)
{
    Rec__PayrollDoubt *doubt = mem_new(sizeof *doubt);

    rec__payroll_doubt__init(doubt);
    doubt->lines = mem_array(candidates->count, sizeof *doubt->lines);
    memcpy(doubt->lines, candidates->lines, candidates->count * sizeof *doubt->lines);
    doubt->n_lines = candidates->count;
    record_set(&doubt->reason, reason);
    record_set(&doubt->by, usecase->caller->officer);
    doubt->at = usecase->now;
    payroll->doubts = mem_resize(payroll->doubts, payroll->n_doubts + 1, sizeof *payroll->doubts);
    payroll->doubts[payroll->n_doubts++] = doubt;
    event_add_change(usecase, payroll->lines[candidates->lines[0]]->case_no, "可发", "待认退回");
}

static void remove_at(Rec__Payroll *payroll, size_t index)
{
    rec__payroll_doubt__free_unpacked(payroll->doubts[index], NULL);
    payroll->n_doubts--;
    memmove(&payroll->doubts[index], &payroll->doubts[index + 1],
            (payroll->n_doubts - index) * sizeof(Rec__PayrollDoubt *));
}

void payroll_doubts_remove(Rec__Payroll *payroll, const struct payroll_candidates *candidates)
{
    for (size_t i = payroll->n_doubts; i-- > 0;)
        if (is_about(payroll->doubts[i], candidates))
            remove_at(payroll, i);
}

void payroll_doubts_remove_one(Rec__Payroll *payroll, const Rec__PayrollDoubt *doubt)
{
    for (size_t i = payroll->n_doubts; i-- > 0;)
        if (payroll->doubts[i] == doubt)
            remove_at(payroll, i);
}

const Rec__PayrollDoubt *payroll_doubts_of(const Rec__Payroll *payroll, size_t line)
{
    if (payroll_returned(payroll, line) != NULL)
        return NULL;
    for (size_t i = 0; i < payroll->n_doubts; i++)
        for (size_t k = 0; k < payroll->doubts[i]->n_lines; k++)
            if (payroll->doubts[i]->lines[k] == line)
                return payroll->doubts[i];
    return NULL;
}

void payroll_doubts_mark(struct usecase *usecase, Rec__Payroll *payroll, size_t line,
                         const char *reason)
{
    Rec__PayrollReturn *back = mem_new(sizeof *back);

    rec__payroll_return__init(back);
    back->line = (uint32_t)line;
    record_set(&back->reason, reason);
    record_set(&back->by, usecase->caller->officer);
    back->at = usecase->now;
    payroll->returns =
        mem_resize(payroll->returns, payroll->n_returns + 1, sizeof *payroll->returns);
    payroll->returns[payroll->n_returns++] = back;
    event_add_change(usecase, payroll->lines[line]->case_no, "可发", reason);
}
