#include "service/figures/spotcheck_record.h"

#include "base/month.h"
#include "service/frame/event.h"
#include "service/ledger/rows.h"

#include <inttypes.h>

enum result spotcheck_key_read(struct service *service, const struct caller *caller,
                               const struct spotcheck_query *query, struct spotcheck_key *ret_key,
                               struct reply *reply)
{
    enum result result = RESULT_OK;

    if (*query->month == '\0')
        return reply_say(reply, RESULT_USAGE, "请指明月份（--month），如 2026-11。");
    result = rows_query_month(service, query->month, &ret_key->month, reply);
    if (result == 0)
        result = rows_query_area(service, caller, query->area, ret_key->area, reply);
    if (result == 0 && *ret_key->area == '\0')
        result = reply_say(reply, RESULT_USAGE, "请指明区划（--area），如 211103001。");
    return result;
}

enum result spotcheck_find(struct usecase *usecase, const struct spotcheck_key *key,
                           uint32_t number, Rec__Spotcheck **ret_spotcheck)
{
    char month[MONTH_TEXT];
    enum result result =
        number == 0
            ? store_spotcheck_last(usecase->txn, key->area, key->month, ret_spotcheck)
            : store_spotcheck_get(usecase->txn, key->area, key->month, number, ret_spotcheck);

    if (result != RESULT_NOTFOUND)
        return result;
    return reply_say(usecase->reply, result, "%s %s 没有这次抽查，请先抽取。",
                     service_area_name(usecase->service, key->area),
                     month_format(key->month, month));
}

void spotcheck_name_event(struct usecase *usecase, const Rec__Spotcheck *spotcheck)
{
    char month[MONTH_TEXT];

    event_name_record(usecase, spotcheck->area, "spotcheck:%s:%s:%" PRIu32,
                      month_format(spotcheck->month, month), spotcheck->area, spotcheck->number);
}
