#include "service/cases/benefit.h"

#include "base/mem.h"

#include <string.h>

bool benefit_has(const struct service *service, const char *kind)
{
    (void)service;
    return strcmp(kind, "dibao") == 0 || strcmp(kind, "tekun") == 0 || strcmp(kind, "ertong") == 0;
}

enum result benefit_of_case(struct usecase *usecase, const Rec__Case *record, month_t month,
                            struct benefit *ret_benefit)
{
    if (!benefit_has(usecase->service, record->kind))
        return RESULT_NOTFOUND;
    *ret_benefit = (struct benefit){.month = month, .paid = true, .persons = -1};
    benefit_add_line(ret_benefit, &(struct benefit_line){.part = BENEFIT_BASE,
                                                         .id = "",
                                                         .label = mem_copy(""),
                                                         .how = mem_copy(""),
                                                         .value = mem_copy("")});
    benefit_add_missing(ret_benefit, "金额算法未装入");
    benefit_sum_up(ret_benefit);
    return RESULT_OK;
}

struct scanning {
    struct usecase *usecase;
    const struct benefit_filter *filter;
    benefit_fn each;
    void *arg;
};

static enum result scan_case(const Rec__Case *record, void *arg)
{
    const struct scanning *scanning = arg;
    struct benefit benefit = {0};

    if (!benefit_has(scanning->usecase->service, record->kind))
        return RESULT_OK;
    enum result result =
        benefit_of_case(scanning->usecase, record, scanning->filter->month, &benefit);
    if (result == 0 && benefit.paid)
        result = scanning->each(record, &benefit, scanning->arg);
    benefit_free(&benefit);
    return result;
}

enum result benefit_scan(struct usecase *usecase, const struct benefit_filter *filter,
                         benefit_fn each, void *arg)
{
    struct scanning scanning = {usecase, filter, each, arg};

    return store_case_of_area(usecase->txn, filter->area, filter->kind, filter->after, scan_case,
                              &scanning);
}
