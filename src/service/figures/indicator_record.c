#include "service/figures/indicator_record.h"

#include "base/mem.h"
#include "service/ledger/rows.h"

char *indicator_record_name(const struct form_indicator *indicator)
{
    return mem_printf("indicator:%s", indicator->id);
}

enum result indicator_record_area(struct service *service, const struct caller *caller,
                                  const char *text, char area[AREA_TEXT], struct reply *reply)
{
    if (*text == '\0' && *caller->area == '\0')
        text = service_area(service);
    return rows_query_area(service, caller, text, area, reply);
}

enum result indicator_record_find(const struct service *service, const char *name,
                                  const struct form_indicator **ret_indicator, struct reply *reply)
{
    const struct form_indicator *indicator = forms_indicator_find(service_forms(service), name);

    if (indicator == NULL)
        return reply_say(reply, RESULT_NOTFOUND, "没有指标“%s”；请从 indicators 列出的各项里选。",
                         name);
    *ret_indicator = indicator;
    return RESULT_OK;
}
