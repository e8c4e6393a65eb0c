#include "service/ledger/street.h"

#include "base/month.h"
#include "domain/area.h"
#include "service/memory/state.h"

static enum result see_row(const Rec__Duty *duty, void *arg)
{
    (void)duty;
    *(bool *)arg = true;
    return (enum result)STORE_STOP;
}

enum result street_has_month(struct usecase *usecase, const Rec__Area *street, month_t month,
                             bool *ret_has)
{
    char prefix[AREA_TEXT];
    enum month_state state;

    *ret_has = month >= street->first_month;
    if (!*ret_has || street->until == 0 || street->until > month_last(month))
        return RESULT_OK;
    enum result result = usecase_month_state(usecase, month, street->code, &state);
    *ret_has = state != MONTH_OPEN;
    if (result != 0 || *ret_has)
        return result;
    area_prefix(street->code, prefix);
    return store_duty_scan(usecase->txn, month, prefix, NULL, see_row, ret_has);
}

enum result street_open_from(struct usecase *usecase, const char *area, month_t *ret_month)
{
    month_t first = usecase->service->first_month;
    month_t month = facts_opened_month(usecase->service) + 1;
    enum result result = RESULT_OK;

    for (enum month_state state = MONTH_OPEN; month > first; month--) {
        result = usecase_month_state(usecase, month - 1, area, &state);
        if (result != 0 || state != MONTH_OPEN)
            break;
    }
    *ret_month = month;
    return result;
}
