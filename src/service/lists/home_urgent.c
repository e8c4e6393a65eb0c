#include "service/lists/home_urgent.h"

#include "base/words.h"
#include "service/ledger/rows.h"
#include "service/memory/state.h"

#include <string.h>

void home_urgent_count(struct urgent *urgent, const Rec__Duty *duty, const struct duty_view *view)
{
    int need = (int)duty->need;

    if (view->due_on == 0)
        return;
    if (strcmp(duty->type, DUTY_TYPE_REVIEW) == 0) {
        urgent->reviews++;
        return;
    }
    urgent->due++;
    urgent->today += view->urgency == DUTY_DUE_TODAY;
    urgent->overdue += view->urgency == DUTY_OVERDUE;
    if (view->state == DUTY_REACHED && need > view->done)
        urgent->missing += (size_t)(need - view->done);
}

static enum result see_row(const Rec__Duty *duty, const struct duty_view *view, void *arg)
{
    home_urgent_count(arg, duty, view);
    return RESULT_OK;
}

static enum result count_street(struct usecase *usecase, const struct urgent_kept_of *of,
                                struct urgent *ret_urgent)
{
    struct service *service = usecase->service;
    struct rows_filter filter = {.month = of->month, .area = of->street};
    const void *stamp = cache_counted(service->cache);

    *ret_urgent = (struct urgent){0};
    enum result result = rows_scan(usecase, &filter, NULL, see_row, ret_urgent);
    if (result == 0)
        urgent_kept_remember(service, usecase->txn, of, stamp, ret_urgent);
    return result;
}

static void add(struct urgent *sum, const struct urgent *urgent)
{
    sum->due += urgent->due;
    sum->reviews += urgent->reviews;
    sum->today += urgent->today;
    sum->overdue += urgent->overdue;
    sum->missing += urgent->missing;
}

/** Also streets that have ended: rows of the month may stand under their codes. */
enum result home_urgent_sum(struct usecase *usecase, month_t month, const char *area,
                            struct urgent *ret_urgent)
{
    struct service *service = usecase->service;
    struct urgent_kept_of of = {.month = month, .today = usecase->today};
    const Rec__Area *street;
    enum result result = RESULT_OK;

    *ret_urgent = (struct urgent){0};
    for (size_t i = 0; result == 0 && (street = cache_area_at(service->cache, i)) != NULL; i++) {
        struct urgent urgent;
        if (area_level(street->code) != AREA_STREET || !area_contains(area, street->code))
            continue;
        memcpy(of.street, street->code, sizeof of.street);
        if (!urgent_kept_recall(service, usecase->txn, &of, &urgent))
            result = count_street(usecase, &of, &urgent);
        if (result == 0)
            add(ret_urgent, &urgent);
    }
    return result;
}
