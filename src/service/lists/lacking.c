#include "service/lists/lacking.h"

#include "base/mem.h"
#include "service/lists/senders.h"
#include "service/memory/facts.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

static void add(struct lacking *lacking, const char *area, day_t date)
{
    mem_grow((void **)&lacking->items, lacking->count, &lacking->capacity, sizeof *lacking->items);
    struct lacking_one *one = &lacking->items[lacking->count++];
    (void)snprintf(one->area, sizeof one->area, "%s", area);
    one->date = date;
}

static void see_sender(const struct sender *sender, void *arg)
{
    struct lacking *lacking = arg;
    const Rec__Bundle *last = sender->last;

    if (sender->missing)
        add(lacking, sender->area->code, last != NULL ? last->date : 0);
    for (size_t i = 0; last != NULL && i < last->n_lacks; i++)
        add(lacking, last->lacks[i]->area, last->lacks[i]->date);
}

static enum result list_body(struct usecase *usecase, void *arg)
{
    struct lacking *lacking = arg;

    lacking->count = 0; /* a body may run again */
    return senders_each(usecase, see_sender, lacking);
}

enum result lacking_list(struct service *service, struct lacking *ret_lacking, struct reply *reply)
{
    struct caller system = facts_system(service);
    struct lacking lacking = {0};
    enum result result = RESULT_OK;

    if (service_collects(service))
        result = usecase_read(service, &system, ACTION_SENDERS, NULL, list_body, &lacking, reply);
    if (result == 0)
        *ret_lacking = lacking;
    else
        free(lacking.items);
    return result;
}

void lacking_say(const struct service *service, const struct sender *sender, struct str *words)
{
    enum { NAMES = 6, YEAR = 5 /* "2026-" */ };
    const Rec__Bundle *last = sender->last;
    char day[DATE_TEXT];

    if (last == NULL || last->n_lacks == 0)
        return;
    str_printf(words, "%s%s缺", words->length > 0 ? "；" : "", sender->area->name);
    for (size_t i = 0; i < last->n_lacks && i < NAMES; i++) {
        const Rec__BundleLack *lack = last->lacks[i];
        str_printf(words, "%s%s", i > 0 ? "、" : "", service_area_name(service, lack->area));
        if (lack->date != 0)
            str_printf(words, "（数据到 %s）", date_format(lack->date, day) + YEAR);
        else
            str_add(words, "（从未报）");
    }
    size_t all = last->n_lacks + last->lacks_more;
    if (all > NAMES)
        str_printf(words, "等 %zu 个", all);
}
