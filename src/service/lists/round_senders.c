#include "service/lists/round_senders.h"

#include "base/mem.h"
#include "base/str.h"
#include "domain/area.h"
#include "service/lists/round_read.h"
#include "service/lists/senders.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 6 };

static void add_sender(const struct sender *sender, void *arg)
{
    struct round_senders *senders = arg;

    mem_grow((void **)&senders->items, senders->count, &senders->capacity, sizeof *senders->items);
    struct round_sender *item = &senders->items[senders->count++];
    *item = (struct round_sender){.name = mem_copy(sender->area->name),
                                  .date = sender->last != NULL ? sender->last->date : 0,
                                  .silent = sender->last != NULL && !sender->last->rounds};
    (void)snprintf(item->area, sizeof item->area, "%s", sender->area->code);
}

enum result round_senders_load(struct usecase *usecase, struct round_senders *ret_senders)
{
    round_senders_free(ret_senders); /* a body may run again */
    return senders_each(usecase, add_sender, ret_senders);
}

void round_senders_free(struct round_senders *senders)
{
    for (size_t i = 0; i < senders->count; i++)
        free(senders->items[i].name);
    free(senders->items);
    *senders = (struct round_senders){0};
}

static bool concerns(const struct round_sender *sender, const Rec__Round *round)
{
    for (size_t i = 0; i < round->n_areas; i++)
        if (area_contains(sender->area, round->areas[i]) ||
            area_contains(round->areas[i], sender->area))
            return true;
    return false;
}

/** A night's bundle has the day's date, or the day before's. */
static bool is_missing(const struct round_sender *sender, const Rec__Round *round, day_t today)
{
    struct round_days days;

    round_days(round, &days);
    return sender->date < date_earlier(today - 1, days.last + 1);
}

size_t round_senders_missing(const struct round_senders *senders, const Rec__Round *round,
                             day_t today)
{
    size_t missing = 0;

    for (size_t i = 0; i < senders->count; i++)
        missing +=
            concerns(&senders->items[i], round) && is_missing(&senders->items[i], round, today);
    return missing;
}

/** "金花街道（至 11-20）、石化街道（从未）" */
static void add_names(struct str *words, const struct round_senders *senders,
                      const Rec__Round *round, day_t today)
{
    enum { YEAR = 5 /* "2026-" */ };
    size_t named = 0;
    char day[DATE_TEXT];

    for (size_t i = 0; i < senders->count; i++) {
        const struct round_sender *sender = &senders->items[i];
        if (!concerns(sender, round) || !is_missing(sender, round, today) || named++ >= NAMES)
            continue;
        date_format(sender->date, day);
        str_printf(words, "%s%s（%s%s）", named > 1 ? "、" : "", sender->name,
                   sender->date != 0 ? "数据到 " : "从未报", sender->date != 0 ? day + YEAR : "");
    }
    if (named > NAMES)
        str_add(words, "等");
}

void round_senders_words(const struct round_senders *senders, const Rec__Round *round, day_t today,
                         struct sheet *sheet, size_t row)
{
    struct str words = {0};
    size_t missing = round_senders_missing(senders, round, today);

    if (senders->count == 0)
        return;
    if (missing == 0)
        str_add(&words, "都已报");
    else
        str_printf(&words, "%zu 个未报：", missing);
    add_names(&words, senders, round, today);
    sheet_set(sheet, row, "reported", str_text(&words));
    str_free(&words);
}

void round_senders_say(const struct round_senders *senders, struct reply *reply)
{
    struct str names = {0};
    size_t silent = 0;

    for (size_t i = 0; i < senders->count; i++)
        if (senders->items[i].silent && silent++ < NAMES)
            str_printf(&names, "%s%s", silent > 1 ? "、" : "", senders->items[i].name);
    if (silent > 0)
        reply_say(reply, RESULT_OK, "%s%s的版本还不报专项走访，这里看不到；升级后下次报送就有。",
                  str_text(&names), silent > NAMES ? "等" : "");
    str_free(&names);
}
